"""What a report became is told by what it says and lacks, for one that just went out and for one of years ago."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_client
from tests.operations.test_reports import YEAR, export, fill
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Why, Withheld
from vpdesk.domain.report_choices import crossing
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.operations import ledger, report_said, reports
from vpdesk.reporting.disclosure.result import Level

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.clients import Client
    from vpdesk.store.vault import Vault


@pytest.mark.parametrize(
    ("cases", "level", "words"),
    [
        (3, Level.GEEN_GETALLEN, "Er staat geen enkel aantal in."),
        (8, Level.TOTAAL, "Er staat alleen het totaal in, zonder tabellen."),
    ],
)
def test_a_report_without_tables_says_so(vault: Vault, tmp_path: Path, cases: int, level: Level, words: str) -> None:
    client = fill(vault, cases)
    publication = export(vault, tmp_path / "jaar.pdf").publication
    assert report_said.level_of(publication) is level
    assert report_said.in_words(publication, client) == words
    assert "Casussen naar hoofdthema" in report_said.left_out(publication, client)


def test_a_total_between_two_numbers_is_told_apart(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 8)
    publication = export(vault, tmp_path / "jaar.pdf").publication
    between = replace(publication, statements=(Statement(Of.CASES, Box(), YEAR, 8, 12),))
    assert report_said.level_of(between) is Level.INTERVAL
    assert "tussen welke getallen" in report_said.in_words(between, client)


def test_tables_that_are_lacking_are_named(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 96)
    publication = export(vault, tmp_path / "jaar.pdf").publication
    assert report_said.level_of(publication) is Level.EENRIJ
    lacking = report_said.left_out(publication, client)
    assert "Casussen naar hoofdthema" not in lacking
    assert not any("band met de organisatie" in title for title in lacking), "the organisation does not get that table"
    assert all(f"‘{title}’" in report_said.in_words(publication, client) for title in lacking)
    whole = replace(publication, statements=(*publication.statements, *every_table()))
    assert report_said.in_words(whole, client) == "Er staan tabellen in."
    crossed = replace(whole, withheld=(Withheld(crossing("thema", "rol"), Why.HERLEIDBAAR),))
    assert report_said.left_out(crossed, client) != ()


def every_table() -> tuple[Statement, ...]:
    return tuple(
        Statement(Of.CASES, Box.of(**{name: "onbekend"}), YEAR, 9, 9)
        for name in (
            "thema",
            "werkgebied",
            "rol",
            "relatie",
            "fase",
            "afloop",
            "verbonden",
            "gevonden_via",
            "onderdeel",
        )
    )


def test_a_second_report_over_a_period_keeps_the_rows_of_the_first(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    first = export(vault, tmp_path / "een.pdf").publication
    second = export(vault, tmp_path / "twee.pdf", audience=Audience.OR).publication
    out = reports.publications(vault, a_client(vault).id)
    assert [report_said.keeps_rows(out, p) for p in (first, second)] == [False, True]
    ledger.never_sent(vault, first.id, reason="Een concept.")
    assert not report_said.keeps_rows(reports.publications(vault, a_client(vault).id), second)


def test_an_open_report_that_comes_first_binds_the_one_of_the_employer_and_says_so(
    vault: Vault, tmp_path: Path
) -> None:
    client = fill(vault, 96)

    def bound(audience: Audience = Audience.OPENBAAR, organisation: Client = client) -> str:
        return report_said.open_first(reports.publications(vault, client.id), organisation, YEAR, audience)

    assert "noemt ook dat verslag geen aantal onder 10." in bound()
    assert bound(Audience.WERKGEVER) == bound(Audience.OR) == ""
    assert bound(organisation=replace(client, threshold=12)) == ""
    first = export(vault, tmp_path / "open.pdf", audience=Audience.OPENBAAR).publication
    assert bound() == "", "that is so by now"
    own = export(vault, tmp_path / "werkgever.pdf").publication
    assert own.statements == first.statements
    ledger.never_sent(vault, first.id, reason="Toch niet.")
    ledger.never_sent(vault, own.id, reason="Toch niet.")
    assert bound(), "nothing is out any more"


def test_what_to_know_before_an_export_is_said_of_a_report_that_is_not_out(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)

    def before(period: Period, audience: Audience) -> str:
        gathered = reports.gather(vault, client_id=client.id, period=period, audience=audience, today=TODAY)
        return report_said.before_export(reports.prepare(gathered), today=TODAY)

    assert before(YEAR, Audience.WERKGEVER) == ""
    both = before(Period.year(2026), Audience.OPENBAAR)
    assert both.startswith("Deze periode loopt nog tot en met 31 december 2026.")
    assert "Gaat dit openbare verslag eerst naar buiten" in both
    export(vault, tmp_path / "open.pdf", audience=Audience.OPENBAAR)
    assert before(YEAR, Audience.OPENBAAR) == ""
