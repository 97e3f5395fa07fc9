"""The copies of attachments that stand beside the backups of a place: a file of their own, made when they changed.

A backup goes together with the copy of the attachments that has the highest number not above its own.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from vpdesk.domain.attachments import Beside, BesideState
from vpdesk.domain.errors import BackupError, CancelledError, VaultError
from vpdesk.domain.ids import AttachmentId
from vpdesk.store import backup, container, generations, keys, space
from vpdesk.store.access import AccessStore
from vpdesk.store.attachments import AttachmentStore
from vpdesk.store.container import Header

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path

    from vpdesk.store.backup import Progress
    from vpdesk.store.vault import Connection, Vault

SUFFIX: Final = ".vpfiles"
ALONE: Final = (
    "In dit bestand staan alleen bijlagen. Er is niets veranderd. Kies de reservekopie die ernaast staat, met de naam "
    f"die eindigt op {container.SUFFIX}; de bijlagen komen dan mee."
)
LATER: Final = "De bijlagen staan nog niet in deze reservekopie; zij komen mee met de volgende."
DAMAGED: Final = (
    "De bijlagen zijn beschadigd en staan niet in deze reservekopie; uw gesprekken en casussen wel. Eerdere kopieën "
    "blijven staan."
)


def refuse_alone(path: Path) -> None:
    """Raise BackupError where somebody would put back the attachments without the backup that they stand beside."""
    if path.suffix == SUFFIX:
        raise BackupError(ALONE)


def stamp(vault: Vault) -> str:
    """Return what tells one set of attachments from another; '' where there are none. No attachment ever changes."""
    numbers = vault.attachments.numbers()
    return hashlib.sha256(" ".join(sorted(numbers)).encode()).hexdigest() if numbers else ""


def stands(copy: Path, *, read: bool) -> bool:
    """Return whether a copy is there; with `read` also whether it is still as it was written."""
    try:
        if read:
            container.check(copy)
        return copy.is_file()
    except (BackupError, OSError):
        return False


def put(vault: Vault, folder: Path, like: Header, progress: Progress | None = None) -> Path:
    """Copy the attachments into a folder, checked before and read back after, under the number of a backup there.

    `progress` is told bytes done and bytes in all.

    Raises:
        CancelledError: `progress` said so; nothing stands there, and the next backup copies them.
        OSError: the place can't be written; nothing stands there.
        BackupError: the attachments are damaged, or the copy did not arrive as it was written.
    """
    source = vault.attachments.file.path
    if not vault.attachments.file.there or not vault.attachments.file.sound():
        raise BackupError(DAMAGED)
    for left in folder.glob(f".vpdesk-*{SUFFIX}.part"):
        left.unlink()
    size = source.stat().st_size
    space.require(folder, size)
    salt = secrets.token_bytes(keys.KEY_BYTES)
    with source.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    header = Header(
        vault_id=vault.id,
        sequence=like.sequence,
        made=like.made,
        salt=salt,
        payload_bytes=size,
        payload_sha256=digest,
        slot=like.slot,
        key_check=backup.key_check(vault.key, salt),
    )
    path = backup.file_name(like.made, folder, SUFFIX)
    tell = None if progress is None else functools.partial(_told, progress, size)
    try:
        container.write(path, header, source, vault.key_for(backup.MAC_LABEL, salt=salt), tell)
    except CancelledError:
        raise CancelledError(LATER) from None
    return path


def _told(progress: Progress, size: int, done: int) -> None:
    progress(done, size)


def copies(folder: Path, vault_id: str) -> list[tuple[Path, Header]]:
    """Return the copies of the attachments of a vault in a folder, the highest number first."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        with contextlib.suppress(BackupError):
            header = container.peek(path)
            if header.vault_id == vault_id:
                found.append((path, header))
    return sorted(found, key=lambda item: item[1].sequence, reverse=True)


def prune(folder: Path, vault_id: str, needed_by: Collection[int]) -> tuple[Path, ...]:
    """Remove the copies that go together with none of the backups of these numbers; return their paths.

    Two laptops may have given out the same number; then both stay.
    """
    there = copies(folder, vault_id)
    kept = {
        max((header.sequence for _, header in there if header.sequence <= number), default=None) for number in needed_by
    }
    gone = tuple(path for path, header in there if header.sequence not in kept)
    for path in gone:
        path.unlink()
    return gone


def bring(vault: Vault, folder: Path, sequence: int, known: Iterable[bytes], former: Vault | None) -> None:
    """Give a restored vault its attachments: from the copy that goes together with the backup of that number.

    Where that one is missing, damaged or lacks some, from another copy in the folder or from the vault that stood
    there, whichever has the most. What is still without bytes afterwards, `AttachmentStore.lacking` tells.
    """
    least = len(vault.attachments.numbers())
    if not least:
        return
    vault_keys = tuple(known)
    ways: list[Callable[[], bool]] = [
        functools.partial(_unpacked, vault, path, header, vault_keys)
        for path, header in sorted(copies(folder, vault.id), key=lambda item: _far(item[1].sequence, sequence))
    ]
    if former is not None:
        ways.append(functools.partial(_taken_over, vault, former))
    best: Callable[[], bool] | None = None
    target = vault.attachments.file.path
    for way in ways:
        lacking = _lacking(vault) if way() else least
        if not lacking:
            return
        if lacking < least:
            best, least = way, lacking
        target.unlink(missing_ok=True)
    if best is not None:
        best()


def _far(sequence: int, wanted: int) -> tuple[bool, int]:
    """Return how far a copy is from the backup: earlier ones before later ones, the nearest first."""
    return sequence > wanted, abs(sequence - wanted)


def _lacking(vault: Vault) -> int:
    try:
        return vault.attachments.lacking()
    except VaultError:
        return len(vault.attachments.numbers())


def _unpacked(vault: Vault, path: Path, header: Header, vault_keys: tuple[bytes, ...]) -> bool:
    key = backup.key_that_made(path, header, vault_keys)
    if key is None:
        return False
    space.require(vault.folder, header.payload_bytes)
    target = vault.attachments.file.path
    try:
        container.check(path, mac_key=functools.partial(backup.mac_key, key), payload_to=target)
    except BackupError:
        return False
    target.chmod(0o600)
    generations.sync_file(target)
    return True


def _taken_over(vault: Vault, former: Vault) -> bool:
    try:
        former.attachments.file.copy_to(vault.generation)
    except VaultError:
        return False
    return vault.attachments.file.there


def beside(path: Path, header: Header) -> Beside:
    """Return what is known without a secret of the attachments that stand beside a backup; reads them in full."""
    own, others, broken = _standing(path.parent, header)
    if any(stands(copy, read=True) for copy, _ in own):
        return Beside(BesideState.HEEL)
    if own or broken:
        return Beside(BesideState.BESCHADIGD)
    return Beside(BesideState.ANDERE if others else BesideState.LEEG)


def opened_beside(path: Path, header: Header, known: Iterable[bytes], database: Connection, room: Path) -> Beside:
    """Return what is known of them with the backup open: each attachment is opened in `room`, as after putting back.

    `known` are vault keys, to which those of the backup itself are added.
    """
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachments'").fetchone() is None:
        return Beside(BesideState.GEEN, 0)  # from before there were any
    names = dict(database.execute("SELECT id, name FROM attachments ORDER BY name, id"))
    if not names:
        return Beside(BesideState.GEEN, 0)
    vault_keys = (*known, *AccessStore(database).former_keys())
    (root,) = database.execute("SELECT root FROM vault").fetchone()
    store = AttachmentStore(database, room, lambda: keys.derive(bytes(root), "attachments"))
    own, others, broken = _standing(path.parent, header)
    damaged, best = bool(broken), list(names)
    for copy, its in own:
        key = backup.key_that_made(copy, its, vault_keys)
        if key is None:
            others += 1
            continue
        try:
            container.check(copy, mac_key=functools.partial(backup.mac_key, key), payload_to=store.file.path)
            best = min(best, [number for number in names if not store.opens(AttachmentId(number))], key=len)
        except BackupError:
            damaged = True
        finally:
            store.file.path.unlink(missing_ok=True)
        if not best:
            return Beside(BesideState.ECHT, len(names))
    state = BesideState.ONTBREEKT
    if len(best) < len(names):
        state = BesideState.NIET_ALLE
    elif damaged:
        state = BesideState.BESCHADIGD
    elif own or others:
        state = BesideState.ANDERE
    return Beside(state, len(names), tuple(names[number] for number in best))


def _standing(folder: Path, header: Header) -> tuple[list[tuple[Path, Header]], int, int]:
    """Return a vault's copies as they are tried, and how many are of other vaults and how many can't be read."""
    own, others, broken = [], 0, 0
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            its = container.peek(path)
        except BackupError:
            broken += 1
            continue
        if its.vault_id == header.vault_id:
            own.append((path, its))
        else:
            others += 1
    return sorted(own, key=lambda item: _far(item[1].sequence, header.sequence)), others, broken
