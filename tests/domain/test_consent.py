"""A person agrees to something named, for a time, and can take it back on any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.consent import Answer, Consent, ConsentState, ConsentTerm, in_force
from vpdesk.domain.errors import InvalidValueError

DAY = date(2025, 11, 18)
A_DAY = timedelta(days=1)
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
YES = Consent(ConsentTerm(Answer.JA, DAY), "Dat het pesten doorgaat", "De teamleider", "‘Er speelt iets in uw team.’")


@pytest.mark.parametrize(("content", "recipient"), [("", "De teamleider"), ("Iets", ""), (" ", "\n")])
def test_a_yes_to_nothing_in_particular_is_refused(content: str, recipient: str) -> None:
    with pytest.raises(InvalidValueError, match="wat u doorgeeft en aan wie"):
        Consent(ConsentTerm(Answer.JA, DAY), content, recipient)
    assert Consent(ConsentTerm(Answer.NEE, DAY), content, recipient).term.answer is Answer.NEE


def test_a_yes_ends_and_is_taken_back_after_it_was_given() -> None:
    for wrong in ({"until": DAY - A_DAY}, {"withdrawn": DAY - A_DAY}):
        with pytest.raises(InvalidValueError, match="Er is niets bewaard"):
            ConsentTerm(Answer.JA, DAY, **wrong)
    for wrong in ({"until": DAY}, {"withdrawn": DAY}):
        with pytest.raises(InvalidValueError, match="Een nee"):
            ConsentTerm(Answer.NEE, DAY, **wrong)
    assert ConsentTerm(Answer.JA, DAY, until=DAY, withdrawn=DAY).covers(DAY)


def test_a_yes_is_taken_back_once_and_a_no_never() -> None:
    back = YES.withdrawn_on(DAY + A_DAY)
    assert back.term.withdrawn == DAY + A_DAY
    assert (back.content, back.recipient, back.words) == (YES.content, YES.recipient, YES.words)
    for other in (back, Consent(ConsentTerm(Answer.NEE, DAY))):
        with pytest.raises(InvalidValueError, match="geen toestemming die u kunt intrekken"):
            other.withdrawn_on(DAY + A_DAY)


@given(days, st.none() | st.integers(0, 900), st.none() | st.integers(0, 900), days)
def test_a_yes_covers_the_days_between_and_no_other(
    on: date, lasts: int | None, taken_back: int | None, day: date
) -> None:
    until = None if lasts is None else on + timedelta(days=lasts)
    withdrawn = None if taken_back is None else on + timedelta(days=taken_back)
    term = ConsentTerm(Answer.JA, on, until, withdrawn)
    last = min(end for end in (until, withdrawn, date.max) if end is not None)
    assert term.covers(day) == (on <= day <= last)
    assert term.holds_from(day) == (on <= day <= last and withdrawn is None)
    assert not ConsentTerm(Answer.NEE, on).covers(day)


def test_how_an_answer_stands_is_told_by_what_ends_it_first() -> None:
    term = ConsentTerm(Answer.JA, DAY, until=DAY + A_DAY)
    assert term.state(DAY + A_DAY) is ConsentState.GEGEVEN
    assert term.state(DAY + 2 * A_DAY) is ConsentState.VERLOPEN
    assert ConsentTerm(Answer.JA, DAY, DAY + A_DAY, DAY).state(DAY + 9 * A_DAY) is ConsentState.INGETROKKEN
    assert ConsentTerm(Answer.NEE, DAY).state(DAY) is ConsentState.GEWEIGERD


@given(st.lists(st.tuples(days, st.sampled_from(Answer)), max_size=6).map(sorted), days)
def test_the_last_answer_by_a_day_counts_on_that_day(given_: list[tuple[date, Answer]], day: date) -> None:
    consents = [Consent(ConsentTerm(answer, on), "a", "b") for on, answer in given_]
    known = [consent for consent in consents if consent.term.on <= day]
    assert in_force(consents, day) == (known[-1] if known else None)
