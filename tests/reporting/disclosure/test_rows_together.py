"""Rows that count several codes: beside tables with other rows, replayed, and what letters say of several codes."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.disclosure.registry import HALF, YEAR
from vpdesk.domain import taxonomy
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.report_choices import codes_of, key_of
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.protect import MARGIN, Line, Past, Rule, line_statements, published_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES = ("a", "b", "c", "d")
K = 3
PARTITIONS = (
    ("a", "b", "c", "d"),
    (key_of(("a", "b")), "c", "d"),
    ("a", key_of(("b", "c")), "d"),
    (key_of(("a", "b")), key_of(("c", "d"))),
    ("a", key_of(("b", "c", "d"))),
)
AB = key_of(("a", "b"))

counts = st.tuples(*[st.integers(0, 4)] * len(CODES)).map(lambda n: dict(zip(CODES, n, strict=True)))
partitions = st.sampled_from(PARTITIONS)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A table of a half-year: some rows printed, two or more hidden, or none."""
    table = draw(counts)
    rows = draw(partitions)
    hidden = frozenset(draw(st.sets(st.sampled_from(rows), max_size=len(rows))))
    of_row = {key: sum(table[code] for code in codes_of(key)) for key in rows}
    shown = {key: n for key, n in of_row.items() if key not in hidden}
    return Line("rol", HALF, shown, hidden, sum(of_row[key] for key in hidden), at_most=draw(st.booleans()))


def spreads(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in spreads(total - first, parts - 1))


def worlds(line: Line) -> list[dict[str, int]]:
    """Every way in which the codes may be counted that gives this table."""
    unions = [(codes_of(key), [n]) for key, n in line.shown.items()]
    if line.hidden:
        together = tuple(code for key in sorted(line.hidden) for code in codes_of(key))
        unions.append((together, list(range(line.hidden_sum + 1)) if line.at_most else [line.hidden_sum]))
    each = [[dict(zip(codes, n, strict=True)) for s in sums for n in spreads(s, len(codes))] for codes, sums in unions]
    return [{code: n for part in parts for code, n in part.items()} for parts in product(*each)]


@given(line=lines(), wanted=st.sets(st.sampled_from(CODES)))
def test_a_table_bounds_any_codes_as_all_its_worlds_do(line: Line, wanted: set[str]) -> None:
    sums = [sum(world[code] for code in wanted) for world in worlds(line)]
    assert (line.least(wanted), line.most(wanted)) == (min(sums), max(sums))


def told_by_replay(line: Line, key: str, count: int) -> bool:
    """Return whether some, but not all, of the numbers below K may be left, by Lemma N of the method page."""
    counts = [
        [n] if set(codes_of(row)) <= set(codes_of(key)) else range(n + 1)
        for row, n in line.shown.items()
        if not set(codes_of(row)).isdisjoint(codes_of(key))
    ]
    enough = K if len(line.hidden) == 2 else K + MARGIN
    implied = [x for x in range(line.hidden_sum + 1) if x < K or line.hidden_sum - x < enough]
    left = {count - sum(some) for some in product(implied, *counts)} & set(range(K))
    return bool(left) and left != set(range(K))


@given(
    line=lines(), key=st.sampled_from(sorted({key for rows in PARTITIONS for key in rows})), count=st.integers(0, 20)
)
def test_a_row_tells_when_the_worlds_of_a_table_with_other_rows_leave_too_little(
    line: Line, key: str, count: int
) -> None:
    past = Past.of("rol", YEAR, K, [line])
    left = {count - sum(world[code] for code in codes_of(key)) for world in worlds(line)}
    open_ = min(left) >= K or (min(left) <= 0 and max(left) >= K)
    touched = [row for row in line.hidden if not set(codes_of(row)).isdisjoint(codes_of(key))]
    if not line.at_most and len(touched) == 1 and set(codes_of(touched[0])) <= set(codes_of(key)):
        assert past.tells(key, count) is (not open_ or told_by_replay(line, key, count))
    else:
        assert past.tells(key, count) is not open_
    assert past.floor(key) == line.least(codes_of(key))


@given(table=counts, rows=partitions, hidden=st.sets(st.integers(0, 3)))
def test_a_table_comes_back_from_its_statements_with_its_rows(
    table: dict[str, int], rows: tuple[str, ...], hidden: set[int]
) -> None:
    some = frozenset(key for n, key in enumerate(rows) if n in hidden)
    of_row = {key: sum(table[code] for code in codes_of(key)) for key in rows}
    said = line_statements("rol", YEAR, of_row, some)
    pattern = (HiddenLine("rol", YEAR, tuple(sorted(some))),) if some else ()
    shown = {key: n for key, n in of_row.items() if key not in some}
    together = sum(of_row[key] for key in some)
    assert published_lines(said, pattern) == (Line("rol", YEAR, shown, some, together),)


def test_the_name_of_a_row_has_its_codes_in_the_order_of_the_list() -> None:
    said = line_statements("rol", YEAR, {key_of(("d", "b")): 9, "a": 7}, frozenset())
    (line,) = published_lines(said, (), {"rol": ("d", "c", "b", "a")})
    assert set(line.shown) == {key_of(("d", "b")), "a"}
    (unsorted,) = published_lines(said, (), {"rol": ("a",)})
    assert set(unsorted.shown) == {key_of(("b", "d")), "a"}
    assert line.rows(("d", "c", "b", "a")) == (key_of(("d", "b")), "c", "a")


def test_unions_of_a_letter_that_share_a_code_are_no_rows() -> None:
    def exactly(count: int, *codes: str) -> Statement:
        return Statement(Of.CASES, Box.where_({"rol": frozenset(codes)}), YEAR, count, count)

    said = (exactly(12, "a", "b"), exactly(7, "a"), exactly(14, "c", "d"))
    assert published_lines(said, ()) == (Line("rol", YEAR, {"a": 7, key_of(("c", "d")): 14}, frozenset(), 0),)
    assert published_lines((exactly(12, "a", "b"), exactly(14, "b", "c")), ()) == ()


def test_two_rows_that_were_one_row_earlier_are_not_both_printed_when_their_sum_tells() -> None:
    past = Past.of("rol", YEAR, 5, [Line("rol", HALF, {AB: 18, "c": 9, "d": 8}, frozenset(), 0)])
    table = {"a": 14, "b": 6, "c": 20, "d": 20}
    rule = Rule(5, frozenset(), past)
    assert not any(rule.small(key, count) for key, count in table.items())
    # a and b together would leave 2 in the second half, and so would their hidden sum
    assert rule.hidden(table, ("a", "b", "c", "d")) == {"a", "b", "c"}
    assert rule.hidden(table, ("d", "b", "a", "c")) == {"b", "d"}
    assert rule.hidden({**table, "a": 17}, ("a", "b", "c", "d")) == frozenset()
    assert rule.hidden({**table, "a": 3, "b": 18}, ("c", "b", "d", "a")) == {"a", "c"}  # a goes for its own sake


def test_a_row_with_formal_complaints_and_others_is_judged_without_the_complaints() -> None:
    both = key_of((taxonomy.FORMAL_COMPLAINT, "gedrag gestopt"))
    rule = Rule(5, frozenset(), Past(YEAR, 5), known={both: 4})
    assert rule.small(both, 8)
    assert not rule.small(both, 9)
    alone = Rule(5, frozenset(), Past(YEAR, 5), known={taxonomy.FORMAL_COMPLAINT: 4})
    assert not alone.small(taxonomy.FORMAL_COMPLAINT, 8)
