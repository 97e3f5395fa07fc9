"""What a hold protects stays readable, records without a case come up in their turn, and no number comes twice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk
from tests.full_case import DAY, a_full_case, a_record
from tests.golden.reading import GOLDEN, behind_the_door
from tests.operations.test_meldingen import harm
from tests.operations.test_relay import a_message, through_me
from tests.operations.test_steps import a_step
from vpdesk.domain.call_backs import CallBack
from vpdesk.domain.errors import HeldError, InvalidValueError, NotFoundError
from vpdesk.domain.guided_questions import Form, GuidedKind
from vpdesk.domain.ids import CallBackId, GuidedId, HoldId
from vpdesk.domain.people import Part, Person
from vpdesk.domain.retention import Going, Hold, HoldKind, KeptLonger, Kind, Standing, Term
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.worklog import Activity
from vpdesk.operations import aftercare, call_backs, elsewhere, guided, meldingen, people, relay, retention, steps
from vpdesk.operations.cases import close_case
from vpdesk.operations.clients import add_client
from vpdesk.operations.conversations import (
    delete_conversation,
    destroy_note,
    drafts,
    finish_report,
    get_conversation,
    put_back_note,
    save_conversation,
    save_draft,
)
from vpdesk.operations.destroying import destroy_case, destroy_person
from vpdesk.operations.other_client import move_to_client
from vpdesk.operations.today import today_items
from vpdesk.operations.vaults import open_vault
from vpdesk.operations.worklog import NEW as NEW_ACTIVITY
from vpdesk.operations.worklog import delete_activity, write_activity
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.migrations_kept import KEPT
from vpdesk.store.schema import MIGRATIONS
from vpdesk.ui.models.drafts import Belongs, TalkDraft, key_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

LATER = date(2031, 6, 1)


def a_hold(vault: Vault, case: Case | None = None, record: GuidedId | None = None) -> Any:
    number = None if case is None else case.id
    return retention.place_hold(
        vault, case_id=number, guided_id=record, kind=HoldKind.CLAIM, since=TODAY, reason="Er loopt een claim"
    )


def kept(vault: Vault, case: Case, *, names: bool = False) -> list[tuple[str, str]]:
    return [(one.what, one.text) for one in retention.earlier(vault, case.id, names=names)]


# --- what a hold protects -----------------------------------------------------------------------------------------


def test_a_verslag_that_is_blanked_under_a_hold_stays_readable(vault: Vault) -> None:
    case = a_case(vault)
    talk = a_talk(vault, case, working_note="de **aantekening**", report="het *verslag*", marked=True, agreements="bel")
    save_conversation(vault, replace(talk, report="anders"), now=NOW)
    assert kept(vault, case) == [], "without a hold nothing is kept"
    a_hold(vault, case)
    talk = save_conversation(vault, replace(talk, report="anders", agreements="bel morgen"), now=NOW)
    save_conversation(vault, replace(talk, report="anders, en meer"), now=NOW)
    assert kept(vault, case) == [], "what was only added to is still there"
    save_conversation(vault, replace(talk, report="", working_note="", agreements="", minutes=5), now=NOW)
    assert dict(kept(vault, case)) == {
        "Verslag van het gesprek van 4 maart 2025": "anders, en meer",
        "Werkaantekening van het gesprek van 4 maart 2025": "de aantekening",
        "Afspraken in het gesprek van 4 maart 2025": "bel morgen",
        "Dag, kanaal en duur van het gesprek van 4 maart 2025": "Telefoon, 30 minuten",
    }
    finish_report(vault, conversation_id=talk.id, report="eerste", today=TODAY)
    finish_report(vault, conversation_id=talk.id, report="tweede", today=TODAY)
    assert kept(vault, case)[0] == ("Verslag van het gesprek van 4 maart 2025", "eerste")


def test_detriment_melding_step_and_person_keep_what_was_said_under_a_hold(vault: Vault) -> None:
    case = a_case(vault)
    detriment = aftercare.record_detriment(vault, harm(case, "wat er gebeurde"))
    melding = through_me(vault, case)
    step = steps.record_step(vault, a_step(case))
    steps.save_result(vault, step_id=step.id, result="het hielp", today=TODAY)
    person = Person(people.NEW, case.id, Part.KOMT, "Zeldzaamheid", ("Zeldje",), "kok", "06-1", "na zessen")
    people.save_person(vault, person, today=TODAY)
    (person,) = people.people_of(vault, case.id).persons
    a_hold(vault, case)
    aftercare.change_detriment(vault, replace(detriment, told=""), today=TODAY)
    meldingen.change_melding(vault, replace(melding, recipient="bestuur"), today=TODAY)
    steps.save_result(vault, step_id=step.id, result="", today=TODAY)
    people.save_person(vault, replace(person, name="", aliases=(), reach="06-2"), today=TODAY)
    found = dict(kept(vault, case, names=True))
    assert "Wat gebeurde er: wat er gebeurde" in found["Benadeling"]
    assert "Bij: Meldpunt" in found["Melding"]
    assert found["Wat van een stap kwam"] == "het hielp"
    assert found["Persoon: wie komt"] == (
        "Naam: Zeldzaamheid\nAndere namen: Zeldje\nFunctie: kok\nBereikbaar: 06-1\nWanneer: na zessen"
    )
    assert dict(kept(vault, case))["Persoon: wie komt"] == "", "no name leaves the vault unasked"


def test_a_held_case_stays_in_its_matter_and_at_its_organisation(vault: Vault) -> None:
    case, other = a_case(vault), add_client(vault, name="Andere Zorg")
    people.join_matter(vault, case_id=case.id, name="De bestelling", today=TODAY)
    (matter,) = people.people_of(vault, case.id).matters
    hold = a_hold(vault, case)
    away: tuple[Callable[[], object], ...] = (
        lambda: people.leave_matter(vault, case_id=case.id, matter_id=matter.id),
        lambda: move_to_client(vault, case_id=case.id, client_id=other.id, today=TODAY),
    )
    with pytest.raises(HeldError, match="er is niets veranderd"):
        away[0]()
    with pytest.raises(InvalidValueError, match="Op deze casus ligt een bewaarstop"):
        away[1]()
    assert people.people_of(vault, case.id).matters == (matter,)
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Klaar")
    for move in away:
        move()


def test_answers_of_an_earlier_day_stay_readable_under_a_hold(vault: Vault) -> None:
    record = guided.begin_guided(vault, kind=GuidedKind.INFORMATIE, on=DAY)
    key = next(one.key for one in record.missing if one.form is Form.TEKST)
    guided.save_answers(vault, guided_id=record.id, texts={key: "de rechter"}, on=DAY)
    a_hold(vault, record=record.id)
    guided.save_answers(vault, guided_id=record.id, texts={key: "de r"}, on=TODAY)
    guided.save_answers(vault, guided_id=record.id, texts={key: None}, on=TODAY)
    (one,) = retention.earlier(vault, None, record.id)
    assert (one.changed, one.text) == (TODAY, "de rechter")
    for away in (
        lambda: guided.discard_guided(vault, guided_id=record.id),
        lambda: guided.destroy_guided(vault, guided_id=record.id, now=NOW),
        lambda: guided.place_guided(vault, guided_id=record.id, case_id=a_case(vault).id),
    ):
        with pytest.raises(HeldError, match="Op deze vastlegging ligt een bewaarstop"):
            away()


def test_the_earlier_name_of_a_matter_is_kept_at_the_case_that_is_held(vault: Vault) -> None:
    held, free = a_case(vault), a_case(vault)
    for case in (held, free):
        people.join_matter(vault, case_id=case.id, name="De bestelling", today=TODAY)
    a_hold(vault, held)
    (matter,) = people.people_of(vault, held.id).matters
    for _ in range(2):  # the second changes nothing
        people.rename_matter(vault, matter_id=matter.id, name="De levering", today=TODAY)
    (kept,) = retention.earlier(vault, held.id, names=True)
    assert (kept.what, kept.text, kept.names) == ("Naam van de kwestie", "De bestelling", True)
    assert retention.earlier(vault, free.id, names=True) == ()


# --- what goes with the last hold ---------------------------------------------------------------------------------


def test_what_only_a_hold_kept_goes_with_the_last_one_and_only_as_it_was_told(vault: Vault, tmp_path: Path) -> None:
    case = a_full_case(vault, tmp_path)
    (hold,) = retention.held(vault, case.id).in_force
    second = a_hold(vault, case)
    assert retention.going_with(vault, hold.id) == Going(), "another hold stays"
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Klaar")
    going = retention.going_with(vault, second.id)
    assert going == Going(attachments=1, notes=1, earlier=1)
    for told in (None, replace(going, attachments=2)):
        with pytest.raises(InvalidValueError, match="De bewaarstop blijft staan en er is niets vernietigd"):
            retention.lift_hold(vault, hold_id=second.id, on=TODAY, reason="Klaar", going=told)
    assert retention.going_with(vault, second.id) == going
    retention.lift_hold(vault, hold_id=second.id, on=TODAY, reason="Klaar", going=going)
    (row,) = vault.conversations.rows(case=case.id, limit=-1)
    talk = get_conversation(vault, row.id)
    assert (talk.working_note, talk.report) == ("", "qzxynieuw")
    assert (vault.attachments.of_case(case.id), vault.attachments.file.there) == ((), False)
    assert retention.earlier(vault, case.id, names=True) == ()


def test_of_a_running_case_attachments_stay_until_it_is_closed(vault: Vault, tmp_path: Path) -> None:
    case = a_full_case(vault, tmp_path)
    change = "UPDATE cases SET closed = NULL WHERE id = ?"
    vault.connection.execute(change, (case.id,))
    (hold,) = retention.held(vault, case.id).in_force
    going = retention.going_with(vault, hold.id)
    assert (going.attachments, going.notes) == (0, 1)
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Klaar", going=going)
    assert len(vault.attachments.of_case(case.id)) == 1


def test_a_note_that_was_destroyed_beside_its_verslag_can_be_put_back(vault: Vault) -> None:
    case = a_case(vault)
    talk = a_talk(vault, case, working_note="de notitie", report="het verslag")
    before = destroy_note(vault, conversation_id=talk.id)
    assert put_back_note(vault, before) == talk
    destroy_note(vault, conversation_id=talk.id)
    save_conversation(vault, replace(talk, working_note="", report="anders"), now=NOW)
    with pytest.raises(InvalidValueError, match="niet teruggezet"):
        put_back_note(vault, before)


# --- records without a case ---------------------------------------------------------------------------------------


def records(vault: Vault, today: date) -> dict[str, Standing]:
    found = retention.decision_list(vault, today=today)
    return {f"{row.pseudonym} {row.client_name}".strip(): row.standing for row in found if row.guided is not None}


@pytest.mark.parametrize(
    ("kind", "last", "first"),
    [
        (GuidedKind.DOORBREKEN, date(2030, 3, 3), date(2030, 3, 4)),
        (GuidedKind.INFORMATIE, date(2030, 3, 3), date(2030, 3, 4)),
        (GuidedKind.AVG, date(2026, 3, 3), date(2026, 3, 4)),
    ],
)
def test_a_record_without_a_case_comes_up_after_its_term(
    vault: Vault, kind: GuidedKind, last: date, first: date
) -> None:
    number = a_record(vault, kind)
    assert records(vault, last) == {}
    assert retention.records_due(vault, today=last) == 0
    assert list(records(vault, first).values()) == [Standing.TE_BESLISSEN]
    assert retention.records_due(vault, today=first) == 1
    titles = [item.title for item in today_items(vault, today=first) if item.kind is TodayKind.BEWAARTERMIJN]
    assert titles == ["Eén vastlegging is voorbij de bewaartermijn"]
    assert retention.decision_on_record(vault, number, today=last).standing is Standing.NOG_NIET
    assert retention.decision_on_record(vault, number, today=first).guided == number
    guided.destroy_guided(vault, guided_id=number, now=NOW)
    assert records(vault, first) == {}
    with pytest.raises(NotFoundError):
        retention.decision_on_record(vault, number, today=first)


def test_the_term_of_its_organisation_counts_and_a_record_on_a_case_goes_with_the_case(vault: Vault) -> None:
    client = a_client(vault)
    retention.save_terms(vault, client_id=client.id, terms=[Term(Kind.VASTLEGGING, 24)])
    a_record(vault, GuidedKind.INFORMATIE, client_id=client.id)
    case = a_case(vault)
    on_case = a_record(vault, GuidedKind.INFORMATIE, case_id=case.id)
    assert records(vault, date(2027, 3, 3)) == {}
    assert list(records(vault, date(2027, 3, 4))) == [f"Verzoek om informatie {client.name}"]
    with pytest.raises(InvalidValueError, match="hoort bij een casus"):
        a_hold(vault, record=on_case)
    with pytest.raises(InvalidValueError, match="hoort bij een casus"):
        retention.keep_longer(vault, guided_id=on_case, until=LATER, reason="Reden", today=TODAY)


def test_a_record_that_never_became_final_comes_up_too_counted_from_the_day_on_which_it_was_due(vault: Vault) -> None:
    guided.begin_guided(vault, kind=GuidedKind.DOORBREKEN, on=DAY, due=date(2025, 5, 1))
    assert records(vault, date(2030, 4, 30)) == {}
    assert list(records(vault, date(2030, 5, 1)).values()) == [Standing.TE_BESLISSEN]


def test_a_record_is_held_and_kept_longer_as_a_case_is(vault: Vault) -> None:
    number = a_record(vault, GuidedKind.INFORMATIE)
    hold = a_hold(vault, record=number)
    assert list(records(vault, TODAY).values()) == [Standing.BEWAARSTOP], "also before its term"
    assert retention.held(vault, None, number).in_force == (hold,)
    with pytest.raises(HeldError):
        guided.destroy_guided(vault, guided_id=number, now=NOW)
    lifted = retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Klaar")
    retention.take_back_hold(vault, lifted)
    assert retention.held(vault, None, number).in_force == (hold,)
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Klaar")
    retention.keep_longer(vault, guided_id=number, until=LATER, reason="De jurist vroeg erom", today=TODAY)
    assert list(records(vault, date(2031, 5, 31)).values()) == [Standing.LANGER]
    retention.take_back_decision(vault, guided_id=number)
    assert list(records(vault, date(2031, 5, 31)).values()) == [Standing.TE_BESLISSEN]
    with pytest.raises(NotFoundError):
        a_hold(vault, record=GuidedId(99))
    with pytest.raises(InvalidValueError, match="op een casus of op een vastlegging"):
        a_hold(vault, a_case(vault), number)


# --- numbers and drafts -------------------------------------------------------------------------------------------


def things(vault: Vault, case: Case) -> dict[str, tuple[int, Callable[[], object]]]:
    """Make one of everything that can go by itself; return its number and how it goes, by table."""
    talk = a_talk(vault, case)
    call = call_backs.save_call_back(vault, CallBack(CallBackId(0), TODAY, TODAY, called="mevrouw K."))
    record = a_record(vault, GuidedKind.AVG)
    step = steps.record_step(vault, a_step(case))
    melding = through_me(vault, case)
    message = relay.write_message(vault, a_message(melding, "tekst"))
    other = meldingen.record_melding(vault, replace(melding, relay=False, reference=""))
    detriment = aftercare.record_detriment(vault, harm(case))
    people.save_person(vault, Person(people.NEW, case.id, Part.VERDER, "Iemand"), today=TODAY)
    person = people.people_of(vault, case.id).persons[-1]
    activity = write_activity(vault, Activity(NEW_ACTIVITY, TODAY, "voorlichting", 30))
    return {
        "conversations": (talk.id, lambda: delete_conversation(vault, conversation_id=talk.id)),
        "call_backs": (call.id, lambda: call_backs.destroy_call_back(vault, call.id)),
        "guided_records": (record, lambda: guided.destroy_guided(vault, guided_id=record, now=NOW)),
        "steps": (step.id, lambda: steps.remove_step(vault, step_id=step.id)),
        "relay_messages": (message.id, lambda: relay.remove_message(vault, message_id=message.id)),
        "meldingen": (other.id, lambda: meldingen.remove_melding(vault, melding_id=other.id)),
        "detriments": (detriment.id, lambda: aftercare.remove_detriment(vault, detriment_id=detriment.id)),
        "persons": (person.id, lambda: destroy_person(vault, person_id=person.id, now=NOW)),
        "activities": (activity.id, lambda: delete_activity(vault, activity_id=activity.id)),
    }


def test_no_number_is_given_out_twice(vault: Vault) -> None:
    case = a_case(vault)
    first = things(vault, case)
    for _, go in first.values():
        go()
    second = things(vault, case)
    for table, (number, _) in second.items():
        assert number > first[table][0], table
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=TODAY)
    destroy_case(vault, case_id=case.id, now=NOW)
    assert a_case(vault).id > case.id
    hold = a_hold(vault, a_case(vault))
    retention.take_back_hold(vault, hold)
    assert a_hold(vault, a_case(vault)).id > hold.id


def test_a_text_kept_elsewhere_never_comes_back_in_another_talk(vault: Vault, tmp_path: Path) -> None:
    talk = a_talk(vault, working_note="eerst")
    text = TalkDraft("van de eerste", DAY, of=talk.id).written()
    path = elsewhere.save_elsewhere(vault, folder=tmp_path, key=key_of(talk.id), text=text, now=NOW)
    delete_conversation(vault, conversation_id=talk.id)
    other = a_talk(vault, working_note="tweede")
    draft = elsewhere.read_elsewhere(vault, path)
    with pytest.raises(NotFoundError, match="is vernietigd"):
        save_draft(vault, key=draft.key, text=draft.text, now=NOW)
    assert drafts(vault) == ()
    assert get_conversation(vault, other.id).working_note == "tweede"


def test_a_draft_never_answers_the_call_back_of_somebody_else(vault: Vault) -> None:
    first = call_backs.save_call_back(vault, CallBack(CallBackId(0), TODAY, TODAY, called="mevrouw K."))
    call_backs.destroy_call_back(vault, first.id)
    call_backs.save_call_back(vault, CallBack(CallBackId(0), TODAY, TODAY, called="meneer L."))
    case = a_case(vault)
    assert call_backs.into_case(vault, first.id, case_id=case.id, today=TODAY)
    assert people.people_of(vault, case.id).persons == ()


def test_a_draft_goes_with_what_it_belongs_to_and_is_not_written_after_that(vault: Vault) -> None:
    made = things(vault, a_case(vault))
    assert {kind.value for kind in Belongs} == set(made) - {"conversations"}, "every kind"
    save_draft(vault, key="dialoog:ander", text=TalkDraft("blijft", DAY).written(), now=NOW)
    for kind in Belongs:
        number, go = made[kind.value]
        text = TalkDraft("typt u nog", DAY, belongs=kind.to(number)).written()
        save_draft(vault, key="dialoog:1", text=text, now=NOW)
        assert len(drafts(vault)) == 2
        go()
        assert [draft.key for draft in drafts(vault)] == ["dialoog:ander"], kind
        with pytest.raises(NotFoundError, match="is vernietigd"):
            save_draft(vault, key="dialoog:1", text=text, now=NOW)


def test_an_upgrade_keeps_holds_and_decisions_and_numbers_go_on_from_there(vault: Vault, tmp_path: Path) -> None:
    given = {table for (table,) in vault.connection.execute("SELECT of_table FROM last_numbers")}
    assert given == {*things(vault, a_case(vault)), "cases", "holds", "reminders"}
    shutil.copytree(GOLDEN / str(MIGRATIONS.index(KEPT)), tmp_path / "oud")
    with behind_the_door(tmp_path / "oud") as connection:
        (number,) = connection.execute("SELECT id FROM cases").fetchone()
        connection.execute(
            "INSERT INTO holds (id, case_id, kind, since, reason, lifted, why_lifted)"
            " VALUES (7, ?, 'claim', '2025-05-05', 'Er loopt een claim', NULL, '')",
            (number,),
        )
        connection.execute(
            "INSERT INTO kept_longer (case_id, decided, until, reason) VALUES (?, '2025-05-05', '2027-01-01', 'Reden')",
            (number,),
        )
        (talk,) = connection.execute("SELECT max(id) FROM conversations").fetchone()
    with open_vault(tmp_path / "oud", keychain=MemoryKeychain(), now=NOW) as upgraded:
        held = retention.held(upgraded, number)
        assert held.in_force == (Hold(HoldId(7), number, HoldKind.CLAIM, date(2025, 5, 5), "Er loopt een claim"),)
        assert held.decisions == (KeptLonger(date(2025, 5, 5), date(2027, 1, 1), "Reden"),)
        assert a_talk(upgraded).id == talk + 1
        assert a_hold(upgraded, upgraded.cases.get(number)).id == 8
