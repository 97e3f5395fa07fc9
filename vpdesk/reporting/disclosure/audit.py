"""The audit: every small number must keep every value below the threshold possible, shown by worlds checked here.

The solver proposes worlds; this module checks each of them in Python integers against everything published, and a
number passes only on worlds that stand this check (or on a lower bound that follows from the statements row by row).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Statement
from vpdesk.reporting.disclosure.block import UNBOUNDED, Block, Row, Target, Variable
from vpdesk.reporting.disclosure.bounds import bounds, contradictory, provable
from vpdesk.reporting.disclosure.model import Reader, alike
from vpdesk.reporting.disclosure.protect import FEWEST_HIDDEN, MARGIN, Line, Rule, plain
from vpdesk.reporting.disclosure.solver import NOT_READY, Solver


@dataclass(frozen=True, slots=True)
class Drawn:
    """A published table with the rules under which it may have come about, and the order its draw shares."""

    line: Line
    rules: tuple[Rule, ...]
    group: str

    @property
    def could_be_forced(self) -> bool:
        """Return whether the table hides all that was hidden before, as the last of its rules does."""
        codes = self.line.hidden | self.line.shown.keys()
        return self.rules[-1].first & codes <= self.line.hidden


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that a reader could be after, named so that it means the same however time is cut."""

    dimension: str
    code: str
    when: tuple[Period, ...]
    widened: bool


@dataclass(frozen=True, slots=True, order=True)
class Missing:
    """A value that a small number can't have any more: what a reader gained.

    `widened` tells that it is the count together with `onbekend`.
    """

    dimension: str
    code: str
    when: tuple[Period, ...]
    value: int
    by_draw: bool
    widened: bool = False

    @property
    def number(self) -> _Number:
        """Return which number lost a value."""
        return _Number(self.dimension, self.code, self.when, self.widened)


@dataclass(frozen=True, slots=True)
class _Want:
    """Values that a target must show; `codes` are all for which it stands, since nothing tells them apart."""

    target: Target
    codes: tuple[str, ...]
    values: tuple[int, ...]
    by_draw: bool

    @property
    def group(self) -> str:
        """Return the table that the target stands in; the child holds one target a table."""
        return f"{self.target.dimension}{self.target.region}"

    def lost(self, values: Iterable[int], when: tuple[Period, ...]) -> set[Missing]:
        """Return what is gained when these values are impossible."""
        return {self.missing(code, value, when) for code in self.codes for value in values}

    def missing(self, code: str, value: int, when: tuple[Period, ...]) -> Missing:
        """Return that a code of the target can't have a value."""
        return Missing(self.target.dimension, code, when, value, self.by_draw, self.target.widened)


Truth = Callable[[str, str, tuple[Period, ...]], int | None]
"""The count of a code (of all, for the empty dimension) in a stretch of time; None when it is not known."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What is asked of a publication: the threshold, the truth, and what had been given away before."""

    threshold: int
    dimensions: Mapping[str, tuple[str, ...]]
    truth: Truth | None = None
    before: frozenset[Missing] = frozenset()


def audit(
    statements: Sequence[Statement], drawn: Sequence[Drawn], promise: Promise, solver: Solver
) -> frozenset[Missing]:
    """Return what a reader of these statements gains about small numbers; empty when each stays open.

    `statements` hang together through overlapping periods. A number that is not small may become known in part; then
    a reader who knows the method also knows that it is not small, and all others must stay open to that reader too.
    Raises ReportRefusedError when the question can't be settled: no solver, unclear status, a proposed world that
    breaks a statement.
    """
    reader = Reader(statements, promise.dimensions)
    if not reader.segments:
        return frozenset()
    strict, relaxed = reader.blocks(strict=True), reader.blocks(strict=False)
    feasible = _feasible(strict, solver)
    possible = _feasible(relaxed, solver) if not all(feasible) else feasible
    if not all(possible):
        stuck = [block for block, fits in zip(relaxed, possible, strict=True) if not fits]
        names = {name for block in stuck for name in block.dimensions} if all(b.dimensions for b in stuck) else {""}
        return frozenset(Missing(name, "", (), 0, by_draw=False) for name in names)
    blocks = [a if fits else b for a, b, fits in zip(strict, relaxed, feasible, strict=True)]
    while True:
        lost = _examine(blocks, reader, drawn, promise, solver)
        large = {m.number for m in lost if not m.by_draw and _is_large(promise, m.number)}
        gained = {m for m in lost - promise.before if m.by_draw or m.number not in large}
        if gained or not large:
            return frozenset(gained)
        blocks = [_known_large(block, reader, large, promise.threshold) for block in blocks]
        if any(contradictory(*bounds(block)) for block in blocks):
            return lost


def _is_large(promise: Promise, number: _Number) -> bool:
    if promise.truth is None:
        return False
    codes = (number.code, taxonomy.UNKNOWN.code) if number.widened else (number.code,)
    counts = [promise.truth(number.dimension, code, number.when) for code in codes]
    return sum(n or 0 for n in counts) >= promise.threshold and None not in counts


def _known_large(block: Block, reader: Reader, told: set[_Number], threshold: int) -> Block:
    """Return the block of a reader who knows that these numbers are not small."""
    rows = tuple(
        Row(target.spread, (), threshold, UNBOUNDED)
        for target in block.targets
        if _Number(target.dimension, target.code, _joined(reader.segments, target), target.widened) in told
    )
    return replace(block, rows=(*block.rows, *rows))


def _feasible(blocks: Sequence[Block], solver: Solver) -> list[bool]:
    """Return for each block whether any world exists."""
    found = {id(block) for block in blocks if _known_worlds(block, solver)}
    asked = [
        _Question(block, (), ()) for block in blocks if id(block) not in found and not contradictory(*bounds(block))
    ]
    payload = []
    for question in asked:
        said = question.payload()
        said["wants"] = [[[], [0], False, ""]]
        payload.append(said)
    answers = solver.worlds(payload) if payload else []
    found |= {id(q.block) for q, worlds in zip(asked, answers, strict=True) if q.checked(worlds)}
    return [id(block) in found for block in blocks]


def _known_worlds(block: Block, solver: Solver) -> list[list[int]]:
    """Return worlds that were found for an earlier question and stand this one too."""
    return [world for world in solver.pool.get(block.variables, ()) if block.holds(world)]


class _Question:
    """One block, what is wanted of it, and the tables in it that came about by a draw."""

    def __init__(self, block: Block, wants: Sequence[_Want], drawn: Sequence[Drawn]) -> None:
        self.block = block
        self.wants = tuple(wants)
        self.drawn = tuple(drawn)
        self.index = block.index()
        self.low, self.high = bounds(block)
        self.cells: list[dict[str, list[int]]] = []

    def place(self, reader: Reader) -> "_Question":
        """Look up where the cells of the drawn tables lie."""
        for line in (d.line for d in self.drawn):
            region = reader.region(line.period)
            codes = (*sorted(line.shown), *sorted(line.hidden))
            self.cells.append({c: [self.index[Variable(i, line.dimension, c)] for i in region] for c in codes})
        return self

    def payload(self) -> dict[str, Any]:
        """Return the question as the child reads it; it tries the tables' first rules, and then their last."""
        tables = [(d, cells) for d, cells in zip(self.drawn, self.cells, strict=True) if d.line.hidden]
        return {
            "n": len(self.block.variables),
            "low": self.low,
            "high": self.high,
            "rows": [[row.plus, row.minus, row.low, row.high] for row in self.block.rows],
            "wants": [[want.target.spread, want.values, want.by_draw, want.group] for want in self.wants],
            "lines": [_line(d, d.rules[0], cells) for d, cells in tables],
            "forced": [_line(d, d.rules[-1 if d.could_be_forced else 0], cells) for d, cells in tables],
        }

    def checked(self, worlds: object) -> list[list[int]]:
        """Return the proposed worlds; ReportRefusedError when one of them breaks a statement."""
        if not isinstance(worlds, list) or not all(isinstance(w, list) and self.block.holds(w) for w in worlds):
            raise ReportRefusedError(NOT_READY)
        return worlds

    def replays(self, world: Sequence[int]) -> bool:
        """Return whether some draw makes the same rule hide the same codes in this world."""
        counts = [{c: sum([world[i] for i in places]) for c, places in cells.items()} for cells in self.cells]
        for group in {d.group for d in self.drawn}:
            members = [(d, c) for d, c in zip(self.drawn, counts, strict=True) if d.group == group]
            order = _order(members)
            for drawn, count in members:
                if all(rule.hidden(count, order) != drawn.line.hidden for rule in drawn.rules):
                    return False
        return True

    def without(self, worlds: Sequence[Sequence[int]]) -> "_Question":
        """Return the question less what these worlds show already."""
        open_wants = [replace(want, values=values) for want, values in self._open(worlds) if values]
        rest = copy(self)
        rest.wants = tuple(open_wants)
        return rest

    def missing(self, worlds: Sequence[Sequence[int]], pieces: Sequence[Period]) -> set[Missing]:
        """Return the wanted values that no world shows."""
        lost: set[Missing] = set()
        for want, values in self._open(worlds):
            lost |= want.lost(values, _joined(pieces, want.target))
        return lost

    def _open(self, worlds: Sequence[Sequence[int]]) -> list[tuple[_Want, tuple[int, ...]]]:
        fits = [self.replays(world) for world in worlds]
        found = []
        for want in self.wants:
            seen = {
                sum(world[i] for i in want.target.spread)
                for world, drawn in zip(worlds, fits, strict=True)
                if drawn or not want.by_draw
            }
            found.append((want, tuple(v for v in want.values if v not in seen)))
        return found


def _line(drawn: Drawn, rule: Rule, cells: Mapping[str, list[int]]) -> dict[str, Any]:
    """Return a table as the child reads it, as if this rule had made it."""
    line = drawn.line
    together = line.hidden_sum
    forced = rule.first if rule.forced else frozenset()
    early = rule.first if rule.first - line.hidden and not rule.forced else line.hidden
    return {
        "cells": {code: cells[code] for code in sorted(line.hidden)},
        "sum": together,
        "least": together - rule.threshold - MARGIN + 1 if len(line.hidden) > FEWEST_HIDDEN else 0,
        "caps": {c: together if c in forced else rule.cap(c, together) for c in sorted(line.hidden)},
        "free": sorted((line.hidden & early) - forced),
        "group": drawn.group,
        "shown": sorted(line.shown),
    }


def _order(members: Sequence[tuple[Drawn, Mapping[str, int]]]) -> tuple[str, ...]:
    """Return an order in which each table's drawn cells come before its shown ones, as far as that can be."""
    before: dict[str, set[str]] = {}
    for drawn, counts in members:
        taken = {c for c in drawn.line.hidden if not drawn.rules[0].small(c, counts[c])}
        for code in counts:
            before.setdefault(code, set())
            if code in drawn.line.shown:
                before[code] |= taken
    order: list[str] = []
    while before:
        code = min(before, key=lambda c: (len(before[c] - set(order)), c))
        order.append(code)
        del before[code]
    return tuple(order)


def _examine(
    blocks: Sequence[Block], reader: Reader, drawn: Sequence[Drawn], promise: Promise, solver: Solver
) -> frozenset[Missing]:
    lost: set[Missing] = set()
    questions = []
    for block in blocks:
        inside = [d for d in drawn if d.line.dimension in block.dimensions]
        wants, gone = _wants(block, reader, inside, promise)
        lost |= gone
        questions.append(_Question(block, wants, inside).place(reader))
    pools = [_known_worlds(question.block, solver) for question in questions]
    rest = [question.without(pool) for question, pool in zip(questions, pools, strict=True)]
    asked = [question for question in rest if question.wants]
    answers = solver.worlds([question.payload() for question in asked]) if asked else []
    for question, worlds in zip(asked, answers, strict=True):
        lost |= question.missing(question.checked(worlds), reader.segments)
        solver.pool.setdefault(question.block.variables, []).extend(worlds)
    return frozenset(lost)


def _wants(block: Block, reader: Reader, drawn: Sequence[Drawn], promise: Promise) -> tuple[list[_Want], set[Missing]]:
    """Return what has to be shown of a block, and what is lost already by bounds that follow row by row.

    What was impossible before more was said is so still, and is not asked again. Of codes that nothing tells apart
    only the first is asked for: exchanging two of them in a world gives a world.
    """
    low, high = bounds(block)
    proven = provable(block, low, high)
    leader = alike(block, [d.line for d in drawn], reader)
    threshold = promise.threshold
    wants: list[_Want] = []
    lost: set[Missing] = set()
    hidden = {(d.line.dimension, code, reader.region(d.line.period)) for d in drawn for code in d.line.hidden}
    for target in block.targets:
        if leader(target) != target.code:
            continue
        least, most = proven(target)
        if least >= threshold:
            continue
        others = (replace(target, code=code) for code in reader.dimensions.get(plain(target.dimension), ("",)))
        codes = tuple(other.code for other in others if leader(other) == target.code)
        values = range(threshold + 1)
        closed = [v for v in values if not least <= v <= most]
        open_values = tuple(v for v in values if least <= v <= most)
        small = tuple(v for v in open_values if v < threshold)
        by_draw = not target.widened and (target.dimension, target.code, target.region) in hidden
        when = _joined(reader.segments, target)
        ends = _Want(target, codes, tuple(v for v in open_values if v in {0, threshold}), by_draw=False)
        lost |= ends.lost(closed, when)
        for want in (_Want(target, codes, small, by_draw=True), ends) if by_draw else (ends,):
            gone = [v for v in want.values if want.missing(target.code, v, when) in promise.before]
            lost |= want.lost(gone, when)
            wants.append(replace(want, values=tuple(v for v in want.values if v not in gone)))
    return wants, lost


def _joined(pieces: Sequence[Period], target: Target) -> tuple[Period, ...]:
    """Return the target's days as few periods as can be, so that other cuts of time give the same days."""
    joined: list[Period] = []
    for piece in (pieces[i] for i in target.region):
        if joined and joined[-1].last + timedelta(days=1) == piece.first:
            joined[-1] = Period(joined[-1].first, piece.last)
        else:
            joined.append(piece)
    return tuple(joined)


def plain_names(missing: frozenset[Missing]) -> frozenset[str]:
    """Return the plain dimensions in which something was lost; the empty name stands for the totals."""
    return frozenset(plain(m.dimension) for m in missing)
