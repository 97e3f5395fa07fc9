"""Call-backs that belong to no case yet: apart from notes and people, in no index."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.call_backs import CallBack, CallBackRow, WorkMail
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import CallBackId, ClientId
from vpdesk.domain.people import Voicemail
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection

_LEAST_PIECE = 3


class CallBackStore:
    """Call-backs by id and by day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, call_back: CallBack) -> CallBack:
        """Write a new call-back and return it with its id."""
        number = fresh(self._connection, "call_backs")
        self._connection.execute(
            """
            INSERT INTO call_backs (id, made, due, client, called, reach, hours, voicemail, work_mail)
            VALUES (:id, :made, :due, :client, :called, :reach, :hours, :voicemail, :work_mail)
            """,
            {**_values(call_back), "id": number},
        )
        return replace(call_back, id=CallBackId(number))

    def put(self, call_back: CallBack) -> None:
        """Write a changed call-back."""
        self._connection.execute(
            """
            UPDATE call_backs SET made = :made, due = :due, client = :client, called = :called, reach = :reach,
                hours = :hours, voicemail = :voicemail, work_mail = :work_mail
            WHERE id = :id
            """,
            {**_values(call_back), "id": call_back.id},
        )

    @understood()
    def get(self, number: CallBackId) -> CallBack:
        """Return a call-back; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, made, due, client, called, reach, hours, voicemail, work_mail FROM call_backs WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError("Deze terugbelnotitie staat niet meer in de kluis.")
        _, made, due, client, called, reach, hours, voicemail, work_mail = row
        return CallBack(
            number,
            date.fromisoformat(made),
            date.fromisoformat(due),
            client=None if client is None else ClientId(client),
            called=called,
            reach=reach,
            hours=hours,
            voicemail=Voicemail(voicemail),
            work_mail=WorkMail(work_mail),
        )

    @understood()
    def due_until(self, day: date) -> tuple[CallBackRow, ...]:
        """Return the call-backs up to and including a day in order of time, without how somebody is reached."""
        rows = self._connection.execute(
            """
            SELECT b.id, b.made, b.due, b.client, coalesce(o.name, '')
            FROM call_backs AS b LEFT JOIN clients AS o ON o.id = b.client
            WHERE b.due <= ?
            ORDER BY b.due, b.id
            """,
            (day.isoformat(),),
        )
        return tuple(
            CallBackRow(
                CallBackId(number),
                date.fromisoformat(made),
                date.fromisoformat(due),
                None if client is None else ClientId(client),
                client_name,
            )
            for number, made, due, client, client_name in rows
        )

    def delete(self, call_back: CallBack) -> None:
        """Remove a call-back, with what was being typed about it in a small window."""
        self._connection.execute("DELETE FROM call_backs WHERE id = ?", (call_back.id,))
        pieces = [text for text in (call_back.called, call_back.reach) if len(text) >= _LEAST_PIECE]
        self._connection.execute(
            """
            DELETE FROM drafts
            WHERE key LIKE 'dialoog:%' AND json_valid(text) AND json_extract(text, '$.case') IS NULL
              AND EXISTS (SELECT 1 FROM json_each(:pieces) WHERE instr(json_extract(drafts.text, '$.text'), value))
            """,
            {"pieces": json.dumps(pieces)},
        )


def _values(call_back: CallBack) -> dict[str, object]:
    return {
        "made": call_back.made.isoformat(),
        "due": call_back.due.isoformat(),
        "client": call_back.client,
        "called": call_back.called,
        "reach": call_back.reach,
        "hours": call_back.hours,
        "voicemail": call_back.voicemail.value,
        "work_mail": call_back.work_mail.value,
    }
