"""How often a report says that something of the work log was done, as statements beside what it says of people.

They are not about people, so no audit reads them. Only numbers of activities have this form: people reached and hours
count something else.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from vpdesk.domain.periods import Period
from vpdesk.domain.report_work import CONSULTED, Work, WorkPart
from vpdesk.domain.statements import TASK, TITLE, Box, Of, Statement
from vpdesk.domain.worklog import GROUPS, TASKS, Activity, TaskGroup
from vpdesk.reporting.disclosure.result import Level

INFORMING: Final = GROUPS[TaskGroup.INFORMEREN]


def work_said(work: Work, level: Level, period: Period) -> tuple[Statement, ...]:
    """Return what a report of this level counts of the work: by row of its tables, by task and in all.

    Nothing below the level that has tables: a report that says nothing of people counts nothing else either.
    """
    if level is not Level.EENRIJ:
        return ()
    counts: list[tuple[Box, int]] = []
    if WorkPart.VOORLICHTING in work.parts:
        counts += _by_row(work)
        counts += _by_task(work, INFORMING)
    if WorkPart.OVERLEG in work.parts:
        counts += _by_task(work, CONSULTED)
    return tuple(Statement(Of.ACTIVITIES, box, period, count, count) for box, count in counts)


def _by_row(work: Work) -> Iterator[tuple[Box, int]]:
    """Yield the rows of outreach; one that is a whole task under its own name is told by task."""
    for title, activities in by_title(work.of(*INFORMING)).items():
        tasks = {a.task for a in activities}
        if tuple(activities) != work.of(*tasks) or title not in map(TASKS.label, tasks):
            yield Box.where_({TITLE: title, TASK: frozenset(tasks)}), len(activities)


def _by_task(work: Work, tasks: tuple[str, ...]) -> Iterator[tuple[Box, int]]:
    """Yield how often each of some tasks was done, and all of them; nothing where none was, as then no table is."""
    for task in tasks:
        if held := work.of(task):
            yield Box.where_({TASK: task}), len(held)
    if held := work.of(*tasks):
        yield Box.where_({TASK: frozenset(tasks)}), len(held)


def by_title(held: Iterable[Activity]) -> dict[str, list[Activity]]:
    """Return activities by what they are called, whatever the capitals, in the order of the first of each."""
    names: dict[str, str] = {}
    found: dict[str, list[Activity]] = {}
    for activity in held:
        title = title_of(activity)
        found.setdefault(names.setdefault(title.casefold(), title), []).append(activity)
    return found


def title_of(activity: Activity) -> str:
    """Return what an activity is called: its own words, or its task."""
    words = " ".join(activity.title.split())
    return words[:1].upper() + words[1:] if words else TASKS.label(activity.task)
