"""Putting a backup back: a new generation beside the old one, with the ledger of what left the house carried over."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import BackupError, KeyringError, VaultDamagedError, VaultError, WrongSecretError
from vpdesk.domain.wording import moment, short_date
from vpdesk.operations import ways_in
from vpdesk.store import backup, container, generations, keyfile, keys
from vpdesk.store import words as word_list
from vpdesk.store.generations import FolderState
from vpdesk.store.keychain import KeychainSource, resolved
from vpdesk.store.keyfile import KeyFile
from vpdesk.store.keys import STANDARD, KdfParameters, SlotKind
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER, merge_ledger
from vpdesk.store.oslock import OsLock
from vpdesk.store.vault import Vault, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from vpdesk.store.backup import Progress
    from vpdesk.store.container import Header

NO_LATER_REPORTS: Final = "none"
NOTED_WITHIN: Final = timedelta(minutes=2)  # the vault notes a backup in itself just after it was made


def key_of_backup(header: Header, words: str | Sequence[str] | None) -> bytes | None:
    """Return the vault key that a backup carries, None where it takes words and none were given.

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
    made = container.peek(path).made
    try:
        changed = (generations.current(folder) / generations.DATABASE).stat().st_mtime
    except (VaultError, OSError):
        return ""
    changed_on = datetime.fromtimestamp(changed)  # noqa: DTZ006 - the product works in the laptop's local time
    if changed_on - made < NOTED_WITHIN:
        return ""
    today = now.date()
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
    keychain: KeychainSource,
    now: datetime,
    later_reports: str | None = None,
    kdf: KdfParameters = STANDARD,
    progress: Progress | None = None,
) -> Vault:
    """Verify a backup, build a new generation from it in a folder, and let that count; what was there stays beside it.

    With a passphrase this laptop is enrolled; without one the vault opens with its words until it is. Where a readable
    vault stood, its newer ledger comes along. Elsewhere `later_reports="none"` says that no report went out after the
    backup; until that is known the setting `ledger_unknown_after` holds the time of the backup.

    Raises:
        BackupError, WrongSecretError: the backup or the words; nothing was changed.
        VaultError: the folder holds something else, another vault, or one that is open; nothing was changed.
        InvalidValueError, KeyringError: the passphrase or the keyring; nothing was changed.
    """
    header = container.check(path)
    vault_key = key_of_backup(header, words)
    if vault_key is None:
        raise WrongSecretError("Voor het terugzetten zijn de 16 herstelwoorden nodig. Er is niets veranderd.")
    if generations.state(folder) is FolderState.FOREIGN:
        raise VaultError(
            "Op deze plaats staan al andere bestanden. Er is niets veranderd. Kies een nieuwe of een lege map."
        )
    chain = None
    if passphrase is not None and header.slot.kind is not SlotKind.PRACTICE:
        chain = resolved(keychain)
        ways_in.check_passphrase(passphrase, ways_in.slot_kind(chain))
    warning = older_than_vault(path, folder=folder, now=now)
    with ways_in.disk_sentences(folder):
        generations.make_folder(folder)
    with contextlib.ExitStack() as stack:
        lock = stack.enter_context(OsLock(folder / generations.LOCK))
        stands = _standing(folder)
        if stands is not None and stands[1].vault_id != header.vault_id:
            raise VaultError(
                "In deze map staat een andere kluis dan die van deze reservekopie. Er is niets veranderd. "
                "Kies een andere map."
            )
        stack.callback(_clear, folder)
        with ways_in.disk_sentences(folder):
            generations.clean(folder)
            generation = generations.begin(folder)
        with ways_in.disk_sentences(folder):
            _build(generation, path, header, vault_key, progress)
        vault = Vault.open(
            generation,
            vault_key,
            key_file=keyfile.read(generation / generations.KEYS),
            opened_with=header.slot.kind,
            lock=lock,
        )
        stack.callback(vault.connection.close)
        _carry_over(
            stands,
            vault,
            lock=lock,
            keys_to_try=_keys_to_try(stands, vault_key, words, passphrase, keychain),
            made=header.made,
            answer=later_reports,
        )
        if chain is not None and passphrase is not None:
            former = None if stands is None else stands[1].slot(SlotKind.DAILY)
            ways_in.enrol(vault, passphrase=passphrase, keychain=chain, kdf=kdf, former=former)
        with ways_in.disk_sentences(folder):
            generations.switch(folder, generation)
        stack.pop_all()
    if warning:
        vault.warnings += (warning,)
    return vault


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


def _build(generation: Path, path: Path, header: Header, vault_key: bytes, progress: Progress | None) -> None:
    """Make database and key file of a generation from a backup, checked as a container, as a copy and as a vault."""
    payload = generation / "payload.db"
    if container.check(path, mac_key=lambda h: backup.mac_key(vault_key, h), payload_to=payload) != header:
        raise BackupError(container.DAMAGED)
    raw_key = backup.database_key(vault_key, header)
    backup.check_database(payload, raw_key, header.vault_id, full=True)
    database = generation / generations.DATABASE
    vault_raw_key = keys.derive(vault_key, "database")
    with contextlib.closing(connect(payload, raw_key, mode="ro")) as source:
        backup.copy_database(source, database, vault_raw_key, progress)
    payload.unlink()
    backup.check_database(database, vault_raw_key, header.vault_id, full=False)
    generations.sync_file(database)
    key_file = KeyFile(header.vault_id, (header.slot,))
    generations.write_durably(generation / generations.KEYS, keyfile.encode(key_file))


def _keys_to_try(
    stands: tuple[Path, KeyFile] | None,
    vault_key: bytes,
    words: str | Sequence[str] | None,
    passphrase: str | None,
    keychain: KeychainSource,
) -> Iterator[Callable[[], bytes]]:
    """Yield the ways to the key of the former vault: mostly the backup's own, else words or passphrase."""
    yield lambda: vault_key
    if stands is not None and words is not None:
        yield lambda: ways_in.open_with_words(stands[1], words)[0]
    if stands is not None and passphrase is not None:
        yield lambda: ways_in.open_with_passphrase(stands[1], passphrase, keychain)[0]


def _open_former(
    stands: tuple[Path, KeyFile], keys_to_try: Iterable[Callable[[], bytes]], lock: OsLock
) -> Vault | None:
    generation, key_file = stands
    for key in keys_to_try:
        with contextlib.suppress(VaultError, KeyringError):
            return Vault.open(generation, key(), key_file=key_file, opened_with=SlotKind.RECOVERY, lock=lock)
    return None


def _carry_over(
    stands: tuple[Path, KeyFile] | None,
    vault: Vault,
    *,
    lock: OsLock,
    keys_to_try: Iterable[Callable[[], bytes]],
    made: datetime,
    answer: str | None,
) -> None:
    """Bring the ledger up to date from the former vault; where none can be read, note from when on it is unknown."""
    former = None if stands is None else _open_former(stands, keys_to_try, lock)
    if former is not None:
        with contextlib.closing(former.connection), contextlib.suppress(VaultDamagedError):
            merge_ledger(former, vault)
            return
    if answer != NO_LATER_REPORTS:
        with vault.transaction():
            known_until = (vault.settings.get(LEDGER_UNKNOWN_AFTER), made.isoformat())
            vault.settings.put(LEDGER_UNKNOWN_AFTER, min(filter(None, known_until)))
