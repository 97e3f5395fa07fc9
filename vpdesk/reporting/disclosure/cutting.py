"""The integer program of a two-way table: the cheapest cells to hide so that all hidden ones are protected.

Runs in the child process. Which patterns protect is never written out; a cut is added for each demand that the last
solution fails (Fischetti and Salazar, Management Science 47, 2001), found as a least cut of a flow. `two_way` proves
what comes out. Limits count nodes, a round as one, and not seconds.
"""

from collections.abc import Sequence
from typing import Any, Final

from vpdesk.reporting.disclosure.flows import Demand, Network, View

WHOLE: Final = 1 << 20
"""The scale on which flows count cells that a linear program hides in part."""

LEAST_GAIN: Final = 0.02
OPTIONS: Final = (
    ("output_flag", False), ("threads", 1), ("random_seed", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.5),
)  # fmt: skip
"""Quiet, the same answer every time, and the very least: weights are whole numbers."""

Cut = tuple[tuple[tuple[int, int], ...], Demand]


def solve(request: dict[str, Any]) -> dict[str, Any]:
    """Return `hidden` with the places of the cells to hide, or `none` with why there are none.

    Raises:
        ImportError: there is no solver.
    """
    cells = tuple((row, column) for row, column in request["cells"])
    views = tuple(View(tuple(counts), frozenset(known)) for counts, known in request["views"])
    demands = [Demand(*demand) for demand in request["demands"]]
    program = _Program(request["weights"], request["must"], request["nodes"])
    search = _Search(Network(cells, views), demands, program)
    return search.run()


class _Program:
    """The integer program with the cuts found so far, and its linear relaxation."""

    def __init__(self, weights: Sequence[int], must: Sequence[int], nodes: int) -> None:
        import highspy  # noqa: PLC0415 - loaded in the child only, and only when there is work
        import numpy as np  # noqa: PLC0415 - idem

        self.np, self.kinds, self.free = np, highspy.HighsModelStatus, highspy.kHighsInf
        self.whole_number = highspy.HighsVarType.kInteger
        self.size, self.nodes = len(weights), nodes
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in OPTIONS:
            self.highs.setOptionValue(name, value)
        for place, weight in enumerate(weights):
            self.highs.addVar(1.0 if place in must else 0.0, 1.0)
            self.highs.changeColCost(place, float(weight))

    def add(self, cut: Cut) -> None:
        """Add that the cells of a cut carry the demand when its cell is hidden."""
        carried, demand = cut
        places = [*(place for place, _ in carried), demand.cell]
        weights = [*(float(weight) for _, weight in carried), -float(demand.amount)]
        as_places = self.np.array(places, dtype=self.np.int32)
        self.highs.addRow(0.0, self.free, len(places), as_places, self.np.array(weights))

    def linear(self) -> list[float] | None:
        """Return how far each cell is hidden in the relaxation; None when nothing protects."""
        self.nodes -= 1
        return self._run()

    def whole(self) -> list[float] | None:
        """Return which cells are hidden; None when nothing protects, or when it can't be said within the nodes."""
        for place in range(self.size):
            self.highs.changeColIntegrality(place, self.whole_number)
        self.highs.setOptionValue("mip_max_nodes", self.nodes)
        found = self._run()
        self.nodes -= max(1, self.highs.getInfo().mip_node_count)
        return found

    def _run(self) -> list[float] | None:
        self.highs.run()
        if self.highs.getModelStatus() != self.kinds.kOptimal:
            return None
        return list(self.highs.getSolution().col_value)

    @property
    def why(self) -> str:
        """Return why there is no solution: it is proven that there is none, the nodes are spent, or it is unclear."""
        clear = {self.kinds.kInfeasible: "infeasible", self.kinds.kSolutionLimit: "nodes"}
        return clear.get(self.highs.getModelStatus(), "unclear")


class _Search:
    """Rounds of solving and cutting: first in fractions, then in whole numbers."""

    def __init__(self, network: Network, demands: Sequence[Demand], program: _Program) -> None:
        self.network, self.demands, self.program = network, demands, program
        self.said: set[Cut] = set()

    def run(self) -> dict[str, Any]:
        for demand in self.demands:
            row, column = self.network.cells[demand.cell]
            ends = frozenset({2 * column + 1} if demand.upward else {2 * row})
            others = frozenset(n for r, c in self.network.cells for n in (2 * r, 2 * c + 1))
            far = frozenset({2 * row} if demand.upward else {2 * column + 1})
            self._add(demand, ends)
            self._add(demand, others - far)
        whole = False
        while self.program.nodes > 0:
            values = self.program.whole() if whole else self.program.linear()
            if values is None:
                return {"none": self.program.why}
            scale = 1 if whole else WHOLE
            share = [round(min(1.0, max(0.0, x)) * scale) for x in values]
            if self._cut(share, scale):
                continue
            if whole:
                return {"hidden": [place for place, x in enumerate(share) if x]}
            whole = True
        return {"none": "nodes"}

    def _cut(self, share: Sequence[int], whole: int) -> bool:
        """Add a cut for each demand that these shares fail; return whether there was one."""
        added = False
        for demand in self.demands:
            near = self.network.cut(demand, share)
            if near is None:
                continue
            carried = sum(w * share[place] for place, w in self.network.weights(demand, near).items())
            if whole == 1 or carried < demand.amount * (share[demand.cell] - LEAST_GAIN * whole):
                added |= self._add(demand, near)
        return added

    def _add(self, demand: Demand, near: frozenset[int]) -> bool:
        cut = (tuple(self.network.weights(demand, near).items()), demand)
        if cut in self.said:
            return False
        self.said.add(cut)
        self.program.add(cut)
        return True
