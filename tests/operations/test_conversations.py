"""A conversation is saved first and sorted later; its words are found while they are there, and gone when they go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk
from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.ids import CaseId, ConversationId
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.operations.cases import case_page, list_cases, move_case
from vpdesk.operations.conversations import (
    count_conversations,
    delete_conversation,
    destroy_note,
    draft,
    drafts,
    drop_draft,
    finish_report,
    get_conversation,
    link_conversation,
    link_to_new_case,
    list_conversations,
    put_back_note,
    save_conversation,
    save_draft,
    search,
)
from vpdesk.operations.today import do_reminder, today_items

if TYPE_CHECKING:
    from vpdesk.domain.cases import Conversation
    from vpdesk.store.vault import Vault


def found(vault: Vault, text: str) -> list[ConversationId]:
    return [hit.conversation for hit in search(vault, text) if hit.conversation is not None]


def test_a_conversation_needs_neither_case_nor_client(vault: Vault) -> None:
    saved = a_talk(vault, working_note="Belt vanaf een eigen telefoon", channel="chat", agreements="maandag bellen")
    assert get_conversation(vault, saved.id) == saved
    (row,) = list_conversations(vault, limit=9, unlinked=True)
    assert (row.id, row.case, row.case_code, row.client_name, row.agreements) == (
        saved.id,
        None,
        "",
        "",
        "maandag bellen",
    )


def test_a_conversation_tomorrow_is_refused_and_the_text_is_not_lost(vault: Vault) -> None:
    with pytest.raises(InvalidValueError, match="toekomst"):
        a_talk(vault, on=TODAY + timedelta(days=1))
    a_talk(vault, on=TODAY)
    assert count_conversations(vault) == 1


def test_at_a_case_a_conversation_takes_its_client_and_its_phase_of_now(vault: Vault) -> None:
    case = a_case(vault)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 3, 9))
    assert a_talk(vault, case).phase is Phase.MELDINGSFASE
    assert a_talk(vault, case, phase=Phase.VOORFASE).phase is Phase.VOORFASE
    loose = a_talk(vault, client=case.client)
    with pytest.raises(NotFoundError):
        link_conversation(vault, conversation_id=loose.id, case_id=CaseId(99))


def test_linking_later_moves_talk_and_next_step_to_the_case(vault: Vault) -> None:
    talk = a_talk(vault, next_step="Terugbellen", next_on=date(2026, 1, 21))
    case = a_case(vault)
    linked = link_conversation(vault, conversation_id=talk.id, case_id=case.id)
    assert (linked.case, linked.client, linked.phase) == (case.id, case.client, Phase.VOORFASE)
    (row,) = list_cases(vault, CaseFilter(), 9)
    assert (row.last_talk, row.next_on, row.next_what) == (talk.on, date(2026, 1, 21), "Terugbellen")
    assert count_conversations(vault, unlinked=True) == 0
    elsewhere = a_case(vault)
    link_conversation(vault, conversation_id=talk.id, case_id=elsewhere.id)
    before, after = (
        next(row for row in list_cases(vault, CaseFilter(), 9) if row.id == one) for one in (case.id, elsewhere.id)
    )
    assert (before.last_talk, before.next_on, before.next_what) == (None, None, "")
    assert (after.last_talk, after.next_on) == (talk.on, date(2026, 1, 21))


def test_a_new_case_for_a_conversation_opens_on_its_day(vault: Vault) -> None:
    talk = a_talk(vault)
    case = link_to_new_case(
        vault, conversation_id=talk.id, client=a_client(vault).id, pseudonym="Tormentil", thema="intimidatie"
    )
    assert (case.opened, case.pseudonym, case.thema) == (talk.on, "Tormentil", "intimidatie")
    assert get_conversation(vault, talk.id).case == case.id


def test_a_new_case_that_is_refused_leaves_the_conversation_unlinked(vault: Vault) -> None:
    talk = a_talk(vault)
    with pytest.raises(InvalidValueError):
        link_to_new_case(vault, conversation_id=talk.id, client=a_client(vault).id, thema="toverij")
    assert get_conversation(vault, talk.id) == talk
    assert list_cases(vault, CaseFilter(), 9) == ()


def test_every_word_of_a_conversation_is_found_from_its_second_letter(vault: Vault) -> None:
    case = a_case(vault)
    talk = a_talk(
        vault, case, working_note="Élan bij de balie", report="Verslag", agreements="leest regeling", next_step="bellen"
    )
    a_talk(vault, case, working_note="Iets anders")
    for words in ("el", "élan", "ELAN", "bal ela", "versl", "regel", "bel", "balie verslag"):
        assert found(vault, words) == [talk.id], words
    for words in ("zz", "balie zebra", "", "  ", '"', "e", "*"):
        assert found(vault, words) == [], words
    (hit,) = search(vault, "balie")
    assert hit.excerpt == "Élan bij de \x02balie\x03"
    assert (hit.case, hit.case_code, hit.pseudonym, hit.on) == (case.id, case.code, case.pseudonym, talk.on)


def test_a_search_finds_cases_by_code_pseudonym_and_client_too(vault: Vault) -> None:
    case = a_case(vault, pseudonym="Zandoogje")
    for words in ("zandoog", "2025-001", "speelwijs"):
        (hit,) = search(vault, words)
        assert (hit.conversation, hit.case, hit.case_code) == (None, case.id, "2025-001")


def test_changed_words_leave_the_index_and_new_ones_come(vault: Vault) -> None:
    talk = a_talk(vault, working_note="appelmoes")
    save_conversation(vault, replace(talk, working_note="perensap", minutes=5), now=NOW)
    assert found(vault, "appel") == []
    assert found(vault, "peren") == [talk.id]
    assert get_conversation(vault, talk.id).minutes == 5


def stored(vault: Vault, word: bytes) -> bool:
    """Return whether a word stands anywhere in the tables of text and index, deleted entries included."""
    return any(
        word in bytes(cell) if isinstance(cell, bytes) else word in str(cell).lower().encode()
        for table in ("search_index_data", "conversation_texts", "conversations")
        for row in vault.connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - names from the line above
        for cell in row
    )


def test_the_verslag_destroys_the_working_note_for_good(vault: Vault) -> None:
    talk = a_talk(vault, working_note="rabarbertaart")
    assert stored(vault, b"rabarb")
    with pytest.raises(InvalidValueError, match="leeg"):
        finish_report(vault, conversation_id=talk.id, report="  ", today=NOW.date())
    finished = finish_report(vault, conversation_id=talk.id, report="Kort en feitelijk", today=NOW.date())
    assert (finished.working_note, finished.report) == ("", "Kort en feitelijk")
    assert not stored(vault, b"rabarb")
    assert found(vault, "feitelijk") == [talk.id]


def test_a_destroyed_conversation_takes_its_words_and_its_open_step_along(vault: Vault) -> None:
    case = a_case(vault)
    kept = a_talk(vault, case, working_note="Iets blijft", on=date(2025, 3, 1))
    gone = a_talk(vault, case, working_note="rabarbertaart", next_step="Bellen", next_on=date(2026, 1, 21))
    done = a_talk(vault, case, next_step="Was gebeld", next_on=date(2026, 1, 2))
    step = next(item for item in today_items(vault, today=TODAY) if item.title == "Was gebeld")
    assert step.reminder is not None
    do_reminder(vault, reminder_id=step.reminder, on=TODAY)
    for talk in (gone, done):
        delete_conversation(vault, conversation_id=talk.id)
    delete_conversation(vault, conversation_id=a_talk(vault).id)
    assert not stored(vault, b"rabarb")
    assert [row.id for row in list_conversations(vault, limit=9)] == [kept.id]
    (row,) = list_cases(vault, CaseFilter(), 9)
    assert (row.last_talk, row.next_on) == (kept.on, None)
    assert case_page(vault, case.id, today=TODAY).timeline[0].title == "Was gebeld"
    with pytest.raises(NotFoundError):
        get_conversation(vault, gone.id)


def steps(vault: Vault) -> list[tuple[str, date]]:
    return [(item.title, item.due) for item in today_items(vault, today=TODAY) if item.kind is TodayKind.STAP]


def test_a_next_step_follows_its_conversation(vault: Vault) -> None:
    talk = a_talk(vault, a_case(vault), next_step=" Terugbellen ", next_on=date(2026, 1, 21))
    assert steps(vault) == [("Terugbellen", date(2026, 1, 21))]

    def change(**values: object) -> Conversation:
        return save_conversation(vault, replace(talk, **values), now=NOW)  # type: ignore[arg-type]

    change(next_step="", next_on=date(2026, 1, 22))
    assert steps(vault) == [("Vervolgstap", date(2026, 1, 22))]
    change(next_on=None)
    assert steps(vault) == []
    change(next_on=None)
    change(next_on=date(2026, 1, 23))
    (item,) = [item for item in today_items(vault, today=TODAY) if item.kind is TodayKind.STAP]
    assert item.reminder is not None
    do_reminder(vault, reminder_id=item.reminder, on=TODAY)
    change(next_on=date(2026, 1, 23), minutes=10)
    assert steps(vault) == []
    change(next_on=date(2026, 1, 25))
    assert [due for _, due in steps(vault)] == [date(2026, 1, 25)]


def test_the_list_pages_filters_and_keeps_the_latest_first(vault: Vault) -> None:
    case = a_case(vault)
    talks = [a_talk(vault, case if day % 2 else None, on=date(2025, 4, day)) for day in range(1, 7)]
    ids = [talk.id for talk in reversed(talks)]
    assert [row.id for row in list_conversations(vault, limit=-1)] == ids
    assert [row.id for row in list_conversations(vault, limit=2, offset=3)] == ids[3:5]
    assert [row.id for row in list_conversations(vault, limit=9, case=case.id)] == ids[1::2]
    assert [row.id for row in list_conversations(vault, limit=9, unlinked=True)] == ids[::2]
    assert count_conversations(vault) == 6
    assert count_conversations(vault, unlinked=True) == 3


def test_the_list_filters_by_words_together_with_the_rest(vault: Vault) -> None:
    case = a_case(vault)
    loose = a_talk(vault, working_note="appel en peer")
    linked = a_talk(vault, case, working_note="appel en pruim")
    assert {row.id for row in list_conversations(vault, limit=9, text="appel")} == {loose.id, linked.id}
    assert [row.id for row in list_conversations(vault, limit=9, text="appel", case=case.id)] == [linked.id]
    assert [row.id for row in list_conversations(vault, limit=9, text="appel", unlinked=True)] == [loose.id]
    assert [row.id for row in list_conversations(vault, limit=9, text="peer")] == [loose.id]
    assert len(list_conversations(vault, limit=9, text="a")) == 2


def test_a_draft_is_kept_per_place_until_it_is_dropped(vault: Vault) -> None:
    save_draft(vault, key="nieuw gesprek", text="Ee", now=NOW)
    kept = save_draft(vault, key="nieuw gesprek", text="Een begin", now=NOW + timedelta(seconds=2))
    other = save_draft(vault, key="verslag 7", text="…", now=NOW)
    assert draft(vault, "nieuw gesprek") == kept
    assert drafts(vault) == (kept, other)
    assert found(vault, "begin") == []
    drop_draft(vault, key="nieuw gesprek")
    drop_draft(vault, key="nieuw gesprek")
    assert draft(vault, "nieuw gesprek") is None


def test_a_destroyed_conversation_takes_along_what_is_being_typed_in_it(vault: Vault) -> None:
    talk, other = a_talk(vault), a_talk(vault)
    for number, one in enumerate((talk, other)):
        save_draft(vault, key=f"gesprek:{number}", text=f'{{"of": {one.id}}}', now=NOW)
    delete_conversation(vault, conversation_id=talk.id)
    assert [kept.text for kept in drafts(vault)] == [f'{{"of": {other.id}}}']


def test_a_working_note_stands_on_vandaag_from_a_week_before_its_last_day_until_it_is_gone(vault: Vault) -> None:
    talk = a_talk(vault, a_case(vault), working_note="kweepeer", on=TODAY - timedelta(days=23))
    a_talk(vault, working_note="te jong", on=TODAY - timedelta(days=22))
    a_talk(vault, report="al een verslag", on=TODAY - timedelta(days=60))

    def kinds(day: date) -> list[tuple[TodayKind, date]]:
        return [(item.kind, item.due) for item in today_items(vault, today=day) if item.conversation == talk.id]

    last = TODAY + timedelta(days=7)
    assert kinds(TODAY - timedelta(days=1)) == []
    assert kinds(TODAY) == kinds(last - timedelta(days=1)) == [(TodayKind.WERKAANTEKENING, last)]
    assert kinds(last) == kinds(last + timedelta(days=90)) == [(TodayKind.VERNIETIGEN, last)]
    save_draft(vault, key="gesprek:1", text=f'{{"of": {talk.id}}}', now=NOW)
    before = destroy_note(vault, conversation_id=talk.id)
    assert before == talk
    assert kinds(last) == []
    assert found(vault, "kweepeer") == []
    assert drafts(vault) == (), "what was typed in it holds the same words"
    with pytest.raises(InvalidValueError, match="al vernietigd"):
        destroy_note(vault, conversation_id=talk.id)
    assert put_back_note(vault, before) == talk
    assert found(vault, "kweepeer") == [talk.id]
    with pytest.raises(InvalidValueError, match="staat al een tekst"):
        put_back_note(vault, before)
