"""Checks an open vault for damage: quickly once a day, in full once a week and on demand."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultError
from vpdesk.operations.places import LAST, MOVING

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

CHECKED: Final = "checked"
CHECKED_FULLY: Final = "checked_fully"
FULLY_EVERY: Final = timedelta(days=7)
DAMAGED: Final = (
    "De kluis is beschadigd: niet alles erin is nog te vertrouwen. Zet de nieuwste goede reservekopie terug. "
    "De kluis van nu en uw kopieën blijven bewaard."
)


def check_vault(vault: Vault, *, full: bool, now: datetime) -> bool:
    """Return whether every page is authentic and, when `full`, whether structure, references and search index hold.

    A sound vault remembers when it was checked, where its disk has room; one that is not gets nothing written in it.
    Nor does one of which a move left another, that goes only while neither was changed.
    """
    sound = vault.integrity(full=full)
    if sound and not vault.read_only and not vault.settings.get(MOVING):
        with contextlib.suppress(VaultError):  # as on a full disk: it is checked again the sooner
            _remember(vault, (CHECKED, CHECKED_FULLY) if full else (CHECKED,), now)
    return sound


def check_if_due(vault: Vault, *, now: datetime) -> bool:
    """Check a vault that was not checked today, in full when that was a week ago; return False where it is damaged."""
    full = _full_check_due(vault, now)
    if not full and _moment(vault, CHECKED).date() == now.date():
        return True
    return check_vault(vault, full=full, now=now)


def _full_check_due(vault: Vault, now: datetime) -> bool:
    """Return whether a week went by; a check that lies in the future, after the clock was set back, does not count."""
    return not timedelta(0) <= now - _moment(vault, CHECKED_FULLY) < FULLY_EVERY


def _moment(vault: Vault, name: str) -> datetime:
    text = vault.settings.get(name)
    return datetime.fromisoformat(text) if text else datetime.min  # noqa: DTZ901 - local time, as everywhere here


def _remember(vault: Vault, names: tuple[str, ...], now: datetime) -> None:
    """Note the moment; that alone is no change for which another backup is worth making."""
    with vault.transaction():
        for name in names:
            vault.settings.put(name, now.isoformat())
        record = json.loads(vault.settings.get(LAST) or "{}")
        if record.get("revision") == vault.revision:
            vault.settings.put(LAST, json.dumps(record | {"revision": vault.revision + 1}))
