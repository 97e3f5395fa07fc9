"""Which chapters an organisation's reports leave out: kept with the organisation, for every period and edition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from vpdesk.domain.report_chapters import Skippable, Skipped
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Vault

SKIPPED: Final = "report_skipped"


@understood()
def skipped(vault: Vault, client_id: ClientId) -> Skipped:
    """Return the chapters that reports of an organisation leave out.

    Raises:
        VaultDamagedError: what is kept there can't be understood.
    """
    return frozenset(map(Skippable, json.loads(vault.settings.get(f"{SKIPPED}:{client_id}", "[]"))))


def skip(vault: Vault, client_id: ClientId, chapters: Iterable[Skippable]) -> Skipped:
    """Leave out these chapters and no others; a report that is out stays as it was."""
    chosen = frozenset(chapters)
    with vault.transaction():
        if chosen:
            kept = json.dumps([chapter.value for chapter in Skippable if chapter in chosen])
            vault.settings.put(f"{SKIPPED}:{client_id}", kept)
        else:
            vault.settings.drop(f"{SKIPPED}:{client_id}")
    return chosen
