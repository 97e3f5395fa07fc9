"""What the owner does with the ways into a vault: new words, emergency sheets, and checking the words once a year."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultError, WordsMistypedError, WrongSecretError
from vpdesk.operations import ways_in
from vpdesk.operations.ways_in import halves_of, words_check_day, words_marks
from vpdesk.store import disk, keys
from vpdesk.store.keys import SlotKind
from vpdesk.store.rekeying import NewWay, rekey
from vpdesk.store.words import WORD_COUNT, decode_words, encode_secret, known_word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vpdesk.store.access import KnownSlot
    from vpdesk.store.backup import Progress
    from vpdesk.store.keys import Slot
    from vpdesk.store.vault import Vault

WORDS_TO_CHECK: Final = 3

NOT_THE_NEW: Final = (
    "Dit zijn niet de nieuwe woorden. Er is niets veranderd. Typ ze over van het blad dat u zojuist maakte."
)
NOT_FOR_PRACTICE: Final = "De oefenkluis heeft geen herstelwoorden. Er is niets veranderd."
READ_ONLY: Final = "Deze kluis is alleen te lezen. Er is niets veranderd. Kijk of de map van u is."
NOT_CHECKABLE: Final = (
    "Van deze woorden kan vpdesk er geen drie apart nakijken. Er is niets veranderd. Typ ze eens alle zestien over."
)
NOT_THESE: Final = (
    "Deze drie woorden passen niet bij uw kluis. Er is niets veranderd. Kijk of u het nieuwste blad hebt, "
    "en typ anders alle zestien woorden over. Passen die ook niet, maak dan nieuwe woorden."
)


@dataclass(frozen=True, slots=True)
class WayIn:
    """A way into the vault, as the page Kluis tells it; `checked` is when its words were last typed from paper."""

    kind: SlotKind
    made: datetime | None
    checked: datetime | None
    keyring: str


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words that open nothing yet: `replace_words` lets them count once they were typed back."""

    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewSheets:
    """Two sheets that open nothing yet, each worthless alone: `set_emergency` lets them count once typed back."""

    first: tuple[str, ...] = field(repr=False)
    second: tuple[str, ...] = field(repr=False)


def list_ways_in(vault: Vault) -> tuple[WayIn, ...]:
    """Return the ways in that exist now, in the order of the key file."""
    known = {slot.id: slot for slot in vault.access.slots()}
    return tuple(_way_in(slot, known.get(slot.id)) for slot in vault.key_file.slots)


def _way_in(slot: Slot, known: KnownSlot | None) -> WayIn:
    made, checked = (None, None) if known is None else (known.made, known.checked)
    return WayIn(slot.kind, made, checked, slot.keyring)


def emergency_openings(vault: Vault, *, untold: bool = False) -> tuple[datetime, ...]:
    """Return when the vault was opened with the emergency sheets, the last first; `untold` until acknowledged only."""
    return vault.access.openings(untold=untold)


def acknowledge_openings(vault: Vault) -> None:
    """Note that the owner knows of every opening with the emergency sheets, so that no warning returns."""
    with disk.sentences(vault.folder), vault.transaction():
        vault.access.told()


def words_of_copy(vault: Vault, slot_id: str) -> str:
    """Return which words open a backup with this recovery slot: `` for those of now, else the day they were made."""
    current = vault.key_file.slot(SlotKind.RECOVERY)
    if current is not None and current.id == slot_id:
        return ""
    return next((f"{slot.made:%Y-%m-%d}" for slot in vault.access.slots() if slot.id == slot_id), "?")


def _refuse_unfit(vault: Vault) -> None:
    if vault.practice:
        raise VaultError(NOT_FOR_PRACTICE)
    vault.refuse_held()
    if vault.read_only:
        raise VaultError(READ_ONLY)


def _new_words() -> tuple[str, ...]:
    return encode_secret(secrets.token_bytes(keys.WORDS_SECRET_BYTES))


def new_words() -> NewWords:
    """Draw sixteen words; nothing is kept or changed yet."""
    return NewWords(_new_words())


def replace_words(vault: Vault, *, new: NewWords, typed: str, now: datetime, progress: Progress | None = None) -> None:
    """Let new words count, typed back from their sheet; the vault gets a new key, so the former open nothing new.

    Backups made before still open with the words of their time; a new backup is to be made at once.

    Raises:
        WordsMistypedError, WrongSecretError: not typed as they stand on the sheet; they can be typed again.
        VaultError, CancelledError: nothing was changed.
    """
    _refuse_unfit(vault)
    secret = decode_words(typed)
    if secret != decode_words(new.words):
        raise WrongSecretError(NOT_THE_NEW)
    way = NewWay(
        make=lambda vault_id, key: keys.recovery_slot(vault_id, key, secret),
        prove=lambda slot, vault_id: keys.open_recovery(slot, vault_id, decode_words(typed)),
        marks=words_marks(vault, typed),
    )
    with disk.sentences(vault.folder):
        rekey(vault, drop=frozenset({SlotKind.RECOVERY}), ways=(way,), now=now, progress=progress)


def new_sheets() -> NewSheets:
    """Draw the words of two sheets; nothing is kept or changed yet."""
    return NewSheets(_new_words(), _new_words())


def set_emergency(
    vault: Vault, *, new: NewSheets, typed: tuple[str, str], now: datetime, progress: Progress | None = None
) -> None:
    """Let two sheets open the vault together, typed back from paper. Earlier sheets open nothing new from then on.

    Raises:
        WordsMistypedError, WrongSecretError: not typed as they stand on the sheets; they can be typed again.
        VaultError, CancelledError: nothing was changed.
    """
    _refuse_unfit(vault)
    halves = halves_of(typed)
    if halves != halves_of((new.first, new.second)):
        raise WrongSecretError(NOT_THE_NEW)
    way = NewWay(
        make=lambda vault_id, key: keys.emergency_slot(vault_id, key, halves),
        prove=lambda slot, vault_id: keys.open_emergency(slot, vault_id, halves_of(typed)),
    )
    with disk.sentences(vault.folder):
        if vault.key_file.slot(SlotKind.EMERGENCY) is not None:
            rekey(vault, drop=frozenset({SlotKind.EMERGENCY}), ways=(way,), now=now, progress=progress)
        else:
            slot = way.make(vault.id, vault.key)
            way.prove(slot, vault.id)
            vault.give_way_in(slot, now=now)


def remove_emergency(vault: Vault, *, now: datetime, progress: Progress | None = None) -> None:
    """Let the emergency sheets open nothing new from now on; the vault gets a new key.

    Raises:
        VaultError, CancelledError: nothing was changed.
    """
    _refuse_unfit(vault)
    if vault.key_file.slot(SlotKind.EMERGENCY) is None:
        raise VaultError(ways_in.NO_SHEETS)
    with disk.sentences(vault.folder):
        rekey(vault, drop=frozenset({SlotKind.EMERGENCY}), now=now, progress=progress)


def words_check_due(vault: Vault, *, now: datetime) -> bool:
    """Return whether a year has passed since the words were typed from paper; a clock set back makes it due too."""
    _, due = words_check_day(vault, now=now)
    return due is not None and due <= now


def can_check_words(vault: Vault) -> bool:
    """Return whether three words are enough for a check; of a vault of vpdesk 0.1 all were never typed."""
    slot = vault.key_file.slot(SlotKind.RECOVERY)
    return slot is not None and vault.access.marks(slot.id) is not None


def places_to_check() -> tuple[int, ...]:
    """Return three places on the sheet, from 1 to 16, other ones every time."""
    return tuple(sorted(secrets.SystemRandom().sample(range(1, WORD_COUNT + 1), WORDS_TO_CHECK)))


def check_some_words(vault: Vault, *, places: Sequence[int], typed: Sequence[str], now: datetime) -> None:
    """Check words typed from the paper against their marks, and note that the paper is there and readable.

    Three wrong words of the list pass once in 4096 times: enough to notice a wrong sheet, and the vault keeps too
    little to give the words away.

    Raises:
        WordsMistypedError: a word is not in the list; `position` is its place on the sheet.
        WrongSecretError: the words are not those of this vault.
        VaultError: this can't be checked by three words.
    """
    _refuse_unfit(vault)
    slot = vault.key_file.slot(SlotKind.RECOVERY)
    marks = None if slot is None else vault.access.marks(slot.id)
    if slot is None or marks is None:
        raise VaultError(NOT_CHECKABLE)
    found = []
    for place, text in zip(places, typed, strict=True):
        word = known_word(text)
        if word is None:
            raise WordsMistypedError(
                f"Woord {place} staat niet in de lijst. Er is niets veranderd. Kijk op uw blad wat er staat.", place
            )
        found.append(word)
    if not all(
        ways_in.word_mark(vault, place, word) == marks[place - 1] for place, word in zip(places, found, strict=True)
    ):
        raise WrongSecretError(NOT_THESE)
    with vault.transaction():
        vault.access.checked(slot.id, now)


def check_all_words(vault: Vault, *, typed: str, now: datetime) -> None:
    """Open the recovery slot with all sixteen words, and note that they were right.

    Raises:
        WordsMistypedError, WrongSecretError: they are not; nothing was changed.
    """
    _refuse_unfit(vault)
    entry = ways_in.open_with_words(vault.key_file, typed)
    ways_in.bring_up_to_date(vault, entry, now=now, words=typed)
    with vault.transaction():
        vault.access.checked(entry.slot.id, now, marks=words_marks(vault, typed))
