"""Tables: rules instead of boxes, numbers on one right edge, one mark for hidden numbers, the combined row on tint."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from vpdesk.domain.wording import number
from vpdesk.reporting.document import HIDDEN, Caption, Cell, Mark, Row, RowKind, Table, TablePair
from vpdesk.reporting.pdf import style
from vpdesk.reporting.pdf.boxes import Box, Place, text_box
from vpdesk.reporting.pdf.fonts import width
from vpdesk.reporting.pdf.headers import PADDING, header_height, header_lines, number_column
from vpdesk.reporting.pdf.lines import lines_of
from vpdesk.reporting.pdf.style import INK, SECOND_INK
from vpdesk.reporting.pdf.surface import Surface
from vpdesk.reporting.pdf.tags import Tag

_ROW: Final = 17.0
_LOW_ROW: Final = 15.5
_LOW_FROM: Final = 14  # rows from which they are lower
_WHOLE: Final = 20  # rows up to which a table never splits
_KEPT: Final = 3
_PAGE: Final = style.BOTTOM - style.TOP - 40  # with its note


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows of a table with what is needed to draw and split them; `heights` are those of the rows."""

    table: Table
    rows: tuple[Row, ...]
    heights: tuple[float, ...]
    x: float
    measure: float
    place: Place
    tag: Tag
    begins: bool  # the caption stands above it
    continues: bool  # more rows on the next page


def caption_box(caption: Caption, column: tuple[float, float], place: Place, parent: Tag) -> Box:
    """Return the label in mid and the title in ink above a table or figure."""
    kind = style.CAPTION
    tag = Tag("Caption", parent)
    indent = 0.0
    if caption.label:
        indent = width(caption.label, kind.face, kind.size) + 6
    words = text_box(caption.title, kind, (column[0] + indent, column[1] - indent), INK, tag)

    def draw(surface: Surface, top: float) -> None:
        if caption.label:
            label_colour = place.colours.mid
            surface.text(column[0], top + kind.baseline(), caption.label, kind.face, kind.size, label_colour, tag)
        words.draw(surface, top)

    return Box(words.height, draw, after=4.6, keep=True)


def table_boxes(table: Table, place: Place) -> list[Box]:
    """Return a table with its note as boxes."""
    x, measure = place.column(table.width)
    made = [replace(_table(table, (x, measure), place), before=12, after=20)]
    if table.note:
        made[0] = replace(made[0], keep=True, after=4)
        made.append(
            text_box(table.note, style.NOTE, (x, measure), SECOND_INK, Tag("Note", place.tag), before=4, after=16)
        )
    return made


def table_pair(pair: TablePair, place: Place) -> Box:
    """Return two tables side by side as one box that never splits."""
    left = _table(pair.left, (style.LEFT, style.HALF), place)
    right = _table(pair.right, (style.HALF_RIGHT, style.HALF), place)

    def draw(surface: Surface, top: float) -> None:
        left.draw(surface, top)
        right.draw(surface, top)

    return Box(max(left.height, right.height), draw, before=12, after=20, dash=pair.has_hidden)


def _table(table: Table, column: tuple[float, float], place: Place) -> Box:
    x, measure = column
    row = _LOW_ROW if len(table.rows) >= _LOW_FROM else _ROW
    first = _first_column(table, measure)
    heights = tuple(
        row + (len(lines_of(_words(r.cells[0]), style.CELL, first)) - 1) * style.CELL.lead for r in table.rows
    )
    return _part(
        _Part(table, table.rows, heights, x, measure, place, Tag("Table", place.tag), begins=True, continues=False)
    )


def _first_column(table: Table, measure: float) -> float:
    return measure - number_column(table, measure) * (len(table.header) - 1) - 2 * PADDING


def _part(part: _Part) -> Box:
    head = caption_box(part.table.caption, (part.x, part.measure), part.place, part.tag) if part.begins else None
    above = head.height + head.after if head else 0.0
    head_height = header_height(part.table, part.measure)
    height = above + head_height + sum(part.heights)

    def draw(surface: Surface, top: float) -> None:
        if head is not None:
            head.draw(surface, top)
        _draw(surface, part, top + above)

    def split(room: float) -> tuple[Box, Box] | None:
        if len(part.table.rows) <= _WHOLE and height <= _PAGE:
            return None
        fits, used = 0, above + head_height
        while fits < len(part.rows) and used + part.heights[fits] <= room:
            used += part.heights[fits]
            fits += 1
        sums = sum(1 for row in part.rows if row.kind is not RowKind.PLAIN)
        fits = min(fits, len(part.rows) - sums - _KEPT)
        if fits < _KEPT:
            return None
        here = replace(part, rows=part.rows[:fits], heights=part.heights[:fits], continues=True)
        rest = replace(part, rows=part.rows[fits:], heights=part.heights[fits:], begins=False)
        return replace(_part(here), before=12), replace(_part(rest), after=20)

    column = (part.x, part.measure)
    dash = any(cell is HIDDEN for row in part.rows for cell in row.cells)
    return Box(height, draw, before=12, after=20, dash=dash, column=column, split=split)


def _draw(surface: Surface, part: _Part, top: float) -> None:
    x, right, dark = part.x, part.x + part.measure, part.place.colours.dark
    surface.line(x, top, right, top, 1.1, dark)
    header = Tag("TR", part.tag) if part.begins else None
    edges = _edges(part)
    height, room = header_height(part.table, part.measure), number_column(part.table, part.measure)
    for n, words in enumerate(part.table.header):
        tag = Tag("TH", header, scope="Column") if header else None
        face = style.TABLE_HEADER
        baseline = top + height - 6.4
        if n == 0:
            surface.text(x + PADDING, baseline, words, face.face, face.size, dark, tag)
            continue
        lines = header_lines(words, room)
        for above, line in zip(reversed(range(len(lines))), lines, strict=True):
            surface.text_right(edges[n - 1], baseline - above * face.lead, line.text, face.face, face.size, dark, tag)
    y = top + height
    surface.line(x, y, right, y, 0.6, dark)
    for n, (row, height) in enumerate(zip(part.rows, part.heights, strict=True)):
        if row.kind is RowKind.COMBINED:
            surface.rect(x, y, part.measure, height, part.place.colours.tint)
            surface.line(x, y, right, y, 0.5, part.place.colours.mid)
        _draw_row(surface, part, row, y, edges)
        y += height
        after = part.rows[n + 1].kind if n + 1 < len(part.rows) else None
        last = after is None and not part.continues
        strong = last or after is RowKind.TOTAL
        if after is not RowKind.COMBINED:
            surface.line(x, y, right, y, 0.6 if strong else 0.4, dark if strong else style.HAIRLINE)


def _edges(part: _Part) -> Sequence[float]:
    count = len(part.table.header) - 1
    right = part.x + part.measure - PADDING
    column = number_column(part.table, part.measure)
    return [right - column * (count - 1 - n) for n in range(count)]


def _draw_row(surface: Surface, part: _Part, row: Row, top: float, edges: Sequence[float]) -> None:
    kind = style.CELL_STRONG if row.kind is RowKind.TOTAL else style.CELL
    tag = Tag("TR", part.tag)
    low = _LOW_ROW if len(part.table.rows) >= _LOW_FROM else _ROW
    baseline = top + low / 2 + 3.4
    name = Tag("TH", tag, scope="Row")
    for n, line in enumerate(lines_of(_words(row.cells[0]), kind, _first_column(part.table, part.measure))):
        surface.line_of_text(part.x + PADDING, baseline + n * kind.lead, line, kind.size, INK, name)
    for cell, edge in zip(row.cells[1:], edges, strict=False):
        inner = Tag("TD", tag)
        if cell is HIDDEN:
            surface.chip(edge, top + low / 2, inner)
        else:
            colour = SECOND_INK if isinstance(cell, Mark) else INK
            surface.text_right(edge, baseline, _words(cell), kind.face, kind.size, colour, inner)


def _words(cell: Cell) -> str:
    if isinstance(cell, Mark):
        return str(cell.value)
    return number(cell) if isinstance(cell, int) else cell
