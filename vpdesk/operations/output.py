"""Files that appear whole or not at all: written beside their place, synced, and moved there at the end."""

import contextlib
import os
import re
import secrets
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, NamedTuple, Self

from vpdesk.domain.errors import OutputError, VaultError
from vpdesk.store import container, disk, generations
from vpdesk.store.oslock import OsLock

_ROOM: Final = ".vpdesk-wachtend-"
_LEFT: Final = re.compile(rf"{re.escape(_ROOM)}[a-z0-9_]{{8}}(\.\w+)?")
_SETTLED_SECONDS: Final = 60
"""After how long room without a lock is left over: between being made and being locked it has none."""


def refuse_vault(path: Path, verb: str) -> None:
    """Raise OutputError for what would come to stand in the folder of a vault, in the way of what counts there."""
    whither = Path(os.path.realpath(path.parent)) / path.name, Path(os.path.realpath(path))
    if any(generations.is_part_of_vault(folder) for place in whither for folder in (place, *place.parents)):
        raise OutputError(f"{path} ligt in de map van een kluis. Er is niets {verb}. Kies een andere map.")


class _Waiting(NamedTuple):
    """A file that holds room for what is to appear at a place, locked as long as this process waits."""

    room: Path
    path: Path
    content: bytes
    lock: OsLock | None = None

    def let_go(self) -> None:
        if self.lock is not None:
            self.lock.release()


class Pending:
    """Files for which room is held beside their places until `appear`; what did not appear is removed on the way out.

    Until then the room holds noise: where the program is killed, nothing stays behind of what was not frozen. What does
    stay is removed when something is written in the same folder again.
    """

    def __init__(self) -> None:
        self._waiting: list[_Waiting] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for waiting in self._waiting:
            waiting.let_go()
            waiting.room.unlink(missing_ok=True)

    def add(self, path: Path, content: bytes) -> None:
        """Hold room for the content beside its place, durable on return.

        Raises:
            OutputError: it can't be written there; nothing appeared.
        """
        try:
            self._refuse_taken(path)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=_ROOM, suffix=path.suffix)
            waiting = _Waiting(Path(name), path, content)
            self._waiting.append(waiting)
            with os.fdopen(handle, "wb") as file:
                _write(file, secrets.token_bytes(len(content)))  # no disk makes noise smaller
            with contextlib.suppress(VaultError):  # some network drives know no locks: there nothing is removed either
                self._waiting[-1] = waiting._replace(lock=OsLock(waiting.room, alone=True))
            _remove_left(waiting.room)
        except OSError as error:
            raise OutputError(f"{_why(path, error)} Er is niets uitgegeven. Kies een andere map.") from error

    def _refuse_taken(self, path: Path) -> None:
        """Raise OutputError where a file would take the place of a folder, a device, a vault or a backup."""
        place = Path(os.path.realpath(path.parent)) / path.name
        if path.is_dir():
            raise OutputError(f"{path} is een map. Er is niets uitgegeven. Geef het bestand een naam.")
        refuse_vault(path, "uitgegeven")
        if place in (Path(os.path.realpath(w.path.parent)) / w.path.name for w in self._waiting):
            raise OutputError(f"{path} is twee keer gekozen. Er is niets uitgegeven. Geef elk bestand een eigen naam.")
        if path.exists() and not path.is_file():
            raise OutputError(f"{path} is geen gewoon bestand. Er is niets uitgegeven. Kies een andere naam.")
        if path.exists() and container.looks_like_backup(path):
            raise OutputError(f"{path} is een reservekopie. Er is niets uitgegeven. Kies een andere naam.")

    def appear(self) -> None:
        """Write every file into its room and move it to its place, over one that was there.

        Raises:
            OutputError: a file could not be moved; what was frozen stays frozen, and can be exported again.
        """
        while self._waiting:
            room, path, content, _ = self._waiting[0]
            self._waiting[0].let_go()  # Windows writes to no file that is locked, and moves none
            try:
                with room.open("r+b") as file:
                    _write(file, content)
                room.replace(path)
                _sync_folder(path.parent)
            except OSError as error:
                raise OutputError(
                    f"Het verslag is vastgelegd in de kluis, maar {path} kon niet worden geschreven. Exporteer het "
                    "opnieuw, naar een andere map; u krijgt dan precies dit verslag."
                ) from error
            self._waiting.pop(0)


def _remove_left(room: Path) -> None:
    """Remove room beside this one that no process waits with: of a program that was killed."""
    with contextlib.suppress(OSError):
        now = room.stat().st_mtime  # by the clock of the disk
        for left in room.parent.iterdir():
            if not _LEFT.fullmatch(left.name) or left.is_symlink() or now - left.stat().st_mtime < _SETTLED_SECONDS:
                continue
            with contextlib.suppress(VaultError), OsLock(left, alone=True) as lock:
                lock.release()  # Windows removes no file that is open
                left.unlink()


def write_sheet(path: Path, content: bytes) -> None:
    """Write a sheet that opens the vault where the user wants it, for nobody else to read; no other file comes to be.

    Raises:
        OutputError: it can't be written there; what was begun is gone again.
    """
    refuse_vault(path, "bewaard")
    made = False
    try:
        made = not path.exists()
        if not made and (not path.is_file() or container.looks_like_backup(path)):
            raise OutputError(
                f"{path} is geen gewoon bestand of een reservekopie. Er is niets bewaard. Kies een andere naam."
            )
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            _write(file, content)
    except OSError as error:
        if made:
            with contextlib.suppress(OSError):
                path.unlink()
        raise OutputError(
            f"{_why(path, error)} Er is niets bewaard. Kies een andere map, of druk het blad af."
        ) from error
    _sync_folder(path.parent)


def _write(file: BinaryIO, content: bytes) -> None:
    """Write the content durably."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _why(path: Path, error: OSError) -> str:
    if error.errno in disk.NO_ROOM_LEFT:
        return f"De schijf van {path.parent} is vol."
    return f"In {path.parent} kan niet worden geschreven."


def _sync_folder(folder: Path) -> None:
    """Make a move durable where folders can be synced; Windows has no such call."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
