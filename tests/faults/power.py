"""What a disk may hold after the power went: replays recorded calls onto a model of files, names and what was synced.

A write that was not synced is there, is not, or is there for some of its sectors. A name that was made, moved or removed
is there or not until its folder was synced. Files are inodes, so that a name may outlive, or be without, its content.
"""

from __future__ import annotations

import itertools
import re
import shutil
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from tests.faults.strace_kit import SYSCALLS, Told, Voice, calls, traced

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECTOR: Final = 512
_MOST_BYTES: Final = 2_000_000  # of one write in the trace
_QUOTED: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR: Final = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>")
_HEX: Final = re.compile(r"\\x([0-9a-f]{2})")


class Kept(StrEnum):
    """What becomes of what was not synced."""

    ALL = "all"
    NONE = "none"
    SOME = "some"


@dataclass(frozen=True)
class Write:
    inode: int
    at: int
    data: bytes


@dataclass(frozen=True)
class Cut:
    inode: int
    size: int


@dataclass(frozen=True)
class Names:
    """Entries of folders that change together: (folder, name) to an inode, or to none."""

    change: tuple[tuple[int, str, int | None], ...]


@dataclass(frozen=True)
class Synced:
    inode: int


@dataclass(frozen=True)
class Done:
    """The program said that it was done."""


Step = Write | Cut | Names | Synced | Done


@dataclass
class Disk:
    """Files by inode and folders by inode, each with names; inode 0 is the folder that is watched."""

    files: dict[int, bytearray] = field(default_factory=dict)
    folders: dict[int, dict[str, int]] = field(default_factory=dict)

    def copy(self) -> Disk:
        return Disk({n: bytearray(b) for n, b in self.files.items()}, {n: dict(f) for n, f in self.folders.items()})

    def find(self, path: str) -> int | None:
        """Return the inode at a path relative to the watched folder."""
        at: int | None = 0
        for part in [part for part in path.split("/") if part]:
            at = None if at is None else self.folders.get(at, {}).get(part)
        return at

    def apply(self, step: Step) -> None:
        match step:
            case Write(inode, at, data):
                content = self.files[inode]
                content.extend(bytes(max(0, at + len(data) - len(content))))
                content[at : at + len(data)] = data
            case Cut(inode, size):
                content = self.files[inode]
                content.extend(bytes(max(0, size - len(content))))
                del content[size:]
            case Names(change):
                for folder, name, inode in change:
                    if inode is None:
                        self.folders[folder].pop(name, None)
                    else:
                        self.folders[folder][name] = inode
            case _:
                pass

    def write_to(self, root: Path) -> None:
        """Put the watched folder on a real disk."""
        shutil.rmtree(root, ignore_errors=True)
        waiting = [(0, root)]
        while waiting:
            inode, path = waiting.pop()
            path.mkdir(mode=0o700)
            for name, child in self.folders[inode].items():
                if child in self.folders:
                    waiting.append((child, path / name))
                else:
                    (path / name).write_bytes(self.files[child])


def _read(root: Path, numbers: Iterator[int]) -> Disk:
    disk = Disk()
    waiting = [(next(numbers), root)]
    while waiting:
        inode, path = waiting.pop()
        disk.folders[inode] = {}
        for child in sorted(path.iterdir()):
            number = next(numbers)
            disk.folders[inode][child.name] = number
            if child.is_dir():
                waiting.append((number, child))
            else:
                disk.files[number] = bytearray(child.read_bytes())
    return disk


class Recording:
    """What a job did to a folder, step by step, with the disk before and as it would be if nothing were lost."""

    def __init__(self, job: Callable[[Voice], None], log: Path, root: Path) -> None:
        """Run the job under strace and understand every call on the folder; an unknown one fails here."""
        self._numbers = itertools.count()
        self._root = str(root)
        self.before = _read(root, self._numbers)
        self.now = self.before.copy()
        self.steps: list[Step] = []
        self._ends: dict[tuple[str, str], int] = {}
        names = ",".join((*SYSCALLS, "openat", "lseek", "sendto", "dup"))
        self.told: Told = traced(job, log, "-xx", "-s", str(_MOST_BYTES), "-e", f"trace={names}")
        for name, arguments, result in calls(self.told.trace):
            if result.startswith("-"):
                continue
            self._understand(name, arguments)

    def _step(self, step: Step) -> None:
        self.steps.append(step)
        self.now.apply(step)

    def _inside(self, path: str) -> str | None:
        return path.removeprefix(self._root) if f"{path}/".startswith(f"{self._root}/") else None

    def _paths(self, arguments: str) -> list[str]:
        return [_plain(text).decode() for text in _QUOTED.findall(arguments)]

    def _entry(self, path: str) -> tuple[int, str]:
        parent, _, name = path.rstrip("/").rpartition("/")
        folder = self.now.find(parent)
        assert folder is not None, path
        return folder, name

    def _understand(self, name: str, arguments: str) -> None:
        if name == "sendto":
            if _QUOTED.search(arguments) and self._paths(arguments)[0] == "done":
                self._step(Done())
        elif name in {"openat", "mkdir", "mkdirat", "unlink", "unlinkat", "rmdir", "rename", "renameat2"}:
            paths = [inside for path in self._paths(arguments) if (inside := self._inside(path)) is not None]
            if paths:
                self._named(name, arguments, paths)
        else:
            found = _DESCRIPTOR.match(arguments)
            path = None if found is None else self._inside(_plain(found[1]).decode(errors="replace"))
            if path is not None:
                self._written(name, arguments, path)

    def _named(self, name: str, arguments: str, paths: list[str]) -> None:
        if name == "openat":
            self._opened(arguments, paths[0])
        elif name.startswith("mkdir"):
            number = next(self._numbers)
            self.before.folders[number] = {}
            self.now.folders[number] = {}
            self._step(Names(((*self._entry(paths[0]), number),)))
        elif name.startswith("rename"):
            inode = self.now.find(paths[0])
            assert inode is not None, paths
            self._step(Names(((*self._entry(paths[0]), None), (*self._entry(paths[1]), inode))))
        else:
            self._step(Names(((*self._entry(paths[0]), None),)))

    def _opened(self, arguments: str, path: str) -> None:
        inode = self.now.find(path)
        self._ends[path, "at"] = 0
        if inode is None and "O_CREAT" in arguments:
            number = next(self._numbers)
            self.before.files[number] = bytearray()
            self.now.files[number] = bytearray()
            self._step(Names(((*self._entry(path), number),)))
        elif inode is not None and "O_TRUNC" in arguments and self.now.files[inode]:
            self._step(Cut(inode, 0))

    def _written(self, name: str, arguments: str, path: str) -> None:
        inode = self.now.find(path)
        assert inode is not None, (name, path)
        if name in {"fsync", "fdatasync"}:
            self._step(Synced(inode))
        elif name == "ftruncate":
            self._step(Cut(inode, int(arguments.rsplit(", ", 1)[1])))
        elif name in {"write", "pwrite64"}:
            quoted = _QUOTED.search(arguments)
            assert quoted is not None, arguments[:200]
            data = _plain(quoted[1])
            numbers = [int(number) for number in arguments[quoted.end() :].split(", ")[1:]]
            assert len(data) == numbers[0], "the trace was cut short"
            at = numbers[1] if name == "pwrite64" else self._ends[path, "at"]
            if name == "write":
                self._ends[path, "at"] = at + len(data)
            self._step(Write(inode, at, data))
        elif name == "lseek":
            assert arguments.endswith(("0, SEEK_CUR", "0, SEEK_SET", "0, SEEK_END")), arguments

    def crash(self, after: int, kept: Kept, dice: random.Random) -> Disk:
        """Return the disk when the power goes after so many steps."""
        done = self.steps[:after]
        last = {step.inode: number for number, step in enumerate(done) if isinstance(step, Synced)}
        disk = self.before.copy()
        for number, step in enumerate(done):
            match step:
                case Write(inode) | Cut(inode):
                    safe = number < last.get(inode, -1)
                case Names(change):
                    safe = all(number < last.get(folder, -1) for folder, _, _ in change)
                case _:
                    continue
            if safe or kept is Kept.ALL:
                disk.apply(step)
            elif kept is Kept.SOME and dice.random() < 0.5:
                disk.apply(_torn(step, dice))
        return disk

    def acknowledged(self, after: int) -> bool:
        """Return whether the program had said, so many steps on, that it was done."""
        return any(isinstance(step, Done) for step in self.steps[:after])


def _torn(step: Step, dice: random.Random) -> Step:
    """Return a write of which some of the first sectors arrived, in three of ten cases."""
    if isinstance(step, Write) and len(step.data) > SECTOR and dice.random() < 0.3:
        return Write(step.inode, step.at, step.data[: SECTOR * dice.randrange(len(step.data) // SECTOR)])
    return step


def _plain(text: str) -> bytes:
    return bytes(int(pair, 16) for pair in _HEX.findall(text)) if "\\x" in text else text.encode()
