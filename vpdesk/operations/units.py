"""What a user asks for about units through time: merging, ending, and taking that back.

No case changes. What a report can tell of units follows from the days (`domain/units.py`), so a change can't begin on a
day about which numbers of units are out already: what was said then stays as it was counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.report_choices import crossed_parts
from vpdesk.domain.statements import undated
from vpdesk.domain.units import UNITS, UnitChange, came_into
from vpdesk.domain.wording import long_date
from vpdesk.operations.clients import unit_name
from vpdesk.store.units import UnitEventStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from vpdesk.domain.clients import Unit
    from vpdesk.domain.ids import ClientId, UnitId
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.units import UnitEvent
    from vpdesk.store.vault import Vault

FEWEST: Final = 2
TOO_FEW: Final = "Kies twee of meer onderdelen om samen te voegen. Er is niets veranderd."
NOT_THERE: Final = "‘{name}’ bestaat niet op {day}. Er is niets veranderd. Kies een andere dag of een ander onderdeel."
ENDS_LATER: Final = (
    "‘{name}’ houdt al op te bestaan op {day}. Er is niets veranderd. Haal dat eerst weg, of kies een ander onderdeel."
)
STILL_TO_COME: Final = (
    "‘{other}’ gaat pas op {day} op in ‘{name}’. Er is niets veranderd. Kies een latere dag, of haal dat eerst weg."
)
IS_OUT: Final = (
    "Over {period} zijn al aantallen per onderdeel naar buiten gegaan. Wat is uitgegeven, blijft zo geteld; er is "
    "niets veranderd. Kies {day} of later."
)
OUT_SINCE: Final = (
    "Over {period} zijn aantallen per onderdeel naar buiten gegaan, zoals het nu geregeld is. Terugdraaien kan niet "
    "meer; er is niets veranderd."
)
BUILT_UPON: Final = (
    "Met ‘{name}’ is daarna nog iets gebeurd. Er is niets veranderd. Draai eerst terug wat er later is gebeurd."
)


@dataclass(frozen=True, slots=True)
class Reorganised:
    """What was written of units on one day, to be taken back together; `made` is a unit that came of it."""

    client: ClientId
    on: date
    events: tuple[UnitEvent, ...]
    made: Unit | None = None


def merge_units(
    vault: Vault, *, client_id: ClientId, merged: Sequence[UnitId], into: UnitId | None = None, name: str = "", on: date
) -> Reorganised:
    """Let units go on in one from a day on: in one that is there, or in a new one of that name.

    Raises:
        InvalidValueError: these are too few, one is not there on that day, or numbers of units are out about it.
        AlreadyExistsError: the new name is taken.
        NotFoundError: the organisation has no such unit.
    """
    with vault.transaction():
        units = vault.clients.units(client_id)
        going = [_found(units, number) for number in dict.fromkeys(merged) if number != into]
        if len(going) + (into is not None) < FEWEST:
            raise InvalidValueError(TOO_FEW)
        for unit in going:
            _refuse_going(units, unit, on)
        _refuse_out(vault, client_id, on)
        events = UnitEventStore(vault.connection)
        made = None
        if into is None:
            made = vault.clients.add_unit(client_id, unit_name(name))
            written = [events.add(made.id, UnitChange.BEGONNEN, on=on, was="", became=made.name)]
            successor = made
        else:
            successor = _found(units, into)
            if not successor.stands_on(on):
                raise InvalidValueError(NOT_THERE.format(name=successor.name, day=long_date(on)))
            written = []
        written += [
            events.add(unit.id, UnitChange.SAMENGEVOEGD, on=on, was=unit.name, became=successor.name, into=successor.id)
            for unit in going
        ]
    return Reorganised(client_id, on, tuple(written), made)


def end_unit(vault: Vault, *, client_id: ClientId, unit_id: UnitId, on: date) -> Reorganised:
    """Let a unit be there no more from a day on; cases of it that were opened later count as unknown.

    Raises:
        InvalidValueError: it is not there on that day, or numbers of units are out about it.
        NotFoundError: the organisation has no such unit.
    """
    with vault.transaction():
        units = vault.clients.units(client_id)
        unit = _found(units, unit_id)
        _refuse_going(units, unit, on)
        _refuse_out(vault, client_id, on)
        written = UnitEventStore(vault.connection).add(unit.id, UnitChange.BEEINDIGD, on=on, was=unit.name)
    return Reorganised(client_id, on, (written,))


def take_back(vault: Vault, done: Reorganised) -> None:
    """Take back what was done with units; a unit that came of it goes, unless a case was registered with it.

    Raises:
        InvalidValueError: numbers of units went out about those days, or something was built upon it since.
    """
    with vault.transaction():
        out = _out_since(vault, done.client, done.on)
        if out is not None:
            raise InvalidValueError(OUT_SINCE.format(period=_days(out)))
        events = UnitEventStore(vault.connection)
        standing = events.of_client(done.client)
        going = {event.id for event in done.events}
        later = [e for e in standing if e.id not in going and e.kind is not UnitChange.HERNOEMD]
        made = done.made
        if made is not None and any(made.id in {event.unit, event.into} for event in later):
            raise InvalidValueError(BUILT_UPON.format(name=made.name))
        for event in done.events:
            events.take_back(event)
        if made is not None and made.code not in vault.clients.unit_codes_out(done.client):
            events.remove_unused(made.id)


def take_back_name(vault: Vault, unit: Unit) -> Unit:
    """Give a unit the name back that it had before this one, as if it never had another.

    Raises:
        AlreadyExistsError: another unit has that name now.
        NotFoundError: it had no other name, or is not there any more.
    """
    with vault.transaction():
        events = UnitEventStore(vault.connection)
        last = next((e for e in reversed(events.of_client(unit.client)) if _named(e, unit)), None)
        if last is None:
            raise NotFoundError("Dit onderdeel had geen andere naam. Er is niets veranderd.")
        events.take_back(last)
        return vault.clients.rename_unit(unit.client, unit.id, last.was)


def _named(event: UnitEvent, unit: Unit) -> bool:
    return (event.unit, event.kind, event.became) == (unit.id, UnitChange.HERNOEMD, unit.name)


def what_became(vault: Vault, client_id: ClientId) -> tuple[Reorganised, ...]:
    """Return what was done with the units of an organisation and still counts, the newest first; renames apart.

    What began in one go is taken back in one go: a merger with all that went on in that unit on that day.
    """
    units = {unit.id: unit for unit in vault.clients.units(client_id)}
    found: dict[tuple[date, UnitId | None, UnitId | None], list[UnitEvent]] = {}
    for event in UnitEventStore(vault.connection).of_client(client_id):
        if event.on is None or event.kind is UnitChange.HERNOEMD:
            continue
        target = event.unit if event.kind is UnitChange.BEGONNEN else event.into
        alone = event.unit if target is None else None
        found.setdefault((event.on, target, alone), []).append(event)
    done = []
    for (on, _, _), events in found.items():
        made = next((units[event.unit] for event in events if event.kind is UnitChange.BEGONNEN), None)
        done.append(Reorganised(client_id, on, tuple(events), made))
    return tuple(sorted(done, key=lambda each: (each.on, each.events[0].id), reverse=True))


def former_names(vault: Vault, client_id: ClientId) -> tuple[UnitEvent, ...]:
    """Return how units were called before, in the order in which they got another name."""
    events = UnitEventStore(vault.connection).of_client(client_id)
    return tuple(event for event in events if event.kind is UnitChange.HERNOEMD)


def first_day(vault: Vault, client_id: ClientId) -> date | None:
    """Return the first day on which something may become of units; None where any day will do."""
    last = max((p.period.last for p in vault.ledger.publications(client_id) if names_units(p)), default=None)
    return None if last is None else last + timedelta(days=1)


def names_units(publication: Publication) -> bool:
    """Return whether anything in a publication is about units, what it hid or left out too."""
    named = [name for statement in publication.statements for name, _ in statement.box.where]
    named += [name for line in publication.pattern for name in crossed_parts(line.dimension) or (line.dimension,)]
    named += [name for left in publication.withheld for name in crossed_parts(left.dimension) or (left.dimension,)]
    return any(undated(name) == UNITS for name in named)


def _found(units: Iterable[Unit], number: UnitId) -> Unit:
    found = next((unit for unit in units if unit.id == number), None)
    if found is None:
        raise NotFoundError("Dit onderdeel staat niet in de kluis.")
    return found


def _refuse_going(units: Sequence[Unit], unit: Unit, on: date) -> None:
    if unit.until is not None:
        raise InvalidValueError(ENDS_LATER.format(name=unit.name, day=long_date(unit.until)))
    if not unit.stands_on(on) or unit.since == on:
        raise InvalidValueError(NOT_THERE.format(name=unit.name, day=long_date(on - timedelta(days=1))))
    for other in came_into(units, unit):
        if other.until is not None and other.until > on:
            raise InvalidValueError(STILL_TO_COME.format(name=unit.name, other=other.name, day=long_date(other.until)))


def _refuse_out(vault: Vault, client_id: ClientId, on: date) -> None:
    out = _out_since(vault, client_id, on)
    if out is not None:
        first = first_day(vault, client_id)
        raise InvalidValueError(IS_OUT.format(period=_days(out), day=long_date(first or on)))


def _out_since(vault: Vault, client_id: ClientId, on: date) -> Publication | None:
    """Return what names units in days from this one on; what was never sent too, since that may be undone."""
    return next((p for p in vault.ledger.publications(client_id) if names_units(p) and p.period.last >= on), None)


def _days(publication: Publication) -> str:
    return f"{long_date(publication.period.first)} tot en met {long_date(publication.period.last)}"
