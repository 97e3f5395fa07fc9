"""The audit: planted leaks are found, and whatever goes wrong with the solver stops the report."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
from datetime import date
from pathlib import Path
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
from vpdesk.domain.errors import CancelledError, ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure import child, solver
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


def answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setattr(sys, "stdin", iter([json.dumps({"blocks": [BLOCK], "nodes": 10}) + "\n"]))
    assert child.main() == 0
    return capsys.readouterr().out


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


def test_a_missing_solver_stops_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "highspy.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{Path.cwd()}")
    with Solver() as running:
        refused(running)


@pytest.mark.parametrize(
    "command",
    [
        ["/nowhere/at/all"],
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "input(); print('no json')"],
        [sys.executable, "-c", "input(); print('[]')"],
        [sys.executable, "-c", "input(); print('{\"worlds\": 3}')"],
        [sys.executable, "-c", "input(); print('{\"worlds\": []}')"],
        [sys.executable, "-c", "input(); print('{\"worlds\": [3]}')"],
        [sys.executable, "-c", "input(); print('{\"worlds\": [[[21]]]}')"],
        [sys.executable, "-c", "input(); print('{\"worlds\": [[[20.0]]]}')"],
        [sys.executable, "-c", 'input(); print(\'{"error": "unclear"}\')'],
    ],
    ids=["absent", "dies", "babbles", "list", "number", "short", "nonsense", "broken world", "not whole", "unclear"],
)
def test_a_child_that_fails_stops_the_report(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "command", lambda: command)
    with Solver() as running:
        refused(running)


def test_a_killed_child_stops_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    with Solver(cancelled=lambda: bool(killed) or kill()) as running:
        killed: list[int] = []

        def kill() -> bool:
            if running.pid is not None:
                os.kill(running.pid, signal.SIGKILL)
            return False

        refused(running)


def test_a_child_that_claims_less_than_it_should_only_makes_the_report_say_less(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Solver, "worlds", lambda _self, blocks: [[[20, 9, 3, 4, 4]] for _ in blocks])
    reader_said = table("rol", YEAR, "getuige,betrokkene,onbekend", melder=9, getuige=3, betrokkene=4, onbekend=4)
    with Solver() as running, pytest.raises(ReportRefusedError):
        audit([total(YEAR, 20), *reader_said], (), Promise(5, SMALL), running)


def test_cancel_ends_the_child_and_writes_nothing() -> None:
    asked = threading.Event()
    with Solver(cancelled=asked.is_set) as running:
        asked.set()
        with pytest.raises(CancelledError, match="Er is niets geëxporteerd"):
            audit([total(YEAR, 20)], (), Promise(5, SMALL), running)
        assert running.pid is None


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []
    script = "input(); print('{\"progress\": 0.5}'); print('{\"worlds\": [[]]}')"
    monkeypatch.setattr(solver, "command", lambda: [sys.executable, "-c", script])
    with Solver(progress=seen.append) as running:
        assert running.worlds([{"wants": []}]) == [[]]
    assert seen == [0.5]


def test_a_frozen_program_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert solver.command() == [sys.executable, child.FLAG]
    assert solver.FLAG == child.FLAG


def test_an_unclear_status_of_the_solver_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unclear(*_: object) -> None:
        raise child._Unclear

    monkeypatch.setattr(child._Solver, "world", unclear)
    assert answers(monkeypatch, capsys) == '{"error": "unclear"}\n'


@pytest.mark.parametrize("status", ["kTimeLimit", "kSolveError", "kNotset", "kInterrupt"])
def test_any_status_but_a_solution_or_none_is_unclear(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = child._Solver(BLOCK, (), 10)
    monkeypatch.setattr(asked, "linear", Pretender(asked.linear, asked.kinds.kNotset))
    monkeypatch.setattr(asked, "whole", Pretender(asked.whole, getattr(asked.kinds, status)))
    with pytest.raises(child._Unclear):
        asked.world({0: 5}, random.Random(1))  # noqa: S311 - variety, no secret


def test_a_fraction_is_unclear(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = child._Solver(BLOCK, (), 10)
    for name in ("linear", "whole"):
        monkeypatch.setattr(asked, name, Pretender(getattr(asked, name), asked.kinds.kOptimal, 4.5))
    with pytest.raises(child._Unclear):
        asked.world({0: 5}, random.Random(1))  # noqa: S311 - variety, no secret


def test_the_child_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert answers(monkeypatch, capsys) == '{"worlds": [[[5]]]}\n'


def test_a_publication_entered_by_hand_over_three_dimensions_can_not_be_audited() -> None:
    crossing = Statement(Of.CASES, Box.of(rol="melder", thema="pesten", relatie="collega"), HALF, 6, 6)
    by_hand: Publication = frozen((crossing,), (), HALF)
    with pytest.raises(ReportRefusedError, match="niet kan narekenen"):
        report(drawn(40, 1), YEAR, (by_hand,))
