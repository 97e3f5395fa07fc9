"""A part of an organisation keeps its code when its name changes, wherever numbers about it have gone."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdf
import pytest

from tests.casework import TODAY, a_case, a_client
from tests.operations.test_importing import take_in
from tests.operations.test_reports import YEAR, export
from vpdesk.domain.errors import AlreadyExistsError, InvalidValueError, NotFoundError
from vpdesk.domain.ids import ClientId, UnitId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Audience
from vpdesk.operations import clients, cube, ledger, reports
from vpdesk.operations.cases import change_case
from vpdesk.operations.clients import add_unit, change_client, rename_unit, units
from vpdesk.operations.ledger import Entry, Said

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.clients import Client, Unit
    from vpdesk.store.vault import Vault

HALF = Period(date(2025, 1, 1), date(2025, 6, 30))


def with_units(vault: Vault, counts: dict[str, int], opened: date = date(2025, 2, 3)) -> Client:
    """Open cases of each unit, and make the units that are not there."""
    client = a_client(vault)
    for name, count in counts.items():
        known = {unit.name: unit for unit in units(vault, client.id)}
        unit = known.get(name) or add_unit(vault, client_id=client.id, name=name)
        for _ in range(count):
            change_case(vault, replace(a_case(vault, opened), unit=unit.id))
    client = replace(client, statistics=("onderdeel",))
    return change_client(vault, client)


def named(vault: Vault, client: Client, name: str) -> Unit:
    (found,) = (unit for unit in units(vault, client.id) if unit.name == name)
    return found


def test_a_renamed_unit_keeps_its_code_and_its_cases(vault: Vault) -> None:
    client = a_client(vault)
    unit = add_unit(vault, client_id=client.id, name="Noord")
    change_case(vault, replace(a_case(vault, date(2025, 3, 4)), unit=unit.id))
    assert unit.code == "noord"
    renamed = rename_unit(vault, unit, name="  Noord\tWest ")
    assert renamed == replace(unit, name="Noord West")
    assert units(vault, client.id) == (renamed,)
    (fact,) = vault.cases.facts(client.id, YEAR, ())
    assert fact.codes["onderdeel"] == "noord"
    assert rename_unit(vault, renamed, name="NOORD WEST").name == "NOORD WEST", "its own name is not in its way"


def test_a_name_that_another_unit_has_is_refused(vault: Vault) -> None:
    client = a_client(vault)
    unit = add_unit(vault, client_id=client.id, name="Noord")
    add_unit(vault, client_id=client.id, name="Zuid")
    with pytest.raises(AlreadyExistsError, match="‘zuid’ bestaat al"):
        rename_unit(vault, unit, name="zuid")
    with pytest.raises(InvalidValueError, match="een naam nodig"):
        rename_unit(vault, unit, name=" \n ")
    with pytest.raises(NotFoundError):
        rename_unit(vault, replace(unit, id=UnitId(99)), name="Oost")
    assert [unit.name for unit in units(vault, client.id)] == ["Noord", "Zuid"]


def test_a_new_unit_never_gets_a_code_that_another_has_or_had(vault: Vault) -> None:
    client = a_client(vault)
    unit = add_unit(vault, client_id=client.id, name="Noord")
    ledger.enter(
        vault,
        Entry(client.id, Kind.BRIEF, TODAY, "De directie", HALF, (Said(8, 8, "onderdeel", ("noord",)),)),
        today=TODAY,
    )
    rename_unit(vault, unit, name="Noordwest")
    assert add_unit(vault, client_id=client.id, name="Noord").code == "noord 2"
    with vault.transaction():
        vault.connection.execute("DELETE FROM units")
    assert vault.clients.unit_codes_out(client.id) == {"noord"}
    assert vault.clients.unit_codes_out(ClientId(99)) == frozenset()
    assert add_unit(vault, client_id=client.id, name="NOORD").code == "noord 2", "the ledger speaks of another"
    assert add_unit(vault, client_id=client.id, name="Onbekend").code == "onbekend 2"


def test_a_unit_that_was_called_onbekend_before_there_were_codes_counts_with_the_unknown(vault: Vault) -> None:
    client = with_units(vault, {"Noord": 1, "Zuid": 1})
    with vault.transaction():
        vault.connection.execute("UPDATE units SET code = 'onbekend' WHERE name = 'Zuid'")
    assert cube.dimensions(units(vault, client.id))["onderdeel"] == ("noord", "onbekend")


def test_a_sheet_names_units_by_name_or_by_code(vault: Vault, tmp_path: Path) -> None:
    sheet = tmp_path / "blad.csv"
    take_in(vault, sheet, "datum;onderdeel\n01-02-2021;Noord\n02-02-2021;Zuid\n")
    client = clients.client_by_name(vault, "Anker")
    assert client is not None
    rename_unit(vault, named(vault, client, "Noord"), name="Noordwest")
    take_in(vault, sheet, "datum;onderdeel\n01-02-2022;noordwest\n02-02-2022;Noord\n")
    assert [unit.name for unit in units(vault, client.id)] == ["Noordwest", "Zuid"]
    rename_unit(vault, named(vault, client, "Zuid"), name="Noord")
    take_in(vault, sheet, "datum;onderdeel\n01-02-2023;Noord\n")
    (fact,) = vault.cases.facts(client.id, Period.year(2023), ())
    assert fact.codes["onderdeel"] == "zuid", "a name goes before the code of another"


def test_reports_print_the_new_name_and_state_the_code(vault: Vault, tmp_path: Path) -> None:
    client = with_units(vault, {"Noord": 9, "Zuid": 12, "West": 8})
    export(vault, tmp_path / "half.pdf", period=HALF)
    rename_unit(vault, named(vault, client, "Noord"), name="Ommeland")
    with_units(vault, {"Ommeland": 8, "Zuid": 9, "West": 10}, opened=date(2025, 9, 1))
    made = export(vault, tmp_path / "jaar.pdf", statements_out=tmp_path / "jaar.json").publication
    said = json.loads((tmp_path / "jaar.json").read_text())
    assert said["dimensions"]["onderdeel"] == ["noord", "west", "zuid", "onbekend"]
    stated = {code for statement in said["statements"] for code in statement["where"].get("onderdeel", ())}
    assert stated == {"noord", "west", "zuid", "onbekend"}
    words = [line for line in ledger.in_words(made, units(vault, client.id)) if line.startswith("Onderdeel: ")]
    assert any("Ommeland" in line for line in words), "alone, or together with what is hidden"
    assert not any("oord" in line for line in words)
    assert ("noord", "Ommeland") in ledger.choices(vault, client.id)["onderdeel"]


def test_what_is_hidden_and_what_is_marked_goes_by_the_new_name(vault: Vault) -> None:
    client = with_units(vault, {"Noord": 2, "Zuid": 12, "West": 18, "Oost": 21, "Dorp": 15})
    rename_unit(vault, named(vault, client, "Noord"), name="Ommeland")
    reports.save_finding(vault, client_id=client.id, period=YEAR, chapter="aandachtspunten", text="18 in Ommeland.")
    prepared = reports.prepare(
        reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY)
    )
    shown = reports.shown(prepared)
    (note,) = [note for note in shown.hidden if note.title == "Casussen naar onderdeel" and note.rows]
    assert "Ommeland" in note.rows
    assert ("verborgen", "Ommeland") in {(mark.kind, mark.found) for mark in shown.marks}


def test_the_table_in_the_report_has_the_name(vault: Vault) -> None:
    client = with_units(vault, {"Noord": 9, "Zuid": 12, "West": 8})
    rename_unit(vault, named(vault, client, "Noord"), name="Ommeland")
    made = reports.preview(vault, client_id=client.id, period=YEAR, audience=Audience.OR, today=TODAY)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.pdf)).pages)
    assert "Ommeland" in text
    assert "noord" not in text.casefold()


def test_a_unit_that_is_no_longer_there_stops_neither_a_report_nor_the_ledger(vault: Vault, tmp_path: Path) -> None:
    client = with_units(vault, {"Noord": 9, "Zuid": 12, "West": 8})
    half = export(vault, tmp_path / "half.pdf", period=HALF).publication
    gone = named(vault, client, "Noord")
    with vault.transaction():
        vault.connection.execute("UPDATE cases SET unit = NULL WHERE unit = ?", (gone.id,))
        vault.connection.execute("DELETE FROM units WHERE id = ?", (gone.id,))
    with_units(vault, {"Zuid": 9, "West": 10}, opened=date(2025, 9, 1))
    said = (Said(7, 30, "onderdeel", ("zuid",)),)
    ledger.enter(vault, Entry(client.id, Kind.BRIEF, TODAY, "De directie", HALF, said), today=TODAY)
    made = export(vault, tmp_path / "jaar.pdf", statements_out=tmp_path / "jaar.json").publication
    assert any(not statement.box.where and statement.exact for statement in made.statements)
    assert any("noord" in line for line in ledger.in_words(half, units(vault, client.id)))
    again = export(vault, tmp_path / "or.pdf", period=HALF, audience=Audience.OR, statements_out=tmp_path / "or.json")
    assert again.publication.statements == half.statements
    told = json.loads((tmp_path / "or.json").read_text())
    assert told["dimensions"]["onderdeel"] == ["west", "zuid", "noord", "onbekend"]
