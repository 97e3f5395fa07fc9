"""Chapters that are left out are kept with the organisation, and what they would count goes into no publication."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk
from vpdesk.domain.errors import VaultDamagedError
from vpdesk.domain.periods import Period
from vpdesk.domain.report_chapters import NOTHING, Skippable
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.domain.statements import Audience, undated
from vpdesk.operations import reports
from vpdesk.operations.report_choosing import choose
from vpdesk.operations.report_skipping import SKIPPED, skip, skipped
from vpdesk.reporting.disclosure.result import Level

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.operations.reports import ExportResult, Prepared
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)
BOTH = frozenset({Skippable.ONDERSTEUNING, Skippable.VINDBAARHEID})


def fill(vault: Vault, count: int) -> None:
    for n in range(count):
        day = date(2025, 1 + n % 12, 3)
        themes = ("pesten", "pesten", "intimidatie", "discriminatie", "arbeidsconflict", "fraude")
        role = "melder" if n % 3 else "getuige"
        case = a_case(vault, day, thema=themes[n % 6], rol=role, gevonden_via="intranet" if n % 2 else "collega")
        a_talk(vault, case, on=day)


def prepared(vault: Vault, audience: Audience = Audience.WERKGEVER) -> Prepared:
    client = a_client(vault).id
    return reports.prepare(reports.gather(vault, client_id=client, period=YEAR, audience=audience, today=TODAY))


def export(vault: Vault, out: Path, audience: Audience = Audience.WERKGEVER) -> ExportResult:
    return reports.deliver(vault, prepared(vault, audience), out=out, now=NOW, backup_places=())


def counted_by(result: ExportResult) -> set[str]:
    return {undated(name) for statement in result.publication.statements for name, _ in statement.box.where}


def test_each_organisation_keeps_its_own_choice_until_it_is_taken_back(vault: Vault) -> None:
    one, other = a_client(vault).id, a_client(vault, "Gemeente Oosterlee").id
    assert skip(vault, one, BOTH) == skipped(vault, one) == BOTH
    assert skipped(vault, other) == NOTHING
    assert skip(vault, one, ()) == skipped(vault, one) == NOTHING
    assert f"{SKIPPED}:{one}" not in vault.settings.all()


def test_a_choice_that_nobody_could_have_made_is_damage(vault: Vault) -> None:
    client = a_client(vault).id
    vault.settings.put(f"{SKIPPED}:{client}", '["bescherming"]')
    with pytest.raises(VaultDamagedError):
        skipped(vault, client)


def test_what_a_left_out_chapter_counts_is_neither_printed_nor_published(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 48)
    client = a_client(vault).id
    choose(vault, client, YEAR, ReportChoices(crossed=(("rol", "werkgebied"), ("rol", "gevonden_via"))))
    skip(vault, client, {Skippable.VINDBAARHEID})
    without_ways = prepared(vault)
    assert "gevonden_via" not in {undated(table.dimension) for table in without_ways.protected.tables}
    assert "gevonden_via" not in repr([table.across for table in without_ways.protected.crossed])
    skip(vault, client, BOTH)
    result = export(vault, tmp_path / "uit.pdf")
    assert counted_by(result) == set()
    assert result.publication.pattern == ()
    assert result.publication.withheld == ()


def test_why_there_are_no_tables_is_told_beside_the_preview(vault: Vault) -> None:
    fill(vault, 48)
    skip(vault, a_client(vault).id, BOTH)
    shown = reports.shown(prepared(vault))
    (note,) = shown.hidden
    assert "weggelaten" in " ".join(note.explained)
    keys = [chapter.key for chapter in shown.chapters]
    assert not {"themas", "fasen", "vindbaarheid", "route", "toegankelijkheid"} & set(keys)
    assert next(chapter for chapter in shown.chapters if chapter.key == "signalen").printed


def test_texts_of_a_left_out_chapter_stay_and_stop_no_export(vault: Vault) -> None:
    fill(vault, 48)
    client = a_client(vault).id
    reports.save_finding(vault, client_id=client, period=YEAR, chapter="fasen", text="Er was één melding.")
    assert prepared(vault).open_marks
    skip(vault, client, {Skippable.ONDERSTEUNING})
    assert not prepared(vault).open_marks
    assert not reports.open_marks_in(prepared(vault), "fasen", "Er was één melding.")
    skip(vault, client, ())
    assert prepared(vault).gathered.findings["fasen"] == "Er was één melding."


def test_another_edition_of_the_period_prints_no_tables_either_and_stands_by_the_same_numbers(
    vault: Vault, tmp_path: Path
) -> None:
    fill(vault, 48)
    first = export(vault, tmp_path / "werkgever.pdf")
    assert counted_by(first) == {"thema"}
    skip(vault, a_client(vault).id, BOTH)
    second = prepared(vault, Audience.OR)
    assert second.protected.tables == ()
    assert second.protected.level is Level.TOTAAL
    assert second.protected.statements == first.publication.statements
    assert "Tabel 2" not in repr(second.document)


@pytest.mark.parametrize("audience", [Audience.OR, Audience.OPENBAAR])
def test_a_later_edition_with_the_chapters_blames_no_number_for_what_was_left_out(
    vault: Vault, tmp_path: Path, audience: Audience
) -> None:
    """Readers know how many cases there are: *too few for tables* would tell them of a small number that is not there."""
    fill(vault, 48)
    skip(vault, a_client(vault).id, BOTH)
    export(vault, tmp_path / "werkgever.pdf")
    skip(vault, a_client(vault).id, ())
    second = prepared(vault, audience)
    assert second.protected.level is Level.TOTAAL
    said = repr(second.document)
    assert "Daarom heeft ook deze uitgave een totaal en geen verdeling" in said
    assert "Bij minder dan" not in said
    notes = " ".join(words for note in reports.shown(second).hidden for words in (note.reason, *note.explained))
    assert "stond niet in de eerdere uitgave" in notes
    assert "zou elke tabel te veel laten zien" not in notes


def test_with_few_cases_a_later_edition_gives_the_number_as_its_reason(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 7)
    export(vault, tmp_path / "werkgever.pdf")
    second = prepared(vault, Audience.OR)
    assert second.protected.level is Level.TOTAAL
    assert "Bij minder dan 10 casussen" in repr(second.document)
    assert "te weinig casussen" in {note.reason for note in reports.shown(second).hidden}


def test_a_report_that_is_out_stays_as_it_was(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 48)
    first = export(vault, tmp_path / "een.pdf")
    skip(vault, a_client(vault).id, frozenset(Skippable))
    assert export(vault, tmp_path / "twee.pdf").sha256 == first.sha256


@pytest.mark.parametrize("chapters", [frozenset({one}) for one in Skippable] + [frozenset(Skippable)], ids=",".join)
def test_none_and_four_give_the_same_silent_file_whatever_is_left_out(
    vault: Vault, chapters: frozenset[Skippable]
) -> None:
    client = a_client(vault).id
    skip(vault, client, chapters)
    none = prepared(vault).pdf
    fill(vault, 4)
    assert prepared(vault).pdf == none
