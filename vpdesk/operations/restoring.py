"""Putting a backup back: a new generation beside the old one, with the ledger of what left the house carried over."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import (
    BackupError,
    KeyringError,
    VaultDamagedError,
    VaultError,
    VaultTooNewError,
    WrongSecretError,
)
from vpdesk.operations import ways_in
from vpdesk.operations.carrying import carry_decisions, carry_ledger
from vpdesk.operations.checking import CHECKED, CHECKED_FULLY
from vpdesk.operations.destroying import WIPED
from vpdesk.operations.enrolling import ON_THIS_LAPTOP, enrol
from vpdesk.operations.gone_on import changed_on_disk, older_than_vault, went_on
from vpdesk.operations.handover_begun import BEGUN
from vpdesk.operations.older import NOTICED, PUT_BACK
from vpdesk.operations.places import ATTACHED, DISKS, FULL_CHECK, LAST, MOVING, PLACES, TROUBLE
from vpdesk.operations.setup import refuse_inside
from vpdesk.operations.standing import open_standing, refuse_another, refuse_other_words, secrets_of
from vpdesk.operations.staying import Staying, covers, known_by, known_by_standing, of_both, words_alone
from vpdesk.store import attached, backup, container, disk, generations, keyfile, keys, space
from vpdesk.store import words as word_list
from vpdesk.store.cipher import connect
from vpdesk.store.generations import FolderState
from vpdesk.store.keychain import Keychain, KeychainSource, resolved
from vpdesk.store.keyfile import KeyFile
from vpdesk.store.keys import STANDARD, KdfParameters, SlotKind
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER, merge_access, merge_settings
from vpdesk.store.oslock import OsLock
from vpdesk.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from vpdesk.operations.standing import KeptKey, Standing
    from vpdesk.operations.staying import Known
    from vpdesk.store.backup import Progress
    from vpdesk.store.container import Header
    from vpdesk.store.keys import Entry, Slot

WORDS_OF_THEN: Final = (
    "Deze kopie gaat alleen open met de herstelwoorden uit de tijd waarin zij is gemaakt. Er is niets veranderd. "
    "Typ die woorden, of kies een andere kopie."
)
NEWEST_WORDS: Final = (
    "Deze kopie ging open met eerdere herstelwoorden. Uw kluis zelf gaat open met uw nieuwste woorden, zoals voorheen."
)
WORDS_OF_COPY: Final = (
    "De kluis die hier stond, is te beschadigd om te zeggen welke herstelwoorden gelden. Uw kluis gaat nu open met de "
    "woorden van deze kopie. Had u daarna nieuwe woorden, dan openen die haar niet meer: maak op de pagina Kluis weer "
    "nieuwe."
)
_LACKING: Final = (
    "Bij deze kopie stonden niet alle bijlagen. Gesprekken en casussen zijn er. Staan de bijlagen bij een andere "
    "kopie, zet dan die terug."
)
OF_FOLDER: Final = (generations.SUPERSEDED, MOVING, TROUBLE, DISKS, BEGUN)
"""Settings that are about the folder in which a vault stands: those of a copy are about another one, or of then."""
OF_MOMENT: Final = (LAST, ATTACHED, FULL_CHECK, CHECKED, CHECKED_FULLY, WIPED, PUT_BACK, NOTICED)
"""Settings that are about what was done to a vault: of one that was put back it has still to be done."""


def key_of_backup(header: Header, words: str | Sequence[str] | None) -> Entry | None:
    """Open the slot that a backup carries; None where it takes words and none were given.

    Raises:
        WordsMistypedError, WrongSecretError: these words do not open this backup.
        BackupError: it is a practice vault's and its slot was changed.
    """
    if header.slot.kind is SlotKind.PRACTICE:
        try:
            return keys.open_practice(header.slot, header.vault_id)
        except VaultDamagedError:
            raise BackupError(container.NOT_AUTHENTIC) from None
    if words is None:
        return None
    if header.slot.kind is not SlotKind.RECOVERY:
        raise BackupError(container.DAMAGED)
    try:
        return keys.open_recovery(header.slot, header.vault_id, word_list.decode_words(words))
    except WrongSecretError as error:
        if error.sentence != keys.WRONG_WORDS:
            raise
        raise WrongSecretError(
            "Deze herstelwoorden openen deze reservekopie niet. Er is niets veranderd. "
            "Een kopie gaat open met de woorden uit de tijd waarin zij is gemaakt."
        ) from None


def restore_backup(
    path: Path,
    *,
    folder: Path,
    words: str | Sequence[str] | None = None,
    passphrase: str | None = None,
    kept: KeptKey | None = None,
    keychain: KeychainSource,
    now: datetime,
    later_reports: str | None = None,
    kdf: KdfParameters = STANDARD,
    progress: Progress | None = None,
) -> Vault:
    """Verify a backup, build a new generation from it under a new key, and let that count; what was there stays.

    Where a vault stood that these secrets open, its ledger comes along, and of its ways in and those of the backup
    what is in force: what either knows as withdrawn does not come back. Elsewhere the words of the backup open the
    vault. With a passphrase this laptop is enrolled. Where the vault that stood here does not know all that the backup
    knows, reports may have gone out elsewhere: `later_reports="none"` then says that none did after the backup, and
    until that is known the setting `ledger_unknown_after` holds its time. With `kept` a backup of the vault's own needs
    no words; one of a practice vault needs nothing at all.

    Raises:
        BackupError, WrongSecretError: the backup or the words; nothing was changed.
        VaultError: the folder holds something else, another vault, or one that is open; nothing was changed.
        InvalidValueError, KeyringError: the passphrase or the keyring; nothing was changed.
    """
    header, entry = _checked(path, folder, words, kept)
    chain = _to_enrol_with(passphrase, header, keychain)
    older, changed_on = older_than_vault(path, folder=folder, now=now), changed_on_disk(folder)
    with disk.sentences(folder):
        generations.make_folder(folder)
    with contextlib.ExitStack() as stack:
        lock = stack.enter_context(OsLock(folder / generations.LOCK))
        stands = _standing(folder, header)
        refuse_another(stands, kept)
        secrets = () if stands is None else secrets_of(stands[1], kept, words, passphrase, keychain)
        standing = open_standing(stands, lock, known=() if entry is None else (entry.vault_key,), secrets=secrets)
        made_by = _backup_key(path, header, entry, (*_former_keys(standing.vault), *([kept.vault_key] if kept else [])))
        source = _Source(path, header, entry, made_by)
        stack.callback(_clear, folder)
        with disk.sentences(folder):
            generations.clean(folder)
            generation = generations.begin(folder)
            vault = _built(generation, source, lock, progress)
        stack.callback(vault.connection.close)
        copy = known_by(vault, source.vault_key, (header.slot,))
        if standing.vault is None:
            again = open_standing(stands, lock, known=copy.former)
            standing = standing if again.vault is None else again
        former = standing.vault
        if former is not None:
            stack.callback(former.connection.close)
        refuse_other_words(standing, header, withdrawn=copy.withdrawn)
        stood = known_by_standing(former)
        covered = stood is not None and covers(stood, copy, made=header.made)
        staying = _staying(source, copy, stood, ahead=not covered, enrolling=chain is not None, keychain=keychain)
        with disk.sentences(folder):
            _give_ways_in(vault, source, staying)
            known = (source.vault_key, *copy.former, *_former_keys(former))
            attached.bring(vault, path.parent, header.sequence, known, former)
        vault.opened_with = _opened_with(vault.key_file, kept)
        older = older or went_on(former, vault, header.made, changed_on, today=now.date())
        _note_ways(vault, source, former, staying.left_behind, words=words, now=now)
        goes_on = carry_ledger(former, vault, made=header.made, covered=covered, answer=later_reports)
        decided = carry_decisions(former, vault, made=header.made, now=now, goes_on=goes_on, stood=stands is not None)
        _note_copy(vault, path, header, former, goes_on=goes_on)
        if chain is not None and passphrase is not None:
            _enrol(vault, passphrase=passphrase, keychain=chain, stands=stands, kdf=kdf, now=now)
        with disk.sentences(folder):
            generations.switch(folder, generation)
        if former is not None:
            former.connection.close()
        stack.pop_all()
    of_words = _said_of_words(vault, header, standing, stood, given=words is not None)
    vault.warnings += tuple(filter(None, (older, of_words, _said_of_files(vault), *decided, *staying.sentences)))
    return vault


def _checked(
    path: Path, folder: Path, words: str | Sequence[str] | None, kept: KeptKey | None
) -> tuple[Header, Entry | None]:
    """Return the header of a backup that is whole and the slot that the words open; refuse what can't become of it."""
    attached.refuse_alone(path)
    with disk.sentences(folder):  # as it came out of the backup, and under the vault's own key
        space.require(folder, 2 * container.peek(path).payload_bytes)
    header = container.check(path)
    entry = key_of_backup(header, words)
    if entry is None and kept is None:
        raise WrongSecretError("Voor het terugzetten zijn de 16 herstelwoorden nodig. Er is niets veranderd.")
    refuse_inside(folder)
    if generations.state(folder) is FolderState.FOREIGN:
        raise VaultError(
            "Op deze plaats staan al andere bestanden. Er is niets veranderd. Kies een nieuwe of een lege map."
        )
    return header, entry


def _to_enrol_with(passphrase: str | None, header: Header, keychain: KeychainSource) -> Keychain | None:
    """Return the keyring that helps a good passphrase; None where there is none to take, as of a practice vault."""
    if passphrase is None or header.slot.kind is SlotKind.PRACTICE:
        return None
    chain = resolved(keychain)
    ways_in.check_passphrase(passphrase, ways_in.slot_kind(chain))
    return chain


def needs_words(path: Path) -> bool:
    """Return whether a backup takes recovery words at all: that of a practice vault opens by itself.

    Raises:
        BackupError: it is no backup, or it can't be read.
    """
    return container.peek(path).slot.kind is not SlotKind.PRACTICE


def _said_of_words(vault: Vault, header: Header, standing: Standing, stood: Known | None, *, given: bool) -> str:
    """Return what is to be said where other words open the vault than some that the user may think of."""
    if vault.practice:
        return ""
    current = vault.key_file.slot(SlotKind.RECOVERY)
    of_before = None if standing.key_file is None else standing.key_file.slot(SlotKind.RECOVERY)
    if given and (current is None or current.id != header.slot.id):
        return NEWEST_WORDS
    if stood is None and of_before is not None and current is not None and of_before.id != current.id:
        return WORDS_OF_COPY
    return ""


def _said_of_files(vault: Vault) -> str:
    return _LACKING if vault.attachments.lacking() else ""


def _note_copy(vault: Vault, path: Path, header: Header, former: Vault | None, *, goes_on: bool) -> None:
    """Remember the copy that was just opened and checked as the last one; it could not know of itself.

    Its settings of another place and time go; where backups go is known best by the vault that stood here.
    Unless the vault `goes_on` from the one that stood here, it says so too: the keyring may know of more changes.
    Whether the copy was made of an older vault does not matter any more, since it was put back on purpose.
    """
    record = {"made": header.made.isoformat(), "place": str(path.absolute().parent), "message": "", "revision": -1}
    with vault.transaction():
        merge_settings(former, vault, of_folder=OF_FOLDER, of_moment=OF_MOMENT, chosen=(PLACES,))
        vault.settings.put(LAST, json.dumps(record))
        if not goes_on:
            vault.settings.put(PUT_BACK, "1")
    if goes_on:
        vault.counted_at = vault.revision  # no older vault, although it opened as its copy left it


@dataclass(frozen=True, slots=True)
class _Source:
    """A backup and the vault key that made it; `entry` is there when the words of its time were given."""

    path: Path
    header: Header
    entry: Entry | None
    vault_key: bytes = field(repr=False)


def _backup_key(path: Path, header: Header, entry: Entry | None, known: tuple[bytes, ...]) -> bytes:
    if entry is not None:
        return entry.vault_key
    found = backup.key_that_made(path, header, known)
    if found is None:
        raise WrongSecretError(WORDS_OF_THEN)
    return found


def _opened_with(key_file: KeyFile, kept: KeptKey | None) -> SlotKind:
    """Return the kind that the window judges by: with a way in of this laptop there is nothing left to choose."""
    if kept is not None and kept.opened_with not in ON_THIS_LAPTOP:
        return kept.opened_with
    return next((slot.kind for slot in key_file.slots if slot.kind in ON_THIS_LAPTOP), key_file.slots[0].kind)


def _staying(
    source: _Source, copy: Known, stood: Known | None, *, ahead: bool, enrolling: bool, keychain: KeychainSource
) -> Staying:
    """Return which ways in stay: those in force of both vaults, else the words of the backup."""
    header = source.header
    if header.slot.kind is SlotKind.PRACTICE or stood is None:
        return words_alone(copy, header.slot)

    def is_here(slot: Slot) -> bool:
        with contextlib.suppress(KeyringError):
            return slot.knows_device(ways_in.device_secret(resolved(keychain), header.vault_id, slot) or b"")
        return False

    return of_both(copy, stood, words=header.slot, ahead=ahead, enrolling=enrolling, is_here=is_here)


def _give_ways_in(vault: Vault, source: _Source, staying: Staying) -> None:
    """Write the key file of the new generation: the slots that stay, with its key in them."""
    slots = tuple(_with_key(slot, source, vault.key) for slot in staying.slots)
    path = vault.generation / generations.KEYS
    generations.write_durably(path, keyfile.encode(KeyFile(vault.id, slots)))
    vault.key_file = keyfile.read(path)


def _with_key(slot: Slot, source: _Source, vault_key: bytes) -> Slot:
    vault_id = source.header.vault_id
    if slot.kind is SlotKind.PRACTICE:
        return keys.practice_slot(vault_id, vault_key)
    if slot.recipient is not None:
        return keys.resealed(slot, vault_id, vault_key)
    if source.entry is None:
        raise WrongSecretError(WORDS_OF_THEN)
    return keys.upgraded(slot, vault_id, opener=source.entry.opener, vault_key=vault_key)


def _former_keys(former: Vault | None) -> tuple[bytes, ...]:
    if former is None:
        return ()
    try:
        return (former.key, *former.access.former_keys())
    except VaultDamagedError:
        return (former.key,)


def _note_ways(
    vault: Vault,
    source: _Source,
    former: Vault | None,
    left_behind: frozenset[str],
    *,
    words: str | Sequence[str] | None,
    now: datetime,
) -> None:
    """Let the restored vault know whom it gave a key, and the key with which it was backed up, as far as the backup."""
    with vault.transaction():
        vault.access.leave_behind(left_behind)
        if former is not None:
            vault.access.add_former_key(former.key, now)
            with contextlib.suppress(VaultDamagedError):
                merge_access(former, vault)
        vault.access.add_former_key(source.vault_key, source.header.made)
        known = {slot.id for slot in vault.access.slots()}
        for slot in vault.key_file.slots:
            if slot.id in known:
                vault.access.keep(slot)
            else:
                fresh = source.header.slot.recipient is None and words is not None and slot.kind is SlotKind.RECOVERY
                vault.access.add(
                    slot, source.header.made, marks=ways_in.words_marks(vault, words) if fresh and words else None
                )
        vault.access.keep_only(vault.key_file.slots, now)
        vault.note_backup(source.header.sequence)


def _enrol(
    vault: Vault,
    *,
    passphrase: str,
    keychain: Keychain,
    stands: tuple[Path, KeyFile] | None,
    kdf: KdfParameters,
    now: datetime,
) -> None:
    enrol(
        vault,
        kind=ways_in.slot_kind(keychain),
        passphrase=passphrase,
        keychain=keychain,
        kdf=kdf,
        now=now,
        former=None if stands is None else stands[1].slot(SlotKind.DAILY),
    )


def ledger_is_known(vault: Vault) -> bool:
    """Return whether every report that went out is in the ledger, as far as anybody knows."""
    return not vault.settings.get(LEDGER_UNKNOWN_AFTER)


def _clear(folder: Path) -> None:
    with contextlib.suppress(OSError):  # what stays is marked unfinished and cleaned by the next attempt
        generations.clean(folder)


def _standing(folder: Path, header: Header) -> tuple[Path, KeyFile] | None:
    """Return the generation and key file of the vault that stands here, None where none can be read.

    One of a later vpdesk is left to that: here nobody could say which of its ways in are withdrawn.
    """
    try:
        generation = generations.current(folder)
        key_file = keyfile.read(generation / generations.KEYS)
    except VaultTooNewError:
        raise
    except VaultError:
        return None
    if key_file.vault_id != header.vault_id:
        raise VaultError(
            "In deze map staat een andere kluis dan die van deze reservekopie. Er is niets veranderd. "
            "Kies een andere map."
        )
    return generation, key_file


def _built(generation: Path, source: _Source, lock: OsLock, progress: Progress | None) -> Vault:
    """Make the database of a generation from a backup, checked as a container, as a copy and as a vault.

    Returns it open, under a new key that no key file holds yet.
    """
    payload = generation / "payload.db"
    header, vault_key = source.header, keys.new_key()
    mac_key = partial(backup.mac_key, source.vault_key)
    if container.check(source.path, mac_key=mac_key, payload_to=payload) != header:
        raise BackupError(container.DAMAGED)
    raw_key = backup.database_key(source.vault_key, header)
    backup.check_database(payload, raw_key, header.vault_id, full=True)
    database = generation / generations.DATABASE
    vault_raw_key = keys.derive(vault_key, "database")
    with contextlib.closing(connect(payload, raw_key, mode="ro")) as connection:
        backup.copy_database(connection, database, vault_raw_key, progress)
    payload.unlink()
    backup.check_database(database, vault_raw_key, header.vault_id, full=False)
    generations.sync_file(database)
    to_be = KeyFile(header.vault_id, (header.slot,))
    return Vault.open(generation, vault_key, key_file=to_be, opened_with=header.slot.kind, lock=lock)
