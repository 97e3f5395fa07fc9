"""Detriment (benadeling): harm because somebody reported or helped, as told and dated; never judged."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, DetrimentId
from vpdesk.domain.melding_lists import BENADELING

WAYS: Final = (
    "Feiten en data bewaart de persoon zelf, met stukken erbij.",
    "Huis voor Klokkenluiders, afdeling Advies; daarna kan een verzoek om onderzoek naar benadeling.",
    "Juridische steun: vakbond, rechtsbijstand, of via afdeling Advies van het Huis.",
)
"""What to go through with the person (the list of the nafase in the domain's checklists)."""


class Against(StrEnum):
    """Whom it is done to."""

    PERSOON = "de persoon van deze casus"
    HELPER = "iemand die hielp"
    ZELF = "uw eigen positie"


@dataclass(frozen=True, slots=True)
class DetrimentEntry:
    """What happened next, on a day."""

    on: date
    text: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValueError("Schrijf kort op wat er gebeurde. Er is niets bewaard.")


@dataclass(frozen=True, slots=True)
class Detriment:
    """Harm because of a melding; `since` is the first day of it, `told` what happened, `entries` what followed."""

    id: DetrimentId
    case: CaseId
    forms: tuple[str, ...]
    since: date
    against: Against = Against.PERSOON
    told: str = ""
    entries: tuple[DetrimentEntry, ...] = ()

    def __post_init__(self) -> None:
        if not self.forms or len(set(self.forms)) < len(self.forms):
            raise InvalidValueError("Kies minstens één vorm van benadeling. Er is niets bewaard.")
        for form in self.forms:
            if form not in BENADELING:
                raise InvalidValueError(f"‘{form}’ staat niet in de lijst {BENADELING.title}. Er is niets bewaard.")
        days = [entry.on for entry in self.entries]
        if days != sorted(days) or any(day < self.since for day in days):
            raise InvalidValueError(
                "Wat volgde, staat op volgorde van tijd en na de eerste dag. Er is niets bewaard. Kies een andere dag."
            )

    @property
    def label(self) -> str:
        """Return its forms in words."""
        return "; ".join(BENADELING.label(form) for form in self.forms)

    def followed_by(self, entry: DetrimentEntry) -> "Detriment":
        """Return it with one more entry, in order of time."""
        return replace(self, entries=tuple(sorted((*self.entries, entry), key=lambda one: one.on)))
