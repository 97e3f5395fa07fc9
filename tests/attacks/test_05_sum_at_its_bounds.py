"""Attack 5: a hidden sum that is as high as dashes can make it, or as low."""

from __future__ import annotations

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import K, fitting, replayed, seen
from tests.reporting.disclosure.registry import YEAR

ROLES = (*kit.ROLES, "betrokkene")
CODES = {"rol": ROLES}


@pytest.mark.parametrize("each", [K - 1, 0])
def test_a_sum_of_only_the_highest_or_only_the_lowest(each: int) -> None:
    table = dict(zip(ROLES, (15, 13, each, each, each, 11), strict=True))
    facts = kit.cases(table)
    said = naive.report(facts, YEAR, CODES)
    assert replayed(fitting(ROLES, said), naive.small(table), naive.small) == [table]
    report = kit.ours(facts, codes=CODES)
    assert report.tables
    worlds = fitting(ROLES, report.statements)
    assert seen(worlds, "naaste") >= {*range(K + 1)}
    assert kit.could_be(worlds, report, "naaste", ROLES) >= {*range(K)}
