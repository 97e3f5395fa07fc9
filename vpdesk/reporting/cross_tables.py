"""Two-way tables of a report as document tables, with their sections, notes and titles."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from vpdesk.domain.report_choices import crossed_parts, crossing
from vpdesk.domain.statements import undated
from vpdesk.domain.taxonomy import UNKNOWN
from vpdesk.domain.wording import joined
from vpdesk.reporting.document import (
    HIDDEN,
    NOT_APPLICABLE,
    Block,
    Cell,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Table,
    Width,
)
from vpdesk.reporting.figures import NAMES, Numbering
from vpdesk.reporting.report_words import NO_UNITS, Context, label, lower, named_in

if TYPE_CHECKING:
    from vpdesk.reporting.disclosure.result import CrossTable

ALL_OTHERS: Final = "Alle anderen"
LONGEST_LABEL: Final = 28
"""Characters up to which categories that count together are named in the table; else in a note under it."""

_PREFIX: Final = "Casussen naar "


def table_title(name: str) -> str:
    """Return the title of a table by the name of its dimension, or of its two."""
    parts = crossed_parts(name)
    if parts is None:
        return NAMES[undated(name)][0]
    return f"{_PREFIX}{_subject(parts[0])} en {_subject(parts[1])}"


def cross_sections(tables: "tuple[CrossTable, ...]", numbering: Numbering, about: Context) -> tuple[Block, ...]:
    """Return a section for each two-way table."""
    blocks: list[Block] = []
    for table in tables:
        title = f"{_subject(table.down)} en {_subject(table.across)} naast elkaar"
        text = about.text("ondersteuning.kruistabel")
        blocks += [Heading(title[:1].upper() + title[1:]), Paragraph(text), cross_table(table, numbering, about)]
    return tuple(blocks)


def cross_table(table: "CrossTable", numbering: Numbering, about: Context) -> Table:
    """Return a two-way table with its margins; hidden margins are those that the one-way tables hide too."""
    rows = [
        Row((_label(table.down, table.rows, key, about.units), *map(_cell, values), _cell(total)))
        for key, values, total in zip(table.rows, table.cells, table.row_totals, strict=True)
    ]
    rows.append(Row(("Alle casussen", *map(_cell, table.column_totals), table.total), RowKind.TOTAL))
    columns = (_label(table.across, table.columns, key, about.units) for key in table.columns)
    header = (NAMES[undated(table.down)][1], *columns, "Alle casussen")
    caption = numbering.table(table_title(crossing(table.down, table.across)))
    return Table(caption, header, tuple(rows), width=Width.WIDE, note=_note(table, about))


def hidden_cells(table: "CrossTable", units: Mapping[str, str] = NO_UNITS) -> tuple[tuple[str, str], ...]:
    """Return the row and the column of each cell with a dash, as the table names them: `Melder`, `Integriteit`."""
    return tuple(
        (_label(table.down, table.rows, row, units), _label(table.across, table.columns, column, units))
        for row, values in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, values, strict=True)
        if value is None
    )


def _note(table: "CrossTable", about: Context) -> str:
    """Return which categories are counted together under another name, and what n.v.t. means."""
    said = []
    for dimension, keys in ((table.down, table.rows), (table.across, table.columns)):
        for key in keys:
            if _label(dimension, keys, key, about.units) == ALL_OTHERS:
                words = joined(
                    [_inside(dimension, code, about.units) for code in named_in(dimension, key, about.units)]
                )
                said.append(about.text("noot.kruistabel").replace("{categorieen}", words))
    if any(value == "nvt" for row in table.cells for value in row):
        said.append("Waar n.v.t. staat, kan het aantal niet anders zijn dan nul.")
    return " ".join(said)


def _label(dimension: str, keys: tuple[str, ...], key: str, units: Mapping[str, str]) -> str:
    """Return how a row or column is called; the last of those that have too long a name is all others."""
    several = (other for other in keys if len(named_in(dimension, other, units)) > 1)
    long = [other for other in several if len(label(dimension, other, units)) > LONGEST_LABEL]
    return ALL_OTHERS if long[-1:] == [key] else label(dimension, key, units)


def _inside(dimension: str, code: str, units: Mapping[str, str]) -> str:
    """Return a label as it stands inside a sentence; a unit keeps its own capitals."""
    words = label(dimension, code, units)
    return words if dimension == "onderdeel" and code != UNKNOWN.code else lower(words)


def _cell(value: int | str | None) -> Cell:
    if value is None:
        return HIDDEN
    return value if isinstance(value, int) else NOT_APPLICABLE


def _subject(dimension: str) -> str:
    return NAMES[undated(dimension)][0].removeprefix(_PREFIX)
