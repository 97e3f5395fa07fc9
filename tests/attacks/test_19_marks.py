"""Attack 19: marks, footnotes and widths that tell a small number from one that was hidden beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.attacks import files, kit, naive
from tests.attacks.attackers import OPEN, K, fitting, said, seen, side_by_side, small_cells
from tests.reporting.disclosure.registry import YEAR

if TYPE_CHECKING:
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.statements import ProtectedReport

TABLE = dict(zip(kit.ROLES, (9, 8, 6, 4, 12), strict=True))


def test_a_mark_for_small_and_another_for_hidden_beside_it() -> None:
    # "<5" for naaste, "x" for collega, 10 together: collega is 6 or more, and naaste 1 to 4.
    printed = naive.printed("rol", YEAR, TABLE, frozenset({"collega", "naaste"}))
    worlds = fitting(kit.ROLES, printed)
    assert seen(worlds, "naaste") >= OPEN
    marked = [world for world in worlds if world["naaste"] < K <= world["collega"]]
    assert seen(marked, "naaste") == {0, 1, 2, 3, 4}
    assert seen(marked, "collega") == {6, 7, 8, 9, 10}
    # Of a sum just over the threshold less is left: naaste is 2 at most.
    tight = naive.printed("rol", YEAR, {**TABLE, "collega": 5, "naaste": 2}, frozenset({"collega", "naaste"}))
    assert seen((w for w in fitting(kit.ROLES, tight) if w["naaste"] < K <= w["collega"]), "naaste") == {0, 1, 2}


def test_ours_is_the_same_file_when_small_and_hidden_change_places() -> None:
    facts, swapped = (
        kit.cases({**TABLE, "collega": collega, "naaste": naaste}) for collega, naaste in ((6, 4), (4, 6))
    )
    report = under_an_order_that_hides({"collega", "naaste"}, facts)
    assert under_an_order_that_hides({"collega", "naaste"}, swapped) == report
    first = kit.file_of(report)
    assert kit.file_of(under_an_order_that_hides({"collega", "naaste"}, swapped)) == first
    dashes = [line for line in files.everything(first).splitlines() if line.strip() in {"–", "-", "x", "<5", "*"}]
    assert set(dashes) <= {"–"}


def under_an_order_that_hides(codes: set[str], facts: list[CaseFacts]) -> ProtectedReport:
    """Return vpdesk's report under a draw in which just these stand first."""
    for order, key in kit.keys(kit.ROLES).items():
        if set(order[:2]) == codes:
            return kit.ours(facts, key=key)
    raise AssertionError("a draw gives every order")


def measured_widths(content: bytes) -> dict[str, float]:
    """Return the width of the box beside each row name."""
    words, bars = files.drawn(content)
    return {
        w.text.split()[0]: min(b.width for b in bars if b.beside(w)) for w in words if any(b.beside(w) for b in bars)
    }


@pytest.mark.parametrize(("small", "large"), [(4, 14), (2, 11)])
def test_boxes_as_wide_as_the_number_that_is_not_there(small: int, large: int) -> None:
    table = {**TABLE, "collega": large, "naaste": small}
    found = measured_widths(naive.fitted_table(table, frozenset({"collega", "naaste"})))
    assert found["collega"] > found["naaste"]
    printed = naive.printed("rol", YEAR, table, frozenset({"collega", "naaste"}))
    two_digits = [w for w in fitting(kit.ROLES, printed) if (w["collega"] > 9) > (w["naaste"] > 9)]
    assert not seen(two_digits, "naaste") >= {*range(small + large + 1)}
    assert max(seen(two_digits, "naaste")) == small + large - 10
    facts, swapped = (kit.cases(t) for t in (table, {**table, "collega": small, "naaste": large}))
    ours = [kit.file_of(under_an_order_that_hides({"collega", "naaste"}, some)) for some in (facts, swapped)]
    assert files.drawn(ours[0]) == files.drawn(ours[1])
    assert ours[0] == ours[1]


def test_a_two_way_table_with_another_mark_for_what_hides_beside_the_small_ones() -> None:
    facts = kit.square()
    small = small_cells(facts, kit.SIDES)
    key, other = kit.crossed_twin(facts)
    report, table = kit.crossed(facts, key=key)
    hidden = [
        (row, column)
        for row, cells in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, cells, strict=True)
        if value is None
    ]
    assert set(hidden) > set(small)
    marked = [
        said(YEAR, 0 if cell in small else K, K - 1 if cell in small else len(facts), rol=cell[0], relatie=cell[1])
        for cell in hidden
    ]
    told = side_by_side([*report.statements, *marked], kit.SIDES, YEAR)
    assert any(not set(told[cell]) >= {*range(K)} for cell in small)  # a part of what is below the threshold is gone
    assert all(set(side_by_side(report.statements, kit.SIDES, YEAR)[cell]) >= OPEN for cell in small)
    assert small_cells(other, kit.SIDES) != small
    assert kit.file_of(kit.crossed(other, key=key)[0]) == kit.file_of(report)
