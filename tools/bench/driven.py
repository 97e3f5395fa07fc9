"""Runs the real window in this process, presses keys in it, and prints how long the answers took, as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from vpdesk import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

PATIENCE: Final = 30.0
STILL: Final = 0.4
TYPING: Final = 1.0
TYPED: Final = ("be", "ge", "ver", "aan", "sta", "loe")


def until(condition: Callable[[], bool]) -> None:
    """Let events pass until something holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("The window did not answer.")
        QCoreApplication.processEvents()


def shown(kind: type[Any]) -> Any:
    """Return the one visible widget of a kind."""
    (found,) = [widget for widget in QApplication.allWidgets() if isinstance(widget, kind) and widget.isVisible()]
    return found


def run(vault: Path, *steps: Callable[[], None]) -> None:
    """Start the window; the n-th step runs when a first screen was painted for the n-th time, the last one ends it."""
    left = list(steps)

    def ready() -> None:
        if left:
            Later(left.pop(0))

    asked = argparse.Namespace(vault=vault, demo=False, quit_after_paint=False, report_modules=None)
    app.run(asked, ready=ready)


class Later(QObject):
    """Runs a step from the event loop, outside the signal that asked for it."""

    def __init__(self, step: Callable[[], None]) -> None:
        super().__init__(QApplication.instance())
        self._step = step
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def event(self, event: QEvent) -> bool:
        """Run the step."""
        if event.type() is not QEvent.Type.User:
            return super().event(event)
        self._step()
        return True


def leave(code: int) -> None:
    """End here: what closing costs is not what is measured."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def fail(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
    """Show what went wrong and end, where Qt would print it and go on."""
    sys.__excepthook__(kind, value, trace)
    leave(1)


def unlock(vault: Path, passphrase: str) -> None:
    """Print the seconds from Enter to *Vandaag*, less those that this very start spent in Argon2id."""
    from vpdesk.store import keys  # noqa: PLC0415 - the first screen loads it anyway

    stretch, argon = keys.stretch, [0.0]
    entered = 0.0

    def timed_stretch(passphrase: str, salt: bytes, kdf: keys.KdfParameters) -> bytes:
        begin = time.perf_counter()
        key = stretch(passphrase, salt, kdf)
        argon[0] += time.perf_counter() - begin
        return key

    def enter() -> None:
        nonlocal entered
        from vpdesk.ui.screens.lock import LockScreen  # noqa: PLC0415

        keys.stretch = timed_stretch
        screen = shown(LockScreen)
        begin = time.perf_counter()  # nobody types a passphrase in no time
        until(lambda: time.perf_counter() - begin > TYPING)
        screen.passphrase.setText(passphrase)
        entered = time.perf_counter()
        QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)

    def arrived() -> None:
        seconds = time.perf_counter() - entered
        if not argon[0]:
            raise RuntimeError("Argon2id was not seen.")
        print(json.dumps({"seconds": [seconds - argon[0]], "argon": argon}))
        leave(0)

    run(vault, enter, arrived)


class Paints(QObject):
    """Remembers when the rows of a page, in its table or its list of hits, were last painted.

    The pane beside the table is not counted: it follows when the choice has rested for a moment, as it should.
    """

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.last = 0.0
        lists = (getattr(page, name, None) for name in ("table", "hits"))
        self._rows = [shown.viewport() for shown in lists if shown is not None]
        for viewport in self._rows:
            viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        """Take the time at which a paint ends, and keep nothing back."""
        if event.type() is QEvent.Type.Paint and watched in self._rows:
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self.last = time.perf_counter()


def plain_view(table: Any) -> QTableView:
    """Return Qt's own table, in C++ from model to paint, with the texts and the size of ours."""
    model = table.model()
    rows, columns = range(min(model.rowCount(), 200)), range(model.columnCount())
    copy = QStandardItemModel()
    for row in rows:
        copy.appendRow([QStandardItem(str(model.index(row, column).data() or "")) for column in columns])
    view = QTableView()
    copy.setParent(view)
    view.setModel(copy)
    view.resize(table.size())
    view.show()
    QTest.qWaitForWindowExposed(view)
    return view


def type_keys(vault: Path, page_name: str) -> None:
    """Print the seconds from each key to the painted rows, and those of a plain repaint of as many rows."""

    def press() -> None:
        from vpdesk.ui.context import PageName, Place  # noqa: PLC0415 - not part of the start
        from vpdesk.ui.desk import Desk  # noqa: PLC0415

        desk = shown(Desk)
        desk.navigate(Place(PageName(page_name)))
        until(lambda: desk.page.model.rowCount() > 0)
        page = desk.page
        page.search.setFocus()
        paints = Paints(page)
        keys: list[float] = []
        for word in TYPED:
            for number, letter in enumerate(word):
                begin = time.perf_counter()
                QTest.keyClick(page.search, Qt.Key(ord(letter.upper())))
                until(lambda key=begin: time.perf_counter() - max(key, paints.last) > STILL)  # type: ignore[misc]
                # One letter is not looked for, and a word that finds what the one before found paints nothing.
                if number and paints.last > begin:
                    keys.append(paints.last - begin)
            begin = time.perf_counter()
            page.search.clear()
            until(lambda key=begin: time.perf_counter() - max(key, paints.last) > STILL)  # type: ignore[misc]
        view = plain_view(page.table)
        repaints = []
        for _ in keys:
            begin = time.perf_counter()
            view.viewport().repaint()
            repaints.append(time.perf_counter() - begin)
        print(json.dumps({"keys": keys, "repaints": repaints}))
        leave(0)

    run(vault, press)


def main() -> int:
    sys.excepthook = fail
    what, vault, *more = sys.argv[1:]
    if what == "unlock":
        unlock(Path(vault), more[0])
    else:
        type_keys(Path(vault), more[0])
    return 1


if __name__ == "__main__":
    sys.exit(main())
