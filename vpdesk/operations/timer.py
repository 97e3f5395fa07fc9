"""What a user asks for about the clock of a task: it lies in the vault, and runs on while vpdesk is locked or away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import AlreadyExistsError, NotFoundError
from vpdesk.domain.timer import Doubt, Timer

if TYPE_CHECKING:
    from datetime import datetime

    from vpdesk.domain.ids import ActivityId, ClientId
    from vpdesk.domain.worklog import Activity
    from vpdesk.store.vault import Vault

RUNS_ALREADY: Final = "Er loopt al een klok. Er is niets veranderd. Stop die eerst, of laat hem lopen."
RUNS_NOT: Final = "Er loopt geen klok meer. Er is niets bewaard. Leg de activiteit vast met ‘Activiteit’."


@dataclass(frozen=True, slots=True)
class Running:
    """The clock that runs, with what it says now; `since` is the time on the wall at which it began."""

    timer: Timer
    since: datetime
    minutes: int
    doubt: Doubt
    client_name: str


def start_timer(
    vault: Vault, *, now: datetime, task: str, client_id: ClientId | None = None, title: str = ""
) -> Running:
    """Let a clock run from now on.

    Raises:
        AlreadyExistsError: one runs; it goes on.
        InvalidValueError: the task is not in the list.
    """
    timer = Timer(task, now.astimezone(UTC), now.date(), client_id, title.strip())
    with vault.transaction():
        if vault.worklog.timer() is not None:
            raise AlreadyExistsError(RUNS_ALREADY)
        vault.worklog.put_timer(timer)
    return _running(vault, timer, now)


def running_timer(vault: Vault, *, now: datetime) -> Running | None:
    """Return the clock that runs, None where none does."""
    timer = vault.worklog.timer()
    return None if timer is None else _running(vault, timer, now)


def stop_timer(vault: Vault, *, activity: Activity) -> tuple[Activity, Timer]:
    """End the clock and write what was done, in one; return both, so that it can be taken back.

    Raises:
        NotFoundError: no clock runs any more; nothing was written.
    """
    with vault.transaction():
        timer = _ended(vault)
        return vault.worklog.add(activity), timer


def drop_timer(vault: Vault) -> Timer:
    """End the clock and write nothing; raises NotFoundError where none runs."""
    with vault.transaction():
        return _ended(vault)


def resume_timer(vault: Vault, timer: Timer, *, instead_of: ActivityId | None = None) -> None:
    """Let a clock that was ended run on as if it never was, instead of the activity that came of it.

    Raises:
        AlreadyExistsError: another one runs by now.
    """
    with vault.transaction():
        if vault.worklog.timer() is not None:
            raise AlreadyExistsError(RUNS_ALREADY)
        if instead_of is not None:
            vault.worklog.delete(instead_of)
        vault.worklog.put_timer(timer)


def _ended(vault: Vault) -> Timer:
    timer = vault.worklog.timer()
    if timer is None:
        raise NotFoundError(RUNS_NOT)
    vault.worklog.drop_timer()
    return timer


def _running(vault: Vault, timer: Timer, now: datetime) -> Running:
    moment = now.astimezone(UTC)
    return Running(
        timer=timer,
        since=timer.started.astimezone().replace(tzinfo=None),
        minutes=timer.minutes(moment),
        doubt=timer.doubt(moment),
        client_name="" if timer.client is None else vault.clients.get(timer.client).name,
    )
