"""What a user chooses for the tables of a client's report: kept for each period, and offered for the next."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.domain.units import chosen_freely, held_together
from vpdesk.operations.cube import dimensions
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vpdesk.domain.ids import ClientId
    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Vault

CHOICES: Final = "report_choices"

UNKNOWN_CODE: Final = "‘{code}’ komt niet voor bij {dimension}. Er is niets veranderd."


@understood()
def report_choices(vault: Vault, client_id: ClientId, period: Period) -> ReportChoices:
    """Return what was chosen for a report; for a period without choices those that were made last for this client.

    Codes that no longer exist are left out, and units that can't be told apart in the period are counted together.

    Raises:
        VaultDamagedError: what is kept there can't be understood.
    """
    kept = _kept(vault, client_id)
    said: dict[str, Any] = kept.get(period.code()) or next(reversed(kept.values()), {})
    units = vault.clients.units(client_id)
    return held_together(_existing(_read(said), dimensions(units)), units, period)


def choose(vault: Vault, client_id: ClientId, period: Period, choices: ReportChoices) -> ReportChoices:
    """Keep what was chosen for a report, and return it as `report_choices` will; a report that is out ignores it.

    Raises:
        InvalidValueError: a dimension or code does not exist for this client.
    """
    with vault.transaction():
        units = vault.clients.units(client_id)
        codes = dimensions(units)
        _refuse_unknown(choices, codes)
        chosen = _existing(chosen_freely(choices, units, period), codes)
        with understood():
            kept = _kept(vault, client_id)
        kept.pop(period.code(), None)  # the last choice stands last
        kept[period.code()] = {
            "grouped": {name: [list(row) for row in rows] for name, rows in chosen.grouped.items()},
            "crossed": [list(pair) for pair in chosen.crossed],
        }
        vault.settings.put(f"{CHOICES}:{client_id}", json.dumps(kept, ensure_ascii=False))
    return held_together(chosen, units, period)


def _kept(vault: Vault, client_id: ClientId) -> dict[str, Any]:
    return dict(json.loads(vault.settings.get(f"{CHOICES}:{client_id}", "{}")))


def _read(said: Mapping[str, Any]) -> ReportChoices:
    grouped = {str(name): tuple(tuple(map(str, row)) for row in rows) for name, rows in said.get("grouped", {}).items()}
    return ReportChoices(grouped, tuple((str(a), str(b)) for a, b in said.get("crossed", ())))


def _existing(choices: ReportChoices, codes: Mapping[str, Sequence[str]]) -> ReportChoices:
    """Return the choices as far as they name what exists, with their codes in the order of reports."""
    grouped = {
        name: tuple(row for row in choices.rows(name, codes[name]) if len(row) > 1)
        for name in choices.grouped
        if name in codes
    }
    crossed = tuple(pair for pair in choices.crossed if set(pair) <= set(codes))
    return ReportChoices({name: rows for name, rows in grouped.items() if rows}, crossed)


def _refuse_unknown(choices: ReportChoices, codes: Mapping[str, Sequence[str]]) -> None:
    named = [(name, code) for name, rows in choices.grouped.items() for row in rows for code in row]
    named += [(name, "") for name in chain.from_iterable(choices.crossed)]
    for name, code in named:
        if name not in codes or (code and code not in codes[name]):
            raise InvalidValueError(UNKNOWN_CODE.format(code=code or name, dimension=name))
