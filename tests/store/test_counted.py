"""Which cases a report counted stays in the vault, as long as the cases do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import a_case, a_client
from tests.store.test_ledger import publication
from vpdesk.domain.errors import VaultDamagedError
from vpdesk.domain.ids import CaseId
from vpdesk.domain.periods import Period
from vpdesk.store.counted import CountedStore
from vpdesk.store.remains import RemainsStore

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)


def test_how_cases_counted_comes_back_and_goes_with_the_case(vault: Vault) -> None:
    store = CountedStore(vault.connection)
    first, second = a_case(vault), a_case(vault, date(2025, 1, 2))
    a_case(vault, date(2024, 12, 31))
    assert store.numbers(a_client(vault).id, YEAR) == (first.id, second.id)
    facts = vault.cases.facts(a_client(vault).id, YEAR, ())
    assert [fact.opened for fact in facts] == [first.opened, second.opened]  # one for one
    counted = {first.id: {"rol": "melder"}, second.id: {"rol": "één"}}
    with vault.transaction():
        out = vault.ledger.add(publication(a_client(vault).id))
        store.keep(out.id, counted | {CaseId(99): {"rol": "melder"}})  # destroyed while the report was made
    assert store.of(out.id) == counted
    with vault.transaction():
        RemainsStore(vault.connection).remove_case(first.id)
    assert store.of(out.id) == {second.id: {"rol": "één"}}


@pytest.mark.parametrize("text", ["[]", '{"rol": 3}', "{", '"rol"'])
def test_what_is_no_record_of_codes_is_not_understood(vault: Vault, text: str) -> None:
    store, case = CountedStore(vault.connection), a_case(vault)
    with vault.transaction():
        out = vault.ledger.add(publication(case.client))
        store.keep(out.id, {case.id: {}})
        vault.connection.execute("UPDATE counted_cases SET codes = ?", (text,))
    with pytest.raises(VaultDamagedError):
        store.of(out.id)
