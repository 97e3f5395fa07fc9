"""How the window locks and ends: blank at once, what was typed kept, a copy that is due, then out of memory."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from vpdesk.domain.errors import VpdeskError
from vpdesk.ui.clipboard import forget_copied
from vpdesk.ui.copies import copy_if_due
from vpdesk.ui.desk import Desk
from vpdesk.ui.door import Door
from vpdesk.ui.idle import Idle
from vpdesk.ui.main_window import MainWindow
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.screens.frame import Blank
from vpdesk.ui.unsaved import Typed
from vpdesk.ui.worker import Progress, Worker

if TYPE_CHECKING:
    from vpdesk.ui.screens.stuck import Stuck
    from vpdesk.ui.system.port import Away, SystemWatch

_COPY_AT_MOST: Final = 10_000
_GRACE: Final = 1_000  # a stick that hangs hears no cancelling
_MOMENT: Final = 400
_PATIENCE, _HASTE = 10.0, 2.0  # seconds for the vault to answer and to close; a system about to sleep waits for five
_KEPT: Final = "Wat u typte, is bewaard."
_DIALOG_LOST: Final = "Wat u in een klein venster typte, is niet bewaard."
_KEPT_BUT_DIALOG: Final = "Wat u op de pagina typte, is bewaard; wat u in een klein venster typte niet."


@dataclass(frozen=True, slots=True)
class Ends:
    """How a session ends: `restart(reason)` replaces the process after a lock, `leave()` ends the program.

    `anew(reason)` replaces it where there is no vault yet: it begins at the first step of setting up.
    """

    restart: Callable[[str], None]
    leave: Callable[[], None]
    anew: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Now:
    """What the window holds at the moment that is asked for: the desk, None where there is none, and the way in.

    Without a desk `holds` tells whether there are secrets all the same, `put_away` lets go of what is half made, and
    `end` goes on, with a reason, once the vault thread is done with that.
    """

    desk: Callable[[], Desk | None]
    door: Callable[[], Door]
    holds: Callable[[], bool]
    put_away: Callable[[], None]
    end: Callable[[str], None]


class Locking(QObject):
    """Watches whether the user is there, and leaves the desk when not, or when the user asks.

    The screens before and between two vaults are left in the same ways, as soon as they hold a secret.
    """

    def __init__(
        self,
        window: MainWindow,
        worker: Worker,
        now: Now,
        *,
        preferences: Preferences,
        ends: Ends,
        watch: "Callable[[int], SystemWatch] | None",
    ) -> None:
        """Take the parts; `watch` makes what tells that the user left, for the handle of the window."""
        super().__init__(window)
        self._window, self._worker, self._now = window, worker, now
        self._preferences = preferences
        self._ends = ends
        self.leaving = False
        self.stuck: Stuck | None = None
        self.make_watch = watch
        self._hurried = False
        self._watch: SystemWatch | None = None
        self._clock = now.door().clock
        self.idle = Idle(lambda: preferences.idle_minutes, self._clock, parent=self)
        self.idle.elapsed.connect(self._lock_idle)
        self.idle.lock_asked.connect(self.lock)

    def guard(self) -> None:
        """Look from now on whether the user is there."""
        self.idle.start()
        QTimer.singleShot(0, self._start_watch)

    def lock(self, reason: str = "") -> None:
        """Blank at once; keep drafts, make a copy that is due, then replace the process."""
        from vpdesk.ui.dialog_text import typed_in_dialog  # noqa: PLC0415 - the first paint needs it not

        said = f"Om {self._clock():%H:%M}{reason}."
        if self._now.desk() is not None:
            fate = _KEPT_BUT_DIALOG if typed_in_dialog(self._window) else _KEPT
            self._leave_desk(f"{said}\n{fate}", self._ends.restart)
        elif self._now.holds():
            self._leave_screen(said)

    def away(self, why: "Away") -> None:
        """Lock since the system tells that the user left: no copy now, it follows after the next opening.

        Where the window is locking or closing already, that goes on without its copy.
        """
        if self._now.desk() is not None or self._now.holds():
            self._hurried = True
            Progress.cancel_all()
        self.lock(f", {why.value}")

    def leave(self) -> None:
        """End the program the same way; where the last text can't be kept, ask what is to become of it."""
        if self.stuck is not None:
            self.stuck.ask()
        elif self._now.desk() is None:
            if not self.leaving:
                self.finish(lambda _reason: self._ends.leave(), "")
        else:
            self._leave_desk("", lambda _reason: self._ends.leave())

    def moved(self, sentence: str) -> None:
        """Lock on the way to the folder where the vault stands now."""
        self.leaving = True
        self.idle.stop()
        self._window.show_screen(Blank())
        self.finish(self._ends.restart, sentence)

    def typed(self) -> Typed:
        """Return everything that was typed and is not known to be in the vault."""
        return Typed.at(self._now.desk(), self._now.door().clock())

    def finish(self, end: Callable[[str], None], reason: str) -> None:
        """Close the vault and end so."""
        self._worker.close(_HASTE if self._hurried else _PATIENCE)
        self._window.keep_geometry()
        forget_copied()  # leaving the wizard comes by here only
        end(f"{reason}\n{self._worker.cut_short}".rstrip() if reason else "")

    def _lock_idle(self) -> None:
        minutes = self._preferences.idle_minutes
        self.lock(f", na {minutes} minuten zonder gebruik")
        if not self.leaving:  # there was nothing to leave yet
            self.idle.start()

    def _start_watch(self) -> None:
        if self.make_watch is not None and not self.leaving:
            self._stop_watch()  # of the vault before this one
            self._watch = self._watch or self.make_watch(int(self._window.winId()))
            self._watch.start(self.away)

    def _stop_watch(self) -> None:
        if self._watch is not None:
            self._watch.stop()

    def _leave_desk(self, reason: str, end: Callable[[str], None]) -> None:
        if not self.leaving:
            self.leaving = True
            typed = self.typed()
            self._keep(typed, self._blank(), reason, end)

    def _leave_screen(self, reason: str) -> None:
        if not self.leaving:
            self.leaving = True
            self._now.put_away()
            blank = self._blank()
            later(blank, 0, lambda: self.finish(self._now.end, reason))  # after it reached the display

    def _blank(self) -> Blank:
        """Take everything off the display, and stop what is under way."""
        self.idle.stop()
        forget_copied()
        self._worker.forget()
        blank = Blank()
        self._window.keep_geometry()
        self._window.show_screen(blank)
        for other in QApplication.topLevelWidgets():  # dialogs and menus show as much as the window did
            if other is not self._window:
                other.hide()
        self._window.repaint()
        return blank

    def _keep(self, typed: Typed, blank: Blank, reason: str, end: Callable[[str], None]) -> None:
        self.stuck = None
        waiting = QObject(blank)

        def give_up() -> None:
            self._stop_watch()  # sleep need not wait for it
            if not typed:
                self._hurried = True
                self.finish(end, reason)

        def answered(then: Callable[[], None]) -> None:
            waiting.deleteLater()
            then()

        later(waiting, round((_HASTE if self._hurried else _PATIENCE) * 1000), give_up)
        self._worker.run(
            typed.save,
            lambda _saved: answered(lambda: self._copy_if_due(blank, reason, end)),
            lambda error: answered(lambda: self._not_kept(error, typed, blank, reason, end)),
        )

    def _not_kept(
        self, error: VpdeskError, typed: Typed, blank: Blank, reason: str, end: Callable[[str], None]
    ) -> None:
        from vpdesk.ui.screens.stuck import Stuck  # noqa: PLC0415 - seldom needed

        def kept_elsewhere(said: str) -> None:
            self.stuck = None
            lost = f" {_DIALOG_LOST}" if reason.endswith(_KEPT_BUT_DIALOG) else ""
            self._copy_if_due(blank, reason and f"{reason.splitlines()[0]}\n{said}{lost}", end)

        self._stop_watch()  # sleep need not wait for what can't be written
        self.stuck = stuck = Stuck(self._worker, typed, error, leaving=not reason)
        stuck.again.connect(lambda: self._keep(typed, blank, reason, end))
        stuck.kept.connect(kept_elsewhere)
        stuck.leave.connect(lambda: self.finish(lambda _reason: self._ends.leave(), ""))
        blank.place.addWidget(stuck)
        stuck.retry.setFocus()

    def _copy_if_due(self, blank: Blank, reason: str, end: Callable[[str], None]) -> None:
        if self._hurried:
            self.finish(end, reason)
            return
        progress = Progress(self)

        def finish(_outcome: object = None) -> None:
            progress.deleteLater()
            self.finish(end, reason)

        def give_up() -> None:
            self._hurried = True
            finish()

        later(progress, _COPY_AT_MOST, progress.cancel)
        later(progress, _COPY_AT_MOST + _GRACE, give_up)
        blank.say_after(_MOMENT, "De reservekopie loopt nog. vpdesk sluit zodra die klaar is.")
        self._worker.run(
            partial(
                copy_if_due,
                now=self._now.door().clock(),
                beside=self._now.door().folder,
                progress=progress,
                quitting=not reason,  # a lock always says why
            ),
            finish,
            finish,
            progress=progress,
        )


def later(owner: QObject, milliseconds: int, call: Callable[[], None]) -> None:
    """Call something after a while, unless its owner is gone by then."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(call)
    timer.start(milliseconds)
