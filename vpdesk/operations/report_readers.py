"""Whether the edition for the employer is one for the staff too: kept with the organisation, for every period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Vault

STAFF: Final = "report_staff"


def is_for_staff(vault: Vault, client_id: ClientId) -> bool:
    """Return whether the edition for the employer of an organisation is for the staff too; not before it was chosen."""
    return vault.settings.get(f"{STAFF}:{client_id}") == "1"


def choose_staff(vault: Vault, client_id: ClientId, *, staff: bool) -> None:
    """Keep for whom that edition is; a report that is out stays as it was."""
    with vault.transaction():
        if staff:
            vault.settings.put(f"{STAFF}:{client_id}", "1")
        else:
            vault.settings.drop(f"{STAFF}:{client_id}")
