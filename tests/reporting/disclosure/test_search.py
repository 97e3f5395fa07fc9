"""The search for worlds: what it finds, what it says when it can't, and what a report becomes when it finds too little."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest

from tests.reporting.disclosure.registry import (
    CLIENT,
    DIMENSIONS,
    HALF,
    KEY,
    YEAR,
    answered_here,
    case,
    drawn,
    report,
)
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.disclosure import search
from vpdesk.reporting.disclosure.audit import Missing, Promise, audit
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.statements import protect_and_audit

Block = dict[str, Any]


def test_a_search_without_highs_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    block = {"n": 1, "low": [5], "high": [5], "rows": [], "wants": [[[0], [5], False, ""]], "lines": [], "forced": []}
    with pytest.raises(ImportError):
        search.propose([block], 1, print)


def test_a_block_that_asks_nothing_is_answered_with_nothing() -> None:
    assert search.propose([], 1, print) == []
    assert search.propose([{"wants": []}], 1, print) == [[]]


def test_a_corner_that_is_not_whole_is_asked_again_in_whole_numbers() -> None:
    # x + y, y + z and x + z are 3 each: the one corner is 1.5, and no whole world exists.
    rows = [[[0, 1], [], 3, 3], [[1, 2], [], 3, 3], [[0, 2], [], 3, 3]]
    block = {
        "n": 3,
        "low": [0] * 3,
        "high": [9] * 3,
        "rows": rows,
        "wants": [[[], [0], False, ""]],
        "lines": [],
        "forced": [],
    }
    assert search.propose([block], 1000, print) == [[]]


@pytest.mark.parametrize(("least", "reached"), [(0, {0, 4}), (3, set())])
def test_a_number_reaches_as_far_as_whole_numbers_go(least: int, reached: set[int]) -> None:
    # x + y, y + z and x + z are 3 each at most: the outermost corner has 1.5 three times, and 4 of them are whole.
    rows = [[list(pair), [], least, 3] for pair in ((0, 1), (1, 2), (0, 2))]
    block = {
        "n": 3, "low": [0] * 3, "high": [9] * 3, "rows": rows, "wants": [[[0, 1, 2], [0, 9], False, ""]],
        "lines": [], "forced": [], "outermost": True,
    }  # fmt: skip
    told: list[float] = []
    (worlds,) = search.propose([block], 1000, told.append)
    assert {sum(world) for world in worlds[1:]} == reached
    assert told == ([1.0] if reached else [])


def test_a_child_that_finds_too_little_makes_the_report_say_less(monkeypatch: pytest.MonkeyPatch) -> None:
    def lazy(solver: Solver, blocks: list[Block]) -> list[list[list[int]]]:
        return [worlds[:1] for worlds in answered_here(solver, blocks)]

    facts = drawn(90, 9)
    full = report(facts, YEAR)
    monkeypatch.setattr(Solver, "worlds", lazy)
    assert len(report(facts, YEAR).tables) < len(full.tables)


def test_a_number_that_is_not_small_may_become_known_in_part_but_a_small_one_may_not() -> None:
    codes = {"rol": ("melder", "getuige", "onbekend")}
    said = [
        Statement(Of.CASES, Box(), YEAR, 30, 30),
        Statement(Of.CASES, Box(), HALF, 18, 18),
        Statement(Of.CASES, Box.of(rol="melder"), YEAR, 15, 15),
    ]
    with Solver() as solver:  # at least 3 of the first half are melders
        large = Promise(5, codes, lambda dimension, code, _: 8 if (dimension, code) == ("rol", "melder") else 3)
        small = replace(large, truth=lambda *_: 4)
        assert audit(said, (), large, solver) == frozenset()
        lost = audit(said, (), small, solver)
        assert {(m.dimension, m.code, m.when) for m in lost} == {("rol", "melder", (HALF,))}
        assert audit(said, (), replace(large, truth=None), solver) == lost
        assert audit(said, (), replace(small, before=said[:2]), solver) == lost
        assert audit(said, (), replace(small, before=said), solver) == frozenset()  # it was out already
        unknown = replace(large, truth=lambda *_: None)
        assert audit(said, (), unknown, solver) == lost
        assert all(isinstance(m, Missing) for m in lost)


def test_a_reporting_year_that_starts_in_september_shares_its_draw() -> None:
    facts = [case(fact.opened, rol=fact.codes["rol"]) for fact in drawn(60, 3)]
    said = [
        protect_and_audit(
            facts=facts, client=CLIENT, period=HALF, audience=Audience.WERKGEVER, threshold=5, dimensions=DIMENSIONS,
            earlier=(), draw_key=KEY, wanted=("rol",), year_starts_in=start,
        )
        for start in (1, 9)
    ]  # fmt: skip
    assert said[0].total == said[1].total
