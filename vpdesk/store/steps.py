"""Steps on cases with the consents that belong to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import CaseId, StepId
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.domain.steps import Actor, Choice, Step, StepKind, StepRow, StepState, step_label
from vpdesk.store.cases import day_or_none, text_or_none
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.store.vault import Connection


class StepStore:
    """Steps by id and by case; a list never reads content, words, result or reason."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, step: Step, *, again: bool = False) -> Step:
        """Write a new step, or one `again` that was taken away, and return it with its id."""
        number = step.id if again else fresh(self._connection, "steps")
        self._connection.execute(
            """
            INSERT INTO steps (
                id, case_id, kind, code, recipient, actor, manner, chosen, wish, words, state, settled, result, reason
            ) VALUES (
                :id, :case_id, :kind, :code, :recipient, :actor, :manner, :chosen, :wish, :words, :state, :settled,
                :result, :reason
            )
            """,
            {**_values(step), "id": number},
        )
        added = replace(step, id=StepId(number))
        self._put_consents(added)
        return added

    def put(self, step: Step) -> None:
        """Write a changed step with all its consents; it stays with its case."""
        self._connection.execute(
            """
            UPDATE steps SET
                kind = :kind, code = :code, recipient = :recipient, actor = :actor, manner = :manner, chosen = :chosen,
                wish = :wish, words = :words, state = :state, settled = :settled, result = :result, reason = :reason
            WHERE id = :id
            """,
            {**_values(step), "id": step.id},
        )
        self._connection.execute("DELETE FROM consents WHERE step = ?", (step.id,))
        self._put_consents(step)

    def delete(self, number: StepId) -> None:
        """Remove a step with its consents; raises NotFoundError."""
        if self._connection.execute("DELETE FROM steps WHERE id = ?", (number,)).rowcount == 0:
            raise NotFoundError(_GONE)

    @understood()
    def get(self, number: StepId) -> Step:
        """Return a step with all its consents; raises NotFoundError."""
        row = self._connection.execute(
            """
            SELECT id, case_id, kind, code, recipient, actor, manner, chosen, wish, words, state, settled, result,
                   reason
            FROM steps WHERE id = ?
            """,
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError(_GONE)
        consents = self._connection.execute(
            "SELECT answer, on_day, until, withdrawn, content, recipient, words FROM consents"
            " WHERE step = ? ORDER BY position",
            (number,),
        )
        return _step(row, tuple(_consent(consent) for consent in consents))

    @understood()
    def rows(self, case: CaseId) -> tuple[StepRow, ...]:
        """Return the steps of a case in order of time, each with its last answer; one query."""
        rows = self._connection.execute(
            """
            SELECT s.id, s.kind, s.code, s.recipient, s.actor, s.manner, s.chosen, s.wish, s.state, s.settled,
                   s.reason <> '', c.answer, c.on_day, c.until, c.withdrawn
            FROM steps AS s
            LEFT JOIN consents AS c ON c.step = s.id
                AND c.position = (SELECT max(position) FROM consents WHERE step = s.id)
            WHERE s.case_id = ?
            ORDER BY s.chosen, s.id
            """,
            (case,),
        )
        return tuple(_row(row) for row in rows)

    @understood()
    def ending_until(self, day: date) -> tuple[TodayItem, ...]:
        """Return the consents that end by a day, of open steps in running cases, without whom or what they are about.

        Only the last answer to a question counts, and a consent that was taken back ends nothing.
        """
        rows = self._connection.execute(
            """
            SELECT c.until, k.id, k.code, k.pseudonym, o.name
            FROM consents AS c
            JOIN steps AS s ON s.id = c.step
            JOIN cases AS k ON k.id = s.case_id
            JOIN clients AS o ON o.id = k.client
            WHERE c.until IS NOT NULL AND c.withdrawn IS NULL AND c.until <= ? AND s.state = 'open'
              AND k.closed IS NULL AND c.position = (SELECT max(position) FROM consents WHERE step = c.step)
            ORDER BY c.until, s.id
            """,
            (day.isoformat(),),
        )
        return tuple(
            TodayItem(
                kind=TodayKind.TOESTEMMING,
                title="Toestemming eindigt",
                detail="Nog nodig? Vraag het de persoon opnieuw.",
                due=date.fromisoformat(until),
                reminder=None,
                case=CaseId(case),
                case_code=case_code,
                pseudonym=pseudonym,
                client_name=client_name,
            )
            for until, case, case_code, pseudonym, client_name in rows
        )

    def _put_consents(self, step: Step) -> None:
        self._connection.executemany(
            """
            INSERT INTO consents (step, position, answer, on_day, until, withdrawn, content, recipient, words)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                (
                    step.id,
                    position,
                    consent.term.answer.value,
                    consent.term.on.isoformat(),
                    text_or_none(consent.term.until),
                    text_or_none(consent.term.withdrawn),
                    consent.content,
                    consent.recipient,
                    consent.words,
                )
                for position, consent in enumerate(step.consents)
            ],
        )


_GONE = "Deze stap staat niet in de kluis. Er is niets veranderd."


def _values(step: Step) -> dict[str, object]:
    return {
        "case_id": step.case,
        "kind": step.kind.value,
        "code": step.code,
        "recipient": step.to,
        "actor": step.actor.value,
        "manner": step.manner,
        "chosen": step.choice.on.isoformat(),
        "wish": step.choice.wish,
        "words": step.choice.words,
        "state": step.state.value,
        "settled": text_or_none(step.settled),
        "result": step.result,
        "reason": step.reason,
    }


def _step(row: Sequence[Any], consents: tuple[Consent, ...]) -> Step:
    number, case, kind, code, to, actor, manner, chosen, wish, words, state, settled, result, reason = row
    return Step(
        id=StepId(number),
        case=CaseId(case),
        kind=StepKind(kind),
        choice=Choice(date.fromisoformat(chosen), wish, words),
        code=code,
        to=to,
        actor=Actor(actor),
        manner=manner,
        state=StepState(state),
        settled=day_or_none(settled),
        result=result,
        reason=reason,
        consents=consents,
    )


def _consent(row: Sequence[Any]) -> Consent:
    answer, on, until, withdrawn, content, recipient, words = row
    term = ConsentTerm(Answer(answer), date.fromisoformat(on), day_or_none(until), day_or_none(withdrawn))
    return Consent(term, content, recipient, words)


def _row(row: Sequence[Any]) -> StepRow:
    (number, kind, code, to, actor, manner, chosen, wish, state, settled, without, answer, on, until, withdrawn) = row
    term = None
    if answer is not None:
        term = ConsentTerm(Answer(answer), date.fromisoformat(on), day_or_none(until), day_or_none(withdrawn))
    shown = StepRow(
        id=StepId(number),
        kind=StepKind(kind),
        code=code,
        to=to,
        actor=Actor(actor),
        manner=manner,
        chosen=Choice(date.fromisoformat(chosen), wish).on,
        wish=wish,
        state=StepState(state),
        settled=day_or_none(settled),
        without_consent=bool(without),
        term=term,
    )
    step_label(shown.kind, shown.code, "")  # a code that is in no list is refused here, not on the page
    return shown
