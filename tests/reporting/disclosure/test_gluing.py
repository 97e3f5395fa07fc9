"""Totals that are not known exactly: worlds found with the true ones, group by group, stand in the joint block."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.reporting.disclosure.registry import HALF, QUARTER, YEAR, case
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.audit import Promise
from vpdesk.reporting.disclosure.gluing import glue
from vpdesk.reporting.disclosure.model import Reader, told
from vpdesk.reporting.disclosure.solver import Solver

if TYPE_CHECKING:
    from vpdesk.domain.periods import Period

CODES = {"rol": ("melder", "getuige", "collega"), "relatie": ("klant", "groep", "onbekend")}
FACTS = [
    case(day, rol=role, relatie=relation)
    for day, count in ((date(2025, 2, 3), 3), (date(2025, 5, 5), 2), (date(2025, 9, 1), 4))
    for role in CODES["rol"]
    for relation in CODES["relatie"]
    for _ in range(count)
]
SPOKEN = ("melder", "getuige")


def about(period: Period, **codes: tuple[str, ...]) -> Statement:
    count = sum(f.opened in period and all(f.codes[name] in row for name, row in codes.items()) for f in FACTS)
    return Statement(Of.CASES, Box.where_({k: frozenset(row) for k, row in codes.items()}), period, count, count)


def truth(name: str, code: str, when: tuple[Period, ...]) -> int:
    return sum(any(f.opened in p for p in when) and (not name or f.codes[name] == code) for f in FACTS)


NEAR = tuple(
    told(s)
    for s in (
        about(QUARTER), about(QUARTER, relatie=("klant",)), about(HALF, rol=SPOKEN), about(YEAR),
        *(about(YEAR, relatie=(code,)) for code in CODES["relatie"]),
    )
)  # fmt: skip
PROMISE = Promise(5, CODES, truth, before=NEAR[:3])


def test_worlds_of_groups_with_the_true_totals_are_worlds_of_the_joint_block() -> None:
    (joint,) = Reader(NEAR, CODES).blocks(strict=True)
    with Solver() as running:
        glue(NEAR, (), PROMISE, running)
        worlds = running.pool.of(joint)
        glue(NEAR, (), PROMISE, running)
        assert running.pool.of(joint) == worlds
    assert len(worlds) > 1
    assert all(joint.holds(world) for world in worlds)
    place = joint.index()
    for variable in (v for v in joint.variables if not v.dimension):
        assert {world[place[variable]] for world in worlds} == {
            truth("", "", (Reader(NEAR, CODES).segments[variable.segment],))
        }


def test_nothing_is_glued_where_totals_are_known_can_not_be_counted_or_were_counted_otherwise() -> None:
    exact = (*NEAR, told(about(HALF)))
    far = tuple(replace(t, statement=replace(t.statement, minimum=90, maximum=90)) for t in NEAR[3:4])
    for near, promise in (
        (exact, PROMISE),
        (NEAR, replace(PROMISE, truth=None)),
        (NEAR, replace(PROMISE, truth=lambda *_: None)),
        ((*NEAR[:3], *far), PROMISE),
    ):
        with Solver() as running:
            glue(near, (), promise, running)
            assert not running.asked
            assert not running.pool


def glued(*more: Statement, codes: dict[str, tuple[str, ...]] = CODES) -> tuple[int, int]:
    """Return how many worlds stand in the joint block that keeps the definitions, and in the one that does not."""
    near = (*NEAR, *(told(s) for s in more))
    with Solver() as running:
        glue(near, (), replace(PROMISE, dimensions=codes, before=near), running)
        blocks = [Reader(near, codes).blocks(strict=strict)[0] for strict in (True, False)]
        found = [running.pool.of(block) for block in blocks]
    return len(found[0]), len(found[1])


def test_groups_that_break_the_definitions_are_glued_without_them() -> None:
    phases = {**CODES, "fase": ("voorfase", "meldingsfase", "onbekend")}

    def all_in(phase: str, period: Period) -> Statement:
        return replace(about(period), box=Box.where_({f"fase@{period.last}": phase}))

    strict, relaxed = glued(all_in("meldingsfase", QUARTER), all_in("voorfase", YEAR), codes=phases)
    assert not strict
    assert relaxed


def test_a_group_without_any_whole_world_lets_none_be_glued() -> None:
    pairs = (("melder", "getuige"), ("getuige", "collega"), ("melder", "collega"))
    odd = (Statement(Of.CASES, Box.where_({"rol": frozenset(pair)}), QUARTER, 5, 5) for pair in pairs)
    assert glued(*odd) == (0, 0)
