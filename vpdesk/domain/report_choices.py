"""What a user may choose for the tables of a report: rows that are counted together, and two-way tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vpdesk.domain.errors import InvalidValueError

TOGETHER: Final = "\x1e"
"""Between codes that share a row: no name of a user can hold this character."""

CROSSED: Final = "\x1f"
"""Between two dimensions, and between their codes, in the name of a two-way table and of its cells."""

Row = tuple[str, ...]
"""The codes that are counted together in one row, in the order of the code list."""


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """Rows by plain dimension, each code in one row; codes that are not named have a row of their own.

    `crossed` are the pairs of plain dimensions that get a two-way table.
    """

    grouped: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    crossed: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for groups in self.grouped.values():
            named = [code for group in groups for code in group]
            if len(named) != len(set(named)) or not all(groups):
                raise InvalidValueError("Een categorie kan maar in één rij meetellen.")
        pairs = {frozenset(pair) for pair in self.crossed}
        if len(pairs) != len(self.crossed) or any(a == b for a, b in self.crossed):
            raise InvalidValueError("Een kruistabel heeft twee verschillende indelingen, en komt maar een keer voor.")

    def rows(self, dimension: str, codes: Sequence[str]) -> tuple[Row, ...]:
        """Return the rows of a plain dimension in the order of its codes; a group stands where its first code does."""
        group_of = {code: group for group in self.grouped.get(dimension, ()) for code in group}
        found: dict[Row, None] = {}
        for code in codes:
            found.setdefault(tuple(c for c in codes if c in group_of.get(code, (code,))))
        return tuple(found)


APART: Final = ReportChoices()
"""Every code in a row of its own, and no two-way table."""


def key_of(row: Row) -> str:
    """Return the name of a row: its code, or its codes joined in their order."""
    return TOGETHER.join(row)


def codes_of(key: str) -> Row:
    """Return the codes that a row counts."""
    return tuple(key.split(TOGETHER))


def crossing(first: str, second: str) -> str:
    """Return the name of the two-way table of two (dated) dimensions, or of a cell from the keys of its rows."""
    return f"{first}{CROSSED}{second}"


def crossed_parts(name: str) -> tuple[str, str] | None:
    """Return the two names in that of a two-way table or cell; None for what is not crossed."""
    first, cross, second = name.partition(CROSSED)
    return (first, second) if cross else None
