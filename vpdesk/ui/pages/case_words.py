"""How a case is told on its page: the steps of its phases and the lines of its timeline."""

from datetime import date

from vpdesk.domain import wording
from vpdesk.domain.phases import Phase
from vpdesk.domain.reminders import Reminder
from vpdesk.domain.rows import TimelineEntry, TimelineKind
from vpdesk.operations.cases import CasePage
from vpdesk.ui import icons
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.models.timeline import Entry, EntryKind
from vpdesk.ui.models.today_list import ICONS
from vpdesk.ui.widgets.stepper import Step

_SIGNS = {
    TimelineKind.GEOPEND: "plus",
    TimelineKind.FASE: "fase",
    TimelineKind.HEROPEND: "terugzetten",
    TimelineKind.AFGESLOTEN: "fase",
    TimelineKind.HERINNERING: "vink",
    TimelineKind.STAP: "regie",
    TimelineKind.VERWIJZING: "doorverwijzen",
    TimelineKind.MELDING: "vlag",
    TimelineKind.BERICHT: "relay",
    TimelineKind.BENADELING: "let_op",
    TimelineKind.NAZORG: "nazorg",
    TimelineKind.VASTLEGGING: "lijst",
}


def day(on: date, today: date) -> str:
    """Return a day in a narrow column: `15 sep`, with the year where it differs."""
    return day_short(on, today)


def steps(page: CasePage, today: date) -> tuple[Step, ...]:
    """Return the four phases with their dates as they stand now; a phase visited twice shows its last visit.

    A phase that lies ahead again, after reopening, is still to come; that it was visited before is `earlier`.
    """
    spans = {span.phase: span for span in page.spans}
    found = []
    order = tuple(Phase)
    for phase in Phase:
        span = spans.get(phase)
        if span is None:
            found.append(Step(phase, "future"))
        elif span.until is not None:
            whole = (day(span.since, today), day(span.until, today))
            dates = " – ".join(dict.fromkeys(whole))  # one day is said once
            ahead = order.index(phase) > order.index(page.case.phase)
            found.append(Step(phase, "future", earlier=dates) if ahead else Step(phase, "past", dates))
        else:
            count = "" if phase is Phase.AFGESLOTEN else f", dag {page.days_in_phase}"
            found.append(Step(phase, "now", f"sinds {day(span.since, today)}{count}"))
    return tuple(found)


def sign_of(entry: TimelineEntry) -> str:
    """Return the icon of a line of the timeline."""
    if entry.kind is TimelineKind.GESPREK:
        return icons.OF_CHANNEL.get(entry.channel, "gesprek")
    return _SIGNS[entry.kind]


def entries(page: CasePage, today: date) -> tuple[Entry, ...]:
    """Return the lines of the page: what is to come, soonest first, then what was, newest first."""
    coming = [
        Entry(
            EntryKind.NEXT,
            day(reminder.due, today),
            ICONS[reminder.kind],
            f"Volgende stap · {reminder.title}" if number == 0 else reminder.title,
            reminder.detail or _lateness(reminder, today),
            "Begin gesprek" if number == 0 else "",
            reminder=reminder.id,
        )
        for number, reminder in enumerate(page.reminders)
    ]
    was = [
        Entry(
            EntryKind.TALK if entry.kind is TimelineKind.GESPREK else EntryKind.MOVE,
            day(entry.on, today),
            sign_of(entry),
            entry.title,
            entry.line,
            f"{entry.minutes} min" if entry.minutes else "",
            conversation=entry.conversation,
            step=entry.step,
            melding=entry.melding,
            detriment=entry.detriment,
            alert=entry.alert,
            guided=entry.guided,
        )
        for entry in page.timeline
    ]
    return (*coming, *was)


def _lateness(reminder: Reminder, today: date) -> str:
    late = (today - reminder.due).days
    return f"{wording.counted(late, 'dag', 'dagen')} te laat" if late > 0 else "Afgesproken"
