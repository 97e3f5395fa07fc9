"""The way down: from one-way tables to fewer tables, the total, an interval, the fixed sentence, and no file.

Two-way tables are added to what came out of it, one by one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Publication, Why, Withheld
from vpdesk.domain.report_choices import codes_of, crossed_parts
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.disclosure.audit import AskedTooMuchError, Missing
from vpdesk.reporting.disclosure.block import UNBOUNDED
from vpdesk.reporting.disclosure.bounds import bounds
from vpdesk.reporting.disclosure.counting import plain_name
from vpdesk.reporting.disclosure.crossed import FORCED, crossed_tables, hidden_before_in, names_of
from vpdesk.reporting.disclosure.model import Reader, chain
from vpdesk.reporting.disclosure.protect import line_statements, plain
from vpdesk.reporting.disclosure.question import Question, named
from vpdesk.reporting.disclosure.readings import Reading, public, readers
from vpdesk.reporting.disclosure.replay import FEWEST_SHOWN
from vpdesk.reporting.disclosure.result import (
    CUT_SHORT,
    TOO_FEW_ROWS,
    WOULD_TELL,
    Level,
    ProtectedReport,
    ProtectedTable,
)
from vpdesk.reporting.disclosure.solver import Solver

GIVEN_UP_FIRST: Final = (
    "gevonden_via", "verbonden", "onderdeel", "relatie", "rol", "afloop", "fase", "werkgebied", "thema",
)  # fmt: skip
"""In which order tables go when they tell too much together: the least missed first."""

TIED: Final = ({"thema", "werkgebied"}, {"fase", "afloop"})
MOST_WIDENED: Final = 6
LEFT_OUT: Final = 2
MOST_FOR_CROSSED: Final = 5_000
"""How many values may be asked of the solver for all two-way tables together."""

MOST_FOR_ONE: Final = 2_500
"""How many of them for one table in one form: where more would be, it is left out or hides more."""

MOST_ASKED: Final = 6_000
"""After how many values asked of the solver the way down is cut short, so that a slow laptop says the same."""

MOST_FOR_FULLEST: Final = 5_700
"""How many of them for the report with everything in it: some are left to settle whether the total may be said."""

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

    def at(self, dimension: str, step: int) -> "_Plan":
        return _Plan(tuple((d, step if d == dimension else n) for d, n in self.steps))


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
    said = question.said
    few = question.total < question.threshold if said is None else said.printed is None
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
    ends = None if question.said is None else question.said.printed
    if question.total < question.threshold or (question.said is not None and ends is None):
        return silent(question, solver)
    reading = readers(question, solver)
    if ends is not None and ends[0] < ends[1]:
        return _chosen_interval(question, ends, reading, solver)
    return _full_or_less(question, reading, solver)


def _full_or_less(question: Question, reading: Sequence[Reading], solver: Solver) -> ProtectedReport:
    """Return the most that may be said of a number that may be said itself."""
    rich = question.total >= 2 * question.threshold
    plan = _Plan(
        (*((name, 0) for name in question.counts if rich), *((name, LEFT_OUT) for name in names_of(question) if rich))
    )
    fullest = _report(question, plan, solver)
    lost = _lost_within(reading, fullest, solver, MOST_FOR_FULLEST)
    if lost == frozenset():
        return _with_crossed(question, plan, reading, solver)
    bare = _Plan(tuple((name, LEFT_OUT) for name, _ in plan.steps))
    total = _lost_within(reading, _report(question, bare, solver), solver, MOST_ASKED) if fullest.tables else lost
    if total == frozenset():
        fewer, cut = _fewer_tables(question, plan, lost, reading, solver)
        return _cut_short(_with_crossed(question, fewer or bare, reading, solver), cut)
    if total is None:  # an interval would ask as much
        return _cut_short(silent(question, solver), {""})
    intervals = list(_intervals(question))
    widest = (min(low for low, _ in intervals), max(high for _, high in intervals))
    if _lost_within(reading, _interval(question, *widest), solver, MOST_ASKED):
        return silent(question, solver)  # a narrower interval says more
    unsettled = False
    for low, high in intervals:
        report = _interval(question, low, high)
        gained = _lost_within(reading, report, solver, MOST_ASKED)
        if gained == frozenset():
            return report
        unsettled = unsettled or gained is None
    return _cut_short(silent(question, solver), {""} if unsettled else ())


def _chosen_interval(
    question: Question, ends: tuple[int, int], reading: Sequence[Reading], solver: Solver
) -> ProtectedReport:
    """Return the interval that is said of all numbers that look alike; nothing when it tells of something else."""
    report = _interval(question, *ends)
    report = replace(report, withheld=(Withheld("", Why.BEREIK), *report.withheld))
    lost = _lost_within(reading, report, solver, MOST_ASKED)
    return report if lost == frozenset() else _cut_short(silent(question, solver), {""} if lost is None else ())


def _cut_short(report: ProtectedReport, names: Collection[str]) -> ProtectedReport:
    """Return a report that says of these tables that nobody knows what they would tell: looking took too long."""
    return replace(
        report,
        left_out=tuple((d, CUT_SHORT if d in names and why == WOULD_TELL else why) for d, why in report.left_out),
        withheld=tuple(
            replace(w, why=Why.NIET_NAGEREKEND) if w.dimension in names and w.why is Why.HERLEIDBAAR else w
            for w in report.withheld
        ),
    )


def _fewer_tables(
    question: Question, plan: _Plan, lost: frozenset[Missing] | None, reading: Sequence[Reading], solver: Solver
) -> tuple[_Plan | None, frozenset[str]]:
    """Return which one-way tables may go out together, None when none is left, and which went since asking took long.

    `lost` is what the full report tells, None when too much would be asked to know. Then the table that is missed the
    least goes, and fewer tables ask less.
    """
    cut: set[str] = set()
    found = lost
    while found != frozenset():
        report = _report(question, plan, solver)
        if found is None:
            going = next((d for d in GIVEN_UP_FIRST if d in {plain(table.dimension) for table in report.tables}), None)
            below = None if going is None else plan.at(going, LEFT_OUT)
            cut |= {going} if going is not None else set()
        else:
            below = _down(question, plan, report, frozenset(plain_name(missing.dimension) for missing in found))
        if below is None:
            return None, frozenset(cut)
        plan = below
        found = _lost_within(reading, _report(question, plan, solver), solver, MOST_ASKED)
    return plan, frozenset(cut)


def _with_crossed(question: Question, plan: _Plan, reading: Sequence[Reading], solver: Solver) -> ProtectedReport:
    """Return the report of a plan that passed, with those two-way tables that pass beside it and those before them.

    They are tried in the order in which they were chosen. One that does not pass may still hide all that overlapping
    reports hide, and is otherwise left out: so it costs no other table. One that can't be made keeps its own reason.
    Who knows the method reads first: worlds that stand for that reader show others most of what they ask.
    """
    report = _report(question, plan, solver)
    reading = sorted(reading, key=lambda reader: not reader.knowledge.method)
    last = solver.asked + MOST_FOR_CROSSED
    cut: set[str] = set()
    for name in names_of(question) if report.tables else ():
        for step in range(FORCED + 1 if hidden_before_in(question, name) else FORCED):
            tried = plan.at(name, step)
            more = _report(question, tried, solver)
            new = len(more.crossed) > len(report.crossed)
            most = min(solver.asked + MOST_FOR_ONE, last)
            found = _lost_within(reading, more, solver, most) if new else frozenset()
            if found == frozenset():
                plan, report = tried, more
                cut.discard(name)
                break
            if found is None:
                cut.add(name)
    return _cut_short(report, cut)


def _down(question: Question, plan: _Plan, report: ProtectedReport, names: frozenset[str]) -> _Plan | None:
    """Return the plan with one table less in each group that tells too much; None when no table is left to go.

    A table with too few rows goes too: then its absence has another reason, and tells nothing of its rows.
    """
    printed = {plain(table.dimension) for table in report.tables}
    printed |= {w.dimension for w in report.withheld if w.why is Why.TE_WEINIG_RIJEN}
    steps = dict(plan.steps)
    for group in {_hang_together(question, name) for name in names}:
        going = next((d for d in GIVEN_UP_FIRST if d in group & printed), None)
        if going is None:
            return None
        plan = plan.down(going)
        if steps[going] == 0 and not question.first(going):
            plan = plan.down(going)
    return plan


def _hang_together(question: Question, name: str) -> frozenset[str]:
    """Return the plain dimensions whose tables tell of this one, or of this pair: tied, or crossed in what is out."""
    crossed = [{plain(d) for d, _ in s.box.where} for s in _said(question.earlier)]
    found = set(crossed_parts(name) or (name,))
    while more := {d for tie in (*TIED, *crossed) if tie & found for d in tie} - found:
        found |= more
    return frozenset(found)


def _report(question: Question, plan: _Plan, solver: Solver) -> ProtectedReport:
    total = Statement(Of.CASES, Box(), question.period, question.total, question.total)
    said, tables, pattern = [total], [], []
    left_out: list[tuple[str, str]] = []
    withheld: list[Withheld] = []
    for dimension, step in ((name, step) for name, step in plan.steps if name in question.counts):
        counts = question.counts[dimension]
        hidden = question.rule(dimension, forced=step == 1).hidden(counts, question.order(dimension))
        few = len(counts) - len(hidden) < FEWEST_SHOWN
        if step > 1 or few:
            left_out.append((dimension, WOULD_TELL if step > 1 else TOO_FEW_ROWS))
            withheld.append(Withheld(dimension, Why.HERLEIDBAAR) if step else _too_few(dimension, counts))
            continue
        name = named(dimension, question.period)
        said += line_statements(name, question.period, counts, hidden)
        rows = tuple((key, None if key in hidden else count) for key, count in counts.items())
        together = sum(counts[key] for key in hidden) if hidden else None
        tables.append(ProtectedTable(name, rows, together, question.total))
        if hidden:
            pattern.append(HiddenLine(name, question.period, tuple(sorted(hidden))))
    level = Level.EENRIJ if tables else Level.TOTAAL
    told = any(step for _, step in plan.steps)
    crossed = crossed_tables(question, dict(plan.steps), tables, solver.pattern)
    return ProtectedReport(
        level, (*said, *crossed.statements), tuple(tables), total, (*pattern, *crossed.pattern),
        (*left_out, *crossed.left_out), (TOGETHER,) if told else (), audited=True, threshold=question.threshold,
        withheld=(*withheld, *crossed.withheld), crossed=crossed.tables,
    )  # fmt: skip


def _too_few(dimension: str, rows: Collection[str]) -> Withheld:
    """Return that a table would show too few counts, with its rows where they are not just the codes."""
    return Withheld(dimension, Why.TE_WEINIG_RIJEN, tuple(rows) if any(len(codes_of(key)) > 1 for key in rows) else ())


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
    steps = reading[0].solver.steps
    return next((lost for lost in (reader.gains(report) for reader in steps.version(reading)) if lost), frozenset())


def _lost_within(
    reading: Sequence[Reading], report: ProtectedReport, solver: Solver, most: int
) -> frozenset[Missing] | None:
    """Return the same; None when a question would go past what may be asked on a way down."""
    solver.most = most
    try:
        return _lost(reading, report)
    except AskedTooMuchError:
        return None
    finally:
        solver.most = UNBOUNDED


def _inside(piece: Period, period: Period) -> bool:
    return period.first <= piece.first and piece.last <= period.last
