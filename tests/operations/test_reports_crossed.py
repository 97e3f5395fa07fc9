"""A report from a real vault with a two-way table: chosen, exported, repeated, shown in the ledger, compared later."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.casework import DRAW, NOW, TODAY, a_case, a_client, with_draw
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import crossed_parts, crossing
from vpdesk.domain.statements import Audience
from vpdesk.operations import ledger, reports
from vpdesk.operations.report_crossing import choose_crossed

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.operations.reports import Prepared
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)
PAIR = ("rol", "werkgebied")
ROLES = ("melder", "getuige", "collega")
FIELDS = ("ongewenste omgangsvormen", "integriteit", "beide")
TWO_LEFT, NONE_LEFT = "draw 2", "draw 15"
"""Draws that hide cells for no reason as well, so that two are left, and fewer than two: then there is no table."""


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """Cases over a year in nine cells of seven, but one of two; of those two by two are beside printed sums.

    Which they are, and what is hidden of them for no reason, is drawn: three or two are shown, or there is no table.
    """
    client = a_client(vault).id
    number = 0
    for place, (role, field) in enumerate(product(ROLES, FIELDS)):
        for _ in range(2 if place == 4 else 7):
            number += 1
            a_case(vault, date(2025, 1 + number * 5 % 12, 3), thema="arbeidsconflict", rol=role, werkgebied=field)
    choose_crossed(vault, client, YEAR, (PAIR,))
    return vault


def prepared(vault: Vault, period: Period = YEAR, audience: Audience = Audience.WERKGEVER) -> Prepared:
    client = a_client(vault).id
    return reports.prepare(reports.gather(vault, client_id=client, period=period, audience=audience, today=TODAY))


def exported(vault: Vault, folder: Path, name: str, audience: Audience = Audience.WERKGEVER) -> None:
    reports.export_report(
        vault, client_id=a_client(vault).id, period=YEAR, audience=audience, out=folder / f"{name}.pdf",
        now=NOW, statements_out=folder / f"{name}.json", backup_places=(),
    )  # fmt: skip


@pytest.mark.parametrize(("draw", "left"), [(DRAW, 3), (TWO_LEFT, 2)])
def test_a_table_goes_out_and_comes_back_the_same(filled: Vault, tmp_path: Path, draw: str, left: int) -> None:
    made = prepared(with_draw(filled, draw))
    (table,) = made.protected.crossed
    assert any(note.title == "Casussen naar rol en werkgebied" and note.rows for note in _notes(made))
    exported(filled, tmp_path, "een")
    exported(filled, tmp_path, "weer")
    assert (tmp_path / "een.pdf").read_bytes() == (tmp_path / "weer.pdf").read_bytes()
    said = json.loads((tmp_path / "een.json").read_text("utf-8"))["statements"]
    shown = [n for row in table.cells for n in row if isinstance(n, int)]
    assert shown == [7] * left
    assert sorted(s["min"] for s in said if len(s["where"]) == 2) == sorted(shown)
    text = " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(tmp_path / "een.pdf").pages).split())
    assert "Rol en werkgebied naast elkaar" in text
    exported(filled, tmp_path, "or", Audience.OR)
    assert prepared(filled, audience=Audience.OR).protected.crossed == made.protected.crossed


def test_a_draw_that_leaves_one_cell_keeps_the_table_in(filled: Vault, tmp_path: Path) -> None:
    made = prepared(with_draw(filled, NONE_LEFT))
    assert made.protected.crossed == ()
    assert {"rol", "werkgebied"} <= {table.dimension for table in made.protected.tables}
    (note,) = [note for note in _notes(made) if note.title == "Casussen naar rol en werkgebied"]
    assert (note.rows, note.reason) == ((), "minder dan twee vakken zouden een getal tonen")
    exported(filled, tmp_path, "een")
    said = json.loads((tmp_path / "een.json").read_text("utf-8"))["statements"]
    assert {len(s["where"]) for s in said} == {0, 1}


def _notes(made: Prepared) -> tuple[reports.HiddenNote, ...]:
    return reports.shown(made).hidden


def test_what_went_out_stands_in_the_ledger_and_in_the_next_audit(filled: Vault, tmp_path: Path) -> None:
    exported(filled, tmp_path, "jaar")
    client = a_client(filled).id
    (out,) = ledger.everything_out(filled, client)
    (line,) = [line for line in out.pattern if crossed_parts(line.dimension)]
    assert line.dimension == crossing(*PAIR)
    assert line.codes
    assert any(line.startswith("Rol: ") and "Werkgebied: " in line for line in ledger.in_words(out))
    longer = prepared(filled, Period(date(2025, 1, 1), date(2026, 1, 10)))
    assert longer.protected.audited
