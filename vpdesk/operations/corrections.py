"""What changed after a report went out: kept with each publication, and told without ever saying how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vpdesk.domain.corrections import Change
from vpdesk.domain.wording import long_date
from vpdesk.operations.cube import dimensions
from vpdesk.reporting import revision
from vpdesk.reporting.disclosure.totals import effective
from vpdesk.reporting.revision import Revising
from vpdesk.store.counted import CountedStore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.domain.ids import CaseId, ClientId
    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import Audience, Statement
    from vpdesk.operations.report_making import Gathered
    from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Standing:
    """That the vault counts otherwise than what is out, in a sentence; whether a revised edition may be tried."""

    sentence: str
    may_revise: bool


def numbers(vault: Vault, client: ClientId, counted: Period) -> tuple[CaseId, ...]:
    """Return the numbers of the cases in the order in which a report is given what it may know of them."""
    return CountedStore(vault.connection).numbers(client, counted)


def revising(vault: Vault, gathered: Gathered) -> Revising:
    """Return what a revised edition is measured by: how the cases of the first edition counted."""
    store = CountedStore(vault.connection)
    first = (p for p in revision.editions_of(gathered.earlier, gathered.period) if not p.revision)
    kept = [counted for counted in (store.of(p.id) for p in first) if counted]
    return Revising(kept[0] if kept else {}, gathered.numbers)


def existing(
    vault: Vault, client: ClientId, period: Period, audience: Audience, *, revised: bool
) -> Publication | None:
    """Return the edition for this audience that is out already, for `revised` the revised one."""
    found = vault.ledger.find(client, period, audience)
    return found if found is not None and (not revised or found.revision) else None


def is_revised(gathered: Gathered, statements: Sequence[Statement]) -> bool:
    """Return whether these numbers are a revised edition; one that repeats them for others is one too."""
    same = _same(gathered, statements)
    return bool(same[0].revision) if same else gathered.revising is not None


def keep_counted(vault: Vault, gathered: Gathered, publication: Publication) -> None:
    """Keep how the cases of a publication counted, within its transaction; nothing where that can't be told.

    An edition that repeats numbers that are out counts the cases of that time.
    """
    store = CountedStore(vault.connection)
    same = _same(gathered, publication.statements)
    if same:
        store.keep(publication.id, store.of(same[0].id))
        return
    counted = revision.counted(gathered.facts, gathered.numbers, publication, dimensions(gathered.units))
    if counted is not None and Change(counted, {}).fits(publication.statements):
        store.keep(publication.id, counted)


def _same(gathered: Gathered, statements: Sequence[Statement]) -> list[Publication]:
    """Return the earlier editions of the period that said exactly the same."""
    out = revision.editions_of(gathered.earlier, gathered.period)
    return [p for p in out if p.statements == tuple(statements)]


def standing(vault: Vault, gathered: Gathered) -> Standing | None:
    """Return what is to be said of a report whose cases changed since; None where all that it says is still so."""
    said = gathered.existing
    if said is None or said.revision:
        return None
    known = dimensions(gathered.units)
    was = revising(vault, gathered).was
    now = revision.counted(gathered.facts, gathered.numbers, said, known)
    if not revision.differs(gathered.facts, said, known):
        return None
    change = None if now is None else Change(was, now)
    reason = revision.why_not(
        revision.editions_of(gathered.earlier, gathered.period),
        change,
        out=gathered.earlier,
        family=gathered.family,
        threshold=effective(gathered.client.threshold, gathered.audience),
    )
    start = f"Na de uitgave van {long_date(said.exported.date())} zijn casussen veranderd."
    if reason:
        return Standing(f"{start} {reason}", may_revise=False)
    return Standing(
        f"{start} U kunt een herziene uitgave maken; de eerste blijft in de lijst staan."
        " Doe dat alleen als het nodig is: daarna kan vpdesk over deze dagen niets anders meer narekenen.",
        may_revise=True,
    )
