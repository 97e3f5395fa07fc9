"""The vault that stands where a backup is put back: opened for its ledger and ways in, in whatever state it is."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import KeyringError, VaultError
from vpdesk.operations import ways_in
from vpdesk.store.keys import SlotKind
from vpdesk.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from vpdesk.store.container import Header
    from vpdesk.store.keychain import KeychainSource
    from vpdesk.store.keyfile import KeyFile
    from vpdesk.store.keys import Entry
    from vpdesk.store.oslock import OsLock

NEWER_WORDS: Final = (
    "De kluis in deze map heeft nieuwere herstelwoorden dan deze kopie. Er is niets veranderd. Geef uw wachtzin van nu "
    "erbij, of zet de kopie terug in een andere map."
)


@dataclass(frozen=True, slots=True)
class KeptKey:
    """The key of a vault that was open a moment ago: its ledger and ways in go on in the copy that is put back."""

    vault_key: bytes = field(repr=False)
    opened_with: SlotKind = SlotKind.RECOVERY


def keep_key(vault: Vault) -> KeptKey:
    """Return what lets a restore over this vault, closed meanwhile, do without words."""
    return KeptKey(vault.key, vault.opened_with)


@dataclass(frozen=True, slots=True)
class Standing:
    """The vault that stood in the folder, open where a secret fits; `fits` also where its database is too damaged."""

    key_file: KeyFile | None = None
    vault: Vault | None = None
    fits: bool = False


def secrets_of(
    key_file: KeyFile,
    kept: KeptKey | None,
    words: str | Sequence[str] | None,
    passphrase: str | None,
    keychain: KeychainSource,
) -> Iterator[Callable[[], bytes]]:
    """Yield the ways to the key of the vault that stands here: the one kept, else words or passphrase."""
    if key_file.practice:
        yield lambda: ways_in.open_practice(key_file).vault_key
    if kept is not None:
        yield lambda: kept.vault_key
    if words is not None:
        yield lambda: ways_in.open_with_words(key_file, words).vault_key
    if passphrase is not None:
        yield lambda: ways_in.open_on_this_laptop(key_file, passphrase, keychain).vault_key


def open_standing(
    stands: tuple[Path, KeyFile] | None,
    secrets: Iterable[Callable[[], bytes]],
    entry: Entry | None,
    lock: OsLock,
) -> Standing:
    """Open the vault that stands here with whatever was given; the key of the backup itself may still fit too."""
    if stands is None:
        return Standing()
    generation, key_file = stands
    found = [] if entry is None else [entry.vault_key]
    fits = False
    for secret in secrets:
        with contextlib.suppress(VaultError, KeyringError):
            found.append(secret())
            fits = True
    for key in found:
        with contextlib.suppress(VaultError):
            former = Vault.open(generation, key, key_file=key_file, opened_with=SlotKind.RECOVERY, lock=lock)
            return Standing(key_file, former, fits=True)
    return Standing(key_file, None, fits)


def refuse_older_words(standing: Standing, header: Header) -> None:
    """Refuse to let replaced words open a vault again, in the place of one whose newer words were not given."""
    recovery = None if standing.key_file is None else standing.key_file.slot(SlotKind.RECOVERY)
    if recovery is not None and not standing.fits and recovery.id != header.slot.id:
        raise VaultError(NEWER_WORDS)
