"""Reads what strace saw: every file that was made or opened for writing, and every byte that was written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.leaks.canaries import LONGEST, found_in

if TYPE_CHECKING:
    from pathlib import Path

WRITES: Final = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg")
MAKES: Final = ("open", "openat", "openat2", "creat", "rename", "renameat", "renameat2", "link", "linkat", "symlink",
                "symlinkat", "mkdir", "mkdirat", "mknod", "mknodat")  # fmt: skip
MOVES: Final = ("copy_file_range", "sendfile", "splice", "tee")
OTHERS: Final = ("mmap", "prctl", "execve")

_CALL: Final = re.compile(r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)$")
_STRING: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_PATH: Final = re.compile(r"^(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2}|[^>])*)>")
_HEX: Final = re.compile(r"\\x([0-9a-f]{2})")


def command(log: Path) -> list[str]:
    """Return what to put before a command, to watch it and everything that it starts."""
    calls = ",".join((*WRITES, *MAKES, *MOVES, *OTHERS))
    return ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "4194304", "-e", f"trace={calls}", "-e", "signal=none",
            "-o", str(log)]  # fmt: skip


def _bytes(text: str) -> bytes:
    return bytes.fromhex("".join(_HEX.findall(text)))


def _path(text: str) -> str:
    found = _PATH.match(text)
    if found is None:
        return ""
    return _HEX.sub(lambda pair: chr(int(pair[1], 16)), found[1]).encode("latin-1").decode(errors="replace")


@dataclass
class Seen:
    """What a run did to the world."""

    made: set[str] = field(default_factory=set)
    written: dict[str, int] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    mapped: set[str] = field(default_factory=set)
    dumpable: dict[str, list[str]] = field(default_factory=dict)
    """Per process, in their order: `start` of a program, and what it says of its memory, `open` or `shut`."""


def read(log: Path) -> Seen:
    """Read a log that `command` asked for."""
    seen = Seen()
    tails: dict[str, bytes] = {}
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            call = _CALL.match(line)
            if call is not None:
                _take(seen, tails, call["pid"], call["name"], call["rest"])
    return seen


def _take(seen: Seen, tails: dict[str, bytes], pid: str, name: str, rest: str) -> None:
    failed = re.search(r"= -1 E\w+", rest) is not None
    if name in WRITES:
        where = _path(rest)
        content = b"".join(_bytes(found[1]) for found in _STRING.finditer(rest))
        seen.cut += [where for found in _STRING.finditer(rest) if found[2]]
        seen.written[where] = seen.written.get(where, 0) + len(content)
        told = found_in(tails.get(where, b"") + content)  # a word may fall between two writes
        tails[where] = (tails.get(where, b"") + content)[-LONGEST:]
        if told:
            seen.told.setdefault(where, set()).update(told)
    elif failed:
        return
    elif name in MAKES:
        if name.startswith("open") and not re.search(r"O_(?:WRONLY|RDWR|CREAT|TMPFILE)", rest):
            return
        given = [_bytes(found[1]).decode(errors="replace") for found in _STRING.finditer(rest)]
        folder = _path(rest)
        opened = _path(rest.rsplit("= ", 1)[-1]) if name.startswith(("open", "creat")) else ""
        seen.made.add(opened or next((p for p in given[-1:] if p.startswith("/")), f"{folder}/{given[-1]}"))
    elif name in MOVES:
        seen.moved.add(_HEX.sub(lambda pair: chr(int(pair[1], 16)), rest))
    elif name == "mmap" and "PROT_WRITE" in rest and "MAP_SHARED" in rest and "MAP_ANONYMOUS" not in rest:
        seen.mapped.add(_path(rest.split(", ")[4]))
    elif name == "prctl" and "PR_SET_DUMPABLE" in rest:
        seen.dumpable.setdefault(pid, []).append("shut" if "DISABLE" in rest else "open")
    elif name == "execve":
        seen.dumpable.setdefault(pid, []).append("start")
