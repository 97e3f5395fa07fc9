"""How much a vault holds, in numbers and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection


@dataclass(frozen=True, slots=True)
class Contents:
    """How many there are of each; what is left of destroyed cases counts nobody."""

    cases: int
    people: int
    conversations: int
    guided: int


def contents(connection: Connection) -> Contents:
    """Count what stands in a vault; one query."""
    row = connection.execute(
        """
        SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM persons), (SELECT count(*) FROM conversations),
               (SELECT count(*) FROM guided_records)
        """
    ).fetchone()
    return Contents(*row)
