"""How far cases came, for the window: bands in proportion where all is known, else three posts that look alike."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from vpdesk.domain.wording import number
from vpdesk.operations.trends import Band, PhaseFlow, equal_posts, in_proportion, phase_bands
from vpdesk.ui import theme
from vpdesk.ui.widgets.year_chart import paint_hidden

_LABELS: Final = 46
_BANDS: Final = 130
_POSTS: Final = 52
_COMBINED: Final = 34
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class PhaseChart(QWidget):
    """The phases of a year from left to right."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._flow: PhaseFlow | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_flow(self, flow: PhaseFlow | None) -> None:
        """Show other phases, or none: then nothing is left of those before."""
        self._flow = flow
        if flow is None:
            self.setAccessibleDescription("")
            return
        said = [f"{p.title}: {'niet genoemd' if p.value is None else number(p.value)}" for p in flow.posts]
        if flow.combined is not None:
            said.append(f"samen {number(flow.combined.value or 0)}")
        self.setAccessibleDescription(", ".join([*said, f"alle casussen {number(flow.total)}"]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of what is shown."""
        flow = self._flow
        drawn = flow is not None and in_proportion(flow)
        below = _BANDS if drawn else _COMBINED if flow is not None and flow.combined is not None else 0
        return QSize(theme.px(320), theme.px((_LABELS if drawn else _POSTS) + below))

    def minimumSizeHint(self) -> QSize:
        """Return the least width in which the names stand side by side."""
        return QSize(theme.px(320), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bands or posts."""
        del event
        if self._flow is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if in_proportion(self._flow):
            self._paint_bands(painter, self._flow)
        else:
            self._paint_posts(painter, self._flow)

    def _paint_bands(self, painter: QPainter, flow: PhaseFlow) -> None:
        scale = theme.px(100) / 100
        layout = phase_bands(flow, self.width() / scale)
        top = theme.px(_LABELS)

        def fill(band: Band, token: str) -> None:
            place = QRectF(band.x * scale, top + band.y * scale, band.width * scale, band.height * scale)
            painter.fillRect(place, theme.colour(token))

        for band in layout.onward:
            fill(band, "selected")
        for band in layout.stayed:
            fill(band, "sunken")
        for band, token in zip(layout.posts, ("phase_voorfase", "phase_meldingsfase", "phase_nafase"), strict=True):
            fill(band, token)
        stayed = [post.value or 0 for post in flow.posts]
        begun = (flow.total, stayed[1] + stayed[2], stayed[2])
        for post, band, count in zip(flow.posts, layout.posts, begun, strict=True):
            self._paint_label(painter, post.title, number(count), band.x * scale)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text"))
        for value, band in zip(stayed, layout.stayed, strict=False):
            below = max(band.height * scale / 2, theme.px(10))
            at = QRectF(
                band.x * scale + theme.px(8), top + band.y * scale + below - theme.px(10), theme.px(160), theme.px(20)
            )
            painter.drawText(at, _LEFT, f"{number(value)} bleven hier")

    def _paint_posts(self, painter: QPainter, flow: PhaseFlow) -> None:
        layout = equal_posts(flow, self.width())
        for post, x in zip(flow.posts, layout.x, strict=True):
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawLine(int(x), 0, int(x + layout.width), 0)
            self._paint_label(painter, post.title, "" if post.value is None else number(post.value), x)
            if post.value is None:
                paint_hidden(painter, QRectF(x, theme.px(23), theme.px(24), theme.px(18)))
        if flow.combined is None or layout.combined_x is None:
            return
        place = QRectF(layout.combined_x, theme.px(_POSTS), self.width() - layout.combined_x, theme.px(26))
        painter.fillRect(place, theme.colour("sunken"))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        inside = place.adjusted(theme.px(8), 0, -theme.px(8), 0)
        painter.drawText(inside, _LEFT, "Fasen met een streepje samen")
        painter.drawText(inside, _RIGHT, number(flow.combined.value or 0))

    def _paint_label(self, painter: QPainter, title: str, value: str, x: float) -> None:
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font("body"))
        painter.drawText(QRectF(x, 2, theme.px(200), theme.px(20)), _LEFT, title)
        painter.setFont(theme.font("body", 600))
        painter.drawText(QRectF(x, theme.px(22), theme.px(200), theme.px(20)), _LEFT, value)
