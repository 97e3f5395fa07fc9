"""The letter with each edition says what is so in the ledger, and nothing that tells whether anybody came."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import TASK, Audience, Box, Of, Statement
from vpdesk.operations import ledger, reports
from vpdesk.operations.report_letter import letter_for

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.publications import Publication
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)


def out(vault: Vault, folder: Path, audience: Audience, *, cases: int = 0) -> Publication:
    for n in range(cases):
        a_case(vault, date(2025, 1 + n % 12, 3))
    client = a_client(vault).id
    prepared = reports.prepare(reports.gather(vault, client_id=client, period=YEAR, audience=audience, today=TODAY))
    return reports.deliver(vault, prepared, out=folder / "uit.pdf", now=NOW, backup_places=()).publication


def test_the_employer_is_offered_a_talk_and_told_what_will_not_be_told(vault: Vault, tmp_path: Path) -> None:
    report = out(vault, tmp_path, Audience.WERKGEVER, cases=7)
    letter = letter_for(report, [report])
    assert letter.startswith("Geachte lezer,\n\nHierbij ontvangt u het verslag van de vertrouwenspersoon over 2025.")
    assert "Vraag mij daarbij niet wie het waren of waar het speelde: dat vertel ik ook dan niet." in letter
    assert letter.endswith("Met vriendelijke groet,\nExtern vertrouwenspersoon")
    assert re.findall(r"\d+", letter) == ["2025"]
    half = replace(report, period=Period(date(2025, 1, 1), date(2025, 6, 30)))
    assert "over 1 januari 2025 tot en met 30 juni 2025." in letter_for(half, [half])


def test_a_silent_report_has_the_same_letter_for_none_and_for_four(vault: Vault, tmp_path: Path) -> None:
    first = out(vault, tmp_path, Audience.WERKGEVER)
    none = letter_for(first, [first])
    assert "wie het waren" not in none, "that would tell that there were some"
    ledger.never_sent(vault, first.id, reason="nog niet verstuurd")
    four = out(vault, tmp_path, Audience.WERKGEVER, cases=4)
    assert letter_for(four, [four]) == none


def test_the_works_council_hears_of_the_employers_edition_as_it_stands_in_the_ledger(
    vault: Vault, tmp_path: Path
) -> None:
    for_or = out(vault, tmp_path, Audience.OR, cases=7)
    alone = letter_for(for_or, [for_or])
    assert "werkgever" not in alone
    assert "U mag het delen met uw achterban." in alone
    employer = out(vault, tmp_path, Audience.WERKGEVER)
    assert "ook aan de werkgever gegeven, met dezelfde cijfers. U mag" in letter_for(for_or, [employer, for_or])
    never = replace(employer, never_sent="niet verstuurd")
    elsewhere = replace(employer, period=Period.year(2024))
    by_hand = replace(employer, kind=Kind.BRIEF)
    assert letter_for(for_or, [never, elsewhere, by_hand, for_or]) == alone
    done = (Statement(Of.ACTIVITIES, Box.where_({TASK: "training"}), YEAR, 3, 3),)
    worked = replace(for_or, work=done)
    assert "met dezelfde cijfers" in letter_for(worked, [replace(employer, work=done), worked])
    old = letter_for(worked, [employer, worked])  # it may be from before work was counted in the ledger
    assert "aan de werkgever gegeven. U mag" in old
    fewer = replace(employer, work=(replace(done[0], minimum=2),))
    assert "In die uitgave staan andere cijfers." in letter_for(worked, [fewer, worked])
    other = replace(employer, statements=())
    assert "In die uitgave staan andere cijfers." in letter_for(for_or, [employer, other])


def test_a_silent_report_speaks_of_no_numbers_to_the_works_council(vault: Vault, tmp_path: Path) -> None:
    employer, for_or = out(vault, tmp_path, Audience.WERKGEVER), out(vault, tmp_path, Audience.OR)
    letter = letter_for(for_or, [employer, for_or])
    assert "Het verslag is ook aan de werkgever gegeven. U mag" in letter
    assert "cijfers" not in letter


def test_a_revised_edition_says_that_it_replaces_the_first(vault: Vault, tmp_path: Path) -> None:
    report = out(vault, tmp_path, Audience.WERKGEVER, cases=7)
    assert "komt in de plaats van de eerste" in letter_for(replace(report, revision=1), [report])


@pytest.mark.parametrize(
    "changed", [{"audience": Audience.OPENBAAR}, {"kind": Kind.BRIEF}, {"pdf": b""}, {"never_sent": "nooit"}]
)
def test_nothing_else_has_a_letter(vault: Vault, tmp_path: Path, changed: dict[str, object]) -> None:
    report = out(vault, tmp_path, Audience.WERKGEVER, cases=7)
    assert letter_for(replace(report, **changed), [report]) == ""  # type: ignore[arg-type]
