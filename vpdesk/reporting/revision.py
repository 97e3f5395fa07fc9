"""A revised edition of a report that is out: when one may go out beside the first, and when the first stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.corrections import Change, Codes
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import CaseId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Kind, Publication
from vpdesk.domain.statements import CaseFacts, Of, Statement
from vpdesk.reporting.disclosure.editions import Editions, enough_changed
from vpdesk.reporting.disclosure.family import Relative
from vpdesk.reporting.disclosure.protect import plain
from vpdesk.reporting.disclosure.totals import effective

STANDS: Final = "Het uitgegeven verslag blijft gelden."
UNCHANGED: Final = "De getallen van dit verslag zijn nog dezelfde. Een herziene uitgave is niet nodig."
NOT_OUT: Final = (
    "Over deze periode is nog geen verslag uitgegeven, dus er valt niets te herzien. Er is niets geëxporteerd."
)
TOO_LITTLE: Final = (
    "Een herziene uitgave kan pas als er bij elk getal in het verslag genoeg casussen bij kwamen of af gingen, of "
    f"geen. {STANDS}"
)
NOT_WRITTEN: Final = (
    "Van dit verslag is niet meer precies bekend welke casussen erin zijn geteld: een casus is vernietigd, of het "
    f"verslag komt van een oudere vpdesk of uit een andere kopie. Een herziene uitgave kan daarom niet. {STANDS}"
)
BESIDE: Final = (
    "Over (een deel van) deze dagen is nog iets anders uitgegeven, of met meer of minder getallen. Wat daarmee samen "
    f"herleidbaar is, kan vpdesk bij een herziene uitgave niet narekenen. {STANDS}"
)
FEW_NUMBERS: Final = f"Dit verslag noemt geen precies aantal casussen. Een herziene uitgave kan dan niet. {STANDS}"
OTHER_TABLES: Final = (
    "Dit verslag heeft kruistabellen of rijen die samen zijn geteld. Een herziene uitgave daarvan kan vpdesk niet "
    f"narekenen. {STANDS}"
)
ONCE: Final = (
    "Dit verslag is al een keer herzien. Nog een uitgave erbij kan vpdesk niet narekenen. De herziene uitgave geldt."
)
WOULD_TELL: Final = (
    f"Met een herziene uitgave naast de eerste zou een klein getal te vinden zijn. Er is niets geëxporteerd. {STANDS}"
)
REVISED_NEAR: Final = (
    "Van een deel van deze dagen zijn een verslag en een herziene uitgave uit. Wat samen met beide herleidbaar is, kan "
    "vpdesk niet narekenen; er is niets geëxporteerd. Kies een periode zonder die dagen."
)


@dataclass(frozen=True, slots=True)
class Revising:
    """What a revised edition is measured by: which cases the first edition counted, and the numbers of the cases now.

    `numbers` are those of the first facts, in their order; facts without a number are of destroyed cases.
    """

    was: Mapping[CaseId, Codes]
    numbers: tuple[CaseId, ...]


def names_in(statements: Sequence[Statement]) -> tuple[str, ...]:
    """Return the dimensions that these statements print, dated ones with their day."""
    return tuple(sorted({name for s in statements if s.of is Of.CASES for name, _ in s.box.where}))


def counted(
    facts: Sequence[CaseFacts],
    numbers: Sequence[CaseId],
    publication: Publication,
    dimensions: Mapping[str, tuple[str, ...]],
) -> dict[CaseId, Codes] | None:
    """Return how a report of the same tables counts each case; None where one is destroyed or can't be told."""
    if any(fact.opened in publication.period for fact in facts[len(numbers) :]):
        return None
    names = names_in(publication.statements)
    inside = [(n, f) for n, f in zip(numbers, facts, strict=False) if f.opened in publication.period]
    try:
        return {number: {name: _code(fact, name, dimensions) for name in names} for number, fact in inside}
    except KeyError:
        return None


def differs(facts: Sequence[CaseFacts], said: Publication, dimensions: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether a number of a report is no longer what the cases, as far as they are known, add up to."""
    for statement in (s for s in said.statements if s.of is Of.CASES):
        inside = [fact for fact in facts if fact.opened in statement.period]
        try:
            found = sum(all(_code(f, name, dimensions) in among for name, among in statement.box.where) for f in inside)
        except KeyError:
            continue
        if not statement.minimum <= found <= statement.maximum:
            return True
    return False


def _code(fact: CaseFacts, name: str, dimensions: Mapping[str, tuple[str, ...]]) -> str:
    code = fact.code(name)
    return code if code in dimensions[plain(name)] else taxonomy.UNKNOWN.code


def one_way(statements: Sequence[Statement], pattern: Sequence[HiddenLine]) -> bool:
    """Return whether these are one-way tables of single codes with one row for what is hidden: all that is audited."""
    hidden = {((line.dimension, line.codes),) for line in pattern}
    boxes = {s.box.where for s in statements if s.of is Of.CASES and s.box.where}
    single = {where for where in boxes if len(where) == 1 and len(where[0][1]) == 1}
    return hidden <= boxes and boxes == single | hidden


def editions_of(out: Sequence[Publication], period: Period) -> list[Publication]:
    """Return the reports of exactly this period that are out, the last revision first."""
    same = [p for p in out if p.out and p.period == period and p.kind is Kind.VERSLAG]
    return sorted(same, key=lambda p: -p.revision)


def last_editions(out: Sequence[Publication]) -> list[Publication]:
    """Return what is out less the editions of which a revised one is out: both can't be true of the same cases.

    What is quoted of an edition goes with it.
    """
    sent = [p for p in out if p.out]
    last: dict[Period, int] = {}
    for p in filter(_is_edition, sent):
        last[p.period] = max(p.revision, last.get(p.period, 0))
    return [p for p in sent if not _is_edition(p) or p.revision == last[p.period]]


def _is_edition(publication: Publication) -> bool:
    return publication.kind is Kind.VERSLAG or publication.quotation


def refuse_near_revised(out: Sequence[Publication], family: Sequence[Relative], period: Period) -> None:
    """Raise ReportRefusedError where something hangs together with a period that was counted twice.

    What such a report would tell beside both editions is not audited.
    """
    twice = {p.period for p in out if p.out and p.revision} & {p.period for p in out if p.out and not p.revision}
    reach = {period}
    while near := {p.period for p in out if p.out and any(p.period.overlaps(r) for r in reach)} - reach:
        reach |= near
    spanning = any(len(r.clients) > 1 for r in family)
    if reach & twice or (spanning and any(r.publication.revision for r in family)):
        raise ReportRefusedError(REVISED_NEAR)


def why_not(
    first: Sequence[Publication],
    change: Change | None,
    *,
    out: Sequence[Publication],
    family: Sequence[Relative],
    threshold: int,
) -> str:
    """Return why no revised edition may go out beside these editions of one period; empty when the audit may decide.

    `change` is None where the cases of then or of now are not known one by one, and `threshold` that of the edition.
    """
    said = first[0]
    never = _never(first, out, family, threshold)
    if never:
        return never
    if change is None or not change.was or not change.fits(said.statements):
        return NOT_WRITTEN
    if not change.any:
        return UNCHANGED
    enough = enough_changed(Editions(change, said.period, said.statements, said.pattern), threshold)
    return "" if enough else TOO_LITTLE


def _never(first: Sequence[Publication], out: Sequence[Publication], family: Sequence[Relative], threshold: int) -> str:
    """Return why no revised edition can go out beside these, whatever changed."""
    said = first[0]
    if any(p.revision for p in first):
        return ONCE
    if not any(s.of is Of.CASES and not s.box.where and s.exact for s in said.statements):
        return FEW_NUMBERS
    if not one_way(said.statements, said.pattern):
        return OTHER_TABLES
    alone = all(
        (p.statements, p.pattern, p.withheld) == (said.statements, said.pattern, said.withheld)
        and effective(p.threshold, p.audience) == threshold
        for p in first
    )
    return "" if alone and not _beside(first, out, family) else BESIDE


def _beside(first: Sequence[Publication], out: Sequence[Publication], family: Sequence[Relative]) -> bool:
    """Return whether something else is out about some of these days."""
    (client, period), known = (first[0].client, first[0].period), {p.id for p in first}
    others = [p for p in out if p.out and p.id not in known]
    others += [
        r.publication for r in family if r.publication.out and client in r.clients and r.publication.id not in known
    ]
    return any(days.overlaps(period) for p in others for days in (p.period, *(s.period for s in p.statements))) or any(
        s.period != period for p in first for s in p.statements
    )
