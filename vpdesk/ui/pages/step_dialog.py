"""A change of how the vault opens, in clear steps: what the user gives, the new key with a way to stop, a new copy."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from vpdesk.domain.errors import CancelledError, VpdeskError, WordsMistypedError
from vpdesk.domain.wording import moment
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.copies import backup_now
from vpdesk.ui.screens.frame import empty
from vpdesk.ui.screens.wizard_steps import Step
from vpdesk.ui.screens.wizard_words import TypeBackStep
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.fitted import FittedDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from vpdesk.operations.backups import BackupResult
    from vpdesk.operations.vaults import Vault

_SIZE: Final = QSize(760, 620)
_FRAME: Final = 48
NO_COPY: Final = (
    "Doe een stick met kopieën in de laptop of kies op de pagina Kluis een andere plaats, en maak daar een kopie."
)


class TextStep(Step):
    """Says what is going to happen before anything does."""

    def __init__(self, title: str, intro: str, *, next_text: str) -> None:
        super().__init__("", title, intro)
        self.next_text = next_text

    def say(self, text: str, kind: str = "info", *, start: str = "") -> None:
        """Add a message below."""
        self.body.addWidget(Message(text, kind, start=start))

    def first_focus(self) -> QWidget:
        """Return the window: its button answers to Enter."""
        return self.window()


class DoneStep(Step):
    """What holds from now on, and whether there is a copy of it."""

    next_text = "Sluiten"

    def __init__(self, title: str) -> None:
        super().__init__("", title, "")
        self.said = Message("", "ok")
        self.again = Button("Kopie nu maken", icon="schijf")
        self.body.addWidget(self.said)
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.again.hide()

    def first_focus(self) -> QWidget:
        """Return the button that makes the copy after all, where there is none."""
        return self.window() if self.again.isHidden() else self.again


class StepDialog(FittedDialog):
    """Walks through its steps, then carries out `change` and makes a copy at once; the last step says how that went.

    Nothing is changed before the last input step, contents stay when something fails, and *Annuleren* while the new key
    is made leaves everything as it was.
    """

    changing = "De kluis krijgt een nieuwe sleutel"
    done_text = ""
    lacks_copy = "De wijziging geldt, maar er is nog geen reservekopie van na de wijziging."

    def __init__(self, context: Context, parent: QWidget, name: str, steps: Sequence[Step]) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._context = context
        self._running: Progress | None = None
        self._wrong = ""
        self._changed = False
        self.done_step = DoneStep(name)
        self.steps = (*steps, self.done_step)
        self.back = Button("Annuleren")
        self.next = Button("Verder", PRIMARY)
        self.next.setDefault(True)
        self.progress = ProgressLine()
        self._stack = QStackedWidget()
        self._notice = QVBoxLayout()
        self._missing = Label("", "small", "muted")
        self._lay_out()
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.progress.cancelled.connect(self._cancel)
        self.done_step.again.clicked.connect(self._copy)
        for step in self.steps:
            step.changed.connect(self._show_buttons)
            step.entered.connect(self._go_on)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.next.click)
        self.show_step(0)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self._stack.currentIndex()]

    @property
    def wrong(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return self._wrong

    def change(self, progress: Progress) -> "Callable[[Vault], object]":
        """Return the operation that carries out the change, with what was typed filled in; each dialog has its own."""
        return lambda _vault: progress

    def words_to_try(self) -> str:
        """Return the words with which the new copy is opened to be sure, empty where no new words were made."""
        return ""

    def leave_step(self, number: int) -> None:
        """Prepare the next step when the user goes on from one."""

    def forget(self) -> None:
        """Let go of what was shown and typed."""

    def reject(self) -> None:
        """Stop what runs, or close; after the change has been made there is nothing to go back to."""
        if self._running is not None:
            self._cancel()
        else:
            self.forget()
            super().reject()

    def show_step(self, number: int) -> None:
        """Show a step and put the keyboard where it begins."""
        self.say_wrong("")
        self._stack.setCurrentIndex(number)
        for step in self.steps:
            if step.foot is not None:
                step.foot.setVisible(step is self.step)
        self.step.appear()
        self.scrolled.verticalScrollBar().setValue(0)
        self._show_buttons()
        first = self.step.first_focus()
        (self.next if first is self else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, sentence: str) -> None:
        """Show a sentence above the buttons, or take it away when it is empty."""
        empty(self._notice)
        self._wrong = sentence
        if sentence:
            self._notice.addWidget(Message(sentence, "danger"))

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 20, 20, 20)
        outer.setSpacing(12)
        for step in self.steps:
            self._stack.addWidget(step)
        self.scrolled.column.addWidget(self._stack, 1)
        outer.addWidget(self.scrolled, 1)
        for step in self.steps:
            if step.foot is not None:
                held = QHBoxLayout()
                held.setContentsMargins(4, 0, 4, 0)
                held.addWidget(step.foot)
                outer.addLayout(held)
        outer.addLayout(self._notice)
        outer.addWidget(self.progress)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        row.addWidget(self._missing)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        outer.addLayout(row)
        room = self.screen().availableGeometry().size() - QSize(_FRAME, _FRAME)
        self.resize(QSize(theme.px(_SIZE.width()), theme.px(_SIZE.height())).boundedTo(room))

    def _show_buttons(self) -> None:
        number = self._stack.currentIndex()
        busy = self._running is not None
        self.back.setText("Terug" if number else "Annuleren")
        self.back.setAccessibleName(self.back.text())
        self.back.updateGeometry()
        self.back.setVisible(not self._changed)
        self.back.setEnabled(not busy)
        self.next.setText(self.step.next_text)
        self.next.setAccessibleName(self.next.text())
        self.next.updateGeometry()
        self.next.setEnabled(not self.step.missing and not busy)
        self._missing.setText(self.step.missing)

    def _go_back(self) -> None:
        number = self._stack.currentIndex()
        if number:
            self.show_step(number - 1)
        else:
            self.reject()

    def _go_on(self) -> None:
        if not self.next.isEnabled():
            return
        number = self._stack.currentIndex()
        if self.step is self.done_step:
            self.forget()
            self.accept()
        elif number + 2 < len(self.steps):
            self.leave_step(number)
            self.show_step(number + 1)
        else:
            self._carry_out()

    def _start(self, sentence: str) -> Progress:
        self.say_wrong("")
        running = self._running = Progress(self)
        running.moved.connect(self.progress.advance)
        self.progress.start(sentence)
        self._show_buttons()
        return running

    def _end(self) -> None:
        self.progress.finish()
        self._running = None
        self._show_buttons()

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _carry_out(self) -> None:
        running = self._start(self.changing)
        self._context.worker.run(self.change(running), self._holds, self._stuck)

    def _stuck(self, error: VpdeskError) -> None:
        self._end()
        self.say_wrong(error.sentence)
        position = error.position if isinstance(error, WordsMistypedError) else None
        if position is not None and isinstance(self.step, TypeBackStep):
            self.step.mark(position)
        else:
            first = self.step.first_focus()
            (self.next if first is self else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _holds(self, _result: object) -> None:
        self._end()
        self._changed = True
        self._context.changes.tell(Topic.ACCESS)
        self.show_step(len(self.steps) - 1)
        self.done_step.said.show_text("Er wordt meteen een reservekopie gemaakt.", "ok", start=self.done_text)
        self._copy()

    def _copy(self) -> None:
        self.done_step.again.hide()
        running = self._start("De kluis wordt gekopieerd, geopend en gecontroleerd")
        context = self._context
        self._context.worker.run(
            partial(
                _copied,
                now=context.clock(),
                beside=context.door.folder,
                progress=running,
                words=self.words_to_try(),
            ),
            self._has_copy,
            self._has_no_copy,
        )

    def _has_copy(self, result: "BackupResult") -> None:
        self._end()
        now = self._context.clock()
        opened = "met uw nieuwe woorden geopend" if self.words_to_try() else "geopend"
        away = [place.message for place in result.places if place.message]
        text = " ".join(
            (f"De reservekopie van {moment(now, now.date())} is gemaakt, {opened} en gecontroleerd.", *away)
        )
        self.done_step.said.show_text(f"{text} {self.after_copy()}".strip(), "ok", start=self.done_text)
        self._context.changes.tell(Topic.BACKUPS)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def after_copy(self) -> str:
        """Return what else must be known once there is a copy."""
        return ""

    def _has_no_copy(self, error: VpdeskError) -> None:
        self._end()
        why = "De kopie is gestopt." if isinstance(error, CancelledError) else error.sentence
        self.done_step.said.show_text(f"{why} {self.without_copy()}", "warning", start=self.lacks_copy)
        self.done_step.again.show()
        self._context.changes.tell(Topic.BACKUPS)
        self.done_step.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def without_copy(self) -> str:
        """Return what to do while there is no copy."""
        return NO_COPY


def _copied(vault: "Vault", *, now: "datetime", beside: "Path", progress: Progress, words: str) -> "BackupResult":
    """Make a copy and, where new words were made, open it with them as on another laptop."""
    from vpdesk.operations.backups import verify_backup  # noqa: PLC0415 - loaded when used

    result = backup_now(vault, now=now, beside=beside, progress=progress)
    if words:
        verify_backup(result.path, words=words)
    return result
