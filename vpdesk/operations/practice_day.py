"""The day at which the clock of a practice vault stands; apart, so that opening one does not load what makes one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

TODAY: Final = "oefenkluis.vandaag"


@understood()
def practice_today(vault: Vault) -> date:
    """Return the day on which the invented year of a practice vault ends: 20 January after it."""
    return date.fromisoformat(vault.settings.get(TODAY))
