"""Destroying a case for good: what goes, what stays to count old years by, and the copies that still hold the case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import CancelledError, ImpossibleMoveError, VaultError
from vpdesk.domain.phases import Phase
from vpdesk.domain.remains import remains_of
from vpdesk.store.remains import RemainsStore
from vpdesk.store.stored import understood
from vpdesk.store.traces import rebuild_index, rewrite_pages

if TYPE_CHECKING:
    from datetime import datetime

    from vpdesk.domain.cases import Case
    from vpdesk.domain.ids import CaseId, PersonId
    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.remains import Talk
    from vpdesk.store.vault import Vault

WIPED: Final = "traces_wiped"


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A case that is gone: its code for the last time, how many conversations went along, how many rows stay.

    `wiped` is False when what SQLite leaves inside pages could not be wiped at once, as on a full disk; the next copy
    does that first.
    """

    code: str
    conversations: int
    segments: int
    wiped: bool


def destroy_case(vault: Vault, *, case_id: CaseId, now: datetime) -> Destroyed:
    """Remove a closed case with everything that was written about it; what stays are codes per reporting segment.

    Raises:
        NotFoundError: there is no such case.
        ImpossibleMoveError: the case is still open.
        HeldError: a bewaarstop lies on it.
        VaultError: the disk is full, failing or read-only. Nothing was destroyed.
    """
    with vault.transaction():
        case = vault.cases.get(case_id)
        if case.phase is not Phase.AFGESLOTEN:
            raise ImpossibleMoveError(
                "Alleen een afgesloten casus kunt u vernietigen. Er is niets vernietigd. Sluit de casus eerst af."
            )
        vault.retention.refuse_held(case_id)
        store = RemainsStore(vault.connection)
        with understood():  # a day without a year after it
            remains = remains_of(
                case,
                _talks(store, case),
                [days for publication in vault.ledger.publications(case.client) for days in _days(publication)],
                year_starts_in=vault.clients.get(case.client).year_starts_in,
            )
        taken = vault.handovers.taken_on(case_id) is not None  # no report of this vault counts it
        store.remove_drafts(case_id)
        store.remove_reminders(case_id)
        conversations = store.conversations_of(case_id)
        for conversation in conversations:
            vault.conversations.delete(conversation)
        vault.handovers.forget_recipients(case_id)
        store.remove_case(case_id)
        vault.matters.drop_empty()
        if not taken:
            store.add(remains)
        rebuild_index(vault.connection)
    wiped = _wiped(vault, now)
    vault.attachments.sweep()
    return Destroyed(case.code, len(conversations), 0 if taken else len(remains.segments), wiped)


def destroy_person(vault: Vault, *, person_id: PersonId, now: datetime) -> bool:
    """Remove a person for good while the case stays; return whether the pages could be written anew at once.

    Raises:
        NotFoundError: there is no such person.
        HeldError: a bewaarstop lies on the case.
        VaultError: the disk is full, failing or read-only. Nothing was destroyed.
    """
    with vault.transaction():
        person = vault.people.get(person_id)
        vault.retention.refuse_held(person.case)
        vault.people.delete(person)
        rebuild_index(vault.connection)
    return _wiped(vault, now)


def _days(publication: Publication) -> tuple[Period, ...]:
    """Return of which days something tells: of a report those of the years that it quotes too."""
    return (publication.period, *(said.period for said in publication.quotes))


def _talks(store: RemainsStore, case: Case) -> tuple[Talk, ...]:
    imported = (case.opened, case.imported_talks, case.imported_minutes)
    return (imported, *store.talks_of(case.id))


def traces_due(vault: Vault, *, now: datetime) -> bool:
    """Return whether texts may have gone since the pages were last written anew; at most once a day."""
    if vault.read_only:
        return False
    last = json.loads(vault.settings.get(WIPED, "{}"))
    return bool(last.get("revision") != vault.revision and last.get("on") != now.date().isoformat())


def wipe_traces(vault: Vault, *, now: datetime) -> bool:
    """Take every word whose text is gone out of index and pages; return whether that could be done now.

    What is deleted or edited is overwritten at once where it stood; this finds the copies that SQLite leaves.
    """
    try:
        with vault.transaction():
            rebuild_index(vault.connection)
    except (VaultError, CancelledError):
        return False
    return _wiped(vault, now)


def _wiped(vault: Vault, now: datetime) -> bool:
    try:
        rewrite_pages(vault.connection)
        with vault.transaction():
            done = {"on": now.date().isoformat(), "revision": vault.revision + 1}  # this record brings it there
            vault.settings.put(WIPED, json.dumps(done))
    except (VaultError, CancelledError):  # no room, or the window locks: nothing is lost, and the next copy tries again
        return False
    return True
