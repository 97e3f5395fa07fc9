"""Organisations that belong together: the cases of each are a part of the whole, on days of its own.

The model cuts time into segments. A case of another organisation is counted on the same day some centuries later, so
that a number over a holding with its subsidiaries is a sum over segments like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.statements import undated

CENTURIES: Final = 400
"""After how many years the calendar repeats."""

MOST_RELATIVES: Final = (date.max.year - 2400) // CENTURIES


@dataclass(frozen=True, slots=True)
class Relative:
    """A publication of the family, and the clients whose cases its numbers count together."""

    publication: Publication
    clients: frozenset[ClientId]


def parts(client: ClientId, part_of: Mapping[ClientId, ClientId | None]) -> frozenset[ClientId]:
    """Return a client with all that are a part of it."""
    found = {client}
    while more := {part for part, above in part_of.items() if above in found} - found:
        found |= more
    return frozenset(found)


def relatives(publications: Iterable[Publication], part_of: Mapping[ClientId, ClientId | None]) -> tuple[Relative, ...]:
    """Return what each publication counts: a report of vpdesk its own client, one entered by hand the parts too.

    What a report quotes is of its own client as well.
    """
    return tuple(
        Relative(p, frozenset({p.client}) if p.pdf or p.quotation else parts(p.client, part_of)) for p in publications
    )


def without_units(relative: Relative) -> Relative:
    """Return what went out without numbers of units, which are each client's own and take no part."""

    def of_units(name: str) -> bool:
        return undated(name) == "onderdeel"

    publication = relative.publication
    statements = tuple(s for s in publication.statements if not any(of_units(name) for name, _ in s.box.where))
    pattern = tuple(line for line in publication.pattern if not of_units(line.dimension))
    return replace(relative, publication=replace(publication, statements=statements, pattern=pattern))


def apart(period: Period, place: int) -> Period:
    """Return the days of a period on the time line of the organisation at this place; the client's own is 0."""
    return Period(_later(period.first, place), _later(period.last, place))


def _later(day: date, place: int) -> date:
    return day.replace(year=day.year + CENTURIES * place)
