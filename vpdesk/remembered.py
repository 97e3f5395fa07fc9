"""What the window remembers on this laptop, for commands that need it; loads what it uses when it is asked."""

from pathlib import Path
from typing import Final

from vpdesk.domain.wording import long_date

NAMED: Final = 3


def folder_in_use() -> Path:
    """Return the folder of the vault that the window opens."""
    from vpdesk.operations.vaults import default_folder  # noqa: PLC0415
    from vpdesk.ui.preferences import kept_preferences  # noqa: PLC0415 - only after a move

    return kept_preferences().folder or default_folder()


def copies_of(folder: Path, *, missing: bool) -> tuple[str, ...]:
    """Return a sentence for each whole backup of a vault that can't be read, the newest first.

    Where no vault is there at all, only those that stand beside that folder: others may be of another vault.
    """
    from vpdesk.operations import backups  # noqa: PLC0415 - commands load what they use
    from vpdesk.operations.places import usual_place  # noqa: PLC0415 - idem
    from vpdesk.ui.preferences import kept_preferences  # noqa: PLC0415 - the vault can't say where its backups are

    places = dict.fromkeys((usual_place(folder), *(() if missing else kept_preferences().backup_places)))
    copies = backups.newest_whole(tuple(places), most=NAMED)
    if not copies and not missing:
        return ("Op de bekende plaatsen staat geen hele reservekopie. Zoek er een op uw USB-stick.",)
    return tuple(f"Hele reservekopie van {long_date(copy.made.date())}: {copy.path}" for copy in copies)
