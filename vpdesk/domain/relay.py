"""Messages between the organisation and a melder that the advisor passes on (doorgeefluik), without saying who it is.

What goes to the organisation is the text that the melder approved, the day and a random reference: nothing else.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import MeldingId, RelayId
from vpdesk.domain.wording import long_date

NOT_APPROVED: Final = (
    "De melder heeft deze tekst nog niet goedgekeurd. Er is niets doorgegeven. Leg eerst vast wanneer de melder dat "
    "deed."
)


class Direction(StrEnum):
    """From whom a message comes."""

    NAAR = "naar de organisatie"
    VAN = "van de organisatie"


@dataclass(frozen=True, slots=True)
class RelayMessage:
    """One message; `on` is the day on which it was drawn up or came in.

    `approved` is the day on which the melder agreed with a text for the organisation, `passed` the day on which it went
    on: to the organisation, or to the melder.
    """

    id: RelayId
    melding: MeldingId
    direction: Direction
    on: date
    text: str
    approved: date | None = None
    passed: date | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValueError("Een bericht heeft woorden nodig. Er is niets bewaard.")
        if self.approved is not None and self.direction is Direction.VAN:
            raise InvalidValueError("Een bericht van de organisatie keurt de melder niet goed. Er is niets bewaard.")
        if self.passed is not None and self.direction is Direction.NAAR and self.approved is None:
            raise InvalidValueError(NOT_APPROVED)
        days = [day for day in (self.on, self.approved, self.passed) if day is not None]
        if days != sorted(days):
            raise InvalidValueError(
                "Een bericht wordt eerst geschreven, dan goedgekeurd en dan doorgegeven. Er is niets bewaard. Kies een "
                "andere dag."
            )

    @property
    def state(self) -> str:
        """Return how it stands in a few words."""
        if self.passed is not None:
            whom = "organisatie" if self.direction is Direction.NAAR else "melder"
            return f"doorgegeven aan de {whom} op {long_date(self.passed)}"
        if self.direction is Direction.VAN:
            return "nog doorgeven aan de melder"
        return "goedgekeurd, nog doorgeven" if self.approved else "wacht op goedkeuring door de melder"

    def rewritten(self, text: str, on: date) -> "RelayMessage":
        """Return it with another text, which the melder has to approve anew; what was passed on stays as it was."""
        if self.passed is not None:
            raise InvalidValueError("Dit bericht is doorgegeven en blijft zoals het was. Er is niets veranderd.")
        if text.strip() == self.text.strip() and on == self.on:
            return self
        return replace(self, text=text, on=on, approved=None)

    def approved_on(self, day: date) -> "RelayMessage":
        """Return it approved by the melder on a day."""
        return replace(self, approved=day)

    def passed_on(self, day: date) -> "RelayMessage":
        """Return it passed on; raises InvalidValueError without approval, or where it was passed on before."""
        if self.passed is not None:
            raise InvalidValueError("Dit bericht is al doorgegeven. Er is niets veranderd.")
        return replace(self, passed=day)


def copy_for_organisation(message: RelayMessage, reference: str, *, today: date) -> str:
    """Return what the organisation gets: reference, day of passing on and text, and nothing else of the vault.

    Raises:
        InvalidValueError: the melder did not approve it, or it came from the organisation.
    """
    if message.direction is Direction.VAN or message.approved is None:
        raise InvalidValueError(NOT_APPROVED)
    day = long_date(message.passed or today)
    return f"Kenmerk: {reference}\nDatum: {day}\n\n{message.text.strip()}\n"
