"""Whatever a rekenprogramma saves is read, and whatever can't be a sheet is refused with one sentence."""

from __future__ import annotations

import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import ImportRefusedError
from vpdesk.exchange.spreadsheets import LARGEST, Sheet, SheetRow, read_sheet

REAL = Path(__file__).parents[1] / "data" / "hogeschool-2020-2022.csv"


def read(tmp_path: Path, content: bytes | str) -> Sheet:
    path = tmp_path / "blad.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sheet(path)


def refusal(tmp_path: Path, content: bytes | str) -> str:
    with pytest.raises(ImportRefusedError) as caught:
        read(tmp_path, content)
    assert "niets veranderd" in caught.value.sentence
    return caught.value.sentence


def test_the_real_sheet_has_its_rows_and_lines() -> None:
    sheet = read_sheet(REAL)
    assert len(sheet.rows) == 301
    assert len(sheet.columns) == 14
    assert sheet.rows[0].line == 2
    assert sheet.rows[-1].line == 302
    assert sheet.rows[0].cells[:3] == ("01-09-2020", "25-11-2020", "student")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found_by_the_columns_it_gives(tmp_path: Path, delimiter: str) -> None:
    sheet = read(tmp_path, "datum|rol|notitie\n01-02-2021|melder|a\n".replace("|", delimiter))
    assert sheet.columns == ("datum", "rol", "notitie")
    assert sheet.rows == (SheetRow(2, ("01-02-2021", "melder", "a")),)


def test_commas_inside_cells_do_not_make_a_comma_sheet(tmp_path: Path) -> None:
    sheet = read(tmp_path, "datum;notitie, als die er is, en meer\n01-02-2021;ja, een, twee\n")
    assert sheet.columns == ("datum", "notitie, als die er is, en meer")


def test_the_note_that_excel_writes_to_itself_is_passed_over(tmp_path: Path) -> None:
    sheet = read(tmp_path, "sep=;\r\ndatum;rol\r\n01-02-2021;melder\r\n")
    assert sheet == Sheet(("datum", "rol"), (SheetRow(3, ("01-02-2021", "melder")),))


def test_one_known_column_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, "Datum\n01-02-2021\n").rows[0].cells == ("01-02-2021",)


def test_columns_that_nobody_knows_are_left_to_a_mapping(tmp_path: Path) -> None:
    assert read(tmp_path, "Wanneer;Wie\n01-02-2021;ik\n").columns == ("Wanneer", "Wie")


def test_a_wrong_delimiter_is_named(tmp_path: Path) -> None:
    assert "puntkomma, komma en tab" in refusal(tmp_path, "datum|rol|thema\n01-02-2021|melder|pesten\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_the_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    sheet = read(tmp_path, "datum;notitie\n01-02-2021;privé, café\n".encode(encoding))
    assert sheet.columns[0] == "datum"
    assert sheet.rows[0].cells[1] == "privé, café"


@pytest.mark.parametrize(
    "content",
    [
        b"datum;rol\n01-02-2021;pest\x81\x8d\xffen\n",
        b"datum;rol\n01-02-2021;pest\x00en\n",
        b"\xff\xfed\x00a\x00t",
        b"datum\x00;rol\n",
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, content: bytes) -> None:
    assert "tekens" in refusal(tmp_path, content)


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b";;;\n;;\n", b"\xef\xbb\xbf"])
def test_an_empty_sheet_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content)


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    assert "geen enkele registratie" in refusal(tmp_path, "datum;rol\n\n;;;\n")


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    assert "‘rol’" in refusal(tmp_path, "datum;rol;rol\n01-02-2021;a;b\n")


def test_blank_lines_ragged_rows_and_trailing_columns_are_taken_as_they_are_meant(tmp_path: Path) -> None:
    sheet = read(tmp_path, "\ndatum;rol;;\n\n01-02-2021\n02-02-2021;melder;;;;\n03-02-2021;melder;te;veel\n\n")
    assert sheet.columns == ("datum", "rol")
    assert [(row.line, len(row.cells)) for row in sheet.rows] == [(4, 2), (5, 2), (6, 4)]
    assert sheet.rows[0].cells == ("01-02-2021", "")


def test_a_nameless_column_between_others_gets_a_name(tmp_path: Path) -> None:
    assert read(tmp_path, "datum;;rol\n01-02-2021;x;melder\n").columns == ("datum", "kolom 2", "rol")


def test_quoted_cells_may_hold_delimiters_quotes_and_lines_and_lines_still_count(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'datum;notitie\n01-02-2021;"een; ""twee""\r\ndrie"\n02-02-2021;los "woord"\n')
    assert sheet.rows[0].cells[1] == 'een; "twee"\r\ndrie'
    assert [row.line for row in sheet.rows] == [2, 4]
    assert sheet.rows[1].cells[1] == 'los "woord"'


def test_a_quote_that_is_never_closed_is_refused_with_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'datum;notitie\n01-02-2021;a\n02-02-2021;"b\n03-02-2021;c\n').startswith("Regel 3:")


def test_a_very_long_cell_is_read_whole(tmp_path: Path) -> None:
    long = "woord " * 60_000
    assert read(tmp_path, f"datum;notitie\n01-02-2021;{long}\n").rows[0].cells[1] == long.strip()


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path, sentence in ((tmp_path / "is-er-niet.csv", "niet te lezen"), (tmp_path, "geen gewoon bestand")):
        with pytest.raises(ImportRefusedError, match=sentence):
            read_sheet(path)


def test_a_sheet_that_turned_into_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gewoon").touch()
    plain = (tmp_path / "gewoon").stat()
    os.mkfifo(tmp_path / "pijp")
    monkeypatch.setattr(type(tmp_path), "stat", lambda *_, **__: plain)
    with pytest.raises(ImportRefusedError, match="geen gewoon bestand"):
        read_sheet(tmp_path / "pijp")


def test_a_file_beyond_all_sense_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ImportRefusedError, match="16 MB"):
        read_sheet(path)


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        table = book.create_sheet(name)
        for row in rows:
            table.append(row)
    book.save(path)
    return path


def test_a_workbook_gives_real_dates_numbers_and_the_line_of_each_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "blad.xlsx",
        Blad=[
            ["datum", "gesprekken", "minuten", "notitie", "rol", None],
            [date(2021, 2, 1), 4, 45.0, 1.5, True, None],
            [],
            [datetime(2021, 2, 3, 14, 30), None, "30", "tekst ", False],  # noqa: DTZ001 - a sheet knows no zones
        ],
    )
    sheet = read_sheet(path)
    assert sheet.columns == ("datum", "gesprekken", "minuten", "notitie", "rol")
    assert sheet.rows == (
        SheetRow(2, (date(2021, 2, 1), "4", "45", "1.5", "ja")),
        SheetRow(4, (date(2021, 2, 3), "", "30", "tekst", "nee")),
    )


def test_the_table_that_vpdesk_knows_is_taken_from_a_workbook(tmp_path: Path) -> None:
    rows: list[list[object]] = [["datum"], ["01-02-2021"]]
    assert read_sheet(workbook(tmp_path / "a.xlsx", Uitleg=[["Lees mij"], ["eerst"]], Data=rows)).columns == ("datum",)
    strange: list[list[object]] = [["Wanneer"], ["01-02-2021"]]
    assert read_sheet(workbook(tmp_path / "b.xlsx", Leeg=[], Eerste=strange)).columns == ("Wanneer",)
    with pytest.raises(ImportRefusedError, match="leeg"):
        read_sheet(workbook(tmp_path / "c.xlsx", Leeg=[]))


ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Blad1">
<table:table-row><table:table-cell office:value-type="string"><text:p>datum</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>gesprekken</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="date" office:date-value="2021-02-01"><text:p>1</text:p>
</table:table-cell><table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_sheet_of_libreoffice_is_read(tmp_path: Path) -> None:
    path = tmp_path / "blad.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><m:manifest xmlns:m="m"></m:manifest>')
        archive.writestr("content.xml", ODS_CONTENT.replace("\n", " ").replace("> <", "><"))
    assert read_sheet(path) == Sheet(("datum", "gesprekken"), (SheetRow(2, (date(2021, 2, 1), "3")),))


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", Data=[["datum"], ["01-02-2021"]]).read_bytes()
    assert "beschadigd" in refusal(tmp_path, whole[: len(whole) // 2])
    assert "beschadigd" in refusal(tmp_path, b"\xd0\xcf\x11\xe0" + bytes(600))


@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: f"datum;rol\n{text}".encode()))
)
def test_no_bytes_make_it_stumble(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "willekeurig.csv"
    path.write_bytes(content)
    try:
        sheet = read_sheet(path)
    except ImportRefusedError:
        return
    assert sheet.columns
    assert all(len(row.cells) >= len(sheet.columns) for row in sheet.rows)
