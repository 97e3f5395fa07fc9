"""Units through time: under which one a case counts, which ones there are, and which rows a report can tell apart.

A unit ends on a day, by going on in another or by itself. Nothing that was registered changes: a case keeps the unit
that it was registered with, and counts under what that unit was on the day on which the case was opened.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.clients import Unit
from vpdesk.domain.ids import UnitEventId, UnitId
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices, Row

UNITS: Final = "onderdeel"


class UnitChange(StrEnum):
    """What can become of a unit."""

    HERNOEMD = "hernoemd"
    BEGONNEN = "begonnen"
    SAMENGEVOEGD = "samengevoegd"
    BEEINDIGD = "beeindigd"


@dataclass(frozen=True, slots=True)
class UnitEvent:
    """What became of a unit on a day, with its name before and the name that it or its successor has then.

    A unit that came of others began; of a unit that was renamed the day may be unknown.
    """

    id: UnitEventId
    unit: UnitId
    kind: UnitChange
    on: date | None
    was: str
    became: str = ""
    into: UnitId | None = None


def standing_on(units: Sequence[Unit], day: date) -> tuple[Unit, ...]:
    """Return the units that are there on a day."""
    return tuple(unit for unit in units if unit.stands_on(day))


def seen_in(unit: Unit, period: Period) -> bool:
    """Return whether a unit is there on a day of a period."""
    return (unit.since is None or unit.since <= period.last) and (unit.until is None or period.first < unit.until)


def counted_under(units: Sequence[Unit], code: str, day: date) -> str:
    """Return under which code a case counts that was opened on a day, given that of the unit it was registered with.

    A code that no unit has stays what it is.
    """
    by_code, by_id = {unit.code: unit for unit in units}, {unit.id: unit for unit in units}
    unit = by_code.get(code)
    for _ in units:  # a chain is no longer than that, whatever a file says
        if unit is None or unit.until is None or unit.until > day:
            break
        unit = None if unit.into is None else by_id[unit.into]
        code = taxonomy.UNKNOWN.code if unit is None else unit.code
    return code


def rows_together(units: Sequence[Unit], period: Period) -> tuple[Row, ...]:
    """Return which codes a report of a period can't tell apart, each row of several codes, sorted.

    A unit that ended on or before the last day goes together with what it became: what lies in the period belongs to
    both. One that began later than the period goes with one of those that it came from, so that nothing is said of it
    alone. So wherever it is known that a code can count nothing, each number holds that code and one that can; what is
    known of the first takes nothing away from what the second may be.
    """
    by_id = {unit.id: unit for unit in units}
    group: dict[str, set[str]] = {}

    def join(one: str, other: str) -> None:
        both = group.get(one, {one}) | group.get(other, {other})
        for code in both:
            group[code] = both

    for unit in units:
        if unit.until is not None and unit.until <= period.last:
            join(unit.code, taxonomy.UNKNOWN.code if unit.into is None else by_id[unit.into].code)
        if unit.since is not None and unit.since > period.last:
            first = next((u for u in units if u.into == unit.id), None)
            if first is not None:
                join(unit.code, first.code)
    return tuple(sorted({tuple(sorted(codes)) for codes in group.values()}))


def held_together(choices: ReportChoices, units: Sequence[Unit], period: Period) -> ReportChoices:
    """Return the choices with the rows joined that a report of a period can't tell apart, with what shares them."""
    rows = [set(row) for row in choices.grouped.get(UNITS, ())]
    for together in rows_together(units, period):
        touched = [row for row in rows if row & set(together)]
        rows = [row for row in rows if row not in touched] + [set(together).union(*touched)]
    grouped = {**choices.grouped, UNITS: tuple(tuple(sorted(row)) for row in rows)}
    return ReportChoices({name: found for name, found in grouped.items() if found}, choices.crossed)


def chosen_freely(choices: ReportChoices, units: Sequence[Unit], period: Period) -> ReportChoices:
    """Return the choices without the rows that a report of a period can't tell apart anyway."""
    fixed = {frozenset(row) for row in rows_together(units, period)}
    rows = tuple(row for row in choices.grouped.get(UNITS, ()) if frozenset(row) not in fixed)
    grouped = {**choices.grouped, UNITS: rows}
    return ReportChoices({name: found for name, found in grouped.items() if found}, choices.crossed)


def whole_rows(units: Sequence[Unit], codes: Collection[str], period: Period) -> frozenset[str] | None:
    """Return codes with those that can't be told apart from them; None where only a part of such a row was named."""
    named = set(codes)
    there = {unit.code for unit in units if seen_in(unit, period)} | {taxonomy.UNKNOWN.code}
    for row in rows_together(units, period):
        if named & set(row):
            if not (there & set(row)) <= named:
                return None
            named |= set(row)
    return frozenset(named)


def came_into(units: Sequence[Unit], unit: Unit) -> Iterator[Unit]:
    """Yield the units that went on in this one."""
    return (other for other in units if other.into == unit.id)
