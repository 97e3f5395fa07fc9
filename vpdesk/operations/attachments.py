"""What a user asks for about attachments: keep a file with a reason, look at it from memory, export it, destroy it."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from vpdesk.domain.attachments import LARGEST, TOO_LARGE, Attachment, check_reason, shown_name
from vpdesk.domain.errors import ImpossibleMoveError, InvalidValueError, OutputError
from vpdesk.operations.destroying import wipe_traces
from vpdesk.store import disk, generations, regular, space
from vpdesk.store.attachments import NOT_READ, Sealing, new_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from vpdesk.domain.ids import AttachmentId, CaseId
    from vpdesk.store.vault import Vault

    Progress = Callable[[int, int], object]  # bytes done, bytes in all; an exception from it cancels

NOT_WRITTEN: Final = (
    "Het bestand kan daar niet worden geschreven. De bijlage staat nog in de kluis. Kies een andere map of maak ruimte."
)
RUNS: Final = "Deze casus loopt weer, en dan blijven bijlagen. Er is niets vernietigd."
CHANGED: Final = (
    "Er is intussen iets veranderd aan de bijlagen van deze casus. Er is niets vernietigd. Kijk opnieuw wat er weggaat."
)


def store_attachment(
    vault: Vault, *, case_id: CaseId, path: Path, reason: str, today: date, progress: Progress | None = None
) -> Attachment:
    """Keep a file with a case, read and sealed piece by piece; the file itself stays where it is.

    Raises:
        NotFoundError: there is no such case.
        ImpossibleMoveError: it is closed, and attachments go at closing.
        InvalidValueError: there is no reason, or the file can't be read, is empty or larger than 100 MB.
        VaultError: the disk is full, failing or read-only. Nothing was kept.
        CancelledError: `progress` said so; idem.
    """
    check_reason(reason)
    if vault.cases.get(case_id).closed is not None:
        raise ImpossibleMoveError(
            "Deze casus is afgesloten, en bijlagen gaan weg bij het afsluiten. Er is niets bewaard. Heropen de casus "
            "eerst."
        )
    try:
        with regular.open_file(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise InvalidValueError(TOO_LARGE)
            sealing = Sealing(new_number(), file, lambda done: None if progress is None else progress(done, size))
            with disk.sentences(vault.folder):
                space.require(vault.folder, size)
                vault.refuse_held()
                vault.attachments.sweep()
                vault.attachments.put_in(sealing)
    except OSError as error:
        raise InvalidValueError(NOT_READ) from error
    try:
        kept = Attachment(
            sealing.number, case_id, shown_name(path.name), sealing.size, sealing.sha256, today, reason.strip()
        )
        with vault.transaction():
            vault.attachments.add(kept, sealing.key)
    except BaseException:
        vault.attachments.sweep()
        raise
    return kept


def attachments(vault: Vault, case_id: CaseId) -> tuple[Attachment, ...]:
    """Return what is kept with a case."""
    return vault.attachments.of_case(case_id)


def read_attachment(vault: Vault, number: AttachmentId) -> tuple[Attachment, bytes]:
    """Return an attachment with its bytes, in memory only.

    Raises:
        NotFoundError: there is no such attachment.
        VaultDamagedError: its bytes are missing or changed.
    """
    found = vault.attachments.get(number)
    return found, b"".join(vault.attachments.content(found))


def export_attachment(vault: Vault, number: AttachmentId, *, to: Path, progress: Progress | None = None) -> Path:
    """Write an attachment as a plain file, whole or not at all; from there on vpdesk has no hold on it.

    Raises:
        NotFoundError, VaultDamagedError: as `read_attachment` does.
        OutputError: it can't be written there.
        CancelledError: `progress` said so; nothing is left of it.
    """
    found = vault.attachments.get(number)
    beside = to.with_name(f".{to.name}.part")
    try:
        with contextlib.ExitStack() as stack:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            stack.callback(beside.unlink, missing_ok=True)
            with os.fdopen(descriptor, "wb") as file:
                done = 0
                for chunk in vault.attachments.content(found):
                    file.write(chunk)
                    done += len(chunk)
                    if progress is not None:
                        progress(done, found.size)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(to)
            with contextlib.suppress(OSError):  # it stands there; some network folders can't be made durable
                generations.sync_folder(to.parent)
    except OSError as error:
        raise OutputError(NOT_WRITTEN) from error
    return to


def remove_left_over(vault: Vault, case_id: CaseId, told: tuple[Attachment, ...], *, now: datetime) -> bool:
    """Destroy the attachments of a closed case for good, as closing it does; return whether pages are written anew.

    `told` is what the user was told that goes.

    Raises:
        NotFoundError: there is no such case.
        ImpossibleMoveError: it runs.
        HeldError: a bewaarstop lies on it.
        InvalidValueError: something else would go than was told. In each case nothing was destroyed.
    """
    with vault.transaction():
        if vault.cases.get(case_id).closed is None:
            raise ImpossibleMoveError(RUNS)
        vault.retention.refuse_held(case_id)
        if vault.attachments.of_case(case_id) != told:
            raise InvalidValueError(CHANGED)
        vault.attachments.drop_of(case_id)
    vault.attachments.sweep()
    return wipe_traces(vault, now=now)


def remove_attachment(vault: Vault, number: AttachmentId, *, now: datetime) -> bool:
    """Destroy an attachment for good; return whether the pages could be written anew at once.

    Raises:
        NotFoundError: there is no such attachment.
        HeldError: a bewaarstop lies on its case. Nothing was destroyed.
    """
    with vault.transaction():
        vault.retention.refuse_held(vault.attachments.get(number).case)
        vault.attachments.drop(number)
    vault.attachments.sweep()
    return wipe_traces(vault, now=now)
