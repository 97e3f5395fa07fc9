"""Checks of keyring, cipher, folder, vault, backups, the solver and versions: each in order, or what to do."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import vpdesk
from vpdesk.domain.errors import (
    KeyringAbsentError,
    KeyringError,
    VaultBusyError,
    VaultError,
    VpdeskError,
    WrongSecretError,
)
from vpdesk.domain.rows import CheckLine
from vpdesk.domain.wording import joined, moment
from vpdesk.operations.backups import backup_state, list_backups
from vpdesk.operations.check_places import copy_lines, folder_lines, left_in_folder, left_in_vault, looked
from vpdesk.operations.places import FULL_CHECK, usual_place
from vpdesk.operations.reckoning import reckoning_line
from vpdesk.operations.vaults import PRACTICE_INSTEAD, describe, open_vault
from vpdesk.operations.ways_in import device_secret, untold_openings
from vpdesk.store import disk, generations, keyfile
from vpdesk.store.cipher import cipher_versions
from vpdesk.store.generations import FolderState
from vpdesk.store.keychain import KeychainSource, resolved
from vpdesk.store.keys import ENTRY_MISSING, ENTRY_OTHER, SlotKind
from vpdesk.store.refusals import HELD, READ_ONLY, check_file
from vpdesk.store.schema import MIGRATIONS
from vpdesk.store.stored import understood
from vpdesk.store.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.store.keyfile import KeyFile

__all__ = ["CheckLine", "doctor", "examine"]

FIXED_SQLITE: Final = (3, 51, 3)
"""Before it, two programs on one WAL file could damage a database; https://sqlite.org/wal.html#walresetbug."""
_FIXED_EARLIER: Final = ((3, 44, 6), (3, 50, 7))
LEAST_CIPHER: Final = 4

_WAYS: Final = {
    "daily": "uw wachtzin samen met de sleutelbos",
    "keyring": "de sleutelbos alleen",
    "passphrase": "uw wachtzin alleen",
    "recovery": "de 16 herstelwoorden",
    "emergency": "de twee bladen van de noodopening",
    "practice": "de vaste wachtzin oefenkluis",
}


def doctor(target: Path | Vault, *, keychain: KeychainSource, now: datetime) -> tuple[CheckLine, ...]:
    """Check what can be told of a folder without a secret, and of an open vault its integrity and backups too."""
    vault = target if isinstance(target, Vault) else None
    folder = target.folder if isinstance(target, Vault) else target
    return (
        *looked("Sleutelbos", lambda: (_keyring(folder, keychain),)),
        *looked("Sleutels", lambda: (_ways_in(folder),)),
        _cipher(),
        *looked("Map", lambda: _of_folder(folder, vault)),
        *looked("Kluis", lambda: (_vault(folder, opened=vault is not None),)),
        *(_of_closed(folder) if vault is None else _of_open(vault, now)),
        reckoning_line(),
        _memory(),
        _versions(),
    )


def _of_open(vault: Vault, now: datetime) -> tuple[CheckLine, ...]:
    return (
        *_opening(vault, now),
        *looked("Inhoud", lambda: (_content(vault, now),)),
        *looked("Reservekopieën", lambda: copy_lines(vault, now)),
        *left_in_vault(vault, now),
    )


def _of_folder(folder: Path, vault: Vault | None) -> tuple[CheckLine, ...]:
    lines = folder_lines(folder, read_only=vault is not None and vault.read_only and not vault.held)
    if vault is not None and vault.held:
        return (CheckLine("Map", ok=False, sentence=HELD), *(line for line in lines if line.name != "Map"))
    return lines


def _of_closed(folder: Path) -> tuple[CheckLine, ...]:
    return (NOT_OPENED, *looked("Resten", lambda: left_in_folder(folder)))


NOT_OPENED: Final = CheckLine(
    "Inhoud",
    ok=True,
    sentence="De inhoud is niet nagekeken: dat kan alleen met een open kluis. Open haar en kijk op de pagina Kluis, of "
    "geef hier de wachtzin met --passphrase-stdin.",
    looked=False,
)
OPEN_ELSEWHERE: Final = CheckLine(
    "Inhoud",
    ok=True,
    sentence="De inhoud is niet nagekeken: de kluis is nu open. Kijk daar op de pagina Kluis.",
    looked=False,
)


def examine(
    folder: Path,
    *,
    passphrase: str | None,
    words: str | None,
    keychain: KeychainSource,
    now: datetime,
    in_use: Callable[[], Path] | None = None,
) -> tuple[CheckLine, ...]:
    """Open the vault where a secret was given or none is needed, check it, and close it; else check its folder.

    Where it does not open, a line says why, beside what can be told without.

    Raises:
        WrongSecretError: the secret that was given does not open it.
    """
    if passphrase is None and words is None and not describe(folder).practice:
        return doctor(folder, keychain=keychain, now=now)
    try:
        with open_vault(folder, passphrase=passphrase, words=words, keychain=keychain, now=now, in_use=in_use) as vault:
            lines = doctor(vault, keychain=keychain, now=now)
            if vault.practice and not (passphrase is None and words is None):
                return (CheckLine("Openen", ok=False, sentence=PRACTICE_INSTEAD.format(folder)), *lines)
            return lines
    except WrongSecretError:
        raise
    except VaultBusyError:
        content = OPEN_ELSEWHERE
    except VpdeskError as error:
        content = CheckLine("Inhoud", ok=False, sentence=error.sentence)
    lines = doctor(folder, keychain=keychain, now=now)
    return tuple(content if line is NOT_OPENED else line for line in lines)


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
            secret = device_secret(chain, key_file.vault_id, daily)
    except KeyringAbsentError as error:
        without = key_file is not None and daily is None
        sentence = "Niet aanwezig; deze kluis heeft hem niet nodig." if without else error.sentence
        return CheckLine("Sleutelbos", without, sentence)
    except KeyringError as error:
        return CheckLine("Sleutelbos", ok=False, sentence=error.sentence)
    if daily is not None and (secret is None or not daily.knows_device(secret)):
        return CheckLine("Sleutelbos", ok=False, sentence=ENTRY_MISSING if secret is None else ENTRY_OTHER)
    return CheckLine("Sleutelbos", ok=True, sentence=f"{name} werkt.")


def _ways_in(folder: Path) -> CheckLine:
    key_file = _key_file(folder)
    if key_file is None:
        return CheckLine("Sleutels", ok=False, sentence="Er is geen sleutelbestand te lezen; zie de regel Kluis.")
    kinds = [slot.kind.value for slot in key_file.slots]
    ways = joined([_WAYS[kind] for kind in _WAYS if kind in kinds]).replace(" en ", ", of met ")
    sentence = f"Deze kluis gaat open met {ways}."
    if not {"recovery", "practice"} & set(kinds):
        return CheckLine(
            "Sleutels",
            ok=False,
            sentence=f"{sentence} Herstelwoorden zijn er niet: raakt die weg kwijt, dan gaat de kluis nooit meer open. "
            "Neem op de pagina Kluis nieuwe woorden.",
        )
    if kinds == ["recovery"]:
        return CheckLine(
            "Sleutels", ok=False, sentence=f"{sentence} Kies op de pagina Kluis een wachtzin voor deze laptop."
        )
    return CheckLine("Sleutels", ok=True, sentence=sentence)


def _cipher() -> CheckLine:
    cipher, _ = cipher_versions()
    if not cipher:
        return CheckLine(
            "Versleuteling", ok=False, sentence="SQLCipher ontbreekt in deze vpdesk. Installeer vpdesk opnieuw."
        )
    if _numbers(cipher) < (LEAST_CIPHER,):
        return CheckLine(
            "Versleuteling", ok=False, sentence=f"SQLCipher {cipher} is te oud. Installeer de nieuwste vpdesk."
        )
    return CheckLine("Versleuteling", ok=True, sentence=f"SQLCipher {cipher}.")


def _numbers(version: str) -> tuple[int, ...]:
    """Return `3.51.3 beta` as (3, 51, 3)."""
    return tuple(int(part) for part in re.findall(r"\d+", version.split(" ", maxsplit=1)[0]))


def _vault(folder: Path, *, opened: bool) -> CheckLine:
    try:
        if generations.state(folder) in {FolderState.MISSING, FolderState.EMPTY, FolderState.FOREIGN}:
            beside = usual_place(folder)
            copies = (
                f" Wel staan er reservekopieën in {beside}. Zet de nieuwste terug." if list_backups([beside]) else ""
            )
            return CheckLine("Kluis", ok=False, sentence=f"Hier staat nog geen kluis.{copies}")
        generation = generations.current(folder)
        keyfile.read(generation / generations.KEYS)
        with disk.sentences(folder, refused=disk.NOT_READABLE):
            check_file(generation / generations.DATABASE)
    except VaultError as error:
        return CheckLine("Kluis", ok=False, sentence=error.sentence)
    if opened:
        return CheckLine("Kluis", ok=True, sentence="Alle bestanden zijn er en hebben de juiste vorm.")
    return CheckLine(
        "Kluis", ok=True, sentence="Alle bestanden zijn er, en het sleutelbestand is te lezen. Meer is niet nagekeken."
    )


@understood()
def _content(vault: Vault, now: datetime) -> CheckLine:
    if not vault.integrity(full=True):  # which, unlike the daily check, notes nothing
        return CheckLine(
            "Inhoud",
            ok=False,
            sentence="De kluis is beschadigd. Maak geen nieuwe reservekopie; zet de nieuwste goede terug. "
            "De kluis van nu blijft bewaard.",
        )
    quick, full = backup_state(vault, now=now).made, vault.settings.get(FULL_CHECK)
    before = "Elke reservekopie wordt ook nagerekend"
    if quick is not None:
        before += f", het laatst {moment(quick, now.date())}"
    if full:
        before += f"; ook op haar bouw {moment(datetime.fromisoformat(full), now.date())}"
    return CheckLine("Inhoud", ok=True, sentence=f"Elke bladzijde is zojuist nagerekend en echt. {before}.")


def _opening(vault: Vault, now: datetime) -> tuple[CheckLine, ...]:
    """Return what opening the vault warned of; that it can only be read is told of its folder."""
    untold = untold_openings(vault, now=now) if vault.announcements else ()
    said = (*(warning for warning in vault.warnings if warning != READ_ONLY), *untold)
    return tuple(CheckLine("Openen", ok=False, sentence=sentence) for sentence in said)


def _memory() -> CheckLine:
    if core_is_kept():
        return CheckLine(
            "Geheugen",
            ok=False,
            sentence="Als vpdesk vastloopt, bewaart dit systeem een afdruk van het geheugen, met wat u schreef erin. "
            "Sluit vpdesk en start het zoals het is geïnstalleerd, of zet dat in het systeem uit (ulimit -c 0).",
        )
    return CheckLine(
        "Geheugen", ok=True, sentence="Als vpdesk vastloopt, blijft er geen afdruk van het geheugen achter."
    )


def core_is_kept() -> bool:
    """Return whether the system would keep an image of this process when it crashes."""
    if sys.platform == "win32":
        return False  # Windows keeps none unless somebody set that up for this very program
    resource: Any = importlib.import_module("resource")
    may_be_dumped, pattern = 1, ""
    if sys.platform == "linux":
        may_be_dumped = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
        with contextlib.suppress(OSError):
            pattern = Path("/proc/sys/kernel/core_pattern").read_text(encoding="ascii", errors="replace")
    limited = resource.getrlimit(resource.RLIMIT_CORE)[0] == 0 and not pattern.startswith("|")
    return bool(may_be_dumped) and not limited


_PR_GET_DUMPABLE: Final = 3


def _versions() -> CheckLine:
    _, sqlite = cipher_versions()
    sentence = f"vpdesk {vpdesk.__version__}, SQLite {sqlite}, kluisformaat {len(MIGRATIONS)}."
    numbers = _numbers(sqlite)
    fixed = numbers >= FIXED_SQLITE or any(numbers[:2] == to[:2] and numbers >= to for to in _FIXED_EARLIER)
    if not fixed:
        sentence += " Deze SQLite heeft een bekende fout. Installeer de nieuwste vpdesk."
    return CheckLine("Versies", ok=fixed, sentence=sentence)
