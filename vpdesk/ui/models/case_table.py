"""How cases stand in the dense table: code and pseudonym first, because that is how she remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain import taxonomy, wording
from vpdesk.ui.models.paged import Column
from vpdesk.ui.widgets.tables import Cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vpdesk.domain.phases import Phase
    from vpdesk.domain.rows import CaseRow


def day_short(day: date, today: date) -> str:
    """Return `vandaag`, `gisteren` or `18 sep`, with the year where it differs; for columns of dates."""
    if 0 <= (today - day).days <= 1:
        return wording.short_date(day, today)
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {wording.SHORT_MONTHS[day.month - 1]}{year}"


def next_cell(row: CaseRow, today: date) -> Cell:
    """Return the cell of the next step: late with an icon, today in bold, none in muted words."""
    if row.next_on is None:
        return Cell("gesloten" if row.closed else "geen", ink="muted")
    if row.next_on < today:
        return Cell(day_short(row.next_on, today), weight=600, ink="warning", icon="let_op", icon_ink="warning")
    return Cell(day_short(row.next_on, today), weight=600 if row.next_on == today else 400)


def theme_cell(code: str) -> Cell:
    """Return a theme as it stands in lists, in small letters; an unknown one is muted."""
    return Cell(code, ink="muted" if code == taxonomy.UNKNOWN.code else "text")


def phase_cell(phase: Phase) -> Cell:
    """Return a phase chip."""
    return Cell(phase.value, chip=phase.value)


def case_columns(today: Callable[[], date]) -> tuple[Column[CaseRow], ...]:
    """Return the columns of Casussen; `today` is asked at paint time, since a window may stay open overnight."""
    return (
        Column("Code", 92, lambda row: Cell(row.code)),
        Column("Pseudoniem", 110, lambda row: Cell(row.pseudonym, weight=600)),
        Column("Organisatie", 166, lambda row: Cell(row.client_name), stretch=True),
        Column("Fase", 122, lambda row: phase_cell(row.phase)),
        Column("Hoofdthema", 158, lambda row: theme_cell(row.thema), stretch=True),
        Column("Volgende stap", 116, lambda row: next_cell(row, today())),
    )
