"""Reports from a real vault: what goes out is frozen first, stays the same, and waits where it must."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from pypdf import PdfReader

from tests.casework import DRAWS, NOW, TODAY, a_case, a_client, a_talk, with_draw
from tests.people_kit import put
from vpdesk.domain import taxonomy
from vpdesk.domain.clients import Agreed
from vpdesk.domain.errors import (
    BackupError,
    InvalidValueError,
    LedgerUnknownError,
    NotFoundError,
    OutputError,
    ReportRefusedError,
)
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.people import Part
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.rows import CaseFilter
from vpdesk.domain.statements import Audience, Box, Of
from vpdesk.operations import backups, cube, ledger, report_making, reports
from vpdesk.operations.cases import change_case, open_case
from vpdesk.operations.clients import add_client, add_unit, change_client, rename_unit
from vpdesk.operations.people import join_matter
from vpdesk.operations.places import LAST
from vpdesk.operations.report_names import watched
from vpdesk.operations.units import merge_units
from vpdesk.reporting.disclosure.request import NOT_READY
from vpdesk.store.disk import FullError
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER

if TYPE_CHECKING:
    from vpdesk.domain.clients import Client
    from vpdesk.domain.publications import Publication
    from vpdesk.operations.reports import ExportResult
    from vpdesk.store.ledger import LedgerStore
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)
THEMES = ("pesten", "pesten", "intimidatie", "discriminatie")


def fill(vault: Vault, count: int, *, year: int = 2025) -> Client:
    """Open cases over a year, with a talk each."""
    client = a_client(vault)
    for n in range(count):
        case = a_case(vault, date(year, 1 + n % 12, 3), thema=THEMES[n % 4], rol="melder" if n % 3 else "getuige")
        a_talk(vault, case, on=date(year, 1 + n % 12, 3))
    return client


def export(vault: Vault, out: Path, **changed: object) -> ExportResult:
    asked = {
        "client_id": a_client(vault).id,
        "period": YEAR,
        "audience": Audience.WERKGEVER,
        "out": out,
        "now": NOW,
        "backup_places": (),
    }
    return reports.export_report(vault, **(asked | changed))  # type: ignore[arg-type]


def test_an_export_is_frozen_with_its_bytes_and_gives_the_same_bytes_again(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    first = export(vault, tmp_path / "een.pdf", statements_out=tmp_path / "een.json")
    assert not first.again
    content = (tmp_path / "een.pdf").read_bytes()
    (kept,) = reports.publications(vault, client.id)
    assert kept == first.publication
    assert kept.pdf == content
    assert kept.sha256 == first.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.title == "Jaarverslag vertrouwenspersoon 2025, Stichting Speelwijs"

    fill(vault, 12)
    later = datetime(2026, 3, 1, 9, 0, 0)  # noqa: DTZ001 - the product works in the laptop's local time
    second = export(vault, tmp_path / "twee.pdf", statements_out=tmp_path / "twee.json", now=later)
    assert second.again
    assert (tmp_path / "twee.pdf").read_bytes() == content
    assert (tmp_path / "twee.json").read_bytes() == (tmp_path / "een.json").read_bytes()
    assert reports.already_exported(second.publication) == (
        "Dit verslag is al uitgegeven op 20 januari 2026. U krijgt precies hetzelfde bestand."
    )
    assert len(reports.publications(vault, client.id)) == 1


@pytest.mark.parametrize("units_asked", [False, True])
def test_no_file_of_a_silent_report_tells_whether_somebody_came(
    vault: Vault, tmp_path: Path, *, units_asked: bool
) -> None:
    """The case of an import brings its unit with it."""
    one = add_client(vault, name="Een", statistics=("onderdeel",) if units_asked else ())
    other = add_client(vault, name="Geen", statistics=one.statistics)
    unit = add_unit(vault, client_id=one.id, name="Zuid")
    open_case(vault, client=one.id, opened=date(2025, 3, 3), unit=unit.id)
    files = []
    for client in (one, other):
        with vault.transaction():
            vault.clients.put(replace(client, name="Stichting"))
        export(vault, tmp_path / "v.pdf", client_id=client.id, statements_out=tmp_path / "v.json")
        with vault.transaction():
            vault.clients.put(client)
        files.append(((tmp_path / "v.pdf").read_bytes(), (tmp_path / "v.json").read_bytes()))
    assert files[0] == files[1]
    assert "thema" in json.loads(files[0][1])["dimensions"]


def test_a_stored_report_can_be_written_again_and_an_unknown_one_cannot(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    first = export(vault, tmp_path / "een.pdf")
    again = reports.export_stored(vault, first.publication.id, tmp_path / "twee.pdf")
    assert again.again
    assert (tmp_path / "twee.pdf").read_bytes() == (tmp_path / "een.pdf").read_bytes()
    with pytest.raises(NotFoundError):
        reports.export_stored(vault, PublicationId(77), tmp_path / "drie.pdf")


def test_the_statements_file_says_what_the_report_says(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    export(vault, tmp_path / "een.pdf", statements_out=tmp_path / "een.json")
    said = json.loads((tmp_path / "een.json").read_text("utf-8"))
    assert said["client"] == "Stichting Speelwijs"
    assert (said["from"], said["to"], said["threshold"]) == ("2025-01-01", "2025-12-31", 5)
    totals = [s for s in said["statements"] if s["of"] == "casussen" and not s["where"]]
    assert [(s["min"], s["max"]) for s in totals] == [(24, 24)]


def test_none_and_one_below_the_threshold_give_the_same_file(vault: Vault, tmp_path: Path) -> None:
    a_client(vault)
    export(vault, tmp_path / "geen.pdf")
    fill(vault, 4, year=2024)
    client = a_client(vault)
    prepared = reports.prepare(
        reports.gather(vault, client_id=client.id, period=Period.year(2024), audience=Audience.OR, today=TODAY)
    )
    nothing = reports.prepare(
        reports.gather(vault, client_id=client.id, period=Period.year(2024), audience=Audience.OR, today=TODAY)
    )
    assert prepared.pdf == nothing.pdf
    empty = replace(prepared.gathered, facts=())
    assert reports.prepare(empty).pdf == prepared.pdf
    assert prepared.protected.level is reports.Level.GEEN_GETALLEN


@pytest.mark.parametrize("draw", DRAWS)
def test_a_hidden_number_leaves_no_trace_in_the_bytes(vault: Vault, draw: str) -> None:
    client = fill(with_draw(vault, draw), 60)
    gathered = reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.OR, today=TODAY)
    prepared = reports.prepare(gathered)
    (themes,) = [table for table in prepared.protected.tables if table.dimension == "thema"]
    hidden = {code for code, value in themes.rows if value is None}
    present = next(fact for fact in gathered.facts if fact.codes["thema"] in hidden)
    assert "corruptie" in hidden - {present.codes["thema"]}
    moved = replace(present, codes={**present.codes, "thema": "corruptie"})
    other = tuple(moved if fact is present else fact for fact in gathered.facts)
    assert reports.prepare(replace(gathered, facts=other)).pdf == prepared.pdf


def test_a_preview_follows_typing_without_a_new_audit(vault: Vault) -> None:
    client = fill(vault, 24)
    prepared = reports.prepare(
        reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.OR, today=TODAY)
    )
    typed = reports.redrawn(prepared, {"kort": "Er was 1 vraag over de regeling."})
    assert typed.protected is prepared.protected
    assert typed.pdf != prepared.pdf
    assert [mark.found for mark in typed.open_marks] == ["1"]
    assert reports.redrawn(typed, {}).pdf == prepared.pdf


def test_a_folder_that_cannot_be_written_leaves_no_entry_in_the_ledger(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 12)
    with pytest.raises(OutputError):
        export(vault, tmp_path / "nergens" / "een.pdf")
    with pytest.raises(OutputError):
        export(vault, tmp_path / "een.pdf", statements_out=tmp_path / "nergens" / "een.json")
    assert reports.publications(vault, client.id) == ()
    assert not (tmp_path / "een.pdf").exists()


def test_a_vault_without_room_for_the_report_says_that_it_did_not_go_out(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    (pages,) = vault.connection.execute("PRAGMA page_count").fetchone()
    vault.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(FullError, match=r"niet uitgegeven.*De schijf is vol.*Maak ruimte vrij.*opnieuw"):
        export(vault, tmp_path / "v.pdf", statements_out=tmp_path / "v.json")
    assert [path for path in tmp_path.iterdir() if path != vault.folder] == []
    assert reports.publications(vault, client.id) == ()
    vault.connection.execute(f"PRAGMA max_page_count = {2 * pages + 1000}")
    assert not export(vault, tmp_path / "v.pdf").again


def test_the_ledger_is_written_before_the_file_appears(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = fill(vault, 12)
    seen: list[int] = []

    def stop(_self: Path, _target: Path) -> None:
        seen.append(len(vault.ledger.publications(client.id)))
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stop)
        with pytest.raises(OutputError, match="vastgelegd"):
            export(vault, tmp_path / "een.pdf")
    assert seen == [1]
    assert export(vault, tmp_path / "een.pdf").again


def test_an_export_in_between_asks_for_another_audit(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    prepared = reports.prepare(
        reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.OR, today=TODAY)
    )
    export(vault, tmp_path / "eerst.pdf")
    with pytest.raises(ReportRefusedError, match="iets anders uitgegeven"):
        reports.deliver(vault, prepared, out=tmp_path / "dan.pdf", now=NOW, backup_places=())
    assert not (tmp_path / "dan.pdf").exists()
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf"] == ["eerst.pdf"]


def test_what_went_out_in_between_about_the_family_asks_for_another_audit(vault: Vault, tmp_path: Path) -> None:
    # Of a holding 31 cases are known: whoever has 15 of one part and 14 of the other knows that 2 are its own.
    client = fill(vault, 15)
    holding = add_client(vault, name="Holding")
    other = add_client(vault, name="Dochter Zuid", part_of=holding.id)
    change_client(vault, replace(client, part_of=holding.id))
    for _ in range(14):
        open_case(vault, client=other.id, opened=date(2025, 3, 4))
    said = ledger.Entry(holding.id, Kind.BRIEF, TODAY, "De raad", YEAR, (ledger.Said(31, 31),))
    ledger.enter(vault, said, today=TODAY)
    prepared, other_one = (
        reports.prepare(reports.gather(vault, client_id=whose, period=YEAR, audience=Audience.WERKGEVER, today=TODAY))
        for whose in (client.id, other.id)
    )
    reports.deliver(vault, other_one, out=tmp_path / "zuid.pdf", now=NOW, backup_places=())
    with pytest.raises(ReportRefusedError, match="iets anders uitgegeven"):
        reports.deliver(vault, prepared, out=tmp_path / "een.pdf", now=NOW, backup_places=())
    assert not (tmp_path / "een.pdf").exists()
    assert reports.publications(vault, client.id) == ()


def test_a_threshold_that_rose_in_between_asks_for_another_audit(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 12)
    gathered = reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY)
    prepared = reports.prepare(gathered)
    change_client(vault, replace(client, threshold=10))
    with pytest.raises(ReportRefusedError, match="drempelwaarde"):
        reports.deliver(vault, prepared, out=tmp_path / "een.pdf", now=NOW, backup_places=())
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_prepared_report_that_went_out_before_is_written_again(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    first = export(vault, tmp_path / "een.pdf")
    prepared = reports.prepare(
        reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=date(2026, 5, 1))
    )
    assert prepared.pdf == first.publication.pdf
    assert reports.shown(prepared).exported == NOW
    assert reports.deliver(vault, prepared, out=tmp_path / "twee.pdf", now=NOW, backup_places=()).again


def test_both_audiences_get_the_same_numbers(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    one = export(vault, tmp_path / "een.pdf").publication
    two = export(vault, tmp_path / "twee.pdf", audience=Audience.OR).publication
    assert one.statements == two.statements
    assert one.pdf != two.pdf


def test_a_backup_is_made_before_success_is_told(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 12)
    result = export(vault, tmp_path / "een.pdf", backup_places=(tmp_path / "kopie",))
    assert result.backup is not None
    assert result.backup.path.exists()


def test_a_backup_that_fails_is_told_with_where_the_report_is(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 12)
    blocked = tmp_path / "bestand"
    blocked.write_text("geen map")
    with pytest.raises(BackupError, match=r"uitgegeven en staat in .*een\.pdf"):
        export(vault, tmp_path / "een.pdf", backup_places=(blocked,))
    assert (tmp_path / "een.pdf").exists()


def test_what_goes_out_again_without_a_backup_of_the_first_time_gets_one(vault: Vault, tmp_path: Path) -> None:
    """A program that was killed, or a full disk: the report is in the ledger, and no copy of the vault knows it."""
    client = fill(vault, 12)
    export(vault, tmp_path / "een.pdf", now=NOW.replace(microsecond=5))
    place = tmp_path / "kopie"
    backups.make_backup(vault, places=(place,), now=NOW - timedelta(hours=1))
    later = {"now": NOW + timedelta(minutes=5), "backup_places": (place,)}
    again = export(vault, tmp_path / "twee.pdf", **later)
    assert again.again
    assert again.backup is not None
    assert again.backup.path.exists()
    assert export(vault, tmp_path / "drie.pdf", **later).backup is None, "the second copy knows it"
    prepared = reports.prepare(
        reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=NOW.date())
    )
    vault.settings.drop(LAST)
    shown = reports.deliver(
        vault, prepared, out=tmp_path / "vier.pdf", now=NOW + timedelta(hours=1), backup_places=(place,)
    )
    assert shown.backup is not None


def test_a_restored_vault_says_nothing_until_it_knows_what_went_out(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 12)
    fill(vault, 12, year=2024)
    with vault.transaction():
        vault.settings.put(LEDGER_UNKNOWN_AFTER, "2025-09-16T10:00:00")
    for period in (YEAR, Period.year(2024)):
        with pytest.raises(LedgerUnknownError, match="een kopie van 16 september 2025"):
            export(vault, tmp_path / "een.pdf", period=period)
    assert reports.publications(vault, client.id) == ()
    reports.confirm_ledger_complete(vault)
    export(vault, tmp_path / "een.pdf")


def test_open_marks_stop_the_export_until_they_have_a_reason(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    keep = {"client_id": client.id, "period": YEAR}
    text = "Er was 1 vraag over roosters."
    reports.save_finding(vault, **keep, chapter="kort", text=text)
    assert reports.findings(vault, **keep) == {"kort": text}
    with pytest.raises(ReportRefusedError, match="nog 1 punt open, bij ‘Het jaar in het kort’"):
        export(vault, tmp_path / "een.pdf")
    assert reports.publications(vault, client.id) == ()

    (mark,) = reports.preview(vault, **keep, audience=Audience.WERKGEVER, today=TODAY).marks
    reports.accept_mark(
        vault, **keep, audience=Audience.WERKGEVER, mark=mark, reason="Een vraag van de organisatie zelf."
    )
    shown = reports.preview(vault, **keep, audience=Audience.WERKGEVER, today=TODAY)
    assert [chapter.open_marks for chapter in shown.chapters if chapter.key == "kort"] == [0]
    reports.accept_mark(vault, **keep, audience=Audience.WERKGEVER, mark=mark, reason="")
    shown = reports.preview(vault, **keep, audience=Audience.WERKGEVER, today=TODAY)
    assert [chapter.open_marks for chapter in shown.chapters if chapter.key == "kort"] == [1]
    reports.accept_mark(
        vault, **keep, audience=Audience.WERKGEVER, mark=mark, reason="Een vraag van de organisatie zelf."
    )
    assert reports.findings(vault, **keep) == {"kort": text}
    assert not export(vault, tmp_path / "een.pdf").again


def test_names_from_the_vault_are_marked(vault: Vault) -> None:
    client = fill(vault, 24)
    with vault.transaction():
        vault.clients.add_unit(client.id, "Locatie Zuid")
    case = a_case(vault, date(2025, 5, 5))
    other = a_client(vault, "Zorggroep Zilverels")
    elsewhere = open_case(vault, client=other.id, opened=date(2025, 5, 5)).id
    put(vault, elsewhere, Part.KOMT, "Ottoliena Wrevelhout", aliases=("Lien",), function="teamleider zwembad")
    text = f"Bij Locatie Zuid sprak ik {case.pseudonym}, Wrevelhout en Lien, ook teamleider zwembad."
    reports.save_finding(vault, client_id=client.id, period=YEAR, chapter="kort", text=text)
    shown = reports.preview(vault, client_id=client.id, period=YEAR, audience=Audience.OR, today=TODAY)
    assert {mark.found for mark in shown.marks} == {
        "Locatie Zuid", case.pseudonym, "Wrevelhout", "Lien", "teamleider zwembad",
    }  # fmt: skip
    assert {mark.kind for mark in shown.marks} == {reports.MarkKind.NAAM}


def test_names_that_units_had_of_matters_and_of_contacts_are_marked(vault: Vault) -> None:
    client = fill(vault, 24)
    noord, zuid = (add_unit(vault, client_id=client.id, name=name) for name in ("Vlierhof", "Zuidhof"))
    rename_unit(vault, noord, name="Bedrijfsvoering")
    merge_units(vault, client_id=client.id, merged=(noord.id, zuid.id), name="Samenhof", on=date(2026, 1, 1))
    other = a_client(vault, "Zorggroep Zilverels")
    change_client(vault, replace(other, contact="Wethouder Pietersen, 06-1234", agreed=Agreed(manager="Ans Zevenster")))
    case = a_case(vault, date(2025, 5, 5)).id
    for name in ("Kwestie rond de kassa in de loods", "Pesten"):
        join_matter(vault, case_id=case, name=name, today=TODAY)
    keep = {"client_id": client.id, "period": YEAR}
    text = "Vlierhof, Zuidhof en Samenhof. In de loods stond een kassa. Wethouder Pietersen en Zevenster, over pesten."
    reports.save_finding(vault, **keep, chapter="kort", text=text)
    shown = reports.preview(vault, **keep, audience=Audience.OR, today=TODAY)
    named = [mark for mark in shown.marks if mark.kind is reports.MarkKind.NAAM]
    assert [mark.found for mark in named] == [
        "Vlierhof", "Zuidhof", "Samenhof", "loods stond een kassa", "Pietersen", "Zevenster",
    ]  # fmt: skip
    assert set(named) <= set(watched(vault, **keep, audience=Audience.OR).open_marks("kort", text))
    reports.accept_mark(vault, **keep, audience=Audience.OR, mark=named[0], reason="Zo heet de straat")
    assert named[0] not in watched(vault, **keep, audience=Audience.OR).open_marks("kort", text)


def test_other_organisations_and_their_units_are_marked_by_name_and_the_own_organisation_is_not(vault: Vault) -> None:
    client = fill(vault, 24)
    daughter = add_client(vault, name=f"{client.name} Kinderopvang BV", part_of=client.id)
    other = add_client(vault, name="Zonnehof Zorg")
    was = add_unit(vault, client_id=other.id, name="De Wilgenhoek")
    rename_unit(vault, was, name="Iepenlaan")
    add_unit(vault, client_id=daughter.id, name="Locatie Klaverblad")
    keep = {"client_id": client.id, "period": YEAR}
    text = (
        f"Zonnehof kent dit ook. Iepenlaan en de Wilgenhoek ook, net als {daughter.name} met Klaverblad. "
        f"{client.name} vraagt zorg en kinderopvang om rust."
    )
    reports.save_finding(vault, **keep, chapter="kort", text=text)
    shown = reports.preview(vault, **keep, audience=Audience.OR, today=TODAY)
    assert [(mark.found, mark.kind) for mark in shown.marks] == [
        (name, reports.MarkKind.NAAM)
        for name in ("Zonnehof", "Iepenlaan", "de Wilgenhoek", daughter.name, "Klaverblad")
    ]


def test_texts_that_a_small_report_leaves_out_are_neither_printed_nor_marked(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 3)
    keep = {"client_id": client.id, "period": YEAR}
    reports.save_finding(vault, **keep, chapter="themas", text="Er was 1 casus.")
    shown = reports.preview(vault, **keep, audience=Audience.WERKGEVER, today=TODAY)
    assert shown.marks == ()
    assert {c.key for c in shown.chapters if c.printed} == {
        "voorlichting",
        "route",
        "toegankelijkheid",
        "aandachtspunten",
        "organisatie",
    }
    assert next(c.text for c in shown.chapters if c.key == "themas") == "Er was 1 casus."
    export(vault, tmp_path / "een.pdf")


def test_an_unknown_chapter_is_a_bug(vault: Vault) -> None:
    client = a_client(vault)
    with pytest.raises(KeyError):
        reports.save_finding(vault, client_id=client.id, period=YEAR, chapter="verzonnen", text="x")


def test_a_preview_tells_what_is_hidden_and_that_it_was_audited(vault: Vault) -> None:
    client = fill(vault, 60)
    shown = reports.preview(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY)
    assert shown.level is reports.Level.EENRIJ
    assert shown.audited
    assert shown.exported is None
    assert shown.pdf.startswith(b"%PDF-1.7")
    notes = {note.title: note for note in shown.hidden}
    role = notes["Casussen naar hoofdthema"]
    assert "Corruptie" in role.rows
    assert role.total is not None
    assert reports.hidden_in_words(role).startswith("Casussen naar hoofdthema: ")
    assert reports.hidden_in_words(role).endswith(f"met een streepje, samen {role.total}.")
    left_out = [note for note in shown.hidden if not note.rows]
    assert all("staat niet in het verslag" in reports.hidden_in_words(note) for note in left_out)
    assert left_out
    assert reports.publications(vault, client.id) == ()


def test_the_author_is_the_one_the_user_chose_or_the_role(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 12)
    assert export(vault, tmp_path / "een.pdf").publication.author == "Extern vertrouwenspersoon"
    reports.set_author(vault, " Mirjam Okafor ")
    assert export(vault, tmp_path / "twee.pdf", audience=Audience.OR).publication.author == "Mirjam Okafor"
    for wrong in ("M" * 121, "Mirjam\nOkafor"):
        with pytest.raises(InvalidValueError, match="Op het voorblad past een regel"):
            reports.set_author(vault, wrong)
    assert reports.author(vault) == "Mirjam Okafor"
    reports.set_author(vault, "")
    assert reports.author(vault) == ""


def test_texts_that_a_client_changed_take_the_place_of_the_standard_ones(vault: Vault) -> None:
    client = fill(vault, 12)
    with vault.transaction():
        vault.settings.put(f"{report_making.TEXTS}:{client.id}", json.dumps({"opdrachtgever": "het college"}))
    gathered = reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.OR, today=TODAY)
    assert gathered.texts["opdrachtgever"] == "het college"
    assert gathered.texts["rol"]


@pytest.mark.parametrize("accepted", Audience)
def test_a_reason_for_one_edition_is_asked_again_for_the_others(vault: Vault, accepted: Audience) -> None:
    keep = {"client_id": fill(vault, 24).id, "period": YEAR}
    text = "Er kwam niemand over roosters."
    reports.save_finding(vault, **keep, chapter="kort", text=text)
    for mark in reports.preview(vault, **keep, audience=accepted, today=TODAY).marks:
        reports.accept_mark(vault, **keep, audience=accepted, mark=mark, reason="Dat weet deze lezer al.")
    for audience in Audience:
        shown = reports.preview(vault, **keep, audience=audience, today=TODAY)
        waiting = next(chapter.open_marks for chapter in shown.chapters if chapter.key == "kort")
        assert waiting == len(watched(vault, **keep, audience=audience).open_marks("kort", text))
        assert waiting == (0 if audience is accepted else 1)


@pytest.mark.parametrize("count", [0, 24])
def test_what_the_organisation_has_in_words_waits_for_a_change_or_a_reason(
    vault: Vault, tmp_path: Path, count: int
) -> None:
    client = fill(vault, count)
    change_client(vault, replace(client, agreements="Bereikbaar: na 3 meldingen"))
    with pytest.raises(ReportRefusedError, match="bij ‘Teksten van de organisatie’"):
        export(vault, tmp_path / "een.pdf")
    assert not (tmp_path / "een.pdf").exists()
    shown = reports.preview(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY)
    chapter = shown.chapters[-1]
    assert (chapter.key, chapter.open_marks, chapter.writable) == ("organisatie", len(shown.marks), False)
    assert "bij Organisaties" in chapter.questions[0]
    for mark in shown.marks:
        assert chapter.text[mark.start : mark.end] == mark.found
        reports.accept_mark(
            vault,
            client_id=client.id,
            period=YEAR,
            audience=Audience.WERKGEVER,
            mark=mark,
            reason="Zo heet de regeling",
        )
    assert export(vault, tmp_path / "een.pdf").path.exists()


def test_the_name_of_a_unit_that_a_table_prints_waits_for_a_change_or_a_reason(vault: Vault, tmp_path: Path) -> None:
    client = a_client(vault)
    change_client(vault, replace(client, statistics=("onderdeel",)))
    units = [
        add_unit(vault, client_id=client.id, name=name) for name in ("Team Bakkum, twee meldingen", "Iepenlaan", "West")
    ]
    add_unit(vault, client_id=add_client(vault, name="Zonnehof Zorg").id, name="Iepenlaan")
    cases = [a_case(vault, date(2025, 3, 12), unit=units[n % 3].id) for n in range(44)]
    put(vault, cases[0].id, Part.KOMT, "Jan Bakkum")
    with pytest.raises(ReportRefusedError, match="nog 2 punten open, bij ‘Teksten van de organisatie’"):
        export(vault, tmp_path / "een.pdf")
    rename_unit(vault, units[0], name="Oost")
    assert export(vault, tmp_path / "een.pdf").path.exists()


def test_units_stand_in_the_order_of_their_names_with_onbekend_last(vault: Vault) -> None:
    client = a_client(vault)
    with vault.transaction():
        for name in ("Zuid", "Noord"):
            vault.clients.add_unit(client.id, name)
    codes = cube.dimensions(vault.clients.units(client.id))
    assert codes["onderdeel"] == ("noord", "zuid", "onbekend")
    assert codes["fase"] == ("voorfase", "meldingsfase", "nafase", "onbekend")
    assert codes["thema"] == taxonomy.THEMA.codes


def test_a_period_that_has_not_begun_has_no_report_and_a_running_one_has(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    with pytest.raises(ReportRefusedError, match="begint pas op 1 januari 2027: er valt nog niets te tellen"):
        export(vault, tmp_path / "v.pdf", period=Period.year(2027))
    assert reports.publications(vault, client.id) == ()
    assert not (tmp_path / "v.pdf").exists()
    export(vault, tmp_path / "v.pdf", period=Period.year(2026))


def test_a_client_that_does_not_exist_has_no_report(vault: Vault) -> None:
    with pytest.raises(NotFoundError):
        reports.gather(vault, client_id=ClientId(99), period=YEAR, audience=Audience.OR, today=TODAY)


@pytest.mark.parametrize("name", ["onderdeel", "verbonden"])
def test_an_optional_statistic_is_in_no_report_until_the_client_has_it_on(vault: Vault, name: str) -> None:
    client = fill(vault, 40)
    units = [add_unit(vault, client_id=client.id, name=unit) for unit in ("Noord", "Oost", "Zuid")]
    for n, row in enumerate(vault.cases.rows(CaseFilter(), limit=40, offset=0)):
        case = vault.cases.get(row.id)
        change_case(vault, replace(case, unit=units[n % 3].id, verbonden=("medewerker", "student", "inhuur")[n % 3]))

    def spoken_of() -> set[str]:
        gathered = reports.gather(
            vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=NOW.date()
        )
        said = reports.prepare(gathered).protected.statements
        return {dimension for statement in said for dimension, _ in statement.box.where}

    assert name not in spoken_of()
    change_client(vault, replace(client, statistics=(name,)))
    assert name in spoken_of()


def test_an_open_report_uses_ten_as_its_threshold(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 9)
    made = export(vault, tmp_path / "open.pdf", audience=Audience.OPENBAAR).publication
    assert made.threshold == 10
    assert made.statements == ()


def test_room_for_the_file_is_sure_before_the_ledger_says_that_it_went_out(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = fill(vault, 12)
    order: list[str] = []
    real_sync, real_add = os.fsync, type(vault.ledger).add

    def sync(handle: int) -> None:
        order.append("sync")
        real_sync(handle)

    def add(store: LedgerStore, publication: Publication, *, document: str) -> Publication:
        order.append("freeze")
        return real_add(store, publication, document=document)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(type(vault.ledger), "add", add)
    export(vault, tmp_path / "een.pdf")
    assert order[:2] == ["sync", "freeze"]
    assert len(reports.publications(vault, client.id)) == 1


def test_a_vpdesk_without_its_solver_says_that_it_is_incomplete(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(vault, 24)

    def refuse(*_: object, **__: object) -> NoReturn:
        raise ReportRefusedError(NOT_READY)

    monkeypatch.setattr(report_making.office, "protected", refuse)
    with pytest.raises(ReportRefusedError, match="probeer het opnieuw"):
        export(vault, tmp_path / "een.pdf")
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "highspy" else found(name))
    with pytest.raises(ReportRefusedError, match=r"vpdesk is niet volledig.*Installeer vpdesk opnieuw"):
        export(vault, tmp_path / "een.pdf")
    monkeypatch.setitem(sys.modules, "highspy", None)
    monkeypatch.setattr(importlib.util, "find_spec", found)
    with pytest.raises(ReportRefusedError, match="vpdesk is niet volledig"):
        export(vault, tmp_path / "een.pdf")
    assert not (tmp_path / "een.pdf").exists()


def test_next_year_quotes_what_this_year_said_and_counts_nothing_again(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24, year=2024)
    fill(vault, 30, year=2025)
    export(vault, tmp_path / "2024.pdf", period=Period.year(2024))
    for _ in range(8):
        a_case(vault, date(2024, 5, 5))
    export(vault, tmp_path / "2025.pdf")
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "2025.pdf").pages)
    assert "Het aantal casussen ging van 24 in 2024 naar 30 in 2025." in text
    alone = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(tmp_path / "2024.pdf").pages)
    assert "Casussen naar het jaar waarin zij begonnen" not in alone


def counted(vault: Vault, year: int) -> list[tuple[str, int]]:
    """Return what audits count with of the number of cases of a year, with the title under which it went out."""
    out = ledger.everything_out(vault, a_client(vault).id)
    asked = (Of.CASES, Box(), Period.year(year))
    return [(p.title, s.minimum) for p in out for s in p.statements if (s.of, s.box, s.period) == asked]


def test_what_a_report_quotes_is_kept_with_it_and_stands_in_its_file(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 44, year=2024)
    fill(vault, 40, year=2025)
    last = export(vault, tmp_path / "2024.pdf", period=Period.year(2024)).publication
    this = export(vault, tmp_path / "2025.pdf", statements_out=tmp_path / "2025.json").publication
    assert (this.statements[0].minimum, this.quotes[0].minimum) == (40, 44)
    assert set(this.quotes) <= set(last.statements)
    themes = {s.box.where[0][1][0] for s in this.quotes if s.box.where}
    assert themes
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "2025.pdf").pages)
    assert "Casussen naar hoofdthema, de jaren naast elkaar" in text
    told = json.loads((tmp_path / "2025.json").read_text("utf-8"))["statements"]
    other = [said for said in told if said["periode"] != "2025-01-01/2025-12-31"]
    assert [(said["of"], said["periode"], said["min"], said["max"]) for said in other] == [
        ("casussen", "2024-01-01/2024-12-31", said.minimum, said.maximum) for said in this.quotes
    ]
    assert ledger.in_words(this)[-1].endswith("(1 januari 2024 tot en met 31 december 2024)")
    assert reports.publications(vault, this.client) == (last, this)
    export(vault, tmp_path / "again.pdf", statements_out=tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "2025.json").read_bytes()


def test_what_a_report_from_before_quotes_is_what_is_kept_today(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 44, year=2024)
    fill(vault, 40, year=2025)
    export(vault, tmp_path / "2024.pdf", period=Period.year(2024))
    export(vault, tmp_path / "2025.pdf", statements_out=tmp_path / "2025.json")
    kept = reports.publications(vault, a_client(vault).id)
    with vault.transaction():
        vault.connection.execute("UPDATE publications SET quotes = ''")
        vault.ledger.bind()
    assert [p.quotes for p in reports.publications(vault, a_client(vault).id)] == [p.quotes for p in kept]
    export(vault, tmp_path / "again.pdf", statements_out=tmp_path / "again.json")
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "2025.pdf").read_bytes()
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "2025.json").read_bytes()


def test_what_a_later_report_quotes_counts_though_it_was_never_sent_itself(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24, year=2024)
    fill(vault, 30, year=2025)
    last = export(vault, tmp_path / "2024.pdf", period=Period.year(2024)).publication
    this = export(vault, tmp_path / "2025.pdf").publication
    before = ledger.everything_out(vault, this.client)
    ledger.never_sent(vault, last.id, reason="Bleef een concept.")
    quoted, report = ledger.everything_out(vault, this.client)
    assert (quoted.id, quoted.quotation, quoted.title, report.id) == (last.id, True, this.title, this.id)
    assert counted(vault, 2024) == [(this.title, 24)]
    assert quoted.pattern == tuple(line for line in last.pattern if line.dimension == "thema")
    # The theme table is replayed as the report of 2024 made it: the reader of 2025 sees which themes it hides.
    themes = [s for s in last.statements if s.box.where and s.box.where[0][0] == "thema"]
    assert quoted.statements == (last.statements[0], *themes)
    ledger.never_sent(vault, this.id, reason="Bleef een concept.")
    assert ledger.everything_out(vault, this.client) == ()
    ledger.was_sent(vault, this.id)
    assert counted(vault, 2024) == [(this.title, 24)]
    ledger.was_sent(vault, last.id)
    assert ledger.everything_out(vault, this.client) == before


def test_a_case_more_does_not_stand_beside_the_number_that_a_report_quotes(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24, year=2024)
    fill(vault, 30, year=2025)
    last = export(vault, tmp_path / "2024.pdf", period=Period.year(2024)).publication
    export(vault, tmp_path / "2025.pdf")
    ledger.never_sent(vault, last.id, reason="Bleef een concept.")
    a_case(vault, date(2024, 5, 5))
    anew = export(vault, tmp_path / "anders.pdf", period=Period.year(2024)).publication
    (said,) = anew.statements
    assert (said.minimum, said.maximum) == (20, 30)  # 25 beside the 24 that is out would tell of one case


def test_a_number_that_another_edition_says_counts_once_and_is_kept_when_neither_was_sent(
    vault: Vault, tmp_path: Path
) -> None:
    fill(vault, 24, year=2024)
    fill(vault, 30, year=2025)
    last = export(vault, tmp_path / "2024.pdf", period=Period.year(2024)).publication
    council = export(vault, tmp_path / "or.pdf", period=Period.year(2024), audience=Audience.OR).publication
    this = export(vault, tmp_path / "2025.pdf").publication
    ledger.never_sent(vault, last.id, reason="Ging alleen naar de OR.")
    assert counted(vault, 2024) == [(council.title, 24)]
    assert ledger.quoting(last, reports.publications(vault, this.client)) == ()
    ledger.never_sent(vault, council.id, reason="Bleef een concept.")
    assert counted(vault, 2024) == [(this.title, 24)]
    assert ledger.quoting(last, reports.publications(vault, this.client)) == (this.title,)


def test_a_report_too_small_to_show_years_quotes_nothing(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24, year=2024)
    fill(vault, 8, year=2025)
    last = export(vault, tmp_path / "2024.pdf", period=Period.year(2024)).publication
    export(vault, tmp_path / "2025.pdf")
    ledger.never_sent(vault, last.id, reason="Bleef een concept.")
    (this,) = ledger.everything_out(vault, last.client)
    assert (this.statements[0].minimum, this.quotes) == (8, ())
