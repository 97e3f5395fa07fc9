"""The sheet with the recovery words, for a printer: words in their order and a QR code, and what to do with it."""

from collections.abc import Sequence
from typing import Final

import segno
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from vpdesk.ui import theme

# The sheet is laid out in tenths of a millimetre within margins of 20 mm on A4.
_WIDTH: Final = 1700
_COLUMNS: Final = 4
_ROW: Final = 110
_CODE: Final = 420
_ADVICE: Final = (
    "Met deze woorden en een reservekopie gaat de kluis open op elke laptop.",
    "Zonder wachtzin én zonder deze woorden is de kluis voorgoed dicht.",
    "Bewaar dit papier thuis of in een andere la dan de laptop. Maak er geen foto van.",
    "De QR-code bevat dezelfde 16 woorden.",
)


def code_of(words: Sequence[str]) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the QR code of the words, row by row, True for dark, with its quiet zone of 4."""
    made = segno.make(" ".join(words), error="m", micro=False)
    return tuple(tuple(bool(cell) for cell in row) for row in made.matrix_iter(border=4))


def paint_sheet(device: QPagedPaintDevice, words: Sequence[str]) -> None:
    """Paint the sheet on a page."""
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(20, 20, 20, 20),
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter(device)
    scale = device.width() / _WIDTH
    painter.scale(scale, scale)
    painter.setPen(QColor(Qt.GlobalColor.black))
    y = _line(painter, "16 herstelwoorden", 0, 70, 600)
    y = _line(painter, "Lees per kolom, van boven naar beneden.", y + 10, 38, 400) + 30
    rows = len(words) // _COLUMNS
    for number, word in enumerate(words):
        x = (number // rows) * _WIDTH / _COLUMNS
        top = y + (number % rows) * _ROW
        _text(painter, QRectF(x, top, 60, _ROW), str(number + 1), 34, 400)
        _text(painter, QRectF(x + 70, top, _WIDTH / _COLUMNS - 70, _ROW), word, 50, 600)
    y += rows * _ROW + 60
    _paint_code(painter, words, y)
    y += _CODE + 60
    for sentence in _ADVICE:
        y = _line(painter, sentence, y, 38, 400) + 8
    painter.end()


def print_sheet(parent: QWidget, words: Sequence[str]) -> None:
    """Ask for a printer and print; nothing is written to disk by vpdesk."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("vpdesk")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("vpdesk")
    if dialog.exec() == QDialog.DialogCode.Accepted:
        paint_sheet(printer, words)


def _paint_code(painter: QPainter, words: Sequence[str], top: float) -> None:
    modules = code_of(words)
    size = _CODE / len(modules)
    for row, cells in enumerate(modules):
        for column, dark in enumerate(cells):
            if dark:
                # a hair wider, so that no printer leaves a white line between two
                cell = QRectF(column * size, top + row * size, size + 0.3, size + 0.3)
                painter.fillRect(cell, Qt.GlobalColor.black)


def _font(size: int, weight: int) -> QFont:
    chosen = QFont(theme.font("body"))
    chosen.setPixelSize(size)
    chosen.setWeight(QFont.Weight(weight))
    return chosen


def _text(painter: QPainter, rect: QRectF, text: str, size: int, weight: int) -> None:
    painter.setFont(_font(size, weight))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), text)


def _line(painter: QPainter, text: str, y: float, size: int, weight: int) -> float:
    height = size * 1.4
    _text(painter, QRectF(0, y, _WIDTH, height), text, size, weight)
    return y + height
