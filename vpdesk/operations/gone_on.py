"""Whether a vault went on after a copy of it was made, told with both dates before and after it is put back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError, VaultError
from vpdesk.domain.wording import moment, short_date
from vpdesk.store import container, generations

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

NOTED_WITHIN: Final = timedelta(minutes=2)  # the vault notes a backup in itself just after it was made

CLOCK_WAS_WRONG: Final = (
    "Deze kopie draagt de datum {}, en toch is uw kluis, van {}, nieuwer: toen de kopie werd gemaakt, stond de klok "
    "van de laptop niet goed. Wat u daarna schreef, staat niet in de kopie. De kluis van nu blijft bewaard."
)


def older_than_vault(path: Path, *, folder: Path, now: datetime) -> str:
    """Return the warning that the vault in a folder was changed after a backup was made, with both dates; else ''."""
    made, changed_on = container.peek(path).made, changed_on_disk(folder)
    if changed_on is None or changed_on - made < NOTED_WITHIN:
        return ""
    return _older(made, changed_on, today=now.date())


def changed_on_disk(folder: Path) -> datetime | None:
    """Return when the vault in a folder was last written, None where none stands."""
    try:
        changed = (generations.current(folder) / generations.DATABASE).stat().st_mtime
    except (VaultError, OSError):
        return None
    return datetime.fromtimestamp(changed)  # noqa: DTZ006 - the product works in the laptop's local time


def _older(made: datetime, changed_on: datetime, *, today: date) -> str:
    if made > changed_on:  # although the vault went on after it
        return CLOCK_WAS_WRONG.format(moment(made, today), moment(changed_on, today))
    if changed_on.date() == made.date():
        dates = moment(made, today), moment(changed_on, today)
    else:
        dates = short_date(made.date(), today), short_date(changed_on.date(), today)
    return (
        f"Deze kopie is van {dates[0]}, uw kluis van {dates[1]}. "
        "Wat daartussen ligt, staat niet in de kopie. De kluis van nu blijft bewaard."
    )


def went_on(former: Vault | None, vault: Vault, made: datetime, changed_on: datetime | None, *, today: date) -> str:
    """Return the warning that the former vault was changed after the backup, by the number of its changes; else ''.

    One change more is that by which it noted the backup in itself.
    """
    if former is None or changed_on is None:
        return ""
    try:
        changed = former.revision > vault.revision + 1
    except VaultDamagedError:
        return ""
    return _older(made, changed_on, today=today) if changed else ""
