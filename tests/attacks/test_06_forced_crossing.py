"""Attack 6: two one-way tables that force what their crossing holds: nearly everybody here, nearly everybody there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, crossings, side_by_side
from tests.reporting.disclosure.registry import DIMENSIONS, YEAR, case, drawn
from vpdesk.domain.report_choices import ReportChoices

if TYPE_CHECKING:
    from vpdesk.domain.statements import CaseFacts

ROLES = ("melder", "getuige", "onbekend")
THEMES = ("pesten", "fraude", "onbekend")
CODES = {"rol": ROLES, "thema": THEMES}
FACTS = [
    *kit.several(24, rol="melder", thema="pesten"),
    *kit.several(2, rol="getuige", thema="pesten"),
    *kit.several(1, rol="getuige", thema="fraude"),
]


def small_and_forced(
    facts: list[CaseFacts], found: dict[tuple[str, str], range], other: str = "thema"
) -> list[tuple[str, str, range]]:
    """Return the pairs of few cases that a reader knows too well: nearly exactly, or for a good part of the role."""
    bad = []
    for (role, code), values in found.items():
        here = [fact for fact in facts if fact.codes["rol"] == role]
        count = sum(fact.codes[other] == code for fact in here)
        if count < K and (len(values) <= 3 or 4 * min(values) > len(here)):
            bad.append((role, code, values))
    return bad


def test_few_witnesses_among_many_of_one_theme() -> None:
    said = naive.report(FACTS, YEAR, CODES, naive.small_but_not_zero)
    found = crossings(said, YEAR, ("rol", ROLES), ("thema", THEMES))
    assert set(found["getuige", "pesten"]) <= {2, 3}
    assert small_and_forced(FACTS, found)
    mine = crossings(kit.ours(FACTS, codes=CODES).statements, YEAR, ("rol", ROLES), ("thema", THEMES))
    assert small_and_forced(FACTS, mine) == []
    assert set(mine["getuige", "pesten"]) >= {0, 3}


@pytest.mark.parametrize("seed", range(4))
def test_skewed_registries_force_no_small_crossing(seed: int) -> None:
    facts = [
        case(kit.EARLY, rol=ROLES[n % 11 > 8], thema=THEMES[n % 7 > 5 + seed % 2])
        for n in range(30 + 7 * seed)
    ]  # fmt: skip
    naively = crossings(
        naive.report(facts, YEAR, CODES, naive.small_but_not_zero), YEAR, ("rol", ROLES), ("thema", THEMES)
    )
    assert small_and_forced(facts, naively)
    mine = crossings(kit.ours(facts, codes=CODES).statements, YEAR, ("rol", ROLES), ("thema", THEMES))
    assert small_and_forced(facts, mine) == []


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 30))])
def test_drawn_registries_force_no_small_crossing(seed: int) -> None:
    facts = drawn(60, seed)
    codes = {name: DIMENSIONS[name] for name in ("rol", "relatie")}
    said = kit.ours(facts, codes=codes).statements
    found = crossings(said, YEAR, ("rol", codes["rol"]), ("relatie", codes["relatie"]))
    assert small_and_forced(facts, found, "relatie") == []


def test_a_two_way_table_beside_which_one_way_tables_force_the_rest() -> None:
    # Half of the witnesses came about bullying, and the printed cells of the others leave hardly another place.
    codes = {"rol": (*ROLES[:2], "collega", "onbekend"), "thema": (*THEMES[:2], "intimidatie", "onbekend")}
    rows = ((14, 9, 8, 7), (4, 1, 1, 1), (9, 12, 8, 8), (11, 7, 9, 6))
    facts = [
        fact
        for role, counts in zip(codes["rol"], rows, strict=True)
        for theme, n in zip(codes["thema"], counts, strict=True)
        for fact in kit.several(n, rol=role, thema=theme)
    ]
    naively = side_by_side(naive.two_way(facts, YEAR, *codes.items()), codes, YEAR)
    assert {pair[:2] for pair in small_and_forced(facts, naively)} >= {("getuige", "pesten")}
    report = kit.ours(facts, codes=codes, choices=ReportChoices(crossed=(("rol", "thema"),)))
    (table,) = report.crossed
    assert sum(isinstance(value, int) for cells in table.cells for value in cells) >= 2
    mine = side_by_side(report.statements, codes, YEAR)
    assert small_and_forced(facts, mine) == []
    assert set(mine["getuige", "pesten"]) >= OPEN
