"""Boxes: measured pieces of a page that can be drawn at any height, kept together, or split between lines."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from vpdesk.reporting.document import Width
from vpdesk.reporting.pdf import style
from vpdesk.reporting.pdf.lines import Line, Span, lines_of, set_lines
from vpdesk.reporting.pdf.style import Colours, Type
from vpdesk.reporting.pdf.surface import Surface
from vpdesk.reporting.pdf.tags import Tag

Draw = Callable[[Surface, float], None]

_KEPT_LINES = 2  # a paragraph leaves at least this many lines on either side of a page break


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are set: the columns, the colours, the tag they belong to; `dense` is the type of the last page.

    In a `sectioned` chapter a section came before, so that a smaller heading is one level deeper than a section.
    """

    colours: Colours
    tag: Tag
    main_x: float = style.MAIN_LEFT
    main: float = style.MAIN
    wide_x: float = style.LEFT
    wide: float = style.WIDE
    dense: bool = False
    sectioned: bool = False

    @property
    def small_heading(self) -> str:
        """Return the kind of a heading below that of a section: no level may be skipped (PDF/UA-1, 7.4.2)."""
        return "H3" if self.sectioned else "H2"

    def column(self, width: Width) -> tuple[float, float]:
        """Return the left edge and the measure of a column."""
        return (self.wide_x, self.wide) if width is Width.WIDE else (self.main_x, self.main)


@dataclass(frozen=True, slots=True)
class Box:
    """A measured piece. Between two boxes lies the larger of the one's `after` and the other's `before`.

    `keep` holds it on the page of the next box; `dash` asks for the note on hidden numbers, in column `column`;
    `split` cuts it at a height, or returns None when it can't.
    """

    height: float
    draw: Draw
    before: float = 0
    after: float = 0
    keep: bool = False
    dash: bool = False
    column: tuple[float, float] = (style.LEFT, style.WIDE)
    split: "Callable[[float], tuple[Box, Box] | None] | None" = None


def stacked(boxes: list[Box]) -> Box:
    """Return boxes as one that never splits, without the space around the first and last."""
    tops: list[float] = []
    y = 0.0
    for n, box in enumerate(boxes):
        y += max(boxes[n - 1].after, box.before) if n else 0
        tops.append(y)
        y += box.height

    def draw(surface: Surface, top: float) -> None:
        for box, offset in zip(boxes, tops, strict=True):
            box.draw(surface, top + offset)

    return Box(y, draw, dash=any(box.dash for box in boxes))


def lines_box(
    lines: tuple[Line, ...],
    kind: Type,
    x: float,
    colour: str,
    tag: Tag,
    *,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Box:
    """Return set lines as a box that splits between lines, never leaving one alone."""

    def draw(surface: Surface, top: float) -> None:
        for n, line in enumerate(lines):
            surface.line_of_text(x, top + n * kind.lead + kind.baseline(), line, kind.size, colour, tag)

    def split(height: float) -> tuple[Box, Box] | None:
        fits = min(int(height // kind.lead), len(lines) - _KEPT_LINES)
        if fits < _KEPT_LINES:
            return None
        head = lines_box(lines[:fits], kind, x, colour, tag, before=before)
        return head, lines_box(lines[fits:], kind, x, colour, tag, after=after, keep=keep)

    return Box(len(lines) * kind.lead, draw, before=before, after=after, keep=keep, split=split)


def text_box(
    text: str,
    kind: Type,
    column: tuple[float, float],
    colour: str,
    tag: Tag,
    *,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Box:
    """Return plain text as a box in a column (left edge, measure)."""
    return lines_box(
        lines_of(text, kind, column[1]), kind, column[0], colour, tag, before=before, after=after, keep=keep
    )


def led_lines(lead: str, text: str, kind: Type, measure: float) -> tuple[Line, ...]:
    """Break text that opens with a lead in semibold."""
    spans = (Span(lead, style.SEMIBOLD), Span(text, kind.face)) if lead else (Span(text, kind.face),)
    return set_lines(spans, kind.size, measure)


def ruled(box: Box, x: float, measure: float, *, width: float, colour: str, gap: float) -> Box:
    """Return a box under a line that runs over its measure."""

    def draw(surface: Surface, top: float) -> None:
        surface.line(x, top, x + measure, top, width, colour)
        box.draw(surface, top + gap)

    return replace(box, height=box.height + gap, draw=draw, split=None)
