"""The hours of the tasks drawn as one bar, with a label below each part."""

from dataclasses import replace
from typing import Final

from vpdesk.domain.wording import number
from vpdesk.reporting import charts
from vpdesk.reporting.document import TaskBar
from vpdesk.reporting.pdf import style
from vpdesk.reporting.pdf.boxes import Box, Place, stacked, text_box
from vpdesk.reporting.pdf.style import INK, SECOND_INK
from vpdesk.reporting.pdf.surface import Surface
from vpdesk.reporting.pdf.tables import caption_box
from vpdesk.reporting.pdf.tags import Tag

_BAR: Final = 24.0
_LABEL: Final = 46.0  # name, hours and percentage, with the space above


def task_bar(chart: TaskBar, place: Place) -> list[Box]:
    """Return the bar with its title and note, as one block."""
    tag = Tag("Figure", place.tag, alt=chart.alt)
    parts = charts.task_parts(chart, place.wide)
    height = _BAR + _LABEL * (1 + max(part.level for part in parts))
    fills = (place.colours.dark, place.colours.mid, place.colours.soft)

    def draw(surface: Surface, top: float) -> None:
        box = (place.wide_x, top, place.wide_x + place.wide, top + height)
        with surface.figure(tag, box):
            for part, fill in zip(parts, fills, strict=True):
                if part.width:
                    surface.rect(place.wide_x + part.x, top, part.width, _BAR, fill)
                left = place.wide_x + charts.label_at(part, place.wide)
                y = top + _BAR + _LABEL * part.level
                surface.text(left, y + 16, part.bar.label, style.SEMIBOLD, 10.5, INK, None)
                surface.text(left, y + 29, f"{number(part.bar.value or 0)} uur", style.REGULAR, 10, INK, None)
                surface.text(left, y + 41, f"{part.share}%", style.REGULAR, 10, SECOND_INK, None)

    head = caption_box(chart.caption, (place.wide_x, place.wide), place, tag)
    figure = stacked([head, Box(height, draw)])
    note = text_box(
        chart.note, style.NOTE, (place.wide_x, place.wide), SECOND_INK, Tag("Note", place.tag), before=4, after=12
    )
    return [replace(figure, before=12, after=4, keep=True), note]
