"""Opening and describing a vault, and enrolling a laptop; what it takes to make one is offered here too."""

from __future__ import annotations

import contextlib
import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import platformdirs

from vpdesk.domain.errors import VaultError, WrongSecretError
from vpdesk.operations.older import recall_older, recognise_older
from vpdesk.operations.places import MOVING
from vpdesk.operations.ways_in import (
    announce_openings,
    bring_up_to_date,
    check_passphrase,
    keyring_is_offered,
    mend_key_file,
    open_on_this_laptop,
    open_practice,
    open_with_sheets,
    open_with_words,
    slot_kind,
    system_keychain,
)
from vpdesk.store import attempts, disk, generations, keyfile
from vpdesk.store.generations import FolderState
from vpdesk.store.keychain import Keychain, KeychainSource, MemoryKeychain, resolved
from vpdesk.store.keys import STANDARD, KdfParameters, SlotKind
from vpdesk.store.oslock import OsLock
from vpdesk.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from vpdesk.operations.doctor import CheckLine, doctor
    from vpdesk.operations.setup import Setup, begin_setup, generate_passphrase, refuse_taken
    from vpdesk.store.backup import Progress
    from vpdesk.store.keyfile import KeyFile
    from vpdesk.store.keys import Entry

__all__ = [
    "PRACTICE_INSTEAD",
    "STANDARD",
    "CheckLine",
    "KdfParameters",
    "Keychain",
    "KeychainSource",
    "MemoryKeychain",
    "OsLock",
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

PRACTICE_INSTEAD: Final = (
    "Let op: in {} staat de oefenkluis, en die gaat zonder wachtzin open. Wat u gaf, is niet gebruikt, en met uw echte "
    "kluis is niets gebeurd. Kijk of dit de map van uw kluis is."
)
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


@dataclass(frozen=True, slots=True)
class VaultDescription:
    """What can be told of a folder without a secret; `problem` says why a vault that is there can't be read.

    Where no vault is, `foreign` says that other things stand there, so that none can be made either.
    """

    exists: bool
    id: str = ""
    practice: bool = False
    slots: frozenset[SlotKind] = frozenset()
    problem: str = ""
    foreign: bool = False


def default_folder() -> Path:
    """Return where a vault stands when nothing else was chosen: local data, never a roaming profile."""
    return platformdirs.user_data_path("vpdesk", appauthor=False, roaming=False) / "kluis"


def describe(folder: Path) -> VaultDescription:
    """Return what stands in a folder; opens no database, asks no keyring, changes nothing."""
    try:
        stands = generations.state(folder)
        if stands in {FolderState.MISSING, FolderState.EMPTY, FolderState.FOREIGN}:
            return VaultDescription(exists=False, foreign=stands is FolderState.FOREIGN)
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
    sheets: Sequence[str | Sequence[str]] | None = None,
    keychain: KeychainSource,
    now: datetime,
    in_use: Callable[[], Path] | None = None,
) -> Vault:
    """Open the vault in a folder: with words, with both emergency sheets, or as this laptop opens it.

    A practice vault opens by itself. The keyring is touched only where a slot needs it, so a way to make one may be
    given in its place. `in_use` returns the folder that the settings name; it is asked only after a move.

    Raises:
        VaultMissingError, VaultDamagedError, VaultTooNewError, VaultBusyError: not opened, and left as it was.
        WrongSecretError: passphrase, words or sheets do not fit; after four wrong passphrases with a wait.
        KeyringError: the keyring is absent, refused, locked, or has another entry than this vault's.
    """
    generations.current(folder)  # refuses whatever is no vault before a lock file could be made there
    with contextlib.ExitStack() as stack:
        lock = stack.enter_context(OsLock(folder / generations.LOCK))
        generation = generations.current(folder)
        key_file = keyfile.read(generation / generations.KEYS)
        failed = 0
        if key_file.practice:
            entry = open_practice(key_file)
        elif words is not None:
            entry = open_with_words(key_file, words)
        elif sheets is not None:
            entry = open_with_sheets(key_file, sheets)
        else:
            entry, failed = _open_on_this_laptop(key_file, passphrase, keychain, now)
        vault = Vault.open(
            generation,
            entry.vault_key,
            key_file=key_file,
            opened_with=entry.slot.kind,
            lock=lock,
            before_migration=lambda old: _back_up_first(old, now),
        )
        stack.callback(vault.connection.close)
        with contextlib.suppress(OSError):  # what an interrupted backup or restore left is no reason not to open
            generations.clean(folder)
        if failed:
            vault.warnings += (f"Voor u deze kluis opende, is de wachtzin {failed} keer verkeerd getypt.",)
        recall_older(vault)
        if entry.slot.device_check is not None:
            recognise_older(vault, resolved(keychain))
        mend_key_file(vault)
        bring_up_to_date(vault, entry, now=now, words=words)
        announce_openings(vault, entry.slot.kind, now=now)
        generations.drop_superseded(folder, vault.settings.get(generations.SUPERSEDED), read_only=vault.read_only)
        stack.pop_all()
    if vault.settings.get(MOVING):
        from vpdesk.operations.moving import finish_move  # noqa: PLC0415 - once in the life of a vault, if ever

        finish_move(vault, in_use=in_use)
    return vault


def _open_on_this_laptop(
    key_file: KeyFile, passphrase: str | None, keychain: KeychainSource, now: datetime
) -> tuple[Entry, int]:
    """Return how the vault opened and how many passphrases went wrong before; counts and slows down wrong ones."""
    counter = attempts.counter(key_file.vault_id)
    if passphrase is not None:
        attempts.refuse_haste(counter, now)
    try:
        entry = open_on_this_laptop(key_file, passphrase, keychain)
    except WrongSecretError:
        attempts.add(counter, now)
        raise
    return entry, attempts.forget(counter)


def _back_up_first(vault: Vault, now: datetime) -> None:
    """Keep the vault in its old schema; where the disk has no room for that, it is not brought up to date either."""
    from vpdesk.store import backup  # noqa: PLC0415 - only a vault of an older version needs it

    with disk.sentences(vault.folder):
        backup.before_migration(vault, now=now)


def former_generations(vault: Vault) -> tuple[Path, ...]:
    """Return the folders of the vault as it was before a restore; they take room until they are dropped."""
    from vpdesk.operations import formers  # noqa: PLC0415 - once after a restore

    return formers.former_folders(vault)


def drop_former_generations(vault: Vault) -> None:
    """Remove what the vault was before a restore; raises VaultError when the disk refuses."""
    from vpdesk.operations import formers  # noqa: PLC0415 - idem

    for former in formers.former_vaults(vault):
        formers.drop_former_vault(vault, former)


def enrol_device(
    vault: Vault,
    *,
    passphrase: str = "",
    kind: SlotKind | None = None,
    keychain: KeychainSource,
    now: datetime,
    kdf: KdfParameters = STANDARD,
    progress: Progress | None = None,
) -> SlotKind:
    """Let this laptop open the vault with a passphrase and its keyring from now on, or as `kind` says: either alone.

    Where the laptop had a way in before, the vault gets a new key: an older key file opens nothing new. Returns the
    kind of slot: without `kind` it is passphrase alone only where the system offers no keyring.

    Raises:
        InvalidValueError: the passphrase is too weak for this laptop.
        KeyringError: there is no keyring, or it can't keep the secret; nothing was changed.
        VaultError: the vault can't be written, or this is a practice vault.
        CancelledError: `progress` cancelled; nothing was changed.
    """
    from vpdesk.operations.enrolling import enrol  # noqa: PLC0415 - opening a vault needs none of it

    vault.refuse_held()
    if vault.practice or vault.read_only:
        raise VaultError("Deze kluis kan geen wachtzin krijgen. Er is niets veranderd.")
    chain = resolved(keychain)
    if kind is None:
        kind = slot_kind(chain)
    elif kind is not SlotKind.PASSPHRASE:
        chain.backend_name()  # raises where there is none: what was chosen is never weakened in silence
    check_passphrase(passphrase, kind)
    enrol(vault, kind=kind, passphrase=passphrase, keychain=chain, kdf=kdf, now=now, progress=progress)
    return kind
