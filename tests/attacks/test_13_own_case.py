"""Attack 13: a reader who subtracts the case he knows, and two readers who do so together."""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import K, Solving, fitting, seen, small_cells, statements_of, without
from tests.reporting.disclosure.registry import DIMENSIONS, HALF, YEAR, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.domain.statements import CaseFacts, Statement

CODES = {"rol": kit.ROLES}


@pytest.mark.parametrize("known", [1, 2])
def test_those_who_know_the_other_half_of_a_hidden_sum(known: int) -> None:
    # Two hidden rows with the sum of the threshold: whoever knows what lies in the one has the other.
    table = dict(zip(kit.ROLES, (9, 8, K - known, known, 12), strict=True))
    facts = kit.cases(table)
    mine = [fact for fact in facts if fact.codes["rol"] == "naaste"]
    said = naive.report(facts, YEAR, CODES, naive.small_and_a_second)
    assert set(Solving(said, CODES).values(YEAR, rol="collega")) == set(range(K + 1))
    assert max(Solving(without(said, mine), CODES).values(YEAR, rol="collega")) == K - known  # it can't be K any more
    left = without(kit.ours(facts).statements, mine)
    assert seen(fitting(kit.ROLES, left), "collega") >= {*range(K + 1)}


@pytest.mark.parametrize("seed", range(3))
def test_any_two_who_put_their_cases_together(seed: int) -> None:
    facts = drawn(40, seed)
    report = kit.ours(facts, codes={"rol": DIMENSIONS["rol"]})
    assert report.pattern
    hidden = set(report.pattern[0].codes)
    unlike = {fact.codes["rol"]: fact for fact in facts if fact.codes["rol"] in hidden}
    some = [*unlike.values(), *(f for f in facts if f not in unlike.values() and f.codes["rol"] in hidden)][:6]
    for mine in combinations(some, 2):
        found = Solving(without(report.statements, mine), {"rol": DIMENSIONS["rol"]})
        for code in hidden:
            assert set(found.values(YEAR, rol=code)) >= {*range(K + 1)}


def narrow_to_two(facts: list[CaseFacts], said: list[Statement]) -> list[str]:
    """Return the small cells of which two readers with a case each leave a width of less than three, of the others."""
    small = [cell for cell, n in small_cells(facts, kit.SIDES).items() if n]
    inside = [[f for f in facts if (f.codes["rol"], f.codes["relatie"]) == cell] for cell in small]
    found = []
    for known in (inside[0][:2], inside[-1][:2], (inside[0][0], inside[1][0]), (inside[0][0], inside[3][0])):
        left = Solving(without(said, known), kit.SIDES)
        for role, other in small:
            values = left.values(YEAR, rol=role, relatie=other)
            found += [f"{role} {other} in {values}"] if len(values) <= K - 2 else []
    return found


def test_any_two_who_put_their_cases_beside_a_two_way_table() -> None:
    # In each line two cells of two cases each: four in all. Whoever knows two of them leaves two.
    facts = kit.square(((2, 2, 9, 7), (2, 2, 8, 6), (9, 11, 2, 2), (8, 7, 2, 2)))
    assert narrow_to_two(facts, naive.two_way(facts, YEAR, *kit.SIDES.items()))
    report, table = kit.crossed(facts)
    assert any(isinstance(value, int) for cells in table.cells for value in cells)
    assert narrow_to_two(facts, list(report.statements)) == []


def _printed(left: list[Statement], name: str, code: str, period: Period) -> list[int]:
    """Return what is left of printed counts of a code over this period, or over one in which it lies."""
    over = (s for s in left if s.box.where == ((name, (code,)),) and s.exact)
    return [s.minimum for s in over if s.period.first <= period.first and period.last <= s.period.last]


PAIRS = 6
TABLES = ("rol", "relatie", "gevonden_via")


def narrowed_by_two(facts: list[CaseFacts], said: list[Statement], known: Sequence[CaseFacts]) -> list[str]:
    """Return the small numbers that two readers who know a case each can narrow down: how many others there are.

    Of a count that is printed they know the others, and so that there are no more of them in a part of its period. So
    they do of the number of cases, where what is printed tells it: of five cases in a second half they leave three.
    """
    left = without(said, known)
    others = [fact for fact in facts if not any(fact is mine for mine in known)]
    found = []
    for name in ("rol", "relatie", "gevonden_via"):
        reader = Solving(left, {name: DIMENSIONS[name]})
        for code in DIMENSIONS[name]:
            for period, less in ((HALF, None), (YEAR, None), (YEAR, HALF)):
                inside = [f for f in others if f.opened in period and not (less and f.opened in less)]
                mine = [f for f in known if f.opened in period and not (less and f.opened in less)]
                count = sum(fact.codes[name] == code for fact in inside)
                whole = count + sum(fact.codes[name] == code for fact in mine)
                values = set(reader.in_box(period, {name: code}, less))
                cases = reader.in_box(period, {}, less)
                most = min([K - 1, *_printed(left, name, code, period), *(cases if len(cases) == 1 else ())])
                if whole < K and count in values and not {0, most} <= values:
                    found.append(f"{name} {code} {period.code()} less {less}: {count} in {sorted(values)}")
    return found


def test_two_who_lay_a_naive_half_year_and_year_side_by_side() -> None:
    # Of the five who are hidden in the half-year two know each other: three are left, so collega can't be more.
    early, late = (dict(zip(kit.ROLES, row, strict=True)) for row in ((9, 8, 3, 2, 12), (7, 7, 7, 7, 7)))
    facts = kit.cases(early) + kit.cases(late, opened=kit.LATE)
    codes = {name: DIMENSIONS[name] for name in TABLES}
    periods = (HALF, YEAR)
    said = [s for period in periods for s in naive.report(facts, period, codes, naive.small_and_a_second)]
    known = [fact for fact in facts if fact.codes["rol"] == "naaste" and fact.opened in HALF]
    assert any("rol collega" in found for found in narrowed_by_two(facts, said, known))
    ours = statements_of(kit.out(facts, HALF, YEAR, codes=codes))
    assert not any("rol collega" in found for found in narrowed_by_two(facts, ours, known))


def told_to_two(cases: int, seed: int) -> list[str]:
    """Return what pairs of readers narrow down in vpdesk's half-year and year of a drawn client."""
    facts = drawn(cases, seed)
    said = statements_of(kit.out(facts, HALF, YEAR, codes={name: DIMENSIONS[name] for name in TABLES}))
    rng = random.Random(seed)  # noqa: S311 - invented cases
    return [found for _ in range(PAIRS) for found in narrowed_by_two(facts, said, rng.sample(facts, 2))]


@pytest.mark.parametrize(
    ("cases", "seed"),
    [(20, 0), (45, 1), (20, 5), (45, 4), (20, 7), (20, 29)],
)
def test_two_who_lay_half_year_and_year_side_by_side(cases: int, seed: int) -> None:
    assert told_to_two(cases, seed) == []


@pytest.mark.long
@pytest.mark.parametrize("cases", [20, 30, 45])
def test_two_who_lay_many_drawn_half_years_and_years_side_by_side(cases: int) -> None:
    assert [found for seed in range(30) for found in told_to_two(cases, seed)] == []
