"""Painted bars: one that shares out a whole, and rows of them on one scale; what they show is said in words too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QWidget

from vpdesk.ui import theme
from vpdesk.ui.widgets.labels import Label

_HIGH: Final = 28
_GAP: Final = 12
_SWATCH: Final = 12
_ROUNDING: Final = 3  # a text in exactly its own width is cut where that was rounded down
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: how much, and the token of its colour."""

    amount: int
    token: str


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar with the words before and after it."""

    label: str
    parts: tuple[Part, ...]
    value: str

    @property
    def total(self) -> int:
        """How long the bar is."""
        return sum(part.amount for part in self.parts)


def paint_parts(painter: QPainter, rect: QRectF, parts: Sequence[Part], *, radius: float = 4) -> None:
    """Paint parts that together fill a rectangle, each outlined, so that pale steps keep their edge."""
    total = sum(part.amount for part in parts)
    if not total or rect.width() < 1:
        return
    outline = QPainterPath()
    outline.addRoundedRect(rect, radius, radius)
    painter.save()
    painter.setClipPath(outline)
    so_far = 0
    for part in parts:
        first, so_far = round(rect.width() * so_far / total), so_far + part.amount
        width = round(rect.width() * so_far / total) - first
        left = round(rect.left()) + first
        painter.fillRect(QRectF(left, rect.top(), width + 1, rect.height()), theme.colour(part.token))
        if first and part.amount:
            painter.fillRect(QRectF(left, rect.top(), 1, rect.height()), theme.colour("text"))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("text"), 1))
    painter.drawPath(outline)


def paint_swatch(painter: QPainter, rect: QRect, token: str) -> None:
    """Paint the square that stands for a colour beside its word."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("text" if token.startswith("chart_") else "control"), 1))
    painter.setBrush(theme.colour(token))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    painter.restore()


class Swatch(QWidget):
    """A square in the colour of a part; the word beside it is what a screen reader says."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        theme.measure(self, "setFixedSize", _SWATCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        del event
        paint_swatch(QPainter(self), self.rect(), self._token)


class Legend(QWidget):
    """Swatch, word, amount and share of one part."""

    def __init__(self, word: str, token: str) -> None:
        super().__init__()
        self.word = word
        self._amount = Label("", "body")
        self._share = Label("", "body", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(Swatch(token))
        row.addWidget(Label(word, "strong"))
        row.addWidget(self._amount)
        row.addWidget(self._share)

    def say(self, amount: str, share: str) -> None:
        """Show how much, and which share that is."""
        self._amount.setText(amount)
        self._share.setText(share)
        self.setAccessibleName(f"{self.word}: {amount}, {share}")


class ShareBar(QWidget):
    """One bar over the whole width."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[Part], spoken: str) -> None:
        """Show parts; `spoken` says them."""
        self._parts = tuple(parts)
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the bar."""
        return QSize(240, theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which the parts can be told apart."""
        return QSize(120, theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the parts."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_parts(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._parts)


class BarRows(QWidget):
    """Bars under each other that begin at zero and share one scale, each with its words before and its value behind."""

    def __init__(self, name: str, *, row_height: int = 26, thick: int = 15, beside: bool = True) -> None:
        """With `beside` the value stands at the end of its bar, otherwise against the right edge."""
        super().__init__()
        self._rows: tuple[BarRow, ...] = ()
        self._high, self._thick, self._beside = row_height, thick, beside
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[BarRow]) -> None:
        """Replace the bars."""
        self._rows = tuple(rows)
        self.setAccessibleDescription("; ".join(f"{row.label}: {row.value}" for row in rows))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(240, theme.px(self._high) * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which words, bar and value stand."""
        return QSize(theme.px(200), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Tell the whole of a label that is cut."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = event.pos().y() // max(1, theme.px(self._high))
            row = self._rows[at] if 0 <= at < len(self._rows) else None
            cut = row is not None and theme.width_of(row.label) > self._label_width()
            QToolTip.showText(event.globalPos(), row.label if row is not None and cut else "", self)
            return True
        return super().event(event)

    def _label_width(self) -> int:
        wanted = max((theme.width_of(row.label) for row in self._rows), default=0)
        return min(wanted + _ROUNDING, self.width() // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint label, bar and value of each row."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, thick, words = theme.px(self._high), theme.px(self._thick), self._label_width()
        value = max((theme.width_of(row.value) for row in self._rows), default=0)
        left = words + _GAP
        room = max(0, self.width() - left - value - _GAP)
        most = max((row.total for row in self._rows), default=0)
        for number, row in enumerate(self._rows):
            top = number * high
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRect(0, top, words, high), _LEFT, theme.fitted(row.label, words))
            width = room * row.total / most if most else 0
            bar = QRectF(left + 0.5, top + (high - thick) / 2 + 0.5, max(width - 1, 0), thick - 1)
            paint_parts(painter, bar, row.parts, radius=3)
            painter.setPen(theme.colour("text"))
            if self._beside:
                at = QRect(round(left + width) + _GAP - 2, top, value + 2, high)
                painter.drawText(at, _LEFT, row.value)
            else:
                painter.drawText(QRect(self.width() - value, top, value, high), _RIGHT, row.value)
