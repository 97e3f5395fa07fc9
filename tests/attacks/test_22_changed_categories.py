"""Attack 22: categories split, merged or renamed between two reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, Solving, said, statements_of
from tests.reporting.disclosure.registry import DIMENSIONS, HALF, YEAR, case, published, report
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.statements import Box

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.statements import CaseFacts

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
RENAMED = pytest.mark.xfail(
    strict=True, raises=ReportRefusedError, reason="a code that is no longer in the list stops every overlapping report"
)


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


@pytest.mark.parametrize(
    "wanted", [pytest.param(("rol",), marks=RENAMED), pytest.param(("rol", "onderdeel"), marks=RENAMED)]
)
def test_after_a_unit_was_renamed_a_report_is_still_made_and_gives_nothing_away(wanted: tuple[str, ...]) -> None:
    half = published(report(units(EARLY), HALF, wanted=("rol", "onderdeel"), dimensions={**DIMENSIONS, **BEFORE}), HALF)
    year = report(after_the_change(), YEAR, (half,), wanted=wanted, dimensions={**DIMENSIONS, **AFTER})
    assert year.total is not None
    said_ = statements_of((half, published(year, YEAR, 2)))
    # The reader who was told of the new name reads both as one.
    as_one = [replace(s, box=Box(tuple((n, tuple(sorted({"Noordwest" if c == "Noord" else c for c in codes})))
              for n, codes in s.box.where))) for s in said_]  # fmt: skip
    found = Solving(as_one, {"onderdeel": AFTER["onderdeel"]})
    assert set(found.values(YEAR, less=HALF, onderdeel="Noordwest")) >= OPEN
    roles = Solving(said_, {"rol": kit.ROLES})
    for code in kit.ROLES[3:]:
        assert set(roles.values(YEAR, less=HALF, rol=code)) >= OPEN
