"""Cases with their history, their list, and the facts that a report may know."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.cases import Case, DatedCode
from vpdesk.domain.checklists import ItemState, Who
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import CaseId, ClientId
from vpdesk.domain.phases import Phase, PhaseMove
from vpdesk.domain.rows import CaseFilter, CaseRow
from vpdesk.domain.statements import CaseFacts
from vpdesk.domain.taxonomy import UNKNOWN
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import refuse_unknown, understood

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Connection

LIKENESS: Final = ("rol", "werkgebied", "thema", "relatie", "gevonden_via", "verbonden")
"""The codes by which a case is taken for one that is there already, in this order."""


def day_or_none(text: str | None) -> date | None:
    """Read a day that may be absent."""
    return None if text is None else date.fromisoformat(text)


def text_or_none(day: date | None) -> str | None:
    """Write a day that may be absent."""
    return None if day is None else day.isoformat()


def refresh_last_talk(connection: Connection, case: CaseId) -> None:
    """Bring the last talk of a case in line with its conversations."""
    connection.execute(
        "UPDATE cases SET last_talk = (SELECT max(on_day) FROM conversations WHERE case_id = :case) WHERE id = :case",
        {"case": case},
    )


def refresh_next_step(connection: Connection, case: CaseId) -> None:
    """Bring the next step of a case in line with its open reminders."""
    connection.execute(
        """
        UPDATE cases SET (next_on, next_what) = (
            SELECT min(due), coalesce(title, '') FROM reminders WHERE case_id = :case AND state = 'open'
        ) WHERE id = :case
        """,
        {"case": case},
    )


class CaseStore:
    """Cases by id; everything that only exists with a case (history, checklist) is written with it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_code(self, year: int) -> str:
        """Return the code that the next case opened in that year gets, such as `2026-014`."""
        row = self._connection.execute("SELECT last FROM case_numbers WHERE year = ?", (year,)).fetchone()
        return f"{year}-{1 if row is None else row[0] + 1:03d}"

    def add(self, case: Case) -> Case:
        """Write a new case and return it with its id and its code; a code is never given twice."""
        code = self.next_code(case.opened.year)
        self._connection.execute(
            "INSERT INTO case_numbers (year, last) VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1",
            (case.opened.year,),
        )
        number = fresh(self._connection, "cases")
        self._connection.execute(
            """
            INSERT INTO cases (
                id, client, code, pseudonym, opened, phase, closed, rol, werkgebied, thema, relatie, unit, verbonden,
                gevonden_via, wens, wens_on, misstand, closing_reason, limits_discussed_on, imported_talks,
                imported_minutes, phase_unknown
            ) VALUES (
                :id, :client, :code, :pseudonym, :opened, :phase, :closed, :rol, :werkgebied, :thema, :relatie, :unit,
                :verbonden, :gevonden_via, :wens, :wens_on, :misstand, :closing_reason, :limits_discussed_on,
                :imported_talks, :imported_minutes, :phase_unknown
            )
            """,
            {**_values(case), "code": code, "id": number},
        )
        added = replace(case, id=CaseId(number), code=code)
        self._add_history(added)
        return added

    def put(self, case: Case) -> None:
        """Write a changed case; its code stays what it was."""
        self._connection.execute(
            """
            UPDATE cases SET
                client = :client, pseudonym = :pseudonym, opened = :opened, phase = :phase, closed = :closed,
                rol = :rol, werkgebied = :werkgebied, thema = :thema, relatie = :relatie, unit = :unit,
                verbonden = :verbonden, gevonden_via = :gevonden_via, wens = :wens, wens_on = :wens_on,
                misstand = :misstand, closing_reason = :closing_reason, limits_discussed_on = :limits_discussed_on,
                imported_talks = :imported_talks, imported_minutes = :imported_minutes, phase_unknown = :phase_unknown
            WHERE id = :id
            """,
            {**_values(case), "id": case.id},
        )
        self._connection.execute("DELETE FROM case_moves WHERE case_id = ?", (case.id,))
        self._connection.execute("DELETE FROM case_outcomes WHERE case_id = ?", (case.id,))
        self._connection.execute("DELETE FROM case_themes WHERE case_id = ?", (case.id,))
        self._add_history(case)

    @understood()
    def get(self, number: CaseId) -> Case:
        """Return a case with its whole history; raises NotFoundError."""
        row = self._connection.execute("SELECT * FROM whole_cases WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError("Deze casus staat niet in de kluis.")
        return _case(row)

    @understood()
    def rows(self, which: CaseFilter, *, limit: int, offset: int) -> tuple[CaseRow, ...]:
        """Return one page of the list: running cases first, then by next step, then the newest code.

        What is closed is left out by the first column of the index, so that running cases are found without reading it.
        """
        rows = self._connection.execute(
            """
            SELECT c.id, c.code, c.pseudonym, c.client, o.name, c.phase, c.rol, c.thema, c.opened, c.closed,
                   c.last_talk, c.next_on, c.next_what
            FROM cases AS c JOIN clients AS o ON o.id = c.client
            WHERE (:client IS NULL OR c.client = :client)
              AND (c.closed IS NOT NULL) <= NOT :open_only
              AND (:phases = '[]' OR c.phase IN (SELECT value FROM json_each(:phases)))
              AND (:themes = '[]' OR c.thema IN (SELECT value FROM json_each(:themes)))
              AND (:roles = '[]' OR c.rol IN (SELECT value FROM json_each(:roles)))
              AND (:text = '' OR c.code LIKE :like ESCAPE '!' OR c.pseudonym LIKE :like ESCAPE '!'
                   OR c.client IN (SELECT id FROM clients WHERE name LIKE :like ESCAPE '!'))
            ORDER BY c.closed IS NOT NULL, c.next_on IS NULL, c.next_on, c.code DESC
            LIMIT :limit OFFSET :offset
            """,
            {**_asked(which), "limit": limit, "offset": offset},
        )
        return tuple(_row(row) for row in rows)

    @understood()
    def reporting_years(self, client: ClientId) -> tuple[int, ...]:
        """Return in which reporting years a case of an organisation was opened, ran or was closed, the newest first.

        Destroyed cases count too. A reporting year is named after the calendar year in which it begins.
        """
        rows = self._connection.execute(
            """
            WITH RECURSIVE ran (year, last) AS (
                SELECT DISTINCT
                    strftime('%Y', c.opened) - (strftime('%m', c.opened) + 0 < o.year_starts_in),
                    strftime('%Y', coalesce(c.closed, c.last_talk, c.opened))
                        - (strftime('%m', coalesce(c.closed, c.last_talk, c.opened)) + 0 < o.year_starts_in)
                FROM cases AS c JOIN clients AS o ON o.id = c.client
                WHERE c.client = :client AND c.id NOT IN (SELECT case_id FROM taken_cases)
                UNION
                SELECT year + 1, last FROM ran WHERE year < last AND last <= 9999
            )
            SELECT year FROM ran WHERE year BETWEEN 1 AND 9999
            UNION
            SELECT substr(d.segment, 1, 4) - (substr(d.segment, 6, 2) + 0 < o.year_starts_in)
            FROM destroyed_cases AS d JOIN clients AS o ON o.id = d.client
            WHERE d.client = :client AND substr(d.segment, 1, 4) BETWEEN '0002' AND '9999'
            ORDER BY year DESC
            """,
            {"client": client},
        )
        return tuple(year for (year,) in rows)

    def count(self, which: CaseFilter) -> int:
        """Return how many cases the filter lets through."""
        (number,) = self._connection.execute(
            """
            SELECT count(*)
            FROM cases AS c
            WHERE (:client IS NULL OR c.client = :client)
              AND (c.closed IS NOT NULL) <= NOT :open_only
              AND (:phases = '[]' OR c.phase IN (SELECT value FROM json_each(:phases)))
              AND (:themes = '[]' OR c.thema IN (SELECT value FROM json_each(:themes)))
              AND (:roles = '[]' OR c.rol IN (SELECT value FROM json_each(:roles)))
              AND (:text = '' OR c.code LIKE :like ESCAPE '!' OR c.pseudonym LIKE :like ESCAPE '!'
                   OR c.client IN (SELECT id FROM clients WHERE name LIKE :like ESCAPE '!'))
            """,
            _asked(which),
        ).fetchone()
        return int(number)

    @understood()
    def without_limits(self) -> tuple[CaseRow, ...]:
        """Return the running cases that had a talk, but not about the limits of confidentiality."""
        rows = self._connection.execute(
            """
            SELECT c.id, c.code, c.pseudonym, c.client, o.name, c.phase, c.rol, c.thema, c.opened, c.closed,
                   c.last_talk, c.next_on, c.next_what
            FROM cases AS c JOIN clients AS o ON o.id = c.client
            WHERE c.limits_discussed_on IS NULL AND c.closed IS NULL AND c.last_talk IS NOT NULL
            ORDER BY c.last_talk, c.id
            """
        )
        return tuple(_row(row) for row in rows)

    def likenesses(self, client: ClientId) -> Counter[tuple[object, ...]]:
        """Return how many cases of a client there are of each opening day and `LIKENESS` of codes."""
        rows = self._connection.execute(
            """
            SELECT opened, rol, werkgebied, thema, relatie, gevonden_via, verbonden, count(*) FROM cases
            WHERE client = ? GROUP BY 1, 2, 3, 4, 5, 6, 7
            """,
            (client,),
        )
        return Counter({(date.fromisoformat(day), *codes): number for day, *codes, number in rows})

    def pseudonyms_in_use(self) -> frozenset[str]:
        """Return the pseudonyms of all cases."""
        return frozenset(row[0] for row in self._connection.execute("SELECT pseudonym FROM cases"))

    def called_in_use(self) -> tuple[tuple[str, str], ...]:
        """Return the code and the pseudonym of each case."""
        return tuple(self._connection.execute("SELECT code, pseudonym FROM cases"))

    @understood()
    def facts(self, client: ClientId, period: Period, days: Iterable[date]) -> tuple[CaseFacts, ...]:
        """Return what a report may know of the cases that were opened in a period, with all their talks.

        Phase and outcome are given as they stood on each of the days. A case that was taken over counts where it came
        from, and not here. Two queries.
        """
        asked = (client, period.first.isoformat(), period.last.isoformat())
        talks: dict[int, list[tuple[date, int, int]]] = {}
        for number, on, count, minutes in self._connection.execute(
            """
            SELECT v.case_id, v.on_day, count(*), sum(v.minutes)
            FROM cases AS c JOIN conversations AS v ON v.case_id = c.id
            WHERE c.client = ? AND c.opened BETWEEN ? AND ?
            GROUP BY v.case_id, v.on_day
            ORDER BY v.case_id, v.on_day
            """,
            asked,
        ):
            talks.setdefault(number, []).append((date.fromisoformat(on), count, minutes))
        rows = self._connection.execute(
            """
            SELECT w.*, u.code FROM whole_cases AS w LEFT JOIN units AS u ON u.id = w.unit
            WHERE w.client = ? AND w.opened BETWEEN ? AND ? AND w.id NOT IN (SELECT case_id FROM taken_cases)
            ORDER BY w.id
            """,
            asked,
        )
        wanted = tuple(days)
        return tuple(_facts(_case(row), row[-1], talks.get(row[0], []), wanted) for row in rows)

    @understood()
    def themes_by_month(self, client: ClientId, period: Period) -> tuple[tuple[date, str, int], ...]:
        """Return how many cases began in a month (its first day) by main theme; as for `facts`, in one query."""
        rows = self._connection.execute(
            """
            SELECT substr(opened, 1, 7) || '-01', thema, count(*) FROM cases
            WHERE client = ? AND opened BETWEEN ? AND ? AND id NOT IN (SELECT case_id FROM taken_cases)
            GROUP BY 1, 2
            """,
            (client, period.first.isoformat(), period.last.isoformat()),
        )
        return tuple((date.fromisoformat(month), str(theme), int(number)) for month, theme, number in rows)

    @understood()
    def checked(self, case: CaseId, phase: Phase) -> dict[str, tuple[ItemState, date, Who]]:
        """Return the items of a phase that were touched: code to state, day and who."""
        rows = self._connection.execute(
            "SELECT item, state, on_day, who FROM checked_items WHERE case_id = ? AND phase = ?", (case, phase.value)
        )
        return {item: (ItemState(state), date.fromisoformat(on), Who(who)) for item, state, on, who in rows}

    def check(self, case: CaseId, phase: Phase, item: str, state: ItemState, on: date, who: Who) -> None:
        """Write the state of an item."""
        self._connection.execute(
            "INSERT INTO checked_items (case_id, phase, item, state, on_day, who) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET state = excluded.state, on_day = excluded.on_day, who = excluded.who",
            (case, phase.value, item, state.value, on.isoformat(), who.value),
        )

    def _add_history(self, case: Case) -> None:
        self._connection.executemany(
            "INSERT INTO case_moves (case_id, position, to_phase, on_day, source, reason) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (case.id, n, move.to.value, move.on.isoformat(), move.source and move.source.value, move.reason)
                for n, move in enumerate(case.moves)
            ],
        )
        self._connection.executemany(
            "INSERT INTO case_outcomes (case_id, position, code, on_day) VALUES (?, ?, ?, ?)",
            [(case.id, n, outcome.code, outcome.on.isoformat()) for n, outcome in enumerate(case.outcomes)],
        )
        self._connection.executemany(
            "INSERT INTO case_themes (case_id, position, thema) VALUES (?, ?, ?)",
            [(case.id, n, theme) for n, theme in enumerate(case.further_themes)],
        )


def _values(case: Case) -> dict[str, object]:
    return {
        "client": case.client,
        "pseudonym": case.pseudonym,
        "opened": case.opened.isoformat(),
        "phase": case.phase.value,
        "closed": text_or_none(case.closed),
        "rol": case.rol,
        "werkgebied": case.werkgebied,
        "thema": case.thema,
        "relatie": case.relatie,
        "unit": case.unit,
        "verbonden": case.verbonden,
        "gevonden_via": case.gevonden_via,
        "wens": case.wens,
        "wens_on": text_or_none(case.wens_on),
        "misstand": case.misstand,
        "closing_reason": case.closing_reason,
        "limits_discussed_on": text_or_none(case.limits_discussed_on),
        "imported_talks": case.imported_talks,
        "imported_minutes": case.imported_minutes,
        "phase_unknown": int(case.phase_unknown),
    }


def _case(row: Sequence[Any]) -> Case:
    (number, client, code, pseudonym, opened, rol, werkgebied, thema, relatie, unit, verbonden, gevonden_via) = row[:12]
    (wens, wens_on, misstand, closing_reason, limits, talks, minutes, phase_unknown, moves, outcomes, themes) = row[
        12:23
    ]
    return Case(
        id=CaseId(number),
        client=ClientId(client),
        code=code,
        pseudonym=pseudonym,
        opened=date.fromisoformat(opened),
        moves=tuple(
            PhaseMove(Phase(to), date.fromisoformat(on), None if source is None else Phase(source), reason)
            for to, on, source, reason in json.loads(moves)
        ),
        rol=rol,
        werkgebied=werkgebied,
        thema=thema,
        further_themes=tuple(json.loads(themes)),
        relatie=relatie,
        unit=unit,
        verbonden=verbonden,
        gevonden_via=gevonden_via,
        wens=wens,
        wens_on=day_or_none(wens_on),
        misstand=misstand,
        outcomes=tuple(DatedCode(code, date.fromisoformat(on)) for code, on in json.loads(outcomes)),
        closing_reason=closing_reason,
        limits_discussed_on=day_or_none(limits),
        imported_talks=talks,
        imported_minutes=minutes,
        phase_unknown=bool(phase_unknown),
    )


def _asked(which: CaseFilter) -> dict[str, object]:
    words = which.text.strip()
    escaped = words.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return {
        "client": which.client,
        "open_only": int(which.open_only),
        "phases": json.dumps(sorted(phase.value for phase in which.phases)),
        "themes": json.dumps(sorted(which.themes)),
        "roles": json.dumps(sorted(which.roles)),
        "text": words,
        "like": f"%{escaped}%",
    }


def _row(row: Sequence[Any]) -> CaseRow:
    number, code, pseudonym, client, client_name, phase, rol, thema, opened, closed, last_talk, next_on, what = row
    refuse_unknown(rol=rol, thema=thema)
    return CaseRow(
        id=CaseId(number),
        code=code,
        pseudonym=pseudonym,
        client=ClientId(client),
        client_name=client_name,
        phase=Phase(phase),
        rol=rol,
        thema=thema,
        opened=date.fromisoformat(opened),
        closed=day_or_none(closed),
        last_talk=day_or_none(last_talk),
        next_on=day_or_none(next_on),
        next_what=what,
    )


def _facts(case: Case, unit: str | None, talks: list[tuple[date, int, int]], days: tuple[date, ...]) -> CaseFacts:
    imported = (case.opened, case.imported_talks, case.imported_minutes)
    return CaseFacts(
        opened=case.opened,
        codes={
            "thema": case.thema,
            "rol": case.rol,
            "relatie": case.relatie,
            "werkgebied": case.werkgebied,
            "onderdeel": UNKNOWN.code if unit is None else unit,
            "verbonden": case.verbonden,
            "gevonden_via": case.gevonden_via,
        },
        phases={day: case.phase_on(day) for day in days},
        outcomes={day: case.outcome_on(day) for day in days},
        talks=(*([imported] if case.imported_talks or case.imported_minutes else []), *talks),
    )
