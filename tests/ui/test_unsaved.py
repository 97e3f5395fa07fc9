"""What is typed outlives a lock, another text, a verslag and a busy vault; but not the case that it is about."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import Qt

from tests.casework import a_case, a_talk
from tests.pages import pages_of, pages_with
from tests.ui.test_away import TYPED, opened, talking, writing_on
from tests.vault_kit import NOW
from vpdesk.domain.cases import Draft
from vpdesk.domain.errors import VaultError
from vpdesk.operations import conversations
from vpdesk.operations.cases import close_case
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.today import today_items
from vpdesk.store.drafts import DraftStore
from vpdesk.store.reminders import ReminderStore
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.models.drafts import TalkDraft
from vpdesk.ui.pages.case_dialogs import StepDialog
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.unsaved import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.ui.stage import Stage
    from tests.vault_kit import Made
    from vpdesk.domain.cases import Case, Conversation
    from vpdesk.domain.ids import ConversationId
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.window

T = TypeVar("T")
EARLIER = TalkDraft("Een eerdere tekst.", NOW.date()).written()
CANARY = "qzxy"


def ask(stage: Stage, operation: Callable[[Vault], T]) -> T:
    """Return what an operation gives on the vault thread."""
    given: list[T] = []
    stage.worker.run(operation, given.append, lambda error: pytest.fail(error.sentence))
    stage.until(lambda: given)
    stage.settle()
    return given[0]


def texts(stage: Stage) -> list[str]:
    """Return what the drafts in the vault say."""
    return [TalkDraft.read(draft).text for draft in ask(stage, conversations.drafts)]


@pytest.fixture
def busy(stage: Stage) -> Iterator[Callable[[], threading.Event]]:
    """Give the vault thread something to do until the event is set, as a copy or a report does."""
    free = threading.Event()

    def begin() -> threading.Event:
        stage.worker.run(lambda _vault: free.wait(20), lambda _: None, lambda error: pytest.fail(error.sentence))
        return free

    yield begin
    free.set()


def locked(stage: Stage, again: Stage, kit: Made) -> None:
    """Wait for the end of a lock, and open the vault again."""
    stage.until(lambda: stage.ends)
    assert stage.ends[0].endswith("Wat u typte, is bewaard.")
    again.keychain = kit.keychain
    opened(again, reason=stage.ends[0])


def at(stage: Stage, talk: ConversationId) -> ConversationPage:
    stage.desk.navigate(Place(PageName.GESPREK, conversation=talk))
    stage.settle()
    page = stage.desk.page
    assert isinstance(page, ConversationPage)
    return page


def a_linked_talk(stage: Stage, note: str = "De notitie.") -> tuple[Case, Conversation]:
    def made(vault: Vault) -> tuple[Case, Conversation]:
        case = a_case(vault)
        return case, a_talk(vault, case, working_note=note)

    return ask(stage, made)


@pytest.mark.parametrize("key", ["gesprek", "gesprek:nieuw:0"])
@pytest.mark.parametrize("locks", [True, False])
def test_a_draft_that_was_not_shown_yet_is_not_written_over(
    stage: Stage, kit: Made, again: Stage, busy: Callable[[], threading.Event], *, key: str, locks: bool
) -> None:
    opened(stage)
    ask(stage, lambda vault: conversations.save_draft(vault, key=key, text=EARLIER, now=NOW))
    free = busy()
    stage.desk.commands.new_conversation.trigger()
    page = stage.desk.page
    assert isinstance(page, ConversationPage)
    stage.qtbot.keyClicks(page.writing, TYPED)
    if locks:
        stage.session.locking.lock()
        free.set()
        locked(stage, again, kit)
        assert sorted(texts(again)) == sorted(["Een eerdere tekst.", TYPED])
        return
    page.save_draft()
    free.set()
    stage.settle()
    assert page.writing.text() == TYPED, "what is offered does not take the place of what is typed"
    stage.desk.navigate(Place(PageName.VANDAAG))
    assert sorted(texts(stage)) == sorted(["Een eerdere tekst.", TYPED])


def test_letters_typed_while_another_conversation_is_fetched_are_kept(
    stage: Stage, kit: Made, busy: Callable[[], threading.Event]
) -> None:
    opened(stage)
    _, talk = a_linked_talk(stage)
    page = talking(stage)
    page.save_draft()
    stage.settle()
    free = busy()
    stage.desk.navigate(Place(PageName.GESPREK, conversation=talk.id))
    stage.qtbot.keyClicks(page.writing, " En nog iets.")
    free.set()
    stage.until(lambda: page.writing.text() == "De notitie.")
    assert texts(stage) == [f"{TYPED} En nog iets."]


def test_a_changed_note_stands_beside_the_verslag_and_is_kept(stage: Stage, kit: Made, again: Stage) -> None:
    opened(stage)
    _, talk = a_linked_talk(stage)
    page = at(stage, talk.id)
    stage.qtbot.keyClicks(page.writing, " Erbij.")
    page.save_draft()
    stage.settle()
    stage.press(page.to_report)
    stage.settle()
    assert page.note.text() == "De notitie. Erbij."
    assert page.writing.text() == ""
    stage.qtbot.keyClicks(page.writing, "Het verslag.")
    stage.session.locking.lock()
    locked(stage, again, kit)
    assert ask(again, lambda vault: conversations.get_conversation(vault, talk.id)).working_note == "De notitie. Erbij."
    page = writing_on(again)
    assert (page.note.text(), page.writing.text()) == ("De notitie. Erbij.", "Het verslag.")


def test_letters_typed_while_the_note_is_kept_for_the_verslag_are_kept_too(
    stage: Stage, kit: Made, busy: Callable[[], threading.Event]
) -> None:
    opened(stage)
    _, talk = a_linked_talk(stage)
    page = at(stage, talk.id)
    stage.qtbot.keyClicks(page.writing, " Erbij.")
    free = busy()
    stage.press(page.to_report)
    stage.qtbot.keyClicks(page.writing, " Nog iets.")
    free.set()
    stage.until(page.note.isVisible)
    assert page.note.text() == "De notitie. Erbij. Nog iets."


def test_what_was_filled_in_beside_a_note_is_asked_about_before_the_verslag(stage: Stage, kit: Made) -> None:
    opened(stage)
    _, talk = a_linked_talk(stage)
    page = at(stage, talk.id)
    page.open_panel()
    stage.settle()
    stage.qtbot.keyClicks(page.panel.agreements, "Belt maandag")
    stage.press(page.panel.back)
    stage.press(page.to_report)
    stage.settle()
    assert page.panel.isVisible()
    assert page.panel.agreements.text() == "Belt maandag"
    assert not page.note.isVisible()


def test_what_was_filled_in_without_a_note_comes_back(stage: Stage, kit: Made, again: Stage) -> None:
    opened(stage)
    _, talk = a_linked_talk(stage)
    page = at(stage, talk.id)
    page.open_panel()
    stage.settle()
    page.writing.selectAll()
    stage.qtbot.keyClick(page.writing, Qt.Key.Key_Backspace)
    stage.qtbot.keyClicks(page.panel.agreements, "Belt maandag")
    stage.qtbot.keyClicks(page.panel.next_step, "Terugbellen")
    stage.session.locking.lock()
    locked(stage, again, kit)
    page = writing_on(again)
    assert page.unsaved() is None
    page.save_draft()
    page.open_panel()
    again.settle()
    assert (page.panel.agreements.text(), page.panel.next_step.text()) == ("Belt maandag", "Terugbellen")


def test_a_draft_whose_case_was_only_chosen_beside_it_goes_with_the_case(stage: Stage, kit: Made) -> None:
    opened(stage)
    case, _ = a_linked_talk(stage)
    page = talking(stage)
    stage.qtbot.keyClicks(page.writing, CANARY)
    page.go_forward()
    stage.settle()
    page.panel.search.setText(case.code)
    stage.until(lambda: any(chip.value == case.id for chip in page.panel._chips))
    stage.press(next(chip for chip in page.panel._chips if chip.value == case.id))
    stage.settle()
    stage.qtbot.keyClicks(page.panel.agreements, f"{CANARY} maandag")
    stage.press(page.later)
    stage.settle()
    assert len(texts(stage)) == 1
    assert destroyed(stage, case) == {}
    assert texts(stage) == []
    assert page.writing.text() == ""
    assert not page.panel.told


@pytest.mark.parametrize("how", ["just typed", "full disk"])
@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
def test_a_text_of_a_destroyed_case_is_not_written_again(
    stage: Stage, kit: Made, again: Stage, monkeypatch: pytest.MonkeyPatch, *, how: str, told: bool
) -> None:
    """The page is let go of when it hears; what is on its way before that, the vault refuses."""

    def full(*_: object) -> None:
        raise VaultError("De schijf is vol.")

    opened(stage)
    case, talk = a_linked_talk(stage, CANARY)
    page = at(stage, talk.id)
    if how == "full disk":
        monkeypatch.setattr(DraftStore, "put", full)
    stage.qtbot.keyClicks(page.writing, f" {CANARY} erbij")
    if how == "full disk":
        page.save_draft()
        stage.settle()
    stage.desk.navigate(Place(PageName.CASUS, case=case.id))
    stage.settle()
    monkeypatch.undo()
    assert page.unsaved() is not None
    assert destroyed(stage, case, told=told) == {}
    if told:
        assert page.unsaved() is None
        assert page.writing.text() == ""
    else:
        page.save_draft()
        stage.settle()
        assert page.writing.text() == ""
        stage.qtbot.keyClicks(page.writing, "Een ander gesprek.")
    stage.session.locking.lock()
    locked(stage, again, kit)
    assert texts(again) == ([] if told else ["Een ander gesprek."])
    assert ask(again, lambda vault: pages_with(pages_of(vault), CANARY)) == {}


def test_a_lock_goes_on_without_a_text_whose_case_was_just_destroyed(stage: Stage, kit: Made) -> None:
    opened(stage)
    kept = ("gesprek:nieuw:1", TalkDraft("Blijft.", NOW.date()).written())
    gone = ("gesprek:1", '{"text": "Gaat.", "of": 1, "case": null}')
    ask(stage, Typed((gone, kept), (), NOW).save)
    assert ask(stage, conversations.drafts) == (Draft(*kept, NOW),)


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("more", ["", " erbij"])
def test_a_form_that_was_on_its_way_is_kept_as_a_text_only_where_it_did_not_arrive(
    stage: Stage,
    kit: Made,
    again: Stage,
    monkeypatch: pytest.MonkeyPatch,
    busy: Callable[[], threading.Event],
    *,
    fails: bool,
    more: str,
) -> None:
    def full(*_: object) -> None:
        raise VaultError("De schijf is vol.")

    opened(stage)
    case, _ = a_linked_talk(stage)
    dialog = StepDialog(stage.desk.context, stage.desk, case)
    dialog.open()
    dialog.what.clear()
    stage.qtbot.keyClicks(dialog.what, TYPED)
    if fails:
        monkeypatch.setattr(ReminderStore, "add", full)
    free = busy()
    dialog.verb.click()
    stage.qtbot.keyClicks(dialog.what, more)
    stage.session.locking.lock()
    free.set()
    locked(stage, again, kit)
    monkeypatch.undo()
    day = NOW.date() + timedelta(days=30)
    steps = [item.title for item in ask(again, lambda vault: today_items(vault, today=day))]
    assert (TYPED in steps) == (not fails)
    assert any(f"{TYPED}{more}" in text for text in texts(again)) == (fails or bool(more))


def destroyed(stage: Stage, case: Case, *, told: bool = True) -> dict[str, list[int]]:
    """Close and destroy a case; return where its words still stand in the file."""

    def destroy(vault: Vault) -> dict[str, list[int]]:
        close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=NOW.date())
        destroy_case(vault, case_id=case.id, now=NOW)
        return pages_with(pages_of(vault), CANARY)

    left = ask(stage, destroy)
    if told:
        stage.desk.changes.tell(Topic.CASES, Topic.CONVERSATIONS)
        stage.settle()
    return left
