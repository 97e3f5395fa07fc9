"""Moving a vault to another folder: a copy that was opened and checked counts first, then the old one goes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import CancelledError, VaultDamagedError, VaultError
from vpdesk.operations import synced
from vpdesk.operations.places import LAST, MOVING, PLACES, places, usual_place
from vpdesk.operations.setup import refuse_inside
from vpdesk.operations.vaults import default_folder
from vpdesk.store import disk, generations, regular, space
from vpdesk.store.backup import BEFORE_UPDATE
from vpdesk.store.generations import FolderState
from vpdesk.store.oslock import OsLock
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.store.backup import Progress
    from vpdesk.store.vault import Vault

_CHUNK: Final = 1024 * 1024

INSIDE: Final = "Deze map ligt in de map van de kluis zelf. Er is niets veranderd. Kies een andere map."
TAKEN: Final = "In deze map staat al iets. Er is niets veranderd. Kies een nieuwe of een lege map."
TRAVELS: Final = "Ook deze map loopt mee met {}. Er is niets veranderd. Kies een map die alleen op deze laptop staat."
FORMER_FIRST: Final = (
    "Naast deze kluis staat nog de kluis van voor het terugzetten; die gaat niet mee. Er is niets veranderd. "
    "Verwijder haar eerst op de pagina Kluis."
)
FIXED: Final = "Deze kluis kan niet worden verplaatst. Er is niets veranderd."
DAMAGED: Final = (
    "De kluis is bij het verplaatsen niet heel overgekomen. De kluis van nu is gebleven waar zij was. "
    "Kijk bij Controles op de pagina Kluis of zij in orde is."
)
UNSETTLED: Final = (
    "vpdesk kon niet onthouden waar de kluis voortaan staat. Zij staat heel in {} en in {}. "
    "Sluit vpdesk af en start opnieuw voor u verder schrijft."
)
OLD_STAYS: Final = (
    "Uw kluis is verplaatst naar {}. Op de oude plaats, {}, is daarna nog iets veranderd; "
    "vpdesk laat daar alles staan. Kijk of u daar iets mist voor u die map weghaalt."
)
OLD_CANNOT_GO: Final = (
    "Uw kluis staat nu in {}. De oude in {} kon nog niet worden weggehaald; vpdesk probeert het later weer. "
    "Er is niets verloren."
)


NOT_IN_USE: Final = (
    "Deze kluis is verplaatst of wordt verplaatst: de kluis die u gebruikt, staat in {}. Er is niets weggehaald. "
    "Kies voortaan die map."
)
NOT_CERTAIN: Final = (
    "Deze kluis is verplaatst van {} naar {}, of dat is halverwege gestopt. vpdesk weet niet meer welke map u "
    "gebruikt. Er is in geen van beide iets weggehaald. Kies er een, kijk of uw laatste gesprekken erin staan en blijf "
    "bij die map."
)
_SET_ASIDE: Final = tuple(sentence.partition("{")[0] for sentence in (NOT_IN_USE, NOT_CERTAIN))


class _UnsettledError(VaultError):
    """Nobody knows which folder is in use: both keep their vault, and the next opening settles it."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What a vault and its copy both know of a move: from where, to where, and how far the vault was then."""

    old: Path
    new: Path
    revision: int

    @classmethod
    @understood()
    def read(cls, text: str) -> _Note:
        """Return the note; VaultDamagedError where the text is none, since a restored vault may say anything."""
        kept = json.loads(text)
        return cls(Path(kept["old"]), Path(kept["new"]), int(kept["revision"]))

    def text(self) -> str:
        return json.dumps({"old": str(self.old), "new": str(self.new), "revision": self.revision})


def move_vault(vault: Vault, to: Path, *, count: Callable[[Path], object], progress: Progress | None = None) -> Path:
    """Copy the vault to a new or empty folder, open and check the copy, let `count` make that folder the one in use.

    `count` gets the folder, and the old one again when it raised OSError or VaultError.

    The vault is closed when this returns the new folder; nothing of the old one is removed yet: `finish_move` does,
    when the copy was opened in earnest. A stop at any step leaves the old vault as it was, and at most a copy.

    Raises:
        VaultError: the folder can't be used, the disk is full, or the copy is not whole; the old vault stays in use.
        CancelledError: `progress` said so.
    """
    old, new = vault.folder.absolute(), to.absolute()
    _refuse(vault, new)
    note = _Note(old, new, vault.revision + 1)  # writing it is the transaction that brings it there
    with disk.sentences(new):
        space.require(new, sum(path.stat().st_size for path in _parts(vault)))
        generations.make_folder(new)
    with vault.transaction():
        vault.settings.put(MOVING, note.text())
    try:
        with OsLock(new / generations.LOCK) as lock:
            generation = _copy(vault, new, lock, progress)
            with disk.sentences(new, unsettled=disk.FAILS):  # the settings say which folder counts
                generations.switch(new, generation)
                _let_count(note, count)
    except _UnsettledError:
        raise
    except (VaultError, CancelledError):
        _forget(vault, note)
        raise
    vault.close()
    return new


def _let_count(note: _Note, count: Callable[[Path], object]) -> None:
    """Make the new folder the one in use; where that failed it may have been kept all the same, so it is taken back."""
    try:
        count(note.new)
    except (VaultError, OSError):
        try:
            count(note.old)
        except (VaultError, OSError):
            raise _UnsettledError(UNSETTLED.format(note.old, note.new)) from None
        raise


def folder_in(chosen: Path) -> Path:
    """Return where the vault would stand when a user points at a folder: there, or in a folder of its own within."""
    empty = generations.state(chosen) in {FolderState.MISSING, FolderState.EMPTY}
    return chosen if empty else chosen / "kluis"


def proposed_folder(folder: Path) -> Path | None:
    """Return the usual folder for a vault where it could go there from `folder`, else None."""
    usual = default_folder()
    free = generations.state(usual) in {FolderState.MISSING, FolderState.EMPTY}
    return usual if free and usual != folder.absolute() and not synced.service_of(usual) else None


@understood()
def where_copies_stand(vault: Vault) -> tuple[Path, ...]:
    """Return the folders that hold copies of a vault: the chosen ones, the usual one, and that of the last copy."""
    usual = usual_place(vault.folder)
    last = json.loads(vault.settings.get(LAST) or "{}").get("place")
    stand = (*places(vault), *([usual] if usual.is_dir() else []), *([Path(last)] if last else []))
    return tuple(dict.fromkeys(stand))


def _keep_places(vault: Vault, note: _Note) -> None:
    """Have copies go on to where they went, since the usual place changes with the folder of the vault."""
    former, usual = usual_place(note.old), usual_place(note.new)
    if places(vault) or former == usual or (not former.is_dir() and former not in where_copies_stand(vault)):
        return
    with contextlib.suppress(OSError):  # a place that is away is told with every copy
        generations.make_folder(usual)
    with vault.transaction():
        vault.settings.put(PLACES, json.dumps([str(former), str(usual)]))


def _refuse(vault: Vault, new: Path) -> None:
    vault.refuse_held()
    if vault.read_only or vault.practice:
        raise VaultError(FIXED)
    if Path(os.path.realpath(new)).is_relative_to(vault.folder.resolve()):
        raise VaultError(INSIDE)
    refuse_inside(new)
    if generations.state(new) not in {FolderState.MISSING, FolderState.EMPTY}:
        raise VaultError(TAKEN)
    if service := synced.service_of(new):
        raise VaultError(TRAVELS.format(service))
    if generations.former(vault.folder):
        raise VaultError(FORMER_FIRST)


def _parts(vault: Vault) -> tuple[Path, ...]:
    return tuple(
        path for path in sorted(vault.generation.iterdir()) if path.is_file() and path.name != generations.UNFINISHED
    )


def _copy(vault: Vault, new: Path, lock: OsLock, progress: Progress | None) -> Path:
    """Return a generation in the new folder, opened, checked and durable, that does not count yet."""
    with disk.sentences(new):
        generations.clean(new)
        generation = generations.begin(new)
        total, done = sum(path.stat().st_size for path in _parts(vault)), 0
        for path in _parts(vault):
            done = _copy_file(path, generation / path.name, done, lambda so_far: progress and progress(so_far, total))
    try:
        copy = vault.opened_elsewhere(generation, lock)
    except VaultDamagedError as error:
        raise VaultDamagedError(DAMAGED) from error
    with contextlib.closing(copy.connection):
        if copy.revision != vault.revision or not copy.integrity(full=True):
            raise VaultDamagedError(DAMAGED)
    return generation


def _copy_file(source: Path, target: Path, done: int, tell: Callable[[int], object]) -> int:
    """Copy a file durably and read it back; return the bytes done so far."""
    written = hashlib.sha256()
    target.touch(mode=0o600, exist_ok=False)
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            writing.write(chunk)
            written.update(chunk)
            done += len(chunk)
            tell(done)
    generations.sync_file(target)
    with target.open("rb") as file:
        if hashlib.file_digest(file, "sha256").digest() != written.digest():
            raise VaultDamagedError(DAMAGED)
    return done


def _forget(vault: Vault, note: _Note) -> None:
    """Take away what a move that failed left, and the note of it; what the disk refuses, the next opening retries."""
    with contextlib.suppress(VaultError, OSError):
        _remove(note.new)
        _leave(note.new)
        with vault.transaction():
            vault.settings.drop(MOVING)


def finish_move(vault: Vault, *, in_use: Callable[[], Path] | None = None) -> None:
    """Remove what an earlier move left: the old vault after it succeeded, the copy after it was interrupted.

    `in_use` returns the folder that the settings name, which tells one from the other; without it the open vault is
    taken for the one in use. A vault that is not in use removes nothing, and says where the other stands; where the
    settings name neither, as when they were lost, nothing goes from either.

    Only a vault at which nothing changed since is removed. What can't be removed now is tried again at the next
    opening; what the user should know is added to the warnings of the vault.
    """
    text = vault.settings.get(MOVING)
    if not text or vault.read_only:
        return
    here, other = vault.folder.absolute(), None
    with contextlib.suppress(VaultDamagedError):
        note = _Note.read(text)
        other = {note.new: note.old, note.old: note.new}.get(here)
    named = here if other is None or in_use is None else in_use().absolute()
    if named == other:
        vault.warnings += (NOT_IN_USE.format(other),)
        return
    if named != here:
        vault.warnings += (NOT_CERTAIN.format(note.old, note.new),)
        return
    if other is not None:
        try:
            if here == note.new:
                _keep_places(vault, note)
            gone = _settle(vault, other, note)
        except (OSError, VaultError):
            if here == note.new:
                vault.warnings += (OLD_CANNOT_GO.format(note.new, note.old),)
            return
        if not gone and here == note.new:
            vault.warnings += (OLD_STAYS.format(note.new, note.old),)
    with contextlib.suppress(VaultError), vault.transaction():  # what can't be noted now is seen again next time
        vault.settings.drop(MOVING)


def is_set_aside(vault: Vault) -> bool:
    """Return whether opening the vault told that another folder is the one in use after a move, or may be."""
    return any(warning.startswith(_SET_ASIDE) for warning in vault.warnings)


def _settle(vault: Vault, other: Path, note: _Note) -> bool:
    """Remove what stands in the other folder when that loses nothing; return whether it is gone."""
    match generations.state(other):
        case FolderState.FOREIGN:
            return False
        case FolderState.MISSING | FolderState.EMPTY if not list(other.glob("g-*")):
            return True  # an empty folder may be anybody's
    with OsLock(other / generations.LOCK) as lock:
        if not _untouched(vault, other, note, lock):
            return False
        _bring(other / BEFORE_UPDATE, vault.folder / BEFORE_UPDATE)
        _remove(other)
    _leave(other)
    return True


def _untouched(vault: Vault, other: Path, note: _Note, lock: OsLock) -> bool:
    """Return whether what stands in the other folder is this vault as it was when it moved, or nothing that counts."""
    if generations.state(other) is not FolderState.VAULT:
        return generations.state(other) is FolderState.EMPTY
    try:
        twin = vault.opened_elsewhere(generations.current(other), lock)
    except VaultError:
        return False
    with contextlib.closing(twin.connection):
        return twin.revision == note.revision and not generations.former(other)


def _bring(source: Path, target: Path) -> None:
    """Move the copies from before an update along; one that is there already stays as it is, and what is none goes."""
    for path in sorted(source.glob("*")) if source.is_dir() else ():
        if not regular.is_other(path) and not (target / path.name).exists():
            generations.make_folder(target)
            generations.write_durably(target / path.name, regular.read(path))
        path.unlink()
    if source.is_dir():
        source.rmdir()


def _remove(folder: Path) -> None:
    """Remove a vault so that a stop halfway leaves what counts for no vault, never for a damaged one.

    Raises OSError.
    """
    if generations.state(folder) is FolderState.VAULT:
        generations.write_durably(generations.current(folder) / generations.UNFINISHED, b"")
        (folder / generations.POINTER).unlink()
        generations.sync_folder(folder)
    if folder.is_dir():
        generations.clean(folder)


def _leave(folder: Path) -> None:
    """Take away the folder itself, unless something else stands there too."""
    with contextlib.suppress(OSError):
        (folder / generations.LOCK).unlink(missing_ok=True)
        folder.rmdir()
