"""Whatever the advisor typed is found by its words and leads back to where it stands; what is gone is not found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.casework import NOW, TODAY, a_case, a_client, a_talk
from tests.pages import pages_of, pages_with
from tests.people_kit import put
from vpdesk.domain import melding_lists as lists
from vpdesk.domain.call_backs import CallBack
from vpdesk.domain.conflicts import ConflictRecord
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.detriments import Detriment, DetrimentEntry
from vpdesk.domain.guided_questions import OUTCOMES, GuidedKind
from vpdesk.domain.ids import ActivityId, CallBackId, ConflictId, DetrimentId, MeldingId, RelayId, StepId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.people import Part
from vpdesk.domain.phases import Phase
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.reminders import AftercareEnd
from vpdesk.domain.retention import HoldKind
from vpdesk.domain.rows import SearchHit, TodayKind, WrittenKind
from vpdesk.domain.steps import Actor, Choice, Step, StepKind
from vpdesk.domain.wishes import Wish
from vpdesk.domain.worklog import Activity
from vpdesk.operations import (
    aftercare,
    call_backs,
    cases,
    conversations,
    guided,
    meldingen,
    relay,
    retention,
    steps,
    today,
    worklog,
)
from vpdesk.operations.destroying import destroy_case
from vpdesk.store.migrations_search import SEARCH_EVERYTHING

if TYPE_CHECKING:
    import pytest

    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

DAY = date(2026, 1, 5)
NOTHING: Any = 0


def found(vault: Vault, text: str) -> list[SearchHit]:
    return [hit for hit in conversations.search(vault, text) if hit.written is not None]


def kinds(vault: Vault, text: str) -> set[WrittenKind]:
    return {hit.written for hit in found(vault, text) if hit.written is not None}


def a_full_case(vault: Vault, word: str) -> Case:
    """A case that says the word everywhere where it can be typed, but in no conversation."""
    case = a_case(vault, rol="melder")
    for to in (Phase.MELDINGSFASE, Phase.NAFASE):
        cases.move_case(vault, case_id=case.id, to=to, on=DAY, reason=f"Koos {word} zelf")
    melding = meldingen.record_melding(
        vault, Melding(MeldingId(0), case.id, lists.WBK, lists.CONFIDENTIAL, "meldpunt", DAY, relay=True)
    )
    relay.write_message(vault, RelayMessage(RelayId(0), melding.id, Direction.VAN, DAY, f"Bericht met {word}"))
    begun = guided.begin_guided(vault, kind=GuidedKind.INFORMATIE, on=DAY, case_id=case.id)
    record = guided.save_answers(vault, guided_id=begun.id, texts={"wat": f"Vroeg om {word}"}, on=DAY)
    guided.rest_unknown(vault, guided_id=record.id, on=DAY)
    outcome = OUTCOMES[GuidedKind.INFORMATIE].codes[0]
    guided.finalise_guided(vault, guided_id=record.id, outcome=outcome, on=DAY)
    guided.add_to_guided(vault, guided_id=record.id, text=f"Later ook {word}", on=DAY)
    harm = aftercare.record_detriment(
        vault, Detriment(DetrimentId(0), case.id, ("slechte beoordeling",), DAY, told=f"Zei {word}")
    )
    aftercare.note_what_followed(vault, detriment_id=harm.id, entry=DetrimentEntry(DAY, f"Toen weer {word}"))
    step = steps.record_step(
        vault,
        Step(
            StepId(0), case.id, StepKind.ROUTE, Choice(DAY, words=f"Wil {word}"), "leidinggevende betrekken",
            actor=Actor.VERTROUWENSPERSOON,
        ),
    )  # fmt: skip
    steps.note_consent(
        vault,
        step_id=step.id,
        consent=Consent(ConsentTerm(Answer.JA, DAY), content=f"Alleen {word}", recipient="hoofd"),
    )
    steps.say_wish(vault, case_id=case.id, wish=Wish("erkenning", DAY, f"Hoopt op {word}"))
    aftercare.end_aftercare(vault, case_id=case.id, end=AftercareEnd(DAY, f"Geen {word} meer"))
    hold = retention.place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=DAY, reason=f"Om {word}")
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Voorbij")
    with vault.transaction():
        vault.conflicts.add(ConflictRecord(ConflictId(0), case.id, DAY, f"Verder door {word}", "", ()))
    today.add_reminder(vault, case_id=case.id, kind=TodayKind.STAP, due=TODAY, title="Bellen", detail=f"Over {word}")
    return case


EVERYWHERE = set(WrittenKind) - {WrittenKind.LANGER_BEWAREN, WrittenKind.ACTIVITEIT}


def test_every_text_of_a_case_is_found_and_says_where_it_stands(vault: Vault) -> None:
    case = a_full_case(vault, "kwartelei")
    hits = found(vault, "kwartel")
    assert {hit.written for hit in hits} == EVERYWHERE
    assert {(hit.case, hit.case_code, hit.client_name) for hit in hits} == {(case.id, case.code, "Stichting Speelwijs")}
    assert all("\x02kwartelei\x03" in hit.excerpt for hit in hits)
    at = {hit.written: hit for hit in hits}
    message = at[WrittenKind.BERICHT]
    assert message.melding is not None
    assert [one.id for one in relay.relay_log(vault, message.melding).messages] == [message.message]
    for kind in (WrittenKind.ANTWOORD, WrittenKind.AANVULLING):
        assert guided.get_guided(vault, at[kind].guided or NOTHING).case == case.id
    for kind in (WrittenKind.BENADELING, WrittenKind.GEVOLG):
        assert aftercare.get_detriment(vault, at[kind].detriment or NOTHING).case == case.id
    for kind in (WrittenKind.STAP, WrittenKind.TOESTEMMING):
        assert steps.get_step(vault, at[kind].step or NOTHING).case == case.id
    assert vault.integrity(full=True)


def test_what_is_destroyed_is_in_no_index_and_no_page(vault: Vault) -> None:
    case, other = a_full_case(vault, "kwartelei"), a_full_case(vault, "struisveer")
    cases.close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=TODAY)
    retention.keep_longer(vault, case_id=case.id, until=date(2027, 1, 1), reason="Om kwartelei", today=TODAY)
    assert kinds(vault, "kwartelei") == EVERYWHERE | {WrittenKind.LANGER_BEWAREN}
    destroy_case(vault, case_id=case.id, now=NOW)
    assert found(vault, "kwartelei") == []
    assert pages_with(pages_of(vault), "kwartelei") == {}
    assert {hit.case for hit in found(vault, "struisveer")} == {other.id}
    assert vault.integrity(full=True)
    (left,) = vault.connection.execute("SELECT count(*) FROM written WHERE kind = 'fase'").fetchone()
    assert left == 2, "of the other case"


def test_a_changed_text_is_found_by_its_new_words_alone(vault: Vault) -> None:
    case = a_case(vault)
    step = steps.record_step(vault, Step(StepId(0), case.id, StepKind.ROUTE, Choice(DAY), "zelf aanspreken"))
    for result, words in (("wachttoren", "wachttoren"), ("ophaalbrug", "ophaalbrug"), ("", "")):
        steps.save_result(vault, step_id=step.id, result=result, today=DAY)
        for other in ("wachttoren", "ophaalbrug"):
            assert kinds(vault, other) == ({WrittenKind.STAP} if other == words else set())
    reminder = today.add_reminder(vault, case_id=case.id, kind=TodayKind.STAP, due=DAY, title="Slotgracht")
    assert kinds(vault, "slotgracht") == {WrittenKind.HERINNERING}
    vault_has = vault.reminders.get(reminder.id)
    with vault.transaction():
        vault.reminders.put(replace(vault_has, title="Poortgebouw"))
    assert (kinds(vault, "slotgracht"), kinds(vault, "poortgebouw")) == (set(), {WrittenKind.HERINNERING})
    steps.remove_step(vault, step_id=step.id)
    assert vault.integrity(full=True)


def test_an_activity_is_found_and_the_next_step_of_a_talk_only_in_its_talk(vault: Vault) -> None:
    kept = worklog.write_activity(
        vault, Activity(ActivityId(0), DAY, "voorlichting", 30, "Uitleg aan de schildwacht", a_client(vault).id)
    )
    (hit,) = found(vault, "schildwacht")
    assert (hit.activity, hit.case, hit.client_name) == (kept.id, None, "Stichting Speelwijs")
    talk = a_talk(vault, a_case(vault), next_step="Over de torenwachter bellen", next_on=TODAY)
    assert [one.conversation for one in conversations.search(vault, "torenwachter")] == [talk.id]
    conversations.delete_conversation(vault, conversation_id=talk.id)
    assert vault.integrity(full=True)


def test_the_newest_day_stands_first_whatever_it_is(vault: Vault) -> None:
    case = a_case(vault)
    for day in (date(2026, 1, 3), date(2026, 1, 9)):
        a_talk(vault, case, on=day, working_note="uitkijkpost")
    today.add_reminder(vault, case_id=case.id, kind=TodayKind.STAP, due=date(2026, 1, 6), title="Uitkijkpost")
    assert [hit.on.day for hit in conversations.search(vault, "uitkijk")] == [9, 6, 3]
    assert len(conversations.search(vault, "uitkijk", limit=2)) == 2


def test_words_of_one_case_in_different_texts_are_found_after_those_in_one(vault: Vault) -> None:
    both, spread, mixed, half = (a_case(vault, date(2025, 3, day)) for day in (4, 5, 6, 7))
    a_talk(vault, both, report="De torenwachter zag een poortgebouw")
    a_talk(vault, spread, report="De torenwachter")
    a_talk(vault, spread, report="Een poortgebouw", on=date(2025, 3, 9))
    a_talk(vault, mixed, report="De torenwachter")
    steps.say_wish(vault, case_id=mixed.id, wish=Wish("erkenning", DAY, "Een poortgebouw"))
    a_talk(vault, half, report="De torenwachter")
    a_talk(vault, report="Een poortgebouw, van niemand")
    hits = conversations.search(vault, "torenw poortgeb")
    assert [(hit.case, hit.spread) for hit in hits] == [(both.id, False), (mixed.id, True), (spread.id, True)]
    assert [(hit.conversation, hit.written) for hit in hits[1:]] == [(None, None)] * 2
    assert conversations.search(vault, "torenwachter poortgebouw slotgracht") == ()
    assert not any(hit.spread for hit in conversations.search(vault, "torenwachter"))
    assert [hit.case for hit in conversations.search(vault, "torenw poortgeb", limit=1)] == [both.id]
    cases.close_case(vault, case_id=spread.id, outcome="niet opgelost", reason="doel bereikt", on=TODAY)
    destroy_case(vault, case_id=spread.id, now=NOW)
    assert spread.id not in {hit.case for hit in conversations.search(vault, "torenw poortgeb")}


def test_a_word_in_very_many_texts_is_looked_for_in_the_cases_of_the_rarer_one(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vpdesk.store.spread.MOST_TEXTS", 2)
    old = a_case(vault)
    a_talk(vault, old, report="overleg")
    a_talk(vault, old, report="zeldzaam")
    for _ in range(3):
        a_talk(vault, a_case(vault), report="overleg")
    assert [(hit.case, hit.spread) for hit in conversations.search(vault, "overleg zeldzaam")] == [(old.id, True)]
    a_talk(vault, old, report="zeldzaam")
    a_talk(vault, old, report="zeldzaam")
    assert conversations.search(vault, "overleg zeldzaam") == (), "both are frequent, and no new text has them"


def test_people_and_call_backs_are_found_by_nobody(vault: Vault) -> None:
    case = a_case(vault)
    put(vault, case.id, Part.KOMT, "Fien Wrevelhout", reach="06 98765432", hours="na zessen")
    call_backs.save_call_back(
        vault, CallBack(CallBackId(0), DAY, TODAY, called="mevrouw Wrevelhout", hours="na zessen")
    )
    for words in ("wrevelhout", "98765432", "zessen"):
        assert conversations.search(vault, words) == ()


def test_what_was_written_before_there_was_an_index_is_found_too(vault: Vault) -> None:
    case = a_full_case(vault, "kwartelei")
    triggers = vault.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%written%'"
    ).fetchall()
    for (name,) in triggers:
        vault.connection.execute(f"DROP TRIGGER {name}")
    for kind, name in (("TABLE", "written_index"), ("VIEW", "written_texts"), ("TABLE", "written")):
        vault.connection.execute(f"DROP {kind} {name}")
    steps.say_wish(vault, case_id=case.id, wish=Wish("erkenning", TODAY, "Hoopt op kwartelei"))
    vault.connection.executescript(f"BEGIN; {SEARCH_EVERYTHING}; COMMIT;")
    hits = found(vault, "kwartelei")
    assert {hit.written for hit in hits} == EVERYWHERE
    assert len(triggers) == 3 * len(WrittenKind)
    assert vault.integrity(full=True)
    rows = vault.connection.execute("SELECT kind FROM written ORDER BY id DESC LIMIT 1").fetchall()
    assert rows == [("herinnering",)], "the latest day was learnt last"
