"""How the log stands in its table, and the words and colours of tasks; talks are sums without their cases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain import wording
from vpdesk.domain.hours import as_clock
from vpdesk.domain.periods import Period
from vpdesk.domain.worklog import TASKS, TaskGroup
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.models.paged import Column
from vpdesk.ui.widgets.tables import Cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.domain.worklog import WorkRow

COLOURS: Final = {
    TaskGroup.ONDERSTEUNEN: "chart_1",
    TaskGroup.INFORMEREN: "chart_3",
    TaskGroup.SIGNALEREN: "chart_4",
}
"""The tokens of the three tasks; what stands outside the balance has no colour."""

GROUP_WORDS: Final = {group: group.value for group in TaskGroup} | {TaskGroup.ORGANISATIE: "overig"}
"""How groups are called on the page, where *organisatie* is who appointed the advisor."""

_LAST_YEAR: Final = 9998


def what(row: WorkRow) -> str:
    """Return what was done: the words of the user, else the task, or how many talks there were."""
    if row.activity is None:
        return wording.counted(row.talks, "gesprek", "gesprekken")
    return row.title or TASKS.label(row.task)


def for_whom(row: WorkRow) -> Cell:
    """Return the organisation, or how many there were."""
    if row.client_name:
        return Cell(row.client_name)
    if row.activity is None:
        many = row.clients > 1
        return Cell(f"{row.clients} organisaties", ink="text") if many else Cell("nog niet gekoppeld", ink="muted")
    return Cell("")


def activity_columns(today: Callable[[], date]) -> tuple[Column[WorkRow], ...]:
    """Return the columns of the log."""
    return (
        Column("Datum", 96, lambda row: Cell(day_short(row.on, today()))),
        Column("Taak", 141, lambda row: Cell(GROUP_WORDS[row.group], swatch=COLOURS.get(row.group, "sunken"))),
        Column("Wat", 220, lambda row: Cell(what(row)), stretch=True),
        Column("Organisatie", 150, for_whom, stretch=True),
        Column("Tijd", 60, lambda row: Cell(as_clock(row.minutes), right=True), right=True),
    )


def everything() -> Period:
    """Return a period that holds every day."""
    return Period(date.min, date(_LAST_YEAR, 12, 31))


def quarters_of(year: int) -> tuple[tuple[str, Period], ...]:
    """Return the quarters of a year with their names."""
    starts = [date(year, month, 1) for month in (1, 4, 7, 10)] + [date(year + 1, 1, 1)]
    return tuple(
        (f"{number}e kwartaal {year}", Period(starts[number - 1], starts[number] - timedelta(days=1)))
        for number in range(1, 5)
    )


def periods(today: date, first: date | None) -> list[tuple[str, object]]:
    """Return the periods to choose from: this year so far, its quarters, earlier years from the first on, and all."""
    begun = [(word, period) for word, period in quarters_of(today.year) if period.first <= today]
    earliest = today.year if first is None else min(first.year, today.year)
    years = [(str(year), Period.year(year)) for year in range(today.year - 1, earliest - 1, -1)]
    found: list[tuple[str, object]] = [(f"{today.year}, tot nu toe", Period.year(today.year))]
    return [*found, *reversed(begun), *years, ("Alle jaren", everything())]


def groups() -> list[tuple[str, object]]:
    """Return the groups of tasks to choose from."""
    return [("alle", None), *((GROUP_WORDS[group], group) for group in TaskGroup)]
