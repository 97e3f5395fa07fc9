"""Two-way tables as they stand in a report: words, notes, columns, and the file."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pypdf
import pytest

from tests import report_kit as kit
from vpdesk.domain import taxonomy
from vpdesk.domain.report_choices import crossing, key_of
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting import pdf
from vpdesk.reporting.cross_tables import ALL_OTHERS, cross_sections, cross_table, hidden_cells, table_title
from vpdesk.reporting.disclosure.result import CrossTable, Level, ProtectedReport
from vpdesk.reporting.document import HIDDEN, NOT_APPLICABLE, Heading, Paragraph, RowKind, Table, Width
from vpdesk.reporting.figures import Numbering
from vpdesk.reporting.pdf import style
from vpdesk.reporting.pdf.headers import ONE_LINE, header_height, header_lines, number_column
from vpdesk.reporting.report_words import Context
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.text_marks import MarkKind, marks

ABOUT = Context(kit.CLIENT, kit.YEAR, Audience.WERKGEVER, STANDARD, {}, 5)
FIELDS = taxonomy.WERKGEBIED.codes
OTHERS = key_of(("ondergeschikte", "klant", "organisatie", "onbekend"))
TABLE = CrossTable(
    "relatie", "werkgebied", ("leidinggevende", "collega", OTHERS), FIELDS,
    ((12, 5, None, 7, None), (14, None, None, None, 6), (10, None, None, None, None)),
    (28, 26, None), (36, 12, 8, 14, 12), 82,
)  # fmt: skip
PHASES = CrossTable(
    kit.OUTCOME, kit.PHASE, ("melding gedaan", "loopt nog"), ("voorfase", "meldingsfase"),
    (("nvt", 9), (8, 12)), (9, 20), (8, 21), 29,
)  # fmt: skip


def report(*crossed: CrossTable) -> ProtectedReport:
    return replace(kit.protected(Level.EENRIJ, 82, kit.sixty_two()), crossed=crossed)


def test_rows_columns_margins_and_dashes_stand_where_they_belong() -> None:
    made = cross_table(TABLE, Numbering(), ABOUT)
    assert made.caption.title == "Casussen naar verhouding en werkgebied"
    assert made.header[0] == "Verhouding tot de ander"
    assert made.header[-1] == "Alle casussen"
    assert made.width is Width.WIDE
    assert made.rows[0].cells == ("Leidinggevende", 12, 5, HIDDEN, 7, HIDDEN, 28)
    assert made.rows[-2].cells[-1] is HIDDEN
    assert made.rows[-1].cells == ("Alle casussen", 36, 12, 8, 14, 12, 82)
    assert [row.kind for row in made.rows] == [RowKind.PLAIN] * 3 + [RowKind.TOTAL]
    assert made.has_hidden


def test_many_that_count_together_are_all_others_with_a_note() -> None:
    made = cross_table(TABLE, Numbering(), ABOUT)
    assert made.rows[2].cells[0] == ALL_OTHERS
    assert made.note.startswith("In deze tabel is ‘alle anderen’ de som van ondergeschikte")
    two = replace(TABLE, rows=("leidinggevende", "collega", key_of(("klant", "groep"))))
    short = cross_table(two, Numbering(), ABOUT)
    assert short.rows[2].cells[0] not in {ALL_OTHERS, ""}
    assert short.note == ""


def test_units_stand_under_the_names_that_they_have_now() -> None:
    units = {"noord": "Team Kade", "zuid": "IT Zuid"}
    apart = replace(TABLE, down="onderdeel", rows=("noord", "zuid", "onbekend"))
    made = cross_table(apart, Numbering(), replace(ABOUT, units=units))
    assert [row.cells[0] for row in made.rows[:3]] == ["Team Kade", "IT Zuid", "Onbekend"]
    assert hidden_cells(apart, units)[0] == ("Team Kade", "Beide")
    long = {"noord": "Team Kade en alle anderen daar", "zuid": "IT Zuid"}
    together = replace(apart, rows=("west", "oost", key_of(("noord", "zuid", "onbekend"))))
    said = cross_table(together, Numbering(), replace(ABOUT, units=long))
    assert said.rows[2].cells[0] == ALL_OTHERS
    assert (
        said.note == "In deze tabel is ‘alle anderen’ de som van Team Kade en alle anderen daar, IT Zuid en onbekend."
    )


def test_what_can_t_be_is_named_in_the_note() -> None:
    made = cross_table(PHASES, Numbering(), ABOUT)
    assert made.rows[0].cells == ("Melding gedaan", NOT_APPLICABLE, 9, 9)
    assert "Waar n.v.t. staat" in made.note
    assert not made.has_hidden


def test_each_table_has_a_section() -> None:
    heading, text, table, *rest = cross_sections((TABLE, PHASES), Numbering(), ABOUT)
    assert heading == Heading("Verhouding en werkgebied naast elkaar")
    assert isinstance(text, Paragraph)
    assert isinstance(table, Table)
    assert len(rest) == 3
    assert cross_sections((), Numbering(), ABOUT) == ()


def test_titles_and_hidden_cells_in_words() -> None:
    assert table_title(kit.PHASE) == "Casussen naar fase"
    assert table_title(crossing("rol", "fase")) == "Casussen naar rol en fase"
    assert hidden_cells(TABLE)[0] == ("Leidinggevende", "Beide")
    assert len(hidden_cells(TABLE)) == 9
    assert hidden_cells(PHASES) == ()


def test_headers_break_where_words_do_and_columns_fit() -> None:
    made = cross_table(TABLE, Numbering(), ABOUT)
    assert [line.text for line in header_lines("Leidinggevende", 45)] == ["Leiding-", "gevende"]
    assert [line.text for line in header_lines("Beide", 45)] == ["Beide"]
    assert len(header_lines("Zuidoosthoekwijkteamverband", 45)) > 1
    assert header_height(made, style.WIDE) > ONE_LINE
    eight = replace(made, header=("Thema", *("Betrokkene",) * 8, "Alle casussen"))
    assert number_column(eight, style.WIDE) * 9 + 100 < style.WIDE
    plain = replace(made, header=("Rol", "Casussen", "Aandeel"))
    assert header_height(plain, style.MAIN) == ONE_LINE
    assert number_column(plain, style.MAIN) == number_column(plain, style.WIDE) == 56


def test_the_file_holds_the_table_with_its_headers_both_ways() -> None:
    data = pdf.render(kit.document(report(TABLE, PHASES)))
    assert data == pdf.render(kit.document(report(TABLE, PHASES)))
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert "Verhouding en werkgebied naast elkaar" in text
    assert "n.v.t." in text
    with pikepdf.open(io.BytesIO(data)) as file:
        rows = list(_rows(file.Root.StructTreeRoot))
    wide = [row for row in rows if len(row) == 7]
    assert [kind for kind, _ in wide[0]] == ["/TH"] * 7
    assert {scope for _, scope in wide[0]} == {"/Column"}
    assert [[kind for kind, _ in row] for row in wide[1:]] == [["/TH", *["/TD"] * 6]] * 4
    assert {row[0][1] for row in wide[1:]} == {"/Row"}


def _rows(node: Any) -> Any:
    """Yield the cells of each table row of the structure tree: kind and scope."""
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid:
            continue
        if kid.S == "/TR":
            yield [(str(cell.S), str(cell.A.Scope) if "/A" in cell else "") for cell in kid.K]
        yield from _rows(kid)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Van de leidinggevenden gingen er 12 over omgangsvormen (43%).", []),
        ("Het ging 12 keer om een collega.", [MarkKind.ANDER_GETAL]),
        ("Het ging 14 keer om een collega en om integriteit.", [MarkKind.ANDER_GETAL]),
        ("Het ging 14 keer om een collega bij omgangsvormen.", []),
        ("Het ging 14 keer om een collega.", [MarkKind.ANDER_GETAL]),  # of one half of what 14 is printed for
        ("Het was 44%.", [MarkKind.GETAL]),
    ],
)
def test_numbers_of_a_two_way_table_may_stand_in_the_text(words: str, kinds: list[MarkKind]) -> None:
    two = replace(TABLE, rows=("leidinggevende", "collega", "klant"))
    bare = replace(report(two), tables=())
    said = replace(bare, statements=(*bare.statements, *_cells(two)))
    found = [m.kind for m in marks({"kort": words}, protected=said, names=())]
    assert [kind for kind in found if kind in {MarkKind.GETAL, MarkKind.ANDER_GETAL}] == kinds


def _cells(table: CrossTable) -> Any:
    return [
        Statement(Of.CASES, Box.where_({table.down: row, table.across: column}), kit.YEAR, value, value)
        for row, values in zip(table.rows, table.cells, strict=True)
        for column, value in zip(table.columns, values, strict=True)
        if isinstance(value, int)
    ]
