"""When a decision on a case is due: never before it was reported, never while a bewaarstop lies on it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, HoldId
from vpdesk.domain.periods import Period, reporting_year_of
from vpdesk.domain.phases import Phase
from vpdesk.domain.retention import (
    ASKS_WHY_ABOVE,
    LONGEST_TERM,
    Hold,
    HoldKind,
    Kept,
    KeptLonger,
    Kind,
    Standing,
    Term,
    covered,
    kind_of,
    proposed,
    years_of,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
YEARS = st.lists(st.integers(2019, 2030).map(Period.year), max_size=2).map(tuple)
DAY = timedelta(days=1)


@given(
    closed=st.none() | DAYS,
    months=st.integers(1, LONGEST_TERM),
    unreported=YEARS,
    longer=st.none() | DAYS,
    held=st.booleans(),
    today=DAYS,
)
def test_a_decision_is_due_only_when_nothing_stands_in_its_way(
    closed: date | None, months: int, unreported: tuple[Period, ...], longer: date | None, held: bool, today: date
) -> None:
    standing = Kept(closed, months, unreported, longer, held=held).standing(today)
    assert (standing is Standing.BEWAARSTOP) is held, "a bewaarstop always wins"
    if standing is Standing.TE_BESLISSEN:
        assert not unreported
        assert closed is not None
        assert (today.year - closed.year) * 12 + today.month - closed.month >= months
        assert longer is None or longer <= today
    if standing in {Standing.WACHT, Standing.LANGER}:
        assert closed is not None
        assert closed < today


@given(closed=DAYS, months=st.integers(1, LONGEST_TERM))
def test_a_term_ends_on_the_same_day_of_the_month_or_its_last(closed: date, months: int) -> None:
    ends = Kept(closed, months, ()).ends
    assert ends is not None
    assert (ends.year - closed.year) * 12 + ends.month - closed.month == months
    assert ends.day == closed.day or (ends.day < closed.day and (ends + DAY).day == 1)
    assert Kept(closed, months, ()).standing(ends) is Standing.TE_BESLISSEN
    assert Kept(closed, months, ()).standing(ends - DAY) is Standing.NOG_NIET


@pytest.mark.parametrize(
    ("closed", "months", "ends"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
    ],
)
def test_month_ends(closed: date, months: int, ends: date) -> None:
    assert Kept(closed, months, ()).ends == ends


@given(opened=DAYS, days=st.integers(0, 1500), starts_in=st.integers(1, 12))
def test_the_years_of_a_case_follow_each_other_from_its_first_day_to_its_last(
    opened: date, days: int, starts_in: int
) -> None:
    closed = opened + timedelta(days=days)
    years = years_of(opened, closed, starts_in)
    assert opened in years[0]
    assert closed in years[-1]
    assert all(year == reporting_year_of(year.first, starts_in) for year in years)
    assert all(one.last + DAY == other.first for one, other in pairwise(years))


@given(
    reported=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5),
    asked=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_a_period_is_covered_when_each_of_its_days_was_reported(
    reported: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    first = date(2025, 1, 1)
    out = [Period(first + min(pair) * DAY, first + max(pair) * DAY) for pair in reported]
    period = Period(first + min(asked) * DAY, first + max(asked) * DAY)
    days = [period.first + n * DAY for n in range((period.last - period.first).days + 1)]
    assert covered(period, out) is all(any(day in other for other in out) for day in days)


@pytest.mark.parametrize(
    ("reached", "thema", "afloop", "kind"),
    [
        ([Phase.VOORFASE, Phase.AFGESLOTEN], "pesten", "gedrag gestopt", Kind.VERSLAGEN),
        ([Phase.VOORFASE, Phase.MELDINGSFASE], "pesten", "", Kind.MELDING),
        ([Phase.VOORFASE, Phase.NAFASE], "pesten", "", Kind.MELDING),
        ([Phase.VOORFASE], "benadeling na melding", "", Kind.MELDING),
        ([Phase.VOORFASE], "pesten", "klacht ingediend", Kind.MELDING),
    ],
)
def test_a_formal_melding_and_detriment_are_kept_longer(
    reached: list[Phase], thema: str, afloop: str, kind: Kind
) -> None:
    assert kind_of(reached, thema, afloop) is kind
    assert proposed(kind).months == {Kind.VERSLAGEN: 12, Kind.MELDING: 24}[kind]


def test_what_hangs_on_a_case_keeps_it_longer() -> None:
    assert kind_of([Phase.VOORFASE], "pesten", "", reported=True) is Kind.MELDING
    assert kind_of([Phase.NAFASE], "pesten", "", reported=True, recorded=True) is Kind.VASTLEGGING


def test_more_than_two_years_asks_for_a_reason() -> None:
    assert Term(Kind.VERSLAGEN, ASKS_WHY_ABOVE).reason == proposed(Kind.VASTLEGGING).reason == ""
    with pytest.raises(InvalidValueError, match="vraagt een reden"):
        Term(Kind.VASTLEGGING, proposed(Kind.VASTLEGGING).months + 1)
    assert Term(Kind.VERSLAGEN, ASKS_WHY_ABOVE + 1, "Afgesproken met de OR").months == ASKS_WHY_ABOVE + 1
    with pytest.raises(InvalidValueError, match="vraagt een reden"):
        Term(Kind.VERSLAGEN, ASKS_WHY_ABOVE + 1, " ")
    for months in (0, LONGEST_TERM + 1):
        with pytest.raises(InvalidValueError, match="tot 10 jaar"):
            Term(Kind.VERSLAGEN, months, "Een reden")


def test_a_hold_has_a_reason_and_is_lifted_once_with_another() -> None:
    day = date(2026, 1, 20)
    with pytest.raises(InvalidValueError, match="een reden nodig"):
        Hold(HoldId(1), CaseId(1), HoldKind.CLAIM, day, " ")
    hold = Hold(HoldId(1), CaseId(1), HoldKind.CLAIM, day, "De werkgever is aansprakelijk gesteld")
    with pytest.raises(InvalidValueError, match="waarom de bewaarstop weg kan"):
        hold.lift(day, "")
    with pytest.raises(InvalidValueError, match="voor de dag"):
        hold.lift(day - DAY, "Geschikt")
    lifted = hold.lift(day, "Geschikt")
    assert (lifted.lifted, lifted.why_lifted) == (day, "Geschikt")
    with pytest.raises(InvalidValueError, match="al opgeheven"):
        lifted.lift(day, "Nog eens")


@pytest.mark.parametrize(("days", "reason", "said"), [(0, "Een reden", "die nog moet komen"), (1, " ", "een reden")])
def test_keeping_longer_takes_a_later_day_and_a_reason(days: int, reason: str, said: str) -> None:
    day = date(2026, 1, 20)
    with pytest.raises(InvalidValueError, match=said):
        KeptLonger(day, day + days * DAY, reason)
