"""Prints the copy of a message for the organisation: its words on a blank page, under a name that says nothing."""

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from vpdesk.ui import theme
from vpdesk.ui.screens.recovery_sheet import spooled_in_memory


def page_of(text: str) -> QTextDocument:
    """Return the page as it is printed."""
    document = QTextDocument()
    document.setDefaultFont(theme.font("body"))
    document.setPlainText(text)
    return document


def print_text(parent: QWidget, text: str) -> None:
    """Ask for a printer and print."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("vpdesk")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("vpdesk")
    if dialog.exec() == QDialog.DialogCode.Accepted:
        with spooled_in_memory():
            page_of(text).print_(printer)
