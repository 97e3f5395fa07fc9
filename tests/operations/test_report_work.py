"""The parts of the work log that reports have, from a real vault."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk, new_vault, with_draw
from vpdesk.domain.errors import VaultDamagedError
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.report_chapters import Skippable
from vpdesk.domain.report_work import NO_WORK, WorkPart
from vpdesk.domain.statements import Audience, Of
from vpdesk.operations import ledger, ledger_check, reports
from vpdesk.operations.ledger import Entry, Said
from vpdesk.operations.report_skipping import skip
from vpdesk.operations.report_work import WORK, choose_work, work_of, work_parts
from vpdesk.operations.worklog import add_activity
from vpdesk.reporting import work_chapters
from vpdesk.reporting.document_file import document_text
from vpdesk.reporting.text_marks import MarkKind

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.clients import Client
    from vpdesk.operations.reports import Prepared
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)
HALF = Period(date(2025, 1, 1), date(2025, 6, 30))
THEMES = ("pesten", "pesten", "intimidatie", "discriminatie")


def test_nothing_stands_in_a_report_before_it_was_chosen_and_the_choice_stays(vault: Vault) -> None:
    client = a_client(vault)
    add_activity(vault, on=date(2025, 3, 1), task="voorlichting", minutes=60, client_id=client.id)
    assert work_parts(vault, client.id) == frozenset()
    assert work_of(vault, client.id, YEAR) == NO_WORK
    chosen = choose_work(vault, client.id, [WorkPart.VOORLICHTING, WorkPart.UREN])
    assert work_parts(vault, client.id) == chosen
    assert [a.task for a in work_of(vault, client.id, YEAR).done] == ["voorlichting"]


def test_work_of_another_organisation_is_not_told_and_upkeep_of_none_is(vault: Vault) -> None:
    one, other = a_client(vault), a_client(vault, "Ergens anders")
    choose_work(vault, one.id, WorkPart)
    for task, client in (
        ("voorlichting", other.id),
        ("voorlichting", None),
        ("intervisie", None),
        ("bijscholing", other.id),
        ("artikel", one.id),
        ("voorbereiding", one.id),
    ):
        add_activity(vault, on=date(2025, 3, 1), task=task, minutes=60, client_id=client)
    assert [a.task for a in work_of(vault, one.id, YEAR).done] == ["intervisie", "artikel"]


def test_a_period_at_the_beginning_of_time_has_nothing_before_it(vault: Vault) -> None:
    client = a_client(vault)
    choose_work(vault, client.id, WorkPart)
    assert work_of(vault, client.id, Period(date.min, date(1, 12, 31))).before == ()


def test_a_choice_that_nobody_can_read_is_said(vault: Vault) -> None:
    client = a_client(vault)
    with vault.transaction():
        vault.settings.put(f"{WORK}:{client.id}", '["iets anders"]')
    with pytest.raises(VaultDamagedError):
        work_parts(vault, client.id)


def test_a_title_that_points_at_somebody_waits_for_a_reason(vault: Vault) -> None:
    client = a_client(vault)
    choose_work(vault, client.id, [WorkPart.VOORLICHTING])
    add_activity(
        vault,
        on=date(2025, 3, 1),
        task="voorlichting",
        minutes=60,
        title="Uitleg na de melding van de teamleider",
        client_id=client.id,
    )
    asked = reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY)
    prepared = reports.prepare(asked)
    marked = [mark for mark in prepared.open_marks if mark.chapter == work_chapters.CHAPTER]
    assert {mark.kind for mark in marked} > {MarkKind.KLEIN}
    shown = reports.shown(prepared)
    state = next(one for one in shown.chapters if one.key == work_chapters.CHAPTER)
    assert (state.text, state.writable) == ("Uitleg na de melding van de teamleider", False)
    assert state.open_marks == len(marked)


def logged(vault: Vault) -> Client:
    """Choose every part, and log work for the organisation."""
    client = a_client(vault)
    choose_work(vault, client.id, WorkPart)
    for task, minutes in (("voorlichting", 300), ("gevraagd advies", 240), ("signaal", 90), ("intervisie", 120)):
        add_activity(
            vault, on=date(2025, 3, 1), task=task, minutes=minutes, title="De gedragscode", client_id=client.id
        )
    return client


def prepared_with(vault: Vault, *minutes: int) -> Prepared:
    """Return the report on a year of cases with one talk each, that takes so many minutes."""
    client = logged(with_draw(vault))
    for n, spent in enumerate(minutes):
        day = date(2025, 1 + n % 12, 3)
        a_talk(vault, a_case(vault, day, thema=THEMES[n % 4]), on=day, minutes=spent)
    asked = reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY)
    return reports.prepare(asked)


def words_of(prepared: Prepared) -> str:
    return document_text(prepared.document)


def test_with_none_and_with_four_the_work_gives_the_same_file(tmp_path: Path) -> None:
    with new_vault(tmp_path / "geen") as none, new_vault(tmp_path / "vier") as four:
        empty, few = prepared_with(none), prepared_with(four, 45, 45, 60, 500)
        assert empty.pdf == few.pdf
        assert empty.work_said == few.work_said == ()
        assert "De gedragscode" in words_of(few)
        assert [mark.kind for mark in few.open_marks if mark.chapter == work_chapters.CHAPTER] == [MarkKind.KLEIN]


def test_hours_come_with_enough_talks_of_which_no_case_holds_half(tmp_path: Path) -> None:
    """An employer who knows all hours subtracts those of the other tasks: so there are none without those of talks."""
    hours = re.compile(r"\d+ uur")
    for name, minutes, told in (
        ("negen", [60] * 9, False),
        ("half", [30] * 39 + [1200], False),
        ("genoeg", [60] * 40, True),
    ):
        with new_vault(tmp_path / name) as vault:
            assert bool(hours.search(words_of(prepared_with(vault, *minutes)))) is told, name


def test_words_of_work_whose_chapter_is_left_out_are_neither_printed_nor_asked_about(vault: Vault) -> None:
    client = a_client(vault)
    choose_work(vault, client.id, WorkPart)
    add_activity(
        vault, on=date(2025, 3, 1), task="voorlichting", title="Praten met Jan", minutes=60, client_id=client.id
    )
    skip(vault, client.id, {Skippable.INFORMEREN})
    gathered = reports.gather(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY)
    made = reports.prepare(gathered)
    assert made.work_text == ""
    assert "Praten met Jan" not in document_text(made.document)


def delivered(vault: Vault, prepared: Prepared, folder: Path) -> reports.ExportResult:
    """Let a report go out with its statements file."""
    return reports.export_report(
        vault,
        client_id=prepared.gathered.client.id,
        period=prepared.gathered.period,
        audience=prepared.gathered.audience,
        out=folder / "uit.pdf",
        now=NOW,
        statements_out=folder / "uit.json",
        backup_places=(),
    )


def test_what_a_report_counts_of_the_work_goes_out_as_statements_that_no_audit_reads(
    vault: Vault, tmp_path: Path
) -> None:
    made = prepared_with(vault, *([60] * 40))
    without = replace(made.gathered, work=NO_WORK)
    assert reports.prepare(without).protected == made.protected
    result = delivered(vault, made, tmp_path)
    client = made.gathered.client.id
    (kept,) = reports.publications(vault, client)
    assert kept == result.publication
    assert {s.of for s in kept.work} == {Of.ACTIVITIES}
    assert not {s.of for s in kept.statements} & {Of.ACTIVITIES}
    written = json.loads((tmp_path / "uit.json").read_text())["statements"]
    counted = [one for one in written if one["of"] == "activiteiten"]
    assert {"of": "activiteiten", "where": {"taak": ["voorlichting"]}, "periode": YEAR.code(), "min": 1, "max": 1} in (
        counted
    )
    assert len(counted) == len(kept.work)
    assert "Activiteiten: voorlichting: 1" in ledger.in_words(kept)
    again = (tmp_path / "uit.json").read_bytes()
    add_activity(vault, on=date(2025, 5, 1), task="voorlichting", minutes=60, client_id=client)
    assert delivered(vault, made, tmp_path).again
    assert (tmp_path / "uit.json").read_bytes() == again


def test_counts_of_work_bind_no_later_report_and_contradict_no_letter(tmp_path: Path) -> None:
    """Two registries with the same cases, of which one told of its work: all that comes after is the same."""
    later = []
    for name, told in (("met", True), ("zonder", False)):
        with new_vault(tmp_path / name) as vault:
            made = prepared_with(vault, *([60] * 40))
            if not told:
                choose_work(vault, made.gathered.client.id, ())
                made = reports.prepare(replace(made.gathered, work=NO_WORK))
            (tmp_path / f"uit-{name}").mkdir()
            out = delivered(vault, made, tmp_path / f"uit-{name}").publication
            assert bool(out.work) is told
            choose_work(vault, made.gathered.client.id, ())
            entry = Entry(made.gathered.client.id, Kind.BRIEF, TODAY, "", HALF, (Said(1, 40),))
            assert ledger_check.doubts(vault, entry) == ""
            ledger.enter(vault, entry, today=TODAY)
            asked = reports.gather(
                vault, client_id=made.gathered.client.id, period=HALF, audience=Audience.OR, today=TODAY
            )
            later.append(reports.prepare(asked).protected)
    assert later[0] == later[1]
    assert later[0].audited
