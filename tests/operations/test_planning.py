"""An activity is planned, moved like anything on Vandaag, and written down once, which can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_client
from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.ids import ReminderId
from vpdesk.domain.periods import Period
from vpdesk.domain.planned import INTERVISION, Planned
from vpdesk.domain.worklog import Activity
from vpdesk.operations.planning import (
    get_planned,
    next_intervision,
    plan_activity,
    take_back_planned,
    unplan,
    write_planned,
)
from vpdesk.operations.today import drop_reminder, postpone_reminder, today_items
from vpdesk.operations.worklog import NEW, activities

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


def test_the_next_intervisie_is_the_first_that_is_still_open(vault: Vault) -> None:
    assert next_intervision(vault) is None
    later = plan_activity(vault, Planned(INTERVISION, TODAY + timedelta(days=9), "13:30"))
    first = plan_activity(vault, Planned(INTERVISION, TODAY + timedelta(days=2)))
    plan_activity(vault, Planned("overleg or", TODAY, client=a_client(vault).id))
    assert next_intervision(vault) == first
    postpone_reminder(vault, reminder_id=first.reminder, due=TODAY + timedelta(days=10))
    assert next_intervision(vault) == later
    drop_reminder(vault, reminder_id=later.reminder, on=TODAY)
    found = next_intervision(vault)
    assert found is not None
    assert (found.reminder, found.on) == (first.reminder, TODAY + timedelta(days=10))
    assert [(item.title, item.case_code, item.client_name) for item in today_items(vault, today=TODAY)] == [
        ("Overleg OR", "", "Stichting Speelwijs"),
        ("Intervisie", "", ""),
    ]


def test_what_was_planned_is_written_down_once_and_comes_back_whole(vault: Vault) -> None:
    planned = plan_activity(vault, Planned(INTERVISION, TODAY, "9:00"))
    activity = write_planned(vault, Activity(NEW, TODAY, INTERVISION, 120), reminder_id=planned.reminder, on=TODAY)
    assert activities(vault, period=Period.year(TODAY.year)) == (activity,)
    assert today_items(vault, today=TODAY) == ()
    with pytest.raises(InvalidValueError, match="al afgehandeld"):
        write_planned(vault, Activity(NEW, TODAY, INTERVISION, 60), reminder_id=planned.reminder, on=TODAY)
    assert activities(vault, period=Period.year(TODAY.year)) == (activity,)
    take_back_planned(vault, activity, planned)
    assert activities(vault, period=Period.year(TODAY.year)) == ()
    assert get_planned(vault, planned.reminder) == planned


def test_a_plan_changes_and_goes(vault: Vault) -> None:
    planned = plan_activity(vault, Planned(INTERVISION, TODAY))
    changed = Planned("bijscholing", TODAY, "10:00", reminder=planned.reminder)
    assert plan_activity(vault, changed) == changed
    assert get_planned(vault, planned.reminder) == changed
    unplan(vault, planned.reminder)
    with pytest.raises(NotFoundError):
        get_planned(vault, planned.reminder)
    with pytest.raises(NotFoundError):
        plan_activity(vault, Planned(INTERVISION, TODAY, reminder=ReminderId(99)))
