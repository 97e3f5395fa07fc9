"""The revised edition itself: counted anew and audited beside the first, in the child process."""

from collections.abc import Sequence
from dataclasses import replace

from vpdesk.domain import taxonomy
from vpdesk.domain.corrections import Change
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import CaseId
from vpdesk.domain.publications import Publication
from vpdesk.domain.statements import Of, Statement
from vpdesk.reporting.disclosure.correction import stays_open
from vpdesk.reporting.disclosure.descent import descend
from vpdesk.reporting.disclosure.editions import Editions, enough_changed
from vpdesk.reporting.disclosure.protect import plain
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.result import ProtectedReport
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.revision import UNCHANGED, WOULD_TELL, Revising, counted, names_in, one_way, why_not


def revise(question: Question, first: Sequence[Publication], revising: Revising, solver: Solver) -> ProtectedReport:
    """Return the report of the same tables about the cases as they are now, audited beside the first edition.

    Raises:
        ReportRefusedError: the first edition stands, with the reason.
    """
    said = first[0]
    now = counted(question.facts, revising.numbers, said, question.dimensions)
    change = None if now is None else Change(revising.was, now)
    reason = why_not(first, change, out=question.earlier, family=question.family, threshold=question.threshold)
    if reason or now is None or change is None:
        raise ReportRefusedError(reason)
    tables = {plain(name) for name in names_in(said.statements)} | {w.dimension for w in said.withheld}
    asked = replace(question, earlier=(), counts={d: n for d, n in question.counts.items() if d in tables})
    report = descend(asked, solver)
    if _numbers(report.statements) == _numbers(said.statements):
        raise ReportRefusedError(UNCHANGED)
    same = (report.pattern, report.withheld, names_in(report.statements)) == (
        said.pattern, said.withheld, names_in(said.statements),
    )  # fmt: skip
    editions = Editions(change, said.period, report.statements, report.pattern)
    complaints = _complaints(question, change, revising.numbers)
    same = same and one_way(report.statements, report.pattern)
    for others in (editions, replace(editions, change=change.without(complaints))):
        same = same and enough_changed(others, question.threshold)
    if not same or not stays_open(editions, asked, complaints, solver):
        raise ReportRefusedError(WOULD_TELL)
    return report


def _complaints(question: Question, change: Change, numbers: Sequence[CaseId]) -> frozenset[CaseId]:
    """Return the cases that are a formal complaint or were counted as one: others know them in full, then and now."""
    known = {id(fact) for fact in question.complaints}
    today = {n for n, f in zip(numbers, question.facts, strict=False) if id(f) in known}
    return frozenset(today | {n for n, codes in change.was.items() if taxonomy.FORMAL_COMPLAINT in codes.values()})


def _numbers(statements: Sequence[Statement]) -> set[Statement]:
    return {s for s in statements if s.of is Of.CASES}
