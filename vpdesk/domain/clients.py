"""Clients and their units: values that can't exist in an invalid state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId, UnitId

LOWEST_THRESHOLD: Final = 5
OPEN_THRESHOLD: Final = 10
LONGEST_NAME: Final = 300
OPTIONAL_STATISTICS: Final = ("onderdeel", "verbonden")
PROCEDURE_OUTCOME: Final = "uitkomst"
"""What an organisation may have kept of its meldingen beside that; it stands in no report."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an organisation (organisatieonderdeel); `code` stands in statements and stays when the name changes.

    It is there from `since` (always, where None) until the day before `until`, from which on it is part of `into`, or
    of nothing.
    """

    id: UnitId
    client: ClientId
    name: str
    code: str
    since: date | None = None
    until: date | None = None
    into: UnitId | None = None

    def __post_init__(self) -> None:
        if self.into is not None and (self.until is None or self.into == self.id):
            raise InvalidValueError("Een onderdeel gaat op een dag op in een ander. Er is niets veranderd.")

    def stands_on(self, day: date) -> bool:
        """Return whether the unit is there on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def unit_code(name: str, taken: Collection[str]) -> str:
    """Return a code for a new unit: its name in lower case, numbered where that is taken whatever its capitals.

    A code never holds a control character, since those part codes and dimensions in the names of rows and cells.
    """
    words = "".join(character if character.isprintable() else " " for character in name.lower()).split()
    code = " ".join(words) or "onderdeel"
    used = {taxonomy.UNKNOWN.code, *(other.casefold() for other in taken)}
    return next(c for c in (code, *(f"{code} {n}" for n in range(2, len(used) + 3))) if c.casefold() not in used)


FIELDS_OF_WORK: Final = {
    "vpoo": "Ongewenste omgangsvormen (Vpoo)",
    "vpi": "Integriteit (Vpi)",
    "vpioo": "Integriteit en ongewenste omgangsvormen (Vpioo)",
}
"""What somebody can be appointed for, and how it is shown."""

OWN_ROLES: Final = {
    "leiding": "Hoogste leiding",
    "toezicht": "Toezicht",
    "or": "Ondernemingsraad",
    "hr": "HR",
    "juridisch": "Juridische zaken",
    "compliance": "Compliance",
    "integriteit": "Integriteitsfunctionaris",
    "onderzoeker": "Onderzoeker",
    "klachtencommissie": "Klachtencommissie",
    "anders": "Een andere rol",
}
"""Roles that the advisor may have in the same organisation besides."""

UNFIT_ROLES: Final = frozenset(OWN_ROLES) - {"anders"}
"""Those that do not go together with being a vertrouwenspersoon."""

PER: Final = {"week": "per week", "maand": "per maand", "kwartaal": "per kwartaal", "jaar": "per jaar"}
"""Over which time agreed hours are counted."""

MOST_AGREED_MINUTES: Final = 3000 * 60
DAYS_IN_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed on with an organisation; everything may stay open.

    `until` is the last day of the appointment, `minutes` are agreed on `per` week, month, quarter or year, and the
    report is due each year by the month and day of `report_by`. The three rules are where they can be read: an address
    or a place.
    """

    fields: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    minutes: int = 0
    per: str = "week"
    manager: str = ""
    own_roles: tuple[str, ...] = ()
    confidentiality: str = ""
    breaking: str = ""
    controller: str = ""
    report_by: tuple[int, int] | None = None
    recipients: str = ""
    meldregeling: str = ""
    klachtenregeling: str = ""
    onderzoeksprotocol: str = ""

    def __post_init__(self) -> None:
        if not set(self.fields) <= set(FIELDS_OF_WORK) or not set(self.own_roles) <= set(OWN_ROLES):
            raise InvalidValueError("Dit werkterrein of deze rol kent vpdesk niet. Er is niets bewaard.")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise InvalidValueError(
                "De aanstelling eindigt voor zij begint. Er is niets bewaard. Kijk de twee dagen na."
            )
        if self.per not in PER or not 0 <= self.minutes <= MOST_AGREED_MINUTES:
            raise InvalidValueError("Zoveel uren kan niet kloppen. Er is niets bewaard. Kijk de afgesproken uren na.")
        if self.report_by is not None:
            month, day = self.report_by
            if month not in range(1, 13) or day not in range(1, DAYS_IN_MONTH[month - 1] + 1):
                raise InvalidValueError("Deze dag bestaat niet. Er is niets bewaard. Kies een dag van het jaar.")

    @property
    def unfit(self) -> tuple[str, ...]:
        """Return the advisor's own roles that do not go together with this work, in the order of the list."""
        return tuple(role for role in OWN_ROLES if role in UNFIT_ROLES.intersection(self.own_roles))

    def ended_on(self, day: date) -> bool:
        """Return whether the appointment was over on a day."""
        return self.until is not None and self.until < day


NOTHING_AGREED: Final = Agreed()


def web_address(text: str) -> str:
    """Return where a browser can open what stands behind a rule, empty when it is no address of the web."""
    words = text.strip()
    plain = words.isprintable() and " " not in words
    return words if plain and words.casefold().startswith(("https://", "http://")) else ""


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
    agreed: Agreed = NOTHING_AGREED

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
        if not set(self.statistics) <= {*OPTIONAL_STATISTICS, PROCEDURE_OUTCOME}:
            raise InvalidValueError("Dit gegeven kan niet aan of uit worden gezet. Er is niets veranderd.")

    def listed(self, day: date) -> str:
        """Return the name as it stands in a list on a day, with what is to be known before a case is made there."""
        return f"{self.name} (aanstelling geëindigd)" if self.agreed.ended_on(day) else self.name
