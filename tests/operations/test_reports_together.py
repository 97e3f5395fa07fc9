"""A report from a real vault in which rows count several codes: chosen, exported, repeated and compared later."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.casework import DRAWS, NOW, TODAY, a_case, a_client, with_draw
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices, key_of
from vpdesk.domain.statements import Audience
from vpdesk.operations import reports
from vpdesk.operations.clients import add_unit, change_client
from vpdesk.operations.report_choosing import choose

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.operations.reports import Prepared
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)
HALF = Period(date(2025, 1, 1), date(2025, 6, 30))
TOGETHER = ReportChoices({"thema": (("pesten", "discriminatie"),), "onderdeel": (("noord", "west", "zuid"),)})
ROW = key_of(("pesten", "discriminatie"))


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """Eighty cases over a year: of some themes and parts few, together enough; nothing hangs on the secret draw."""
    client = change_client(vault, replace(a_client(vault), statistics=("onderdeel",)))
    units = {name: add_unit(vault, client_id=client.id, name=name).id for name in ("Noord", "Oost", "West", "Zuid")}
    themes = ["pesten"] * 4 + ["discriminatie"] * 8 + ["corruptie"] * 4 + ["machtsmisbruik"] * 4
    places = (["Noord", "West", "Zuid"] * 4 + ["Oost"] * 20 + [""] * 8) * 2
    for n, (thema, place) in enumerate(zip((themes + ["fraude", "intimidatie"] * 30)[:80], places, strict=True)):
        known = {"unit": units[place]} if place else {}
        a_case(vault, date(2025, 1 + n * 5 % 12, 3), thema=thema, rol="melder", **known)  # type: ignore[arg-type]
    return vault


def prepared(vault: Vault, period: Period = YEAR, audience: Audience = Audience.WERKGEVER) -> Prepared:
    client = a_client(vault).id
    return reports.prepare(reports.gather(vault, client_id=client, period=period, audience=audience, today=TODAY))


def rows(made: Prepared, dimension: str) -> dict[str, int | str | None]:
    return dict(next(table.rows for table in made.protected.tables if table.dimension == dimension))


def exported(
    vault: Vault, folder: Path, name: str, period: Period = YEAR, audience: str = "werkgever"
) -> dict[str, object]:
    reports.export_report(
        vault, client_id=a_client(vault).id, period=period, audience=Audience(audience), out=folder / f"{name}.pdf",
        now=NOW, statements_out=folder / f"{name}.json", backup_places=(),
    )  # fmt: skip
    said: dict[str, object] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return said


@pytest.mark.parametrize("draw", DRAWS)
def test_rows_that_are_counted_together_say_more_in_the_file_and_in_the_statements(
    filled: Vault, tmp_path: Path, draw: str
) -> None:
    apart = rows(prepared(with_draw(filled, draw)), "thema")
    assert apart["pesten"] is None
    choose(filled, a_client(filled).id, YEAR, TOGETHER)
    made = prepared(filled)
    assert rows(made, "thema")[ROW] == 12
    said = exported(filled, tmp_path, "jaar")["statements"]
    assert {
        "of": "casussen",
        "where": {"thema": ["discriminatie", "pesten"]},
        "periode": YEAR.code(),
        "min": 12,
        "max": 12,
    } in said  # type: ignore[operator]
    text = " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(tmp_path / "jaar.pdf").pages).split())
    assert "Pesten en discriminatie" in text
    assert "Noord, West en Zuid" in text


def test_another_edition_of_the_same_period_keeps_the_rows_that_are_out(filled: Vault, tmp_path: Path) -> None:
    choose(filled, a_client(filled).id, YEAR, TOGETHER)
    first = exported(filled, tmp_path, "werkgever")
    choose(filled, a_client(filled).id, YEAR, ReportChoices({"thema": (("fraude", "intimidatie"),)}))
    second = prepared(filled, audience=Audience.OR)
    assert rows(second, "thema")[ROW] == 12
    assert exported(filled, tmp_path, "or", audience="or")["statements"] == first["statements"]
    assert exported(filled, tmp_path, "weer")["statements"] == first["statements"]
    open_ = prepared(filled, audience=Audience.OPENBAAR)
    assert rows(open_, "thema")[ROW] in {12, None}
    assert set(rows(open_, "thema")) == set(rows(second, "thema"))


def test_a_year_with_other_rows_than_its_half_is_read_back_and_audited(filled: Vault, tmp_path: Path) -> None:
    client = a_client(filled).id
    exported(filled, tmp_path, "half", HALF)
    choose(filled, client, YEAR, TOGETHER)
    made = prepared(filled)
    assert made.protected.audited
    half, *_ = reports.publications(filled, client)
    assert ROW not in {key for line in half.pattern for key in line.codes}
    exported(filled, tmp_path, "jaar")
    choose(filled, client, Period.year(2026), ReportChoices())
    assert prepared(filled, Period(date(2025, 1, 1), date(2026, 1, 10))).protected.audited
