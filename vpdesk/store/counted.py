"""Which cases a report counted, and how: what a correction of it is measured by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from vpdesk.domain.ids import CaseId
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vpdesk.domain.corrections import Codes
    from vpdesk.domain.ids import ClientId, PublicationId
    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Connection


class CountedStore:
    """The cases of each publication with their codes; a destroyed case goes from it together with its case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def numbers(self, client: ClientId, period: Period) -> tuple[CaseId, ...]:
        """Return the cases that were opened in a period, in the order in which `CaseStore.facts` gives them."""
        rows = self._connection.execute(
            "SELECT id FROM cases WHERE client = ? AND opened BETWEEN ? AND ?"
            " AND id NOT IN (SELECT case_id FROM taken_cases) ORDER BY id",
            (client, period.first.isoformat(), period.last.isoformat()),
        )
        return tuple(CaseId(number) for (number,) in rows)

    def keep(self, publication: PublicationId, counted: Mapping[CaseId, Codes]) -> None:
        """Write down how the cases of a publication counted; one that is gone meanwhile has no row."""
        self._connection.executemany(
            "INSERT INTO counted_cases (publication, case_id, codes) SELECT ?, id, ? FROM cases WHERE id = ?",
            [(publication, json.dumps(dict(codes), ensure_ascii=False), number) for number, codes in counted.items()],
        )

    def is_out(self, case: CaseId) -> bool:
        """Return whether a case was counted in anything that left the house, or may have been in a report of its time.

        Of some reports it was not written down which cases they counted.
        """
        row = self._connection.execute(
            """
            SELECT EXISTS (
                SELECT 1 FROM counted_cases AS n JOIN publications AS p ON p.id = n.publication
                WHERE n.case_id = c.id AND p.never_sent = ''
            ) OR EXISTS (
                SELECT 1 FROM publications AS p
                WHERE p.client = c.client AND p.kind = 'verslag' AND p.never_sent = ''
                  AND c.opened BETWEEN substr(p.period, 1, 10) AND substr(p.period, 12)
                  AND NOT EXISTS (SELECT 1 FROM counted_cases AS n WHERE n.publication = p.id)
            )
            FROM cases AS c WHERE c.id = ?
            """,
            (case,),
        ).fetchone()
        return row is not None and bool(row[0])

    @understood()
    def of(self, publication: PublicationId) -> dict[CaseId, Codes]:
        """Return how the cases of a publication counted; none where that was not written down."""
        rows = self._connection.execute(
            "SELECT case_id, codes FROM counted_cases WHERE publication = ? ORDER BY case_id", (publication,)
        )
        return {CaseId(number): _codes(text) for number, text in rows}


def _codes(text: str) -> Codes:
    codes = json.loads(text)
    if not all(type(part) is str for part in (*codes.keys(), *codes.values())):
        raise TypeError(text)
    return dict(codes)
