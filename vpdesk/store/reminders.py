"""What has to be done on which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import CaseId, ClientId, ConversationId, ReminderId
from vpdesk.domain.reminders import Reminder, ReminderState
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.store.cases import day_or_none, refresh_next_step, text_or_none
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.store.vault import Connection


class ReminderStore:
    """Reminders by id, by case and by day; writing one keeps the next step of its case in step."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reminder: Reminder) -> Reminder:
        """Write a new reminder and return it with its id."""
        number = fresh(self._connection, "reminders")
        self._connection.execute(
            """
            INSERT INTO reminders (id, kind, due, title, detail, client, case_id, conversation, state, settled)
            VALUES (:id, :kind, :due, :title, :detail, :client, :case_id, :conversation, :state, :settled)
            """,
            {**_values(reminder), "id": number},
        )
        self._refresh(reminder.case)
        return replace(reminder, id=ReminderId(number))

    def put(self, reminder: Reminder) -> None:
        """Write a changed reminder; it may have moved to another case."""
        before = self.get(reminder.id)
        self._connection.execute(
            """
            UPDATE reminders SET
                kind = :kind, due = :due, title = :title, detail = :detail, client = :client, case_id = :case_id,
                conversation = :conversation, state = :state, settled = :settled
            WHERE id = :id
            """,
            {**_values(reminder), "id": reminder.id},
        )
        self._refresh(reminder.case)
        if before.case != reminder.case:
            self._refresh(before.case)

    def delete(self, number: ReminderId) -> None:
        """Remove a reminder; raises NotFoundError."""
        before = self.get(number)
        self._connection.execute("DELETE FROM reminders WHERE id = ?", (number,))
        self._refresh(before.case)

    def move_to_client(self, case: CaseId, client: ClientId) -> None:
        """Let the reminders of a case follow it to another organisation."""
        self._connection.execute("UPDATE reminders SET client = ? WHERE case_id = ?", (client, case))

    @understood()
    def get(self, number: ReminderId) -> Reminder:
        """Return a reminder; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, kind, due, title, detail, client, case_id, conversation, state, settled"
            " FROM reminders WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError("Deze herinnering staat niet in de kluis.")
        return _reminder(row)

    @understood()
    def of_case(self, case: CaseId) -> tuple[Reminder, ...]:
        """Return all reminders of a case, settled ones too, in order of time."""
        rows = self._connection.execute(
            "SELECT id, kind, due, title, detail, client, case_id, conversation, state, settled"
            " FROM reminders WHERE case_id = ? ORDER BY due, id",
            (case,),
        )
        return tuple(_reminder(row) for row in rows)

    @understood()
    def of_conversation(self, conversation: ConversationId) -> Reminder | None:
        """Return the next step that was agreed on in a conversation, None when there was none."""
        row = self._connection.execute(
            "SELECT id, kind, due, title, detail, client, case_id, conversation, state, settled"
            " FROM reminders WHERE conversation = ? ORDER BY id DESC LIMIT 1",
            (conversation,),
        ).fetchone()
        return None if row is None else _reminder(row)

    @understood()
    def first_open(self, kind: TodayKind, title: str) -> Reminder | None:
        """Return the open reminder of a kind and title that is due first, None when there is none."""
        row = self._connection.execute(
            "SELECT id, kind, due, title, detail, client, case_id, conversation, state, settled"
            " FROM reminders WHERE state = 'open' AND kind = ? AND title = ? ORDER BY due, id LIMIT 1",
            (kind.value, title),
        ).fetchone()
        return None if row is None else _reminder(row)

    @understood()
    def due_until(self, day: date) -> tuple[TodayItem, ...]:
        """Return the open reminders up to and including a day, in order of time, with what a row shows."""
        rows = self._connection.execute(
            """
            SELECT r.id, r.kind, r.due, r.title, r.detail, r.case_id, coalesce(c.code, ''), coalesce(c.pseudonym, ''),
                   coalesce(o.name, '')
            FROM reminders AS r
            LEFT JOIN cases AS c ON c.id = r.case_id
            LEFT JOIN clients AS o ON o.id = coalesce(c.client, r.client)
            WHERE r.state = 'open' AND r.due <= ?
            ORDER BY r.due, r.id
            """,
            (day.isoformat(),),
        )
        return tuple(
            TodayItem(
                kind=TodayKind(kind),
                title=title,
                detail=detail,
                due=date.fromisoformat(due),
                reminder=ReminderId(number),
                case=None if case is None else CaseId(case),
                case_code=code,
                pseudonym=pseudonym,
                client_name=client_name,
            )
            for number, kind, due, title, detail, case, code, pseudonym, client_name in rows
        )

    def _refresh(self, case: CaseId | None) -> None:
        if case is not None:
            refresh_next_step(self._connection, case)


def _values(reminder: Reminder) -> dict[str, object]:
    return {
        "kind": reminder.kind.value,
        "due": reminder.due.isoformat(),
        "title": reminder.title,
        "detail": reminder.detail,
        "client": reminder.client,
        "case_id": reminder.case,
        "conversation": reminder.conversation,
        "state": reminder.state.value,
        "settled": text_or_none(reminder.settled),
    }


def _reminder(row: Sequence[Any]) -> Reminder:
    number, kind, due, title, detail, client, case, conversation, state, settled = row
    return Reminder(
        id=ReminderId(number),
        kind=TodayKind(kind),
        due=date.fromisoformat(due),
        title=title,
        detail=detail,
        client=None if client is None else ClientId(client),
        case=None if case is None else CaseId(case),
        conversation=None if conversation is None else ConversationId(conversation),
        state=ReminderState(state),
        settled=day_or_none(settled),
    )
