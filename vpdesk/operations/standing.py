"""The vault that stands where a backup is put back: opened for its ledger and ways in, in whatever state it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import KeyringError, VaultError, VaultTooNewError
from vpdesk.operations import ways_in
from vpdesk.store.keys import SlotKind
from vpdesk.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from vpdesk.store.container import Header
    from vpdesk.store.keychain import KeychainSource
    from vpdesk.store.keyfile import KeyFile
    from vpdesk.store.oslock import OsLock

OTHER_WORDS: Final = "De kluis in deze map heeft {} herstelwoorden dan deze kopie. Er is niets veranderd. {}"
_GIVE_PHRASE: Final = "Geef uw wachtzin van nu erbij, of zet de kopie terug in een andere map."
ANOTHER_COUNTS: Final = (
    "In deze map telt nu een andere kluis dan die zojuist open was: een wijziging of terugzetting ging toch in. Er is "
    "niets veranderd. Sluit vpdesk af, open de kluis opnieuw en kijk of terugzetten nog nodig is."
)
_ELSEWHERE: Final = "Zet de kopie terug in een andere map."


@dataclass(frozen=True, slots=True)
class KeptKey:
    """The key of a vault that was open a moment ago: its ledger and ways in go on in the copy that is put back.

    `generation` is the name of what was open, where that is known: the key fits no other.
    """

    vault_key: bytes = field(repr=False)
    opened_with: SlotKind = SlotKind.RECOVERY
    generation: str = ""


def keep_key(vault: Vault) -> KeptKey:
    """Return what lets a restore over this vault, closed meanwhile, do without words.

    Raises VaultError where the vault is held: whether this key fits what counts, is known at the next opening.
    """
    vault.refuse_held()
    return KeptKey(vault.key, vault.opened_with, vault.generation.name)


def refuse_another(stands: tuple[Path, KeyFile] | None, kept: KeptKey | None) -> None:
    """Refuse to go on with the key of what was open where another generation counts now, as after a disk error."""
    if stands is not None and kept is not None and kept.generation not in {"", stands[0].name}:
        raise VaultError(ANOTHER_COUNTS)


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
    """Yield the ways to the key of the vault that stands here: the one kept, else words, passphrase or keyring."""
    if key_file.practice:
        yield lambda: ways_in.open_practice(key_file).vault_key
    if kept is not None:
        yield lambda: kept.vault_key
    if words is not None:
        yield lambda: ways_in.open_with_words(key_file, words).vault_key
    if passphrase is not None or key_file.slot(SlotKind.KEYRING) is not None:
        yield lambda: ways_in.open_on_this_laptop(key_file, passphrase, keychain).vault_key


def open_standing(
    stands: tuple[Path, KeyFile] | None,
    lock: OsLock,
    *,
    known: Iterable[bytes] = (),
    secrets: Iterable[Callable[[], bytes]] = (),
) -> Standing:
    """Open the vault that stands here with a key that is `known` from the backup, else with whatever was given."""
    if stands is None:
        return Standing()
    fits = False
    for key in known:
        if (former := _opened(stands, key, lock)) is not None:
            return Standing(stands[1], former, fits=True)
    for secret in secrets:
        try:
            key = secret()
        except (VaultError, KeyringError):
            continue
        fits = True
        if (former := _opened(stands, key, lock)) is not None:
            return Standing(stands[1], former, fits=True)
    return Standing(stands[1], None, fits)


def _opened(stands: tuple[Path, KeyFile], key: bytes, lock: OsLock) -> Vault | None:
    """Return the vault, None where this is not its key or it is damaged; one of a later vpdesk is left to that."""
    generation, key_file = stands
    try:
        return Vault.open(generation, key, key_file=key_file, opened_with=SlotKind.RECOVERY, lock=lock)
    except VaultTooNewError:
        raise
    except VaultError:
        return None


def refuse_other_words(standing: Standing, header: Header, *, withdrawn: Container[str]) -> None:
    """Refuse to replace a vault that did not open and has other words: they may be newer than those of the backup.

    They are not where the vault in the backup knows them as `withdrawn`; what the other vault knows is then still to be
    brought along.
    """
    key_file = standing.key_file
    recovery = None if key_file is None else key_file.slot(SlotKind.RECOVERY)
    if key_file is None or recovery is None or standing.fits or recovery.id == header.slot.id:
        return
    which = "andere" if recovery.id in withdrawn else "andere, misschien nieuwere"
    with_phrase = any(key_file.slot(kind) is not None for kind in (SlotKind.DAILY, SlotKind.PASSPHRASE))
    raise VaultError(OTHER_WORDS.format(which, _GIVE_PHRASE if with_phrase else _ELSEWHERE))
