"""What it costs to read a spreadsheet, check every row and know what would be imported."""

from __future__ import annotations

import contextlib
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import openpyxl

from tools.bench.measure import Result, interleaved, timed
from vpdesk.domain import taxonomy
from vpdesk.operations import importing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS: Final = 5_000


def sheet(path: Path) -> None:
    """Write so many registrations with the columns and codes that vpdesk knows."""
    chance = random.Random(5)  # noqa: S311 - invented rows
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    page.append(["datum", "afgesloten", "rol", "thema", "relatie", "gesprekken", "minuten", "notitie"])
    for number in range(ROWS):
        day = date(2021, 1, 1) + timedelta(days=number % 1800)
        page.append(
            [
                day,
                day + timedelta(days=30),
                chance.choice(taxonomy.ROL.codes),
                "onbekend",
                chance.choice(taxonomy.RELATIE.codes),
                chance.randint(1, 6),
                chance.choice((30, 60, 90)),
                "gebeld en teruggebeld",
            ]
        )
    book.save(path)


def rows(rounds: int, folder: Path) -> Iterator[Result]:
    """Yield the one row about spreadsheets."""
    path = folder / "registraties.xlsx"
    sheet(path)

    def ours() -> None:
        read = importing.read_sheet(path)
        plan = importing.check_sheet(read, importing.propose_mapping(read), today=date.max)
        if len(plan.rows) != ROWS:
            raise ValueError(f"{len(plan.rows)} rows passed, {len(plan.rejected)} did not: {plan.rejected[:3]}")

    def peer() -> None:
        with contextlib.closing(openpyxl.load_workbook(path, read_only=True)) as book:
            for values in book.worksheets[0].iter_rows(values_only=True):
                len(values)

    taken = interleaved(rounds, {"ours": timed(ours), "peer": timed(peer)})
    yield Result("import of 5,000 rows from XLSX, checked ÷ openpyxl reading", 0.25, "×", taken["ours"], taken["peer"])
