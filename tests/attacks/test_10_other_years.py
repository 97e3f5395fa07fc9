"""Attack 10: this year beside earlier ones: what was recounted, and what was carried over."""

from __future__ import annotations

from datetime import date

from tests.attacks import kit, naive
from tests.attacks.attackers import Solving, said
from tests.reporting.disclosure.registry import YEAR, case, drawn, published
from vpdesk.domain.periods import Period

LAST_YEAR = Period.year(2024)
SOME_DAY = date(2024, 11, 4)


def test_a_trend_that_counts_last_year_again() -> None:
    before = drawn(30, 4, 2024)
    late = case(SOME_DAY, rol="naaste")
    first = naive.report(before, LAST_YEAR, kit.DRAWN)
    trend = naive.report([*before, late], LAST_YEAR, kit.DRAWN)
    found = {s.box.where: s.minimum for s in trend if s not in first}
    assert found[()] == 31  # one case more than last year's report said
    last = published(kit.ours(before, LAST_YEAR, codes=kit.DRAWN), LAST_YEAR)
    again = kit.ours([*before, late], LAST_YEAR, (last,), codes=kit.DRAWN)
    assert again.statements == last.statements
    this = drawn(40, 5)
    assert kit.ours([*before, late, *this], YEAR, (last,), codes=kit.DRAWN) == kit.ours(this, YEAR, codes=kit.DRAWN)


def test_cases_under_way_less_new_cases_were_carried_over() -> None:
    # What lies in a year is the cases opened in it; a naive report counts what was under way as well.
    carried, new = kit.several(3, SOME_DAY, rol="naaste"), drawn(40, 5)
    under_way = said(Period(SOME_DAY, YEAR.last), len(carried) + len(new))
    found = Solving([under_way, said(YEAR, len(new))], {})
    assert set(found.values(under_way.period, less=YEAR)) == {3}
    report = kit.ours([*carried, *new], YEAR, codes=kit.DRAWN)
    assert {s.period for s in report.statements} == {YEAR}
    assert kit.file_of(report) == kit.file_of(kit.ours(new, YEAR, codes=kit.DRAWN))
    told = Solving(report.statements, {}, (under_way.period,))
    assert {0, 3, 5, 50} <= set(told.values(under_way.period, less=YEAR))
