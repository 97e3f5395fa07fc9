"""The folder of a vault: generations, the pointer that names the current one, and writing that survives a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError, VaultError, VaultMissingError, VaultTooNewError
from vpdesk.store import disk, regular

if TYPE_CHECKING:
    from pathlib import Path

POINTER: Final = "current"
LOCK: Final = "lock"
DATABASE: Final = "vault.db"
KEYS: Final = "vault.keys"
UNFINISHED: Final = "unfinished"
WORK: Final = "work"
SUPERSEDED: Final = "superseded_generation"
"""The setting in a vault that names the generation before a key rotation."""

_GENERATION: Final = re.compile(r"g-[0-9a-f]{16}")
_POINTER_TEXT: Final = re.compile(rb"vpdesk 1 (g-[0-9a-f]{16})\n")
_POINTER_OF_LATER: Final = re.compile(rb"vpdesk 2 [^\n]*\n")  # the next format; no flipped bit makes a 2 of the 1
_POINTER_BYTES: Final = 64
_HALF_A_POINTER: Final = re.compile(r"\.current\.[0-9a-f]{8}")
_WORK_FILE: Final = re.compile(r"[0-9a-f]{16}\.db(-journal)?")
_LEFT_BY_THE_SYSTEM: Final = frozenset({".DS_Store", ".directory", "desktop.ini", "Thumbs.db"})

NOT_HERE: Final = "Er is hier geen map met een kluis. Er is niets gemaakt. Kijk of de map goed is geschreven."
EMPTY_HERE: Final = "Deze map is leeg: hier staat geen kluis. Er is niets gemaakt. Kies de map waarin uw kluis staat."
FOREIGN_HERE: Final = "Dit is geen kluis van vpdesk. Er is niets veranderd. Kies de map waarin uw kluis staat."
NOT_YOURS: Final = (
    "Deze map is van een andere gebruiker van deze laptop; vpdesk mag er niet in kijken. Er is niets veranderd. "
    "Meld u aan als die gebruiker, of kies een andere map."
)
NAME_TOO_LONG: Final = (
    "De naam van deze map is te lang voor deze schijf. Er is niets veranderd. Kies een map met een kortere naam."
)
POINTER_UNREADABLE: Final = (
    "vpdesk mag het bestand current in de map van deze kluis niet lezen. Er is niets veranderd. "
    "Kijk of de map en de bestanden erin van u zijn."
)
TOO_NEW: Final = (
    "Deze kluis is gemaakt met een nieuwere vpdesk. Er is niets veranderd. Werk vpdesk bij en open de kluis opnieuw."
)
POINTER_DAMAGED: Final = (
    "Deze kluis is beschadigd: vpdesk weet niet welk deel van de map geldt. Er is niets veranderd. "
    "Zet de nieuwste reservekopie terug."
)


class FolderState(StrEnum):
    """What stands in a folder."""

    MISSING = "missing"
    EMPTY = "empty"
    VAULT = "vault"
    POINTER_LOST = "pointer lost"
    FOREIGN = "foreign"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows does that by itself and can't open folders."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of a file durable."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, content: bytes) -> None:
    """Put a file of mode 0600 in place, whole or not at all: afterwards the path holds the old content or the new."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def replace_durably(path: Path, content: bytes) -> None:
    """Write a file durably in the place of another that counts.

    Raises:
        UnsettledError: the disk failed so that either may count, now or after a power cut; both must stay usable.
        OSError: the disk failed, and the earlier one stands.
    """
    former = _content(path)
    try:
        write_durably(path, content)
    except OSError as error:
        try:
            _put_back(path, former)
        except OSError:
            raise disk.UnsettledError(str(error)) from error
        raise


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _put_back(path: Path, former: bytes | None) -> None:
    if _content(path) == former:  # it failed before the new one took its place
        return
    if former is not None:
        write_durably(path, former)
    else:
        path.unlink()
        sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder that only this user may enter, and its parents; an existing one stays as it is."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)


def is_unfinished(generation: Path) -> bool:
    """Return whether a generation bears the mark, or nothing at all yet but a mark that was being written."""
    names = [path.name for path in generation.iterdir()]
    return UNFINISHED in names or all(name.startswith(f".{UNFINISHED}.") for name in names)


def work_files(folder: Path) -> tuple[Path, ...]:
    """Return what vpdesk itself left in the work folder of a vault; a folder of that name may be anybody's."""
    work = folder / WORK
    if not work.is_dir() or work.is_symlink():
        return ()
    return tuple(path for path in sorted(work.iterdir()) if _WORK_FILE.fullmatch(path.name) and path.is_file())


def _is_ours(path: Path) -> bool:
    """Return whether setting up may stand beside this: nothing in it is worth anything without a pointer."""
    if path.name == WORK:
        return path.is_dir() and not path.is_symlink() and len(work_files(path.parent)) == len(list(path.iterdir()))
    if path.name == LOCK:
        return path.is_file() and path.stat().st_size == 0  # vpdesk never writes in it
    return (
        path.name in _LEFT_BY_THE_SYSTEM
        or _HALF_A_POINTER.fullmatch(path.name) is not None
        or (_GENERATION.fullmatch(path.name) is not None and path.is_dir() and is_unfinished(path))
    )


def state(folder: Path) -> FolderState:
    """Return what stands in a folder; nothing is opened or changed.

    Raises:
        VaultError: this user may not look there, no folder can have that name, or the disk fails.
    """
    with disk.sentences(folder, refused=disk.NOT_READABLE):
        return _state(folder)


def _state(folder: Path) -> FolderState:
    try:
        if not folder.exists():
            return FolderState.MISSING
        if not folder.is_dir():
            return FolderState.FOREIGN
        paths = tuple(folder.iterdir())
    except PermissionError:
        raise VaultError(NOT_YOURS) from None
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise VaultError(NAME_TOO_LONG) from None
    if any(path.name == POINTER for path in paths):
        return FolderState.VAULT
    others = [path for path in paths if not _is_ours(path)]
    if any(_GENERATION.fullmatch(path.name) for path in others):
        return FolderState.POINTER_LOST
    return FolderState.FOREIGN if others else FolderState.EMPTY


def is_part_of_vault(folder: Path) -> bool:
    """Return whether a folder is that of a vault, or one of its generations; what can't be looked at is not."""
    try:
        if (folder / KEYS).is_file():
            return True
        return _POINTER_TEXT.fullmatch(regular.read(folder / POINTER, _POINTER_BYTES)) is not None
    except OSError:
        return False


def current(folder: Path) -> Path:
    """Return the folder of the generation that counts.

    Raises:
        VaultMissingError: no vault stands here.
        VaultDamagedError: there is one, and the pointer or its generation is gone or changed.
        VaultTooNewError: a later vpdesk wrote the pointer.
    """
    match state(folder):
        case FolderState.MISSING:
            raise VaultMissingError(NOT_HERE)
        case FolderState.EMPTY:
            raise VaultMissingError(EMPTY_HERE)
        case FolderState.FOREIGN:
            raise VaultMissingError(FOREIGN_HERE)
        case FolderState.POINTER_LOST:
            raise VaultDamagedError(POINTER_DAMAGED)
        case _:  # a vault
            return _pointed_at(folder)


def _pointed_at(folder: Path) -> Path:
    """Return the generation that the pointer names.

    Raises:
        VaultDamagedError: it names none that is there.
        VaultTooNewError: a later vpdesk wrote it.
        VaultError: it can't be read now.
    """
    with disk.sentences(folder, refused=disk.NOT_READABLE):
        try:
            untrusted = regular.read(folder / POINTER, _POINTER_BYTES)
        except (FileNotFoundError, regular.NotRegularError):
            raise VaultDamagedError(POINTER_DAMAGED) from None
        except PermissionError:
            raise VaultError(POINTER_UNREADABLE) from None
        if _POINTER_OF_LATER.fullmatch(untrusted) is not None:
            raise VaultTooNewError(TOO_NEW)
        match = _POINTER_TEXT.fullmatch(untrusted)
        if match is None:
            raise VaultDamagedError(POINTER_DAMAGED)
        generation = folder / match[1].decode()
        if not generation.is_dir():
            raise VaultDamagedError(POINTER_DAMAGED)
    return generation


def takes_writes(generation: Path) -> bool:
    """Return whether the database of a generation can change: its journal comes and goes in the folder beside it."""
    return os.access(generation, os.W_OK | os.X_OK) and os.access(generation / DATABASE, os.W_OK)


def begin(folder: Path) -> Path:
    """Return the folder of a new generation, marked unfinished until `switch` makes it count."""
    generation = folder / f"g-{secrets.token_hex(8)}"
    generation.mkdir(mode=0o700)
    write_durably(generation / UNFINISHED, b"")
    sync_folder(folder)
    return generation


def switch(folder: Path, generation: Path) -> None:
    """Make a generation the one that counts, at one instant; the earlier one stays where it is.

    Raises:
        UnsettledError: either may count, now or after a power cut: neither may go.
        OSError: the disk failed, and the earlier one counts.
    """
    sync_folder(generation)
    replace_durably(folder / POINTER, f"vpdesk 1 {generation.name}\n".encode())
    with contextlib.suppress(OSError):  # the pointer decides; the mark is only for a folder that never got one
        (generation / UNFINISHED).unlink(missing_ok=True)


def take_back(folder: Path, generation: Path) -> None:
    """Undo the first switch of a folder as far as the disk allows: nothing counts, and `clean` removes it."""
    with contextlib.suppress(OSError):
        write_durably(generation / UNFINISHED, b"")
        (folder / POINTER).unlink(missing_ok=True)
        sync_folder(folder)


def discard(generation: Path) -> None:
    """Remove a generation that does not count, its mark last, so that a stop halfway leaves it unfinished.

    First the pointer is made durable, so that no power cut brings back one that names what went.

    Raises:
        OSError: the disk refuses, or the pointer names this generation or can't be read; then nothing went.
    """
    folder = generation.parent
    if _names(_content(folder / POINTER), generation):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(generation))
    sync_folder(folder)
    for path in sorted(generation.iterdir(), key=lambda path: path.name == UNFINISHED):
        path.unlink()
    generation.rmdir()


def _names(pointer: bytes | None, generation: Path) -> bool:
    return pointer is not None and generation.name.encode() in pointer


def drop_superseded(folder: Path, name: str, *, read_only: bool) -> None:
    """Remove the generation that a key rotation left behind, since the former key opens it; where that fails, later."""
    if read_only or not name:
        return
    with contextlib.suppress(OSError, VaultError):  # what counts, counts, whatever the disk does now
        for generation in former(folder):
            if generation.name == name:
                discard(generation)


def former(folder: Path) -> tuple[Path, ...]:
    """Return the generations that counted before, such as those from before a restore."""
    counts = current(folder)
    with disk.sentences(folder, refused=disk.NOT_READABLE):
        return tuple(
            path
            for path in sorted(folder.iterdir())
            if _GENERATION.fullmatch(path.name) and path.is_dir() and path != counts
        )


def _clear_work(folder: Path) -> None:
    """Remove what vpdesk left in the work folder, and a pipe, socket or link in its place; what is anybody's stays."""
    work = folder / WORK
    if not work.is_dir() or work.is_symlink():
        if regular.is_other(work):
            work.unlink()
        return
    for path in work_files(folder):
        path.unlink()
    if not any(work.iterdir()):
        work.rmdir()


def work_in_the_way(folder: Path) -> str:
    """Return what to do about a thing in the place of the work folder that `clean` leaves there; '' without one.

    Raises OSError where it can't be looked at.
    """
    work = folder / WORK
    if work.is_file():
        what = "een bestand"
    elif work.is_dir() and not os.access(work, os.R_OK | os.W_OK | os.X_OK):
        what = "een map waar vpdesk niet bij mag"
    else:
        return ""
    return (
        f"In de map van de kluis staat {what} met de naam work. Op die plaats werkt vpdesk aan kopieën, en dat kan nu "
        f"niet. Verplaats {work} naar een andere map."
    )


def clean(folder: Path) -> None:
    """Remove what an earlier stop left: unfinished generations, work files and half-written key files or pointers.

    Never the generation that counts, whose own files stay as they are.

    Where the pointer can't be read nobody knows which one counts, so none goes.
    """
    with contextlib.suppress(OSError):  # such as one that this user may not look into
        _clear_work(folder)
    counts = None
    if os.path.lexists(folder / POINTER):  # a link that leads nowhere is one that can't be read
        try:
            counts = _pointed_at(folder)
        except VaultError:
            return
        (counts / UNFINISHED).unlink(missing_ok=True)
        for half in counts.glob(f".{KEYS}.*"):
            half.unlink()
    for path in tuple(folder.iterdir()):
        if _GENERATION.fullmatch(path.name) and path.is_dir() and path != counts and is_unfinished(path):
            discard(path)
        elif _HALF_A_POINTER.fullmatch(path.name):
            path.unlink()
