"""What is out since a later report quotes it: whatever was not sent itself counts as far as that report prints it.

Its table of themes was drawn, and a reader of the quotation sees which themes are hidden: so it keeps the place, the
threshold and the pattern of the report that it comes from, as far as the ledger has that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.statements import Audience, Of, Statement
from vpdesk.reporting.disclosure.totals import effective


def with_quotations(ledger: Sequence[Publication]) -> tuple[Publication, ...]:
    """Return what is out, given all that a ledger has in its order: what was sent, and what that alone quotes."""
    known: dict[int, list[Publication]] = {}
    for at, report in enumerate(ledger):
        for period, said in _only_there(report, ledger[:at]):
            source = _source(ledger, report, period, said)
            place = at if source is None else ledger.index(source)
            quotation = _of_lost(report, period, said) if source is None else _part(source, report, said)
            there = known.setdefault(place, [])
            if all(_tells(quotation) != _tells(other) for other in there):
                there.append(quotation)
    return tuple(p for at, sent in enumerate(ledger) for p in (*([sent] if sent.out else []), *known.get(at, ())))


def _only_there(report: Publication, before: Sequence[Publication]) -> Iterator[tuple[Period, tuple[Statement, ...]]]:
    """Yield by period what a report that was sent quotes of which its readers did not have all before."""
    if not report.out:
        return
    seen = {s for p in before if p.out and p.read_by(report.audience) for s in p.statements}
    for period in sorted({s.period for s in report.quotes}):
        said = tuple(s for s in report.quotes if s.period == period)
        if not seen.issuperset(said):
            yield period, said


def _source(
    ledger: Sequence[Publication], report: Publication, period: Period, said: Sequence[Statement]
) -> Publication | None:
    """Return the report that was not sent from which another quotes, of several editions as the years are chosen.

    It was audited for these readers: of an open report no other than an open one.
    """
    editions = [
        p
        for p in ledger
        if p.kind is Kind.VERSLAG
        and not p.out
        and p.period == period
        and p.read_by(report.audience)
        and set(p.statements).issuperset(said)
    ]
    return max(editions, key=lambda p: (p.audience is report.audience, p.exported), default=None)


def _part(source: Publication, report: Publication, said: tuple[Statement, ...]) -> Publication:
    """Return of a report that was not sent what another shows: its total, and its whole table of themes if any."""
    shown = {name for s in said for name, _ in s.box.where}
    return replace(
        _of_lost(report, source.period, said),
        id=source.id,
        threshold=effective(source.threshold, source.audience),
        statements=tuple(
            s
            for s in source.statements
            if s.of is Of.CASES and s.period == source.period and {name for name, _ in s.box.where} <= shown
        ),
        pattern=tuple(line for line in source.pattern if line.dimension in shown),
        revision=source.revision,
    )


def _of_lost(report: Publication, period: Period, said: tuple[Statement, ...]) -> Publication:
    """Return what a report quotes of one that the ledger does not have, as if it was entered by hand."""
    return replace(
        report,
        period=period,
        statements=said,
        pattern=(),
        withheld=(),
        sha256="",
        pdf=b"",
        kind=Kind.ANDERS,
        revision=0,
        editable=False,
        quotes=(),
        quotation=True,
    )


def _tells(quotation: Publication) -> tuple[tuple[Statement, ...], bool]:
    return quotation.statements, quotation.audience is Audience.OPENBAAR
