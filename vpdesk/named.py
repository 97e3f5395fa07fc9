"""What a command calls by name, looked up in the open vault: an organisation, and codes that share a row."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices

if TYPE_CHECKING:
    from vpdesk.domain.clients import Client
    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Vault


def client_named(vault: "Vault", name: str) -> "Client":
    """Return the organisation of that name; raises NotFoundError with the names that there are."""
    from vpdesk.operations import clients  # noqa: PLC0415 - commands load what they use

    found = clients.client_by_name(vault, name)
    if found is None:
        known = ", ".join(client.name for client in clients.clients(vault)) or "nog geen"
        raise NotFoundError(
            f"De organisatie ‘{name}’ staat niet in deze kluis. Bekende organisaties: {known}. Er is niets veranderd."
        )
    return found


def rows_chosen(
    vault: "Vault", client: "ClientId", period: Period, groups: Sequence[tuple[str, tuple[str, ...]]]
) -> str:
    """Keep which codes share a row of a report; returns why not, as a sentence, when one does not exist.

    A unit goes by its name or its code.
    """
    from vpdesk.operations import clients, report_choosing  # noqa: PLC0415 - idem

    units = {unit.name: unit.code for unit in clients.units(vault, client)}
    codes = [(name, tuple(units.get(c, c) for c in row) if name == "onderdeel" else row) for name, row in groups]
    try:
        named = dict.fromkeys(name for name, _ in codes)
        grouped = {name: tuple(row for other, row in codes if other == name) for name in named}
        kept = report_choosing.report_choices(vault, client, period)
        report_choosing.choose(vault, client, period, ReportChoices(grouped, kept.crossed))
    except InvalidValueError as error:
        return error.sentence
    return ""
