"""What a user asks for on Vandaag: what is due, in order of time, each with one obvious action."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ClientId, ReminderId
from vpdesk.domain.keeping import ANNOUNCED, NOTE_LIVES, note_until
from vpdesk.domain.phases import Phase
from vpdesk.domain.reminders import AFTERCARE_TITLE, Reminder, ReminderState, next_aftercare
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.domain.wording import counted, joined, long_date, number
from vpdesk.operations.call_backs import call_back_items
from vpdesk.operations.retention import MOST_COUNTED, number_due, records_due
from vpdesk.operations.ways_in import words_check_day

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

AHEAD: Final = timedelta(days=31)
_MOST_NOTES: Final = 50
_MOST_CASES: Final = 50


def today_items(vault: Vault, *, today: date) -> tuple[TodayItem, ...]:
    """Return what is due until a month from today, the most overdue first; a few queries, however much there is.

    Beside the open reminders these are appointments that end, as long as they last and after that while cases run; the
    running cases with a talk, but not about the limits of confidentiality, due since their last talk; consents that end
    before their step was taken; guided records that are due; terms of employers; working notes from a week before their
    last day; closed cases that still have attachments; call-backs; one line for all cases past their term; and once a
    year the recovery words, due when they were never or long ago checked.
    """
    missing = tuple(
        TodayItem(
            kind=TodayKind.GRENZEN,
            title="Grenzen aan vertrouwelijkheid bespreken",
            detail=f"Laatste gesprek op {long_date(row.last_talk)}",
            due=row.last_talk,
            reminder=None,
            case=row.id,
            case_code=row.code,
            pseudonym=row.pseudonym,
            client_name=row.client_name,
        )
        for row in vault.cases.without_limits()
        if row.last_talk is not None
    )
    ending = vault.steps.ending_until(today + AHEAD)
    employers, guided = vault.meldingen.awaited_until(today + AHEAD), vault.guided.due_until(today + AHEAD)
    found = missing + vault.reminders.due_until(today + AHEAD) + ending + employers + guided
    found += (
        _notes_to_go(vault, today)
        + _attachments_to_go(vault)
        + call_back_items(vault, until=today + AHEAD, today=today)
    )
    found += _to_decide(vault, today) + _appointments_that_end(vault, today) + _words_to_check(vault, today)
    return tuple(sorted(found, key=lambda item: item.due))


def _appointments_that_end(vault: Vault, today: date) -> tuple[TodayItem, ...]:
    """Return the appointments that end within a month, and those that ended with cases that still run."""
    return tuple(
        TodayItem(
            kind=TodayKind.AANSTELLING,
            title="Aanstelling eindigt" if until >= today else "Aanstelling is geëindigd",
            detail=f"{counted(running, 'casus loopt', 'casussen lopen')} nog" if running else "Er loopt geen casus",
            due=until,
            reminder=None,
            case=None,
            case_code="",
            pseudonym="",
            client_name=name,
            client=number,
        )
        for number, name, until, running in vault.clients.ending_until(today + AHEAD)
        if running or until >= today
    )


def _to_decide(vault: Vault, today: date) -> tuple[TodayItem, ...]:
    """Return one line for what is past its term; vpdesk reminds, and never destroys by itself."""
    found = (
        (number_due(vault, today=today), "casus", "casussen"),
        (records_due(vault, today=today), "vastlegging", "vastleggingen"),
    )
    due = sum(many for many, *_ in found)
    if not due:
        return ()
    said = joined([_so_many(*one) for one in found if one[0]])
    capital = f"Eén{said[3:]}" if said.startswith("één") else f"{said[:1].upper()}{said[1:]}"
    title = f"{capital} {'is' if due == 1 else 'zijn'} voorbij"
    return (
        TodayItem(
            kind=TodayKind.BEWAARTERMIJN,
            title=f"{title} de bewaartermijn",
            detail="Vernietigen of langer bewaren: u beslist",
            due=today,
            reminder=None,
            case=None,
            case_code="",
            pseudonym="",
            client_name="",
        ),
    )


def _so_many(many: int, one: str, more: str) -> str:
    if many == 1:
        return f"één {one}"
    return f"{f'meer dan {MOST_COUNTED}' if many > MOST_COUNTED else number(many)} {more}"


def _notes_to_go(vault: Vault, today: date) -> tuple[TodayItem, ...]:
    """Return the working notes whose last day is near or was; the oldest, where there are very many."""
    rows = vault.conversations.notes_of_before(today + ANNOUNCED - NOTE_LIVES, limit=_MOST_NOTES)
    return tuple(
        TodayItem(
            kind=TodayKind.VERNIETIGEN if note_until(row.on) <= today else TodayKind.WERKAANTEKENING,
            title="Werkaantekening vernietigen" if note_until(row.on) <= today else "Werkaantekening: verslag maken",
            detail=f"Gesprek van {long_date(row.on)}",
            due=note_until(row.on),
            reminder=None,
            case=row.case,
            case_code=row.case_code,
            pseudonym=row.pseudonym,
            client_name=row.client_name,
            conversation=row.id,
        )
        for row in rows
    )


def _attachments_to_go(vault: Vault) -> tuple[TodayItem, ...]:
    """Return the closed cases whose attachments nothing keeps any more, as where a hold was lifted long ago."""
    return tuple(
        TodayItem(
            kind=TodayKind.BIJLAGEN,
            title="Bijlagen vernietigen",
            detail=f"{counted(left.count, 'bijlage', 'bijlagen')} bij een afgesloten casus, zonder bewaarstop",
            due=left.since,
            reminder=None,
            case=left.case,
            case_code=left.code,
            pseudonym=left.pseudonym,
            client_name=left.client_name,
        )
        for left in vault.attachments.left_over(_MOST_CASES)
    )


def _words_to_check(vault: Vault, today: date) -> tuple[TodayItem, ...]:
    """Return the yearly check of the recovery words, from the day on which it is due, unless it can't be noted."""
    checked, due = words_check_day(vault, now=datetime.combine(today, time.max))
    if due is None or due.date() > today or vault.read_only:
        return ()
    last = "Nog nooit gecontroleerd" if checked is None else f"Voor het laatst op {long_date(checked.date())}"
    return (
        TodayItem(
            kind=TodayKind.HERSTELWOORDEN,
            title="Kijken of uw herstelwoorden er nog zijn",
            detail=f"{last}. Drie woorden van uw blad, binnen een minuut",
            due=due.date(),
            reminder=None,
            case=None,
            case_code="",
            pseudonym="",
            client_name="",
        ),
    )


def do_reminder(vault: Vault, *, reminder_id: ReminderId, on: date, again: bool = True) -> Reminder | None:
    """Write that something was done on a day; aftercare returns on its next day.

    Aftercare is planned 4 weeks, 3, 6 and 12 months after the nafase began, then every year, until the case is closed
    or the person ends it (`again=False`). Returns the next aftercare, None when nothing was planned.
    """
    with vault.transaction():
        reminder = vault.reminders.get(reminder_id)
        vault.reminders.put(reminder.settle(ReminderState.GEDAAN, on))
        return plan_aftercare(vault, reminder, on, detail=f"Vorige keer op {long_date(on)}") if again else None


def plan_aftercare(vault: Vault, reminder: Reminder, after: date, *, detail: str) -> Reminder | None:
    """Plan the aftercare that follows on one, later than a day; None for what is no aftercare of a running case.

    Within a transaction.
    """
    if reminder.kind is not TodayKind.NAZORG or reminder.case is None:
        return None
    case = vault.cases.get(reminder.case)
    return None if case.closed is not None else vault.reminders.add(_aftercare(case, after, detail))


def drop_reminder(vault: Vault, *, reminder_id: ReminderId, on: date) -> Reminder:
    """Write that something need not be done any more; raises InvalidValueError when it was settled before."""
    with vault.transaction():
        dropped = vault.reminders.get(reminder_id).settle(ReminderState.VERVALLEN, on)
        vault.reminders.put(dropped)
    return dropped


def add_reminder(
    vault: Vault,
    *,
    case_id: CaseId | None,
    kind: TodayKind,
    due: date,
    title: str,
    detail: str = "",
    client_id: ClientId | None = None,
) -> Reminder:
    """Write something to do; a call-back needs no case and may name only the organisation.

    Raises:
        InvalidValueError: there are no words, or the kind is GRENZEN, which vpdesk asks about by itself.
    """
    if kind is TodayKind.GRENZEN:
        raise InvalidValueError("Naar de grenzen aan vertrouwelijkheid vraagt vpdesk zelf. Er is niets bewaard.")
    with vault.transaction():
        client = vault.cases.get(case_id).client if case_id is not None else client_id
        return vault.reminders.add(
            Reminder(
                id=ReminderId(0), kind=kind, due=due, title=title.strip(), detail=detail, client=client, case=case_id
            )
        )


def postpone_reminder(vault: Vault, *, reminder_id: ReminderId, due: date) -> Reminder:
    """Move something to another day; raises InvalidValueError when it was settled before."""
    with vault.transaction():
        postponed = vault.reminders.get(reminder_id).postponed(due)
        vault.reminders.put(postponed)
    return postponed


def _aftercare(case: Case, after: date, detail: str) -> Reminder:
    start = next((move.on for move in reversed(case.moves) if move.to is Phase.NAFASE), case.opened)
    return Reminder(
        id=ReminderId(0),
        kind=TodayKind.NAZORG,
        due=next_aftercare(start, after),
        title=AFTERCARE_TITLE,
        detail=detail,
        client=case.client,
        case=case.id,
    )
