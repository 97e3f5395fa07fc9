"""Which backups of a place may go: a pure rule over what is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import datetime

DAILY: Final = 7
WEEKLY: Final = 4
MONTHLY: Final = 12
LEAST_VERIFIED: Final = 3
TERM: Final = timedelta(days=365)
"""The longest that a copy is kept; where a case is kept shorter than that, no copy outlives the shortest term."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup in a place; `verified` when it has been found whole, `size` in bytes."""

    name: str
    sequence: int
    made: datetime
    verified: bool
    size: int = 0


def may_go(copies: Sequence[Copy], *, budget: int | None = None, term: timedelta = TERM) -> tuple[Copy, ...]:
    """Return the copies that no rule keeps, oldest first.

    Kept are the newest of each of the last 7 days, 4 weeks and 12 months *that have copies*, so that a clock which
    jumped ten years throws nothing away; of these, what is older than the `term` or does not fit in `budget` bytes goes
    too. Always kept are the newest three that were verified, and every copy that was not, since what can't be read
    may be all that is left.
    """
    left, gone = list(copies), set[Copy]()
    while more := _freed(left, budget, term):  # what goes may change what the others are measured by
        gone |= more
        left = [copy for copy in left if copy not in more]
    return tuple(sorted(gone, key=lambda copy: (copy.made, copy.sequence)))


def _freed(copies: Sequence[Copy], budget: int | None, term: timedelta) -> set[Copy]:
    newest_first = sorted((copy for copy in copies if copy.verified), key=lambda c: (c.made, c.sequence), reverse=True)
    by_sequence = sorted(newest_first, key=lambda c: c.sequence, reverse=True)
    always = {*newest_first[:LEAST_VERIFIED], *by_sequence[:LEAST_VERIFIED]}
    kept = (_of_spans(newest_first) - _outlived(by_sequence, term)) | always
    if budget is not None:
        unread = sum(copy.size for copy in copies if not copy.verified)
        kept -= _beyond(budget - unread, [copy for copy in newest_first if copy in kept], always)
    return set(newest_first) - kept


def _of_spans(newest_first: Sequence[Copy]) -> set[Copy]:
    kept = set()
    rules: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAILY, lambda made: made.date()),
        (WEEKLY, lambda made: made.isocalendar()[:2]),
        (MONTHLY, lambda made: (made.year, made.month)),
    )
    for number, span in rules:
        first_of_span: dict[Hashable, Copy] = {}
        for copy in newest_first:
            first_of_span.setdefault(span(copy.made), copy)
        kept |= set(list(first_of_span.values())[:number])
    return kept


def _outlived(by_sequence: Sequence[Copy], term: timedelta) -> set[Copy]:
    """Return the copies older by the term than the last three days with a copy.

    It takes three days to agree on the time: a clock that is wrong for a day must not make everything old.
    """
    last_of_day: dict[Hashable, Copy] = {}
    for copy in by_sequence:
        last_of_day.setdefault(copy.made.date(), copy)
    agreed = list(last_of_day.values())[:LEAST_VERIFIED]
    if len(agreed) < LEAST_VERIFIED:
        return set()
    today = min(copy.made for copy in agreed)
    return {copy for copy in by_sequence if today - copy.made > term}


def _beyond(budget: int, newest_first: Sequence[Copy], always: set[Copy]) -> set[Copy]:
    """Return the oldest copies, those that are always kept left out, until what remains fits."""
    gone = set()
    used = sum(copy.size for copy in newest_first)
    for copy in reversed(newest_first):
        if used > budget and copy not in always:
            gone.add(copy)
            used -= copy.size
    return gone
