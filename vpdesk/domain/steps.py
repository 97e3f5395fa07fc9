"""Steps on a case: the route or referral that the person chose, who carries it out, and what consent that asks.

Consent is asked where the advisor acts or passes something on (DOMAIN §3 *Toestemming*): where she goes along, hands
somebody over, or carries out a route in place of the person. Giving information never asks it.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.consent import Consent, ConsentState, ConsentTerm, in_force
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, StepId
from vpdesk.domain.seen import says_something

INFORMATION: Final = "informatie gegeven"
HANDED_OVER: Final = "warm overgedragen"
NO_STEP: Final = "geen stap"
SUPPORTED_TALK: Final = "gesprek met steun"

NO_CONSENT: Final = (
    "Op die dag is er geen toestemming voor deze stap. Er is niets bewaard. Leg de toestemming vast, of schrijf op "
    "waarom u de stap zonder toestemming zet."
)

BY_THE_PERSON: Final = frozenset({NO_STEP, "zelf aanspreken"})
"""Routes that nobody can go for the person."""
ALONG: Final = frozenset({SUPPORTED_TALK})
"""Routes in which the advisor is seen beside the person, which tells by itself who came to her."""


class StepKind(StrEnum):
    """What a step is."""

    ROUTE = "route"
    VERWIJZING = "verwijzing"
    DOORGEVEN = "doorgeven"


class Actor(StrEnum):
    """Who carries a step out."""

    PERSOON = "persoon"
    VERTROUWENSPERSOON = "vertrouwenspersoon"


class StepState(StrEnum):
    """What became of a step."""

    OPEN = "open"
    GEZET = "gezet"
    VERVALLEN = "vervallen"


def actors(kind: StepKind, code: str) -> tuple[Actor, ...]:
    """Return who can carry out a step, the usual one first."""
    if kind is StepKind.DOORGEVEN or (kind is StepKind.ROUTE and code in ALONG):
        return (Actor.VERTROUWENSPERSOON,)
    if kind is StepKind.VERWIJZING or code in BY_THE_PERSON:
        return (Actor.PERSOON,)
    return (Actor.PERSOON, Actor.VERTROUWENSPERSOON)


def asks_consent(kind: StepKind, *, actor: Actor, manner: str) -> bool:
    """Return whether a step passes something on, so that the person has to agree to it first."""
    if kind is StepKind.VERWIJZING:
        return manner == HANDED_OVER
    return actor is Actor.VERTROUWENSPERSOON


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose: from which day, the wish behind it as a code, and her own words."""

    on: date
    wish: str = "onbekend"
    words: str = ""

    def __post_init__(self) -> None:
        if self.wish not in taxonomy.WENS:
            raise InvalidValueError(f"‘{self.wish}’ staat niet in de lijst {taxonomy.WENS.title}. Er is niets bewaard.")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that the person chose.

    `code` is a route, or to whom was referred; empty for what is passed on. `to` names the other in words. `settled` is
    the day on which the step was taken or lapsed. Consents are kept in order of time, all of them; a step that asks
    consent is only taken on a day that one of them covers, or for a `reason`, which stays.
    """

    id: StepId
    case: CaseId
    kind: StepKind
    choice: Choice
    code: str = ""
    to: str = ""
    actor: Actor = Actor.PERSOON
    manner: str = ""
    state: StepState = StepState.OPEN
    settled: date | None = None
    result: str = ""
    reason: str = ""
    consents: tuple[Consent, ...] = ()

    def __post_init__(self) -> None:
        self._check_what()
        if self.actor not in actors(self.kind, self.code):
            raise InvalidValueError(
                "Deze stap zet de persoon zelf; u helpt alleen. Er is niets bewaard. Kies ‘de persoon zelf’."
                if self.actor is Actor.VERTROUWENSPERSOON
                else "Bij deze stap doet u mee of geeft u iets door. Er is niets bewaard. Kies ‘ik’."
            )
        if self.consents and not self.asks_consent:
            raise InvalidValueError("Bij deze stap hoort geen toestemming: u geeft niets door. Er is niets bewaard.")
        if (self.settled is None) is not (self.state is StepState.OPEN):
            raise InvalidValueError("Een gezette of vervallen stap heeft een datum, een open stap niet.")
        if self.settled is not None and self.settled < self.choice.on:
            raise InvalidValueError(
                "Een stap kan niet gezet of vervallen zijn voor de dag waarop de persoon hem koos. Er is niets bewaard."
            )
        self._check_consent()

    def _check_what(self) -> None:
        codes = _CODES[self.kind]
        if (self.code not in codes) if codes else self.code:
            raise InvalidValueError("Deze stap staat niet in de lijst. Er is niets bewaard.")
        if (self.manner not in taxonomy.WIJZE) if self.kind is StepKind.VERWIJZING else self.manner:
            raise InvalidValueError("Alleen een verwijzing heeft een wijze uit de lijst. Er is niets bewaard.")
        if self.kind is StepKind.DOORGEVEN and not self.to.strip():
            raise InvalidValueError("Schrijf op aan wie u iets doorgeeft. Er is niets bewaard; uw tekst staat er nog.")

    def _check_consent(self) -> None:
        days = [consent.term.on for consent in self.consents]
        if days != sorted(days):
            raise InvalidValueError(
                "De persoon gaf na die dag nog een antwoord. Er is niets bewaard. Kies de dag waarop het laatst is "
                "gevraagd."
            )
        taken = self.settled if self.state is StepState.GEZET and self.asks_consent else None
        last = None if taken is None else in_force(self.consents, taken)
        agreed = taken is not None and last is not None and last.term.covers(taken)
        if taken is not None and not agreed and not says_something(self.reason):
            raise InvalidValueError(NO_CONSENT)
        if self.reason and (taken is None or (agreed and last is not None and last.term.withdrawn != taken)):
            raise InvalidValueError("Alleen wie zonder toestemming handelt, geeft een reden. Er is niets bewaard.")

    @property
    def asks_consent(self) -> bool:
        """Return whether the step passes something on."""
        return asks_consent(self.kind, actor=self.actor, manner=self.manner)

    @property
    def consent(self) -> Consent | None:
        """Return the last answer, None when nobody was asked."""
        return self.consents[-1] if self.consents else None

    def consent_state(self, today: date) -> ConsentState:
        """Return how things stand with consent on a day; a term that ended after the step was settled is no matter."""
        term = None if self.consent is None else self.consent.term
        day = min(today, self.settled) if self.settled else today
        return consent_state(term, asks=self.asks_consent, without=bool(self.reason), day=day)

    def asked(self, consent: Consent) -> "Step":
        """Return the step with one more answer; raises InvalidValueError when it is not open."""
        self._refuse_settled()
        return replace(self, consents=(*self.consents, consent))

    def withdrawn(self, on: date) -> "Step":
        """Return the step with its last yes taken back.

        Raises:
            InvalidValueError: there is no yes that stands, or the step was taken later than that day: what was done
                with consent stays so, and a withdrawal counts from the day on which it was told.
        """
        if self.consent is None:
            raise InvalidValueError("Hier is geen toestemming die u kunt intrekken. Er is niets veranderd.")
        if self.state is StepState.GEZET and self.settled is not None and on < self.settled and not self.reason:
            raise InvalidValueError(
                "Deze stap is al gezet, later dan die dag. Er is niets veranderd. Intrekken geldt vanaf de dag waarop "
                "de persoon het zei."
            )
        return replace(self, consents=(*self.consents[:-1], self.consent.withdrawn_on(on)))

    def taken(self, on: date, *, result: str = "", reason: str = "") -> "Step":
        """Return the step taken on a day; `reason` says why without consent, and is refused where there is consent.

        Raises:
            InvalidValueError: the step is not open, or nobody agreed to it for that day and there is no reason.
        """
        self._refuse_settled()
        last = in_force(self.consents, on)
        if self.asks_consent and last is not None and not last.term.holds_from(on) and not says_something(reason):
            raise InvalidValueError(NO_CONSENT)
        reason = reason.strip()
        return replace(self, state=StepState.GEZET, settled=on, result=result.strip() or self.result, reason=reason)

    def lapsed(self, on: date) -> "Step":
        """Return the step given up on a day; raises InvalidValueError when it is not open."""
        self._refuse_settled()
        return replace(self, state=StepState.VERVALLEN, settled=on)

    def with_result(self, result: str) -> "Step":
        """Return the step with what came of it, over what was written before."""
        return replace(self, result=result.strip())

    def _refuse_settled(self) -> None:
        if self.state is not StepState.OPEN:
            raise InvalidValueError("Deze stap is al afgehandeld. Er is niets veranderd. Leg een nieuwe stap vast.")


_CODES: Final[dict[StepKind, taxonomy.CodeList | None]] = {
    StepKind.ROUTE: taxonomy.ROUTE,
    StepKind.VERWIJZING: taxonomy.VERWIJZING,
    StepKind.DOORGEVEN: None,
}


def consent_state(term: ConsentTerm | None, *, asks: bool, without: bool, day: date) -> ConsentState:
    """Return how things stand with consent, from what a list knows of a step."""
    if not asks:
        return ConsentState.NIET_NODIG
    if without:
        return ConsentState.ZONDER
    return ConsentState.NOG_VRAGEN if term is None else term.state(day)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in a list: what and when, without content, words, result or reason."""

    id: StepId
    kind: StepKind
    code: str
    to: str
    actor: Actor
    manner: str
    chosen: date
    wish: str
    state: StepState
    settled: date | None
    without_consent: bool
    term: ConsentTerm | None

    @property
    def label(self) -> str:
        """Return what the step is called on the screen."""
        return step_label(self.kind, self.code, self.to)

    def consent_state(self, today: date) -> ConsentState:
        """Return how things stand with consent on a day, as the step itself does."""
        asks = asks_consent(self.kind, actor=self.actor, manner=self.manner)
        day = min(today, self.settled) if self.settled else today
        return consent_state(self.term, asks=asks, without=self.without_consent, day=day)


def step_label(kind: StepKind, code: str, to: str) -> str:
    """Return what a step is called: the route, *Verwezen: huisarts*, or *Doorgeven* and to whom."""
    if kind is StepKind.DOORGEVEN:
        return f"Doorgeven: {to}"
    if kind is StepKind.ROUTE:
        return taxonomy.ROUTE.label(code)
    known = code != taxonomy.UNKNOWN.code
    return f"Verwezen: {to or (taxonomy.VERWIJZING.label(code) if known else 'elders')}"
