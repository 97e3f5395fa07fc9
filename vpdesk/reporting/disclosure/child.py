"""The search for worlds, the only module that loads the solver, in the child process only: it decides nothing.

A question is a block as `audit` writes it. The audit checks every world in Python integers, so a wrong answer from here
can stop a report but never let one through.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

TOLERANCE: Final = 1e-6
SPREAD: Final = 3
MOST_RECENT: Final = 4

OPTIONS: Final = (("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_heuristic_effort", 0.0))
"""Quiet, one thread, the same answer every time, and no search for good worlds where any world will do."""

World = list[int]


class UnclearError(Exception):
    """The solver neither found a world nor showed that there is none."""


class _Solver:
    """One block in HiGHS, asked again and again with targets held at values.

    A linear program from where the last one ended is far faster than an integer program, and its corners are mostly
    whole; the integer program is asked when they are not. Which cell each table drew (the *picks*) is held at what the
    last integer programs chose, before they are asked again.
    """

    def __init__(self, block: dict[str, Any], lines: Sequence[dict[str, Any]], nodes: int) -> None:
        import highspy  # noqa: PLC0415 - loaded in this process only, and only when there is work
        import numpy as np  # noqa: PLC0415 - idem

        self.kinds = highspy.HighsModelStatus
        self.free = highspy.kHighsInf
        self.size: int = block["n"]
        self.np = np
        rows = [([*p, *m], [1] * len(p) + [-1] * len(m), low, high) for p, m, low, high in block["rows"]]
        self.targets = len(rows)
        self.far = dict(block.get("reach", ()))
        rows += [(spread, [1] * len(spread), -self.free, self.free) for spread, *_ in block["wants"]]
        extra, self.picks = _replay_rows([line for line in lines if "few" not in line], self.size)
        rows += extra
        for line in (line for line in lines if "few" in line):
            extra, more = _left_out(line, self.size + self.picks)
            rows, self.picks = rows + extra, self.picks + more
        low = [float(n) for n in block["low"]] + [0.0] * self.picks
        high = [float(n) for n in block["high"]] + [1.0] * self.picks
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.size + self.picks, len(rows)
        lp.col_cost_ = np.zeros(self.size + self.picks)
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
        lp.integrality_ = [highspy.HighsVarType.kInteger] * (self.size + self.picks)
        self.whole.passModel(lp)
        self.recent: list[tuple[int, ...]] = []

    def world(self, held: Mapping[int, int], taste: random.Random) -> World | None:
        """Return a world in which these targets have these values, None when the solver says that there is none."""
        least = 0 if not any(held.values()) else -SPREAD
        cost = [float(n) for n in taste.choices(range(least, SPREAD + 1), k=self.size)] + [0.0] * self.picks
        for picked in self.recent:
            world, _ = self._linear(held, cost, [(pick, pick) for pick in picked])
            if world is not None:
                return world
        world, there_is_none = self._linear(held, cost, [(0, 1)] * self.picks)
        return world if world is not None or there_is_none else self._whole(held, cost)

    def _linear(
        self, held: Mapping[int, int], cost: list[float], picked: Sequence[tuple[int, int]]
    ) -> tuple[World | None, bool]:
        """Return a world if a corner is whole, and whether there is none at all with picks between these bounds."""
        for place, (low, high) in enumerate(picked):
            self.linear.changeColBounds(self.size + place, float(low), float(high))
        status, values = self._run(self.linear, held, cost)
        if status == self.kinds.kOptimal and self._is_whole(values):
            return [round(x) for x in values[: self.size]], False
        return None, status == self.kinds.kInfeasible

    def _whole(self, held: Mapping[int, int], cost: list[float]) -> World | None:
        status, values = self._run(self.whole, held, cost)
        if status in {self.kinds.kInfeasible, self.kinds.kUnboundedOrInfeasible}:
            return None
        if status not in {self.kinds.kOptimal, self.kinds.kSolutionLimit} or not self._is_whole(values):
            raise UnclearError
        if self.picks:
            picked = tuple(round(x) for x in values[self.size :])
            self.recent = [picked, *(p for p in self.recent if p != picked)][:MOST_RECENT]
        return [round(x) for x in values[: self.size]]

    def _run(self, highs: Any, held: Mapping[int, int], cost: list[float]) -> tuple[object, list[float]]:
        highs.changeColsCost(len(cost), self.np.arange(len(cost), dtype=self.np.int32), self.np.array(cost))
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
        return len(values) == self.size + self.picks and all(abs(x - round(x)) <= TOLERANCE for x in values)


def _replay_rows(
    lines: Sequence[dict[str, Any]], columns: int
) -> tuple[list[tuple[list[int], list[int], float, float]], int]:
    """Return rows that keep a world to hidden sets the rule could have drawn, with one drawn cell a line at most."""
    rows: list[tuple[list[int], list[int], float, float]] = []
    picks: dict[tuple[int, str], int] = {}
    for number, line in enumerate(lines):
        own = []
        for code, cells in line["cells"].items():
            terms, weights = list(cells), [1] * len(cells)
            if code in line["free"]:
                pick = picks.setdefault((number, code), columns + len(picks))
                own.append(pick)
                least = line["least"]
                if least > 0:
                    rows.append(([*terms, pick], [*weights, -least], 0.0, float("inf")))
                terms, weights = [*terms, pick], [*weights, -line["sum"]]
            rows.append((terms, weights, float("-inf"), float(line["caps"][code])))
        if own:
            rows.append((own, [1] * len(own), 0.0, 1.0))
    for (i, code), pick in picks.items():
        for (j, other), against in picks.items():
            clash = i < j and lines[i]["group"] == lines[j]["group"]
            if clash and code in lines[j]["shown"] and other in lines[i]["shown"]:
                rows.append(([pick, against], [1, 1], 0.0, 1.0))
    return rows, len(picks)


def _left_out(line: dict[str, Any], first: int) -> tuple[list[tuple[list[int], list[int], float, float]], int]:
    """Return rows by which a table would show fewer than two counts, with picks from the `first` column on.

    One code may be large and all others small, or two may and the others so few that one of the two would be drawn.
    """
    own = list(range(first, first + len(line["cells"])))
    rows = [(own, [1] * len(own), 1.0, 2.0)]
    for pick, (code, cells) in zip(own, line["cells"].items(), strict=True):
        cap, few = line["caps"][code], min(line["caps"][code], line["few"])
        weights = [cap - few - (line["sum"] if other == pick else 0) for other in own]
        rows.append(([*cells, *own], [*([1] * len(cells)), *weights], float("-inf"), float(2 * cap - few)))
    return rows, len(own)


class _Search:
    """The search for worlds that show every wanted value of every target of one block."""

    def __init__(self, block: dict[str, Any], nodes: int, advance: Callable[[], None]) -> None:
        self.block = block
        self.nodes = nodes
        self.advance = advance
        self.worlds: list[World] = []
        self.taste = random.Random(1)  # noqa: S311 - variety among worlds, no secret
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
            solver = _Solver(self.block, lines, self.nodes)
            world = solver.world({}, self.taste)
            if world is not None:  # otherwise no draw explains everything, and each single question would fail too
                self._found(world, replay=True)
                self._pass(solver, by_draw, replay=True)
                break
        plain = [n for n, want in enumerate(wants) if not want[2]]
        if any(self.open[n] for n in plain):
            self._pass(_Solver(self.block, (), self.nodes), plain, replay=False)
        return self.worlds

    def _pass(self, solver: _Solver, asked: list[int], *, replay: bool) -> None:
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
            self.advance()

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
    searches = [_Search(block, nodes, lambda: advance((whole - still_open()) / whole)) for block in blocks]
    waiting = list(searches)

    def still_open() -> int:
        return sum(search.waiting for search in waiting)

    whole = still_open() or 1
    worlds = []
    for search in searches:
        worlds.append(search.run())
        waiting.remove(search)
    return worlds
