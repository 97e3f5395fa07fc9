"""Which two-way tables a user may choose for a report, and what was chosen."""

from dataclasses import dataclass, replace
from typing import Final

from vpdesk.domain.clients import OPTIONAL_STATISTICS
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.operations.cube import TABLES, dimensions
from vpdesk.operations.report_choosing import choose, report_choices
from vpdesk.reporting.disclosure.result import MOST_COLUMNS, TIMES_THRESHOLD
from vpdesk.reporting.figures import NAMES
from vpdesk.store.vault import Vault

MOST_TABLES: Final = 4

NEVER: Final = frozenset({"onderdeel", "thema"})
"""Not offered: which themes a unit has points at people, however the numbers are protected."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Crossing:
    """What can be put side by side: `names` by plain dimension, how many rows each has, and what was chosen."""

    names: tuple[tuple[str, str], ...]
    rows: dict[str, int]
    chosen: tuple[Pair, ...]
    from_cases: int

    def check(self, pairs: tuple[Pair, ...]) -> None:
        """Raise when a choice can't be printed.

        Raises:
            InvalidValueError: the same twice, units beside themes, or a table that no page has room for.
        """
        ReportChoices(crossed=pairs)
        labels = dict(self.names)
        for pair in pairs:
            one, other = (labels[name] for name in pair)
            if frozenset(pair) == NEVER:
                raise InvalidValueError(
                    "Onderdeel en hoofdthema kunt u niet naast elkaar zetten. Zo’n tabel wijst te snel mensen aan."
                )
            if min(self.rows[name] for name in pair) > MOST_COLUMNS:
                raise InvalidValueError(
                    f"{one} naast {other.lower()} past niet op de bladzijde: een van de twee mag hoogstens "
                    f"{MOST_COLUMNS} categorieën hebben. Tel eerst categorieën samen, of kies een andere tabel."
                )


def crossing_of(vault: Vault, client_id: ClientId, period: Period) -> Crossing:
    """Return what a user may choose for a report.

    Raises:
        NotFoundError: there is no such client.
    """
    client = vault.clients.get(client_id)
    codes = dimensions(vault.clients.units(client_id))
    names = [name for name in TABLES if name not in OPTIONAL_STATISTICS or name in client.statistics]
    choices = report_choices(vault, client_id, period)
    return Crossing(
        tuple((name, NAMES[name][1]) for name in names),
        {name: len(choices.rows(name, codes[name])) for name in names},
        tuple(pair for pair in choices.crossed if set(pair) <= set(names))[:MOST_TABLES],
        TIMES_THRESHOLD * client.threshold,
    )


def choose_crossed(vault: Vault, client_id: ClientId, period: Period, pairs: tuple[Pair, ...]) -> ReportChoices:
    """Keep which two-way tables a report gets; what is counted together stays.

    Raises:
        InvalidValueError: a choice can't be printed.
    """
    crossing_of(vault, client_id, period).check(pairs)
    return choose(vault, client_id, period, replace(report_choices(vault, client_id, period), crossed=pairs))
