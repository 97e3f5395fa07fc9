"""One number beside two known records: with which values it was not yet seen, beside which two, in bits."""

from collections.abc import Iterator, Sequence
from typing import Final

KNOWN: Final = 2
"""How many cases are known together."""


def taken(world: Sequence[int], places: Sequence[int]) -> int:
    """Return for which two of these places a world has cases, as bits: see `Beside`."""
    one = [number for number, place in enumerate(places) if world[place]]
    each = sum(1 << number for number in one)
    pairs = 0
    for number in one:
        twice = world[places[number]] >= KNOWN
        pairs |= (each if twice else each ^ 1 << number) << number * len(places)
    return pairs


class Budget:
    """How many values may be looked for in one search, over all its questions."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.spent = 0
        self.over = False

    def spend(self) -> bool:
        """Take one value, and return whether it may be looked for."""
        self.over = self.over or self.spent >= self.most
        self.spent += not self.over
        return not self.over


class Beside:
    """What is open of a number, the sum of a `spread` of variables, beside records at two of these `places`.

    `open` holds, by the value of the number with the known records that are in it, the pairs of places a and b, from a
    on, for which no world was seen with that value and with room for a record at a and one at b. A pair is one bit of a
    whole number: its place is a times the number of places, and b; so what a world shows of all of them is taken off at
    once.
    """

    def __init__(self, spread: Sequence[int], places: Sequence[int]) -> None:
        self.spread = tuple(spread)
        self.places = places
        inside = frozenset(spread)
        self.mine = sum(1 << number for number, place in enumerate(places) if place in inside)
        self.open: dict[int, int] = {}

    def want(self, a: int, others: int, values: Sequence[int]) -> None:
        """Want these values of the other cases beside a record at a place and one at each of these others, as bits.

        Either all of the others lie in the number or none.
        """
        known = (self.mine >> a & 1) + bool(self.mine & others)
        pairs = others << a * len(self.places)
        for value in values if others else ():
            self.open[value + known] = self.open.get(value + known, 0) | pairs

    def seen(self, world: Sequence[int], room: int) -> None:
        """Take off what a world shows, which has `room` for these pairs."""
        if self.open:
            self._less(sum(map(world.__getitem__, self.spread)), room)

    def drop(self, value: int, a: int, b: int) -> None:
        """Take off one pair that the number with its known records has this value beside."""
        self._less(value, 1 << a * len(self.places) + b)

    def _less(self, value: int, pairs: int) -> None:
        left = self.open.get(value, 0) & ~pairs
        if left:
            self.open[value] = left
        else:
            self.open.pop(value, None)

    def pairs(self) -> Iterator[tuple[int, int, int]]:
        """Yield what is open: the number with its known records, and the two places."""
        for value, left in sorted(self.open.items()):
            pairs = left
            while pairs:
                yield value, *self.first(pairs)
                pairs &= pairs - 1

    def first(self, pairs: int) -> tuple[int, int]:
        """Return the two places of the first of these pairs."""
        return divmod((pairs & -pairs).bit_length() - 1, len(self.places))

    def known(self, a: int, b: int) -> int:
        """Return how many of the records at two places are in the number."""
        return (self.mine >> a & 1) + (self.mine >> b & 1)

    def copy(self) -> "Beside":
        """Return the same, to be worked on apart."""
        other = Beside(self.spread, self.places)
        other.open = dict(self.open)
        return other
