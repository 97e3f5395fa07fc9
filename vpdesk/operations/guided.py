"""What a user asks for about guided records: begin, answer as one goes, make final, add to, throw away or destroy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.guided import Addition, GuidedRecord
from vpdesk.domain.guided_questions import NAMES, OUTCOMES, RECEIVED, question
from vpdesk.domain.ids import GuidedId
from vpdesk.domain.rows import TimelineEntry, TimelineKind
from vpdesk.operations.destroying import wipe_traces
from vpdesk.operations.earlier import keep_answers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from vpdesk.domain.guided import GuidedRow
    from vpdesk.domain.guided_questions import GuidedKind
    from vpdesk.domain.ids import CaseId, ClientId
    from vpdesk.store.vault import Vault

_NOT_FINAL: Final = "Deze vastlegging kunt u nog wijzigen. Er is niets toegevoegd. Zet het in het antwoord zelf."


def begin_guided(
    vault: Vault,
    *,
    kind: GuidedKind,
    on: date,
    case_id: CaseId | None = None,
    client_id: ClientId | None = None,
    received: date | None = None,
    due: date | None = None,
) -> GuidedRecord:
    """Write a new record without answers, on a case, at an organisation or on its own.

    A request counts as `received` on the day itself where no other day is given. With `due` it stands on Vandaag from
    that day on, in words that tell nothing.

    Raises:
        NotFoundError: there is no such case or organisation.
    """
    with vault.transaction():
        client = vault.cases.get(case_id).client if case_id is not None else client_id
        if client is not None:
            vault.clients.get(client)
        record = GuidedRecord(GuidedId(0), kind, on, case_id, client, due)
        if question(kind, RECEIVED) is not None:
            record = record.answered({RECEIVED: (received or on).isoformat()}, on)
        return vault.guided.add(record)


def get_guided(vault: Vault, guided_id: GuidedId) -> GuidedRecord:
    """Return a record with its answers and additions; raises NotFoundError."""
    return vault.guided.get(guided_id)


def save_answers(vault: Vault, *, guided_id: GuidedId, texts: Mapping[str, str | None], on: date) -> GuidedRecord:
    """Write answers by the key of their question: a text, empty for *onbekend*, None for not answered after all.

    Raises:
        NotFoundError: the record is gone.
        InvalidValueError: it is final, or an answer does not fit its question.
    """
    with vault.transaction():
        before = vault.guided.get(guided_id)
        record = before.answered(texts, on)
        keep_answers(vault, before, record, on)
        vault.guided.put(record)
    return record


def rest_unknown(vault: Vault, *, guided_id: GuidedId, on: date) -> GuidedRecord:
    """Answer every question that has no answer yet with *onbekend*."""
    with vault.transaction():
        record = vault.guided.get(guided_id)
        record = record.answered({asked.key: "" for asked in record.missing}, on)
        vault.guided.put(record)
    return record


def place_guided(
    vault: Vault, *, guided_id: GuidedId, case_id: CaseId | None = None, client_id: ClientId | None = None
) -> GuidedRecord:
    """Put a record that is not final on a case, at an organisation or on its own.

    Raises:
        NotFoundError: the record, the case or the organisation is not there.
        HeldError: a bewaarstop lies on it, or on the case that it would leave.
        InvalidValueError: the record is final.
    """
    with vault.transaction():
        before = vault.guided.get(guided_id)
        if before.case != case_id:
            vault.retention.refuse_held(before.case, before.id)
        client = vault.cases.get(case_id).client if case_id is not None else client_id
        if client is not None:
            vault.clients.get(client)
        record = before.placed(case_id, client)
        vault.guided.put(record)
    return record


def finalise_guided(vault: Vault, *, guided_id: GuidedId, outcome: str, on: date) -> GuidedRecord:
    """Make a record final: from now on nothing of it changes, and only additions come below it.

    Raises:
        InvalidValueError: it is final already, a question has no answer, or the outcome is in no list.
    """
    with vault.transaction():
        record = vault.guided.get(guided_id).finalised_on(on, outcome)
        vault.guided.put(record)
    return record


def add_to_guided(vault: Vault, *, guided_id: GuidedId, text: str, on: date) -> GuidedRecord:
    """Write an addition below a final record; raises InvalidValueError while the record can still be changed."""
    with vault.transaction():
        record = vault.guided.get(guided_id)
        if record.finalised is None:
            raise InvalidValueError(_NOT_FINAL)
        addition = Addition(on, text.strip())
        vault.guided.add_to(guided_id, addition)
        return record.added(addition)


def discard_guided(vault: Vault, *, guided_id: GuidedId) -> GuidedRecord:
    """Take away a record that is not final, and return it so that it can be put back with `put_back_guided`.

    Raises:
        HeldError: a bewaarstop lies on it or on its case.
        InvalidValueError: it is final; it goes with its case, or is destroyed for good.
    """
    with vault.transaction():
        record = vault.guided.get(guided_id)
        vault.retention.refuse_held(record.case, record.id)
        if record.finalised is not None:
            raise InvalidValueError("Deze vastlegging is definitief en blijft. Er is niets weggehaald.")
        vault.guided.delete(guided_id)
    return record


def put_back_guided(vault: Vault, record: GuidedRecord) -> GuidedRecord:
    """Write a record that was taken away once more, under a new number; raises NotFoundError when its case is gone."""
    with vault.transaction():
        if record.case is not None:
            vault.cases.get(record.case)
        return vault.guided.add(record)


def destroy_guided(vault: Vault, *, guided_id: GuidedId, now: datetime) -> bool:
    """Remove a record for good, a final one too; return whether the pages could be written anew at once.

    What stands on a case goes with the case and not by itself.

    Raises:
        NotFoundError: the record is gone.
        InvalidValueError: it belongs to a case.
        HeldError: a bewaarstop lies on it.
    """
    with vault.transaction():
        if vault.guided.get(guided_id).case is not None:
            raise InvalidValueError(
                "Deze vastlegging hoort bij een casus en gaat weg met die casus. Er is niets vernietigd."
            )
        vault.retention.refuse_held(None, guided_id)
        vault.guided.delete(guided_id)
    return wipe_traces(vault, now=now)


def guided_rows(vault: Vault, *, case_id: CaseId | None = None) -> tuple[GuidedRow, ...]:
    """Return all records, or those of a case, without answers: what is not final first, then the newest."""
    return vault.guided.rows(case_id)


def guided_entries(vault: Vault, case_id: CaseId) -> tuple[TimelineEntry, ...]:
    """Return the lines of the records of a case for its timeline, newest first; one query."""
    return tuple(_entry(row) for row in sorted(vault.guided.rows(case_id), key=_day, reverse=True))


def _day(row: GuidedRow) -> date:
    return row.finalised or row.begun


def _entry(row: GuidedRow) -> TimelineEntry:
    outcome = OUTCOMES[row.kind].label(row.outcome) if row.outcome else "Nog niet definitief"
    return TimelineEntry(_day(row), TimelineKind.VASTLEGGING, NAMES[row.kind], outcome, guided=row.id)
