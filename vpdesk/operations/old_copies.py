"""Copies in which something destroyed lives on: which are within reach, and making them anew without it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vpdesk.domain.errors import BackupError, VaultError
from vpdesk.operations.backups import make_backup, prune_attached, verify_backup
from vpdesk.operations.places import is_there, places, usual_place
from vpdesk.operations.vaults import drop_former_generations, former_generations
from vpdesk.store import container, generations
from vpdesk.store.backup import BEFORE_UPDATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from vpdesk.operations.backups import BackupResult
    from vpdesk.store.backup import Progress
    from vpdesk.store.container import Header
    from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class OldCopy:
    """A copy of this vault within reach."""

    path: Path
    made: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """What there is of this vault beside itself.

    `copies` newest first, those before an update too; `former` how many earlier states stand in its own folder, as
    after a restore; `away` the chosen places that are not there now.
    """

    copies: tuple[OldCopy, ...]
    former: int
    away: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Renewed:
    """A new copy, which of the older ones were destroyed, and which stayed: their place did not get the new one."""

    backup: BackupResult
    gone: tuple[Path, ...]
    kept: tuple[Path, ...]


def in_reach(vault: Vault) -> Reach:
    """Return the copies of this vault that can be reached now; reads their headers only."""
    chosen = places(vault) or (usual_place(vault.folder),)
    folders = (*chosen, vault.folder / BEFORE_UPDATE)
    found = [OldCopy(path, header.made) for folder in folders for path, header in _ours(vault, folder)]
    return Reach(
        tuple(sorted(found, key=lambda copy: (copy.made, copy.path), reverse=True)),
        len(former_generations(vault)),
        tuple(place for place in places(vault) if not is_there(vault, place)),
    )


def _ours(vault: Vault, folder: Path) -> list[tuple[Path, Header]]:
    found = []
    for path in sorted(folder.glob(f"*{container.SUFFIX}")):
        with contextlib.suppress(BackupError):
            header = container.peek(path)
            if header.vault_id == vault.id:
                found.append((path, header))
    return found


def renew_copies(
    vault: Vault, *, now: datetime, older: Sequence[Path] | None = None, progress: Progress | None = None
) -> Renewed:
    """Make a copy in every place, and destroy those of the older ones that it replaces.

    An older copy goes only where the new one stands beside it and was opened there; with the copies go the earlier
    states of the vault in its own folder. With None for `older` nothing is destroyed.

    Raises:
        OutputError, BackupError, VaultError: no new copy, or it did not open; every older one stays.
        CancelledError: `progress` said so; idem.
    """
    made = make_backup(vault, places=places(vault) or (usual_place(vault.folder),), now=now, progress=progress)
    if older is None:
        return Renewed(made, (), ())
    sequences = [verify_backup(place.path, vault=vault).sequence for place in made.places if place.path is not None]
    replaced = {place.place.absolute() for place in made.places if place.path is not None}
    own = (vault.folder / BEFORE_UPDATE).absolute()  # this laptop alone writes there, and does not count on for it
    gone, kept = [], []
    for path in older:
        folder = path.parent.absolute()
        newest = None if folder == own else min(sequences)
        if folder in {*replaced, own} and _destroyed(vault, path, before=newest):
            gone.append(path)
        elif path.exists():
            kept.append(path)
    for folder in replaced:
        with contextlib.suppress(OSError):  # without the row of an attachment nobody opens its copy
            prune_attached(vault, folder)
    with contextlib.suppress(VaultError):  # what the disk refuses to let go of is said as kept
        drop_former_generations(vault)
    return Renewed(made, tuple(gone), (*kept, *former_generations(vault)))


def _destroyed(vault: Vault, path: Path, *, before: int | None) -> bool:
    try:
        header = container.peek(path)
        if header.vault_id != vault.id or (before is not None and header.sequence >= before):
            return False  # another laptop wrote it meanwhile
        path.unlink()
    except (BackupError, OSError):
        return False
    with contextlib.suppress(OSError):  # gone for whoever looks; some network folders can't be made durable
        generations.sync_folder(path.parent)
    return True
