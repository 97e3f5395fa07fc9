"""What a report tells of the advisor's own work, as far as it was chosen: never of the time or number of talks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.periods import Period
from vpdesk.domain.worklog import ADVICE, GROUPS, UPKEEP, Activity, TaskGroup

SIGNAL: Final = "signaal"
ASKED: Final = "gevraagd advies"
CONSULTED: Final = tuple(task for task in GROUPS[TaskGroup.SIGNALEREN] if task.startswith("overleg "))
"""Consultation with those who answer for the organisation."""

TOLD: Final = (*GROUPS[TaskGroup.INFORMEREN], *GROUPS[TaskGroup.SIGNALEREN], *UPKEEP)
"""The tasks that a report may tell of.

Not preparing a talk, going along and aftercare: they are about people who came. Nor administration, travel and talks
with colleagues, which grow with the number of people who came.
"""


class WorkPart(StrEnum):
    """A part of the work log that a report can have."""

    VOORLICHTING = "voorlichting"
    OVERLEG = "overleg"
    ADVIES = "advies"
    SIGNALEN = "signalen"
    VAKBEKWAAMHEID = "vakbekwaamheid"
    UREN = "uren"


PARTS: Final = {
    WorkPart.VOORLICHTING: "Voorlichting en training",
    WorkPart.OVERLEG: "Overleg met de organisatie",
    WorkPart.ADVIES: "Advies, en wat ermee is gedaan",
    WorkPart.SIGNALEN: "Signalen aan de leiding",
    WorkPart.VAKBEKWAAMHEID: "Scholing en intervisie",
    WorkPart.UREN: "Uren en de verdeling over de taken",
}
"""How each part is called, in the order of a report."""


@dataclass(frozen=True, slots=True)
class Work:
    """The chosen parts, what was done in the period, and the advice and signals of before that are still told of.

    Both are in order of time, and of tasks in TOLD only.
    """

    parts: frozenset[WorkPart] = frozenset()
    done: tuple[Activity, ...] = ()
    before: tuple[Activity, ...] = ()

    def of(self, *tasks: str) -> tuple[Activity, ...]:
        """Return what was done of some tasks."""
        return tuple(activity for activity in self.done if activity.task in tasks)


NO_WORK: Final = Work()


def work_told(parts: frozenset[WorkPart], log: Iterable[Activity], period: Period, *, since: date) -> Work:
    """Return what a report tells from the log of an organisation.

    Of earlier advice and signals it tells those from `since` on, and those of which more was heard in the period.
    """
    ordered = sorted((a for a in log if parts and a.task in TOLD), key=lambda a: (a.on, a.id))
    before = tuple(
        a
        for a in ordered
        if a.task in ADVICE
        and a.on < period.first
        and (a.on >= since or (a.follow_up is not None and a.follow_up.on in period))
    )
    return Work(parts, tuple(a for a in ordered if a.on in period), before)
