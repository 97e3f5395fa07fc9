"""The cube that reports count in: its dimensions, and their codes in the fixed order of reports."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vpdesk.domain import phases, taxonomy
from vpdesk.domain.clients import Unit
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.statements import Box, CaseFacts, Statement
from vpdesk.domain.units import UNITS, counted_under, seen_in, whole_rows

TABLES: Final = ("thema", "werkgebied", "rol", "relatie", "fase", "afloop", "verbonden", "gevonden_via", "onderdeel")


def dimensions(units: Sequence[Unit]) -> dict[str, tuple[str, ...]]:
    """Return the codes of each dimension in the fixed order of reports; units in the order of their names."""
    own = {name: codes.codes for name, codes in taxonomy.BY_NAME.items() if name in TABLES}
    return {
        **own,
        "fase": (
            *(phase.value for phase in phases.Phase if phase is not phases.Phase.AFGESLOTEN),
            phases.PHASE_UNKNOWN,
        ),
        "afloop": taxonomy.OUTCOMES_IN_REPORTS,
        "onderdeel": (*unit_names(units), taxonomy.UNKNOWN.code),
    }


def unit_names(units: Sequence[Unit], period: Period | None = None) -> dict[str, str]:
    """Return how the units of an organisation are printed, by code in the order of their names.

    In a `period` a unit that was not there has no name: a row that counts it is called by the others in it.
    """
    named = sorted(units, key=lambda unit: unit.name)
    return {
        unit.code: unit.name if period is None or seen_in(unit, period) else ""
        for unit in named
        if unit.code != taxonomy.UNKNOWN.code
    }


def by_day(facts: Sequence[CaseFacts], units: Sequence[Unit]) -> tuple[CaseFacts, ...]:
    """Return cases under what their units were on the day on which each was opened."""
    if all(unit.until is None for unit in units):
        return tuple(facts)
    return tuple(
        replace(fact, codes={**fact.codes, UNITS: counted_under(units, fact.codes[UNITS], fact.opened)})
        if UNITS in fact.codes
        else fact
        for fact in facts
    )


def said_by_hand(publications: Sequence[Publication], units: Sequence[Unit]) -> tuple[Publication, ...]:
    """Return what is out as an audit reads it: what was entered by hand of a unit holds for what it can't be told from.

    Such a number names no other units, so nothing else says of a unit that came later that it counted nothing then.
    """
    return tuple(
        replace(p, statements=tuple(_whole(s, units) for s in p.statements)) if p.by_hand else p for p in publications
    )


def _whole(statement: Statement, units: Sequence[Unit]) -> Statement:
    where = dict(statement.box.where)
    if UNITS not in where:
        return statement
    codes = whole_rows(units, where[UNITS], statement.period)
    if codes is None:
        return statement
    others = {name: frozenset(part) for name, part in where.items() if name != UNITS}
    return replace(statement, box=Box.where_({**others, UNITS: codes}))
