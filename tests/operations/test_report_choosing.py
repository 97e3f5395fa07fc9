"""What was chosen for the tables of a report is kept for its period, and offered for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.casework import a_client
from vpdesk.domain.errors import InvalidValueError, VaultDamagedError
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.operations.clients import add_unit
from vpdesk.operations.report_choosing import CHOICES, choose, report_choices

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

THIS_YEAR, NEXT_YEAR = Period.year(2025), Period.year(2026)
TOGETHER = ReportChoices({"thema": (("pesten", "discriminatie"),)}, (("thema", "rol"),))
APART = ReportChoices()


def test_without_choices_every_code_has_its_row(vault: Vault) -> None:
    assert report_choices(vault, a_client(vault).id, THIS_YEAR) == APART


def test_what_was_chosen_stays_with_its_period_and_the_last_is_offered_for_a_new_one(vault: Vault) -> None:
    client = a_client(vault).id
    assert choose(vault, client, THIS_YEAR, TOGETHER) == TOGETHER
    assert report_choices(vault, client, THIS_YEAR) == TOGETHER
    assert report_choices(vault, client, NEXT_YEAR) == TOGETHER
    choose(vault, client, NEXT_YEAR, APART)
    assert report_choices(vault, client, THIS_YEAR) == TOGETHER
    assert report_choices(vault, client, NEXT_YEAR) == APART
    assert report_choices(vault, client, Period.year(2027)) == APART
    choose(vault, client, THIS_YEAR, TOGETHER)
    assert report_choices(vault, client, Period.year(2027)) == TOGETHER


def test_another_client_has_choices_of_its_own(vault: Vault) -> None:
    choose(vault, a_client(vault).id, THIS_YEAR, TOGETHER)
    assert report_choices(vault, a_client(vault, "Gemeente Oosterlee").id, THIS_YEAR) == APART


def test_rows_come_back_in_the_order_of_reports(vault: Vault) -> None:
    client = a_client(vault).id
    mixed = ReportChoices({"thema": (("fraude", "diefstal van bedrijfsmiddelen"), ("discriminatie", "pesten"))})
    assert choose(vault, client, THIS_YEAR, mixed).grouped["thema"] == (
        ("pesten", "discriminatie"),
        ("fraude", "diefstal van bedrijfsmiddelen"),
    )


def test_a_row_of_one_code_is_no_choice(vault: Vault) -> None:
    assert choose(vault, a_client(vault).id, THIS_YEAR, ReportChoices({"thema": (("pesten",),)})) == APART


def test_codes_that_no_longer_exist_are_left_out(vault: Vault) -> None:
    client = a_client(vault).id
    for name in ("Noord", "West", "Zuid"):
        add_unit(vault, client_id=client, name=name)
    choose(vault, client, THIS_YEAR, ReportChoices({"onderdeel": (("noord", "west", "zuid"),)}))
    with vault.transaction():
        vault.connection.execute("DELETE FROM units WHERE name = 'West'")
    assert report_choices(vault, client, THIS_YEAR).grouped == {"onderdeel": (("noord", "zuid"),)}
    with vault.transaction():
        vault.connection.execute("DELETE FROM units WHERE name = 'Zuid'")
        kept = vault.settings.get(f"{CHOICES}:{client}")
        vault.settings.put(f"{CHOICES}:{client}", kept.replace('"crossed": []', '"crossed": [["kleur", "rol"]]'))
    assert report_choices(vault, client, THIS_YEAR) == APART


@pytest.mark.parametrize(
    ("choices", "named"),
    [
        (ReportChoices({"thema": (("pesten", "pestem"),)}), "pestem"),
        (ReportChoices({"kleur": (("rood", "groen"),)}), "rood"),
        (ReportChoices(crossed=(("thema", "kleur"),)), "kleur"),
    ],
)
def test_what_does_not_exist_is_refused(vault: Vault, choices: ReportChoices, named: str) -> None:
    client = a_client(vault).id
    with pytest.raises(InvalidValueError, match=named):
        choose(vault, client, THIS_YEAR, choices)
    assert report_choices(vault, client, THIS_YEAR) == APART


@pytest.mark.parametrize(
    "kept",
    ["geen json", "[]x", '{"2025-01-01/2025-12-31": 7}', '{"x": {"grouped": {"thema": [["pesten"], ["pesten"]]}}}'],
)
def test_choices_that_cannot_be_understood_are_refused(vault: Vault, kept: str) -> None:
    client = a_client(vault).id
    with vault.transaction():
        vault.settings.put(f"{CHOICES}:{client}", kept)
    with pytest.raises(VaultDamagedError):
        report_choices(vault, client, THIS_YEAR)
