"""Organisations are found by name whatever the capitals, and a promised threshold never goes down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import a_case, a_client
from vpdesk.domain.checklists import ItemState
from vpdesk.domain.clients import Agreed
from vpdesk.domain.errors import AlreadyExistsError, InvalidValueError, NotFoundError
from vpdesk.domain.ids import ClientId
from vpdesk.operations.cases import close_case
from vpdesk.operations.clients import (
    add_client,
    add_unit,
    agreements,
    change_client,
    check_agreement,
    client_by_name,
    client_rows,
    clients,
    family,
    get_client,
    units,
)

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


AGREED = Agreed(
    fields=("vpoo", "vpi"),
    since=date(2024, 1, 1),
    until=date(2027, 12, 31),
    minutes=480,
    per="maand",
    manager="Gemeentesecretaris",
    own_roles=("anders",),
    confidentiality="Niemand hoort wie belt.",
    breaking="Alleen bij acuut gevaar.",
    controller="De vertrouwenspersoon zelf",
    report_by=(3, 1),
    recipients="Directie en OR tegelijk",
    meldregeling="https://intranet.example/meldregeling",
    klachtenregeling="Op intranet",
    onderzoeksprotocol="Bij HR",
)


def test_a_client_comes_back_as_it_was_given(vault: Vault) -> None:
    client = add_client(
        vault,
        name="  Gemeente Esdoornveen ",
        appointment="intern",
        threshold=8,
        year_starts_in=9,
        contact="Griffier",
        agreements="Verslag in maart",
        statistics=("onderdeel",),
        agreed=AGREED,
    )
    assert client.name == "Gemeente Esdoornveen"
    assert get_client(vault, client.id) == client
    assert client_by_name(vault, "gemeente ESDOORNVEEN ") == client
    assert client_by_name(vault, "Gemeente") is None
    with pytest.raises(NotFoundError):
        get_client(vault, ClientId(99))


def test_clients_stand_by_name(vault: Vault) -> None:
    names = ["Zorggroep", "anker", "Molen"]
    for name in names:
        add_client(vault, name=name)
    assert [client.name for client in clients(vault)] == ["anker", "Molen", "Zorggroep"]


def test_a_name_is_given_once(vault: Vault) -> None:
    add_client(vault, name="Anker")
    with pytest.raises(AlreadyExistsError, match="Anker"):
        add_client(vault, name="anker")
    other = add_client(vault, name="Molen")
    with pytest.raises(AlreadyExistsError, match="Anker"):
        change_client(vault, replace(other, name="ANKER"))
    assert change_client(vault, replace(other, name="molen")).name == "molen"


def test_the_checklist_of_agreements_is_dated_and_each_clients_own(vault: Vault) -> None:
    client, other = a_client(vault), add_client(vault, name="Anker")
    day = date(2026, 1, 5)
    assert {item.state for item in agreements(vault, client.id)} == {ItemState.NOG_NIET}
    for state in (ItemState.NIET_NODIG, ItemState.GEDAAN):
        check_agreement(vault, client_id=client.id, code="verslag", state=state, on=day)
    done = [item for item in agreements(vault, client.id) if item.on is not None]
    assert [(item.item.code, item.state, item.on) for item in done] == [("verslag", ItemState.GEDAAN, day)]
    assert not [item for item in agreements(vault, other.id) if item.on is not None]
    with pytest.raises(InvalidValueError, match="niet in de lijst"):
        check_agreement(vault, client_id=client.id, code="koffie", state=ItemState.GEDAAN, on=day)
    with pytest.raises(NotFoundError):
        check_agreement(vault, client_id=ClientId(99), code="verslag", state=ItemState.GEDAAN, on=day)


def test_the_threshold_goes_up_and_never_down(vault: Vault) -> None:
    client = add_client(vault, name="Anker", threshold=8)
    assert change_client(vault, replace(client, threshold=9)).threshold == 9
    with pytest.raises(InvalidValueError, match="alleen omhoog"):
        change_client(vault, replace(client, threshold=8))
    assert get_client(vault, client.id).threshold == 9


def test_units_belong_to_one_client_and_keep_their_order(vault: Vault) -> None:
    client = a_client(vault)
    other = add_client(vault, name="Anker")
    made = [add_unit(vault, client_id=client.id, name=name) for name in ("Zuid", " Noord ")]
    add_unit(vault, client_id=other.id, name="Zuid")
    assert units(vault, client.id) == tuple(made)
    assert made[1].name == "Noord"
    with pytest.raises(AlreadyExistsError, match="zuid"):
        add_unit(vault, client_id=client.id, name="zuid")
    with pytest.raises(InvalidValueError):
        add_unit(vault, client_id=client.id, name=" ")
    with pytest.raises(NotFoundError):
        add_unit(vault, client_id=ClientId(99), name="Noord")


def test_the_list_counts_units_and_cases(vault: Vault) -> None:
    case = a_case(vault)
    a_case(vault)
    close_case(vault, case_id=case.id, outcome="onbekend", reason="onbekend", on=date(2025, 6, 1))
    add_unit(vault, client_id=case.client, name="Noord")
    (row,) = client_rows(vault)
    assert (row.id, row.units, row.cases, row.open_cases) == (case.client, 1, 2, 1)


def test_a_family_is_everything_under_the_same_highest_whole(vault: Vault) -> None:
    holding = add_client(vault, name="Holding")
    part, sister = (add_client(vault, name=name, part_of=holding.id) for name in ("Dochter", "Zus"))
    below = add_client(vault, name="Kleindochter", part_of=part.id)
    alone = add_client(vault, name="Anker")
    assert set(family(vault, below.id)) == {holding.id, part.id, sister.id}
    assert set(family(vault, holding.id)) == {part.id, sister.id, below.id}
    assert family(vault, alone.id) == ()
    assert get_client(vault, below.id).part_of == part.id
    for whole in (holding, below):
        with pytest.raises(InvalidValueError, match="onderdeel van zichzelf"):
            change_client(vault, replace(holding, part_of=whole.id))
    with pytest.raises(NotFoundError):
        add_client(vault, name="Los", part_of=ClientId(99))
