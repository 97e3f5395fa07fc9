"""What a reader knows, as whole-number inequalities over one-way margins and joint cells per segment of time.

The cube itself is never built: `docs/report-method.md` proves that margins with equal totals have a joint cube of whole
numbers exactly when the inequalities here hold, so one-way statements say no more about the cube than this model does.
Where statements cross two dimensions, joint cells stand beside the margins.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from vpdesk.reporting.disclosure.joint_cells import (
    CROSSES,
    Junctions,
    Pairs,
    crossed_cells,
    joint_variables,
    tie_rows,
)
from vpdesk.reporting.disclosure.junction import MOST_CELLS, EntangledError, junction
from vpdesk.reporting.disclosure.lists import Moved, linked, list_of
from vpdesk.reporting.disclosure.protect import plain
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
            ReportRefusedError: a statement crosses three dimensions or names a code that does not exist.
        """
        kept = (told(s) for s in statements)
        self.told = tuple(t for t in kept if t.statement.of in {Of.CASES, Of.CASES_WITH_TALK})
        self.dimensions = dimensions
        self.moved = moved
        self.unions = unions
        self.segments = segments(sorted({*cuts, *(period for t in self.told for period in t.where)}))
        self._regions: dict[tuple[Period, ...], Region] = {}
        self._check()
        self.covered = self._coverage()
        self._junctions: dict[bool, Junctions] = {}

    def _check(self) -> None:
        for where in (t.statement.box.where for t in self.told):
            known = all(set(codes) <= set(list_of(self.dimensions, name)) for name, codes in where)
            if len(where) > CROSSES or not known:
                raise ReportRefusedError(
                    "In een eerder verslag staat een getal dat dit programma niet kan narekenen. "
                    "Daarom is er niets geëxporteerd. Uw gegevens zijn niet veranderd."
                )

    def region(self, *periods: Period) -> Region:
        """Return the segments that lie in one of the periods."""
        if periods not in self._regions:
            inside = (i for i, piece in enumerate(self.segments) if any(piece.first in p for p in periods))
            self._regions[periods] = tuple(inside)
        return self._regions[periods]

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
        junctions = self.junctions(strict=strict)
        totals = self._block({}, regions, {}, strict=strict)
        low, high = bounds(totals)
        if low != high and self.covered:
            return (self._block(self.covered, regions, junctions, strict=strict),)
        groups = (self._block(group, regions, junctions, strict=strict) for group in self._groups())
        return (totals, *groups)

    def _groups(self) -> list[dict[str, Region]]:
        """Return the dimensions in use, those together that definitions tie or statements cross."""
        leaders = {name: min(plain(other) for other in tied(name)) for name in self.covered}
        for one, other in self.crossed:
            joined = {leaders[one], leaders[other]}
            leaders = {name: min(joined) if leader in joined else leader for name, leader in leaders.items()}
        groups: dict[str, dict[str, Region]] = {}
        for name, places in self.covered.items():
            groups.setdefault(leaders[name], {})[name] = places
        return [group for _, group in sorted(groups.items())]

    @property
    def crossed(self) -> dict[tuple[str, str], list[Told]]:
        """Return the statements about cases in two dimensions at once, by those two."""
        found: dict[tuple[str, str], list[Told]] = {}
        for said in self.told:
            where = said.statement.box.where
            if len(where) == CROSSES and said.statement.of is Of.CASES:
                found.setdefault((where[0][0], where[1][0]), []).append(said)
        return found

    def junctions(self, *, strict: bool) -> Junctions:
        """Return for each segment the joint tables that its crossing statements take.

        Raises:
            EntangledError: there are too many joint cells to audit.
        """
        if strict not in self._junctions:
            over = {pair: self.region(*(p for t in said for p in t.where)) for pair, said in self.crossed.items()}
            found = {}
            for i in range(len(self.segments)):
                here = [frozenset(pair) for pair, region in over.items() if i in region]
                names = [name for name, places in self.covered.items() if i in places]
                found[i] = junction(here, names, self.dimensions, strict=strict)
            if sum(tables.size for tables in found.values()) > MOST_CELLS:
                raise EntangledError
            self._junctions[strict] = found
        return self._junctions[strict]

    def like(self, block: Block, reader: "Reader", *, strict: bool) -> Block:
        """Return what this reader knows in the variables of a block of another: its rows, without targets."""
        covered = {name: reader.covered[name] for name in sorted(block.dimensions)}
        return self._block(covered, (), reader.junctions(strict=strict), strict=strict)

    def _block(
        self, covered: Mapping[str, Region], regions: Sequence[Region], junctions: Junctions, *, strict: bool
    ) -> Block:
        tables = {i: found.within(covered) for i, found in junctions.items()}
        variables = [Variable(i, TOTAL, "") for i in range(len(self.segments))]
        for name, places in covered.items():
            variables += [Variable(i, name, code) for i in places for code in list_of(self.dimensions, name)]
        if strict:
            of_phase = ((name, places) for name, places in covered.items() if plain(name) == "fase")
            variables += [Variable(i, behind(name), c) for name, places in of_phase for i in places for c in DEPTH]
        variables += joint_variables(tables)
        index = {variable: place for place, variable in enumerate(variables)}
        rows = [
            Row(tuple(index[Variable(i, name, code)] for code in list_of(self.dimensions, name)), (i,), 0, 0)
            for name, places in covered.items()
            for i in places
        ]
        for said in self.told:
            row = self._said(said, covered, tables, index)
            if row is not None:
                rows.append(row)
        if strict:
            rows += by_definition(covered, self.dimensions, index)
            rows += linked(covered, self.dimensions, index, self.moved)
        rows += tie_rows(tables, index)
        targets = [target for region in regions for target in self._targets(region, covered, index)]
        if regions and any(found.joints for found in tables.values()):
            targets += self._crossed_targets(Pairs(self.dimensions, tables, index, self.unions), covered)
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

    def _crossed_targets(self, tables: Pairs, covered: Mapping[str, Region]) -> Iterator[Target]:
        periods = sorted({self.region(*t.where) for t in self.told})
        for pair, said in self.crossed.items():
            if pair[0] in covered:
                wholes = [self.region(*t.where) for t in said]
                yield from tables.targets(pair, [t.statement.box.where for t in said], wholes, periods)

    def _said(
        self, said: Told, covered: Mapping[str, Region], tables: Junctions, index: Mapping[Variable, int]
    ) -> Row | None:
        statement, region = said.statement, self.region(*said.where)
        if not statement.box.where:
            most = statement.maximum if statement.of is Of.CASES else UNBOUNDED
            return Row(region, (), statement.minimum, most)
        if statement.of is not Of.CASES or not {name for name, _ in statement.box.where} <= covered.keys():
            return None
        if len(statement.box.where) == CROSSES:
            spread = crossed_cells(statement.box.where, region, tables, index)
        else:
            ((name, codes),) = statement.box.where
            spread = tuple(index[Variable(i, name, code)] for i in region for code in codes)
        return Row(spread, (), statement.minimum, statement.maximum)


def auditable(statements: Sequence[Statement | Told], dimensions: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether the two-way tables among these statements take few enough joint cells to be audited."""
    reader = Reader(statements, dimensions)
    try:
        for strict in (True, False):
            reader.junctions(strict=strict)
    except EntangledError:
        return False
    return True


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
