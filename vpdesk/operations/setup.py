"""Making a vault: built aside, its words typed back, and only then counting."""

from __future__ import annotations

import contextlib
import secrets
from typing import TYPE_CHECKING

from vpdesk.domain.errors import KeyringError, VaultDamagedError, VaultError
from vpdesk.operations.older import remember_revision
from vpdesk.operations.places import stands_in_vault
from vpdesk.operations.ways_in import (
    FEWEST_WORDS_ALONE,
    check_passphrase,
    keep_device_secret,
    open_practice,
    open_with_words,
    shared_entry,
    slot_kind,
    words_marks,
)
from vpdesk.store import disk, generations, keyfile, keys
from vpdesk.store.generations import FolderState
from vpdesk.store.keychain import Keychain, KeychainSource, resolved
from vpdesk.store.keyfile import KeyFile
from vpdesk.store.keys import STANDARD, KdfParameters, SlotKind
from vpdesk.store.oslock import OsLock
from vpdesk.store.vault import Vault, create_database
from vpdesk.store.words import encode_secret, load_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path


def generate_passphrase() -> str:
    """Return six words of the list, 66 bits, for a laptop without a keyring."""
    return " ".join(secrets.choice(load_words()) for _ in range(FEWEST_WORDS_ALONE))


def refuse_inside(folder: Path) -> None:
    """Refuse a folder in that of another vault, which removes there whatever does not count; VaultError says so."""
    if stands_in_vault(folder):
        raise VaultError("Deze map ligt in de map van een andere kluis. Er is niets veranderd. Kies een andere map.")


def refuse_taken(folder: Path) -> None:
    """Refuse a folder in which anything stands, or that lies in that of a vault; VaultError says what to do."""
    refuse_inside(folder)
    match generations.state(folder):
        case FolderState.VAULT:
            raise VaultError(
                "In deze map staat al een kluis. Er is niets veranderd. Open die kluis of kies een andere map."
            )
        case FolderState.POINTER_LOST:
            raise VaultDamagedError(generations.POINTER_DAMAGED)
        case FolderState.FOREIGN:
            raise VaultError(
                "Op deze plaats staan al andere bestanden. Er is niets veranderd. Kies een nieuwe of een lege map."
            )
        case _:  # missing or empty
            return


class Setup:
    """A vault that is built and does not count yet: `confirm` makes it count, `abandon` leaves nothing."""

    def __init__(
        self,
        *,
        generation: Path,
        lock: OsLock,
        made_folders: tuple[Path, ...],
        words: tuple[str, ...],
        slot: SlotKind,
        keychain: Keychain | None,
        secret: bytes,
        now: datetime,
    ) -> None:
        """Hold what `begin_setup` built; `words` is empty for a practice vault."""
        self.words = words
        self.slot = slot
        self._generation = generation
        self._lock: OsLock | None = lock
        self._made_folders = made_folders
        self._keychain = keychain
        self._secret = secret
        self._now = now
        self._kept = False

    def confirm(
        self, words: str | Sequence[str] = (), *, tell: Callable[[], None] | None = None, typed: bool = True
    ) -> Vault:
        """Open the recovery slot with the words typed back, keep the device secret, and let the vault count.

        Where nobody `typed` them from paper, such as for a program that keeps them, they still are to be checked.

        `tell` is called as soon as the vault counts; with an OSError of it, such as words that nobody could take, the
        vault is taken back.

        Raises:
            OSError: from `tell`; nothing was made.
            WordsMistypedError, WrongSecretError: these are not the words; they can be typed again.
            KeyringError: the keyring would not keep the secret; it can be tried again.
            VaultError: the vault could not be written; nothing was made.
        """
        if self._lock is None:
            raise VaultError("Deze kluis is al afgemaakt of afgebroken. Begin opnieuw.")
        key_file = keyfile.read(self._generation / generations.KEYS)
        entry = open_with_words(key_file, words) if self.words else open_practice(key_file)
        if self.slot is SlotKind.DAILY and self._keychain is not None:
            keep_device_secret(self._keychain, shared_entry(key_file.vault_id, self.slot), self._secret)
            self._kept = True
        vault = Vault.open(
            self._generation, entry.vault_key, key_file=key_file, opened_with=entry.slot.kind, lock=self._lock
        )
        try:
            with disk.sentences(vault.folder):
                self._note_slots(vault, words, typed=typed)
                generations.switch(vault.folder, self._generation)
            if tell is not None:
                tell()
        except (VaultError, OSError, KeyboardInterrupt):
            vault.connection.close()
            generations.take_back(vault.folder, self._generation)
            self.abandon()
            raise
        self._lock = None
        if self.slot is SlotKind.DAILY and self._keychain is not None:
            remember_revision(vault, self._keychain)
        return vault

    def _note_slots(self, vault: Vault, words: str | Sequence[str], *, typed: bool) -> None:
        with vault.transaction():
            for slot in vault.key_file.slots:
                marks = words_marks(vault, words) if slot.kind is SlotKind.RECOVERY else None
                vault.access.add(slot, self._now, marks=marks, checked=typed)

    def abandon(self) -> None:
        """Remove what was built; a second time, or after confirming, does nothing."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        folder = self._generation.parent
        if self._keychain is not None and self._kept:
            with contextlib.suppress(KeyringError):
                self._keychain.drop(keyfile.read(self._generation / generations.KEYS).vault_id)
        _clear(folder, lock, self._made_folders)


def _clear(folder: Path, lock: OsLock, made_folders: tuple[Path, ...]) -> None:
    """Remove what setting up made; what can't go now is marked unfinished and goes with the next attempt."""
    with contextlib.suppress(OSError):
        generations.clean(folder)
    lock.release()
    with contextlib.suppress(OSError):
        (folder / generations.LOCK).unlink()
        for made in made_folders:
            made.rmdir()


def _first_slot(
    chain: Keychain | None,
    vault_id: str,
    vault_key: bytes,
    *,
    passphrase: str,
    secret: bytes,
    kdf: KdfParameters,
    kind: SlotKind,
) -> keys.Slot:
    if chain is None or kind is not SlotKind.DAILY:
        return keys.passphrase_slot(vault_id, vault_key, passphrase=passphrase, kdf=kdf)
    return keys.daily_slot(
        vault_id, vault_key, passphrase=passphrase, device_secret=secret, kdf=kdf, keyring=chain.backend_name()
    )


def begin_setup(
    folder: Path,
    *,
    passphrase: str = "",
    keychain: KeychainSource | None = None,
    now: datetime,
    kdf: KdfParameters = STANDARD,
    practice: bool = False,
) -> Setup:
    """Build a vault that does not count until its words were typed back; a practice vault needs no secret at all.

    Raises:
        VaultError: something stands in the folder already, or it can't be written.
        InvalidValueError: the passphrase is too weak for this laptop.
        KeyringRefusedError, KeyringLockedError: the keyring keeps nothing safely, or is locked.
    """
    refuse_taken(folder)
    chain = None if practice or keychain is None else resolved(keychain)
    kind = SlotKind.PRACTICE if practice else SlotKind.PASSPHRASE if chain is None else slot_kind(chain)
    check_passphrase(passphrase, kind)
    with disk.sentences(folder):
        made = tuple(path for path in (folder, *folder.parents) if not path.exists())
        generations.make_folder(folder)
    lock = OsLock(folder / generations.LOCK)
    try:
        refuse_taken(folder)
        with disk.sentences(folder):
            generations.clean(folder)
            generation = generations.begin(folder)
            vault_id, vault_key, secret = secrets.token_hex(16), keys.new_key(), keys.new_key()
            words_secret = secrets.token_bytes(keys.WORDS_SECRET_BYTES)
            create_database(generation, vault_key, vault_id=vault_id, practice=practice, now=now, root=keys.new_key())
            if practice:
                slots: tuple[keys.Slot, ...] = (keys.practice_slot(vault_id, vault_key),)
            else:
                slots = (
                    _first_slot(chain, vault_id, vault_key, passphrase=passphrase, secret=secret, kdf=kdf, kind=kind),
                    keys.recovery_slot(vault_id, vault_key, words_secret),
                )
            generations.write_durably(generation / generations.KEYS, keyfile.encode(KeyFile(vault_id, slots)))
    except BaseException:
        _clear(folder, lock, made)
        raise
    return Setup(
        generation=generation,
        lock=lock,
        made_folders=made,
        words=() if practice else tuple(encode_secret(words_secret)),
        slot=kind,
        keychain=chain,
        secret=secret,
        now=now,
    )
