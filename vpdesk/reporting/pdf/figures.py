"""Charts drawn as vectors from their layout in plain numbers; labels stand on the thing they name."""

from dataclasses import replace
from typing import Final

from vpdesk.domain.wording import number
from vpdesk.reporting import charts
from vpdesk.reporting.document import PhaseFlow, ThemeBars
from vpdesk.reporting.pdf import fonts, style
from vpdesk.reporting.pdf.boxes import Box, Place, stacked, text_box
from vpdesk.reporting.pdf.lines import lines_of
from vpdesk.reporting.pdf.style import INK, RULE, SECOND_INK
from vpdesk.reporting.pdf.surface import Surface
from vpdesk.reporting.pdf.tables import caption_box
from vpdesk.reporting.pdf.tags import Tag

_NAME_INDENT: Final = 8.0
_NUMBER_EDGE: Final = 192.5
_BARS: Final = 203.4
_BAR: Final = 11.0
_DROP: Final = 3.4  # from the middle of a row to the baseline of its text


def theme_bars(chart: ThemeBars, place: Place) -> list[Box]:
    """Return the bars by theme as one block with their title and note."""
    tag = Tag("Figure", place.tag, alt=chart.alt)
    layout = charts.theme_bars(chart, place.wide - _BARS - 1)

    def draw(surface: Surface, top: float) -> None:
        with surface.figure(tag, _across(place, top, layout.height)):
            _theme_bars(surface, layout, place, top)

    head = caption_box(chart.caption, (place.wide_x, place.wide), place, tag)
    figure = stacked([head, Box(layout.height, draw)])
    note = text_box(
        chart.note, style.NOTE, (place.wide_x, place.wide), SECOND_INK, Tag("Note", place.tag), before=4, after=12
    )
    return [replace(figure, before=12, after=4, keep=True), replace(note, dash=chart.has_hidden)]


def _across(place: Place, top: float, height: float) -> tuple[float, float, float, float]:
    return place.wide_x, top, place.wide_x + place.wide, top + height


def _theme_bars(surface: Surface, layout: charts.ThemeBarsLayout, place: Place, top: float) -> None:
    left, right, colours = place.wide_x, place.wide_x + place.wide, place.colours
    surface.line(left, top, right, top, 0.9, colours.dark)
    for n, group in enumerate(layout.groups):
        caption = style.CAPTION
        surface.text(left, top + group.title_middle + _DROP, group.title, caption.face, caption.size, colours.mid, None)
        for row in group.rows:
            _bar_row(surface, row, left, top, place)
        if n < len(layout.groups) - 1:
            surface.line(left, top + group.end, right, top + group.end, 0.6, RULE)
    dark = colours.dark
    if layout.combined is not None:
        y, height = top + layout.combined_top, layout.combined_bottom - layout.combined_top
        surface.rect(left, y, place.wide, height, colours.tint)
        surface.line(left, y, right, y, 0.5, colours.mid)
        _name_and_number(surface, layout.combined, left, top)
        middle = top + layout.combined.middle
        surface.hatched(left + _BARS, middle - _BAR / 2, layout.combined.length, _BAR, colours.mid, colours.tint)
    surface.line(left, top + layout.combined_bottom, right, top + layout.combined_bottom, 0.6, dark)
    middle = top + layout.total_middle
    surface.text(left + _NAME_INDENT, middle + _DROP, "Alle casussen", style.SEMIBOLD, 10, INK, None)
    surface.text_right(left + _NUMBER_EDGE, middle + _DROP, number(layout.total), style.SEMIBOLD, 10, INK, None)
    surface.line(left, top + layout.height, right, top + layout.height, 0.9, dark)


def _bar_row(surface: Surface, row: charts.BarRow, left: float, top: float, place: Place) -> None:
    middle = top + row.middle
    _name_and_number(surface, row, left, top)
    if row.bar.value is None:
        surface.chip(left + _NUMBER_EDGE, middle, None)
    else:
        surface.rect(left + _BARS, middle - _BAR / 2, row.length, _BAR, place.colours.mid)


def _name_and_number(surface: Surface, row: charts.BarRow, left: float, top: float) -> None:
    baseline = top + row.middle + _DROP
    surface.text(left + _NAME_INDENT, baseline, row.bar.label, style.REGULAR, 10, INK, None)
    if row.bar.value is not None:
        surface.text_right(left + _NUMBER_EDGE, baseline, number(row.bar.value), style.SEMIBOLD, 10, INK, None)


def phase_flow(flow: PhaseFlow, place: Place) -> list[Box]:
    """Return the phases as one block: bands in proportion, or equal posts when a number is hidden."""
    tag = Tag("Figure", place.tag, alt=flow.alt)
    figure = _bands(flow, place, tag) if charts.in_proportion(flow) else _posts(flow, place, tag)
    head = caption_box(flow.caption, (place.wide_x, place.wide), place, tag)
    whole = stacked([head, figure])
    note = text_box(
        flow.note, style.NOTE, (place.wide_x, place.wide), SECOND_INK, Tag("Note", place.tag), before=4, after=12
    )
    return [replace(whole, before=12, after=6, keep=True), replace(note, dash=flow.has_hidden)]


def _posts(flow: PhaseFlow, place: Place, tag: Tag) -> Box:
    layout = charts.equal_posts(flow, place.wide)
    wording = style.KEY_CONTEXT
    words = [lines_of(post.words, wording, layout.width) for post in flow.posts]
    longest = max(
        (len(lines) for lines, post in zip(words, flow.posts, strict=True) if post.value is not None), default=0
    )
    below = 41 + longest * wording.lead
    height = below + (24 if flow.combined else 0)

    def draw(surface: Surface, top: float) -> None:
        with surface.figure(tag, _across(place, top, height)):
            for post, x, lines in zip(flow.posts, layout.x, words, strict=True):
                left = place.wide_x + x
                surface.line(left, top, left + layout.width, top, 1.1, place.colours.dark)
                surface.text(left, top + 15.4, post.title, style.SEMIBOLD, 11.5, place.colours.dark, None)
                if x and post.arrow:
                    _arrow(surface, left - layout.gutter + 6, left - 5, top + 11.5, place.colours.mid)
                if post.value is None:
                    surface.chip(left + 8.5 + 5, top + 30, None)
                    continue
                surface.text(left, top + 34.7, number(post.value), style.SEMIBOLD, 13, INK, None)
                for n, line in enumerate(lines):
                    surface.line_of_text(
                        left, top + 41 + n * wording.lead + wording.baseline(), line, wording.size, INK, None
                    )
            if flow.combined is not None and layout.combined_x is not None:
                left = place.wide_x + layout.combined_x
                measure = place.wide - layout.combined_x
                surface.rect(left, top + below + 5, measure, 18.7, place.colours.tint)
                surface.text(left + 6, top + below + 17.7, flow.combined.label, style.REGULAR, 10, INK, None)
                value = number(flow.combined.value or 0)
                surface.text_right(left + measure - 6, top + below + 17.7, value, style.SEMIBOLD, 10, INK, None)

    return Box(height, draw)


def _arrow(surface: Surface, start: float, end: float, y: float, colour: str) -> None:
    surface.line(start, y, end, y, 1.2, colour)
    surface.line(end - 4.5, y - 4, end, y, 1.2, colour)
    surface.line(end - 4.5, y + 4, end, y, 1.2, colour)


_LABELS: Final = 30.0
_INSIDE: Final = 20.0  # a band this high holds its own words


def _bands(flow: PhaseFlow, place: Place, tag: Tag) -> Box:
    layout = charts.phase_bands(flow, place.wide)
    stayed_first, stayed_second, after = (post.value or 0 for post in flow.posts)
    begun = (
        f"{number(flow.total)} begonnen",
        f"{number(stayed_second + after)} deden een melding",
        f"{number(after)} kregen nazorg",
    )
    lowest = max(layout.height, layout.posts[1].height + 20)

    def draw(surface: Surface, top: float) -> None:
        with surface.figure(tag, _across(place, top, _LABELS + lowest)):
            base = top + _LABELS
            for band in layout.onward:
                surface.rect(place.wide_x + band.x, base + band.y, band.width, band.height, place.colours.soft)
            for band in layout.stayed:
                surface.rect(place.wide_x + band.x, base + band.y, band.width, band.height, place.colours.tint)
            for post, band, words in zip(flow.posts, layout.posts, begun, strict=True):
                left = place.wide_x + band.x
                surface.rect(left, base, band.width, band.height, place.colours.dark)
                surface.text(left, top + 10, post.title, style.SEMIBOLD, 11, place.colours.dark, None)
                surface.text(left, top + 23, words, style.REGULAR, 10, INK, None)
            for value, band, words in zip(
                (stayed_first, stayed_second),
                layout.stayed,
                ("bleven bij gesprekken en raad", "bleven in de meldingsfase"),
                strict=True,
            ):
                inside = band.height >= _INSIDE
                middle = base + band.y + (band.height / 2 if inside else band.height + 9)
                left = place.wide_x + band.x + 9
                surface.text(left, middle + 4, number(value), style.SEMIBOLD, 12, INK, None)
                indent = fonts.width(number(value), style.SEMIBOLD, 12) + 6
                surface.text(left + indent, middle + 4, words, style.REGULAR, 10, INK, None)

    return Box(_LABELS + lowest, draw)
