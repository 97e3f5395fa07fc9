"""The ways into a vault: from words, sheets, passphrase and keyring to the vault key."""

from __future__ import annotations

import base64
import binascii
import contextlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import (
    InvalidValueError,
    KeyringAbsentError,
    KeyringEntryError,
    VaultDamagedError,
    VaultError,
    WordsMistypedError,
    WrongSecretError,
)
from vpdesk.domain.wording import moment
from vpdesk.store import generations, keyfile, keys
from vpdesk.store.keychain import Keychain, KeychainSource, SystemKeychain, resolved
from vpdesk.store.keys import Entry, Slot, SlotKind
from vpdesk.store.words import decode_words, encode_secret, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vpdesk.store.keyfile import KeyFile
    from vpdesk.store.vault import Vault

SHORTEST_DAILY: Final = 8
SHORTEST_ALONE: Final = 20
FEWEST_WORDS_ALONE: Final = 6
ALONE: Final = ":sleutel"
"""Where the first device secret of a keyring-only slot stands: apart, since that secret alone opens the vault."""

OTHER_KEYRING: Final = (
    "Deze laptop gebruikt nu een andere sleutelbos ({now}) dan die waarin het geheim van uw kluis ligt ({then}). "
    "Uw kluis is veilig. Zet de eerdere sleutelbos weer aan, of open de kluis met uw 16 herstelwoorden."
)
NOT_RUNNING: Final = (
    "De sleutelbos waarin het geheim van uw kluis ligt ({}), is er nu niet. Uw kluis is veilig. "
    "Meld u op de laptop af en weer aan en probeer het opnieuw, of open de kluis met uw 16 herstelwoorden."
)
ANNOUNCED: Final = (
    "Deze kluis is {} geopend met de twee noodbladen. Weet u daar niet van, maak dan op de pagina Kluis nieuwe bladen."
)
CHECK_EVERY: Final = timedelta(days=365)
KEY_FILE_CHANGED: Final = (
    "Het sleutelbestand was niet zoals uw kluis het kent, en is hersteld. Uw herstelwoorden en uw wachtzin gelden. "
    "Heeft misschien iemand anders het veranderd, maak dan op de pagina Kluis nieuwe woorden."
)
NOTHING_GIVEN: Final = "Deze kluis gaat open met uw wachtzin of met uw 16 herstelwoorden. Geef een van beide."
NO_SHEETS: Final = (
    "Voor deze kluis zijn geen noodbladen gemaakt, of zij gelden niet meer. Er is niets veranderd. "
    "Open haar met de wachtzin of met de 16 herstelwoorden."
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
            "Er is hier geen sleutelbos die meehelpt, dus moet de wachtzin de kluis alleen beschermen. Neem minstens "
            f"{FEWEST_WORDS_ALONE} woorden of {SHORTEST_ALONE} tekens. Er is niets veranderd."
        )


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


def device_secret(keychain: Keychain, vault_id: str, slot: Slot) -> bytes | None:
    """Return the secret of this laptop for a slot, or what stands in its place; None where there is no entry."""
    there = None
    for entry in (shared_entry(vault_id, slot.kind), own_entry(vault_id, slot)):
        secret = secret_in(keychain, entry)
        if secret is not None and slot.knows_device(secret):
            return secret
        there = secret if there is None else there
    return there


def secret_in(keychain: Keychain, entry: str) -> bytes | None:
    """Return the secret that an entry holds: None where there is none, empty for one that can't be it."""
    text = keychain.get(entry)
    try:
        return None if text is None else base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def keep_device_secret(keychain: Keychain, entry: str, secret: bytes) -> None:
    """Have the keyring keep the secret of this laptop."""
    keychain.put(entry, base64.b64encode(secret).decode())


def drop_device_secret(keychain: Keychain, vault_id: str, slot: Slot, *, successor: Slot | None) -> None:
    """Have the keyring let go of what a former slot was made with, unless its successor was too.

    What the slot does not know stays: the same vault in another folder may need it.
    """
    for entry in (shared_entry(vault_id, slot.kind), own_entry(vault_id, slot)):
        secret = secret_in(keychain, entry)
        if secret is None or not slot.knows_device(secret):
            continue
        if successor is None or not successor.knows_device(secret):
            keychain.drop(entry)


def shared_entry(vault_id: str, kind: SlotKind) -> str:
    """Return the entry of the first secret for a kind of slot, which the same vault in another folder looks in too."""
    return vault_id + (ALONE if kind is SlotKind.KEYRING else "")


def own_entry(vault_id: str, slot: Slot) -> str:
    """Return the entry that no other slot uses, for a secret that finds the shared one taken."""
    return f"{vault_id}:{slot.id}"


def open_practice(key_file: KeyFile) -> Entry:
    """Open a practice vault."""
    slot = key_file.slot(SlotKind.PRACTICE)
    if slot is None:
        raise VaultDamagedError(keyfile.DAMAGED)
    return keys.open_practice(slot, key_file.vault_id)


def open_with_words(key_file: KeyFile, words: str | Sequence[str]) -> Entry:
    """Open with the recovery words; raises WordsMistypedError or WrongSecretError."""
    secret = decode_words(words)
    slot = key_file.slot(SlotKind.RECOVERY)
    if slot is None:
        raise WrongSecretError(keys.WRONG_WORDS)
    return keys.open_recovery(slot, key_file.vault_id, secret)


def halves_of(sheets: Sequence[str | Sequence[str]]) -> tuple[bytes, bytes]:
    """Return the two secrets on the emergency sheets; WordsMistypedError says on which sheet the slip is."""
    halves = []
    for number, words in enumerate(sheets, start=1):
        try:
            halves.append(decode_words(words))
        except WordsMistypedError as error:
            raise WordsMistypedError(f"Noodblad {number}: {error.sentence}", error.position, sheet=number) from None
    return halves[0], halves[1]


def open_with_sheets(key_file: KeyFile, sheets: Sequence[str | Sequence[str]]) -> Entry:
    """Open with the words of both emergency sheets; raises WordsMistypedError or WrongSecretError."""
    slot = key_file.slot(SlotKind.EMERGENCY)
    if slot is None:
        raise WrongSecretError(NO_SHEETS)
    return keys.open_emergency(slot, key_file.vault_id, halves_of(sheets))


def open_on_this_laptop(key_file: KeyFile, passphrase: str | None, keychain: KeychainSource) -> Entry:
    """Open with the passphrase, or with the keyring alone where the user chose that.

    Without a slot that needs it no keyring is touched.

    Raises:
        WrongSecretError: the passphrase does not fit.
        KeyringError: the keyring is absent, refused, locked, changed, or has another entry than this vault's.
    """
    vault_id = key_file.vault_id
    by_keyring = key_file.slot(SlotKind.KEYRING)
    if by_keyring is not None:
        chain = resolved(keychain)
        with _told_apart(by_keyring, chain):
            secret = device_secret(chain, vault_id, by_keyring)
            return keys.open_keyring(by_keyring, vault_id, device_secret=secret)
    if passphrase is None:
        raise VaultError(NOTHING_GIVEN)
    daily, alone = key_file.slot(SlotKind.DAILY), key_file.slot(SlotKind.PASSPHRASE)
    if daily is not None:
        chain = resolved(keychain)
        with _told_apart(daily, chain):
            secret = device_secret(chain, vault_id, daily)
            return keys.open_daily(daily, vault_id, passphrase=passphrase, device_secret=secret)
    if alone is not None:
        return keys.open_passphrase(alone, vault_id, passphrase=passphrase)
    raise KeyringEntryError(WORDS_ONLY)


@contextlib.contextmanager
def _told_apart(slot: Slot, keychain: Keychain) -> Iterator[None]:
    """Say so when the entry is not there because this laptop now uses another keyring than then, or none."""
    try:
        yield
    except KeyringAbsentError:
        if slot.keyring:
            raise KeyringAbsentError(NOT_RUNNING.format(slot.keyring)) from None
        raise
    except KeyringEntryError:
        name = keychain.backend_name()
        if slot.keyring and name != slot.keyring:
            raise KeyringEntryError(OTHER_KEYRING.format(now=name, then=slot.keyring)) from None
        raise


def bring_up_to_date(vault: Vault, entry: Entry, *, now: datetime, words: str | Sequence[str] | None = None) -> None:
    """Give a slot of vpdesk 0.1 a recipient, now that what opens it is at hand; where the disk refuses, next time."""
    if entry.slot.recipient is not None or vault.read_only or vault.practice:
        return
    slot = keys.upgraded(entry.slot, vault.id, opener=entry.opener, vault_key=entry.vault_key)
    marks = None if words is None else words_marks(vault, words)
    try:
        vault.give_way_in(slot, now=now, marks=marks)
    except VaultDamagedError:
        raise
    except (VaultError, OSError):  # no room: the slot still opens the vault as it is
        return


def word_mark(vault: Vault, place: int, word: str) -> int:
    """Return the mark of a word in its place on the sheet: four bits that tell a wrong sheet from the right one."""
    return mark_of(place, word, vault.derived_key("marks of words"))


def mend_key_file(vault: Vault) -> None:
    """Put the key file right where it is not what the vault gave out: somebody changed it, or an end came in between.

    So a way in that was replaced does not come back, and every backup carries the words that are on paper.
    """
    if vault.practice:
        return
    right = keyfile.KeyFile(vault.id, vault.access.right_slots(vault.key_file.slots))
    if set(right.slots) == set(vault.key_file.slots):
        return
    vault.warnings += (KEY_FILE_CHANGED,)
    vault.key_file = right
    if not vault.read_only:
        with contextlib.suppress(OSError):
            generations.write_durably(vault.generation / generations.KEYS, keyfile.encode(right))


def words_marks(vault: Vault, words: str | Sequence[str]) -> bytes:
    """Return the marks of sixteen words, 16 bytes."""
    whole = encode_secret(decode_words(words))
    return bytes(word_mark(vault, place, word) for place, word in enumerate(whole, start=1))


def announce_openings(vault: Vault, kind: SlotKind, *, now: datetime) -> None:
    """Log an opening with the emergency sheets; every opening in another way tells the owner, until acknowledged."""
    if vault.practice:
        return
    if kind is not SlotKind.EMERGENCY:
        vault.announcements = untold_openings(vault, now=now)
    elif not vault.read_only:
        with vault.transaction():
            vault.access.opened(kind, now)


def untold_openings(vault: Vault, *, now: datetime) -> tuple[str, ...]:
    """Return a sentence for each opening with the emergency sheets that the owner did not acknowledge."""
    return tuple(ANNOUNCED.format(moment(at, now.date())) for at in reversed(vault.access.openings(untold=True)))


def words_check_day(vault: Vault, *, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when the words were last typed from paper, and from when on they are to be checked again.

    The second is None for a vault without words; it is `now` where they were never checked, or in the future, after the
    clock was set back.
    """
    slot = vault.key_file.slot(SlotKind.RECOVERY)
    if slot is None:
        return None, None
    checked = next((known.checked for known in vault.access.slots() if known.id == slot.id), None)
    return checked, now if checked is None or checked > now else checked + CHECK_EVERY
