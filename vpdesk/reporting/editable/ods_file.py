"""The numbers of a report as a spreadsheet: a sheet per table, numbers as numbers, dashes as dashes."""

import re
from collections.abc import Sequence
from typing import Final

import odfdo

from vpdesk.reporting.document import Document
from vpdesk.reporting.editable import odf
from vpdesk.reporting.editable.plain import Grid, cover_lines, grids

_LONGEST: Final = 31  # characters of a name that Excel takes


def ods_file(document: Document) -> bytes:
    """Return an OpenDocument spreadsheet; its first sheet says what it is and what a dash means."""
    made = odfdo.Document("spreadsheet")
    made.body.clear()
    made.body.append(_about(document))
    taken = {"Over"}
    for grid in grids(document):
        name = _name(grid, taken)
        taken.add(name)
        made.body.append(_sheet(grid, name))
    return odf.sealed_file(made, document)


def _about(document: Document) -> odfdo.Table:
    sheet = odfdo.Table("Over")
    for line in (document.title, *cover_lines(document), document.dash_note):
        sheet.append_row(_row([line]), clone=False)
    return sheet


def _sheet(grid: Grid, name: str) -> odfdo.Table:
    sheet = odfdo.Table(name)
    for line in ((grid.title,), grid.header, *grid.rows):
        sheet.append_row(_row(line), clone=False)
    return sheet


def _row(cells: Sequence[str | int]) -> odfdo.Row:
    row = odfdo.Row()
    for cell in cells:
        row.append_cell(odfdo.Cell(cell), clone=False)
    return row


def _name(grid: Grid, taken: set[str]) -> str:
    """Return a name for a sheet: its title without what no name may have, with a number where that is taken."""
    title = re.sub(r"[\[\]*?:/\\']", " ", grid.title)[:_LONGEST].strip() or "Tabel"
    names = (title if n == 1 else f"{title[: _LONGEST - 5]} ({n})" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
