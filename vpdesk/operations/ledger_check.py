"""What was entered by hand held against the vault's own cases: a doubt before it is kept, a name when it is in the way.

How many cases the vault counts is said in the form only. A refusal just names what to look at: that page is shown to
others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.publications import Kind
from vpdesk.domain.report_choices import key_of
from vpdesk.domain.statements import Of, undated
from vpdesk.domain.wording import number
from vpdesk.operations.cube import by_day, dimensions, unit_names
from vpdesk.operations.ledger import clash_of, in_whole_rows, statement_of
from vpdesk.operations.ledger_clash import called
from vpdesk.reporting import told
from vpdesk.reporting.disclosure.counting import counts_in
from vpdesk.reporting.disclosure.family import parts
from vpdesk.reporting.disclosure.request import NOT_READY, STANDS_STILL
from vpdesk.reporting.revision import REVISED_NEAR
from vpdesk.store.remains import RemainsStore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts, Statement
    from vpdesk.operations.ledger import Entry
    from vpdesk.operations.report_making import Gathered
    from vpdesk.store.vault import Vault

NOT_FROM_ENTRIES: Final = frozenset({NOT_READY, STANDS_STILL, REVISED_NEAR})
"""Refusals for another reason than the numbers that are out already, of which those entered by hand are a part."""

DOUBTED: Final = "{doubts} Klopt het getal? Kies dan ‘Toch invoeren’; er is nog niets bewaard."
CONTRADICTED: Final = "{doubts} Is het echt zo gezegd? Kies dan ‘Toch invoeren’; er is nog niets bewaard."
MORE: Final = "wat er verder is toegevoegd"
OTHER_NUMBER: Final = (
    "Met de hand toegevoegd, met een ander getal dan in de kluis: {names}. Kijk dit na bij ‘Uitgegeven…’. Klopt het "
    "niet, zet het daar op ‘nooit verstuurd’ en voeg het opnieuw toe."
)
OTHER_QUOTED: Final = (
    "Wel verstuurd, met getallen uit een verslag dat nooit is verstuurd, en die in de kluis nu anders zijn: {names}. "
    "Ze zijn naar buiten en tellen mee. Is ook dit nooit verstuurd, zet het dan bij ‘Uitgegeven…’ op ‘nooit verstuurd’."
)
ALSO_BY_HAND: Final = (
    "Hierin telt mee wat met de hand is toegevoegd: {names}. Klopt daar een getal niet, zet het bij ‘Uitgegeven…’ op "
    "‘nooit verstuurd’ en voeg het opnieuw toe."
)


def doubts(vault: Vault, entry: Entry) -> str:
    """Return in words which numbers of an entry are not what the vault counts, or can't be true beside what is out.

    Empty when there are none; an entry with doubts can be kept all the same.

    A number of talks or time is not held against the vault: an invoice has more hours than conversations. Where a
    destroyed case can't be counted in the days or the part that a number is about, nothing can be said of it.

    Raises:
        InvalidValueError: a number is about a part that does not exist, or can't be true.
    """
    units = vault.clients.units(entry.client)
    codes, names = dimensions(units), unit_names(units, entry.period)
    wrong = []
    for said in in_whole_rows(entry, units):
        statement = statement_of(said, entry.period, codes)
        here = _of_family(vault, entry, statement, codes)
        if here is not None and not _agrees(statement, here):
            stands = "staat er 1" if here == 1 else f"staan er {number(here) if here else 'geen'}"
            wrong.append(f"U noemt ‘{told.in_words(statement, entry.period, names)}’; in de kluis {stands}.")
    if against := clash_of(vault, entry):
        return CONTRADICTED.format(doubts=" ".join((*wrong, against)))
    return DOUBTED.format(doubts=" ".join(wrong)) if wrong else ""


def beside_refusal(gathered: Gathered, sentence: str) -> str:
    """Return a refusal, with the entries by hand and the quotations that it may come from and what to do about them."""
    if sentence in NOT_FROM_ENTRIES or gathered.revising is not None:
        return sentence
    of_several = {r.publication.id for r in gathered.family if len(r.clients) > 1}
    entries = [p for p in gathered.earlier if p.kind is not Kind.VERSLAG and not p.quotation]
    codes = dimensions(gathered.units)
    wrong = [p for p in entries if p.id not in of_several and _contradicts(p, gathered.facts, codes)]
    if wrong:
        return f"{sentence} {OTHER_NUMBER.format(names=called(wrong, MORE))}"
    quoted = [p for p in gathered.earlier if p.quotation and p.period.overlaps(gathered.period)]
    if other := [p for p in quoted if _contradicts(p, gathered.facts, codes)]:
        return f"{sentence} {OTHER_QUOTED.format(names=called(other, MORE))}"
    near = [p for p in entries if p.period.overlaps(gathered.period)]
    return f"{sentence} {ALSO_BY_HAND.format(names=called(near, MORE))}" if near else sentence


def _contradicts(publication: Publication, facts: Sequence[CaseFacts], codes: Mapping[str, tuple[str, ...]]) -> bool:
    counts = ((s, _counted(s, facts, codes)) for s in publication.statements)
    return any(count is not None and not _agrees(statement, count) for statement, count in counts)


def _agrees(statement: Statement, count: int) -> bool:
    """Return whether a number can be true of so many cases, read as an audit reads it."""
    return statement.minimum <= count and (statement.of is not Of.CASES or count <= statement.maximum)


def _counted(statement: Statement, facts: Sequence[CaseFacts], codes: Mapping[str, tuple[str, ...]]) -> int | None:
    """Return how many cases lie in a box, with or without a talk; None where that can't be told."""
    if statement.of not in {Of.CASES, Of.CASES_WITH_TALK}:
        return None
    inside = [fact for fact in facts if fact.opened in statement.period]
    try:
        return sum(all(counts_in(f, name, key_of(row), codes) for name, row in statement.box.where) for f in inside)
    except KeyError:
        return None


def _of_family(vault: Vault, entry: Entry, statement: Statement, codes: Mapping[str, tuple[str, ...]]) -> int | None:
    """Return how many cases an entry is about: those of the organisation with all that are a part of it."""
    clients = parts(entry.client, {client.id: client.part_of for client in vault.clients.all()})
    if len(clients) > 1 and any(undated(name) == "onderdeel" for name, _ in statement.box.where):
        return None  # units are each organisation's own
    days = [statement.period.last]
    facts: list[CaseFacts] = []
    for client in clients:
        destroyed = RemainsStore(vault.connection).of_client(client)
        if any(statement.period.cuts(segment.period) for remains in destroyed for segment in remains.segments):
            return None
        here = by_day(vault.cases.facts(client, statement.period, days), vault.clients.units(client))
        facts += [*here, *(remains.facts(days) for remains in destroyed)]
    return _counted(statement, facts, codes)
