"""Text that is being typed, one per place in the window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from vpdesk.domain.cases import Draft
from vpdesk.store.stored import LONGEST_TEXT, understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection


def _draft(row: tuple[str, str | None, str]) -> Draft:
    key, text, saved = row
    if text is None:
        raise ValueError(key)
    return Draft(key, text, datetime.fromisoformat(saved))


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
        row = self._connection.execute(
            "SELECT key, iif(octet_length(text) <= ?, text, NULL), saved FROM drafts WHERE key = ?",
            (LONGEST_TEXT, key),
        ).fetchone()
        return None if row is None else _draft(row)

    @understood()
    def all(self) -> tuple[Draft, ...]:
        """Return every draft, the last saved first."""
        rows = self._connection.execute(
            "SELECT key, iif(octet_length(text) <= ?, text, NULL), saved FROM drafts ORDER BY saved DESC, key",
            (LONGEST_TEXT,),
        )
        return tuple(_draft(row) for row in rows)

    def drop(self, key: str) -> None:
        """Remove the draft of a place; nothing happens when there is none."""
        self._connection.execute("DELETE FROM drafts WHERE key = ?", (key,))
