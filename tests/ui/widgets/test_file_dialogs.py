"""Asking for files: nothing in English, and a start where documents are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QTreeView, QWidget
from shiboken6 import Shiboken

from vpdesk.ui.widgets import file_dialogs
from vpdesk.ui.widgets.file_dialogs import ask_folder, ask_new_file, file_dialog, starting_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.stage import Stage

pytestmark = pytest.mark.window

_ENGLISH = re.compile(
    r"\b(look|files?|folder|directory|name|size|date|modified|my|parent|view|cancel|choose|save|delete|show|hidden|"
    r"create|new|back|forward|type:|list of)\b",
    re.IGNORECASE,
)


def said(dialog: QFileDialog) -> list[str]:
    """What can be read in the dialog and in its menus, without the names of files."""
    words = [label.text() for label in dialog.findChildren(QLabel)]
    words += [button.text() for button in dialog.findChildren(QPushButton)]
    words += [action.text() for action in dialog.findChildren(QAction)]
    for widget in dialog.findChildren(QWidget):
        words += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    for view in dialog.findChildren(QTreeView):
        words += [str(view.model().headerData(n, Qt.Orientation.Horizontal)) for n in range(4)]
    return [text.replace("&", "") for text in words if text]


@pytest.mark.parametrize("mode", [QFileDialog.FileMode.Directory, QFileDialog.FileMode.ExistingFile])
def test_nothing_in_the_dialog_is_english(stage: Stage, mode: QFileDialog.FileMode) -> None:
    dialog = file_dialog(stage.window, "Kiezen", "Kiezen", stage.root)
    stage.qtbot.addWidget(dialog)
    dialog.setFileMode(mode)
    dialog.show()
    words = said(dialog)
    assert {"Zoeken in:", "Soort bestand:", "Naam", "Grootte", "Soort", "Gewijzigd"} <= set(words)
    assert [text for text in words if _ENGLISH.search(text)] == []


def test_it_begins_where_documents_are(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stage.root)
    start = starting_folder()
    known = {
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation),
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation),
    }
    assert str(start) in known
    dialog = file_dialog(stage.window, "Kiezen", "Kiezen")
    stage.qtbot.addWidget(dialog)
    assert Path(dialog.directory().absolutePath()) == start


def answer(do: Callable[[QFileDialog], None]) -> None:
    def find() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        do(dialog)

    QTimer.singleShot(0, find)


def test_a_new_file_is_named_and_a_folder_may_be_given_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_dialogs, "starting_folder", lambda: stage.root)
    answer(lambda dialog: dialog.accept())
    assert ask_new_file(stage.window, "Verslag bewaren", "verslag.pdf", file_dialogs.PDF) == stage.root / "verslag.pdf"
    answer(lambda dialog: dialog.reject())
    assert ask_folder(stage.window, "Map voor de kluis", stage.root) is None


def remembered(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_no_list_of_recent_files_and_no_settings_tell_what_was_chosen(
    stage: Stage, clean_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = stage.root / "Gemeente Esdoornveen"
    chosen.mkdir()
    used: list[bool] = []

    def accept(dialog: QFileDialog) -> None:
        used.append(dialog.testOption(QFileDialog.Option.DontUseNativeDialog))
        dialog.accept()

    answer(accept)
    assert ask_folder(stage.window, "Map voor kopieën", chosen) == chosen
    stage.settle()
    assert used == [True], "the dialogs of GTK, the portal and Windows keep lists of recent files"
    assert remembered(clean_home) == {}


def test_qt_would_remember_it(stage: Stage, clean_home: Path, tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(clean_home))
    try:
        dialog = QFileDialog(stage.window, "Kiezen", str(tmp_path))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        Shiboken.delete(dialog)
        assert b"lastVisited" in b"".join(remembered(clean_home).values())
        file_dialogs.forget_places()
        QSettings(QSettings.Scope.UserScope, "QtProject").sync()
        assert b"lastVisited" not in b"".join(remembered(clean_home).values())
    finally:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, "/dev/null/qt")
