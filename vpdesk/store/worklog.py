"""The work log, and what earlier years counted before vpdesk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.worklog import Activity, EarlierTotal
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Connection


class WorklogStore:
    """Activities by day; totals of earlier years by organisation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, activity: Activity) -> Activity:
        """Write a new activity and return it with its id."""
        cursor = self._connection.execute(
            "INSERT INTO activities (on_day, task, minutes, title, client, reached) VALUES (?, ?, ?, ?, ?, ?)",
            (
                activity.on.isoformat(),
                activity.task,
                activity.minutes,
                activity.title,
                activity.client,
                activity.reached,
            ),
        )
        return replace(activity, id=ActivityId(cursor.lastrowid or 0))

    def put(self, activity: Activity) -> None:
        """Write a changed activity."""
        self._connection.execute(
            "UPDATE activities SET on_day = ?, task = ?, minutes = ?, title = ?, client = ?, reached = ? WHERE id = ?",
            (
                activity.on.isoformat(),
                activity.task,
                activity.minutes,
                activity.title,
                activity.client,
                activity.reached,
                activity.id,
            ),
        )

    def delete(self, number: ActivityId) -> None:
        """Remove an activity; raises NotFoundError."""
        if self._connection.execute("DELETE FROM activities WHERE id = ?", (number,)).rowcount == 0:
            raise NotFoundError("Deze activiteit staat niet in de kluis.")

    @understood()
    def rows(self, period: Period, *, client: ClientId | None = None) -> tuple[Activity, ...]:
        """Return the activities in a period, the latest first; of one organisation when it is given."""
        rows = self._connection.execute(
            """
            SELECT id, on_day, task, minutes, title, client, reached
            FROM activities
            WHERE on_day BETWEEN :first AND :last AND (:client IS NULL OR client = :client)
            ORDER BY on_day DESC, id DESC
            """,
            {"first": period.first.isoformat(), "last": period.last.isoformat(), "client": client},
        )
        return tuple(
            Activity(
                id=ActivityId(number),
                on=date.fromisoformat(on),
                task=task,
                minutes=minutes,
                title=title,
                client=None if of is None else ClientId(of),
                reached=reached,
            )
            for number, on, task, minutes, title, of, reached in rows
        )

    def put_earlier_total(self, total: EarlierTotal) -> None:
        """Write what an organisation was told about a year before vpdesk, over an earlier number."""
        self._connection.execute(
            "INSERT INTO earlier_totals (client, year, cases) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET cases = excluded.cases",
            (total.client, total.year, total.cases),
        )

    @understood()
    def earlier_totals(self, client: ClientId) -> tuple[EarlierTotal, ...]:
        """Return the totals of earlier years, in order of time."""
        rows = self._connection.execute(
            "SELECT client, year, cases FROM earlier_totals WHERE client = ? ORDER BY year", (client,)
        )
        return tuple(EarlierTotal(ClientId(of), year, cases) for of, year, cases in rows)
