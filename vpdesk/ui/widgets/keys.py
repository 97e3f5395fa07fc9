"""A key hint, painted, which the top row needs before any field; and the key for a menu that Qt leaves out."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPen

from vpdesk.ui import theme


def asks_for_menu(event: QKeyEvent) -> bool:
    """Return whether Shift+F10 asks for the menu of a row: on Linux Qt answers to the menu key alone.

    On Windows the system itself makes a request for a menu of both.
    """
    pressed = event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return pressed and QGuiApplication.platformName() != "windows"


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
