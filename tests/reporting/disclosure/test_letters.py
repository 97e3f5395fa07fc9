"""What was entered by hand beside tables: it bounds what it speaks of, and no rule and no draw made it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import CLIENT, DIMENSIONS, HALF, YEAR, case, frozen, published, report
from vpdesk.domain.ids import ClientId
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.block import UNBOUNDED
from vpdesk.reporting.disclosure.family import Relative
from vpdesk.reporting.disclosure.protect import Line, Past

if TYPE_CHECKING:
    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.statements import ProtectedReport

ROLES = {**DIMENSIONS, "rol": ("melder", "getuige", "collega", "naaste", "onbekend")}


def several(half: int, later: int, role: str) -> list[CaseFacts]:
    """So many cases with a role in the first half of the year, and so many after it."""
    first, second = (case(day, rol=role) for day in (date(2025, 3, 3), date(2025, 9, 1)))
    return [first] * half + [second] * later


FACTS = [
    *several(16, 20, "melder"),
    *several(9, 11, "getuige"),
    *several(2, 7, "collega"),
    *several(4, 8, "naaste"),
    *several(3, 0, "onbekend"),
]


def letter(period: Period, count: int, *roles: str) -> Publication:
    """A letter about all cases with one of these roles."""
    said = Statement(Of.CASES, Box.where_({"rol": frozenset(roles)}), period, count, count)
    return replace(frozen((said,), (), period), kind=Kind.BRIEF)


def made(period: Period, *earlier: Publication) -> ProtectedReport:
    return report(FACTS, period, earlier, wanted=("rol",), dimensions=ROLES)


def test_a_letter_about_one_role_in_the_year_leaves_the_others_in_a_later_report_of_the_half_year() -> None:
    alone = made(HALF)
    assert [row for row in alone.tables[0].rows if row[1] is not None] == [("melder", 16), ("getuige", 9)]
    sent = letter(YEAR, 36, "melder")
    assert made(HALF, sent).tables == alone.tables
    assert not leaks(FACTS, [sent, published(made(HALF, sent), HALF)], dimensions=ROLES)


def test_a_letter_still_hides_the_count_that_it_would_leave_small() -> None:
    sent = letter(YEAR, 18, "melder")
    assert "melder" not in [key for t in made(HALF, sent).tables for key, count in t.rows if count is not None]


def test_a_letter_that_names_what_the_rule_would_have_hidden_keeps_no_later_table_in() -> None:
    alone = made(YEAR)
    assert alone.tables
    sent = letter(HALF, 4, "naaste")
    year = made(YEAR, sent)
    assert year.tables == alone.tables
    small = f"rol naaste {HALF.code()} "  # that is in the letter itself
    found = leaks(FACTS, [sent, published(year, YEAR)], dimensions=ROLES)
    assert not [leak for leak in found if not leak.startswith(small)]


def test_a_union_in_a_letter_keeps_no_later_table_in() -> None:
    half, sent = published(made(HALF), HALF), letter(YEAR, 45, "melder", "collega")
    year = made(YEAR, half, sent)
    assert year.tables == made(YEAR, half).tables
    assert not leaks(FACTS, [half, sent, published(year, YEAR)], dimensions=ROLES)


def test_a_letter_bounds_the_codes_that_it_names_and_no_other() -> None:
    said = Line("rol", YEAR, {"melder": 14}, frozenset(), 0, partial=True)
    assert (said.least(("melder",)), said.most(("melder",))) == (14, 14)
    assert (said.least(("getuige",)), said.most(("getuige",))) == (0, UNBOUNDED)
    assert (said.least(("melder", "getuige")), said.most(("melder", "getuige"))) == (14, UNBOUNDED)
    past = Past.of("rol", HALF, 5, [said])
    assert [past.tells("melder", n) for n in (9, 10, 13)] == [False, True, True]
    assert not past.tells("getuige", 7)
    assert past.leaves_room(frozenset({"getuige", "collega"}), 9)
    assert not past.leaves_room(frozenset({"melder"}), 9)


@pytest.mark.parametrize("told", [22, 25, 30])
def test_a_letter_that_crosses_two_dimensions_over_a_holding_never_silences_a_large_report(told: int) -> None:
    # With 26 colleagues of its own the holding has at least one who is no melder when the letter tells of 25 who are:
    # that costs a table. But that there are 25 colleagues or more in both together, the letter alone told before.
    codes = {"rol": ("melder", "getuige"), "relatie": ("collega", "klant", "groep")}
    counts = dict(zip(product(*codes.values()), (14, 13, 12, 12, 13, 14), strict=True))
    facts = [case(date(2025, 3, 3), rol=a, relatie=b) for (a, b), n in counts.items() for _ in range(n)]
    box = Box.where_({"rol": "melder", "relatie": "collega"})
    sent = replace(frozen((Statement(Of.CASES, box, YEAR, told, told),), (), YEAR), client=ClientId(2), kind=Kind.BRIEF)
    said = report(
        facts, YEAR, wanted=tuple(codes), dimensions=DIMENSIONS | codes,
        family=(Relative(sent, frozenset({CLIENT, ClientId(2)})),),
    )  # fmt: skip
    assert said.total is not None
    assert said.total.exact
