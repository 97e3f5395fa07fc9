"""Meldingen on cases, and the messages that are passed on about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import CaseId, MeldingId, RelayId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.domain.terms import SchemeTerm, Unit
from vpdesk.store.cases import day_or_none, text_or_none
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Connection

_GONE = "Deze melding staat niet in de kluis. Er is niets veranderd."
_NO_MESSAGE = "Dit bericht staat niet in de kluis. Er is niets veranderd."


class MeldingStore:
    """Meldingen by id and by case, and the terms that are awaited."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, melding: Melding, *, again: bool = False) -> Melding:
        """Write a new melding, or one `again` that was taken away, and return it with its id."""
        number = melding.id if again else fresh(self._connection, "meldingen")
        self._connection.execute(
            """
            INSERT INTO meldingen (
                id, case_id, kind, identity, recipient, lodged, relay, reference, term_count, term_unit, confirmed,
                feedback, withdrawn, outcome, watched
            ) VALUES (
                :id, :case_id, :kind, :identity, :recipient, :lodged, :relay, :reference, :term_count, :term_unit,
                :confirmed, :feedback, :withdrawn, :outcome, :watched
            )
            """,
            {**_values(melding), "id": number},
        )
        return replace(melding, id=MeldingId(number))

    def put(self, melding: Melding) -> None:
        """Write a changed melding; it stays with its case."""
        self._connection.execute(
            """
            UPDATE meldingen SET
                kind = :kind, identity = :identity, recipient = :recipient, lodged = :lodged, relay = :relay,
                reference = :reference, term_count = :term_count, term_unit = :term_unit, confirmed = :confirmed,
                feedback = :feedback, withdrawn = :withdrawn, outcome = :outcome, watched = :watched
            WHERE id = :id
            """,
            {**_values(melding), "id": melding.id},
        )

    def delete(self, number: MeldingId) -> None:
        """Remove a melding with its messages; raises NotFoundError."""
        if self._connection.execute("DELETE FROM meldingen WHERE id = ?", (number,)).rowcount == 0:
            raise NotFoundError(_GONE)

    @understood()
    def get(self, number: MeldingId) -> Melding:
        """Return a melding; raises NotFoundError."""
        row = self._connection.execute(
            """
            SELECT id, case_id, kind, identity, recipient, lodged, relay, reference, term_count, term_unit, confirmed,
                   feedback, withdrawn, outcome, watched
            FROM meldingen WHERE id = ?
            """,
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError(_GONE)
        return _melding(row)

    @understood()
    def of_case(self, case: CaseId) -> tuple[Melding, ...]:
        """Return the meldingen of a case in order of lodging, what is not lodged yet last."""
        rows = self._connection.execute(
            """
            SELECT id, case_id, kind, identity, recipient, lodged, relay, reference, term_count, term_unit, confirmed,
                   feedback, withdrawn, outcome, watched
            FROM meldingen WHERE case_id = ? ORDER BY lodged IS NULL, lodged, id
            """,
            (case,),
        )
        return tuple(_melding(row) for row in rows)

    @understood()
    def last_term(self, client: ClientId, kind: str) -> SchemeTerm | None:
        """Return the term of an own scheme that was written last for a kind of melding at an organisation."""
        row = self._connection.execute(
            """
            SELECT m.term_count, m.term_unit FROM meldingen AS m JOIN cases AS k ON k.id = m.case_id
            WHERE k.client = ? AND m.kind = ? AND m.term_count IS NOT NULL ORDER BY m.id DESC LIMIT 1
            """,
            (client, kind),
        ).fetchone()
        return None if row is None else SchemeTerm(row[0], Unit(row[1]))

    def is_taken(self, reference: str) -> bool:
        """Return whether a melding has that reference."""
        row = self._connection.execute("SELECT 1 FROM meldingen WHERE reference = ?", (reference,)).fetchone()
        return row is not None

    @understood()
    def awaited_until(self, day: date) -> tuple[TodayItem, ...]:
        """Return the terms of employers that end by a day and are not met, closed cases too; one query."""
        rows = self._connection.execute(
            """
            SELECT m.id, m.case_id, m.kind, m.identity, m.recipient, m.lodged, m.relay, m.reference, m.term_count,
                   m.term_unit, m.confirmed, m.feedback, m.withdrawn, m.outcome, m.watched, k.code, k.pseudonym, o.name
            FROM meldingen AS m
            JOIN cases AS k ON k.id = m.case_id
            JOIN clients AS o ON o.id = k.client
            WHERE m.watched = 1 AND m.lodged IS NOT NULL AND m.feedback IS NULL AND m.withdrawn IS NULL
              AND m.lodged <= ?
            ORDER BY m.lodged, m.id
            """,
            (day.isoformat(),),
        )
        return tuple(
            TodayItem(
                kind=TodayKind.WERKGEVER,
                title=term.title,
                detail="Loopt voor de werkgever, niet voor u",
                due=term.due,
                reminder=None,
                case=melding.case,
                case_code=code,
                pseudonym=pseudonym,
                client_name=client_name,
            )
            for *row, code, pseudonym, client_name in rows
            for melding in (_melding(row),)
            for term in melding.awaited
            if term.due <= day
        )


class RelayStore:
    """Messages by id and by melding."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, message: RelayMessage, *, again: bool = False) -> RelayMessage:
        """Write a new message, or one `again` that was taken away, and return it with its id."""
        number = message.id if again else fresh(self._connection, "relay_messages")
        self._connection.execute(
            """
            INSERT INTO relay_messages (id, melding, direction, on_day, text, approved, passed)
            VALUES (:id, :melding, :direction, :on_day, :text, :approved, :passed)
            """,
            {**_message_values(message), "id": number},
        )
        return replace(message, id=RelayId(number))

    def put(self, message: RelayMessage) -> None:
        """Write a changed message; it stays with its melding."""
        self._connection.execute(
            """
            UPDATE relay_messages SET
                direction = :direction, on_day = :on_day, text = :text, approved = :approved, passed = :passed
            WHERE id = :id
            """,
            {**_message_values(message), "id": message.id},
        )

    def delete(self, number: RelayId) -> None:
        """Remove a message; raises NotFoundError."""
        if self._connection.execute("DELETE FROM relay_messages WHERE id = ?", (number,)).rowcount == 0:
            raise NotFoundError(_NO_MESSAGE)

    @understood()
    def get(self, number: RelayId) -> RelayMessage:
        """Return a message; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, melding, direction, on_day, text, approved, passed FROM relay_messages WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            raise NotFoundError(_NO_MESSAGE)
        return _message(row)

    @understood()
    def of_melding(self, melding: MeldingId) -> tuple[RelayMessage, ...]:
        """Return the messages about a melding in order of time."""
        rows = self._connection.execute(
            "SELECT id, melding, direction, on_day, text, approved, passed FROM relay_messages"
            " WHERE melding = ? ORDER BY on_day, id",
            (melding,),
        )
        return tuple(_message(row) for row in rows)

    @understood()
    def days_of_case(self, case: CaseId) -> tuple[tuple[MeldingId, RelayId, Direction, date, date | None], ...]:
        """Return of each message in a case its melding, direction and days, in order of time, without any text."""
        rows = self._connection.execute(
            """
            SELECT r.melding, r.id, r.direction, r.on_day, r.passed
            FROM relay_messages AS r JOIN meldingen AS m ON m.id = r.melding
            WHERE m.case_id = ? ORDER BY r.on_day, r.id
            """,
            (case,),
        )
        return tuple(
            (MeldingId(melding), RelayId(number), Direction(direction), date.fromisoformat(on), day_or_none(passed))
            for melding, number, direction, on, passed in rows
        )


def _values(melding: Melding) -> dict[str, object]:
    term = melding.scheme_term
    return {
        "case_id": melding.case,
        "kind": melding.kind,
        "identity": melding.identity,
        "recipient": melding.recipient,
        "lodged": text_or_none(melding.lodged),
        "relay": int(melding.relay),
        "reference": melding.reference,
        "term_count": None if term is None else term.count,
        "term_unit": "" if term is None else term.unit.value,
        "confirmed": text_or_none(melding.confirmed),
        "feedback": text_or_none(melding.feedback),
        "withdrawn": text_or_none(melding.withdrawn),
        "outcome": melding.outcome,
        "watched": int(melding.watched),
    }


def _melding(row: Sequence[Any]) -> Melding:
    (number, case, kind, identity, recipient, lodged, relay, reference, count, unit, *days, outcome, watched) = row
    confirmed, feedback, withdrawn = map(day_or_none, days)
    return Melding(
        id=MeldingId(number),
        case=CaseId(case),
        kind=kind,
        identity=identity,
        recipient=recipient,
        lodged=day_or_none(lodged),
        relay=bool(relay),
        reference=reference,
        scheme_term=None if count is None else SchemeTerm(count, Unit(unit)),
        confirmed=confirmed,
        feedback=feedback,
        withdrawn=withdrawn,
        outcome=outcome,
        watched=bool(watched),
    )


def _message_values(message: RelayMessage) -> dict[str, object]:
    return {
        "melding": message.melding,
        "direction": message.direction.value,
        "on_day": message.on.isoformat(),
        "text": message.text,
        "approved": text_or_none(message.approved),
        "passed": text_or_none(message.passed),
    }


def _message(row: Sequence[Any]) -> RelayMessage:
    number, melding, direction, on, text, approved, passed = row
    return RelayMessage(
        id=RelayId(number),
        melding=MeldingId(melding),
        direction=Direction(direction),
        on=date.fromisoformat(on),
        text=text,
        approved=day_or_none(approved),
        passed=day_or_none(passed),
    )
