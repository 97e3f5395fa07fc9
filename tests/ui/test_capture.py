"""Windows are covered before they are shown, all kinds of them, and the setting is followed at once."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QToolTip, QWidget

from vpdesk.ui import macos
from vpdesk.ui.capture import Capture, MacShield, WindowsShield, apply_capture, system_shield
from vpdesk.ui.help import AboutDialog
from vpdesk.ui.pages.settings import SettingsPage
from vpdesk.ui.widgets.fields import ComboBox
from vpdesk.ui.widgets.file_dialogs import file_dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.stage import Stage

pytestmark = pytest.mark.window


class Told:
    """A shield that remembers what was asked of it, and whether the window could be seen by then."""

    def __init__(self) -> None:
        self.hidden: dict[int, bool] = {}
        self.seen_before: list[int] = []

    def cover(self, window: int, *, hidden: bool) -> None:
        handle = next(shown.windowHandle() for shown in QApplication.topLevelWidgets() if number(shown) == window)
        if window not in self.hidden and handle is not None and handle.isVisible():
            self.seen_before.append(window)
        self.hidden[window] = hidden


def number(widget: QWidget) -> int:
    return int(widget.winId()) if widget.internalWinId() else 0


class Wanted:
    hidden = True


@pytest.fixture
def shield(qapp: QApplication) -> Iterator[Told]:
    told = Told()
    Wanted.hidden = True
    watching = Capture(qapp, told, lambda: Wanted.hidden)
    yield told
    qapp.removeEventFilter(watching)
    watching.setParent(None)


def menu() -> QWidget:
    made = QMenu()
    made.addAction("Casus openen")
    made.popup(QPoint(10, 10))
    return made


def dropped() -> QWidget:
    box = ComboBox("Rol")
    box.addItems(["melder", "getuige"])
    box.show()
    box.showPopup()
    return box


def tooltip() -> QWidget:
    owner = QWidget()
    owner.show()
    QToolTip.showText(QPoint(20, 20), "Weverstraat", owner)
    return owner


def asked(kind: type[QWidget]) -> Callable[[], QWidget]:
    def make() -> QWidget:
        made = kind()
        made.show()
        return made

    return make


def file_question() -> QWidget:
    owner = QWidget()
    owner.show()
    dialog = file_dialog(owner, "Kiezen", "Kiezen")
    dialog.show()
    return owner


WINDOWS: dict[str, Callable[[], QWidget]] = {
    "a window": asked(QWidget),
    "a question": asked(QMessageBox),
    "a menu": menu,
    "a list that drops down": dropped,
    "a tooltip": tooltip,
    "a question for a file": file_question,
}


@pytest.mark.parametrize("kind", WINDOWS)
def test_every_kind_of_window_is_covered_before_it_is_seen(qtbot: QtBot, shield: Told, kind: str) -> None:
    made = WINDOWS[kind]()
    qtbot.addWidget(made)
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    assert len(shown) >= (1 if made.isWindow() and kind in {"a window", "a question", "a menu"} else 2)
    assert all(shield.hidden.get(number(window)) is True for window in shown)
    assert shield.seen_before == []
    for window in shown:
        window.hide()


def test_a_window_that_is_made_anew_is_covered_anew(qtbot: QtBot, shield: Told) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    first = number(made)
    made.destroy()
    made.create()
    made.show()
    assert shield.hidden[number(made)] is True
    assert first in shield.hidden


def test_the_whole_program_is_covered_and_the_setting_is_followed_at_once(stage: Stage, shield: Told) -> None:
    stage.session.begin()
    about = AboutDialog(stage.window)
    about.show()
    assert shield.hidden[number(stage.window)] is True
    assert shield.hidden[number(about)] is True
    Wanted.hidden = False
    apply_capture()
    assert shield.hidden[number(stage.window)] is False
    assert shield.hidden[number(about)] is False
    about.close()


def test_without_a_shield_nothing_is_watched_and_the_setting_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert system_shield() is None
    stage.session.begin(practice=True)
    stage.until(lambda: stage.session.desk is not None)
    stage.settle()
    page = SettingsPage(stage.desk.context)
    stage.qtbot.addWidget(page)
    assert not page.unseen.isEnabled()
    assert not page.unseen.isChecked()
    assert "kan een programma dat niet" in page.unseen.accessibleDescription()
    page.clipboard.choose(30)
    assert stage.preferences.clipboard_seconds == 30
    assert stage.preferences.hidden_from_capture, "what can't be chosen is not changed"


def test_with_a_shield_the_setting_switches_it(stage: Stage, shield: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vpdesk.ui.pages.settings.system_shield", lambda: shield)
    monkeypatch.setattr(Wanted, "hidden", property(lambda _self: stage.preferences.hidden_from_capture))
    stage.session.begin(practice=True)
    stage.until(lambda: stage.session.desk is not None)
    stage.settle()
    page = SettingsPage(stage.desk.context)
    stage.qtbot.addWidget(page)
    assert page.unseen.isChecked()
    page.unseen.click()
    assert not stage.preferences.hidden_from_capture


class User32:
    def __init__(self, *knows: int) -> None:
        self.knows, self.asked = knows, []  # type: ignore[var-annotated]

    def SetWindowDisplayAffinity(self, window: int, affinity: int) -> bool:  # noqa: N802 - Windows calls it so
        self.asked.append((window, affinity))
        return affinity in self.knows


@pytest.mark.parametrize(
    ("knows", "hidden", "asked_for"),
    [((0, 1, 0x11), True, [0x11]), ((0, 1), True, [0x11, 1]), ((0, 1, 0x11), False, [0])],
)
def test_windows_is_asked_for_the_best_it_knows(knows: tuple[int, ...], hidden: bool, asked_for: list[int]) -> None:
    library = User32(*knows)
    WindowsShield(library).cover(77, hidden=hidden)
    assert library.asked == [(77, affinity) for affinity in asked_for]


class Runtime:
    """An Objective-C runtime in memory: messages are real C calls, so that what is passed is what would arrive."""

    def __init__(self) -> None:
        self.names: dict[int, bytes] = {}
        self.sent: list[tuple[int, bytes, int, int]] = []
        self.words: list[bytes] = []
        form = ctypes.CFUNCTYPE(ctypes.c_void_p, *[ctypes.c_void_p] * 4)
        self.objc_msgSend = form(self._send)
        self.objc_getClass = Named(self)
        self.sel_registerName = Named(self)

    def _send(self, receiver: int, selector: int, first: int, second: int) -> int:
        self.sent.append((receiver, self.names[selector], first or 0, second or 0))
        if self.names[selector] == b"stringWithUTF8String:":
            self.words.append(ctypes.string_at(first))
        return 5000 + len(self.sent)


class Named:
    restype: Any = None
    argtypes: Any = None

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def __call__(self, name: bytes) -> int:
        number = 100 + len(self._runtime.names)
        self._runtime.names[number] = name
        return number


def test_macos_is_asked_for_the_window_of_the_view(monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = Runtime()
    kind = macos.ObjectiveC
    monkeypatch.setattr(macos, "ObjectiveC", lambda: kind(runtime))
    MacShield().cover(77, hidden=True)
    assert [(receiver, name) for receiver, name, *_ in runtime.sent] == [(77, b"window"), (5001, b"setSharingType:")]
    assert runtime.sent[1][2] == macos.SHARING_NONE
    MacShield().cover(77, hidden=False)
    assert runtime.sent[3][2] == macos.SHARING_READ_ONLY


def test_macos_is_told_which_copies_to_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = Runtime()
    kind = macos.ObjectiveC
    monkeypatch.setattr(macos, "ObjectiveC", lambda: kind(runtime))
    macos.declare_on_pasteboard(["org.nspasteboard.ConcealedType"])
    assert [name for _, name, *_ in runtime.sent] == [
        b"generalPasteboard",
        b"data",
        b"stringWithUTF8String:",
        b"arrayWithObject:",
        b"addTypes:owner:",
        b"setData:forType:",
    ]
    assert runtime.words == [b"org.nspasteboard.ConcealedType"]
    board, _, word, types = 5001, 5002, 5003, 5004
    assert runtime.sent[4] == (board, b"addTypes:owner:", types, 0)
    assert runtime.sent[5] == (board, b"setData:forType:", 5002, word)
