"""Icons: drawings tinted from the palette at the moment they are painted, once per colour, size and pixel ratio."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vpdesk.domain.phases import Phase
from vpdesk.ui import theme
from vpdesk.ui.resources import resource

_SMALL: Final = 16
_THIN, _SMALL_STROKE = 'stroke-width="1.5"', 'stroke-width="1.8"'

OF_CHANNEL: Final = {
    "telefoon": "telefoon",
    "beeldbellen": "video",
    "op locatie": "organisatie",
    "elders": "plek",
    "e-mail": "mail",
    "chat": "gesprek",
    "brief": "mail",
    "onbekend": "gesprek",
}


def of_phase(phase: Phase) -> str:
    """Return the name of the glyph of a phase."""
    return f"fase_{phase.value}"


@lru_cache(maxsize=96)
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    drawing = _drawing(name).replace("currentColor", colour)
    if size <= _SMALL:
        drawing = drawing.replace(_THIN, _SMALL_STROKE)
    pixels = round(size * ratio)
    made = QPixmap(pixels, pixels)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, ink: str = "muted", size: int = 20, ratio: float = 1.0) -> QPixmap:
    """Return a drawing of `size` device-independent pixels in the colour of a palette token."""
    return _pixmap(name, theme.current().value(ink), size, ratio)


def paint(painter: QPainter, rect: QRect, name: str, ink: str = "muted", size: int = 20) -> None:
    """Paint a drawing in the middle of a rectangle."""
    drawn = pixmap(name, ink, size, painter.device().devicePixelRatioF())
    painter.drawPixmap(
        QPoint(rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2),
        drawn,
    )


class _Engine(QIconEngine):
    """Paints in the palette in force, so that a change of theme needs no new icons."""

    def __init__(self, name: str, ink: str) -> None:
        super().__init__()
        self._name = name
        self._ink = ink

    def _token(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return "disabled"
        return "accent" if state is QIcon.State.On and self._ink == "muted" else self._ink

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the drawing in the token that mode and state ask for."""
        paint(painter, rect, self._name, self._token(mode, state), min(rect.width(), rect.height()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the drawing for a screen of ratio 1."""
        return pixmap(self._name, self._token(mode, state), min(size.width(), size.height()))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Return the drawing for a screen of a ratio; `size` is in its pixels."""
        units = round(min(size.width(), size.height()) / scale)
        return pixmap(self._name, self._token(mode, state), units, scale)

    def clone(self) -> "QIconEngine":
        """Return an engine of its own for a copied icon."""
        return _Engine(self._name, self._ink)


def icon(name: str, ink: str = "muted") -> QIcon:
    """Return an icon that follows the palette; at rest in `ink`, chosen in the accent."""
    return QIcon(_Engine(name, ink))
