"""What stood there before it was changed under a hold, by case and by guided record without one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.retention import Earlier, Going
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.domain.ids import CaseId, GuidedId
    from vpdesk.store.vault import Connection


class EarlierStore:
    """Earlier versions, and what else nothing but a hold keeps."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, earlier: Earlier, case: CaseId | None, guided: GuidedId | None = None) -> None:
        """Keep a version of a case or of a record."""
        self._connection.execute(
            "INSERT INTO earlier_versions (case_id, record, changed, what, text, names) VALUES (?, ?, ?, ?, ?, ?)",
            (case, guided, earlier.changed.isoformat(), earlier.what, earlier.text, int(earlier.names)),
        )

    @understood()
    def of(self, case: CaseId | None, guided: GuidedId | None = None, *, names: bool) -> tuple[Earlier, ...]:
        """Return the versions of a case or record, the last kept first; without `names` some have no text."""
        rows = self._connection.execute(
            "SELECT changed, what, iif(names AND NOT :shown, '', text), names FROM earlier_versions"
            " WHERE case_id = :case OR record = :record ORDER BY id DESC",
            {"case": case, "record": guided, "shown": int(names)},
        )
        return tuple(
            Earlier(date.fromisoformat(changed), what, text, bool(named)) for changed, what, text, named in rows
        )

    def count(self, case: CaseId | None, guided: GuidedId | None = None) -> int:
        """Return how many there are, without reading one."""
        (number,) = self._connection.execute(
            "SELECT count(*) FROM earlier_versions WHERE case_id = ? OR record = ?", (case, guided)
        ).fetchone()
        return int(number)

    def drop_of(self, case: CaseId | None, guided: GuidedId | None = None) -> None:
        """Remove the versions of a case or record."""
        self._connection.execute("DELETE FROM earlier_versions WHERE case_id = ? OR record = ?", (case, guided))

    def kept_by_hold(self, case: CaseId | None, guided: GuidedId | None = None) -> Going:
        """Return how much of a case or record nothing but a hold keeps."""
        (attachments,) = self._connection.execute(
            "SELECT count(*) FROM attachments WHERE case_id IN (SELECT id FROM cases WHERE id = ? AND closed NOT NULL)",
            (case,),
        ).fetchone()
        notes = len(self.notes_of(case))
        return Going(int(attachments), notes, self.count(case, guided))

    def notes_of(self, case: CaseId | None) -> tuple[int, ...]:
        """Return the conversations of a case of which both the working note and the verslag are there."""
        rows = self._connection.execute(
            "SELECT v.id FROM conversations AS v JOIN conversation_texts AS t ON t.conversation = v.id"
            " WHERE v.case_id = ? AND t.working_note <> '' AND t.report <> '' ORDER BY v.id",
            (case,),
        )
        return tuple(number for (number,) in rows)
