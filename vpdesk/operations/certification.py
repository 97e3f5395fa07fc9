"""What a user asks for about keeping up her certificate: what the register asks, and how far she is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain.certification import Progress, Scheme
from vpdesk.domain.worklog import UPKEEP
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.domain.worklog import Activity
    from vpdesk.store.vault import Vault

SETTING: Final = "certification"


@dataclass(frozen=True, slots=True)
class Certification:
    """How far she is, and the activities that count, the latest first."""

    progress: Progress
    activities: tuple[Activity, ...]


@understood()
def scheme(vault: Vault) -> Scheme | None:
    """Return what the register asks, None as long as the user has not said when her period began."""
    kept = vault.settings.get(SETTING)
    if not kept:
        return None
    found = json.loads(kept)
    first, second, third = (int(hours) for hours in found["hours"])
    return Scheme(
        start=date.fromisoformat(found["start"]),
        years=int(found["years"]),
        hours=(first, second, third),
        checked=None if found["checked"] is None else date.fromisoformat(found["checked"]),
    )


def save_scheme(vault: Vault, scheme: Scheme) -> Scheme:
    """Write what the register asks."""
    kept = {
        "start": scheme.start.isoformat(),
        "years": scheme.years,
        "hours": scheme.hours,
        "checked": None if scheme.checked is None else scheme.checked.isoformat(),
    }
    with vault.transaction():
        vault.settings.put(SETTING, json.dumps(kept))
    return scheme


def certification(vault: Vault) -> Certification | None:
    """Return how far she is, None as long as the user has not said when her period began."""
    asked = scheme(vault)
    if asked is None:
        return None
    done = vault.worklog.of_tasks(UPKEEP, period=asked.period)
    return Certification(Progress.of(asked, done), done)
