"""Attack 18: a reader who knows the method runs it over all worlds that fit, and keeps those that give this report."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attacks import kit, naive
from tests.attacks.attackers import K, fitting, replayed, seen
from tests.attacks.worlds import CODES, Reporting
from tests.reporting.disclosure.registry import YEAR

TABLE = dict(zip(kit.ROLES, (3, 5, 6, 14, 12), strict=True))


def test_hiding_the_smallest_next_tells_how_small() -> None:
    hidden = naive.small_and_a_second(TABLE)
    assert hidden == {"melder", "getuige"}
    said = naive.printed("rol", YEAR, TABLE, hidden)
    worlds = fitting(kit.ROLES, said)
    assert seen(worlds, "melder") >= {*range(K + 1)}  # by arithmetic nothing is told
    # Had melder been 0 or 1, getuige would be 8 or 7, and collega, with its 6, would have been hidden instead.
    assert seen(replayed(worlds, hidden, naive.small_and_a_second), "melder") & {*range(K)} == {2, 3, 4}


def test_a_drawn_order_tells_nothing() -> None:
    report = kit.ours(kit.cases(TABLE))
    worlds = fitting(kit.ROLES, report.statements)
    for code in report.pattern[0].codes:
        assert kit.could_be(worlds, report, code) >= {*range(K)}


def test_a_draw_with_a_key_that_is_known_would_tell() -> None:
    # Why the key stays in the vault: under one known order not every small value gives this report.
    key = kit.keys(kit.ROLES)["getuige", "collega", "naaste", "onbekend", "melder"]
    facts = kit.cases(dict(zip(kit.ROLES, (4, 5, 6, 14, 12), strict=True)))
    report = kit.ours(facts, key=key)
    assert set(report.pattern[0].codes) == {"melder", "getuige"}
    worlds = [w for w in fitting(kit.ROLES, report.statements) if kit.ours(kit.cases(w), key=key) == report]
    unknown = {w["getuige"] for w in worlds} & {*range(K)}
    assert unknown < {*range(K)}
    assert kit.could_be(fitting(kit.ROLES, report.statements), report, "getuige") >= {*range(K)}


REPORTING = Reporting(2)
few = st.tuples(*[st.integers(0, 3)] * len(CODES))


@settings(max_examples=25)
@given(world=st.tuples(few, few), order=st.integers(0, len(REPORTING.keys) - 1))
def test_half_year_and_year_by_brute_force_over_all_worlds_and_orders(
    world: tuple[tuple[int, ...], tuple[int, ...]], order: int
) -> None:
    # Whole reports, made anew for each world: what is out, what was left out, and the way down.
    key = REPORTING.keys[order]
    half, year = REPORTING.both(world, key)
    if half is None or year is None or not half.tables:
        return  # what is left out: test_08 and the series below
    assert REPORTING.excluded(world, key) == []


FOUR = ("melder", "getuige", "naaste", "onbekend")


@pytest.mark.parametrize(
    ("k", "world"),
    [
        # Were onbekend 0 in the second half, it would be 2 in the first: nothing there would be small, nor hidden.
        (2, ((3, 3, 2, 1), (4, 3, 2, 1))),
        (2, ((1, 2, 4, 2), (1, 4, 2, 1))),
        (2, ((1, 3, 2, 3), (1, 4, 3, 2))),
        pytest.param(3, ((3, 2, 4, 6), (3, 1, 6, 7)), marks=pytest.mark.long),
        pytest.param(3, ((3, 7, 2, 7), (3, 0, 2, 4)), marks=pytest.mark.long),
    ],
)
def test_what_is_left_of_a_printed_year_is_open_to_whoever_replays_the_half_year(
    k: int, world: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    reporting = Reporting(k, FOUR)
    halves = [reporting.both(world, key)[0] for key in reporting.keys]
    assert any(half and half.pattern for half in halves)
    assert [found for key in reporting.keys for found in reporting.excluded(world, key)] == []


@pytest.mark.long
@pytest.mark.parametrize(("k", "most"), [(2, 7), (3, 6)])
def test_every_half_year_and_year_of_a_few_cases(k: int, most: int) -> None:
    assert Reporting(k).narrowed(most) == []
