"""Attack 7: a row with everything in one category tells of everybody in it what they came for."""

from __future__ import annotations

from itertools import product

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, Solving, crossings
from tests.reporting.disclosure.registry import YEAR
from vpdesk.domain.report_choices import ReportChoices

THEMES = ("pesten", "fraude", "intimidatie", "onbekend")
UNITS = ("Noord", "Zuid", "West", "onbekend")


@pytest.mark.parametrize("others", range(K))
def test_all_or_all_but_a_few(others: int) -> None:
    facts = kit.several(22, thema="pesten") + kit.several(others, thema="fraude")
    codes = {"thema": THEMES}
    found = Solving(naive.report(facts, YEAR, codes), codes)
    assert set(found.values(YEAR, thema="pesten")) == {22}
    assert sum(max(found.values(YEAR, thema=code)) for code in THEMES[1:]) <= 3 * others  # nobody else, or nearly
    report = kit.ours(facts, codes=codes)
    assert set(Solving(report.statements, codes).values(YEAR, thema="fraude")) >= OPEN
    assert kit.file_of(report) == kit.file_of(kit.ours(kit.several(22 + others, thema="pesten"), codes=codes))


def test_a_unit_in_which_everybody_came_for_the_same() -> None:
    facts = [
        *kit.several(9, onderdeel="Noord", thema="pesten"),
        *(
            fact
            for unit, theme in product(UNITS[1:], THEMES)
            for fact in kit.several(6, onderdeel=unit, thema=theme)
        ),
    ]  # fmt: skip
    units, themes = ("onderdeel", UNITS), ("thema", THEMES)
    naively = crossings(naive.two_way(facts, YEAR, units, themes), YEAR, units, themes)
    assert set(naively["Noord", "pesten"]) == {9}
    assert all(set(naively["Noord", theme]) == {0} for theme in THEMES[1:])
    chosen = ReportChoices(crossed=(("onderdeel", "thema"),))
    report = kit.ours(facts, codes={"onderdeel": UNITS, "thema": THEMES}, choices=chosen)
    mine = crossings(report.statements, YEAR, units, themes)
    assert len(report.tables) == 2
    assert all(set(mine["Noord", theme]) >= OPEN for theme in THEMES[1:])
    (table,) = report.crossed
    assert table.cells[UNITS.index("Noord")] == (None,) * len(THEMES)  # all 9 are hidden with the zeros beside them
    assert 6 in {n for row in table.cells for n in row}
