"""Attack 12: a reader who knows the number of cases, the totals of units, or the formal complaints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, Solving, named, said, side_by_side, small_cells, without
from tests.reporting.disclosure.registry import DIMENSIONS, HALF, SECOND_HALF, YEAR, drawn, frozen, report
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Box, CaseFacts, Of, Statement

CODES = {"rol": kit.ROLES}
OUTCOMES = DIMENSIONS["afloop"]
AFLOOP = named("afloop", YEAR)


def test_an_employer_who_knows_the_number_of_cases_from_the_invoice() -> None:
    table = dict(zip(kit.ROLES, (9, 8, 3, 6, 12), strict=True))
    rows = naive.printed("rol", YEAR, table, naive.small(table), total=False)
    assert 4 in Solving(rows, CODES).values(YEAR, rol="collega")
    known = said(YEAR, sum(table.values()))
    assert set(Solving([*rows, known], CODES).values(YEAR, rol="collega")) == {3}
    report = kit.ours(kit.cases(table))
    assert set(Solving([*report.statements, known], CODES).values(YEAR, rol="collega")) >= OPEN


def test_an_employer_who_knows_how_many_cases_a_letter_left_out() -> None:
    # A letter named two rows of the half-year and no total. Who knows that there were 16 knows of 2 others, and so of
    # the 6 of a whole year that 4 and more came later.
    early, late = (dict(zip(kit.ROLES, row, strict=True)) for row in ((8, 6, 0, 2, 0), (7, 9, 8, 4, 9)))
    letter = [said(HALF, early[code], rol=code) for code in ("melder", "getuige")]
    known = [*letter, said(HALF, sum(early.values()))]
    facts = kit.cases(early) + kit.cases(late, opened=kit.LATE)
    naively = naive.report(facts, YEAR, CODES)
    assert set(Solving([*letter, *naively], CODES).values(SECOND_HALF, rol="naaste")) >= OPEN
    assert set(Solving([*known, *naively], CODES).values(SECOND_HALF, rol="naaste")) == {4, 5, 6}
    out = replace(frozen(tuple(letter), (), HALF), kind=Kind.BRIEF)
    ours = report(facts, YEAR, (out,), wanted=("rol",), dimensions=CODES).statements
    assert set(Solving([*known, *ours], CODES, (SECOND_HALF,)).values(SECOND_HALF, rol="naaste")) >= OPEN


def test_an_employer_who_knows_the_total_of_every_unit() -> None:
    units = ("Noord", "Zuid", "onbekend")
    facts = [
        *kit.cases({"melder": 9, "getuige": 7, "collega": 2}, onderdeel="Noord"),
        *kit.cases({"melder": 12, "getuige": 8, "collega": 6}, onderdeel="Zuid"),
    ]
    codes = {"rol": ("melder", "getuige", "collega"), "onderdeel": units}
    known = naive.report(facts, YEAR, {"onderdeel": units}, lambda *_: frozenset())
    naively = naive.two_way(facts, YEAR, ("onderdeel", units), ("rol", codes["rol"]))
    kept = [s for s in naively if s.box.where != (("onderdeel", ("Noord",)),)]
    assert set(Solving([*kept, *known], codes).values(YEAR, rol="collega", onderdeel="Noord")) == {2}
    found = Solving([*kit.ours(facts, codes=codes).statements, *known], codes)
    assert set(found.values(YEAR, rol="collega", onderdeel="Noord")) >= {0, 1, 2, 3, 4}


def complaints(facts: list[CaseFacts]) -> Statement:
    """What HR has in its own files."""
    count = sum(fact.code(AFLOOP) == "klacht ingediend" for fact in facts)
    return Statement(Of.CASES, Box.where_({AFLOOP: "klacht ingediend"}), YEAR, count, count)


CRAFTED = [
    *kit.several(4, fase="nafase", afloop="klacht ingediend"),
    *kit.several(3, fase="nafase", afloop="gedrag gestopt"),
    *(
        fact
        for outcome in OUTCOMES
        if outcome not in {"klacht ingediend", "gedrag gestopt"}
        for fact in kit.several(8, fase="nafase", afloop=outcome)
    ),
]


def test_hr_takes_the_complaints_from_the_hidden_sum() -> None:
    codes = {AFLOOP: OUTCOMES}
    report = kit.ours(CRAFTED, codes={"afloop": OUTCOMES})
    assert set(Solving(report.statements, codes).in_box(YEAR, {AFLOOP: "gedrag gestopt"})) >= OPEN
    hr = Solving([*report.statements, complaints(CRAFTED)], codes)
    assert set(hr.in_box(YEAR, {AFLOOP: "gedrag gestopt"})) >= OPEN


def test_hr_and_a_naive_report() -> None:
    codes = {AFLOOP: OUTCOMES}
    naively = naive.report(CRAFTED, YEAR, {"afloop": OUTCOMES}, naive.small_and_a_second)
    assert set(Solving(naively, codes).in_box(YEAR, {AFLOOP: "gedrag gestopt"})) >= OPEN
    hr = Solving([*naively, complaints(CRAFTED)], codes)
    assert set(hr.in_box(YEAR, {AFLOOP: "gedrag gestopt"})) == {3}


@pytest.mark.parametrize("seed", range(4))
def test_hr_gains_nothing_from_drawn_registries(seed: int) -> None:
    facts = drawn(70, seed)
    found = Solving([*kit.ours(facts, codes={"afloop": OUTCOMES}).statements, complaints(facts)], {AFLOOP: OUTCOMES})
    for code, count in naive.counted(facts, "afloop", OUTCOMES, YEAR).items():
        if count < 5 and code != "klacht ingediend":
            assert set(found.in_box(YEAR, {AFLOOP: code})) >= OPEN


COMPLAINING = [
    *kit.square(((3, 6, 9, 7), (7, 8, 8, 6), (9, 7, 9, 11), (8, 7, 10, 9))),
    *kit.several(4, rol="melder", relatie="leidinggevende", fase="nafase", afloop="klacht ingediend"),
    *kit.several(5, rol="collega", relatie="klant", fase="nafase", afloop="klacht ingediend"),
]


def test_hr_takes_the_complaints_from_a_cell_of_a_two_way_table() -> None:
    # Seven reporters about a superior are enough to print; four of them are complaints, so HR knows of three others.
    known = [fact for fact in COMPLAINING if fact.code(AFLOOP) == "klacht ingediend"]
    others = [fact for fact in COMPLAINING if fact not in known]
    small = small_cells(others, kit.SIDES)
    assert small == {("melder", "leidinggevende"): 3}
    naively = naive.two_way(COMPLAINING, YEAR, *kit.SIDES.items())
    assert set(side_by_side(without(naively, known), kit.SIDES, YEAR)["melder", "leidinggevende"]) == {3}
    report, table = kit.crossed(COMPLAINING)
    assert any(isinstance(value, int) for cells in table.cells for value in cells)
    mine = side_by_side(without(report.statements, known), kit.SIDES, YEAR)
    assert set(mine["melder", "leidinggevende"]) >= OPEN


def test_an_employer_who_knows_every_row_of_a_two_way_table() -> None:
    facts = kit.square()
    known = naive.report(facts, YEAR, {"rol": kit.SIDES["rol"]}, lambda *_: frozenset())
    small = small_cells(facts, kit.SIDES)
    naively = [s for s in naive.two_way(facts, YEAR, *kit.SIDES.items()) if s.box.where != (("rol", ("melder",)),)]
    told = side_by_side([*naively, *known], kit.SIDES, YEAR)
    assert any(len(told[cell]) < 3 for cell in small)
    report, _ = kit.crossed(facts)
    mine = side_by_side([*report.statements, *known], kit.SIDES, YEAR)
    assert all(set(mine[cell]) >= OPEN for cell in small)
