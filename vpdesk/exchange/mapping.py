"""What a sheet's columns and values mean to vpdesk: proposed, written for a person to edit, and read back."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.errors import ImportRefusedError, OutputError
from vpdesk.domain.wording import joined
from vpdesk.exchange.columns import CODE_LISTS, COLUMNS, VALUE_COLUMNS, known_code, known_column, likely_code, plain
from vpdesk.exchange.limits import MAPPING_BYTES, MAPPING_LINE_LETTERS, NAME_LETTERS, VALUES, cut, start_of

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.exchange.spreadsheets import Sheet

UNDECIDED: Final = "?"
LEFT_OUT: Final = ""
_EDIT: Final = " Er is niets veranderd. Verbeter het koppelbestand en probeer het opnieuw."


@dataclass(frozen=True, slots=True)
class Mapping:
    """Sheet column to column of vpdesk, and per column of vpdesk sheet value to code.

    `LEFT_OUT` leaves a column out and makes a value `onbekend`; `UNDECIDED` waits for a person. `hints` are remarks
    for that person, by (column or "", name); they decide nothing and are not read back.
    """

    columns: dict[str, str]
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    hints: dict[tuple[str, str], str] = field(default_factory=dict)


def propose_mapping(sheet: Sheet) -> Mapping:
    """Return what vpdesk is sure of, by name, and a question mark for everything else.

    A column that holds more different values than anybody could answer for is not taken for a list of codes.
    """
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    hints: dict[tuple[str, str], str] = {}
    for number, name in enumerate(sheet.columns):
        meant = known_column(name)
        cells = list(dict.fromkeys(str(row.cells[number]) for row in sheet.rows if row.cells[number]))
        if meant is None or meant in columns.values() or (meant in CODE_LISTS and not _may_be_codes(cells)):
            columns[name] = UNDECIDED
            likely = _likely_column(cells, set(columns.values())) if _may_be_codes(cells) else ""
            if likely:
                hints["", name] = likely
            continue
        columns[name] = meant
        if meant in CODE_LISTS:
            values[meant] = {cell: known_code(meant, cell) or UNDECIDED for cell in cells}
            for cell in cells:
                hint = likely_code(meant, cell)
                if values[meant][cell] == UNDECIDED and hint is not None:
                    hints[meant, cell] = hint
    return Mapping(columns, values, hints)


def _may_be_codes(cells: list[str]) -> bool:
    return len(cells) <= VALUES and all(len(cell) <= NAME_LETTERS for cell in cells)


def _likely_column(cells: list[str], taken: set[str]) -> str:
    """Return the free column whose code list knows every value of a column, empty when there is none."""
    for column in CODE_LISTS:
        if column not in taken and cells and all(known_code(column, cell) for cell in cells):
            return column
    return ""


_HEAD: Final = """\
# Links staat wat in uw bestand staat, rechts wat vpdesk ervan maakt.
# "?" is nog niet gekozen: vpdesk neemt niets over zolang er een vraagteken staat.
# "" laat een kolom weg; bij een waarde wordt het onbekend, en de regel blijft.
"""


def mapping_text(mapping: Mapping) -> str:
    """Return a mapping as TOML, with remarks for whoever edits it."""
    lines = [_HEAD, f"[kolommen]  # Kies uit: {', '.join(COLUMNS)}"]
    lines += [_line(mapping, "", name, target) for name, target in mapping.columns.items()]
    for column, values in mapping.values.items():
        options = f"  # Kies uit: {', '.join(CODE_LISTS[column].codes)}" if column in CODE_LISTS else ""
        lines += ["", f"[waarden.{column}]{options}"]
        lines += [_line(mapping, column, value, code) for value, code in values.items()]
    return "\n".join(lines) + "\n"


def _line(mapping: Mapping, column: str, name: str, target: str) -> str:
    hint = mapping.hints.get((column, name))
    remark = f"  # Misschien {_quoted(hint)}" if hint else ""
    return f"{_quoted(name)} = {_quoted(target)}{remark}"


def _quoted(text: str) -> str:
    """Return a TOML basic string; its escapes are those of JSON, and DEL must be escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_mapping(mapping: Mapping, path: Path) -> None:
    """Write a proposal; a file that is there is left alone.

    Raises:
        OutputError: the file exists or can't be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(mapping_text(mapping))
    except OSError:
        raise OutputError(
            f"Het voorstel kan niet in {path} worden geschreven. Kies een andere plaats of naam."
        ) from None


def load_mapping(path: Path) -> Mapping:
    """Read a mapping that a person may have edited.

    Raises:
        ImportRefusedError: missing, no TOML, a column or code that vpdesk does not have, or one column given twice.
    """
    try:
        untrusted = start_of(path, MAPPING_BYTES + 1)
        text = untrusted.decode("utf-8-sig")
    except OSError:
        raise ImportRefusedError(
            f"Het koppelbestand {path} is niet te lezen. Er is niets veranderd. Kijk of de naam klopt."
        ) from None
    except UnicodeDecodeError:
        raise ImportRefusedError(f"Het koppelbestand is geen UTF-8.{_EDIT}") from None
    if len(untrusted) > MAPPING_BYTES or any(len(line) > MAPPING_LINE_LETTERS for line in text.split("\n")):
        raise ImportRefusedError(
            f"Het koppelbestand is groter dan 256 kB of heeft een regel van meer dan 2.000 tekens.{_EDIT}"
        )
    try:
        read = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of a thousand digits is a ValueError, and no TOML error
        line = re.search(r"at line (\d+)", str(error))
        where = f"; kijk bij regel {line[1]}" if line else ""
        raise ImportRefusedError(f"Het koppelbestand is geen geldige TOML{where}.{_EDIT}") from None
    strange = sorted(set(read) - {"kolommen", "waarden"})
    if strange:
        raise ImportRefusedError(
            f"Het koppelbestand kent alleen [kolommen] en [waarden], niet ‘{cut(strange[0])}’.{_EDIT}"
        )
    columns = _table(read.get("kolommen", {}), "kolommen")
    _check_columns(columns)
    tables = read.get("waarden", {})
    if not isinstance(tables, dict):
        raise ImportRefusedError(f"In het koppelbestand hoort onder [waarden.…] een tabel.{_EDIT}")
    values = {name: _table(table, f"waarden.{name}") for name, table in tables.items()}
    for column, table in values.items():
        _check_values(column, table)
    return Mapping(columns, values)


def _table(read: Any, name: str) -> dict[str, str]:
    if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
        raise ImportRefusedError(
            f'In het koppelbestand staat onder [{cut(name)}] iets anders dan "naam" = "naam".{_EDIT}'
        )
    return {str(key): str(value) for key, value in read.items()}


def _check_columns(columns: dict[str, str]) -> None:
    for name, target in columns.items():
        if target not in {LEFT_OUT, UNDECIDED, *COLUMNS}:
            raise ImportRefusedError(
                f"‘{cut(target)}’ (bij kolom ‘{cut(name)}’) is geen kolom van vpdesk. "
                f"Kies uit {joined(list(COLUMNS))}.{_EDIT}"
            )
    chosen = [target for target in columns.values() if target in COLUMNS]
    for target in chosen:
        if chosen.count(target) > 1:
            raise ImportRefusedError(f"Twee kolommen van uw bestand zijn gekoppeld aan ‘{target}’.{_EDIT}")


def _check_values(column: str, table: dict[str, str]) -> None:
    if column not in VALUE_COLUMNS:
        raise ImportRefusedError(
            f"[waarden.{cut(column)}] kan niet: waarden koppelt u bij {joined(list(VALUE_COLUMNS))}.{_EDIT}"
        )
    for value, code in table.items():
        if column in CODE_LISTS and code not in {LEFT_OUT, UNDECIDED} and code not in CODE_LISTS[column]:
            raise ImportRefusedError(
                f"‘{cut(code)}’ (bij ‘{cut(value)}’) staat niet in de lijst {CODE_LISTS[column].title}. "
                f"Kies uit {joined(list(CODE_LISTS[column].codes))}.{_EDIT}"
            )
    if len({plain(value) for value in table}) < len(table):
        raise ImportRefusedError(f"Onder [waarden.{column}] staat dezelfde waarde twee keer.{_EDIT}")
