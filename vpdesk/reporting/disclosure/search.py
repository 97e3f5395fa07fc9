"""The search for worlds. It loads the solver, in the child process only, and decides nothing.

A question is a block as `audit` writes it. The audit checks every world in Python integers, so a wrong answer from here
can stop a report but never let one through.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from vpdesk.reporting.disclosure.company import Company
from vpdesk.reporting.disclosure.picks import Picked, Tables, Term

TOLERANCE: Final = 1e-6
SPREAD: Final = 3
MOST_RECENT: Final = 8
MOST_MENDED: Final = 3
MOST_TURNS: Final = 4

OPTIONS: Final = (
    ("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_heuristic_effort", 0.0),
    ("mip_max_improving_sols", 1),
)  # fmt: skip
"""Quiet, one thread, the same answer every time, and the first world that is found, where any world will do."""

World = list[int]


class UnclearError(Exception):
    """The solver neither found a world nor showed that there is none."""


def load() -> None:
    """Load the solver: what is wrong with it comes out as it is, and may even end the process."""
    import highspy  # noqa: F401, PLC0415 - loaded in this process only, and only when it is asked for
    import numpy as np  # noqa: F401, PLC0415 - idem


class _Solver:
    """One block in HiGHS, asked again and again with targets held at values.

    A linear program from where the last one ended is far faster than an integer program, and its corners are mostly
    whole; the integer program is asked when they are not. Which cell each table drew (the *picks*) is held at what was
    found last, or mended from there, before they are asked again.
    """

    def __init__(
        self, block: dict[str, Any], lines: Sequence[dict[str, Any]], nodes: int, *, beyond: bool = False
    ) -> None:
        import highspy  # noqa: PLC0415 - loaded in this process only, and only when there is work
        import numpy as np  # noqa: PLC0415 - idem

        self.kinds = highspy.HighsModelStatus
        self.free = highspy.kHighsInf
        self.size: int = block["n"]
        self.np = np
        rows: list[Term] = [([*p, *m], [1] * len(p) + [-1] * len(m), low, high) for p, m, low, high in block["rows"]]
        self.targets = len(rows)
        self.far = dict(block.get("reach", ()))
        rows += [(spread, [1] * len(spread), -self.free, self.free) for spread, *_ in block["wants"]]
        self.tables = Tables(lines, self.size, len(rows), beyond=beyond)
        rows += self.tables.rows
        self.picks, self.over = self.tables.picks, len(self.tables.soft)
        for place, row in enumerate(self.tables.soft, start=self.size + self.picks):
            places, weights, *ends = rows[row]
            rows[row] = ([*places, place], [*weights, -1], ends[0], ends[1])
        self.columns = self.size + self.picks + self.over
        low = [float(n) for n in block["low"]] + [0.0] * (self.picks + self.over)
        high = [float(n) for n in block["high"]] + [1.0] * self.picks + [0.0] * self.over
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, len(rows)
        lp.col_cost_ = np.zeros(self.columns)
        lp.col_lower_, lp.col_upper_ = np.array(low), np.array(high)
        lp.row_lower_ = np.array([float(least) for _, _, least, _ in rows])
        lp.row_upper_ = np.array([float(most) for _, _, _, most in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0] + [len(places) for places, *_ in rows]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([i for places, *_ in rows for i in places], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([c for _, weights, *_ in rows for c in weights], dtype=float)
        self.linear, self.whole = highspy.Highs(), highspy.Highs()  # type: ignore[no-untyped-call]
        for highs in (self.linear, self.whole):
            for name, value in (*OPTIONS, ("mip_max_nodes", nodes)):
                highs.setOptionValue(name, value)
        self.linear.passModel(lp)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * self.columns
        self.whole.passModel(lp)
        self.every = np.arange(self.columns, dtype=np.int32)
        self.recent: list[Picked] = []

    def world(self, held: Mapping[int, int], taste: random.Random) -> World | None:
        """Return a world in which these targets have these values, None when the solver says that there is none."""
        least = 0 if not any(held.values()) else -SPREAD
        cost = [float(n) for n in taste.choices(range(least, SPREAD + 1), k=self.size)]
        cost += [0.0] * (self.picks + self.over)
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
        world = self._mended(held, cost, corner) if self.picks else None
        return world if world is not None else self._whole(held, cost)

    def aimed(self, held: Mapping[int, int], cost: list[float]) -> World | None:
        """Return a world in which these targets have these values, and that costs as little as a corner shows."""
        world, corner = self._linear(held, cost, None)
        return world if world is not None or not corner else self._whole(held, cost)

    def _linear(
        self, held: Mapping[int, int], cost: list[float], picked: Picked | None
    ) -> tuple[World | None, list[float]]:
        """Return a world if a corner is whole, and the corner; nothing when there is none with these picks."""
        self._hold(picked, over=0.0)
        status, values = self._run(self.linear, held, cost)
        if status == self.kinds.kInfeasible:
            return None, []
        if status == self.kinds.kOptimal and self._is_whole(values):
            self._found(values)
            return [round(x) for x in values[: self.size]], values
        return None, values

    def _mended(self, held: Mapping[int, int], cost: list[float], corner: list[float]) -> World | None:
        """Return a world found by turns: the cells that exceed least with these picks, the picks that fit those cells.

        A search in the neighbourhood of what was found before: where it ends without a world there may still be one.
        """
        exceeding = [0.0] * (self.size + self.picks) + [1.0] * self.over
        tried = set(self.recent)
        starts = [self.tables.fitting(corner), *self.recent[:MOST_MENDED]]
        for start in starts:
            picked = start
            for _ in range(MOST_TURNS):
                self._hold(picked, over=self.free)
                status, values = self._run(self.linear, held, exceeding)
                if status != self.kinds.kOptimal:
                    break
                picked = self.tables.fitting(values)
                if picked in tried:
                    break
                tried.add(picked)
                world, _ = self._linear(held, cost, picked)
                if world is not None:
                    return world
        return None

    def _hold(self, picked: Picked | None, over: float) -> None:
        """Hold the picks, or let them free, and let cells exceed what these allow by so much."""
        if self.picks:
            low = [0.0] * self.picks if picked is None else [float(n) for n in picked]
            high = [1.0] * self.picks if picked is None else low
            changed = self.every[self.size :]
            ends = [*low, *([0.0] * self.over)], [*high, *([over] * self.over)]
            self.linear.changeColsBounds(len(changed), changed, self.np.array(ends[0]), self.np.array(ends[1]))

    def _whole(self, held: Mapping[int, int], cost: list[float]) -> World | None:
        status, values = self._run(self.whole, held, cost)
        if status in {self.kinds.kInfeasible, self.kinds.kUnboundedOrInfeasible}:
            return None
        if status not in {self.kinds.kOptimal, self.kinds.kSolutionLimit} or not self._is_whole(values):
            raise UnclearError
        self._found(values)
        return [round(x) for x in values[: self.size]]

    def _found(self, values: list[float]) -> None:
        """Keep what was picked: the next world is often found with the same."""
        if self.picks:
            picked = tuple(round(x) for x in values[self.size : self.size + self.picks])
            self.recent = [picked, *(p for p in self.recent if p != picked)][:MOST_RECENT]

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

    def _is_whole(self, values: list[float]) -> bool:
        return len(values) == self.columns and all(abs(x - round(x)) <= TOLERANCE for x in values)


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
            if self.worlds or free.world({}, self.taste) is not None:
                self._pass(free, plain, replay=False)
        return self.worlds

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
