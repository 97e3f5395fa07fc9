"""Rows of several codes beside other rows, by brute force over whole reports and by an independent reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.attacks.worlds import Reporting
from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import (
    CLIENT,
    DIMENSIONS,
    HALF,
    KEY,
    YEAR,
    answered_here,
    case,
    drawn,
    frozen,
    published,
    report,
)
from tests.reporting.disclosure.series import NEXT
from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.publications import HiddenLine, Kind, Why, Withheld
from vpdesk.domain.report_choices import ReportChoices, key_of
from vpdesk.domain.statements import Audience, Box, CaseFacts, Of, Statement
from vpdesk.reporting.disclosure.audit import Missing, Promise, Truth, audit
from vpdesk.reporting.disclosure.classes import alike
from vpdesk.reporting.disclosure.crossings import told
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.protect import Line, line_statements
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.readings import _draws
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.disclosure.unions import unions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.report_choices import Row

APART: tuple[Row, ...] = ()
CODES = ("melder", "getuige", "naaste", "onbekend")
FIRST: tuple[Row, ...] = (("melder", "getuige"),)
OTHER: tuple[Row, ...] = (("getuige", "naaste"),)


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    """No child process: `test_a_child_and_the_same_code_here_give_the_same_report`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Solver, "worlds", answered_here)
        yield


REPORTING = {
    "year": Reporting(2, CODES, year=FIRST),
    "half": Reporting(2, CODES, half=FIRST),
    "both": Reporting(2, CODES, half=FIRST, year=FIRST),
    "other": Reporting(2, CODES, half=FIRST, year=OTHER),
}


# Each prints a row of several codes, beside a table with other rows or with the same ones.
MADE = [
    ("year", ((4, 0, 3, 2), (3, 1, 2, 3)), 102),
    ("year", ((0, 3, 4, 2), (1, 3, 3, 2)), 87),
    ("half", ((2, 2, 3, 2), (2, 2, 2, 0)), 24),
    pytest.param("half", ((0, 2, 2, 2), (4, 0, 2, 4)), 91, marks=pytest.mark.long),  # a minute and a half by itself
    ("half", ((1, 1, 2, 3), (4, 3, 0, 2)), 14),
    ("both", ((0, 2, 2, 2), (4, 0, 2, 4)), 91),
    ("both", ((0, 4, 2, 2), (3, 1, 2, 2)), 33),
    ("other", ((0, 2, 2, 2), (4, 0, 2, 4)), 91),
    ("other", ((1, 1, 2, 3), (4, 3, 0, 2)), 14),
]


@pytest.mark.no_cover  # measured, it takes twice as long
@pytest.mark.parametrize(("made", "world", "order"), MADE)
def test_whole_reports_with_other_rows_replayed_over_all_worlds_and_orders(
    made: str, world: tuple[tuple[int, ...], tuple[int, ...]], order: int
) -> None:
    reporting = REPORTING[made]
    reports = reporting.both(world, reporting.keys[order])
    printed = {key for report in reports if report for table in report.tables for key, n in table.rows if n}
    assert printed & set(map(key_of, reporting.together))
    assert reporting.excluded(world, reporting.keys[order]) == []


TOGETHER = {
    "thema": (
        ("pesten", "discriminatie", "andere ongewenste omgangsvorm"),
        ("fraude", "diefstal van bedrijfsmiddelen", "corruptie"),
        ("machtsmisbruik", "arbeidsconflict"),
    ),
    "rol": (("getuige", "betrokkene"), ("naaste", "onbekend")),
    "werkgebied": (("beide", "onbekend"),),
}
WANTED = tuple(TOGETHER)


def said(facts: list[CaseFacts], rows: Mapping[Period, Mapping[str, tuple[Row, ...]]]) -> list[Publication]:
    """Make a report for each period with its rows, one after the other; return what came out."""
    out: list[Publication] = []
    for period, grouped in rows.items():
        try:
            made = report(facts, period, tuple(out), wanted=WANTED, choices=ReportChoices(grouped))
        except ReportRefusedError:
            continue
        out.append(published(made, period, len(out) + 1))
    return out


@pytest.mark.no_cover  # measured, it takes twice as long
@pytest.mark.parametrize("rows", [({}, TOGETHER), (TOGETHER, {}), (TOGETHER, TOGETHER)], ids=["year", "half", "both"])
@pytest.mark.parametrize("cases", [14, 26, 45, pytest.param(80, marks=pytest.mark.long)])
def test_no_code_and_no_row_of_drawn_registries_is_narrowed_down(
    rows: tuple[Mapping[str, tuple[Row, ...]], Mapping[str, tuple[Row, ...]]], cases: int
) -> None:
    for seed in range(2):
        facts = drawn(cases, seed)
        out = said(facts, dict(zip((HALF, YEAR), rows, strict=True)))
        assert leaks(facts, out, whole=True, unions=TOGETHER) == []


# What the audit asks besides single codes


PAIR = key_of(("melder", "getuige"))
ROLES = {"rol": CODES}


def about(period: Period, low: int, high: int | None = None, *roles: str) -> Statement:
    box = Box.where_({"rol": frozenset(roles)}) if roles else Box()
    return Statement(Of.CASES, box, period, low, low if high is None else high)


def gained(*statements: Statement, together: tuple[str, ...] = (), truth: Truth | None = None) -> set[tuple[str, str]]:
    with Solver() as running:
        promise = Promise(5, ROLES, truth, unions={"rol": together})
        lost: frozenset[Missing] = audit(statements, (), promise, running)
    return {(missing.dimension, missing.code) for missing in lost}


def test_codes_that_can_each_be_none_but_not_together_are_found_only_when_asked_together() -> None:
    said = (about(YEAR, 40), about(YEAR, 3, 12, "melder", "getuige"))
    assert gained(*said) == set()
    assert gained(*said, together=(PAIR,)) == {("rol", PAIR)}


def test_a_row_of_which_little_is_left_is_found() -> None:
    said = (about(HALF, 30), about(YEAR, 50), about(HALF, 18, None, "melder", "getuige"))
    assert ("rol", PAIR) in gained(*said, about(YEAR, 20, None, "melder", "getuige"), together=(PAIR,))
    enough = about(YEAR, 25, None, "melder", "getuige")
    assert gained(*said, enough, together=(PAIR,), truth=lambda *_: 7) == set()
    assert gained(*said, enough, together=(PAIR,), truth=lambda *_: None) == {("rol", PAIR)}


def test_the_codes_in_a_printed_row_stay_open_from_none_to_the_threshold() -> None:
    rows = {PAIR: 6, "naaste": 9, "onbekend": 9}
    assert gained(about(YEAR, 24), *line_statements("rol", YEAR, rows, frozenset()), together=(PAIR,)) == set()
    known = (*line_statements("rol", YEAR, rows, frozenset()), about(YEAR, 2, 6, "melder"))
    assert gained(about(YEAR, 24), *known) == {("rol", "melder"), ("rol", "getuige")}


def letter(*statements: Statement) -> Publication:
    return replace(frozen(statements, (), YEAR), kind=Kind.BRIEF)


def test_a_letter_is_asked_for_its_unions_and_what_they_leave_of_other_numbers() -> None:
    codes = {"rol": ("a", "b", "c", "d", "e", "f")}
    table = frozen(
        tuple(line_statements("rol", YEAR, {"a": 1, "b": 2, "c": 3, "d": 4, "e": 9, "f": 9}, frozenset("abcd"))),
        (HiddenLine("rol", YEAR, ("a", "b", "c", "d")),),
        YEAR,
    )
    assert unions((table,), (), codes) == {}  # a hidden set is not a number of its own
    letter_of = letter(
        about(YEAR, 6, 9, "b", "a"), about(YEAR, 40, None, *codes["rol"]), about(YEAR, 4, None, "x", "y")
    )
    asked = unions((table, letter_of), (), codes)["rol"]
    assert {key_of(("a", "b")), key_of(("c", "d"))} <= set(asked)
    assert key_of(tuple("abcdef")) not in asked  # all there is, is the total
    assert not [key for key in asked if "x" in key]  # what no list has any more


def test_rows_of_tables_are_asked_for_whether_printed_hidden_or_left_out() -> None:
    rows = {PAIR: 3, "naaste": 9, "onbekend": 4}
    statements = tuple(line_statements("rol", YEAR, rows, frozenset({PAIR, "onbekend"})))
    hidden = frozen(statements, (HiddenLine("rol", YEAR, (PAIR, "onbekend")),), YEAR)
    assert unions((hidden,), (), ROLES) == {"rol": (PAIR,)}
    few = replace(frozen((), (), YEAR), withheld=(Withheld("rol", Why.TE_WEINIG_RIJEN, (PAIR, "naaste", "onbekend")),))
    assert unions((few,), (("rol", key_of(("naaste", "onbekend"))),), ROLES) == {
        "rol": tuple(sorted((PAIR, key_of(("naaste", "onbekend")))))
    }


def several(count: int, day: date = date(2025, 2, 3), **codes: str) -> list[CaseFacts]:
    return [case(day, **codes) for _ in range(count)]


def test_a_table_left_out_for_too_few_rows_keeps_which_rows_it_would_have_had() -> None:
    choices = ReportChoices({"rol": FIRST})
    facts = several(14, rol="melder") + several(1, rol="naaste")
    made = report(facts, YEAR, wanted=("rol",), dimensions={**DIMENSIONS, **ROLES}, choices=choices)
    assert made.withheld == (Withheld("rol", Why.TE_WEINIG_RIJEN, (PAIR, "naaste", "onbekend")),)


@pytest.mark.parametrize("early", [0, 1, 2, 3])
def test_a_year_after_a_half_whose_merged_table_was_left_out_tells_nothing(early: int) -> None:
    # Two rows of a half-year: as one is small, both are hidden, and nothing is printed. The year has a table.
    codes = {**DIMENSIONS, "rol": ("melder", "getuige", "onbekend")}
    later = date(2025, 9, 1)
    facts = several(8, rol="melder") + several(4, rol="getuige") + several(early, rol="onbekend")
    facts += several(9, later, rol="melder") + several(8, later, rol="getuige") + several(9, later, rol="onbekend")
    half = report(facts, HALF, wanted=("rol",), dimensions=codes, choices=ReportChoices({"rol": FIRST}))
    assert [w.rows for w in half.withheld] == [(PAIR, "onbekend")]
    out = published(half, HALF)
    year = report(facts, YEAR, (out,), wanted=("rol",), dimensions=codes)
    assert year.audited
    assert leaks(facts, [out, published(year, YEAR, 2)], whole=True, dimensions=codes, unions={"rol": FIRST}) == []


def test_an_employer_reads_a_recognisable_row_beside_a_theme() -> None:
    # Eight of 14 cases are of two relations that share a row, nine are about one theme: three of them at least are both.
    codes = {"rol": ("melder", "getuige", "betrokkene"), "thema": ("arbeidsconflict", "onbekend")}
    facts = several(3, rol="melder", thema="arbeidsconflict") + several(3, rol="melder", thema="onbekend")
    facts += several(2, rol="getuige", thema="onbekend") + several(6, rol="betrokkene", thema="arbeidsconflict")
    statements = [about(YEAR, 14), about(YEAR, 8, None, "melder", "getuige"), about(YEAR, 6, None, "betrokkene")]
    statements += line_statements("thema", YEAR, {"arbeidsconflict": 9, "onbekend": 5}, frozenset())
    crossing = ("rol", PAIR, "thema", "arbeidsconflict", (0,))
    known = {"thema": codes["thema"], "rol": codes["rol"]}
    assert crossing in told(Reader(statements, known, unions={"rol": (PAIR,)}), facts, 5)
    assert crossing not in told(Reader(statements, known), facts, 5)


def test_codes_of_one_row_are_alike_and_those_of_two_rows_are_not() -> None:
    codes = ("a", "b", "c", "d")
    rows = {key_of(("a", "b")): 8, key_of(("c", "d")): 8}
    line = Line("rol", YEAR, rows, frozenset(), 0)
    unsaid = Reader([about(YEAR, 16), about(YEAR, 16, None, *codes)], {"rol": codes})
    block = next(block for block in unsaid.blocks(strict=False) if block.dimensions)

    def classes(lines: list[Line]) -> list[str]:
        leader = alike(block, lines, unsaid)
        return [leader(target) for target in block.targets if target.dimension == "rol"]

    assert classes([]) == ["a", "a", "a", "a"]
    assert classes([line]) == ["a", "a", "c", "c"]
    assert classes([replace(line, shown={"a": 4, "b": 4, "c": 4, "d": 4})]) == ["a", "a", "a", "a"]


def test_a_letter_about_two_roles_together_keeps_their_row_out_of_the_year() -> None:
    codes = {**DIMENSIONS, **ROLES}
    later = date(2025, 9, 1)
    facts = (
        several(10, rol="melder") + several(8, rol="getuige") + several(9, rol="naaste") + several(9, rol="onbekend")
    )
    facts += several(1, later, rol="melder") + several(1, later, rol="getuige")
    facts += several(9, later, rol="naaste") + several(9, later, rol="onbekend")

    def row(*earlier: Publication) -> object:
        made = report(facts, YEAR, earlier, wanted=("rol",), dimensions=codes, choices=ReportChoices({"rol": FIRST}))
        return [n for table in made.tables for key, n in table.rows if key == PAIR]

    assert row() == [20]
    early = frozen((about(HALF, 36), about(HALF, 12, 18, "melder", "getuige")), (), HALF)
    assert row(replace(early, kind=Kind.BRIEF)) in ([], [None])  # the second half had two: not none, and not five


def test_a_row_comes_first_when_one_of_its_codes_was_hidden_before() -> None:
    half = frozen((), (HiddenLine("rol", HALF, ("getuige", "onbekend")),), HALF)
    later = frozen((), (HiddenLine("rol", HALF, (key_of(("getuige", "naaste")),)),), HALF)
    asked = Question(
        CLIENT, YEAR, Audience.WERKGEVER, 5, 24, {"rol": {PAIR: 9, "naaste": 9, "onbekend": 6}}, ROLES, (half,), KEY, 1,
        facts=(replace(case(date(2025, 2, 3), rol="getuige"), outcomes={date(2025, 12, 31): taxonomy.FORMAL_COMPLAINT}),),
    )  # fmt: skip
    assert asked.first("rol") == {PAIR, "onbekend"}
    assert replace(asked, earlier=(later,)).first("rol") == {PAIR, "naaste"}
    assert asked.rule("rol", forced=False).known == {PAIR: 1}
    assert set(asked.order("rol")) == {PAIR, "naaste", "onbekend"}


def test_a_row_that_is_large_in_every_stretch_of_time_is_printed_each_time() -> None:
    # What is left of the row is known to be large by subtraction only; then the true count says that it may be known.
    later = date(2025, 9, 1)
    facts = (
        several(10, rol="melder") + several(8, rol="getuige") + several(9, rol="naaste") + several(9, rol="onbekend")
    )
    facts += several(3, later, rol="melder") + several(9, later, rol="getuige")
    facts += several(9, later, rol="naaste") + several(9, later, rol="onbekend")
    asked = {"wanted": ("rol",), "dimensions": {**DIMENSIONS, **ROLES}, "choices": ReportChoices({"rol": FIRST})}
    half = report(facts, HALF, **asked)  # type: ignore[arg-type]
    year = report(facts, YEAR, (published(half, HALF),), **asked)  # type: ignore[arg-type]
    assert [dict(table.rows)[PAIR] for made in (half, year) for table in made.tables] == [18, 30]


def test_tables_that_are_out_are_replayed_with_the_rows_that_they_had() -> None:
    rows = {PAIR: 3, "naaste": 9, "onbekend": 4}
    hidden = frozenset({PAIR, "onbekend"})
    half = frozen((), (HiddenLine("rol", HALF, ("getuige", "naaste")),), HALF)
    pattern = (HiddenLine("rol", YEAR, tuple(sorted(hidden))),)
    year = frozen((about(YEAR, 16), *line_statements("rol", YEAR, rows, hidden)), pattern, YEAR, 2)
    left = replace(
        frozen((about(NEXT, 9),), (), NEXT, 3), withheld=(Withheld("rol", Why.TE_WEINIG_RIJEN, tuple(rows)),)
    )
    out = (half, year, left)
    asked = Question(CLIENT, YEAR, Audience.WERKGEVER, 5, 16, {"rol": rows}, ROLES, out, KEY, 1)
    printed, unprinted = _draws(asked, out, out)
    assert (set(printed.line.shown), printed.line.hidden) == ({"naaste"}, hidden)
    assert {rule.first for rule in printed.rules} == {frozenset({PAIR, "naaste"})}
    assert (unprinted.line.hidden, unprinted.left_out) == (frozenset(rows), True)
