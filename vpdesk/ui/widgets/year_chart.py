"""Charts over years for the window: one line with its values below, and small panels of one scale."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vpdesk.domain.wording import number
from vpdesk.operations.trends import Bar, Panel, YearLineLayout, YearPoint, step_of, year_line
from vpdesk.ui import theme

_HIGH: Final = 150
_ABOVE: Final = 10
_BELOW: Final = 46
_SCALE: Final = 40  # at the left, for the values of the quiet lines
_MARGIN: Final = 24
_PANEL: Final = 64
_PANEL_TITLE: Final = 24
_LEAST_PANEL: Final = 250
_GAP: Final = 24
_CENTRED: Final = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def spoken(bars: Sequence[Bar]) -> str:
    """Return every year with its number, for who hears a chart."""
    return ", ".join(f"{bar.label}: {'niet genoemd' if bar.value is None else number(bar.value)}" for bar in bars)


def paint_hidden(painter: QPainter, rect: QRectF) -> None:
    """Paint the mark of a number that is not named: a dash on a soft ground, the same everywhere."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(rect, 2, 2)
    painter.setFont(theme.font("body"))
    painter.setPen(theme.colour("muted"))
    painter.drawText(rect, _CENTRED, "–")


class YearChart(QWidget):
    """The number of cases a year; a year without a number is a gap, which no line crosses."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_years(self, bars: Sequence[Bar]) -> None:
        """Show other years."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(spoken(self._bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of line, years and values."""
        return QSize(theme.px(320), theme.px(_ABOVE + _HIGH + _BELOW))

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which five years stand side by side."""
        return QSize(theme.px(280), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the quiet lines, the line and the values."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = theme.px(_SCALE), theme.px(_ABOVE)
        layout = year_line(
            self._bars,
            width=self.width() - left,
            height=theme.px(_HIGH),
            step=step_of(self._bars),
            margin=theme.px(_MARGIN),
        )
        painter.setFont(theme.font("small"))
        for value, y in layout.grid:
            painter.setPen(QPen(theme.colour("line" if value else "edge"), 1))
            painter.drawLine(QPointF(left, top + y), QPointF(self.width(), top + y))
            painter.setPen(theme.colour("muted"))
            at = QRectF(0, top + y - theme.px(10), left - theme.px(8), theme.px(20))
            painter.drawText(at, _RIGHT, number(value))
        _paint_line(painter, layout, QPointF(left, top), 2.0)
        for point in layout.points:
            _paint_year(painter, point, QPointF(left, top + theme.px(_HIGH)), point.bar.label)


class YearPanels(QWidget):
    """A small line for each theme, as many a row as there is room for, all on one scale."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._panels: tuple[Panel, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_panels(self, panels: Sequence[Panel]) -> None:
        """Show other themes."""
        self._panels = tuple(panels)
        self.setAccessibleDescription("; ".join(f"{panel.title}: {spoken(panel.points)}" for panel in panels))
        self._grow()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow where fewer stand side by side: a page that scrolls asks for no height by width."""
        super().resizeEvent(event)
        self._grow()

    def minimumSizeHint(self) -> QSize:
        """Return the width of one panel."""
        return QSize(theme.px(_LEAST_PANEL), 0)

    def _grow(self) -> None:
        rows = -(-len(self._panels) // self._across(self.width()))
        self.setFixedHeight(max(0, rows * theme.px(_PANEL_TITLE + _PANEL + _BELOW) + (rows - 1) * theme.px(_GAP)))

    def _across(self, width: int) -> int:
        gap = theme.px(_GAP)
        return max(1, (width + gap) // (theme.px(_LEAST_PANEL) + gap))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every panel in its place."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across, gap = self._across(self.width()), theme.px(_GAP)
        measure = (self.width() - gap * (across - 1)) / across
        high = theme.px(_PANEL_TITLE + _PANEL + _BELOW) + gap
        step = step_of(point for panel in self._panels for point in panel.points)
        for n, panel in enumerate(self._panels):
            row, column = divmod(n, across)
            _paint_panel(painter, panel, QRectF(column * (measure + gap), row * high, measure, high), step)


def _paint_panel(painter: QPainter, panel: Panel, rect: QRectF, step: int) -> None:
    title, high = theme.px(_PANEL_TITLE), theme.px(_PANEL)
    painter.setFont(theme.font("body", 600))
    painter.setPen(theme.colour("text"))
    words = theme.fitted(panel.title, int(rect.width()), "body", 600)
    painter.drawText(QRectF(rect.x(), rect.y(), rect.width(), theme.px(20)), _LEFT, words)
    layout = year_line(panel.points, width=rect.width(), height=high, step=step, margin=theme.px(_MARGIN))
    corner = QPointF(rect.x(), rect.y() + title)
    painter.setPen(QPen(theme.colour("edge"), 1))
    painter.drawLine(corner + QPointF(0, high), corner + QPointF(rect.width(), high))
    _paint_line(painter, layout, corner, 1.6)
    for point in layout.points:
        _paint_year(painter, point, corner + QPointF(0, high), f"’{point.bar.label[2:]}")


def _paint_line(painter: QPainter, layout: YearLineLayout, corner: QPointF, thick: float) -> None:
    ink = theme.colour("chart_1" if not theme.current().dark else "accent")
    painter.setPen(QPen(ink, thick))
    for start, end in layout.joined:
        painter.drawLine(corner + QPointF(start.x, start.y or 0), corner + QPointF(end.x, end.y or 0))
    painter.setBrush(theme.colour("surface"))
    for point in layout.points:
        if point.y is not None:
            painter.drawEllipse(corner + QPointF(point.x, point.y), 2 * thick, 2 * thick)


def _paint_year(painter: QPainter, point: YearPoint, axis: QPointF, words: str) -> None:
    """Paint a year and its value below the axis; the mark of a hidden number where there is none."""
    wide, line = theme.px(72), theme.px(20)
    place = QRectF(axis.x() + point.x - wide / 2, axis.y() + theme.px(2), wide, line)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.colour("muted"))
    painter.drawText(place, _CENTRED, words)
    below = place.translated(0, line)
    if point.bar.value is None:
        paint_hidden(painter, QRectF(below.center().x() - theme.px(12), below.y() + 1, theme.px(24), line - 2))
        return
    painter.setFont(theme.font("body", 600))
    painter.setPen(theme.colour("text"))
    painter.drawText(below, _CENTRED, number(point.bar.value))
