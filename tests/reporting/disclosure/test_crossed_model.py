"""Statements over two dimensions: the model has just the values of all whole cubes, cycles and definitions included."""

from __future__ import annotations

import random
from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.crossed import Case, cubes, holds, kinds_of, value
from tests.reporting.disclosure.registry import DIMENSIONS, HALF, SECOND_HALF, YEAR, answered_here
from vpdesk.domain import taxonomy
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.bounds import bounds, contradictory
from vpdesk.reporting.disclosure.classes import alike
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.solver import Solver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.reporting.disclosure.crossed import World
    from vpdesk.domain.periods import Period
    from vpdesk.reporting.disclosure.block import Block, Target

ROL = ("melder", "getuige", "naaste")
RELATIE = ("collega", "klant")
VERBONDEN = ("student", "inhuur")
THEMES = ("pesten", "fraude", "arbeidsconflict")
FIELDS = ("ongewenste omgangsvormen", "integriteit", "onbekend")
PHASES = ("voorfase", "meldingsfase", "onbekend")
OUTCOMES = ("melding gedaan", "loopt nog")
MID, LATE, END = "2025-06-30", "2025-09-30", "2025-12-31"


def can_be(case: Case) -> bool:
    if "thema" in case and "werkgebied" in case and case["werkgebied"] not in taxonomy.fields_of_theme(case["thema"]):
        return False
    days = sorted(name.partition("@")[2] for name in case if name.startswith("fase@"))
    phases = [case[f"fase@{day}"] for day in days]
    known = [PHASES.index(phase) for phase in phases if phase != "onbekend"]
    if any(later < earlier for earlier, later in pairwise(known)):
        return False
    reported = [case.get(f"afloop@{day}") in taxonomy.OUTCOMES_OF_A_REPORT for day in days]
    return not any(phase == "voorfase" and told for phase, told in zip(phases, reported, strict=True))


def values_of(block: Block, targets: Sequence[Target], most: int) -> list[set[int]]:
    """Return the values that the model allows each target, each with a world that stands."""
    low, high = bounds(block)
    if contradictory(low, high):
        return [set() for _ in targets]
    with Solver() as solver:
        (worlds,) = answered_here(
            solver,
            [
                {
                    "n": len(block.variables), "low": low, "high": high,
                    "rows": [[row.plus, row.minus, row.low, row.high] for row in block.rows],
                    "wants": [[t.spread, list(range(most + 1)), False, str(n)] for n, t in enumerate(targets)],
                    "lines": [], "forced": [],
                }
            ],
        )  # fmt: skip
    assert all(block.holds(world) for world in worlds)
    return [{sum(world[i] for i in target.spread) for world in worlds} for target in targets]


def check(
    statements: Sequence[Statement], codes: Mapping[str, tuple[str, ...]], kinds: Sequence[Case], totals: Sequence[int]
) -> list[Target]:
    """Hold that the model allows each number just the values that it has in some cube; returns what was compared."""
    plain_codes = {name.partition("@")[0]: some for name, some in codes.items()}
    reader = Reader(statements, plain_codes)
    assert len(reader.segments) == len(totals)
    fitting = [
        world for world in cubes(kinds, totals) if all(holds(s, world, reader.region(s.period)) for s in statements)
    ]
    assert fitting, "the statements must be those of some world"
    compared = []
    for block in reader.blocks(strict=True):
        targets = [t for t in block.targets if not t.widened and "onbekend in" not in t.dimension]
        for target, found in zip(targets, values_of(block, targets, sum(totals)), strict=True):
            assert found == {value(target, world) for world in fitting}, target
        compared += targets
    return compared


def truths(
    world: World, periods: Mapping[Period, Sequence[int]], boxes: Sequence[Mapping[str, Sequence[str]]]
) -> list[Statement]:
    """Return what is true of a world in these boxes and periods."""
    found = []
    for (period, region), box in product(periods.items(), boxes):
        count = sum(all(case[name] in some for name, some in box.items()) for i in region for case in world[i])
        found.append(Statement(Of.CASES, Box.where_({n: frozenset(c) for n, c in box.items()}), period, count, count))
    return found


WHOLE = {HALF: (0,), SECOND_HALF: (1,)}


def drawn_boxes(
    rng: random.Random, codes: Mapping[str, tuple[str, ...]], pairs: Sequence[tuple[str, str]]
) -> list[dict[str, tuple[str, ...]]]:
    """Return a few boxes over each pair, some of which count codes together, and one-way boxes."""
    boxes: list[dict[str, tuple[str, ...]]] = []
    for pair in pairs:
        boxes += [
            {name: tuple(sorted(rng.sample(codes[name], rng.randrange(1, len(codes[name]))))) for name in pair}
            for _ in range(rng.randrange(1, 4))
        ]
    return boxes + [{name: (rng.choice(codes[name]),)} for name in codes if rng.random() < 0.6]


GRAPHS: dict[str, tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]] = {
    "one table": ({"rol": ROL, "relatie": RELATIE}, [("rol", "relatie")]),
    "a chain": ({"rol": ROL, "relatie": RELATIE, "verbonden": VERBONDEN}, [("rol", "relatie"), ("relatie", "verbonden")]),
    "a cycle": (
        {"rol": ROL[:2], "relatie": RELATIE, "verbonden": VERBONDEN},
        [("rol", "relatie"), ("relatie", "verbonden"), ("rol", "verbonden")],
    ),
    "a square": (
        {"rol": ROL[:2], "relatie": RELATIE, "verbonden": VERBONDEN, "onderdeel": ("Noord", "Zuid")},
        [("rol", "relatie"), ("relatie", "verbonden"), ("verbonden", "onderdeel"), ("rol", "onderdeel")],
    ),
    "two cycles that meet in a pair": (
        {"rol": ROL[:2], "relatie": RELATIE, "verbonden": VERBONDEN, "onderdeel": ("Noord", "Zuid")},
        [
            ("rol", "relatie"), ("relatie", "verbonden"), ("rol", "verbonden"), ("onderdeel", "rol"),
            ("onderdeel", "verbonden"),
        ],
    ),
    "by a definition": ({"rol": ROL[:2], "thema": THEMES, "werkgebied": FIELDS}, [("rol", "thema")]),
    "a cycle through a definition": (
        {"rol": ROL[:2], "thema": THEMES, "werkgebied": FIELDS}, [("rol", "thema"), ("rol", "werkgebied")],
    ),
    "what a definition ties": ({"thema": THEMES, "werkgebied": FIELDS}, [("thema", "werkgebied")]),
    "a phase": (
        {"rol": ROL[:2], f"fase@{END}": PHASES, f"afloop@{END}": OUTCOMES}, [("rol", f"fase@{END}")],
    ),
    "a phase and its outcome": (
        {"rol": ROL[:2], f"fase@{END}": PHASES, f"afloop@{END}": OUTCOMES},
        [("rol", f"fase@{END}"), ("rol", f"afloop@{END}")],
    ),
    "phases of two days": (
        {"rol": ROL[:2], f"fase@{MID}": PHASES, f"fase@{END}": PHASES},
        [("rol", f"fase@{MID}"), ("rol", f"fase@{END}")],
    ),
    "phases of three days": (
        {"rol": ROL[:2], f"fase@{MID}": PHASES, f"fase@{LATE}": PHASES, f"fase@{END}": PHASES},
        [("rol", f"fase@{MID}"), ("rol", f"fase@{LATE}"), ("rol", f"fase@{END}")],
    ),
    "one of two days": (
        {"rol": ROL[:2], f"fase@{MID}": PHASES, f"fase@{END}": PHASES}, [("rol", f"fase@{END}")],
    ),
    "two days with each other": ({f"fase@{MID}": PHASES, f"fase@{END}": PHASES}, [(f"fase@{MID}", f"fase@{END}")]),
}  # fmt: skip


@pytest.mark.parametrize("seed", [*range(5), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(5, 40))])
@pytest.mark.parametrize("graph", GRAPHS)
def test_the_model_has_just_the_values_of_all_cubes(graph: str, seed: int) -> None:
    codes, pairs = GRAPHS[graph]
    rng = random.Random(f"{graph}{seed}")  # noqa: S311 - drawn tables
    kinds = kinds_of(codes, can_be)
    total = 4 if len(kinds) < 20 else 3 if len(kinds) < 30 else 2
    world = (tuple(rng.choices(kinds, k=total)),)
    names = {name.partition("@")[0] for name in codes}
    boxes = drawn_boxes(rng, codes, pairs)
    said = truths(world, {YEAR: (0,)}, [{}, *boxes])
    plain = {name: next(some for n, some in codes.items() if n.startswith(name)) for name in names}
    compared = check(said, codes | plain, kinds, (total,))
    assert any("\x1f" in target.dimension for target in compared)


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 60))])
def test_two_segments_keep_their_own_cells(seed: int) -> None:
    codes = {"rol": ROL[:2], "relatie": RELATIE}
    rng = random.Random(seed)  # noqa: S311 - drawn tables
    kinds = kinds_of(codes)
    world = (tuple(rng.choices(kinds, k=4)), tuple(rng.choices(kinds, k=3)))
    boxes = drawn_boxes(rng, codes, [("rol", "relatie")])
    half = truths(world, {HALF: (0,)}, [{}, *boxes[: rng.randrange(1, len(boxes) + 1)]])
    year = truths(world, {YEAR: (0, 1)}, [{}, *drawn_boxes(rng, codes, [("rol", "relatie")])])
    compared = check([*half, *year], codes, kinds, (4, 3))
    assert {(0,), (1,), (0, 1)} <= {t.region for t in compared}


def test_an_unknown_phase_between_two_days_is_followed_in_each_row() -> None:
    # The reporter had come to the second phase; that the day between is unknown lets nobody go back.
    codes = {"rol": ROL[:2], f"fase@{MID}": PHASES, f"fase@{LATE}": PHASES, f"fase@{END}": PHASES}
    history = [f"fase@{MID}", f"fase@{LATE}", f"fase@{END}"]
    reporter = {"rol": "melder", **dict(zip(history, ("meldingsfase", "onbekend", "onbekend"), strict=True))}
    witness = {"rol": "getuige", **dict(zip(history, ("voorfase", "onbekend", "voorfase"), strict=True))}
    boxes = [{"rol": ("melder",), history[0]: ("meldingsfase",)}, {"rol": ("melder",), history[1]: ("onbekend",)}]
    boxes += [{"rol": ("getuige",), history[2]: ("voorfase", "meldingsfase")}, {history[1]: ("onbekend",)}]
    said = truths(((reporter, witness),), {YEAR: (0,)}, [{}, *boxes])
    compared = check(said, codes | {"fase": PHASES}, kinds_of(codes, can_be), (2,))
    assert any(target.dimension == f"{history[2]}\x1frol" for target in compared)


def test_tables_that_share_no_dimension_stay_apart_and_one_that_shares_joins_them() -> None:
    pairs = [("rol", "relatie"), ("gevonden_via", "thema")]
    codes = {name: DIMENSIONS[name] for name in ("rol", "relatie", "gevonden_via", "thema", "werkgebied")}
    said = [Statement(Of.CASES, Box(), YEAR, 60, 60)]
    said += [Statement(Of.CASES, Box.where_({a: codes[a][0], b: codes[b][0]}), YEAR, 9, 9) for a, b in pairs]
    apart = Reader(said, codes).blocks(strict=True)
    assert [sorted(block.dimensions) for block in apart] == [
        [],
        ["gevonden_via", "thema", "werkgebied"],
        ["relatie", "rol"],
    ]
    assert [{t.dimension for t in block.targets if t.margins} for block in apart] == [
        set(),
        {"gevonden_via\x1fthema"},
        {"relatie\x1frol"},
    ]
    bridge = Statement(Of.CASES, Box.where_({"rol": codes["rol"][0], "thema": codes["thema"][0]}), HALF, 9, 9)
    assert len(Reader([*said, bridge], codes).blocks(strict=True)) == 1  # the total of the half-year is not known
    halves = [Statement(Of.CASES, Box(), HALF, 30, 30), bridge]
    assert [len(block.dimensions) for block in Reader([*said, *halves], codes).blocks(strict=True)] == [0, 5]


def test_phases_that_are_told_apart_are_never_alike() -> None:
    said = [Statement(Of.CASES, Box(), YEAR, 60, 60)]
    said += [
        Statement(Of.CASES, Box.where_({f"fase@{day}": "voorfase", "rol": "melder"}), YEAR, 9, 9) for day in (MID, END)
    ]
    reader = Reader(said, {"rol": ROL, "fase": DIMENSIONS["fase"]})
    (block,) = (b for b in reader.blocks(strict=True) if b.dimensions)
    assert any(variable.code.startswith("onbekend (") for variable in block.variables)
    leader = alike(block, (), reader)
    found = {leader(target) for target in block.targets if target.dimension == f"fase@{MID}" and not target.widened}
    assert found == set(DIMENSIONS["fase"])
    assert {leader(target) for target in block.targets if target.dimension == "rol"} == {"melder", "getuige"}
