"""Which codes nothing published tells apart: of each such class only one is asked for."""

from collections.abc import Callable, Sequence
from functools import cache

from vpdesk.domain.report_choices import CROSSED, codes_of, crossed_parts, crossing
from vpdesk.reporting.disclosure.block import Block, Region, Target, Variable
from vpdesk.reporting.disclosure.lists import list_of
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.protect import Line, plain


def alike(block: Block, lines: Sequence[Line], reader: Reader) -> Callable[[Target], str]:
    """Return a function that names the first code of the class that nothing published tells apart from the target's.

    Codes of one class may be exchanged in a world, in all segments at once, and it stays a world: they stand in the
    same statements, the same definitions, the same hidden sets, and the same row where a row counts several. In a
    two-way table that holds for either side.
    """
    names: dict[tuple[str, str], str] = {}
    for name in block.dimensions:
        codes = list_of(reader.dimensions, name)
        marks = _marks(block, name, codes, reader.covered[name])
        for line in (x for x in lines if plain(x.dimension) == plain(name)):
            row_of = {code: key for key in (*line.shown, *line.hidden) for code in codes_of(key)}
            for code in codes:
                key = row_of.get(code, code)
                row = "" if key == code else key
                marks[code].append((line.dimension, line.period, key in line.hidden, line.shown.get(key), row))
        seen: dict[tuple[object, ...], str] = {}
        for code in codes:
            names[name, code] = seen.setdefault(tuple(marks[code]), code)

    @cache
    def first(dimension: str, code: str) -> str:
        sides, keys = crossed_parts(dimension), crossed_parts(code)
        if sides is None or keys is None:
            return names.get((dimension, code), code)
        return crossing(*(names.get(side, side[1]) for side in zip(sides, keys, strict=True)))

    return lambda target: first(target.dimension, target.code)


def _marks(block: Block, name: str, codes: Sequence[str], places: Region) -> dict[str, list[object]]:
    """Return for each code the rows it stands in, with sign, segment and what it is crossed with there.

    Rows that only add joint cells up follow any exchange, and tell nothing apart.
    """
    index = block.index()
    owner: dict[int, tuple[str, tuple[object, ...]]] = {
        index[Variable(i, name, code)]: (code, (i,)) for i in places for code in codes
    }
    for place, variable in enumerate(block.variables):
        names = variable.dimension.split(CROSSED)
        if name in names and len(names) > 1:
            states = variable.code.split(CROSSED)
            code = states.pop(names.index(name))
            owner[place] = (code, (variable.segment, variable.dimension, *states))
    marks: dict[str, list[object]] = {code: [] for code in codes}
    for number, row in enumerate(block.rows):
        for sign, spread in () if row.tie else ((1, row.plus), (-1, row.minus)):
            met = sorted((owner[place] for place in spread if place in owner), key=str)
            for code, where in met:
                if code in marks:  # phases that are told apart further stand in rows of their own
                    marks[code].append((number, sign, where))
    return marks
