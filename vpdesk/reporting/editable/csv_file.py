"""The numbers of a report as one list, for whoever must paste them: a line per cell, as spreadsheets here read it."""

import csv
import io
from typing import Final

from vpdesk.reporting.document import Document
from vpdesk.reporting.editable.plain import grids

_HEADER: Final = ("Tabel", "Rij", "Kolom", "Waarde")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_file(document: Document) -> bytes:
    """Return UTF-8 with its mark, semicolons between cells, line ends as on Windows: what Dutch Excel opens at once."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADER)
    for grid in grids(document):
        for first, *cells in grid.rows:
            for column, cell in zip(grid.header[1:], cells, strict=True):
                writer.writerow([_safe(grid.title), _safe(str(first)), _safe(column), _safe(str(cell))])
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
