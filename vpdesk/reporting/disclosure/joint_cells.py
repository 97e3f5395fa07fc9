"""Joint cells in the model of a reader: their variables, how they add up, and which of them a reader could be after."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.report_choices import codes_of, crossing, key_of
from vpdesk.reporting.disclosure.block import Region, Row, Target, Variable
from vpdesk.reporting.disclosure.definitions import IDENTIFYING, SENSITIVE, WITH_UNKNOWN, State, behind, tied
from vpdesk.reporting.disclosure.junction import Cell, Joint, Junction
from vpdesk.reporting.disclosure.lists import list_of
from vpdesk.reporting.disclosure.protect import plain
from vpdesk.reporting.disclosure.unions import Unions

CROSSES: Final = 2
"""How many dimensions a statement crosses at most."""

MOST_CELLS_ASKED: Final = 1_500
"""Of how many cells and stretches of time of one pair of dimensions targets are made, at least its periods' own."""

Junctions = Mapping[int, Junction]
Index = Mapping[Variable, int]
Where = tuple[tuple[str, tuple[str, ...]], ...]


def joint_variables(tables: Junctions) -> list[Variable]:
    """Return a variable for each joint cell of each segment."""
    return [j.variable(i, cell) for i, found in tables.items() for j in found.joints for cell in j.cells]


def tie_rows(tables: Junctions, index: Index) -> list[Row]:
    """Return the rows by which joint cells add up to the one-way margins, and to each other where tables meet."""
    rows = []
    for i, found in tables.items():
        for joint in found.joints:
            for name in joint.dimensions:
                for (state,), cells in joint.margins((name,)).items():
                    rows.append(Row(_places(i, joint, cells, index), (_margin(i, name, state, index),), 0, 0, tie=True))
        for one, other, names in found.meetings:
            there = other.margins(names)
            for states, cells in one.margins(names).items():
                here = _places(i, one, cells, index)
                rows.append(Row(here, _places(i, other, there[states], index), 0, 0, tie=True))
    return rows


def _places(segment: int, joint: Joint, cells: Sequence[Cell], index: Index) -> tuple[int, ...]:
    return tuple(index[joint.variable(segment, cell)] for cell in cells)


def _margin(segment: int, name: str, state: State, index: Index) -> int:
    dimension, code = (behind(name), state.real) if state.real else (name, state.code)
    return index[Variable(segment, dimension, code)]


def crossed_cells(where: Where, region: Region, tables: Junctions, index: Index) -> tuple[int, ...]:
    """Return the joint cells of a region that lie in a box of two dimensions."""
    return tuple(place for i in region for place in _inside(i, where, tables, index))


def _inside(segment: int, where: Where, tables: Junctions, index: Index) -> Iterator[int]:
    joint = tables[segment].over(frozenset(name for name, _ in where))
    asked = [(joint.dimensions.index(name), frozenset(codes)) for name, codes in where]
    for cell in joint.cells:
        if all(cell[place].code in codes for place, codes in asked):
            yield index[joint.variable(segment, cell)]


class Pairs:
    """The two-way tables of a model: for each pair of dimensions where it is known, and the rows it may be said in."""

    def __init__(
        self, dimensions: Mapping[str, tuple[str, ...]], tables: Junctions, index: Index, unions: Unions
    ) -> None:
        self.dimensions = dimensions
        self.unions = unions
        self.tables = tables
        self.index = index

    def targets(
        self, pair: tuple[str, str], boxes: Sequence[Where], wholes: Sequence[Region], others: Sequence[Region]
    ) -> Iterator[Target]:
        """Yield the cells of a table in the regions of its periods, and in others that a reader can form.

        `boxes` are the boxes of the statements over this pair, `wholes` their regions.
        """
        rows = [self._keys(pair, side, boxes) for side in (0, 1)]
        cells = self._cells(pair, sorted({i for whole in wholes for i in whole}))
        regions = _regions(wholes, others)
        own = len(set(wholes))
        for region in regions[: max(own, MOST_CELLS_ASKED // max(1, len(rows[0]) * len(rows[1])))]:
            for keys in product(*rows):
                codes = [codes_of(key) for key in keys]
                spread = tuple(
                    p for i in region for one, other in product(*codes) for p in cells.get((i, one, other), ())
                )
                if not spread:
                    continue
                margins = tuple(self._line(name, some, region) for name, some in zip(pair, codes, strict=True))
                kinds = [plain(name) for name in pair]
                group = next((m for m, kind in zip(margins, kinds, strict=True) if kind in IDENTIFYING), ())
                if not any(kind in SENSITIVE for kind in kinds):
                    group = ()
                yield Target(
                    crossing(*pair), crossing(*keys), region, spread,
                    margins=margins, group=group, printed=region in wholes,
                )  # fmt: skip

    def _cells(self, pair: tuple[str, str], segments: Sequence[int]) -> dict[tuple[int, str, str], list[int]]:
        found: dict[tuple[int, str, str], list[int]] = {}
        for i in segments:
            joint = self.tables[i].over(frozenset(pair))
            here = [joint.dimensions.index(name) for name in pair]
            for cell in joint.cells:
                one, other = (cell[place].code for place in here)
                found.setdefault((i, one, other), []).append(self.index[joint.variable(i, cell)])
        return found

    def _line(self, name: str, codes: Sequence[str], region: Region) -> tuple[int, ...]:
        return tuple(self.index[Variable(i, name, code)] for i in region for code in codes)

    def _keys(self, pair: tuple[str, str], side: int, boxes: Sequence[Where]) -> list[str]:
        """Return the rows of one side: each code, the codes that are counted together, each code with `onbekend`.

        The last where definitions tie this dimension to another that is counted jointly with it: readers may believe
        that nothing is `onbekend`.
        """
        name = pair[side]
        codes = list_of(self.dimensions, name)
        keys = dict.fromkeys(codes)
        keys |= dict.fromkeys(key_of(_in_order(codes, box[side][1])) for box in boxes)
        keys |= dict.fromkeys(self.unions.get(plain(name), ()))  # a row of which every cell is hidden stands in no box
        joints = [set(joint.dimensions) for found in self.tables.values() for joint in found.joints]
        beside = {other for joint in joints if joint >= set(pair) for other in joint - {name}}
        if plain(name) in WITH_UNKNOWN and any(other in beside for other in tied(name)):
            keys |= dict.fromkeys(key_of(_in_order(codes, (code, taxonomy.UNKNOWN.code))) for code in codes)
        return [key for key in keys if len(codes_of(key)) < len(codes)]


def _in_order(codes: Sequence[str], some: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code in some)


def _regions(wholes: Sequence[Region], others: Sequence[Region]) -> list[Region]:
    """Return the periods of a table, the segments in them, periods less periods, and then what else lies in them."""
    every = sorted({i for whole in wholes for i in whole})
    less = [tuple(i for i in a if i not in b) for a in wholes for b in wholes if set(b) < set(a)]
    beside = [region for region in others if set(region) <= set(every)]
    return list(dict.fromkeys([*sorted(set(wholes)), *((i,) for i in every), *less, *beside]))
