"""Two-way tables in a report: what they print, when they are left out, and how they come back."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from tests.reporting.disclosure.registry import (
    CLIENT,
    DAYS,
    DIMENSIONS,
    HALF,
    KEY,
    QUARTER,
    YEAR,
    case,
    frozen,
    published,
    report,
)
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.publications import Kind, Publication, Why, Withheld
from vpdesk.domain.report_choices import ReportChoices, crossed_parts, crossing, key_of
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.disclosure import crossed, cutting, descent
from vpdesk.reporting.disclosure.grids import Grid, published_grids
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.result import (
    CUT_SHORT,
    NOT_YET_TWICE,
    WOULD_TELL,
    CrossTable,
    ProtectedReport,
    ProtectedTable,
)
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.statements_file import statements_json
from vpdesk.reporting.told import hidden_kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vpdesk.domain.periods import Period
    from vpdesk.domain.statements import CaseFacts

ROLES = ("melder", "getuige", "collega", "onbekend")
FIELDS = ("ongewenste omgangsvormen", "integriteit", "beide", "onbekend")
CODES = {**DIMENSIONS, "rol": ROLES, "werkgebied": FIELDS}
PAIR = ("rol", "werkgebied")
NAME = crossing(*PAIR)
CHOSEN = ReportChoices(crossed=(PAIR,))


def cases(rows: tuple[tuple[int, ...], ...], **codes: str) -> list[CaseFacts]:
    """Return cases by role and field, spread over the year."""
    found = []
    for (role, field), count in zip(product(ROLES, FIELDS), (n for row in rows for n in row), strict=True):
        found += [case(DAYS[n % 4], rol=role, werkgebied=field, **codes) for n in range(count)]
    return found


ROWS = ((12, 9, 2, 8), (8, 14, 9, 7), (9, 7, 8, 11), (6, 8, 7, 9))
MANY = cases(ROWS)


def ours(facts: list[CaseFacts], period: Period = YEAR, **asked: Any) -> ProtectedReport:
    asked = {"wanted": PAIR, "dimensions": CODES, "choices": CHOSEN, **asked}
    return report(facts, period, **asked)


def values(table: CrossTable) -> dict[tuple[str, str], object]:
    return {
        (row, column): value
        for row, cells in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, cells, strict=True)
    }


def question(facts: list[CaseFacts], **changed: Any) -> Question:
    counts: Mapping[str, Mapping[str, int]] = {name: dict.fromkeys(CODES[name], 0) for name in CODES}
    asked = Question(
        CLIENT, YEAR, Audience.WERKGEVER, 5, len(facts), counts, CODES, (), KEY, 1, facts=facts, choices=CHOSEN
    )
    return replace(asked, **changed)


def line(name: str, shown: Mapping[str, int | None]) -> ProtectedTable:
    return ProtectedTable(name, tuple(shown.items()), None, 100)


def test_a_table_prints_its_cells_and_the_margins_of_the_one_way_tables() -> None:
    said = ours(MANY)
    (table,) = said.crossed
    truth = dict(zip(product(ROLES, FIELDS), (n for row in ROWS for n in row), strict=True))
    cells = values(table)
    assert {cell: truth[cell] for cell, value in cells.items() if value is not None} == {
        cell: value for cell, value in cells.items() if value is not None
    }
    assert cells["melder", "beide"] is None
    assert sum(value is None for value in cells.values()) >= 4
    assert table.row_totals == tuple(sum(row) for row in ROWS)
    assert table.column_totals == tuple(map(sum, zip(*ROWS, strict=True)))
    assert table.total == len(MANY)


def test_only_shown_cells_are_statements_and_the_pattern_names_the_hidden_ones() -> None:
    said = ours(MANY)
    (table,) = said.crossed
    shown = {cell: value for cell, value in values(table).items() if value is not None}
    printed = {
        (dict(s.box.where)["rol"][0], dict(s.box.where)["werkgebied"][0]): s.minimum
        for s in said.statements
        if len(s.box.where) == 2
    }
    assert printed == shown
    assert all(s.exact and s.period == YEAR for s in said.statements)
    (pattern,) = [p for p in said.pattern if crossed_parts(p.dimension)]
    assert pattern.dimension == NAME
    assert set(pattern.codes) == {crossing(*cell) for cell, value in values(table).items() if value is None}
    written = json.loads(
        statements_json(said.statements, client_name="X", period=YEAR, threshold=5, dimensions=CODES)
    )["statements"]  # fmt: skip
    assert sum(set(s["where"]) == set(PAIR) for s in written) == len(shown)


def test_the_same_question_gives_the_same_report_and_another_key_another_pattern() -> None:
    assert ours(MANY) == ours(MANY)
    patterns = {ours(MANY, key=bytes([n])).pattern for n in range(6)}
    assert len(patterns) > 1


def test_a_table_is_drawn_alike_however_it_lies() -> None:
    down = ours(MANY, choices=ReportChoices(crossed=(PAIR,)))
    across = ours(MANY, choices=ReportChoices(crossed=(PAIR[::-1],)))
    assert values(down.crossed[0]) == {cell[::-1]: value for cell, value in values(across.crossed[0]).items()}
    assert set(down.statements) == set(across.statements)


def test_a_period_that_is_out_gives_its_table_back() -> None:
    said = ours(MANY)
    again = ours(MANY[:-20], earlier=(published(said, YEAR),), choices=ReportChoices())
    assert again.crossed == said.crossed
    assert again.statements == said.statements


def test_a_table_that_hides_nothing_comes_back_too() -> None:
    facts = cases(tuple((20,) * 4 for _ in ROLES))
    key = next(bytes([n]) for n in range(99) if not ours(facts, key=bytes([n])).pattern[0].codes)
    said = ours(facts, key=key)
    assert None not in values(said.crossed[0]).values()
    assert ours(facts, key=key, earlier=(published(said, YEAR),)).crossed == said.crossed


def test_an_open_edition_of_what_is_out_has_no_two_way_tables() -> None:
    facts = cases(tuple(tuple(3 * n for n in row) for row in ROWS))
    said = ours(facts)
    assert said.crossed
    coarser = ours(facts, earlier=(published(said, YEAR),), audience=Audience.OPENBAAR)
    assert not coarser.crossed
    assert (NAME, NOT_YET_TWICE) in coarser.left_out


def test_below_six_times_the_threshold_there_is_none() -> None:
    facts = MANY[:29]
    said = ours(facts)
    assert not said.crossed
    assert (NAME, crossed.TOO_FEW_CASES) in said.left_out
    assert all(w.dimension != NAME for w in said.withheld)
    assert (NAME, crossed.TOO_FEW_CASES) not in ours(MANY[:30]).left_out


def test_without_one_of_the_one_way_tables_there_is_none() -> None:
    facts = [replace(fact, codes={**fact.codes, "rol": "melder"}) for fact in MANY]
    said = ours(facts)
    assert not said.crossed
    assert (NAME, crossed.BESIDE_NOTHING) in said.left_out
    assert ours(MANY, wanted=("rol",)).left_out == ()


def test_what_tells_too_much_goes_before_the_one_way_tables() -> None:
    half = published(ours(MANY, HALF, choices=ReportChoices()), HALF)
    said = ours(MANY, YEAR, earlier=(half,))
    plain = ours(MANY, YEAR, earlier=(half,), choices=ReportChoices())
    assert {t.dimension for t in said.tables} >= {t.dimension for t in plain.tables}


def test_a_later_period_hides_first_what_an_earlier_one_hides() -> None:
    facts = [*MANY, *MANY]
    half = ours(facts, HALF)
    assert half.crossed
    out = (published(half, HALF),)
    asked = question(facts, earlier=out)
    (old,) = Grid.of(asked, PAIR).before(asked)
    assert crossed.hidden_before_in(asked, NAME) == old.hidden != frozenset()
    assert Grid.of(asked, PAIR[::-1]).before(asked)[0].hidden == {crossing(*reversed(_two(c))) for c in old.hidden}
    assert not Grid.of(asked, ("rol", "relatie")).before(asked)
    lines = [line("rol", dict.fromkeys(ROLES, 9)), line("werkgebied", dict.fromkeys(FIELDS, 9))]
    made = crossed.crossed_tables(asked, {NAME: 1}, lines, _propose)
    assert set(made.pattern[0].codes) >= old.hidden


def _two(cell: str) -> tuple[str, str]:
    found = crossed_parts(cell)
    assert found is not None
    return found


def _propose(table: dict[str, Any]) -> object:
    return cutting.solve({**table, "nodes": 1000}).get("hidden")


def test_a_half_year_a_quarter_and_the_year_go_out_together() -> None:
    facts = [*MANY, *MANY, *MANY, *MANY]
    quarter = published(ours(facts, QUARTER), QUARTER, 1)
    half = published(ours(facts, HALF, earlier=(quarter,)), HALF, 2)
    year = ours(facts, YEAR, earlier=(quarter, half))
    assert year.audited
    assert year.tables


def test_a_table_that_is_too_wide_is_turned_or_left_out() -> None:
    asked = question(MANY)
    assert Grid.of(asked, ("werkgebied", "thema")) == Grid.of(asked, ("thema", "werkgebied"))
    assert Grid.of(asked, ("thema", "gevonden_via")).too_wide
    wide = question(MANY, choices=ReportChoices(crossed=(("thema", "gevonden_via"),)))
    name = crossing("thema", "gevonden_via")
    assert crossed.crossed_tables(wide, {name: 0}, (), _propose).left_out == ((name, crossed.TOO_WIDE),)


def test_codes_that_share_a_row_are_one_row_here_too() -> None:
    grouped = ReportChoices({"rol": (("getuige", "collega"),)}, (PAIR,))
    asked = question(MANY, choices=grouped)
    grid = Grid.of(asked, PAIR)
    together = key_of(("getuige", "collega"))
    assert grid.rows == ("melder", together, "onbekend")
    counts = grid.counts(asked)
    assert counts is not None
    assert counts[crossing(together, "integriteit")] == 14 + 7
    lines = [line("rol", dict.fromkeys(grid.rows, 9)), line("werkgebied", dict.fromkeys(FIELDS, 9))]
    made = crossed.crossed_tables(asked, {NAME: 0}, lines, _propose)
    boxes = [dict(s.box.where)["rol"] for s in made.statements]
    assert ("collega", "getuige") in boxes
    total = report(MANY, YEAR, wanted=()).statements
    (back,) = published_grids((*total, *made.statements), made.pattern, CODES)
    assert back.shown == {crossing(*cell): n for cell, n in values(made.tables[0]).items() if n is not None}


def test_what_can_t_be_by_definition_is_no_number() -> None:
    outcomes = ("melding gedaan", "loopt nog", "onbekend")
    codes = {**CODES, "afloop": outcomes}
    rng = random.Random(5)  # noqa: S311 - invented cases
    facts = []
    for _ in range(200):
        phase = rng.choice(DIMENSIONS["fase"])
        outcome = rng.choice(outcomes[1:] if phase == "voorfase" else outcomes)
        facts.append(case(DAYS[rng.randrange(4)], fase=phase, afloop=outcome))
    chosen = ReportChoices(crossed=(("fase", "afloop"),))
    said = ours(facts, wanted=("fase", "afloop"), dimensions=codes, choices=chosen)
    (table,) = said.crossed
    cells = values(table)
    assert [cell for cell, value in cells.items() if value == "nvt"] == [("voorfase", "melding gedaan")]
    assert table.down == "fase@2025-12-31"
    assert all(s.minimum for s in said.statements if len(s.box.where) == 2)
    broken = [*facts, case(DAYS[0], fase="voorfase", afloop="melding gedaan")]
    other = ours(broken, wanted=("fase", "afloop"), dimensions=codes, choices=chosen)
    name = crossing("fase", "afloop")
    assert (name, crossed.NOT_BY_DEFINITION) in other.left_out
    assert Withheld(name, Why.HERLEIDBAAR) in other.withheld


def test_a_solver_without_an_answer_leaves_the_table_out_and_a_wrong_one_refuses_the_report() -> None:
    asked = question(MANY)
    lines = [line("rol", dict.fromkeys(ROLES, 9)), line("werkgebied", dict.fromkeys(FIELDS, 9))]
    made = crossed.crossed_tables(asked, {NAME: 0}, lines, lambda _: None)
    assert made.left_out == ((NAME, WOULD_TELL),)
    assert made.withheld == (Withheld(NAME, Why.HERLEIDBAAR),)
    everything = list(range(len(ROLES) * len(FIELDS)))
    few = crossed.crossed_tables(asked, {NAME: 0}, lines, lambda _: everything)
    assert few.left_out == ((NAME, crossed.TOO_FEW_CELLS),)
    with pytest.raises(ReportRefusedError):
        crossed.crossed_tables(asked, {NAME: 0}, lines, lambda _: [0])


def test_formal_complaints_play_a_part_where_their_cell_is_known() -> None:
    facts = [
        *MANY,
        *(case(DAYS[0], rol="getuige", werkgebied="integriteit", afloop="klacht ingediend") for _ in range(10)),
    ]
    said = ours(facts)
    assert said.audited
    asked = question(facts)
    grid = Grid.of(asked, PAIR)
    assert [cell for _, cell in grid.complaints(asked)] == [crossing("getuige", "integriteit")] * 10
    unknown = replace(facts[-1], codes={"rol": "getuige"})
    assert not list(grid.complaints(question([unknown])))


def test_a_two_way_table_is_asked_once_and_an_answer_that_is_none_refuses_the_report() -> None:
    asked: list[dict[str, Any]] = []
    lines = [line("rol", dict.fromkeys(ROLES, 9)), line("werkgebied", dict.fromkeys(FIELDS, 9))]
    crossed.crossed_tables(question(MANY), {NAME: 0}, lines, asked.append)
    said = cutting.solve(json.loads(json.dumps({**asked[0], "nodes": 1000})))
    answers: list[dict[str, Any]] = []

    def heard(table: dict[str, Any]) -> dict[str, Any]:
        answers.append(table)
        return cutting.solve(table)

    with Solver(hide=heard) as solver:
        assert solver.pattern(asked[0]) == said["hidden"] == solver.pattern(asked[0])
    assert len(answers) == 1
    with Solver(nodes=0) as solver:
        assert solver.pattern(asked[0]) is None
    wrongs: tuple[dict[str, Any], ...] = ({}, {"none": "unclear"})
    for wrong in wrongs:
        with Solver(hide=partial(_said, wrong)) as solver, pytest.raises(ReportRefusedError):
            solver.pattern(asked[0])


def _said(answer: dict[str, Any], _: dict[str, Any]) -> dict[str, Any]:
    return answer


def test_without_highs_no_two_way_table_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "highspy", None)
    table: dict[str, Any] = {"cells": [], "views": [], "demands": [], "weights": [], "must": []}
    with Solver() as solver, pytest.raises(ReportRefusedError):
        solver.pattern(table)


def test_a_table_that_went_out_is_whole_while_its_total_is_known() -> None:
    out = published(ours(MANY), YEAR)
    assert hidden_kept(out)
    without = replace(out, statements=tuple(s for s in out.statements if s.box.where))
    assert not hidden_kept(without)
    assert published_grids(without.statements, out.pattern, CODES) == ()


def test_a_table_that_went_all_the_way_down_is_left_out() -> None:
    lines = [line("rol", dict.fromkeys(ROLES, 9)), line("werkgebied", dict.fromkeys(FIELDS, 9))]
    made = crossed.crossed_tables(question(MANY), {NAME: 2}, lines, _propose)
    assert made.left_out == ((NAME, WOULD_TELL),)
    assert made.withheld == (Withheld(NAME, Why.HERLEIDBAAR),)


def letter(*said: tuple[Period, int, dict[str, str]]) -> Publication:
    statements = tuple(Statement(Of.CASES, Box.where_(dict(where)), period, n, n) for period, n, where in said)
    return replace(frozen(statements, (), HALF), kind=Kind.BRIEF)


def test_a_table_from_which_a_letter_could_be_subtracted_is_left_out_and_the_one_way_tables_stay() -> None:
    cell = {"rol": "melder", "werkgebied": "integriteit"}
    where = list(cell.values())
    keys = (bytes([n]) for n in range(99))
    key = next(k for k in keys if values(ours(MANY, key=k).crossed[0])[where[0], where[1]] is not None)
    out = letter((HALF, 5, cell))
    said = ours(MANY, key=key, earlier=(out,))
    assert said.crossed == ()
    assert (NAME, WOULD_TELL) in said.left_out
    assert Withheld(NAME, Why.HERLEIDBAAR) in said.withheld
    assert [table.dimension for table in said.tables] == list(PAIR)


def test_a_line_that_a_two_way_table_gives_away_costs_the_table_and_not_the_line() -> None:
    facts = [*MANY, *MANY]
    half = published(ours(facts, HALF), HALF)
    plain = ours(facts, earlier=(half,), choices=ReportChoices())
    said = ours(facts, earlier=(half,))
    assert [t.dimension for t in said.tables] == [t.dimension for t in plain.tables]


THREE = ("collega", "klant", "groep")
RELATED = [replace(fact, codes={**fact.codes, "relatie": THREE[n % 3]}) for n, fact in enumerate(MANY)]
BOTH: dict[str, Any] = {"wanted": (*PAIR, "relatie"), "dimensions": {**CODES, "relatie": THREE}}


def test_a_line_that_falls_away_takes_its_two_way_table_along_and_no_other() -> None:
    many = sum(fact.codes["relatie"] == "klant" for fact in RELATED)
    out = letter((HALF, many - 2, {"relatie": "klant"}))  # hides two of three codes in the year
    chosen = ReportChoices(crossed=(("relatie", "rol"), PAIR))
    said = ours(RELATED, **BOTH, choices=chosen, earlier=(out,))
    assert [t.dimension for t in said.tables] == list(PAIR)
    assert [(t.down, t.across) for t in said.crossed] == [PAIR]
    assert (crossing("relatie", "rol"), crossed.BESIDE_NOTHING) in said.left_out


@pytest.mark.parametrize(("of_all", "of_one"), [(0, 2_000), (4_000, 0), (4_000, 2_000)])
def test_two_way_tables_that_take_long_are_left_out_and_the_one_way_tables_stay(
    of_all: int, of_one: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = next(
        k for k in (bytes([n]) for n in range(99)) if values(ours(MANY, key=k).crossed[0])["melder", "integriteit"]
    )
    out = letter((HALF, 5, {"rol": "melder", "werkgebied": "integriteit"}))
    chosen = ReportChoices(crossed=(PAIR, ("rol", "relatie")))
    asked: dict[str, Any] = {**BOTH, "key": key, "earlier": (out,)}
    plain = ours(RELATED, choices=ReportChoices(), **asked)
    monkeypatch.setattr(descent, "MOST_FOR_CROSSED", of_all)
    monkeypatch.setattr(descent, "MOST_FOR_ONE", of_one)
    said = ours(RELATED, choices=chosen, **asked)
    assert [t.dimension for t in said.tables] == [t.dimension for t in plain.tables]
    cut = 0 in {of_all, of_one}
    assert (NAME, CUT_SHORT if cut else WOULD_TELL) in said.left_out
    assert Withheld(NAME, Why.NIET_NAGEREKEND if cut else Why.HERLEIDBAAR) in said.withheld
    assert ((crossing("rol", "relatie"), CUT_SHORT) in said.left_out) == cut


def test_a_row_of_several_codes_that_is_hidden_in_whole_is_asked_for_and_concluded_about() -> None:
    relations = ("collega", "klant", "groep", "onbekend")
    facts = [
        case(DAYS[n % 4], rol=role, relatie=other)
        for role in ROLES
        for other, count in zip(relations, (12, 2, 2, 10), strict=True)
        for n in range(count)
    ]
    chosen = ReportChoices({"relatie": (("klant", "groep"),)}, (("rol", "relatie"),))
    codes = {**CODES, "relatie": relations}
    said = ours(facts, wanted=("rol", "relatie"), dimensions=codes, choices=chosen)
    (table,) = said.crossed
    row = key_of(("klant", "groep"))
    assert {value for (_, other), value in values(table).items() if other == row} == {None}
    (found,) = [c for c in said.conclusions if c.dimension == crossing("rol", "relatie")]
    assert found.least == 0
    assert found.narrowest[1] >= 5
