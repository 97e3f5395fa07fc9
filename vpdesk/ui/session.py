"""From start to lock: which screen is shown, and how the vault is opened, left and locked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from vpdesk.domain.errors import CancelledError, VaultDamagedError, VpdeskError
from vpdesk.domain.rows import BackupState
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk, save_draft
from vpdesk.ui.door import Door
from vpdesk.ui.idle import Idle
from vpdesk.ui.main_window import MainWindow
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.screens.frame import Blank
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.worker import Progress, Worker

if TYPE_CHECKING:
    from vpdesk.operations.backups import BackupResult
    from vpdesk.operations.vaults import Vault

_EVERY: Final = timedelta(hours=1)
_COPY_AT_MOST: Final = 10_000
_MOMENT: Final = 400
_DRAFT_LOST: Final = (
    "Vergrendeld. Uw laatste tekst kon niet in de kluis en staat nog in het geheugen. "
    "Probeer het opnieuw, voor u de laptop uitzet."
)


@dataclass(frozen=True, slots=True)
class Ends:
    """How a session ends: `restart(reason)` replaces the process after a lock, `leave()` ends the program."""

    restart: Callable[[str], None]
    leave: Callable[[], None]


class Session(QObject):
    """Carries the window from its first screen to its last. `ready` follows the first paint of that first screen."""

    ready = Signal()

    def __init__(
        self,
        window: MainWindow,
        worker: Worker,
        door: Door,
        *,
        practice_folder: Path,
        preferences: Preferences,
        ends: Ends,
    ) -> None:
        super().__init__(window)
        self.window_, self.worker, self.door = window, worker, door
        self.desk: Desk | None = None
        self._practice_folder = practice_folder
        self._preferences = preferences
        self._ends = ends
        self._leaving = False
        self._setup_open: Callable[[], None] = lambda: None
        self._idle = Idle(lambda: preferences.idle_minutes, door.clock, parent=self)
        self._idle.elapsed.connect(self._lock_idle)
        window.closing.connect(self.leave)

    def begin(self, *, locked: str = "", practice: bool = False) -> None:
        """Show the first screen: wizard, lock screen, damage, or the desk of a practice vault.

        `locked` is the reason of a lock that replaced the process; `practice` makes a practice vault where none is.
        """
        description = self.door.describe()
        if not description.exists:
            if practice:
                self._open_practice(self.door)
            else:
                self.show_wizard()
        elif description.problem:
            self.show_damage(description.problem)
        elif description.practice and not locked:
            self._open_practice(self.door)
        else:
            self.show_lock(locked, practice=description.practice, words_only=not _daily(description.slots))

    def show_wizard(self) -> None:
        """Begin at the beginning."""
        from vpdesk.ui.screens.wizard import Wizard  # noqa: PLC0415 - only at the first start

        wizard = Wizard(self.worker, self.door)
        wizard.finished.connect(self._start_new)
        wizard.practice.connect(lambda: self._open_practice(replace(self.door, folder=self._practice_folder)))
        wizard.restore.connect(self._restore_first)
        wizard.leave.connect(self.leave)
        self._setup_open = wizard.abandon
        self._show(wizard, wizard.first_focus())

    def show_lock(self, reason: str = "", *, practice: bool = False, words_only: bool = False) -> None:
        """Ask for the passphrase."""
        from vpdesk.ui.screens.lock import LockScreen  # noqa: PLC0415 - the practice vault starts without it

        screen = LockScreen(self.worker, self.door, practice=practice, reason=reason, words_only=words_only)
        screen.opened.connect(self._opened)
        screen.damaged.connect(self.show_damage)
        screen.leave.connect(self.leave)
        self._show(screen, screen.first_focus())

    def show_damage(self, sentence: str) -> None:
        """Say what is safe, and offer the copies that verify."""
        from vpdesk.ui.screens.damaged import DamagedScreen  # noqa: PLC0415 - seldom needed

        screen = DamagedScreen(self.worker, self.door, sentence, places=self._preferences.backup_places)
        screen.opened.connect(self._opened)
        screen.leave.connect(self.leave)
        self._show(screen, screen.first_focus())

    def lock(self, reason: str = "") -> None:
        """Blank at once; keep drafts, make a copy that is due, then replace the process."""
        at = f"{self.door.clock():%H:%M}"
        self._blank(f"Om {at}{reason}.\nWat u typte, is bewaard.", self._ends.restart)

    def leave(self) -> None:
        """End the program the same way."""
        if self.desk is None:
            self._setup_open()
            self._finish(lambda _reason: self._ends.leave(), "")
        else:
            self._blank("", lambda _reason: self._ends.leave())

    def _lock_idle(self) -> None:
        minutes = self._preferences.idle_minutes
        self.lock(f", na {minutes} minuten zonder gebruik")

    def _open_practice(self, door: Door) -> None:
        self.door = door
        self.worker.open(door.practice, lambda _vault: None, self._failed_early)
        self._show_desk(practice=True)

    def _failed_early(self, error: VpdeskError) -> None:
        if isinstance(error, VaultDamagedError):
            self.desk = None
            self.show_damage(error.sentence)
        elif self.desk is not None:
            self.desk.show_failure(error)

    def _opened(self, vault: "Vault") -> None:
        words = vault.opened_with.value == "recovery" and not vault.practice
        self._show_desk(practice=vault.practice)
        if self.desk is not None:
            for warning in vault.warnings:
                self.desk.show_notice(warning, "warning")
            if words:
                self._offer_passphrase(self.desk)

    def _offer_passphrase(self, desk: Desk) -> None:
        desk.navigate(Place(PageName.KLUIS))
        desk.show_notice(
            "De kluis is geopend met uw herstelwoorden. Kies bij ‘Openen op deze laptop’ een wachtzin; "
            "daarna opent u haar hier weer met die wachtzin.",
            "info",
        )

    def _start_new(self, folder: Path) -> None:
        self._setup_open = lambda: None
        if folder != self.door.folder:
            self.door = replace(self.door, folder=folder)
            self._preferences.folder = folder
        self._show_desk(practice=False)

    def _restore_first(self, folder: Path) -> None:
        from vpdesk.ui.screens.damaged import DamagedScreen  # noqa: PLC0415 - seldom needed

        self.door = replace(self.door, folder=folder)
        screen = DamagedScreen(self.worker, self.door, "", places=self._preferences.backup_places)
        screen.opened.connect(self._opened)
        screen.leave.connect(self.show_wizard)
        self._show(screen, screen.first_focus())

    def _show_desk(self, *, practice: bool) -> None:
        desk = Desk(self.worker, clock=self.door.clock, preferences=self._preferences, practice=practice)
        desk.door = self.door
        desk.actions.lock.triggered.connect(lambda _checked=False: self.lock())
        desk.actions.quit.triggered.connect(lambda _checked=False: self.leave())
        desk.settled.connect(self._settled)
        self.desk = desk
        self.window_.show_screen(desk)
        desk.navigate(Place(PageName.VANDAAG))

    def _settled(self) -> None:
        self._idle.start()
        QTimer.singleShot(0, self.ready.emit)

    def _show(self, screen: QWidget, first: QWidget | None) -> None:
        self.window_.show_screen(screen, first)
        self.window_.painted.connect(self._painted_once)

    def _painted_once(self) -> None:
        self.window_.painted.disconnect(self._painted_once)
        QTimer.singleShot(0, self.ready.emit)

    def _blank(self, reason: str, end: Callable[[str], None]) -> None:
        if self._leaving or self.desk is None:
            return
        self._leaving = True
        self._idle.stop()
        drafts = self.desk.unsaved()
        blank = Blank()
        self.window_.keep_geometry()
        self.window_.show_screen(blank)
        self.window_.repaint()
        self._keep(drafts, blank, reason, end)

    def _keep(self, drafts: list[tuple[str, str]], blank: Blank, reason: str, end: Callable[[str], None]) -> None:
        now = self.door.clock()
        self.worker.run(
            partial(_save_all, drafts=drafts, now=now),
            lambda _saved: self._copy_if_due(blank, reason, end),
            lambda _error: self._draft_lost(drafts, blank, reason, end),
        )

    def _draft_lost(self, drafts: list[tuple[str, str]], blank: Blank, reason: str, end: Callable[[str], None]) -> None:
        again = Button("Opnieuw proberen", PRIMARY, size=36)
        message = Message(_DRAFT_LOST, "danger")

        def retry() -> None:
            message.deleteLater()
            again.deleteLater()
            self._keep(drafts, blank, reason, end)

        again.clicked.connect(retry)
        blank.place.addWidget(message)
        blank.place.addWidget(again)
        again.setFocus()

    def _copy_if_due(self, blank: Blank, reason: str, end: Callable[[str], None]) -> None:
        progress = Progress(self)
        QTimer.singleShot(_COPY_AT_MOST, progress, progress.cancel)
        word = Label("De reservekopie loopt nog. vpdesk sluit zodra die klaar is.", "intro", "muted", wraps=True)
        word.hide()
        blank.place.addWidget(word)
        QTimer.singleShot(_MOMENT, word, word.show)
        self.worker.run(
            partial(copy_if_due, now=self.door.clock(), progress=progress),
            lambda _result: self._finish(end, reason),
            lambda _error: self._finish(end, reason),
        )

    def _finish(self, end: Callable[[str], None], reason: str) -> None:
        self.worker.close()
        self.window_.keep_geometry()
        end(reason)


def _daily(slots: frozenset[object]) -> bool:
    return any(str(getattr(slot, "value", slot)) in {"daily", "passphrase", "practice"} for slot in slots)


def _save_all(vault: "Vault", *, drafts: list[tuple[str, str]], now: datetime) -> None:
    for key, text in drafts:
        save_draft(vault, key=key, text=text, now=now)


def copy_if_due(vault: "Vault", *, now: datetime, progress: Progress) -> "BackupResult | None":
    """Make a copy when something changed since the last one and that one is an hour old; None otherwise."""
    from vpdesk.operations.backups import backup_state, make_backup, places  # noqa: PLC0415 - not before first paint

    if vault.practice:
        return None
    state: BackupState = backup_state(vault, now=now)
    if not state.changed_since or (state.made is not None and now - state.made < _EVERY):
        return None
    try:
        return make_backup(vault, places=places(vault), now=now, progress=progress)
    except CancelledError:
        return None
