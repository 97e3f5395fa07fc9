"""The report as a file: what it looks like by its text layer, structure, fonts and bytes."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdf
import pytest
from lxml import etree

from tests import report_kit as kit
from tests.golden.write_reports import FOLDER, golden, text_of
from vpdesk.domain.errors import VpdeskError
from vpdesk.reporting import document as doc
from vpdesk.reporting import pdf
from vpdesk.reporting.pdf import blocks, boxes, fonts, lines, style, tags
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from pathlib import Path

PT = 72 / 25.4
EIGHTEEN = kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen(), talks=40))
MANY = kit.document(kit.protected(Level.EENRIJ, 62, kit.sixty_two(), talks=150))


@pytest.fixture(scope="module")
def eighteen() -> bytes:
    return pdf.render(EIGHTEEN)


@pytest.fixture(scope="module")
def stretched() -> bytes:
    return pdf.render(kit.stretched())


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("name", sorted(kit.editions()))
def test_golden_reports_have_not_changed(name: str) -> None:
    assert golden(pdf.render(kit.editions()[name])) == (FOLDER / f"{name}.txt").read_text("utf-8")


def test_an_equal_document_gives_the_same_bytes_also_in_another_process(tmp_path: Path, eighteen: bytes) -> None:
    assert pdf.render(EIGHTEEN) == eighteen
    code = (
        "import sys; from tests import report_kit as k; from vpdesk.reporting import pdf\n"
        "from vpdesk.reporting.statements import Level\n"
        "sys.stdout.buffer.write(pdf.render(k.document(k.protected(Level.EENRIJ, 18, k.eighteen(), talks=40))))"
    )
    environment = {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "HOME": str(tmp_path), "PATH": ""}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert made.stdout == eighteen


def test_the_low_edition_is_the_same_file_for_none_and_for_one_below_the_threshold() -> None:
    none = pdf.render(kit.document(kit.protected(Level.GEEN_GETALLEN, 0)))
    assert pdf.render(kit.document(kit.protected(Level.GEEN_GETALLEN, 4, kit.eighteen()))) == none


def test_the_metadata_holds_title_author_and_day_and_nothing_else(eighteen: bytes) -> None:
    with pikepdf.open(io.BytesIO(eighteen)) as file:
        information = {str(key): str(value) for key, value in file.docinfo.items()}
        assert information == {
            "/Title": "Jaarverslag vertrouwenspersoon 2025, Gemeente Oosterlee",
            "/Author": kit.AUTHOR,
            "/CreationDate": "D:20260129000000Z",
            "/ModDate": "D:20260129000000Z",
        }
        assert file.Root.Lang == "nl-NL"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
        packet = file.Root.Metadata.read_raw_bytes()
    said = {text.strip() for text in etree.fromstring(packet).itertext()} - {""}
    of_the_standards = {"2", "A", "1", "PDF/UA Universal Accessibility Schema", "http://www.aiim.org/pdfua/ns/id/"} | {
        "pdfuaid",
        "part",
        "Integer",
        "internal",
        "Part of ISO 14289 to which the file conforms",
    }
    assert said - of_the_standards == {information["/Title"], kit.AUTHOR, "nl-NL", "2026-01-29T00:00:00Z"}
    assert b"ReportLab" not in eighteen
    assert b"reportlab" not in eighteen.lower()


def test_the_file_is_sound(eighteen: bytes) -> None:
    with pikepdf.open(io.BytesIO(eighteen)) as file:
        assert file.check_pdf_syntax() == []


def test_every_font_is_embedded_and_no_other_is_named(eighteen: bytes) -> None:
    with pikepdf.open(io.BytesIO(eighteen)) as file:
        found = {}
        for page in file.pages:
            for font in page.Resources.Font.values():
                found[str(font.BaseFont)] = "/FontFile2" in font.FontDescriptor
    assert found
    assert all(found.values())
    assert {name.partition("+")[2] for name in found} == {
        "SourceSans3-Regular",
        "SourceSans3-Semibold",
        "SourceSans3-Light",
    }
    assert b"Helvetica" not in eighteen


def test_nothing_is_a_bitmap_and_nothing_hides_in_the_file(eighteen: bytes) -> None:
    with pikepdf.open(io.BytesIO(eighteen)) as file:
        for page in file.pages:
            assert "/XObject" not in page.Resources
        assert "/Names" not in file.Root
        assert "/AcroForm" not in file.Root


def test_pages_say_which_of_how_many_and_the_cover_says_nothing(eighteen: bytes) -> None:
    said = pages(eighteen)
    assert " van " not in said[0].replace("tot en met", "")
    for n, text in enumerate(said[1:], start=2):
        assert f"{n} van {len(said)}" in text
        assert "Uitgave voor de werkgever" in text


def test_contents_outline_and_links_lead_to_the_pages_they_name(eighteen: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(eighteen))
    said = [page.extract_text() for page in reader.pages]
    top = [item for item in reader.outline if not isinstance(item, list)]
    assert [item.title for item in top] == [f"{c.number} {c.title}".strip() for c in EIGHTEEN.chapters]
    sections = [inner for item in reader.outline if isinstance(item, list) for inner in item]
    assert len(sections) > 5
    for inner in sections:
        assert inner.title in " ".join(said[reader.get_destination_page_number(inner)].split())
    for item in top[1:]:
        page = reader.get_destination_page_number(item)
        title = re.sub(r"^\d ", "", item.title)
        assert title.split()[0] in said[page]
        assert re.search(rf"{re.escape(title)}\s*{page + 1}\b", said[1])
    assert len(reader.pages[1]["/Annots"]) == len(EIGHTEEN.chapters) - 1


def _structure(content: bytes) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []

    def walk(node: Any) -> None:
        kids = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                found.append((str(kid.S), kid))
                walk(kid)

    with pikepdf.open(io.BytesIO(content)) as file:
        walk(file.Root.StructTreeRoot)
        return [(kind, {str(k): str(v) for k, v in node.items() if k in {"/Alt", "/A"}}) for kind, node in found]


def test_the_structure_names_headings_tables_and_what_figures_say(eighteen: bytes) -> None:
    tree = _structure(eighteen)
    kinds = [kind for kind, _ in tree]
    assert kinds[0] == "/Document"
    assert kinds.count("/H1") == len(EIGHTEEN.chapters)
    assert kinds.count("/TOCI") == len(EIGHTEEN.chapters) - 1
    assert {"/H2", "/H3", "/P", "/Table", "/TR", "/TH", "/TD", "/Caption", "/L", "/LI", "/Figure", "/Note"} <= set(
        kinds
    )
    figures = [node["/Alt"] for kind, node in tree if kind == "/Figure"]
    assert [text.split(":")[0].split(".")[0] for text in figures] == ["Staafdiagram", "Schema van de fasen"]
    scopes = [node["/A"] for kind, node in tree if kind == "/TH"]
    assert any("/Column" in scope for scope in scopes)
    assert any("/Row" in scope for scope in scopes)


def test_every_piece_of_content_is_tagged_or_an_artifact_and_every_mark_is_in_the_tree(eighteen: bytes) -> None:
    with pikepdf.open(io.BytesIO(eighteen)) as file:
        parents = file.Root.StructTreeRoot.ParentTree.Nums
        by_number = {int(parents[n]): parents[n + 1] for n in range(0, len(parents), 2)}
        for page in file.pages:
            depth, marks = 0, 0
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator in {"BDC", "BMC"}:
                    spoken = operator == "BDC" and str(instruction.operands[0]) == "/Span"
                    assert depth == (1 if spoken else 0)
                    depth += 1
                    marks += operator == "BDC" and not spoken
                elif operator == "EMC":
                    depth -= 1
                elif operator in {"Tj", "TJ", "f", "f*", "S", "B"}:
                    assert depth > 0
            assert depth == 0
            assert len(by_number[int(page.StructParents)]) == marks
            assert page.Tabs == "/S"


def _text_boxes(content: bytes, tmp_path: Path) -> list[list[tuple[float, float, float, float, str]]]:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(content)
    made = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True, text=True).stdout
    pattern = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
    return [
        [(float(a), float(b), float(c), float(d), word) for a, b, c, d, word in pattern.findall(page)]
        for page in made.split("<page ")[1:]
    ]


@pytest.mark.parametrize("which", ["eighteen", "stretched"])
def test_no_text_stands_outside_the_grid(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    for page in _text_boxes(request.getfixturevalue(which), tmp_path)[1:]:
        for left, top, right, bottom, word in page:
            middle = (top + bottom) / 2 / PT
            assert left >= 22 * PT - 1, word
            assert right <= 188 * PT + 1, word
            assert 12 < middle < 18 or 32 < middle < 271 or 280 < middle < 286, word


def test_long_material_keeps_everything(stretched: bytes) -> None:
    said = pages(stretched)
    joined = " ".join(" ".join(said).split())
    assert kit.LONG_NAME in " ".join(said[0].split())
    assert f"{kit.LONG_NAME[:30]}" in said[1]
    assert "…" in said[1]
    assert joined.count("Mensen zoeken pas hulp als zij weten dat die er is en dat bellen kan.") >= 3 * 12 * 9
    for n in range(40):
        assert re.search(rf"(Team|Afdeling) {n}\b", joined)
    assert joined.count("Onderdeel Casussen") == 2  # the header again on the next page


def test_the_dash_is_explained_once_on_every_page_that_has_one(eighteen: bytes) -> None:
    for text in text_of(eighteen).split("=== bladzijde ===")[2:-2]:
        dashes = text.count("niet genoemd")
        assert " ".join(text.split()).count("Het kan nul zijn, maar ook een groter getal. Waarom") == (
            1 if dashes else 0
        )


def test_a_reader_hears_niet_genoemd_for_every_hidden_cell(eighteen: bytes) -> None:
    assert text_of(eighteen).count("niet genoemd") >= 30


def test_all_chips_are_equal(eighteen: bytes) -> None:
    stream = b"".join(re.findall(rb"stream\n(.*?)endstream", eighteen, re.DOTALL))
    dashes = set(re.findall(rb"(/ActualText \(.*?\))", stream))
    assert dashes == {b"/ActualText (niet genoemd)"}


def test_a_character_that_no_font_has_is_named_and_stops_the_file() -> None:
    broken = kit.document(kit.protected(Level.TOTAAL, 7), client=replace(kit.CLIENT, name="Café 漢"))
    with pytest.raises(pdf.MissingGlyphError, match="漢"):
        pdf.render(broken)
    assert issubclass(pdf.MissingGlyphError, VpdeskError)


def test_a_symbol_comes_from_the_second_font_and_is_embedded_too() -> None:
    made = pdf.render(kit.document(kit.protected(Level.TOTAAL, 7), client=replace(kit.CLIENT, name="Pijl ⇄ Łódź")))
    assert b"DejaVuSans" in made
    assert "Pijl ⇄ Łódź" in " ".join(pages(made)[0].split())


def test_both_themes_and_a_period_render() -> None:
    half = kit.document(kit.protected(Level.INTERVAL, (10, 14)))
    period = replace(
        half, palette=doc.Palette.PRUIM, cover=replace(half.cover, big="", dates="1 maart tot en met 30 juni 2025")
    )
    assert "1 maart tot en met" in pages(pdf.render(period))[0]
    assert pdf.render(period) != pdf.render(half)


def test_the_date_in_the_file_is_the_day_on_the_cover() -> None:
    later = replace(EIGHTEEN, day=date(2026, 2, 3))
    assert b"D:20260203000000Z" in pdf.render(later)


def test_full_phases_are_drawn_with_their_words() -> None:
    said = " ".join(" ".join(pages(pdf.render(MANY))).split())
    assert "62 begonnen" in said
    assert "17 deden een melding" in said
    assert "bleven bij gesprekken en raad" in said
    assert "9 kregen nazorg" in said


def test_a_last_line_of_one_word_is_mended_when_no_line_is_added() -> None:
    kind = style.TEXT
    text = "De vertrouwenspersoon luistert, denkt mee en legt uit welke wegen er zijn voor wie dat wil weten nu"
    for measure in range(150, 400, 7):
        broken = lines.lines_of(text, kind, measure)
        assert " ".join(line.text for line in broken).replace("\u00a0", " ") == text
        assert all(fonts.width(line.text, kind.face, kind.size) <= measure for line in broken)
    assert [line.text for line in lines.lines_of("aa bb cc dd ee ff gg", kind, 88)][-1] != "gg"


def test_a_word_wider_than_the_column_is_cut_and_nothing_is_lost() -> None:
    address = "https://voorbeeld.example/een/heel/lang/adres/zonder/spaties"
    broken = lines.lines_of(f"Zie {address} daar", style.TEXT, 100)
    assert "".join(line.text for line in broken).replace(" ", "") == f"Zie{address}daar"


def test_a_number_stays_with_its_noun() -> None:
    for measure in range(60, 200, 5):
        for line in lines.lines_of("In dat jaar begonnen er samen 62 casussen bij ons", style.TEXT, measure):
            assert not line.text.endswith("62")


def test_a_text_that_fits_is_not_shortened() -> None:
    assert lines.shortened("Kort", style.RUNNING, 100) == "Kort"
    assert lines.shortened("Heel erg veel te lang", style.RUNNING, 40).endswith("…")


def test_paragraphs_and_findings_leave_no_lonely_line_at_a_page_break() -> None:
    place = boxes.Place(style.COLOURS[doc.Palette.WATER], tags.Tag("Document"))
    (short,) = blocks.boxes(doc.Paragraph("Een korte alinea."), place)
    assert short.split is not None
    assert short.split(500) is None
    (finding,) = blocks.boxes(doc.Finding("Wat mij opviel", ("Een korte bevinding.",)), place)
    assert finding.split is not None
    assert finding.split(500) is None
    (long,) = blocks.boxes(doc.Finding("Wat mij opviel", (kit.LONG,)), place)
    assert long.split is not None
    assert long.split(30) is None
    parts = long.split(200)
    assert parts is not None
    assert parts[0].height <= 200


def test_a_long_table_keeps_three_rows_and_its_sums_together() -> None:
    place = boxes.Place(style.COLOURS[doc.Palette.WATER], tags.Tag("Document"))
    rows = (*(doc.Row((f"rij {n}", n)) for n in range(30)), doc.Row(("alle", 435), doc.RowKind.TOTAL))
    (box,) = blocks.boxes(doc.Table(doc.Caption("Tabel 1", "Veel"), ("Rij", "Aantal"), rows), place)
    assert box.split is not None
    assert box.split(60) is None
    parts = box.split(box.height - 1)
    assert parts is not None
    head = box.split(parts[0].height)
    assert head is not None
    assert head[1].height > 4 * 15.5
    short = blocks.boxes(doc.Table(doc.Caption("Tabel 1", "Weinig"), ("Rij", "Aantal"), rows[:5]), place)[0]
    assert short.split is not None
    assert short.split(80) is None


def test_a_short_end_of_a_chapter_takes_a_short_piece_before_it_to_the_next_page() -> None:
    found = pages(pdf.render(kit.editions()["jaren"]))
    (page,) = [page for page in found if "Het nummer staat op de kaart" in page]
    assert page.index("Toegankelijkheid") < page.index("Het nummer staat op de kaart")
    assert "Route" not in page


def test_long_text_before_a_short_end_is_split_and_leaves_no_gap() -> None:
    report = kit.protected(Level.EENRIJ, 62, kit.sixty_two(), talks=150)
    paragraph = "Mensen zoeken pas hulp als zij weten dat die er is. " * 15
    for paragraphs in (4, 8):  # so many that the last of them runs over the end of a page
        words = "\n\n".join([paragraph] * paragraphs) + "\n\n- een punt"
        found = pages(pdf.render(kit.document(report, findings={"advies": words})))
        *full, _ = [count for page in found if (count := page.count("Mensen zoeken")) > 1]
        assert min(full) > 50, "sentences on a page that gave nothing away"


def test_a_chapter_that_would_leave_a_few_lines_over_begins_a_page() -> None:
    low = pages(pdf.render(kit.editions()["werk-laag"]))
    (page,) = [page for page in low if "Vragen voor het jaargesprek" in page]
    assert page.index("Aandachtspunten voor 2026") < page.index("Vragen voor het jaargesprek")


def test_a_block_of_an_unknown_kind_is_a_bug() -> None:
    place = boxes.Place(style.COLOURS[doc.Palette.WATER], tags.Tag("Document"))
    with pytest.raises(TypeError, match="int"):
        blocks.boxes(5, place)  # type: ignore[arg-type] # on purpose


def test_notes_and_wide_rules_are_drawn_where_they_are_asked() -> None:
    chapter = replace(
        EIGHTEEN.chapters[2], blocks=(doc.Note("Een noot."), doc.Rule(), doc.Paragraph("x y z", lead="Let op:"))
    )
    said = pages(pdf.render(replace(EIGHTEEN, chapters=(chapter,))))[1]
    assert "Een noot." in said
    assert "Let op: x y z" in " ".join(said.split())


def test_a_name_of_many_lines_stays_above_the_rule(tmp_path: Path) -> None:
    long = " ".join(["Samenwerkingsverband"] * 14)
    made = pdf.render(kit.document(kit.protected(Level.TOTAAL, 7), client=replace(kit.CLIENT, name=long)))
    cover = _text_boxes(made, tmp_path)[0]
    assert sum(word == "Samenwerkingsverband" for *_, word in cover) == 14
    assert all(bottom < 252 * PT for _, _, _, bottom, word in cover if word == "Samenwerkingsverband")


def test_many_points_continue_in_another_callout(tmp_path: Path) -> None:
    points = "\n\n".join(f"Punt {n}\nAan zet: de directie" for n in range(60))
    made = pdf.render(kit.document(kit.protected(Level.TOTAAL, 7), findings={"aandachtspunten": points}))
    assert " ".join(pages(made)).count("Aan zet: de directie") == 120
    for page in _text_boxes(made, tmp_path)[1:]:
        assert all((top + bottom) / 2 < 286 * PT for _, top, _, bottom, _ in page)
        assert all((top + bottom) / 2 < 271 * PT for _, top, _, bottom, word in page if word in {"Punt", "Aan"})


def test_phases_and_themes_without_a_dash_and_what_cannot_exist_are_drawn() -> None:
    tables = (
        kit.table("thema", ("pesten", "corruptie"), {"pesten": 9, "corruptie": 9}, 18),
        kit.table("werkgebied", ("integriteit", "beide"), {"integriteit": 18, "beide": "nvt"}, 18),
        kit.table(kit.PHASE, kit.PHASES, {"voorfase": 5, "meldingsfase": 5, "nafase": 5, "onbekend": 3}, 18),
    )
    said = " ".join(" ".join(pages(pdf.render(kit.document(kit.protected(Level.EENRIJ, 18, tables))))).split())
    assert "n.v.t." in said
    assert "van deze casussen is de fase niet vastgelegd" in said
    assert "samen" not in said.partition("Figuur 1")[2].partition("Informeren")[0]


def test_a_callout_that_does_not_fit_moves_to_the_next_page() -> None:
    callout = doc.Callout("Let op", tuple(doc.Paragraph("Een regel.") for _ in range(12)))
    chapter = replace(EIGHTEEN.chapters[2], blocks=(callout, callout, callout))
    assert [page.count("Let op") for page in pages(pdf.render(replace(EIGHTEEN, chapters=(chapter,))))] == [0, 2, 1]
