"""Which backups of a place may go: a pure rule over what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import datetime

DAILY: Final = 7
WEEKLY: Final = 4
MONTHLY: Final = 12
LEAST_VERIFIED: Final = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup in a place; `verified` when it has been found whole."""

    name: str
    sequence: int
    made: datetime
    verified: bool


def may_go(copies: Sequence[Copy]) -> tuple[Copy, ...]:
    """Return the copies that no rule keeps, oldest first.

    Kept are the newest of each of the last 7 days, 4 weeks and 12 months *that have copies*, so that a clock which
    jumped ten years throws nothing away; the newest three that were verified; and every copy that was not, since
    what can't be read may be all that is left.
    """
    newest_first = sorted((copy for copy in copies if copy.verified), key=lambda c: (c.made, c.sequence), reverse=True)
    by_sequence = sorted(newest_first, key=lambda c: c.sequence, reverse=True)
    kept = {copy.name for copy in (*newest_first[:LEAST_VERIFIED], *by_sequence[:LEAST_VERIFIED])}
    rules: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAILY, lambda made: made.date()),
        (WEEKLY, lambda made: made.isocalendar()[:2]),
        (MONTHLY, lambda made: (made.year, made.month)),
    )
    for number, span in rules:
        first_of_span: dict[Hashable, str] = {}
        for copy in newest_first:
            first_of_span.setdefault(span(copy.made), copy.name)
        kept |= set(list(first_of_span.values())[:number])
    return tuple(copy for copy in reversed(newest_first) if copy.name not in kept)
