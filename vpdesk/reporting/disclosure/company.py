"""The search for worlds that have room for two known records, in the child process: it decides nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from vpdesk.reporting.disclosure.beside import Beside, Budget, taken
from vpdesk.reporting.disclosure.block import UNBOUNDED

World = list[int]


class Model(Protocol):
    """A block in the solver; see `child`."""

    def aimed(self, held: Mapping[int, int], cost: list[float]) -> World | None:
        """Return a world in which these targets are held, and that costs as little as can be had; None if none is."""


class Company:
    """The search for worlds of one block in which numbers have wanted values, and cases lie in many places.

    To the block two columns are added for each place: whether it has a case, and whether it has two. Worlds in which
    most of them do show most pairs; what is left is asked pair by pair. Where a pair can't be beside a value, and
    nothing excuses it, no more is asked.
    """

    def __init__(
        self, block: dict[str, Any], model: Callable[[dict[str, Any]], Model], advance: Callable[[], None]
    ) -> None:
        self.block = block
        self.size: int = block["n"]
        self.places: Sequence[int] = block["places"]
        self.open: list[Beside] = [beside.copy() for beside in block["beside"]]
        self.budget: Budget = block["budget"]
        self.model = model
        self.advance = advance
        self.worlds: list[World] = []

    @property
    def waiting(self) -> int:
        """How many values were not settled yet."""
        return sum(len(beside.open) for beside in self.open)

    def run(self) -> list[World]:
        """Return the worlds found."""
        model = self.model(self._extended())
        for n, beside in enumerate(self.open):
            while beside.open:
                if not self.budget.spend():
                    return self.worlds
                value = min(beside.open)
                if not self._shown(model, n, value):
                    beside.open.pop(value)
                    if n in self.block["final"]:
                        return self.worlds
                self.advance()
        return self.worlds

    def _extended(self) -> dict[str, Any]:
        """Return the block with its columns for places, and a target for each place that is held at so many or more."""
        count, size = len(self.places), self.size
        rows = [((i,), (size + a, size + count + a), 0, UNBOUNDED) for a, i in enumerate(self.places)]
        wants = [(beside.spread,) for beside in self.open]
        return {
            "n": size + 2 * count,
            "rows": [*self.block["rows"], *rows],
            "low": [*self.block["low"], *[0] * (2 * count)],
            "high": [*self.block["high"], *[1] * (2 * count)],
            "wants": [*wants, *(((i,),) for i in self.places)],
            "reach": [(len(wants) + a, 0) for a in range(count)],
        }

    def _shown(self, model: Model, n: int, value: int) -> bool:
        """Return whether worlds were found in which a number has a value and each open pair has room."""
        beside = self.open[n]
        while value in beside.open:
            before = beside.open[value]
            world = model.aimed({n: value}, self._cost(before))
            if world is None:
                return False
            self._found(world)
            if beside.open.get(value) == before and not self._one(model, n, value):
                return False
        return True

    def _one(self, model: Model, n: int, value: int) -> bool:
        """Return whether the first open pair that can be has room beside the value of a number, or none is left."""
        beside = self.open[n]
        first = len(self.open)
        while value in beside.open:
            a, b = beside.first(beside.open[value])
            held = {first + a: 1, first + b: 1} if a != b else {first + a: 2}
            cost = self._cost(beside.open[value])
            world = model.aimed({n: value, **held}, cost)
            if world is not None:
                self._found(world)
                return True
            if model.aimed(held, cost) is not None:
                return False
            beside.drop(value, a, b)
        return True

    def _cost(self, pairs: int) -> list[float]:
        """Return a cost by which places in pairs that are open are taken first."""
        count = len(self.places)
        row = (1 << count) - 1
        column = sum(1 << a * count for a in range(count))
        one = [1 + (pairs >> a * count & row).bit_count() + (pairs >> a & column).bit_count() for a in range(count)]
        two = [pairs >> a * count + a & 1 for a in range(count)]
        return [0.0] * self.size + [-float(x) for x in (*one, *two)]

    def _found(self, world: World) -> None:
        world = world[: self.size]
        self.worlds.append(world)
        room = taken(world, self.places)
        for beside in self.open:
            beside.seen(world, room)
