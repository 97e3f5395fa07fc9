"""The vaults from before a restore: how large, until when they counted, and dropping one knowingly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import NotFoundError, VaultError
from vpdesk.store import disk, generations

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

NOT_ALL_GONE: Final = (
    "De kluis van voor het terugzetten is nog niet helemaal weg: de schijf geeft een fout. De kluis van nu is in orde. "
    "Sluit vpdesk af en open haar opnieuw; dan gaat weg wat er nog ligt. Staat zij er daarna nog, verwijder haar dan "
    "opnieuw."
)


@dataclass(frozen=True, slots=True)
class FormerVault:
    """A generation that counted until a restore; `until` is when it last changed, `size` in bytes."""

    folder: Path
    until: datetime
    size: int


def former_vaults(vault: Vault) -> tuple[FormerVault, ...]:
    """Return the vaults from before a restore, the newest first; what is unfinished or half gone goes by itself."""
    found = [_described(folder) for folder in former_folders(vault) if _is_whole(folder)]
    return tuple(sorted(found, key=lambda former: former.until, reverse=True))


def former_folders(vault: Vault) -> tuple[Path, ...]:
    """Return the generations that do not count; none while the vault is held, since then any of them may.

    Never the one that is open, and not what a new key left behind, which goes by itself.
    """
    if vault.held:
        return ()
    others = {vault.generation.name, vault.settings.get(generations.SUPERSEDED)}
    return tuple(folder for folder in generations.former(vault.folder) if folder.name not in others)


def _is_whole(folder: Path) -> bool:
    with disk.sentences(folder, refused=disk.NOT_READABLE):
        return not generations.is_unfinished(folder)


def _described(folder: Path) -> FormerVault:
    with disk.sentences(folder, refused=disk.NOT_READABLE):
        files = [path.lstat() for path in folder.iterdir() if generations.UNFINISHED not in path.name]
        changed = max((status.st_mtime for status in files), default=folder.stat().st_mtime)
    until = datetime.fromtimestamp(changed).replace(microsecond=0)  # noqa: DTZ006 - the laptop's local time
    return FormerVault(folder, until, sum(status.st_size for status in files))


def drop_former_vault(vault: Vault, former: FormerVault) -> None:
    """Remove one of them for good; the vault that counts is never touched.

    Raises:
        NotFoundError: it is none of this vault's former ones.
        VaultError: the vault is held, or the disk refuses; what is left of it is cleared at the next opening.
    """
    vault.refuse_held()
    if former.folder not in former_folders(vault):
        raise NotFoundError("Deze kluis van voor het terugzetten is er niet meer. Er is niets veranderd.")
    with disk.sentences(vault.folder, unsettled=NOT_ALL_GONE):
        generations.replace_durably(former.folder / generations.UNFINISHED, b"")
    try:
        generations.discard(former.folder)
    except OSError as error:
        raise VaultError(NOT_ALL_GONE) from error
