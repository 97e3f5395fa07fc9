"""Derives keys (HKDF, Argon2id) and wraps the vault key in slots; knows no file, no keyring and no database."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vpdesk.domain.errors import KeyringEntryError, VaultDamagedError, VaultError, WrongSecretError
from vpdesk.store import sealing

if TYPE_CHECKING:
    from collections.abc import Callable

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = KEY_BYTES + 16
WORDS_SECRET_BYTES: Final = 20
PRACTICE_PHRASE: Final = "oefenkluis"

MAX_MEMORY_KIB: Final = 256 * 1024  # what vpdesk itself takes at most; beside it the process stays under 512 MB
MAX_ITERATIONS: Final = 10
MAX_LANES: Final = 16
MIN_KIB_PER_LANE: Final = 8

WRONG_PASSPHRASE: Final = "Deze wachtzin past niet. Let op hoofdletters en spaties."  # noqa: S105 - a sentence
WRONG_WORDS: Final = (
    "Deze herstelwoorden openen deze kluis niet. Er is niets veranderd. "
    "Kijk of u de woorden van deze kluis voor u hebt."
)
WRONG_SHEETS: Final = (
    "Deze twee noodbladen openen deze kluis niet. Er is niets veranderd. "
    "Kijk of het de beide bladen van deze kluis zijn, en de nieuwste."
)
SEAL_BROKEN: Final = (
    "Het sleutelbestand van deze kluis is veranderd of beschadigd. vpdesk heeft niets veranderd. "
    "Zet de nieuwste reservekopie terug; daarvoor hebt u de 16 herstelwoorden nodig."
)
_BY_WORDS: Final = " Uw kluis is er nog en is veilig. Open haar met uw 16 herstelwoorden; daarna kiest u hier opnieuw."
ENTRY_MISSING: Final = "In de sleutelbos van deze laptop ontbreekt het geheim van uw kluis." + _BY_WORDS
ENTRY_OTHER: Final = "In de sleutelbos van deze laptop staat een ander geheim dan dat van uw kluis." + _BY_WORDS
NO_MEMORY: Final = (
    "Er is te weinig geheugen vrij om de wachtzin na te rekenen. Er is niets veranderd. "
    "Sluit andere programma's en probeer het opnieuw."
)


class SlotKind(StrEnum):
    """What opens a slot."""

    DAILY = "daily"
    RECOVERY = "recovery"
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind of slot, not a secret
    EMERGENCY = "emergency"
    PRACTICE = "practice"


TOO_MUCH: Final = (
    "Het sleutelbestand vraagt om een berekening die deze laptop niet aankan of die niets waard is. "
    "vpdesk doet dat niet en heeft niets veranderd. Zet een reservekopie terug."
)


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """Argon2id parameters; what a file asks beyond the caps is refused before any memory is taken."""

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        if not (
            1 <= self.lanes <= MAX_LANES
            and MIN_KIB_PER_LANE * self.lanes <= self.memory_kib <= MAX_MEMORY_KIB
            and 1 <= self.iterations <= MAX_ITERATIONS
        ):
            raise VaultDamagedError(TOO_MUCH)


STANDARD: Final = KdfParameters(memory_kib=256 * 1024, iterations=3, lanes=4)
FRUGAL: Final = KdfParameters(memory_kib=64 * 1024, iterations=3, lanes=4)
PRACTICE: Final = KdfParameters(memory_kib=8, iterations=1, lanes=1)

_WITH_KDF: Final = frozenset({SlotKind.DAILY, SlotKind.PASSPHRASE, SlotKind.PRACTICE})
_WITH_DEVICE: Final = frozenset({SlotKind.DAILY, SlotKind.KEYRING})
LONGEST_NAME: Final = 64


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the vault key.

    `wrapped` (48 bytes, AES-256-GCM under what opens the slot) holds a secret of the slot's own; `sealed` (80 bytes)
    gives the vault key to whoever has that secret, and can be made anew with `recipient` (32 bytes) alone. In a slot of
    vpdesk 0.1 both are absent and `wrapped` holds the vault key itself. `kdf` is there exactly for slots with a
    passphrase, `device_check` (32 bytes) exactly for those with a device secret; `keyring` names what keeps that.
    """

    id: str
    kind: SlotKind
    salt: bytes
    nonce: bytes
    wrapped: bytes
    kdf: KdfParameters | None = None
    device_check: bytes | None = None
    recipient: bytes | None = None
    sealed: bytes | None = None
    keyring: str = ""

    def __post_init__(self) -> None:
        fits = (
            len(self.salt) == SALT_BYTES
            and len(self.nonce) == NONCE_BYTES
            and len(self.wrapped) == WRAPPED_BYTES
            and (self.kdf is not None) == (self.kind in _WITH_KDF)
            and (self.device_check is not None) == (self.kind in _WITH_DEVICE)
            and (self.device_check is None or len(self.device_check) == KEY_BYTES)
            and (self.recipient is None) == (self.sealed is None)
            and (self.recipient is None or len(self.recipient) == sealing.RECIPIENT_BYTES)
            and (self.sealed is None or len(self.sealed) == sealing.SEALED_BYTES)
            and (not self.keyring or (self.kind in _WITH_DEVICE and len(self.keyring) <= LONGEST_NAME))
        )
        if not fits:
            raise VaultDamagedError(
                "Een sleutel in het sleutelbestand heeft niet de juiste vorm. Er is niets veranderd. "
                "Zet een reservekopie terug."
            )
        if self.kind is SlotKind.PRACTICE and self.kdf != PRACTICE:  # opened by whoever looks at it, without a secret
            raise VaultDamagedError(TOO_MUCH)

    def knows_device(self, device_secret: bytes) -> bool:
        """Return whether this is the device secret with which the slot was made."""
        return self.device_check is not None and hmac.compare_digest(
            self.device_check, device_check(self.id, device_secret)
        )


def new_key() -> bytes:
    """Return 32 random bytes: a vault key or a device secret."""
    return secrets.token_bytes(KEY_BYTES)


def derive(key: bytes, label: str, *, salt: bytes = b"") -> bytes:
    """Return 32 bytes for one purpose: HKDF-SHA256 of the key, with the purpose as its info (RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt or None, b"vpdesk 1 " + label.encode()).derive(key)


def device_check(slot_id: str, device_secret: bytes) -> bytes:
    """Return SHA-256(label, slot id, device secret), which tells a wrong passphrase from a changed keyring."""
    return hashlib.sha256(b"vpdesk 1 device check" + slot_id.encode() + device_secret).digest()


def stretch(passphrase: str, salt: bytes, kdf: KdfParameters) -> bytes:
    """Return 32 bytes of Argon2id over the passphrase in Unicode form NFC; MemoryError where it does not fit."""
    secret = unicodedata.normalize("NFC", passphrase).encode()
    argon = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=kdf.iterations, lanes=kdf.lanes, memory_cost=kdf.memory_kib
    )
    return argon.derive(secret)


def _associated(vault_id: str, slot: Slot) -> bytes:
    kdf = slot.kdf
    common = [
        vault_id,
        slot.id,
        slot.kind.value,
        slot.salt.hex(),
        None if kdf is None else [kdf.memory_kib, kdf.iterations, kdf.lanes],
        None if slot.device_check is None else slot.device_check.hex(),
    ]
    if slot.recipient is None:
        return json.dumps(["vpdesk slot 1", *common], separators=(",", ":")).encode()
    return json.dumps(["vpdesk slot 2", *common, slot.recipient.hex(), slot.keyring], separators=(",", ":")).encode()


def _about(vault_id: str, slot: Slot) -> bytes:
    return json.dumps(["vpdesk seal 2", vault_id, slot.id, slot.kind.value], separators=(",", ":")).encode()


def _wrapped(slot: Slot, *, vault_id: str, opener: bytes, vault_key: bytes) -> Slot:
    secret, recipient = sealing.new_pair()
    sealed = sealing.seal(recipient, vault_key, _about(vault_id, slot))
    slot = replace(slot, recipient=recipient, sealed=sealed, nonce=secrets.token_bytes(NONCE_BYTES))
    return replace(slot, wrapped=AESGCM(opener).encrypt(slot.nonce, secret, _associated(vault_id, slot)))


def resealed(slot: Slot, vault_id: str, vault_key: bytes) -> Slot:
    """Return the slot with another vault key in it; what opens it stays the same and need not be known.

    The caller vouches for `recipient`: whoever could write the key file could have put another one there. ValueError
    for a slot of vpdesk 0.1, which has none; VaultDamagedError for a recipient that can't be one.
    """
    if slot.recipient is None:
        raise ValueError(slot.kind)
    try:
        return replace(slot, sealed=sealing.seal(slot.recipient, vault_key, _about(vault_id, slot)))
    except ValueError:  # a point of small order, which nobody can have been given
        raise VaultDamagedError(SEAL_BROKEN) from None


def upgraded(slot: Slot, vault_id: str, *, opener: bytes, vault_key: bytes) -> Slot:
    """Return a slot of vpdesk 0.1 with a secret of its own, opened by the same `opener`."""
    return _wrapped(slot, vault_id=vault_id, opener=opener, vault_key=vault_key)


def _blank(
    kind: SlotKind, kdf: KdfParameters | None = None, device_secret: bytes | None = None, keyring: str = ""
) -> Slot:
    slot_id = secrets.token_hex(8)
    return Slot(
        id=slot_id,
        kind=kind,
        salt=secrets.token_bytes(SALT_BYTES),
        nonce=bytes(NONCE_BYTES),
        wrapped=bytes(WRAPPED_BYTES),
        kdf=kdf,
        device_check=None if device_secret is None else device_check(slot_id, device_secret),
        keyring=keyring[:LONGEST_NAME],
    )


def _stretched(make: Callable[[KdfParameters], Slot], passphrase: str, kdf: KdfParameters) -> tuple[Slot, bytes]:
    """Return a blank slot and the stretched passphrase, with less memory where the first choice does not fit."""
    for parameters in (kdf, FRUGAL) if kdf.memory_kib > FRUGAL.memory_kib else (kdf,):
        slot = make(parameters)
        try:
            return slot, stretch(passphrase, slot.salt, parameters)
        except MemoryError:
            continue
    raise VaultError(NO_MEMORY)


def daily_slot(
    vault_id: str, vault_key: bytes, *, passphrase: str, device_secret: bytes, kdf: KdfParameters, keyring: str = ""
) -> Slot:
    """Give a way in to the device secret and the passphrase together; `keyring` names what keeps the first."""
    slot, stretched = _stretched(lambda p: _blank(SlotKind.DAILY, p, device_secret, keyring), passphrase, kdf)
    return _wrapped(slot, vault_id=vault_id, opener=_daily(slot, device_secret, stretched), vault_key=vault_key)


def _daily(slot: Slot, device_secret: bytes, stretched: bytes) -> bytes:
    return derive(device_secret + stretched, "slot daily", salt=slot.salt)


def keyring_slot(vault_id: str, vault_key: bytes, *, device_secret: bytes, keyring: str = "") -> Slot:
    """Give a way in to the device secret alone: whoever may use this laptop's keyring opens the vault."""
    slot = _blank(SlotKind.KEYRING, device_secret=device_secret, keyring=keyring)
    opener = derive(device_secret, "slot keyring", salt=slot.salt)
    return _wrapped(slot, vault_id=vault_id, opener=opener, vault_key=vault_key)


def passphrase_slot(vault_id: str, vault_key: bytes, *, passphrase: str, kdf: KdfParameters) -> Slot:
    """Give a way in to a passphrase alone, for a system without a keyring."""
    slot, stretched = _stretched(lambda p: _blank(SlotKind.PASSPHRASE, p), passphrase, kdf)
    opener = derive(stretched, "slot passphrase", salt=slot.salt)
    return _wrapped(slot, vault_id=vault_id, opener=opener, vault_key=vault_key)


def practice_slot(vault_id: str, vault_key: bytes) -> Slot:
    """Give a way in to the phrase of a practice vault, which everybody may know."""
    slot, stretched = _stretched(lambda p: _blank(SlotKind.PRACTICE, p), PRACTICE_PHRASE, PRACTICE)
    opener = derive(stretched, "slot practice", salt=slot.salt)
    return _wrapped(slot, vault_id=vault_id, opener=opener, vault_key=vault_key)


def recovery_slot(vault_id: str, vault_key: bytes, words_secret: bytes) -> Slot:
    """Give a way in to the 160-bit secret of the words, which is strong enough without stretching."""
    slot = _blank(SlotKind.RECOVERY)
    opener = derive(words_secret, "slot recovery", salt=slot.salt)
    return _wrapped(slot, vault_id=vault_id, opener=opener, vault_key=vault_key)


def emergency_slot(vault_id: str, vault_key: bytes, halves: tuple[bytes, bytes]) -> Slot:
    """Give a way in to two secrets of 160 bits together; one alone tells nothing at all about the other."""
    slot = _blank(SlotKind.EMERGENCY)
    return _wrapped(slot, vault_id=vault_id, opener=_emergency(slot, halves), vault_key=vault_key)


def _emergency(slot: Slot, halves: tuple[bytes, bytes]) -> bytes:
    return derive(halves[0] + halves[1], "slot emergency", salt=slot.salt)


@dataclass(frozen=True, slots=True)
class Entry:
    """What opening a slot gave: the vault key, and what opened the slot, to bring a slot of vpdesk 0.1 up to date."""

    slot: Slot
    vault_key: bytes = field(repr=False)
    opener: bytes = field(repr=False)


def _open(slot: Slot, vault_id: str, opener: bytes, sentence: str) -> Entry:
    try:
        secret = AESGCM(opener).decrypt(slot.nonce, slot.wrapped, _associated(vault_id, slot))
    except InvalidTag:
        raise WrongSecretError(sentence) from None
    if slot.sealed is None:
        return Entry(slot, secret, opener)
    try:
        return Entry(slot, sealing.unseal(secret, slot.sealed, _about(vault_id, slot)), opener)
    except InvalidTag:
        raise VaultDamagedError(SEAL_BROKEN) from None


def _stretch_to_open(slot: Slot, passphrase: str) -> bytes:
    if slot.kdf is None:
        raise ValueError(slot.kind)
    try:
        return stretch(passphrase, slot.salt, slot.kdf)
    except MemoryError:
        raise VaultError(NO_MEMORY) from None


def _refuse_other_device(slot: Slot, device_secret: bytes | None) -> bytes:
    if device_secret is None:
        raise KeyringEntryError(ENTRY_MISSING)
    if not slot.knows_device(device_secret):
        raise KeyringEntryError(ENTRY_OTHER)
    return device_secret


def open_daily(slot: Slot, vault_id: str, *, passphrase: str, device_secret: bytes | None) -> Entry:
    """Open the slot of this laptop and a passphrase.

    Raises:
        KeyringEntryError: the keyring has no entry, or another one than this slot was made with.
        WrongSecretError: the passphrase does not fit.
    """
    secret = _refuse_other_device(slot, device_secret)
    return _open(slot, vault_id, _daily(slot, secret, _stretch_to_open(slot, passphrase)), WRONG_PASSPHRASE)


def open_keyring(slot: Slot, vault_id: str, *, device_secret: bytes | None) -> Entry:
    """Open the slot of this laptop alone; KeyringEntryError as for the daily slot, VaultDamagedError when changed."""
    secret = _refuse_other_device(slot, device_secret)
    try:
        return _open(slot, vault_id, derive(secret, "slot keyring", salt=slot.salt), SEAL_BROKEN)
    except WrongSecretError as error:  # this is the secret, so the slot was changed
        raise VaultDamagedError(error.sentence) from None


def open_passphrase(slot: Slot, vault_id: str, *, passphrase: str) -> Entry:
    """Open the slot of a passphrase; WrongSecretError when it does not fit."""
    stretched = _stretch_to_open(slot, passphrase)
    return _open(slot, vault_id, derive(stretched, "slot passphrase", salt=slot.salt), WRONG_PASSPHRASE)


def open_practice(slot: Slot, vault_id: str) -> Entry:
    """Open the slot of a practice vault; VaultDamagedError when it was changed."""
    stretched = _stretch_to_open(slot, PRACTICE_PHRASE)
    try:
        return _open(slot, vault_id, derive(stretched, "slot practice", salt=slot.salt), WRONG_PASSPHRASE)
    except VaultError:
        raise VaultDamagedError(
            "Het sleutelbestand van deze oefenkluis is beschadigd. Er is niets veranderd. Maak een nieuwe oefenkluis."
        ) from None


def open_recovery(slot: Slot, vault_id: str, words_secret: bytes) -> Entry:
    """Open the slot of the words; WrongSecretError when these are not its words."""
    return _open(slot, vault_id, derive(words_secret, "slot recovery", salt=slot.salt), WRONG_WORDS)


def open_emergency(slot: Slot, vault_id: str, halves: tuple[bytes, bytes]) -> Entry:
    """Open the slot of the two sheets, in whichever order they were given; WrongSecretError when they do not fit."""
    for pair in (halves, (halves[1], halves[0])):
        with contextlib.suppress(WrongSecretError):
            return _open(slot, vault_id, _emergency(slot, pair), WRONG_SHEETS)
    raise WrongSecretError(WRONG_SHEETS)
