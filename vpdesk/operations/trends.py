"""What the page Trends shows: the years side by side as the vault counts them, and as reports said them.

For the advisor's own eyes. The first is not protected, so nothing here makes a file, a text to copy or a page to print.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Final

from vpdesk.domain.balance import Balance
from vpdesk.domain.hours import MINUTES
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period, reporting_year_of
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.statements import CaseFacts, Of, dated
from vpdesk.domain.taxonomy import THEMA
from vpdesk.operations import worklog
from vpdesk.operations.cube import dimensions
from vpdesk.reporting.charts import Band, EqualPosts, PhaseBands, equal_posts, in_proportion, phase_bands
from vpdesk.reporting.document import Bar, Caption, Panel, PhaseFlow, Post, TaskBar
from vpdesk.reporting.document_file import read_document
from vpdesk.reporting.report_words import PHASES, label
from vpdesk.reporting.trends import YearSaid, said_of
from vpdesk.reporting.year_charts import YearLineLayout, YearPoint, step_of, year_line
from vpdesk.store.remains import RemainsStore
from vpdesk.store.stored import understood
from vpdesk.store.vault import Vault

__all__ = [
    "Band",
    "Bar",
    "EqualPosts",
    "Panel",
    "PhaseBands",
    "PhaseFlow",
    "Post",
    "Seen",
    "Trends",
    "YearLineLayout",
    "YearPoint",
    "equal_posts",
    "in_proportion",
    "phase_bands",
    "step_of",
    "trends",
    "year_line",
    "years_until",
]

YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """The charts of one way to look: `phases` and `balance` are of the chosen year, None where there is nothing."""

    years: tuple[Bar, ...]
    panels: tuple[Panel, ...]
    phases: PhaseFlow | None
    balance: Balance | None


@dataclass(frozen=True, slots=True)
class Trends:
    """The charts as the vault counts and as reports said; `spans` are the years that they show, the first first."""

    spans: tuple[Period, ...]
    year: Period
    own: Seen
    said: Seen


def years_until(today: date, starts_in: int) -> tuple[Period, ...]:
    """Return the running reporting year and the four before it, the first first."""
    years = [reporting_year_of(today, starts_in)]
    while len(years) < YEARS:
        years.append(reporting_year_of(years[-1].first - timedelta(days=1), starts_in))
    return tuple(reversed(years))


@understood()
def trends(vault: Vault, *, client_id: ClientId, today: date, year: Period | None = None) -> Trends:
    """Return the charts of an organisation; phases and balance of a year, of the last full one when none is given.

    A handful of queries, however many cases there are.

    Raises:
        NotFoundError: there is no such client.
        VaultDamagedError: the ledger is broken.
    """
    client = vault.clients.get(client_id)
    spans = years_until(today, client.year_starts_in)
    chosen = spans[-2] if year not in spans or year is None else year
    day = min(chosen.last, today)
    whole = Period(spans[0].first, spans[-1].last)
    gone = tuple(remains.facts([day]) for remains in RemainsStore(vault.connection).of_client(client_id))
    began = (*vault.cases.themes_by_month(client_id, whole), *((fact.opened, fact.codes["thema"], 1) for fact in gone))
    before = {total.year: total.cases for total in vault.worklog.earlier_totals(client_id)}
    counted = [_counted(began, span, before) for span in spans]
    facts = (*vault.cases.facts(client_id, chosen, [day]), *(fact for fact in gone if fact.opened in chosen))
    out = [_last_edition(vault.ledger.publications(client_id), span) for span in spans]
    told = [
        YearSaid(_name(span)) if p is None else said_of(p.statements, span) for span, p in zip(spans, out, strict=True)
    ]
    own = Seen(
        _line(counted),
        _panels(counted, missing=0),
        _phases(_phase_counts(facts, day), len(facts)),
        _own_balance(vault, client_id, chosen),
    )
    last = out[spans.index(chosen)]
    said = Seen(_line(told), _panels(told, missing=None), _phases_said(last), _balance_said(vault, last))
    return Trends(spans, chosen, own, said)


def _counted(began: Iterable[tuple[date, str, int]], span: Period, before: Mapping[int, int]) -> YearSaid:
    """Return how many cases began in a year, or what was told of it before vpdesk where that is more.

    Then vpdesk knows some of them at most, and nothing of their themes.
    """
    themes: Counter[str] = Counter()
    for day, theme, number in began:
        if day in span:
            themes[theme] += number
    told = before.get(span.first.year, 0)
    if told > themes.total():
        return YearSaid(_name(span), told)
    return YearSaid(_name(span), themes.total(), themes)


def _name(span: Period) -> str:
    return said_of((), span).name


def _last_edition(publications: Iterable[Publication], span: Period) -> Publication | None:
    editions = [p for p in publications if p.kind is Kind.VERSLAG and p.out and p.period == span]
    return max(editions, key=lambda p: p.exported, default=None)


def _line(years: Iterable[YearSaid]) -> tuple[Bar, ...]:
    return tuple(Bar(year.name, year.total) for year in years)


def _panels(years: Sequence[YearSaid], *, missing: int | None) -> tuple[Panel, ...]:
    """Return the years of each theme in one of them; what a year lacks is `missing`, a gap where it has no theme.

    Of what reports said only themes that one of them named: that another stands there would tell that it was there.
    """
    themes = {theme for year in years for theme in year.themes}
    codes = (*(code for code in THEMA.codes if code in themes), *sorted(themes - set(THEMA.codes)))
    return tuple(
        Panel(
            label("thema", code),
            tuple(Bar(y.name, y.themes.get(code, missing if y.themes or not y.total else None)) for y in years),
        )
        for code in codes
    )


def _phase_counts(facts: Iterable[CaseFacts], day: date) -> dict[str, int | None]:
    counts = Counter(fact.phases[day] for fact in facts)
    return {code: counts[code] for code in dimensions(())["fase"] if counts[code] or code != "onbekend"}


def _phases(counts: Mapping[str, int | None], total: int) -> PhaseFlow | None:
    """Return how far cases came; the sum of what is not named, where something is not."""
    if not total:
        return None
    posts = tuple(Post(PHASES[code], value, "", arrow=code != "onbekend") for code, value in counts.items())
    named = sum(value for value in counts.values() if value is not None)
    combined = Bar("Samen", total - named) if None in counts.values() else None
    return PhaseFlow(Caption("", "Fasen"), posts, combined, total, "", "", "Fase")


def _phases_said(publication: Publication | None) -> PhaseFlow | None:
    """Return what a report said of the phases at the end of its year; None where it named none of them."""
    if publication is None:
        return None
    name = dated("fase", publication.period.last)
    exact = {
        s.box.where: s.minimum
        for s in publication.statements
        if s.of is Of.CASES and s.exact and s.period == publication.period
    }
    total = exact.get((), 0)
    counts = {code: exact.get(((name, (code,)),)) for code in dimensions(())["fase"]}
    named = {where for where in exact if [dimension for dimension, _ in where] == [name]}
    codes = set(chain.from_iterable(codes for where in named for _, codes in where))
    if counts["onbekend"] is None and "onbekend" not in codes:
        counts.pop("onbekend")
    return _phases(counts, total) if named else None


def _own_balance(vault: Vault, client_id: ClientId, span: Period) -> Balance | None:
    balance = worklog.overview(vault, period=span, client_id=client_id).balance
    return balance if balance.total else None


def _balance_said(vault: Vault, publication: Publication | None) -> Balance | None:
    """Return the hours that a report named by task, read from what it was drawn from."""
    if publication is None or not publication.editable:
        return None
    document = read_document(vault.ledger.document(publication.id))
    blocks = (block for chapter in document.chapters for block in chapter.blocks)
    bar = next((block for block in blocks if isinstance(block, TaskBar)), None)
    return None if bar is None else Balance(*(MINUTES * (part.value or 0) for part in bar.parts))
