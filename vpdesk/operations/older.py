"""Whether an older vault was put in the place of this one: the keyring knows how far it was when it last closed."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import KeyringError, VaultError
from vpdesk.store.keychain import Keychain, KeychainSource, resolved

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

OLDER: Final = (
    "Deze kluis is ouder dan de kluis die op deze laptop het laatst open was. Misschien is er een oude kopie op haar "
    "plaats gezet. Kijk of uw laatste gesprekken erin staan; zo niet, zet de nieuwste reservekopie terug."
)
PUT_BACK: Final = "put_back"
"""The setting of a vault that the user put back over one whose changes could not be counted: older, and rightly so."""

NOTICED: Final = "older_noticed"
"""The setting of a vault that was noticed to be older. Work in it soon counts further than the keyring saw, so the
warning stays with it until a copy is put back, the newer vault stands here again, or its owner misses nothing."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a vault was when it opened, and under which entry the keyring knows that of earlier times."""

    entry: str
    revision: int


def counter_entry(vault: Vault) -> str:
    """Return the entry that holds how far a vault was in this folder; the same vault in another folder has its own."""
    folder = hashlib.sha256(str(vault.folder.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    return f"{vault.id}.{folder}:stand"


def recognise_older(vault: Vault, keychain: Keychain) -> None:
    """Warn when the keyring saw this vault further on than it was when it opened; from now on the keyring is told."""
    stand = stand_at_opening(vault)
    with contextlib.suppress(KeyringError):
        if stand is not None:
            note_older(vault, further=_seen(stand, keychain) > stand.revision)
        elif vault.settings.get(PUT_BACK) and not vault.read_only:
            _count_anew(vault, keychain)
    remember_revision(vault, keychain)


def stand_at_opening(vault: Vault) -> Stand | None:
    """Return what the keyring is to be asked of an open vault; None where that tells nothing or was told already."""
    if vault.practice or OLDER in vault.warnings or vault.settings.get(PUT_BACK):
        return None
    return Stand(counter_entry(vault), vault.counted_at)


def seen_further(stand: Stand, keychain: KeychainSource) -> bool:
    """Return whether the keyring saw the vault further on; False where it can't say without asking anybody."""
    with contextlib.suppress(KeyringError):
        chain = resolved(keychain)
        return chain.unlocked() and _seen(stand, chain) > stand.revision
    return False


def note_older(vault: Vault, *, further: bool) -> str:
    """Have the vault carry the warning from now on where it was seen `further` on; returns it where it carries it."""
    if further and OLDER not in vault.warnings:
        vault.warnings += (OLDER,)
        if not vault.read_only:
            with contextlib.suppress(VaultError), vault.transaction():  # no room for it: the keyring knows it still
                vault.settings.put(NOTICED, "1")
    return OLDER if OLDER in vault.warnings else ""


def recall_older(vault: Vault) -> None:
    """Have the vault carry the warning where an earlier opening noticed it, however it is opened now."""
    if vault.settings.get(NOTICED):
        vault.warnings += (OLDER,)


def miss_nothing(vault: Vault) -> None:
    """Let a vault that is older than one of before count from now on: its owner looked, and nothing is missing.

    Raises VaultError where the vault takes no writes.
    """
    with vault.transaction():
        vault.settings.drop(NOTICED)
        vault.settings.put(PUT_BACK, "1")
    vault.warnings = tuple(warning for warning in vault.warnings if warning != OLDER)


def look_after_words(vault: Vault, keychain: KeychainSource) -> None:
    """Have the vault carry the warning after an opening that asked the keyring nothing, as far as that can say so."""
    if (stand := stand_at_opening(vault)) is not None:
        note_older(vault, further=seen_further(stand, keychain))


def remember_revision(vault: Vault, keychain: Keychain) -> None:
    """Have the keyring told how far the vault is, when it closes after a change."""
    vault.on_close(lambda: count(vault, keychain))


def count(vault: Vault, keychain: Keychain) -> None:
    """Tell the keyring how far the vault is, unless it is an older one; where the keyring refuses, the next time."""
    if (revision := vault.revision) != vault.counted_at and OLDER not in vault.warnings:
        with contextlib.suppress(KeyringError):
            keychain.put(counter_entry(vault), str(revision))
            vault.counted_at = revision


def _count_anew(vault: Vault, keychain: Keychain) -> None:
    keychain.put(counter_entry(vault), str(vault.revision + 1))
    with contextlib.suppress(VaultError), vault.transaction():  # no room for it: the next opening counts anew
        vault.settings.drop(PUT_BACK)


def _seen(stand: Stand, keychain: Keychain) -> int:
    said = keychain.get(stand.entry) or "0"
    return int(said) if said.isdecimal() else 0
