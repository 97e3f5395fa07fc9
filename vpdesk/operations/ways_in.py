"""The ways into a vault: from words, passphrase and keyring to the vault key, and the slots that make such a way."""

from __future__ import annotations

import base64
import binascii
import contextlib
import errno
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import (
    InvalidValueError,
    KeyringAbsentError,
    KeyringEntryError,
    KeyringError,
    VaultDamagedError,
    VaultError,
    WrongSecretError,
)
from vpdesk.store import keyfile, keys
from vpdesk.store.keychain import Keychain, KeychainSource, SystemKeychain, resolved
from vpdesk.store.keys import KdfParameters, SlotKind
from vpdesk.store.words import decode_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vpdesk.store.keyfile import KeyFile
    from vpdesk.store.vault import Vault

SHORTEST_DAILY: Final = 8
SHORTEST_ALONE: Final = 20
FEWEST_WORDS_ALONE: Final = 6
COUNTER: Final = ":stand"

BY_PASSPHRASE: Final = frozenset({SlotKind.DAILY, SlotKind.PASSPHRASE})
NO_ROOM: Final = "De schijf is vol. Er is niets veranderd. Maak ruimte vrij en probeer het opnieuw."
NOT_WRITABLE: Final = (
    "vpdesk kan niet schrijven in de map {}. Er is niets veranderd. Kies een andere map of kijk of deze van u is."
)
OLDER: Final = (
    "Deze kluis is ouder dan de kluis die op deze laptop het laatst open was. Misschien is er een oude kopie op haar "
    "plaats gezet. Kijk of uw laatste gesprekken erin staan; zo niet, zet de nieuwste reservekopie terug."
)
WORDS_ONLY: Final = (
    "Op deze laptop gaat deze kluis nog alleen open met de 16 herstelwoorden. Er is niets veranderd. "
    "Open haar daarmee; daarna kiest u hier een wachtzin."
)


def system_keychain() -> Keychain:
    """Return the keyring of this system; nothing is loaded or started before the first question."""
    return SystemKeychain()


def keyring_is_offered(keychain: KeychainSource) -> bool:
    """Return whether the system offers a keyring; raises KeyringError when there is one that can't be used."""
    return slot_kind(keychain) is SlotKind.DAILY


def check_passphrase(passphrase: str, kind: SlotKind) -> None:
    """Refuse a passphrase that is too weak for what it has to hold; InvalidValueError says what is needed."""
    letters = "".join(passphrase.split())
    if kind is SlotKind.DAILY and (len(passphrase) < SHORTEST_DAILY or not letters):
        raise InvalidValueError(
            f"Een wachtzin heeft minstens {SHORTEST_DAILY} tekens. Er is niets veranderd. Kies een langere zin."
        )
    alone_enough = len(letters) >= SHORTEST_ALONE or len(passphrase.split()) >= FEWEST_WORDS_ALONE
    if kind is SlotKind.PASSPHRASE and not alone_enough:
        raise InvalidValueError(
            "Deze laptop heeft geen sleutelbos, dus moet de wachtzin de kluis alleen beschermen. Neem minstens "
            f"{FEWEST_WORDS_ALONE} woorden of {SHORTEST_ALONE} tekens. Er is niets veranderd."
        )


@contextlib.contextmanager
def disk_sentences(folder: Path) -> Iterator[None]:
    """Turn a full or unwritable disk into its sentence."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise VaultError(NO_ROOM if full else NOT_WRITABLE.format(folder)) from error


def slot_kind(keychain: KeychainSource) -> SlotKind:
    """Return the daily slot, or the passphrase-only slot where the system offers no keyring at all.

    Raises:
        KeyringRefusedError, KeyringLockedError: there is a keyring that can't be used (now); that is never skipped.
    """
    try:
        resolved(keychain).backend_name()
    except KeyringAbsentError:
        return SlotKind.PASSPHRASE
    return SlotKind.DAILY


def device_secret(keychain: Keychain, vault_id: str) -> bytes | None:
    """Return the secret of this laptop for a vault, None when the entry is missing or can't be one of vpdesk's."""
    entry = keychain.get(vault_id)
    try:
        return None if entry is None else base64.b64decode(entry, validate=True)
    except (binascii.Error, ValueError):
        return None


def new_slot(
    kind: SlotKind, vault_id: str, vault_key: bytes, *, passphrase: str, secret: bytes, kdf: KdfParameters
) -> keys.Slot:
    """Return the slot of a passphrase, with the device secret where there is a keyring."""
    if kind is SlotKind.DAILY:
        return keys.daily_slot(vault_id, vault_key, passphrase=passphrase, device_secret=secret, kdf=kdf)
    return keys.passphrase_slot(vault_id, vault_key, passphrase=passphrase, kdf=kdf)


def open_practice(key_file: KeyFile) -> tuple[bytes, SlotKind]:
    """Return the vault key of a practice vault."""
    slot = key_file.slot(SlotKind.PRACTICE)
    if slot is None:
        raise VaultDamagedError(keyfile.DAMAGED)
    return keys.open_practice(slot, key_file.vault_id), SlotKind.PRACTICE


def open_with_words(key_file: KeyFile, words: str | Sequence[str]) -> tuple[bytes, SlotKind]:
    """Return the vault key; raises WordsMistypedError or WrongSecretError."""
    secret = decode_words(words)
    slot = key_file.slot(SlotKind.RECOVERY)
    if slot is None:
        raise WrongSecretError(keys.WRONG_WORDS)
    return keys.open_recovery(slot, key_file.vault_id, secret), SlotKind.RECOVERY


def open_with_passphrase(key_file: KeyFile, passphrase: str, keychain: KeychainSource) -> tuple[bytes, SlotKind]:
    """Return the vault key; raises WrongSecretError or KeyringError. Without a daily slot no keyring is touched."""
    daily, alone = key_file.slot(SlotKind.DAILY), key_file.slot(SlotKind.PASSPHRASE)
    if daily is not None:
        secret = device_secret(resolved(keychain), key_file.vault_id)
        key = keys.open_daily(daily, key_file.vault_id, passphrase=passphrase, device_secret=secret)
        return key, SlotKind.DAILY
    if alone is not None:
        return keys.open_passphrase(alone, key_file.vault_id, passphrase=passphrase), SlotKind.PASSPHRASE
    raise KeyringEntryError(WORDS_ONLY)


def recognise_older(vault: Vault, keychain: Keychain) -> None:
    """Warn when the keyring saw this vault further on than it is now."""
    with contextlib.suppress(KeyringError, ValueError):
        seen = int(keychain.get(vault.id + COUNTER) or "0")
        if seen > vault.revision:
            vault.warnings += (OLDER,)
    remember_revision(vault, keychain)


def remember_revision(vault: Vault, keychain: Keychain) -> None:
    """Have the keyring told how far the vault is, when it closes after a change."""
    opened_at = vault.revision

    def tell(revision: int) -> None:
        if revision != opened_at and OLDER not in vault.warnings:
            with contextlib.suppress(KeyringError):
                keychain.put(vault.id + COUNTER, str(revision))

    vault.on_close(tell)


def enrol(
    vault: Vault, *, passphrase: str, keychain: Keychain, kdf: KdfParameters, former: keys.Slot | None
) -> SlotKind:
    """Give a vault the slot of a passphrase; a device secret with which `former` was made is used again.

    So an interruption between keyring and key file leaves the earlier way in open.
    """
    kind = slot_kind(keychain)
    check_passphrase(passphrase, kind)
    secret = device_secret(keychain, vault.id) if kind is SlotKind.DAILY else None
    if kind is SlotKind.DAILY and (former is None or secret is None or not former.knows_device(secret)):
        secret = keys.new_key()
        keychain.put(vault.id, base64.b64encode(secret).decode())
    with disk_sentences(vault.folder):
        vault.with_slot(
            lambda vault_id, key: new_slot(kind, vault_id, key, passphrase=passphrase, secret=secret or b"", kdf=kdf),
            instead_of=BY_PASSPHRASE,
        )
    if kind is SlotKind.DAILY:
        keychain.put(vault.id + COUNTER, str(vault.revision))
        remember_revision(vault, keychain)
    return kind
