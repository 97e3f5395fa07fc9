"""Backups and the daily check as the window asks for them: where they go, what is there, and when one is due."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vpdesk.domain.errors import CancelledError, VpdeskError
from vpdesk.operations.places import usual_place
from vpdesk.ui.models.copies import CopyLine
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.operations.backups import BackupResult
    from vpdesk.operations.standing import KeptKey
    from vpdesk.operations.vaults import Vault


def copies_in(places: tuple[Path, ...]) -> tuple[CopyLine, ...]:
    """Return the copies in these folders, each read and checked, the newest first; damaged ones too."""
    from vpdesk.operations.backups import list_backups, unread_files, verify_backup  # noqa: PLC0415 - in its own thread
    from vpdesk.operations.restoring import needs_words  # noqa: PLC0415 - in its own thread

    lines = []
    for path in (*list_backups(places), *(path for path, _ in unread_files(places))):
        status = path.lstat()
        try:
            report, free = verify_backup(path, attachments=True), not needs_words(path)
        except VpdeskError as error:
            made = datetime.fromtimestamp(status.st_mtime).astimezone().replace(tzinfo=None)
            lines.append(CopyLine(path, made, status.st_size, error.sentence))
        else:
            lines.append(
                CopyLine(path, report.made, status.st_size, slot_id=report.slot_id, free=free, beside=report.beside)
            )
    return tuple(sorted(lines, key=lambda line: line.made, reverse=True))


def older_than_vault(path: Path, *, folder: Path, now: datetime) -> str:
    """Return the warning that the vault in a folder is newer than a copy, with both dates; else ''."""
    from vpdesk.operations.gone_on import older_than_vault as warning  # noqa: PLC0415 - in its own thread

    return warning(path, folder=folder, now=now)


def backup_now(
    vault: "Vault", *, now: datetime, beside: Path, progress: Progress, to: tuple[Path, ...] = ()
) -> "BackupResult":
    """Make a copy in the folders `to`, else in the chosen places, or beside the vault where none was chosen."""
    from vpdesk.operations.backups import make_backup, places  # noqa: PLC0415 - loaded when used

    return make_backup(vault, places=to or places(vault) or (usual_place(beside),), now=now, progress=progress)


def copy_if_due(
    vault: "Vault", *, now: datetime, beside: Path, progress: Progress, quitting: bool = False
) -> "BackupResult | None":
    """Make a copy when something changed or a place is behind and, unless `quitting`, the last one is an hour old.

    None when none was due, or when it took too long.
    """
    from vpdesk.operations.backups import backup_due, backup_state, note_trouble  # noqa: PLC0415 - loaded when used

    if vault.practice or vault.read_only:
        return None
    state = backup_state(vault, now=now)
    if not (state.changed_since or state.behind if quitting else backup_due(vault, now=now)):
        return None
    from vpdesk.operations.destroying import traces_due, wipe_traces  # noqa: PLC0415 - loaded when used

    if traces_due(vault, now=now):
        wipe_traces(vault, now=now)
    try:
        return backup_now(vault, now=now, beside=beside, progress=progress)
    except CancelledError:
        return None
    except VpdeskError as error:
        note_trouble(vault, error, now=now)
        raise


def check_today(vault: "Vault", *, now: datetime) -> str:
    """Check the vault unless that was done today; return what to say where it is damaged, else ''."""
    from vpdesk.operations.checking import DAMAGED, check_if_due  # noqa: PLC0415 - loaded when used

    return "" if check_if_due(vault, now=now) else DAMAGED


def saved_and_kept(vault: "Vault", *, save: "Callable[[Vault], object]") -> "KeptKey":
    """Save what is typed and return the key with which the vault's own copies are put back without words."""
    from vpdesk.operations.standing import keep_key  # noqa: PLC0415 - seldom needed

    save(vault)
    return keep_key(vault)
