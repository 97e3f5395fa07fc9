"""How long cases are kept: terms of an organisation, holds and decisions on a case, and which cases to look at."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import HeldError, NotFoundError
from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.domain.ids import CaseId, ClientId, GuidedId, HoldId
from vpdesk.domain.periods import Period, reporting_year_of
from vpdesk.domain.phases import Phase
from vpdesk.domain.retention import Hold, HoldKind, KeptLonger, Kind, Standing, Term, kind_of, proposed
from vpdesk.store.cases import day_or_none, text_or_none
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from vpdesk.store.vault import Connection

HELD: Final = (
    "Op deze casus ligt een bewaarstop. Er is niets vernietigd. Hef de bewaarstop eerst op, met een reden, als die "
    "niet meer nodig is."
)
HELD_RECORD: Final = (
    "Op deze vastlegging ligt een bewaarstop. Er is niets vernietigd. Hef de bewaarstop eerst op, met een reden, als "
    "die niet meer nodig is."
)


_CANDIDATE: Final = """
    SELECT c.id, c.code, c.pseudonym, c.client, o.name, o.year_starts_in, c.opened, c.closed, c.thema,
           (SELECT json_group_array(m.to_phase) FROM case_moves AS m WHERE m.case_id = c.id),
           (SELECT u.code FROM case_outcomes AS u WHERE u.case_id = c.id ORDER BY u.position DESC LIMIT 1),
           (SELECT k.until FROM kept_longer AS k WHERE k.case_id = c.id ORDER BY k.id DESC LIMIT 1),
           (SELECT json_group_array(h.kind) FROM holds AS h WHERE h.case_id = c.id AND h.lifted IS NULL),
           EXISTS (SELECT 1 FROM meldingen AS r WHERE r.case_id = c.id)
               OR EXISTS (SELECT 1 FROM detriments AS d WHERE d.case_id = c.id),
           EXISTS (
               SELECT 1 FROM guided_records AS g
               WHERE g.case_id = c.id AND g.kind IN ('doorbreken', 'informatieverzoek')
           ),
           c.id IN (SELECT case_id FROM taken_cases)
    FROM cases AS c JOIN clients AS o ON o.id = c.client
"""

_RUNS: Final = """
    WITH runs (client, first_day, last_day) AS MATERIALIZED (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]')
        FROM json_each(:runs)
    )
"""
"""Per organisation the whole reporting years, one after the other, over which reports went out."""

_PAST: Final = """
    WHERE c.closed BETWEEN :closed AND :until AND (c.closed, c.client, c.id) > (:closed, :client, :number)
        AND NOT EXISTS (SELECT 1 FROM holds AS h WHERE h.case_id = c.id AND h.lifted IS NULL)
"""
_COVERED: Final = """
    (
        c.id IN (SELECT case_id FROM taken_cases) OR EXISTS (
            SELECT 1 FROM runs WHERE runs.client = c.client AND runs.first_day <= c.opened AND c.closed <= runs.last_day
        )
    )
"""
_LONGER: Final = "c.id IN (SELECT case_id FROM kept_longer WHERE until > :today)"
_STANDS: Final = {
    Standing.TE_BESLISSEN: f"{_PAST} AND {_COVERED} ORDER BY c.closed, c.client, c.id",
    Standing.WACHT: f"{_PAST} AND NOT {_COVERED} ORDER BY c.closed, c.client, c.id",
    Standing.BEWAARSTOP: """
        WHERE c.id IN (SELECT case_id FROM holds WHERE lifted IS NULL)
            AND (c.closed IS NULL, coalesce(c.closed, ''), c.client, c.id) > (:open, :closed, :client, :number)
        ORDER BY c.closed IS NULL, c.closed, c.client, c.id
    """,
    Standing.LANGER: f"{_PAST} AND {_LONGER} ORDER BY c.closed, c.client, c.id",
}
"""Which cases may stand so, and in which order; whether the term is over, who reads it decides."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be past its term, with what decides on that."""

    case: CaseId
    code: str
    pseudonym: str
    client: ClientId
    client_name: str
    year_starts_in: int
    opened: date
    closed: date | None
    kind: Kind
    longer: date | None
    holds: tuple[HoldKind, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class RecordCandidate:
    """A guided record without a case that may be past its term, counted from the day `since`."""

    record: GuidedId
    guided: GuidedKind
    client: ClientId | None
    client_name: str
    since: date
    longer: date | None
    holds: tuple[HoldKind, ...]

    @property
    def kind(self) -> Kind:
        """Return by which term it is kept: as a case would be that has such a record."""
        return kind_of((), "", "", recorded=self.guided is not GuidedKind.AVG)


class RetentionStore:
    """Terms by organisation; holds and decisions by case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @understood()
    def terms(self, client: ClientId) -> tuple[Term, ...]:
        """Return the term of every kind, that of the organisation or else what vpdesk proposes."""
        return self._terms().get(client, tuple(proposed(kind) for kind in Kind))

    @understood()
    def all_terms(self) -> dict[ClientId, tuple[Term, ...]]:
        """Return the terms of the organisations that have any of their own."""
        return self._terms()

    @understood()
    def shortest(self) -> int:
        """Return the shortest term for which any case is kept, in months."""
        (own,) = self._connection.execute("SELECT min(months) FROM retention_terms").fetchone()
        least = min(proposed(kind).months for kind in Kind)
        return least if own is None else min(least, int(own))

    def _terms(self) -> dict[ClientId, tuple[Term, ...]]:
        own: dict[ClientId, dict[Kind, Term]] = {}
        for client, kind, months, reason in self._connection.execute(
            "SELECT client, kind, months, reason FROM retention_terms"
        ):
            own.setdefault(ClientId(client), {})[Kind(kind)] = Term(Kind(kind), months, reason)
        return {client: tuple(terms.get(kind, proposed(kind)) for kind in Kind) for client, terms in own.items()}

    def put_term(self, client: ClientId, term: Term) -> None:
        """Write a term; one as vpdesk proposes it leaves no row."""
        self._connection.execute("DELETE FROM retention_terms WHERE client = ? AND kind = ?", (client, term.kind.value))
        if term != proposed(term.kind):
            self._connection.execute(
                "INSERT INTO retention_terms (client, kind, months, reason) VALUES (?, ?, ?, ?)",
                (client, term.kind.value, term.months, term.reason),
            )

    def add_hold(self, hold: Hold) -> Hold:
        """Write a new hold and return it with its id."""
        number = fresh(self._connection, "holds")
        self._connection.execute(
            "INSERT INTO holds (id, case_id, record, kind, since, reason, lifted, why_lifted)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                hold.case,
                hold.guided,
                hold.kind.value,
                hold.since.isoformat(),
                hold.reason,
                text_or_none(hold.lifted),
                hold.why_lifted,
            ),
        )
        return replace(hold, id=HoldId(number))

    def put_hold(self, hold: Hold) -> None:
        """Write whether a hold was lifted, and why."""
        self._connection.execute(
            "UPDATE holds SET lifted = ?, why_lifted = ? WHERE id = ?",
            (text_or_none(hold.lifted), hold.why_lifted, hold.id),
        )

    def drop_hold(self, number: HoldId) -> None:
        """Take away a hold as if it had never been written."""
        self._connection.execute("DELETE FROM holds WHERE id = ?", (number,))

    @understood()
    def hold(self, number: HoldId) -> Hold:
        """Return a hold; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, case_id, record, kind, since, reason, lifted, why_lifted FROM holds WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            raise NotFoundError("Deze bewaarstop staat niet in de kluis.")
        return _hold(row)

    @understood()
    def holds(self, case: CaseId | None, guided: GuidedId | None = None) -> tuple[Hold, ...]:
        """Return the holds of a case or record in the order in which they were written, the lifted ones too."""
        rows = self._connection.execute(
            "SELECT id, case_id, record, kind, since, reason, lifted, why_lifted FROM holds"
            " WHERE case_id = ? OR record = ? ORDER BY id",
            (case, guided),
        )
        return tuple(_hold(row) for row in rows)

    def is_held(self, case: CaseId | None, guided: GuidedId | None = None) -> bool:
        """Return whether a hold lies on a case or record; on neither lies none."""
        row = self._connection.execute(
            "SELECT 1 FROM holds WHERE (case_id = ? OR record = ?) AND lifted IS NULL LIMIT 1", (case, guided)
        ).fetchone()
        return row is not None

    def refuse_held(self, case: CaseId | None, guided: GuidedId | None = None) -> None:
        """Raise HeldError where a hold lies on a case or on a record without one."""
        if self.is_held(case):
            raise HeldError(HELD)
        if self.is_held(None, guided):
            raise HeldError(HELD_RECORD)

    def keep_longer(self, decision: KeptLonger, case: CaseId | None, guided: GuidedId | None = None) -> None:
        """Write one more decision about a case or record."""
        self._connection.execute(
            "INSERT INTO kept_longer (case_id, record, decided, until, reason) VALUES (?, ?, ?, ?, ?)",
            (case, guided, decision.decided.isoformat(), decision.until.isoformat(), decision.reason),
        )

    def drop_last_decision(self, case: CaseId | None, guided: GuidedId | None = None) -> None:
        """Take away the decision that was written last; nothing where there is none."""
        self._connection.execute(
            "DELETE FROM kept_longer WHERE id = (SELECT max(id) FROM kept_longer WHERE case_id = ? OR record = ?)",
            (case, guided),
        )

    @understood()
    def decisions(self, case: CaseId | None, guided: GuidedId | None = None) -> tuple[KeptLonger, ...]:
        """Return the decisions to keep a case or record longer, the first first."""
        rows = self._connection.execute(
            "SELECT decided, until, reason FROM kept_longer WHERE case_id = ? OR record = ? ORDER BY id",
            (case, guided),
        )
        return tuple(
            KeptLonger(date.fromisoformat(decided), date.fromisoformat(until), reason)
            for decided, until, reason in rows
        )

    @understood()
    def reported(self) -> dict[ClientId, tuple[Period, ...]]:
        """Return which periods were reported, by organisation: reports that went out, and totals of before vpdesk."""
        found: dict[ClientId, list[Period]] = {}
        for client, period in self._connection.execute(
            "SELECT client, period FROM publications WHERE kind = 'verslag' AND never_sent = ''"
        ):
            found.setdefault(ClientId(client), []).append(Period.from_code(period))
        for client, year, starts_in in self._connection.execute(
            "SELECT e.client, e.year, o.year_starts_in FROM earlier_totals AS e JOIN clients AS o ON o.id = e.client"
        ):
            found.setdefault(ClientId(client), []).append(reporting_year_of(date(year, starts_in, 1), starts_in))
        return {client: tuple(periods) for client, periods in found.items()}

    @understood()
    def candidate(self, case: CaseId) -> Candidate:
        """Return a case with what decides on how long it is kept."""
        return _candidate(self._connection.execute(f"{_CANDIDATE} WHERE c.id = ?", (case,)).fetchone())

    def candidates(
        self,
        standing: Standing,
        *,
        closed_until: date,
        today: date,
        reported: Mapping[ClientId, Sequence[Period]],
        after: tuple[date | None, ClientId, CaseId] | None = None,
    ) -> Iterator[Candidate]:
        """Yield the cases that may stand so, the longest closed first and the running ones last, reading on as asked.

        `closed_until` is a day before which a case must be closed for its term to be over, and `reported` has for each
        organisation the runs of whole reporting years over which a report went out. With `after`, a closing day, an
        organisation and a case, only what comes after that.
        """
        closed, client, number = after if after is not None else (date.min, ClientId(0), CaseId(0))
        runs = [(c, run.first.isoformat(), run.last.isoformat()) for c, several in reported.items() for run in several]
        asked = {
            "until": closed_until.isoformat(),
            "today": today.isoformat(),
            "runs": json.dumps(runs),
            "open": closed is None,
            "closed": "" if closed is None else closed.isoformat(),
            "client": client,
            "number": number,
        }
        query = f"{_RUNS} {_CANDIDATE} {_STANDS[standing]}"
        with contextlib.closing(self._connection.execute(query, asked)) as rows, understood():
            for row in rows:
                yield _candidate(row)

    @understood()
    def records(self, until: date, record: GuidedId | None = None) -> tuple[RecordCandidate, ...]:
        """Return the guided records without a case that ended by a day, and those with a hold; one query.

        One ends on the day on which it became final, or while it is not on which it was begun or asks attention,
        whichever is later. With a record only that one, whenever it ended.
        """
        rows = self._connection.execute(
            """
            SELECT g.id, g.kind, g.client, coalesce(o.name, ''),
                   coalesce(g.finalised, max(g.begun, coalesce(g.due, g.begun))) AS since,
                   (SELECT k.until FROM kept_longer AS k WHERE k.record = g.id ORDER BY k.id DESC LIMIT 1),
                   (SELECT json_group_array(h.kind) FROM holds AS h WHERE h.record = g.id AND h.lifted IS NULL) AS held
            FROM guided_records AS g LEFT JOIN clients AS o ON o.id = g.client
            WHERE g.case_id IS NULL AND iif(:record IS NULL, since <= :until OR held <> '[]', g.id = :record)
            ORDER BY since, g.id
            """,
            {"until": until.isoformat(), "record": record},
        )
        return tuple(
            RecordCandidate(
                GuidedId(number),
                GuidedKind(kind),
                None if client is None else ClientId(client),
                name,
                date.fromisoformat(since),
                day_or_none(longer),
                tuple(HoldKind(kind) for kind in json.loads(held)),
            )
            for number, kind, client, name, since, longer, held in rows
        )


def _hold(row: Sequence[Any]) -> Hold:
    number, case, record, kind, since, reason, lifted, why = row
    return Hold(
        HoldId(number),
        None if case is None else CaseId(case),
        HoldKind(kind),
        date.fromisoformat(since),
        reason,
        day_or_none(lifted),
        why,
        None if record is None else GuidedId(record),
    )


def _candidate(row: Sequence[Any]) -> Candidate:
    number, code, pseudonym, client, name, starts_in, opened, closed, thema, reached, afloop, longer, holds = row[:13]
    reported, recorded, taken = map(bool, row[13:])
    return Candidate(
        case=CaseId(number),
        code=code,
        pseudonym=pseudonym,
        client=ClientId(client),
        client_name=name,
        year_starts_in=starts_in,
        opened=date.fromisoformat(opened),
        closed=day_or_none(closed),
        kind=kind_of(
            [Phase(phase) for phase in json.loads(reached)],
            thema,
            afloop or "",
            reported=reported,
            recorded=recorded,
        ),
        longer=day_or_none(longer),
        holds=tuple(HoldKind(kind) for kind in json.loads(holds)),
        taken=taken,
    )
