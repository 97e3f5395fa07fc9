"""Opening and describing a vault, and enrolling a laptop; what it takes to make one is offered here too."""

from __future__ import annotations

import contextlib
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import platformdirs

from vpdesk.domain.errors import VaultError, WrongSecretError
from vpdesk.operations.ways_in import (
    disk_sentences,
    enrol,
    keyring_is_offered,
    open_practice,
    open_with_passphrase,
    open_with_words,
    recognise_older,
    slot_kind,
    system_keychain,
)
from vpdesk.store import attempts, generations, keyfile
from vpdesk.store.generations import FolderState
from vpdesk.store.keychain import Keychain, KeychainSource, MemoryKeychain, resolved
from vpdesk.store.keys import STANDARD, KdfParameters, SlotKind
from vpdesk.store.oslock import OsLock
from vpdesk.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from vpdesk.operations.doctor import CheckLine, doctor
    from vpdesk.operations.setup import Setup, begin_setup, generate_passphrase, refuse_taken

__all__ = [
    "STANDARD",
    "CheckLine",
    "KdfParameters",
    "Keychain",
    "KeychainSource",
    "MemoryKeychain",
    "Setup",
    "SlotKind",
    "Vault",
    "VaultDescription",
    "begin_setup",
    "default_folder",
    "describe",
    "doctor",
    "drop_former_generations",
    "enrol_device",
    "former_generations",
    "generate_passphrase",
    "keyring_is_offered",
    "open_vault",
    "refuse_taken",
    "slot_kind",
    "system_keychain",
]

_LATER: Final = {
    "CheckLine": "doctor",
    "Setup": "setup",
    "begin_setup": "setup",
    "doctor": "doctor",
    "generate_passphrase": "setup",
    "refuse_taken": "setup",
}


def __getattr__(name: str) -> object:
    """Load what makes or checks a vault when it is asked for: an open one starts without it."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"vpdesk.operations.{_LATER[name]}"), name)


NOTHING_GIVEN: Final = "Deze kluis gaat open met uw wachtzin of met uw 16 herstelwoorden. Geef een van beide."


@dataclass(frozen=True, slots=True)
class VaultDescription:
    """What can be told of a folder without a secret; `problem` says why a vault that is there can't be read."""

    exists: bool
    id: str = ""
    practice: bool = False
    slots: frozenset[SlotKind] = frozenset()
    problem: str = ""


def default_folder() -> Path:
    """Return where a vault stands when nothing else was chosen: local data, never a roaming profile."""
    return platformdirs.user_data_path("vpdesk", appauthor=False, roaming=False) / "kluis"


def describe(folder: Path) -> VaultDescription:
    """Return what stands in a folder; opens no database, asks no keyring, changes nothing."""
    if generations.state(folder) in {FolderState.MISSING, FolderState.EMPTY, FolderState.FOREIGN}:
        return VaultDescription(exists=False)
    try:
        key_file = keyfile.read(generations.current(folder) / generations.KEYS)
    except VaultError as error:
        return VaultDescription(exists=True, problem=error.sentence)
    return VaultDescription(
        exists=True,
        id=key_file.vault_id,
        practice=key_file.practice,
        slots=frozenset(slot.kind for slot in key_file.slots),
    )


def open_vault(
    folder: Path,
    *,
    passphrase: str | None = None,
    words: str | Sequence[str] | None = None,
    keychain: KeychainSource,
    now: datetime,
) -> Vault:
    """Open the vault in a folder with words or passphrase; a practice vault opens by itself.

    The keyring is touched only where the daily slot is used, so a way to make one may be given in its place.

    Raises:
        VaultMissingError, VaultDamagedError, VaultTooNewError, VaultBusyError: not opened, and left as it was.
        WrongSecretError: the passphrase or the words do not fit; after four wrong passphrases with a wait.
        KeyringError: the keyring is absent, refused, locked, or has another entry than this vault's.
    """
    generations.current(folder)  # refuses whatever is no vault before a lock file could be made there
    with contextlib.ExitStack() as stack:
        lock = stack.enter_context(OsLock(folder / generations.LOCK))
        generation = generations.current(folder)
        key_file = keyfile.read(generation / generations.KEYS)
        failed = 0
        if key_file.practice:
            vault_key, opened_with = open_practice(key_file)
        elif words is not None:
            vault_key, opened_with = open_with_words(key_file, words)
        elif passphrase is not None:
            counter = attempts.counter(key_file.vault_id)
            attempts.refuse_haste(counter, now)
            try:
                vault_key, opened_with = open_with_passphrase(key_file, passphrase, keychain)
            except WrongSecretError:
                attempts.add(counter, now)
                raise
            failed = attempts.forget(counter)
        else:
            raise VaultError(NOTHING_GIVEN)
        vault = Vault.open(
            generation,
            vault_key,
            key_file=key_file,
            opened_with=opened_with,
            lock=lock,
            before_migration=lambda old: _back_up_first(old, now),
        )
        stack.pop_all()
    with contextlib.suppress(OSError):  # what an interrupted backup or restore left is no reason not to open
        generations.clean(folder)
    if failed:
        vault.warnings += (f"Voor u deze kluis opende, is de wachtzin {failed} keer verkeerd getypt.",)
    if opened_with is SlotKind.DAILY:
        recognise_older(vault, resolved(keychain))
    return vault


def _back_up_first(vault: Vault, now: datetime) -> None:
    """Keep the vault in its old schema; where the disk has no room for that, it is not brought up to date either."""
    from vpdesk.store import backup  # noqa: PLC0415 - only a vault of an older version needs it

    with disk_sentences(vault.folder):
        backup.before_migration(vault, now=now)


def former_generations(vault: Vault) -> tuple[Path, ...]:
    """Return the folders of the vault as it was before a restore; they take room until they are dropped."""
    return generations.former(vault.folder)


def drop_former_generations(vault: Vault) -> None:
    """Remove what the vault was before a restore; raises VaultError when the disk refuses."""
    with disk_sentences(vault.folder):
        for generation in generations.former(vault.folder):
            generations.discard(generation)


def enrol_device(vault: Vault, *, passphrase: str, keychain: KeychainSource, kdf: KdfParameters = STANDARD) -> SlotKind:
    """Let this laptop open the vault with a passphrase from now on, in the place of an earlier one.

    Returns the kind of slot: passphrase only where the system offers no keyring.

    Raises:
        InvalidValueError: the passphrase is too weak for this laptop.
        KeyringError: the keyring can't keep the secret; nothing was changed.
        VaultError: the key file can't be written, or this is a practice vault.
    """
    if vault.practice or vault.read_only:
        raise VaultError("Deze kluis kan geen wachtzin krijgen. Er is niets veranderd.")
    former = vault.key_file.slot(SlotKind.DAILY)
    return enrol(vault, passphrase=passphrase, keychain=resolved(keychain), kdf=kdf, former=former)
