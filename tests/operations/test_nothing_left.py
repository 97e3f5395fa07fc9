"""Of a destroyed case nothing that was written stands in any decrypted page, whatever kind of thing hung on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from tests.casework import NOW, TODAY, a_case
from tests.full_case import MARK, a_full_case, a_record
from tests.pages import pages_of, pages_with
from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.domain.retention import HoldKind
from vpdesk.domain.rows import WrittenKind
from vpdesk.operations import conversations, retention
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.guided import destroy_guided
from vpdesk.store.search import search_agrees
from vpdesk.ui.models.drafts import Belongs, TalkDraft

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.ids import CaseId
    from vpdesk.store.vault import Vault

CODES: Final = frozenset({
    "case_matters", "case_outcomes", "case_themes", "checked_items", "conflict_cases", "counted_cases",
    "guided_records", "handed_cases", "meldingen", "taken_cases", "taken_talks",
})  # fmt: skip
"""The tables about a case that hold codes, days and numbers, and no word that anybody wrote."""


def about_a_case(vault: Vault) -> set[str]:
    """Return every table whose rows belong to a case, however far."""
    tables = {name for (name,) in vault.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    parents = {
        name: {row[2] for row in vault.connection.execute(f"PRAGMA foreign_key_list({name})")} - {"clients", "units"}
        for name in tables
    }
    found = {"cases"}
    while more := {name for name, of in parents.items() if of & found} - found:
        found |= more
    return found


def tables_with(vault: Vault, mark: str) -> set[str]:
    tables = {name for (name,) in vault.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        name
        for name in tables
        if any(mark in str(row) for row in vault.connection.execute(f"SELECT * FROM {name}"))  # noqa: S608 - our own
    }


def lift_all(vault: Vault, case: CaseId) -> None:
    for hold in retention.held(vault, case).in_force:
        going = retention.going_with(vault, hold.id)
        retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Klaar", going=going)


def test_destroying_leaves_nothing_of_anything_that_hung_on_the_case(vault: Vault, tmp_path: Path) -> None:
    case, other = a_full_case(vault, tmp_path), a_case(vault, pseudonym="Blijft")
    written = about_a_case(vault) - CODES
    assert written <= tables_with(vault, MARK), "something of every kind was written"
    assert {"drafts", "matters"} <= tables_with(vault, MARK)
    assert conversations.search(vault, f"{MARK}nieuw")
    assert {hit.written for hit in vault.written.search(MARK, limit=99)} == set(WrittenKind) - {WrittenKind.ACTIVITEIT}
    assert vault.attachments.file.numbers()
    lift_all(vault, case.id)
    assert destroy_case(vault, case_id=case.id, now=NOW).wiped
    assert tables_with(vault, MARK) == set()
    assert pages_with(pages_of(vault), MARK) == {}
    assert conversations.search(vault, MARK) == ()
    assert not vault.attachments.file.there
    assert sorted(path.name for path in vault.generation.iterdir()) == ["vault.db", "vault.keys"], "no journal stays"
    assert conversations.search(vault, MARK) == ()
    assert vault.connection.execute("SELECT kind, source FROM written").fetchall() == []
    assert search_agrees(vault.connection)
    assert vault.cases.get(other.id) == other
    assert vault.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_lifting_the_last_hold_leaves_nothing_of_what_only_the_hold_kept(vault: Vault, tmp_path: Path) -> None:
    case = a_full_case(vault, tmp_path)
    assert pages_with(pages_of(vault), f"{MARK}x", f"{MARK}punt")
    assert conversations.search(vault, f"{MARK}punt") == (), "an earlier version is found by nobody"
    lift_all(vault, case.id)
    assert not vault.attachments.file.there
    assert tables_with(vault, f"{MARK}x") | tables_with(vault, f"{MARK}punt") == set()
    assert conversations.search(vault, f"{MARK}x") == ()
    assert conversations.search(vault, f"{MARK}nieuw"), "the verslag is as it is now"


def test_destroying_a_record_leaves_nothing_of_it(vault: Vault) -> None:
    number = a_record(vault, GuidedKind.INFORMATIE, f"{MARK}antwoord")
    draft = TalkDraft(f"{MARK}aanvulling", TODAY, belongs=Belongs.VASTLEGGING.to(number))
    conversations.save_draft(vault, key="dialoog:1", text=draft.written(), now=NOW)
    hold = retention.place_hold(vault, guided_id=number, kind=HoldKind.CLAIM, since=TODAY, reason=f"{MARK}claim")
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason=f"{MARK}klaar")
    retention.keep_longer(vault, guided_id=number, until=date(2031, 1, 1), reason=f"{MARK}langer", today=TODAY)
    assert {"guided_answers", "drafts", "holds", "kept_longer"} <= tables_with(vault, MARK)
    found = {hit.written: hit.guided for hit in vault.written.search(MARK, limit=99)}
    assert found == dict.fromkeys((WrittenKind.ANTWOORD, WrittenKind.BEWAARSTOP, WrittenKind.LANGER_BEWAREN), number), (
        "all of them lead to the record"
    )
    assert destroy_guided(vault, guided_id=number, now=NOW)
    assert tables_with(vault, MARK) == set()
    assert pages_with(pages_of(vault), MARK) == {}
    assert conversations.search(vault, MARK) == ()
