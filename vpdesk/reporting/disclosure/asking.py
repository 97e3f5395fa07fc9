"""One question to the search for worlds: a block, what is wanted of it, and the tables in it that a draw made."""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import codes_of
from vpdesk.reporting.disclosure.block import Block, Target, Variable
from vpdesk.reporting.disclosure.bounds import bounds, provable
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.replay import Drawn, explained
from vpdesk.reporting.disclosure.request import NOT_READY
from vpdesk.reporting.disclosure.wants import Missing, Want

World = tuple[int, ...]


class Inquiry:
    """One block, what is wanted of it, and the tables in it that came about by a draw.

    `replayed` has of worlds of these variables whether a draw makes these tables of them, and learns it of others.
    """

    def __init__(
        self, block: Block, wants: Sequence[Want], drawn: Sequence[Drawn], replayed: dict[World, bool] | None = None
    ) -> None:
        self.block = block
        self.wants = tuple(wants)
        self.drawn = tuple(drawn)
        self.index = block.index()
        self.low, self.high = bounds(block)
        self.cells: list[dict[str, list[int]]] = []
        self._replayed = {} if replayed is None else replayed

    def place(self, reader: Reader) -> "Inquiry":
        """Look up where the cells of the drawn tables lie."""
        for line in (d.line for d in self.drawn):
            region = reader.region(line.period)
            rows = (*sorted(line.shown), *sorted(line.hidden))
            self.cells.append(
                {
                    key: [self.index[Variable(i, line.dimension, code)] for code in codes_of(key) for i in region]
                    for key in rows
                }
            )
        return self

    def payload(self, attempt: int = 0) -> dict[str, Any]:
        """Return the question as the child reads it; it tries the tables' first rules, and then their last."""
        tables = [(d, cells) for d, cells in zip(self.drawn, self.cells, strict=True) if d.line.hidden]
        return {
            "n": len(self.block.variables),
            "taste": attempt + 1,
            "low": self.low,
            "high": self.high,
            "rows": [[row.plus, row.minus, row.low, row.high] for row in self.block.rows],
            "wants": [[want.target.spread, want.values, want.replayed, want.group] for want in self.wants],
            "final": self._final(),
            "reach": [(n, want.reach) for n, want in enumerate(self.wants) if want.reach is not None],
            "lines": [d.payload(d.rules[0], cells) for d, cells in tables],
            "forced": [d.payload(d.rules[-1 if d.could_be_forced else 0], cells) for d, cells in tables],
        }

    def _final(self) -> list[tuple[list[int], list[int]]]:
        """Return for each group of tied dimensions which wants settle its tables, and which then need no answer.

        A number that may lose values is settled by the first of them.
        """
        parties: dict[str, tuple[list[int], list[int]]] = {}
        for number, want in enumerate(self.wants):
            settling, settled = parties.setdefault(want.settles, ([], []))
            settled.append(number)
            if want.final:
                settling.append(number)
        alone = [([number], [number]) for number, want in enumerate(self.wants) if want.alone]
        return [*parties.values(), *alone]

    def checked(self, worlds: object) -> list[list[int]]:
        """Return the proposed worlds; ReportRefusedError when one of them breaks a statement."""
        if not isinstance(worlds, list) or not all(isinstance(w, list) and self.block.holds(w) for w in worlds):
            raise ReportRefusedError(NOT_READY)
        return worlds

    def replays(self, world: Sequence[int]) -> bool:
        """Return whether some draw makes the same rule hide the same codes in this world."""
        key = tuple(world)
        if key not in self._replayed:
            count = world.__getitem__
            counts = [{c: sum(map(count, places)) for c, places in cells.items()} for cells in self.cells]
            self._replayed[key] = explained(self.drawn, counts)
        return self._replayed[key]

    def without(self, worlds: Sequence[Sequence[int]]) -> "Inquiry":
        """Return the question less what these worlds show already."""
        rest = copy(self)
        rest.wants = tuple(want for want in self._open(worlds) if want.values)
        return rest

    def spared(self, worlds: Sequence[Sequence[int]]) -> int:
        """Return how many values were not looked for, since another had settled the tables in which they stand."""
        by_party: dict[str, list[int]] = {}
        alone: dict[str, int] = {}
        lost: set[str] = set()
        for want in self.wants:
            open_ = len(set(want.values) - want.seen(worlds))
            by_party.setdefault(want.settles, []).append(open_)
            if want.final and open_:
                lost.add(want.settles)
            if want.alone and open_:
                alone[want.settles] = alone.get(want.settles, 0) + open_ - 1
        return sum(sum(by_party[party]) - 1 if party in lost else alone.get(party, 0) for party in by_party)

    def unexplained(self, worlds: Sequence[Sequence[int]]) -> "Inquiry":
        """Return the question about values that were found in worlds which no draw explains, unless all is lost."""
        rest = copy(self)
        kept: list[Want] = []
        lost: set[str] = set()
        for want in (open_ for open_ in self._open(worlds) if open_.values):
            found = want.seen(worlds)
            lost_some = not found.issuperset(want.values)
            again = () if lost_some and want.alone else tuple(v for v in want.values if v in found)
            kept.append(replace(want, values=again))
            if want.final and lost_some:
                lost.add(want.settles)
        rest.wants = tuple(want for want in kept if want.values and want.settles not in lost)
        return rest

    def closer(self) -> "Inquiry":
        """Return the question for each value that a crossing may have of which the ends were not shown."""
        rest = copy(self)
        proven = provable(self.block, self.low, self.high)
        rest.wants = tuple(want.each(*proven(want.target.spread)) for want in self.wants)
        return rest

    def of(self, *, reach: bool) -> "Inquiry":
        """Return the question for crossings that must be wide, or for all other numbers."""
        rest = copy(self)
        rest.wants = tuple(want for want in self.wants if (want.reach is not None) is reach)
        return rest

    def missing(self, pieces: Sequence[Period]) -> set[Missing]:
        """Return the values that are wanted."""
        return {lost for want in self.wants for lost in want.lost(want.values, joined(pieces, want.target))}

    def _open(self, worlds: Sequence[Sequence[int]]) -> list[Want]:
        asked = any(want.replayed for want in self.wants)
        fits = [world for world in worlds if asked and self.replays(world)]
        return [want.open(fits if want.replayed else worlds) for want in self.wants]


def joined(pieces: Sequence[Period], target: Target) -> tuple[Period, ...]:
    """Return the target's days as few periods as can be, so that other cuts of time give the same days."""
    joined: list[Period] = []
    for piece in (pieces[i] for i in target.region):
        if joined and joined[-1].last + timedelta(days=1) == piece.first:
            joined[-1] = Period(joined[-1].first, piece.last)
        else:
            joined.append(piece)
    return tuple(joined)
