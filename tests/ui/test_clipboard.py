"""Copies are marked, whatever made them; they are taken back after a while, only if still ours, and on every end."""

from __future__ import annotations

import ast
import contextlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtCore import QPoint, QStringListModel, Qt, QTimer
from PySide6.QtGui import QClipboard, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QMenu, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import Shiboken

from vpdesk.resources_path import resource_path
from vpdesk.ui import clipboard as module
from vpdesk.ui.clipboard import HINTS, Clipboard, marked_text
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.screens.lock import PassphraseEdit, WordsEdit
from vpdesk.ui.widgets.fields import LineEdit
from vpdesk.ui.widgets.writing import PlainText, Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.stage import Stage

pytestmark = pytest.mark.window

PACKAGE = resource_path().parent / "vpdesk"
TEXT = "zonnebloempitten"
KDE = "x-kde-passwordManagerHint"

# Another program on the same display: it asks for what is in the clipboard whenever that changes, as managers do.
MANAGER = f"""
import json, sys
from PySide6.QtGui import QGuiApplication, QClipboard
app = QGuiApplication([])
board = app.clipboard()
def look(mode):
    data = board.mimeData(mode)
    print(json.dumps([mode.name, data.text(), bytes(data.data({KDE!r}).data()).decode()]), flush=True)
board.dataChanged.connect(lambda: look(QClipboard.Mode.Clipboard))
board.selectionChanged.connect(lambda: look(QClipboard.Mode.Selection))
print('"ready"', flush=True)
app.exec()
"""
OTHER = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.clipboard().setText("van een ander")
print("ready", flush=True)
app.exec()
"""


@contextlib.contextmanager
def another_program(code: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def board(qapp: QApplication) -> Iterator[QClipboard]:
    qapp.clipboard().clear()
    watching = Clipboard(qapp, lambda: 60)
    yield qapp.clipboard()
    watching.forget()
    Shiboken.delete(watching)
    qapp.clipboard().clear()


def hint(board: QClipboard) -> bytes:
    data = board.mimeData().data(KDE).data()
    return bytes(cast("bytes", data))


def selected(qtbot: QtBot, widget: Any) -> Any:
    qtbot.addWidget(widget)
    (widget.setPlainText if isinstance(widget, QPlainTextEdit | QTextEdit) else widget.setText)(TEXT)
    widget.show()
    widget.selectAll()
    return widget


def listed(qtbot: QtBot) -> QListView:
    view = QListView()
    model = QStringListModel([TEXT], view)
    view.setModel(model)
    view.setCurrentIndex(model.index(0))
    qtbot.addWidget(view)
    view.show()
    return view


def words_edit(qtbot: QtBot) -> QWidget:
    return cast("QWidget", selected(qtbot, WordsEdit()))


CONTROLS: dict[str, Callable[[QtBot], QWidget]] = {
    "one line": lambda qtbot: selected(qtbot, LineEdit()),
    "a few lines": lambda qtbot: selected(qtbot, PlainText()),
    "the page": lambda qtbot: selected(qtbot, Writing("Proef")),
    "recovery words": words_edit,
    "a list": listed,
}
EDITORS = [name for name in CONTROLS if name != "a list"]


@pytest.mark.parametrize("control", CONTROLS)
def test_a_copy_by_key_is_marked(qtbot: QtBot, board: QClipboard, control: str) -> None:
    QTest.keySequence(CONTROLS[control](qtbot), "Ctrl+C")
    assert board.text() == TEXT
    assert hint(board) == b"secret"


@pytest.mark.parametrize("control", EDITORS)
def test_what_is_cut_is_marked(qtbot: QtBot, board: QClipboard, control: str) -> None:
    QTest.keySequence(CONTROLS[control](qtbot), "Ctrl+X")
    assert board.text() == TEXT
    assert hint(board) == b"secret"


KEYS = [("Ctrl+C", name) for name in CONTROLS] + [("Ctrl+X", name) for name in EDITORS]


@pytest.mark.parametrize(("keys", "control"), KEYS)
def test_a_key_never_puts_a_copy_without_its_mark_into_the_clipboard(
    qtbot: QtBot, board: QClipboard, keys: str, control: str
) -> None:
    widget = CONTROLS[control](qtbot)
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    seen: list[bool] = []

    def look() -> None:
        seen.append(board.mimeData().hasFormat(KDE))

    board.dataChanged.connect(look)
    QTest.keySequence(widget, keys)
    board.dataChanged.disconnect(look)
    assert board.text() == TEXT
    assert seen == [True], "other systems tell everybody at once"
    if keys == "Ctrl+X":
        left = widget.text() if isinstance(widget, LineEdit) else widget.toPlainText()  # type: ignore[attr-defined]
        assert left == ""


@pytest.mark.parametrize("control", EDITORS)
@pytest.mark.parametrize("wanted", ["edit-copy", "edit-cut"])
def test_a_copy_from_the_context_menu_is_marked_from_the_start(
    qtbot: QtBot, board: QClipboard, control: str, wanted: str
) -> None:
    widget = CONTROLS[control](qtbot)
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    seen: list[bool] = []

    def look() -> None:
        seen.append(board.mimeData().hasFormat(KDE))

    board.dataChanged.connect(look)

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        (action,) = (action for action in menu.actions() if action.objectName() == wanted)
        action.trigger()
        menu.close()

    QTimer.singleShot(0, choose)
    at = widget.rect().center()
    target = getattr(widget, "viewport", lambda: widget)()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(QPoint(at)))
    QApplication.sendEvent(target, event)
    qtbot.waitUntil(lambda: board.text() == TEXT)
    board.dataChanged.disconnect(look)
    assert seen == [True]
    assert hint(board) == b"secret"
    if wanted == "edit-cut":
        left = widget.text() if isinstance(widget, LineEdit) else widget.toPlainText()  # type: ignore[attr-defined]
        assert left == ""


def test_a_drag_takes_the_mark_along_or_does_not_begin(qtbot: QtBot) -> None:
    for kind in (PlainText(), Writing("Proef"), WordsEdit()):
        given = selected(qtbot, kind).createMimeDataFromSelection()
        assert given.text() == TEXT
        assert given.hasFormat(KDE)
        assert not given.hasHtml()
    assert not selected(qtbot, LineEdit()).dragEnabled()


def raw_editors(source: str) -> Iterator[str]:
    """Names of Qt's own editors that a module makes, or makes a kind of its own of."""
    for node in ast.walk(ast.parse(source)):
        used = node.bases if isinstance(node, ast.ClassDef) else [node.func] if isinstance(node, ast.Call) else []
        if isinstance(node, ast.Attribute) and node.attr == "setEditable":
            yield "a line of Qt's own in a list that drops down"
        for name in used:
            if isinstance(name, ast.Name) and name.id in {"QLineEdit", "QTextEdit", "QPlainTextEdit", "QTextBrowser"}:
                yield name.id


def test_every_editor_of_the_program_is_one_that_marks() -> None:
    found = {path.name: set(raw_editors(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")}
    assert {name: kinds for name, kinds in found.items() if kinds} == {
        "writing.py": {"QTextEdit", "QPlainTextEdit"},
        "fields.py": {"QLineEdit"},
    }


def test_another_program_never_sees_a_copy_without_its_mark(qtbot: QtBot, board: QClipboard) -> None:
    with another_program(MANAGER) as manager:
        assert manager.stdout is not None
        seen: list[list[str]] = []
        assert json.loads(manager.stdout.readline()) == "ready"
        texts = [f"{TEXT} {number}" for number in range(20)]
        for text in texts:
            edit = LineEdit(text)
            qtbot.addWidget(edit)
            edit.selectAll()
            edit.copy()
            while not any(what == text for _, what, _ in seen):
                QApplication.processEvents()
                seen += read_lines(qtbot, manager)
    copies = [(text, mark) for mode, text, mark in seen if mode == "Clipboard" and text]
    assert {text for text, _ in copies} >= {texts[-1]}
    assert {mark for _, mark in copies} == {"secret"}


def read_lines(qtbot: QtBot, manager: subprocess.Popen[str]) -> list[list[str]]:
    """Read one line, while this program goes on answering what it is asked for."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    assert manager.stdout is not None
    with ThreadPoolExecutor(1) as beside:
        line = beside.submit(manager.stdout.readline)
        qtbot.waitUntil(line.done)
    return [json.loads(line.result())]


def select_by_mouse(qtbot: QtBot, widget: Any) -> None:
    """Select a word by a double click, as X11 programs do before a click with the middle button elsewhere."""
    selected(qtbot, widget)
    widget.resize(400, 60)
    qtbot.waitExposed(widget)
    cursor = widget.textCursor if hasattr(widget, "textCursor") else None
    if cursor is not None:
        cleared = cursor()
        cleared.clearSelection()
        widget.setTextCursor(cleared)
    target = getattr(widget, "viewport", lambda: widget)()
    at = QPoint(20, 15)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=at)
    words = widget.selectedText() if cursor is None else cursor().selectedText()
    assert words == TEXT


@pytest.mark.parametrize("kind", [LineEdit, PlainText, WordsEdit])
def test_selecting_is_not_copying(qtbot: QtBot, board: QClipboard, kind: type[QWidget]) -> None:
    select_by_mouse(qtbot, kind())
    assert board.text(QClipboard.Mode.Selection) == ""


@pytest.mark.parametrize("kind", [LineEdit, PlainText, WordsEdit])
def test_without_the_watch_selecting_would_be_copying(qtbot: QtBot, qapp: QApplication, kind: type[QWidget]) -> None:
    def can_be_pasted() -> bool:
        select_by_mouse(qtbot, kind())  # once more where the answer to an earlier test's clearing came in between
        return qapp.clipboard().text(QClipboard.Mode.Selection) == TEXT

    qtbot.waitUntil(can_be_pasted)
    qapp.clipboard().clear(QClipboard.Mode.Selection)


def test_a_hidden_passphrase_cannot_be_copied(qtbot: QtBot, board: QClipboard) -> None:
    field = selected(qtbot, PassphraseEdit())
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    for keys in ("Ctrl+C", "Ctrl+X"):
        QTest.keySequence(field, keys)
        assert board.text() == ""


def test_a_copy_is_taken_back_after_its_time(qtbot: QtBot, qapp: QApplication) -> None:
    watching = Clipboard(qapp, lambda: 0)
    qapp.clipboard().setText(TEXT)
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "")
    Shiboken.delete(watching)


def test_the_time_begins_anew_with_each_copy(board: QClipboard, qapp: QApplication) -> None:
    (watching,) = qapp.findChildren(Clipboard)
    board.setText(TEXT)
    assert watching._timer.isActive()
    assert watching._timer.interval() == 60_000
    board.clear()
    assert not watching._timer.isActive()


def test_what_somebody_else_copied_meanwhile_is_left_alone(qtbot: QtBot, board: QClipboard, qapp: QApplication) -> None:
    (watching,) = qapp.findChildren(Clipboard)
    board.setText(TEXT)
    with another_program(OTHER) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        qtbot.waitUntil(lambda: not board.ownsClipboard())
        assert not watching._timer.isActive()
        watching.forget()
        assert board.text() == "van een ander"
        assert hint(board) == b""


@pytest.mark.parametrize("end", ["lock", "leave"])
def test_the_end_takes_back_what_was_copied(stage: Stage, board: QClipboard, end: str) -> None:
    stage.session.begin(practice=True)
    stage.until(lambda: stage.session.desk is not None)
    stage.settle()
    stage.desk.navigate(Place(PageName.GESPREKKEN))
    board.setText(TEXT)
    {"lock": stage.session.locking.lock, "leave": stage.session.leave}[end]()
    assert board.text() == ""
    stage.until(lambda: stage.ends)


def test_leaving_the_wizard_takes_back_what_was_copied(stage: Stage, board: QClipboard) -> None:
    stage.session.begin()
    board.setText(TEXT)
    stage.session.leave()
    assert board.text() == ""


@pytest.mark.parametrize("system", ["win32", "linux", "darwin"])
def test_each_system_gets_its_own_marks(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(module.sys, "platform", system)
    data = marked_text(TEXT)
    assert data.text() == TEXT
    assert set(data.formats()) == {"text/plain", *HINTS[system]}
    if system == "win32":
        named = 'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"'
        assert bytes(cast("bytes", data.data(named).data())) == b"\0\0\0\0"
