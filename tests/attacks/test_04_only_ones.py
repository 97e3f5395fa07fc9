"""Attack 4: rows of only ones, or of only zeros, are read from their sum."""

from __future__ import annotations

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, fitting, replayed, said, seen, side_by_side, small_cells
from tests.reporting.disclosure.registry import YEAR

ROLES = (*kit.ROLES, "betrokkene")
CODES = {"rol": ROLES}


def test_as_many_cases_as_dashes_where_zeros_are_printed() -> None:
    table = dict(zip(ROLES, (12, 9, 1, 1, 1, 8), strict=True))
    facts = kit.cases(table)
    said = naive.report(facts, YEAR, CODES, naive.small_but_not_zero)
    hidden = naive.small_but_not_zero(table)
    worlds = replayed(fitting(ROLES, said), hidden, naive.small_but_not_zero)
    assert worlds == [table]
    stands(table)


def test_a_total_that_the_printed_rows_fill() -> None:
    table = dict(zip(ROLES, (12, 9, 0, 0, 0, 8), strict=True))
    said = naive.report(kit.cases(table), YEAR, CODES)
    assert fitting(ROLES, said) == [table]
    stands(table)


def stands(table: dict[str, int]) -> None:
    report = kit.ours(kit.cases(table), codes=CODES)
    worlds = fitting(ROLES, report.statements)
    small = [code for code, n in table.items() if n < K]
    assert report.tables
    for code in small:
        assert seen(worlds, code) >= {*range(K + 1)}
    assert kit.could_be(worlds, report, small[0], ROLES) >= {*range(K)}


def test_a_two_way_table_with_as_many_cases_as_dashes_in_a_row() -> None:
    # Zeros are printed, so each dash is one at least; in each line the dashes number as many as the cases left.
    facts = kit.square(((1, 1, 9, 7), (1, 1, 8, 6), (9, 0, 1, 1), (8, 7, 1, 1)))
    small = small_cells(facts, kit.SIDES)
    naively = naive.two_way(facts, YEAR, *kit.SIDES.items())
    naively += [
        said(YEAR, 1 if n else 0, K - 1 if n else 0, rol=role, relatie=other) for (role, other), n in small.items()
    ]
    found = side_by_side(naively, kit.SIDES, YEAR)
    assert {cell: set(found[cell]) for cell in small} == {cell: {n} for cell, n in small.items()}
    report, table = kit.crossed(facts)
    assert any(isinstance(value, int) for cells in table.cells for value in cells)
    mine = side_by_side(report.statements, kit.SIDES, YEAR)
    assert all(set(mine[cell]) >= OPEN for cell in small)
