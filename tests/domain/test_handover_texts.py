"""Whatever somebody can type in a case that goes is among its texts, so that a name in it is found."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date
from typing import Any, Final

from vpdesk.domain import phases
from vpdesk.domain.cases import Case, Conversation
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.detriments import Detriment, DetrimentEntry
from vpdesk.domain.handover import HandedCase, HandedHold, HandedMelding
from vpdesk.domain.handover_texts import texts_of
from vpdesk.domain.ids import CaseId, ClientId, ConversationId, DetrimentId, MeldingId, RelayId, ReminderId, StepId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.phases import Phase
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.reminders import AftercareEnd, Reminder
from vpdesk.domain.retention import HoldKind
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.steps import Actor, Choice, Step, StepKind
from vpdesk.domain.wishes import Wish

DAY: Final = date(2025, 3, 4)
NO_TEXT: Final = {
    "Case": {
        "code", "pseudonym", "rol", "werkgebied", "thema", "further_themes", "relatie", "verbonden", "gevonden_via",
        "wens", "misstand", "closing_reason",
    },
    "DatedCode": {"code"},
    "HandedCase": {"unit", "matters"},  # matters go only with names
    "Conversation": {"channel", "working_note"},  # a working note stays behind
    "HandedItem": {"item"},
    "Wish": {"code"},
    "Choice": {"wish"},
    "Step": {"code", "manner"},
    "Melding": {"kind", "identity", "recipient", "reference", "outcome"},
    "Detriment": {"forms"},
    "Person": {"name", "aliases", "function", "reach", "hours"},  # idem
}  # fmt: skip
"""What is a code from a list, or goes only where names go; everything else is a text."""


def typed(kind: Any, found: set[str]) -> set[str]:
    """Collect the fields of a case, and of what is in it, that hold words somebody typed."""
    if typing.get_origin(kind) in {typing.Union, types.UnionType, tuple}:
        for part in typing.get_args(kind):
            typed(part, found)
    elif dataclasses.is_dataclass(kind) and isinstance(kind, type):
        for name, of in typing.get_type_hints(kind).items():
            if of in {str, tuple[str, ...]} and name not in NO_TEXT.get(kind.__name__, ()):
                found.add(f"{kind.__name__}.{name}")
            typed(of, found)
    return found


def full() -> HandedCase:
    """A case in which each text is its own name."""
    moves = phases.moved(phases.begin(DAY), Phase.MELDINGSFASE, DAY, "PhaseMove.reason")
    case = Case(CaseId(0), ClientId(0), "", "", DAY, moves)
    talk = Conversation(
        ConversationId(1), DAY, client=ClientId(0), case=CaseId(0), marked=True, report="**Conversation**.report",
        agreements="Conversation.agreements", next_step="Conversation.next_step",
    )  # fmt: skip
    consent = Consent(
        ConsentTerm(Answer.JA, DAY), "Consent.content", recipient="Consent.recipient", words="Consent.words"
    )
    step = Step(
        StepId(0), CaseId(0), StepKind.DOORGEVEN, Choice(DAY, words="Choice.words"), to="Step.to",
        actor=Actor.VERTROUWENSPERSOON, consents=(consent,), result="Step.result",
    )  # fmt: skip
    without = dataclasses.replace(step, consents=()).taken(DAY, reason="Step.reason")
    melding = Melding(MeldingId(0), CaseId(0), "wbk-melding", "vertrouwelijk")
    message = RelayMessage(RelayId(0), MeldingId(0), Direction.NAAR, DAY, "RelayMessage.text")
    entry = DetrimentEntry(DAY, "DetrimentEntry.text")
    form = ("slechte beoordeling",)
    return HandedCase(
        case,
        talks=(talk,),
        wishes=(Wish("melden", DAY, "Wish.words"),),
        steps=(step, without),
        meldingen=(HandedMelding(melding, (message,)),),
        detriments=(Detriment(DetrimentId(0), CaseId(0), form, DAY, told="Detriment.told", entries=(entry,)),),
        aftercare_ends=(AftercareEnd(DAY, "AftercareEnd.reason"),),
        reminders=(Reminder(ReminderId(0), TodayKind.STAP, DAY, "Reminder.title", "Reminder.detail"),),
        holds=(HandedHold(HoldKind.PROCEDURE, DAY, "HandedHold.reason"),),
    )


def test_every_text_that_somebody_can_type_is_among_them() -> None:
    texts = texts_of(full())
    assert {text for _, text in texts} == typed(HandedCase, set())
    assert all((where and "2025" in where) or where == "Melding, bij wie" for where, _ in texts)
