"""An activity that is still to come: which task on which day, at what time; it stands on Vandaag without a case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ReminderId
from vpdesk.domain.reminders import Reminder
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.worklog import TALK, TASKS

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.ids import ClientId

INTERVISION: Final = "intervisie"
NO_TIME: Final = "Vul een tijd in zoals 13:30, of laat het leeg. Er is niets bewaard."
_AT: Final = "Om "
_WRITTEN: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?: ?uur)?", re.ASCII)
_HOURS, _MINUTES = 24, 60


def time_of_day(written: str) -> str:
    """Return `13:30` for *13:30*, *13.30* and *13:30 uur*, empty for nothing; raises InvalidValueError."""
    text = written.strip()
    if not text:
        return ""
    found = _WRITTEN.fullmatch(text)
    if found is None or int(found[1]) >= _HOURS or int(found[2] or 0) >= _MINUTES:
        raise InvalidValueError(NO_TIME)
    return f"{int(found[1])}:{found[2] or '00'}"


NEW: Final = ReminderId(0)
"""The reminder of what is not in the vault yet."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What is planned; `at` is a time of the day, empty where none was agreed on."""

    task: str
    on: date
    at: str = ""
    client: ClientId | None = None
    reminder: ReminderId = NEW

    def __post_init__(self) -> None:
        if self.task not in TASKS or self.task == TALK:
            raise InvalidValueError("Deze activiteit kan niet worden gepland. Er is niets bewaard.")

    @property
    def title(self) -> str:
        """How it stands on Vandaag."""
        return TASKS.label(self.task)

    def written(self) -> Reminder:
        """Return the reminder in which a vault keeps it."""
        at = f"{_AT}{self.at}" if self.at else ""
        return Reminder(self.reminder, TodayKind.ACTIVITEIT, self.on, self.title, at, client=self.client)

    @classmethod
    def read(cls, reminder: Reminder) -> Planned:
        """Read what `written` gave; raises InvalidValueError for any other reminder."""
        task = next((term.code for term in TASKS.terms if TASKS.label(term.code) == reminder.title), "")
        return cls(task, reminder.due, reminder.detail.removeprefix(_AT), reminder.client, reminder.id)
