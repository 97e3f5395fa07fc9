"""Text that is being typed, one per place in the window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vpdesk.domain.cases import Draft
from vpdesk.store.stored import refuse_overlong, understood

if TYPE_CHECKING:
    from vpdesk.domain.ids import ConversationId
    from vpdesk.store.vault import Connection


class DraftStore:
    """Drafts by key; they stand in no search index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, draft: Draft) -> None:
        """Write a draft over the earlier one of its place."""
        self._connection.execute(
            "INSERT INTO drafts (key, text, saved) VALUES (?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET text = excluded.text, saved = excluded.saved",
            (draft.key, draft.text, draft.saved.isoformat()),
        )

    @understood()
    def get(self, key: str) -> Draft | None:
        """Return the draft of a place, None when there is none."""
        size = self._connection.execute("SELECT octet_length(text) FROM drafts WHERE key = ?", (key,)).fetchone()
        refuse_overlong(size)
        row = self._connection.execute("SELECT key, text, saved FROM drafts WHERE key = ?", (key,)).fetchone()
        return None if row is None else Draft(row[0], row[1], datetime.fromisoformat(row[2]))

    @understood()
    def all(self) -> tuple[Draft, ...]:
        """Return every draft, the last saved first."""
        refuse_overlong(self._connection.execute("SELECT sum(octet_length(text)) FROM drafts").fetchone())
        rows = self._connection.execute("SELECT key, text, saved FROM drafts ORDER BY saved DESC, key")
        return tuple(Draft(key, text, datetime.fromisoformat(saved)) for key, text, saved in rows)

    def drop(self, key: str) -> None:
        """Remove the draft of a place; nothing happens when there is none."""
        self._connection.execute("DELETE FROM drafts WHERE key = ?", (key,))

    def drop_of(self, conversation: ConversationId) -> None:
        """Remove what is being typed in a conversation."""
        self._connection.execute(
            "DELETE FROM drafts WHERE json_valid(text) AND json_extract(text, '$.of') = ?", (conversation,)
        )

    def names_what_is_gone(self, text: str) -> bool:
        """Return whether the text of a draft is about a case or a conversation that is not there."""
        (gone,) = self._connection.execute(
            """
            SELECT EXISTS (
                SELECT 1 FROM json_tree(iif(json_valid(:text), :text, 'null'))
                WHERE type = 'integer'
                  AND ((fullkey IN ('$.case', '$.asked.case') AND atom NOT IN (SELECT id FROM cases))
                       OR (fullkey = '$.of' AND atom NOT IN (SELECT id FROM conversations)))
            )
            """,
            {"text": text},
        ).fetchone()
        return bool(gone)
