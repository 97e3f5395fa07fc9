"""What the person of a case wanted, one wish after the other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.wishes import Wish
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.domain.ids import CaseId
    from vpdesk.store.vault import Connection


class WishStore:
    """Wishes by case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, case: CaseId, wish: Wish) -> None:
        """Write one more wish."""
        self._connection.execute(
            "INSERT INTO case_wishes (case_id, code, on_day, words) VALUES (?, ?, ?, ?)",
            (case, wish.code, wish.on.isoformat(), wish.words),
        )

    def drop_last(self, case: CaseId) -> None:
        """Take away the wish that was written last; nothing where there is none."""
        self._connection.execute(
            "DELETE FROM case_wishes WHERE id = (SELECT max(id) FROM case_wishes WHERE case_id = ?)", (case,)
        )

    @understood()
    def of_case(self, case: CaseId) -> tuple[Wish, ...]:
        """Return the wishes of a case in order of time; those of one day in the order in which they were given."""
        rows = self._connection.execute(
            "SELECT code, on_day, words FROM case_wishes WHERE case_id = ? ORDER BY on_day, id", (case,)
        )
        return tuple(Wish(code, date.fromisoformat(on), words) for code, on, words in rows)
