"""How far a reader of a two-way table can move a hidden cell: flows through the other hidden cells, in whole numbers.

Each cell lies in one printed sum of its row and in one of its column (hidden margins share theirs), so a table is a
network: a unit more in one cell goes round through cells that lose and gain one. By max-flow and min-cut, what the
other cells can carry is also the least capacity of a set of sums: the cut that the integer program needs.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

Cell = tuple[int, int]
"""The printed sum of rows and the printed sum of columns in which a cell lies, each numbered from 0."""


@dataclass(frozen=True, slots=True)
class View:
    """What a table counts for one reader, cell by cell; cells in `known` are known to that reader and don't move."""

    counts: tuple[int, ...]
    known: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Demand:
    """A reader must hold it possible that this cell, when hidden, counts so many more (`upward`) or fewer."""

    view: int
    cell: int
    upward: bool
    amount: int


@dataclass(frozen=True, slots=True)
class Network:
    """The cells of a two-way table in which numbers may differ, with their sums, and how readers count them."""

    cells: tuple[Cell, ...]
    views: tuple[View, ...]

    def protects(self, hidden: frozenset[int], demands: Sequence[Demand]) -> bool:
        """Return whether each demand on a hidden cell is met by the other hidden cells."""
        share = [int(place in hidden) for place in range(len(self.cells))]
        return all(self.cut(demand, share) is None for demand in demands)

    def cut(self, demand: Demand, share: Sequence[int]) -> frozenset[int] | None:
        """Return the sums on the near side of a cut that the other cells can't cross enough; None when they can.

        `share` is how far each cell is hidden, 0 or 1 or on a finer scale. Sums of rows are even, of
        columns odd.
        """
        wanted = demand.amount * share[demand.cell]
        if wanted <= 0:
            return None
        room = self._room(demand, share)
        row, column = _ends(self.cells[demand.cell])
        source, sink = (column, row) if demand.upward else (row, column)
        flow = 0
        while True:
            came = _reached(room, source, sink)
            if sink not in came:
                return frozenset(came)
            flow += _push(room, came, source, sink)
            if flow >= wanted:
                return None

    def weights(self, demand: Demand, near: frozenset[int]) -> dict[int, int]:
        """Return how much each other cell can carry across a cut when it is hidden, no more than the demand."""
        view = self.views[demand.view]
        found = {}
        for place, cell in enumerate(self.cells):
            row, column = _ends(cell)
            if place == demand.cell or place in view.known or (row in near) == (column in near):
                continue
            carried = demand.amount if row in near else min(view.counts[place], demand.amount)
            if carried:
                found[place] = carried
        return found

    def _room(self, demand: Demand, share: Sequence[int]) -> dict[int, dict[int, int]]:
        """Return the capacities between sums: a cell can gain without end, and lose what it counts."""
        view = self.views[demand.view]
        room: dict[int, dict[int, int]] = {}
        for place, cell in enumerate(self.cells):
            if share[place] <= 0 or place == demand.cell or place in view.known:
                continue
            row, column = _ends(cell)
            there, back = room.setdefault(row, {}), room.setdefault(column, {})
            there[column] = there.get(column, 0) + demand.amount * share[place]
            back[row] = back.get(row, 0) + min(view.counts[place], demand.amount) * share[place]
        return room


def _ends(cell: Cell) -> tuple[int, int]:
    return 2 * cell[0], 2 * cell[1] + 1


def _reached(room: dict[int, dict[int, int]], source: int, sink: int) -> dict[int, int]:
    """Return what can be reached, each with where it was reached from; the search ends at the sink."""
    came = {source: source}
    queue = deque((source,))
    while queue:
        here = queue.popleft()
        for there, left in room.get(here, {}).items():
            if left > 0 and there not in came:
                came[there] = here
                if there == sink:
                    return came
                queue.append(there)
    return came


def _push(room: dict[int, dict[int, int]], came: dict[int, int], source: int, sink: int) -> int:
    """Send as much as fits along the way that was found."""
    way = []
    here = sink
    while here != source:
        way.append((came[here], here))
        here = came[here]
    most = min(room[a][b] for a, b in way)
    for a, b in way:
        room[a][b] -= most
        back = room.setdefault(b, {})
        back[a] = back.get(a, 0) + most
    return most
