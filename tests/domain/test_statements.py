"""Statements, boxes and the facts that they count."""

from __future__ import annotations

from datetime import date

import pytest

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Box, CaseFacts, Of, Statement, dated, undated

DAY = date(2025, 12, 31)
FACTS = CaseFacts(
    opened=date(2025, 3, 4),
    codes={"thema": "pesten", "rol": "melder"},
    phases={DAY: "nafase"},
    outcomes={DAY: "loopt nog"},
)


def test_equal_boxes_are_equal_however_they_were_made() -> None:
    made = Box.of(thema="pesten", rol=frozenset({"melder", "getuige"}))
    assert made == Box.where_({"rol": frozenset({"getuige", "melder"}), "thema": frozenset({"pesten"})})
    assert made.where == (("rol", ("getuige", "melder")), ("thema", ("pesten",)))


@pytest.mark.parametrize(
    "where",
    [
        (("thema", ("pesten",)), ("rol", ("melder",))),
        (("rol", ("melder",)), ("rol", ("getuige",))),
        (("rol", ("melder", "getuige")),),
        (("rol", ("melder", "melder")),),
    ],
)
def test_a_box_in_disorder_is_refused(where: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    with pytest.raises(InvalidValueError):
        Box(where)


@pytest.mark.parametrize(("low", "high"), [(-1, 3), (4, 3)])
def test_a_statement_without_sense_is_refused(low: int, high: int) -> None:
    with pytest.raises(InvalidValueError):
        Statement(Of.CASES, Box(), Period.year(2025), low, high)


def test_a_statement_is_exact_when_its_bounds_are_equal() -> None:
    assert Statement(Of.CASES, Box(), Period.year(2025), 5, 5).exact
    assert not Statement(Of.CASES, Box(), Period.year(2025), 5, 9).exact


def test_facts_lie_in_a_box_when_every_dimension_does() -> None:
    phase, outcome = dated("fase", DAY), dated("afloop", DAY)
    assert (undated(phase), undated("rol")) == ("fase", "rol")
    assert (FACTS.code(phase), FACTS.code(outcome), FACTS.code("rol")) == ("nafase", "loopt nog", "melder")
    assert FACTS.lies_in(Box())
    assert FACTS.lies_in(Box.where_({"thema": "pesten", phase: frozenset({"nafase", "voorfase"})}))
    assert not FACTS.lies_in(Box.where_({"thema": "pesten", outcome: "onbekend"}))
