"""The worlds that were found, so that a later question may try them first: each is checked once against each row."""

from collections.abc import Iterable, Sequence

from vpdesk.reporting.disclosure.block import Block, Row, Variable

World = list[int]


class Pool:
    """Worlds by the variables of which they are worlds."""

    def __init__(self) -> None:
        self._worlds: dict[tuple[Variable, ...], _Worlds] = {}

    def __bool__(self) -> bool:
        return bool(self._worlds)

    def add(self, block: Block, worlds: Iterable[World], *, held: bool = False) -> None:
        """Keep worlds of the variables of a block: whole and not negative, as they were checked.

        `held` tells that the whole block was held against each of them: then its rows are not checked again.
        """
        self._worlds.setdefault(block.variables, _Worlds()).add(worlds, block.rows if held else ())

    def of(self, block: Block) -> list[World]:
        """Return the worlds that agree with everything published about a block."""
        kept = self._worlds.get(block.variables)
        return kept.that_keep(block.rows) if kept else []

    def clear(self) -> None:
        """Forget all of them."""
        self._worlds.clear()


class _Worlds:
    """Worlds of the same variables, and of each row which of them were checked and which keep it, as bits."""

    def __init__(self) -> None:
        self._worlds: list[World] = []
        self._place: dict[tuple[int, ...], int] = {}
        self._checked: dict[Row, tuple[int, int]] = {}

    def add(self, worlds: Iterable[World], held: Sequence[Row]) -> None:
        """Keep worlds, each of which keeps the rows that were held against it."""
        added = 0
        for world in worlds:
            place = self._place.setdefault(tuple(world), len(self._worlds))
            if place == len(self._worlds):
                self._worlds.append(world)
            added |= 1 << place
        for row in held:
            checked, keeps = self._checked.get(row, (0, 0))
            self._checked[row] = (checked | added, keeps | added)

    def that_keep(self, rows: Sequence[Row]) -> list[World]:
        """Return the worlds that keep all of these rows; one that breaks a row is not checked against later ones."""
        worlds = self._worlds
        left = (1 << len(worlds)) - 1
        for row in rows:
            checked, keeps = self._checked.get(row, (0, 0))
            unknown = left & ~checked
            if unknown:
                keeps |= sum(1 << place for place in _places(unknown) if row.holds(worlds[place]))
                self._checked[row] = (checked | unknown, keeps)
            left &= keeps
            if not left:
                break
        return [worlds[place] for place in _places(left)]


def _places(bits: int) -> list[int]:
    """Return which bits are set, from the lowest."""
    return [place for place, bit in enumerate(reversed(f"{bits:b}")) if bit == "1"]
