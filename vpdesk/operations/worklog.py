"""What a user asks for about the work log, and about years before vpdesk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vpdesk.domain.balance import Balance
from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.worklog import ADVICE, Activity, EarlierTotal, FollowUp, WorkFilter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vpdesk.domain.clients import Client
    from vpdesk.domain.periods import Period
    from vpdesk.domain.worklog import Spent, WorkRow
    from vpdesk.store.vault import Vault

NEW = ActivityId(0)
"""The id of an activity that is not in the vault yet."""


@dataclass(frozen=True, slots=True)
class ClientTime:
    """Minutes for one organisation; the name is empty for what is for none."""

    client: ClientId | None
    name: str
    minutes: int


@dataclass(frozen=True, slots=True)
class WorkOverview:
    """What the page Activiteiten shows above its log.

    `quarters` are (number, balance) of the quarters in which anything was done, and none where the period is not part
    of one calendar year. `first` is the day of the very first activity or talk, None where there is neither.
    """

    first: date | None
    clients: tuple[Client, ...]
    balance: Balance
    quarters: tuple[tuple[int, Balance], ...]
    times: tuple[ClientTime, ...]


def add_activity(
    vault: Vault,
    *,
    on: date,
    task: str,
    minutes: int,
    title: str = "",
    client_id: ClientId | None = None,
    reached: int | None = None,
    follow_up: FollowUp | None = None,
    proof: str = "",
) -> Activity:
    """Write an activity; raises InvalidValueError when the task is not in the list, or a field does not go with it."""
    activity = Activity(
        id=NEW,
        on=on,
        task=task,
        minutes=minutes,
        title=title.strip(),
        client=client_id,
        reached=reached,
        follow_up=follow_up,
        proof=proof.strip(),
    )
    with vault.transaction():
        return vault.worklog.add(activity)


def get_activity(vault: Vault, activity_id: ActivityId) -> Activity:
    """Return an activity; raises NotFoundError."""
    return vault.worklog.get(activity_id)


def change_activity(vault: Vault, activity: Activity) -> Activity:
    """Write a changed activity; raises NotFoundError when it was removed meanwhile."""
    with vault.transaction():
        vault.worklog.put(activity)
    return activity


def delete_activity(vault: Vault, *, activity_id: ActivityId) -> Activity:
    """Remove an activity and return it, so that it can be put back; raises NotFoundError."""
    with vault.transaction():
        activity = vault.worklog.get(activity_id)
        vault.worklog.delete(activity_id)
    return activity


def write_activity(vault: Vault, activity: Activity) -> Activity:
    """Write an activity that is not in the vault, or not any more, under a number of its own."""
    with vault.transaction():
        return vault.worklog.add(activity)


def note_follow_up(vault: Vault, *, activity_id: ActivityId, follow_up: FollowUp) -> Activity:
    """Write what an organisation did with advice or a signal.

    Raises:
        InvalidValueError: it is no advice, or the day lies before it.
        NotFoundError: it was removed meanwhile.
    """
    with vault.transaction():
        changed = replace(vault.worklog.get(activity_id), follow_up=follow_up)
        vault.worklog.put(changed)
    return changed


def activities(vault: Vault, *, period: Period, client_id: ClientId | None = None) -> tuple[Activity, ...]:
    """Return the activities in a period, the latest first; of one organisation when it is given."""
    return vault.worklog.rows(period, client=client_id)


def advice_given(vault: Vault, *, client_id: ClientId | None = None, limit: int = -1) -> tuple[Activity, ...]:
    """Return the signals and the advice, asked for or not, the latest first."""
    return vault.worklog.of_tasks(ADVICE, client=client_id, limit=limit)


def work_log(vault: Vault, filter: WorkFilter, *, limit: int, offset: int = 0) -> tuple[WorkRow, ...]:  # noqa: A002 - as for cases
    """Return one page of the log, the latest first; the talks of a day are one line, without their cases."""
    return vault.worklog.log(filter, limit=limit, offset=offset)


def count_lines(vault: Vault, filter: WorkFilter) -> int:  # noqa: A002 - idem
    """Return how many lines the log has."""
    return vault.worklog.lines(filter)


def overview(vault: Vault, *, period: Period, client_id: ClientId | None = None) -> WorkOverview:
    """Return what stands above the log: the balance in a period, and the time for each organisation.

    The balance is of one organisation where it is given. Two queries beside the list of organisations.
    """
    clients = vault.clients.all()
    spent = vault.worklog.spent(period)
    balanced = [item for item in spent if client_id is None or item.client == client_id]
    return WorkOverview(
        first=vault.worklog.first_day(),
        clients=clients,
        balance=Balance.of(balanced),
        quarters=_quarters(balanced) if period.first.year == period.last.year else (),
        times=_times(spent, clients),
    )


def _quarters(spent: Iterable[Spent]) -> tuple[tuple[int, Balance], ...]:
    known = [(item.month, item) for item in spent if item.month is not None]
    found = [(n, Balance.of(item for month, item in known if (month.month + 2) // 3 == n)) for n in range(1, 5)]
    return tuple((number, balance) for number, balance in found if balance.total)


def _times(spent: Iterable[Spent], clients: Iterable[Client]) -> tuple[ClientTime, ...]:
    """Return the time for each organisation that took any, the most first; what is for none comes last."""
    sums: dict[ClientId | None, int] = {}
    for item in spent:
        sums[item.client] = sums.get(item.client, 0) + item.minutes
    found = [ClientTime(c.id, c.name, sums[c.id]) for c in clients if sums.get(c.id)]
    ordered = sorted(found, key=lambda time: (-time.minutes, time.name.casefold()))
    return (*ordered, *([ClientTime(None, "", sums[None])] if sums.get(None) else []))


def save_earlier_total(vault: Vault, *, client_id: ClientId, year: int, cases: int) -> EarlierTotal:
    """Write how many cases an organisation was told about in a year before vpdesk."""
    total = EarlierTotal(client_id, year, cases)
    with vault.transaction():
        vault.worklog.put_earlier_total(total)
    return total


def earlier_totals(vault: Vault, client_id: ClientId) -> tuple[EarlierTotal, ...]:
    """Return the totals of earlier years, in order of time."""
    return vault.worklog.earlier_totals(client_id)
