"""The work log with the time of talks beside it, the clock that runs, and what earlier years counted before vpdesk."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.timer import Timer
from vpdesk.domain.worklog import (
    GROUPS,
    TALK,
    TASKS,
    Activity,
    EarlierTotal,
    FollowUp,
    FollowUpState,
    Spent,
    TaskGroup,
    WorkRow,
)
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.domain.worklog import WorkFilter
    from vpdesk.store.vault import Connection


class WorklogStore:
    """Activities by day; the minutes of everything by month; the timer; totals of earlier years by organisation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, activity: Activity) -> Activity:
        """Write a new activity and return it with its id."""
        number = fresh(self._connection, "activities")
        self._connection.execute(
            """
            INSERT INTO activities (
                id, on_day, task, minutes, title, client, reached, follow_up, follow_up_on, follow_up_note, proof
            ) VALUES (
                :id, :on_day, :task, :minutes, :title, :client, :reached, :follow_up, :follow_up_on, :follow_up_note,
                :proof
            )
            """,
            {**_values(activity), "id": number},
        )
        return replace(activity, id=ActivityId(number))

    def put(self, activity: Activity) -> None:
        """Write a changed activity; raises NotFoundError."""
        written = self._connection.execute(
            """
            UPDATE activities SET
                on_day = :on_day, task = :task, minutes = :minutes, title = :title, client = :client,
                reached = :reached, follow_up = :follow_up, follow_up_on = :follow_up_on,
                follow_up_note = :follow_up_note, proof = :proof
            WHERE id = :id
            """,
            {**_values(activity), "id": activity.id},
        )
        if written.rowcount == 0:
            raise NotFoundError(_NOT_THERE)

    def delete(self, number: ActivityId) -> None:
        """Remove an activity; raises NotFoundError."""
        if self._connection.execute("DELETE FROM activities WHERE id = ?", (number,)).rowcount == 0:
            raise NotFoundError(_NOT_THERE)

    @understood()
    def get(self, number: ActivityId) -> Activity:
        """Return an activity; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, on_day, task, minutes, title, client, reached, follow_up, follow_up_on, follow_up_note, proof"
            " FROM activities WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError(_NOT_THERE)
        return _activity(row)

    @understood()
    def rows(self, period: Period, *, client: ClientId | None = None) -> tuple[Activity, ...]:
        """Return the activities in a period, the latest first; of one organisation when it is given."""
        rows = self._connection.execute(
            """
            SELECT id, on_day, task, minutes, title, client, reached, follow_up, follow_up_on, follow_up_note, proof
            FROM activities
            WHERE on_day BETWEEN :first AND :last AND (:client IS NULL OR client = :client)
            ORDER BY on_day DESC, id DESC
            """,
            {"first": period.first.isoformat(), "last": period.last.isoformat(), "client": client},
        )
        return tuple(_activity(row) for row in rows)

    @understood()
    def of_tasks(
        self,
        tasks: Sequence[str],
        *,
        period: Period | None = None,
        client: ClientId | None = None,
        limit: int = -1,
    ) -> tuple[Activity, ...]:
        """Return the activities of some tasks, the latest first; a limit of -1 returns all."""
        rows = self._connection.execute(
            """
            SELECT id, on_day, task, minutes, title, client, reached, follow_up, follow_up_on, follow_up_note, proof
            FROM activities
            WHERE task IN (SELECT value FROM json_each(:tasks))
              AND (:first IS NULL OR on_day BETWEEN :first AND :last)
              AND (:client IS NULL OR client = :client)
            ORDER BY on_day DESC, id DESC
            LIMIT :limit
            """,
            {"tasks": json.dumps(list(tasks)), "client": client, "limit": limit, **_days(period)},
        )
        return tuple(_activity(row) for row in rows)

    @understood()
    def log(self, filter: WorkFilter, *, limit: int, offset: int = 0) -> tuple[WorkRow, ...]:  # noqa: A002 - as the other lists
        """Return one page of the log, the latest first: activities, and the talks of each day together."""
        rows = self._connection.execute(
            """
            SELECT l.id, l.on_day, l.task, l.minutes, l.title, coalesce(o.name, ''), l.talks, l.clients, l.follow_up
            FROM (
                SELECT id, on_day, task, minutes, title, client, 0 AS talks, 1 AS clients, follow_up
                FROM activities
                WHERE (:tasks IS NULL OR task IN (SELECT value FROM json_each(:tasks)))
                  AND (:first IS NULL OR on_day BETWEEN :first AND :last)
                  AND (:client IS NULL OR client = :client)
                UNION ALL
                SELECT NULL, on_day, :talk, CAST(total(minutes) AS INTEGER), '',
                       CASE WHEN min(coalesce(client, 0)) = max(coalesce(client, 0)) THEN max(client) END,
                       CAST(total(talks) AS INTEGER), count(DISTINCT client), NULL
                FROM talk_time
                WHERE :with_talks
                  AND (:first IS NULL OR on_day BETWEEN :first AND :last)
                  AND (:client IS NULL OR client = :client)
                GROUP BY on_day
            ) AS l
            LEFT JOIN clients AS o ON o.id = l.client
            ORDER BY l.on_day DESC, l.id DESC
            LIMIT :limit OFFSET :offset
            """,
            {**_asked(filter), "talk": TALK, "limit": limit, "offset": offset},
        )
        return tuple(_row(row) for row in rows)

    @understood()
    def lines(self, filter: WorkFilter) -> int:  # noqa: A002 - idem
        """Return how many lines the log has."""
        (number,) = self._connection.execute(
            """
            SELECT (
                SELECT count(*) FROM activities
                WHERE (:tasks IS NULL OR task IN (SELECT value FROM json_each(:tasks)))
                  AND (:first IS NULL OR on_day BETWEEN :first AND :last)
                  AND (:client IS NULL OR client = :client)
            ) + (
                SELECT count(DISTINCT on_day) FROM talk_time
                WHERE :with_talks
                  AND (:first IS NULL OR on_day BETWEEN :first AND :last)
                  AND (:client IS NULL OR client = :client)
            )
            """,
            _asked(filter),
        ).fetchone()
        return int(number)

    @understood()
    def spent(self, period: Period) -> tuple[Spent, ...]:
        """Return the minutes of each month, organisation and task in a period, talks and destroyed cases included.

        Of destroyed cases only what lies in it as a whole: they are known by year, and then without a month.
        """
        rows = self._connection.execute(
            """
            SELECT substr(on_day, 1, 7) || '-01', client, task, CAST(total(minutes) AS INTEGER) FROM activities
            WHERE on_day BETWEEN :first AND :last GROUP BY 1, 2, 3
            UNION ALL
            SELECT substr(on_day, 1, 7) || '-01', client, :talk, CAST(total(minutes) AS INTEGER) FROM talk_time
            WHERE on_day BETWEEN :first AND :last GROUP BY 1, 2
            UNION ALL
            SELECT NULL, client, :talk, CAST(total(minutes) AS INTEGER) FROM destroyed_cases
            WHERE substr(segment, 1, 10) >= :first AND substr(segment, 12) <= :last GROUP BY client
            """,
            {**_days(period), "talk": TALK},
        )
        return tuple(
            Spent(
                None if month is None else date.fromisoformat(month),
                None if client is None else ClientId(client),
                _known(task),
                _sane(minutes),
            )
            for month, client, task, minutes in rows
        )

    def cut(self, period: Period, client: ClientId) -> bool:
        """Return whether a period holds a part of what is left of a destroyed case with talks, and so not its time."""
        row = self._connection.execute(
            """
            SELECT 1 FROM destroyed_cases
            WHERE client = :client AND minutes > 0
              AND substr(segment, 1, 10) <= :last AND substr(segment, 12) >= :first
              AND NOT (substr(segment, 1, 10) >= :first AND substr(segment, 12) <= :last)
            LIMIT 1
            """,
            {**_days(period), "client": client},
        ).fetchone()
        return row is not None

    @understood()
    def first_day(self) -> date | None:
        """Return the day of the first activity or talk, None where there is neither."""
        (day,) = self._connection.execute(
            "SELECT min(day) FROM"
            " (SELECT min(on_day) AS day FROM activities UNION ALL SELECT min(on_day) FROM talk_time)"
        ).fetchone()
        return None if day is None else date.fromisoformat(day)

    @understood()
    def timer(self) -> Timer | None:
        """Return the clock that runs, None where none does."""
        row = self._connection.execute("SELECT task, started, on_day, client, title FROM timer").fetchone()
        if row is None:
            return None
        task, started, on, client, title = row
        of = None if client is None else ClientId(client)
        return Timer(task, datetime.fromisoformat(started), date.fromisoformat(on), of, title)

    def put_timer(self, timer: Timer) -> None:
        """Let a clock run, instead of one that ran."""
        self._connection.execute(
            "INSERT OR REPLACE INTO timer (one, task, started, on_day, client, title) VALUES (1, ?, ?, ?, ?, ?)",
            (timer.task, timer.started.isoformat(), timer.on.isoformat(), timer.client, timer.title),
        )

    def drop_timer(self) -> None:
        """Let no clock run."""
        self._connection.execute("DELETE FROM timer")

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


_NOT_THERE: Final = "Deze activiteit staat niet in de kluis."
_MOST: Final = 1_000_000_000  # minutes or talks


def _known(task: str) -> str:
    if task not in TASKS:
        raise ValueError(task)
    return task


def _sane(number: int) -> int:
    """Refuse what no log adds up to; a sum of absurd numbers is let through by SQLite only with `total`."""
    if not 0 <= number <= _MOST:
        raise ValueError(number)
    return number


def _days(period: Period | None) -> dict[str, str | None]:
    if period is None:
        return {"first": None, "last": None}
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


def _asked(filter: WorkFilter) -> dict[str, object]:  # noqa: A002 - as the other lists
    group = filter.group
    return {
        **_days(filter.period),
        "client": filter.client,
        "tasks": None if group is None else json.dumps(GROUPS[group]),
        "with_talks": group in {None, TaskGroup.ONDERSTEUNEN},
    }


def _values(activity: Activity) -> dict[str, object]:
    follow_up = activity.follow_up
    return {
        "on_day": activity.on.isoformat(),
        "task": activity.task,
        "minutes": activity.minutes,
        "title": activity.title,
        "client": activity.client,
        "reached": activity.reached,
        "follow_up": None if follow_up is None else follow_up.state.value,
        "follow_up_on": None if follow_up is None else follow_up.on.isoformat(),
        "follow_up_note": "" if follow_up is None else follow_up.note,
        "proof": activity.proof,
    }


def _activity(row: Sequence[Any]) -> Activity:
    number, on, task, minutes, title, of, reached, state, state_on, note, proof = row
    return Activity(
        id=ActivityId(number),
        on=date.fromisoformat(on),
        task=task,
        minutes=minutes,
        title=title,
        client=None if of is None else ClientId(of),
        reached=reached,
        follow_up=None if state is None else FollowUp(FollowUpState(state), date.fromisoformat(state_on), note),
        proof=proof,
    )


def _row(row: Sequence[Any]) -> WorkRow:
    number, on, task, minutes, title, client_name, talks, clients, state = row
    return WorkRow(
        activity=None if number is None else ActivityId(number),
        on=date.fromisoformat(on),
        task=_known(task),
        minutes=_sane(minutes),
        title=title,
        client_name=client_name,
        talks=_sane(talks),
        clients=clients,
        state=None if state is None else FollowUpState(state),
    )
