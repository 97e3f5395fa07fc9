"""Putting a backup back: a new generation beside the old one, with the ledger of what left the house carried over."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import BackupError, VaultDamagedError, VaultError, WrongSecretError
from vpdesk.domain.wording import moment, short_date
from vpdesk.operations import ways_in
from vpdesk.operations.enrolling import ON_THIS_LAPTOP, enrol
from vpdesk.operations.older import NOTICED, PUT_BACK
from vpdesk.operations.places import LAST
from vpdesk.operations.setup import refuse_inside
from vpdesk.operations.standing import open_standing, refuse_older_words, secrets_of
from vpdesk.store import backup, container, disk, generations, keyfile, keys, space
from vpdesk.store import words as word_list
from vpdesk.store.generations import FolderState
from vpdesk.store.keychain import Keychain, KeychainSource, resolved
from vpdesk.store.keyfile import KeyFile
from vpdesk.store.keys import STANDARD, KdfParameters, SlotKind
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER, merge_access, merge_ledger
from vpdesk.store.oslock import OsLock
from vpdesk.store.vault import Vault, connect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vpdesk.operations.standing import KeptKey
    from vpdesk.store.backup import Progress
    from vpdesk.store.container import Header
    from vpdesk.store.keys import Entry, Slot

NO_LATER_REPORTS: Final = "none"
WORDS_OF_THEN: Final = (
    "Deze kopie gaat alleen open met de herstelwoorden uit de tijd waarin zij is gemaakt. Er is niets veranderd. "
    "Typ die woorden, of kies een nieuwere kopie."
)
NEWEST_WORDS: Final = (
    "Deze kopie ging open met eerdere herstelwoorden. Uw kluis zelf gaat open met uw nieuwste woorden, zoals voorheen."
)
NOTED_WITHIN: Final = timedelta(minutes=2)  # the vault notes a backup in itself just after it was made


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


def older_than_vault(path: Path, *, folder: Path, now: datetime) -> str:
    """Return the warning that the vault in a folder was changed after a backup was made, with both dates; else ''."""
    made, changed_on = container.peek(path).made, _changed_on(folder)
    if changed_on is None or changed_on - made < NOTED_WITHIN:
        return ""
    return _older(made, changed_on, today=now.date())


def _changed_on(folder: Path) -> datetime | None:
    """Return when the vault in a folder was last written, None where none stands."""
    try:
        changed = (generations.current(folder) / generations.DATABASE).stat().st_mtime
    except (VaultError, OSError):
        return None
    return datetime.fromtimestamp(changed)  # noqa: DTZ006 - the product works in the laptop's local time


def _older(made: datetime, changed_on: datetime, *, today: date) -> str:
    if changed_on.date() == made.date():
        dates = moment(made, today), moment(changed_on, today)
    else:
        dates = short_date(made.date(), today), short_date(changed_on.date(), today)
    return (
        f"Deze kopie is van {dates[0]}, uw kluis van {dates[1]}. "
        "Wat daartussen ligt, staat niet in de kopie. De kluis van nu blijft bewaard."
    )


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

    Where a vault stood that these secrets open, its newer ledger and its ways in come along: words that were replaced
    since do not come back. Elsewhere the words of the backup open the vault, and with a passphrase this laptop is
    enrolled; `later_reports="none"` then says that no report went out after the backup, and until that is known the
    setting `ledger_unknown_after` holds the time of the backup. With `kept` a backup of the vault's own needs no words.

    Raises:
        BackupError, WrongSecretError: the backup or the words; nothing was changed.
        VaultError: the folder holds something else, another vault, or one that is open; nothing was changed.
        InvalidValueError, KeyringError: the passphrase or the keyring; nothing was changed.
    """
    with disk.sentences(folder):  # as it came out of the backup, and under the vault's own key
        space.require(folder, 2 * container.peek(path).payload_bytes)
    header = container.check(path)
    entry = key_of_backup(header, words)
    if entry is None and kept is None:
        raise WrongSecretError("Voor het terugzetten zijn de 16 herstelwoorden nodig. Er is niets veranderd.")
    _refuse_folder(folder)
    chain = None
    if passphrase is not None and header.slot.kind is not SlotKind.PRACTICE:
        chain = resolved(keychain)
        ways_in.check_passphrase(passphrase, ways_in.slot_kind(chain))
    older, changed_on = older_than_vault(path, folder=folder, now=now), _changed_on(folder)
    with disk.sentences(folder):
        generations.make_folder(folder)
    with contextlib.ExitStack() as stack:
        lock = stack.enter_context(OsLock(folder / generations.LOCK))
        stands = _standing(folder)
        if stands is not None and stands[1].vault_id != header.vault_id:
            raise VaultError(
                "In deze map staat een andere kluis dan die van deze reservekopie. Er is niets veranderd. "
                "Kies een andere map."
            )
        secrets = () if stands is None else secrets_of(stands[1], kept, words, passphrase, keychain)
        standing = open_standing(stands, secrets, entry, lock)
        refuse_older_words(standing, header)
        former = standing.vault
        if former is not None:
            stack.callback(former.connection.close)
        source = _Source(
            path,
            header,
            entry,
            _backup_key(path, header, entry, (*_former_keys(former), *([kept.vault_key] if kept else []))),
        )
        stack.callback(_clear, folder)
        with disk.sentences(folder):
            generations.clean(folder)
            generation = generations.begin(folder)
            vault_key = keys.new_key()
            slots = _ways_that_stay(source, vault_key, former, enrolling=chain is not None)
            _build(generation, source, vault_key, slots, progress)
        vault = Vault.open(
            generation,
            vault_key,
            key_file=keyfile.read(generation / generations.KEYS),
            opened_with=_opened_with(header, slots) if kept is None else kept.opened_with,
            lock=lock,
        )
        stack.callback(vault.connection.close)
        older = older or _went_on(former, vault, header.made, changed_on, today=now.date())
        _note_ways(vault, source, former, words=words, now=now)
        goes_on = _carry_over(former, vault, made=header.made, answer=later_reports)
        _note_copy(vault, path, header, goes_on=goes_on)
        if chain is not None and passphrase is not None:
            _enrol(vault, passphrase=passphrase, keychain=chain, stands=stands, kdf=kdf, now=now)
        with disk.sentences(folder):
            generations.switch(folder, generation)
        if former is not None:
            former.connection.close()
        stack.pop_all()
    other_words = words is not None and header.slot.id not in {slot.id for slot in vault.key_file.slots}
    vault.warnings += tuple(filter(None, (older, NEWEST_WORDS if other_words else "")))
    return vault


def _refuse_folder(folder: Path) -> None:
    refuse_inside(folder)
    if generations.state(folder) is FolderState.FOREIGN:
        raise VaultError(
            "Op deze plaats staan al andere bestanden. Er is niets veranderd. Kies een nieuwe of een lege map."
        )


def _note_copy(vault: Vault, path: Path, header: Header, *, goes_on: bool) -> None:
    """Remember the copy that was just opened and checked as the last one; it could not know of itself.

    Unless the vault `goes_on` from the one that stood here, it says so too: the keyring may know of more changes.
    Whether the copy was made of an older vault does not matter any more, since it was put back on purpose.
    """
    record = {"made": header.made.isoformat(), "place": str(path.absolute().parent), "message": "", "revision": -1}
    with vault.transaction():
        vault.settings.put(LAST, json.dumps(record))
        vault.settings.drop(NOTICED)
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


def _opened_with(header: Header, slots: tuple[Slot, ...]) -> SlotKind:
    """Return the kind that the window judges by: with a way in of this laptop there is nothing left to choose."""
    return next((slot.kind for slot in slots if slot.kind in ON_THIS_LAPTOP), header.slot.kind)


def _ways_that_stay(source: _Source, vault_key: bytes, former: Vault | None, *, enrolling: bool) -> tuple[Slot, ...]:
    """Return the slots of the new generation: those of the vault that stood here, else the words of the backup."""
    header = source.header
    if header.slot.kind is SlotKind.PRACTICE:
        return (keys.practice_slot(header.vault_id, vault_key),)
    stay = tuple(
        keys.resealed(slot, header.vault_id, vault_key)
        for slot in _vouched_for(former)
        if not (enrolling and slot.kind in ON_THIS_LAPTOP)
    )
    if any(slot.kind is SlotKind.RECOVERY for slot in stay):
        return stay
    if header.slot.recipient is not None:
        return (keys.resealed(header.slot, header.vault_id, vault_key),)
    if source.entry is None:
        raise WrongSecretError(WORDS_OF_THEN)
    return (keys.upgraded(header.slot, header.vault_id, opener=source.entry.opener, vault_key=vault_key),)


def _vouched_for(former: Vault | None) -> tuple[Slot, ...]:
    """Return the slots that the former vault says it gave out; none where it is too damaged to say."""
    if former is None:
        return ()
    try:
        return tuple(s for s in former.access.right_slots(former.key_file.slots) if s.recipient is not None)
    except VaultDamagedError:
        return ()


def _former_keys(former: Vault | None) -> tuple[bytes, ...]:
    if former is None:
        return ()
    try:
        return (former.key, *former.access.former_keys())
    except VaultDamagedError:
        return (former.key,)


def _note_ways(
    vault: Vault, source: _Source, former: Vault | None, *, words: str | Sequence[str] | None, now: datetime
) -> None:
    """Let the restored vault know whom it gave a key, and the key with which it was backed up."""
    with vault.transaction():
        if former is not None:
            vault.access.add_former_key(former.key, now)
            with contextlib.suppress(VaultDamagedError):
                merge_access(former, vault)
        vault.access.add_former_key(source.vault_key, now)
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


def _standing(folder: Path) -> tuple[Path, KeyFile] | None:
    """Return the generation and key file of the vault that stands here, None where none can be read."""
    try:
        generation = generations.current(folder)
        return generation, keyfile.read(generation / generations.KEYS)
    except VaultError:
        return None


def _build(
    generation: Path, source: _Source, vault_key: bytes, slots: tuple[Slot, ...], progress: Progress | None
) -> None:
    """Make database and key file of a generation from a backup, checked as a container, as a copy and as a vault."""
    payload = generation / "payload.db"
    header = source.header
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
    generations.write_durably(generation / generations.KEYS, keyfile.encode(KeyFile(header.vault_id, slots)))


def _went_on(former: Vault | None, vault: Vault, made: datetime, changed_on: datetime | None, *, today: date) -> str:
    """Return the warning that the former vault was changed after the backup, by the number of its changes; else ''.

    One change more is that by which it noted the backup in itself.
    """
    if former is None or changed_on is None:
        return ""
    try:
        changed = former.revision > vault.revision + 1
    except VaultDamagedError:
        return ""
    return _older(made, changed_on, today=today) if changed else ""


def _carry_over(former: Vault | None, vault: Vault, *, made: datetime, answer: str | None) -> bool:
    """Bring the ledger and the count of changes up to date from the former vault; returns whether both are.

    The count is not where that was an older vault itself: the keyring counted further. Where it could not be read, the
    ledger is unknown from the backup on, unless the `answer` was that no report went out since.
    """
    if former is not None:
        with contextlib.suppress(VaultDamagedError):
            merge_ledger(former, vault, unsure_from=made.isoformat())
            if answer == NO_LATER_REPORTS and made.isoformat() <= vault.settings.get(LEDGER_UNKNOWN_AFTER):
                with vault.transaction():
                    vault.settings.drop(LEDGER_UNKNOWN_AFTER)
            return not former.settings.get(NOTICED)
    if answer != NO_LATER_REPORTS:
        with vault.transaction():
            known_until = (vault.settings.get(LEDGER_UNKNOWN_AFTER), made.isoformat())
            vault.settings.put(LEDGER_UNKNOWN_AFTER, min(filter(None, known_until)))
    return False
