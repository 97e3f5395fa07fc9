"""Attack 10, on a number that is out only because the next report quotes it: its own report was never sent after all."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from tests.attacks import kit
from tests.attacks.attackers import K, Solving, statements_of
from tests.reporting.disclosure.registry import YEAR, case, published
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.reporting.quotations import with_quotations
from vpdesk.reporting.trends import quotes_of, years_said

if TYPE_CHECKING:
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.statements import ProtectedReport

LAST_YEAR: Final = Period.year(2024)
HALF: Final = Period(LAST_YEAR.first, LAST_YEAR.last.replace(month=6, day=30))
REST: Final = Period(HALF.last.replace(month=7, day=1), LAST_YEAR.last)
NEXT_YEAR: Final = Period.year(2026)
THEMES: Final = ("pesten", "intimidatie", "agressie en geweld", "corruptie", "onbekend")
CODES: Final = {"thema": THEMES}
SEEDS: Final = (0, 1, 2, 4, 5, 6)
"""Organisations of which two years name the same theme, so that themes stand side by side."""


def year(seed: int, number: int, cases: int) -> list[CaseFacts]:
    weights = random.Random(seed).sample((1, 3, 6, 8, 9), len(THEMES))  # noqa: S311 - invented cases
    rng = random.Random(100 * seed + number)  # noqa: S311
    found = []
    for n in range(cases):
        opened = LAST_YEAR.first.replace(year=number, month=1 + (9 * n) % 12)
        found.append(case(opened, thema=rng.choices(THEMES, weights)[0]))
    return found


@cache
def registry(seed: int) -> list[CaseFacts]:
    return [*year(seed, 2024, 46), *year(seed, 2025, 60), *year(seed, 2026, 50)]


@cache
def ledger(seed: int) -> tuple[Publication, Publication]:
    """Return the report of 2024 and that of 2025, which quotes it."""
    last = published(kit.ours(registry(seed), LAST_YEAR, codes=CODES), LAST_YEAR)
    made = kit.ours(registry(seed), YEAR, (last,), codes=CODES)
    quotes = quotes_of(made, years_said((last,), YEAR, Audience.WERKGEVER), YEAR)
    return last, replace(published(made, YEAR, 2), quotes=quotes, pdf=b"%PDF")


def unsent(seed: int) -> tuple[Publication, ...]:
    """Return what is out when the report of 2024 was never sent."""
    last, this = ledger(seed)
    return with_quotations((replace(last, never_sent="Bleef een concept."), this))


def leaks(seed: int, half: ProtectedReport) -> set[tuple[str, Period]]:
    """Return of which small numbers of 2024 a reader of 2025 and this half-year finds that they are not 0, or not k."""
    _, this = ledger(seed)
    told = Solving([*statements_of([this]), *half.statements], CODES, (HALF, LAST_YEAR))
    small = [
        (code, days)
        for days in (HALF, REST)
        for code in THEMES
        if sum(f.opened in days and f.codes["thema"] == code for f in registry(seed)) < K
    ]
    return {(code, days) for code, days in small if not {0, K} <= set(told.values(days, thema=code))}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_half_year_is_as_it_would_be_beside_the_report_itself(seed: int) -> None:
    last, this = ledger(seed)
    assert any(said.box.where for said in this.quotes)
    beside = kit.ours(registry(seed), HALF, (last, this), codes=CODES)
    assert kit.ours(registry(seed), HALF, unsent(seed), codes=CODES) == beside


def test_no_small_number_falls_beside_what_is_quoted_and_does_where_that_is_forgotten() -> None:
    forgotten, ours = set(), set()
    for seed in SEEDS:
        _, this = ledger(seed)
        forgotten |= leaks(seed, kit.ours(registry(seed), HALF, (this,), codes=CODES))
        ours |= leaks(seed, kit.ours(registry(seed), HALF, unsent(seed), codes=CODES))
    assert forgotten
    assert not ours


@pytest.mark.parametrize("seed", SEEDS)
def test_next_year_is_audited_as_if_nothing_was_taken_back(seed: int) -> None:
    last, this = ledger(seed)
    assert kit.ours(registry(seed), NEXT_YEAR, unsent(seed), codes=CODES) == kit.ours(
        registry(seed), NEXT_YEAR, (last, this), codes=CODES
    )


def test_a_quotation_of_a_report_that_the_ledger_lost_counts_in_whole_numbers() -> None:
    for seed in SEEDS:
        _, this = ledger(seed)
        alone = with_quotations((this,))
        assert [(p.statements, p.by_hand) for p in alone] == [(this.statements, False), (this.quotes, True)]
        assert not leaks(seed, kit.ours(registry(seed), HALF, alone, codes=CODES))


def test_the_last_year_counted_anew_stands_beside_the_number_that_is_quoted() -> None:
    _, this = ledger(0)
    facts = [*registry(0), case(LAST_YEAR.last, thema="corruptie")]
    naive = kit.ours(facts, LAST_YEAR, (this,), codes=CODES)
    assert naive.total is not None
    assert naive.total.minimum - this.quotes[0].minimum == 1
    made = kit.ours(facts, LAST_YEAR, unsent(0), codes=CODES)
    assert made.total is None or made.total.minimum <= this.quotes[0].minimum <= made.total.maximum
    both = Solving([*this.quotes, *made.statements], CODES)
    assert this.quotes[0].minimum in both.values(LAST_YEAR)
