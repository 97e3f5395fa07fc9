"""Which dimensions must be counted jointly in a segment since statements cross them, and the cells that takes.

Dimensions are the nodes of a graph; statements over two of them and definitions are its edges. The graph is
triangulated, and each of its cliques gets joint cells, but for one that is a definition and nothing else: there the
inequalities of `definitions` do. Lemma H of the method page: tables of whole numbers that agree where cliques meet are
the margins of one cube.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from math import prod
from typing import Final

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.report_choices import CROSSED
from vpdesk.reporting.disclosure.block import Variable
from vpdesk.reporting.disclosure.definitions import State, can_meet, states, ties
from vpdesk.reporting.disclosure.lists import list_of
from vpdesk.reporting.disclosure.protect import plain

MOST_CELLS: Final = 6_000
"""Joint cells of one model: beyond it the solver takes minutes, and nothing is proven."""

MOST_COMBINED: Final = 4 * MOST_CELLS
"""Combinations of one table that are looked at to leave out what is impossible by definition."""

Pair = frozenset[str]


class EntangledError(ReportRefusedError):
    """The two-way tables that are out, or are to go out, take more joint cells than can be audited."""

    def __init__(self) -> None:
        super().__init__(
            "De kruistabellen over deze periode grijpen zo in elkaar dat dit programma ze niet samen kan narekenen. "
            "Daarom is er niets geëxporteerd. Uw gegevens zijn niet veranderd."
        )


Cell = tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Joint:
    """Dimensions that are counted together, in the order of their names, and the cells that a case may lie in."""

    dimensions: tuple[str, ...]
    states: tuple[tuple[State, ...], ...]
    cells: tuple[Cell, ...]

    def variable(self, segment: int, cell: Cell) -> Variable:
        """Return the variable of a cell."""
        return Variable(segment, CROSSED.join(self.dimensions), CROSSED.join(state.name for state in cell))

    def margins(self, names: Collection[str]) -> dict[Cell, list[Cell]]:
        """Return the cells by each combination of states in some of the dimensions, possible or not."""
        places = [place for place, name in enumerate(self.dimensions) if name in names]
        found: dict[Cell, list[Cell]] = {some: [] for some in product(*(self.states[place] for place in places))}
        for cell in self.cells:
            found[tuple(cell[place] for place in places)].append(cell)
        return found


@dataclass(frozen=True, slots=True)
class Junction:
    """The joint tables of one segment, and which two of them meet in more than one dimension, and in which."""

    joints: tuple[Joint, ...] = ()
    meetings: tuple[tuple[Joint, Joint, tuple[str, ...]], ...] = ()

    def over(self, names: Pair) -> Joint:
        """Return a joint table in which these two dimensions are told apart; a pair that is crossed here has one."""
        return next(joint for joint in self.joints if names <= set(joint.dimensions))

    def within(self, names: Collection[str]) -> "Junction":
        """Return what of this lies in some of the dimensions, no table of which reaches beyond them."""
        inside = tuple(joint for joint in self.joints if set(joint.dimensions) <= set(names))
        return Junction(inside, tuple(m for m in self.meetings if m[0] in inside and m[1] in inside))

    @property
    def size(self) -> int:
        """Return the number of joint cells."""
        return sum(len(joint.cells) for joint in self.joints)


def junction(
    crossed: Collection[Pair], names: Collection[str], dimensions: Mapping[str, tuple[str, ...]], *, strict: bool
) -> Junction:
    """Return the joint tables of a segment in which these pairs are crossed and these dimensions are known.

    With `strict` definitions hold.

    Raises:
        EntangledError: a table would have too many cells.
    """
    if not crossed:
        return Junction()
    defined = ties(names) if strict else []
    by_margins = {pair for pair in defined if pair not in crossed}
    tree = _cliques(names, {*crossed, *defined}, lambda name: len(list_of(dimensions, name)))
    jointly = [clique for clique in tree if len(clique) > 1 and clique not in by_margins]
    days = {name for clique in jointly for name in _phases(clique) if strict and len(_phases(clique)) > 1}
    told_apart = {name: states(list_of(dimensions, name), told_apart=name in days) for name in names}
    joints = {
        clique: _joint(tuple(sorted(clique)), tuple(told_apart[name] for name in sorted(clique)), strict=strict)
        for clique in jointly
    }
    meetings = [
        (joints[one], joints[other], tuple(sorted(one & other)))
        for one, other in _branches(tree)
        if len(one & other) > 1
    ]
    return Junction(tuple(joints.values()), tuple(meetings))


def _phases(clique: Pair) -> list[str]:
    return [name for name in clique if plain(name) == "fase"]


@lru_cache(maxsize=64)
def _joint(names: tuple[str, ...], told_apart: tuple[tuple[State, ...], ...], *, strict: bool) -> Joint:
    if prod(len(some) for some in told_apart) > MOST_COMBINED:
        raise EntangledError
    cells = (
        cell
        for cell in product(*told_apart)
        if not strict or all(can_meet(*two) for two in combinations(zip(names, cell, strict=True), 2))
    )
    return Joint(names, told_apart, tuple(cells))


def _cliques(names: Collection[str], edges: Collection[Pair], size: Callable[[str], int]) -> list[Pair]:
    """Return the largest cliques of the graph after edges were added that leave no open cycle, as few as looks best."""
    near = {name: {other for edge in edges if name in edge for other in edge - {name}} for name in names}

    def order(name: str) -> tuple[int, int, str]:
        missing = sum(two not in near[one] for one, two in combinations(near[name], 2))
        return missing, prod(size(other) for other in near[name]), name

    found: list[Pair] = []
    while near:
        name = min(near, key=order)
        beside = near.pop(name)
        for other in beside:
            near[other] |= beside - {other}
            near[other].discard(name)
        found.append(frozenset({name, *beside}))
    return [clique for clique in found if not any(clique < other for other in found)]


def _branches(cliques: list[Pair]) -> list[tuple[Pair, Pair]]:
    """Return the edges of a junction tree: a spanning tree of the cliques by the dimensions in which they meet."""
    found = []
    inside, outside = cliques[:1], cliques[1:]
    while outside:
        one, other = max(((a, b) for b in outside for a in inside), key=lambda two: len(two[0] & two[1]))
        found.append((one, other))
        inside.append(other)
        outside.remove(other)
    return found
