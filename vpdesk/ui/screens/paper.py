"""Papers for a printer or a PDF, made in memory: a title and heads with lines, over as many pages as it takes."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from vpdesk.domain.papers import Paper
from vpdesk.domain.wording import long_date
from vpdesk.ui.screens.recovery_sheet import WIDTH, lay_out_page, pdf_of, print_pages, sheet_font

_WRAPPED: Final = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class _Pen:
    """Writes line after line, in tenths of a millimetre, and takes another page where one is full."""

    def __init__(self, device: QPagedPaintDevice) -> None:
        self._device = device
        self._painter = QPainter(device)
        scale = device.width() / WIDTH
        self._painter.scale(scale, scale)
        self._painter.setPen(QColor(Qt.GlobalColor.black))
        self._height = device.height() / scale
        self._y = 0.0

    def write(self, text: str, size: int, weight: int, *, before: float = 0, keep: float = 0) -> None:
        """Write a text over as many lines as it takes; `keep` is the room that must be left below it on its page."""
        self._painter.setFont(sheet_font(size, weight))
        needed = self._painter.boundingRect(QRectF(0, 0, WIDTH, WIDTH), _WRAPPED, text).height()
        self._y += before if self._y else 0
        if self._y and self._y + needed + keep > self._height:
            self._device.newPage()
            self._y = 0.0
        self._painter.drawText(QRectF(0, self._y, WIDTH, needed + size), _WRAPPED, text)
        self._y += needed

    def end(self) -> None:
        """Finish the last page."""
        self._painter.end()


def paint_paper(device: QPagedPaintDevice, paper: Paper) -> None:
    """Paint the paper on as many pages as it takes."""
    lay_out_page(device)
    pen = _Pen(device)
    pen.write(paper.title, 64, 600)
    pen.write(f"Gemaakt op {long_date(paper.made)}", 34, 400, before=4)
    for section in paper.sections:
        pen.write(section.title, 42, 600, before=44, keep=120)
        for line in section.shown:
            pen.write(line, 34, 400, before=10)
    pen.end()


def paper_pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF with its fonts inside; it is made in memory and passes by no file."""
    return pdf_of(paper.title, partial(paint_paper, paper=paper))


def print_paper(parent: QWidget, paper: Paper) -> None:
    """Ask for a printer and print."""
    print_pages(parent, partial(paint_paper, paper=paper))
