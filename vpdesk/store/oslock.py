"""The lock of the operating system on a vault: gone with the process, so that a stale lock can't exist."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Self

from vpdesk.domain.errors import VaultBusyError, VaultError
from vpdesk.store import disk, regular

if TYPE_CHECKING:
    from pathlib import Path

BUSY = (
    "vpdesk is al open met deze kluis, in een ander venster of bij een andere gebruiker van deze laptop. "
    "Er is niets veranderd. Sluit vpdesk daar af en probeer het opnieuw."
)

NOT_REGULAR = (
    "Het slot in de map van deze kluis (het bestand lock) is geen gewoon bestand. Er is niets veranderd. "
    "Haal het daar weg en open de kluis opnieuw; vpdesk maakt zelf een nieuw slot."
)

NOT_WRITABLE = (
    "vpdesk mag niet schrijven in de map van deze kluis. Er is niets veranderd. "
    "Kijk of de map van u is en of de schijf niet op slot staat."
)

if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class OsLock:
    """An exclusive lock, held from construction until `release`; `writable` tells whether the folder takes writes."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            VaultBusyError: another process, or another part of this one, holds it.
            VaultError: the lock file can be neither made nor read, or is no file.
        """
        if regular.is_other(path):  # opening a pipe may wait, and a device would be one lock for many vaults
            raise VaultError(NOT_REGULAR)
        self.writable = True
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as refusal:
            self.writable = False
            self._descriptor = self._open_to_read(path, refusal)
        try:
            _seize(self._descriptor)
        except OSError:
            os.close(self._descriptor)
            raise VaultBusyError(BUSY) from None

    @staticmethod
    def _open_to_read(path: Path, refusal: OSError) -> int:
        try:
            return os.open(path, os.O_RDONLY)
        except OSError:
            with disk.sentences(path.parent, refused=NOT_WRITABLE):
                raise refusal from None

    def release(self) -> None:
        """Let go; a second time does nothing."""
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):  # the descriptor is gone all the same, and nothing was written by it
                os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
