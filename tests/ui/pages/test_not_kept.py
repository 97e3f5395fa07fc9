"""A text that the vault does not take stays on its page, and can be kept elsewhere; on a real disk: tests/faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.errors import InvalidValueError, VaultError
from vpdesk.operations import conversations
from vpdesk.ui.context import PageName
from vpdesk.ui.pages import text_elsewhere
from vpdesk.ui.pages.conversation import ConversationPage

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
    assert empty.ask(conversations.count_conversations) == 1  # the draft that stood there is one of its own now


def test_a_failure_that_is_not_of_the_vault_is_said_above_the_page(empty: Opened, page: ConversationPage) -> None:
    page._not_saved(InvalidValueError("Kies een andere dag."))
    assert page.not_kept.isHidden()
    page._not_saved(VaultError("De schijf is vol."))
    assert page.not_kept.isVisible()
