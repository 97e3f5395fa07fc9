"""What a reader could at best conclude about a dash, beside an independent solver that has the whole cube."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.attacks import kit
from tests.attacks.attackers import Solving, statements_of
from tests.reporting.disclosure.registry import CLIENT, DIMENSIONS, HALF, KEY, YEAR, drawn, published, report
from vpdesk.domain.publications import HiddenLine, Publication
from vpdesk.domain.report_choices import ReportChoices, crossing, key_of
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.disclosure.conclusions import conclude
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.result import Conclusion, Level, ProtectedReport
from vpdesk.reporting.disclosure.solver import Solver

ASKED = ("thema", "werkgebied")


def by_the_oracle(said: ProtectedReport, earlier: tuple[Publication, ...], dimension: str) -> Conclusion:
    """Return what an independent integer program over the whole cube leaves of the dashes of a table."""
    names = (dimension,) if dimension not in ASKED else ASKED
    statements = [*statements_of(earlier), *said.statements]
    solving = Solving(statements, {name: DIMENSIONS[name] for name in names}, (YEAR, HALF))
    (hidden,) = [line.codes for line in said.pattern if line.dimension == dimension]
    ranges = [(left[0], left[-1]) for left in (solving.in_box(YEAR, {dimension: code}) for code in hidden)]
    narrowest = min(ranges, key=lambda ends: (ends[1] - ends[0], ends))
    return Conclusion(dimension, min(low for low, _ in ranges), max(high for _, high in ranges), narrowest)


@pytest.mark.parametrize(("cases", "seed"), [(40, 2), (80, 2), (90, 5), (200, 3)])
def test_the_range_is_what_an_independent_integer_program_leaves(cases: int, seed: int) -> None:
    facts, wanted = drawn(cases, seed), (*ASKED, "rol", "relatie")
    half = published(report(facts, HALF, wanted=wanted), HALF)
    said = report(facts, YEAR, (half,), wanted=wanted)
    assert said.conclusions
    assert [conclusion.dimension for conclusion in said.conclusions] == [line.dimension for line in said.pattern]
    for conclusion in said.conclusions:
        assert conclusion == by_the_oracle(said, (half,), conclusion.dimension)


def test_a_report_that_came_first_narrows_the_range() -> None:
    facts, wanted = drawn(80, 2), ("gevonden_via",)
    half = published(report(facts, HALF, wanted=wanted), HALF)
    said = report(facts, YEAR, (half,), wanted=wanted)
    (beside,) = said.conclusions
    alone = by_the_oracle(said, (), "gevonden_via")
    assert alone.narrowest == (alone.least, alone.most)
    assert beside.narrowest[0] > alone.least, "what was printed over the half is at least there over the year"


def test_a_report_without_dashes_has_no_conclusions_and_asks_nothing() -> None:
    facts = kit.cases(dict.fromkeys(kit.ROLES, 8))
    assert kit.ours(facts).conclusions == ()


def test_another_registry_with_the_same_statements_gives_the_same_conclusions() -> None:
    facts = drawn(50, 0)
    codes = {"rol": DIMENSIONS["rol"]}
    said = kit.ours(facts, codes=codes)
    assert said.conclusions
    assert kit.ours(kit.twin(facts, codes=codes), codes=codes).conclusions == said.conclusions


def a_question(facts: list[Any]) -> Question:
    return Question(
        CLIENT, YEAR, Audience.WERKGEVER, 5, len(facts), {"rol": {}}, DIMENSIONS, (), KEY, 1,
    )  # fmt: skip


def a_report(*said: tuple[dict[str, frozenset[str]], int], hidden: dict[str, tuple[str, ...]]) -> ProtectedReport:
    statements = tuple(Statement(Of.CASES, Box.where_(dict(where)), YEAR, n, n) for where, n in said)
    pattern = tuple(HiddenLine(name, YEAR, codes) for name, codes in hidden.items())
    return ProtectedReport(Level.EENRIJ, statements, (), None, pattern, (), (), audited=True, threshold=5)


ROLES = frozenset({"melder", "getuige"})
LINE = a_report(
    ({}, 20), ({"rol": ROLES}, 9), ({"rol": frozenset({"collega"})}, 11), hidden={"rol": tuple(sorted(ROLES))}
)


def test_an_end_that_single_rows_allow_but_no_world_reaches_is_not_told() -> None:
    """Fields that lie in two kinds of themes bound a theme in a way that no single row shows."""
    themes = frozenset({"pesten", "fraude"})
    said = a_report(
        ({}, 20),
        ({"thema": themes}, 12), ({"thema": frozenset({"discriminatie"})}, 8),
        ({"werkgebied": frozenset({"ongewenste omgangsvormen"})}, 14), ({"werkgebied": frozenset({"integriteit"})}, 6),
        hidden={"thema": tuple(sorted(themes))},
    )  # fmt: skip
    with Solver() as solver:
        (found,) = conclude(a_question([]), said, solver)
    assert (found.least, found.most) == (6, 6), "fraude lies in integriteit, and only fraude does"


def test_data_that_breaks_the_definitions_is_read_without_them() -> None:
    said = a_report(
        ({}, 20),
        ({"thema": frozenset({"pesten", "intimidatie"})}, 20),
        ({"werkgebied": frozenset({"integriteit"})}, 20),
        hidden={"thema": ("intimidatie", "pesten")},
    )
    with Solver() as solver:
        (found,) = conclude(a_question([]), said, solver)
    assert (found.least, found.most, found.narrowest) == (0, 20, (0, 20))


class Faulty(Solver):
    """A solver that answers with what it is given."""

    def __init__(self, *answers: Any) -> None:
        super().__init__()
        self.answers = list(answers)

    def worlds(self, blocks: list[dict[str, Any]]) -> list[list[list[int]]]:
        """Answer with the next world for every block."""
        return [self.answers.pop(0) for _ in blocks]


def test_a_world_that_breaks_a_statement_gives_no_conclusion() -> None:
    with Faulty([[0] * 40]) as solver:
        assert conclude(a_question([]), LINE, solver) == ()


def test_a_block_for_which_no_world_is_found_gives_no_conclusion() -> None:
    with Faulty([], []) as solver:
        assert conclude(a_question([]), LINE, solver) == ()
        assert solver.answers == []


@pytest.mark.parametrize("place", [0, -1])
def test_a_value_that_is_never_shown_is_not_claimed(place: int) -> None:
    """A solver that shows only one world can make the range narrower, never wider."""
    seen: list[list[list[int]]] = []

    class Stubborn(Solver):
        """Finds the first world again and again."""

        def worlds(self, blocks: list[dict[str, Any]]) -> list[list[list[int]]]:
            seen.append([super().worlds(blocks)[0][place]] if not seen else seen[0])
            return [seen[0]]

    with Stubborn() as solver:
        (found,) = conclude(a_question([]), LINE, solver)
    assert len(seen) > 1
    assert (found.least, found.most) in {(0, 9), (0, 0), (9, 9)}
    with Solver() as honest:
        (whole,) = conclude(a_question([]), LINE, honest)
    assert whole == replace(whole, least=0, most=9, narrowest=(0, 9))


def test_conclusions_of_a_repeated_report_count_what_came_after_it() -> None:
    facts = drawn(80, 2)
    year = published(report(facts, YEAR, wanted=("rol", "relatie")), YEAR)
    half = published(report(facts, HALF, (year,), wanted=("rol", "relatie")), HALF, 2)
    again = report(facts, YEAR, (year, half), wanted=("rol", "relatie"))
    assert again.statements == year.statements
    assert again.conclusions
    for conclusion in again.conclusions:
        assert conclusion == by_the_oracle(again, (half,), conclusion.dimension)


def test_a_row_of_several_codes_is_one_dash() -> None:
    facts = kit.cases(dict(zip(kit.ROLES, (3, 12, 2, 2, 12), strict=True)))
    together = ReportChoices({"rol": (("collega", "naaste"),)})
    said = kit.ours(facts, choices=together)
    (line,), (conclusion,) = said.pattern, said.conclusions
    assert key_of(("collega", "naaste")) in line.codes
    hidden = sum(s.minimum for s in said.statements if len(s.box.where) == 1 and len(s.box.where[0][1]) > 2)
    assert (conclusion.least, conclusion.most, conclusion.narrowest) == (0, hidden, (0, hidden)) == (0, 7, (0, 7))


def test_a_repeated_report_with_a_list_that_changed_since_has_no_conclusions() -> None:
    """Its rows are not those of today, so that it can't be joined with what came after it."""
    facts = kit.cases(dict(zip(kit.ROLES, (3, 12, 2, 2, 12), strict=True)))
    codes = {"rol": DIMENSIONS["rol"]}
    year = published(kit.ours(facts, codes=codes), YEAR)
    assert kit.ours(facts, YEAR, (year,), codes=codes).conclusions
    again = kit.ours(facts, YEAR, (year,))
    assert again.statements == year.statements
    assert again.conclusions == ()


@pytest.mark.parametrize("pair", [("rol", "werkgebied"), ("werkgebied", "rol")])
def test_the_hidden_cells_of_a_two_way_table_have_a_range(pair: tuple[str, str]) -> None:
    """An independent integer program over both dimensions finds the same, whichever stands in the rows."""
    facts = drawn(120, 3)
    said = report(facts, YEAR, wanted=("rol", "werkgebied"), choices=ReportChoices(crossed=(pair,)))
    (table,) = said.crossed
    solving = Solving(said.statements, {name: DIMENSIONS[name] for name in pair}, (YEAR,))
    ranges = []
    for row, values in zip(table.rows, table.cells, strict=True):
        for column, value in zip(table.columns, values, strict=True):
            if value is None:
                left = solving.in_box(YEAR, {table.down: row, table.across: column})
                ranges.append((left[0], left[-1]))
    narrowest = min(ranges, key=lambda ends: (ends[1] - ends[0], ends))
    least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
    (found,) = [c for c in said.conclusions if c.dimension == crossing(*pair)]
    assert found == Conclusion(crossing(*pair), least, most, narrowest)
