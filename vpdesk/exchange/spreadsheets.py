"""Reads a sheet of registrations as rows of cells: CSV in the usual encodings, XLSX, ODS and XLS."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import ImportRefusedError
from vpdesk.exchange import workbooks
from vpdesk.exchange.columns import known_column
from vpdesk.exchange.limits import CELL_LETTERS, COLUMNS, FILE_BYTES, NAME_LETTERS, TOO_LARGE, Size, cut, start_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Cell = str | date

DELIMITERS: Final = (";", ",", "\t")
LARGEST: Final = FILE_BYTES
LONGEST_HEADER: Final = COLUMNS * (NAME_LETTERS + len(";"))
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NOTHING_CHANGED: Final = " Er is niets veranderd."


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: the line on which it begins, and as many cells as there are columns, or more where a row runs over."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The names in the header row and the rows that hold something."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(path: Path) -> Sheet:
    """Read a sheet; the kind of file is told by its bytes, not by its name.

    Raises:
        ImportRefusedError: unreadable, empty, too large, damaged, without a header that can be used, or without rows.
    """
    try:
        data = start_of(path, LARGEST + 1)
    except (OSError, ValueError):  # a name that no system takes is a ValueError
        raise ImportRefusedError(
            f"Het bestand {path} is niet te lezen. Kijk of de naam klopt.{_NOTHING_CHANGED}"
        ) from None
    if len(data) > LARGEST:
        raise ImportRefusedError(f"Dit bestand is groter dan 16 MB. Verdeel het over meer bestanden.{_NOTHING_CHANGED}")
    if not data.strip():
        raise ImportRefusedError(f"Dit bestand is leeg.{_NOTHING_CHANGED}")
    rows = _workbook_rows(data) if data.startswith(_WORKBOOKS) else _text_rows(_decoded(data))
    return _sheet(rows)


def _decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8 or UTF-16 (with or without a mark) or in cp1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tried = ["utf-16"]
    elif data[1:200:2].count(0) > data[:200:2].count(0) and not data[1:200:2].strip(b"\0"):
        tried = ["utf-16-le"]
    else:
        tried = ["utf-8-sig", "cp1252"]
    for encoding in tried:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise ImportRefusedError(
        "De tekens in dit bestand zijn niet te lezen. Bewaar het in uw rekenprogramma opnieuw als CSV (UTF-8) of als "
        f"XLSX.{_NOTHING_CHANGED}"
    )


def _text_rows(text: str) -> list[SheetRow]:
    csv.field_size_limit(CELL_LETTERS)  # the csv module stops at 128 KiB unless told otherwise
    header = _header(text)
    if header.casefold().startswith("sep=") and len(header) <= len("sep=;"):  # Excel's own note to itself
        text = text.replace(header, "", 1)
        header = _header(text)
    best = max(DELIMITERS, key=lambda delimiter: _score(header, delimiter))
    if _score(header, best) < (0, 2) and known_column(header) is None:
        raise ImportRefusedError(
            "In de eerste regel staat geen kolom die vpdesk kent. Waarschijnlijk is het teken tussen de "
            f"kolommen anders: vpdesk leest puntkomma, komma en tab.{_NOTHING_CHANGED}"
        )
    return list(_records(text, best))


def _header(text: str) -> str:
    """Return the first line that holds something; raises ImportRefusedError where it is longer than any header."""
    line = next((line for line in io.StringIO(text, newline=None) if line.strip(' \t;,"\n')), "")
    if len(line) > LONGEST_HEADER:
        raise ImportRefusedError(TOO_LARGE)
    return line.rstrip("\n")


def _score(header: str, delimiter: str) -> tuple[int, int]:
    """Return how many columns are known, and how many there are, if this is what separates them."""
    names = next(csv.reader([header], delimiter=delimiter), [])
    return sum(known_column(name) is not None for name in names), len(names)


def _records(text: str, delimiter: str) -> Iterator[SheetRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    size = Size()
    try:
        for cells in reader:
            if any(cells):
                size.add(cells)
                yield SheetRow(line, tuple(cell.strip() for cell in cells))
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            raise ImportRefusedError(TOO_LARGE) from None
        raise ImportRefusedError(
            f"Regel {line}: een aanhalingsteken is niet goed gesloten, dus vpdesk ziet niet waar de cel eindigt. "
            f"Herstel deze regel in uw rekenprogramma.{_NOTHING_CHANGED}"
        ) from None


def _workbook_rows(data: bytes) -> list[SheetRow]:
    return [SheetRow(line, cells) for line, cells in workbooks.rows(data)]


def _sheet(rows: list[SheetRow]) -> Sheet:
    filled = [row for row in rows if any(row.cells)]
    if not filled:
        raise ImportRefusedError(f"Dit bestand is leeg.{_NOTHING_CHANGED}")
    names = [str(cell) for cell in filled[0].cells]
    while not names[-1]:
        names.pop()
    columns = tuple(name or f"kolom {number}" for number, name in enumerate(names, 1))
    if any(len(name) > NAME_LETTERS for name in columns):
        raise ImportRefusedError(
            f"Een naam in de kopregel is langer dan {NAME_LETTERS} tekens. Geef elke kolom een korte naam."
            f"{_NOTHING_CHANGED}"
        )
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise ImportRefusedError(
            f"De kolom ‘{cut(twice[0])}’ staat meer dan een keer in de kopregel. Geef elke kolom een eigen naam."
            f"{_NOTHING_CHANGED}"
        )
    if len(filled) == 1:
        raise ImportRefusedError(f"Onder de kopregel staat geen enkele registratie.{_NOTHING_CHANGED}")
    return Sheet(columns, tuple(SheetRow(row.line, _fitted(row.cells, len(columns))) for row in filled[1:]))


def _fitted(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """Return the cells padded to the width, without empty ones that run over."""
    kept = list(cells)
    while len(kept) > width and not kept[-1]:
        kept.pop()
    return (*kept, *[""] * (width - len(kept)))
