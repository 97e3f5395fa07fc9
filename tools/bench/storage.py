"""What encryption costs: the vault's own statements on the vault and on a plain copy of it; search; backup."""

from __future__ import annotations

import contextlib
import itertools
import secrets
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2

from tools.bench import fixtures
from tools.bench.measure import Result, Samples, interleaved, timed
from vpdesk.domain.cases import Conversation
from vpdesk.domain.ids import ConversationId
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import backups, conversations
from vpdesk.store import cipher
from vpdesk.store.conversations import ConversationStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault

QUERIES: Final = 100


def plain_copy(vault: Vault, path: Path) -> Connection:
    """Return a connection to a copy of the vault without encryption, made by the same SQLite, set the same way."""
    vault.connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
    vault.connection.execute("SELECT sqlcipher_export('plain')")
    vault.connection.execute("DETACH DATABASE plain")
    plain: Connection = dbapi2.connect(str(path), isolation_level=None)
    for pragma in ("temp_store = MEMORY", "journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        plain.execute(f"PRAGMA {pragma}")
    return plain


def recorded(connection: Connection, work: Callable[[], object]) -> list[str]:
    """Return the statements, with their values, that `work` runs on a connection."""
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    try:
        work()
    finally:
        connection.set_trace_callback(None)
    return [statement for statement in statements if statement.lstrip().upper().startswith("SELECT")]


def warm_queries(vault: Vault, rounds: int, plain: Connection) -> Result:
    def pages() -> None:
        vault.cases.rows(CaseFilter(), limit=50, offset=0)
        vault.cases.count(CaseFilter(open_only=True))
        vault.conversations.rows(limit=50, offset=0)
        vault.conversations.rows(limit=50, offset=5000)

    statements = recorded(vault.connection, pages)

    def run(connection: Connection) -> Callable[[], float]:
        return timed(lambda: [connection.execute(statement).fetchall() for statement in statements], 5)

    taken = interleaved(rounds, {"ours": run(vault.connection), "plain": run(plain)})
    return Result("SQLCipher ÷ plain SQLite, warm queries", 1.1, "×", taken["ours"], taken["plain"])


def durable_save(vault: Vault, rounds: int, plain: Connection) -> Result:
    language = fixtures.Language(7)

    def save(connection: Connection) -> Callable[[], float]:
        store = ConversationStore(connection)

        def one() -> None:
            talk = Conversation(id=ConversationId(0), on=fixtures.NOW.date(), report=language.words(120))
            connection.execute("BEGIN IMMEDIATE")
            store.add(talk)
            connection.execute("COMMIT")

        return timed(one, 20)

    taken = interleaved(rounds, {"ours": save(vault.connection), "plain": save(plain)})
    return Result("SQLCipher ÷ plain SQLite, durable save", 1.4, "×", taken["ours"], taken["plain"])


def backup(vault: Vault, rounds: int, folder: Path) -> Result:
    numbers = itertools.count()

    def bare() -> None:
        target = folder / f"bare-{next(numbers)}.db"
        target.touch()
        with contextlib.closing(cipher.connect(target, secrets.token_bytes(32), mode="rw")) as copy:
            vault.connection.backup(copy)
        target.unlink()

    def ours() -> None:
        place = folder / f"place-{next(numbers)}"
        backups.make_backup(vault, places=(place,), now=fixtures.NOW)

    taken = interleaved(rounds, {"ours": timed(ours), "bare": timed(bare)})
    return Result("checked backup ÷ plain cross-key backup()", 1.8, "×", taken["ours"], taken["bare"])


def search(vault: Vault) -> Result:
    # As it is typed: one or two words, asked again after every letter from the second on.
    language = fixtures.Language(20260120)
    typed = [language.words(1 + turn % 2) for turn in range(QUERIES)]
    asked = [text[:end] for text in typed for end in range(2, len(text) + 1)]

    def ask(text: str) -> None:
        conversations.search_texts(vault, text)

    samples = [timed(partial(ask, text))() for text in asked]
    return Result(
        f"full-text query, {vault.conversations.count():,} conversations, p95", 5.0, "ms", Samples(tuple(samples))
    )


def rows(rounds: int, folder: Path, vault: Vault) -> Iterator[Result]:
    """Yield what the database costs, measured on an open vault."""
    with contextlib.closing(plain_copy(vault, folder / "plain.db")) as plain:
        yield warm_queries(vault, rounds, plain)
        yield durable_save(vault, rounds, plain)
    yield search(vault)
    yield backup(vault, rounds, folder)
