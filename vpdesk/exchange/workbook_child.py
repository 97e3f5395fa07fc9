"""The child process that opens workbooks: what they make the reader do stays in here, within bounds of memory and time.

The bytes of one file on standard input; on standard output one JSON array a row that holds something, `[line, cells]`,
a cell being a text or, for a day, an array of one text; then `null`, or `"large"` where it is more than vpdesk reads. A
file that can't be read ends the process without either. The library allocates what a file asks for, and aborts where it
can't, so this is not done in the process that holds the vault.
"""

import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, Final

from vpdesk.domain.errors import ImportRefusedError
from vpdesk.exchange.columns import known_column
from vpdesk.exchange.limits import CHILD_BYTES, CHILD_SECONDS, Size

FLAG: Final = "--sheet-child"
END: Final = "null"
LARGE: Final = '"large"'

Row = tuple[int, list[Any]]


def confine() -> None:
    """Give this process a bounded memory and time, where the system has such bounds: Windows has none of this kind."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (CHILD_BYTES, CHILD_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CHILD_SECONDS, CHILD_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the core would be the sheet in the clear


def answer(data: bytes, say: Callable[[str], object]) -> int:
    """Say the rows of the table that vpdesk knows, else of the first that holds anything; return the exit code."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - this process only

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        size = Size()
        for row in _chosen(workbook):
            size.add(row[1])
            say(json.dumps(row, separators=(",", ":"), ensure_ascii=False) + "\n")
    except CalamineError:
        return 1
    except ImportRefusedError:
        say(LARGE + "\n")
        return 1
    say(END + "\n")
    return 0


def _chosen(workbook: Any) -> Iterator[Row]:
    first = None
    for name in workbook.sheet_names:
        head = next(_rows(workbook, name), None)
        if head is not None and any(known_column(str(cell)) for cell in head[1]):
            return _rows(workbook, name)
        if head is not None and first is None:
            first = name
    return iter(()) if first is None else _rows(workbook, first)


def _rows(workbook: Any, name: str) -> Iterator[Row]:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return
    _, before = sheet.start  # rows above the first cell are given, columns before it are not
    for line, values in enumerate(sheet.iter_rows(), 1):
        cells = [_cell(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield line, [""] * before + cells


def _cell(value: object) -> str | list[str]:
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def main() -> int:
    """Answer about the one file on standard input; returns the exit code."""
    confine()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", write_through=False)
    return answer(sys.stdin.buffer.read(), sys.stdout.write)
