"""A guided record is changed until it is final, asks every question, and proposes the month of an AVG request."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.guided import Addition, Answer, GuidedRecord, answer_due
from vpdesk.domain.guided_questions import GROUND, HELP, NAMES, OUTCOMES, QUESTIONS, Form, GuidedKind, question
from vpdesk.domain.ids import CaseId, GuidedId
from vpdesk.domain.taxonomy import UNKNOWN

DAY = date(2025, 12, 28)


def a_record(kind: GuidedKind = GuidedKind.DOORBREKEN) -> GuidedRecord:
    return GuidedRecord(GuidedId(1), kind, DAY)


def whole(kind: GuidedKind = GuidedKind.DOORBREKEN) -> GuidedRecord:
    record = a_record(kind)
    return record.answered({asked.key: "" for asked in record.missing}, DAY)


def test_every_kind_has_questions_with_keys_of_their_own_and_outcomes_that_may_be_unknown() -> None:
    for kind in GuidedKind:
        keys = [asked.key for asked in QUESTIONS[kind]]
        assert len(keys) == len(set(keys))
        assert UNKNOWN.code in OUTCOMES[kind]
        assert all((asked.codes is not None) is (asked.form is Form.KEUZE) for asked in QUESTIONS[kind])
        assert NAMES[kind]
        assert HELP[kind]
    assert "overwogen, niet gedaan" in OUTCOMES[GuidedKind.DOORBREKEN]
    assert "niet bevestigd" in OUTCOMES[GuidedKind.AVG]
    assert len(GROUND.terms) == 7
    assert question(GuidedKind.AVG, "ernst") is None


def test_answers_come_back_in_the_order_of_the_questions_with_what_was_asked_and_when() -> None:
    later = DAY + timedelta(days=1)
    record = a_record().answered({"zelf": " Aangeboden ", "weten": "Zelf gehoord"}, DAY)
    record = record.answered({"zelf": "Aangeboden", "weten": "Zelf gehoord, gisteren"}, later)
    assert [key for key, _ in record.answers] == ["weten", "zelf"]
    assert record.answer("zelf") == Answer("Kan de persoon het zelf doen?", DAY, "Aangeboden"), (
        "unchanged keeps its day"
    )
    changed = record.answer("weten")
    assert changed is not None
    assert (changed.on, changed.unknown) == (later, False)
    assert record.answered({"weten": None, "zelf": None}, later) == a_record()


def test_a_record_becomes_final_only_when_every_question_has_an_answer_or_onbekend() -> None:
    with pytest.raises(InvalidValueError, match="12 vragen hebben nog geen antwoord"):
        a_record().finalised_on(DAY, "doorbroken")
    with pytest.raises(InvalidValueError, match="Eén vraag heeft nog geen antwoord"):
        whole().answered({"ernst": None}, DAY).finalised_on(DAY, "doorbroken")
    with pytest.raises(InvalidValueError, match="Kies een afloop"):
        whole().finalised_on(DAY, "")
    with pytest.raises(InvalidValueError, match="afloop staat niet in de lijst"):
        whole().finalised_on(DAY, "geweigerd")
    final = whole().finalised_on(DAY, "overwogen, niet gedaan")
    assert (final.finalised, final.missing) == (DAY, ())
    for change in (
        lambda: final.answered({"ernst": "x"}, DAY),
        lambda: final.finalised_on(DAY, "doorbroken"),
        lambda: final.placed(None, None),
    ):
        with pytest.raises(InvalidValueError, match="is definitief"):
            change()
    assert final.added(Addition(DAY, "Nagebeld")).additions == (Addition(DAY, "Nagebeld"),)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("grond", "omdat het moet", "staat niet in de lijst"),
        ("gelezen", "gisteren", "geen dag"),
        ("gelezen", "20251228", "geen dag"),
        ("iets anders", "x", "hoort niet bij"),
    ],
)
def test_an_answer_that_does_not_fit_its_question_is_refused(key: str, text: str, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        a_record().answered({key: text}, DAY)


def test_a_record_that_cannot_be_is_refused() -> None:
    for wrong in (
        {"case": CaseId(1)},
        {"outcome": "doorbroken"},
        {"finalised": DAY},
        {"additions": (Addition(DAY, "x"),)},
    ):
        with pytest.raises(InvalidValueError):
            replace(a_record(), **wrong)  # type: ignore[arg-type] # fields by name
    with pytest.raises(InvalidValueError, match="tekst nodig"):
        Addition(DAY, "  ")


def test_an_answer_to_a_question_of_before_stays_and_comes_last() -> None:
    old = replace(a_record(), answers=(("vroeger", Answer("Wat vroeg men toen?", DAY, "Dit")),))
    record = old.answered({"gevolgen": "Geen", "grond": "acuut gevaar"}, DAY)
    assert [key for key, _ in record.answers] == ["grond", "gevolgen", "vroeger"]


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2025, 12, 28), date(2026, 1, 28)),
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2025, 3, 31), date(2025, 4, 30)),
        (date(2025, 2, 28), date(2025, 3, 28)),
        (date(2025, 12, 31), date(2026, 1, 31)),
    ],
)
def test_the_answer_to_an_avg_request_is_due_a_calendar_month_later(received: date, due: date) -> None:
    assert answer_due(received) == due
    assert a_record(GuidedKind.AVG).answered({"ontvangen": received.isoformat()}, DAY).due == due


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
@settings(max_examples=40, deadline=None)
def test_a_month_ends_in_the_next_month_and_never_later_in_it(received: date) -> None:
    due = answer_due(received)
    assert (due.year * 12 + due.month) - (received.year * 12 + received.month) == 1
    assert due.day == min(received.day, calendar.monthrange(due.year, due.month)[1])


def test_a_term_follows_the_day_of_the_request_until_the_user_chooses_another() -> None:
    record = a_record(GuidedKind.AVG).answered({"ontvangen": "2025-12-28"}, DAY)
    record = record.answered({"ontvangen": "2025-12-31"}, DAY)
    assert record.due == date(2026, 1, 31)
    own = record.answered({"termijn": "2026-03-31"}, DAY)
    assert own.answered({"ontvangen": "2025-12-01"}, DAY).due == date(2026, 3, 31)
    assert own.answered({"ontvangen": ""}, DAY).answered({"ontvangen": "2025-12-01"}, DAY).due == date(2026, 3, 31)
    assert own.answered({"termijn": ""}, DAY).due is None
    assert own.answered({"termijn": None}, DAY).due is None
    assert a_record(GuidedKind.INFORMATIE).answered({"ontvangen": "2025-12-28"}, DAY).due is None
    assert replace(a_record(), due=DAY).answered({"ernst": "groot"}, DAY).due == DAY
