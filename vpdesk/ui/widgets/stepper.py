"""The stepper: where a case stands, by shape, word and colour, with the dates of its phases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from vpdesk.domain.phases import Phase
from vpdesk.ui import icons, theme
from vpdesk.ui.widgets.lists import keyboard_focus
from vpdesk.ui.widgets.messages import announce

_NODE: Final = 28
_LAST: Final = 96  # room for the words of the last phase
_LINE: Final = 18
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Step:
    """One phase: `state` is past, now or future; `dates` such as *sinds 1 sep, dag 17*.

    `earlier` are the days of a visit that no longer counts; they are said, not painted.
    """

    phase: Phase
    state: str
    dates: str = ""
    earlier: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        word = {"past": "geweest", "now": "nu", "future": "nog niet"}[self.state]
        dates = (self.dates, f"eerder {self.earlier}" if self.earlier else "")
        return ", ".join(part for part in (f"{self.phase.value}: {word}", *dates) if part)


class Stepper(QWidget):
    """The four phases on a line. One tab stop; the arrows read out each phase with its dates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._read = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Fase van de casus")

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show phases in their order."""
        self._steps = tuple(steps)
        self._read = next((n for n, step in enumerate(steps) if step.state == "now"), 0)
        self.setAccessibleDescription("; ".join(step.spoken for step in steps))
        self.setToolTip("\n".join(step.spoken for step in steps if step.earlier))
        self.updateGeometry()
        self.update()

    @property
    def reading(self) -> str:
        """What was read out last."""
        return self._steps[self._read].spoken if self._steps else ""

    def sizeHint(self) -> QSize:
        """Return the height of node, word and dates."""
        return QSize(560, theme.px(_NODE + 2 + 20) + self._dates_height())

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which words stay whole."""
        return QSize(theme.px(420), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out the phase before or after."""
        move = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if move is None or not self._steps:
            super().keyPressEvent(event)
            return
        self._read = min(max(self._read + move, 0), len(self._steps) - 1)
        self.setAccessibleName(self.reading)
        announce(self)
        at = self.mapToGlobal(QPointF(self._x(self._read), self.height()).toPoint())
        QToolTip.showText(at, self.reading, self)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint lines, nodes, words and dates."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, step in enumerate(self._steps):
            self._paint_step(painter, number, step)
        if self.hasFocus() and keyboard_focus(self) and self._steps:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            node = theme.px(_NODE)
            painter.drawEllipse(QPointF(self._x(self._read) + node / 2, node / 2 + 1), node / 2 - 1, node / 2 - 1)

    def _dates_height(self) -> int:
        """Two lines where dates are too long for the narrowest place, which is that of the last phase."""
        long = any(theme.width_of(step.dates, "small") > theme.px(_LAST) for step in self._steps)
        return theme.px(_LINE) * (2 if long else 1)

    def _room(self, number: int) -> int:
        last = number + 1 == len(self._steps)
        return (self.width() if last else self._x(number + 1) - 12) - self._x(number)

    def _x(self, number: int) -> int:
        room = self.width() - theme.px(_LAST)
        return number * room // max(1, len(self._steps) - 1)

    def _paint_step(self, painter: QPainter, number: int, step: Step) -> None:
        node, x = theme.px(_NODE), self._x(number)
        ink, tint = f"phase_{step.phase.value}", f"phase_{step.phase.value}_bg"
        centre = QPointF(x + node / 2, node / 2 + 1)
        if number + 1 < len(self._steps):
            passed = step.state == "past"
            painter.setPen(QPen(theme.colour("muted" if passed else "line"), 2))
            painter.drawLine(QPointF(x + node + 6, centre.y()), QPointF(self._x(number + 1) - 6, centre.y()))
        edge, fill, glyph, width = {
            "past": ("muted", "surface", "muted", 1.0),
            "now": (ink, tint, ink, 2.0),
            "future": ("line", "surface", "disabled", 1.0),
        }[step.state]
        painter.setPen(QPen(theme.colour(edge), width))
        painter.setBrush(theme.colour(fill))
        painter.drawEllipse(centre, node / 2 - 1, node / 2 - 1)
        box = QRect(x, 1, node, node)
        icons.paint(painter, box, icons.of_phase(step.phase), glyph, theme.px(10))
        painter.setFont(theme.font("body", 600 if step.state == "now" else 400))
        painter.setPen(theme.colour("muted" if step.state == "future" else "text"))
        top = node + 4
        painter.drawText(x, top, self.width() - x, theme.px(20), _MIDDLE, step.phase.value.capitalize())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("muted"))
        room = self._room(number)
        lines = 1 if theme.width_of(step.dates, "small") <= room else 2
        wrapped = int(_MIDDLE) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(x, top + theme.px(20), room, theme.px(_LINE) * lines, wrapped, step.dates)
