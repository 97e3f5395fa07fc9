"""From the facts of cases to the protected statements of one report; runs in the child process."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.report_choices import APART, ReportChoices, Row, codes_of, crossed_parts, crossing, key_of
from vpdesk.domain.statements import Audience, Box, CaseFacts, Of, Statement
from vpdesk.reporting.disclosure.audit import Truth
from vpdesk.reporting.disclosure.conclusions import conclude
from vpdesk.reporting.disclosure.counting import counts_in
from vpdesk.reporting.disclosure.crossed import repeated_tables
from vpdesk.reporting.disclosure.descent import descend, silent
from vpdesk.reporting.disclosure.family import Relative, without_units
from vpdesk.reporting.disclosure.lists import by_lists, in_order, older
from vpdesk.reporting.disclosure.protect import Line, codes_in, plain, published_lines
from vpdesk.reporting.disclosure.question import DAY_BOUND, Question, named
from vpdesk.reporting.disclosure.result import NOT_KEPT, NOT_YET_TWICE, REPEATED, Level, ProtectedReport, ProtectedTable
from vpdesk.reporting.disclosure.revised import revise
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.disclosure.talks import counting_talks, talk_dimensions, with_talks
from vpdesk.reporting.disclosure.totals import effective
from vpdesk.reporting.revision import NOT_OUT, Revising, editions_of, refuse_near_revised

__all__ = ["Level", "ProtectedReport", "ProtectedTable", "protect_and_audit"]

ROUNDED_TO: Final = 5
SUPPORT: Final = frozenset({Of.CASES_WITH_TALK, Of.TALKS, Of.MINUTES})


def protect_and_audit(
    *,
    facts: Sequence[CaseFacts],
    client: ClientId,
    period: Period,
    audience: Audience,
    threshold: int,
    dimensions: Mapping[str, tuple[str, ...]],
    earlier: Sequence[Publication],
    draw_key: bytes,
    wanted: Sequence[str],
    progress: Callable[[float], None] | None = None,
    year_starts_in: int = 1,
    family: Sequence[Relative] = (),
    counted: Period | None = None,
    choices: ReportChoices = APART,
    revising: Revising | None = None,
) -> ProtectedReport:
    """Return what may be said about the cases opened in a period, after an audit over everything already exported.

    `threshold` is the client's, `dimensions` the codes in fixed order by plain name, `wanted` the plain dimensions
    that get a table, `earlier` the publications in the order of export. A period that is out already is not counted
    again: the same statements come back, or fewer for a higher threshold. A dimension that is not known of every case,
    since some were destroyed, gets no table. `family` is what went out about clients that belong together with this
    one, `counted` the days of which `facts` hold every case, where that is more than the period. `choices` are which
    codes share a row, and the two-way tables that the user wants; a period that is out already keeps the rows it had.
    With `revising` the period is counted anew for an edition beside the first.

    Raises:
        ReportRefusedError: the audit could not be finished, or nothing is left to leave out.
    """
    joined = {relative.publication.id for relative in family}
    out = tuple(counting_talks(p, period) for p in earlier if p.client == client and p.out and p.id not in joined)
    relatives = tuple(_of_family(relative, period) for relative in family if relative.publication.out)
    talked = talk_dimensions((*out, *(relative.publication for relative in relatives)))
    dimensions, facts = {**dimensions, **talked}, with_talks(facts, talked)
    known, lists = by_lists((*out, *(relative.publication for relative in relatives)), dimensions)
    inside = [fact for fact in facts if fact.opened in period]
    not_kept = [d for d in wanted if d not in DAY_BOUND and any(d not in fact.codes for fact in inside)]
    question = Question(
        client=client,
        period=period,
        audience=audience,
        promised=threshold,
        total=len(inside),
        counts={d: _counts(inside, d, period, choices.rows(d, dimensions[d])) for d in wanted if d not in not_kept},
        dimensions=lists,
        earlier=known[: len(out)],
        draw_key=draw_key,
        year_starts_in=year_starts_in,
        truth=_truth(facts, counted or period, dimensions),
        facts=facts,
        family=tuple(replace(r, publication=p) for r, p in zip(relatives, known[len(out) :], strict=True)),
        choices=choices,
    )
    same = editions_of(out, period)
    if revising is not None and not same:
        raise ReportRefusedError(NOT_OUT)
    if revising is None or same[0].revision:
        for publication in same:
            if effective(publication.threshold, publication.audience) >= question.threshold:
                with Solver(progress=progress) as solver:
                    return _concluded(question, _repeated(publication, dimensions, question.threshold), solver)
        refuse_near_revised(out, question.family, period)
    with Solver(progress=progress) as solver:
        if revising is not None:
            return revise(question, same, revising, solver)
        if same:
            return _concluded(question, _coarser(question, same[0], solver), solver)
        report = _concluded(question, descend(question, solver), solver)
    if report.tables:
        report = replace(report, left_out=(*report.left_out, *((d, NOT_KEPT) for d in not_kept)))
    beside = (*out, *(relative.publication for relative in relatives if client in relative.clients))
    if report.level is Level.EENRIJ and not any(_supports(p, period) for p in beside):
        said = _support(inside, period, question.threshold)
        report = replace(report, statements=(*report.statements, *said))
    return report


def _of_family(relative: Relative, period: Period) -> Relative:
    """Return what went out about the family without its units, and with what it tells of cases with a talk."""
    mine = without_units(relative)
    return replace(mine, publication=counting_talks(mine.publication, period))


def _concluded(question: Question, report: ProtectedReport, solver: Solver) -> ProtectedReport:
    """Return the report with what a reader of everything that is out can conclude about its dashes."""
    return replace(report, conclusions=conclude(question, report, solver))


def _counts(facts: Sequence[CaseFacts], dimension: str, period: Period, rows: Sequence[Row]) -> dict[str, int]:
    """Return the count of each row in fixed order; a code that is in no list counts as onbekend."""
    name = named(dimension, period)
    known = {code for row in rows for code in row}
    found = Counter(code if code in known else taxonomy.UNKNOWN.code for code in (fact.code(name) for fact in facts))
    return {key_of(row): sum(found[code] for code in row) for row in rows}


def _truth(facts: Sequence[CaseFacts], period: Period, dimensions: Mapping[str, tuple[str, ...]]) -> Truth:
    """Return a function that counts cases; it gives None outside the period and for days that were not asked for."""

    @cache
    def counted(dimension: str, when: tuple[Period, ...]) -> Counter[str] | None:
        if any(piece.first < period.first or piece.last > period.last for piece in when):
            return None
        there = [fact for fact in facts if any(fact.opened in piece for piece in when)]
        if not dimension:
            return Counter({"": len(there)})
        known = dimensions[plain(dimension)]
        try:
            found = [fact.code(dimension) for fact in there]
        except KeyError:
            return None
        return Counter(code if code in known else taxonomy.UNKNOWN.code for code in found)

    @cache
    def count(dimension: str, code: str, when: tuple[Period, ...]) -> int | None:
        if older(dimension) and code in dimensions[plain(dimension)]:
            dimension = plain(dimension)  # taken to be what it was
        if crossed_parts(dimension) is None:
            found = counted(dimension, when)
            return None if found is None else sum(found[c] for c in codes_of(code))
        if any(piece.first < period.first or piece.last > period.last for piece in when):
            return None
        there = [fact for fact in facts if any(fact.opened in piece for piece in when)]
        try:
            return sum([counts_in(fact, dimension, code, dimensions) for fact in there])
        except KeyError:
            return None

    return count


def _repeated(publication: Publication, dimensions: Mapping[str, tuple[str, ...]], threshold: int) -> ProtectedReport:
    """Return what a publication of the same period said, word for word."""
    total = _total(publication)
    lines = _lines(publication, dimensions)
    tables = tuple(
        ProtectedTable(
            line.dimension,
            tuple((key, line.shown.get(key)) for key in _rows(line, dimensions)),
            line.hidden_sum if line.hidden else None,
            total.minimum,
        )
        for line in lines
        if total is not None
    )
    level = Level.EENRIJ if tables else Level.GEEN_GETALLEN
    if total is not None and not tables:
        level = Level.TOTAAL if total.exact else Level.INTERVAL
    return ProtectedReport(
        level, publication.statements, tables, total, publication.pattern, (), (REPEATED,), audited=True,
        threshold=max(threshold, effective(publication.threshold, publication.audience)), withheld=publication.withheld,
        crossed=repeated_tables(publication, lines, dimensions),
    )  # fmt: skip


def _rows(line: Line, dimensions: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the rows of a table by the list of its time."""
    return line.rows(in_order(codes_in(line.hidden | line.shown.keys()), dimensions[plain(line.dimension)]))


def _lines(publication: Publication, dimensions: Mapping[str, tuple[str, ...]]) -> list[Line]:
    """Return the tables of a publication in the order in which they were said."""
    order = {name: i for i, s in reversed(list(enumerate(publication.statements))) for name, _ in s.box.where}
    lines = published_lines(publication.statements, publication.pattern, dimensions)
    return sorted((x for x in lines if x.period == publication.period), key=lambda line: order[line.dimension])


def _total(publication: Publication) -> Statement | None:
    for statement in publication.statements:
        if statement.of is Of.CASES and not statement.box.where and statement.period == publication.period:
            return statement
    return None


def _coarser(question: Question, publication: Publication, solver: Solver) -> ProtectedReport:
    """Return less of what a publication of the same period said, for a higher threshold; no case is counted again.

    A two-way table would show cells between the thresholds, so there are none.
    """
    total = _total(publication)
    if total is None or not total.exact:
        return silent(question, solver)
    counts: dict[str, dict[str, int]] = {}
    given: dict[str, frozenset[str]] = {}
    for line in _lines(publication, question.dimensions):
        dimension = plain(line.dimension)
        if dimension not in question.counts or codes_in((*line.shown, *line.hidden)) != codes_in(
            question.counts[dimension]
        ):
            continue  # its list has changed since
        one = min(line.hidden, default="")
        known = {**dict.fromkeys(line.hidden, 0), **line.shown, **({one: line.hidden_sum} if one else {})}
        counts[dimension] = {key: known[key] for key in line.rows(question.dimensions[dimension])}
        given[dimension] = line.hidden
    missing = tuple((d, NOT_YET_TWICE) for d in question.counts if d not in counts)
    missing += tuple((crossing(*pair), NOT_YET_TWICE) for pair in question.choices.crossed)
    frozen = replace(question, total=total.minimum, counts=counts, given=given, choices=_one_way(question.choices))
    report = descend(frozen, solver)
    return replace(report, left_out=(*report.left_out, *missing))


def _one_way(choices: ReportChoices) -> ReportChoices:
    return replace(choices, crossed=())


def _supports(publication: Publication, period: Period) -> bool:
    return any(s.of in SUPPORT and s.period.overlaps(period) for s in publication.statements)


def _support(facts: Sequence[CaseFacts], period: Period, threshold: int) -> tuple[Statement, ...]:
    """Return talks and minutes rounded to 5, with the number of cases that had a talk; nothing when that would tell.

    That number is exact when the cases without a talk are many enough to be named, and otherwise an interval in which
    they may be none or the threshold.
    """
    held = [[talk for talk in fact.talks if talk[0] in period] for fact in facts]
    talks = [sum(number for _, number, _ in talk) for talk in held]
    minutes = [sum(spent for _, _, spent in talk) for talk in held]
    with_talk = sum(1 for number in talks if number)
    least = most = with_talk
    if len(facts) - with_talk < threshold:
        least, most = len(facts) - threshold, len(facts)
    half = any(2 * max(values) >= sum(values) for values in (talks, minutes))
    said = tuple(_rounded(of, period, sum(values)) for of, values in ((Of.TALKS, talks), (Of.MINUTES, minutes)))
    if least < 2 * threshold or half or said[0].maximum < most:
        return ()
    return (Statement(Of.CASES_WITH_TALK, Box(), period, least, most), *said)


def _rounded(of: Of, period: Period, count: int) -> Statement:
    """Return a count known to the nearest 5."""
    near = (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO
    return Statement(of, Box(), period, max(0, near - ROUNDED_TO // 2), near + ROUNDED_TO // 2)
