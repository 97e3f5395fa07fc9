"""Sheets with words for a printer or a PDF, made in memory: words in their order, a QR code, and what to do with it."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import segno
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from vpdesk.domain.errors import VpdeskError
from vpdesk.ui import theme
from vpdesk.ui.widgets.file_dialogs import PDF, ask_new_file
from vpdesk.ui.widgets.form import FormDialog

# The sheet is laid out in tenths of a millimetre within margins of 20 mm on A4.
WIDTH: Final = 1700
_COLUMNS: Final = 4
_ROW: Final = 110
_CODE: Final = 420
_RESOLUTION: Final = 1200
_OPENS: Final = (
    "Wie dit bestand leest, kan met een reservekopie uw hele kluis openen. Bewaar het niet op deze laptop en niet in "
    "de cloud, maar op een stick die u in een la legt. Een blad uit de printer is veiliger."
)
_HALF_OPENS: Final = (
    "Wie dit bestand en dat van het andere blad heeft, opent uw kluis op deze laptop. Bewaar de twee bladen nooit op "
    "dezelfde plaats, niet op deze laptop en niet in de cloud. Een blad uit de printer is veiliger."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet of paper: a title, the words in their order, and sentences below the code."""

    title: str
    words: tuple[str, ...] = field(repr=False)
    advice: tuple[str, ...]
    warning: str
    file_name: str


def recovery_sheet(words: Sequence[str]) -> Sheet:
    """Return the sheet of the recovery words. It does not say what it opens."""
    return Sheet(
        "16 herstelwoorden",
        tuple(words),
        (
            "Met deze woorden en een reservekopie gaat de kluis open op elke laptop.",
            "Zonder wachtzin én zonder deze woorden is de kluis voorgoed dicht.",
            "Bewaar dit papier thuis of in een andere la dan de laptop. Maak er geen foto van.",
            "De QR-code bevat dezelfde 16 woorden.",
        ),
        _OPENS,
        "herstelwoorden.pdf",
    )


def emergency_sheet(number: int, words: Sequence[str], *, holders: Sequence[str]) -> Sheet:
    """Return one of the two emergency sheets, 1 or 2, which says to whom each of them goes."""
    return Sheet(
        f"Noodblad, blad {number} van 2",
        tuple(words),
        (
            f"Dit blad gaat naar: {holders[number - 1]}.",
            f"Het andere blad gaat naar: {holders[2 - number]}.",
            "Eén blad alleen opent niets. Samen openen de twee bladen de kluis op de laptop waar zij staat.",
            "Wie de kluis zo opent, wordt genoemd zodra de eigenaar haar weer opent.",
            "Bewaar dit blad in een gesloten envelop, nooit bij het andere. Maak er geen foto van.",
            "De QR-code bevat dezelfde 16 woorden.",
        ),
        _HALF_OPENS,
        f"noodblad-{number}-van-2.pdf",
    )


def code_of(words: Sequence[str]) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of the QR code of the words, row by row, True for dark, with its quiet zone of 4."""
    made = segno.make(" ".join(words), error="m", micro=False)
    return tuple(tuple(bool(cell) for cell in row) for row in made.matrix_iter(border=4))


def lay_out_page(device: QPagedPaintDevice) -> None:
    """Ask for A4 with margins of 20 mm."""
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(20, 20, 20, 20),
            QPageLayout.Unit.Millimeter,
        )
    )


def paint_sheet(device: QPagedPaintDevice, sheet: Sheet) -> None:
    """Paint the sheet on a page."""
    lay_out_page(device)
    painter = QPainter(device)
    scale = device.width() / WIDTH
    painter.scale(scale, scale)
    painter.setPen(QColor(Qt.GlobalColor.black))
    y = _line(painter, sheet.title, 0, 70, 600)
    y = _line(painter, "Lees per kolom, van boven naar beneden.", y + 10, 38, 400) + 30
    rows = len(sheet.words) // _COLUMNS
    for number, word in enumerate(sheet.words):
        x = (number // rows) * WIDTH / _COLUMNS
        top = y + (number % rows) * _ROW
        _text(painter, QRectF(x, top, 60, _ROW), str(number + 1), 34, 400)
        _text(painter, QRectF(x + 70, top, WIDTH / _COLUMNS - 70, _ROW), word, 50, 600)
    y += rows * _ROW + 60
    _paint_code(painter, sheet.words, y)
    y += _CODE + 60
    for sentence in sheet.advice:
        y = _paragraph(painter, sentence, y, 38) + 8
    painter.end()


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF with its fonts inside."""
    return pdf_of(sheet.title, lambda device: paint_sheet(device, sheet))


def pdf_of(title: str, paint: Callable[[QPagedPaintDevice], None]) -> bytes:
    """Return what is painted as a PDF with its fonts inside; it is made in memory and passes by no file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(title)
    writer.setCreator("")
    paint(writer)
    buffer.close()
    return bytes(content.data())


def print_sheet(parent: QWidget, sheet: Sheet) -> None:
    """Ask for a printer and print the sheet."""
    print_pages(parent, lambda device: paint_sheet(device, sheet))


def print_pages(parent: QWidget, paint: Callable[[QPagedPaintDevice], None]) -> None:
    """Ask for a printer and print; what becomes of the page there is up to the print system."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("vpdesk")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("vpdesk")
    if dialog.exec() == QDialog.DialogCode.Accepted:
        with spooled_in_memory():
            paint(printer)


@contextlib.contextmanager
def spooled_in_memory() -> Iterator[None]:
    """Let the file that CUPS makes before it sends it on stand in the folder of the session, which lies in memory."""
    folder, before = os.environ.get("XDG_RUNTIME_DIR", ""), os.environ.get("TMPDIR")
    if sys.platform != "linux" or not Path(folder).is_dir() or not folder:
        yield
        return
    os.environ["TMPDIR"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


class SaveSheetForm(FormDialog):
    """Says what the file opens before it asks where to put it."""

    def __init__(self, parent: QWidget, sheet: Sheet) -> None:
        super().__init__(parent, "Als PDF bewaren", "Plaats kiezen…", text=sheet.warning)
        self._sheet = sheet
        self.verb.clicked.connect(self._choose)

    def save_to(self, path: Path) -> None:
        """Write the file; where that fails the form says so and stays."""
        from vpdesk.operations.output import write_sheet  # noqa: PLC0415 - loaded when used

        try:
            write_sheet(path, sheet_pdf(self._sheet))
        except VpdeskError as error:
            self.failed(error)
        else:
            self.accept()

    def _choose(self) -> None:
        path = ask_new_file(self, "Blad bewaren", self._sheet.file_name, PDF)
        if path is not None:
            self.save_to(path)


def save_sheet(parent: QWidget, sheet: Sheet) -> None:
    """Let the user save the sheet as a PDF, after a plain warning."""
    SaveSheetForm(parent, sheet).open()


def _paint_code(painter: QPainter, words: Sequence[str], top: float) -> None:
    modules = code_of(words)
    size = _CODE / len(modules)
    for row, cells in enumerate(modules):
        for column, dark in enumerate(cells):
            if dark:
                # a hair wider, so that no printer leaves a white line between two
                cell = QRectF(column * size, top + row * size, size + 0.3, size + 0.3)
                painter.fillRect(cell, Qt.GlobalColor.black)


def sheet_font(size: int, weight: int) -> QFont:
    """Return the font of the sheets in a size of tenths of a millimetre."""
    chosen = QFont(theme.font("body"))
    chosen.setPixelSize(size)
    chosen.setWeight(QFont.Weight(weight))
    for joining in ("liga", "clig", "dlig"):
        chosen.setFeature(QFont.Tag(joining), 0)  # two letters drawn as one can't be searched for or copied from a PDF
    return chosen


def _text(painter: QPainter, rect: QRectF, text: str, size: int, weight: int) -> None:
    painter.setFont(sheet_font(size, weight))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), text)


def _line(painter: QPainter, text: str, y: float, size: int, weight: int) -> float:
    height = size * 1.4
    _text(painter, QRectF(0, y, WIDTH, height), text, size, weight)
    return y + height


def _paragraph(painter: QPainter, text: str, y: float, size: int) -> float:
    """Draw a sentence over as many lines as it takes; returns where it ends."""
    painter.setFont(sheet_font(size, 400))
    wrapped = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
    room = QRectF(0, y, WIDTH, WIDTH)
    needed = painter.boundingRect(room, wrapped, text)
    painter.drawText(room, wrapped, text)
    return y + needed.height()
