"""A guided record: answers that may be *onbekend*, changed freely until it is final and only added to after that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.guided_questions import (
    OUTCOMES,
    QUESTIONS,
    RECEIVED,
    TERM,
    Form,
    GuidedKind,
    Question,
    question,
)
from vpdesk.domain.ids import CaseId, ClientId, GuidedId
from vpdesk.domain.reminders import add_months

FINAL: Final = "Deze vastlegging is definitief. Er is niets veranderd. Voeg een aanvulling toe."


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered on a day to a question as it then read; an empty text is *onbekend*."""

    asked: str
    on: date
    text: str = ""

    @property
    def unknown(self) -> bool:
        """Return whether the answer is *onbekend*."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added on a day to a record that was final."""

    on: date
    text: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValueError("Een aanvulling heeft tekst nodig. Er is niets toegevoegd.")


@dataclass(frozen=True, slots=True)
class GuidedRecord:
    """One record, on a case, at an organisation or on its own.

    `due` is the day on which it asks attention, None when it asks none. `answers` go by the key of their question; a
    question without one was not answered yet. A record is final from the day `finalised` on, with its `outcome`.
    """

    id: GuidedId
    kind: GuidedKind
    begun: date
    case: CaseId | None = None
    client: ClientId | None = None
    due: date | None = None
    answers: tuple[tuple[str, Answer], ...] = ()
    outcome: str = ""
    finalised: date | None = None
    additions: tuple[Addition, ...] = ()

    def __post_init__(self) -> None:
        if self.case is not None and self.client is None:
            raise InvalidValueError("Een vastlegging bij een casus hoort ook bij een organisatie.")
        if (self.finalised is None) is not (self.outcome == ""):
            raise InvalidValueError("Alleen een definitieve vastlegging heeft een afloop. Er is niets bewaard.")
        if self.outcome and self.outcome not in OUTCOMES[self.kind]:
            raise InvalidValueError("Deze afloop staat niet in de lijst. Er is niets bewaard.")
        if self.additions and self.finalised is None:
            raise InvalidValueError("Zolang u nog kunt wijzigen, is er geen aanvulling. Er is niets bewaard.")
        for key, answer in self.answers:
            _check(question(self.kind, key), answer)

    def answer(self, key: str) -> Answer | None:
        """Return the answer to a question, None where there is none yet."""
        return dict(self.answers).get(key)

    @property
    def missing(self) -> tuple[Question, ...]:
        """Return the questions that are not answered yet, not even with *onbekend*."""
        given = dict(self.answers)
        return tuple(one for one in QUESTIONS[self.kind] if one.key not in given)

    def in_order(self) -> "GuidedRecord":
        """Return the record with its answers in the order of the questions; those of before come last."""
        order = {one.key: place for place, one in enumerate(QUESTIONS[self.kind])}
        answers = sorted(self.answers, key=lambda answer: (order.get(answer[0], len(order)), answer[0]))
        return replace(self, answers=tuple(answers))

    def answered(self, texts: Mapping[str, str | None], on: date) -> "GuidedRecord":
        """Return the record with these answers by key: a text, empty for *onbekend*, None for not answered yet.

        The day by which a request under the AVG is answered follows the day on which it came, until another is chosen.

        Raises:
            InvalidValueError: the record is final, or an answer does not fit its question.
        """
        if self.finalised is not None:
            raise InvalidValueError(FINAL)
        given = dict(self.answers)
        for key, text in self._with_term(texts).items():
            asked = question(self.kind, key)
            if asked is None:
                raise InvalidValueError("Deze vraag hoort niet bij deze vastlegging. Er is niets bewaard.")
            if text is None:
                given.pop(key, None)
            elif key not in given or given[key].text != text.strip():
                given[key] = Answer(asked.text, on, text.strip())
        due = self.due
        if self.kind is not GuidedKind.DOORBREKEN:
            term = given.get(TERM)
            due = date.fromisoformat(term.text) if term is not None and _is_day(term.text) else None
        return replace(self, answers=tuple(given.items()), due=due).in_order()

    def placed(self, case: CaseId | None, client: ClientId | None) -> "GuidedRecord":
        """Return the record on a case, at an organisation or on its own; raises InvalidValueError when it is final."""
        if self.finalised is not None:
            raise InvalidValueError(FINAL)
        return replace(self, case=case, client=client)

    def finalised_on(self, on: date, outcome: str) -> "GuidedRecord":
        """Return the record as it stays for good.

        Raises:
            InvalidValueError: it is final already, or a question was not even answered with *onbekend*.
        """
        if self.finalised is not None:
            raise InvalidValueError(FINAL)
        if self.missing:
            raise InvalidValueError(
                f"{_how_many(len(self.missing))} Er is niets definitief gemaakt. Kies ‘onbekend’ waar u het niet weet."
            )
        if not outcome:
            raise InvalidValueError("Kies een afloop. Er is niets definitief gemaakt.")
        return replace(self, finalised=on, outcome=outcome)

    def added(self, addition: Addition) -> "GuidedRecord":
        """Return the final record with an addition below it; raises InvalidValueError while it can be changed."""
        return replace(self, additions=(*self.additions, addition))

    def _with_term(self, texts: Mapping[str, str | None]) -> Mapping[str, str | None]:
        """Propose the day of the answer with that of the request, unless the user chose another."""
        received = texts.get(RECEIVED)
        if self.kind is not GuidedKind.AVG or received is None or TERM in texts or not _is_day(received):
            return texts
        before, term = self.answer(RECEIVED), self.answer(TERM)
        own = term is not None and not (before is not None and _is_day(before.text) and term.text == _term(before.text))
        return texts if own else {**texts, TERM: _term(received)}


def answer_due(received: date) -> date:
    """Return the same day a month later, or the last of that month where it is shorter."""
    return add_months(received, 1)


def _term(received: str) -> str:
    return answer_due(date.fromisoformat(received)).isoformat()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check(asked: Question | None, answer: Answer) -> None:
    """Refuse an answer that does not fit its question; one to a question of before stays as it was."""
    if asked is None or answer.unknown:
        return
    if asked.codes is not None and answer.text not in asked.codes:
        raise InvalidValueError(f"‘{answer.text}’ staat niet in de lijst {asked.codes.title}. Er is niets bewaard.")
    if asked.form is Form.DAG and not _is_day(answer.text):
        raise InvalidValueError("Dit is geen dag. Er is niets bewaard. Kies een dag uit de kalender.")


def _how_many(missing: int) -> str:
    return "Eén vraag heeft nog geen antwoord." if missing == 1 else f"{missing} vragen hebben nog geen antwoord."


@dataclass(frozen=True, slots=True)
class GuidedRow:
    """A record in a list: what and when, without a word of any answer."""

    id: GuidedId
    kind: GuidedKind
    begun: date
    due: date | None
    outcome: str
    finalised: date | None
    case: CaseId | None
    case_code: str
    pseudonym: str
    client_name: str
