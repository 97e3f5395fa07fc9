"""A report in other forms: a sheet to speak from, the text for Word and LibreOffice, the numbers as tables.

Each is made from the same document as the PDF and knows nothing besides: a hidden number is a dash here too. Charts
become the tables of what they show. Libraries are imported when a file of their kind is asked for.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from vpdesk.reporting.document import Document


class Format(StrEnum):
    """What a report can be written as besides its own PDF; the value is the ending of the file."""

    SPREEKBLAD = "pdf"
    DOCX = "docx"
    ODT = "odt"
    CSV = "csv"
    ODS = "ods"


NAMES: Final = {
    Format.SPREEKBLAD: "Spreekblad voor uzelf",
    Format.DOCX: "Tekst voor Word",
    Format.ODT: "Tekst voor LibreOffice",
    Format.CSV: "Cijfers als CSV",
    Format.ODS: "Cijfers als rekenblad",
}


def written(document: Document, kind: Format) -> bytes:
    """Return the document as a file of this kind: the same bytes for an equal document and equal libraries."""
    return _writer(kind)(document)


def _writer(kind: Format) -> Callable[[Document], bytes]:
    if kind is Format.SPREEKBLAD:
        from vpdesk.reporting.pdf import render  # noqa: PLC0415 - seldom needed, and not quick
        from vpdesk.reporting.talking_sheet import talking_sheet  # noqa: PLC0415 - idem

        return lambda document: render(talking_sheet(document))
    if kind is Format.DOCX:
        from vpdesk.reporting.editable.docx_file import docx_file  # noqa: PLC0415 - seldom needed, and not quick

        return docx_file
    if kind is Format.ODT:
        from vpdesk.reporting.editable.odt_file import odt_file  # noqa: PLC0415 - idem

        return odt_file
    if kind is Format.ODS:
        from vpdesk.reporting.editable.ods_file import ods_file  # noqa: PLC0415 - idem

        return ods_file
    from vpdesk.reporting.editable.csv_file import csv_file  # noqa: PLC0415 - idem

    return csv_file
