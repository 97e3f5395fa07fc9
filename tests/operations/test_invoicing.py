"""The hours of an invoice name no day, stand apart from travel, and are rounded once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case, a_client, a_talk
from vpdesk.domain.hours import minutes_between
from vpdesk.domain.periods import Period
from vpdesk.operations.cases import close_case
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.invoicing import CUT, SHORT, STEPS, invoice_hours
from vpdesk.operations.worklog import add_activity

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))


def test_the_text_has_one_number_of_hours_and_travel_apart(vault: Vault) -> None:
    case = a_case(vault)
    a_talk(vault, case, on=date(2025, 3, 5), minutes=50)
    a_talk(vault, case, on=date(2025, 4, 1), minutes=500)
    for minutes in (7, 7, 7):
        add_activity(vault, on=date(2025, 2, 6), task="voorlichting", minutes=minutes, client_id=case.client)
    add_activity(vault, on=date(2025, 2, 6), task="reistijd", minutes=40, client_id=case.client)
    add_activity(vault, on=date(2025, 2, 6), task="intervisie", minutes=120)
    add_activity(vault, on=date(2025, 2, 6), task="artikel", minutes=120, client_id=a_client(vault, "Waterveen").id)
    hours = invoice_hours(vault, client_id=case.client, period=QUARTER, step=15)
    assert (hours.worked.minutes, hours.travelled.minutes, hours.warnings) == (75, 45, ())
    assert hours.text == (
        "Werk als vertrouwenspersoon voor Stichting Speelwijs\n"
        "1 januari 2025 tot en met 31 maart 2025\n"
        "Uren: 1,25\n"
        "Reistijd, in uren: 0,75"
    )
    assert "maart 2025" in hours.text
    assert not any(day in hours.text for day in ("5 maart", "6 februari"))


def test_without_travel_nothing_is_said_of_it(vault: Vault) -> None:
    client = a_client(vault)
    hours = invoice_hours(vault, client_id=client.id, period=QUARTER, step=30)
    assert hours.text.endswith("Uren: 0")


@pytest.mark.parametrize("step", STEPS.values())
@pytest.mark.parametrize("minutes", [1, 7, 8, 44, 45, 52, 61, 30_001, 70_007])
def test_the_exact_time_lies_between_the_bounds_that_the_ledger_gets(vault: Vault, step: int, minutes: int) -> None:
    client = a_client(vault)
    add_activity(vault, on=date(2025, 2, 6), task="artikel", minutes=minutes, client_id=client.id)
    least, most = invoice_hours(vault, client_id=client.id, period=QUARTER, step=step).bounds
    assert minutes_between(least)[0] <= minutes <= minutes_between(most)[1]


def test_a_short_period_is_warned_of(vault: Vault) -> None:
    client = a_client(vault)
    for period, warned in ((QUARTER, False), (Period(date(2025, 1, 1), date(2025, 3, 30)), True)):
        hours = invoice_hours(vault, client_id=client.id, period=period, step=15)
        assert (SHORT in hours.warnings) is warned


def test_talks_of_a_destroyed_case_count_in_its_whole_year_and_are_missed_aloud_in_a_part(vault: Vault) -> None:
    case = a_case(vault)
    a_talk(vault, case, on=date(2025, 3, 5), minutes=60)
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=date(2025, 9, 1))
    destroy_case(vault, case_id=case.id, now=NOW)
    year = invoice_hours(vault, client_id=case.client, period=Period.year(2025), step=15)
    part = invoice_hours(vault, client_id=case.client, period=QUARTER, step=15)
    assert (year.worked.minutes, year.warnings) == (60, ())
    assert (part.worked.minutes, part.warnings) == (0, (CUT,))
    other = a_client(vault, "Gemeente Waterveen")
    assert invoice_hours(vault, client_id=other.id, period=QUARTER, step=15).warnings == ()
