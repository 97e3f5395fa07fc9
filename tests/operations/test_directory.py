"""The directory grows with the user's own entries; what ships can be changed and hidden, and comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_client
from vpdesk.domain.directory import NATIONAL, DirectoryEntry, national
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.ids import ClientId, DirectoryId
from vpdesk.operations.directory import directory, hide_entry, looked_over, offered, remove_entry, save_entry

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

OWN = DirectoryEntry(
    DirectoryId(0), "Buurtteam Zuid", "maatschappelijk werk", "Schulden", "Balie", "Vraag naar de wijk"
)


def test_a_new_vault_has_the_national_bodies_and_keeps_none_of_them(vault: Vault) -> None:
    assert directory(vault) == NATIONAL
    assert vault.directory.kept() == ()


def test_an_own_entry_comes_back_changed_and_goes(vault: Vault) -> None:
    made = save_entry(vault, replace(OWN, client=a_client(vault).id))
    assert directory(vault)[0] == made
    changed = looked_over(vault, replace(made, reach="Loket"), on=TODAY)
    assert directory(vault)[0] == changed == replace(made, reach="Loket", checked=TODAY)
    remove_entry(vault, changed)
    assert directory(vault) == NATIONAL
    for again in (lambda: remove_entry(vault, changed), lambda: save_entry(vault, changed)):
        with pytest.raises(NotFoundError, match="Er is niets veranderd"):
            again()


def test_a_national_body_is_changed_once_hidden_and_put_back(vault: Vault) -> None:
    first = looked_over(vault, national("huisarts"), on=date(2025, 1, 1))
    changed = save_entry(vault, replace(first, reach="Zie de praktijk"))
    hidden = hide_entry(vault, changed, hidden=True)
    assert len(vault.directory.kept()) == 1
    (found,) = [entry for entry in directory(vault) if entry.shipped == "huisarts"]
    assert found == hidden
    assert (found.reach, found.checked, found.hidden) == ("Zie de praktijk", date(2025, 1, 1), True)
    remove_entry(vault, found)
    assert directory(vault) == NATIONAL
    with pytest.raises(InvalidValueError, match="wel verbergen"):
        remove_entry(vault, national("huisarts"))


def test_nothing_hidden_and_nothing_of_another_organisation_is_offered(vault: Vault) -> None:
    here, there = a_client(vault).id, a_client(vault, "Gemeente Waterveen").id
    mine = save_entry(vault, replace(OWN, client=here))
    save_entry(vault, replace(OWN, name="Bedrijfsarts van de gemeente", client=there))
    everyone = save_entry(vault, replace(OWN, name="Voor iedereen"))
    hide_entry(vault, national("sport"), hidden=True)
    found = offered(vault, here)
    assert found[:2] == (mine, everyone)
    assert {entry.shipped for entry in found[2:]} == {entry.shipped for entry in NATIONAL} - {"sport"}


def test_what_is_not_there_is_refused(vault: Vault) -> None:
    with pytest.raises(NotFoundError):
        save_entry(vault, replace(OWN, client=ClientId(99)))
    with pytest.raises(InvalidValueError, match="landelijke adres"):
        save_entry(vault, replace(OWN, shipped="toverij"))
    assert vault.directory.kept() == ()


@pytest.mark.parametrize("sql", ["UPDATE directory SET kind = 'x'", "UPDATE directory SET checked = 'ooit'"])
def test_what_no_vpdesk_wrote_is_refused(vault: Vault, sql: str) -> None:
    save_entry(vault, OWN)
    vault.connection.execute(sql)
    with pytest.raises(VaultDamagedError):
        directory(vault)
