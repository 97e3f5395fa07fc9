"""What left the house is carried over once, to the right organisation, whatever became of names and numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW, make
from vpdesk.domain.cases import Client
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.statements import Audience
from vpdesk.operations.cases import open_case
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER, merge_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Vault]:
    _, vault = make(tmp_path / "oud")
    with vault:
        yield vault


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Vault]:
    _, vault = make(tmp_path / "nieuw")
    with vault:
        yield vault


def client(vault: Vault, name: str, *units: str) -> ClientId:
    with vault.transaction():
        made = vault.clients.add(Client(id=ClientId(0), name=name)).id
        for unit in units:
            vault.clients.add_unit(made, unit)
    return made


def publish(vault: Vault, to: ClientId, sha256: str) -> None:
    with vault.transaction():
        vault.ledger.add(
            Publication(
                id=PublicationId(0),
                client=to,
                period=Period(date(2025, 1, 1), date(2025, 12, 31)),
                audience=Audience.OR,
                exported=NOW,
                threshold=5,
                statements=(),
                pattern=(),
                sha256=sha256,
                pdf=b"%PDF",
                title="Jaarverslag",
                author="",
            )
        )


def ledger(vault: Vault) -> dict[str, list[str]]:
    return {c.name: [p.sha256 for p in vault.ledger.publications(c.id)] for c in vault.clients.all()}


def test_an_organisation_is_the_one_of_that_name_whatever_its_number(old: Vault, new: Vault) -> None:
    client(new, "Stichting Eik")
    client(new, "Gemeente Waterveen")
    publish(old, client(old, "gemeente waterveen"), "een")
    assert merge_ledger(old, new) == 1
    assert ledger(new) == {"Stichting Eik": [], "Gemeente Waterveen": ["een"]}


@pytest.mark.parametrize("shared", ["case", "report"])
def test_an_organisation_that_changed_its_name_is_the_one_of_that_number_with_a_case_or_report_of_it(
    old: Vault, new: Vault, shared: str
) -> None:
    numbers = client(new, "Gemeente Veen"), client(old, "Gemeente Waterveen")
    for vault, number in zip((new, old), numbers, strict=True):
        if shared == "report":
            publish(vault, number, "eerder")
        else:
            open_case(vault, client=number, opened=date(2025, 3, 4))
    publish(old, numbers[1], "een")
    merge_ledger(old, new, unsure_from=NOW.isoformat())
    assert ledger(new)["Gemeente Veen"][-1:] == ["een"]
    assert new.settings.get(LEDGER_UNKNOWN_AFTER) == ""


def test_a_number_that_was_given_to_another_organisation_since_is_not_that_one(old: Vault, new: Vault) -> None:
    client(new, "Stichting B")
    publish(old, client(old, "Bedrijf C"), "een")
    merge_ledger(old, new, unsure_from=NOW.isoformat())
    assert ledger(new) == {"Stichting B": [], "Bedrijf C": ["een"]}
    assert new.settings.get(LEDGER_UNKNOWN_AFTER) == NOW.isoformat(), "it may be another name of the same"


def test_an_organisation_that_is_new_comes_along_with_its_units(old: Vault, new: Vault) -> None:
    client(new, "Stichting Eik")
    client(old, "Stichting Eik")
    publish(old, client(old, "Gemeente Waterveen", "Buitendienst", "Griffie"), "een")
    client(old, "Zonder verslag", "Niets")
    merge_ledger(old, new)
    assert ledger(new) == {"Stichting Eik": [], "Gemeente Waterveen": ["een"]}
    found = new.clients.by_name("Gemeente Waterveen")
    assert found is not None
    assert {unit.name for unit in new.clients.units(found.id)} == {"Buitendienst", "Griffie"}


def test_a_second_time_carries_nothing_and_units_stay_single(old: Vault, new: Vault) -> None:
    publish(old, client(old, "Gemeente Waterveen", "Griffie"), "een")
    client(new, "Gemeente Waterveen", "Griffie")
    assert merge_ledger(old, new) == 1
    assert merge_ledger(old, new) == 0
    (found,) = new.clients.all()
    assert [unit.name for unit in new.clients.units(found.id)] == ["Griffie"]


def test_counters_never_go_back_and_the_earliest_doubt_stands(old: Vault, new: Vault) -> None:
    for doubt in ("2026-02-01T10:00:00", "2026-01-01T10:00:00"):
        with old.transaction():
            old.settings.put(LEDGER_UNKNOWN_AFTER, doubt)
            old.connection.execute("UPDATE vault SET backup_sequence = 9")
        merge_ledger(old, new)
        assert new.revision > old.revision
        assert new.connection.execute("SELECT backup_sequence FROM vault").fetchone() == (9,)
        assert new.settings.get(LEDGER_UNKNOWN_AFTER) == doubt
    with old.transaction():
        old.settings.put(LEDGER_UNKNOWN_AFTER, "2026-03-01T10:00:00")
    merge_ledger(old, new)
    assert new.settings.get(LEDGER_UNKNOWN_AFTER) == "2026-01-01T10:00:00"
