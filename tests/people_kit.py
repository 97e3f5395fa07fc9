"""Short ways to people and matters in tests; the names in here are of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.casework import TODAY, a_case
from vpdesk.domain.people import Part, Person
from vpdesk.operations.people import NEW, join_matter, people_of, save_person

if TYPE_CHECKING:
    from vpdesk.domain.cases import Case
    from vpdesk.domain.conflicts import Level
    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.people import GoingOn
    from vpdesk.store.vault import Vault


def put(
    vault: Vault, case: CaseId, part: Part, name: str = "", *, going_on: GoingOn | None = None, **more: Any
) -> Level:
    """Save a new person."""
    return save_person(vault, Person(NEW, case, part, name, **more), today=TODAY, going_on=going_on)


def put_in(vault: Vault, case: CaseId, matter: str, going_on: GoingOn | None = None) -> Level:
    """Put a case in a matter."""
    return join_matter(vault, case_id=case, name=matter, today=TODAY, going_on=going_on)


def names(vault: Vault, case: CaseId) -> list[str]:
    """Return the names in a case."""
    return [person.name for person in people_of(vault, case).persons]


def a_melder(vault: Vault, *, about: str = "Jan de Vries", name: str = "Fien Wrevelhout") -> Case:
    """Open a case of a melder with who it is about."""
    case = a_case(vault, rol="melder")
    put(vault, case.id, Part.KOMT, name)
    put(vault, case.id, Part.ANDER, about, function="Teamleider Noord")
    return case
