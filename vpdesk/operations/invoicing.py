"""The hours for an invoice: one rounded number for an organisation and a period, without days, travel apart.

Such a number leaves the house and says something about how many talks there were, so it goes in the ledger as the user
wrote it; `bounds` are the hours between which the exact time may lie (docs/report-method.md, what is told by hand).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.hours import Rounded, as_clock, as_hours, rounded
from vpdesk.domain.reminders import add_months
from vpdesk.domain.wording import long_date
from vpdesk.domain.worklog import TRAVEL

if TYPE_CHECKING:
    from vpdesk.domain.ids import ClientId
    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Vault

STEPS: Final = {"Op een kwartier": 15, "Op een half uur": 30, "Op een heel uur": 60}
SHORT: Final = (
    "Dit is korter dan een kwartaal. Uren over een paar weken laten zien wanneer u iemand sprak: noem liever een heel "
    "kwartaal."
)
CUT: Final = (
    "Van vernietigde casussen kent vpdesk geen dagen meer. Hun gesprekken tellen alleen mee over een heel verslagjaar, "
    "en hier dus niet."
)


@dataclass(frozen=True, slots=True)
class InvoiceHours:
    """What stands on the invoice: hours worked and hours travelled, rounded; `warnings` are for the user only."""

    client_name: str
    period: Period
    worked: Rounded
    travelled: Rounded
    warnings: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines to copy; they name no day on which anything was done."""
        lines = [
            f"Werk als vertrouwenspersoon voor {self.client_name}",
            f"{long_date(self.period.first)} tot en met {long_date(self.period.last)}",
            f"Uren: {as_hours(self.worked.minutes)}",
        ]
        if self.travelled.minutes:
            lines.append(f"Reistijd, in uren: {as_hours(self.travelled.minutes)}")
        return "\n".join(lines)

    @property
    def bounds(self) -> tuple[str, str]:
        """From and up to how many hours the exact time may be, as the form of the ledger takes them."""
        return as_clock(self.worked.least).replace(".", ""), as_clock(self.worked.most).replace(".", "")


def invoice_hours(vault: Vault, *, client_id: ClientId, period: Period, step: int) -> InvoiceHours:
    """Add up the time for an organisation in a period and round the sums, not their parts, to a step in minutes."""
    spent = [item for item in vault.worklog.spent(period) if item.client == client_id]
    travelled = sum(item.minutes for item in spent if item.task == TRAVEL)
    worked = sum(item.minutes for item in spent) - travelled
    warnings = (
        SHORT if period.last < add_months(period.first, 3) - timedelta(days=1) else "",
        CUT if vault.worklog.cut(period, client_id) else "",
    )
    return InvoiceHours(
        client_name=vault.clients.get(client_id).name,
        period=period,
        worked=rounded(worked, step),
        travelled=rounded(travelled, step),
        warnings=tuple(filter(None, warnings)),
    )
