"""A number entered by hand that is not the vault's own is doubted before it is kept, and named where it is in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_case, a_client
from tests.operations.test_reports import YEAR, export, fill
from vpdesk.domain.errors import InvalidValueError, ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.remains import KEPT, Remains, Segment
from vpdesk.domain.statements import Audience, Of
from vpdesk.operations import ledger, ledger_check, reports
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client
from vpdesk.operations.ledger import Entry, Said
from vpdesk.reporting.disclosure.descent import REFUSED
from vpdesk.reporting.disclosure.request import NOT_READY
from vpdesk.store.remains import RemainsStore

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

HALF = Period(date(2025, 1, 1), date(2025, 6, 30))


def an_entry(vault: Vault, *said: Said, period: Period = YEAR, recipient: str = "De directie") -> Entry:
    return Entry(a_client(vault).id, Kind.BRIEF, date(2025, 7, 3), recipient, period, said)


def doubts(vault: Vault, *said: Said, period: Period = YEAR) -> str:
    return ledger_check.doubts(vault, an_entry(vault, *said, period=period))


@pytest.mark.parametrize(
    "said",
    [
        Said(24, 24),
        Said(20, 30),
        Said(12, 12, "thema", ("pesten",)),
        Said(18, 18, "thema", ("pesten", "intimidatie")),
        Said(8, 8, "rol", ("melder",), "thema", ("pesten",)),
        Said(24, 24, "fase", ("onbekend", "voorfase", "meldingsfase", "nafase")),
        Said(20, 20, of=Of.CASES_WITH_TALK),
        Said(900, 900, of=Of.TALKS),
        Said(90_000, 90_000, of=Of.MINUTES),
    ],
)
def test_a_number_that_can_be_true_is_not_doubted(vault: Vault, said: Said) -> None:
    fill(vault, 24)
    assert doubts(vault, said) == ""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(200, 200), "U noemt ‘Alle casussen: 200’; in de kluis staan er 24. Klopt het getal?"),
        (Said(13, 20, "thema", ("pesten",)), "‘Hoofdthema: pesten: tussen 13 en 20’; in de kluis staan er 12."),
        (Said(3, 3, "thema", ("fraude",)), "‘Hoofdthema: fraude: 3’; in de kluis staan er geen."),
        (Said(9, 9, "rol", ("melder",), "thema", ("pesten",)), "Hoofdthema: pesten: 9’; in de kluis staan er 8."),
        (Said(25, 25, of=Of.CASES_WITH_TALK), "‘Casussen met een gesprek: 25’; in de kluis staan er 24."),
    ],
)
def test_a_number_that_is_not_of_the_vault_is_doubted_in_words(vault: Vault, said: Said, words: str) -> None:
    fill(vault, 24)
    assert words in doubts(vault, said)
    assert "‘Toch invoeren’" in doubts(vault, said)


def test_every_doubt_is_said_and_one_case_is_one(vault: Vault) -> None:
    a_case(vault, date(2025, 3, 3), thema="pesten")
    said = doubts(vault, Said(2, 2), Said(1, 1, "thema", ("pesten",)), Said(5, 9, "thema", ("fraude",)))
    assert said.count("U noemt") == 2
    assert "‘Alle casussen: 2’; in de kluis staat er 1." in said


def test_what_can_not_be_is_refused_before_it_is_doubted(vault: Vault) -> None:
    with pytest.raises(InvalidValueError):
        doubts(vault, Said(3, 3, "thema", ("bestaat niet",)))


def test_a_number_of_a_holding_is_of_its_subsidiaries_too(vault: Vault) -> None:
    client = fill(vault, 12)
    part = add_client(vault, name="Dochter", part_of=client.id)
    open_case(vault, client=part.id, opened=date(2025, 3, 3))
    assert doubts(vault, Said(13, 13)) == ""
    assert "staan er 13" in doubts(vault, Said(12, 12))
    assert doubts(vault, Said(3, 3, "onderdeel", ("onbekend",))) == "", "units are each organisation's own"


def test_a_destroyed_case_counts_where_that_is_known(vault: Vault) -> None:
    client = fill(vault, 12)
    segment = Segment(YEAR, opened=True, fase="nafase", afloop="loopt nog", talks=1, minutes=30)
    with vault.transaction():
        RemainsStore(vault.connection).add(Remains(client.id, dict.fromkeys(KEPT, "onbekend"), (segment,)))
    assert doubts(vault, Said(13, 13)) == ""
    assert "staan er 13" in doubts(vault, Said(12, 12))
    assert doubts(vault, Said(99, 99, "verbonden", ("onbekend",))) == "", "that was not kept"
    assert doubts(vault, Said(99, 99), period=HALF) == "", "nobody knows in which half it was"


def refusal(vault: Vault, period: Period = YEAR) -> str:
    gathered = reports.gather(
        vault, client_id=a_client(vault).id, period=period, audience=Audience.WERKGEVER, today=TODAY
    )
    with pytest.raises(ReportRefusedError) as refused:
        reports.prepare(gathered)
    return refused.value.sentence


def test_a_refused_report_names_the_letter_that_is_not_as_the_vault(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 40)
    ledger.enter(vault, an_entry(vault, Said(30, 300), recipient="De OR"), today=TODAY)
    wrong = ledger.enter(vault, an_entry(vault, Said(200, 200, "thema", ("pesten",))), today=TODAY)
    ledger.enter(vault, an_entry(vault, Said(200, 200), period=Period.year(2024), recipient=""), today=TODAY)
    said = refusal(vault)
    assert "ander getal dan in de kluis: brief of e-mail van 3 juli 2025" in said
    assert "aan De directie" in said
    assert "De OR" not in said
    assert "zet het daar op ‘nooit verstuurd’" in said
    for publication in reports.publications(vault, wrong.client):
        ledger.never_sent(vault, publication.id, reason="Verkeerd getal.")
    export(vault, tmp_path / "jaar.pdf")


def test_a_refused_report_names_what_was_added_rightly_too(vault: Vault) -> None:
    gathered = reports.gather(vault, client_id=a_client(vault).id, period=YEAR, audience=Audience.OR, today=TODAY)
    assert ledger_check.beside_refusal(gathered, REFUSED) == REFUSED
    for number in range(5):
        ledger.enter(vault, an_entry(vault, Said(0, 9), recipient=f"Groep {number}"), today=TODAY)
    gathered = reports.gather(vault, client_id=a_client(vault).id, period=YEAR, audience=Audience.OR, today=TODAY)
    said = ledger_check.beside_refusal(gathered, REFUSED)
    assert said.startswith(f"{REFUSED} Hierin telt mee wat met de hand is toegevoegd: ")
    assert "aan Groep 4, " in said
    assert "Groep 1" not in said
    assert "en wat er verder is toegevoegd. Klopt daar een getal niet" in said
    assert ledger_check.beside_refusal(gathered, NOT_READY) == NOT_READY
    later = replace(gathered, period=Period.year(2026))
    assert ledger_check.beside_refusal(later, REFUSED) == REFUSED
