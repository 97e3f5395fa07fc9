"""What vpdesk keeps in mind for the advisor: steps, call-backs, terms, and aftercare that returns until it is ended."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ClientId, ConversationId, ReminderId
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.seen import says_something

AFTERCARE_TITLE: Final = "Nazorg: bellen"
FIRST_AFTERCARE: Final = timedelta(weeks=4)
LATER_AFTERCARE_MONTHS: Final = (3, 6, 12)
CALL_BACK_TITLE: Final = "Terugbellen"
STEP_TITLE: Final = "Vervolgstap"


class ReminderState(StrEnum):
    """Whether something still has to happen."""

    OPEN = "open"
    GEDAAN = "gedaan"
    VERVALLEN = "vervallen"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do on a day; `settled` is the day on which it was done or lapsed.

    A reminder with a `conversation` is the next step that was agreed on there. A call-back needs no case.
    """

    id: ReminderId
    kind: TodayKind
    due: date
    title: str
    detail: str = ""
    client: ClientId | None = None
    case: CaseId | None = None
    conversation: ConversationId | None = None
    state: ReminderState = ReminderState.OPEN
    settled: date | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidValueError("Een herinnering heeft een paar woorden nodig. Er is niets bewaard.")
        if (self.settled is None) is not (self.state is ReminderState.OPEN):
            raise InvalidValueError("Een afgehandelde herinnering heeft een datum, een open herinnering niet.")

    def settle(self, state: ReminderState, on: date) -> "Reminder":
        """Return the reminder done or lapsed; raises InvalidValueError when it was settled before."""
        if self.state is not ReminderState.OPEN:
            raise InvalidValueError("Deze herinnering was al afgehandeld. Er is niets veranderd.")
        return replace(self, state=state, settled=on)

    def postponed(self, due: date) -> "Reminder":
        """Return the reminder on another day; raises InvalidValueError when it is not open."""
        if self.state is not ReminderState.OPEN:
            raise InvalidValueError("Deze herinnering was al afgehandeld. Er is niets veranderd.")
        return replace(self, due=due)


@dataclass(frozen=True, slots=True)
class AftercareEnd:
    """That the person wanted no more aftercare, from which day and why."""

    on: date
    reason: str

    def __post_init__(self) -> None:
        if not says_something(self.reason):
            raise InvalidValueError("Schrijf op waarom de nazorg stopt. Er is niets veranderd: de nazorg staat er nog.")


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month where it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    year += day.year
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_aftercare(start: date, after: date) -> date:
    """Return the first aftercare day later than `after` for a nafase that began on `start`.

    Four weeks, then 3, 6 and 12 months after the start, then every twelve months until the person ends it.
    """
    planned = [start + FIRST_AFTERCARE, *(add_months(start, months) for months in LATER_AFTERCARE_MONTHS)]
    months = LATER_AFTERCARE_MONTHS[-1]
    while planned[-1] <= after:
        months += 12
        planned.append(add_months(start, months))
    return next(day for day in planned if day > after)
