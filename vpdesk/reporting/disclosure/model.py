"""What a reader knows, as whole-number inequalities over one-way margins per segment of time.

The cube itself is never built: `docs/report-method.md` proves that margins with equal totals have a joint cube of whole
numbers exactly when the inequalities here hold, so one-way statements say no more about the cube than this model does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period, segments
from vpdesk.domain.phases import PHASE_UNKNOWN, Phase
from vpdesk.domain.statements import Of, Statement, dated
from vpdesk.reporting.disclosure.protect import Line, plain

TOTAL: Final = ""
"""The name under which the segment totals stand beside the dimensions."""

UNBOUNDED: Final = 10**6
"""More cases than any client has: an upper bound for what no statement bounds."""

DEPTH: Final = (Phase.VOORFASE.value, Phase.MELDINGSFASE.value, Phase.NAFASE.value)
WITH_UNKNOWN: Final = frozenset({"thema", "werkgebied", "fase"})
ROUNDS: Final = 60

Region = tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """How many cases of a segment have a code; the segment's total when the dimension is TOTAL."""

    segment: int
    dimension: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """Between `low` and `high` lies the sum of the variables `plus` less the variables `minus`."""

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    low: int
    high: int

    def holds(self, world: Sequence[int]) -> bool:
        """Return whether a world keeps this row, in Python integers."""
        return self.low <= sum(world[i] for i in self.plus) - sum(world[i] for i in self.minus) <= self.high


@dataclass(frozen=True, slots=True)
class Target:
    """A number that a reader could be after: a code, or all, in a region of time; `spread` are its variables.

    `widened` adds what is `onbekend` in a tied dimension: a reader may believe that nothing ever is.
    """

    dimension: str
    code: str
    region: Region
    spread: tuple[int, ...]
    widened: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Margins that hang together, with everything published about them."""

    dimensions: frozenset[str]
    variables: tuple[Variable, ...]
    rows: tuple[Row, ...]
    targets: tuple[Target, ...]

    def index(self) -> dict[Variable, int]:
        """Return the place of each variable in a world."""
        return {variable: place for place, variable in enumerate(self.variables)}

    def holds(self, world: Sequence[int]) -> bool:
        """Return whether a proposed world is whole, not negative, and agrees with everything published."""
        return (
            len(world) == len(self.variables)
            and all(type(n) is int and n >= 0 for n in world)
            and all(row.holds(world) for row in self.rows)
        )


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
                for tied in _tied(name):
                    if plain(tied) in self.dimensions:
                        covered.setdefault(tied, set()).update(self.region(statement.period))
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
            groups.setdefault(min(plain(tied) for tied in _tied(name)), {})[name] = places
        if low != high and groups:
            return (self._block(self.covered, strict=strict),)
        return (totals, *(self._block(group, strict=strict) for _, group in sorted(groups.items())))

    def _block(self, covered: Mapping[str, Region], *, strict: bool) -> Block:
        variables = [Variable(i, TOTAL, "") for i in range(len(self.segments))]
        for name, places in covered.items():
            variables += [Variable(i, name, code) for i in places for code in self.dimensions[plain(name)]]
        if strict:
            of_phase = ((name, places) for name, places in covered.items() if plain(name) == "fase")
            variables += [Variable(i, _behind(name), c) for name, places in of_phase for i in places for c in DEPTH]
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
            rows += _by_definition(covered, self.dimensions, index)
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


def _tied(dimension: str) -> tuple[str, ...]:
    """Return the dimensions that definitions tie to this one, itself included; phases of all days hang together."""
    name, _, day = dimension.partition("@")
    if day:
        return (f"afloop@{day}", f"fase@{day}")
    return ("thema", "werkgebied") if name in {"thema", "werkgebied"} else (name,)


def _by_definition(
    covered: Mapping[str, Region], dimensions: Mapping[str, tuple[str, ...]], index: Mapping[Variable, int]
) -> list[Row]:
    def places(segment: int, name: str, codes: Sequence[str]) -> tuple[int, ...]:
        return tuple(index[Variable(segment, name, c)] for c in codes if Variable(segment, name, c) in index)

    rows = []
    if "thema" in covered and "werkgebied" in covered:
        for themes, fields in _theme_sets(dimensions):
            rows += [
                Row(places(i, "thema", themes), places(i, "werkgebied", fields), -UNBOUNDED, 0)
                for i in covered["thema"]
            ]
    days = sorted(date.fromisoformat(name.partition("@")[2]) for name in covered if plain(name) == "fase")
    for i in sorted({i for places_ in covered.values() for i in places_}):
        here = [dated("fase", day) for day in days if i in covered[dated("fase", day)]]
        for name in here:
            outcomes = places(i, name.replace("fase", "afloop"), sorted(taxonomy.OUTCOMES_OF_A_REPORT))
            rows.append(Row(outcomes, places(i, name, (*DEPTH[1:], PHASE_UNKNOWN)), -UNBOUNDED, 0))
            rows.append(Row(places(i, _behind(name), DEPTH), places(i, name, (PHASE_UNKNOWN,)), 0, 0))
        for before, after in pairwise(here):
            for deep in (DEPTH[depth:] for depth in range(1, len(DEPTH))):
                early = (*places(i, before, deep), *places(i, _behind(before), deep))
                late = (*places(i, after, deep), *places(i, _behind(after), deep))
                rows.append(Row(early, late, -UNBOUNDED, 0))
        for before, after in combinations(here, 2):  # follows from the rows above; said again for `bounds`
            for deep in (DEPTH[depth:] for depth in range(1, len(DEPTH))):
                rows.append(Row(places(i, before, deep), places(i, after, (*deep, PHASE_UNKNOWN)), -UNBOUNDED, 0))
    return rows


def _behind(name: str) -> str:
    """Return the name under which the phases stand that are really behind `onbekend` in this dimension."""
    return f"onbekend in {name}"


def _theme_sets(dimensions: Mapping[str, tuple[str, ...]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return Hall's sets: themes, and all fields in which they can lie; sets that can lie anywhere say nothing."""
    kinds: dict[frozenset[str], list[str]] = {}
    for theme in dimensions["thema"]:
        kinds.setdefault(taxonomy.fields_of_theme(theme), []).append(theme)
    bound = [fields for fields in kinds if not fields >= set(dimensions["werkgebied"])]
    sets = []
    for size in range(1, len(bound) + 1):
        for some in combinations(bound, size):
            themes = tuple(theme for fields in some for theme in kinds[fields])
            sets.append((themes, tuple(sorted(frozenset().union(*some)))))
    return sets


def bounds(block: Block) -> tuple[list[int], list[int]]:
    """Return lower and upper bounds of every variable that follow row by row; sound, not always tight.

    An upper bound below its lower one shows that no world exists.
    """
    low, high = [0] * len(block.variables), [UNBOUNDED] * len(block.variables)
    for _ in range(ROUNDS):
        before = (tuple(low), tuple(high))
        for row in block.rows:
            _tighten(row, low, high)
        if before == (tuple(low), tuple(high)) or contradictory(low, high):
            break
    return low, high


def contradictory(low: Sequence[int], high: Sequence[int]) -> bool:
    """Return whether bounds show that no world exists."""
    return any(a > b for a, b in zip(low, high, strict=True))


def _tighten(row: Row, low: list[int], high: list[int]) -> None:
    least = sum(low[i] for i in row.plus) - sum(high[i] for i in row.minus)
    most = sum(high[i] for i in row.plus) - sum(low[i] for i in row.minus)
    for i in row.plus:
        old_low, old_high = low[i], high[i]
        low[i] = max(old_low, row.low - (most - old_high))
        high[i] = min(old_high, row.high - (least - old_low))
    for i in row.minus:
        old_low, old_high = low[i], high[i]
        low[i] = max(old_low, (least + old_high) - row.high)
        high[i] = min(old_high, (most + old_low) - row.low)


def provable(block: Block, low: Sequence[int], high: Sequence[int]) -> Callable[[Target], tuple[int, int]]:
    """Return a function that gives bounds of a target provable from single rows, in Python integers."""
    sums = [row for row in block.rows if not row.minus]

    def of(target: Target) -> tuple[int, int]:
        spread = set(target.spread)
        least, most = sum(low[i] for i in spread), sum(high[i] for i in spread)
        for row in sums:
            members = set(row.plus)
            if members.isdisjoint(spread):
                continue
            extra, short = members - spread, spread - members
            least = max(least, row.low - sum(high[i] for i in extra) + sum(low[i] for i in short))
            most = min(most, row.high - sum(low[i] for i in extra) + sum(high[i] for i in short))
        return least, most

    return of


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
