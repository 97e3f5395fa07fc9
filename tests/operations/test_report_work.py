"""The parts of the work log that reports have, from a real vault."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_case, a_client, a_talk, new_vault, with_draw
from vpdesk.domain.errors import VaultDamagedError
from vpdesk.domain.periods import Period
from vpdesk.domain.report_chapters import Skippable
from vpdesk.domain.report_work import NO_WORK, WorkPart
from vpdesk.domain.statements import Audience
from vpdesk.operations import reports
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
