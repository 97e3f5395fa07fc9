"""The real window on a stage: a folder of its own, a keyring in memory, small key stretching, a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.vault_kit import NOW, SMALL
from vpdesk.store.keychain import Keychain, MemoryKeychain
from vpdesk.ui import theme
from vpdesk.ui.door import Door
from vpdesk.ui.locking import Ends
from vpdesk.ui.main_window import MainWindow
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.session import Session
from vpdesk.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from vpdesk.ui.desk import Desk


@dataclass
class Stage:
    """What a test of the window holds."""

    qtbot: QtBot
    root: Path
    keychain: Keychain = field(default_factory=MemoryKeychain)
    now: datetime = NOW
    ends: list[str] = field(default_factory=list)
    anew: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.preferences = Preferences(self.root / "vpdesk.ini")
        self.worker = Worker()
        self.window = MainWindow(self.preferences)
        self.qtbot.addWidget(self.window)
        self.session = Session(
            self.window,
            self.worker,
            Door(self.root / "vpdesk" / "kluis", lambda: self.keychain, lambda: self.now, SMALL),
            practice_folder=self.root / "vpdesk" / "oefenkluis",
            preferences=self.preferences,
            ends=Ends(self.ends.append, lambda: self.ends.append("uit"), self.anew.append),
        )

    @property
    def desk(self) -> Desk:
        """The desk; fails the test while there is none."""
        assert self.session.desk is not None
        return self.session.desk

    def screen(self, kind: type[QWidget]) -> QWidget:
        """Wait for a screen of a kind and return it."""
        self.until(lambda: isinstance(self.window.screen_, kind))
        assert self.window.screen_ is not None
        return self.window.screen_

    def until(self, holds: Callable[[], object]) -> None:
        """Let the window work until something holds."""
        self.qtbot.waitUntil(lambda: bool(holds()))

    def settle(self) -> None:
        """Wait until everything asked for was handed back."""
        for _ in range(3):
            self.until(lambda: self.worker.idle)
            QApplication.processEvents()

    def go_on(self, time: timedelta) -> None:
        """Let time go by with the window in use, so that it does not lock."""
        self.now += time
        self.session.locking.idle.used()

    def press(self, widget: QWidget) -> None:
        """Click with the left button."""
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def keys(self, keys: str) -> None:
        """Press a shortcut in the window."""
        self.qtbot.keySequence(self.window.focusWidget() or self.window, keys)

    def close(self) -> None:
        """End the threads; the vault is closed."""
        self.worker.close()
        self.window.leave()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.choose(app, theme.Scheme.LIGHT, 1.0)
