"""How a number of cases is said: whoever runs the method over all worlds learns no small number from what it became."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.registry import case, drawn, report
from tests.reporting.disclosure.registry import published as frozen
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period, segments
from vpdesk.domain.publications import Publication, Why, Withheld
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.disclosure import descent, totals
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def months(first: int, last: int) -> Period:
    return Period(date(2025, first, 1), date(2025, last, 28) if last != 12 else date(2025, 12, 31))


Q1, Q2, Q3, Q4 = (Period(date(2025, m, 1), date(2025, m + 2, 30 if m in {4, 7} else 31)) for m in (1, 4, 7, 10))
H1, H2 = Period(Q1.first, Q2.last), Period(Q3.first, Q4.last)
LATE = Period(Q2.first, Q4.last)
MIDDLE = Period(Q2.first, Q3.last)
THREE = Period(Q1.first, Q3.last)
YEAR = Period.year(2025)
EMPLOYER, OPEN = Audience.WERKGEVER, Audience.OPENBAAR

Asked = tuple[Period, Audience]


def published(period: Period, audience: Audience, threshold: int, said: totals.Said, number: int) -> Publication:
    ends = said.printed
    why = Why.TE_KLEIN if ends is None else Why.BEREIK
    return Publication(
        PublicationId(number), ClientId(1), period, audience, datetime(2026, 1, 1, tzinfo=UTC), threshold,
        () if ends is None else (Statement(Of.CASES, Box(), period, *ends),), (), "", b"%PDF", "", "",
        withheld=() if ends is not None and ends[0] == ends[1] else (Withheld("", why),),
    )  # fmt: skip


class Method:
    """What comes of numbers of cases when these periods are reported in turn."""

    def __init__(self, series: Sequence[Asked], threshold: int) -> None:
        self.series = series
        self.threshold = threshold
        self._asked: dict[tuple[totals.Said, ...], totals.Choice] = {}

    def said(self, world: dict[Period, int]) -> tuple[totals.Said, ...]:
        """Return how each number of a world is said."""
        found: tuple[totals.Said, ...] = ()
        for period, _ in self.series:
            count = sum(n for piece, n in world.items() if piece.first in period)
            said = self._choice(found).of(count)
            assert said is not None, "a number that is true can be said"
            assert said.alike[0] <= count <= said.alike[1]
            assert said.printed is None or said.printed[0] <= count <= said.printed[1]
            found = (*found, said)
        return found

    def _choice(self, before: tuple[totals.Said, ...]) -> totals.Choice:
        if before not in self._asked:
            out = [
                published(period, audience, self.threshold, said, number)
                for number, ((period, audience), said) in enumerate(zip(self.series, before, strict=False))
            ]
            period, audience = self.series[len(before)]
            choice = totals.choice(out, period, self.threshold, audience)
            assert choice is not None
            self._asked[before] = choice
        return self._asked[before]


def worlds(pieces: int, most: int) -> Iterator[tuple[int, ...]]:
    """Yield all counts of so many stretches of time that are together no more than that."""
    if not pieces:
        yield ()
        return
    for first in range(most + 1):
        yield from ((first, *others) for others in worlds(pieces - 1, most - first))


def narrowed(
    series: Sequence[Asked], threshold: int, *, small: int, most: int, seen: Audience | None = None
) -> list[tuple[object, ...]]:
    """Return what whoever runs the method again concludes of numbers below `small`: which of them they can't be.

    Of all worlds with at most so many cases, and of each stretch of time that is in one piece.
    """
    pieces = segments(sorted({period for period, _ in series}))
    method = Method(series, threshold)
    groups: dict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in worlds(len(pieces), most):
        said = method.said(dict(zip(pieces, counts, strict=True)))
        groups[tuple(s.printed for s, (_, a) in zip(said, series, strict=True) if seen in {None, a})].append(counts)
    found: list[tuple[object, ...]] = []
    for read, alike in groups.items():
        if max(map(sum, alike)) > most - small:
            continue  # worlds with more cases belong to it too
        for first, last in itertools.combinations(range(len(pieces) + 1), 2):
            values = {sum(counts[first:last]) for counts in alike}
            if values & set(range(small)) and not set(range(small)) <= values:
                found.append((read, pieces[first].first, pieces[last - 1].last, sorted(values)))
    return found


SERIES = {
    "in order of time": (Q1, H1, YEAR),
    "year first": (YEAR, H1, Q1),
    "half-year first": (H1, YEAR, Q1),
    "quarters": (Q1, Q2, H1, YEAR),
    "one quarter of the middle": (YEAR, Q2),
    "all but the first quarter": (H1, LATE, YEAR),
    "overlapping": (THREE, LATE),
    "a half-year and all but the first quarter": (H1, LATE),
    "a stretch that is no period less a part of it": (THREE, LATE, H2),
    "a quarter less": (THREE, Q1, H2),
    "the middle first": (MIDDLE, H1, YEAR),
    "both halves": (H1, H2, YEAR),
}


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize("threshold", [2, 3])
def test_no_small_number_is_narrowed_by_how_totals_were_said(name: str, threshold: int) -> None:
    series = [(period, EMPLOYER) for period in SERIES[name]]
    assert narrowed(series, threshold, small=threshold, most=6 * threshold) == []


UNSEEN = ((H1, EMPLOYER), (YEAR, OPEN), (Q1, EMPLOYER)), ((YEAR, EMPLOYER), (H1, OPEN), (H2, OPEN))
"""Of an open report beside another period that only the employer saw the method says nothing to the public."""

SEEN = (
    ((YEAR, OPEN), (H1, EMPLOYER), (YEAR, EMPLOYER)),
    ((H1, OPEN), (H1, EMPLOYER), (YEAR, OPEN)),
    ((H1, EMPLOYER), (H1, OPEN), (YEAR, OPEN)),
)


@pytest.mark.parametrize("series", [*SEEN, *UNSEEN])
def test_neither_the_public_nor_who_reads_everything_learns_a_small_number(
    series: Sequence[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totals, "OPEN_THRESHOLD", 4)
    assert narrowed(series, 2, small=2, most=20) == []
    if series in SEEN:
        assert narrowed(series, 2, small=4, most=20, seen=OPEN) == []


def test_a_choice_that_hangs_on_other_numbers_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    class Known(totals._Reader):
        """Who takes a number for open as soon as it is printed whole: nothing is compared."""

        def open(self, alike: totals.Range, printed: totals.Range | None) -> bool:
            return super().open(alike, printed) or alike[0] >= 2 * self.threshold

    totals._choice.cache_clear()
    totals._classes.cache_clear()
    monkeypatch.setattr(totals, "_Reader", Known)
    try:
        assert narrowed([(p, EMPLOYER) for p in SERIES["in order of time"]], 2, small=2, most=12)
    finally:
        totals._choice.cache_clear()
        totals._classes.cache_clear()


def cases_said(series: Sequence[Period], threshold: int, world: dict[Period, int]) -> list[totals.Range | None]:
    return [said.printed for said in Method([(p, EMPLOYER) for p in series], threshold).said(world)]


def test_large_numbers_are_said_as_they_are_and_what_is_hidden_is_no_wider_than_needed() -> None:
    assert cases_said((H1, H2, YEAR), 5, {H1: 30, H2: 31}) == [(30, 30), (31, 31), (61, 61)]
    assert cases_said((YEAR, H1), 5, {H1: 30, H2: 5}) == [(35, 35), (30, 30)]
    for second in range(5):
        assert cases_said((YEAR, H1), 5, {H1: 60 - second, H2: second}) == [(60, 60), (55, 60)]
    assert cases_said((Q1, H1, YEAR), 5, {Q1: 3, Q2: 6, H2: 0}) == [None, (9, 9), (5, 15)]
    assert cases_said((Q1, H1, YEAR), 5, {Q1: 3, Q2: 5, H2: 30}) == [None, None, (38, 38)]


def by_hand(period: Period, low: int, high: int, number: int) -> Publication:
    return replace(published(period, EMPLOYER, 5, totals.Said((low, high), (low, high)), number), withheld=(), pdf=b"")


def test_a_range_far_above_what_is_known_for_sure_is_looked_at_too() -> None:
    half = published(H1, EMPLOYER, 5, totals.Said((20, 20), (20, 20)), 1)
    year = totals.choice([half, by_hand(Q4, 1, 12, 2)], YEAR, 5, EMPLOYER)
    assert year is not None
    assert [alike for alike, _ in year.runs] == [(21, 25), (32, 36)]


def test_an_interval_that_was_also_told_by_hand_is_chosen_all_the_same() -> None:
    told = by_hand(H1, 5, 10, 1)
    year = published(YEAR, EMPLOYER, 5, totals.Said((12, 12), (12, 12)), 2)
    again = published(H1, EMPLOYER, 5, totals.Said((5, 10), (8, 10)), 3)
    said = totals.alike([told, year, again], [again])[0].statement
    assert (said.minimum, said.maximum) == (8, 10)


def test_an_interval_is_stretched_over_numbers_between_that_could_be_said() -> None:
    first, second = (Period(date(year, 9, 1), date(year + 1, 8, 31)) for year in (2024, 2025))
    out = [
        published(period, EMPLOYER, 5, totals.Said((number, number), (number, number)), place)
        for place, (period, number) in enumerate(((first, 8), (second, 18)))
    ]
    year = totals.choice(out, YEAR, 5, EMPLOYER)
    assert year is not None
    ends = [end for alike, _ in year.runs for end in alike]
    assert ends == sorted(set(ends))
    said = year.of(14)
    assert said is not None
    assert said.printed is not None
    assert said.printed[0] <= said.alike[0] <= 14 < said.alike[1] <= said.printed[1]
    assert [year.of(n) for n in (0, 12)] == [totals.Said(None, (0, 12))] * 2
    assert year.of(13) == totals.Said((13, 13), (13, 13))


def test_a_stretch_in_many_pieces_is_left_to_the_audit() -> None:
    pieces = [Period(date(2025, month, 1), date(2025, month, 28)) for month in range(1, 11)]
    known = totals.ranges(pieces, [Statement(Of.CASES, Box(), piece, 3, 3) for piece in pieces])
    assert known((0, 2, 4, 6)) == (12, 12)
    assert known((0, 2, 4, 6, 8)) == (0, totals.UNBOUNDED)


def test_what_contradicts_itself_leaves_no_choice_and_a_number_that_can_not_be_has_no_form() -> None:
    half = published(H1, EMPLOYER, 5, totals.Said((30, 30), (30, 30)), 1)
    year = published(YEAR, EMPLOYER, 5, totals.Said((20, 20), (20, 20)), 2)
    assert totals.choice([half, year], Q1, 5, EMPLOYER) is None
    only = totals.choice([half], YEAR, 5, EMPLOYER)
    assert only is not None
    assert only.of(29) is None
    assert only.of(40) == totals.Said((40, 40), (40, 40))


def test_what_can_not_be_asked_within_the_bound_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [case(date(2025, 2, 3)) for _ in range(58)] + [case(date(2025, 9, 1)) for _ in range(2)]
    year = frozen(report(facts, YEAR, wanted=()), YEAR)
    assert report(facts, H1, (year,), wanted=()).total == Statement(Of.CASES, Box(), H1, 55, 60)
    monkeypatch.setattr(descent, "MOST_ASKED", 0)
    monkeypatch.setattr(descent, "MOST_FOR_FULLEST", 0)
    half = report(facts, H1, (year,), wanted=())
    assert half.level is Level.GEEN_GETALLEN
    assert half.withheld == (Withheld("", Why.NIET_NAGEREKEND),)
    bare = report(drawn(60, 7), YEAR)  # a total beside nothing asks nothing
    assert bare.level is Level.TOTAAL
    assert {what.why for what in bare.withheld} == {Why.NIET_NAGEREKEND}
