"""Attack 23: bounds that hold for whole numbers only, and that a linear program does not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.attacks.attackers import Solving, said
from tests.reporting.disclosure.registry import YEAR
from vpdesk.reporting.disclosure.audit import Promise, audit
from vpdesk.reporting.disclosure.solver import Solver

if TYPE_CHECKING:
    from vpdesk.domain.statements import Statement

K = 3
CODES = {"rol": ("a", "b", "c", "d", "e", "f", "rest")}


def triangle(one: str, two: str, three: str) -> list[Statement]:
    """Of each two of the three at most one case: with fractions a half each, in whole numbers one in all."""
    return [said(YEAR, 0, 1, rol=frozenset(pair)) for pair in ((one, two), (two, three), (one, three))]


SAID = [said(YEAR, K), *triangle("a", "b", "c"), *triangle("d", "e", "f")]


def test_a_linear_program_passes_what_whole_numbers_tell() -> None:
    # Three cases; both triangles hold one each at most, so at least one case is in the rest.
    linear = Solving(SAID, CODES, whole=False)
    assert set(linear.values(YEAR, rol="rest")) == {0, 1, 2, 3}  # an audit by linear programs sees nothing wrong
    assert set(Solving(SAID, CODES).values(YEAR, rol="rest")) == {1, 2, 3}
    with Solver() as solver:
        lost = audit(SAID, (), Promise(K, CODES), solver)
    assert ("rest", 0) in {(missing.code, missing.value) for missing in lost}


def test_the_same_numbers_without_the_triangles_pass() -> None:
    with Solver() as solver:
        lost = audit([said(YEAR, K)], (), Promise(K, CODES), solver)
    assert lost == frozenset()
