"""The report as its reader gets it: one page at a time, rendered from memory. The only module that imports QtPdf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from vpdesk.ui import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS_PER_INCH: Final = 72
PIXELS_PER_INCH: Final = 96
MARGIN: Final = 24
STEP: Final = 40
ZOOMS: Final = (0.5, 0.76, 1.0, 1.25, 1.5, 2.0)
NOTCH: Final = 120  # of a wheel, in eighths of a degree
_SAME: Final = 0.005
_ROLE: Final = QPdfBookmarkModel.Role
_CTRL: Final = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Spot:
    """A heading, on which page from 1 it stands, and how far below the top of it in points."""

    title: str
    page: int
    below: float


class PageView(QAbstractScrollArea):
    """One page of a PDF that never was a file; arrows scroll, Page Up and Page Down turn the page.

    Ctrl with plus, minus and nought, or with the wheel, changes its size.

    `zoom` is 1 for natural size, None to fill the width. In the dark theme the page takes the colour of dim paper,
    unless `true_colours` is set.
    """

    turned = Signal(int, int)  # page from 1, number of pages
    zoomed = Signal(object)  # the size, None where the page fills the width

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = QPdfDocument(self)
        self._outline = QPdfBookmarkModel(self)
        self._outline.setDocument(self._document)
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        self._page = 0
        self._zoom: float | None = None
        self._turned_with_ctrl = 0  # a wheel with fine steps tells parts of a notch
        self._true_colours = False
        self._image: QImage | None = None
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("Voorbeeld van het verslag")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().setSingleStep(STEP)

    def load(self, pdf: bytes) -> None:
        """Show a PDF; the page that was open stays open where the new file has it."""
        self._document.close()
        self._buffer.close()
        self._bytes = QByteArray(pdf)
        self._buffer.setData(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self.show_page(min(self._page, max(0, self.pages - 1)) + 1, keep_place=True)

    def clear(self) -> None:
        """Show nothing."""
        self._document.close()
        self._buffer.close()
        self._bytes = QByteArray()
        self.show_page(1)

    @property
    def pages(self) -> int:
        """Return the number of pages, 0 before the first file."""
        return self._document.pageCount()

    @property
    def page(self) -> int:
        """Return the page shown, from 1."""
        return self._page + 1

    def show_page(self, page: int, *, keep_place: bool = False) -> None:
        """Show a page, from 1; a page that is not there is the nearest one that is."""
        self._page = max(0, min(page - 1, self.pages - 1))
        self._forget_image()
        if not keep_place:
            self.verticalScrollBar().setValue(0)
        self.setAccessibleDescription(self._document.getAllText(self._page).text() if self.pages else "")
        self.turned.emit(self.page, self.pages)

    def headings(self) -> tuple[Spot, ...]:
        """Return the headings of the outline in order, and where they stand."""

        def below(parent: QModelIndex) -> Iterator[Spot]:
            for row in range(self._outline.rowCount(parent)):
                index = self._outline.index(row, 0, parent)
                title, page, place = (index.data(int(role)) for role in (_ROLE.Title, _ROLE.Page, _ROLE.Location))
                yield Spot(str(title), int(page) + 1, float(place.y()))
                yield from below(index)

        return tuple(below(QModelIndex()))

    def show_spot(self, spot: Spot) -> None:
        """Show a heading near the top; what is wholly in sight stays where it is."""
        if spot.page != self.page:
            self.show_page(spot.page)
        bar, factor = self.verticalScrollBar(), self.zoom * PIXELS_PER_INCH / POINTS_PER_INCH
        top = round(spot.below * factor)
        if not bar.value() <= top <= bar.value() + self.viewport().height() // 2:
            bar.setValue(top)

    def set_zoom(self, zoom: float | None) -> None:
        """Set the size of the page; None fills the width. What stands in the middle stays there."""
        bar = self.verticalScrollBar()
        before, half = self._page_size().height(), self.viewport().height() / 2
        part = (bar.value() + half - MARGIN) / before if before else 0.0
        self._zoom = zoom
        self._forget_image()
        bar.setValue(round(part * self._page_size().height() + MARGIN - half))
        self.zoomed.emit(zoom)

    def zoom_by(self, steps: int) -> None:
        """Take the next larger sizes, or smaller ones for fewer than none."""
        if not self.pages or not steps:
            return
        now = self.zoom
        beyond = [z for z in ZOOMS if z > now + _SAME] if steps > 0 else [z for z in reversed(ZOOMS) if z < now - _SAME]
        if beyond:
            self.set_zoom(beyond[min(abs(steps), len(beyond)) - 1])

    def set_true_colours(self, true_colours: bool) -> None:
        """Show white paper in the dark theme too."""
        self._true_colours = true_colours
        self._forget_image()

    @property
    def zoom(self) -> float:
        """Return the size of the page in force."""
        if self._zoom is not None or not self.pages:
            return self._zoom or 1.0
        natural = self._document.pagePointSize(self._page).width() * PIXELS_PER_INCH / POINTS_PER_INCH
        return max(0.2, (self.viewport().width() - 2 * MARGIN) / natural)

    def _page_size(self) -> QSize:
        points = self._document.pagePointSize(self._page)
        factor = self.zoom * PIXELS_PER_INCH / POINTS_PER_INCH
        return QSize(round(points.width() * factor), round(points.height() * factor))

    def _forget_image(self) -> None:
        self._image = None
        self._set_ranges()
        self.viewport().update()

    def _set_ranges(self) -> None:
        size, room = self._page_size(), self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setPageStep(room.height())
        vertical.setRange(0, max(0, size.height() + 2 * MARGIN - room.height()))
        horizontal.setPageStep(room.width())
        horizontal.setRange(0, max(0, size.width() + 2 * MARGIN - room.width()))

    def _rendered(self) -> QImage:
        if self._image is None:
            ratio = self.devicePixelRatioF()
            size = self._page_size()
            pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
            page = QImage(pixels, QImage.Format.Format_RGB32)
            page.fill(Qt.GlobalColor.white)
            painter = QPainter(page)
            painter.drawImage(0, 0, self._document.render(self._page, pixels))
            if theme.current().dark and not self._true_colours:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(page.rect(), theme.colour("paper"))
            painter.end()
            page.setDevicePixelRatio(ratio)
            self._image = page
        return self._image

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page on the sunken ground."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("sunken"))
        if not self.pages:
            return
        size = self._page_size()
        left = max(MARGIN, (self.viewport().width() - size.width()) // 2) - self.horizontalScrollBar().value()
        frame = QRect(left, MARGIN - self.verticalScrollBar().value(), size.width(), size.height())
        painter.drawImage(frame.topLeft(), self._rendered())
        painter.setPen(theme.colour("line"))
        painter.drawRect(frame.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(theme.colour("focus"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -2, -2))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the ring, which stands on the ground of the page."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width."""
        super().resizeEvent(event)
        if self._zoom is None:
            self._image = None
        self._set_ranges()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint the paper when the theme changes."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._image = None
        super().changeEvent(event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Repaint as a whole: the page is one picture."""
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, and turn the page at its end; with Ctrl change its size."""
        if event.modifiers() & _CTRL:
            self._turned_with_ctrl += event.angleDelta().y()
            steps = int(self._turned_with_ctrl / NOTCH)
            self._turned_with_ctrl -= steps * NOTCH
            self.zoom_by(steps)
            return
        bar, turn = self.verticalScrollBar(), event.angleDelta().y()
        if turn < 0 and bar.value() == bar.maximum() and self.page < self.pages:
            self.show_page(self.page + 1)
        elif turn > 0 and bar.value() == 0 and self.page > 1:
            self.show_page(self.page - 1)
            bar.setValue(bar.maximum())
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages by keyboard, and change their size."""
        key = Qt.Key(event.key())
        if event.modifiers() & _CTRL and key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0}:
            if key == Qt.Key.Key_0:
                self.set_zoom(None)
            else:
                self.zoom_by(-1 if key == Qt.Key.Key_Minus else 1)
            return
        pages = {
            Qt.Key.Key_PageDown: self.page + 1,
            Qt.Key.Key_PageUp: self.page - 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: self.pages,
        }
        wanted = pages.get(key)
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self.show_page(wanted)
