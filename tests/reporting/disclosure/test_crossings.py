"""What one-way tables force about two dimensions together: the lemma by brute force, and a table that goes for it."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.registry import DIMENSIONS, YEAR, case, naive, report
from vpdesk.reporting.disclosure.crossings import forced, tells, told
from vpdesk.reporting.disclosure.model import Reader

if TYPE_CHECKING:
    from vpdesk.domain.statements import CaseFacts

K = 5
TWO = {
    **DIMENSIONS,
    "rol": ("melder", "getuige", "betrokkene"),
    "thema": ("arbeidsconflict", "onbekend"),  # both may lie in any field
    "onderdeel": ("Noord", "Zuid"),
}


def several(n: int, **codes: str) -> list[CaseFacts]:
    return [case(date(2025, 2, 3), **codes) for _ in range(n)]


def tables(rows: tuple[int, ...], columns: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Every table of whole numbers with these sums, as its cells in the first row."""
    # The other rows can always be filled: their sums are those of what is left.
    return [first for first in product(*(range(n + 1) for n in columns)) if sum(first) == rows[0]]


@pytest.mark.parametrize("total", [6, 9, 11])
def test_a_crossing_reaches_from_its_forced_minimum_to_the_smaller_of_its_rows(total: int) -> None:
    for group, delicate in product(range(total + 1), repeat=2):
        cells = {first[0] for first in tables((group, total - group), (delicate, total - delicate))}
        assert cells == set(range(forced(group, delicate, total), min(group, delicate) + 1))


@pytest.mark.parametrize("k", [3, 5])
def test_published_rows_leave_a_crossing_as_wide_as_the_threshold(k: int) -> None:
    # Whatever is left of a line beside one known row is the threshold or more, or some code of it would be known.
    for total in range(2 * k, 6 * k):
        for group, delicate in product(range(k, total - k + 1), repeat=2):
            assert min(group, delicate) - forced(group, delicate, total) >= k


def test_a_line_with_hidden_cells_forces_no_more_than_a_quarter_of_a_group_into_a_small_crossing_at_five() -> None:
    # Such a line leaves a second printed row and a hidden sum beside the delicate row: 2k + 2 cases or more.
    for total in range(2 * K, 12 * K):
        for group, delicate in product(range(K, total + 1), range(K, total - 2 * K - 1)):
            assert not tells(group, delicate, total, K)
    assert tells(8, 31, 36, K)  # a line that hides nothing may
    assert tells(19, 31, 45, 6)  # and so may any at a higher threshold, so each is looked at


def test_a_table_that_forces_a_small_crossing_goes_and_the_naive_report_shows_it() -> None:
    facts = (
        several(3, rol="melder", thema="arbeidsconflict")
        + several(5, rol="melder", thema="onbekend")
        + several(20, rol="getuige", thema="arbeidsconflict")
        + several(8, rol="betrokkene", thema="arbeidsconflict")
    )
    said = naive(facts, YEAR, ("rol", "thema")).statements
    exact = [s for s in said if s.minimum]
    codes = {name: TWO[name] for name in ("rol", "thema")}
    assert ("rol", "melder", "thema", "arbeidsconflict", (0,)) in told(Reader(exact, codes), facts, K)
    ours = report(facts, YEAR, wanted=("rol", "thema"), dimensions=TWO)
    assert [table.dimension for table in ours.tables] == ["thema"]
    assert told(Reader(ours.statements, codes), facts, K) == frozenset()


def test_a_crossing_that_is_not_small_may_be_forced() -> None:
    facts = several(24, rol="melder", thema="arbeidsconflict") + several(17, rol="melder", thema="onbekend")
    facts += several(11, rol="getuige", thema="arbeidsconflict") + several(
        10, rol="betrokkene", thema="arbeidsconflict"
    )
    ours = report(facts, YEAR, wanted=("rol", "thema"), dimensions=TWO)
    assert len(ours.tables) == 2


def test_an_employer_who_knows_the_cases_of_a_unit_learns_no_theme_of_it() -> None:
    facts = several(2, onderdeel="Noord", thema="arbeidsconflict") + several(5, onderdeel="Noord", thema="onbekend")
    facts += several(25, onderdeel="Zuid", thema="arbeidsconflict")
    codes = {"thema": TWO["thema"], "onderdeel": TWO["onderdeel"]}
    said = [s for s in naive(facts, YEAR, ("thema",)).statements if s.minimum]
    assert ("onderdeel", "Noord", "thema", "arbeidsconflict", (0,)) in told(Reader(said, codes), facts, K)
    assert report(facts, YEAR, wanted=("thema",), dimensions=TWO).tables == ()
