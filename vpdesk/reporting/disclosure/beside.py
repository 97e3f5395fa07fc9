"""One number beside two known records: with which values it was not yet seen, beside which two, in bits."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

KNOWN: Final = 2
"""How many cases are known together."""


class Taken(NamedTuple):
    """The places, as bits by their number, in which a world has a case, and those in which it has two."""

    one: int
    two: int


def taken(world: Sequence[int], places: Sequence[int]) -> Taken:
    """Return in which of these places a world has cases."""
    one = two = 0
    for number, place in enumerate(places):
        if world[place]:
            one |= 1 << number
            if world[place] >= KNOWN:
                two |= 1 << number
    return Taken(one, two)


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

    `open` holds, by the value of the number with the known records that are in it, for each place a the places b from a
    on, as bits, for which no world was seen with that value and with room for a record at a and one at b.
    """

    def __init__(self, spread: Sequence[int], places: Sequence[int]) -> None:
        self.spread = tuple(spread)
        self.places = places
        inside = frozenset(spread)
        self.mine = sum(1 << number for number, place in enumerate(places) if place in inside)
        self.open: dict[int, list[int]] = {}

    def want(self, a: int, others: int, values: Sequence[int]) -> None:
        """Want these values of the other cases beside a record at a place and one at each of these others, as bits.

        Either all of the others lie in the number or none.
        """
        known = (self.mine >> a & 1) + bool(self.mine & others)
        for value in values if others else ():
            self.open.setdefault(value + known, [0] * len(self.places))[a] |= others

    def seen(self, world: Sequence[int], room: Taken) -> None:
        """Take off what a world shows."""
        value = sum([world[i] for i in self.spread]) if self.open else 0
        masks = self.open.get(value)
        if masks is None:
            return
        left = 0
        for a, mask in enumerate(masks):
            if mask and room.one >> a & 1:
                own = 1 << a
                masks[a] = mask & ~(room.one & ~own | room.two & own)
            left |= masks[a]
        if not left:
            del self.open[value]

    def drop(self, value: int, a: int, b: int) -> None:
        """Take off one pair that the number with its known records has this value beside."""
        masks = self.open[value]
        masks[a] &= ~(1 << b)
        if not any(masks):
            del self.open[value]

    def pairs(self) -> Iterator[tuple[int, int, int]]:
        """Yield what is open: the number with its known records, and the two places."""
        for value, masks in sorted(self.open.items()):
            for a, mask in enumerate(tuple(masks)):
                for b in bits(mask):
                    yield value, a, b

    def known(self, a: int, b: int) -> int:
        """Return how many of the records at two places are in the number."""
        return (self.mine >> a & 1) + (self.mine >> b & 1)

    def copy(self) -> "Beside":
        """Return the same, to be worked on apart."""
        other = Beside(self.spread, self.places)
        other.open = {value: list(masks) for value, masks in self.open.items()}
        return other


def bits(mask: int) -> Iterator[int]:
    """Yield the places of a mask."""
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1
