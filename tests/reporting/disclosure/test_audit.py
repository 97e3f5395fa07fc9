"""The audit: planted leaks are found, and whatever goes wrong with the solver stops the report."""

from __future__ import annotations

import random
import sys
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.reporting.disclosure.registry import (
    DIMENSIONS,
    HALF,
    QUARTER,
    SECOND_HALF,
    SECOND_QUARTER,
    YEAR,
    drawn,
    frozen,
    naive,
    report,
)
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure import search
from vpdesk.reporting.disclosure.audit import Missing, Promise, audit
from vpdesk.reporting.disclosure.protect import line_statements
from vpdesk.reporting.disclosure.solver import Solver

if TYPE_CHECKING:
    from vpdesk.domain.publications import Publication

ROLES = ("melder", "getuige", "betrokkene", "onbekend")
SMALL = {"rol": ROLES, "thema": DIMENSIONS["thema"], "werkgebied": DIMENSIONS["werkgebied"]} | {
    name: DIMENSIONS[name] for name in ("fase", "afloop")
}


BLOCK: dict[str, Any] = {
    "n": 1, "low": [5], "high": [5], "rows": [[[0], [], 5, 5]], "wants": [[[0], [5], False, ""]], "lines": [], "forced": [],
}  # fmt: skip


class Pretender:
    """HiGHS, but for the end it says it came to."""

    def __init__(self, real: Any, status: object, value: float = 5.0) -> None:
        self.real, self.status, self.value = real, status, value

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def getModelStatus(self) -> object:  # noqa: N802 - its name in HiGHS
        return self.status

    def getSolution(self) -> Any:  # noqa: N802 - its name in HiGHS
        return SimpleNamespace(col_value=[self.value])


def total(period: Period, count: int, most: int | None = None) -> Statement:
    return Statement(Of.CASES, Box(), period, count, count if most is None else most)


def table(dimension: str, period: Period, hidden: str = "", **counts: int) -> list[Statement]:
    named = {code.replace("_", " "): n for code, n in counts.items()}
    return line_statements(dimension, period, named, frozenset(hidden.replace("_", " ").split(",")) & named.keys())


def gained(*statements: Statement, dimensions: dict[str, tuple[str, ...]] = SMALL) -> frozenset[Missing]:
    with Solver() as running:
        return audit(statements, (), Promise(5, dimensions), running)


def names(lost: frozenset[Missing]) -> set[tuple[str, str]]:
    return {(m.dimension, m.code) for m in lost}


def test_a_protected_table_gives_nothing() -> None:
    said = table("rol", YEAR, "getuige,betrokkene,onbekend", melder=11, getuige=2, betrokkene=5, onbekend=0)
    assert gained(total(YEAR, 18), *said) == frozenset()


def test_a_lone_hidden_cell_is_found() -> None:
    said = table("rol", YEAR, "getuige", melder=9, getuige=2, betrokkene=7, onbekend=6)
    assert ("rol", "getuige") in names(gained(total(YEAR, 24), *said))


def test_a_hidden_sum_that_is_too_small_is_found() -> None:
    said = table("rol", YEAR, "getuige,onbekend", melder=9, getuige=2, betrokkene=7, onbekend=1)
    assert {("rol", "getuige"), ("rol", "onbekend")} <= names(gained(total(YEAR, 19), *said))


def test_a_published_zero_is_found() -> None:
    said = table("rol", YEAR, melder=9, getuige=0, betrokkene=7, onbekend=6)
    assert ("rol", "getuige") in names(gained(total(YEAR, 22), *said))


@pytest.mark.parametrize("second", [0, 1, 4])
def test_a_half_year_and_a_year_that_leave_a_small_second_half_are_found(second: int) -> None:
    lost = gained(total(HALF, 12), total(YEAR, 12 + second))
    assert {m.when for m in lost} == {(SECOND_HALF,)}


def test_a_half_year_and_a_year_with_enough_in_both_halves_pass() -> None:
    assert gained(total(HALF, 12), total(YEAR, 17)) == frozenset()


def test_two_quarters_and_a_half_year_are_subtracted_together() -> None:
    late = Period(date(2025, 7, 1), date(2025, 12, 31))
    lost = gained(total(QUARTER, 8), total(SECOND_QUARTER, 9), total(YEAR, 19))
    assert {m.when for m in lost} == {(late,)}


def test_hidden_sums_of_half_and_year_that_pin_the_second_half_are_found() -> None:
    half = table("rol", HALF, "getuige,onbekend", melder=9, getuige=4, betrokkene=8, onbekend=4)
    year = table("rol", YEAR, "getuige,onbekend", melder=20, getuige=5, betrokkene=19, onbekend=4)
    lost = gained(total(HALF, 25), *half, total(YEAR, 48), *year)
    assert ("rol", "getuige") in names(lost)
    assert all(m.when == (SECOND_HALF,) for m in lost)


def test_margins_tied_by_definition_are_found() -> None:
    # Themes of omgangsvormen sum to 36 and that field to 34: at least two cases lie in a hidden field.
    themes = table("thema", YEAR, "fraude,arbeidsconflict", pesten=18, intimidatie=18, fraude=9, arbeidsconflict=9)
    hidden = "beide,buiten werkterrein,onbekend"
    fields = table(
        "werkgebied",
        YEAR,
        hidden,
        ongewenste_omgangsvormen=34,
        integriteit=9,
        beide=4,
        buiten_werkterrein=7,
        onbekend=0,
    )
    codes = {"thema": ("pesten", "intimidatie", "fraude", "arbeidsconflict"), "werkgebied": SMALL["werkgebied"]}
    assert gained(total(YEAR, 54), *themes, dimensions=codes) == frozenset()
    assert gained(total(YEAR, 54), *fields, dimensions=codes) == frozenset()
    assert ("werkgebied", "beide") in names(gained(total(YEAR, 54), *themes, *fields, dimensions=codes))


def test_phases_that_never_go_back_are_found() -> None:
    # Ten cases of the half year were past the first phase; the year says that twelve are, so two are new.
    half = table("fase@2025-06-30", HALF, voorfase=15, meldingsfase=5, nafase=5)
    year = table("fase@2025-12-31", YEAR, voorfase=28, meldingsfase=5, nafase=7)
    lost = gained(
        total(HALF, 25),
        *half,
        total(YEAR, 40),
        *year,
        dimensions={**SMALL, "fase": ("voorfase", "meldingsfase", "nafase")},
    )
    assert ("fase@2025-12-31", "nafase") in names(lost)


def test_an_outcome_that_needs_a_report_bounds_the_phases() -> None:
    # Seven reports among eight cases past the first phase leave room for one case more in any outcome there.
    phases = table("fase@2025-12-31", YEAR, voorfase=18, meldingsfase=8)
    outcomes = table(
        "afloop@2025-12-31",
        YEAR,
        "melding gedaan,loopt nog",
        **{"melding gedaan": 4, "loopt nog": 15, "gedrag gestopt": 7},
    )
    codes = {"fase": ("voorfase", "meldingsfase"), "afloop": ("melding gedaan", "loopt nog", "gedrag gestopt")}
    few = [s for s in phases if s.minimum] + outcomes
    assert gained(total(YEAR, 26), *outcomes, dimensions=codes) == frozenset()
    assert gained(total(YEAR, 26), *few, dimensions=codes) == frozenset()
    fewer = table("fase@2025-12-31", YEAR, voorfase=22, meldingsfase=4)
    assert ("afloop@2025-12-31", "melding gedaan") in names(
        gained(total(YEAR, 26), *fewer, *outcomes, dimensions=codes)
    )


def test_case_data_that_breaks_the_definitions_is_read_without_them() -> None:
    outcomes = table("afloop@2025-12-31", YEAR, melding_gedaan=12, loopt_nog=9)
    phases = table(
        "fase@2025-12-31", YEAR, "meldingsfase,nafase,onbekend", voorfase=14, meldingsfase=3, nafase=4, onbekend=0
    )
    codes = {"fase": DIMENSIONS["fase"], "afloop": ("melding gedaan", "loopt nog")}
    assert gained(total(YEAR, 21), *outcomes, *phases, dimensions=codes) == frozenset()


def test_statements_that_contradict_each_other_never_pass() -> None:
    assert gained(total(HALF, 20), total(YEAR, 12)) == {Missing("", "", (), 0, by_draw=False)}
    said = table("rol", YEAR, melder=9, getuige=9)
    assert names(gained(total(YEAR, 12), *said)) == {("rol", "")}


def test_an_interval_is_a_statement_too() -> None:
    assert gained(total(HALF, 12), total(YEAR, 10, 20)) == frozenset()
    assert gained(total(HALF, 12), total(YEAR, 10, 15)) != frozenset()


@pytest.mark.parametrize("seed", range(3))
def test_the_naive_rule_falls_on_drawn_registries(seed: int) -> None:
    facts = drawn(40, seed)
    said = naive(facts, HALF).statements + naive(facts, YEAR).statements
    assert gained(*said, dimensions=DIMENSIONS)


def test_nothing_published_gives_nothing() -> None:
    assert gained() == frozenset()


def refused(running: Solver) -> None:
    with pytest.raises(ReportRefusedError, match=r"niet klaar gekomen\. Daarom is er niets geëxporteerd"):
        audit([total(YEAR, 20)], (), Promise(5, SMALL), running)


def test_a_missing_solver_stops_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    refused(Solver())


@pytest.mark.parametrize(
    "answer",
    [None, {}, 3, [], [3], [[[21]]], [[[-1]]], [[[20.0]]], [[[True]]]],
    ids=["none", "no list", "number", "short", "nonsense", "broken world", "negative", "not whole", "truth"],
)
def test_an_answer_that_is_none_stops_the_report(answer: object) -> None:
    refused(Solver(propose=lambda *_: answer))


def test_an_answer_that_breaks_a_statement_stops_the_report() -> None:
    reader_said = table("rol", YEAR, "getuige,betrokkene,onbekend", melder=9, getuige=3, betrokkene=4, onbekend=4)
    running = Solver(propose=lambda blocks, *_: [[[20, 9, 3, 4, 4]] for _ in blocks])  # the order is another
    with pytest.raises(ReportRefusedError):
        audit([total(YEAR, 20), *reader_said], (), Promise(5, SMALL), running)


def test_progress_is_told_to_the_end_of_each_question() -> None:
    told: list[float] = []
    block = {**BLOCK, "low": [0], "high": [9], "rows": [], "wants": [[[0], [0, 5, 9], False, ""]]}
    assert search.propose([block, block], 10, told.append) == [[[0], [5], [9]]] * 2
    assert told == [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1]


def test_an_unclear_status_of_the_solver_stops_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def unclear(*_: object) -> None:
        raise search.UnclearError

    monkeypatch.setattr(search._Solver, "world", unclear)
    refused(Solver())


def test_what_was_found_is_forgotten_at_the_end() -> None:
    with Solver() as running:
        audit([total(YEAR, 20, 90)], (), Promise(5, SMALL), running)
        audit(
            [total(YEAR, 20), *table("rol", YEAR, "getuige,onbekend", melder=13, getuige=2, betrokkene=0, onbekend=5)],
            (),
            Promise(5, SMALL),
            running,
        )
        assert running.pool
        assert running.settled
    assert not running.pool
    assert not running.settled


@pytest.mark.parametrize("status", ["kTimeLimit", "kSolveError", "kNotset", "kInterrupt"])
def test_any_status_but_a_solution_or_none_is_unclear(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = search._Solver(BLOCK, (), 10)
    monkeypatch.setattr(asked, "linear", Pretender(asked.linear, asked.kinds.kNotset))
    monkeypatch.setattr(asked, "whole", Pretender(asked.whole, getattr(asked.kinds, status)))
    with pytest.raises(search.UnclearError):
        asked.world({0: 5}, random.Random(1))  # noqa: S311 - variety, no secret


def test_a_fraction_is_unclear(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = search._Solver(BLOCK, (), 10)
    for name in ("linear", "whole"):
        monkeypatch.setattr(asked, name, Pretender(getattr(asked, name), asked.kinds.kOptimal, 4.5))
    with pytest.raises(search.UnclearError):
        asked.world({0: 5}, random.Random(1))  # noqa: S311 - variety, no secret


def test_a_value_that_can_be_is_answered_with_a_world() -> None:
    assert search.propose([BLOCK], 10, print) == [[[5]]]


def test_a_publication_entered_by_hand_over_three_dimensions_can_not_be_audited() -> None:
    crossing = Statement(Of.CASES, Box.of(rol="melder", thema="pesten", relatie="collega"), HALF, 6, 6)
    by_hand: Publication = frozen((crossing,), (), HALF)
    with pytest.raises(ReportRefusedError, match="niet kan narekenen"):
        report(drawn(40, 1), YEAR, (by_hand,))
