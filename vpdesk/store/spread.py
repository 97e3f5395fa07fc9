"""Cases whose texts hold all words of a search together, though no single text does."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain.ids import CaseId
from vpdesk.domain.rows import SearchHit
from vpdesk.store.search import match_expression
from vpdesk.store.stored import understood
from vpdesk.store.written import WrittenStore

if TYPE_CHECKING:
    from collections.abc import Collection

    from vpdesk.store.vault import Connection

MOST_TEXTS: Final = 500
"""Of a word that stands in more, the newest are read, and the others only in cases that have the rarer words."""

MOST_CASES: Final = 15
"""So many cases are looked through for a word that stands in very many texts: each takes a tenth of a millisecond."""


class SpreadSearch:
    """Asks both indexes for each word by itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._written = WrittenStore(connection)

    @understood()
    def find(self, text: str, *, beside: Collection[CaseId], limit: int) -> tuple[SearchHit, ...]:
        """Return the cases that hold every word in one text or another, the last opened first.

        `beside` are those that were found already. One word is in one text, so that none is found here.
        """
        words = match_expression(text).split()
        if len(words) < 2:  # noqa: PLR2004 - together takes two
            return ()
        asked = [(word, *self._cases_with(word)) for word in words]
        whole = [cases for _, cases, complete in asked if complete]
        together = frozenset.intersection(*(whole or [cases for _, cases, _ in asked])) - frozenset(beside)
        for word, cases, complete in asked:
            if not complete:
                unknown = sorted(together - cases, reverse=True)[:MOST_CASES]
                together &= cases | self._among(word, unknown)
        return self._named(together, limit)

    def _cases_with(self, word: str) -> tuple[frozenset[CaseId], bool]:
        """Return the cases with a word, and whether that is all of them."""
        rows = self._connection.execute(
            """
            SELECT v.case_id FROM search_index JOIN conversations AS v ON v.id = search_index.rowid
            WHERE search_index MATCH ? ORDER BY search_index.rowid DESC LIMIT ?
            """,
            (word, MOST_TEXTS),
        ).fetchall()
        talks = {CaseId(case) for (case,) in rows if case is not None}
        return frozenset(talks | self._written.cases(word, limit=MOST_TEXTS)), len(rows) < MOST_TEXTS

    def _among(self, word: str, cases: Collection[CaseId]) -> frozenset[CaseId]:
        """Return which of these cases have a word in a conversation."""
        rows = self._connection.execute(
            """
            SELECT DISTINCT v.case_id FROM json_each(?) AS a JOIN conversations AS v ON v.case_id = a.value
            WHERE EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH ? AND search_index.rowid = v.id)
            """,
            (json.dumps(list(cases)), word),
        )
        return frozenset(CaseId(case) for (case,) in rows)

    def _named(self, cases: Collection[CaseId], limit: int) -> tuple[SearchHit, ...]:
        rows = self._connection.execute(
            """
            SELECT c.id, c.opened, c.code, c.pseudonym, o.name
            FROM cases AS c JOIN clients AS o ON o.id = c.client
            WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.opened DESC, c.id DESC LIMIT ?
            """,
            (json.dumps(sorted(cases)), limit),
        )
        return tuple(
            SearchHit(None, CaseId(number), date.fromisoformat(opened), code, pseudonym, client_name, spread=True)
            for number, opened, code, pseudonym, client_name in rows
        )
