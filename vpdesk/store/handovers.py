"""What was handed over to a colleague, and what was taken over from one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.handover import Given, HandedOverCase, Handover, Takeover
from vpdesk.domain.ids import CaseId, ClientId
from vpdesk.store.cases import day_or_none, text_or_none
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vpdesk.domain.ids import ConversationId
    from vpdesk.store.vault import Connection


class HandoverStore:
    """Both sides of a handover; what is left of destroyed cases is their number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, handover: Handover) -> None:
        """Write what was handed over."""
        cursor = self._connection.execute(
            "INSERT INTO handovers (on_day, recipient, package, cases) VALUES (?, ?, ?, ?)",
            (handover.on.isoformat(), handover.to, handover.package, handover.count),
        )
        self._connection.executemany(
            "INSERT INTO handed_cases (handover, case_id, named, consented, names_in_texts) VALUES (?, ?, ?, ?, ?)",
            [
                (cursor.lastrowid, one.case, int(one.named), text_or_none(one.consented), one.names_in_texts)
                for one in handover.cases
            ],
        )

    @understood()
    def all(self) -> tuple[Handover, ...]:
        """Return what was handed over, the latest first; two queries."""
        cases: dict[int, list[HandedOverCase]] = {}
        for number, case, code, pseudonym, named, consented, in_texts, running in self._connection.execute(
            """
            SELECT h.handover, c.id, c.code, c.pseudonym, h.named, h.consented, h.names_in_texts, c.closed IS NULL
            FROM handed_cases AS h JOIN cases AS c ON c.id = h.case_id ORDER BY h.handover, c.code
            """
        ):
            cases.setdefault(number, []).append(
                HandedOverCase(
                    CaseId(case), code, pseudonym, bool(named), day_or_none(consented), in_texts, bool(running)
                )
            )
        rows = self._connection.execute(
            "SELECT id, on_day, recipient, package, cases FROM handovers ORDER BY on_day DESC, id DESC"
        )
        return tuple(
            Handover(date.fromisoformat(on), to, package, count, tuple(cases.get(number, ())))
            for number, on, to, package, count in rows
        )

    def made(self, package: str) -> bool:
        """Return whether this vault made a file."""
        row = self._connection.execute("SELECT 1 FROM handovers WHERE package = ?", (package,)).fetchone()
        return row is not None

    @understood()
    def given(self, case: CaseId) -> tuple[Given, ...]:
        """Return when and to whom a case was handed over, the latest first."""
        rows = self._connection.execute(
            """
            SELECT h.on_day, h.recipient FROM handed_cases AS c JOIN handovers AS h ON h.id = c.handover
            WHERE c.case_id = ? ORDER BY h.on_day DESC, h.id DESC
            """,
            (case,),
        )
        return tuple(Given(date.fromisoformat(on), to) for on, to in rows)

    def forget_recipients(self, case: CaseId) -> None:
        """Remove to whom was handed over where this is the last case that is left of it, before it goes."""
        self._connection.execute(
            """
            UPDATE handovers SET recipient = ''
            WHERE id IN (SELECT handover FROM handed_cases WHERE case_id = :case)
              AND id NOT IN (SELECT handover FROM handed_cases WHERE case_id <> :case)
            """,
            {"case": case},
        )

    def take(self, takeover: Takeover) -> None:
        """Write that a file was taken over, before its cases."""
        self._connection.execute(
            "INSERT INTO takeovers (package, on_day, client, cases) VALUES (?, ?, ?, ?)",
            (takeover.package, takeover.on.isoformat(), takeover.client, takeover.count),
        )

    def take_case(self, package: str, case: CaseId, talks: Iterable[ConversationId]) -> None:
        """Write that a case came from a file, with the talks that came along."""
        self._connection.execute("INSERT INTO taken_cases (case_id, package) VALUES (?, ?)", (case, package))
        self._connection.executemany(
            "INSERT INTO taken_talks (conversation) VALUES (?)", [(number,) for number in talks]
        )

    @understood()
    def taken(self, package: str) -> Takeover | None:
        """Return that a file was taken over, None when it was not."""
        row = self._connection.execute(
            "SELECT on_day, package, client, cases FROM takeovers WHERE package = ?", (package,)
        ).fetchone()
        return None if row is None else Takeover(date.fromisoformat(row[0]), row[1], ClientId(row[2]), row[3])

    @understood()
    def taken_opened(self, opened: date) -> tuple[tuple[CaseId, date], ...]:
        """Return the cases opened on a day that were taken over, each with the day of taking over."""
        rows = self._connection.execute(
            """
            SELECT c.case_id, t.on_day FROM cases AS k JOIN taken_cases AS c ON c.case_id = k.id
            JOIN takeovers AS t ON t.package = c.package WHERE k.opened = ? ORDER BY c.case_id
            """,
            (opened.isoformat(),),
        )
        return tuple((CaseId(case), date.fromisoformat(on)) for case, on in rows)

    def handed(self, case: CaseId) -> bool:
        """Return whether a case was handed over."""
        row = self._connection.execute("SELECT 1 FROM handed_cases WHERE case_id = ? LIMIT 1", (case,)).fetchone()
        return row is not None

    @understood()
    def taken_on(self, case: CaseId) -> date | None:
        """Return the day on which a case was taken over, None for one of this vault's own."""
        row = self._connection.execute(
            "SELECT t.on_day FROM taken_cases AS c JOIN takeovers AS t ON t.package = c.package WHERE c.case_id = ?",
            (case,),
        ).fetchone()
        return None if row is None else date.fromisoformat(row[0])
