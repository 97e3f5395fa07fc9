"""What a reader could at best conclude about a dash: the range that everything published leaves, shown by worlds.

Computed from statements and hidden sets only, so that it tells no more than they do. The solver proposes; each end of a
range is shown by a world that is checked here in Python integers, and nobody can exclude what such a world holds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.report_choices import codes_of, crossed_parts, crossing
from vpdesk.reporting.disclosure.block import Block, Region, Target, Variable
from vpdesk.reporting.disclosure.bounds import bounds, contradictory, provable
from vpdesk.reporting.disclosure.model import Reader, Told, chain, told
from vpdesk.reporting.disclosure.protect import plain
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.readings import OUTSIDER, Reading
from vpdesk.reporting.disclosure.result import Conclusion, ProtectedReport
from vpdesk.reporting.disclosure.solver import NOT_READY, Solver
from vpdesk.reporting.disclosure.unions import Unions


def conclude(question: Question, report: ProtectedReport, solver: Solver) -> tuple[Conclusion, ...]:
    """Return for each table with dashes what is left of them for whoever has everything that is out.

    A table whose ranges the solver can't settle has no conclusion: the audit decides whether a report may go out, this
    only says what it leaves.

    Raises:
        CancelledError: the user cancelled.
    """
    names = {x.dimension: x.codes for x in report.pattern if x.period == question.period and x.codes}
    if not names:
        return ()
    out = Reading(question, question.earlier, (), question.promised, OUTSIDER, solver, family=question.family).known
    near = chain((*out, *(told(s) for s in report.statements)), question.period)
    try:
        found = _ranges(near, question, names, solver)
    except ReportRefusedError:
        return ()
    return tuple(
        _joined(name, [found[name, code] for code in codes])
        for name, codes in names.items()
        if (name, codes[0]) in found
    )


def _joined(name: str, ranges: Sequence[tuple[int, int]]) -> Conclusion:
    """Return the range of a table, and the narrowest of its dashes, without saying which."""
    least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
    return Conclusion(name, least, most, min(ranges, key=lambda ends: (ends[1] - ends[0], ends)))


def _ranges(
    near: Sequence[Told], question: Question, names: Mapping[str, tuple[str, ...]], solver: Solver
) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the least and the most of each hidden code; of readers who believe in the definitions while they can."""
    reader = Reader(near, question.dimensions, unions=_unions(names))
    region = reader.region(question.period)
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for strict in (True, False):
        left = {name: keys for name, keys in names.items() if (name, keys[0]) not in found}
        for block in reader.blocks(strict=strict) if left else ():
            targets = [target for name, keys in left.items() for target in _targets(block, name, keys, region)]
            if targets and not contradictory(*bounds(block)):
                found |= _of_block(block, targets, solver)
    return found


def _unions(names: Mapping[str, tuple[str, ...]]) -> Unions:
    """Return the rows of several codes of two-way tables: one that is hidden in whole stands in no statement."""
    found: dict[str, dict[str, None]] = {}
    for name, cells in names.items():
        for cell in cells if crossed_parts(name) else ():
            for side, key in zip(crossed_parts(name) or (), crossed_parts(cell) or (), strict=True):
                if len(codes_of(key)) > 1:
                    found.setdefault(plain(side), {})[key] = None
    return {name: tuple(keys) for name, keys in found.items()}


def _targets(block: Block, name: str, keys: Sequence[str], region: Region) -> list[Target]:
    """Return the hidden cells of a table that lie in a block; rows of several codes are sums of its variables.

    Cells of a two-way table are among the targets of a block, under the name that its statements give it.
    """
    if crossed_parts(name) is not None:
        turned = {(t.dimension, t.code): t for t in block.targets if t.region == region and not t.widened}
        both = (turned.get((name, key)) or turned.get((_turned(name), _turned(key))) for key in keys)
        return [replace(t, dimension=name, code=key) for t, key in zip(both, keys, strict=True) if t is not None]
    if name not in block.dimensions:
        return []
    at = block.index()
    spreads = {key: tuple(at[Variable(i, name, code)] for code in codes_of(key) for i in region) for key in keys}
    return [Target(name, key, region, spread) for key, spread in spreads.items()]


def _turned(name: str) -> str:
    """Return the name of a two-way table, or of a cell, with its sides in the other order."""
    first, second = crossed_parts(name) or (name, "")
    return crossing(second, first)


def _alike(block: Block) -> Callable[[Target], str]:
    """Return a function that names the first code that stands in the same rows as the target's, in every segment.

    Exchanging two such codes in a world gives a world, so they have the same range.
    """
    marks: dict[tuple[str, str], set[tuple[int, int, int]]] = {}
    for number, row in enumerate(block.rows):
        for sign, places in ((1, row.plus), (-1, row.minus)):
            for v in (block.variables[i] for i in places):
                marks.setdefault((v.dimension, v.code), set()).add((number, sign, v.segment))
    first: dict[tuple[str, frozenset[tuple[int, int, int]]], str] = {}
    leaders = {(d, code): first.setdefault((d, frozenset(found)), code) for (d, code), found in marks.items()}
    return lambda target: leaders.get((target.dimension, target.code), target.code)


def _of_block(block: Block, targets: Sequence[Target], solver: Solver) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the ranges in one block; nothing when no world fits it at all."""
    leader = _alike(block)
    asked = {(t.dimension, leader(t)): t for t in reversed(targets)}
    outer = provable(block, *bounds(block))
    search = _Search({key: (target.spread, outer(target.spread)) for key, target in asked.items()})
    search.take(solver.pool.of(block))  # what the audit found shows much of it already
    turn = 0
    while wanted := search.wanted(turn):
        (worlds,) = solver.worlds([_payload(block, wanted, outermost=turn == 0)])
        if not all(block.holds(world) for world in worlds):
            raise ReportRefusedError(NOT_READY)
        solver.pool.add(block, worlds, held=True)
        search.take(worlds)
        if not search.seen:
            return {}
        if turn:
            search.learn(wanted)
        turn += 1
    return {(t.dimension, t.code): search.seen[t.dimension, leader(t)] for t in targets}


Key = tuple[str, str]
Wanted = tuple[Key, tuple[int, ...], list[int]]


class _Search:
    """How far the worlds found so far reach, and how far they still could."""

    def __init__(self, asked: Mapping[Key, tuple[tuple[int, ...], tuple[int, int]]]) -> None:
        self.spread = {key: spread for key, (spread, _) in asked.items()}
        self.low = {key: ends[0] for key, (_, ends) in asked.items()}
        self.high = {key: ends[1] for key, (_, ends) in asked.items()}
        self.seen: dict[Key, tuple[int, int]] = {}

    def take(self, worlds: Sequence[Sequence[int]]) -> None:
        """Take worlds: the least and the most of each number that one shows is seen."""
        for key, spread in self.spread.items() if worlds else ():
            values = [sum(map(world.__getitem__, spread)) for world in worlds]
            values += self.seen.get(key, ())
            self.seen[key] = min(values), max(values)

    def wanted(self, turn: int) -> list[Wanted]:
        """Return the values to ask for next: the outer ends, then what is just beyond what is seen, then halfway."""
        asked = []
        for key, spread in self.spread.items():
            low, high = self.low[key], self.high[key]
            least, most = self.seen.get(key, (high + 1, low - 1))
            if turn == 0:
                values = {low} if low < least else set()
                values |= {high} if most < high else set()
            else:
                values = {least - 1 if turn == 1 else (low + least) // 2} if low < least else set()
                values |= {most + 1 if turn == 1 else (most + high + 1) // 2} if most < high else set()
            if values:
                asked.append((key, spread, sorted(values)))
        return asked

    def learn(self, wanted: Sequence[Wanted]) -> None:
        """Conclude that a value that no world shows, and all beyond it, is out of reach."""
        for key, _, values in wanted:
            least, most = self.seen[key]
            for value in values:
                if value < least:
                    self.low[key] = max(self.low[key], value + 1)
                if value > most:
                    self.high[key] = min(self.high[key], value - 1)


def _payload(block: Block, wanted: Sequence[Wanted], *, outermost: bool) -> dict[str, object]:
    """Return the question as the child reads it: worlds that show each value, or reach as far, whatever the draw."""
    low, high = bounds(block)
    return {
        "n": len(block.variables),
        "low": low,
        "high": high,
        "rows": [[row.plus, row.minus, row.low, row.high] for row in block.rows],
        "wants": [[spread, values, False, key[0]] for key, spread, values in wanted],
        "lines": [],
        "forced": [],
        "outermost": outermost,
    }
