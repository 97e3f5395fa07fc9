"""Which numbers the audit asks for under replay: in each stretch of time those that no rule has kept open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.attacks.kit import ROLES, cases, keys
from tests.attacks.several import Out, Several
from tests.reporting.disclosure.registry import (
    CLIENT,
    DIMENSIONS,
    HALF,
    KEY,
    QUARTER,
    SECOND_QUARTER,
    YEAR,
    frozen,
    published,
    report,
)
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.statements import Audience, Box, Of, Statement, dated
from vpdesk.reporting.disclosure import audit as audit_module
from vpdesk.reporting.disclosure.audit import Missing, Promise, _Part, audit
from vpdesk.reporting.disclosure.between import kept, left_to_audit
from vpdesk.reporting.disclosure.block import UNBOUNDED, Row
from vpdesk.reporting.disclosure.family import Relative, apart
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.protect import Line, Past, Rule, line_statements
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.readings import readers
from vpdesk.reporting.disclosure.replay import Drawn
from vpdesk.reporting.disclosure.result import Level
from vpdesk.reporting.disclosure.solver import Solver

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pytest

    from vpdesk.domain.publications import Publication


CODES = {"rol": ("a", "b", "c", "d")}
YEARS = Line("rol", YEAR, {"a": 20, "b": 30, "c": 25, "d": 28}, frozenset(), 0)
FIRST = Line("rol", QUARTER, {"a": 9, "b": 10}, frozenset("cd"), 12)
SECOND = Line("rol", SECOND_QUARTER, {"a": 6, "c": 7}, frozenset("bd"), 11)
FIVE = {"rol": tuple("abcde")}
QUARTERS = (
    Line("rol", QUARTER, {"a": 20, "b": 20, "e": 20}, frozenset("cd"), 30),
    Line("rol", SECOND_QUARTER, {"a": 20, "b": 20, "d": 20}, frozenset("ce"), 12),
)


def drawn(line: Line, before: Sequence[Line] = (), *, new: bool = False, threshold: int = 5) -> Drawn:
    rule = Rule(threshold, frozenset(), Past.of(line.dimension, line.period, threshold, before))
    return Drawn(line, (rule,), "rol", new=new)


def reader(*lines: Line) -> Reader:
    said = [s for x in lines for s in line_statements(x.dimension, x.period, _counts(x), x.hidden)]
    return Reader([*said, *(total(x.period, sum(_counts(x).values())) for x in lines)], CODES)


def _said(line: Line) -> tuple[Statement, ...]:
    counts = _counts(line)
    return (
        *line_statements(line.dimension, line.period, counts, line.hidden),
        total(line.period, sum(counts.values())),
    )


def _counts(line: Line) -> dict[str, int]:
    rest = sorted(line.hidden)
    return {**line.shown, **dict.fromkeys(rest, 0), **({rest[0]: line.hidden_sum} if rest else {})}


def total(period: Period, count: int) -> Statement:
    return Statement(Of.CASES, Box(), period, count, count)


def test_the_rule_of_a_new_table_covers_its_printed_rows_where_it_subtracted_and_no_more() -> None:
    read = reader(YEARS, FIRST, SECOND)
    tables = [drawn(YEARS), drawn(FIRST, (YEARS,)), drawn(SECOND, (YEARS, FIRST), new=True)]
    first, second, rest = (read.region(p) for p in (QUARTER, SECOND_QUARTER, YEAR))
    rest = tuple(i for i in rest if i not in {*first, *second})
    covered = {("rol", code, region) for code in "ac" for region in (rest, (*first, *rest))}
    assert set(kept(tables[-1], read, 5)) == covered
    asked = left_to_audit(tables, read, 5)
    targets = [t for block in read.blocks(strict=True) for t in block.targets if t.dimension and not t.widened]
    assert {(t.dimension, t.code, t.region) for t in targets if not asked(t)} == covered
    assert not any(asked(replace(t, widened=True)) or asked(replace(t, dimension="")) for t in targets)


def test_a_rule_covers_nothing_for_who_has_other_periods_or_a_higher_threshold() -> None:
    table = drawn(SECOND, (YEARS, FIRST), new=True)
    assert list(kept(table, reader(YEARS, FIRST, SECOND), 6)) == []
    halves = reader(replace(YEARS, period=HALF), FIRST, SECOND)
    assert list(kept(table, halves, 5)) == []


def test_tables_of_several_days_are_subtracted_only_where_the_days_are_one() -> None:
    half, year = dated("fase", HALF.last), dated("fase", YEAR.last)
    lines = (Line(half, HALF, {"a": 9}, frozenset("cd"), 12), Line(year, YEAR, {"a": 30}, frozenset("cd"), 40))
    table = drawn(lines[1], lines[:1], new=True)
    read = Reader([total(HALF, 21), total(YEAR, 70)], {"fase": CODES["rol"]})
    assert list(kept(table, read, 5)) == []
    still = replace(table, line=replace(table.line, dimension=dated("fase", date.max)))
    assert list(kept(still, read, 5)) == [(dated("fase", date.max), "a", (1,))]


def test_what_a_draw_leaves_no_way_to_be_is_lost_unless_the_rule_has_seen_to_it() -> None:
    counts = {"a": 15, "b": 16, "c": 9, "d": 21}, {"a": 35, "b": 36, "c": 12, "d": 51}
    half, year = (
        Line("rol", HALF, {"a": 15, "b": 16}, frozenset("cd"), 30),
        Line("rol", YEAR, counts[1], frozenset(), 0),
    )
    tables = [half, year]
    # At a threshold of 10 one of c and d is at most 9 in the half-year: c can't be 0, 1 or 2 in the second half.
    tens = replace(half, threshold=10)
    rule = Rule(10, frozenset(), Past(HALF, 10))
    assert rule.hidden(counts[0], "dcab") == {"c", "d"}
    with Solver() as solver:
        said = [s for x, n in zip(tables, counts, strict=True) for s in line_statements("rol", x.period, n, x.hidden)]
        said += [total(x.period, sum(n.values())) for x, n in zip(tables, counts, strict=True)]
        first = Drawn(tens, (rule,), "rol")
        found = audit(said, [first, drawn(year)], Promise(5, CODES), solver)
        assert {m.value for m in found if m.code == "c" and m.between} >= {0, 1, 2}
        later = Drawn(year, (Rule(5, frozenset(), Past.of("rol", YEAR, 5, [tens])),), "rol", new=True)
        assert not any(m.between for m in audit(said, [first, later], Promise(5, CODES), solver))


def test_a_hidden_cell_that_no_draw_explains_is_lost() -> None:
    # In the second quarter c and e are 12 together, and one of them is small. A letter says 9 of c in both quarters:
    # 2 to 4 of them in the first leave c and e 5 and more in the second.
    said = [s for x in QUARTERS for s in _said(x)]
    said.append(Statement(Of.CASES, Box.of(rol="c"), HALF, 9, 9))
    tables = [drawn(x, new=True) for x in QUARTERS]
    with Solver() as solver:
        lost = audit(said, tables, Promise(5, FIVE), solver)
        arithmetic = audit(said, [], Promise(5, FIVE), solver)
    first = {m for m in lost if m.code == "c" and m.when == (QUARTER,)}
    assert {m.value for m in first if m.by_draw} == {2, 3, 4}
    assert not {m.value for m in arithmetic if m.code == "c" and m.when == (QUARTER,)} & {0, 2}


def test_a_draw_that_tables_share_explains_less_than_one_for_each() -> None:
    # A letter says 4 of c in both quarters, so c is small in each: it drew d in the first before e, and e before d later.
    letter = Statement(Of.CASES, Box.of(rol="c"), HALF, 4, 4)
    promise = Promise(5, FIVE, before=(letter,))
    said = [*_said(QUARTERS[0]), *_said(QUARTERS[1]), letter]
    shared = [drawn(x) for x in QUARTERS]
    each_its_own = [replace(table, group=x.period.code()) for table, x in zip(shared, QUARTERS, strict=True)]
    # Both went out when the year began in January. Now it begins in June, and the second quarter ends in another year.
    out = tuple(
        replace(
            frozen(_said(x), (HiddenLine("rol", x.period, tuple(sorted(x.hidden))),), x.period, number), pdf=b"%PDF"
        )
        for number, x in enumerate(QUARTERS, start=1)
    )
    asked = Question(CLIENT, YEAR, Audience.WERKGEVER, 5, 0, {"rol": dict.fromkeys("abcde", 0)}, FIVE, out, KEY, 6)
    with Solver() as solver:
        assert audit(said, each_its_own, promise, solver) == set()
        today, *_ = readers(asked, solver)
    for tables in (shared, today.drawn):
        with Solver() as solver:
            lost = audit(said, tables, promise, solver)
        assert {m.value for m in lost if m.by_draw and m.code == "c" and m.when == (QUARTER,)} == {*range(5)}


def test_tables_of_relatives_are_replayed_on_their_own_days_with_what_was_out_about_their_client() -> None:
    codes = {**DIMENSIONS, "rol": ROLES[:4]}
    key = keys(ROLES[:4])["getuige", "melder", "collega", "naaste"]
    theirs = cases({"melder": 4, "getuige": 10, "collega": 12, "naaste": 12})
    out: list[Publication] = []
    for number, period in enumerate((HALF, YEAR), start=1):
        made = report(theirs, period, tuple(out), wanted=("rol",), dimensions=codes, key=key)
        out.append(replace(published(made, period, number), client=ClientId(2)))
    letter = frozen((total(YEAR, 90),), (), YEAR, 3)
    family = [Relative(publication, frozenset({ClientId(2)})) for publication in out]
    family.append(Relative(letter, frozenset({CLIENT, ClientId(2)})))
    asked = Question(
        CLIENT, YEAR, Audience.WERKGEVER, 5, 0, {"rol": dict.fromkeys(ROLES[:4], 0)}, codes, (), KEY, 1, family=family
    )  # fmt: skip
    with Solver() as solver:
        first, *_ = readers(asked, solver)
    half, year = first.drawn
    assert [d.line.period for d in first.drawn] == [apart(HALF, 1), apart(YEAR, 1)]
    assert {d.group for d in first.drawn} == {"2|rol"}
    assert half.line.hidden == year.line.hidden == {"melder", "getuige"}
    assert [line.period for line in year.rules[0].past.lines] == [HALF]
    assert half.rules[0].past.lines == ()


STRETCHES = (date(2025, 2, 3), date(2025, 5, 3), date(2025, 8, 3), date(2025, 11, 3))


def levels(world: tuple[tuple[int, ...], ...], *periods: Period) -> list[tuple[Level, int]]:
    """Return of each report, one after the other, its level and how many counts it prints, as drawn with naaste first."""
    codes = ("melder", "getuige", "naaste", "onbekend")
    key = next(key for order, key in keys(codes).items() if order[0] == "naaste")
    made = Several(codes, STRETCHES, [Out(period) for period in periods]).made(world, key)
    return [(r.level, sum(n is not None for t in r.tables for _, n in t.rows)) for r in made if r]


def test_a_large_number_that_only_a_draw_tells_to_be_large_costs_no_later_table() -> None:
    # The half-year's melders are 0 to 4 by its draw, so of the 10 in the year 6 or more lie after it: that is all.
    world = ((4, 12, 19, 14), (0, 0, 0, 0), (5, 15, 16, 17), (1, 20, 30, 20))
    third = Period(date(2025, 7, 1), date(2025, 9, 30))
    assert levels(world, HALF, YEAR, third)[1:] == [(Level.EENRIJ, 4), (Level.EENRIJ, 2)]


def test_what_only_replay_narrows_down_is_added_for_who_replays(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[bool, set[Row]]] = []

    def examined(parts: Sequence[_Part], read: Reader, tables: Any, promise: Promise, solver: Solver) -> Any:
        asked.append((promise.method, {row for part in parts for row in part.block.rows if row.high == UNBOUNDED}))
        return answers[len(asked) - 1](parts, read, tables, promise, solver)

    def narrowed(*, between: bool) -> Callable[..., frozenset[Missing]]:
        when = (Period(date(2025, 4, 1), YEAR.last),)
        return lambda *_: frozenset({Missing("rol", "c" if between else "d", when, 0, False, between=between)})

    real = audit_module._examine
    answers = [real, narrowed(between=True), narrowed(between=False), real]
    monkeypatch.setattr(audit_module, "_examine", examined)
    said = [s for x in (YEARS, FIRST) for s in line_statements("rol", x.period, _counts(x), x.hidden)]
    said += [total(YEAR, 103), total(QUARTER, 31)]
    with Solver() as solver:
        audit(said, [drawn(YEARS), drawn(FIRST, (YEARS,), new=True)], Promise(5, CODES, lambda *_: 9), solver)
    # First all read, then those who replay; what all can subtract is added to what they have, and stays.
    assert [(method, len(rows)) for method, rows in asked] == [(False, 0), (False, 0), (True, 1), (True, 2)]
    assert {row.low for _, rows in asked for row in rows} == {5}
