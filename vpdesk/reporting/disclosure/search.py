"""The search for worlds. It loads the solver, in the child process only, and decides nothing.

A question is a block as `audit` writes it. The audit checks every world in Python integers, so a wrong answer from here
can stop a report but never let one through.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from math import ceil, floor
from operator import sub
from typing import Any, Final

from vpdesk.reporting.disclosure.company import Company
from vpdesk.reporting.disclosure.picks import Picked, Tables, Term

TOLERANCE: Final = 1e-6
SPREAD: Final = 3
MOST_RECENT: Final = 8
MOST_TURNED: Final = 5
"""How many more corners are looked at before whole numbers are asked for, each in a tenth of the time of that."""

OPTIONS: Final = (
    ("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_heuristic_effort", 0.0),
    ("mip_max_improving_sols", 1), ("mip_heuristic_run_feasibility_jump", False),
)  # fmt: skip
"""Quiet, one thread, the same answer every time, and the first world that is found, where any world will do.

Without the jump, which takes its time and finds none: too many rows of a block are equations.
"""

World = list[int]


class UnclearError(Exception):
    """The solver neither found a world nor showed that there is none."""


def load() -> None:
    """Load the solver: what is wrong with it comes out as it is, and may even end the process."""
    import highspy  # noqa: F401, PLC0415 - loaded in this process only, and only when it is asked for
    import numpy as np  # noqa: F401, PLC0415 - idem


class _Solver:
    """One block in HiGHS, asked again and again with targets held at values.

    A linear program from where the last one ended is far faster than an integer program, and about half of its corners
    are whole. Which cell each table drew (the *picks*) is held at what was found last. Where that has no world, picks
    are looked for that leave one when cases may be parts of cases, which is soon told; then a whole corner with these
    picks, and only when a few are not whole a world in whole numbers.
    """

    def __init__(
        self, block: dict[str, Any], lines: Sequence[dict[str, Any]], nodes: int, *, beyond: bool = False
    ) -> None:
        import highspy  # noqa: PLC0415 - loaded in this process only, and only when there is work
        import numpy as np  # noqa: PLC0415 - idem

        self.kinds = highspy.HighsModelStatus
        self._none = {self.kinds.kInfeasible, self.kinds.kUnboundedOrInfeasible}
        self._found = {self.kinds.kOptimal, self.kinds.kSolutionLimit}
        self.free = highspy.kHighsInf
        self.size: int = block["n"]
        self.np = np
        rows: list[Term] = [([*p, *m], [1] * len(p) + [-1] * len(m), low, high) for p, m, low, high in block["rows"]]
        self.targets = len(rows)
        self.far = dict(block.get("reach", ()))
        rows += [(spread, [1] * len(spread), -self.free, self.free) for spread, *_ in block["wants"]]
        tables = Tables(lines, self.size, beyond=beyond)
        rows += tables.rows
        self.picks = tables.picks
        self.columns = self.size + self.picks
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, len(rows)
        lp.col_cost_ = np.zeros(self.columns)
        lp.col_lower_ = np.array([*block["low"], *[0] * self.picks], dtype=float)
        lp.col_upper_ = np.array([*block["high"], *[1] * self.picks], dtype=float)
        lp.row_lower_ = np.array([float(least) for _, _, least, _ in rows])
        lp.row_upper_ = np.array([float(most) for _, _, _, most in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0] + [len(places) for places, *_ in rows]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([i for places, *_ in rows for i in places], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([c for _, weights, *_ in rows for c in weights], dtype=float)
        self.linear, self.some, self.whole = (highspy.Highs() for _ in range(3))  # type: ignore[no-untyped-call]
        for highs in (self.linear, self.some, self.whole):
            for name, value in (*OPTIONS, ("mip_max_nodes", nodes)):
                highs.setOptionValue(name, value)
        any_number, integer = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
        self.linear.passModel(lp)
        lp.integrality_ = [any_number] * self.size + [integer] * self.picks
        self.some.passModel(lp)
        lp.integrality_ = [integer] * self.columns
        self.whole.passModel(lp)
        self.every = np.arange(self.columns, dtype=np.int32)
        self.recent: list[Picked] = []
        self.held: Picked | None = None

    def world(self, held: Mapping[int, int], taste: random.Random) -> World | None:
        """Return a world in which these targets have these values, None when the solver says that there is none."""
        cost = self._cost(held, taste)
        for picked in self.recent[:1]:
            world, _ = self._linear(held, cost, picked)
            if world is not None:
                return world
        world, corner = self._linear(held, cost, None)
        if world is not None or not corner:
            return world
        for picked in self.recent[1:]:
            world, _ = self._linear(held, cost, picked)
            if world is not None:
                return world
        status, values = self._run(self.some, held, cost) if self.picks else (self.kinds.kOptimal, corner)
        if status in self._none:
            return None
        world = self._turned(held, taste, self._picked(values)) if status in self._found else None
        return world if world is not None else self._whole(held, cost)

    def aimed(self, held: Mapping[int, int], cost: list[float]) -> World | None:
        """Return a world in which these targets have these values, and that costs as little as a corner shows."""
        world, corner = self._linear(held, cost, None)
        return world if world is not None or not corner else self._whole(held, cost)

    def _cost(self, held: Mapping[int, int], taste: random.Random) -> list[float]:
        """Return what cases cost in each place, by which one corner is found and no other; where picks are is free."""
        least = 0 if not any(held.values()) else -SPREAD
        cost = [float(n) for n in taste.choices(range(least, SPREAD + 1), k=self.size)]
        return cost + [0.0] * self.picks

    def _turned(self, held: Mapping[int, int], taste: random.Random, picked: Picked) -> World | None:
        """Return a world if one of a few other corners is whole: about half of them are."""
        for _ in range(MOST_TURNED):
            world, _ = self._linear(held, self._cost(held, taste), picked)
            if world is not None:
                return world
        return None

    def outermost(self, target: int, spread: Sequence[int], taste: random.Random, *, upward: bool) -> World | None:
        """Return a world in which a target is as large, or as small, as a corner shows; None when none was found."""
        cost = [0.0] * self.columns
        for place in spread:
            cost[place] = -1.0 if upward else 1.0
        world, corner = self._linear({}, cost, None)
        if world is not None or not corner:
            return world
        end = sum(corner[place] for place in spread)
        return self.world({target: floor(end + TOLERANCE) if upward else ceil(end - TOLERANCE)}, taste)

    def _linear(
        self, held: Mapping[int, int], cost: list[float], picked: Picked | None
    ) -> tuple[World | None, list[float]]:
        """Return a world if a corner is whole, and the corner; nothing when there is none with these picks."""
        self._hold(picked)
        status, values = self._run(self.linear, held, cost)
        if status == self.kinds.kInfeasible:
            return None, []
        world = self._world(values) if status == self.kinds.kOptimal else None
        return world, values

    def _hold(self, picked: Picked | None) -> None:
        """Hold the picks, or let them free."""
        if self.picks and picked != self.held:
            self.held = picked
            low, high = ([0] * self.picks, [1] * self.picks) if picked is None else (picked, picked)
            changed, ends = self.every[self.size :], (self.np.array(end, dtype=float) for end in (low, high))
            self.linear.changeColsBounds(self.picks, changed, *ends)

    def _whole(self, held: Mapping[int, int], cost: list[float]) -> World | None:
        status, values = self._run(self.whole, held, cost)
        if status in self._none:
            return None
        world = self._world(values) if status in self._found else None
        if world is None:
            raise UnclearError
        return world

    def _world(self, values: list[float]) -> World | None:
        """Return the world if these are whole numbers, and keep what was picked: the next often has the same."""
        numbers = list(map(round, values))
        if len(values) != self.columns or max(map(abs, map(sub, values, numbers)), default=0.0) > TOLERANCE:
            return None
        if self.picks:
            picked = tuple(numbers[self.size :])
            self.recent = [picked, *(p for p in self.recent if p != picked)][:MOST_RECENT]
        return numbers[: self.size]

    def _picked(self, values: list[float]) -> Picked:
        return tuple(round(x) for x in values[self.size :])

    def _run(self, highs: Any, held: Mapping[int, int], cost: list[float]) -> tuple[object, list[float]]:
        highs.changeColsCost(self.columns, self.every, self.np.array(cost))
        for target, value in held.items():
            least, most = self._held(target, value)
            highs.changeRowBounds(self.targets + target, least, most)
        highs.run()
        status, values = highs.getModelStatus(), list(highs.getSolution().col_value)
        for target in held:
            highs.changeRowBounds(self.targets + target, -self.free, self.free)
        return status, values

    def _held(self, target: int, value: int) -> tuple[float, float]:
        """Return the bounds by which a target is held at a value; where its two ends do, at it or beyond."""
        lower = self.far.get(target)
        if lower is None:
            return float(value), float(value)
        return (-self.free, float(value)) if value == lower else (float(value), self.free)


class _Searched:
    """One block in HiGHS, and where that has no world, once more with cells that are small though they hold many.

    Such cells are few, and each takes more to pick, so the search first goes without.
    """

    def __init__(self, block: dict[str, Any], lines: Sequence[dict[str, Any]], nodes: int) -> None:
        self.block, self.lines, self.nodes = block, lines, nodes
        self.first = _Solver(block, lines, nodes)
        self.second: _Solver | None = None
        self.taste = random.Random(block.get("taste", 1))  # noqa: S311 - variety among worlds, no secret
        self.more = any(ranges for line in lines for ranges in line["beyond"].values())

    def world(self, held: Mapping[int, int], taste: random.Random) -> World | None:
        """Return a world in which these targets have these values, None when the solver says that there is none."""
        world = self.first.world(held, taste)
        if world is not None or not self.more or len(held) > 1:
            return world
        if self.second is None:
            self.second = _Solver(self.block, self.lines, self.nodes, beyond=True)
        return self.second.world(held, self.taste)


class _Search:
    """The search for worlds that show every wanted value of every target of one block.

    Where a value is impossible that nothing excuses, its tables are settled: no more is asked of them.
    """

    def __init__(self, block: dict[str, Any], nodes: int, advance: Callable[[], None]) -> None:
        self.block = block
        self.nodes = nodes
        self.advance = advance
        self.worlds: list[World] = []
        self.taste = random.Random(block.get("taste", 1))  # noqa: S311 - variety among worlds, no secret
        self.open: dict[int, set[int]] = {n: set(want[1]) for n, want in enumerate(block["wants"])}
        self.far = dict(block.get("reach", ()))

    @property
    def waiting(self) -> int:
        """How many values were not settled yet."""
        return sum(map(len, self.open.values()))

    def run(self) -> list[World]:
        """Return the worlds found; first those that a draw must explain, since they serve the other wants too."""
        wants = self.block["wants"]
        by_draw = [n for n, want in enumerate(wants) if want[2]]
        for lines in (self.block["lines"], self.block["forced"]) if by_draw else ():
            solver = _Searched(self.block, lines, self.nodes)
            world = solver.world({}, self.taste)
            if world is not None:  # otherwise no draw explains everything, and each single question would fail too
                self._found(world, replay=True)
                self._pass(solver, by_draw, replay=True)
                break
        for n in by_draw:
            if self.open[n] and not self.worlds:
                self._settle(n)
        plain = [n for n, want in enumerate(wants) if not want[2]]
        if any(self.open[n] for n in plain):
            free = _Solver(self.block, (), self.nodes)
            if self.block.get("outermost"):
                self._reach(free)
            elif self.worlds or free.world({}, self.taste) is not None:
                self._pass(free, plain, replay=False)
        return self.worlds

    def _reach(self, solver: _Solver) -> None:
        """Find worlds in which each target is as small and as large as it can be, or nearly so."""
        world = solver.world({}, self.taste)
        if world is None:
            return
        self.worlds.append(world)
        for n, (spread, *_) in enumerate(self.block["wants"]):
            found = (solver.outermost(n, spread, self.taste, upward=upward) for upward in (False, True))
            self.worlds += [world for world in found if world is not None]
            self.open[n].clear()
            self.advance()

    def _pass(self, solver: _Solver | _Searched, asked: list[int], *, replay: bool) -> None:
        """Hold one target of each group at a value together; where that can't be, each of them alone."""
        while True:
            held: dict[str, tuple[int, int]] = {}
            for n in asked:
                if self.open[n]:
                    held.setdefault(self.block["wants"][n][3], (n, min(self.open[n])))
            if not held:
                return
            together = solver.world(dict(held.values()), self.taste) if len(held) > 1 else None
            if together is not None:
                self._found(together, replay=replay)
            for n, value in held.values():
                if value in self.open[n]:
                    alone = solver.world({n: value}, self.taste)
                    if alone is not None:
                        self._found(alone, replay=replay)
                        self.open[n].discard(value)
                    else:
                        self.open[n].discard(value)
                        self._settle(n)
                    self.advance()

    def _settle(self, lost: int) -> None:
        """Ask no more of the tables of which this want is one, when nothing excuses what was lost of it."""
        for settling, settled in self.block.get("final", ()):
            if lost in settling:
                for n in settled:
                    self.open[n].clear()

    def _found(self, world: World, *, replay: bool) -> None:
        self.worlds.append(world)
        for n, (spread, _, by_draw, _) in enumerate(self.block["wants"]):
            if self.open[n] and (replay or not by_draw):
                value = sum(world[i] for i in spread)
                low = self.far.get(n)
                if low is not None:
                    self.open[n] -= {end for end in self.open[n] if (value <= end if end == low else value >= end)}
                self.open[n].discard(value)


def propose(blocks: Sequence[dict[str, Any]], nodes: int, advance: Callable[[float], None]) -> list[list[World]]:
    """Return worlds for each block, within a limit on nodes for each question; `advance` hears how far it is, to 1.

    Raises:
        ImportError: the solver is not installed.
        UnclearError: it neither found a world nor showed that there is none.
    """

    def forward() -> None:
        advance((whole - still_open()) / whole)

    def model(block: dict[str, Any]) -> _Solver:
        return _Solver(block, (), nodes)

    searches = [
        Company(block, model, forward) if "places" in block else _Search(block, nodes, forward) for block in blocks
    ]
    waiting = list(searches)

    def still_open() -> int:
        return sum(search.waiting for search in waiting)

    whole = still_open() or 1
    worlds = []
    for search in searches:
        worlds.append(search.run())
        waiting.remove(search)
    return worlds
