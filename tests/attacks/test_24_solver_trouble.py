"""Attack 24: a solver that is not there, dies, stops half-way, babbles or lies; safe must not be what is left over."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, Solving, statements_of
from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import DIMENSIONS, HALF, SECOND_HALF, YEAR, answered_here, drawn, published
from vpdesk.domain.errors import CancelledError, ReportRefusedError
from vpdesk.reporting.disclosure import office, wire
from vpdesk.reporting.disclosure.request import Said
from vpdesk.reporting.disclosure.solver import Solver

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import Statement

CODES = {"rol": kit.ROLES}
FACTS = kit.cases(dict(zip(kit.ROLES, (9, 8, 3, 6, 12), strict=True)))
Worlds = list[list[int]]


def careless_audit(statements: list[Statement], solve: Callable[[], range | None]) -> bool:
    """Pass a report unless the solver has shown that a number is known: silence, a fault and a stop are all 'safe'."""
    try:
        values = solve()
    except OSError:
        return True
    return values is None or len(values) != 1 or not statements


def died() -> range | None:
    raise BrokenPipeError


REPORT = wire.encode(Said, Said(report=kit.ours(FACTS), answers="0" * 64)).decode().strip()
SAID = naive.report(FACTS, YEAR, CODES)


@pytest.mark.parametrize("trouble", [died, lambda: None, lambda: range(0)], ids=["dies", "stops", "says nothing fits"])
def test_a_careless_audit_passes_what_its_solver_did_not_settle(trouble: Callable[[], range | None]) -> None:
    reader = Solving(SAID, CODES)
    assert not careless_audit(SAID, lambda: reader.values(YEAR, rol="collega"))
    assert careless_audit(SAID, trouble)
    assert set(reader.values(YEAR, rol="collega")) == {3}


@pytest.mark.parametrize(
    "command",
    [
        ["/nowhere/at/all"],
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "input(); print('no json')"],
        [sys.executable, "-c", "input(); print('{}')"],
        [sys.executable, "-c", f"input(); print({REPORT!r})"],
        [sys.executable, "-c", f"input(); print({REPORT[:-20]!r}, end='')"],
        [sys.executable, "-c", "import os; input(); os.kill(os.getpid(), 9)"],
    ],
    ids=["absent", "dies", "babbles", "says nothing", "answers another", "half a line", "killed"],
)
def test_ours_makes_no_report_without_an_answer(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "command", lambda: command)
    with pytest.raises(ReportRefusedError, match="niets geëxporteerd"):
        kit.of_a_child(FACTS)


def test_ours_makes_no_report_when_the_solver_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "highspy.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{Path.cwd()}")
    with pytest.raises(ReportRefusedError, match="niets geëxporteerd"):
        kit.of_a_child(FACTS)


def test_ours_makes_no_report_when_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    with pytest.raises(CancelledError):
        kit.of_a_child(FACTS, cancelled=lambda: True)


def shifted(worlds: Worlds) -> Worlds:
    """Worlds that are no worlds: a case moved out of what is published."""
    return [[world[0] + 1, *world[1:]] for world in worlds]


def negative(worlds: Worlds) -> Worlds:
    """Worlds with less than nobody."""
    return [[world[0], -1, *world[2:]] for world in worlds]


@pytest.mark.parametrize("lie", [shifted, negative, lambda worlds: [[0.0] * len(w) for w in worlds]])
def test_a_world_that_is_none_stops_ours(lie: Callable[[Worlds], Worlds], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver, "worlds", lambda asked, blocks: [lie(w) for w in answered_here(asked, blocks)])
    with pytest.raises(ReportRefusedError, match="niets geëxporteerd"):
        kit.ours(FACTS)


def omits(kept: Callable[[int], int | None]) -> Callable[[Solver, list[dict[str, Any]]], list[Worlds]]:
    """Return a solver that says of most values that no world exists; `kept` is how many it gives at the n-th question."""
    asked = [0]

    def worlds(running: Solver, blocks: list[dict[str, Any]]) -> list[Worlds]:
        asked[0] += 1
        return [found[: kept(asked[0])] for found in answered_here(running, blocks)]

    return worlds


LIES = {
    "one world a question": lambda _: 1,
    "two worlds a question": lambda _: 2,
    "honest at first": lambda n: None if n < 3 else 1,
    "honest at even questions": lambda n: None if n % 2 == 0 else 1,
    "honest at odd questions": lambda n: None if n % 2 else 1,
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 12))])
def test_a_solver_that_leaves_worlds_out_can_make_ours_say_less_and_no_more(
    lie: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = drawn((30, 60, 90)[seed % 3], seed)
    wanted = {name: DIMENSIONS[name] for name in ("thema", "werkgebied", "rol")}
    publications: list[Publication] = kit.out(facts, HALF, YEAR, codes=wanted)
    monkeypatch.setattr(Solver, "worlds", omits(LIES[lie]))
    try:
        said = kit.ours(facts, SECOND_HALF, tuple(publications), codes=wanted)
    except ReportRefusedError:
        return
    assert leaks(facts, [*publications, published(said, SECOND_HALF, 3)]) == []


def test_the_full_answer_lets_the_report_through() -> None:
    found = Solving(statements_of(kit.out(FACTS, YEAR)), CODES)
    assert set(found.values(YEAR, rol="collega")) >= OPEN
