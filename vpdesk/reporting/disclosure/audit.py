"""The audit: every small number must keep every value below the threshold possible, shown by worlds checked here.

The solver proposes worlds; this module checks each of them in Python integers against everything published, and a
number passes only on worlds that stand this check, or on bounds that follow from the statements row by row: it is the
threshold or more, or it was narrowed down as far before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Statement
from vpdesk.reporting.disclosure.asking import Inquiry, joined
from vpdesk.reporting.disclosure.between import left_to_audit
from vpdesk.reporting.disclosure.block import TOTAL, UNBOUNDED, Block, Region, Row, Target
from vpdesk.reporting.disclosure.bounds import Around, bounds, contradictory, narrowed, provable
from vpdesk.reporting.disclosure.classes import alike
from vpdesk.reporting.disclosure.lists import Moved
from vpdesk.reporting.disclosure.model import Reader, Told
from vpdesk.reporting.disclosure.pairs import lost_to_two
from vpdesk.reporting.disclosure.question import Truth
from vpdesk.reporting.disclosure.replay import Drawn
from vpdesk.reporting.disclosure.solver import AskedTooMuchError, Solver
from vpdesk.reporting.disclosure.totals import ranges
from vpdesk.reporting.disclosure.unions import Unions
from vpdesk.reporting.disclosure.wants import Missing, Number, Want, cell_values, ends_of
from vpdesk.reporting.disclosure.widths import LEAST_SHARE, Width

__all__ = ["AskedTooMuchError", "Drawn", "Missing", "Promise", "Truth", "audit", "contradicts", "possible"]

ATTEMPTS: Final = 12
"""How many times worlds are asked for that some draw explains."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What is asked of a publication: the threshold, the truth, and what the reader had before.

    A reader who knows the `method` takes silence as a small number, so for him the threshold itself need not be
    possible, and tables that were left out tell too. Of a reader who knows as many
    cases in full as the `margin` says, a category must have room for those besides the threshold. `moved` is where he
    believes that the cases of a code went which no list has any more. `unions` are codes that are a number together,
    and must stay as open as single ones.
    """

    threshold: int
    dimensions: Mapping[str, tuple[str, ...]]
    truth: Truth | None = None
    before: Sequence[Statement | Told] = ()
    method: bool = False
    margin: int = 0
    pairs: bool = False
    moved: Moved | None = None
    unions: Unions = field(default_factory=dict)

    def highest(self, total: int | None) -> int:
        """Return the highest value that must stay possible for a small number, inside a known number of that size.

        Without one it is a total itself.
        """
        if self.method:
            return self.threshold - 1
        return self.threshold if total is None else max(self.threshold, min(self.threshold + self.margin, total))


def audit(
    statements: Sequence[Statement | Told], drawn: Sequence[Drawn], promise: Promise, solver: Solver
) -> frozenset[Missing]:
    """Return what a reader of these statements gains about small numbers; empty when each stays open.

    `statements` hang together through overlapping periods, and hold what the reader had before. A number that is not
    small may become known in part; then a reader who knows the method also knows that it is not small, and all others
    must stay open to that reader too. What is known in part only to whoever runs the rule again counts for them alone,
    and they ask for values below the threshold. Totals beside a silence have no such way out: whether they may be said
    must hang on nothing but themselves. Raises ReportRefusedError when the question can't be settled: no solver,
    unclear status, a proposed world that breaks a statement.
    """
    reader = Reader(statements, promise.dimensions, moved=promise.moved, unions=promise.unions)
    if not promise.method:
        drawn = [d for d in drawn if not d.left_out]
    parts, stuck = _parts(reader, drawn, promise, solver)
    if stuck:
        names = {name for block in stuck for name in block.dimensions} if all(b.dimensions for b in stuck) else {""}
        return frozenset(Missing(name, "", (), 0, by_draw=False) for name in names)
    while parts:
        lost = _examine(parts, reader, drawn, promise, solver)
        if promise.pairs and not lost:
            lost = _beside(parts, reader, promise, solver)
            promise = replace(promise, margin=0, pairs=False, method=True)  # who concludes from this knows the method
        large = {m.number for m in lost if not m.by_draw and _is_excused(promise, reader, m.number)}
        gained = {m for m in lost if m.by_draw or m.number not in large}
        if gained or not large:
            return frozenset(gained)
        told = {m.number for m in lost if not m.between}
        if not told:  # the rest is told to those who run the rule again: from here on they read
            promise = replace(promise, method=True)
        parts = [replace(p, block=_known_large(p.block, reader, told or large, promise.threshold)) for p in parts]
        if any(contradictory(*bounds(part.block)) for part in parts):
            return lost
    return frozenset()


def contradicts(
    statements: Sequence[Statement | Told], dimensions: Mapping[str, tuple[str, ...]], solver: Solver
) -> bool:
    """Return whether no world can be found for some block of these statements, definitions left aside."""
    reader = Reader(statements, dimensions)
    return not all(_feasible(reader.blocks(strict=False), solver)) if reader.segments else False


def possible(
    statements: Sequence[Statement | Told], dimensions: Mapping[str, tuple[str, ...]], solver: Solver, *, strict: bool
) -> bool:
    """Return whether a world is found for these statements, with `strict` one that keeps all definitions."""
    return all(_feasible(Reader(statements, dimensions).blocks(strict=strict), solver))


def _beside(parts: Sequence["_Part"], reader: Reader, promise: Promise, solver: Solver) -> frozenset[Missing]:
    """Return what two readers with a known case each gain about the others."""
    excused = partial(_is_excused, promise, reader)
    blocks = [(part.block, part.before) for part in parts]
    return lost_to_two(blocks, reader, promise.threshold, excused, solver)


@dataclass(frozen=True, slots=True)
class _Part:
    """A block, and what the reader knew in its variables before."""

    block: Block
    before: Block

    def unchanged(self, drawn: Sequence[Drawn], reader: Reader) -> bool:
        """Return whether everything in the block follows from what the reader had before: then nothing is gained.

        Proven in Python integers, row by row. Where all totals are known exactly they are audited apart, and only those
        matter here of segments in which the block has a table, if they were known exactly before.
        """
        if any(d.new and d.line.dimension in self.block.dimensions for d in drawn):
            return False
        low, high = bounds(self.before)
        if contradictory(low, high):
            return False
        known = narrowed(self.before, low, high)
        tables = {v.segment for v in self.block.variables if v.dimension != TOTAL}
        now = bounds(self.block)
        apart = bool(tables) and all(now[0][i] == now[1][i] for i in range(len(reader.segments)))
        exact = apart and all(low[i] == high[i] for i in tables)
        said = set(self.before.rows)
        for row in self.block.rows:
            of_totals = not row.minus and all(i < len(reader.segments) for i in row.plus)
            if row in said or (exact and of_totals):
                continue
            least, most = known(row.plus)
            if row.minus or least < row.low or most > row.high:
                return False
        return True


def _parts(reader: Reader, drawn: Sequence[Drawn], promise: Promise, solver: Solver) -> tuple[list[_Part], list[Block]]:
    """Return the blocks in which something new is said, and those for which there is no world at all.

    The definitions hold in a block as long as there is a world that keeps them.
    """
    if not reader.segments:
        return [], []
    cuts = [p for t in reader.told for p in t.where]
    before = Reader(promise.before, promise.dimensions, cuts, promise.moved)

    def changed(blocks: Sequence[Block], *, strict: bool) -> list[_Part]:
        found = [_Part(block, before.like(block, reader, strict=strict)) for block in blocks]
        return [part for part in found if not part.unchanged(drawn, reader)]

    parts = changed(reader.blocks(strict=True), strict=True)
    likely = [part for part in parts if not contradictory(*bounds(part.block))]
    _examine(likely, reader, drawn, promise, solver)  # what it finds shows most blocks to have a world
    feasible = _feasible([part.block for part in parts], solver)
    broken = {part.block.dimensions for part, fits in zip(parts, feasible, strict=True) if not fits}
    if not broken:
        return parts, []
    relaxed = changed([b for b in reader.blocks(strict=False) if b.dimensions in broken], strict=False)
    possible = _feasible([part.block for part in relaxed], solver)
    stuck = [part.block for part, fits in zip(relaxed, possible, strict=True) if not fits]
    return [*(p for p, fits in zip(parts, feasible, strict=True) if fits), *relaxed], stuck


def _is_excused(promise: Promise, reader: Reader, number: Number) -> bool:
    """Return whether a number may become known in part: it is not small, and no total beside a silence."""
    return _is_large(promise, number) and (bool(number.dimension) or not _is_silent(reader))


def _is_silent(reader: Reader) -> bool:
    return any(not t.statement.minimum and not t.statement.box.where for t in reader.told)


def _is_large(promise: Promise, number: Number) -> bool:
    if promise.truth is None:
        return False
    codes = (number.code, taxonomy.UNKNOWN.code) if number.widened else (number.code,)
    counts = [promise.truth(number.dimension, code, number.when) for code in codes]
    return sum(n or 0 for n in counts) >= promise.threshold and None not in counts


def _known_large(block: Block, reader: Reader, told: set[Number], threshold: int) -> Block:
    """Return the block of a reader who knows that these numbers are not small."""
    rows = tuple(
        Row(target.spread, (), threshold, UNBOUNDED)
        for target in block.targets
        if Number(target.dimension, target.code, joined(reader.segments, target), target.widened) in told
    )
    return replace(block, rows=(*block.rows, *rows))


def _feasible(blocks: Sequence[Block], solver: Solver) -> list[bool]:
    """Return for each block whether any world exists."""
    found = {id(block) for block in blocks if solver.pool.of(block)}
    asked = [Inquiry(block, (), ()) for block in blocks if id(block) not in found and not contradictory(*bounds(block))]
    payload = []
    for question in asked:
        said = question.payload()
        said |= {"wants": [[[], [0], False, ""]], "final": []}
        payload.append(said)
    answers = solver.worlds(payload) if payload else []
    found |= {id(q.block) for q, worlds in zip(asked, answers, strict=True) if q.checked(worlds)}
    return [id(block) in found for block in blocks]


def _examine(
    parts: Sequence[_Part], reader: Reader, drawn: Sequence[Drawn], promise: Promise, solver: Solver
) -> frozenset[Missing]:
    """Return what is lost in these blocks; one that was asked before in the same words is not asked again."""
    lost: set[Missing] = set()
    questions = []
    for part in parts:
        inside = [d for d in drawn if d.line.dimension in part.block.dimensions]
        words = (promise.threshold, promise.method, promise.margin, part, tuple(d.words for d in inside))
        if words in solver.settled:
            lost |= solver.settled[words]
            continue
        wants, gone = _wants(part, reader, inside, promise)
        replayed = solver.replayed.setdefault((part.block.variables, words[-1]), {})
        questions.append((words, gone, Inquiry(part.block, wants, inside, replayed).place(reader)))
    rest = [question.without(solver.pool.of(question.block)) for _, _, question in questions]
    near = [question.of(reach=False) for question in rest]
    proposed = _proposed(near, solver)
    for (words, gone, _), question, one, worlds in zip(questions, rest, near, proposed, strict=True):
        found = gone | one.without(worlds).missing(reader.segments)
        found |= _far(question.of(reach=True), worlds, reader.segments, solver)
        solver.settled[words] = frozenset(found)
        lost |= found
    return frozenset(lost)


def _proposed(questions: Sequence[Inquiry], solver: Solver) -> list[list[list[int]]]:
    """Return for each question the worlds that were found, all of them checked.

    The child knows of the rule what can be said in rows. Values that it found only worlds for which no draw explains
    are asked for again, a few times.
    """
    found: list[list[list[int]]] = [[] for _ in questions]
    open_ = {number: question for number, question in enumerate(questions) if question.wants}
    for attempt in range(ATTEMPTS):
        if not open_:
            break
        answers = _answered(list(open_.values()), solver, attempt)
        for (number, question), worlds in zip(list(open_.items()), answers, strict=True):
            found[number] += worlds
            solver.asked -= question.spared(worlds)
            open_[number] = question.unexplained(worlds)
        open_ = {number: question for number, question in open_.items() if question.wants}
    return found


def _answered(questions: Sequence[Inquiry], solver: Solver, attempt: int = 0) -> list[list[list[int]]]:
    """Return the worlds that are proposed for each question, checked, and keep them for later ones.

    Raises:
        AskedTooMuchError: with these questions more would be asked than may be.
    """
    values = sum(len(want.values) for question in questions for want in question.wants)
    if solver.asked + values > solver.most:
        raise AskedTooMuchError
    answers = solver.worlds([question.payload(attempt) for question in questions])
    found = [question.checked(worlds) for question, worlds in zip(questions, answers, strict=True)]
    for question, worlds in zip(questions, found, strict=True):
        solver.pool.add(question.block, worlds, held=True)
    return found


def _far(question: Inquiry, worlds: Sequence[list[int]], pieces: Sequence[Period], solver: Solver) -> set[Missing]:
    """Return what is lost of crossings that must be wide: first worlds are asked at their ends, then at each value."""
    question = question.without(worlds)
    if question.wants:
        question = question.without(*_answered([question], solver)).closer()
    if question.wants:
        question = question.without(*_answered([question], solver))
    return question.missing(pieces)


def _wants(part: _Part, reader: Reader, drawn: Sequence[Drawn], promise: Promise) -> tuple[list[Want], set[Missing]]:
    """Return what has to be shown of a block, and what is lost already by bounds that follow row by row.

    Of codes that nothing tells apart only the first is asked for: exchanging two of them in a world gives a world.
    """
    block = part.block
    proven = provable(block, *bounds(block))
    now = _ends(proven, reader, reader.told)
    earlier = _ends(narrowed(part.before, *bounds(part.before)), reader, promise.before)
    known = Around(block)
    leader = alike(block, [line for d in drawn for line in d.tells_apart], reader)
    replayed = any(d.left_out for d in drawn)
    hidden = _hidden(drawn, reader)
    between = left_to_audit(drawn, reader, promise.threshold)
    like = _like(block, leader)
    wants: list[Want] = []
    lost: set[Missing] = set()
    for target in block.targets:
        if leader(target) != target.code:
            continue
        least, most = now(target)
        if least >= promise.threshold:
            continue
        codes = tuple(like[target.dimension, target.code])
        by_draw = not target.widened and (target.dimension, target.code, target.region) in hidden
        before = earlier(target)
        around = min([known.printed(target.spread), *(_known(proven(m), known.printed(m)) for m in target.margins)])
        part_of = around if target.margins else known.left(target.spread)
        highest = promise.highest(min(proven(target.region)[1], part_of) if target.dimension else None)
        values = ends_of(*before, highest)
        when = joined(reader.segments, target)
        if target.margins and not target.printed:
            group = proven(target.group)[0] if target.group else UNBOUNDED
            width = Width(max(0, before[0]), before[1], around, min(group // LEAST_SHARE, promise.threshold))
            ends = width.ends(least, most)
            want = Want(target, codes, ends, replayed, hidden=False, width=width, reach=ends[0])
            if width.kept(least, most):
                wants.append(want)
            else:
                lost |= replace(want, replayed=False).lost(want.values, when)
            continue
        if target.margins:
            values = cell_values(*before, promise.threshold, min(highest, around))
        numbers = [Number(target.dimension, code, when, target.widened) for code in codes]
        final = not all(_is_excused(promise, reader, number) for number in numbers)
        asked = by_draw or (least < most and between(target))  # what is known exactly no draw narrows down
        small = tuple(range(max(0, before[0]), min(before[1], promise.threshold - 1) + 1)) if asked else ()
        ends = tuple(v for v in values if v not in small)  # a world for point 2 is one for point 1 too
        for some, of_draw in ((small, True), (ends, False)):
            own = of_draw and by_draw
            rest = of_draw and not by_draw
            settling = own or (final and not rest)
            want = Want(target, codes, some, replayed or of_draw, own, final=settling, between=rest)
            closed = [v for v in some if not least <= v <= most]
            lost |= replace(want, replayed=False).lost(closed, when)
            wants.append(replace(want, values=tuple(v for v in some if least <= v <= most)))
    return wants, lost


def _hidden(drawn: Sequence[Drawn], reader: Reader) -> set[tuple[str, str, Region]]:
    """Return the hidden cells of the tables that were printed."""
    printed = [(d.line, reader.region(d.line.period)) for d in drawn if not d.left_out]
    return {(line.dimension, code, region) for line, region in printed for code in line.hidden}


def _like(block: Block, leader: Callable[[Target], str]) -> dict[tuple[str, str], dict[str, None]]:
    """Return for each first code of those that nothing tells apart all of them."""
    like: dict[tuple[str, str], dict[str, None]] = {}
    for target in block.targets:
        like.setdefault((target.dimension, leader(target)), {})[target.code] = None
    return like


def _ends(
    by_rows: Callable[[Sequence[int]], tuple[int, int]], reader: Reader, said: Sequence[Statement | Told]
) -> Callable[[Target], tuple[int, int]]:
    """Return a function that tells between which numbers a target lies: as rows tell, and of totals exactly."""
    totals = ranges(reader.segments, said)

    def ends(target: Target) -> tuple[int, int]:
        found = by_rows(target.spread)
        return found if target.dimension else _both(found, totals(target.region))

    return ends


def _both(some: tuple[int, int], others: tuple[int, int]) -> tuple[int, int]:
    """Return between which numbers one lies that lies between two and between two others."""
    return max(some[0], others[0]), min(some[1], others[1])


def _known(ends: tuple[int, int], around: int) -> int:
    """Return a number if it is known exactly, and otherwise the smallest known one around it."""
    return ends[1] if ends[0] == ends[1] else around
