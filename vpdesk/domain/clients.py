"""Clients and their units: values that can't exist in an invalid state."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId, UnitId

LOWEST_THRESHOLD: Final = 5
OPEN_THRESHOLD: Final = 10
LONGEST_NAME: Final = 300
OPTIONAL_STATISTICS: Final = ("onderdeel", "verbonden")


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an organisation (organisatieonderdeel); `code` stands in statements and stays when the name changes."""

    id: UnitId
    client: ClientId
    name: str
    code: str


def unit_code(name: str, taken: Collection[str]) -> str:
    """Return a code for a new unit: its name in lower case, numbered where that is taken whatever its capitals.

    A code never holds a control character, since those part codes and dimensions in the names of rows and cells.
    """
    words = "".join(character if character.isprintable() else " " for character in name.lower()).split()
    code = " ".join(words) or "onderdeel"
    used = {taxonomy.UNKNOWN.code, *(other.casefold() for other in taken)}
    return next(c for c in (code, *(f"{code} {n}" for n in range(2, len(used) + 3))) if c.casefold() not in used)


@dataclass(frozen=True, slots=True)
class Client:
    """An organisation that appointed the advisor.

    `statistics` names the optional dimensions that its reports show; each makes people easier to recognise. Whoever
    reads about the organisation that it is `part_of` may hold its reports too, and the other way round.
    """

    id: ClientId
    name: str
    appointment: str = "extern"
    threshold: int = LOWEST_THRESHOLD
    year_starts_in: int = 1
    contact: str = ""
    agreements: str = ""
    statistics: tuple[str, ...] = ()
    part_of: ClientId | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("Een organisatie heeft een naam nodig. Er is niets bewaard.")
        if len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise InvalidValueError(
                f"De naam van een organisatie is een regel van hoogstens {LONGEST_NAME} tekens. Er is niets bewaard."
            )
        if self.appointment not in {"intern", "extern"}:
            raise InvalidValueError("Een aanstelling is intern of extern.")
        if self.threshold < LOWEST_THRESHOLD:
            raise InvalidValueError("De drempelwaarde is 5 of hoger. De oude drempelwaarde blijft staan.")
        if self.year_starts_in not in range(1, 13):
            raise InvalidValueError("Een verslagjaar begint in een maand van 1 tot en met 12.")
        if not set(self.statistics) <= set(OPTIONAL_STATISTICS):
            raise InvalidValueError("Dit gegeven kan niet aan of uit worden gezet. Er is niets veranderd.")
