"""What is copied out of vpdesk: marked for clipboard managers to skip, and taken back after a while."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget
from shiboken6 import Shiboken

_WINDOWS: Final = 'application/x-qt-windows-mime;value="{}"'
_ZERO: Final = bytes(4)

# What each system's clipboard managers and its history look for; Qt hands the Windows names through as they are.
HINTS: Final[dict[str, dict[str, bytes]]] = {
    "linux": {"x-kde-passwordManagerHint": b"secret"},
    "win32": {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): _ZERO,
        _WINDOWS.format("CanIncludeInClipboardHistory"): _ZERO,
        _WINDOWS.format("CanUploadToCloudClipboard"): _ZERO,
        _WINDOWS.format("Clipboard Viewer Ignore"): _ZERO,
    },
    "darwin": {},  # Qt would put its own prefix before the names, so they are declared beside it
}
DECLARED_ON_MACOS: Final = ("org.nspasteboard.ConcealedType", "org.nspasteboard.TransientType")


def hints() -> dict[str, bytes]:
    """Return the formats that mark a copy on this system."""
    return HINTS.get(sys.platform, HINTS["linux"])


def marked(data: QMimeData) -> QMimeData:
    """Mark what goes to the clipboard or along with a drag; returns the same data."""
    for name, value in hints().items():
        data.setData(name, value)
    return data


def marked_text(text: str) -> QMimeData:
    """Return words, and nothing but words, that are marked."""
    data = QMimeData()
    data.setText(text)
    return marked(data)


class Clipboard(QObject):
    """Watches the clipboard of the whole program, whatever control copied: by key, by menu or from a list.

    X11 asks an owner for its data in the event loop, and a copy is marked before that runs again: nobody can have it
    unmarked. Windows tells everybody at once, so what has the keyboard is watched too: Ctrl+C, Ctrl+X and the menu of
    a line or a list put a marked copy there in the first place, as the editors do by themselves. What is merely
    selected stays in vpdesk, since selecting is not copying.
    """

    def __init__(self, app: QApplication, seconds: Callable[[], int]) -> None:
        super().__init__(app)
        self._clipboard = app.clipboard()
        self._seconds = seconds
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.forget)
        self._clipboard.dataChanged.connect(self._copied)
        self._clipboard.selectionChanged.connect(self._selected)
        self._focused: QWidget | None = None
        app.focusChanged.connect(self._follow)

    def forget(self) -> None:
        """Empty the clipboard if what is in it came from here."""
        self._timer.stop()
        if self._clipboard.ownsClipboard():
            self._clipboard.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copy in the place of a line of text or a list; every other event goes on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            cuts = event.matches(QKeySequence.StandardKey.Cut) and isinstance(watched, QLineEdit)
            return (cuts or event.matches(QKeySequence.StandardKey.Copy)) and self._take(watched, cuts=cuts)
        if isinstance(event, QContextMenuEvent) and isinstance(watched, QLineEdit):
            self._offer_menu(watched, event)
            return True
        return False

    def _take(self, widget: QObject, *, cuts: bool) -> bool:
        """Put the words of a control into the clipboard; returns whether there were any."""
        text = words_of(widget)
        if text:
            self._clipboard.setMimeData(marked_text(text))
            if cuts and isinstance(widget, QLineEdit) and not widget.isReadOnly():
                widget.del_()
        return bool(text)

    def _offer_menu(self, line: QLineEdit, event: QContextMenuEvent) -> None:
        """Show Qt's own menu of a line, with these two commands carried out here."""
        menu = line.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in {"edit-copy", "edit-cut"}:
                action.triggered.disconnect()
                action.triggered.connect(partial(self._choose, line, cuts=action.objectName() == "edit-cut"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _choose(self, line: QLineEdit, _checked: bool = False, *, cuts: bool) -> None:
        self._take(line, cuts=cuts)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._focused is not None and Shiboken.isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._focused = now if isinstance(now, QLineEdit | QAbstractItemView) else None
        if self._focused is not None:
            self._focused.installEventFilter(self)

    def _copied(self) -> None:
        if not self._clipboard.ownsClipboard() or not (formats := self._clipboard.mimeData().formats()):
            self._timer.stop()
            return
        if not hints().keys() <= set(formats):
            data, copied = QMimeData(), self._clipboard.mimeData()
            for name in formats:
                data.setData(name, copied.data(name))
            self._clipboard.setMimeData(marked(data))
            return  # the change that this makes comes by here again
        if sys.platform == "darwin":
            from vpdesk.ui import macos  # noqa: PLC0415 - there only

            macos.declare_on_pasteboard(DECLARED_ON_MACOS)
        self._timer.start(self._seconds() * 1000)

    def _selected(self) -> None:
        if self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)


def words_of(watched: QObject) -> str:
    """Return what a copy from a line of text or a list would take; nothing from a hidden passphrase."""
    if isinstance(watched, QLineEdit):
        return watched.selectedText() if watched.echoMode() is QLineEdit.EchoMode.Normal else ""
    if isinstance(watched, QAbstractItemView) and watched.currentIndex().isValid():
        return str(watched.currentIndex().data(Qt.ItemDataRole.DisplayRole) or "")
    return ""


def forget_copied() -> None:
    """Take back what was copied: vpdesk locks or closes, and what it leaves in the clipboard may be kept by others."""
    app = QApplication.instance()
    for watching in app.findChildren(Clipboard) if app is not None else ():
        watching.forget()
