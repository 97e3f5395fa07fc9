"""The parent's end of the child process that opens workbooks: gives it the bytes, takes rows, and trusts neither."""

from __future__ import annotations

import contextlib
import json
import threading
from datetime import date
from typing import IO, TYPE_CHECKING, Any, Final

from vpdesk import children
from vpdesk.domain.errors import ImportRefusedError
from vpdesk.exchange.limits import PATIENCE_SECONDS, TOO_LARGE, Size

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

FLAG: Final = "--sheet-child"
LONGEST_LINE: Final = 80 * 1024 * 1024

DAMAGED: Final = (
    "Dit rekenblad is niet te openen: het is beschadigd, te groot of beveiligd met een wachtwoord. Bewaar het als "
    "XLSX of CSV en probeer het opnieuw. Er is niets veranderd."
)


def command() -> list[str]:
    """Return the command line that starts the child."""
    return children.command(FLAG)


def rows(data: bytes) -> Iterator[tuple[int, tuple[str | date, ...]]]:
    """Yield line and cells of each row that holds something, of the table in a workbook that vpdesk knows best.

    Raises:
        ImportRefusedError: damaged, locked, or asking for more memory or time than any sheet needs.
    """
    try:
        process = children.start(command())
    except OSError:
        raise ImportRefusedError(DAMAGED) from None
    patience = threading.Timer(PATIENCE_SECONDS, process.kill)
    patience.daemon = True
    patience.start()
    try:
        with process:
            yield from _heard(process, data)
    finally:
        process.kill()
        patience.cancel()


def _heard(process: subprocess.Popen[bytes], data: bytes) -> Iterator[tuple[int, tuple[str | date, ...]]]:
    given, answers = process.stdin, process.stdout
    if given is None or answers is None:
        raise ImportRefusedError(DAMAGED)
    threading.Thread(target=_give, args=(given, data), daemon=True).start()
    size = Size()
    try:
        while line := answers.readline(LONGEST_LINE):
            answer = json.loads(line)
            if answer is None:
                return
            if answer == "large":
                raise ImportRefusedError(TOO_LARGE)
            number, cells = answer
            read = tuple(_cell(cell) for cell in cells)
            size.add(read)
            yield int(number), read
    except (ValueError, TypeError, RecursionError):
        pass
    raise ImportRefusedError(DAMAGED)


def _give(given: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError), given:  # a child that ended early says so by its silence
        given.write(data)


def _cell(untrusted: Any) -> str | date:
    if isinstance(untrusted, str):
        return untrusted
    (day,) = untrusted
    return date.fromisoformat(day)
