"""Consent: what may be passed on, to whom, in which words and until when; a person can take it back on any day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from vpdesk.domain.errors import InvalidValueError


class Answer(StrEnum):
    """What the person said when asked."""

    JA = "ja"
    NEE = "nee"


class ConsentState(StrEnum):
    """How things stand on a day with the consent that a step asks."""

    NIET_NODIG = "niet nodig"
    NOG_VRAGEN = "nog vragen"
    GEGEVEN = "gegeven"
    GEWEIGERD = "geweigerd"
    INGETROKKEN = "ingetrokken"
    VERLOPEN = "verlopen"
    ZONDER = "zonder toestemming"


@dataclass(frozen=True, slots=True)
class ConsentTerm:
    """An answer and the days between which it holds, without what it is about: what a list may know.

    `until` is the last day of a yes, None for no end; `withdrawn` the day on which the person took a yes back.
    """

    answer: Answer
    on: date
    until: date | None = None
    withdrawn: date | None = None

    def __post_init__(self) -> None:
        if self.answer is Answer.NEE and (self.until or self.withdrawn):
            raise InvalidValueError("Een nee heeft geen einddatum en kan niet worden ingetrokken. Er is niets bewaard.")
        if self.until is not None and self.until < self.on:
            raise InvalidValueError(
                "Toestemming kan niet eindigen voor de dag waarop zij gegeven is. Er is niets bewaard. "
                "Kies een latere dag."
            )
        if self.withdrawn is not None and self.withdrawn < self.on:
            raise InvalidValueError(
                "Toestemming kan niet ingetrokken zijn voor de dag waarop zij gegeven is. Er is niets bewaard."
            )

    def covers(self, day: date) -> bool:
        """Return whether the person agreed to what is done on a day.

        The day of withdrawal still counts, since what was done that morning was done with consent; nothing more may be
        done from then on (`holds_from`).
        """
        ends = [end for end in (self.until, self.withdrawn) if end is not None]
        return self.answer is Answer.JA and self.on <= day and all(day <= end for end in ends)

    def holds_from(self, day: date) -> bool:
        """Return whether something may still be done on a day: covered, and not taken back."""
        return self.covers(day) and self.withdrawn is None

    def state(self, today: date) -> ConsentState:
        """Return how this answer stands on a day."""
        if self.answer is Answer.NEE:
            return ConsentState.GEWEIGERD
        if self.withdrawn is not None:
            return ConsentState.INGETROKKEN
        over = self.until is not None and self.until < today
        return ConsentState.VERLOPEN if over else ConsentState.GEGEVEN


@dataclass(frozen=True, slots=True)
class Consent:
    """An answer with what was asked: the content, to whom, and the words in which it will be said.

    A yes names content and recipient, since a person can only agree to what is named.
    """

    term: ConsentTerm
    content: str = ""
    recipient: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        if self.term.answer is Answer.JA and not (self.content.strip() and self.recipient.strip()):
            raise InvalidValueError(
                "Toestemming gaat over iets: schrijf op wat u doorgeeft en aan wie. Er is nog niets bewaard; "
                "wat u typte, staat er nog."
            )

    def withdrawn_on(self, day: date) -> "Consent":
        """Return the consent taken back; raises InvalidValueError where there is no yes that stands."""
        if self.term.answer is not Answer.JA or self.term.withdrawn is not None:
            raise InvalidValueError("Hier is geen toestemming die u kunt intrekken. Er is niets veranderd.")
        return replace(self, term=replace(self.term, withdrawn=day))


def in_force(consents: Sequence[Consent], day: date) -> Consent | None:
    """Return the answer that counted on a day, the last one given by then; None when nobody had been asked."""
    return next((consent for consent in reversed(consents) if consent.term.on <= day), None)
