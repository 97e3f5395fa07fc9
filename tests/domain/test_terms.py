"""Terms of the employer: to the day, over month ends and leap days, and late in words only after the last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.terms import SchemeTerm, TermKind, Unit, scheme_terms, wbk_terms

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@given(lodged=DAYS, confirmed=st.none() | st.integers(0, 200), feedback=st.none() | st.integers(0, 400))
def test_the_terms_of_the_law_follow_from_lodging_and_confirmation(
    lodged: date, confirmed: int | None, feedback: int | None
) -> None:
    day = None if confirmed is None else lodged + timedelta(days=confirmed)
    answered = None if feedback is None else lodged + timedelta(days=feedback)
    first, second = wbk_terms(lodged, day, answered)
    assert first.due - lodged == timedelta(days=7)
    start = day or first.due
    months = (second.due.year - start.year) * 12 + second.due.month - start.month
    assert months == 3
    assert second.due.day == start.day or (second.due + timedelta(days=1)).day == 1
    assert second.due.day <= start.day
    for term in (first, second):
        assert (term.days_late(term.due) > 0) is (term.met is not None and term.met > term.due)
        met = term.met or term.due + timedelta(days=4)
        assert term.days_late(term.due + timedelta(days=4)) == max(0, (met - term.due).days)


@pytest.mark.parametrize(
    ("lodged", "confirmed", "confirmation", "feedback"),
    [
        (date(2025, 3, 3), date(2025, 3, 12), date(2025, 3, 10), date(2025, 6, 12)),
        (date(2025, 3, 3), None, date(2025, 3, 10), date(2025, 6, 10)),
        (date(2025, 11, 23), date(2025, 11, 30), date(2025, 11, 30), date(2026, 2, 28)),
        (date(2023, 11, 22), None, date(2023, 11, 29), date(2024, 2, 29)),
        (date(2024, 2, 22), date(2024, 2, 29), date(2024, 2, 29), date(2024, 5, 29)),
        (date(2025, 12, 28), None, date(2026, 1, 4), date(2026, 4, 4)),
    ],
)
def test_the_terms_of_the_law_to_the_day(
    lodged: date, confirmed: date | None, confirmation: date, feedback: date
) -> None:
    assert [(term.kind, term.due) for term in wbk_terms(lodged, confirmed)] == [
        (TermKind.BEVESTIGING, confirmation),
        (TermKind.TERUGKOPPELING, feedback),
    ]


@pytest.mark.parametrize(
    ("term", "said", "due"),
    [
        (SchemeTerm(1, Unit.DAGEN), "1 dag", date(2025, 2, 1)),
        (SchemeTerm(6), "6 weken", date(2025, 3, 14)),
        (SchemeTerm(1, Unit.MAANDEN), "1 maand", date(2025, 2, 28)),
    ],
)
def test_the_term_of_an_own_scheme_counts_from_lodging(term: SchemeTerm, said: str, due: date) -> None:
    (made,) = scheme_terms(date(2025, 1, 31), term)
    assert (term.said, made.due, made.title) == (said, due, "Termijn werkgever: terugkoppeling")


@given(lodged=DAYS, count=st.integers(1, 60), unit=st.sampled_from(Unit))
def test_the_term_of_an_own_scheme_never_skips_a_month_end(lodged: date, count: int, unit: Unit) -> None:
    due = SchemeTerm(count, unit).due(lodged)
    if unit is not Unit.MAANDEN:
        assert (due - lodged).days == count * (7 if unit is Unit.WEKEN else 1)
        return
    assert (due.year - lodged.year) * 12 + due.month - lodged.month == count
    assert due.day == lodged.day or (due.day < lodged.day and (due + timedelta(days=1)).day == 1)
    assert due <= SchemeTerm(count, unit).due(lodged + timedelta(days=1)), "a day later is never due before"


@pytest.mark.parametrize(("count", "unit"), [(0, Unit.DAGEN), (-1, Unit.WEKEN), (61, Unit.MAANDEN), (1831, Unit.DAGEN)])
def test_a_term_that_cannot_be_meant_is_refused(count: int, unit: Unit) -> None:
    with pytest.raises(InvalidValueError):
        SchemeTerm(count, unit)
