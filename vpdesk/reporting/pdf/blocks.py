"""Blocks of text as boxes: headings, paragraphs, lists, callouts, findings, columns, key numbers, facts."""

from dataclasses import replace
from functools import singledispatch
from typing import Final

from vpdesk.reporting import document as doc
from vpdesk.reporting.pdf import style
from vpdesk.reporting.pdf.boxes import Box, Place, led_lines, lines_box, ruled, stacked, text_box
from vpdesk.reporting.pdf.facts import facts_boxes
from vpdesk.reporting.pdf.figures import phase_flow, theme_bars
from vpdesk.reporting.pdf.lines import Line, lines_of
from vpdesk.reporting.pdf.style import INK, SECOND_INK
from vpdesk.reporting.pdf.surface import Surface
from vpdesk.reporting.pdf.tables import table_boxes, table_pair
from vpdesk.reporting.pdf.tags import Tag
from vpdesk.reporting.pdf.tasks import task_bar
from vpdesk.reporting.pdf.years import theme_lines, year_line

_BULLET_INDENT: Final = 12.0
_PADDING: Final = 12.0
_CALLOUT_TOP: Final = 8.0
_HIGHEST_CALLOUT: Final = 600.0  # a longer one continues in another, on the next page
_FINDING_RULE: Final = 2.6
_UNSPLIT_FINDING: Final = 12  # lines
_KEPT_FINDING: Final = 3


@singledispatch
def boxes(block: doc.Block, place: Place) -> list[Box]:
    """Return the boxes of a block in a place; a block of an unknown kind is a bug."""
    raise TypeError(type(block).__name__, place)


@boxes.register
def _(block: doc.Heading, place: Place) -> list[Box]:
    section = block.level == 2  # noqa: PLR2004 - levels as in the document
    kind = style.SECTION if section else style.SUBSECTION
    tag = Tag("H2" if section else place.small_heading, place.tag)
    side = Tag("P", place.tag) if block.side else None
    lines = lines_of(block.text, kind, place.main)
    inner = lines_box(lines, kind, place.main_x, place.colours.dark, tag)

    def draw(surface: Surface, top: float) -> None:
        if section:
            surface.bookmark("", block.text, 1, top)
        if side is not None:
            side_colour, face = place.colours.mid, style.SIDE
            surface.text(place.wide_x, top + kind.baseline(), block.side, face.face, face.size, side_colour, side)
        inner.draw(surface, top)

    after = 1.0 if block.tight or not section else 5.0
    return [Box(inner.height, draw, before=16 if section else 14, after=after, keep=True)]


@boxes.register
def _(block: doc.Paragraph, place: Place) -> list[Box]:
    kind = style.SMALL_TEXT if place.dense else style.TEXT
    x, measure = place.column(block.width)
    lines = led_lines(block.lead, block.text, kind, measure)
    return [lines_box(lines, kind, x, INK, Tag("P", place.tag), before=0, after=7)]


@boxes.register
def _(block: doc.Note, place: Place) -> list[Box]:
    return [
        text_box(
            block.text, style.NOTE, place.column(block.width), SECOND_INK, Tag("Note", place.tag), before=4, after=16
        )
    ]


@boxes.register
def _(block: doc.BulletList, place: Place) -> list[Box]:
    x, measure = place.column(block.width)
    kind = style.SMALL_TEXT if place.dense else style.TEXT
    made: list[Box] = []
    group = Tag("L", place.tag)
    for n, item in enumerate(block.items):
        entry = Tag("LI", group)
        label, body = Tag("Lbl", entry), Tag("LBody", entry)
        last = n == len(block.items) - 1
        made.append(
            _bullet(item, kind, (x, measure), place, (label, body), after=9 if last else 4 if not place.dense else 1.5)
        )
    return made


def _bullet(
    item: str, kind: style.Type, column: tuple[float, float], place: Place, tags: tuple[Tag, Tag], *, after: float
) -> Box:
    x, measure = column
    inner = text_box(item, kind, (x + _BULLET_INDENT, measure - _BULLET_INDENT), INK, tags[1])

    def draw(surface: Surface, top: float) -> None:
        surface.text(x, top + kind.baseline(), "•", kind.face, kind.size, place.colours.accent, tags[0])
        inner.draw(surface, top)

    return Box(inner.height, draw, after=after)


@boxes.register
def _(block: doc.Columns, place: Place) -> list[Box]:
    count = len(block.items)
    measure = (place.wide - style.GUTTER * (count - 1)) / count
    made: list[Box] = []
    for n, item in enumerate(block.items):
        x = place.wide_x + n * (measure + style.GUTTER)
        title = text_box(item.title, style.SECTION, (x, measure), place.colours.dark, Tag("H2", place.tag), after=2)
        words = text_box(item.text, style.COLUMN_TEXT, (x, measure), INK, Tag("P", place.tag))
        made.append(ruled(stacked([title, words]), x, measure, width=1.1, colour=place.colours.dark, gap=9))
    return [_beside(made, before=16, after=20)]


def _beside(made: list[Box], *, before: float, after: float) -> Box:
    def draw(surface: Surface, top: float) -> None:
        for box in made:
            box.draw(surface, top)

    height = max(box.height for box in made)
    return Box(height, draw, before=before, after=after, dash=any(box.dash for box in made))


@boxes.register
def _(block: doc.KeyNumbers, place: Place) -> list[Box]:
    count = len(block.items)
    measure = (place.wide - style.GUTTER * (count - 1)) / count
    made = []
    for n, item in enumerate(block.items):
        column = (place.wide_x + n * (measure + style.GUTTER), measure)
        made.append(
            ruled(
                stacked(
                    [
                        text_box(
                            item.value, style.KEY_NUMBER, column, place.colours.dark, Tag("P", place.tag), after=1
                        ),
                        text_box(item.noun, style.KEY_NOUN, column, INK, Tag("P", place.tag)),
                        text_box(item.context, style.KEY_CONTEXT, column, SECOND_INK, Tag("P", place.tag)),
                    ]
                ),
                *column,
                width=1.1,
                colour=place.colours.dark,
                gap=6,
            )
        )
    return [_beside(made, before=16, after=26)]


@boxes.register
def _(block: doc.Callout, place: Place) -> list[Box]:
    section = Tag("Sect", place.tag)
    column = (place.wide_x + _PADDING, place.wide - 2 * _PADDING)
    kind, gap = (style.LARGE_TEXT, 8.0) if block.large else (style.TEXT, 5.0)
    parts = [
        [
            text_box(
                block.title, style.SUBSECTION, column, place.colours.dark, Tag(place.small_heading, section), after=6.5
            )
        ]
    ]
    for p in block.paragraphs:
        lines = led_lines(p.lead, p.text, kind, column[1])
        made = lines_box(lines, kind, column[0], INK, Tag("P", section), after=gap)
        if stacked([*parts[-1], made]).height > _HIGHEST_CALLOUT:
            parts.append([])
        parts[-1].append(made)
    return [_callout(stacked(part), place) for part in parts]


def _callout(inner: Box, place: Place) -> Box:
    height = inner.height + _CALLOUT_TOP + _PADDING

    def draw(surface: Surface, top: float) -> None:
        surface.rect(place.wide_x, top, place.wide, height, place.colours.tint)
        inner.draw(surface, top + _CALLOUT_TOP)

    return Box(height, draw, before=18, after=18)


@boxes.register
def _(block: doc.Finding, place: Place) -> list[Box]:
    x, measure = place.column(block.width)
    section = Tag("Sect", place.tag)
    lines: list[tuple[Line, Tag, bool]] = []
    for paragraph in block.paragraphs:
        tag = Tag("P", section)
        made = lines_of(paragraph, style.TEXT, measure - _BULLET_INDENT)
        lines += [(line, tag, n == 0) for n, line in enumerate(made)]
    return [_finding(lines, block.label, x, place, Tag("P", section))]


def _finding(lines: list[tuple[Line, Tag, bool]], label: str, x: float, place: Place, tag: Tag) -> Box:
    kind, gap = style.TEXT, 5.0
    start = style.LABEL.lead + 0.5 if label else 0.0
    tops: list[float] = []
    y = start
    for n, (_line, _tag, opens) in enumerate(lines):
        y += gap if opens and n else 0
        tops.append(y)
        y += kind.lead
    height = y + 2

    def draw(surface: Surface, top: float) -> None:
        accent = place.colours.accent
        surface.rect(x, top, _FINDING_RULE, height, accent)
        if label:
            face = style.LABEL
            surface.text(x + _BULLET_INDENT, top + 9, label, face.face, face.size, accent, tag)
        for (line, line_tag, _opens), offset in zip(lines, tops, strict=True):
            surface.line_of_text(x + _BULLET_INDENT, top + offset + kind.baseline(), line, kind.size, INK, line_tag)

    def split(room: float) -> tuple[Box, Box] | None:
        fits = sum(1 for offset in tops if offset + kind.lead + 2 <= room)
        fits = min(fits, len(lines) - _KEPT_FINDING)
        if len(lines) <= _UNSPLIT_FINDING or fits < _KEPT_FINDING:
            return None
        return _finding(lines[:fits], label, x, place, tag), _finding(lines[fits:], "", x, place, tag)

    return Box(height, draw, before=16, after=16, split=split)


@boxes.register
def _(block: doc.Recommendation, place: Place) -> list[Box]:
    section = Tag("Sect", place.tag)
    column = (place.main_x, place.main)
    title = text_box(block.title, style.SECTION, column, place.colours.dark, Tag("H2", section), after=1)
    head = ruled(title, *column, width=0.6, colour=style.RULE, gap=9)
    parts = [replace(head, before=14, after=1, keep=True)]
    if block.text:
        text = text_box(block.text, style.TEXT, column, INK, Tag("P", section), after=3)
        parts.append(replace(text, keep=text.height <= _UNSPLIT_FINDING * style.TEXT.lead))
    parts.append(
        text_box(f"Aan zet: {block.actor}", style.ACTOR, column, place.colours.mid, Tag("P", section), after=12)
    )
    return parts


@boxes.register
def _(block: doc.Facts, place: Place) -> list[Box]:
    return facts_boxes(block, place)


@boxes.register
def _(_block: doc.Rule, place: Place) -> list[Box]:
    def draw(surface: Surface, top: float) -> None:
        surface.line(place.wide_x, top, place.wide_x + place.wide, top, 0.6, style.RULE)

    return [Box(0.6, draw, before=14, after=12)]


@boxes.register
def _(block: doc.SideBySide, place: Place) -> list[Box]:
    made: list[Box] = []
    for x, column in ((style.LEFT, block.left), (style.HALF_RIGHT, block.right)):
        half = replace(place, main_x=x, main=style.HALF, wide_x=x, wide=style.HALF, dense=True)
        made.append(stacked([box for inner in column for box in boxes(inner, half)]))
    return [replace(_beside(made, before=14, after=14), dash=False)]


@boxes.register
def _(block: doc.Table, place: Place) -> list[Box]:
    return table_boxes(block, place)


@boxes.register
def _(block: doc.TablePair, place: Place) -> list[Box]:
    return [table_pair(block, place)]


@boxes.register
def _(block: doc.ThemeBars, place: Place) -> list[Box]:
    return theme_bars(block, place)


@boxes.register
def _(block: doc.PhaseFlow, place: Place) -> list[Box]:
    return phase_flow(block, place)


@boxes.register
def _(block: doc.YearLine, place: Place) -> list[Box]:
    return year_line(block, place)


@boxes.register
def _(block: doc.ThemeLines, place: Place) -> list[Box]:
    return theme_lines(block, place)


@boxes.register
def _(block: doc.TaskBar, place: Place) -> list[Box]:
    return task_bar(block, place)
