"""Attack 2: two hidden cells or more in each line of a two-way table, and still solvable."""

from __future__ import annotations

import random
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, Solving, crossings
from tests.reporting.disclosure.registry import HALF, YEAR, case
from vpdesk.domain.report_choices import ReportChoices, crossed_parts
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from vpdesk.domain.statements import CaseFacts

ROLES = ("melder", "getuige", "collega", "naaste")
OTHERS = ("leidinggevende", "collega", "klant", "groep")
# Each line hides two cells or more. The first two columns less the first two rows leave one hidden cell: collega by
# collega, the bridge between two squares of hidden cells.
COUNTS = (
    (3, 4, 9, 7),
    (4, 2, 8, 6),
    (9, 3, 4, 4),
    (8, 7, 2, 3),
)
CHOSEN = ReportChoices(crossed=(("rol", "relatie"),))
BRIDGE = ("collega", "collega")


def facts() -> list[CaseFacts]:
    return [
        case(kit.EARLY, rol=role, relatie=other)
        for (role, row) in zip(ROLES, COUNTS, strict=True)
        for other, count in zip(OTHERS, row, strict=True)
        for _ in range(count)
    ]


def test_lines_with_two_hidden_cells_each_are_solved_together() -> None:
    cells = dict(zip(product(ROLES, OTHERS), (n for row in COUNTS for n in row), strict=True))
    for one, other in ((ROLES, OTHERS), (OTHERS, ROLES)):
        for line in one:
            hidden = [c for pair, c in cells.items() if line in pair and c < K]
            assert len(hidden) >= 2, (line, other)
    said = naive.two_way(facts(), YEAR, ("rol", ROLES), ("relatie", OTHERS))
    found = crossings(said, YEAR, ("rol", ROLES), ("relatie", OTHERS))
    assert set(found[BRIDGE]) == {cells[BRIDGE]}
    report = kit.ours(facts(), codes={"rol": ROLES, "relatie": OTHERS}, choices=CHOSEN)
    assert report.level is Level.EENRIJ
    (table,) = report.crossed
    shown = [n for row in table.cells for n in row if n is not None]
    assert len(shown) >= 2
    mine = crossings(report.statements, YEAR, ("rol", ROLES), ("relatie", OTHERS))
    for (pair, count), value in zip(cells.items(), (n for row in table.cells for n in row), strict=True):
        if value is None:
            assert set(mine[pair]) >= OPEN
        else:
            assert value == count >= K


def test_the_tables_of_a_half_year_and_of_the_year_are_subtracted() -> None:
    rows = ((30, 9, 12, 16), (11, 14, 25, 8), (12, 20, 3, 18), (22, 13, 16, 12))
    cells = dict(zip(product(ROLES, OTHERS), (n for row in rows for n in row), strict=True))
    several = [
        case(kit.EARLY if n % 2 else kit.LATE, rol=role, relatie=other)
        for (role, other), count in cells.items()
        for n in range(count)
    ]
    codes = {"rol": ROLES, "relatie": OTHERS}
    naively = [
        s for period in (HALF, YEAR) for s in naive.two_way(several, period, ("rol", ROLES), ("relatie", OTHERS))
    ]
    secret = [pair for pair, n in cells.items() if n - n // 2 < K or n // 2 < K]
    assert any(
        len(Solving(naively, codes, (HALF, YEAR)).values(YEAR, HALF, rol=role, relatie=other)) < 3
        for role, other in secret
    )
    half, year = kit.out(several, HALF, YEAR, codes=codes, choices=CHOSEN)
    tables = [line for p in (half, year) for line in p.pattern if crossed_parts(line.dimension)]
    assert [line.period for line in tables] == [HALF, YEAR]
    reader = Solving((*half.statements, *year.statements), codes, (HALF, YEAR))
    for (role, other), n in cells.items():
        early = n // 2
        for count, period, less in ((early, HALF, None), (n, YEAR, None), (n - early, YEAR, HALF)):
            if count < K:
                left = reader.values(period, less, rol=role, relatie=other)
                assert left[0] == 0, (role, other)
                assert len(left) > 3, (role, other)
                assert less is not None or set(left) >= OPEN, (role, other)


@pytest.mark.parametrize("seed", range(8))
def test_drawn_registries_with_a_half_year_and_a_year_keep_their_small_cells(seed: int) -> None:
    """Rows are counted together in some; one case in ten is a formal complaint."""
    rng = random.Random(seed)  # noqa: S311 - invented cases
    codes = {"rol": (*ROLES[:3], "onbekend"), "relatie": (*OTHERS[:3], "onbekend")}
    weights = {pair: rng.random() ** 1.5 + 0.05 for pair in product(*codes.values())}
    drawn = [
        case(
            rng.choice((kit.EARLY, kit.LATE)),
            rol=role,
            relatie=other,
            **({"afloop": "klacht ingediend"} if rng.random() < 0.1 else {}),
        )
        for role, other in rng.choices(list(weights), list(weights.values()), k=rng.choice((80, 140, 220)))
    ]
    together = ReportChoices({"relatie": (("klant", "onbekend"),)}, CHOSEN.crossed)
    half, year = kit.out(drawn, HALF, YEAR, codes=codes, choices=rng.choice((CHOSEN, together)))
    printed = {line.period for p in (half, year) for line in p.pattern if crossed_parts(line.dimension)}
    reader = Solving((*half.statements, *year.statements), codes, (HALF, YEAR))
    for role, other in weights:
        for days, period, less in (
            ({kit.EARLY}, HALF, None),
            ({kit.EARLY, kit.LATE}, YEAR, None),
            ({kit.LATE}, YEAR, HALF),
        ):
            alike = [fact for fact in drawn if fact.codes["rol"] == role and fact.opened in days]
            count = sum(fact.codes["relatie"] == other for fact in alike)
            if count >= K:
                continue
            left = reader.values(period, less, rol=role, relatie=other)
            if less is None and period in printed:
                assert set(left) >= OPEN, (role, other, period)
            else:  # what is told of a crossing that stands in no table is a part of the line
                assert len(left) > 3, (role, other, period)
                assert 4 * left[0] <= len(alike), (role, other, period)
