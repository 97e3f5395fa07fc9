"""Charts over years, drawn as vectors: one line with its values below, and small panels of one scale."""

from dataclasses import replace
from typing import Final

from vpdesk.domain.wording import number
from vpdesk.reporting import year_charts
from vpdesk.reporting.document import Bar, Panel, ThemeLines, YearLine
from vpdesk.reporting.pdf import fonts, style
from vpdesk.reporting.pdf.boxes import Box, Place, lines_box, stacked, text_box
from vpdesk.reporting.pdf.lines import Span, set_lines, shortened
from vpdesk.reporting.pdf.style import INK, RULE, SECOND_INK
from vpdesk.reporting.pdf.surface import CHIP_CENTRE, Surface
from vpdesk.reporting.pdf.tables import caption_box
from vpdesk.reporting.pdf.tags import Tag
from vpdesk.reporting.year_charts import YearLineLayout, YearPoint

_HIGH: Final = 140.0
_ABOVE: Final = 10.0  # room for the ring of the highest point
_BELOW: Final = 34.0  # a row of years and a row of values
_SCALE: Final = 18.0  # at the left, for the values of the quiet lines
_MARGIN: Final = 11.0
_PANEL: Final = 62.0
_PANEL_TITLE: Final = 17.0
_PANEL_SPACE: Final = 26.0
_ACROSS: Final = 3
_RING, _SMALL_RING = 3.6, 2.6


def year_line(chart: YearLine, place: Place) -> list[Box]:
    """Return the line of the years with its title and note, as one block."""
    tag = Tag("Figure", place.tag, alt=chart.alt)
    step = year_charts.step_of(chart.points)
    layout = year_charts.year_line(chart.points, width=place.wide - _SCALE, height=_HIGH, step=step, margin=_MARGIN)
    height = _ABOVE + _HIGH + _BELOW

    def draw(surface: Surface, top: float) -> None:
        box = (place.wide_x, top, place.wide_x + place.wide, top + height)
        with surface.figure(tag, box):
            left, base = place.wide_x + _SCALE, top + _ABOVE
            for value, y in layout.grid:
                line, colour = (0.6, SECOND_INK) if value == 0 else (0.4, RULE)
                surface.line(left, base + y, place.wide_x + place.wide, base + y, line, colour)
                text = number(value)
                surface.text_right(left - 6, base + y + 3, text, style.REGULAR, 8.8, SECOND_INK, None)
            _line(surface, layout, left, base, place.colours.dark, (2.0, _RING))
            for point in layout.points:
                _year(surface, point, left, base + _HIGH, point.bar.label, 11.0)

    head = caption_box(chart.caption, (place.wide_x, place.wide), place, tag)
    figure = stacked([head, Box(height, draw)])
    note = text_box(
        chart.note, style.NOTE, (place.wide_x, place.wide), SECOND_INK, Tag("Note", place.tag), before=4, after=12
    )
    return [replace(figure, before=12, after=4, keep=True), replace(note, dash=chart.has_hidden)]


def _line(
    surface: Surface, layout: YearLineLayout, left: float, base: float, colour: str, strokes: tuple[float, float]
) -> None:
    width, ring = strokes
    for start, end in layout.joined:
        surface.line(left + start.x, base + (start.y or 0), left + end.x, base + (end.y or 0), width, colour)
    for point in layout.points:
        if point.y is not None:
            surface.ring(left + point.x, base + point.y, ring, width * 0.8, colour)


def _year(surface: Surface, point: YearPoint, left: float, axis: float, words: str, size: float) -> None:
    """Write a year and its value below the axis; a chip where there is no value, at the same height everywhere."""
    x = left + point.x
    _centred(surface, words, x, axis + 12, style.REGULAR, 8.8, SECOND_INK)
    if point.bar.value is None:
        surface.chip(x + CHIP_CENTRE, axis + 23.5, None)
    else:
        _centred(surface, number(point.bar.value), x, axis + 27, style.SEMIBOLD, size, INK)


def _centred(surface: Surface, text: str, x: float, baseline: float, face: str, size: float, colour: str) -> None:
    surface.text(x - fonts.width(text, face, size) / 2, baseline, text, face, size, colour, None)


def theme_lines(chart: ThemeLines, place: Place) -> list[Box]:
    """Return the panels, three a row on one scale; the note stands in the free panel, or below when there is none."""
    tag = Tag("Figure", place.tag, alt=chart.alt)
    step = year_charts.step_of(point for panel in chart.panels for point in panel.points)
    measure = (place.wide - style.GUTTER * (_ACROSS - 1)) / _ACROSS
    high = _PANEL_TITLE + _PANEL + _BELOW
    lines = -(-len(chart.panels) // _ACROSS)
    height = lines * high + (lines - 1) * _PANEL_SPACE

    def corner(n: int) -> tuple[float, float]:
        row, column = divmod(n, _ACROSS)
        return place.wide_x + column * (measure + style.GUTTER), row * (high + _PANEL_SPACE)

    def draw(surface: Surface, top: float) -> None:
        box = (place.wide_x, top, place.wide_x + place.wide, top + height)
        with surface.figure(tag, box):
            for n, panel in enumerate(chart.panels):
                x, y = corner(n)
                _panel(surface, panel, (x, top + y, measure), step, place.colours.dark)

    head = caption_box(chart.caption, (place.wide_x, place.wide), place, tag)
    free = len(chart.panels) % _ACROSS
    note_tag = Tag("Note", place.tag)
    if not free:
        note = text_box(chart.note, style.NOTE, (place.wide_x, place.wide), SECOND_INK, note_tag, before=8, after=16)
        return [replace(stacked([head, Box(height, draw)]), before=12, after=8, keep=True), note]
    x, y = corner(len(chart.panels))
    note = _led_note(chart.note, (x, measure), note_tag)

    def both(surface: Surface, top: float) -> None:
        draw(surface, top)
        note.draw(surface, top + y + 2)

    whole = stacked([head, Box(max(height, y + 2 + note.height), both)])
    return [replace(whole, before=12, after=16, dash=chart.has_hidden)]


def _led_note(text: str, column: tuple[float, float], tag: Tag) -> Box:
    """Return a note that opens with its first three words in semibold."""
    words = text.split(" ")
    spans = (Span(" ".join(words[:3]), style.SEMIBOLD), Span(" ".join(words[3:]), style.NOTE.face))
    return lines_box(set_lines(spans, style.NOTE.size, column[1]), style.NOTE, column[0], SECOND_INK, tag)


def _panel(surface: Surface, panel: Panel, place: tuple[float, float, float], step: int, colour: str) -> None:
    x, top, measure = place
    title = style.CAPTION
    words = shortened(panel.title, title, measure)
    surface.text(x, top + title.baseline(), words, title.face, title.size, INK, None)
    layout = year_charts.year_line(panel.points, width=measure, height=_PANEL, step=step, margin=_MARGIN)
    base = top + _PANEL_TITLE
    surface.line(x, base + _PANEL, x + measure, base + _PANEL, 0.6, SECOND_INK)
    _line(surface, layout, x, base, colour, (1.6, _SMALL_RING))
    for point in layout.points:
        _year(surface, point, x, base + _PANEL, _short(point.bar), 9.6)


def _short(bar: Bar) -> str:
    """Return `’25` for 2025, and `’24/25` for a reporting year that lies in two."""
    return f"’{bar.label[2:]}"
