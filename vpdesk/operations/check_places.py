"""Checks of where things stand: the folder of the vault, its copies in every place, and what was left behind."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import BackupError, VaultError
from vpdesk.domain.rows import CheckLine
from vpdesk.domain.wording import moment, short_date, size
from vpdesk.operations import synced
from vpdesk.operations.backups import backup_state, list_backups, places, verify_backup
from vpdesk.operations.formers import former_vaults
from vpdesk.operations.places import MOVING, usual_place
from vpdesk.store import container, generations, space
from vpdesk.store.generations import FolderState

if TYPE_CHECKING:
    from datetime import datetime

    from vpdesk.store.vault import Vault

LEAST_FREE: Final = 100_000_000
TIMES_THE_VAULT: Final = 3  # a restore needs the vault twice, beside the one that stands
TOO_LONG_WITHOUT: Final = timedelta(days=7)
FORMER_FOR: Final = timedelta(days=30)

SYNCED: Final = (
    "Uw kluis staat in een map die meeloopt met {}. De kluis blijft versleuteld, maar kan daar beschadigd raken. "
    "Verplaats haar op de pagina Kluis naar een map die alleen op deze laptop staat."
)


NO_WRITES: Final = (
    "vpdesk kan nu niet schrijven in {}: er wordt niets bewaard, en bij het afsluiten komt er geen kopie. Wat bewaard "
    "was, is te lezen. Maak nu een reservekopie op een andere plaats. Kijk dan of de map van u is en of de schijf niet "
    "op slot staat."
)


def folder_lines(folder: Path, *, read_only: bool = False) -> tuple[CheckLine, ...]:
    """Check place and rights, whether the folder travels, and the room on its disk."""
    try:
        generations.state(folder)
    except VaultError as error:  # another user's: there is no more to tell
        return (CheckLine("Map", ok=False, sentence=error.sentence),)
    return (_folder(folder, read_only=read_only), _synced(folder), _room(folder))


def _folder(folder: Path, *, read_only: bool) -> CheckLine:
    if not folder.is_dir():
        return CheckLine("Map", ok=False, sentence=f"De map {folder} is er nog niet. Maak een kluis of kies haar map.")
    parts = (folder, *folder.glob(f"g-*/{generations.DATABASE}"))
    if read_only or not all(os.access(path, os.W_OK) for path in parts):
        return CheckLine("Map", ok=False, sentence=NO_WRITES.format(folder))
    if sys.platform != "win32" and folder.stat().st_mode & 0o077:
        return CheckLine(
            "Map",
            ok=False,
            sentence=f"Anderen op deze laptop kunnen in de map {folder} kijken. Maak haar alleen van u.",
        )
    return CheckLine("Map", ok=True, sentence=f"{folder}, op deze laptop en alleen van u.")


def _synced(folder: Path) -> CheckLine:
    service = synced.service_of(folder)
    if service:
        return CheckLine("Cloud", ok=False, sentence=SYNCED.format(service))
    return CheckLine("Cloud", ok=True, sentence="De map loopt niet mee met een cloud die vpdesk kent.")


def _room(folder: Path) -> CheckLine:
    free = space.free(folder)
    if free is None:
        return CheckLine("Ruimte", ok=True, sentence="Dit systeem zegt niet hoeveel ruimte er vrij is.")
    databases = [path.stat().st_size for path in folder.glob(f"g-*/{generations.DATABASE}") if path.is_file()]
    needed = max([LEAST_FREE, *(TIMES_THE_VAULT * database for database in databases)])
    if free < needed:
        return CheckLine(
            "Ruimte",
            ok=False,
            sentence=f"Er is nog {size(free)} vrij. Wat bewaard is, is veilig, maar om te kunnen terugzetten is "
            f"{size(needed)} nodig. Maak ruimte vrij.",
        )
    return CheckLine("Ruimte", ok=True, sentence=f"Er is {size(free)} vrij.")


def copy_lines(vault: Vault, now: datetime) -> tuple[CheckLine, ...]:
    """Check for every place whether it is there and its newest copy is whole, and whether the last copy is recent."""
    state = backup_state(vault, now=now)
    if state.made is None:
        return (CheckLine("Reservekopieën", ok=False, sentence=f"{state.message} Kies een plaats en maak er een."),)
    chosen = places(vault) or (Path(state.place),)
    recent = CheckLine(
        "Reservekopieën",
        ok=True,
        sentence=f"De laatste is van {moment(state.made, now.date())}, geopend en gecontroleerd.",
    )
    if state.changed_since and not timedelta(0) <= now - state.made < TOO_LONG_WITHOUT:
        recent = CheckLine(
            "Reservekopieën",
            ok=False,
            sentence=f"De laatste is van {short_date(state.made.date(), now.date())}, en daarna is er iets veranderd. "
            "Maak nu een nieuwe op de pagina Kluis.",
        )
    return (recent, *(_place(vault, place, now) for place in chosen))


def _place(vault: Vault, place: Path, now: datetime) -> CheckLine:
    name = "Kopieën op deze laptop" if place == usual_place(vault.folder) else f"Kopieën in ‘{place.name or place}’"
    if not place.is_dir():
        return CheckLine(
            name,
            ok=False,
            sentence=f"‘{place}’ is er nu niet. Andere kopieën blijven goed. Sluit de stick of schijf aan, "
            "of kies op de pagina Kluis een andere plaats.",
        )
    ours = [path for path in list_backups([place]) if container.peek(path).vault_id == vault.id]
    if not ours:
        return CheckLine(name, ok=False, sentence=f"In {place} staat nog geen kopie van deze kluis. Maak er een.")
    made = short_date(container.peek(ours[0]).made.date(), now.date())
    try:
        verify_backup(ours[0])
    except BackupError:
        return CheckLine(
            name,
            ok=False,
            sentence=f"De nieuwste in {place}, van {made}, is beschadigd. Uw kluis is in orde. Maak een nieuwe kopie.",
        )
    many = f"{len(ours)} kopieën" if len(ours) > 1 else "1 kopie"
    return CheckLine(name, ok=True, sentence=f"{many} in {place}; de nieuwste is van {made} en heel.")


def left_in_vault(vault: Vault, now: datetime) -> tuple[CheckLine, ...]:
    """Tell what stands beside the vault: the one from before a restore, and what a move left."""
    lines = []
    for former in former_vaults(vault):
        long = now - former.until >= FORMER_FOR
        sentence = (
            f"De kluis van voor het terugzetten staat er nog: tot {short_date(former.until.date(), now.date())}, "
        )
        sentence += f"{size(former.size)}."
        if long:
            sentence += " Mist u na het terugzetten niets, verwijder haar dan op de pagina Kluis."
        lines.append(CheckLine("Vorige kluis", ok=not long, sentence=sentence))
    if vault.settings.get(MOVING):
        sentence = (
            "Wat van een verplaatsing overbleef, kon nog niet worden weggehaald. Er is niets verloren. "
            "Sluit andere vensters van vpdesk, kijk of de map van u is en start vpdesk opnieuw."
        )
        lines.append(CheckLine("Resten", ok=False, sentence=sentence))
    return tuple(lines) or (NOTHING_LEFT,)


def left_in_folder(folder: Path) -> tuple[CheckLine, ...]:
    """Tell what an interrupted copy, restore or move left in the folder of a vault that is not open."""
    try:
        if generations.state(folder) is not FolderState.VAULT:
            return ()
    except VaultError:  # another user's, as the line about the folder says
        return ()
    unfinished = [path for path in folder.glob("g-*") if (path / generations.UNFINISHED).exists()]
    if unfinished or (folder / generations.WORK).exists():
        return (
            CheckLine(
                "Resten",
                ok=False,
                sentence="Er staat iets van een afgebroken kopie of terugzetting. De kluis heeft daar geen last van; "
                "vpdesk ruimt het op als u haar opent.",
            ),
        )
    return (NOTHING_LEFT,)


NOTHING_LEFT: Final = CheckLine("Resten", ok=True, sentence="Er is niets blijven liggen.")
