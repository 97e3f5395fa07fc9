"""From start to lock: which screen is shown, and how the vault is opened."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from vpdesk.domain.errors import VaultDamagedError, VpdeskError
from vpdesk.operations.places import usual_place
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.copies import check_today, copy_if_due, saved_and_kept
from vpdesk.ui.desk import Desk
from vpdesk.ui.door import Door, at_day, warm_up
from vpdesk.ui.locking import Ends, Locking, Now, later
from vpdesk.ui.main_window import MainWindow
from vpdesk.ui.mover import Mover
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.screens.frame import Blank, Holding, making_practice
from vpdesk.ui.unsaved import offer_back
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.worker import Progress, Worker

if TYPE_CHECKING:
    from vpdesk.operations.backups import BackupResult
    from vpdesk.operations.standing import KeptKey
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.instance import Start
    from vpdesk.ui.screens.wizard import Wizard
    from vpdesk.ui.system.port import SystemWatch

_COPY_AFTER: Final = 3_000  # once the desk is there and what it shows first was read
CHECK_AFTER: Final = 3_000
OFFER_AFTER: Final = 500
_NOTHING_MADE: Final = (
    "Er is niets van bewaard. Begin opnieuw. Woorden of een wachtzin die al op papier staan, gelden niet: "
    "u krijgt nieuwe."
)


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
        watch: "Callable[[int], SystemWatch] | None" = None,
    ) -> None:
        """Take the parts; `watch` makes what tells that the user left, for the handle of the window."""
        super().__init__(window)
        self.window_, self.worker, self.door = window, worker, door
        self.desk: Desk | None = None
        self._practice_folder = practice_folder
        self._preferences = preferences
        self._ends = ends
        self._clock = door.clock
        self._wizard: Wizard | None = None
        self._guarded = False
        self._was_open = False
        now = Now(lambda: self.desk, lambda: self.door, self._holds, self._put_away, self._end_early)
        self.locking = Locking(window, worker, now, preferences=preferences, ends=ends, watch=watch)
        window.closing.connect(self.leave)

    def begin(self, *, locked: str = "", begun: bool = False, practice: bool = False, expected: bool = False) -> None:
        """Show the first screen: wizard, lock screen, damage, or the desk of a practice vault.

        `locked` is the reason of a lock that replaced the process, one that had `begun` to set up; `practice` makes a
        practice vault where none is, and where one was `expected` and is none, that is said first.
        """
        description = self.door.describe()
        if not description.exists:
            if begun:
                self.show_wizard(_stopped(locked))
            elif practice:
                self._open_practice(self.door)
            elif expected or description.foreign:
                self._show_no_vault(foreign=description.foreign)
            else:
                self.show_wizard()
        elif description.problem:
            self.show_damage(description.problem)
        elif description.practice and not locked:
            self._open_practice(self.door)
        else:
            slots = frozenset(kind.value for kind in description.slots)
            self.show_lock(locked, practice=description.practice, slots=slots)

    def show_elsewhere(self, start: "Callable[[], Start]", begin: Callable[[], None]) -> None:
        """Say that another window has the vault; `begin` once `start` finds that it is gone."""
        from vpdesk.ui.screens.elsewhere import ElsewhereScreen  # noqa: PLC0415 - seldom needed

        screen = ElsewhereScreen(start)
        screen.free.connect(begin)
        screen.leave.connect(self.leave)
        self._show(screen, screen.quit)

    def show_wizard(self, said: str = "") -> None:
        """Begin at the beginning; `said` is why not further on."""
        from vpdesk.ui.screens.wizard import Wizard  # noqa: PLC0415 - only at the first start

        self._wizard = wizard = Wizard(self.worker, self.door, said)
        wizard.finished.connect(self._start_new)
        wizard.practice.connect(lambda: self._open_practice(replace(self.door, folder=self._practice_folder)))
        wizard.restore.connect(self._restore_first)
        wizard.leave.connect(self.leave)
        self._show(wizard, wizard.first_focus(), guarded=True)

    def _show_no_vault(self, *, foreign: bool) -> None:
        from vpdesk.ui.screens.no_vault import NoVaultScreen  # noqa: PLC0415 - seldom needed

        screen = NoVaultScreen(self.door.folder, foreign=foreign)
        screen.chosen.connect(self._look_in)
        screen.make.connect(self.show_wizard)
        screen.restore.connect(lambda: self._show_copies(partial(self.begin, expected=True)))
        screen.leave.connect(self.leave)
        self._show(screen, screen.choose)

    def _look_in(self, folder: Path) -> None:
        self.door = replace(self.door, folder=folder)
        if self.door.describe().exists:
            self._preferences.folder = folder
        self.begin(expected=True)

    def show_lock(
        self, reason: str = "", *, practice: bool = False, slots: frozenset[str] = frozenset({"daily"})
    ) -> None:
        """Ask for what opens the vault, as its slots have it."""
        from vpdesk.ui.screens.lock import LockScreen  # noqa: PLC0415 - the practice vault starts without it

        screen = LockScreen(self.worker, self.door, practice=practice, reason=reason, slots=slots)
        screen.opened.connect(self._opened)
        screen.damaged.connect(self.show_damage)
        for edit in (screen.words, *screen.sheets):  # unlike a passphrase these can be read
            edit.textChanged.connect(partial(self._guard, screen))
        screen.leave.connect(self.leave)
        self._show(screen, screen.first_focus())
        later(screen, 0, lambda: self.worker.before(warm_up, lambda _loaded: None, lambda _error: None))

    def show_damage(self, sentence: str) -> None:
        """Say what is safe, and offer the copies that verify."""
        from vpdesk.ui.screens.damaged import DamagedScreen  # noqa: PLC0415 - seldom needed

        screen = DamagedScreen(self.worker, self.door, sentence, places=self._copies())
        screen.opened.connect(self._opened)
        screen.leave.connect(self.leave)
        self._show(screen, screen.first_focus(), guarded=True)

    def restore(self) -> None:
        """Leave the desk to put a copy back; the vault is closed first, and opens again when the user goes back."""
        if self.desk is None:
            return
        practice = self.desk.context.practice

        def back() -> None:
            if practice:
                self.begin()
            else:
                self.locking.finish(self._ends.restart, "De kluis is dicht.")  # what was read is still in memory

        def offer(kept: "KeptKey") -> None:
            self.worker.close()
            self.desk = None
            self._show_copies(back, kept)

        self.worker.run(partial(saved_and_kept, save=self.locking.typed().save), offer, self.desk.show_failure)

    def leave(self) -> None:
        """End the program, from whatever screen."""
        if self.desk is None and self._wizard is not None:
            self._wizard.abandon()
        self.locking.leave()

    def _holds(self) -> bool:
        """Whether there is something to lock without a desk: a vault was read, or the screen has secrets."""
        screen: object = self.window_.screen_
        return self._was_open or (isinstance(screen, Holding) and screen.holds)

    def _put_away(self) -> None:
        if self._wizard is not None and self.window_.screen_ is self._wizard:
            self._wizard.abandon()
            self.door = replace(self.door, folder=self._wizard.folder)

    def _end_early(self, reason: str) -> None:
        if not self.door.describe().exists:
            self._ends.anew(reason)
            return
        if self._wizard is not None:  # its vault was made just before
            self._preferences.folder = self.door.folder
        self._ends.restart(reason)

    def _open_practice(self, door: Door) -> None:
        self.door = door
        if not door.describe().exists:
            self._show(making_practice(), None)
            self.window_.repaint()
        self.worker.open(door.practice, self._opened, self._not_opened)

    def _not_opened(self, error: VpdeskError) -> None:
        if isinstance(error, VaultDamagedError):
            self.show_damage(error.sentence)
            return
        blank = Blank()
        blank.place.addWidget(Message(error.sentence, "danger"))
        close = Button("Afsluiten", PRIMARY, size=36)
        close.clicked.connect(self.leave)
        blank.place.addWidget(close)
        self._show(blank, close)

    def _opened(self, vault: "Vault", enrolled: bool = False) -> None:
        """Go to the desk; `enrolled` says that this laptop already has its passphrase."""
        self._was_open = True
        if vault.practice:
            self.worker.run(self.door.practice_day, partial(self._arrive, vault, enrolled=enrolled), self._not_opened)
        else:
            self._arrive(vault, None, enrolled=enrolled)

    def _arrive(self, vault: "Vault", day: date | None, *, enrolled: bool) -> None:
        if day is not None:
            self.door = replace(self.door, clock=partial(at_day, day, self._clock))
        desk = self._show_desk(practice=vault.practice)
        desk.settled.connect(lambda: later(desk, _COPY_AFTER, partial(self._copy_behind, desk)))
        if vault.warnings:
            from vpdesk.ui.announcing import warn  # noqa: PLC0415 - seldom needed

            warn(desk, vault.warnings)
        if vault.announcements or vault.opened_with.value in {"emergency", "recovery"}:
            from vpdesk.ui.announcing import announce_opening  # noqa: PLC0415 - seldom needed

            announce_opening(desk, vault, enrolled=enrolled, keychain=self.door.keychain)

    def _start_new(self, folder: Path) -> None:
        self._wizard, self._was_open = None, True
        if folder != self.door.folder:
            self.door = replace(self.door, folder=folder)
            self._preferences.folder = folder
        self._show_desk(practice=False)

    def _restore_first(self, folder: Path) -> None:
        self.door = replace(self.door, folder=folder)
        self._show_copies(self.show_wizard)

    def _show_copies(self, back: Callable[[], None], kept: "KeptKey | None" = None) -> None:
        from vpdesk.ui.screens.damaged import DamagedScreen  # noqa: PLC0415 - seldom needed

        screen = DamagedScreen(self.worker, self.door, "", places=self._copies(), kept=kept)
        screen.opened.connect(self._opened)
        screen.leave.connect(back)
        self._show(screen, screen.first_focus(), guarded=True)

    def _copies(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys((*self._preferences.backup_places, usual_place(self.door.folder))))

    def _show_desk(self, *, practice: bool) -> Desk:
        desk = Desk(self.worker, preferences=self._preferences, door=self.door, practice=practice)
        desk.commands.restore.triggered.connect(lambda _checked=False: self.restore())
        desk.commands.lock.triggered.connect(lambda _checked=False: self.locking.lock())
        desk.commands.quit.triggered.connect(lambda _checked=False: self.leave())
        desk.settled.connect(self._settled)
        Mover(desk).moved.connect(self._moved)
        self.desk = desk
        self.window_.show_screen(desk)
        desk.navigate(Place(PageName.VANDAAG))
        return desk

    def _moved(self, folder: Path) -> None:
        """Lock, on the way to the folder where the vault stands now."""
        self.door = replace(self.door, folder=folder)
        self.locking.moved(f"De kluis staat nu in {folder}.\nOpen haar om verder te gaan.")

    def _settled(self) -> None:
        QTimer.singleShot(0, self.ready.emit)
        self.locking.guard()
        if self.desk is not None:
            later(self.desk, CHECK_AFTER, self._check_today)
            later(self.desk, OFFER_AFTER, partial(offer_back, self.desk))

    def _copy_behind(self, desk: Desk) -> None:
        """Make the copy that is due while the user works: a lock by the system left it for later."""
        if self.locking.leaving or self.desk is not desk:
            return

        def made(result: "BackupResult | None") -> None:
            if result is not None:
                desk.changes.tell(Topic.BACKUPS)

        progress = Progress(desk)
        self.worker.run(
            partial(copy_if_due, now=self.door.clock(), beside=self.door.folder, progress=progress),
            made,
            lambda error: desk.show_notice(error.sentence, "warning"),
            progress=progress,
        )

    def _check_today(self) -> None:
        """Look for damage once a day; only damage is worth a word."""
        if self.desk is not None:
            desk, looking = self.desk, Progress(self.desk)
            today = partial(check_today, now=self.door.clock())
            self.worker.run(today, self._checked, desk.show_failure, progress=looking)

    def _checked(self, damage: str) -> None:
        if damage and self.desk is not None:
            self.desk.show_damage(damage)

    def _guard(self, screen: Holding) -> None:
        if screen.holds and not self.locking.idle.watching:
            self.locking.guard()

    def _show(self, screen: QWidget, first: QWidget | None, *, guarded: bool = False) -> None:
        self._guarded = guarded
        self.window_.show_screen(screen, first)
        self.window_.painted.connect(self._painted_once)

    def _painted_once(self) -> None:
        self.window_.painted.disconnect(self._painted_once)
        QTimer.singleShot(0, self.ready.emit)
        if self._guarded:
            QTimer.singleShot(0, self.locking.guard)


def _stopped(reason: str) -> str:
    """Return why setting up begins anew, and what is to become of words that are on paper already."""
    first, *more = reason.splitlines()
    said = f"Het maken van uw kluis is gestopt {first[:1].lower()}{first[1:]} {_NOTHING_MADE}"
    return " ".join((said, *more))
