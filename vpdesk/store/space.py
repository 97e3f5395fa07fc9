"""Whether a disk has room for what is about to be written, asked before anything is."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

MARGIN: Final = 1_000_000
"""Journals, key files and names of folders need some room too."""


def free(folder: Path) -> int | None:
    """Return the free bytes where a folder stands or would stand; None where the system does not tell."""
    there = next((path for path in (folder, *folder.absolute().parents) if path.is_dir()), folder)
    try:
        usage = shutil.disk_usage(there)
    except OSError:
        return None
    return usage.free if usage.total else None  # some network places say 0 of 0


def require(folder: Path, needed: int) -> None:
    """Raise OSError(ENOSPC), as writing would halfway, where there is no room for `needed` bytes and a margin."""
    there = free(folder)
    if there is not None and there < needed + MARGIN:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
