"""Files as vpdesk or a person writes them, from which fuzzing starts: the golden vaults and the sheet in tests/data."""

from __future__ import annotations

import functools
import hashlib
import tempfile
from datetime import datetime
from pathlib import Path

from tests.vault_kit import made
from vpdesk.store import container, keyfile
from vpdesk.store.keys import SlotKind
from vpdesk.store.refusals import PAGE_BYTES

TESTS = Path(__file__).parents[1]
MADE = datetime(2026, 1, 20, 10, 0, 0)  # noqa: DTZ001 - the product works in the laptop's local time


@functools.cache
def own_key_file() -> bytes:
    """A key file with a daily and a recovery slot."""
    with tempfile.TemporaryDirectory() as folder:
        return made(Path(folder) / "kluis").key_file.read_bytes()


@functools.cache
def own_backup() -> bytes:
    """A whole container around a payload that is none."""
    slot = keyfile.parse(own_key_file()).slot(SlotKind.RECOVERY)
    assert slot is not None
    with tempfile.TemporaryDirectory() as folder:
        payload = Path(folder) / "inhoud"
        payload.write_bytes(b"een kanarie zegt" * (PAGE_BYTES // 16))
        digest = hashlib.sha256(payload.read_bytes()).digest()
        header = container.Header("0f" * 16, 7, MADE, bytes(32), payload.stat().st_size, digest, slot, bytes(16))
        container.write(Path(folder) / "kopie", header, payload, bytes(32))
        return (Path(folder) / "kopie").read_bytes()


def seeds(target: str) -> list[bytes]:
    """Return what a target is given first."""
    golden = TESTS / "golden/vaults"
    match target:
        case "sleutels":
            return [own_key_file(), *(path.read_bytes() for path in sorted(golden.glob("*/g-*/vault.keys")))]
        case "kopie":
            return [own_backup()]
        case "wijzer":
            return [b"vpdesk 1 g-0123456789abcdef\n", *(p.read_bytes() for p in sorted(golden.glob("*/current")))]
        case "koppeling":
            return [
                (TESTS / "data/hogeschool-mapping.toml").read_bytes(),
                b'[kolommen]\n"a" = "datum"\n',
                b'waarden = "a"\n',
            ]
        case _:
            real = (TESTS / "data/hogeschool-2020-2022.csv").read_bytes().splitlines(keepends=True)
            return [b"".join(real[:6]), b'sep=,\ndatum,notitie\n01-02-2021,"a ""b"", c"\n']
