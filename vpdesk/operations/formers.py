"""The vaults from before a restore: how large, until when they counted, and dropping one knowingly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vpdesk.domain.errors import NotFoundError
from vpdesk.operations.ways_in import disk_sentences
from vpdesk.store import generations

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class FormerVault:
    """A generation that counted until a restore; `until` is when it last changed, `size` in bytes."""

    folder: Path
    until: datetime
    size: int


def former_vaults(vault: Vault) -> tuple[FormerVault, ...]:
    """Return the vaults from before a restore, the newest first; what a new key left behind goes by itself."""
    superseded = vault.settings.get(generations.SUPERSEDED)
    found = [_described(folder) for folder in generations.former(vault.folder) if folder.name != superseded]
    return tuple(sorted(found, key=lambda former: former.until, reverse=True))


def _described(folder: Path) -> FormerVault:
    files = [path.lstat() for path in folder.iterdir()]
    changed = max((status.st_mtime for status in files), default=folder.stat().st_mtime)
    until = datetime.fromtimestamp(changed).replace(microsecond=0)  # noqa: DTZ006 - the laptop's local time
    return FormerVault(folder, until, sum(status.st_size for status in files))


def drop_former_vault(vault: Vault, former: FormerVault) -> None:
    """Remove one of them for good; the vault that counts is never touched.

    Raises:
        NotFoundError: it is none of this vault's former ones.
        VaultError: the disk refuses; what is left of it is cleared at the next opening.
    """
    if former.folder not in generations.former(vault.folder):
        raise NotFoundError("Deze kluis van voor het terugzetten is er niet meer. Er is niets veranderd.")
    with disk_sentences(vault.folder):
        generations.write_durably(former.folder / generations.UNFINISHED, b"")
        generations.discard(former.folder)
