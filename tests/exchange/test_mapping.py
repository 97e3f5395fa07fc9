"""A proposal decides only what is certain, reads back as it was written, and a wrong edit is named."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import ImportRefusedError, OutputError
from vpdesk.exchange.columns import CODE_LISTS, COLUMNS, known_code, known_column, likely_code
from vpdesk.exchange.mapping import Mapping, load_mapping, mapping_text, propose_mapping, write_mapping
from vpdesk.exchange.spreadsheets import Sheet, SheetRow, read_sheet

DATA = Path(__file__).parents[1] / "data"


def sheet_of(*rows: tuple[str, ...]) -> Sheet:
    return Sheet(rows[0], tuple(SheetRow(line, cells) for line, cells in enumerate(rows[1:], 2)))


def test_the_real_sheet_leaves_open_what_vpdesk_does_not_know_and_names_the_likely_answer() -> None:
    proposal = propose_mapping(read_sheet(DATA / "hogeschool-2020-2022.csv"))
    undecided = {name for name, target in proposal.columns.items() if target == "?"}
    assert undecided == {"groep"}
    assert {value for values in proposal.values.values() for value, code in values.items() if code == "?"} == {
        "docent",
        "medestudent",
    }
    text = mapping_text(proposal)
    assert '"groep" = "?"  # Misschien "verbonden"' in text
    assert '"docent" = "?"  # Misschien "begeleider"' in text
    assert '"medestudent" = "?"  # Misschien "collega"' in text
    assert '"melder" = "melder"' in text


def test_names_are_known_whatever_their_capitals_spaces_and_underscores() -> None:
    assert [known_column(name) for name in ("Gevonden via", " GEVONDEN_VIA ", "Hoofdthema", "Einddatum", "Kleur")] == [
        "gevonden_via",
        "gevonden_via",
        "thema",
        "afgesloten",
        None,
    ]


@pytest.mark.parametrize("column", CODE_LISTS)
def test_every_code_and_label_of_every_list_is_known(column: str) -> None:
    for term in CODE_LISTS[column].terms:
        assert known_code(column, term.code.upper()) == term.code
        assert known_code(column, f" {term.shown} ") == term.code
    assert known_code(column, "-") == "onbekend"
    assert known_code(column, "toverfee") is None
    assert likely_code(column, "toverfee") is None


def test_synonyms_of_values_are_decided() -> None:
    sheet = sheet_of(("datum", "Thema", "afloop"), ("x", "Agressie", "Lopend"), ("x", "pesterij", ""))
    proposal = propose_mapping(sheet)
    assert proposal.values["thema"] == {"Agressie": "agressie en geweld", "pesterij": "?"}
    assert proposal.values["afloop"] == {"Lopend": "loopt nog"}


def test_a_second_column_of_the_same_meaning_is_left_open() -> None:
    proposal = propose_mapping(sheet_of(("datum", "thema", "hoofdthema", "leeg"), ("x", "pesten", "fraude", "")))
    assert proposal.columns == {"datum": "datum", "thema": "thema", "hoofdthema": "?", "leeg": "?"}
    assert proposal.hints == {}


names = st.text(st.characters(codec="utf-8"), max_size=12)


@given(columns=st.dictionaries(names, st.sampled_from(["", "?"])), values=st.dictionaries(names, st.just("?")))
def test_any_name_survives_writing_and_reading(columns: dict[str, str], values: dict[str, str]) -> None:
    mapping = Mapping(columns, {"rol": values}, {("", name): "verbonden" for name in columns})
    assert tomllib.loads(mapping_text(mapping)) == {"kolommen": columns, "waarden": {"rol": values}}


def test_a_written_proposal_loads_as_it_was(tmp_path: Path) -> None:
    proposal = propose_mapping(read_sheet(DATA / "hogeschool-2020-2022.csv"))
    path = tmp_path / "koppeling.toml"
    write_mapping(proposal, path)
    assert load_mapping(path) == Mapping(proposal.columns, proposal.values)


def test_a_proposal_never_writes_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "koppeling.toml"
    path.write_text("van mij", "utf-8")
    for place in (path, tmp_path / "nergens" / "x.toml"):
        with pytest.raises(OutputError, match="andere plaats"):
            write_mapping(Mapping({}), place)
    assert path.read_text("utf-8") == "van mij"


def test_units_may_be_renamed_by_a_mapping() -> None:
    assert "[waarden.onderdeel]\n" in mapping_text(Mapping({}, {"onderdeel": {"Noord": "Locatie Noord"}}))


WRONG = {
    "geen geldige TOML": '[kolommen]\n"datum" = datum\n',
    "niet ‘values’": "[values]\n",
    "‘verbondn’": '[kolommen]\ngroep = "verbondn"\n',
    "Twee kolommen": '[kolommen]\na = "datum"\nb = "datum"\n',
    "[waarden.datum] kan niet": '[waarden.datum]\nx = "y"\n',
    "‘docent’": '[waarden.relatie]\nleraar = "docent"\n',
    "twee keer": '[waarden.relatie]\nDocent = "begeleider"\n"docent " = "collega"\n',
    "onder [kolommen]": "[kolommen]\ndatum = 3\n",
    "onder [waarden.relatie]": '[waarden]\nrelatie = "collega"\n',
    "onder [waarden.…]": 'waarden = "collega"\n',
}


def test_where_toml_breaks_is_said_without_the_words_of_the_parser(tmp_path: Path) -> None:
    path = tmp_path / "koppeling.toml"
    path.write_text('[kolommen]\n"datum" = "datum"\n[waarden\n', "utf-8")
    with pytest.raises(ImportRefusedError, match=r"TOML; kijk bij regel 3[.]") as caught:
        load_mapping(path)
    assert "xpected" not in caught.value.sentence


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_edit_is_named(tmp_path: Path, words: str) -> None:
    path = tmp_path / "koppeling.toml"
    path.write_text(WRONG[words], "utf-8")
    with pytest.raises(ImportRefusedError) as caught:
        load_mapping(path)
    assert words in caught.value.sentence
    assert "niets veranderd" in caught.value.sentence


def test_a_mapping_file_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="niet te lezen"):
        load_mapping(tmp_path / "is-er-niet.toml")
    path = tmp_path / "koppeling.toml"
    path.write_bytes(b"\xff\xfe\x81")
    with pytest.raises(ImportRefusedError, match="UTF-8"):
        load_mapping(path)


def test_left_out_undecided_and_every_column_are_allowed(tmp_path: Path) -> None:
    path = tmp_path / "koppeling.toml"
    lines = [f'"k{n}" = "{column}"' for n, column in enumerate(COLUMNS)]
    path.write_text("\n".join(["[kolommen]", 'a = ""', 'b = "?"', *lines, "[waarden.rol]", 'x = ""']), "utf-8")
    assert set(load_mapping(path).columns.values()) == {"", "?", *COLUMNS}
