"""Messages that stay until dealt with, the passing line at the foot of the window, and progress with a way out."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from vpdesk.domain.wording import counted
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.ui.context import Say

_SIGNS: Final = {
    "info": ("info", "accent"),
    "ok": ("kluis", "ok"),
    "warning": ("let_op", "warning"),
    "danger": ("let_op", "danger"),
}
_READING: Final = 7000
_READING_UNDO: Final = 10000
_PATIENCE: Final = 400
_TICK: Final = 500
_LONG: Final = 3  # seconds
_STANDS_STILL: Final = 10  # seconds
_MINUTE: Final = 60

NOTHING_TO_UNDO: Final = "Er is nu niets om ongedaan te maken."
MORE_TIME: Final = "Dit deel kost meer tijd."


def announce(widget: QWidget) -> None:
    """Let screen readers say the name of a widget once."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # noqa: PLC0415 - its many names cost time at the start

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


class Message(QFrame):
    """A sentence on a tint with its sign. `kind`: info, ok, warning, danger; `start` is said in bold first.

    At most one button at the right.
    """

    def __init__(
        self, text: str, kind: str = "info", *, start: str = "", button: Button | None = None, icon: str = ""
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(12)
        self._icon = Icon("info")
        self._chosen_icon = icon
        self._label = Label(wraps=True)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        beside = Qt.AlignmentFlag.AlignTop if button is None else Qt.AlignmentFlag.AlignVCenter
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | beside)
        row.addWidget(self._icon, 0, beside)
        row.addWidget(self._label, 1)
        if button is not None:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_text(text, kind, start=start)

    def show_text(self, text: str, kind: str = "info", *, start: str = "") -> None:
        """Change what is said, and say it to screen readers."""
        sign, ink = _SIGNS[kind]
        self._icon.show_icon(self._chosen_icon or sign, ink)
        self.setProperty("kind", kind)
        self.style().polish(self)
        bold = f"<b style='font-weight:600'>{_plain(start)}</b> " if start else ""
        self._label.setText(bold + _plain(text))
        self.setAccessibleName(f"{start} {text}".strip())
        announce(self)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")


class Toast(QFrame):
    """A line that goes by itself, with *Ongedaan maken* where that is possible.

    It stands in the layout below the page, which makes room for it: laid over the page it would cover controls. It
    belongs to that page: `leave` takes it away, but not what was said in the same turn, by what leads to the next page.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        self._label = Label(wraps=True)
        keys = QKeySequence(QKeySequence.StandardKey.Undo).toString(QKeySequence.SequenceFormat.NativeText)
        self._undo = Button("Ongedaan maken", QUIET, keys=keys, size=28)
        self._undo.clicked.connect(self._take_back)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(16)
        row.addWidget(self._label, 1)
        row.addWidget(self._undo)
        self._call: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self.hide()

    @property
    def text(self) -> str:
        """What the line says."""
        return self._label.text()

    def say(self, text: str, *, undo: Callable[[], None] | None = None) -> None:
        """Show a sentence for as long as it takes to read."""
        self._call = undo
        self._label.setText(text)
        self._undo.setVisible(undo is not None)
        self.setAccessibleName(text)
        self.show()
        announce(self)
        self._timer.start(_READING_UNDO if undo else _READING)
        self._turn.start(0)

    def leave(self) -> None:
        """Go, since the user goes on to something else."""
        if not self._turn.isActive():
            self._timer.stop()
            self._call = None
            self.hide()

    def hand_on(self, say: "Say") -> None:
        """Let another one say on what stands here, with what it can take back; nothing where this line is hidden."""
        if not self.isHidden():
            call = self._call
            self._timer.stop()
            self._call = None
            self.hide()
            say(self.text, undo=call)

    def undo(self) -> None:
        """Take back what was typed where the keyboard is, or else what this line still offers to take back."""
        focused = QApplication.focusWidget()
        typed = getattr(focused, "undo", None)
        if callable(typed) and not getattr(focused, "isReadOnly", bool)():
            typed()
        elif self._call is not None and self.isVisible():
            self._take_back()
        else:
            self.say(NOTHING_TO_UNDO)

    def _take_back(self) -> None:
        self.hide()
        call, self._call = self._call, None
        if call is not None:
            call()


class ProgressLine(QWidget):
    """A thin bar with a sentence and *Annuleren*; appears when work takes longer than a moment.

    `stop` is another word for *Annuleren*.
    `start(text)` and `finish()` enclose the work; connect `Progress.moved` to `advance`. With `timed` it says how long
    the work takes so far, and when the bar stands still: for work of which nobody can tell how far it is all the time.
    """

    cancelled = Signal()

    def __init__(
        self,
        *,
        can_cancel: bool = True,
        stop: str = "Annuleren",
        timed: bool = False,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._clock, self._timed = clock, timed
        self._began = self._moved = 0.0
        self._label = Label("", "small", "muted", wraps=timed)
        self._taken = Label("", "small", "muted")
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._taken.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel = Button(stop, QUIET, size=28)
        self.cancel.setVisible(can_cancel)
        self.cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout()
        column.setSpacing(4)
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(self._label, 1)
        said.addWidget(self._taken)
        column.addLayout(said)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self.cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK)
        self._ticks.timeout.connect(self._say_time)
        self.hide()

    @property
    def said(self) -> str:
        """What stands above the bar."""
        return f"{self._label.text()} {self._taken.text()}".strip()

    def start(self, text: str) -> None:
        """Begin: after a moment the bar appears with this sentence."""
        self._text = text
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)
        self._began = self._moved = self._clock()
        self._say_time()
        self._timer.start(_PATIENCE)
        if self._timed:
            self._ticks.start()

    def advance(self, done: int, total: int) -> None:
        """Show how far the work is."""
        if (done, total) != (self._bar.value(), self._bar.maximum()):
            self._moved = self._clock()
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def finish(self) -> None:
        """The work ended, well or not."""
        self._timer.stop()
        self._ticks.stop()
        self.hide()

    def _say_time(self) -> None:
        """Say how long it takes, once that is long, and that the bar stands still while the work goes on."""
        now = self._clock()
        stands_still = self._timed and now - self._moved >= _STANDS_STILL
        self._label.setText(f"{self._text} {MORE_TIME}" if stands_still else self._text)
        taken = int(now - self._began)
        self._taken.setText(_in_words(taken) if self._timed and taken >= _LONG else "")


def _in_words(seconds: int) -> str:
    """Return *12 seconden*, *1 minuut*, *2 minuten en 5 seconden*."""
    minutes, seconds = divmod(seconds, _MINUTE)
    parts = [counted(minutes, "minuut", "minuten")] if minutes else []
    parts += [counted(seconds, "seconde", "seconden")] if seconds else []
    return " en ".join(parts)
