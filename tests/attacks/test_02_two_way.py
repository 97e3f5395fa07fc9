"""Attack 2: two hidden cells or more in each line of a two-way table, and still solvable."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, crossings
from tests.reporting.disclosure.registry import YEAR, case
from vpdesk.domain.report_choices import ReportChoices
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
