"""What changed since a report went out: how each case counted then, and how it counts now."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from vpdesk.domain.ids import CaseId
from vpdesk.domain.statements import Box, Of, Statement

Codes = Mapping[str, str]
"""The code of one case in each dimension that a report printed, dated ones included."""


@dataclass(frozen=True, slots=True)
class Change:
    """The cases that a report counted (`was`), and those that it would count now, by the numbers of the cases."""

    was: Mapping[CaseId, Codes]
    now: Mapping[CaseId, Codes]

    @property
    def any(self) -> bool:
        """Return whether a case came, went, or has another code."""
        return {n: dict(codes) for n, codes in self.was.items()} != {n: dict(codes) for n, codes in self.now.items()}

    def without(self, known: Container[CaseId]) -> "Change":
        """Return what changed in the cases that are not known."""
        was, now = ({n: c for n, c in cases.items() if n not in known} for cases in (self.was, self.now))
        return Change(was, now)

    def moved(self, box: Box) -> tuple[int, int]:
        """Return how many cases came into a box, and how many went out of it."""
        before = {number for number, codes in self.was.items() if lies_in(codes, box)}
        after = {number for number, codes in self.now.items() if lies_in(codes, box)}
        return len(after - before), len(before - after)

    def kept(self, dimensions: Iterable[str]) -> dict[CaseId, Codes]:
        """Return the cases that are in both, with the same codes in all of these dimensions."""
        names = tuple(dimensions)
        both = self.was.keys() & self.now.keys()
        return {n: self.was[n] for n in sorted(both) if all(self.was[n][d] == self.now[n][d] for d in names)}

    def touched(self, box: Box, dimensions: Iterable[str]) -> tuple[int, int]:
        """Return how many of the cases in a box, now and then, are not among those kept in these dimensions."""
        kept = self.kept(dimensions).keys()
        then, today = (
            sum(1 for number, codes in cases.items() if number not in kept and lies_in(codes, box))
            for cases in (self.was, self.now)
        )
        return today, then

    def fits(self, statements: Iterable[Statement]) -> bool:
        """Return whether the cases of then are all of those that these statements counted."""
        of_cases = (s for s in statements if s.of is Of.CASES)
        return all(
            s.minimum <= sum(lies_in(codes, s.box) for codes in self.was.values()) <= s.maximum for s in of_cases
        )


def lies_in(codes: Codes, box: Box) -> bool:
    """Return whether a case with these codes counts in a box."""
    return all(codes.get(name) in among for name, among in box.where)


def nothing_or_enough(counts: Iterable[tuple[int, int]], threshold: int) -> bool:
    """Return whether each number is 0 or at least the threshold."""
    return all(n == 0 or n >= threshold for n in chain.from_iterable(counts))
