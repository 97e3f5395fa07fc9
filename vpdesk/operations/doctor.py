"""Checks of keyring, cipher, folder, vault, backups and versions: each in order, or what to do."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import vpdesk
from vpdesk.domain.errors import KeyringAbsentError, KeyringError, VaultError
from vpdesk.domain.wording import short_date
from vpdesk.operations.backups import backup_state, places
from vpdesk.operations.ways_in import device_secret
from vpdesk.store import container, generations, keyfile
from vpdesk.store.generations import FolderState
from vpdesk.store.keychain import KeychainSource, resolved
from vpdesk.store.keys import ENTRY_MISSING, ENTRY_OTHER, SlotKind
from vpdesk.store.schema import MIGRATIONS
from vpdesk.store.vault import Vault, check_file, cipher_versions

if TYPE_CHECKING:
    from datetime import datetime

    from vpdesk.store.keyfile import KeyFile

SYNCED: Final = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "nextcloud",
    "owncloud",
)
IN_SYNCED_FOLDER: Final = (
    "Uw kluis staat in een map die met de cloud meeloopt. De kluis blijft versleuteld, maar kan daar beschadigd raken. "
    "Verplaats haar naar een map op deze laptop."
)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check: its name, whether it is in order, and what was found or what to do."""

    name: str
    ok: bool
    sentence: str


def doctor(target: Path | Vault, *, keychain: KeychainSource, now: datetime) -> tuple[CheckLine, ...]:
    """Check what can be told of a folder without a secret, and of an open vault its integrity and backups too."""
    folder = target.folder if isinstance(target, Vault) else target
    lines = [_keyring(folder, keychain), _cipher(), _folder(folder), _vault(folder)]
    if isinstance(target, Vault):
        lines += [_integrity(target), _backups(target, now)]
    return (*lines, _versions())


def _key_file(folder: Path) -> KeyFile | None:
    try:
        return keyfile.read(generations.current(folder) / generations.KEYS)
    except VaultError:
        return None


def _keyring(folder: Path, keychain: KeychainSource) -> CheckLine:
    key_file = _key_file(folder)
    daily = None if key_file is None else key_file.slot(SlotKind.DAILY) or key_file.slot(SlotKind.KEYRING)
    secret = None
    try:
        chain = resolved(keychain)
        name = chain.backend_name()
        if key_file is not None and daily is not None:
            secret = device_secret(chain, key_file.vault_id, daily.kind)
    except KeyringAbsentError as error:
        without = key_file is not None and daily is None
        sentence = "Niet aanwezig; deze kluis heeft hem niet nodig." if without else error.sentence
        return CheckLine("Sleutelbos", without, sentence)
    except KeyringError as error:
        return CheckLine("Sleutelbos", ok=False, sentence=error.sentence)
    if daily is not None and (secret is None or not daily.knows_device(secret)):
        return CheckLine("Sleutelbos", ok=False, sentence=ENTRY_MISSING if secret is None else ENTRY_OTHER)
    return CheckLine("Sleutelbos", ok=True, sentence=f"{name} werkt.")


def _cipher() -> CheckLine:
    cipher, _ = cipher_versions()
    if not cipher:
        return CheckLine(
            "Versleuteling", ok=False, sentence="SQLCipher ontbreekt in deze vpdesk. Installeer vpdesk opnieuw."
        )
    return CheckLine("Versleuteling", ok=True, sentence=f"SQLCipher {cipher}.")


def _folder(folder: Path) -> CheckLine:
    parts = [part.lower() for part in folder.absolute().parts]
    if any(part.startswith(name) for part in parts for name in SYNCED):
        return CheckLine("Map", ok=False, sentence=IN_SYNCED_FOLDER)
    if not folder.is_dir():
        return CheckLine("Map", ok=False, sentence=f"De map {folder} is er nog niet. Maak een kluis of kies haar map.")
    if sys.platform != "win32" and folder.stat().st_mode & 0o077:
        return CheckLine(
            "Map",
            ok=False,
            sentence=f"Anderen op deze laptop kunnen in de map {folder} kijken. Maak haar alleen van u.",
        )
    return CheckLine("Map", ok=True, sentence=f"{folder}, op deze laptop en alleen van u.")


def _vault(folder: Path) -> CheckLine:
    if generations.state(folder) in {FolderState.MISSING, FolderState.EMPTY, FolderState.FOREIGN}:
        return CheckLine("Kluis", ok=False, sentence="Hier staat nog geen kluis.")
    try:
        generation = generations.current(folder)
        keyfile.read(generation / generations.KEYS)
        check_file(generation / generations.DATABASE)
    except VaultError as error:
        return CheckLine("Kluis", ok=False, sentence=error.sentence)
    return CheckLine("Kluis", ok=True, sentence="Alle bestanden zijn er en hebben de juiste vorm.")


def _integrity(vault: Vault) -> CheckLine:
    if vault.integrity(full=True):
        return CheckLine("Inhoud", ok=True, sentence="Elke bladzijde is nagerekend en echt.")
    return CheckLine(
        "Inhoud",
        ok=False,
        sentence="De kluis is beschadigd. Maak geen nieuwe reservekopie; zet de nieuwste goede terug. "
        "De kluis van nu blijft bewaard.",
    )


def _backups(vault: Vault, now: datetime) -> CheckLine:
    state = backup_state(vault, now=now)
    if state.made is None:
        return CheckLine("Reservekopieën", ok=False, sentence=f"{state.message} Kies een plaats en maak er een.")
    path = Path(state.place)
    newest = [] if not path.is_dir() else sorted(path.glob(f"*{container.SUFFIX}"))
    what = f"De laatste is van {short_date(state.made.date(), now.date())}, gecontroleerd."
    if not newest and path in places(vault):
        return CheckLine("Reservekopieën", ok=False, sentence=f"{what} {state.message}".strip())
    return CheckLine("Reservekopieën", ok=True, sentence=what)


def _versions() -> CheckLine:
    _, sqlite = cipher_versions()
    return CheckLine(
        "Versies", ok=True, sentence=f"vpdesk {vpdesk.__version__}, SQLite {sqlite}, kluisformaat {len(MIGRATIONS)}."
    )
