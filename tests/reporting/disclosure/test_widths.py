"""How wide a crossing must lie: three, or what is left of it, and at most a quarter of a group for certain."""

from __future__ import annotations

from vpdesk.reporting.disclosure.audit import cell_values
from vpdesk.reporting.disclosure.block import UNBOUNDED
from vpdesk.reporting.disclosure.widths import Width

FREE = Width(0, UNBOUNDED, UNBOUNDED, UNBOUNDED)


def test_three_apart_is_enough_and_two_is_not() -> None:
    assert FREE.kept(4, 7)
    assert not FREE.kept(4, 6)
    assert FREE.kept_by([6, 4, 7])
    assert not FREE.kept_by([])


def test_inside_a_smaller_number_all_of_it_is_enough() -> None:
    assert Width(0, UNBOUNDED, 2, UNBOUNDED).kept(0, 2)
    assert not Width(0, UNBOUNDED, 2, UNBOUNDED).kept(0, 1)


def test_what_was_narrow_before_may_stay_as_narrow_and_no_narrower() -> None:
    assert Width(4, 5, UNBOUNDED, UNBOUNDED).kept(4, 5)
    assert not Width(4, 5, UNBOUNDED, UNBOUNDED).kept(5, 5)


def test_a_quarter_of_a_group_may_be_certain_unless_more_was() -> None:
    assert Width(0, UNBOUNDED, UNBOUNDED, 2).kept(2, 9)
    assert not Width(0, UNBOUNDED, UNBOUNDED, 2).kept(3, 9)
    assert Width(3, UNBOUNDED, UNBOUNDED, 2).kept(3, 9)


def test_ends_that_are_reached_are_enough() -> None:
    for width in (FREE, Width(0, UNBOUNDED, 2, 1), Width(4, 5, UNBOUNDED, 3), Width(1, 9, UNBOUNDED, 0)):
        for low, high in ((0, 3), (1, 9), (2, 8), (4, 5)):
            if width.least <= low <= high <= width.most and width.kept(low, high):
                ends = width.ends(low, high)
                assert width.kept(min(ends), max(ends))
                assert low <= min(ends) <= max(ends) <= high
    assert Width(4, 4, UNBOUNDED, 0).ends(4, 4) == (4,)


def test_a_cell_of_a_printed_table_keeps_each_value_up_to_the_threshold_and_the_margin() -> None:
    assert cell_values(0, UNBOUNDED, 5, 7) == (0, 1, 2, 3, 4, 5, 7)
    assert cell_values(0, UNBOUNDED, 5, 6) == (0, 1, 2, 3, 4, 5, 6)
    assert cell_values(0, UNBOUNDED, 5, 3) == (0, 1, 2, 3)
    assert cell_values(2, 4, 5, 7) == (2, 3, 4)
