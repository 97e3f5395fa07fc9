"""How much of a file is read at all: far beyond any sheet of registrations, and far below what a laptop has."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import ImportRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE_BYTES: Final = 16 * 1024 * 1024
MAPPING_BYTES: Final = 256 * 1024
MAPPING_LINE_LETTERS: Final = 2_000  # the time that TOML takes grows with the square of a dotted name
COLUMNS: Final = 256
ROWS: Final = 100_000  # that hold something
CELLS: Final = 1_000_000
LETTERS: Final = 16 * 1024 * 1024
CELL_LETTERS: Final = 1_000_000
NAME_LETTERS: Final = 200
VALUES: Final = 200  # of one column: more of them are no list of codes, and nobody could answer for each

CHILD_BYTES: Final = 384 * 1024 * 1024  # of address space, with Python itself
CHILD_SECONDS: Final = 10  # of processor time
PATIENCE_SECONDS: Final = 30  # of the clock on the wall

TOO_LARGE: Final = (
    "Dit bestand is te groot: vpdesk leest hoogstens 256 kolommen, 100.000 regels en een miljoen cellen. "
    "Er is niets veranderd. Verdeel het over meer bestanden, of bewaar alleen het blad met registraties als CSV."
)


def start_of(path: Path, most: int) -> bytes:
    """Return at most so many bytes of a file; a pipe would wait for ever, and some devices give nothing or no end.

    Raises:
        ImportRefusedError: it is a folder, pipe, socket or device, or a link leads to one.
        OSError, ValueError: it can't be read, or has a name that no system takes.
    """
    _refuse_other(path, path.stat())  # before it is opened, which alone stirs some devices

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))

    with open(path, "rb", opener=opener) as file:
        _refuse_other(path, os.fstat(file.fileno()))
        return file.read(most)


def _refuse_other(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ImportRefusedError(f"{path} is geen gewoon bestand. Er is niets veranderd. Kies een ander bestand.")


class Size:
    """Counts what was read of one sheet."""

    def __init__(self) -> None:
        self._rows = 0
        self._cells = 0
        self._letters = 0

    def add(self, cells: Sequence[object]) -> None:
        """Count one row that holds something; raises ImportRefusedError beyond what is read at all."""
        self._rows += 1
        self._cells += len(cells)
        if len(cells) > COLUMNS or self._cells > CELLS or self._rows > ROWS:
            raise ImportRefusedError(TOO_LARGE)
        for cell in cells:
            letters = len(cell) if isinstance(cell, str) else 1
            self._letters += letters
            if letters > CELL_LETTERS or self._letters > LETTERS:
                raise ImportRefusedError(TOO_LARGE)


def cut(text: str, letters: int = 40) -> str:
    """Return a text of a file as a sentence may name it: on one line, and not long."""
    line = " ".join(text[: 4 * letters].split())
    return line if len(line) <= letters else line[: letters - 1] + "…"
