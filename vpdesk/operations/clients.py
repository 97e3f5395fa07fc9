"""What a user asks for about organisations and their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain.checklists import AGREEMENTS, CheckedItem, ItemState
from vpdesk.domain.clients import LOWEST_THRESHOLD, NOTHING_AGREED, Agreed, Client, Unit
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.units import UnitChange
from vpdesk.store.units import UnitEventStore

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.rows import ClientRow
    from vpdesk.store.vault import Vault


def add_client(
    vault: Vault,
    *,
    name: str,
    appointment: str = "extern",
    threshold: int = LOWEST_THRESHOLD,
    year_starts_in: int = 1,
    contact: str = "",
    agreements: str = "",
    statistics: tuple[str, ...] = (),
    part_of: ClientId | None = None,
    agreed: Agreed = NOTHING_AGREED,
) -> Client:
    """Write a new organisation.

    Raises:
        AlreadyExistsError: the name is taken.
        NotFoundError: what it is part of is not there.
    """
    client = Client(
        id=ClientId(0),
        name=name.strip(),
        appointment=appointment,
        threshold=threshold,
        year_starts_in=year_starts_in,
        contact=contact,
        agreements=agreements,
        statistics=statistics,
        part_of=part_of,
        agreed=agreed,
    )
    with vault.transaction():
        if part_of is not None:
            vault.clients.get(part_of)
        return vault.clients.add(client)


def change_client(vault: Vault, client: Client) -> Client:
    """Write a changed organisation.

    Raises:
        InvalidValueError: the threshold goes down, since what was promised to earlier people stands; or it would be
            part of itself.
        AlreadyExistsError: another organisation has the name.
    """
    with vault.transaction():
        if client.part_of is not None and client.id in _wholes(vault, client.part_of):
            raise InvalidValueError(
                "Zo zou de organisatie een onderdeel van zichzelf zijn. Er is niets veranderd. Kies een andere."
            )
        if client.threshold < vault.clients.get(client.id).threshold:
            raise InvalidValueError(
                "De drempelwaarde kan alleen omhoog: lager zou eerdere verslagen herleidbaar maken. "
                "De oude drempelwaarde blijft staan."
            )
        vault.clients.put(client)
    return client


def family(vault: Vault, client_id: ClientId) -> tuple[ClientId, ...]:
    """Return the other organisations whose reports a reader of this one may hold: all under the same highest whole."""
    top = _wholes(vault, client_id)[-1]
    return tuple(c.id for c in vault.clients.all() if c.id != client_id and _wholes(vault, c.id)[-1] == top)


def _wholes(vault: Vault, client_id: ClientId) -> tuple[ClientId, ...]:
    """Return an organisation, the one it is part of, and so on."""
    part_of = {client.id: client.part_of for client in vault.clients.all()}
    found = [client_id]
    while (whole := part_of[found[-1]]) is not None and whole not in found:
        found.append(whole)
    return tuple(found)


def clients(vault: Vault) -> tuple[Client, ...]:
    """Return all organisations by name."""
    return vault.clients.all()


def client_rows(vault: Vault) -> tuple[ClientRow, ...]:
    """Return what the list of organisations shows, by name."""
    return vault.clients.rows()


def get_client(vault: Vault, client_id: ClientId) -> Client:
    """Return an organisation; raises NotFoundError."""
    return vault.clients.get(client_id)


def client_by_name(vault: Vault, name: str) -> Client | None:
    """Return the organisation of that name whatever its capitals, None when there is none."""
    return vault.clients.by_name(name)


def add_unit(vault: Vault, *, client_id: ClientId, name: str) -> Unit:
    """Write a part of an organisation; raises AlreadyExistsError when it has one of that name."""
    name = unit_name(name)
    with vault.transaction():
        vault.clients.get(client_id)
        return vault.clients.add_unit(client_id, name)


def rename_unit(vault: Vault, unit: Unit, *, name: str, on: date | None = None) -> Unit:
    """Give a part of an organisation another name; reports that are out keep theirs, and go on counting as the same.

    The old name is kept, with the day where it is known.

    Raises:
        AlreadyExistsError: another part of the organisation has that name.
        InvalidValueError: there is no name.
        NotFoundError: the part is not there any more.
    """
    name = unit_name(name)
    with vault.transaction():
        renamed = vault.clients.rename_unit(unit.client, unit.id, name)
        if renamed.name != unit.name:
            events = UnitEventStore(vault.connection)
            events.add(unit.id, UnitChange.HERNOEMD, on=on, was=unit.name, became=renamed.name)
        return renamed


def unit_name(name: str) -> str:
    """Return a name on one line; raises InvalidValueError where none is left."""
    name = " ".join("".join(character if character.isprintable() else " " for character in name).split())
    if not name:
        raise InvalidValueError("Een onderdeel heeft een naam nodig. Er is niets bewaard.")
    return name


def units(vault: Vault, client_id: ClientId) -> tuple[Unit, ...]:
    """Return the parts of an organisation in the order in which they were added."""
    return vault.clients.units(client_id)


def agreements(vault: Vault, client_id: ClientId) -> tuple[CheckedItem, ...]:
    """Return the checklist of what is agreed on with an organisation."""
    touched = vault.clients.items(client_id)
    return tuple(CheckedItem(item, *touched.get(item.code, (ItemState.NOG_NIET, None))) for item in AGREEMENTS)


def check_agreement(vault: Vault, *, client_id: ClientId, code: str, state: ItemState, on: date) -> None:
    """Write what became of an item of that checklist.

    Raises:
        InvalidValueError: there is no such item.
        NotFoundError: there is no such organisation.
    """
    if code not in {item.code for item in AGREEMENTS}:
        raise InvalidValueError("Dit punt staat niet in de lijst. Er is niets bewaard.")
    with vault.transaction():
        vault.clients.get(client_id)
        vault.clients.set_item(client_id, code, state, on)
