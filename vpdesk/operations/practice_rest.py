"""What happens once in the practice vault, so that every page of it has something to show; nobody in it exists."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpdesk.domain.handover import HandedOverCase, Handover
from vpdesk.domain.planned import INTERVISION, Planned
from vpdesk.domain.reminders import AftercareEnd
from vpdesk.operations.aftercare import end_aftercare
from vpdesk.operations.attachments import store_attachment
from vpdesk.operations.cases import get_case
from vpdesk.operations.clients import units
from vpdesk.operations.planning import plan_activity
from vpdesk.operations.practice_cases import Z
from vpdesk.operations.units import merge_units

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from vpdesk.domain.ids import CaseId, ClientId
    from vpdesk.store.vault import Vault

AFTERCARE_ENDED: Final = {"Draaiorgel": "Wil het achter zich laten en belt zelf als het nodig is"}
"""Whose aftercare ended before the case was closed, and why."""

MERGED: Final = ("Locatie Zilverpad", "Locatie Elzenhof")
"""A part of Z, and the one in which it went on."""

HANDED_OVER: Final = "Dakpan"
PACKAGE: Final = "0c7be3b19b6f4f7d9a5e21c84d3f6a10"
KEPT_WITH: Final = "Emmer"
KEPT_FILE: Final = "roosters.txt"
KEPT_TEXT: Final = """Rooster, overgeschreven

Week 44: maandag laat, dinsdag laat, donderdag laat
Week 45: maandag laat, dinsdag laat, donderdag laat, zaterdag
Week 46: vier keer laat, na het werkoverleg

Overgeschreven van het bord in de gang. De foto staat op de eigen telefoon.
"""
KEPT_BECAUSE: Final = "Thuis kan iemand het vinden; gaat terug zodra er een eigen plek is"


def play(
    vault: Vault,
    cases: Mapping[str, CaseId],
    clients: Mapping[str, ClientId],
    *,
    day: Callable[..., date],
    next_year: int,
) -> None:
    """Merge two units, hand over a case, keep a file and plan an intervisie."""
    by_name = {unit.name: unit.id for unit in units(vault, clients[Z])}
    gone, successor = (by_name[name] for name in MERGED)
    merge_units(vault, client_id=clients[Z], merged=[gone], into=successor, on=day("01-10"))
    _hand_over(vault, cases[HANDED_OVER], day("05-02"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / KEPT_FILE
        path.write_text(KEPT_TEXT, "utf-8")
        store_attachment(vault, case_id=cases[KEPT_WITH], path=path, reason=KEPT_BECAUSE, today=day("12-01", next_year))
    plan_activity(vault, Planned(INTERVISION, day("29-01", next_year), "13:30"))


def end_the_aftercare(vault: Vault, pseudonym: str, case_id: CaseId, on: date) -> None:
    """End the aftercare of a case that is about to be closed, where the person wanted no more."""
    reason = AFTERCARE_ENDED.get(pseudonym)
    if reason is not None:
        end_aftercare(vault, case_id=case_id, end=AftercareEnd(on, reason))


def _hand_over(vault: Vault, case_id: CaseId, on: date) -> None:
    """Write that a case went to a colleague in a file; the file itself was for her."""
    case = get_case(vault, case_id)
    gone = HandedOverCase(case.id, case.code, case.pseudonym, named=False, consented=on)
    with vault.transaction():
        vault.handovers.add(Handover(on, "Collega in de regio", PACKAGE, 1, (gone,)))
