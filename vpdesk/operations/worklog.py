"""What a user asks for about the work log and about years before vpdesk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.worklog import Activity, EarlierTotal

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Vault


def add_activity(
    vault: Vault,
    *,
    on: date,
    task: str,
    minutes: int,
    title: str = "",
    client_id: ClientId | None = None,
    reached: int | None = None,
) -> Activity:
    """Write an activity; raises InvalidValueError when the task is not in the list."""
    activity = Activity(
        id=ActivityId(0), on=on, task=task, minutes=minutes, title=title, client=client_id, reached=reached
    )
    with vault.transaction():
        return vault.worklog.add(activity)


def change_activity(vault: Vault, activity: Activity) -> Activity:
    """Write a changed activity."""
    with vault.transaction():
        vault.worklog.put(activity)
    return activity


def delete_activity(vault: Vault, *, activity_id: ActivityId) -> None:
    """Remove an activity; raises NotFoundError."""
    with vault.transaction():
        vault.worklog.delete(activity_id)


def activities(vault: Vault, *, period: Period, client_id: ClientId | None = None) -> tuple[Activity, ...]:
    """Return the activities in a period, the latest first; of one organisation when it is given."""
    return vault.worklog.rows(period, client=client_id)


def save_earlier_total(vault: Vault, *, client_id: ClientId, year: int, cases: int) -> EarlierTotal:
    """Write how many cases an organisation was told about in a year before vpdesk."""
    total = EarlierTotal(client_id, year, cases)
    with vault.transaction():
        vault.worklog.put_earlier_total(total)
    return total


def earlier_totals(vault: Vault, client_id: ClientId) -> tuple[EarlierTotal, ...]:
    """Return the totals of earlier years, in order of time."""
    return vault.worklog.earlier_totals(client_id)
