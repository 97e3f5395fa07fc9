"""Which parts of the work log the reports of an organisation have: chosen once, kept for the reports after it."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.report_work import NO_WORK, TOLD, Work, WorkPart, work_told
from vpdesk.domain.worklog import UPKEEP
from vpdesk.store.stored import understood
from vpdesk.store.vault import Vault

WORK: Final = "report_work"

_YEAR: Final = 365


@understood()
def work_parts(vault: Vault, client_id: ClientId) -> frozenset[WorkPart]:
    """Return the chosen parts; none before anything was chosen.

    Raises:
        VaultDamagedError: what is kept there can't be understood.
    """
    return frozenset(map(WorkPart, json.loads(vault.settings.get(f"{WORK}:{client_id}", "[]"))))


def choose_work(vault: Vault, client_id: ClientId, parts: Iterable[WorkPart]) -> frozenset[WorkPart]:
    """Keep which parts reports have; one that is out stays as it is."""
    chosen = frozenset(parts)
    with vault.transaction():
        vault.settings.put(f"{WORK}:{client_id}", json.dumps(sorted(chosen)))
    return chosen


def work_of(vault: Vault, client_id: ClientId, period: Period) -> Work:
    """Return what a report tells of the work log; upkeep that is for no organisation in particular counts for each."""
    parts = work_parts(vault, client_id)
    if not parts:
        return NO_WORK
    log = vault.worklog.of_tasks(TOLD)
    own = (a for a in log if a.client == client_id or (a.client is None and a.task in UPKEEP))
    return work_told(parts, own, period, since=date.fromordinal(max(1, period.first.toordinal() - _YEAR)))
