"""Two editions of one period, and whether enough changed between them that nobody in particular shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.corrections import Change, Codes, lies_in, nothing_or_enough
from vpdesk.domain.ids import CaseId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.statements import Box, Statement
from vpdesk.reporting.disclosure.definitions import tied
from vpdesk.reporting.disclosure.protect import MARGIN, Line, published_lines

ALL: Final = Box()


@dataclass(frozen=True, slots=True)
class Editions:
    """Two editions of one period that print the same tables and hide the same codes, and what changed in between."""

    change: Change
    period: Period
    statements: tuple[Statement, ...]
    pattern: tuple[HiddenLine, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the tables that were printed."""
        return published_lines(self.statements, self.pattern)

    @property
    def groups(self) -> tuple[tuple[Line, ...], ...]:
        """Return the tables in groups that definitions tie."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(min(tied(line.dimension)), []).append(line)
        return tuple(tuple(lines) for _, lines in sorted(found.items()))

    def boxes(self, lines: Sequence[Line]) -> Iterator[Box]:
        """Yield what these tables count: all, each row, each hidden category, and the hidden ones together."""
        yield ALL
        for line in lines:
            for code in sorted(line.shown.keys() | line.hidden):
                yield Box.where_({line.dimension: code})
            if line.hidden:
                yield Box.where_({line.dimension: line.hidden})


def enough_changed(editions: Editions, threshold: int) -> bool:
    """Return whether in each box the cases added and removed number 0 or the threshold at least.

    So do the cases in it that changed in anything that the tables tied to it print, and enough stayed as they were.
    """
    change = editions.change
    if not nothing_or_enough((change.moved(box) for box in editions.boxes(editions.lines)), threshold):
        return False
    for lines in editions.groups:
        names = [line.dimension for line in lines]
        if not nothing_or_enough((change.touched(box, names) for box in editions.boxes(lines)), threshold):
            return False
        kept = change.kept(names)
        if any(number_in(kept, hidden_in(line)) < threshold + MARGIN for line in lines if line.hidden):
            return False
    return len(change.kept(line.dimension for line in editions.lines)) >= threshold


def number_in(cases: Mapping[CaseId, Codes], box: Box) -> int:
    """Return how many cases count in a box."""
    return sum(lies_in(codes, box) for codes in cases.values())


def hidden_in(line: Line) -> Box:
    """Return the box of what a table hides together."""
    return Box.where_({line.dimension: line.hidden})
