"""A case with something of every kind that can hang on one, each text with a word of its own that is nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from tests.casework import NOW, TODAY, a_case, a_talk
from tests.operations.test_meldingen import harm
from tests.operations.test_relay import a_message, through_me
from tests.operations.test_steps import a_step
from vpdesk.domain.call_backs import CallBack
from vpdesk.domain.checklists import LIMITS, ItemState
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.detriments import DetrimentEntry
from vpdesk.domain.guided_questions import OUTCOMES, QUESTIONS, Form, GuidedKind
from vpdesk.domain.ids import CallBackId
from vpdesk.domain.people import Part, Person
from vpdesk.domain.phases import Phase
from vpdesk.domain.reminders import AftercareEnd
from vpdesk.domain.retention import HoldKind
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.wishes import Wish
from vpdesk.operations import aftercare, attachments, call_backs, conversations, guided, people, relay, retention, steps
from vpdesk.operations.cases import check_item, close_case, move_case
from vpdesk.operations.today import add_reminder
from vpdesk.ui.models.drafts import Belongs, TalkDraft

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.domain.ids import GuidedId
    from vpdesk.store.vault import Vault

MARK: Final = "qzxy"
DAY: Final = date(2025, 3, 4)


def a_record(vault: Vault, kind: GuidedKind, word: str = "", on: date = DAY, **where: object) -> GuidedId:
    """Make a final record; every question that asks a text is answered with the word, or *onbekend* without one."""
    record = guided.begin_guided(vault, kind=kind, on=on, **where)  # type: ignore[arg-type] # a case or an organisation
    texts = {one.key: word for one in QUESTIONS[kind] if one.form is Form.TEKST}
    guided.save_answers(vault, guided_id=record.id, texts=texts, on=on)
    guided.rest_unknown(vault, guided_id=record.id, on=on)
    guided.finalise_guided(vault, guided_id=record.id, outcome=OUTCOMES[kind].codes[0], on=on)
    return record.id


def a_full_case(vault: Vault, folder: Path, mark: str = MARK) -> Case:
    """Open a case, hang everything on it, and close it; a hold lies on it, and another one was lifted."""
    case = a_case(vault, DAY, pseudonym=f"{mark}naam", rol="melder", thema="pesten")
    number = case.id
    talk = a_talk(
        vault, case, on=DAY, working_note=f"# {mark}kop\n\n**{mark}vet**", report=f"- {mark}punt", marked=True,
        agreements=f"{mark}afspraak", next_step=f"{mark}stap", next_on=date(2025, 4, 1),
    )  # fmt: skip
    _people(vault, case, mark)
    step = steps.record_step(vault, a_step(case, to=f"{mark}wie", result=f"{mark}gevolg"))
    consent = Consent(ConsentTerm(Answer.JA, DAY), f"{mark}inhoud", f"{mark}ontvanger", f"{mark}woorden")
    steps.note_consent(vault, step_id=step.id, consent=consent)
    steps.say_wish(vault, case_id=number, wish=Wish("erkenning", DAY, f"{mark}wens"))
    melding = through_me(vault, case)
    message = relay.write_message(vault, a_message(melding, f"{mark}bericht"))
    detriment = aftercare.record_detriment(vault, harm(case, f"{mark}nadeel"))
    entry = DetrimentEntry(TODAY, f"{mark}vervolg")
    aftercare.note_what_followed(vault, detriment_id=detriment.id, entry=entry)
    record = a_record(vault, GuidedKind.DOORBREKEN, f"{mark}antwoord", case_id=number)
    guided.add_to_guided(vault, guided_id=record, text=f"{mark}aanvulling", on=TODAY)
    add_reminder(vault, case_id=number, kind=TodayKind.STAP, due=TODAY, title=f"{mark}titel", detail=f"{mark}uitleg")
    check_item(vault, case_id=number, phase=Phase.VOORFASE, code=LIMITS, state=ItemState.GEDAAN, on=DAY)
    move_case(vault, case_id=number, to=Phase.MELDINGSFASE, on=date(2025, 4, 1), reason=f"{mark}reden")
    move_case(vault, case_id=number, to=Phase.NAFASE, on=date(2025, 5, 1))
    aftercare.end_aftercare(vault, case_id=number, end=AftercareEnd(date(2025, 6, 1), f"{mark}genoeg"))
    hold = retention.place_hold(vault, case_id=number, kind=HoldKind.CLAIM, since=DAY, reason=f"{mark}claim")
    going = retention.going_with(vault, hold.id)
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason=f"{mark}klaar", going=going)
    retention.place_hold(vault, case_id=number, kind=HoldKind.PROCEDURE, since=DAY, reason=f"{mark}zaak")
    later = conversations.get_conversation(vault, talk.id)
    conversations.save_conversation(vault, replace(later, report=f"{mark}nieuw", working_note=f"{mark}x"), now=NOW)
    path = folder / f"{mark}bestand.txt"
    path.write_bytes(b"inhoud")
    attachments.store_attachment(vault, case_id=number, path=path, reason=f"{mark}waarom", today=TODAY)
    for key, draft in {
        f"gesprek:{talk.id}": TalkDraft(f"{mark}concept", DAY, case=number, of=talk.id),
        "dialoog:bericht": TalkDraft(f"{mark}tekst", DAY, belongs=Belongs.BERICHT.to(message.id)),
        "dialoog:vastlegging": TalkDraft(f"{mark}vulaan", DAY, belongs=Belongs.VASTLEGGING.to(record)),
    }.items():
        conversations.save_draft(vault, key=key, text=draft.written(), now=NOW)
    closed = close_case(vault, case_id=number, outcome="niet opgelost", reason="doel bereikt", on=TODAY)
    retention.keep_longer(vault, case_id=number, until=date(2027, 1, 1), reason=f"{mark}langer", today=TODAY)
    return closed


def _people(vault: Vault, case: Case, mark: str) -> None:
    """Let who asked to be called be who comes, with somebody of another case in the same matter beside her."""
    client = case.client
    call = CallBack(CallBackId(0), DAY, DAY, client, f"{mark}mevrouw", f"{mark}nummer", f"{mark}avond")
    number = call_backs.save_call_back(vault, call).id
    call_backs.into_case(vault, number, case_id=case.id, today=TODAY)
    people.join_matter(vault, case_id=case.id, name=f"{mark}kwestie", today=TODAY)
    other = a_case(vault, DAY, rol="betrokkene")
    people.save_person(vault, Person(people.NEW, other.id, Part.KOMT, "Iemand Anders"), today=TODAY)
    going_on = people.GoingOn(f"{mark}toch", f"{mark}kennis")
    person = Person(people.NEW, case.id, Part.ANDER, "Iemand Anders", (f"{mark}bijnaam",), f"{mark}functie")
    people.save_person(vault, person, today=TODAY, going_on=going_on)
