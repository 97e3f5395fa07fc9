"""An independent reader for tests: the whole cube of tied dimensions cell by cell, solved as one plain integer program.

It shares nothing with the audit but the statements: no margins, no rows from Hall, no classes of like codes.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise, product
from types import MappingProxyType
from typing import TYPE_CHECKING

import highspy
import numpy as np

from tests.reporting.disclosure.registry import DIMENSIONS
from vpdesk.domain import taxonomy
from vpdesk.domain.statements import Of
from vpdesk.reporting.disclosure.protect import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts, Statement

Cell = dict[str, str]
K = 5


class Oracle:
    """Minimum and maximum of any count, given statements about tied dimensions; over whole numbers when asked."""

    def __init__(
        self, statements: Sequence[Statement], cells: list[Cell], periods: Sequence[Period], *, whole: bool = False
    ) -> None:
        edges = sorted({p.first for p in periods} | {p.last + timedelta(days=1) for p in periods})
        self.starts = [day for day in edges[:-1] if any(day in p for p in periods)]
        self.keys = [(day, n) for day in self.starts for n in range(len(cells))]
        self.cells = cells
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        lp = highspy.HighsLp()
        rows = [
            (self.spread(s.period, self.test(dict(s.box.where))), s.minimum, s.maximum)
            for s in statements
            if s.of is Of.CASES and all(name in cells[0] for name, _ in s.box.where)
        ]
        lp.num_col_, lp.num_row_ = len(self.keys), len(rows)
        lp.col_cost_ = np.zeros(len(self.keys))
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self.keys)), np.full(len(self.keys), 1e4)
        lp.row_lower_ = np.array([float(low) for _, low, _ in rows])
        lp.row_upper_ = np.array([float(high) for _, _, high in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0] + [len(places) for places, _, _ in rows]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([i for places, _, _ in rows for i in places], dtype=np.int32)
        lp.a_matrix_.value_ = np.ones(sum(len(places) for places, _, _ in rows))
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self.keys)
        self.highs.passModel(lp)

    def test(self, where: dict[str, tuple[str, ...]]) -> Callable[[Cell], bool]:
        """Return whether a cell lies in a box."""
        return lambda cell: all(cell[name] in codes for name, codes in where.items())

    def spread(self, period: Period, test: Callable[[Cell], bool]) -> list[int]:
        """Return the places of the cells of a period that pass."""
        return [i for i, (day, n) in enumerate(self.keys) if day in period and test(self.cells[n])]

    def reach_code(
        self, period: Period, dimension: str, code: str, less: Period | None = None
    ) -> tuple[int, int] | None:
        """Return minimum and maximum of one code in a period, or in what of it lies outside another."""
        return self.reach(period, {dimension: (code,)}, less)

    def reach(
        self, period: Period, where: dict[str, tuple[str, ...]], less: Period | None = None
    ) -> tuple[int, int] | None:
        """Return minimum and maximum of a box in a period, or in what of it lies outside another; None: nothing fits."""
        places = set(self.spread(period, self.test(where)))
        return self._reach(places - set(self.spread(less, lambda _: True)) if less else places)

    def _reach(self, places: set[int]) -> tuple[int, int] | None:
        found = []
        for sign in (1.0, -1.0):
            cost = np.array([sign if i in places else 0.0 for i in range(len(self.keys))])
            self.highs.changeColsCost(len(self.keys), np.arange(len(self.keys), dtype=np.int32), cost)
            self.highs.run()
            if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            found.append(sign * self.highs.getInfo().objective_function_value)
        return math.ceil(found[0] - 1e-6), math.floor(found[1] + 1e-6)


def theme_cells() -> list[Cell]:
    """Every theme in each field in which it can lie."""
    pairs = product(taxonomy.THEMA.codes, taxonomy.WERKGEBIED.codes)
    return [{"thema": t, "werkgebied": f} for t, f in pairs if f in taxonomy.fields_of_theme(t)]


def plain_cells(dimension: str, codes: Sequence[str]) -> list[Cell]:
    """One dimension on its own."""
    return [{dimension: code} for code in codes]


def history_cells(days: Sequence[date], phases: Sequence[str], outcomes: Sequence[str]) -> list[Cell]:
    """Every history over at most two days; outcomes are told apart, phases do not go back."""
    states = [(p, o) for p in phases for o in outcomes if p != "voorfase" or o not in taxonomy.OUTCOMES_OF_A_REPORT]
    found = []
    for path in product(states, repeat=len(days)):
        known = [phases.index(p) for p, _ in path]
        pairs = pairwise(path)
        back = any(phases.index(b[0]) < phases.index(a[0]) for a, b in pairs if "onbekend" not in {a[0], b[0]})
        if known and not back:
            cell: Cell = {}
            for day, (phase, outcome) in zip(days, path, strict=True):
                cell |= {f"fase@{day.isoformat()}": phase, f"afloop@{day.isoformat()}": outcome}
            found.append(cell)
    return found


def count(
    facts: list[CaseFacts], period: Period, dimension: str = "", code: str = "", less: Period | None = None
) -> int:
    inside = (f for f in facts if f.opened in period and (less is None or f.opened not in less))
    return sum(not dimension or f.code(dimension) == code for f in inside)


def cells_of(dimension: str, days: list[date], dimensions: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    if dimension in {"thema", "werkgebied"}:
        return theme_cells()
    if dimension in {"fase", "afloop"}:
        return history_cells(days, dimensions["fase"], dimensions["afloop"])
    return plain_cells(dimension, dimensions[dimension])


def leaks(
    facts: list[CaseFacts],
    publications: list[Publication],
    *,
    histories: bool = False,
    whole: bool = False,
    dimensions: Mapping[str, Sequence[str]] = DIMENSIONS,
    unions: Mapping[str, Sequence[tuple[str, ...]]] = MappingProxyType({}),
    given: Sequence[Publication] = (),
) -> list[str]:
    """Small counts, of codes and of unions, that an independent reader of everything that is out can narrow down.

    What those among them that were `given` before had narrowed down as far is no gain.
    """
    said = [s for p in publications for s in p.statements if s.of is Of.CASES]
    periods = sorted({s.period for s in said})
    names = sorted({name for s in said for name, _ in s.box.where})
    days = sorted({date.fromisoformat(name.partition("@")[2]) for name in names if "@" in name})
    had = [s for p in given for s in p.statements if s.of is Of.CASES]
    oracles: dict[str, tuple[Oracle, Oracle]] = {}
    found = []
    for name in names:
        if "@" in name and not histories:
            continue
        group = {"werkgebied": "thema", "afloop": "fase"}.get(plain(name), plain(name))
        cells = cells_of(group, days, dimensions)
        if group not in oracles:
            oracles[group] = (Oracle(said, cells, periods, whole=whole), Oracle(had, cells, periods, whole=whole))
        oracle, earlier = oracles[group]
        for period, less in product(periods, [None, *periods]):
            inside = less is None or (less != period and period.first <= less.first and less.last <= period.last)
            reached = "@" not in name or (
                less is None and f"@{period.last}" in name.replace("fase", "").replace("afloop", "")
            )
            if not inside or not reached:
                continue
            for codes in (*((code,) for code in dimensions[plain(name)]), *unions.get(plain(name), ())):
                truth = sum(count(facts, period, name, code, less) for code in codes)
                if truth >= K:
                    continue
                reach = oracle.reach(period, {name: codes}, less)
                told = reach is not None and reach[0] <= truth <= reach[1]  # a correction may mislead a reader
                if reach is not None and told and not (reach[0] == 0 and reach[1] >= K):
                    before = earlier.reach(period, {name: codes}, less) if given else None
                    if before is not None and (reach[0], min(reach[1], K)) == (before[0], min(before[1], K)):
                        continue
                    found.append(f"{name} {' and '.join(codes)} {period.code()} less {less}: {truth} in {reach}")
    return found
