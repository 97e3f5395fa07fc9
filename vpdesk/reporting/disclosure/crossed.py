"""Two-way tables of a report: what is tried, what they print beside the one-way tables, and how they are read back."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from vpdesk.domain import taxonomy
from vpdesk.domain.publications import HiddenLine, Publication, Why, Withheld
from vpdesk.domain.report_choices import codes_of, crossed_parts, crossing
from vpdesk.domain.statements import Of, Statement
from vpdesk.reporting.disclosure.draw import drawn_weights
from vpdesk.reporting.disclosure.grids import Grid, Pair, published_grids
from vpdesk.reporting.disclosure.lists import in_order, list_of
from vpdesk.reporting.disclosure.protect import Line, Past, codes_in, plain
from vpdesk.reporting.disclosure.question import Question, named
from vpdesk.reporting.disclosure.replay import FEWEST_SHOWN
from vpdesk.reporting.disclosure.result import TIMES_THRESHOLD, WOULD_TELL, CrossTable, ProtectedTable
from vpdesk.reporting.disclosure.two_way import Ask, TwoWay

FORCED: Final = 1
"""The step of the way down at which everything is hidden that overlapping reports hide."""

TOO_FEW_CASES: Final = "een kruistabel komt er pas vanaf zes keer de drempel aan casussen"
BESIDE_NOTHING: Final = "een van de twee gewone tabellen ernaast staat er niet in"
TOO_WIDE: Final = "de tabel is te breed voor de bladzijde; tel categorieën samen"
TOO_FEW_CELLS: Final = "minder dan twee vakken zouden een getal tonen"
NOT_BY_DEFINITION: Final = "een casus ligt in een vak dat volgens de indeling niet kan bestaan"


Value = int | Literal["nvt"] | None


@dataclass(frozen=True, slots=True)
class Crossed:
    """What the two-way tables add to a report."""

    tables: tuple[CrossTable, ...] = ()
    statements: tuple[Statement, ...] = ()
    pattern: tuple[HiddenLine, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class _Absent:
    """Why a table is not in the report; `why` is what a reader who knows the method may take from that, if anything."""

    reason: str
    why: Why | None = None


def names_of(question: Question) -> tuple[str, ...]:
    """Return the names of the two-way tables that are tried: those chosen, from six times the threshold on."""
    enough = question.total >= TIMES_THRESHOLD * question.threshold
    return tuple(crossing(*pair) for pair in _chosen(question)) if enough else ()


def hidden_before_in(question: Question, name: str) -> frozenset[str]:
    """Return the cells of a two-way table that overlapping periods hide already."""
    pair = crossed_parts(name)
    return _hidden(Grid.of(question, pair).before(question)) if pair else frozenset()


def crossed_tables(question: Question, steps: Mapping[str, int], beside: Sequence[ProtectedTable], ask: Ask) -> Crossed:
    """Return the two-way tables that go with these one-way tables, each as far down as its step says.

    Raises:
        ReportRefusedError: the solver did not answer, or proposed what does not protect.
    """
    lines = {plain(table.dimension): table for table in beside}
    made: list[tuple[str, tuple[CrossTable, Grid] | _Absent]] = []
    for pair in _chosen(question):
        name = crossing(*pair)
        made.append((name, _made(question, pair, steps.get(name), lines, ask)))
    absent = [(name, said) for name, said in made if isinstance(said, _Absent)]
    tables = [said for _, said in made if not isinstance(said, _Absent)]
    return Crossed(
        tuple(table for table, _ in tables),
        tuple(said for table, grid in tables for said in _statements(question, table, grid)),
        tuple(_pattern(question, table) for table, _ in tables),
        tuple((name, said.reason) for name, said in absent),
        tuple(Withheld(name, said.why) for name, said in absent if said.why is not None),
    )


def repeated_tables(
    publication: Publication, lines: Sequence[Line], dimensions: Mapping[str, tuple[str, ...]]
) -> tuple[CrossTable, ...]:
    """Return the two-way tables of a publication, read back from its statements; `lines` are its one-way tables."""
    margins = {line.dimension: line for line in lines}
    found = []
    for grid in published_grids(publication.statements, publication.pattern, dimensions):
        down, across = crossed_parts(grid.dimension) or ("", "")
        cells = [crossed_parts(cell) or ("", "") for cell in (*grid.shown, *grid.hidden)]
        rows, columns = (
            _in_order({cell[side] for cell in cells}, list_of(dimensions, name))
            for side, name in enumerate((down, across))
        )
        found.append(
            CrossTable(
                down, across, rows, columns,
                tuple(
                    tuple(
                        None if crossing(row, column) in grid.hidden else grid.shown.get(crossing(row, column), "nvt")
                        for column in columns
                    )
                    for row in rows
                ),
                tuple(margins[down].shown.get(row) for row in rows),
                tuple(margins[across].shown.get(column) for column in columns),
                grid.hidden_sum + sum(grid.shown.values()),
            )
        )  # fmt: skip
    return tuple(found)


def _chosen(question: Question) -> tuple[Pair, ...]:
    return tuple(pair for pair in question.choices.crossed if set(pair) <= question.counts.keys())


def _made(
    question: Question, pair: Pair, step: int | None, lines: Mapping[str, ProtectedTable], ask: Ask
) -> tuple[CrossTable, Grid] | _Absent:
    grid = Grid.of(question, pair)
    absent = _before_counting(grid, step, lines)
    if absent is not None:
        return absent
    counts = grid.counts(question)
    if counts is None:
        return _Absent(NOT_BY_DEFINITION, Why.HERLEIDBAAR)
    beside = lines[grid.down], lines[grid.across]
    hidden = _rule(question, grid, counts, beside, forced=step == FORCED).hidden(ask)
    if hidden is None:
        return _Absent(WOULD_TELL, Why.HERLEIDBAAR)
    if len(counts) - len(hidden) < FEWEST_SHOWN:
        return _Absent(TOO_FEW_CELLS, Why.TE_WEINIG_RIJEN)
    return _table(question, grid, counts, hidden, beside), grid


def _before_counting(grid: Grid, step: int | None, lines: Mapping[str, ProtectedTable]) -> _Absent | None:
    """Return why a table is left out whatever it would count."""
    if step is None:
        return _Absent(TOO_FEW_CASES)
    if grid.too_wide:
        return _Absent(TOO_WIDE)
    if step > FORCED:
        return _Absent(WOULD_TELL, Why.HERLEIDBAAR)
    return None if lines.keys() >= {grid.down, grid.across} else _Absent(BESIDE_NOTHING, Why.HERLEIDBAAR)


def _rule(
    question: Question,
    grid: Grid,
    counts: Mapping[str, int],
    beside: tuple[ProtectedTable, ProtectedTable],
    *,
    forced: bool,
) -> TwoWay:
    before = grid.before(question)
    first = _hidden(before)
    complaints = tuple(
        (day, cell)
        for day, cell in grid.complaints(question)
        if taxonomy.FORMAL_COMPLAINT not in (crossed_parts(cell) or ())
    )
    past = Past.of(grid.name(question), question.period, question.threshold, before, complaints)
    told = {cell for cell, count in counts.items() if past.tells(cell, count)}
    known = Counter(cell for day, cell in grid.complaints(question) if day in question.period)
    names = (min(grid.down, grid.across), max(grid.down, grid.across))
    drawn = drawn_weights(
        question.draw_key, question.client, names, question.period,
        {grid.canonical(cell): cell in first for cell in counts},
    )  # fmt: skip
    down, across = (frozenset(key for key, count in table.rows if count is None) for table in beside)
    return TwoWay(
        question.threshold,
        counts,
        {cell: drawn[grid.canonical(cell)] for cell in counts},
        down,
        across,
        frozenset(told | first if forced else told),
        frozenset(
            cell for cell in counts if any(past.tells(cell, n) for n in range(question.threshold, question.total + 1))
        ),
        known,
    )


def _hidden(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(cell for line in lines for cell in line.hidden)


def _table(
    question: Question,
    grid: Grid,
    counts: Mapping[str, int],
    hidden: frozenset[str],
    beside: tuple[ProtectedTable, ProtectedTable],
) -> CrossTable:
    names = [crossing(row, column) for row in grid.rows for column in grid.columns]
    values: dict[str, Value] = {name: None if name in hidden else counts.get(name, "nvt") for name in names}
    down, across = (dict(table.rows) for table in beside)
    return CrossTable(
        named(grid.down, question.period),
        named(grid.across, question.period),
        grid.rows,
        grid.columns,
        tuple(tuple(values[crossing(row, column)] for column in grid.columns) for row in grid.rows),
        tuple(_number(down[row]) for row in grid.rows),
        tuple(_number(across[column]) for column in grid.columns),
        question.total,
    )


def _number(value: object) -> int | None:
    """Return a margin; a category that can't exist counts nothing."""
    return 0 if value == "nvt" else value if isinstance(value, int) else None


def _statements(question: Question, table: CrossTable, grid: Grid) -> list[Statement]:
    """Return what a table says beside the one-way tables: each shown cell. Hidden ones are in the margins."""
    return [
        Statement(Of.CASES, grid.box(question, cell), question.period, value, value)
        for cell, value in _cells(table)
        if isinstance(value, int)
    ]


def _pattern(question: Question, table: CrossTable) -> HiddenLine:
    """Return the hidden cells; a table that hides none has a pattern too, by which it is known as a table."""
    hidden = tuple(sorted(cell for cell, value in _cells(table) if value is None))
    return HiddenLine(crossing(table.down, table.across), question.period, hidden)


def _cells(table: CrossTable) -> list[tuple[str, Value]]:
    return [
        (crossing(row, column), value)
        for row, values in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, values, strict=True)
    ]


def _in_order(keys: Collection[str], today: Sequence[str]) -> tuple[str, ...]:
    """Return rows by their first codes, in the list of their time."""
    order = in_order(codes_in(keys), today)
    return tuple(sorted(keys, key=lambda key: order.index(codes_of(key)[0])))
