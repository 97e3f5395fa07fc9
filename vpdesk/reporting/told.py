"""What left the house in another form than a report: read back in words, and held against everything that is out."""

from collections.abc import Mapping, Sequence

from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.report_choices import crossed_parts, key_of
from vpdesk.domain.statements import TASK, TITLE, Of, Statement, undated
from vpdesk.domain.wording import joined, long_date, number
from vpdesk.domain.worklog import TASKS
from vpdesk.reporting.disclosure.bounds import bounds, contradictory
from vpdesk.reporting.disclosure.lists import by_lists
from vpdesk.reporting.disclosure.model import Reader, chain
from vpdesk.reporting.disclosure.protect import codes_in
from vpdesk.reporting.figures import NAMES
from vpdesk.reporting.report_words import label, lower, named_in

ALL: Mapping[Of, str] = {
    Of.CASES: "Alle casussen",
    Of.CASES_WITH_TALK: "Casussen met een gesprek",
    Of.TALKS: "Gesprekken",
    Of.MINUTES: "Minuten",
    Of.REFERRALS: "Doorverwijzingen",
    Of.ACTIVITIES: "Activiteiten",
}


def agree(
    said: Sequence[Statement], out: Sequence[Publication], period: Period, dimensions: Mapping[str, tuple[str, ...]]
) -> bool:
    """Return whether numbers can be true beside those that are out, as far as single statements show.

    Raises:
        ReportRefusedError: a statement crosses three dimensions, names a code that does not exist, or crosses so much
            with others that it can't be audited.
    """
    known, lists = by_lists(out, dimensions)
    reader = Reader(chain((*(s for p in known for s in p.statements), *said), period), lists)
    return not any(contradictory(*bounds(block)) for block in reader.blocks(strict=False))


def in_words(statement: Statement, period: Period, units: Mapping[str, str]) -> str:
    """Return a statement as one line; `units` are names by code.

    Its days are named only where they are not those of the publication.
    """
    subject = _done(statement) if statement.of is Of.ACTIVITIES else _counted(statement, units)
    value = number(statement.minimum)
    if not statement.exact:
        value = f"tussen {value} en {number(statement.maximum)}"
    said = f"{subject}: {value}"
    if statement.period != period:
        said += f" ({long_date(statement.period.first)} tot en met {long_date(statement.period.last)})"
    return said


def hidden_kept(publication: Publication) -> bool:
    """Return whether every hidden set of a publication still has its sum: without it the audit would miss a table.

    What a two-way table hides has its sum in the number of cases.
    """
    sums = {(s.box.where, s.period) for s in publication.statements if s.of is Of.CASES and s.exact}
    one_way = [line for line in publication.pattern if crossed_parts(line.dimension) is None]
    crossed = [line for line in publication.pattern if line not in one_way]
    unions = [(((line.dimension, tuple(sorted(codes_in(line.codes)))),), line.period) for line in one_way]
    return all(union in sums for union in unions) and all(((), line.period) in sums for line in crossed)


def _counted(statement: Statement, units: Mapping[str, str]) -> str:
    names = [_part(name, codes, units) for name, codes in statement.box.where]
    return " en ".join(names) if names else ALL[statement.of]


def _done(statement: Statement) -> str:
    """Return what was done as its row in the report is called, or by its tasks."""
    where = dict(statement.box.where)
    tasks = [lower(TASKS.label(code)) for code in TASKS.codes if code in where[TASK]]
    words = joined([f"‘{title}’" for title in where[TITLE]] if TITLE in where else tasks)
    together = " samen" if TITLE not in where and len(tasks) > 1 else ""
    return f"{ALL[statement.of]}: {words}{together}"


def _part(name: str, codes: Sequence[str], units: Mapping[str, str]) -> str:
    dimension = undated(name)
    named = named_in(dimension, key_of(tuple(codes)), units)
    words = joined([units.get(code) or label(dimension, code).lower() for code in named])
    return f"{NAMES[dimension][1]}: {words}{' samen' if len(named) > 1 else ''}"
