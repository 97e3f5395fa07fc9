"""The running clock of a task: how long it runs, and when what it says can't be taken for granted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.worklog import LONGEST_TITLE, TASKS

LONGEST: Final = timedelta(hours=4)
"""Longer than nearly anything an advisor does in one go: then it was more likely forgotten, and vpdesk asks."""

_SLACK: Final = timedelta(minutes=1)  # what setting the clock of a laptop right may take back unnoticed


class Doubt(StrEnum):
    """Why the user is asked how long it really took."""

    NONE = ""
    LONG = "lang"
    BACKWARDS = "terug"


@dataclass(frozen=True, slots=True)
class Timer:
    """A task that was begun at a moment with a time zone, so that neither summer time nor a journey changes its length.

    `on` is the day on which it was begun, as the user saw it: that is the day of the activity, past midnight too.
    """

    task: str
    started: datetime
    on: date
    client: ClientId | None = None
    title: str = ""

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise InvalidValueError(f"‘{self.task}’ staat niet in de lijst {TASKS.title}. De klok is niet gestart.")
        if self.started.tzinfo is None:
            raise InvalidValueError("Van het begin van de klok is de tijdzone niet bekend. De klok is niet gestart.")
        if len(self.title) > LONGEST_TITLE or not (self.title == "" or self.title.isprintable()):
            raise InvalidValueError(
                f"Een omschrijving is een regel van hoogstens {LONGEST_TITLE} tekens. De klok is niet gestart."
            )

    def doubt(self, now: datetime) -> Doubt:
        """Return why the time until `now` (with a time zone) may not be what was worked."""
        passed = now - self.started
        if passed < -_SLACK:
            return Doubt.BACKWARDS
        return Doubt.LONG if passed > LONGEST else Doubt.NONE

    def minutes(self, now: datetime) -> int:
        """Return the minutes until `now`, to the nearest and at least one; none where the clock was set back."""
        if self.doubt(now) is Doubt.BACKWARDS:
            return 0
        return max(1, round((now - self.started) / timedelta(minutes=1)))
