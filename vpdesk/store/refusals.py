"""What can't be the database of a vault is refused here, before SQLite could make or adopt anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError

if TYPE_CHECKING:
    from pathlib import Path

PAGE_BYTES: Final = 4096
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
UNREADABLE: Final = (
    "Het gegevensbestand van deze kluis is niet te lezen. Er is niets veranderd. Kijk of u bij deze map mag."
)


def check_file(path: Path) -> None:
    """Refuse whatever can't be the database of a vault, before SQLite could make or adopt anything.

    Raises:
        VaultDamagedError: missing, a folder, empty, cut short inside a page, or in the clear.
    """
    if not path.exists():
        raise VaultDamagedError(GONE)
    if not path.is_file():
        raise VaultDamagedError(FOREIGN)
    size = path.stat().st_size
    if size == 0:
        raise VaultDamagedError(EMPTY)
    # A crash can leave half a page at the end; then the journal beside it brings the file back.
    if size % PAGE_BYTES and not path.with_name(path.name + "-journal").exists():
        raise VaultDamagedError(CUT_SHORT)
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN_SQLITE))
    except OSError:
        raise VaultDamagedError(UNREADABLE) from None
    # SQLite would read pages from a write-ahead log that somebody put there; vpdesk never makes one.
    if start == _PLAIN_SQLITE or path.with_name(path.name + "-wal").exists():
        raise VaultDamagedError(FOREIGN)
