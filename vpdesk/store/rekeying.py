"""Builds the next generation of a vault under a new vault key: copied, checked, and then switched to at one instant."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError, VaultError
from vpdesk.store import disk, generations, keyfile, keys
from vpdesk.store.backup import check_database, copy_database, refuse_unread_pages
from vpdesk.store.keyfile import KeyFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from vpdesk.store.backup import Progress
    from vpdesk.store.keys import Entry, Slot, SlotKind
    from vpdesk.store.vault import Vault

NOT_OURS: Final = (
    "Het sleutelbestand is buiten vpdesk veranderd. Er is niets veranderd. "
    "Zet de nieuwste reservekopie terug; daarvoor hebt u de 16 herstelwoorden nodig."
)
OF_BEFORE: Final = (
    "Deze kluis is van een eerdere vpdesk. Er is niets veranderd. "
    "Open haar een keer met uw wachtzin en typ daarna bij ‘Herstelwoorden’ alle 16 woorden over; dan kan het."
)
NOT_VERIFIED: Final = (
    "De nieuwe sleutel opende de kluis niet en is weggegooid. Er is niets veranderd. Probeer het opnieuw."
)


@dataclass(frozen=True, slots=True)
class NewWay:
    """A slot to be: `make` builds it, `prove` opens it again with what the user has, `marks` are those of its words."""

    make: Callable[[str, bytes], Slot]
    prove: Callable[[Slot, str], Entry]
    marks: bytes | None = None


def kept_slots(vault: Vault, drop: frozenset[SlotKind]) -> tuple[Slot, ...]:
    """Return the slots that stay; each must be one that this vault gave out.

    Raises:
        VaultError: a slot of vpdesk 0.1 was not yet brought up to date.
        VaultDamagedError: the key file names a recipient that this vault never gave out.
    """
    slots = tuple(slot for slot in vault.key_file.slots if slot.kind not in drop)
    if any(slot.recipient is None for slot in slots):
        raise VaultError(OF_BEFORE)
    if set(slots) - set(vault.access.right_slots(slots)):
        raise VaultDamagedError(NOT_OURS)
    return slots


def rekey(
    vault: Vault,
    *,
    drop: frozenset[SlotKind],
    ways: tuple[NewWay, ...] = (),
    now: datetime,
    before_switch: Callable[[], object] = lambda: None,
    progress: Progress | None = None,
) -> None:
    """Give the vault a new key: the slots of the kinds `drop` open nothing new from now on, `ways` take their place.

    Until the pointer is switched the vault is as it was; what opened it before opens it still. The generation under the
    former key goes afterwards.

    Raises:
        UnsettledError: either generation may count from the next opening on; until then the vault takes no writes.
        VaultError, VaultDamagedError, OSError: nothing was changed.
        CancelledError: `progress` cancelled; nothing was changed.
    """
    kept = kept_slots(vault, drop)
    former = vault.generation
    generation = generations.begin(vault.folder)
    with contextlib.ExitStack() as stack:
        stack.callback(_drop, generation)
        vault_key = keys.new_key()
        raw_key = keys.derive(vault_key, "database")
        database = generation / generations.DATABASE
        copy_database(vault.connection, database, raw_key, progress)
        refuse_unread_pages(vault)
        check_database(database, raw_key, vault.id, full=True)
        generations.sync_file(database)
        vault.attachments.file.copy_to(generation)
        new = {way.make(vault.id, vault_key): way for way in ways}
        slots = (*(keys.resealed(slot, vault.id, vault_key) for slot in kept), *new)
        generations.write_durably(generation / generations.KEYS, keyfile.encode(KeyFile(vault.id, slots)))
        key_file = _verified(keyfile.read(generation / generations.KEYS), new, vault_key)
        successor = vault.successor(generation, vault_key, key_file)
        stack.callback(successor.connection.close)
        with successor.transaction():
            successor.access.add_former_key(vault.key, now)
            successor.access.retire((s for s in vault.key_file.slots if s.kind in drop), now)
            for slot in key_file.slots:
                if slot in new:
                    successor.access.add(slot, now, marks=new[slot].marks)
                else:
                    successor.access.keep(slot)
            successor.settings.put(generations.SUPERSEDED, former.name)
        before_switch()
        try:
            generations.switch(vault.folder, generation)
        except disk.UnsettledError:
            stack.pop_all()  # both stay, since either may be the one that counts at the next opening
            successor.connection.close()
            vault.hold()
            raise
        stack.pop_all()
    vault.become(successor)
    generations.drop_superseded(vault.folder, former.name, read_only=False)


def _drop(generation: Path) -> None:
    with contextlib.suppress(OSError):  # what stays is marked unfinished and goes with the next opening
        generations.discard(generation)


def _verified(key_file: KeyFile, new: Mapping[Slot, NewWay], vault_key: bytes) -> KeyFile:
    """Open every new slot, as it was read back, with what the user has."""
    for slot, way in new.items():
        if slot not in key_file.slots or way.prove(slot, key_file.vault_id).vault_key != vault_key:
            raise VaultError(NOT_VERIFIED)
    return key_file
