"""Turns the rows of a sheet into registrations, and says of every row that can't be one what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ImportRefusedError
from vpdesk.domain.phases import PHASE_UNKNOWN, Phase
from vpdesk.domain.taxonomy import LOOPT_NOG, UNKNOWN
from vpdesk.domain.wording import counted
from vpdesk.exchange.columns import CODE_LISTS, EMPTY, known_code, known_column, plain
from vpdesk.exchange.limits import cut
from vpdesk.exchange.mapping import LEFT_OUT, UNDECIDED, Mapping

if TYPE_CHECKING:
    from vpdesk.exchange.spreadsheets import Cell, Sheet, SheetRow

SHOWN_REJECTIONS: Final = 20
EARLIEST_YEAR: Final = 1970
LARGEST_NUMBER: Final = 99_999


@dataclass(frozen=True, slots=True)
class Registration:
    """One case as a sheet knows it; `outcome` is empty and `phase` None where the sheet knows none."""

    line: int
    opened: date
    closed: date | None = None
    codes: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    phase: Phase | None = None
    outcome: str = ""
    talks: int = 0
    minutes: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a row can't be a registration; `column` is the sheet's own name, empty where the whole row is wrong."""

    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f", kolom {self.column}, ‘{self.value}’" if self.column else ""
        return f"Regel {self.line}{where}: {self.reason}."


@dataclass(frozen=True, slots=True)
class Undecided:
    """A column, or a value in a column, for which nobody has said what it means."""

    column: str
    value: str | None = None

    def __str__(self) -> str:
        return f"kolom ‘{self.column}’" if self.value is None else f"‘{cut(self.value)}’ in kolom ‘{self.column}’"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: nothing at all unless both `rejected` and `undecided` are empty."""

    rows: tuple[Registration, ...]
    rejected: tuple[Rejection, ...]
    undecided: tuple[Undecided, ...]


class _WrongCellError(Exception):
    """A cell that can't be read; caught where the row is known."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


def check_sheet(sheet: Sheet, mapping: Mapping, *, today: date) -> ImportPlan:
    """Read every row through a mapping; columns it does not name are taken by their own name where vpdesk knows it.

    A row with a day after `today` is rejected.

    Raises:
        ImportRefusedError: no column holds the date.
    """
    targets, undecided = _targets(sheet, mapping)
    if "datum" not in targets and not undecided:
        raise ImportRefusedError(
            "Geen kolom van dit bestand is gekoppeld aan ‘datum’, en zonder datum is er geen registratie. "
            "Er is niets veranderd."
        )
    open_values = [
        Undecided(sheet.columns[targets[column]] if column in targets else column, value)
        for column, values in mapping.values.items()
        for value, code in values.items()
        if code == UNDECIDED
    ]
    reader = _Reader(sheet.columns, targets, mapping, today)
    rows: list[Registration] = []
    rejected: list[Rejection] = []
    if "datum" in targets:
        for row in sheet.rows:
            try:
                rows.append(reader.read(row))
            except _WrongCellError as wrong:
                rejected.append(Rejection(row.line, wrong.column, wrong.value, wrong.reason))
    return ImportPlan(tuple(rows), tuple(rejected), (*undecided, *open_values))


def refuse_unready(plan: ImportPlan) -> None:
    """Raise ImportRefusedError with what is undecided or rejected in a plan; a plan without either passes."""
    if plan.undecided:
        raise ImportRefusedError(
            f"vpdesk weet nog niet wat dit betekent: {_listed([str(item) for item in plan.undecided], '; ')}. "
            "Er is niets veranderd. Kies het in een koppelbestand (met --dry-run en --mapping schrijft vpdesk een "
            "voorstel) en probeer het opnieuw."
        )
    if plan.rejected:
        raise ImportRefusedError(
            f"{counted(len(plan.rejected), 'regel kan', 'regels kunnen')} niet worden overgenomen, dus is er niets "
            f"veranderd.\n{_listed([str(item) for item in plan.rejected], chr(10))}"
        )


def describe_plan(plan: ImportPlan) -> str:
    """Return in words what an import would do, for whoever only wants to look."""
    lines = [f"{counted(len(plan.rows), 'registratie kan', 'registraties kunnen')} worden overgenomen."]
    if plan.rejected:
        lines.append(f"{counted(len(plan.rejected), 'regel kan', 'regels kunnen')} niet worden overgenomen:")
        lines.append(_listed([str(item) for item in plan.rejected], "\n"))
    if plan.undecided:
        lines.append("Nog te kiezen: " + _listed([str(item) for item in plan.undecided], "; ") + ".")
    return "\n".join(lines)


def _listed(items: list[str], separator: str) -> str:
    more = len(items) - SHOWN_REJECTIONS
    shown = separator.join(items[:SHOWN_REJECTIONS])
    return f"{shown}{separator}en nog {more}" if more > 0 else shown


def _targets(sheet: Sheet, mapping: Mapping) -> tuple[dict[str, int], list[Undecided]]:
    """Return for each column of vpdesk the place of the sheet's column, and the columns that wait for a person."""
    chosen = {name: mapping.columns.get(name) for name in sheet.columns}
    taken = {target for target in chosen.values() if target}
    targets: dict[str, int] = {}
    undecided: list[Undecided] = []
    for number, (name, target) in enumerate(chosen.items()):
        meant = target
        if meant is None:
            own = known_column(name)
            meant = own if own is not None and own not in taken else UNDECIDED
            taken.add(meant)
        if meant == UNDECIDED:
            undecided.append(Undecided(name))
        elif meant != LEFT_OUT:
            targets[meant] = number
    return targets, undecided


class _Reader:
    """Reads rows of one sheet through one mapping."""

    def __init__(self, columns: tuple[str, ...], targets: dict[str, int], mapping: Mapping, today: date) -> None:
        self._columns = columns
        self._today = today
        self._targets = targets
        self._values = {
            column: {plain(value): code for value, code in values.items()} for column, values in mapping.values.items()
        }

    def read(self, row: SheetRow) -> Registration:
        """Return a row as a registration; raises _WrongCellError."""
        if len(row.cells) > len(self._columns):
            raise _WrongCellError("", "", "deze regel heeft meer cellen dan de kopregel kolommen")
        opened = self._day(row, "datum")
        if opened is None:
            raise _WrongCellError(self._name("datum"), "", "de datum ontbreekt")
        closed = self._day(row, "afgesloten")
        if closed is not None and closed < opened:
            raise self._wrong(row, "afgesloten", "deze dag ligt voor de datum van de registratie")
        codes = {column: self._code(row, column) for column in CODE_LISTS if column in self._targets}
        field_of_work, theme = codes.get("werkgebied", UNKNOWN.code), codes.get("thema", UNKNOWN.code)
        if field_of_work not in taxonomy.fields_of_theme(theme):
            raise self._wrong(row, "werkgebied", f"het thema ‘{theme}’ hoort niet bij dit werkgebied")
        phase = codes.pop("fase", PHASE_UNKNOWN)
        outcome = codes.pop("afloop", "")
        if self._text(row, "afloop") in EMPTY:
            outcome = ""
        if outcome == LOOPT_NOG:
            if closed is not None:
                raise self._wrong(row, "afloop", "deze registratie is wel afgesloten")
            outcome = ""
        return Registration(
            line=row.line,
            opened=opened,
            closed=closed,
            codes=codes,
            unit=self._unit(row),
            phase=None if phase == PHASE_UNKNOWN else Phase(phase),
            outcome=outcome,
            talks=self._number(row, "gesprekken"),
            minutes=self._number(row, "minuten"),
            note=self._text(row, "notitie"),
        )

    def _name(self, column: str) -> str:
        return self._columns[self._targets[column]]

    def _cell(self, row: SheetRow, column: str) -> Cell:
        return row.cells[self._targets[column]] if column in self._targets else ""

    def _text(self, row: SheetRow, column: str) -> str:
        return str(self._cell(row, column))

    def _wrong(self, row: SheetRow, column: str, reason: str) -> _WrongCellError:
        return _WrongCellError(self._name(column), cut(self._text(row, column)), reason)

    def _day(self, row: SheetRow, column: str) -> date | None:
        cell = self._cell(row, column)
        if isinstance(cell, date):
            return self._plausible(row, column, cell)
        if cell in EMPTY:
            return None
        parts = re.fullmatch(
            r"(?:(\d{1,2})([-/.])(\d{1,2})\2(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?", cell
        )
        if parts is None:
            raise self._wrong(row, column, "dit is geen datum; schrijf dag-maand-jaar, met het jaar in vier cijfers")
        day, _, month, year, iso_year, iso_month, iso_day = parts.groups()
        try:
            read = date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
        except ValueError:
            raise self._wrong(row, column, "deze dag bestaat niet") from None
        return self._plausible(row, column, read)

    def _plausible(self, row: SheetRow, column: str, day: date) -> date:
        if day.year < EARLIEST_YEAR:
            raise self._wrong(row, column, f"deze datum ligt voor {EARLIEST_YEAR}")
        if day > self._today:
            raise self._wrong(row, column, "deze datum ligt in de toekomst")
        return day

    def _code(self, row: SheetRow, column: str) -> str:
        text = self._text(row, column)
        code = self._values.get(column, {}).get(plain(text))
        if code is None:
            code = known_code(column, text)
        if code is None:
            title = CODE_LISTS[column].title
            raise self._wrong(row, column, f"deze waarde staat niet in de lijst {title} en is niet gekoppeld")
        return UNKNOWN.code if code in {LEFT_OUT, UNDECIDED} else code

    def _unit(self, row: SheetRow) -> str:
        text = self._text(row, "onderdeel")
        name = self._values.get("onderdeel", {}).get(plain(text), text)
        return "" if name in EMPTY or name in {UNDECIDED, UNKNOWN.code} else name

    def _number(self, row: SheetRow, column: str) -> int:
        text = self._text(row, column)
        if text in EMPTY:
            return 0
        if not re.fullmatch(r"\d+(?:[.,]0+)?", text):
            raise self._wrong(row, column, "dit is geen heel getal van nul of meer")
        digits = re.split("[.,]", text)[0].lstrip("0")
        if len(digits) > len(str(LARGEST_NUMBER)) or int(digits or "0") > LARGEST_NUMBER:
            raise self._wrong(row, column, "dit getal is te groot")
        return int(digits or "0")
