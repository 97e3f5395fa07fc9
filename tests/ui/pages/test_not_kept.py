"""A text that the vault does not take stays on its page, and can be kept elsewhere; on a real disk: tests/faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.errors import InvalidValueError, VaultError
from vpdesk.operations import conversations
from vpdesk.ui.context import PageName
from vpdesk.ui.models.drafts import TalkDraft
from vpdesk.ui.pages import text_elsewhere
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.pages.conftest import Opened

WORDS = "Dit mag niet weg."


@pytest.fixture
def page(empty: Opened) -> ConversationPage:
    shown = empty.go(PageName.GESPREK)
    assert isinstance(shown, ConversationPage)
    shown.writing.setPlainText(WORDS)
    return shown


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def refuse(*_: object, **__: object) -> None:
        raise VaultError("De schijf is vol. Maak ruimte vrij.")

    for name in ("save_draft", "save_conversation", "finish_report"):
        monkeypatch.setattr(conversations, name, refuse)
    return monkeypatch


def test_what_is_not_kept_is_said_and_stays(empty: Opened, page: ConversationPage, full: pytest.MonkeyPatch) -> None:
    page.put_aside()
    empty.settle()
    assert empty.desk.page is page
    assert page.not_kept.isVisible()
    assert page.unsaved() is not None
    said = empty.desk.sidebar._saved.label
    empty.until(lambda: said.text() == "Niet alles bewaard")
    full.undo()
    page.put_aside()
    empty.settle()
    empty.until(lambda: said.text() == "Alles bewaard")
    assert page.not_kept.isHidden()
    assert empty.ask(conversations.drafts)[0].text.count(WORDS) == 1


def test_a_text_is_asked_for_a_folder_kept_there_and_fetched(
    empty: Opened, page: ConversationPage, full: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.save_draft()
    empty.settle()
    folder = tmp_path / "stick"
    full.setattr(text_elsewhere, "ask_folder", lambda *_: None)
    page.not_kept.elsewhere.click()
    folder.mkdir()
    full.setattr(text_elsewhere, "ask_folder", lambda *_: folder)
    page.not_kept.elsewhere.click()
    empty.settle()
    (file,) = folder.iterdir()
    assert page.unsaved() is None
    full.undo()
    page.writing.setPlainText("Een ander gesprek.")
    page.save_draft()
    full.setattr(text_elsewhere, "ask_file", lambda *_: None)
    empty.desk.commands.fetch_text.trigger()
    full.setattr(text_elsewhere, "ask_file", lambda *_: file)
    empty.desk.commands.fetch_text.trigger()
    empty.until(lambda: page.writing.toPlainText() == WORDS)
    texts = [TalkDraft.read(draft).text for draft in empty.ask(conversations.drafts)]
    assert sorted(texts) == [WORDS, "Een ander gesprek."], "the draft that stood there is still one"


def quick(empty: Opened) -> TodayPage:
    shown = empty.go(PageName.VANDAAG)
    assert isinstance(shown, TodayPage)
    shown.quick.text.setPlainText(WORDS)
    return shown


def bars(empty: Opened) -> list[str]:
    return [bar.accessibleName() for bar in empty.desk.findChildren(Message) if bar.isVisible()]


@pytest.mark.parametrize("how", ["write_down", "save_draft"])
def test_a_quick_text_that_is_not_kept_is_said_until_it_is(empty: Opened, full: pytest.MonkeyPatch, how: str) -> None:
    page = quick(empty)
    getattr(page.quick, how)()
    empty.settle()
    assert page.not_kept is not None
    (said,) = bars(empty)
    assert said.startswith(text_elsewhere.STILL_HERE)
    assert "De schijf is vol" in said
    foot = empty.desk.sidebar._saved.label
    empty.until(lambda: foot.text() == "Niet alles bewaard")
    full.undo()
    page.not_kept.again.click()
    empty.settle()
    empty.until(lambda: foot.text() == "Alles bewaard")
    assert page.not_kept.isHidden()
    assert empty.ask(conversations.count_conversations) == (how == "write_down")
    assert [draft.text for draft in empty.ask(conversations.drafts)] == ([] if how == "write_down" else [WORDS])


def test_a_quick_text_is_kept_elsewhere_and_comes_back_as_a_conversation(
    empty: Opened, full: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = quick(empty)
    page.quick.write_down()
    empty.settle()
    assert page.not_kept is not None
    page.not_kept.keep_in(tmp_path)
    empty.settle()
    (file,) = tmp_path.glob("*.vptekst")
    assert WORDS.encode() not in file.read_bytes()
    assert page.unsaved() is None
    foot = empty.desk.sidebar._saved.label
    empty.until(lambda: foot.text() == "Alles bewaard")
    full.undo()
    page.quick.text.setPlainText("Een ander bericht.")
    page.quick.save_draft()
    text_elsewhere.fetch(empty.desk.context, file)
    empty.settle()
    talk = empty.desk.page
    assert isinstance(talk, ConversationPage)
    empty.until(lambda: talk.writing.toPlainText() == WORDS)
    assert "Een ander bericht." in {draft.text for draft in empty.ask(conversations.drafts)}


def test_a_quick_text_taken_away_by_hand_is_not_missed(empty: Opened, full: pytest.MonkeyPatch) -> None:
    page = quick(empty)
    page.quick.save_draft()
    empty.settle()
    page.quick.text.clear()
    assert page.not_kept is not None
    assert page.not_kept.isHidden()
    assert not page.refused


@pytest.mark.parametrize("name", [PageName.VANDAAG, PageName.GESPREK])
def test_leaving_a_page_whose_text_the_vault_does_not_take_is_said(
    empty: Opened, full: pytest.MonkeyPatch, name: PageName
) -> None:
    shown = empty.go(name)
    assert isinstance(shown, (TodayPage, ConversationPage))
    (shown.quick.text if isinstance(shown, TodayPage) else shown.writing).setPlainText(WORDS)
    empty.go(PageName.CASUSSEN)
    empty.until(lambda: any("De schijf is vol" in said for said in bars(empty)))  # above the page that is shown now
    foot = empty.desk.sidebar._saved.label
    empty.until(lambda: foot.text() == "Niet alles bewaard")
    assert shown.refused
    full.undo()
    empty.go(name)
    empty.go(PageName.CASUSSEN)
    empty.go(name)
    assert not shown.refused


def test_a_failure_that_is_not_of_the_vault_is_said_above_the_page(empty: Opened, page: ConversationPage) -> None:
    page._not_saved(InvalidValueError("Kies een andere dag."))
    assert page.not_kept.isHidden()
    page._not_saved(VaultError("De schijf is vol."))
    assert page.not_kept.isVisible()
