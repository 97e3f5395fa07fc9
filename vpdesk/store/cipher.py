"""The only module that imports sqlcipher3: keyed connections, whose failures are sentences whatever statement runs."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlcipher3 import dbapi2

from vpdesk.store import stored
from vpdesk.store.disk import translated

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path
    from sqlite3 import Connection  # sqlcipher3 ships no types; its connection looks so

DatabaseError: Final[type[Exception]] = dbapi2.DatabaseError
IntegrityError: Final[type[Exception]] = dbapi2.IntegrityError


class _Cursor(dbapi2.Cursor):  # type: ignore[misc] # sqlcipher3 ships no types
    """A cursor that finds damage halfway a list, and says so as its connection does."""

    def __next__(self) -> Any:
        """Return the next row; raises VaultError or CancelledError, and what is a bug as it came."""
        return _in_words(super().__next__)

    def fetchone(self) -> Any:
        """Return the next row, None when there is none."""
        return _in_words(super().fetchone)

    def fetchall(self) -> Any:
        """Return the rows that are left."""
        return _in_words(super().fetchall)


def _in_words(job: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return job(*arguments)
    except DatabaseError as error:
        sentence = translated(error)
        if sentence is None:
            raise
        raise sentence from error


class _Connection(dbapi2.Connection):  # type: ignore[misc] # sqlcipher3 ships no types
    """A connection whose failures of the disk, damage and interruptions are sentences wherever a statement runs."""

    def execute(self, *arguments: Any) -> Any:
        """Run a statement; raises VaultError or CancelledError, and what is a bug as it came."""
        return _in_words(super().execute, *arguments)

    def cursor(self) -> Any:
        """Return a cursor, also for `execute`."""
        return super().cursor(_Cursor)


def connect(path: Path, raw_key: bytes, *, mode: Literal["ro", "rw", "rwc"]) -> Connection:
    """Return a keyed connection in autocommit mode; nothing has been read yet, so the key may still be wrong.

    Raises:
        VaultError: it can't be opened, whatever the reason.
    """
    where = f"{path.absolute().as_uri()}?mode={mode}"
    opening = functools.partial(dbapi2.connect, where, uri=True, isolation_level=None, factory=_Connection)
    connection: Connection = _in_words(opening)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it writes to standard error, past every log
    connection.execute(f"PRAGMA key = \"x'{raw_key.hex()}'\"")
    connection.execute("PRAGMA cipher_compatibility = 4")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.text_factory = stored.text
    return connection


def pragma(connection: Connection, name: str) -> Any:
    """Return what a pragma says, None where it says nothing."""
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return None if row is None else row[0]


def in_memory() -> AbstractContextManager[Connection]:
    """Return a connection to an empty database without a key, which is closed at the end of the `with`."""
    return contextlib.closing(dbapi2.connect(":memory:"))


def cipher_versions() -> tuple[str, str]:
    """Return the versions of SQLCipher and of the SQLite inside it; the first is empty where there is no cipher."""
    with in_memory() as connection:
        return str(pragma(connection, "cipher_version") or ""), str(dbapi2.sqlite_version)
