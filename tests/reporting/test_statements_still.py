"""Readers who take it that phases and outcomes did not change between the days of two reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.oracle import K, Oracle
from tests.reporting.disclosure.registry import (
    DAYS,
    DIMENSIONS,
    HALF,
    SECOND_HALF,
    YEAR,
    case,
    drawn,
    naive,
    published,
    report,
)
from vpdesk.domain.statements import Box, CaseFacts, Of
from vpdesk.reporting.disclosure.protect import plain

if TYPE_CHECKING:
    from vpdesk.domain.publications import Publication

WANTED = ("fase", "afloop")
PERIODS = (HALF, YEAR)
STRETCHES = ((HALF, None), (YEAR, None), (YEAR, HALF))


def imported(cases: int, seed: int) -> list[CaseFacts]:
    """Drawn cases as an import makes them: phase and outcome hold from the opening on."""
    return [
        replace(
            fact,
            phases=dict.fromkeys(DAYS, fact.phases[DAYS[-1]]),
            outcomes=dict.fromkeys(DAYS, fact.outcomes[DAYS[-1]]),
        )
        for fact in drawn(cases, seed)
    ]


def told(facts: list[CaseFacts], publications: list[Publication]) -> list[str]:
    """Small counts that somebody for whom all days are one can narrow down, found cell by cell."""
    said = [s for p in publications for s in p.statements if s.of is Of.CASES]
    found = []
    for name in WANTED:
        own = [s for s in said if all(plain(d) == name for d, _ in s.box.where)]
        as_one = [replace(s, box=Box(tuple((name, codes) for _, codes in s.box.where))) for s in own]
        oracle = Oracle(as_one, [{name: code} for code in DIMENSIONS[name]], PERIODS)
        for period, less in STRETCHES:
            there = [f for f in facts if f.opened in period and (less is None or f.opened not in less)]
            for code in DIMENSIONS[name]:
                truth = sum(fact.code(f"{name}@{YEAR.last}") == code for fact in there)
                reach = oracle.reach_code(period, name, code, less)
                if truth < K and reach is not None and not (reach[0] == 0 and reach[1] >= K):
                    found.append(f"{name} {code} {period.code()} less {less}: {truth} in {reach}")
    return found


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("first", [HALF, YEAR])
def test_nothing_small_is_left_when_reports_of_two_days_are_subtracted(seed: int, first: object) -> None:
    facts = imported(90, seed)
    order = (HALF, YEAR) if first is HALF else (YEAR, HALF)
    assert told(facts, [naive(facts, HALF, WANTED), naive(facts, YEAR, WANTED)]), "subtraction finds these"
    out: list[Publication] = []
    for number, period in enumerate(order, start=1):
        said = report(facts, period, tuple(out), wanted=WANTED)
        out.append(published(said, period, number))
    assert told(facts, out) == []
    assert any(dict(table.rows) for p in out[:1] for table in report(facts, p.period, wanted=WANTED).tables)


def test_numbers_that_cannot_have_stood_still_leave_the_tables_as_they_are() -> None:
    first = ("voorfase", "voorfase", "voorfase", "meldingsfase", "nafase")
    early = [case(HALF.first, fase=first[n % 5]) for n in range(100)]
    moved = [replace(f, phases={**f.phases, YEAR.last: "nafase"}) if n < 60 else f for n, f in enumerate(early)]
    late = [case(SECOND_HALF.first, fase=DIMENSIONS["fase"][n % 3]) for n in range(60)]
    half = published(report(moved + late, HALF, wanted=("fase",)), HALF)
    year = report(moved + late, YEAR, (half,), wanted=("fase",))
    assert [plain(table.dimension) for table in year.tables] == ["fase"]
    assert year.left_out == ()
