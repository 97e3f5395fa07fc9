"""Rows that count several codes, as a report prints them: labels, figures, alternative texts and marks."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from tests.report_kit import PHASE, document, protected, table
from tests.reporting.disclosure.registry import YEAR, frozen
from vpdesk.domain import taxonomy
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.report_choices import ReportChoices, key_of
from vpdesk.reporting import figures, pdf
from vpdesk.reporting.disclosure.protect import line_statements
from vpdesk.reporting.document import KeyNumbers, PhaseFlow, Table, ThemeBars
from vpdesk.reporting.report_words import label, lower, spoken
from vpdesk.reporting.statements import Level, ProtectedTable
from vpdesk.reporting.text_marks import MarkKind, marks
from vpdesk.reporting.told import hidden_kept

SHORT = ("pesten", "discriminatie")
LONG = ("fraude", "diefstal van bedrijfsmiddelen", "belangenverstrengeling", "ongewenste nevenwerkzaamheden")
ACROSS = ("pesten", "fraude")


def together(dimension: str, codes: tuple[str, ...], shown: dict[str, int], *rows: tuple[str, ...]) -> ProtectedTable:
    keys = map(key_of, ReportChoices({dimension.partition("@")[0]: rows}).rows(dimension.partition("@")[0], codes))
    return table(dimension, keys, shown, 62)


def themes(shown: dict[str, int], *rows: tuple[str, ...]) -> ProtectedTable:
    return together("thema", taxonomy.THEMA.codes, shown, *rows)


def blocks(*tables: ProtectedTable) -> list[object]:
    made = document(protected(Level.EENRIJ, 62, tables))
    return [block for chapter in made.chapters for block in chapter.blocks]


@pytest.mark.parametrize(
    ("dimension", "row", "printed"),
    [
        ("thema", SHORT, "Pesten en discriminatie"),
        ("thema", ("fraude", "corruptie", "onbekend"), "Fraude, corruptie en onbekend"),
        ("onderdeel", ("Noord", "West", "Zuid"), "Noord, West en Zuid"),
        ("onderdeel", ("Noord", "onbekend"), "Noord en onbekend"),
        ("gevonden_via", ("flyer", "hr", "or"), "Flyer, HR en OR"),
        ("fase@2025-12-31", ("meldingsfase", "onbekend"), "Meldingsfase en fase onbekend"),
        ("afloop@2025-12-31", ("loopt nog", "gedrag gestopt"), "Loopt nog en gedrag gestopt"),
    ],
)
def test_a_row_is_printed_as_the_codes_that_it_counts(dimension: str, row: tuple[str, ...], printed: str) -> None:
    if dimension == "gevonden_via":
        row = tuple(code for code in taxonomy.GEVONDEN_VIA.codes if label(dimension, code) in {"Flyer", "HR", "OR"})
    assert label(dimension, key_of(row)) == printed
    assert spoken(dimension, key_of(row)) == f"{printed} samen"
    assert spoken(dimension, row[0]) == label(dimension, row[0])


def test_words_inside_a_sentence_lose_their_capital_and_abbreviations_keep_it() -> None:
    assert [lower(words) for words in ("Pesten", "HR", "")] == ["pesten", "HR", ""]


def test_themes_that_stand_together_are_a_bar_in_their_group_and_one_in_the_alternative_text() -> None:
    (bars,) = [b for b in blocks(themes({key_of(SHORT): 14, "fraude": 9}, SHORT)) if isinstance(b, ThemeBars)]
    group = next(group for group in bars.groups if group.title == "Ongewenste omgangsvormen")
    assert (group.bars[0].label, group.bars[0].value) == ("Pesten en discriminatie", 14)
    assert "Pesten en discriminatie samen 14, fraude 9." in bars.alt
    assert "seksuele intimidatie" in bars.alt


def test_a_hidden_row_is_named_as_one_in_the_alternative_text() -> None:
    (bars,) = [b for b in blocks(themes({"intimidatie": 14, "fraude": 9}, SHORT)) if isinstance(b, ThemeBars)]
    assert "pesten en discriminatie samen, seksuele intimidatie" in bars.alt


@pytest.mark.parametrize("row", [LONG, ACROSS], ids=["too long for a bar", "of two groups"])
def test_themes_without_a_place_in_the_figure_are_a_table(row: tuple[str, ...]) -> None:
    made = blocks(themes({key_of(row): 14, "intimidatie": 9}, row))
    assert not [block for block in made if isinstance(block, ThemeBars)]
    (drawn,) = [block for block in made if isinstance(block, Table)]
    assert (label("thema", key_of(row)), 14) in [cells.cells for cells in drawn.rows]


def test_phases_that_stand_together_are_a_table_and_count_as_reports() -> None:
    phases = together(
        PHASE, ("voorfase", "meldingsfase", "nafase"), {"voorfase": 45, key_of(("meldingsfase", "nafase")): 17},
        ("meldingsfase", "nafase"),
    )  # fmt: skip
    made = blocks(phases)
    assert not [block for block in made if isinstance(block, PhaseFlow)]
    (drawn,) = [block for block in made if isinstance(block, Table)]
    assert ("Meldingsfase en nafase", 17, "27%") in [row.cells for row in drawn.rows]
    (numbers,) = [block for block in made if isinstance(block, KeyNumbers)]
    assert ("17", "casussen met een melding") in [(item.value, item.noun) for item in numbers.items]


def test_a_relation_too_long_for_a_bar_is_a_table() -> None:
    row = ("hogere leiding", "collega", "ondergeschikte", "begeleider")
    made = blocks(together("relatie", taxonomy.RELATIE.codes, {key_of(row): 30, "leidinggevende": 18}, row))
    assert not [block for block in made if isinstance(block, ThemeBars)]
    assert [block for block in made if isinstance(block, Table)]


def test_a_row_of_several_codes_is_never_the_most_frequent() -> None:
    several = themes({key_of(SHORT): 40, "fraude": 9}, SHORT)
    assert figures.most_frequent(several) is None
    assert figures.theme_message(several) == "Casussen naar hoofdthema"
    one = themes({key_of(SHORT): 9, "fraude": 40}, SHORT)
    assert figures.most_frequent(one) == ("fraude", 40)  # more than both together, so more than each


def test_the_sentence_on_themes_says_what_is_counted_together() -> None:
    made = document(protected(Level.EENRIJ, 62, (themes({key_of(SHORT): 14, "fraude": 40}, SHORT),)))
    text = " ".join(p.extract_text() for p in pypdf.PdfReader(BytesIO(pdf.render(made))).pages).replace("\n", " ")
    assert "14 over pesten en discriminatie samen (23%)" in text


def test_long_rows_wrap_in_the_file() -> None:
    made = document(protected(Level.EENRIJ, 62, (themes({key_of(LONG): 14, "intimidatie": 9}, LONG),)))
    text = " ".join(p.extract_text() for p in pypdf.PdfReader(BytesIO(pdf.render(made))).pages)
    assert label("thema", key_of(LONG)) in " ".join(text.split())


def test_a_printed_row_may_be_named_and_the_codes_in_it_only_with_a_reason() -> None:
    said = protected(
        Level.EENRIJ,
        62,
        (
            themes({key_of(SHORT): 14, "fraude": 40}, SHORT),
            together("rol", taxonomy.ROL.codes, {key_of(("getuige", "naaste")): 30}, ("getuige", "naaste")),
        ),
    )

    def marked(text: str) -> list[str]:
        found = marks({"themas": text}, protected=said, names=())
        return [mark.found.casefold() for mark in found if mark.kind is MarkKind.VERBORGEN]

    assert marked("Over pesten en discriminatie spreken wij apart, en over fraude.") == []
    assert marked("Over pesten spreken wij apart.") == ["pesten"]
    assert marked("Voor een getuige is dat zwaar.") == ["getuige"]
    assert marked("Getuige en naaste of derde tellen samen.") == []


def test_another_number_beside_a_row_is_marked() -> None:
    said = protected(Level.EENRIJ, 62, (themes({key_of(SHORT): 14, "fraude": 40}, SHORT),))
    (mark,) = [
        m for m in marks({"themas": "Er waren 40 over pesten en discriminatie."}, protected=said, names=())
        if m.kind is MarkKind.ANDER_GETAL
    ]  # fmt: skip
    assert mark.found == "40"


def test_a_hidden_set_with_a_row_of_several_codes_is_kept_by_the_sum_of_all_its_codes() -> None:
    rows = {key_of(SHORT): 3, "fraude": 4, "intimidatie": 12}
    hidden = frozenset({key_of(SHORT), "fraude"})
    pattern = (HiddenLine("thema", YEAR, tuple(sorted(hidden))),)
    said = tuple(line_statements("thema", YEAR, rows, hidden))
    assert hidden_kept(frozen(said, pattern, YEAR))
    assert not hidden_kept(frozen(said[:1], pattern, YEAR))
