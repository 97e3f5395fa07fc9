"""What is out and can't all be true: said before it is kept, and in the way of what hangs together with it.

What was said is out, true or not, so the ledger takes it. But readers of two numbers that exclude each other believe
one or the other, and no audit stands for both. So nothing new goes out about days that hang together with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.publications import Kind
from vpdesk.domain.wording import joined, long_date
from vpdesk.reporting import told
from vpdesk.reporting.disclosure.family import relatives, without_units
from vpdesk.reporting.disclosure.junction import EntangledError
from vpdesk.reporting.revision import last_editions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vpdesk.domain.ids import ClientId
    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.reporting.disclosure.family import Relative

    Codes = Mapping[str, tuple[str, ...]]

KINDS: Final = {
    Kind.VERSLAG: "Verslag",
    Kind.BRIEF: "Brief of e-mail",
    Kind.FACTUUR: "Factuur of urenoverzicht",
    Kind.SIGNAAL: "Signaal aan de leiding",
    Kind.PRESENTATIE: "Presentatie",
    Kind.GESPROKEN: "Mondeling genoemd",
    Kind.ANDERS: "Anders",
}
MOST_NAMED: Final = 3

_NO_MORE: Final = (
    "Telt het mee, dan komt er geen nieuw verslag meer over deze dagen en over wat daarmee samenhangt: wat iemand uit "
    "alles samen afleidt, valt dan niet na te rekenen."
)
ALONE: Final = f"Deze getallen kunnen niet samen kloppen. {_NO_MORE}"
CLASH: Final = f"Dat spreekt tegen wat al is uitgegeven: {{names}}. {_NO_MORE}"
ENTANGLED: Final = (
    "Getallen over twee onderwerpen grijpen hier zo in elkaar dat vpdesk ze niet samen kan narekenen. Als getallen "
    f"over één onderwerp tellen ze wel gewoon mee. {_NO_MORE}"
)
IN_THE_WAY: Final = (
    "Wat is uitgegeven, kan niet allemaal waar zijn: {names}. Wat iemand uit alles samen afleidt, valt zo niet na te "
    "rekenen; er is niets geëxporteerd. Is iets daarvan nooit verstuurd of verkeerd ingevoerd, zet het dan bij "
    "‘Uitgegeven…’ op ‘nooit verstuurd’. Kies anders een periode zonder die dagen. Een verslag dat al uit is, kunt u "
    "opnieuw bewaren."
)


def clash(
    publication: Publication,
    out: Sequence[Publication],
    *,
    part_of: Mapping[ClientId, ClientId | None],
    codes: Codes,
) -> str:
    """Return in words with what the numbers of something can't be true, empty when they can.

    Held against what counts the same cases: of a client with parts, what was entered by hand counts those too. A report
    of which a revised edition is out counts other cases than that.
    """
    (own,) = relatives((publication,), part_of)
    same = [r.publication for r in relatives(out, part_of) if r.clients == own.clients]
    together = last_editions((*same, publication))
    if publication not in together:
        return ""
    beside = [p for p in together if p is not publication]
    try:
        if told.agree((), together, publication.period, codes):
            return ""
        if not told.agree((), (publication,), publication.period, codes):
            return ALONE
        against = [p for p in beside if not told.agree((), (p, publication), publication.period, codes)]
    except EntangledError:
        return ENTANGLED
    near = [p for p in beside if p.period.overlaps(publication.period)]
    return CLASH.format(names=called(against or near))


def refuse_clash(
    client: ClientId, period: Period, out: Sequence[Publication], family: Sequence[Relative], codes: Codes
) -> None:
    """Raise ReportRefusedError where what hangs together with a period can't all be true.

    Each number is held against those of the same cases. What the organisations of a family say counts for each other
    where something counts several of them together.
    """
    joined_ids = {relative.publication.id for relative in family}
    groups = {frozenset({client}): [p for p in out if p.id not in joined_ids]}
    for relative in family:
        groups.setdefault(relative.clients, []).append(without_units(relative).publication)
    spanning = any(len(clients) > 1 for clients in groups)
    counting = [some for clients, some in groups.items() if spanning or client in clients]
    reach = {period}
    every = {p.period for some in counting for p in some if p.out}
    while more := {days for days in every if any(days.overlaps(other) for other in reach)} - reach:
        reach |= more
    for some in counting:
        near = [p for p in last_editions(some) if p.period in reach]
        if not _agree(near, period, codes):
            one_of_two = [p for p in near if any(not _agree((p, other), period, codes) for other in near)]
            raise ReportRefusedError(IN_THE_WAY.format(names=called(one_of_two or near)))


def _agree(out: Sequence[Publication], period: Period, codes: Codes) -> bool:
    """Return whether numbers can be true together; of what can't be counted together the audit speaks."""
    try:
        return told.agree((), out, period, codes)
    except ReportRefusedError:
        return True


def called(publications: Sequence[Publication], more: str = "wat er verder is uitgegeven") -> str:
    """Return *brief of e-mail van 3 juli 2025 aan De directie*, the last first when there are many."""
    newest = sorted(publications, key=lambda p: (p.exported, p.id), reverse=True)
    names = [_called(p) for p in newest[:MOST_NAMED]]
    return joined([*names, more] if len(newest) > MOST_NAMED else names)


def _called(publication: Publication) -> str:
    kind = KINDS[Kind.VERSLAG if publication.quotation else publication.kind].lower()
    to = f" aan {publication.recipient}" if publication.recipient else ""
    return f"{kind} van {long_date(publication.exported.date())}{to}"
