"""Attack 22: categories split, merged or renamed between two reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, Solving, said, statements_of
from tests.reporting.disclosure.registry import (
    CLIENT,
    DIMENSIONS,
    HALF,
    SECOND_HALF,
    YEAR,
    case,
    published,
    report,
)
from vpdesk.domain.clients import Unit
from vpdesk.domain.ids import UnitId
from vpdesk.domain.publications import Publication
from vpdesk.domain.report_choices import APART
from vpdesk.domain.statements import Box
from vpdesk.domain.units import held_together

if TYPE_CHECKING:
    from vpdesk.domain.statements import CaseFacts, Statement

MERGED = {"rol": ("melder", "getuige", "anders", "onbekend")}
SPLIT = {"rol": ("melder", "getuige", "collega", "naaste", "onbekend")}
TABLE = {"melder": 12, "getuige": 9, "collega": 7, "naaste": 2, "onbekend": 8}


def test_a_category_that_was_split_in_a_second_edition() -> None:
    facts = kit.cases(TABLE)
    merged = [said(YEAR, 9, rol=frozenset({"collega", "naaste"}))]  # "anders: 9", in the edition with the old list
    split = naive.printed("rol", YEAR, TABLE, frozenset({"naaste", "onbekend"}))
    assert set(Solving(split, SPLIT).values(YEAR, rol="naaste")) >= OPEN
    assert set(Solving([*merged, *split], SPLIT).values(YEAR, rol="naaste")) == {2}
    with_old_list = [case(f.opened, rol=f.codes["rol"] if f.codes["rol"] in MERGED["rol"] else "anders") for f in facts]
    first = published(kit.ours(with_old_list, codes=MERGED), YEAR)
    again = kit.ours(facts, YEAR, (first,), codes={"rol": (*SPLIT["rol"][:-1], "anders", "onbekend")})
    assert again.statements == first.statements  # the year that is out is not counted by the new list


@pytest.mark.parametrize("late", [(9, 7, 8, 6, 9), (7, 7, 2, 6, 0)])
def test_a_year_with_more_categories_than_its_half_year(late: tuple[int, ...]) -> None:
    # The half-year knows no naaste, so the year less the half-year is a naaste for a naaste.
    early = dict(zip(kit.ROLES, (9, 8, 7, 0, 12), strict=True))
    facts = kit.cases(early) + kit.cases(dict(zip(kit.ROLES, late, strict=True)), opened=kit.LATE)
    old = {"rol": tuple(code for code in kit.ROLES if code != "naaste")}
    naively = Solving(naive.report(facts, HALF, old) + naive.report(facts, YEAR, SPLIT), SPLIT)
    small = {code: n for code, n in zip(kit.ROLES, late, strict=True) if n < 5}
    for code, n in small.items():
        assert set(naively.values(YEAR, less=HALF, rol=code)) == {n}
    half = published(kit.ours(facts, HALF, codes=old), HALF)
    year = published(kit.ours(facts, YEAR, (half,), codes=SPLIT), YEAR, 2)
    ours = Solving(statements_of((half, year)), SPLIT)
    for code in small:
        assert set(ours.values(YEAR, less=HALF, rol=code)) >= OPEN


BEFORE = {"onderdeel": ("Noord", "West", "Zuid", "onbekend"), "rol": kit.ROLES}
AFTER = {"onderdeel": ("Noordwest", "West", "Zuid", "onbekend"), "rol": kit.ROLES}


def units(counts: dict[str, int], opened: date = kit.EARLY) -> list[CaseFacts]:
    """Return cases by unit, of all roles."""
    return [fact for n, fact in enumerate(kit.cases(counts, "onderdeel", opened)) for fact in [_role(fact, n)]]


def _role(fact: CaseFacts, number: int) -> CaseFacts:
    return replace(fact, codes={**fact.codes, "rol": kit.ROLES[number % 3]})


EARLY = {"Noord": 9, "West": 8, "Zuid": 12, "onbekend": 7}
LATE = {"Noordwest": 2, "West": 9, "Zuid": 7, "onbekend": 11}


def after_the_change() -> list[CaseFacts]:
    return units({"Noordwest": 9, **{code: n for code, n in EARLY.items() if code != "Noord"}}) + units(LATE, kit.LATE)


def test_a_renamed_unit_is_subtracted_under_both_names() -> None:
    half = naive.report(units(EARLY), HALF, {"onderdeel": BEFORE["onderdeel"]})
    year = naive.report(after_the_change(), YEAR, {"onderdeel": AFTER["onderdeel"]})
    (before,) = [s.minimum for s in half if s.box.where and s.box.where[0][1] == ("Noord",)]
    (after,) = [s.minimum for s in year if s.box.where and s.box.where[0][1] == ("Noordwest",)]
    assert after - before == LATE["Noordwest"]


@pytest.mark.parametrize("wanted", [("rol",), ("rol", "onderdeel")])
def test_after_a_unit_was_renamed_a_report_is_still_made_and_gives_nothing_away(wanted: tuple[str, ...]) -> None:
    half = published(report(units(EARLY), HALF, wanted=("rol", "onderdeel"), dimensions={**DIMENSIONS, **BEFORE}), HALF)
    year = report(after_the_change(), YEAR, (half,), wanted=wanted, dimensions={**DIMENSIONS, **AFTER})
    assert year.total is not None
    assert "rol" in {table.dimension for table in year.tables}
    said_ = statements_of((half, published(year, YEAR, 2)))
    # The reader who was told of the new name reads both as one.
    as_one = [replace(s, box=Box(tuple((n, tuple(sorted({"Noordwest" if c == "Noord" else c for c in codes})))
              for n, codes in s.box.where))) for s in said_]  # fmt: skip
    found = Solving(as_one, {"onderdeel": AFTER["onderdeel"]})
    assert set(found.values(YEAR, less=HALF, onderdeel="Noordwest")) >= OPEN
    roles = Solving(said_, {"rol": kit.ROLES})
    for code in kit.ROLES[3:]:
        assert set(roles.values(YEAR, less=HALF, rol=code)) >= OPEN


@dataclass(frozen=True)
class Change:
    """Units before and after, what the first half-year was by both lists, the second half-year, and what readers think.

    A way of reading puts the cases of a unit that is gone under one or more of today's.
    """

    old: dict[str, int]
    now: dict[str, int]
    late: dict[str, int]
    readings: tuple[dict[str, frozenset[str]], ...]
    table: bool = False

    def lists(self, counts: dict[str, int]) -> dict[str, tuple[str, ...]]:
        return {"onderdeel": tuple(counts), "rol": kit.ROLES}


def each(gone: str, *codes: str) -> tuple[dict[str, frozenset[str]], ...]:
    return tuple({gone: frozenset({code})} for code in codes)


OLD = {"Noord": 9, "West": 8, "Zuid": 12, "onbekend": 7}
CHANGES = {
    "renamed, and it grew": Change(
        OLD,
        {"Noordwest": 9, "West": 8, "Zuid": 12, "onbekend": 7},
        {"Noordwest": 8, "West": 9, "Zuid": 7, "onbekend": 11},
        each("Noord", "Noordwest"),
        table=True,
    ),
    "split, and one is small": Change(
        OLD,
        {"Noordoost": 5, "Noordwest": 4, "West": 8, "Zuid": 12, "onbekend": 7},
        {"Noordoost": 1, "Noordwest": 1, "West": 9, "Zuid": 7, "onbekend": 11},
        ({"Noord": frozenset({"Noordoost", "Noordwest"})}, *each("Noord", "Noordoost", "Noordwest")),
    ),
    "split, and one is small for who takes it for the old one": Change(
        OLD,
        {"Noordoost": 5, "Noordwest": 4, "West": 8, "Zuid": 12, "onbekend": 7},
        {"Noordoost": 8, "Noordwest": 6, "West": 9, "Zuid": 7, "onbekend": 11},
        ({"Noord": frozenset({"Noordoost", "Noordwest"})}, *each("Noord", "Noordoost", "Noordwest")),
    ),
    "two merged into a new one": Change(
        OLD,
        {"Noordwest": 17, "Zuid": 12, "onbekend": 7},
        {"Noordwest": 2, "Zuid": 7, "onbekend": 11},
        ({"Noord": frozenset({"Noordwest"}), "West": frozenset({"Noordwest"})},),
    ),
    "two merged, and it grew": Change(
        OLD,
        {"Noordwest": 17, "Zuid": 12, "onbekend": 7},
        {"Noordwest": 8, "Zuid": 7, "onbekend": 11},
        ({"Noord": frozenset({"Noordwest"}), "West": frozenset({"Noordwest"})},),
        table=True,
    ),
    "merged into one that was there": Change(
        OLD,
        {"West": 17, "Zuid": 12, "onbekend": 7},
        {"West": 2, "Zuid": 7, "onbekend": 11},
        each("Noord", "West", "Zuid", "onbekend"),
    ),
    "merged into one that was there, and nobody came since": Change(
        OLD,
        {"West": 17, "Zuid": 12, "onbekend": 7},
        {"West": 0, "Zuid": 9, "onbekend": 11},
        each("Noord", "West", "Zuid", "onbekend"),
    ),
    "two merged into two that were there": Change(
        {"Noord": 9, "Oost": 6, "West": 8, "Zuid": 12, "onbekend": 7},
        {"West": 17, "Zuid": 18, "onbekend": 7},
        {"West": 0, "Zuid": 11, "onbekend": 11},
        (*each("Noord", "West"), {"Noord": frozenset({"West"}), "Oost": frozenset({"Zuid"})}),
    ),
    "split, and nobody came since": Change(
        OLD,
        {"Noordoost": 9, "Noordwest": 0, "West": 8, "Zuid": 12, "onbekend": 7},
        {"Noordoost": 0, "Noordwest": 10, "West": 9, "Zuid": 7, "onbekend": 11},
        ({"Noord": frozenset({"Noordoost", "Noordwest"})}, *each("Noord", "Noordoost", "Noordwest")),
    ),
    "removed, and its cases are unknown": Change(
        OLD,
        {"West": 8, "Zuid": 12, "onbekend": 16},
        {"West": 8, "Zuid": 13, "onbekend": 2},
        each("Noord", "West", "Zuid", "onbekend"),
    ),
    "removed, and nothing is small": Change(
        OLD,
        {"West": 8, "Zuid": 12, "onbekend": 16},
        {"West": 8, "Zuid": 7, "onbekend": 11},
        each("Noord", "West", "Zuid", "onbekend"),
        table=True,
    ),
}


def read_as(statements: list[Statement], reading: dict[str, frozenset[str]]) -> list[Statement]:
    """Return what a reader makes of statements by the old list; what falls under one of today's codes is added up."""
    found: list[Statement] = []
    for statement in statements:
        names = {name for name, _ in statement.box.where}
        today = frozenset().union(*(reading.get(c, {c}) for _, codes in statement.box.where for c in codes))
        same = [s for s in found if "onderdeel" in names and s.period == statement.period and today & _units_of(s)]
        parts = [statement, *same]
        both = today.union(*(_units_of(s) for s in same))
        low, high = sum(s.minimum for s in parts), sum(s.maximum for s in parts)
        found = [s for s in found if s not in same]
        found.append(said(statement.period, low, high, onderdeel=both) if "onderdeel" in names else statement)
    return found


def _units_of(statement: Statement) -> frozenset[str]:
    return frozenset(code for name, codes in statement.box.where if name == "onderdeel" for code in codes)


def small_and_known(statements: list[Statement], change: Change) -> set[tuple[int, str, int]]:
    """Return per way of reading each unit for which a reader finds that the second half-year was small, and how small.

    A way of reading that contradicts the numbers is known to be wrong.
    """
    found = set()
    units_only = [s for s in statements if all(name == "onderdeel" for name, _ in s.box.where)]
    for number, reading in enumerate(change.readings):
        solving = Solving(read_as(units_only, reading), {"onderdeel": tuple(change.now)})
        for code in change.now:
            values = set(solving.values(YEAR, less=HALF, onderdeel=code))
            if values and min(values) < K and not values >= OPEN:
                found.add((number, code, min(values)))
    return found


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_units_that_came_and_went_give_nobody_away_however_they_are_read(change: Change) -> None:
    early, year_cases = units(change.old), units(change.now) + units(change.late, kit.LATE)
    naively = naive.report(early, HALF, change.lists(change.old)) + naive.report(
        year_cases, YEAR, change.lists(change.now)
    )
    assert bool(small_and_known(naively, change)) != change.table, "the naive table tells, or there is nothing to tell"
    first = report(early, HALF, wanted=("rol", "onderdeel"), dimensions={**DIMENSIONS, **change.lists(change.old)})
    half = published(first, HALF)
    year = report(
        year_cases, YEAR, (half,), wanted=("rol", "onderdeel"), dimensions={**DIMENSIONS, **change.lists(change.now)}
    )
    assert "onderdeel" in {table.dimension for table in first.tables}
    assert ("onderdeel" in {table.dimension for table in year.tables}) == change.table
    assert "rol" in {table.dimension for table in year.tables}
    assert small_and_known(statements_of((half, published(year, YEAR, 2))), change) == set()


CHANGED = date(2025, 7, 1)
HISTORY = (
    Unit(UnitId(1), CLIENT, "Noord", "Noord", until=CHANGED, into=UnitId(4)),
    Unit(UnitId(2), CLIENT, "West", "West", until=CHANGED, into=UnitId(4)),
    Unit(UnitId(3), CLIENT, "Zuid", "Zuid"),
    Unit(UnitId(4), CLIENT, "Noordwest", "Noordwest", since=CHANGED),
    Unit(UnitId(5), CLIENT, "Dorp", "Dorp"),
)
LIST = {"onderdeel": (*(unit.code for unit in HISTORY), "onbekend"), "rol": kit.ROLES}
IMPOSSIBLE = [
    *(said(SECOND_HALF, 0, onderdeel=frozenset({code})) for code in ("Noord", "West")),
    said(HALF, 0, onderdeel="Noordwest"),
]
"""What a reader knows who was told on which day units were merged."""


MERGERS = [
    ({"Noord": 4, "West": 4, "Zuid": 0, "Dorp": 1}, {"Noordwest": 9, "Zuid": 4, "Dorp": 12, "onbekend": 12}),
    ({"Noord": 3, "West": 3, "Zuid": 8, "Dorp": 4, "onbekend": 2}, {"Noordwest": 6, "Dorp": 6, "onbekend": 1}),
    ({"Noord": 9, "West": 1, "Zuid": 4, "Dorp": 3}, {"Noordwest": 8, "Zuid": 2, "Dorp": 4}),
    ({"Noord": 6, "West": 3, "Zuid": 2}, {"Noordwest": 6, "Zuid": 12, "Dorp": 9, "onbekend": 4}),
]


def small_and_narrow(early: dict[str, int], late: dict[str, int], *, together: bool) -> tuple[set[str], bool]:
    """Return of which units a small number is narrowed down by reports about a half, a year and the other half."""
    facts, out = units(early) + units(late, kit.LATE), list[Publication]()
    for period in (HALF, YEAR, SECOND_HALF):
        choices = held_together(APART, HISTORY, period) if together else APART
        known = [fact for fact in facts if fact.opened <= period.last]
        lists = {**DIMENSIONS, **LIST}
        made = report(known, period, tuple(out), wanted=("rol", "onderdeel"), dimensions=lists, choices=choices)
        out.append(published(made, period, len(out) + 1))
    said_ = statements_of(out)
    reader = Solving([*said_, *IMPOSSIBLE], {"onderdeel": LIST["onderdeel"]}, (SECOND_HALF,))
    narrow = {
        code
        for period, counts in ((HALF, early), (SECOND_HALF, late))
        for code in (*BEFORE_IT, "onbekend")
        if (period, code) not in NEVER
        and counts.get(code, 0) < K
        and not set(reader.values(period, onderdeel=code)) >= OPEN
    }
    return narrow, any(name == "onderdeel" for s in said_ for name, _ in s.box.where)


BEFORE_IT = ("Noord", "West", "Zuid", "Noordwest", "Dorp")
NEVER = {(HALF, "Noordwest"), (SECOND_HALF, "Noord"), (SECOND_HALF, "West")}


@pytest.mark.parametrize(("early", "late"), MERGERS)
def test_a_merger_in_the_middle_of_a_year_gives_nobody_away_to_who_knows_its_day(
    early: dict[str, int], late: dict[str, int]
) -> None:
    narrow, _ = small_and_narrow(early, late, together=False)
    assert narrow, "with a row for each unit that ever was, the day of the merger tells"
    narrow, table = small_and_narrow(early, late, together=True)
    assert not narrow
    assert table, "or there is nothing to subtract"
