"""The full-text index over conversations: what goes in, what goes out for good, and how it is asked."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.errors import VaultDamagedError
from vpdesk.domain.ids import CaseId, ConversationId
from vpdesk.domain.markup import unsigned
from vpdesk.domain.rows import SearchHit
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection

SHORTEST = 2  # letters; the index knows prefixes of two and three


def match_expression(text: str) -> str:
    """Return what FTS5 is asked for: every word of the text as the beginning of a word; empty when there is none.

    A single letter is left out: it begins so many words that asking for it takes fifty times as long as two letters.
    """
    words = [word for word in re.findall(r"\w+", text) if len(word) >= SHORTEST]
    return " ".join(f'"{word}"*' for word in words)


class SearchIndex:
    """The index follows the texts: `forget` before a text changes or goes, `learn` after it was written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def learn(self, conversation: ConversationId) -> None:
        """Add the words of a conversation."""
        self._connection.execute(
            "INSERT INTO search_index (rowid, working_note, report, agreements, next_step)"
            " SELECT id, working_note, report, agreements, next_step FROM searchable WHERE id = ?",
            (conversation,),
        )

    def forget(self, conversation: ConversationId) -> None:
        """Take the words of a conversation out of the index; its text must still be as it was learnt."""
        self._connection.execute(
            "INSERT INTO search_index (search_index, rowid, working_note, report, agreements, next_step)"
            " SELECT 'delete', id, working_note, report, agreements, next_step FROM searchable WHERE id = ?",
            (conversation,),
        )

    @understood()
    def find(self, text: str, *, limit: int) -> tuple[SearchHit, ...]:
        """Return the conversations that hold every word of the text, the last written first."""
        asked = match_expression(text)
        if not asked:
            return ()
        rows = self._connection.execute(
            """
            SELECT v.id, v.case_id, v.on_day, coalesce(c.code, ''), coalesce(c.pseudonym, ''), coalesce(o.name, ''),
                   snippet(search_index, -1, char(2), char(3), '…', 12), t.marked
            FROM search_index
            JOIN conversations AS v ON v.id = search_index.rowid
            JOIN conversation_texts AS t ON t.conversation = v.id
            LEFT JOIN cases AS c ON c.id = v.case_id
            LEFT JOIN clients AS o ON o.id = v.client
            WHERE search_index MATCH ?
            ORDER BY search_index.rowid DESC
            LIMIT ?
            """,
            (asked, limit),
        )
        return tuple(
            SearchHit(
                conversation=ConversationId(number),
                case=None if case is None else CaseId(case),
                on=date.fromisoformat(on),
                case_code=code,
                pseudonym=pseudonym,
                client_name=client_name,
                excerpt=unsigned(excerpt) if marked else excerpt,
            )
            for number, case, on, code, pseudonym, client_name, excerpt, marked in rows
        )


def search_agrees(connection: Connection) -> bool:
    """Return whether the search indexes say what the texts say; needs a connection that may write."""
    named = "SELECT name FROM sqlite_master WHERE name IN ('search_index', 'written_index')"
    there = {name for (name,) in connection.execute(named)}  # a schema of before has one or none
    try:
        if "search_index" in there:
            connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        if "written_index" in there:
            connection.execute("INSERT INTO written_index (written_index, rank) VALUES ('integrity-check', 1)")
    except VaultDamagedError:
        return False
    return True
