"""The journal that a crash leaves beside the database: tried on a copy first, since a wrong one destroys what it meets.

SQLite plays whatever journal stands there back into the database, page by page, without asking to which database or to
which moment it belongs. A synchronised folder or a restored file can bring one that does not fit.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError, VaultError
from vpdesk.store import generations, space
from vpdesk.store.cipher import DatabaseError, connect
from vpdesk.store.refusals import JOURNAL_DOES_NOT_FIT
from vpdesk.store.search import search_agrees
from vpdesk.store.vault import identify, integrity

if TYPE_CHECKING:
    from pathlib import Path

NO_ROOM: Final = (
    "vpdesk is de vorige keer niet gewoon gestopt en moet de kluis eerst nakijken. Dat lukt niet: de schijf is vol of "
    "geeft een fout. Er is niets veranderd. Maak ruimte vrij en open de kluis opnieuw."
)
NOT_LOOKED: Final = (
    "vpdesk is de vorige keer niet gewoon gestopt en moet de kluis eerst nakijken. Dat lukt niet. Er is niets "
    "veranderd."
)
NOT_HERE: Final = (
    "vpdesk is de vorige keer niet gewoon gestopt en moet de kluis eerst bijwerken, maar mag hier niet schrijven. "
    "Er is niets veranderd. Kijk of de map van u is en of de schijf niet op slot staat."
)


def of(path: Path) -> Path:
    """Return where SQLite keeps the journal of a database."""
    return path.with_name(f"{path.name}-journal")


def rehearse(path: Path, raw_key: bytes, vault_id: str) -> None:
    """Play the journal on a copy and check that what comes out is this vault, whole, and of this moment.

    Raises:
        VaultDamagedError: it is not; database and journal were left as they are.
        VaultError: there is no room for the copy.
    """
    work = path.parent.parent / generations.WORK
    copy = work / f"{secrets.token_hex(8)}.db"
    try:
        space.require(path.parent, path.stat().st_size + of(path).stat().st_size)
        work.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(path, copy)
        as_it_is = _revision(copy, raw_key)
        shutil.copyfile(of(path), of(copy))
        played = _played(copy, raw_key, vault_id)
    except OSError as error:
        in_the_way = generations.work_in_the_way(work.parent)
        raise VaultError(f"{NOT_LOOKED} {in_the_way}" if in_the_way else NO_ROOM) from error
    finally:
        with contextlib.suppress(OSError):  # the next opening clears the work folder too
            for left in (copy, of(copy)):
                left.unlink(missing_ok=True)
            work.rmdir()
    # The transaction that was under way counts for one; more means a journal of another moment.
    if played is None or (as_it_is is not None and not 0 <= as_it_is - played <= 1):
        raise VaultDamagedError(JOURNAL_DOES_NOT_FIT)


def _revision(copy: Path, raw_key: bytes) -> int | None:
    """Return the revision as the pages without the journal have it, None where these can't be read."""
    try:
        with contextlib.closing(connect(copy, raw_key, mode="ro")) as connection:
            return int(connection.execute("SELECT revision FROM vault").fetchone()[0])
    except (VaultError, DatabaseError, TypeError):
        return None


def _played(copy: Path, raw_key: bytes, vault_id: str) -> int | None:
    """Return the revision after the journal was played, None where the outcome is not a whole vault."""
    try:
        with contextlib.closing(connect(copy, raw_key, mode="rw")) as connection:
            identify(connection, copy, vault_id)
            if not integrity(connection, full=True) or not search_agrees(connection):
                return None
            return int(connection.execute("SELECT revision FROM vault").fetchone()[0])
    except VaultDamagedError:
        return None
