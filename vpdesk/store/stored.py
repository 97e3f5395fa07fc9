"""What is read back from a vault may be anything, since a restored backup is somebody's file: understood or refused."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError, VaultDamagedError
from vpdesk.domain.taxonomy import KANAAL, ROL, THEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sqlite3 import Connection

LONGEST_TEXT: Final = 32 * 1024 * 1024  # bytes; nobody types that, and it is far below what a process may take

NOT_UNDERSTOOD: Final = (
    "In deze kluis staat iets wat vpdesk niet begrijpt. Er is niets veranderd. "
    "Zet een eerdere reservekopie terug; deze kluis blijft staan."
)


_BY_SQLITE: Final = frozenset({"sqlite_stat1", "sqlite_stat4", "sqlite_sequence"})


@contextlib.contextmanager
def understood() -> Iterator[None]:
    """Refuse what the values of the domain refuse, as a vault that can't be understood; also a decorator."""
    try:
        yield
    except (
        InvalidValueError,
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
        AttributeError,
        RecursionError,
    ) as error:
        raise VaultDamagedError(NOT_UNDERSTOOD) from error


def text(raw: bytes) -> str:
    """Return a text as SQLite keeps it; a letter that is none is shown as such."""
    if len(raw) > LONGEST_TEXT:
        raise VaultDamagedError(NOT_UNDERSTOOD)
    return raw.decode("utf-8", "replace")


def refuse_overlong(size: tuple[int | None] | None) -> None:
    """Refuse a text by the size that SQLite gives for it without loading it; None for no row, or for no text."""
    if size is not None and size[0] is not None and size[0] > LONGEST_TEXT:
        raise VaultDamagedError(NOT_UNDERSTOOD)


def refuse_unknown(*, rol: str = "onbekend", thema: str = "onbekend", channel: str = "onbekend") -> None:
    """Raise ValueError for a code of a list's row that is in no list, so that no page has to look it up in vain."""
    if rol not in ROL or thema not in THEMA or channel not in KANAAL:
        raise ValueError(rol, thema, channel)


_SOUND: Final = """
SELECT count(*), sum(
    id IS ? AND typeof(root) = 'blob' AND typeof(created) = 'text' AND octet_length(created) < 100
    AND typeof(revision) = 'integer' AND revision BETWEEN 0 AND 1 << 60
    AND typeof(backup_sequence) = 'integer' AND backup_sequence BETWEEN 0 AND 1 << 40
) FROM vault
"""


def is_sound(connection: Connection, vault_id: str) -> bool:
    """Return whether the one row of table `vault` is that of this vault, with numbers and a secret that can be."""
    return bool(connection.execute(_SOUND, (vault_id,)).fetchone() == (1, 1))


def schema(connection: Connection) -> frozenset[tuple[object, ...]]:
    """Return what a database holds: tables, indexes, views and triggers, each as it was written.

    Of the tables that a virtual table makes for itself only the name: how they are written is SQLite's own affair.
    """
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    virtual = tuple(f"{row[1]}_" for row in rows if str(row[3]).startswith("CREATE VIRTUAL TABLE"))
    return frozenset(
        row[:3] if virtual and str(row[2]).startswith(virtual) and row[0] == "table" else row
        for row in rows
        if not (row[0] == "table" and str(row[1]) in _BY_SQLITE)
    )
