"""The work log keeps what was done, per period and organisation, and what earlier years counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import a_client
from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.ids import ActivityId
from vpdesk.domain.periods import Period
from vpdesk.operations.worklog import (
    activities,
    add_activity,
    change_activity,
    delete_activity,
    earlier_totals,
    save_earlier_total,
)

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)


def test_activities_stand_in_their_period_the_latest_first(vault: Vault) -> None:
    client = a_client(vault)
    talk = add_activity(
        vault,
        on=date(2025, 2, 6),
        task="voorlichting",
        minutes=90,
        title="Introductie",
        client_id=client.id,
        reached=24,
    )
    own = add_activity(vault, on=date(2025, 12, 31), task="intervisie", minutes=120)
    add_activity(vault, on=date(2026, 1, 1), task="intervisie", minutes=120)
    assert activities(vault, period=YEAR) == (own, talk)
    assert activities(vault, period=YEAR, client_id=client.id) == (talk,)


def test_an_activity_is_changed_and_removed(vault: Vault) -> None:
    activity = add_activity(vault, on=date(2025, 2, 6), task="artikel", minutes=90)
    changed = change_activity(vault, replace(activity, minutes=60, title="Personeelsblad"))
    assert activities(vault, period=YEAR) == (changed,)
    delete_activity(vault, activity_id=activity.id)
    assert activities(vault, period=YEAR) == ()
    with pytest.raises(NotFoundError):
        delete_activity(vault, activity_id=ActivityId(9))


def test_an_unknown_task_is_refused(vault: Vault) -> None:
    with pytest.raises(InvalidValueError):
        add_activity(vault, on=date(2025, 2, 6), task="onderzoek", minutes=90)


def test_an_earlier_total_is_written_over(vault: Vault) -> None:
    client = a_client(vault)
    save_earlier_total(vault, client_id=client.id, year=2024, cases=21)
    save_earlier_total(vault, client_id=client.id, year=2023, cases=17)
    save_earlier_total(vault, client_id=client.id, year=2024, cases=22)
    assert [(total.year, total.cases) for total in earlier_totals(vault, client.id)] == [(2023, 17), (2024, 22)]
