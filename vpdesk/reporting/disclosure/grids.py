"""The cells of a two-way table: which there are, which can't exist by definition, how many cases lie in each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Self

from vpdesk.domain import taxonomy
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.report_choices import codes_of, crossed_parts, crossing, key_of
from vpdesk.domain.statements import Box, CaseFacts, Of, Statement
from vpdesk.reporting.disclosure.definitions import State, can_meet
from vpdesk.reporting.disclosure.lists import list_of
from vpdesk.reporting.disclosure.protect import Line, plain, row_key
from vpdesk.reporting.disclosure.question import Question, named
from vpdesk.reporting.disclosure.result import MOST_COLUMNS

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows and columns of a two-way table, by plain dimension and by key."""

    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, question: Question, pair: Pair) -> Self:
        """Return the table of two plain dimensions, as it was chosen or turned to fit the page."""
        down, across = (
            tuple(key_of(row) for row in question.choices.rows(name, question.dimensions[name])) for name in pair
        )
        if len(across) > MOST_COLUMNS >= len(down):
            return cls(pair[1], pair[0], across, down)
        return cls(*pair, down, across)

    @property
    def too_wide(self) -> bool:
        """Return whether the page has no room for so many columns."""
        return len(self.columns) > MOST_COLUMNS

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the cells that can exist, row by row."""
        return tuple(
            crossing(row, column) for row, column in product(self.rows, self.columns) if self.can_be(row, column)
        )

    def can_be(self, row: str, column: str) -> bool:
        """Return whether a case can lie in a cell by definition."""
        return any(
            can_meet((self.down, State(one)), (self.across, State(other)))
            for one, other in product(codes_of(row), codes_of(column))
        )

    def counts(self, question: Question) -> dict[str, int] | None:
        """Return the cases of the period by cell; None where one lies in a cell that can't exist."""
        found = Counter(self.cells_of(question, (f for f in question.facts if f.opened in question.period)))
        cells = self.cells
        return {cell: found[cell] for cell in cells} if found.keys() <= set(cells) else None

    def cells_of(self, question: Question, facts: Iterable[CaseFacts]) -> Iterator[str]:
        """Yield the cell of each case; a code that is in no list counts as onbekend."""
        where = [(named(name, question.period), self._keys(keys)) for name, keys in self._sides]
        for fact in facts:
            codes = ((fact.code(name), keys) for name, keys in where)
            yield crossing(*(keys[code if code in keys else taxonomy.UNKNOWN.code] for code, keys in codes))

    def complaints(self, question: Question) -> Iterator[tuple[date, str]]:
        """Yield the day and the cell of each formal complaint of which both codes are known."""
        for fact in question.complaints:
            with suppress(KeyError):
                yield fact.opened, next(self.cells_of(question, (fact,)))

    def canonical(self, cell: str) -> str:
        """Return a name of a cell that is the same however the table is turned."""
        parts = crossed_parts(cell) or ("", "")
        return cell if self.down <= self.across else crossing(parts[1], parts[0])

    def before(self, question: Question) -> tuple[Line, ...]:
        """Return the tables of the same two dimensions, with the same cells, that are out for overlapping periods."""
        cells = set(self.cells)
        lines = (
            line for p in question.earlier for line in published_grids(p.statements, p.pattern, question.dimensions)
        )
        turned = (self._turned(line) for line in lines)
        return tuple(
            line
            for line in turned
            if line is not None
            and line.period.overlaps(question.period)
            and line.period != question.period
            and line.shown.keys() | line.hidden == cells
        )

    def box(self, question: Question, cell: str) -> Box:
        """Return the part of the cube that a cell is."""
        keys = crossed_parts(cell) or ("", "")
        names = (named(self.down, question.period), named(self.across, question.period))
        return Box.where_({name: frozenset(codes_of(key)) for name, key in zip(names, keys, strict=True)})

    def name(self, question: Question) -> str:
        """Return the name of the table, with the day of phases and outcomes."""
        return crossing(named(self.down, question.period), named(self.across, question.period))

    @property
    def _sides(self) -> tuple[tuple[str, tuple[str, ...]], tuple[str, tuple[str, ...]]]:
        return (self.down, self.rows), (self.across, self.columns)

    @staticmethod
    def _keys(keys: Sequence[str]) -> dict[str, str]:
        return {code: key for key in keys for code in codes_of(key)}

    def _turned(self, line: Line) -> Line | None:
        """Return an earlier table as this one lies; None when it crosses other dimensions."""
        down, across = (plain(name) for name in crossed_parts(line.dimension) or ("", ""))
        if (down, across) == (self.down, self.across):
            return line
        if (across, down) != (self.down, self.across):
            return None
        shown = {_turned(cell): count for cell, count in line.shown.items()}
        return Line(_turned(line.dimension), line.period, shown, frozenset(map(_turned, line.hidden)), line.hidden_sum)


def _turned(name: str) -> str:
    first, second = crossed_parts(name) or ("", "")
    return crossing(second, first)


def published_grids(
    statements: Sequence[Statement], pattern: Sequence[HiddenLine], dimensions: Mapping[str, tuple[str, ...]]
) -> tuple[Line, ...]:
    """Read the two-way tables of a publication back: shown cells, and the hidden ones with their sum."""
    found = []
    for line in pattern:
        names = crossed_parts(line.dimension)
        total = next((s for s in statements if _is_total(s, line)), None)
        if names is None or total is None:
            continue
        shown = {}
        for said in statements:
            where = dict(said.box.where)
            if said.of is Of.CASES and said.exact and said.period == line.period and where.keys() == set(names):
                shown[crossing(*(row_key(frozenset(where[name]), list_of(dimensions, name)) for name in names))] = (
                    said.minimum
                )
        rest = total.minimum - sum(shown.values())
        found.append(Line(line.dimension, line.period, shown, frozenset(line.codes), rest))
    return tuple(found)


def _is_total(said: Statement, line: HiddenLine) -> bool:
    return said.of is Of.CASES and not said.box.where and said.exact and said.period == line.period
