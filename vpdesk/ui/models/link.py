"""What a talk is linked to: the answer of the panel beside it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from vpdesk.domain.ids import CaseId, ClientId, ReminderId


class Limits(Enum):
    """The three answers about the limits of confidentiality; none is filled in beforehand."""

    DISCUSSED = "Ja, besproken"
    NOT_YET = "Nog niet"
    COULD_NOT = "Dat kon nu niet, omdat…"


@dataclass(frozen=True, slots=True)
class Link:
    """What the panel was told: a case that is there, or what a new one begins with."""

    case: CaseId | None
    client: ClientId | None
    pseudonym: str
    rol: str
    thema: str
    limits: Limits | None
    limits_reason: str
    agreements: str
    next_step: str
    next_on: date | None
    done: tuple[ReminderId, ...] = ()
