"""Drawn clients over two years, with every report that they get: half-year, a correction, the year, the next year."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import HALF, WANTED, YEAR, drawn, naive, published, report
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period

if TYPE_CHECKING:
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts

NEXT: Final = Period.year(2026)
SIZES: Final = (3, 5, 8, 11, 14, 18, 22, 28, 35, 45, 60, 85, 110, 150, 200, 300)


@dataclass(frozen=True, slots=True)
class Series:
    """Everything that went out about a client: by year what the cases are in the end, what vpdesk said, and what the
    naive rule (hide only what is below the threshold) would have said; `refused` are the periods without a file.
    """

    years: tuple[tuple[list[CaseFacts], list[Publication], list[Publication]], ...]
    refused: tuple[Period, ...]

    def leaks(self, *, histories: bool = False, whole: bool = False) -> list[str]:
        """Return small numbers that an independent reader of vpdesk's reports can narrow down."""
        return [x for facts, ours, _ in self.years for x in leaks(facts, ours, histories=histories, whole=whole)]

    def naive_leaks(self) -> list[str]:
        """Return those that fall to the same reader under the naive rule."""
        return [x for facts, _, naively in self.years for x in leaks(facts, naively)]

    def shown(self) -> tuple[int, int]:
        """Return how many counts vpdesk prints, and how many the naive rule prints."""
        ours, theirs = ([_cells(p) for _, *both in self.years for p in both[which]] for which in (0, 1))
        return sum(ours), sum(theirs)


def _cells(publication: Publication) -> int:
    """Return how many counts of one category a publication prints, in tables of its own."""
    return sum(len(codes) == 1 and s.exact for s in publication.statements for _, codes in s.box.where)


def series(seed: int, cases: int, wanted: tuple[str, ...] = WANTED) -> Series:
    """Draw a client with about so many cases a year, and let its reports go out one after the other."""
    rng = random.Random(seed)  # noqa: S311 - invented cases
    facts = drawn(cases, seed)
    said, refused = _said(facts, HALF, (), wanted)
    naively = [naive(facts, HALF, wanted)]
    facts = corrected(facts, rng)
    year, none = _said(facts, YEAR, tuple(said), wanted)
    naively.append(naive(facts, YEAR, wanted))
    later = drawn(cases, seed + 500_000, NEXT.first.year)
    now, nothing = _said([*corrected(facts, rng), *later], NEXT, tuple(said + year), wanted)
    return Series(
        ((facts, said + year, naively), (later, now, [naive(later, NEXT, wanted)])), (*refused, *none, *nothing)
    )


def _said(
    facts: list[CaseFacts], period: Period, earlier: tuple[Publication, ...], wanted: tuple[str, ...]
) -> tuple[list[Publication], list[Period]]:
    """Return the report as the ledger keeps it, or the period for which vpdesk refuses one."""
    try:
        made = report(facts, period, earlier, wanted=wanted)
    except ReportRefusedError:
        return [], [period]
    return [published(made, period, len(earlier) + 1)], []


def corrected(facts: list[CaseFacts], rng: random.Random) -> list[CaseFacts]:
    """Return the cases after one was added, moved to another day, given another code, or taken out."""
    one = rng.randrange(len(facts))
    fact, others = facts[one], [*facts[:one], *facts[one + 1 :]]
    day = date(2025, 1, 5) + timedelta(days=rng.randrange(300))
    match rng.randrange(4):
        case 0:
            return [*facts, replace(fact, opened=day)]
        case 1:
            return [*others, replace(fact, opened=day)]
        case 2:
            return [*others, replace(fact, codes={**fact.codes, "rol": "naaste", "relatie": "groep"})]
        case _:
            return others
