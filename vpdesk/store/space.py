"""Whether a disk has room for what is about to be written, asked before anything is."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

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


def suffices(folder: Path, needed: int) -> bool:
    """Return whether there is room for so many bytes and a margin, as far as the system tells."""
    there = free(folder)
    return there is None or there >= needed + MARGIN


def temporary_folder() -> Path | None:
    """Return the folder for temporary files; None where no disk of this laptop takes even a few bytes."""
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        return None


def require(folder: Path, needed: int) -> None:
    """Raise OSError(ENOSPC), as writing would halfway, where there is no room for `needed` bytes and a margin."""
    if not suffices(folder, needed):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
