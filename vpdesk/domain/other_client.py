"""A case that turns out to belong to another organisation: what keeps it where it is, and what can't go along."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.taxonomy import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Collection

    from vpdesk.domain.cases import Case
    from vpdesk.domain.ids import ClientId, UnitId
    from vpdesk.domain.meldingen import Melding


class Bound(StrEnum):
    """What ties a case to its organisation, the first to be said first."""

    BEWAARSTOP = "bewaarstop"
    GETELD = "geteld"
    OVERGENOMEN = "overgenomen"
    OVERGEDRAGEN = "overgedragen"
    VASTLEGGING = "vastlegging"
    DOORGEGEVEN = "doorgegeven"


_ANEW: Final = "Hoort hij toch ergens anders? Sluit hem af en open daar een nieuwe casus."

WHY: Final = {
    Bound.BEWAARSTOP: "Op deze casus ligt een bewaarstop. De casus blijft waar hij is. Hef de bewaarstop eerst op, met "
    "een reden, als die niet meer nodig is.",
    Bound.GETELD: "Over deze organisatie ging een verslag de deur uit dat deze casus telt. De casus blijft daar, want "
    f"die cijfers veranderen niet meer. {_ANEW} Is het nooit verstuurd? Leg dat eerst vast bij Jaarverslag.",
    Bound.OVERGENOMEN: "Deze casus is overgenomen van een collega, die hem voor deze organisatie telt. De casus blijft "
    f"waar hij is. {_ANEW}",
    Bound.OVERGEDRAGEN: "Deze casus is overgedragen aan een collega. De casus blijft waar hij is.",
    Bound.VASTLEGGING: "Bij deze casus staat een definitieve vastlegging over deze organisatie, en die verandert niet "
    f"meer. De casus blijft waar hij is. {_ANEW}",
    Bound.DOORGEGEVEN: "Over deze casus zijn berichten doorgegeven met deze organisatie. De casus blijft waar hij is. "
    f"{_ANEW}",
}


def refuse_bound(bound: Collection[Bound]) -> None:
    """Raise InvalidValueError where anything ties a case to its organisation."""
    for one in Bound:
        if one in bound:
            raise InvalidValueError(WHY[one])


def at_client(case: Case, client: ClientId, unit: UnitId | None) -> Case:
    """Return the case at another organisation, in a unit of that one; raises InvalidValueError where it is there."""
    if client == case.client:
        raise InvalidValueError("Deze casus hoort al bij deze organisatie. Er is niets veranderd.")
    return replace(case, client=client, unit=unit)


def melding_at_client(melding: Melding, *, keeps_outcome: bool) -> Melding:
    """Return a melding without the term of the former scheme, and without an outcome that the other does not keep."""
    outcome = melding.outcome if keeps_outcome else UNKNOWN.code
    return replace(melding, scheme_term=None, outcome=outcome)
