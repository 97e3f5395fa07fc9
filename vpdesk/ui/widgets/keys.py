"""A key hint, painted; the top row needs it before any field."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from vpdesk.ui import theme


def paint_key(painter: QPainter, rect: QRect, keys: str) -> int:
    """Paint a key hint against the right edge of a rectangle and return its width."""
    chosen = theme.font("hint")
    width, height = QFontMetrics(chosen).horizontalAdvance(keys) + 12, theme.px(18)
    box = QRectF(rect.right() - width, rect.center().y() - height / 2 + 0.5, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("edge"), 1))
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.colour("muted"))
    painter.setFont(chosen)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), keys)
    return width
