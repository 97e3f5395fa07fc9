"""The way down: from one-way tables to fewer tables, the total, an interval, the fixed sentence, and no file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Publication
from vpdesk.domain.statements import Audience, Box, Of, Statement, dated
from vpdesk.reporting.disclosure.audit import Drawn, Missing, Promise, Truth, audit, plain_names
from vpdesk.reporting.disclosure.block import UNBOUNDED
from vpdesk.reporting.disclosure.bounds import bounds
from vpdesk.reporting.disclosure.draw import drawn_order, reporting_year
from vpdesk.reporting.disclosure.model import Reader, chain
from vpdesk.reporting.disclosure.protect import Past, Rule, line_statements, plain, published_lines
from vpdesk.reporting.disclosure.result import TOO_FEW_ROWS, WOULD_TELL, Level, ProtectedReport, ProtectedTable
from vpdesk.reporting.disclosure.solver import Solver

GIVEN_UP_FIRST: Final = (
    "gevonden_via", "verbonden", "onderdeel", "relatie", "rol", "afloop", "fase", "werkgebied", "thema",
)  # fmt: skip
"""In which order tables go when they tell too much together: the least missed first."""

TIED: Final = ({"thema", "werkgebied"}, {"fase", "afloop"})
FEWEST_SHOWN: Final = 2
MOST_WIDENED: Final = 6
MOST_ASKED: Final = 4_000
"""After how many values asked of the solver the way down is cut short, so that a slow laptop says the same."""

OPEN_THRESHOLD: Final = 10
DAY_BOUND: Final = frozenset({"fase", "afloop"})
FEWEST_DAYS: Final = 2

REFUSED: Final = (
    "Elk verslag over deze periode zou samen met wat al is uitgegeven een klein aantal laten zien. Daarom is er niets "
    "geëxporteerd. Kies een langere periode, of laat het bij wat al is uitgegeven."
)
CONTRADICTION: Final = (
    "De verslagen die al zijn uitgegeven spreken elkaar tegen, en zo valt niets na te rekenen. Daarom is er niets "
    "geëxporteerd. Kijk bij Jaarverslag of een verslag met de hand verkeerd is ingevoerd."
)
TOGETHER: Final = "Samen met wat al is uitgegeven zou een klein aantal te vinden zijn. Daarom staat er minder in."


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be reported: counts by plain dimension, what is out already, and the draw.

    `given` are codes that must be hidden because the counts behind them are not known apart; `truth` counts the cases.
    """

    client: ClientId
    period: Period
    audience: Audience
    promised: int
    total: int
    counts: Mapping[str, Mapping[str, int]]
    dimensions: Mapping[str, tuple[str, ...]]
    earlier: Sequence[Publication]
    draw_key: bytes
    year_starts_in: int
    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    truth: Truth | None = None

    @property
    def threshold(self) -> int:
        """Return the threshold of this report: the client's, and at least 10 in the open."""
        return effective(self.promised, self.audience)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How far each table has gone down: 0 drawn, 1 everything hidden that was hidden before, 2 left out."""

    steps: tuple[tuple[str, int], ...]

    def down(self, dimension: str) -> "_Plan":
        return _Plan(tuple((d, n + (d == dimension)) for d, n in self.steps))


def effective(threshold: int, audience: Audience) -> int:
    """Return the threshold for an audience."""
    return max(threshold, OPEN_THRESHOLD) if audience is Audience.OPENBAAR else threshold


def named(dimension: str, period: Period) -> str:
    """Return the dimension as statements name it: phase and outcome carry the period's last day."""
    return dated(dimension, period.last) if dimension in DAY_BOUND else dimension


def silent(question: Question) -> ProtectedReport:
    """Return the report with the fixed sentence: the same whatever the count.

    Raises:
        ReportRefusedError: what is out already bounds the number of cases, so the sentence itself would tell.
    """
    readers = [question.earlier]
    if question.audience is Audience.OPENBAAR:
        readers.append(_public(question.earlier))
    for known in readers:
        low, high = _known_total(question, known)
        if low and not low == high < question.threshold:
            raise ReportRefusedError(REFUSED)
    return ProtectedReport(Level.GEEN_GETALLEN, (), (), None, (), (), (), audited=True, threshold=question.threshold)


def _known_total(question: Question, publications: Sequence[Publication]) -> tuple[int, int]:
    """Return between which bounds the number of cases is known already."""
    reader = Reader(chain(_said(publications), question.period), question.dimensions)
    inside = [i for i, piece in enumerate(reader.segments) if _inside(piece, question.period)]
    if not inside:
        return 0, UNBOUNDED
    low, high = bounds(reader.blocks(strict=False)[0])
    ends = (reader.segments[inside[0]].first, reader.segments[inside[-1]].last)
    whole = ends == (question.period.first, question.period.last)
    return sum(low[i] for i in inside), sum(high[i] for i in inside) if whole else UNBOUNDED


def _public(publications: Sequence[Publication]) -> tuple[Publication, ...]:
    return tuple(p for p in publications if p.audience is Audience.OPENBAAR)


def descend(question: Question, solver: Solver) -> ProtectedReport:
    """Return the most that may be said, going down in a fixed order until the audit passes.

    What is chosen depends on the draw and on what is published; on counts only through the rule of `protect` and
    through whether the audit passes.
    """
    if question.total < question.threshold:
        return silent(question)
    readers = _readers(question, solver)
    rich = question.total >= 2 * question.threshold
    plan = _Plan(tuple((dimension, 0) for dimension in (question.counts if rich else ())))
    fullest = _report(question, plan)
    lost = _lost(readers, fullest)
    if not lost:
        return fullest
    bare = _report(question, _Plan(tuple((dimension, 2) for dimension, _ in plan.steps)))
    if fullest.tables and not _lost(readers, bare):
        return _fewer_tables(question, plan, lost, readers, solver) or bare
    intervals = list(_intervals(question))
    widest = (min(low for low, _ in intervals), max(high for _, high in intervals))
    if _lost(readers, _interval(question, *widest)):
        return silent(question)  # a narrower interval says more
    for low, high in intervals:
        report = _interval(question, low, high)
        if solver.asked <= MOST_ASKED and not _lost(readers, report):
            return report
    return silent(question)


def _fewer_tables(
    question: Question, plan: _Plan, lost: frozenset[Missing], readers: Sequence["_Reading"], solver: Solver
) -> ProtectedReport | None:
    """Return the report with the tables that may go out together; None when none is left, or too much was asked."""
    below: _Plan | None = plan
    while lost and solver.asked <= MOST_ASKED:
        below = _down(question, plan, _report(question, plan), plain_names(lost))
        if below is None:
            return None
        plan = below
        lost = _lost(readers, _report(question, plan))
    return None if lost else _report(question, plan)


def _down(question: Question, plan: _Plan, report: ProtectedReport, names: frozenset[str]) -> _Plan | None:
    """Return the plan with one table less in each group that tells too much; None when no table is left to go."""
    printed = {plain(table.dimension) for table in report.tables}
    steps = dict(plan.steps)
    for group in {frozenset(next((t for t in TIED if name in t), {name})) for name in names}:
        going = next((d for d in GIVEN_UP_FIRST if d in group & printed), None)
        if going is None:
            return None
        plan = plan.down(going)
        if steps[going] == 0 and not _first(question, going):
            plan = plan.down(going)
    return plan


def _report(question: Question, plan: _Plan) -> ProtectedReport:
    total = Statement(Of.CASES, Box(), question.period, question.total, question.total)
    said, tables, pattern, left_out = [total], [], [], []
    for dimension, step in plan.steps:
        if step > 1:
            left_out.append((dimension, WOULD_TELL))
            continue
        counts = question.counts[dimension]
        hidden = _rule(question, dimension, forced=step == 1).hidden(counts, _order(question, dimension))
        if len(counts) - len(hidden) < FEWEST_SHOWN:
            left_out.append((dimension, TOO_FEW_ROWS))
            continue
        name = named(dimension, question.period)
        said += line_statements(name, question.period, counts, hidden)
        rows = tuple((code, None if code in hidden else counts[code]) for code in question.dimensions[dimension])
        together = sum(counts[code] for code in hidden) if hidden else None
        tables.append(ProtectedTable(name, rows, together, question.total))
        if hidden:
            pattern.append(HiddenLine(name, question.period, tuple(sorted(hidden))))
    level = Level.EENRIJ if tables else Level.TOTAAL
    told = any(step for _, step in plan.steps)
    return ProtectedReport(
        level, tuple(said), tuple(tables), total, tuple(pattern), tuple(left_out), (TOGETHER,) if told else (),
        audited=True, threshold=question.threshold,
    )  # fmt: skip


def _order(question: Question, dimension: str) -> tuple[str, ...]:
    year = reporting_year(question.period, question.year_starts_in)
    return drawn_order(question.draw_key, question.client, dimension, year, question.dimensions[dimension])


def _rule(question: Question, dimension: str, *, forced: bool) -> Rule:
    name = named(dimension, question.period)
    lines = [line for p in question.earlier for line in published_lines(p.statements, p.pattern)]
    past = Past.of(name, question.period, question.threshold, lines)
    if dimension in question.given:
        return Rule(question.threshold, question.given[dimension], past, forced=True)
    return Rule(question.threshold, _first(question, dimension), past, forced=forced)


def _first(question: Question, dimension: str) -> frozenset[str]:
    return _hidden_before(question.earlier, dimension, question.period)


def _hidden_before(earlier: Sequence[Publication], dimension: str, period: Period) -> frozenset[str]:
    """Return the codes that overlapping periods hide already."""
    lines = [line for p in earlier for line in p.pattern]
    near = (x for x in lines if plain(x.dimension) == dimension and x.period.overlaps(period) and x.period != period)
    return frozenset(code for line in near for code in line.codes)


def _intervals(question: Question) -> Iterator[tuple[int, int]]:
    """Yield ever wider intervals around the total, between multiples of the threshold."""
    k = question.threshold
    low = question.total // k * k
    for width in range(1, MOST_WIDENED + 1):
        for down in range(width):
            if low - down * k >= k:
                yield low - down * k, low + (width - down) * k


def _interval(question: Question, low: int, high: int) -> ProtectedReport:
    total = Statement(Of.CASES, Box(), question.period, low, high)
    return ProtectedReport(
        Level.INTERVAL, (total,), (), total, (), tuple((d, WOULD_TELL) for d in question.counts), (TOGETHER,),
        audited=True, threshold=question.threshold,
    )  # fmt: skip


def _said(publications: Sequence[Publication]) -> tuple[Statement, ...]:
    return tuple(s for p in publications for s in p.statements)


class _Reading:
    """One reader of everything that is out: what this reader would gain from a report."""

    def __init__(
        self, question: Question, known: Sequence[Publication], threshold: int, solver: Solver, still: str = ""
    ) -> None:
        """Take what this reader has; with `still` he believes that this dimension does not change with the days."""
        self.question = question
        self.known = _said(known)
        self.drawn = _draws(question, known)
        self.still = still
        self.promise = Promise(threshold, question.dimensions, _still_truth(question) if still else question.truth)
        self.solver = solver
        self.told: frozenset[Missing] | None = None
        """What had been given away before, None as long as nobody asked."""

    def gains(self, report: ProtectedReport) -> frozenset[Missing]:
        """Return what the new report adds to what had been given away already."""
        near = chain((*self.known, *report.statements), self.question.period)
        drawn = _relevant((*self.drawn, *_own_draws(self.question, report)), near)
        if self.still:
            if len(_days_of(self.still, near)) < FEWEST_DAYS:
                return frozenset()  # nothing is published of two days, so nothing can stand still
            near, drawn = _stood_still(self.still, near), _drawn_still(self.still, drawn)
        lost = audit(near, drawn, replace(self.promise, before=self.told or frozenset()), self.solver)
        if self.still and _contradict(lost):
            return frozenset()  # numbers that can't have stood still put this reader right
        if lost and self.told is None:
            self.told = self._told()
            if lost & self.told:
                return audit(near, drawn, replace(self.promise, before=self.told), self.solver)
        return lost

    def _told(self) -> frozenset[Missing]:
        before = chain(self.known, self.question.period)
        drawn = _relevant(self.drawn, before)
        if self.still:
            before, drawn = _stood_still(self.still, before), _drawn_still(self.still, drawn)
        told = audit(before, drawn, replace(self.promise, truth=None), self.solver)
        if _contradict(told):
            raise ReportRefusedError(CONTRADICTION)
        return told


def _contradict(lost: frozenset[Missing]) -> bool:
    """Return whether no world at all fits what is published."""
    return any(not missing.when for missing in lost)


def _days_of(name: str, statements: Sequence[Statement]) -> set[str]:
    return {said for s in statements for said, _ in s.box.where if plain(said) == name}


def _stood_still(name: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the totals, and what is said of a dimension as if all its days were one."""
    kept = []
    for statement in statements:
        if not statement.box.where:
            kept.append(statement)
        elif [plain(said) for said, _ in statement.box.where] == [name]:
            ((_, codes),) = statement.box.where
            kept.append(replace(statement, box=Box.where_({dated(name, date.max): frozenset(codes)})))
    return tuple(kept)


def _drawn_still(name: str, drawn: Sequence[Drawn]) -> tuple[Drawn, ...]:
    return tuple(
        replace(d, line=replace(d.line, dimension=dated(name, date.max)))
        for d in drawn
        if plain(d.line.dimension) == name
    )


def _still_truth(question: Question) -> Truth | None:
    """Return the truth of a reader for whom all days are one: what holds on the report's own last day."""
    truth = question.truth
    if truth is None:
        return None
    return lambda name, code, when: truth(named(plain(name), question.period) if name else name, code, when)


def _readers(question: Question, solver: Solver) -> tuple[_Reading, ...]:
    """Return who reads: everybody with all editions together, and for an open report the public on its own.

    Each also as somebody who takes it that phases, or outcomes, did not change between the days of two reports: for
    imported cases that is so, and for others it is nearly so.
    """
    groups = [(question.earlier, question.promised)]
    if question.threshold != question.promised:
        groups.append((_public(question.earlier), question.threshold))
    return tuple(
        _Reading(question, known, threshold, solver, still)
        for known, threshold in groups
        for still in ("", *(name for name in sorted(DAY_BOUND) if name in question.dimensions))
    )


def _lost(readers: Sequence[_Reading], report: ProtectedReport) -> frozenset[Missing]:
    """Return what the first reader who gains something gains."""
    return next((lost for lost in (reader.gains(report) for reader in readers) if lost), frozenset())


def _relevant(drawn: Sequence[Drawn], statements: Sequence[Statement]) -> tuple[Drawn, ...]:
    periods = {s.period for s in statements}
    return tuple(d for d in drawn if d.line.period in periods)


def _draws(question: Question, publications: Sequence[Publication]) -> tuple[Drawn, ...]:
    """Return the tables that are out, each with the rules it may have come from, given what was out before it."""
    drawn: list[Drawn] = []
    for place, publication in enumerate(publications):
        before = publications[:place]
        lines = [line for p in before for line in published_lines(p.statements, p.pattern)]
        threshold = effective(publication.threshold, publication.audience)
        for line in published_lines(publication.statements, publication.pattern):
            if any(line == d.line for d in drawn):
                continue
            dimension = plain(line.dimension)
            again = frozenset(
                code for old in lines if (old.dimension, old.period) == (line.dimension, line.period)
                for code in old.hidden
            )  # fmt: skip
            first = _hidden_before(before, dimension, line.period) | again
            past = Past.of(line.dimension, line.period, threshold, lines)
            rules = (Rule(threshold, first, past, forced=bool(again)), Rule(threshold, first, past, forced=True))
            drawn.append(Drawn(line, rules, _group(question, dimension, line.period)))
    return tuple(drawn)


def _own_draws(question: Question, report: ProtectedReport) -> tuple[Drawn, ...]:
    drawn = []
    for line in published_lines(report.statements, report.pattern):
        dimension = plain(line.dimension)
        rule = _rule(question, dimension, forced=False)
        rules: tuple[Rule, ...] = (rule, replace(rule, forced=True))
        if rule.hidden(question.counts[dimension], _order(question, dimension)) != line.hidden:
            rules = rules[1:]
        drawn.append(Drawn(line, rules, _group(question, dimension, line.period)))
    return tuple(drawn)


def _group(question: Question, dimension: str, period: Period) -> str:
    return f"{dimension}|{reporting_year(period, question.year_starts_in)}"


def _inside(piece: Period, period: Period) -> bool:
    return period.first <= piece.first and piece.last <= period.last
