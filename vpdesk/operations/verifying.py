"""Checking a backup and the attachments beside it: whole, and with a secret also real and to be opened."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vpdesk.domain.errors import BackupError
from vpdesk.operations.restoring import key_of_backup
from vpdesk.store import attached, backup, container, space
from vpdesk.store.cipher import connect
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from vpdesk.domain.attachments import Beside
    from vpdesk.operations.standing import KeptKey
    from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a check found; `authentic` is None where no secret was given, and never False: that is a BackupError.

    `slot_id` tells which recovery words open it, to the vault that gave them out. `beside` is what is known of its
    attachments, None where that was not asked or where the file is one of attachments itself.
    """

    path: Path
    whole: bool
    authentic: bool | None
    made: datetime
    sequence: int
    vault_id: str
    slot_id: str
    beside: Beside | None = None


def verify_backup(
    path: Path,
    *,
    words: str | Sequence[str] | None = None,
    vault: Vault | None = None,
    kept: KeptKey | None = None,
    attachments: bool = False,
) -> BackupReport:
    """Check a backup: without a secret that it is whole, with the vault or the words that it is real and opens.

    A backup of a practice vault needs no secret to be opened; one of the vault of which the key was kept neither. With
    `attachments` what stands beside it is checked in the same way: that never fails, but is told.

    Raises:
        BackupError: missing, foreign, cut short, changed, not of this vault, or damaged inside.
        WrongSecretError: these words do not open this backup.
    """
    header = container.check(path)
    report = BackupReport(
        path,
        whole=True,
        authentic=None,
        made=header.made,
        sequence=header.sequence,
        vault_id=header.vault_id,
        slot_id=header.slot.id,
    )
    attachments = attachments and path.suffix != attached.SUFFIX
    known: tuple[bytes, ...] = () if kept is None else (kept.vault_key,)
    if vault is not None:
        if vault.id != header.vault_id:
            raise BackupError(container.NOT_AUTHENTIC)
        known = (vault.key, *vault.access.former_keys())
    own = backup.key_that_made(path, header, known)
    if own is None and vault is not None:
        raise BackupError(container.NOT_AUTHENTIC)
    if own is None:
        entry = key_of_backup(header, words)
        if entry is None:
            return replace(report, beside=attached.beside(path, header)) if attachments else report
        own = entry.vault_key
    vault_key = own
    mac_key, room = partial(backup.mac_key, vault_key), _room_to_open(path, header.payload_bytes)
    if path.suffix == attached.SUFFIX:  # only a vault that was put back can open it
        container.check(path, mac_key=mac_key)
        return replace(report, authentic=True)
    with tempfile.TemporaryDirectory(prefix="vpdesk-", dir=room) as folder:  # what stands there is still encrypted
        payload = Path(folder) / "payload.db"
        container.check(path, mac_key=mac_key, payload_to=payload)
        raw_key = backup.database_key(vault_key, header)
        backup.check_database(payload, raw_key, header.vault_id, full=True)
        beside = None
        if attachments:
            with contextlib.closing(connect(payload, raw_key, mode="ro")) as database, understood():
                beside = attached.opened_beside(path, header, (vault_key, *known), database, Path(folder))
    return replace(report, authentic=True, beside=beside)


def _room_to_open(path: Path, needed: int) -> Path:
    """Return a folder in which a backup can be unpacked: a temporary one, else the one in which it stands."""
    temporary = space.temporary_folder()
    if temporary is not None and space.suffices(temporary, needed):
        return temporary
    if os.access(path.parent, os.W_OK | os.X_OK) and space.suffices(path.parent, needed):
        return path.parent
    raise BackupError(container.NO_ROOM)
