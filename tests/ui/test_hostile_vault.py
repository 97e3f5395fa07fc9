"""The window over a vault that opens and holds nonsense: it stands, says a sentence, and nothing escapes it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from tests.golden.reading import behind_the_door
from vpdesk.store.stored import NOT_UNDERSTOOD
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.stage import Stage

pytestmark = pytest.mark.window

NONSENSE = {
    "reminders": "UPDATE reminders SET due = '2026-01-99', kind = '?'",
    "cases": "UPDATE cases SET phase = '?', thema = '?', opened = 'x', last_talk = 'x'",
    "conversations": "UPDATE conversations SET on_day = 'x', minutes = -5, channel = '?'",
    "drafts": "INSERT INTO drafts (key, text, saved) VALUES ('conversation:new', '[', 'x')",
    "clients": "UPDATE clients SET threshold = -1, appointment = '?'",
    "settings": "INSERT OR REPLACE INTO settings (name, value) VALUES ('last_backup', '[1, {'), ('backup_places', '3')",
    "numbers": "UPDATE cases SET imported_talks = 9223372036854775807, client = 77; UPDATE conversations SET case_id = 77",
}
FORGIVEN = {"numbers"}  # nothing that a list shows


@pytest.mark.parametrize("wrong", NONSENSE)
def test_the_window_stands_and_says_so(wrong: str, stage: Stage, practice_folder: Path) -> None:
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    shutil.copytree(practice_folder, folder)
    with behind_the_door(folder) as connection:
        connection.executescript(NONSENSE[wrong])
    stage.session.begin()
    desk = stage.screen(Desk)
    assert isinstance(desk, Desk)
    stage.settle()
    said = ""
    for page in tuple(PageName)[:7]:
        desk.navigate(Place(page))
        stage.settle()
        said += " ".join(label.text() for label in stage.window.findChildren(QLabel) if label.isVisible())
    assert (NOT_UNDERSTOOD in said) == (wrong not in FORGIVEN)
