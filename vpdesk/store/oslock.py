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

    def _seize_folder(folder: Path) -> int:
        """Return no descriptor: a file that is open can't be removed here, so the lock file is enough."""
        del folder
        return -1
else:
    import fcntl

    def _seize(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _seize_folder(folder: Path) -> int:
        """Return a descriptor that holds the folder, -1 where folders can't be locked; BlockingIOError when held."""
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            return -1
        try:
            _seize(descriptor)
        except BlockingIOError:
            os.close(descriptor)
            raise
        except OSError:  # such as a network drive
            os.close(descriptor)
            return -1
        return descriptor


def _is_open(path: Path, descriptor: int) -> bool:
    """Return whether a descriptor is this file, and not another or none."""
    try:
        return descriptor >= 0 and os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


class OsLock:
    """An exclusive lock, held from construction until `release`; `writable` tells whether the folder takes writes.

    It holds the folder too, which unlike the file can't be removed while a vault stands in it. A lock that shares its
    folder with others is `alone`.
    """

    def __init__(self, path: Path, *, alone: bool = False, inherited: int = -1) -> None:
        """Take the lock, or hold on to the one that this process had before it was replaced.

        Raises:
            VaultBusyError: another process, or another part of this one, holds it.
            VaultError: the lock file can be neither made nor read, or is no file.
        """
        if regular.is_other(path):  # opening a pipe may wait, and a device would be one lock for many vaults
            raise VaultError(NOT_REGULAR)
        self.writable = True
        self._folder = -1
        self._descriptor = inherited if _is_open(path, inherited) else self._opened(path)
        os.set_inheritable(self._descriptor, False)
        try:
            _seize(self._descriptor)
            if not alone:
                self._folder = _seize_folder(path.parent)
        except OSError:
            os.close(self._descriptor)
            raise VaultBusyError(BUSY) from None

    def hand_over(self) -> int:
        """Let the process that replaces this one go on holding it: return what it takes as `inherited`."""
        os.set_inheritable(self._descriptor, True)
        return self._descriptor

    def _opened(self, path: Path) -> int:
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as refusal:
            self.writable = False
            return self._open_to_read(path, refusal)

    @staticmethod
    def _open_to_read(path: Path, refusal: OSError) -> int:
        try:
            return os.open(path, os.O_RDONLY)
        except OSError:
            with disk.sentences(path.parent, refused=NOT_WRITABLE):
                raise refusal from None

    def release(self) -> None:
        """Let go; a second time does nothing."""
        for descriptor in (self._folder, self._descriptor):
            if descriptor >= 0:
                with contextlib.suppress(OSError):  # the descriptor is gone all the same, and nothing was written by it
                    os.close(descriptor)
        self._folder = self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
