"""Messages that stay until dealt with, the passing line at the foot of the window, and progress with a way out."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.labels import Label

_SIGNS: Final = {
    "info": ("info", "accent"),
    "ok": ("kluis", "ok"),
    "warning": ("let_op", "warning"),
    "danger": ("let_op", "danger"),
}
_READING: Final = 7000
_READING_UNDO: Final = 10000
_PATIENCE: Final = 400


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

    It stands in the layout below the page, which makes room for it: laid over the page it would cover controls.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        self._label = Label(wraps=True)
        self._undo = Button("Ongedaan maken", QUIET, size=28)
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

    def _take_back(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()


class ProgressLine(QWidget):
    """A thin bar with a sentence and *Annuleren*; appears when work takes longer than a moment.

    `stop` is another word for *Annuleren*.
    `start(text)` and `finish()` enclose the work; connect `Progress.moved` to `advance`.
    """

    cancelled = Signal()

    def __init__(self, *, can_cancel: bool = True, stop: str = "Annuleren", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Label("", "small", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = Button(stop, QUIET, size=28)
        self._cancel.setVisible(can_cancel)
        self._cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def start(self, text: str) -> None:
        """Begin: after a moment the bar appears with this sentence."""
        self._label.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)
        self._timer.start(_PATIENCE)

    def advance(self, done: int, total: int) -> None:
        """Show how far the work is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def finish(self) -> None:
        """The work ended, well or not."""
        self._timer.stop()
        self.hide()
