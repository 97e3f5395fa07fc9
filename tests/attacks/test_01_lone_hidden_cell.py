"""Attack 1: a lone hidden cell in a line is the total less the others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, Solving, fitting, seen
from tests.reporting.disclosure.registry import YEAR

others = st.lists(st.integers(K, 9), min_size=4, max_size=4)


@settings(max_examples=15)
@given(lone=st.integers(0, K - 1), others=others)
def test_the_total_less_the_others(lone: int, others: list[int]) -> None:
    table = dict(zip(kit.ROLES, [lone, *others], strict=True))
    facts = kit.cases(table)
    codes = {"rol": kit.ROLES}
    assert set(Solving(naive.report(facts, YEAR, codes), codes).values(YEAR, rol="melder")) == {lone}
    said = kit.ours(facts).statements
    assert set(Solving(said, codes).values(YEAR, rol="melder")) >= OPEN
    assert seen(fitting(kit.ROLES, said), "melder") >= OPEN
