"""Worlds for numbers of cases that are not known exactly: first looked for with the true ones, group by group.

Such totals bring all dimensions into one joint block, in which worlds are hard to find, above all those that a draw
explains: every table must be explained in the same world. With the totals given, tied groups stand apart, and what is
possible with them is possible without. Their worlds glued together are worlds of the joint block, which the audit
checks like all others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.asking import Inquiry
from vpdesk.reporting.disclosure.audit import Drawn, Promise, audit
from vpdesk.reporting.disclosure.block import Block
from vpdesk.reporting.disclosure.model import Reader, Told, told
from vpdesk.reporting.disclosure.solver import Solver

World = Mapping[object, int]
"""A world of a group, by variable."""


def glue(near: Sequence[Told], drawn: Sequence[Drawn], promise: Promise, solver: Solver) -> None:
    """Add worlds of the joint block of these statements to the pool, where there is one and the totals can be counted.

    Raises:
        AskedTooMuchError, ReportRefusedError: as `audit` does.
    """
    reader = Reader(near, promise.dimensions, moved=promise.moved, unions=promise.unions)
    blocks = [block for strict in (True, False) for block in _joint(reader, strict=strict)]
    sums = _true_totals(reader, promise) if blocks else []
    if not sums:
        return
    everything = [*near, *sums]
    apart = Reader(everything, promise.dimensions, moved=promise.moved, unions=promise.unions)
    if _joint(apart, strict=False):
        return  # what is out was counted otherwise
    audit(everything, drawn, replace(promise, before=[*promise.before, *sums]), solver)
    kept = [d for d in drawn if promise.method or not d.left_out]
    groups = _worlds([_questions(apart, group, kept) for group in apart.blocks(strict=False)[1:]], solver)
    for block in blocks:
        for some in (tuple(explained for explained, _ in groups), tuple(every for _, every in groups)):
            solver.pool.add(block, _glued(block, some))


def _joint(reader: Reader, *, strict: bool) -> Sequence[Block]:
    """Return the block in which all dimensions stand together, if there is one."""
    blocks = reader.blocks(strict=strict) if reader.covered else ()
    return blocks if len(blocks) == 1 else ()


def _true_totals(reader: Reader, promise: Promise) -> list[Told]:
    """Return the number of cases in each segment; nothing when one of them is not known."""
    counts = [promise.truth("", "", (piece,)) if promise.truth else None for piece in reader.segments]
    exact = [(piece, n) for piece, n in zip(reader.segments, counts, strict=True) if n is not None]
    whole = len(exact) == len(counts)
    return [told(Statement(Of.CASES, Box(), piece, n, n)) for piece, n in exact] if whole else []


def _questions(reader: Reader, relaxed: Block, drawn: Sequence[Drawn]) -> list[Inquiry]:
    """Return what worlds of a group are worlds of: first of the definitions as well."""
    strict = next(b for b in reader.blocks(strict=True)[1:] if b.dimensions == relaxed.dimensions)
    inside = [d for d in drawn if d.line.dimension in relaxed.dimensions]
    return [Inquiry(block, (), inside).place(reader) for block in (strict, relaxed)]


def _worlds(groups: Sequence[list[Inquiry]], solver: Solver) -> list[tuple[list[World], list[World]]]:
    """Return for each group the worlds that some draw explains, and all; those that keep the definitions if any does.

    Of a group of which nothing was asked one is asked for now.
    """
    unknown = [question for both in groups for question in both if not any(solver.pool.of(q.block) for q in both)]
    wants = [[[], [0], replayed, ""] for replayed in (True, False)]
    payload = [question.payload() | {"wants": wants, "final": []} for question in unknown]
    for question, worlds in zip(unknown, solver.worlds(payload) if payload else (), strict=True):
        solver.pool.add(question.block, question.checked(worlds))
    found = []
    for both in groups:
        question = next((q for q in both if solver.pool.of(q.block)), both[-1])
        every = solver.pool.of(question.block)
        explained = [world for world in every if question.replays(world)]
        found.append((_by_variable(question.block, explained), _by_variable(question.block, every)))
    return found


def _by_variable(block: Block, worlds: Sequence[Sequence[int]]) -> list[World]:
    return [dict(zip(block.variables, world, strict=True)) for world in worlds]


def _glued(block: Block, groups: Sequence[Sequence[World]]) -> Iterator[list[int]]:
    """Yield worlds of the joint block, until each world of each group took part."""
    if not all(groups):
        return
    for turn in range(max(map(len, groups))):
        both: dict[object, int] = {}
        for worlds in groups:
            both |= worlds[turn % len(worlds)]
        if both.keys() >= set(block.variables):
            yield [both[variable] for variable in block.variables]
