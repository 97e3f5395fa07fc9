"""A client, a case or a conversation that could not be can't be made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from vpdesk.domain.cases import Case, Conversation, DatedCode
from vpdesk.domain.clients import Client
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ClientId, ConversationId
from vpdesk.domain.phases import Phase, begin
from vpdesk.domain.taxonomy import THEMA, WERKGEBIED, fields_of_theme

DAY = date(2025, 3, 4)
CLIENT = Client(ClientId(1), "Anker")
CASE = Case(id=CaseId(1), client=ClientId(1), code="2025-001", pseudonym="Kievit", opened=DAY, moves=begin(DAY))
TALK = Conversation(id=ConversationId(1), on=DAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "  "},
        {"name": "x" * 301},
        {"name": "A\nB"},
        {"appointment": "vast"},
        {"threshold": 4},
        {"year_starts_in": 0},
        {"year_starts_in": 13},
        {"statistics": ("leeftijd",)},
    ],
)
def test_a_client_that_could_not_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        replace(CLIENT, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"opened": DAY + timedelta(days=1)},
        {"moves": ()},
        *({name: "toverij"} for name in ("rol", "werkgebied", "thema", "relatie", "verbonden", "gevonden_via", "wens")),
        {"misstand": "ja"},
        {"closing_reason": "zomaar"},
        {"further_themes": ("toverij",)},
        {"thema": "pesten", "further_themes": ("pesten",)},
        {"outcomes": (DatedCode("toverij", DAY),)},
        {"imported_talks": -1},
        {"imported_minutes": -1},
        {"thema": "pesten", "werkgebied": "integriteit"},
        {"thema": "fraude", "werkgebied": "ongewenste omgangsvormen"},
        {"thema": "anders buiten werkterrein", "werkgebied": "beide"},
    ],
)
def test_a_case_that_could_not_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        replace(CASE, **wrong)


def test_every_theme_lies_in_some_field_and_may_have_an_unknown_one() -> None:
    for theme in THEMA.codes:
        fields = fields_of_theme(theme)
        assert "onbekend" in fields
        assert len(fields) > 1
        for field in WERKGEBIED.codes:
            if field in fields:
                assert replace(CASE, thema=theme, werkgebied=field).werkgebied == field


@pytest.mark.parametrize("wrong", [{"channel": "duif"}, {"minutes": -1}, {"minutes": 1441}, {"case": CaseId(1)}])
def test_a_conversation_that_could_not_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        replace(TALK, **wrong)


def test_reopening_takes_the_outcome_back_and_keeps_what_was_known_then() -> None:
    closed = CASE.closed_with("gedrag gestopt", "doel bereikt", DAY + timedelta(days=5))
    reopened = closed.moved_to(Phase.NAFASE, DAY + timedelta(days=9))
    assert reopened.outcome_on(DAY + timedelta(days=7)) == "gedrag gestopt"
    assert reopened.outcome_on(DAY + timedelta(days=9)) == "loopt nog"
    assert (closed.closing_reason, reopened.closed) == ("doel bereikt", None)


def test_a_case_closed_without_an_outcome_has_an_unknown_one() -> None:
    closed = CASE.moved_to(Phase.AFGESLOTEN, DAY + timedelta(days=5))
    assert closed.outcome_on(DAY + timedelta(days=5)) == "onbekend"
    assert closed.outcome_on(DAY + timedelta(days=4)) == "loopt nog"
    assert closed.moved_to(Phase.VOORFASE, DAY + timedelta(days=6)).outcomes == ()


def test_an_imported_outcome_counts_from_the_opening_though_the_case_runs() -> None:
    imported = replace(CASE, outcomes=(DatedCode("onbekend", DAY),), phase_unknown=True)
    assert imported.outcome_on(DAY) == "onbekend"
    assert imported.phase_on(DAY) == "onbekend"
    assert imported.moved_to(Phase.MELDINGSFASE, DAY).phase_on(DAY) == "meldingsfase"


def test_the_limits_of_confidentiality_have_a_day_or_none() -> None:
    assert CASE.with_limits(DAY).limits_discussed_on == DAY
    assert CASE.with_limits(DAY).with_limits(None) == CASE
