"""Words in two columns, under a rule: agreements, advice. A long list goes on over the page between two rows."""

from dataclasses import replace
from typing import Final

from vpdesk.reporting.document import Facts
from vpdesk.reporting.pdf import style
from vpdesk.reporting.pdf.boxes import Box, Place, stacked, text_box
from vpdesk.reporting.pdf.style import INK
from vpdesk.reporting.pdf.surface import Surface
from vpdesk.reporting.pdf.tables import caption_box
from vpdesk.reporting.pdf.tags import Tag

_WORDS: Final = 106.0  # where the second column begins
_SHARE: Final = 0.4  # and on the full width, as a share of it
_EVEN: Final = 0.5
_KEPT: Final = 3  # rows on either side of a page break
_WHOLE: Final = 400.0  # up to this height a list never splits


def facts_boxes(block: Facts, place: Place) -> list[Box]:
    """Return the rows under their title as one box, which splits only where it is high."""
    x, measure = place.main_x, place.main
    words_at = _WORDS if measure <= style.MAIN else measure * _SHARE
    if block.even:
        words_at = measure * _EVEN
    table = Tag("Table", place.tag)
    head = caption_box(block.caption, (x, measure), place, table)
    rows: list[Box] = []
    for n, (name, words) in enumerate(block.rows):
        row = Tag("TR", table)
        left = text_box(name, style.CELL_STRONG, (x + 3, words_at - 9), INK, Tag("TH", row, scope="Row"))
        right = text_box(words, style.CELL, (x + words_at, measure - words_at - 3), INK, Tag("TD", row))
        rows.append(_row(left, right, place, x, first=n == 0, last=n == len(block.rows) - 1))
    whole = stacked([head, *rows])
    if whole.height <= _WHOLE:
        return [replace(whole, before=16, after=20)]
    return [replace(_splitting([head, *rows]), before=16)]


def _splitting(rows: list[Box]) -> Box:
    """Return rows that a page break may part, with some of them kept on either side."""

    def split(room: float) -> tuple[Box, Box] | None:
        fits = max((n for n in range(len(rows) + 1) if stacked(rows[:n]).height <= room), default=0)
        fits = min(fits, len(rows) - _KEPT)
        if fits <= _KEPT:
            return None
        return replace(stacked(rows[:fits]), before=16), _splitting(rows[fits:])

    return replace(stacked(rows), after=20, split=split)


def _row(left: Box, right: Box, place: Place, x: float, *, first: bool, last: bool) -> Box:
    height = max(left.height, right.height) + 5.3
    dark = place.colours.dark

    def draw(surface: Surface, top: float) -> None:
        if first:
            surface.line(x, top, x + place.main, top, 1.1, dark)
        left.draw(surface, top + 2.6)
        right.draw(surface, top + 2.6)
        rule, colour = (0.6, dark) if last else (0.4, style.HAIRLINE)
        surface.line(x, top + height, x + place.main, top + height, rule, colour)

    return Box(height, draw)
