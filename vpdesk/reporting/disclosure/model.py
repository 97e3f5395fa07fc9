"""What a reader knows, as whole-number inequalities over one-way margins per segment of time.

The cube itself is never built: `docs/report-method.md` proves that margins with equal totals have a joint cube of whole
numbers exactly when the inequalities here hold, so one-way statements say no more about the cube than this model does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period, segments
from vpdesk.domain.statements import Of, Statement
from vpdesk.reporting.disclosure.block import TOTAL, UNBOUNDED, Block, Region, Row, Target, Variable
from vpdesk.reporting.disclosure.bounds import bounds
from vpdesk.reporting.disclosure.definitions import DEPTH, WITH_UNKNOWN, behind, by_definition, tied
from vpdesk.reporting.disclosure.protect import Line, plain


class Reader:
    """The model of one reader: statements about cases in periods that hang together, and the rules of the domain."""

    def __init__(self, statements: Sequence[Statement], dimensions: Mapping[str, tuple[str, ...]]) -> None:
        """Take the statements of one chain of overlapping periods; `dimensions` gives the codes by plain name.

        Raises:
            ReportRefusedError: a statement crosses dimensions or names a code that does not exist.
        """
        self.statements = tuple(s for s in statements if s.of in {Of.CASES, Of.CASES_WITH_TALK})
        self.dimensions = dimensions
        self.segments = segments(sorted({s.period for s in self.statements}))
        self._check()
        self.covered = self._coverage()

    def _check(self) -> None:
        for statement in self.statements:
            where = statement.box.where
            known = all(set(codes) <= set(self.dimensions.get(plain(name), ())) for name, codes in where)
            if len(where) > 1 or not known:
                raise ReportRefusedError(
                    "In een eerder verslag staat een getal dat dit programma niet kan narekenen. "
                    "Daarom is er niets geëxporteerd. Uw gegevens zijn niet veranderd."
                )

    def region(self, period: Period) -> Region:
        """Return the segments that lie in a period."""
        return tuple(i for i, piece in enumerate(self.segments) if piece.first in period)

    def _coverage(self) -> dict[str, Region]:
        """Return for each dimension in use, and for what is tied to it by definition, the segments it is known in."""
        covered: dict[str, set[int]] = {}
        for statement in self.statements:
            for name, _ in statement.box.where:
                for other in tied(name):
                    if plain(other) in self.dimensions:
                        covered.setdefault(other, set()).update(self.region(statement.period))
        return {name: tuple(sorted(places)) for name, places in sorted(covered.items())}

    def regions(self) -> tuple[Region, ...]:
        """Return every stretch of time that a reader can form: segments, periods, and periods less periods."""
        periods = {self.region(s.period) for s in self.statements}
        found = periods | {(i,) for i in range(len(self.segments))}
        for whole in periods:
            parts = [set(part) for part in periods if set(part) < set(whole)]
            for size in range(1, len(parts) + 1):
                for some in combinations(parts, size):
                    left = set(whole).difference(*some)
                    if left:
                        found.add(tuple(sorted(left)))
        return tuple(sorted(found))

    def blocks(self, *, strict: bool) -> tuple[Block, ...]:
        """Return the totals and each group of tied dimensions; one joint block when totals are not known exactly.

        With `strict` the rules of the domain hold: a theme lies in its fields, phases do not go back, a report needs
        more than the first phase.
        """
        totals = self._block({}, strict=strict)
        low, high = bounds(totals)
        groups: dict[str, dict[str, Region]] = {}
        for name, places in self.covered.items():
            groups.setdefault(min(plain(other) for other in tied(name)), {})[name] = places
        if low != high and groups:
            return (self._block(self.covered, strict=strict),)
        return (totals, *(self._block(group, strict=strict) for _, group in sorted(groups.items())))

    def _block(self, covered: Mapping[str, Region], *, strict: bool) -> Block:
        variables = [Variable(i, TOTAL, "") for i in range(len(self.segments))]
        for name, places in covered.items():
            variables += [Variable(i, name, code) for i in places for code in self.dimensions[plain(name)]]
        if strict:
            of_phase = ((name, places) for name, places in covered.items() if plain(name) == "fase")
            variables += [Variable(i, behind(name), c) for name, places in of_phase for i in places for c in DEPTH]
        index = {variable: place for place, variable in enumerate(variables)}
        rows = [
            Row(tuple(index[Variable(i, name, code)] for code in self.dimensions[plain(name)]), (i,), 0, 0)
            for name, places in covered.items()
            for i in places
        ]
        for statement in self.statements:
            row = self._said(statement, covered, index)
            if row is not None:
                rows.append(row)
        if strict:
            rows += by_definition(covered, self.dimensions, index)
        targets = [target for region in self.regions() for target in self._targets(region, covered, index)]
        return Block(frozenset(covered), tuple(variables), tuple(dict.fromkeys(rows)), tuple(targets))

    def _targets(
        self, region: Region, covered: Mapping[str, Region], index: Mapping[Variable, int]
    ) -> Iterator[Target]:
        yield Target(TOTAL, "", region, region)
        for name, places in covered.items():
            if not set(region) <= set(places):
                continue
            codes = self.dimensions[plain(name)]
            spread = {code: tuple(index[Variable(i, name, code)] for i in region) for code in codes}
            unknown = spread.get(taxonomy.UNKNOWN.code, ()) if plain(name) in WITH_UNKNOWN else ()
            for code in codes:
                yield Target(name, code, region, spread[code])
                if unknown and code != taxonomy.UNKNOWN.code:
                    yield Target(name, code, region, (*spread[code], *unknown), widened=True)

    def _said(self, statement: Statement, covered: Mapping[str, Region], index: Mapping[Variable, int]) -> Row | None:
        region = self.region(statement.period)
        if not statement.box.where:
            most = statement.maximum if statement.of is Of.CASES else UNBOUNDED
            return Row(region, (), statement.minimum, most)
        ((name, codes),) = statement.box.where
        if name not in covered or statement.of is not Of.CASES:
            return None
        spread = tuple(index[Variable(i, name, code)] for i in region for code in codes)
        return Row(spread, (), statement.minimum, statement.maximum)


def chain(statements: Sequence[Statement], period: Period) -> tuple[Statement, ...]:
    """Return the statements whose periods hang together with this one through overlaps."""
    reach = {period}
    grown = True
    while grown:
        near = {s.period for s in statements if any(s.period.overlaps(p) for p in reach)} | reach
        grown = near != reach
        reach = near
    return tuple(s for s in statements if s.period in reach)


def alike(block: Block, lines: Sequence[Line], reader: Reader) -> Callable[[Target], str]:
    """Return a function that names the first code of the class that nothing published tells apart from the target's.

    Codes of one class may be exchanged in a world, in all segments at once, and it stays a world: they stand in the
    same statements, the same definitions and the same hidden sets.
    """
    names: dict[tuple[str, str], str] = {}
    for name in block.dimensions:
        codes = reader.dimensions[plain(name)]
        marks = _marks(block, name, codes, reader.covered[name])
        for line in (x for x in lines if plain(x.dimension) == plain(name)):
            for code in codes:
                marks[code].append((line.dimension, line.period, code in line.hidden, line.shown.get(code)))
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
