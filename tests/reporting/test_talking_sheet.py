"""The spreekblad: one page, no number that the report does not say, and an answer to what people press for."""

from __future__ import annotations

import io
import re
from typing import Final

import pypdf
import pytest

from tests import report_kit as kit
from tests.conformance import the_file, the_fonts, the_structure
from vpdesk.reporting import document as doc
from vpdesk.reporting import pdf
from vpdesk.reporting.editable import Format, plain, written
from vpdesk.reporting.statements import Level
from vpdesk.reporting.talking_sheet import talking_sheet

EDITIONS: Final = {**kit.editions(), "uitgerekt": kit.stretched()}
EIGHTEEN: Final = kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen(), talks=40))


def said(document: doc.Document) -> str:
    reader = pypdf.PdfReader(io.BytesIO(written(document, Format.SPREEKBLAD)))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


def questions(document: doc.Document) -> list[str]:
    (chapter,) = talking_sheet(document).chapters
    (facts,) = (block for block in chapter.blocks if isinstance(block, doc.Facts))
    return [question for question, _ in facts.rows]


@pytest.mark.parametrize("name", sorted(EDITIONS))
def test_it_is_one_page_that_keeps_to_the_standards_and_holds_only_numbers_of_the_report(name: str) -> None:
    document = EDITIONS[name]
    text = said(document)
    report = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.render(document))).pages)
    assert set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", report)) | {"1"}
    opened = the_file.Opened.of(written(document, Format.SPREEKBLAD))
    checks = (*the_file.CHECKS, *the_fonts.CHECKS, *the_structure.CHECKS)
    assert {check.__name__: wrong for check in checks if (wrong := check(opened))} == {}


def test_it_reads_the_published_rows_and_what_the_dashes_add_up_to() -> None:
    text = said(EIGHTEEN)
    assert "Casussen naar rol: Melder 11 en Overige rollen samen 7." in text
    assert "40 gesprekken" in text
    assert "Getuige" not in text, "what is hidden is not named"


def test_a_table_with_many_rows_is_pointed_to() -> None:
    assert "Casussen naar onderdeel: lees dit uit het verslag voor." in said(kit.stretched())


def test_a_report_without_numbers_gives_the_same_sheet_for_none_and_for_one_below_the_threshold() -> None:
    none = kit.document(kit.protected(Level.GEEN_GETALLEN, 0))
    four = kit.document(kit.protected(Level.GEEN_GETALLEN, 4, kit.eighteen()))
    assert written(none, Format.SPREEKBLAD) == written(four, Format.SPREEKBLAD)
    assert "noemt geen aantallen" in said(none)


def test_what_is_asked_about_dashes_and_hours_follows_the_report() -> None:
    dash, hours = "Waarom staat hier een streepje?", "En uw uren dan?"
    low, total = (kit.document(kit.protected(*what)) for what in ((Level.GEEN_GETALLEN,), (Level.TOTAAL, 7)))
    for document, asked in ((low, False), (total, False), (EIGHTEEN, True)):
        assert (dash in questions(document)) == asked
        assert hours in questions(document)
    assert "Ook die noem ik niet" in said(low)
    assert "Ook die noem ik niet" in said(total)
    assert "op de factuur, zonder dagen" in said(EIGHTEEN)


def test_the_years_are_not_read_aloud_as_if_they_were_of_this_year() -> None:
    document = kit.editions()["jaren"]
    lines = " ".join(
        item for b in talking_sheet(document).chapters[0].blocks if isinstance(b, doc.BulletList) for item in b.items
    )
    assert "naast elkaar" not in lines
    assert any(len(grid.header) > 3 for grid in plain.grids(document))


@pytest.mark.parametrize(
    ("level", "total", "read"), [(Level.TOTAAL, 7, "7"), (Level.INTERVAL, (10, 14), "10 tot en met 14")]
)
def test_a_report_with_a_total_alone_says_that_and_nothing_more(
    level: Level, total: int | tuple[int, int], read: str
) -> None:
    text = said(kit.document(kit.protected(level, total)))
    assert f"{read} casussen" in text
    assert "Meer dan dit noemt het verslag niet." in text
    assert "geen aantallen" not in text


def test_hours_that_the_report_names_are_not_denied() -> None:
    assert "per taak en op hele uren" in said(EDITIONS["werk"])
    assert "per taak" not in said(EDITIONS["veel"])
    assert "Voorlichting en training" not in said(EDITIONS["werk"])
