"""Reads one file as vpdesk would, with 512 MB to live in: `python -m tests.abuse.child TARGET PATH` says what it took."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from tests.abuse.targets import TARGETS

ALLOWED = 512 * 1024 * 1024


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def main() -> None:
    target, path = TARGETS[sys.argv[1]], Path(sys.argv[2])
    data = path.read_bytes()
    room = _status("VmSize") + ALLOWED
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    target(data)
    own, children = _status("VmHWM"), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps({"own": own, "children": children}))  # noqa: T201 - for the test that started this


if __name__ == "__main__":
    main()
