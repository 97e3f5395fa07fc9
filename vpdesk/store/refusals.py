"""What can't be the database of a vault is refused here, before SQLite could make or adopt anything."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError
from vpdesk.store import regular

if TYPE_CHECKING:
    from pathlib import Path

PAGE_BYTES: Final = 4096
_MARGIN: Final = 1024 * 1024
_LARGEST_SECTOR: Final = 4096
_PLAIN_SQLITE: Final = b"SQLite format 3\0"

_KEPT: Final = " Er is niets veranderd. Zet de nieuwste reservekopie terug; deze kluis blijft staan."
GONE: Final = "Het gegevensbestand van deze kluis is er niet." + _KEPT
EMPTY: Final = "Het gegevensbestand van deze kluis is leeg." + _KEPT
CUT_SHORT: Final = "Het gegevensbestand van deze kluis is niet heel." + _KEPT
FOREIGN: Final = "Het gegevensbestand in deze map is niet dat van deze kluis." + _KEPT
DAMAGED: Final = "Het gegevensbestand van deze kluis is beschadigd." + _KEPT
READ_ONLY: Final = (
    "Deze kluis is nu alleen te lezen: vpdesk mag in haar map niet schrijven. Wat u typt, kan niet worden bewaard. "
    "Kijk of de map van u is en of de schijf niet op slot staat."
)
HELD: Final = (
    "De schijf gaf een fout toen een wijziging inging. Tot dat is uitgezocht, kan vpdesk niet in de kluis schrijven; "
    "er is niets veranderd en wat bewaard was, is te lezen. Sluit vpdesk af en open de kluis opnieuw."
)
JOURNAL_IS_NONE: Final = (
    "Naast het gegevensbestand van deze kluis staat iets dat vault.db-journal heet, maar dat is geen logboek: het is "
    "geen gewoon bestand." + _KEPT
)
JOURNAL_DOES_NOT_FIT: Final = (
    "Naast het gegevensbestand van deze kluis staat een logboek (vault.db-journal) dat er niet bij past of beschadigd "
    "is." + _KEPT
)
UNREADABLE: Final = (
    "Het gegevensbestand van deze kluis is niet te lezen. Er is niets veranderd. Kijk of u bij deze map mag."
)


def check_file(path: Path) -> None:
    """Refuse whatever can't be the database of a vault, before SQLite could make or adopt anything.

    Raises:
        VaultDamagedError: missing, no file, empty, cut short inside a page, in the clear, or beside a foreign journal.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        raise VaultDamagedError(GONE) from None
    except OSError:
        raise VaultDamagedError(UNREADABLE) from None
    if regular.is_other(path):
        raise VaultDamagedError(FOREIGN)
    size = path.stat().st_size
    if size == 0:
        raise VaultDamagedError(EMPTY)
    # A crash can leave half a page at the end; then the journal beside it brings the file back.
    if size % PAGE_BYTES and not path.with_name(path.name + "-journal").exists():
        raise VaultDamagedError(CUT_SHORT)
    try:
        start = regular.read(path, len(_PLAIN_SQLITE))
    except OSError:
        raise VaultDamagedError(UNREADABLE) from None
    # SQLite would read pages from a write-ahead log that somebody put there; vpdesk never makes one.
    if start == _PLAIN_SQLITE or os.path.lexists(path.with_name(path.name + "-wal")):
        raise VaultDamagedError(FOREIGN)
    _check_journal(path.with_name(path.name + "-journal"), size)


def longest_journal(size: int) -> int:
    """Return the most bytes that a rollback journal of a database of so many bytes can have.

    It holds each page of the old database once, with a number and a checksum, and at worst a header of one sector
    before each of them. The file is cut off only when its journal is gone, so the old database was no longer than it.
    Format: https://sqlite.org/fileformat2.html#the_rollback_journal
    """
    return (size // PAGE_BYTES + 1) * (_LARGEST_SECTOR + PAGE_BYTES + 8) + _MARGIN


def _check_journal(path: Path, size: int) -> None:
    """Refuse what can't be the journal of a database of so many bytes, before anything copies or plays it."""
    if regular.is_other(path):
        raise VaultDamagedError(JOURNAL_IS_NONE)
    if path.exists() and path.stat().st_size > longest_journal(size):
        raise VaultDamagedError(JOURNAL_DOES_NOT_FIT)
