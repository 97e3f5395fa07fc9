"""Wipes what SQLite leaves behind of texts that are gone: words between the pages of the index, bytes inside pages.

`secure_delete` overwrites a row where it is removed, but not the copy that stays in a page when a row moves to another
one; and a word that divided two pages of the full-text index goes on dividing them after the last text with it is gone.
Docs: https://sqlite.org/pragma.html#pragma_secure_delete, https://sqlite.org/fts5.html#the_secure_delete_configuration_option
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection

_NO_ROW: Final = -1  # no conversation or other text has this number
_UNFINISHED: Final = "pages_unfinished"


def rebuild_index(connection: Connection) -> None:
    """Write both full-text indexes anew out of the words that are in them; inside a transaction.

    FTS5 leaves an index of one segment as it is, so a word without a text is put beside it first. From here on the
    pages are unfinished, until `rewrite_pages` is through.
    """
    connection.execute("INSERT INTO settings (name, value) VALUES (?, '1') ON CONFLICT DO NOTHING", (_UNFINISHED,))
    connection.execute(
        "INSERT INTO search_index (rowid, working_note, report, agreements, next_step) VALUES (?, 'a', '', '', '')",
        (_NO_ROW,),
    )
    connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
    connection.execute(
        "INSERT INTO search_index (search_index, rowid, working_note, report, agreements, next_step)"
        " VALUES ('delete', ?, 'a', '', '', '')",
        (_NO_ROW,),
    )
    connection.execute("INSERT INTO written_index (rowid, text) VALUES (?, 'a')", (_NO_ROW,))
    connection.execute("INSERT INTO written_index (written_index) VALUES ('optimize')")
    connection.execute("INSERT INTO written_index (written_index, rowid, text) VALUES ('delete', ?, 'a')", (_NO_ROW,))


def rewrite_pages(connection: Connection) -> None:
    """Write every page anew, so that only what is there stands in them; outside a transaction.

    The copy that this takes is in memory (`temp_store`). A stop halfway leaves the file as it was, except at the very
    end: SQLite cuts off what it no longer needs after the new pages count, so a stop in between leaves a longer file.
    """
    connection.execute("VACUUM")
    connection.execute("DELETE FROM settings WHERE name = ?", (_UNFINISHED,))


def unfinished(connection: Connection) -> bool:
    """Return whether a rewriting was begun that is not through; only then may the file be longer than it says."""
    return connection.execute("SELECT 1 FROM settings WHERE name = ?", (_UNFINISHED,)).fetchone() is not None
