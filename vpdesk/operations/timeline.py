"""The timeline of a case: what happened when, put into words without any note text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain import taxonomy
from vpdesk.domain.phases import Phase
from vpdesk.domain.reminders import ReminderState
from vpdesk.domain.rows import TimelineEntry, TimelineKind, TodayKind

if TYPE_CHECKING:
    from vpdesk.domain.cases import Case
    from vpdesk.domain.phases import PhaseMove
    from vpdesk.domain.reminders import Reminder
    from vpdesk.domain.rows import ConversationRow

_BY_CHANNEL: Final = {
    "telefoon": "Gesprek",
    "beeldbellen": "Gesprek via beeld",
    "op locatie": "Gesprek op locatie",
    "elders": "Gesprek buiten kantoor",
    "e-mail": "E-mail",
    "chat": "Chat",
    "brief": "Brief",
    "onbekend": "Gesprek",
}


def timeline(
    case: Case, conversations: tuple[ConversationRow, ...], reminders: tuple[Reminder, ...]
) -> tuple[TimelineEntry, ...]:
    """Return what happened in a case, newest first; conversations come latest first, as the store gives them."""
    entries = [TimelineEntry(case.opened, TimelineKind.GEOPEND, "Casus geopend", _imported(case))]
    for number, talk in enumerate(reversed(conversations)):
        entries.append(
            TimelineEntry(
                on=talk.on,
                kind=TimelineKind.GESPREK,
                title="Eerste gesprek" if number == 0 else _BY_CHANNEL[talk.channel],
                line=f"Afspraak: {talk.agreements}" if talk.agreements else "",
                minutes=talk.minutes,
                channel=talk.channel,
                conversation=talk.id,
            )
        )
    entries += [_moved(case, move) for move in case.moves[1:]]
    entries += [
        TimelineEntry(reminder.settled, TimelineKind.HERINNERING, reminder.title, "Gedaan")
        for reminder in reminders
        if reminder.settled is not None
        and reminder.state is ReminderState.GEDAAN
        and reminder.kind is not TodayKind.GRENZEN
    ]
    entries.reverse()  # what came later on one day stands higher
    return tuple(sorted(entries, key=lambda entry: entry.on, reverse=True))


def merged(timeline: tuple[TimelineEntry, ...], more: tuple[TimelineEntry, ...]) -> tuple[TimelineEntry, ...]:
    """Return a timeline with more lines, newest first; of one day the lines of `more` stand higher."""
    return tuple(sorted((*more, *timeline), key=lambda entry: entry.on, reverse=True))


def _imported(case: Case) -> str:
    if not case.imported_talks:
        return ""
    talks = "1 gesprek" if case.imported_talks == 1 else f"{case.imported_talks} gesprekken"
    return f"Overgenomen uit een eerdere registratie: {talks}, {case.imported_minutes} minuten"


def _moved(case: Case, move: PhaseMove) -> TimelineEntry:
    if move.to is Phase.AFGESLOTEN:
        outcomes = [outcome.code for outcome in case.outcomes if outcome.code and outcome.on == move.on]
        told = [taxonomy.AFLOOP.label(outcomes[-1])] if outcomes else []
        reason = [move.reason] if move.reason and move.reason != taxonomy.UNKNOWN.code else []
        return TimelineEntry(move.on, TimelineKind.AFGESLOTEN, "Afgesloten", ", ".join(told + reason))
    if move.source is Phase.AFGESLOTEN:
        return TimelineEntry(move.on, TimelineKind.HEROPEND, f"Heropend in de {move.to.value}", move.reason)
    before = "" if move.source is None else move.source.value
    return TimelineEntry(move.on, TimelineKind.FASE, f"Van {before} naar {move.to.value}", move.reason)
