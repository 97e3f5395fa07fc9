"""What became of units is only ever added to, and goes with the ledger into a restored copy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.store.test_merge import client, publish
from tests.vault_kit import make
from vpdesk.domain.units import UnitChange
from vpdesk.operations.clients import rename_unit
from vpdesk.operations.units import end_unit, merge_units, take_back
from vpdesk.store.merge import merge_ledger
from vpdesk.store.units import UnitEventStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault

JULY = date(2026, 7, 1)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Vault]:
    with make(tmp_path / "oud")[1] as vault:
        yield vault


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Vault]:
    with make(tmp_path / "nieuw")[1] as vault:
        yield vault


def test_what_is_taken_back_stays_written(old: Vault) -> None:
    number = client(old, "Anker", "Noord", "West", "Zuid")
    north, west, _ = old.clients.units(number)
    done = merge_units(old, client_id=number, merged=(north.id, west.id), name="Noordwest", on=JULY)
    rename_unit(old, north, name="Noorden", on=JULY)
    take_back(old, done)
    (event,) = UnitEventStore(old.connection).of_client(number)
    assert (event.kind, event.was, event.became, event.on) == (UnitChange.HERNOEMD, "Noord", "Noorden", JULY)
    kept = old.connection.execute("SELECT kind, takes_back IS NOT NULL FROM unit_events ORDER BY id").fetchall()
    assert kept == [("samengevoegd", 0), ("samengevoegd", 0), ("hernoemd", 0), ("samengevoegd", 1), ("samengevoegd", 1)]


@pytest.mark.parametrize("there", [(), ("Zuid", "Noord")])
def test_a_restored_copy_knows_what_became_of_units(old: Vault, new: Vault, there: tuple[str, ...]) -> None:
    number = client(old, "Anker", "Noord", "West", "Zuid")
    without = client(old, "Zonder verslag", "Noord")
    end_unit(old, client_id=without, unit_id=old.clients.units(without)[0].id, on=JULY)
    if there:
        client(new, "Ander", "Noord")
        client(new, "Anker", *there)
    north, west, south = old.clients.units(number)
    take_back(old, end_unit(old, client_id=number, unit_id=south.id, on=JULY))
    merge_units(old, client_id=number, merged=(north.id, west.id), name="Noordwest", on=JULY)
    publish(old, number, "een")
    for _ in range(2):
        merge_ledger(old, new)
        found = new.clients.by_name("Anker")
        assert found is not None
        units = {unit.name: unit for unit in new.clients.units(found.id)}
        assert units["Noord"].into == units["West"].into == units["Noordwest"].id
        assert {unit.name: unit.until for unit in units.values()} == {
            "Noord": JULY, "West": JULY, "Zuid": None, "Noordwest": None,
        }  # fmt: skip
        assert units["Noordwest"].since == JULY
        written = new.connection.execute("SELECT count(*) FROM unit_events").fetchone()
        assert written == (5,), "and nothing about an organisation that nothing was said of"
