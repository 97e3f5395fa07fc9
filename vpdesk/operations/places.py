"""Where backups go and how the last one stands; apart, so that asking it at every start loads nothing else."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.rows import BackupState
from vpdesk.domain.wording import short_date
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

PLACES: Final = "backup_places"
LAST: Final = "last_backup"
TROUBLE: Final = "backup_trouble"
MOVING: Final = "moving"
"""Set while a vault is on its way to another folder; see `moving`."""
SPACE_BUDGET: Final = "backup_space_budget"
USUAL_BUDGET: Final = 2_000_000_000


def usual_place(folder: Path) -> Path:
    """Return the folder for backups beside a vault's folder."""
    folder = Path(os.path.realpath(folder))  # `.` has no name of its own, and a loop of links none that counts
    return folder.with_name("reservekopieen" if folder.name == "kluis" else f"{folder.name}-reservekopieen")


def is_there(place: Path) -> bool:
    """Return whether a folder for backups can be found now; behind a folder of another user it can't."""
    try:
        return place.is_dir()
    except OSError:
        return False


@understood()
def places(vault: Vault) -> tuple[Path, ...]:
    """Return the folders to which backups go, as the user chose them."""
    return tuple(Path(text) for text in json.loads(vault.settings.get(PLACES, "[]")))


@understood()
def space_budget(vault: Vault) -> int:
    """Return how many bytes the backups of a vault may take in each place."""
    return int(vault.settings.get(SPACE_BUDGET, str(USUAL_BUDGET)))


@understood()
def backup_state(vault: Vault, *, now: datetime) -> BackupState:
    """Return the newest backup and whether the vault changed after it."""
    trouble = vault.settings.get(TROUBLE)
    text = vault.settings.get(LAST)
    if not text:
        none = "Er is nog geen reservekopie gemaakt."
        return BackupState(None, "", verified=False, changed_since=True, message=none, trouble=trouble)
    record: dict[str, Any] = json.loads(text)
    made = datetime.fromisoformat(record["made"])
    away = [place for place in places(vault) if not is_there(place)]
    messages = [
        f"‘{place}’ is er niet. De laatste kopie is van {short_date(made.date(), now.date())}." for place in away
    ]
    if record["message"]:
        messages.append(record["message"])
    return BackupState(
        made,
        record["place"],
        verified=True,
        changed_since=vault.revision != record["revision"],
        message=" ".join(messages),
        trouble=trouble,
    )
