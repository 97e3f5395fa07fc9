"""The way down: from one-way tables to fewer tables, the total, an interval, the fixed sentence, and no file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Publication, Why, Withheld
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.disclosure.audit import AskedTooMuchError, Missing, plain_names
from vpdesk.reporting.disclosure.block import UNBOUNDED
from vpdesk.reporting.disclosure.bounds import bounds
from vpdesk.reporting.disclosure.model import Reader, chain
from vpdesk.reporting.disclosure.protect import line_statements, plain
from vpdesk.reporting.disclosure.question import Question, named
from vpdesk.reporting.disclosure.readings import Reading, public, readers
from vpdesk.reporting.disclosure.replay import FEWEST_SHOWN
from vpdesk.reporting.disclosure.result import TOO_FEW_ROWS, WOULD_TELL, Level, ProtectedReport, ProtectedTable
from vpdesk.reporting.disclosure.solver import Solver

GIVEN_UP_FIRST: Final = (
    "gevonden_via", "verbonden", "onderdeel", "relatie", "rol", "afloop", "fase", "werkgebied", "thema",
)  # fmt: skip
"""In which order tables go when they tell too much together: the least missed first."""

TIED: Final = ({"thema", "werkgebied"}, {"fase", "afloop"})
MOST_WIDENED: Final = 6
MOST_ASKED: Final = 4_000
"""After how many values asked of the solver the way down is cut short, so that a slow laptop says the same."""

REFUSED: Final = (
    "Elk verslag over deze periode zou samen met wat al is uitgegeven een klein aantal laten zien. Daarom is er niets "
    "geëxporteerd. Kies een langere periode, of laat het bij wat al is uitgegeven."
)
TOGETHER: Final = "Samen met wat al is uitgegeven zou een klein aantal te vinden zijn. Daarom staat er minder in."


@dataclass(frozen=True, slots=True)
class _Plan:
    """How far each table has gone down: 0 drawn, 1 everything hidden that was hidden before, 2 left out."""

    steps: tuple[tuple[str, int], ...]

    def down(self, dimension: str) -> "_Plan":
        return _Plan(tuple((d, n + (d == dimension)) for d, n in self.steps))


def silent(question: Question, solver: Solver) -> ProtectedReport:
    """Return the report with the fixed sentence: the same whatever the count.

    Raises:
        ReportRefusedError: what is out already bounds the number of cases, so the sentence itself would tell.
    """
    known = [question.earlier]
    if question.audience is Audience.OPENBAAR:
        known.append(public(question.earlier))
    for out in known:
        low, high = _known_total(question, out)
        if low and not low == high < question.threshold:
            raise ReportRefusedError(REFUSED)
    few = question.total < question.threshold
    why = Why.TE_KLEIN if few else Why.HERLEIDBAAR
    report = ProtectedReport(
        Level.GEEN_GETALLEN, (), (), None, (), (), (), audited=True, threshold=question.threshold,
        withheld=(Withheld("", why),),
    )  # fmt: skip
    if few and _lost(readers(question, solver), report):
        raise ReportRefusedError(REFUSED)
    return report


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


def descend(question: Question, solver: Solver) -> ProtectedReport:
    """Return the most that may be said, going down in a fixed order until the audit passes.

    What is chosen depends on the draw and on what is published; on counts only through the rule of `protect` and
    through whether the audit passes.
    """
    if question.total < question.threshold:
        return silent(question, solver)
    reading = readers(question, solver)
    rich = question.total >= 2 * question.threshold
    plan = _Plan(tuple((dimension, 0) for dimension in (question.counts if rich else ())))
    fullest = _report(question, plan)
    lost = _lost(reading, fullest)
    if not lost:
        return fullest
    bare = _report(question, _Plan(tuple((dimension, 2) for dimension, _ in plan.steps)))
    if fullest.tables and not _lost(reading, bare):
        return _fewer_tables(question, plan, lost, reading, solver) or bare
    intervals = list(_intervals(question))
    widest = (min(low for low, _ in intervals), max(high for _, high in intervals))
    if _lost(reading, _interval(question, *widest)):
        return silent(question, solver)  # a narrower interval says more
    for low, high in intervals:
        report = _interval(question, low, high)
        if _lost_within(reading, report, solver) == frozenset():
            return report
    return silent(question, solver)


def _fewer_tables(
    question: Question, plan: _Plan, lost: frozenset[Missing], reading: Sequence[Reading], solver: Solver
) -> ProtectedReport | None:
    """Return the report with the tables that may go out together; None when none is left, or too much was asked."""
    while lost:
        below = _down(question, plan, _report(question, plan), plain_names(lost))
        if below is None:
            return None
        plan = below
        found = _lost_within(reading, _report(question, plan), solver)
        if found is None:
            return None
        lost = found
    return _report(question, plan)


def _down(question: Question, plan: _Plan, report: ProtectedReport, names: frozenset[str]) -> _Plan | None:
    """Return the plan with one table less in each group that tells too much; None when no table is left to go.

    A table with too few rows goes too: then its absence has another reason, and tells nothing of its rows.
    """
    printed = {plain(table.dimension) for table in report.tables}
    printed |= {w.dimension for w in report.withheld if w.why is Why.TE_WEINIG_RIJEN}
    steps = dict(plan.steps)
    for group in {frozenset(next((t for t in TIED if name in t), {name})) for name in names}:
        going = next((d for d in GIVEN_UP_FIRST if d in group & printed), None)
        if going is None:
            return None
        plan = plan.down(going)
        if steps[going] == 0 and not question.first(going):
            plan = plan.down(going)
    return plan


def _report(question: Question, plan: _Plan) -> ProtectedReport:
    total = Statement(Of.CASES, Box(), question.period, question.total, question.total)
    said, tables, pattern = [total], [], []
    left_out: list[tuple[str, str]] = []
    withheld: list[Withheld] = []
    for dimension, step in plan.steps:
        counts = question.counts[dimension]
        hidden = question.rule(dimension, forced=step == 1).hidden(counts, question.order(dimension))
        few = len(counts) - len(hidden) < FEWEST_SHOWN
        if step > 1 or few:
            left_out.append((dimension, WOULD_TELL if step > 1 else TOO_FEW_ROWS))
            withheld.append(Withheld(dimension, Why.HERLEIDBAAR if step else Why.TE_WEINIG_RIJEN))
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
        audited=True, threshold=question.threshold, withheld=tuple(withheld),
    )  # fmt: skip


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
        withheld=tuple(Withheld(d, Why.HERLEIDBAAR) for d in question.counts),
    )  # fmt: skip


def _said(publications: Sequence[Publication]) -> tuple[Statement, ...]:
    return tuple(s for p in publications for s in p.statements)


def _lost(reading: Sequence[Reading], report: ProtectedReport) -> frozenset[Missing]:
    """Return what the first reader who gains something gains."""
    return next((lost for lost in (reader.gains(report) for reader in reading) if lost), frozenset())


def _lost_within(reading: Sequence[Reading], report: ProtectedReport, solver: Solver) -> frozenset[Missing] | None:
    """Return the same; None when a question would go past what may be asked on a way down."""
    solver.most = MOST_ASKED
    try:
        return _lost(reading, report)
    except AskedTooMuchError:
        return None
    finally:
        solver.most = UNBOUNDED


def _inside(piece: Period, period: Period) -> bool:
    return period.first <= piece.first and piece.last <= period.last
