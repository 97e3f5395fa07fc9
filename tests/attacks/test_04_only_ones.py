"""Attack 4: rows of only ones, or of only zeros, are read from their sum."""

from __future__ import annotations

from tests.attacks import kit, naive
from tests.attacks.attackers import K, fitting, replayed, seen
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
