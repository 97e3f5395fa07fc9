"""What the advisor writes beside the numbers is kept by report and chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.casework import a_client
from vpdesk.domain.periods import Period

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


def test_a_finding_is_written_over_and_an_empty_one_is_gone(vault: Vault) -> None:
    client, year = a_client(vault).id, Period.year(2025)
    with vault.transaction():
        vault.findings.put(client, year, "signalen", "Eerst dit")
        vault.findings.put(client, year, "signalen", "Dan dat")
        vault.findings.put(client, year, "advies", "Raad")
        vault.findings.put(client, Period.year(2024), "advies", "Oude raad")
    assert vault.findings.get(client, year) == {"advies": "Raad", "signalen": "Dan dat"}
    with vault.transaction():
        vault.findings.put(client, year, "advies", " \n")
    assert vault.findings.get(client, year) == {"signalen": "Dan dat"}
    assert vault.findings.get(client, Period.year(2024)) == {"advies": "Oude raad"}
