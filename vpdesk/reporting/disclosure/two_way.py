"""Which cells of a two-way table are hidden: the small ones, and others so that no hidden cell can be narrowed down.

The solver proposes which others join; a pattern is used only after it is proven here, in whole numbers, to protect each
cell that it hides. What protects depends on what is printed alone, and which of the protecting patterns is taken on a
secret draw of weights, so whoever replays the rule learns nothing of the hidden cells (docs/report-method.md).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.report_choices import crossed_parts
from vpdesk.reporting.disclosure.flows import Demand, Network, View
from vpdesk.reporting.disclosure.protect import MARGIN
from vpdesk.reporting.disclosure.request import NOT_READY

Ask = Callable[[dict[str, Any]], object]
"""Asks the solver which cells to hide beside those that must be: the places of all hidden cells, None for no way."""


@dataclass(frozen=True)
class TwoWay:
    """A two-way table and what its rule knows: cells by name in fixed order, those that can't exist left out.

    `hidden_down` and `hidden_across` are the keys whose margin is hidden in the one-way table beside it, `given` the
    cells that earlier tables cause to be hidden, `bare` those of which some count would tell a small number beside
    earlier tables, `known` the formal complaints by cell. `weights` are the draw: what hiding a cell costs; less than
    nothing for a cell that is hidden for no reason at all.
    """

    threshold: int
    counts: Mapping[str, int]
    weights: Mapping[str, int]
    hidden_down: frozenset[str] = frozenset()
    hidden_across: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    known: Mapping[str, int] = field(default_factory=dict)

    def hidden(self, ask: Ask) -> frozenset[str] | None:
        """Return the cells to hide, those that protect each other at the least cost; None when nothing does.

        Where the cells that must be hidden and those that cost less than nothing protect each other, nothing can cost
        less, and no solver is needed. The solver is asked to open only cells that were found not to be open, until all
        are: nothing is asked of a cell as long as what is printed shows it to be large.

        Raises:
            ReportRefusedError: the solver proposed what does not protect.
        """
        must = self.primary()
        hidden = must | frozenset(cell for cell, weight in self.weights.items() if weight < 0)
        asked: frozenset[str] = frozenset()
        while left := self._not_open(hidden):
            if left & asked:
                raise ReportRefusedError(NOT_READY)
            asked |= left
            places = ask(self._request(must, asked))
            if places is None:
                return None
            if not isinstance(places, list) or not all(type(p) is int and 0 <= p < len(self.cells) for p in places):
                raise ReportRefusedError(NOT_READY)
            hidden = frozenset(self.cells[place] for place in places)
            if not must <= hidden:
                raise ReportRefusedError(NOT_READY)
        return hidden

    def primary(self) -> frozenset[str]:
        """Return the cells that are hidden for their own sake, or because their margin is hidden or they were before.

        Beside a hidden margin a whole line is hidden: a number in it would be a part of what is not told.
        """
        return self.given | {cell for cell, count in self.counts.items() if self._small(cell, count)}

    def protects(self, hidden: frozenset[str]) -> bool:
        """Return whether a reader of what is printed holds 0 and k + 2 possible for each hidden cell that can be small.

        Less than k + 2 where the margin that is printed is less: it is k at least. Between the two a flow can have any
        whole number. Readers who know the formal complaints are asked about the other cases. A cell that is k or more
        in every table that fits what is printed is not small, and every reader knows it; that is enough where it is not
        known exactly, and no earlier table can be subtracted from it.
        """
        return not self._not_open(hidden)

    def _not_open(self, hidden: frozenset[str]) -> frozenset[str]:
        """Return the hidden cells that a reader can narrow down and that could be small."""
        share = [int(cell in hidden) for cell in self.cells]
        failed = {(d.view, d.cell) for d in self._demands if self._network.cut(d, share) is not None}
        return frozenset(self.cells[cell] for view, cell in failed if not self._large(view, cell, share))

    def _large(self, view: int, place: int, share: Sequence[int]) -> bool:
        """Return whether a cell is the threshold or more in all that fits what is printed, and can tell no more.

        One that is known exactly would be hidden for nothing.
        """
        if self.cells[place] in self.given | self.bare:
            return False

        def stops(*, upward: bool, amount: int) -> bool:
            return self._network.cut(Demand(view, place, upward=upward, amount=amount), share) is not None

        above = self._network.views[view].counts[place] - self.threshold + 1
        exact = stops(upward=True, amount=1) and stops(upward=False, amount=1)
        return above > 0 and stops(upward=False, amount=above) and not exact

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Return the cells that can exist, in fixed order."""
        return tuple(self.counts)

    def _small(self, cell: str, count: int) -> bool:
        down, across = _parts(cell)
        known = 0 if taxonomy.FORMAL_COMPLAINT in (down, across) else self.known.get(cell, 0)
        few = bool(known) and count - known < self.threshold
        return count < self.threshold or few or down in self.hidden_down or across in self.hidden_across

    @cached_property
    def _network(self) -> Network:
        rows: dict[str, int] = {}
        columns: dict[str, int] = {}
        cells = []
        for down, across in map(_parts, self.cells):
            row = rows.setdefault("" if down in self.hidden_down else down, len(rows))
            column = columns.setdefault("" if across in self.hidden_across else across, len(columns))
            cells.append((row, column))
        return Network(tuple(cells), tuple(self._views()))

    def _views(self) -> Iterator[View]:
        """Yield the table as everybody reads it, and as those do who know the formal complaints."""
        yield View(tuple(self.counts.values()))
        if any(self.known.values()):
            complaints = frozenset(
                place for place, cell in enumerate(self.cells) if taxonomy.FORMAL_COMPLAINT in _parts(cell)
            )
            left = (0 if n in complaints else count - self.known.get(cell, 0) for n, (cell, count) in self._numbered)
            yield View(tuple(left), complaints)

    @property
    def _numbered(self) -> Iterator[tuple[int, tuple[str, int]]]:
        return enumerate(self.counts.items())

    @cached_property
    def _demands(self) -> tuple[Demand, ...]:
        """Return what each cell must be able to become when it is hidden."""
        found = []
        for number, view in enumerate(self._network.views):
            printed = self._printed(view)
            for place, count in enumerate(view.counts):
                if place in view.known:
                    continue
                most = min((self.threshold + MARGIN, *printed[place]))
                found += [Demand(number, place, upward=False, amount=count)] if count else []
                found += [Demand(number, place, upward=True, amount=most - count)] if most > count else []
        return tuple(found)

    def _printed(self, view: View) -> list[tuple[int, ...]]:
        """Return for each cell the margins that are printed, as this reader counts them."""
        down: dict[str, int] = {}
        across: dict[str, int] = {}
        pairs = [_parts(cell) for cell in self.cells]
        for (row, column), count in zip(pairs, view.counts, strict=True):
            down[row] = down.get(row, 0) + count
            across[column] = across.get(column, 0) + count
        return [
            tuple(
                sums[key]
                for sums, key, hidden in ((down, row, self.hidden_down), (across, column, self.hidden_across))
                if key not in hidden
            )
            for row, column in pairs
        ]

    def _request(self, must: frozenset[str], asked: frozenset[str]) -> dict[str, Any]:
        """Return the question to the solver about these cells: no names, only places."""
        return {
            "cells": self._network.cells,
            "views": [[view.counts, sorted(view.known)] for view in self._network.views],
            "demands": [[d.view, d.cell, d.upward, d.amount] for d in self._demands if self.cells[d.cell] in asked],
            "weights": [self.weights[cell] for cell in self.cells],
            "must": [place for place, cell in enumerate(self.cells) if cell in must],
        }


def could_be(table: TwoWay, hidden: frozenset[str], counts: Mapping[str, int]) -> bool:
    """Return whether, under some draw, the rule hides just these cells when the table counts this instead.

    That draw has a weight below zero for the hidden cells and no other. The complaints stand where they change nothing.
    """
    weights = {cell: -1 if cell in hidden else 1 for cell in counts}
    other = TwoWay(table.threshold, counts, weights, table.hidden_down, table.hidden_across, table.given & hidden)
    return table.given <= hidden and other.hidden(_unasked) == hidden


def _unasked(_: dict[str, Any]) -> None:
    """Answer that there is no way: under the draw in question none is needed."""


def _parts(cell: str) -> tuple[str, str]:
    parts: Sequence[str] | None = crossed_parts(cell)
    if parts is None:
        raise ReportRefusedError(NOT_READY)
    return parts[0], parts[1]
