"""Every row becomes a registration or is rejected with its line, its column and what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vpdesk.domain.errors import ImportRefusedError
from vpdesk.domain.phases import Phase
from vpdesk.exchange.mapping import Mapping, load_mapping, propose_mapping
from vpdesk.exchange.registrations import (
    ImportPlan,
    Registration,
    Rejection,
    Undecided,
    check_sheet,
    describe_plan,
    refuse_unready,
)
from vpdesk.exchange.spreadsheets import Cell, Sheet, SheetRow, read_sheet

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 1, 20)


def plan_of(*cells: Cell, columns: str = "datum", mapping: Mapping | None = None) -> ImportPlan:
    """Check one row under a header."""
    return check_sheet(Sheet(tuple(columns.split(";")), (SheetRow(2, cells),)), mapping or Mapping({}), today=TODAY)


def one(*cells: Cell, columns: str = "datum", mapping: Mapping | None = None) -> Registration:
    plan = plan_of(*cells, columns=columns, mapping=mapping)
    assert plan.rejected == ()
    assert plan.undecided == ()
    return plan.rows[0]


def reason(*cells: Cell, columns: str = "datum") -> str:
    plan = plan_of(*cells, columns=columns)
    assert plan.rows == ()
    return plan.rejected[0].reason


def test_the_real_sheet_is_ready_with_its_mapping() -> None:
    sheet = read_sheet(DATA / "hogeschool-2020-2022.csv")
    plan = check_sheet(sheet, load_mapping(DATA / "hogeschool-mapping.toml"), today=TODAY)
    assert (len(plan.rows), plan.rejected, plan.undecided) == (301, (), ())
    refuse_unready(plan)
    first = plan.rows[0]
    assert (first.line, first.opened, first.closed) == (2, date(2020, 9, 1), date(2020, 11, 25))
    assert first.codes == {
        "rol": "melder",
        "werkgebied": "ongewenste omgangsvormen",
        "thema": "pesten",
        "relatie": "leidinggevende",
        "gevonden_via": "intranet",
        "verbonden": "student",
    }
    assert (first.unit, first.phase, first.outcome) == ("Heidelberglaan 7", Phase.VOORFASE, "geen actie gewenst")
    assert (first.talks, first.minutes, first.note) == (4, 180, "")


def test_the_real_sheet_waits_for_what_only_a_person_knows() -> None:
    sheet = read_sheet(DATA / "hogeschool-2020-2022.csv")
    plan = check_sheet(sheet, propose_mapping(sheet), today=TODAY)
    assert [str(item) for item in plan.undecided] == [
        "kolom ‘groep’",
        "‘docent’ in kolom ‘relatie’",
        "‘medestudent’ in kolom ‘relatie’",
    ]
    with pytest.raises(ImportRefusedError, match="‘docent’ in kolom ‘relatie’; ‘medestudent’"):
        refuse_unready(plan)


@pytest.mark.parametrize(
    "written", ["01-02-2021", "1-2-2021", "2021-02-01", "2021-2-1", "01/02/2021", "1.2.2021", "2021-02-01 00:00:00"]
)
def test_dates_are_read_the_dutch_way(written: str) -> None:
    assert one(written).opened == date(2021, 2, 1)


def test_a_real_date_of_a_workbook_is_taken_as_it_is() -> None:
    assert one(date(2021, 2, 1)).opened == date(2021, 2, 1)


@pytest.mark.parametrize("written", ["31-02-2021", "29-02-2021", "0-1-2021", "1-13-2021", "2021-13-01", "0000-01-01"])
def test_a_day_that_does_not_exist_is_rejected(written: str) -> None:
    assert reason(written) == "deze dag bestaat niet"


@pytest.mark.parametrize("written", ["01-02-21", "maandag", "1 feb 2021", "01-02/2021", "44197", "01-02-20211"])
def test_what_is_no_date_is_rejected(written: str) -> None:
    assert reason(written).startswith("dit is geen datum")


def test_a_date_long_ago_or_missing_is_rejected() -> None:
    assert reason("01-02-1921") == "deze datum ligt voor 1970"
    assert reason(date(1899, 12, 31)) == "deze datum ligt voor 1970"
    assert reason("", "melder", columns="datum;rol") == "de datum ontbreekt"


def test_closing_before_opening_is_rejected_and_an_empty_closing_is_open() -> None:
    assert reason("01-02-2021", "31-01-2021", columns="datum;afgesloten").startswith("deze dag ligt voor")
    assert one("01-02-2021", "01-02-2021", columns="datum;afgesloten").closed == date(2021, 2, 1)
    assert one("01-02-2021", "-", columns="datum;afgesloten").closed is None


def test_a_rejection_names_line_column_value_and_reason() -> None:
    plan = plan_of("01-02-2021", "toverfee" * 9, columns="datum;Rol")
    assert str(plan.rejected[0]) == (
        "Regel 2, kolom Rol, ‘toverfeetoverfeetoverfeetoverfeetoverfe…’: "
        "deze waarde staat niet in de lijst Rol en is niet gekoppeld."
    )
    assert str(Rejection(7, "", "", "te kort")) == "Regel 7: te kort."


def test_a_row_with_more_cells_than_columns_is_rejected() -> None:
    assert reason("01-02-2021", "melder", columns="datum") == "deze regel heeft meer cellen dan de kopregel kolommen"


def test_a_theme_outside_its_field_is_rejected() -> None:
    columns = "datum;werkgebied;thema"
    assert "hoort niet bij" in reason("01-02-2021", "integriteit", "pesten", columns=columns)
    assert one("01-02-2021", "", "pesten", columns=columns).codes == {"werkgebied": "onbekend", "thema": "pesten"}


@pytest.mark.parametrize(
    ("written", "phase"),
    [("voorfase", Phase.VOORFASE), ("Nazorg", Phase.NAFASE), ("onbekend", None), ("", None)],
)
def test_a_phase_is_taken_and_may_be_unknown(written: str, phase: Phase | None) -> None:
    assert one("01-02-2021", written, columns="datum;fase").phase is phase


def test_an_outcome_is_taken_and_loopt_nog_is_none() -> None:
    columns = "datum;afgesloten;afloop"
    assert one("01-02-2021", "", "onbekend", columns=columns).outcome == "onbekend"
    assert one("01-02-2021", "", "", columns=columns).outcome == ""
    assert one("01-02-2021", "", "loopt nog", columns=columns).outcome == ""
    assert one("01-02-2021", "02-02-2021", "Doorverwezen", columns=columns).outcome == "doorverwezen"
    assert reason("01-02-2021", "02-02-2021", "lopend", columns=columns) == "deze registratie is wel afgesloten"


@pytest.mark.parametrize(("written", "number"), [("", 0), ("-", 0), ("0", 0), ("4", 4), ("45.0", 45), ("4,00", 4)])
def test_whole_numbers_are_read(written: str, number: int) -> None:
    assert one("01-02-2021", written, written, columns="datum;gesprekken;minuten").talks == number


@pytest.mark.parametrize("written", ["-1", "vier", "1,5", "1e3", "٤½"])
def test_what_is_no_whole_number_is_rejected(written: str) -> None:
    assert "geen heel getal" in reason("01-02-2021", written, columns="datum;minuten")


def test_a_number_beyond_all_sense_is_rejected() -> None:
    assert reason("01-02-2021", "100000", columns="datum;minuten") == "dit getal is te groot"


def test_a_mapping_decides_over_the_names_and_may_leave_out() -> None:
    mapping = Mapping(
        {"Wanneer": "datum", "Wie": "", "rol": "verbonden", "Waar": "onderdeel"},
        {"verbonden": {"STUDENT": "student", "docent": ""}, "onderdeel": {"n": "Noord", "z": "", "-": "?"}},
    )
    columns = "Wanneer;Wie;rol;Waar"
    plan = plan_of("01-02-2021", "naam", " student", "N", columns=columns, mapping=mapping)
    assert (plan.rows[0].codes, plan.rows[0].unit) == ({"verbonden": "student"}, "Noord")
    plan = plan_of("01-02-2021", "naam", "Docent", "z", columns=columns, mapping=mapping)
    assert (plan.rows[0].codes, plan.rows[0].unit) == ({"verbonden": "onbekend"}, "")
    assert plan_of("01-02-2021", "", "", "Oost", columns=columns, mapping=mapping).rows[0].unit == "Oost"


def test_a_column_that_the_mapping_forgets_is_taken_by_its_name_or_asked_about() -> None:
    plan = plan_of("01-02-2021", "melder", "x", columns="datum;rol;kleur", mapping=Mapping({"datum": "datum"}))
    assert plan.rows[0].codes == {"rol": "melder"}
    assert plan.undecided == (Undecided("kleur"),)
    plan = plan_of("01-02-2021", "pesten", "x", columns="datum;soort;thema", mapping=Mapping({"soort": "thema"}))
    assert plan.undecided == (Undecided("thema"),)


def test_without_a_date_column_there_is_nothing_to_import() -> None:
    with pytest.raises(ImportRefusedError, match="‘datum’"):
        plan_of("melder", columns="rol")
    plan = plan_of("01-02-2021", "melder", columns="dag;rol")
    assert (plan.rows, plan.undecided) == ((), (Undecided("dag"),))


def test_an_undecided_value_of_a_column_that_the_sheet_lacks_still_waits() -> None:
    plan = plan_of("01-02-2021", mapping=Mapping({}, {"rol": {"x": "?"}}))
    assert [str(item) for item in plan.undecided] == ["‘x’ in kolom ‘rol’"]


def test_at_most_twenty_rejections_are_told_with_the_number_of_all() -> None:
    sheet = Sheet(("datum",), tuple(SheetRow(line, ("31-02-2021",)) for line in range(2, 27)))
    plan = check_sheet(sheet, Mapping({}), today=TODAY)
    with pytest.raises(ImportRefusedError) as caught:
        refuse_unready(plan)
    assert "25 regels kunnen niet worden overgenomen, dus is er niets veranderd" in caught.value.sentence
    assert "Regel 2, kolom datum, ‘31-02-2021’: deze dag bestaat niet." in caught.value.sentence
    assert "Regel 22," not in caught.value.sentence
    assert caught.value.sentence.endswith("en nog 5")


def test_a_plan_is_told_in_words() -> None:
    sheet = Sheet(("datum", "kleur"), (SheetRow(2, ("01-02-2021", "")), SheetRow(3, ("x", ""))))
    assert describe_plan(check_sheet(sheet, Mapping({}), today=TODAY)).splitlines() == [
        "1 registratie kan worden overgenomen.",
        "1 regel kan niet worden overgenomen:",
        "Regel 3, kolom datum, ‘x’: dit is geen datum; schrijf dag-maand-jaar, met het jaar in vier cijfers.",
        "Nog te kiezen: kolom ‘kleur’.",
    ]


def test_a_plan_that_is_ready_is_told_in_one_line() -> None:
    assert describe_plan(plan_of("01-02-2021")) == "1 registratie kan worden overgenomen."


def test_a_day_that_is_still_to_come_is_rejected_with_its_column_and_value() -> None:
    assert one("20-01-2026").opened == TODAY
    assert reason("21-01-2026") == "deze datum ligt in de toekomst"
    plan = plan_of("20-01-2026", date(2026, 1, 21), columns="datum;Klaar", mapping=Mapping({"Klaar": "afgesloten"}))
    assert [str(item) for item in plan.rejected] == [
        "Regel 2, kolom Klaar, ‘2026-01-21’: deze datum ligt in de toekomst."
    ]
