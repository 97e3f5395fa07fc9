"""What a report became, in words: how much it says, and which tables it could not have."""

from typing import TYPE_CHECKING, Final

from vpdesk.domain.clients import OPTIONAL_STATISTICS, Client
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.report_choices import crossed_parts
from vpdesk.domain.statements import Audience, Of, undated
from vpdesk.domain.wording import joined, long_date
from vpdesk.operations.cube import TABLES
from vpdesk.reporting.cross_tables import table_title
from vpdesk.reporting.disclosure.result import Level
from vpdesk.reporting.disclosure.totals import effective
from vpdesk.reporting.revision import editions_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from vpdesk.domain.periods import Period
    from vpdesk.operations.report_making import Prepared
    from vpdesk.operations.reports import ExportResult

ROWS_KEPT: Final = (
    " Let op: --group geldt hier niet, want over deze periode is al een verslag uit en dat houdt zijn rijen. Uw keuze "
    "blijft bewaard voor een volgende periode."
)

RUNNING: Final = (
    "Deze periode loopt nog tot en met {last}. Wat er nog bij komt, telt in een verslag over deze periode niet meer "
    "mee."
)
OPEN_FIRST: Final = (
    "Over deze periode is nog geen verslag voor de werkgever of de OR uitgegeven. Gaat dit openbare verslag eerst naar "
    "buiten, dan noemt ook dat verslag geen aantal onder {threshold}. Wilt u daar meer in noemen, geef dat dan eerst "
    "uit."
)

SAID: Final = {
    Level.GEEN_GETALLEN: "Er staat geen enkel aantal in.",
    Level.INTERVAL: "Er staan geen tabellen in, en van het totaal alleen tussen welke getallen het ligt.",
    Level.TOTAAL: "Er staat alleen het totaal in, zonder tabellen.",
    Level.EENRIJ: "Er staan tabellen in.",
}


def open_first(out: "Sequence[Publication]", client: Client, period: "Period", audience: Audience) -> str:
    """Return that an open report binds later ones of its period to its own threshold; empty where none is bound."""
    threshold = effective(client.threshold, audience)
    if threshold == client.threshold or editions_of(out, period):
        return ""
    return OPEN_FIRST.format(threshold=threshold)


def before_export(prepared: "Prepared", *, today: "date") -> str:
    """Return what to know before a report goes out, as sentences; empty when it is out or there is nothing."""
    gathered = prepared.gathered
    if gathered.existing is not None:
        return ""
    last = gathered.period.last
    running = RUNNING.format(last=long_date(last)) if today <= last else ""
    first = open_first(gathered.earlier, gathered.client, gathered.period, gathered.audience)
    return f"{running} {first}".strip()


def level_of(publication: Publication) -> Level:
    """Return how much a report said."""
    cases = [s for s in publication.statements if s.of is Of.CASES]
    if any(s.box.where for s in cases):
        return Level.EENRIJ
    totals = [s for s in cases if s.period == publication.period]
    if not totals:
        return Level.GEEN_GETALLEN
    return Level.TOTAAL if totals[0].exact else Level.INTERVAL


def left_out(publication: Publication, client: Client) -> tuple[str, ...]:
    """Return the titles of the tables that a report does not have, of those that the organisation gets."""
    printed = {undated(name) for s in publication.statements if s.of is Of.CASES for name, _ in s.box.where}
    one_way = [d for d in TABLES if d not in printed and (d not in OPTIONAL_STATISTICS or d in client.statistics)]
    two_way = [w.dimension for w in publication.withheld if crossed_parts(w.dimension)]
    return tuple(table_title(name) for name in (*one_way, *two_way))


def in_words(publication: Publication, client: Client) -> str:
    """Return what a report became as a sentence, the tables that it lacks by name."""
    level = level_of(publication)
    lacking = left_out(publication, client)
    if level is not Level.EENRIJ or not lacking:
        return SAID[level]
    return f"{SAID[level].removesuffix('.')}, maar niet {joined([f'‘{title}’' for title in lacking])}."


def keeps_rows(publications: "Sequence[Publication]", publication: Publication) -> bool:
    """Return whether a report has the rows of one over the same period that was out before it, whatever was chosen."""
    return any(
        p.out and p.kind is Kind.VERSLAG and p.period == publication.period and p.id < publication.id
        for p in publications
    )


def done(result: "ExportResult", organisation: Client, *, today: "date", rows_ignored: bool) -> str:
    """Return what an export came to, in words."""
    publication = result.publication
    sentence = f"{'De herziene uitgave' if publication.revision else 'Het verslag'} staat in {result.path}."
    if result.again:
        exported = long_date(publication.exported.date())
        sentence = f"Dit verslag is al uitgegeven op {exported}. U krijgt precies hetzelfde bestand: {result.path}."
        sentence = f"{sentence} {result.since}".strip()
    elif publication.period.last >= today:
        running = RUNNING.format(last=long_date(publication.period.last))
        sentence += f" Let op: {running[:1].lower()}{running[1:]}"
    return f"{sentence} {in_words(publication, organisation)}{ROWS_KEPT if rows_ignored else ''}"
