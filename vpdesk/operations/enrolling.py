"""Giving a laptop its way into a vault: passphrase with keyring, keyring alone, or passphrase alone."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import KeyringError
from vpdesk.operations.older import count, recognise_older
from vpdesk.operations.ways_in import (
    drop_device_secret,
    keep_device_secret,
    own_entry,
    secret_in,
    shared_entry,
)
from vpdesk.store import disk, keys
from vpdesk.store.keys import SlotKind
from vpdesk.store.rekeying import NewWay, rekey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vpdesk.store.backup import Progress
    from vpdesk.store.keychain import Keychain
    from vpdesk.store.keys import KdfParameters, Slot
    from vpdesk.store.vault import Vault

ON_THIS_LAPTOP: Final = frozenset({SlotKind.DAILY, SlotKind.PASSPHRASE, SlotKind.KEYRING})


def way_of_this_laptop(
    kind: SlotKind, *, passphrase: str, keychain: Keychain, kdf: KdfParameters, vault_id: str, former: Slot | None
) -> tuple[NewWay, Callable[[], None]]:
    """Return the slot to be for this laptop, and what has the keyring keep its secret before the slot counts.

    A device secret with which `former` was made is used again. Any other stands beside what is there, never in its
    place: the earlier way in needs that until the new one counts, and the same vault in another folder goes on to.
    The secret of a keyring-only slot is always new: the earlier one took a passphrase too.
    """
    if kind is SlotKind.PASSPHRASE:
        return _by_passphrase(passphrase, kdf), lambda: None
    name = keychain.backend_name()
    shared = shared_entry(vault_id, kind)
    there = secret_in(keychain, shared)
    if kind is SlotKind.DAILY and there is not None and former is not None and former.knows_device(there):
        return _by_both(passphrase, there, kdf, name), lambda: None
    secret = keys.new_key()
    way = _by_keyring(secret, name) if kind is SlotKind.KEYRING else _by_both(passphrase, secret, kdf, name)
    made: list[Slot] = []

    def make(vault: str, key: bytes) -> Slot:
        made.append(way.make(vault, key))
        return made[-1]

    def keep() -> None:
        entry = shared if there is None else own_entry(vault_id, made[-1])
        keep_device_secret(keychain, entry, secret)

    return replace(way, make=make), keep


def _by_passphrase(passphrase: str, kdf: KdfParameters) -> NewWay:
    return NewWay(
        make=lambda vault, key: keys.passphrase_slot(vault, key, passphrase=passphrase, kdf=kdf),
        prove=lambda slot, vault: keys.open_passphrase(slot, vault, passphrase=passphrase),
    )


def _by_both(passphrase: str, secret: bytes, kdf: KdfParameters, name: str) -> NewWay:
    return NewWay(
        make=lambda vault, key: keys.daily_slot(
            vault, key, passphrase=passphrase, device_secret=secret, kdf=kdf, keyring=name
        ),
        prove=lambda slot, vault: keys.open_daily(slot, vault, passphrase=passphrase, device_secret=secret),
    )


def _by_keyring(secret: bytes, name: str) -> NewWay:
    return NewWay(
        make=lambda vault, key: keys.keyring_slot(vault, key, device_secret=secret, keyring=name),
        prove=lambda slot, vault: keys.open_keyring(slot, vault, device_secret=secret),
    )


def enrol(
    vault: Vault,
    *,
    kind: SlotKind,
    passphrase: str,
    keychain: Keychain,
    kdf: KdfParameters,
    now: datetime,
    former: Slot | None = None,
    progress: Progress | None = None,
) -> None:
    """Give a vault its way in on this laptop. Where it had one, it gets a new key too: the earlier opens nothing more.

    `former` is the slot of this laptop in a vault that stood here before, for its device secret.
    """
    earlier = tuple(slot for slot in vault.key_file.slots if slot.kind in ON_THIS_LAPTOP)
    if kind is not SlotKind.PASSPHRASE:
        recognise_older(vault, keychain)
    way, keep = way_of_this_laptop(
        kind,
        passphrase=passphrase,
        keychain=keychain,
        kdf=kdf,
        vault_id=vault.id,
        former=former or vault.key_file.slot(SlotKind.DAILY),
    )
    with disk.sentences(vault.folder):
        if earlier:
            rekey(vault, drop=ON_THIS_LAPTOP, ways=(way,), now=now, before_switch=keep, progress=progress)
        else:
            slot = way.make(vault.id, vault.key)
            keep()
            vault.give_way_in(slot, now=now)
    if kind is not SlotKind.PASSPHRASE:
        count(vault, keychain)
    for slot in earlier:
        with contextlib.suppress(KeyringError):  # what stays there opens nothing any more
            if slot.kind is not SlotKind.PASSPHRASE:
                drop_device_secret(keychain, vault.id, slot, successor=vault.key_file.slot(kind))
