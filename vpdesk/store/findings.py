"""What the advisor writes beside the numbers of a report, by chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vpdesk.domain.ids import ClientId
    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Connection


class FindingStore:
    """Texts by organisation, period and chapter."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, client: ClientId, period: Period) -> dict[str, str]:
        """Return the texts of a report, chapter to text."""
        rows = self._connection.execute(
            "SELECT chapter, text FROM findings WHERE client = ? AND period = ? ORDER BY chapter",
            (client, period.code()),
        )
        return {str(chapter): str(text) for chapter, text in rows}

    def put(self, client: ClientId, period: Period, chapter: str, text: str) -> None:
        """Write the text of a chapter over the earlier one; an empty text removes it."""
        if not text.strip():
            self._connection.execute(
                "DELETE FROM findings WHERE client = ? AND period = ? AND chapter = ?",
                (client, period.code(), chapter),
            )
            return
        self._connection.execute(
            "INSERT INTO findings (client, period, chapter, text) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET text = excluded.text",
            (client, period.code(), chapter, text),
        )
