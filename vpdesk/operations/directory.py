"""What a user asks for about the directory: find, add, change, hide, and note that an entry was looked over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vpdesk.domain.directory import national, whole_directory
from vpdesk.domain.errors import InvalidValueError

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.directory import DirectoryEntry
    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Vault


def directory(vault: Vault) -> tuple[DirectoryEntry, ...]:
    """Return everything, hidden entries too: the user's own first, then the national ones; one query."""
    return whole_directory(vault.directory.kept())


def offered(vault: Vault, client_id: ClientId) -> tuple[DirectoryEntry, ...]:
    """Return what is offered when referring in a case of an organisation: nothing hidden, nothing of another one."""
    return tuple(entry for entry in directory(vault) if not entry.hidden and entry.client in {None, client_id})


def save_entry(vault: Vault, entry: DirectoryEntry) -> DirectoryEntry:
    """Write a new or changed entry and return it with its id.

    Raises:
        NotFoundError: the organisation or the entry is not there.
        InvalidValueError: it claims to be a national one that does not ship.
    """
    if entry.shipped:
        national(entry.shipped)
    with vault.transaction():
        if entry.client is not None:
            vault.clients.get(entry.client)
        return vault.directory.put(entry)


def looked_over(vault: Vault, entry: DirectoryEntry, *, on: date) -> DirectoryEntry:
    """Write that an entry was found to be right on a day."""
    return save_entry(vault, replace(entry, checked=on))


def hide_entry(vault: Vault, entry: DirectoryEntry, *, hidden: bool) -> DirectoryEntry:
    """Offer an entry no longer, or again."""
    return save_entry(vault, replace(entry, hidden=hidden))


def remove_entry(vault: Vault, entry: DirectoryEntry) -> None:
    """Take away an own entry, or what was changed of a national one, which then stands as it ships.

    Raises:
        InvalidValueError: a national entry that was not changed; it can be hidden.
        NotFoundError: it is not there any more.
    """
    if not entry.id:
        raise InvalidValueError("Een landelijk adres kunt u niet weghalen, wel verbergen. Er is niets veranderd.")
    with vault.transaction():
        vault.directory.delete(entry.id)
