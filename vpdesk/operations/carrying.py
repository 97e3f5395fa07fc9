"""What comes along from the vault that stood where a backup is put back: what left the house, and what was decided."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError
from vpdesk.domain.wording import counted, joined, long_date
from vpdesk.operations.older import NOTICED
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER, merge_ledger
from vpdesk.store.merge_cases import merge_decisions

if TYPE_CHECKING:
    from datetime import datetime

    from vpdesk.store.vault import Vault

_AN_HOUR: Final = timedelta(hours=1)  # a vault in use is copied as often as that
NO_LATER_REPORTS: Final = "none"
DECISIONS_UNKNOWN: Final = (
    "De kluis die hier stond, is niet te lezen. Wat u na deze kopie overdroeg, en elke bewaarstop en elk besluit om "
    "langer te bewaren van na deze kopie, staat hier dus niet. Kijk dat na voordat u iets vernietigt of overdraagt."
)
DECISIONS_OF_COPY: Final = (
    "Deze kopie is van {}. Wat u daarna overdroeg, en elke bewaarstop en elk besluit om langer te bewaren van daarna, "
    "staat hier niet. Kijk dat na voordat u iets vernietigt of overdraagt."
)


def carry_ledger(former: Vault | None, vault: Vault, *, made: datetime, covered: bool, answer: str | None) -> bool:
    """Bring the ledger and the count of changes up to date from the former vault; returns whether it goes on from that.

    It does where the former vault `covered` all that the backup knows, was no older one itself, and both ledgers are
    whole. Else the same vault
    went on elsewhere, or nobody can say: what went out is unknown from the backup on, unless the `answer` is that no
    report did.
    """
    none_later = answer == NO_LATER_REPORTS or vault.practice
    goes_on = False
    if former is not None:
        with contextlib.suppress(VaultDamagedError):
            continues = covered and not former.settings.get(NOTICED)
            merge_ledger(former, vault, unsure_from=made.isoformat(), goes_on=continues)
            goes_on = continues
    with vault.transaction():
        unknown_after = vault.settings.get(LEDGER_UNKNOWN_AFTER)
        if not none_later and not goes_on:
            vault.settings.put(LEDGER_UNKNOWN_AFTER, min(filter(None, (unknown_after, made.isoformat()))))
        elif none_later and unknown_after >= made.isoformat():
            vault.settings.drop(LEDGER_UNKNOWN_AFTER)
    return goes_on


def carry_decisions(
    former: Vault | None, vault: Vault, *, made: datetime, now: datetime, goes_on: bool, stood: bool
) -> tuple[str, ...]:
    """Bring handovers, holds and what is kept longer along from the former vault; return what is to be said about it.

    `made` is when the backup was; `goes_on` is what `carry_ledger` returned; `stood` says that there was a vault, also
    where it can't be read. On a new laptop there was none, and nobody can tell what was decided after the backup, save
    that a vault in use makes another within the hour.
    """
    if former is None:
        if stood:
            return (DECISIONS_UNKNOWN,)
        fresh = vault.practice or now - made <= _AN_HOUR
        return () if fresh else (DECISIONS_OF_COPY.format(long_date(made.date())),)
    try:
        carried = merge_decisions(former, vault, goes_on=goes_on)
    except VaultDamagedError:
        return (DECISIONS_UNKNOWN,)
    said = []
    if carried.running:
        runs = counted(carried.running, "casus die u had overgedragen, loopt", "casussen die u had overgedragen, lopen")
        said.append(
            f"{runs} in deze kopie weer, en uw collega heeft ze al. Zet ze bij ‘Wat is overgedragen’ weer op "
            "overgedragen, of laat ze daar lopen."
        )
    if carried.unheld:
        one, more = "casus die niet in deze kopie staat", "casussen die niet in deze kopie staan"
        held = counted(len(carried.unheld), one, more)
        said.append(
            f"Er ligt een bewaarstop op {held}: {joined(list(carried.unheld))}. U vindt ze in de kluis van voor het "
            "terugzetten: gooi die niet weg."
        )
    if carried.unheld_records:
        one, more = "losse vastlegging die niet in deze kopie staat", "losse vastleggingen die niet in deze kopie staan"
        said.append(
            f"Er ligt een bewaarstop op {counted(carried.unheld_records, one, more)}. U vindt ze in de kluis van voor "
            "het terugzetten: gooi die niet weg."
        )
    return tuple(said)
