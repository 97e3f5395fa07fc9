"""The cube that reports count in: its dimensions, and their codes in the fixed order of reports."""

from collections.abc import Sequence
from typing import Final

from vpdesk.domain import phases, taxonomy
from vpdesk.domain.cases import Unit

TABLES: Final = ("thema", "werkgebied", "rol", "relatie", "fase", "afloop", "verbonden", "gevonden_via", "onderdeel")


def dimensions(units: Sequence[Unit]) -> dict[str, tuple[str, ...]]:
    """Return the codes of each dimension in the fixed order of reports; units in the order of their names."""
    own = {name: codes.codes for name, codes in taxonomy.BY_NAME.items() if name in TABLES}
    return {
        **own,
        "fase": (
            *(phase.value for phase in phases.Phase if phase is not phases.Phase.AFGESLOTEN),
            phases.PHASE_UNKNOWN,
        ),
        "afloop": taxonomy.OUTCOMES_IN_REPORTS,
        "onderdeel": (*sorted(unit.name for unit in units), taxonomy.UNKNOWN.code),
    }
