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
        """Return whether the text of a draft is about a case, a conversation or anything else that is not there.

        `belongs` in it is a table and a number, as the triggers have it by which a draft goes with its thing.
        """
        (gone,) = self._connection.execute(
            """
            SELECT EXISTS (
                SELECT 1 FROM (
                    SELECT type, fullkey, atom, CAST(substr(atom, instr(atom, ':') + 1) AS INTEGER) AS number
                    FROM json_tree(iif(json_valid(:text), :text, 'null'))
                    WHERE fullkey IN ('$.case', '$.asked.case', '$.of', '$.belongs')
                )
                WHERE CASE type || ' ' || iif(fullkey = '$.belongs', substr(atom, 1, instr(atom, ':')), fullkey)
                    WHEN 'integer $.case' THEN atom NOT IN (SELECT id FROM cases)
                    WHEN 'integer $.asked.case' THEN atom NOT IN (SELECT id FROM cases)
                    WHEN 'integer $.of' THEN atom NOT IN (SELECT id FROM conversations)
                    WHEN 'text activities:' THEN number NOT IN (SELECT id FROM activities)
                    WHEN 'text call_backs:' THEN number NOT IN (SELECT id FROM call_backs)
                    WHEN 'text detriments:' THEN number NOT IN (SELECT id FROM detriments)
                    WHEN 'text guided_records:' THEN number NOT IN (SELECT id FROM guided_records)
                    WHEN 'text meldingen:' THEN number NOT IN (SELECT id FROM meldingen)
                    WHEN 'text persons:' THEN number NOT IN (SELECT id FROM persons)
                    WHEN 'text relay_messages:' THEN number NOT IN (SELECT id FROM relay_messages)
                    WHEN 'text steps:' THEN number NOT IN (SELECT id FROM steps)
                    ELSE 0
                END
            )
            """,
            {"text": text},
        ).fetchone()
        return bool(gone)
