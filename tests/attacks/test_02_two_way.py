"""Attack 2: two hidden cells or more in each line of a two-way table, and still solvable."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tests.attacks import kit, naive
from tests.attacks.attackers import K, crossings
from tests.reporting.disclosure.registry import YEAR, case
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from vpdesk.domain.statements import CaseFacts

ROLES = ("melder", "getuige", "collega", "naaste")
THEMES = ("pesten", "intimidatie", "fraude", "corruptie")
# Each line hides two cells or more. The first two columns less the first two rows leave one hidden cell: collega by
# intimidatie, the bridge between two squares of hidden cells.
COUNTS = (
    (3, 4, 9, 7),
    (4, 2, 8, 6),
    (9, 3, 4, 4),
    (8, 7, 2, 3),
)
BRIDGE = ("collega", "intimidatie")


def facts() -> list[CaseFacts]:
    return [
        case(kit.EARLY, rol=role, thema=theme)
        for (role, row) in zip(ROLES, COUNTS, strict=True)
        for theme, count in zip(THEMES, row, strict=True)
        for _ in range(count)
    ]


def test_lines_with_two_hidden_cells_each_are_solved_together() -> None:
    cells = dict(zip(product(ROLES, THEMES), (n for row in COUNTS for n in row), strict=True))
    for one, other in ((ROLES, THEMES), (THEMES, ROLES)):
        for line in one:
            hidden = [c for pair, c in cells.items() if line in pair and c < K]
            assert len(hidden) >= 2, (line, other)
    said = naive.two_way(facts(), YEAR, ("rol", ROLES), ("thema", THEMES))
    found = crossings(said, YEAR, ("rol", ROLES), ("thema", THEMES))
    assert set(found[BRIDGE]) == {cells[BRIDGE]}
    report = kit.ours(facts(), codes={"rol": ROLES, "thema": THEMES})
    assert report.level is Level.EENRIJ
    mine = crossings(report.statements, YEAR, ("rol", ROLES), ("thema", THEMES))
    for pair, count in cells.items():
        if count < K:
            assert len(mine[pair]) > 3
            assert min(mine[pair]) == 0
