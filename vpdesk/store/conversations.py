"""Conversations: the list without text, the text in its own table, and the search index kept in step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vpdesk.domain.cases import Conversation
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import CaseId, ClientId, ConversationId
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import ConversationRow
from vpdesk.store.cases import day_or_none, refresh_last_talk, text_or_none
from vpdesk.store.numbers import fresh
from vpdesk.store.search import SearchIndex, match_expression
from vpdesk.store.stored import refuse_unknown, understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.domain.rows import SearchHit
    from vpdesk.store.vault import Connection


class ConversationStore:
    """Conversations by id; writing one keeps the search index and the last talk of its case in step."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = SearchIndex(connection)

    def add(self, conversation: Conversation) -> Conversation:
        """Write a new conversation and return it with its id."""
        number = fresh(self._connection, "conversations")
        self._connection.execute(
            """
            INSERT INTO conversations (
                id, on_day, channel, minutes, client, case_id, phase, agreements, next_step, next_on
            ) VALUES (
                :id, :on_day, :channel, :minutes, :client, :case_id, :phase, :agreements, :next_step, :next_on
            )
            """,
            {**_values(conversation), "id": number},
        )
        added = replace(conversation, id=ConversationId(number))
        self._connection.execute(
            "INSERT INTO conversation_texts (conversation, working_note, report, marked) VALUES (?, ?, ?, ?)",
            (added.id, added.working_note, added.report, int(added.marked)),
        )
        self._index.learn(added.id)
        self._refresh(added.case)
        return added

    def put(self, conversation: Conversation) -> None:
        """Write a changed conversation; words that left its text leave the index."""
        before = self.get(conversation.id)
        self._index.forget(conversation.id)
        self._connection.execute(
            """
            UPDATE conversations SET
                on_day = :on_day, channel = :channel, minutes = :minutes, client = :client, case_id = :case_id,
                phase = :phase, agreements = :agreements, next_step = :next_step, next_on = :next_on
            WHERE id = :id
            """,
            {**_values(conversation), "id": conversation.id},
        )
        self._connection.execute(
            "UPDATE conversation_texts SET working_note = ?, report = ?, marked = ? WHERE conversation = ?",
            (conversation.working_note, conversation.report, int(conversation.marked), conversation.id),
        )
        self._index.learn(conversation.id)
        self._refresh(conversation.case)
        if before.case != conversation.case:
            self._refresh(before.case)

    @understood()
    def get(self, number: ConversationId) -> Conversation:
        """Return a conversation with its text; raises NotFoundError."""
        row = self._connection.execute(
            """
            SELECT v.id, v.on_day, v.channel, v.minutes, v.client, v.case_id, v.phase, t.working_note, t.report,
                   v.agreements, v.next_step, v.next_on, t.marked
            FROM conversations AS v JOIN conversation_texts AS t ON t.conversation = v.id
            WHERE v.id = ?
            """,
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError("Dit gesprek staat niet in de kluis.")
        return _conversation(row)

    def delete(self, number: ConversationId) -> None:
        """Remove a conversation for good, its words in the index included; raises NotFoundError."""
        before = self.get(number)
        self._index.forget(number)
        self._connection.execute("DELETE FROM conversation_texts WHERE conversation = ?", (number,))
        self._connection.execute("UPDATE reminders SET conversation = NULL WHERE conversation = ?", (number,))
        self._connection.execute("DELETE FROM conversations WHERE id = ?", (number,))
        self._refresh(before.case)

    @understood()
    def rows(
        self,
        *,
        case: CaseId | None = None,
        unlinked: bool = False,
        text: str = "",
        limit: int,
        offset: int = 0,
    ) -> tuple[ConversationRow, ...]:
        """Return one page of the list, the latest first; a limit of -1 returns all.

        Args:
            case: only the conversations of this case.
            unlinked: only those without a case.
            text: only those in which every word begins a word; fewer than two letters filter nothing.
            limit: how many at most.
            offset: how many to pass over.
        """
        asked = {"limit": limit, "offset": offset, "case": case, "unlinked": int(unlinked)}
        words = match_expression(text)
        if words:
            return self._found(words, asked)
        if case is not None or unlinked:
            rows = self._connection.execute(
                """
                SELECT v.id, v.on_day, v.channel, v.minutes, v.case_id, coalesce(c.code, ''),
                       coalesce(c.pseudonym, ''), coalesce(o.name, ''), v.agreements
                FROM conversations AS v
                LEFT JOIN cases AS c ON c.id = v.case_id
                LEFT JOIN clients AS o ON o.id = v.client
                WHERE v.case_id IS :case
                ORDER BY v.on_day DESC, v.id DESC
                LIMIT :limit OFFSET :offset
                """,
                asked,
            )
        else:
            rows = self._connection.execute(
                """
                SELECT v.id, v.on_day, v.channel, v.minutes, v.case_id, coalesce(c.code, ''),
                       coalesce(c.pseudonym, ''), coalesce(o.name, ''), v.agreements
                FROM conversations AS v
                LEFT JOIN cases AS c ON c.id = v.case_id
                LEFT JOIN clients AS o ON o.id = v.client
                ORDER BY v.on_day DESC, v.id DESC
                LIMIT :limit OFFSET :offset
                """,
                asked,
            )
        return tuple(_row(row) for row in rows)

    def count(self, *, unlinked: bool = False) -> int:
        """Return how many conversations there are, or how many without a case."""
        (number,) = self._connection.execute(
            "SELECT count(*) FROM conversations WHERE NOT ? OR case_id IS NULL", (int(unlinked),)
        ).fetchone()
        return int(number)

    @understood()
    def notes_of_before(self, day: date, *, limit: int) -> tuple[ConversationRow, ...]:
        """Return the talks until a day that still have a working note, the oldest first, but none that a hold keeps."""
        rows = self._connection.execute(
            """
            SELECT v.id, v.on_day, v.channel, v.minutes, v.case_id, coalesce(c.code, ''),
                   coalesce(c.pseudonym, ''), coalesce(o.name, ''), v.agreements
            FROM conversation_texts AS t INDEXED BY working_notes
            CROSS JOIN conversations AS v ON v.id = t.conversation
            LEFT JOIN cases AS c ON c.id = v.case_id
            LEFT JOIN clients AS o ON o.id = v.client
            WHERE t.working_note <> '' AND v.on_day <= ?
              AND NOT EXISTS (SELECT 1 FROM holds AS h WHERE h.case_id = v.case_id AND h.lifted IS NULL)
            ORDER BY v.on_day, v.id
            LIMIT ?
            """,
            (day.isoformat(), limit),
        )
        return tuple(_row(row) for row in rows)

    def move_to_client(self, case: CaseId, client: ClientId) -> None:
        """Let the conversations of a case follow it to another organisation."""
        self._connection.execute("UPDATE conversations SET client = ? WHERE case_id = ?", (client, case))

    def search(self, text: str, *, limit: int) -> tuple[SearchHit, ...]:
        """Return where every word of the text begins a word, the last written first."""
        return self._index.find(text, limit=limit)

    def _found(self, words: str, asked: dict[str, int | None]) -> tuple[ConversationRow, ...]:
        rows = self._connection.execute(
            """
            SELECT v.id, v.on_day, v.channel, v.minutes, v.case_id, coalesce(c.code, ''),
                   coalesce(c.pseudonym, ''), coalesce(o.name, ''), v.agreements
            FROM search_index
            JOIN conversations AS v ON v.id = search_index.rowid
            LEFT JOIN cases AS c ON c.id = v.case_id
            LEFT JOIN clients AS o ON o.id = v.client
            WHERE search_index MATCH :words
              AND (:case IS NULL OR v.case_id = :case)
              AND (NOT :unlinked OR v.case_id IS NULL)
            ORDER BY search_index.rowid DESC
            LIMIT :limit OFFSET :offset
            """,
            {**asked, "words": words},
        )
        return tuple(_row(row) for row in rows)

    def _refresh(self, case: CaseId | None) -> None:
        if case is not None:
            refresh_last_talk(self._connection, case)


def _values(conversation: Conversation) -> dict[str, object]:
    return {
        "on_day": conversation.on.isoformat(),
        "channel": conversation.channel,
        "minutes": conversation.minutes,
        "client": conversation.client,
        "case_id": conversation.case,
        "phase": None if conversation.phase is None else conversation.phase.value,
        "agreements": conversation.agreements,
        "next_step": conversation.next_step,
        "next_on": text_or_none(conversation.next_on),
    }


def _conversation(row: Sequence[Any]) -> Conversation:
    number, on, channel, minutes, client, case, phase, working_note, report, agreements, next_step, next_on = row[:-1]
    return Conversation(
        id=ConversationId(number),
        on=date.fromisoformat(on),
        channel=channel,
        minutes=minutes,
        client=None if client is None else ClientId(client),
        case=None if case is None else CaseId(case),
        phase=None if phase is None else Phase(phase),
        working_note=working_note,
        report=report,
        agreements=agreements,
        next_step=next_step,
        next_on=day_or_none(next_on),
        marked=bool(row[-1]),
    )


def _row(row: Sequence[Any]) -> ConversationRow:
    number, on, channel, minutes, case, code, pseudonym, client_name, agreements = row
    refuse_unknown(channel=channel)
    return ConversationRow(
        id=ConversationId(number),
        on=date.fromisoformat(on),
        channel=channel,
        minutes=minutes,
        case=None if case is None else CaseId(case),
        case_code=code,
        pseudonym=pseudonym,
        client_name=client_name,
        agreements=agreements,
    )
