"""After a text is gone, none of its words stands in any decrypted page, free pages and slack inside pages included."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case, a_talk
from tests.pages import pages_of, pages_with
from tests.vault_kit import NOW as MADE
from vpdesk.domain.errors import CancelledError, VaultError
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.operations import conversations, destroying
from vpdesk.operations.cases import change_case, close_case, list_cases
from vpdesk.operations.destroying import destroy_case, traces_due, wipe_traces
from vpdesk.operations.today import add_reminder

if TYPE_CHECKING:
    from datetime import datetime

    from vpdesk.domain.cases import Case, Conversation
    from vpdesk.store.vault import Vault

MARK = "qzxy"  # in no word of the others, so that a part of a canary in an index is found as well
LETTERS = "abcdefghijklmnoprstuv"


@dataclass
class Busy:
    """A desk on which much is written, changed and thrown away, and what of it must not be found again."""

    vault: Vault
    chance: random.Random
    canaries: int = 0
    vocabulary: list[str] = field(default_factory=list)
    others: list[Case] = field(default_factory=list)
    secret: list[Case] = field(default_factory=list)
    talks: list[Conversation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.vocabulary = ["".join(self.chance.choices(LETTERS, k=self.chance.randint(3, 10))) for _ in range(900)]
        self.others = [a_case(self.vault) for _ in range(3)]
        self.secret = [a_case(self.vault, pseudonym=self.canary())]

    def canary(self) -> str:
        """A word with the mark at its beginning or its end, beside the words of others in the index."""
        self.canaries += 1
        word = self.chance.choice(self.vocabulary)
        return f"{word}{MARK}{self.canaries}" if self.canaries % 2 else f"{MARK}{self.canaries}{word}"

    def words(self, count: int) -> str:
        return " ".join(self.chance.choices(self.vocabulary, k=count))

    def step(self) -> None:
        pick, dice = self.chance.choice, self.chance.random()
        if dice < 0.1:
            self.others.append(a_case(self.vault))
        elif dice < 0.2:
            self.secret.append(a_case(self.vault, pseudonym=self.canary()))
        elif dice < 0.45:
            a_talk(
                self.vault, pick(self.others), working_note=self.words(pick((5, 50, 500))),
                agreements=self.words(pick((0, 3, 20))), next_step=self.words(2), next_on=date(2026, 3, 3),
            )  # fmt: skip
        elif dice < 0.7:
            note = f"{self.words(pick((1, 10, 300)))} {' '.join(self.canary() for _ in range(25))}"
            talk = a_talk(
                self.vault, pick(self.secret), working_note=note, agreements=self.canary(), next_step=self.canary(),
                next_on=date(2026, 3, pick(range(1, 28))),
            )  # fmt: skip
            self.talks.append(talk)
        elif dice < 0.85 and self.talks:
            at = self.chance.randrange(len(self.talks))
            changed = replace(
                self.talks[at], working_note=self.canary(), report=self.canary(), agreements=self.canary()
            )
            self.talks[at] = conversations.save_conversation(self.vault, changed, now=NOW)
            conversations.save_draft(self.vault, key=f"gesprek:{changed.id}", text=self.words(90), now=NOW)
        elif self.talks:
            add_reminder(
                self.vault, case_id=pick(self.secret).id, kind=TodayKind.STAP, due=date(2026, 3, 3),
                title=self.canary(), detail=self.canary(),
            )  # fmt: skip


def left_in(vault: Vault) -> dict[str, list[int]]:
    return pages_with(pages_of(vault), MARK)


def a_busy_desk(vault: Vault, seed: int, steps: int) -> Busy:
    desk = Busy(vault, random.Random(seed))  # noqa: S311 - the same text in every run
    for _ in range(steps):
        desk.step()
    assert left_in(vault), "the canaries were there"
    return desk


def destroyed(vault: Vault, case: Case) -> bool:
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=date(2026, 1, 19))
    return destroy_case(vault, case_id=case.id, now=NOW).wiped


def destroyed_leave_nothing(vault: Vault, seed: int, steps: int) -> None:
    desk = a_busy_desk(vault, seed, steps)
    for case in desk.secret:
        assert destroyed(vault, case)
    assert left_in(vault) == {}
    assert len(list_cases(vault, CaseFilter(), -1)) == len(desk.others)
    assert vault.connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert not vault.connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'").fetchall()
    assert sorted(path.name for path in vault.generation.iterdir()) == ["vault.db", "vault.keys"], "no journal stays"
    assert vault.integrity(full=True)


def test_after_destroying_no_page_holds_a_canary(vault: Vault) -> None:
    destroyed_leave_nothing(vault, seed=3, steps=170)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_after_destroying_no_page_holds_a_canary_on_larger_desks(vault: Vault, seed: int) -> None:
    destroyed_leave_nothing(vault, seed=seed, steps=500)


def test_edited_and_deleted_texts_are_in_no_page_after_wiping(vault: Vault) -> None:
    desk = a_busy_desk(vault, seed=5, steps=170)
    for at, talk in enumerate(desk.talks):
        if at % 2:
            conversations.delete_conversation(vault, conversation_id=talk.id)
        else:
            plain = replace(talk, working_note=desk.words(40), report="", agreements="", next_step="", next_on=None)
            conversations.save_conversation(vault, plain, now=NOW)
    for case in desk.secret:
        for (number,) in vault.connection.execute("SELECT id FROM reminders WHERE case_id = ?", (case.id,)).fetchall():
            with vault.transaction():
                vault.reminders.delete(number)
        (now,) = (row for row in list_cases(vault, CaseFilter(), -1) if row.id == case.id)
        change_case(vault, replace(vault.cases.get(now.id), pseudonym=f"Ander {now.id}"))
    assert wipe_traces(vault, now=NOW)
    assert left_in(vault) == {}
    assert vault.integrity(full=True)


def test_a_verslag_leaves_nothing_of_its_working_note(vault: Vault) -> None:
    talk = a_talk(vault, a_case(vault), working_note=f"{MARK} aantekening {MARK}ster")
    conversations.save_draft(vault, key="gesprek", text=f"{MARK} in een concept", now=NOW)
    conversations.drop_draft(vault, key="gesprek")
    conversations.finish_report(vault, conversation_id=talk.id, report="Kort en feitelijk.", today=NOW.date())
    assert wipe_traces(vault, now=NOW)
    assert left_in(vault) == {}
    assert [hit.conversation for hit in conversations.search(vault, "feitelijk")] == [talk.id]


def test_the_index_finds_the_same_after_it_was_written_anew(vault: Vault) -> None:
    desk = a_busy_desk(vault, seed=8, steps=60)
    asked = [word[:3] for word in desk.vocabulary[:40]]
    before = [conversations.search(vault, word) for word in asked]
    assert any(before)
    assert wipe_traces(vault, now=NOW)
    assert [conversations.search(vault, word) for word in asked] == before
    assert wipe_traces(vault, now=NOW), "also an index that is one piece already"
    vault.connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")


def test_traces_are_due_once_a_day_and_only_after_a_change(vault: Vault) -> None:
    talk = a_talk(vault, a_case(vault))
    assert traces_due(vault, now=NOW)
    assert wipe_traces(vault, now=NOW)
    tomorrow: datetime = MADE.replace(day=MADE.day + 1)
    assert not traces_due(vault, now=NOW)
    assert not traces_due(vault, now=tomorrow), "nothing changed since"
    conversations.delete_conversation(vault, conversation_id=talk.id)
    assert not traces_due(vault, now=NOW)
    assert traces_due(vault, now=tomorrow)
    vault.read_only = True
    assert not traces_due(vault, now=tomorrow)


def test_a_wipe_that_cannot_be_done_now_is_said_and_done_later(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = a_talk(vault, a_case(vault, pseudonym=MARK), working_note=MARK)
    for name, error in (("rewrite_pages", VaultError("vol")), ("rebuild_index", CancelledError("gestopt"))):

        def fails(_connection: object, error: Exception = error) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(destroying, name, fails)
            assert not wipe_traces(vault, now=NOW)
        assert conversations.get_conversation(vault, talk.id).working_note == MARK
    case = vault.cases.get(list_cases(vault, CaseFilter(), 1)[0].id)
    with monkeypatch.context() as patched:
        patched.setattr(destroying, "rewrite_pages", lambda _: (_ for _ in ()).throw(VaultError("vol")))
        assert not destroyed(vault, case), "destroyed, and the rest of the words goes later"
    assert list_cases(vault, CaseFilter(), 10) == ()
    assert traces_due(vault, now=NOW)
    assert wipe_traces(vault, now=NOW)
    assert left_in(vault) == {}
