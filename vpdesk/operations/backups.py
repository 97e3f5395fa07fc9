"""Making, checking and listing backups, and where they go."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import BackupError, CancelledError, OutputError, VaultDamagedError, VaultError, VpdeskError
from vpdesk.domain.wording import long_date
from vpdesk.operations.places import (
    ATTACHED,
    DISKS,
    FULL_CHECK,
    LAST,
    PLACES,
    SPACE_BUDGET,
    TROUBLE,
    backup_state,
    disk_of,
    disks,
    is_there,
    last_copy,
    places,
    space_budget,
    stands_in_vault,
)
from vpdesk.operations.restoring import restore_backup
from vpdesk.operations.retention import longest_copy
from vpdesk.operations.verifying import BackupReport, verify_backup
from vpdesk.store import attached, backup, container, disk, generations, rotation, space
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vpdesk.store.backup import Progress
    from vpdesk.store.container import Header
    from vpdesk.store.vault import Vault

__all__ = ["BackupReport", "backup_state", "places", "restore_backup", "space_budget", "verify_backup"]

_places = places  # where `places` names what a call was given
FULL_CHECK_EVERY: Final = timedelta(days=7)
AT_MOST_EVERY: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PlaceResult:
    """What became of a backup in one place: a path, and in `attached` a file beside it; or the sentence why not."""

    place: Path
    path: Path | None
    message: str = ""
    attached: str = ""


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A backup that was made, opened and checked; `path` is the first place where it arrived."""

    path: Path
    sequence: int
    verified: bool
    places: tuple[PlaceResult, ...] = ()


def set_places(vault: Vault, places: Sequence[Path]) -> None:
    """Choose the folders to which backups go, and make those that are not there yet; one that is away may stay chosen.

    Raises:
        OutputError, BackupError: a folder can't be used; the choice stays as it was.
    """
    chosen, former = set(_places(vault)), disks(vault)
    away = {place for place in places if place.absolute() in chosen and not is_there(vault, place)}
    for place in places:
        if place not in away:
            _ready(vault, place, known=False)
    known = {str(place.absolute()): former.get(str(place.absolute())) or disk_of(place) for place in places}
    with vault.transaction():
        vault.settings.put(PLACES, json.dumps([str(place.absolute()) for place in places]))
        vault.settings.put(DISKS, json.dumps(known))


def set_space_budget(vault: Vault, size: int) -> None:
    """Choose how many bytes the backups may take in each place; the newest three stay whatever they take."""
    with vault.transaction():
        vault.settings.put(SPACE_BUDGET, str(size))


def _not_writable(place: Path, error: OSError) -> OutputError:
    if error.errno in disk.NO_ROOM_LEFT:
        return OutputError(
            f"De reservekopie past niet meer op {place}. Uw kluis is in orde. "
            "Maak daar ruimte of kies een andere plaats."
        )
    return OutputError(
        f"vpdesk kan geen reservekopie schrijven in {place}. Uw kluis is in orde. "
        "Kies een andere map of kijk of deze van u is."
    )


def _not_made_ready(room: Path, error: OSError) -> OutputError:
    """Return why there was nothing to put in any place: a copy is first made ready and checked on this laptop."""
    if error.errno in disk.NO_ROOM_LEFT:
        return OutputError(
            "Deze laptop is te vol: vpdesk maakt een reservekopie eerst op de laptop klaar, ook als zij op een stick "
            f"komt. Uw kluis is in orde. Maak ruimte vrij op de schijf van {room} en probeer het opnieuw."
        )
    if in_the_way := generations.work_in_the_way(room):
        return OutputError(f"Er is geen reservekopie gemaakt; eerdere blijven goed. {in_the_way}")
    return OutputError(
        f"vpdesk kan de reservekopie niet klaarmaken in {room}. Er is geen kopie gemaakt; eerdere blijven goed. "
        "Start de laptop opnieuw op en probeer het nog eens."
    )


def _room_for_copy(vault: Vault, places: Sequence[Path], chosen: Collection[Path]) -> Path:
    """Return the folder in which the copy is made ready: on this laptop, else where the copy itself goes.

    The latter only where the vault's own folder takes no files, so that nobody can make room there. Raises
    OSError(ENOSPC) where there is too little room anywhere.
    """
    needed = (vault.generation / generations.DATABASE).stat().st_size
    room = backup.workroom(vault)
    if room != vault.folder and (room is None or not space.suffices(room, needed)):
        for place in places:
            with contextlib.suppress(OutputError, BackupError):
                _ready(vault, place, known=place.absolute() in chosen)
                if space.suffices(place, 2 * needed):  # for what is made ready, and for the copy
                    return place
    if room is None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(vault.folder))
    space.require(room, needed)
    return room


def _ready(vault: Vault, place: Path, *, known: bool) -> None:
    """Refuse a place that holds no backups for long; make the folder unless it is a known place that is away."""
    real = Path(os.path.realpath(place))  # a loop is no reason to stop
    if real.is_relative_to(vault.folder.absolute().resolve()) or stands_in_vault(real / "kopie"):
        raise BackupError(
            "Een reservekopie in de map van de kluis zelf gaat met de kluis verloren. Er is niets veranderd. "
            "Kies een andere plaats, liefst een USB-stick."
        )
    if known and not is_there(vault, place):
        raise OutputError(f"‘{place}’ is er nu niet. Uw kluis is in orde; de kopie daarop komt er later bij.")
    try:
        generations.make_folder(place)
        place.mkdir(exist_ok=True)  # refuses a file in its place
    except OSError as error:
        raise _not_writable(place, error) from error


def _put(
    vault: Vault, place: Path, prepared: backup.Prepared, progress: Progress | None, *, known: bool, rescue: bool
) -> PlaceResult:
    try:
        _ready(vault, place, known=known)
        space.require(place, prepared.header.payload_bytes)
        path = prepared.put(place)
    except OSError as error:
        return PlaceResult(place, None, _not_writable(place, error).sentence)
    except (OutputError, BackupError) as error:
        return PlaceResult(place, None, error.sentence)
    attached_name, message = _put_attachments(vault, place, prepared, progress)
    if rescue:
        return PlaceResult(place, path, message, attached_name)
    with contextlib.suppress(OSError):  # the new copy stands; an old one that can't go is no failure
        prune(place, vault.id, budget=space_budget(vault), term=longest_copy(vault))
        prune_attached(vault, place)
    return PlaceResult(place, path, message, attached_name)


def _put_attachments(vault: Vault, place: Path, made: backup.Prepared, progress: Progress | None) -> tuple[str, str]:
    """Copy the attachments to a place that lacks them whole; return the name, and a sentence where that failed."""
    stamp = attached.stamp(vault)
    name, known = _attached(vault).get(str(place.absolute()), ("", ""))
    if not stamp or (stamp == known and attached.stands(place / name, read=made.full_check)):
        return "", ""
    try:
        return attached.put(vault, place, made.header, progress).name, ""
    except OSError as error:
        return "", f"Zonder bijlagen: {_not_writable(place, error).sentence}"
    except (BackupError, CancelledError) as error:
        return "", error.sentence


@understood()
def _attached(vault: Vault) -> dict[str, tuple[str, str]]:
    """Return for every place the name of its copy of the attachments, and of which set that is."""
    kept = json.loads(vault.settings.get(ATTACHED, "{}"))
    return {str(place): (str(name), str(stamp)) for place, (name, stamp) in kept.items()}


def prune_attached(vault: Vault, place: Path) -> None:
    """Remove the copies of attachments in a place that no backup there goes together with; raises OSError."""
    numbers = sorted(header.sequence for _, header in headers_in(place) if header.vault_id == vault.id)
    attached.prune(place, vault.id, numbers if vault.attachments.numbers() else numbers[:-1])


def make_backup(
    vault: Vault, *, places: Sequence[Path], now: datetime, progress: Progress | None = None
) -> BackupResult:
    """Copy the vault, check the copy by opening it, put it in every place, and let go of what the rotation frees.

    `progress` is told pages done and pages in all; an exception from it cancels. A chosen place that is away gives a
    message in the result, as long as one place took the copy. A vault that takes no writes is copied too: it does not
    remember that, and no older copy goes.

    Raises:
        OutputError: no place took the copy.
        BackupError: the copy did not pass its check, so nothing was kept.
        VaultError: the vault can't be read, or the disk is full.
    """
    if not places:
        raise OutputError("Er is nog geen plaats voor reservekopieën gekozen. Kies er een op de pagina Kluis.")
    rescue = backup.takes_no_writes(vault)
    chosen = {place.absolute() for place in _places(vault)}
    try:
        room = _room_for_copy(vault, places, chosen)
        full_check = rescue or _full_check_due(vault, now)
        prepared = backup.Prepared(vault, now, progress, full_check=full_check, room=room)
    except OSError as error:
        raise _not_made_ready(backup.workroom(vault) or vault.folder, error) from error
    try:
        results = tuple(
            _put(vault, place, prepared, progress, known=place.absolute() in chosen, rescue=rescue) for place in places
        )
    finally:
        prepared.drop()
    arrived = next((result for result in results if result.path is not None), None)
    if arrived is None or arrived.path is None:
        raise OutputError(results[0].message)
    if not rescue:
        _record(vault, prepared.header, arrived.place, results, full_check=prepared.full_check)
    return BackupResult(arrived.path, prepared.header.sequence, verified=True, places=results)


def note_trouble(vault: Vault, error: VpdeskError, *, now: datetime) -> None:
    """Keep why a copy failed, for who was not there to read it: one made on locking fails behind a blank screen."""
    if isinstance(error, VaultDamagedError):  # in which nothing more is written
        return
    with contextlib.suppress(VaultError), vault.transaction():
        vault.settings.put(
            TROUBLE, f"De kopie van {long_date(now.date())} {now:%H:%M} is niet gelukt. {error.sentence}"
        )


def _full_check_due(vault: Vault, now: datetime) -> bool:
    """Return whether this copy is also checked for SQLite's own structure: weekly, since that takes as long again."""
    last = vault.settings.get(FULL_CHECK)
    with understood():
        return not last or not timedelta(0) <= now - datetime.fromisoformat(last) < FULL_CHECK_EVERY


def _record(vault: Vault, header: Header, place: Path, results: tuple[PlaceResult, ...], *, full_check: bool) -> None:
    """Remember the copy: where it was put, also of an earlier one of the same content, and which place refused it."""
    former = last_copy(vault)
    with understood():
        held = dict(former.get("held", {})) if former.get("revision") == vault.revision else {}
    arrived = {str(result.place.absolute()): result.path for result in results if result.path is not None}
    refused = [result for result in results if result.message and is_there(vault, result.place)]
    mounted = {place: disk_of(Path(place)) for place in arrived if Path(place) in _places(vault)}
    with vault.transaction():
        vault.note_backup(header.sequence)
        copies = {str(result.place.absolute()): result.attached for result in results if result.attached}
        if copies:
            stamp = attached.stamp(vault)
            new = {place: (name, stamp) for place, name in copies.items()}
            vault.settings.put(ATTACHED, json.dumps(_attached(vault) | new))
        if full_check:
            vault.settings.put(FULL_CHECK, header.made.isoformat())
        record = {
            "made": header.made.isoformat(),
            "place": str(place.absolute()),
            "message": " ".join(result.message for result in refused),
            "held": held | {place: path.name for place, path in arrived.items()},
            "refused": [str(result.place.absolute()) for result in refused],
            "revision": vault.revision + 1,  # this record is the transaction that brings it there
        }
        vault.settings.put(LAST, json.dumps(record))
        vault.settings.put(DISKS, json.dumps(disks(vault) | mounted))
        vault.settings.drop(TROUBLE)


def backup_due(vault: Vault, *, now: datetime) -> bool:
    """Return whether locking should make a backup: something changed or a place is behind, and the last is an hour old.

    A last backup that lies in the future, after the clock was set back, does not hold up the next.
    """
    state = backup_state(vault, now=now)
    return (state.changed_since or state.behind) and (
        state.made is None or not timedelta(0) <= now - state.made < AT_MOST_EVERY
    )


def copied_since(vault: Vault, moment: datetime) -> bool:
    """Return whether the newest backup was made at a moment or later; what is noted of a backup has whole seconds."""
    with understood():
        made = last_copy(vault).get("made")
        return made is not None and datetime.fromisoformat(made) >= moment.replace(microsecond=0)


def list_backups(places: Sequence[Path]) -> tuple[Path, ...]:
    """Return the backups in these folders, the newest first; what can't be read is left out, absent folders too."""
    found = [(header.made, header.sequence, path) for place in places for path, header in headers_in(place)]
    return tuple(path for *_, path in sorted(found, reverse=True))


def checked_backups(places: Sequence[Path]) -> tuple[BackupReport, ...]:
    """Return the backups in these folders that are whole, the newest first; reads each of them in full."""
    reports = []
    for path in list_backups(places):
        with contextlib.suppress(BackupError):
            reports.append(verify_backup(path))
    return tuple(reports)


def newest_whole(places: Sequence[Path], *, most: int) -> tuple[BackupReport, ...]:
    """Return the newest backups in these folders that are whole, at most so many; reads no more than it must."""
    whole: list[BackupReport] = []
    for path in list_backups(places):
        if len(whole) < most:
            with contextlib.suppress(BackupError):
                whole.append(verify_backup(path))
    return tuple(whole)


def unread_files(places: Sequence[Path]) -> tuple[tuple[Path, str], ...]:
    """Return the files in these folders that are named as backups and can't be read as one, each with why not."""
    found = []
    for place in places:
        for path in sorted(place.glob(f"*{container.SUFFIX}")):
            try:
                container.peek(path)
            except BackupError as error:
                found.append((path, error.sentence))
    return tuple(found)


def headers_in(place: Path) -> list[tuple[Path, Header]]:
    """Return the backups in a folder with what they say of themselves; what can't be read is left out."""
    found = []
    for path in sorted(place.glob(f"*{container.SUFFIX}")):
        with contextlib.suppress(BackupError):
            found.append((path, container.peek(path)))
    return found


def is_whole(path: Path) -> bool:
    """Return whether a backup is whole; reads it in full."""
    try:
        container.check(path)
    except BackupError:
        return False
    return True


def prune(
    place: Path, vault_id: str, *, budget: int | None = None, term: timedelta = rotation.TERM
) -> tuple[Path, ...]:
    """Remove the backups of a vault that the rotation frees; return their paths.

    Before anything goes, the newest copies are read in full until three were found whole.
    """
    copies = [
        rotation.Copy(path.name, header.sequence, header.made, verified=True, size=path.stat().st_size)
        for path, header in headers_in(place)
        if header.vault_id == vault_id
    ]
    if not rotation.may_go(copies, budget=budget, term=term):
        return ()
    found = 0
    for index, copy in sorted(enumerate(copies), key=lambda item: item[1].sequence, reverse=True):
        if found == rotation.LEAST_VERIFIED:
            break
        copies[index] = replace(copy, verified=is_whole(place / copy.name))
        found += copies[index].verified
    gone = tuple(place / copy.name for copy in rotation.may_go(copies, budget=budget, term=term))
    for path in gone:
        path.unlink()
    return gone
