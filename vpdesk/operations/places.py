"""Where backups go and how the last one stands; apart, so that asking it at every start loads nothing else."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.rows import BackupState
from vpdesk.domain.wording import short_date
from vpdesk.store import generations
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

PLACES: Final = "backup_places"
ATTACHED: Final = "attachments_copied"
LAST: Final = "last_backup"
TROUBLE: Final = "backup_trouble"
DISKS: Final = "backup_disks"
"""The setting that knows for every chosen place where the disk is mounted on which it stood."""
FULL_CHECK: Final = "last_full_check"
MOVING: Final = "moving"
"""Set while a vault is on its way to another folder; see `moving`."""
SPACE_BUDGET: Final = "backup_space_budget"
USUAL_BUDGET: Final = 2_000_000_000
_BEHIND: Final = "In ‘{}’ staat de laatste kopie, van {}, nog niet."
_COMES: Final = "Bij het afsluiten zet vpdesk er een bij."
_MAKE_ONE: Final = (
    "Maak er nu een met ‘Nu een reservekopie maken’: vanzelf komt er geen, want de kluis is alleen te lezen."
)


def usual_place(folder: Path) -> Path:
    """Return the folder for backups beside a vault's folder."""
    folder = Path(os.path.realpath(folder))  # `.` has no name of its own, and a loop of links none that counts
    return folder.with_name("reservekopieen" if folder.name == "kluis" else f"{folder.name}-reservekopieen")


@understood()
def places(vault: Vault) -> tuple[Path, ...]:
    """Return the folders to which backups go, as the user chose them."""
    return tuple(Path(text) for text in json.loads(vault.settings.get(PLACES, "[]")))


@understood()
def space_budget(vault: Vault) -> int:
    """Return how many bytes the backups of a vault may take in each place."""
    return int(vault.settings.get(SPACE_BUDGET, str(USUAL_BUDGET)))


def stands_in_vault(path: Path) -> bool:
    """Return whether a path lies in the folder of a vault, also of one whose pointer is damaged."""
    return any(
        generations.is_part_of_vault(folder) or _holds_generation(folder)
        for folder in Path(os.path.realpath(path)).parents
    )


def _holds_generation(folder: Path) -> bool:
    try:
        return next(folder.glob(f"g-*/{generations.KEYS}"), None) is not None
    except OSError:  # what can't be looked at is nobody's vault
        return False


def disk_of(folder: Path) -> str:
    """Return where the disk is mounted on which a folder stands."""
    path = Path(os.path.realpath(folder))
    return str(next((above for above in (path, *path.parents) if os.path.ismount(above)), path.anchor))


@understood()
def disks(vault: Vault) -> dict[str, str]:
    """Return for every chosen place where its disk is mounted, as far as that is known."""
    kept = json.loads(vault.settings.get(DISKS, "{}"))
    return {str(place): str(disk) for place, disk in kept.items()}


def is_there(vault: Vault, place: Path) -> bool:
    """Return whether a place is there, on its own disk.

    The folder where a stick is mounted may stay when that is pulled out: what is written there then lands on the disk
    of this laptop. Of a place whose disk is not known only the folder tells.
    """
    disk = disks(vault).get(str(place.absolute()))
    try:
        return place.is_dir() and (disk is None or os.path.ismount(disk))
    except OSError:  # behind a folder of another user it can't be found
        return False


@understood()
def lacking(vault: Vault) -> tuple[Path, ...]:
    """Return the chosen places that don't have the last copy, whether they are there or not.

    One that refused it is left out: that has a sentence of its own, and trying again at every closing would not help.
    So is, of a vault that can't note its copies, one that has a copy as new.
    """
    record = last_copy(vault)
    held = record.get("held")
    if held is None:  # of an earlier vpdesk, or just put back: nobody knows
        return ()
    return tuple(
        place
        for place in places(vault)
        if str(place.absolute()) not in record["refused"]
        and not _has(vault, place, held.get(str(place.absolute())))
        and not (vault.read_only and _has_as_new(vault, place, datetime.fromisoformat(record["made"])))
    )


def _has(vault: Vault, place: Path, name: str | None) -> bool:
    return name is not None and ((place / name).is_file() or not is_there(vault, place))


def _has_as_new(vault: Vault, place: Path, made: datetime) -> bool:
    from vpdesk.operations.backups import headers_in  # noqa: PLC0415 - seldom needed

    return any(header.vault_id == vault.id and header.made >= made for _, header in headers_in(place))


@understood()
def last_copy(vault: Vault) -> dict[str, Any]:
    """Return what was noted of the last backup; empty where none was made."""
    return dict(json.loads(vault.settings.get(LAST) or "{}"))


@understood()
def backup_state(vault: Vault, *, now: datetime) -> BackupState:
    """Return the newest backup and whether the vault changed after it."""
    trouble = vault.settings.get(TROUBLE)
    record = last_copy(vault)
    if not record:
        none = "Er is nog geen reservekopie gemaakt."
        return BackupState(None, "", verified=False, changed_since=True, message=none, trouble=trouble)
    made = datetime.fromisoformat(record["made"])
    without, there = lacking(vault), [place for place in places(vault) if is_there(vault, place)]
    day = short_date(made.date(), now.date())
    messages = [_about(vault, place, day, there=place in there, lacks=place in without) for place in places(vault)]
    messages = [message for message in messages if message]
    if record["message"]:
        messages.append(record["message"])
    return BackupState(
        made,
        record["place"],
        verified=True,
        changed_since=vault.revision != record["revision"],
        message=" ".join(messages),
        trouble=trouble,
        behind=any(place in there for place in without),
    )


def behind(vault: Vault, place: Path, day: str) -> str:
    """Return the sentence of a place that lacks the copy of a day: how it gets there."""
    return f"{_BEHIND.format(place, day)} {_MAKE_ONE if vault.read_only else _COMES}"


def _about(vault: Vault, place: Path, day: str, *, there: bool, lacks: bool) -> str:
    if there:
        return behind(vault, place, day) if lacks else ""
    away = f"‘{place}’ is er niet. De laatste kopie is van {day}."
    comes = "" if vault.read_only else " en komt er later bij"
    return f"{away} Die staat daar nog niet{comes}." if lacks else away
