"""What a reader knows, as whole-number inequalities over one-way margins per segment of time.

The cube itself is never built: `docs/report-method.md` proves that margins with equal totals have a joint cube of whole
numbers exactly when the inequalities here hold, so one-way statements say no more about the cube than this model does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period, segments
from vpdesk.domain.report_choices import codes_of
from vpdesk.domain.statements import Of, Statement
from vpdesk.reporting.disclosure.block import TOTAL, UNBOUNDED, Block, Region, Row, Target, Variable
from vpdesk.reporting.disclosure.bounds import bounds
from vpdesk.reporting.disclosure.definitions import DEPTH, WITH_UNKNOWN, behind, by_definition, tied
from vpdesk.reporting.disclosure.lists import Moved, linked, list_of
from vpdesk.reporting.disclosure.protect import Line, plain
from vpdesk.reporting.disclosure.unions import Unions

MOST_REGIONS: Final = 120
"""Of how many stretches of time targets are made: a dozen monthly reports beside a year would give thousands."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the days it counts on, which are several stretches where it counts several organisations."""

    statement: Statement
    where: tuple[Period, ...]


def told(said: Statement | Told) -> Told:
    """Return a statement with its days."""
    return said if isinstance(said, Told) else Told(said, (said.period,))


class Reader:
    """The model of one reader: statements about cases in periods that hang together, and the rules of the domain."""

    def __init__(
        self,
        statements: Sequence[Statement | Told],
        dimensions: Mapping[str, tuple[str, ...]],
        cuts: Sequence[Period] = (),
        moved: Moved | None = None,
        unions: Unions = MappingProxyType({}),
    ) -> None:
        """Take the statements of one chain of overlapping periods; `dimensions` gives the codes by plain name or list.

        Time is cut at the boundaries of `cuts` too; `moved` is what the reader believes of a code that is gone, and
        `unions` are asked for besides single codes.

        Raises:
            ReportRefusedError: a statement crosses dimensions or names a code that does not exist.
        """
        kept = (told(s) for s in statements)
        self.told = tuple(t for t in kept if t.statement.of in {Of.CASES, Of.CASES_WITH_TALK})
        self.dimensions = dimensions
        self.moved = moved
        self.unions = unions
        self.segments = segments(sorted({*cuts, *(period for t in self.told for period in t.where)}))
        self._check()
        self.covered = self._coverage()

    def _check(self) -> None:
        for where in (t.statement.box.where for t in self.told):
            known = all(set(codes) <= set(list_of(self.dimensions, name)) for name, codes in where)
            if len(where) > 1 or not known:
                raise ReportRefusedError(
                    "In een eerder verslag staat een getal dat dit programma niet kan narekenen. "
                    "Daarom is er niets geëxporteerd. Uw gegevens zijn niet veranderd."
                )

    def region(self, *periods: Period) -> Region:
        """Return the segments that lie in one of the periods."""
        return tuple(i for i, piece in enumerate(self.segments) if any(piece.first in p for p in periods))

    def _coverage(self) -> dict[str, Region]:
        """Return for each dimension in use, and for what is tied to it by definition, the segments it is known in."""
        covered: dict[str, set[int]] = {}
        for said in self.told:
            for name, _ in said.statement.box.where:
                for other in tied(name):
                    if plain(other) in self.dimensions:
                        covered.setdefault(other, set()).update(self.region(*said.where))
        return {name: tuple(sorted(places)) for name, places in sorted(covered.items())}

    def regions(self) -> tuple[Region, ...]:
        """Return the stretches of time that a reader can form: segments, periods, and periods less periods.

        All of them up to MOST_REGIONS; then those that take the fewest subtractions, and those that leave the fewest
        segments.
        """
        wholes = sorted({self.region(*t.where) for t in self.told})
        found = dict.fromkeys([*((i,) for i in range(len(self.segments))), *wholes])
        level = {(whole, whole) for whole in wholes}
        most = max(MOST_REGIONS, len(found))
        while level and len(found) < most:
            level = {
                (whole, tuple(i for i in left if i not in part))
                for whole, left in level
                for part in wholes
                if set(part) < set(whole) and not set(part).isdisjoint(left)
            }
            level = {(whole, left) for whole, left in level if left}
            found |= dict.fromkeys(sorted({left for _, left in level}, key=lambda left: (len(left), left)))
        return tuple(sorted(list(found)[:most]))

    def blocks(self, *, strict: bool) -> tuple[Block, ...]:
        """Return the totals and each group of tied dimensions; one joint block when totals are not known exactly.

        With `strict` the rules of the domain hold: a theme lies in its fields, phases do not go back, a report needs
        more than the first phase.
        """
        regions = self.regions()
        totals = self._block({}, regions, strict=strict)
        low, high = bounds(totals)
        groups: dict[str, dict[str, Region]] = {}
        for name, places in self.covered.items():
            groups.setdefault(min(plain(other) for other in tied(name)), {})[name] = places
        if low != high and groups:
            return (self._block(self.covered, regions, strict=strict),)
        return (totals, *(self._block(group, regions, strict=strict) for _, group in sorted(groups.items())))

    def like(self, block: Block, covered: Mapping[str, Region], *, strict: bool) -> Block:
        """Return what this reader knows in the variables of somebody else's block: its rows, without targets."""
        return self._block({name: covered[name] for name in sorted(block.dimensions)}, (), strict=strict)

    def _block(self, covered: Mapping[str, Region], regions: Sequence[Region], *, strict: bool) -> Block:
        variables = [Variable(i, TOTAL, "") for i in range(len(self.segments))]
        for name, places in covered.items():
            variables += [Variable(i, name, code) for i in places for code in list_of(self.dimensions, name)]
        if strict:
            of_phase = ((name, places) for name, places in covered.items() if plain(name) == "fase")
            variables += [Variable(i, behind(name), c) for name, places in of_phase for i in places for c in DEPTH]
        index = {variable: place for place, variable in enumerate(variables)}
        rows = [
            Row(tuple(index[Variable(i, name, code)] for code in list_of(self.dimensions, name)), (i,), 0, 0)
            for name, places in covered.items()
            for i in places
        ]
        for said in self.told:
            row = self._said(said, covered, index)
            if row is not None:
                rows.append(row)
        if strict:
            rows += by_definition(covered, self.dimensions, index)
            rows += linked(covered, self.dimensions, index, self.moved)
        targets = [target for region in regions for target in self._targets(region, covered, index)]
        return Block(frozenset(covered), tuple(variables), tuple(dict.fromkeys(rows)), tuple(targets))

    def _targets(
        self, region: Region, covered: Mapping[str, Region], index: Mapping[Variable, int]
    ) -> Iterator[Target]:
        yield Target(TOTAL, "", region, region)
        for name, places in covered.items():
            if not set(region) <= set(places):
                continue
            codes = list_of(self.dimensions, name)
            spread = {code: tuple(index[Variable(i, name, code)] for i in region) for code in codes}
            unknown = spread.get(taxonomy.UNKNOWN.code, ()) if plain(name) in WITH_UNKNOWN else ()
            for key in (*codes, *self.unions.get(plain(name), ())):
                places_of = tuple(place for code in codes_of(key) for place in spread[code])
                yield Target(name, key, region, places_of)
                if unknown and taxonomy.UNKNOWN.code not in codes_of(key):
                    yield Target(name, key, region, (*places_of, *unknown), widened=True)

    def _said(self, said: Told, covered: Mapping[str, Region], index: Mapping[Variable, int]) -> Row | None:
        statement, region = said.statement, self.region(*said.where)
        if not statement.box.where:
            most = statement.maximum if statement.of is Of.CASES else UNBOUNDED
            return Row(region, (), statement.minimum, most)
        ((name, codes),) = statement.box.where
        if name not in covered or statement.of is not Of.CASES:
            return None
        spread = tuple(index[Variable(i, name, code)] for i in region for code in codes)
        return Row(spread, (), statement.minimum, statement.maximum)


def chain(statements: Sequence[Statement | Told], period: Period) -> tuple[Told, ...]:
    """Return the statements whose days hang together with this period through overlaps."""
    heard = [told(s) for s in statements]
    reach = {period}
    grown = True
    while grown:
        near = {p for t in heard if any(p.overlaps(r) for p in t.where for r in reach) for p in t.where} | reach
        grown = near != reach
        reach = near
    return tuple(t for t in heard if reach & set(t.where))


def alike(block: Block, lines: Sequence[Line], reader: Reader) -> Callable[[Target], str]:
    """Return a function that names the first code of the class that nothing published tells apart from the target's.

    Codes of one class may be exchanged in a world, in all segments at once, and it stays a world: they stand in the
    same statements, the same definitions, the same hidden sets, and the same row where a row counts several.
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
    return lambda target: names.get((target.dimension, target.code), target.code)


def _marks(block: Block, name: str, codes: Sequence[str], places: Region) -> dict[str, list[object]]:
    """Return for each code the rows it stands in, with sign and segment."""
    index = block.index()
    owner = {index[Variable(i, name, code)]: (i, code) for i in places for code in codes}
    marks: dict[str, list[object]] = {code: [] for code in codes}
    for number, row in enumerate(block.rows):
        for sign, spread in ((1, row.plus), (-1, row.minus)):
            for segment, code in (owner[place] for place in spread if place in owner):
                marks[code].append((number, sign, segment))
    return marks
