"""A sheet comes in whole or not at all, and its totals are those that it came with."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case
from vpdesk.domain.clients import Agreed
from vpdesk.domain.errors import AlreadyImportedError, ImportRefusedError, InvalidValueError, NotFoundError
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import Phase
from vpdesk.domain.pseudonyms import PSEUDONYMS
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations.cases import count_cases, get_case, list_cases
from vpdesk.operations.clients import change_client, client_by_name, units
from vpdesk.operations.conversations import get_conversation, list_conversations, search
from vpdesk.operations.importing import (
    ImportPlan,
    check_sheet,
    doubts,
    import_sheet,
    load_mapping,
    propose_mapping,
    read_sheet,
)
from vpdesk.operations.units import end_unit, merge_units
from vpdesk.operations.vaults import begin_setup

if TYPE_CHECKING:
    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

DATA = Path(__file__).parents[1] / "data"


def take_in(vault: Vault, path: Path, content: str, client: str = "Anker", *, again: bool = False) -> int:
    path.write_text(content, "utf-8")
    sheet = read_sheet(path)
    plan = check_sheet(sheet, propose_mapping(sheet), today=NOW.date())
    return import_sheet(vault, client_name=client, plan=plan, again=again).imported


def real_plan() -> ImportPlan:
    sheet, mapping = read_sheet(DATA / "hogeschool-2020-2022.csv"), load_mapping(DATA / "hogeschool-mapping.toml")
    return check_sheet(sheet, mapping, today=NOW.date())


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "blad.csv"


def test_the_real_sheet_comes_in_with_the_totals_that_were_published(vault: Vault) -> None:
    plan = real_plan()
    assert import_sheet(vault, client_name="Hogeschool", plan=plan).imported == 301
    client = client_by_name(vault, "Hogeschool")
    assert client is not None
    assert client.year_starts_in == 1
    assert len(units(vault, client.id)) == 7
    last = date(2022, 8, 31)
    years = [Period(date(year, 9, 1), date(year + 1, 8, 31)) for year in (2020, 2021)]
    facts = [vault.cases.facts(client.id, year, (last,)) for year in years]
    assert [len(of) for of in facts] == [127, 174]
    both = facts[0] + facts[1]
    assert Counter(fact.codes["verbonden"] for fact in both) == {"medewerker": 161, "student": 140}
    assert Counter(fact.codes["thema"] for fact in both)["agressie en geweld"] == 169
    assert Counter(fact.phases[last] for fact in both) == {"voorfase": 234, "meldingsfase": 34, "nafase": 33}
    assert Counter(fact.outcomes[last] for fact in both) == {
        "informeel opgelost": 100,
        "geen actie gewenst": 64,
        "gedrag gestopt": 50,
        "doorverwezen": 33,
        "melding gedaan": 30,
        "onbekend": 24,
    }
    assert sum(talks for fact in both for _, talks, _ in fact.talks) == sum(row.talks for row in plan.rows)
    assert count_cases(vault, CaseFilter(open_only=True)) == 26
    assert len(vault.cases.pseudonyms_in_use()) == 301


def only_case(vault: Vault) -> Case:
    (row,) = list_cases(vault, CaseFilter(), 9)
    return get_case(vault, row.id)


def test_phase_and_outcome_hold_from_the_opening_day(vault: Vault, sheet: Path) -> None:
    take_in(
        vault,
        sheet,
        "datum;afgesloten;fase;afloop;gesprekken;minuten\n01-02-2021;03-04-2021;nafase;melding gedaan;3;90\n",
    )
    case = only_case(vault)
    assert [(move.to, move.on) for move in case.moves] == [
        (Phase.VOORFASE, date(2021, 2, 1)),
        (Phase.MELDINGSFASE, date(2021, 2, 1)),
        (Phase.NAFASE, date(2021, 2, 1)),
        (Phase.AFGESLOTEN, date(2021, 4, 3)),
    ]
    assert case.phase_on(date(2021, 2, 1)) == "nafase"
    assert case.outcome_on(date(2021, 2, 1)) == "melding gedaan"
    assert case.code == "2021-001"
    (fact,) = vault.cases.facts(case.client, Period.year(2021), ())
    assert fact.talks == ((date(2021, 2, 1), 3, 90),)
    assert list_conversations(vault, limit=9) == ()


def test_an_unknown_phase_stays_unknown_and_an_absent_outcome_is_computed(vault: Vault, sheet: Path) -> None:
    take_in(vault, sheet, "datum;fase\n01-02-2021;onbekend\n")
    case = only_case(vault)
    assert case.phase_on(NOW.date()) == "onbekend"
    assert case.outcome_on(NOW.date()) == "loopt nog"
    assert case.rol == "onbekend"


def test_a_note_becomes_the_verslag_of_one_of_the_talks(vault: Vault, sheet: Path) -> None:
    take_in(
        vault, sheet, "datum;gesprekken;minuten;notitie\n01-02-2021;3;90;Belt over pannenkoeken\n02-02-2021;2;60;\n"
    )
    (row,) = list_conversations(vault, limit=9)
    assert (row.on, row.minutes, row.case_code) == (date(2021, 2, 1), 0, "2021-001")
    assert get_conversation(vault, row.id).report == "Belt over pannenkoeken"
    assert [hit.conversation for hit in search(vault, "pannenk")] == [row.id]
    client = client_by_name(vault, "Anker")
    assert client is not None
    facts = vault.cases.facts(client.id, Period.year(2021), ())
    assert [sum(talk[1] for talk in fact.talks) for fact in facts] == [3, 2]
    assert [sum(talk[2] for talk in fact.talks) for fact in facts] == [90, 60]


def test_an_existing_client_and_its_units_are_used(vault: Vault, sheet: Path) -> None:
    take_in(vault, sheet, "datum;onderdeel\n01-02-2021;Noord\n02-02-2021;noord\n03-02-2021;\n")
    take_in(vault, sheet, "datum;onderdeel\n01-02-2022;NOORD\n02-02-2022;Zuid\n", client="anker")
    client = client_by_name(vault, "Anker")
    assert client is not None
    assert [unit.name for unit in units(vault, client.id)] == ["Noord", "Zuid"]
    assert count_cases(vault, CaseFilter()) == 5


def test_more_registrations_than_words_still_get_pseudonyms_of_their_own(vault: Vault, sheet: Path) -> None:
    taken = a_case(vault).pseudonym
    assert take_in(vault, sheet, "datum\n" + "01-02-2021\n" * 1100) == 1100
    in_use = vault.cases.pseudonyms_in_use()
    assert len(in_use) == 1101
    assert taken in in_use
    assert sum(name.endswith(" 2") for name in in_use) == len(PSEUDONYMS)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "datum;rol\n01-02-2021;melder\n31-02-2021;melder\n",
            "Regel 3, kolom datum, ‘31-02-2021’: deze dag bestaat niet",
        ),
        ("datum;rol\n01-02-2021;toverfee\n", "‘toverfee’ in kolom ‘rol’"),
        ("datum;rol\n01-02-2021;melder\n21-01-2026;melder\n", "Regel 3, kolom datum, ‘21-01-2026’: deze datum ligt"),
        (
            "datum;afgesloten\n01-02-2021;21-01-2026\n",
            "Regel 2, kolom afgesloten, ‘21-01-2026’: deze datum ligt in de toekomst",
        ),
    ],
)
def test_one_wrong_row_stops_the_whole_sheet(vault: Vault, sheet: Path, content: str, words: str) -> None:
    before = vault.revision
    with pytest.raises(ImportRefusedError) as caught:
        take_in(vault, sheet, content)
    assert words in caught.value.sentence
    assert client_by_name(vault, "Anker") is None
    assert vault.revision == before


def test_a_failure_halfway_leaves_nothing_behind(vault: Vault, sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrote = vault.cases.add

    def fails_later(case: Case) -> Case:
        if case.opened.day > 2:
            raise NotFoundError("stroom weg")
        return wrote(case)

    monkeypatch.setattr(vault.cases, "add", fails_later)
    with pytest.raises(NotFoundError):
        take_in(vault, sheet, "datum;onderdeel\n01-02-2021;Noord\n02-02-2021;Noord\n03-02-2021;Zuid\n")
    assert client_by_name(vault, "Anker") is None
    assert count_cases(vault, CaseFilter()) == 0
    assert vault.cases.next_code(2021) == "2021-001"


def test_a_client_without_a_name_is_refused(vault: Vault, sheet: Path) -> None:
    with pytest.raises(InvalidValueError):
        take_in(vault, sheet, "datum\n01-02-2021\n", client="  ")


def test_a_plan_without_rows_is_refused(vault: Vault, sheet: Path) -> None:
    sheet.write_text("datum\n01-02-2021\n", "utf-8")
    read = read_sheet(sheet)
    plan = check_sheet(type(read)(read.columns, ()), propose_mapping(read), today=NOW.date())
    with pytest.raises(ImportRefusedError, match="geen enkele registratie"):
        import_sheet(vault, client_name="Anker", plan=plan)


def test_the_practice_vault_takes_no_real_registrations(tmp_path: Path, sheet: Path) -> None:
    with begin_setup(tmp_path / "oefenkluis", now=datetime(2026, 1, 1), practice=True).confirm() as practice:  # noqa: DTZ001 - local time
        with pytest.raises(ImportRefusedError, match="oefenkluis"):
            take_in(practice, sheet, "datum\n01-02-2021\n")
        assert count_cases(practice, CaseFilter()) == 0


def test_the_same_sheet_twice_is_refused_with_how_many_are_there_already(vault: Vault) -> None:
    import_sheet(vault, client_name="Hogeschool", plan=real_plan())
    before = vault.revision
    with pytest.raises(AlreadyImportedError, match=r"^Alle 301 regels lijken al bij deze organisatie te staan") as said:
        import_sheet(vault, client_name="hogeschool", plan=real_plan())
    assert "en nog 281)" in said.value.sentence
    assert vault.revision == before
    assert import_sheet(vault, client_name="Een andere", plan=real_plan()).imported == 301
    assert import_sheet(vault, client_name="Hogeschool", plan=real_plan(), again=True).imported == 301


def test_a_sheet_that_grew_names_the_rows_that_are_there(vault: Vault, sheet: Path) -> None:
    rows = "datum;rol;afgesloten\n01-02-2021;melder;\n01-02-2021;melder;\n03-02-2021;getuige;\n"
    take_in(vault, sheet, rows)
    grown = "datum;rol;afgesloten\n01-02-2021;melder;05-06-2021\n01-02-2021;getuige;\n04-02-2021;melder;\n"
    with pytest.raises(AlreadyImportedError, match=r"^1 van de 3 regels lijkt .* \(regel 2\)"):
        take_in(vault, sheet, grown)
    thrice = "datum;rol\n" + "01-02-2021;melder\n" * 3
    with pytest.raises(AlreadyImportedError, match=r"^2 van de 3 regels lijken .* \(regel 2, 3\)"):
        take_in(vault, sheet, thrice)
    assert count_cases(vault, CaseFilter()) == 3
    assert take_in(vault, sheet, "datum;rol\n01-02-2021;getuige\n") == 1
    with pytest.raises(AlreadyImportedError, match=r"^De enige regel lijkt .* \(regel 2\)"):
        take_in(vault, sheet, "datum;rol\n01-02-2021;getuige\n")
    assert take_in(vault, sheet, grown, again=True) == 3


def test_a_row_is_asked_about_whose_unit_or_appointment_was_not_there_on_its_day(vault: Vault, sheet: Path) -> None:
    take_in(vault, sheet, "datum;onderdeel\n01-02-2021;Noord\n01-02-2021;Zuid\n01-02-2021;Midden\n")
    client = client_by_name(vault, "Anker")
    assert client is not None
    noord, zuid, midden = units(vault, client.id)
    change_client(vault, replace(client, agreed=Agreed(until=date(2022, 6, 30))))
    merge_units(vault, client_id=client.id, merged=[noord.id], into=zuid.id, on=date(2022, 1, 1))
    end_unit(vault, client_id=client.id, unit_id=midden.id, on=date(2022, 1, 1))
    sheet.write_text(
        "datum;onderdeel\n31-12-2021;NOORD\n01-01-2022;Noord\n01-01-2022;Midden\n30-06-2022;Zuid\n01-07-2022;Zuid\n",
        "utf-8",
    )
    plan = check_sheet(read_sheet(sheet), propose_mapping(read_sheet(sheet)), today=NOW.date())
    assert [str(doubt) for doubt in doubts(vault, client_name="ANKER", plan=plan)] == [
        "Regel 3: het onderdeel ‘Noord’ ging op 1 januari 2022 op in ‘Zuid’; de casus telt daar mee.",
        "Regel 4: het onderdeel ‘Midden’ bestaat sinds 1 januari 2022 niet meer; de casus telt zonder onderdeel.",
        "Regel 6: uw aanstelling eindigde op 30 juni 2022, voor de dag van deze regel.",
    ]
    assert doubts(vault, client_name="Een nieuwe", plan=plan) == ()


def test_a_unit_that_begins_later_is_asked_about(vault: Vault, sheet: Path) -> None:
    take_in(vault, sheet, "datum;onderdeel\n01-02-2021;Noord\n01-02-2021;Zuid\n")
    client = client_by_name(vault, "Anker")
    assert client is not None
    both = [unit.id for unit in units(vault, client.id)]
    merge_units(vault, client_id=client.id, merged=both, name="Rand", on=date(2022, 1, 1))
    sheet.write_text("datum;onderdeel\n31-12-2021;Rand\n01-01-2022;Rand\n", "utf-8")
    plan = check_sheet(read_sheet(sheet), propose_mapping(read_sheet(sheet)), today=NOW.date())
    assert [str(doubt) for doubt in doubts(vault, client_name="Anker", plan=plan)] == [
        "Regel 2: het onderdeel ‘Rand’ begint pas op 1 januari 2022."
    ]
