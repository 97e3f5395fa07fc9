"""Opens regular files only: a pipe would wait for ever and a device has no end, and anybody can put one in a folder."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from pathlib import Path

_NO_WAITING: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)  # Windows has neither


class NotRegularError(OSError):
    """A folder, pipe, socket, device or loop of links stands where a file was expected, or a link leads to one."""


def _refuse_other(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError


def _opener(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | _NO_WAITING)
    try:
        _refuse_other(os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def is_other(path: Path) -> bool:
    """Return whether something else than a file stands there, such as a folder, a pipe or a link that leads nowhere."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return os.path.lexists(path)


def open_file(path: Path) -> BinaryIO:
    """Open a file to read, at the end of links too; it is looked at before, since opening alone stirs some devices.

    Raises:
        NotRegularError: something else than a file stands there.
        OSError: nothing does, or it can't be read.
    """
    try:
        _refuse_other(path.stat())
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotRegularError from error
        raise
    return open(path, "rb", opener=_opener)


def read(path: Path, most: int = -1) -> bytes:
    """Return at most so many bytes of a file, all of them without `most`; raises OSError as `open_file` does."""
    with open_file(path) as file:
        return file.read(most)
