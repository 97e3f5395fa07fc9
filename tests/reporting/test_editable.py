"""A report as text and as tables: all words and every published number, nothing else, and nothing of how it was made."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import docx
import odfdo
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from tests import report_kit as kit
from vpdesk.reporting import document as doc
from vpdesk.reporting.editable import NAMES, Format, plain, written
from vpdesk.reporting.editable.sealed import parts_of
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from pathlib import Path

EIGHTEEN: Final = kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen(), talks=40))
EDITIONS: Final = {**kit.editions(), "uitgerekt": kit.stretched()}
TEXTS: Final = (Format.DOCX, Format.ODT)
TABLES: Final = (Format.CSV, Format.ODS)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def elements(document: doc.Document) -> list[plain.Element]:
    return list(plain.flattened(document))


def cells(grid: plain.Grid) -> list[list[str]]:
    return [list(grid.header), *([plain.shown(cell) for cell in row] for row in grid.rows)]


def in_docx(content: bytes) -> tuple[list[tuple[str, str]], list[list[list[str]]]]:
    made = docx.Document(io.BytesIO(content))
    words = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs if paragraph.text]
    return words, [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]


def in_odt(content: bytes) -> tuple[list[tuple[str, str]], list[list[list[str]]]]:
    body = odfdo.Document(io.BytesIO(content)).body
    outside = body.xpath("//*[self::text:p or self::text:h][not(ancestor::table:table)]")
    words = [(str(one.get_attribute("text:style-name")), one.inner_text.replace("\u00a0", " ")) for one in outside]
    tables = [
        [
            [cell.inner_text.removesuffix("\n") for cell in row.xpath("table:table-cell")]
            for row in table.xpath(".//table:table-row")
        ]
        for table in body.xpath("//table:table")
    ]
    return [(style, text) for style, text in words if text], tables


READ: Final = {Format.DOCX: in_docx, Format.ODT: in_odt}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("name", sorted(EDITIONS))
def test_the_text_has_every_word_and_table_of_the_report_in_its_order(kind: Format, name: str) -> None:
    document = EDITIONS[name]
    words, tables = READ[kind](written(document, kind))
    expected = [document.title, *plain.cover_lines(document)]
    for element in elements(document):
        if isinstance(element, plain.Grid):
            expected.append(element.title)
        elif isinstance(element, plain.Words):
            expected.append(element.opening + element.text)
        else:
            expected.append(element.text)
    assert [_spaced(text) for _, text in words] == [_spaced(text) for text in expected if text]
    assert tables == [cells(one) for one in elements(document) if isinstance(one, plain.Grid)]


def _spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("kind", TEXTS)
def test_headings_are_headings_of_their_level_and_the_three_voices_differ(kind: Format) -> None:
    words, _ = READ[kind](written(EIGHTEEN, kind))
    named = {"docx": "Heading {}", "odt": "Heading_20_{}"}[kind.value]
    heads = [(one.text, one.level) for one in elements(EIGHTEEN) if isinstance(one, plain.Head)]
    assert [(text, style) for style, text in words if style.startswith("Heading")] == [
        (text, named.format(level)) for text, level in heads
    ]
    styles = {text: style for style, text in words}
    standard, own, note = (
        next(one.text for one in elements(EIGHTEEN) if isinstance(one, plain.Words) and one.tone is tone)
        for tone in (plain.Tone.INTRODUCTION, plain.Tone.FINDING, plain.Tone.NOTE)
    )
    assert len({styles[standard], styles[own], styles[note]}) == 3


def test_no_heading_skips_a_level() -> None:
    for document in EDITIONS.values():
        before = 0
        for head in elements(document):
            if isinstance(head, plain.Head):
                assert head.level <= before + 1
                before = head.level


def test_word_reads_the_language_and_repeats_the_head_of_a_table() -> None:
    content = written(EIGHTEEN, Format.DOCX)
    made = docx.Document(io.BytesIO(content))
    assert {one.get(qn("w:val")) for one in made.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr is None for row in table.rows[1:])


def test_libreoffice_repeats_the_head_of_a_table_and_knows_the_language() -> None:
    content = parts(written(EIGHTEEN, Format.ODT))
    body = odfdo.Document(io.BytesIO(written(EIGHTEEN, Format.ODT))).body
    tables = body.xpath("//table:table")
    assert len(tables) == len(body.xpath("//table:table-header-rows"))
    assert b'fo:language="nl"' in content["styles.xml"]


@pytest.mark.parametrize("kind", [Format.DOCX, Format.ODT, Format.ODS])
def test_a_file_says_title_author_and_day_and_nothing_of_how_it_was_made(kind: Format) -> None:
    content = written(EIGHTEEN, kind)
    whole = b"\n".join(part for name, value in parts(content).items() for part in (name.encode(), value))
    for trace in (b"python-docx", b"odfdo", b"vpdesk", b"macintosh", b"normal.dotm", b"thumbnail", b"printer", b"rsid"):
        assert trace not in whole.lower(), trace
    years = set(re.findall(rb"\b(20\d\d)-\d\d-\d\dT", whole))
    assert years <= {b"2026"}
    said = _said(content, kind)
    assert said == (EIGHTEEN.title, kit.AUTHOR, kit.TODAY)


def _said(content: bytes, kind: Format) -> tuple[str, str, Any]:
    if kind is Format.DOCX:
        properties = docx.Document(io.BytesIO(content)).core_properties
        unsaid = (properties.comments, properties.subject, properties.keywords, properties.category)
        assert unsaid == ("", "", "", "")
        assert properties.last_modified_by == properties.author
        assert properties.created == properties.modified
        return properties.title, properties.author, properties.created.date()
    meta = odfdo.Document(io.BytesIO(content)).meta
    day = datetime.fromisoformat(re.findall(r"creation-date>([^<]+)<", parts(content)["meta.xml"].decode())[0])
    assert meta.get_user_defined_metadata() == {}
    return meta.title, meta.creator, day.date()


@pytest.mark.parametrize("kind", Format)
def test_an_equal_document_gives_the_same_bytes_also_elsewhere(kind: Format, tmp_path: Path) -> None:
    code = (
        "import sys; from tests import report_kit as k; from vpdesk.reporting.editable import Format, written\n"
        "from vpdesk.reporting.statements import Level\n"
        "made = k.document(k.protected(Level.EENRIJ, 18, k.eighteen(), talks=40))\n"
        f"sys.stdout.buffer.write(written(made, Format('{kind.value}')))"
    )
    environment = {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "HOME": str(tmp_path), "PATH": ""}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert made.stdout == written(EIGHTEEN, kind)


def test_the_sheets_hold_every_number_as_a_number_and_every_dash_as_a_dash() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(EIGHTEEN, Format.ODS)))
    grids = plain.grids(EIGHTEEN)
    names = book.sheet_names
    assert names[0] == "Over"
    assert len(names) == len(set(names)) == len(grids) + 1
    assert all(len(name) <= 31 for name in names)
    for name, grid in zip(names[1:], grids, strict=True):
        title, header, *rows = book.get_sheet_by_name(name).to_python()
        assert title[0] == grid.title
        assert header == list(grid.header)
        assert [tuple(row) for row in rows] == [tuple(row) for row in grid.rows]
    about = [row[0] for row in book.get_sheet_by_name("Over").to_python()]
    assert EIGHTEEN.dash_note in about


def test_the_list_holds_every_number_and_every_dash() -> None:
    text = written(EIGHTEEN, Format.CSV).decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert head == ["Tabel", "Rij", "Kolom", "Waarde"]
    expected = [
        [grid.title, str(row[0]), column, str(cell)]
        for grid in plain.grids(EIGHTEEN)
        for row in grid.rows
        for column, cell in zip(grid.header[1:], row[1:], strict=True)
    ]
    assert lines == expected
    assert any(line[3] == "–" for line in lines)
    assert text.endswith("\r\n")


def test_the_numbers_are_those_of_the_protected_tables_and_of_nothing_else() -> None:
    protected = kit.protected(Level.EENRIJ, 18, kit.eighteen(), talks=40)
    published = {40, protected.tables[0].total}
    for table in protected.tables:
        published |= {value for _, value in table.rows if isinstance(value, int)} | {table.hidden_sum or 18}
    found = {cell for grid in plain.grids(EIGHTEEN) for row in grid.rows for cell in row if isinstance(cell, int)}
    assert found <= published
    assert found >= {value for table in protected.tables for _, value in table.rows if isinstance(value, int)}


def test_a_report_without_numbers_has_no_tables_of_numbers() -> None:
    low = kit.document(kit.protected(Level.GEEN_GETALLEN, 0))
    assert plain.grids(low) == ()


def test_a_name_that_would_be_a_formula_is_a_name_in_every_table() -> None:
    units = ("=1+1", "@som", "-3 rest", "Team [A]/B", "onbekend")
    table = kit.table("onderdeel", units, dict.fromkeys(units[:4], 9), 36)
    made = kit.document(kit.protected(Level.EENRIJ, 36, (table,)))
    lines = list(csv.reader(io.StringIO(written(made, Format.CSV).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "@", "-"))]
    assert "'=1+1" in {line[1] for line in lines}
    sheets = parts(written(made, Format.ODS))["content.xml"]
    assert b"table:formula" not in sheets
    assert b"=1+1" in sheets


def test_sheets_whose_titles_are_alike_still_have_names_of_their_own() -> None:
    twice = doc.Table(doc.Caption("", "Een titel die veel te lang is voor een blad"), ("Rij", "Aantal"), ())
    tables = (twice, replace(twice), replace(twice, caption=doc.Caption("", "")))
    chapter = replace(EIGHTEEN.chapters[2], blocks=tables)
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(replace(EIGHTEEN, chapters=(chapter,)), Format.ODS)))
    assert len(set(book.sheet_names)) == 4
    assert book.sheet_names[-1] == "Tabel"


@pytest.mark.parametrize("kind", TEXTS)
def test_both_colours_and_the_mark_of_a_practice_vault_come_along(kind: Format) -> None:
    other = replace(EIGHTEEN, palette=doc.Palette.PRUIM, mark="Oefenkluis: alles hier is verzonnen")
    whole = b"".join(parts(written(other, kind)).values())
    assert b"54284f" in whole.lower()
    assert b"0e4a59" not in whole.lower()
    words, _ = READ[kind](written(other, kind))
    assert "Oefenkluis: alles hier is verzonnen" in {text for _, text in words}


def test_signs_of_other_languages_and_of_xml_survive() -> None:
    client = replace(kit.CLIENT, name="Łódź & <Zoon> \N{EN DASH} “𝒜”")
    document = kit.document(kit.protected(Level.TOTAAL, 7), client=client)
    for kind in TEXTS:
        words, _ = READ[kind](written(document, kind))
        assert client.name in {text for _, text in words}


def test_every_format_has_a_name_that_a_person_understands() -> None:
    assert set(NAMES) == set(Format)


def test_a_block_of_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(TypeError, match="int"):
        list(plain.plain(5))  # type: ignore[arg-type] # on purpose


def test_blocks_that_only_a_page_needs_leave_nothing() -> None:
    blocks = (doc.Rule(), doc.Contents(), doc.Note("Een noot."), doc.BulletList(("een", "twee")))
    chapter = replace(EIGHTEEN.chapters[2], introduction="", blocks=blocks)
    found = elements(replace(EIGHTEEN, chapters=(chapter,)))
    assert found[1:] == [plain.Words("Een noot.", plain.Tone.NOTE), plain.Point("een"), plain.Point("twee")]


@pytest.mark.parametrize("kind", [Format.DOCX, Format.ODT])
def test_the_logo_comes_along_as_it_is_kept_with_its_words(kind: Format) -> None:
    logo = kit.a_logo()
    with_logo = written(kit.document(kit.protected(Level.TOTAAL, 7), logo=logo), kind)
    parts = parts_of(with_logo)
    assert [content for name, content in parts.items() if name.endswith(".png")] == [logo.png]
    text = next(content for name, content in parts.items() if name in {"word/document.xml", "content.xml"}).decode()
    assert logo.alt in text
    assert "Picture 1" not in text
    assert written(kit.document(kit.protected(Level.TOTAAL, 7), logo=logo), kind) == with_logo
    manifest = parts.get("META-INF/manifest.xml", b"Pictures/logo.png")
    assert b"Pictures/logo.png" in manifest
    plain = parts_of(written(kit.document(kit.protected(Level.TOTAAL, 7)), kind))
    assert not [name for name in plain if "png" in name]
    assert b"Pictures" not in plain.get("META-INF/manifest.xml", b"")


@pytest.mark.parametrize("kind", [Format.ODS, Format.CSV])
def test_tables_of_numbers_have_no_logo(kind: Format) -> None:
    report = kit.protected(Level.EENRIJ, 18, kit.eighteen())
    assert written(kit.document(report, logo=kit.a_logo()), kind) == written(kit.document(report), kind)
