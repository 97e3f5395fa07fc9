"""Says of which rows of a sheet one may wonder: their unit or the appointment was not there on their day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.wording import long_date
from vpdesk.exchange.limits import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vpdesk.domain.clients import Agreed, Unit
    from vpdesk.exchange.registrations import ImportPlan, Registration
    from vpdesk.store.vault import Vault

APPOINTMENT: Final = "uw aanstelling eindigde op {until}, voor de dag van deze regel"
NOT_YET: Final = "het onderdeel ‘{name}’ begint pas op {since}"
WENT_ON: Final = "het onderdeel ‘{name}’ ging op {until} op in ‘{into}’; de casus telt daar mee"
NO_MORE: Final = "het onderdeel ‘{name}’ bestaat sinds {until} niet meer; de casus telt zonder onderdeel"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a row is asked about; it can be taken over as it is."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Regel {self.line}: {self.reason}."


def doubts(vault: Vault, *, client_name: str, plan: ImportPlan) -> tuple[Doubt, ...]:
    """Return what is to be asked about the rows of a plan, in their order; nothing where the organisation is new."""
    client = vault.clients.by_name(client_name)
    if client is None:
        return ()
    units = vault.clients.units(client.id)
    named = units_by_word(units)
    found = ((row, _reasons(row, client.agreed, units, named.get(row.unit.casefold()))) for row in plan.rows)
    return tuple(Doubt(row.line, reason) for row, reasons in found for reason in reasons)


def units_by_word(units: Iterable[Unit]) -> dict[str, Unit]:
    """Return the units by what a sheet may call them; a name goes before another's code."""
    every = tuple(units)
    return {**{unit.code.casefold(): unit for unit in every}, **{unit.name.casefold(): unit for unit in every}}


def _reasons(row: Registration, agreed: Agreed, units: Sequence[Unit], unit: Unit | None) -> Iterator[str]:
    if agreed.until is not None and agreed.ended_on(row.opened):
        yield APPOINTMENT.format(until=long_date(agreed.until))
    if unit is None or unit.stands_on(row.opened):
        return
    if unit.since is not None and row.opened < unit.since:
        yield NOT_YET.format(name=cut(unit.name), since=long_date(unit.since))
    elif unit.until is not None:
        into = next((other.name for other in units if other.id == unit.into), "")
        words = WENT_ON if into else NO_MORE
        yield words.format(name=cut(unit.name), until=long_date(unit.until), into=cut(into))
