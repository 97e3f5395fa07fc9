"""Vaults for tests: small key stretching, a keyring in memory, and faults that strike at the n-th write."""

from __future__ import annotations

import hashlib
import os
import pathlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from vpdesk.operations.setup import begin_setup
from vpdesk.store import generations
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import KdfParameters

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from vpdesk.store.vault import Vault

SMALL: Final = KdfParameters(memory_kib=8, iterations=1, lanes=1)
NOW: Final = datetime(2026, 1, 20, 10, 0, 0)  # noqa: DTZ001 - the product works in the laptop's local time
PHRASE: Final = "een kop koffie"
LONG_PHRASE: Final = "zes gewone woorden zonder enige samenhang"


@dataclass
class Made:
    """A vault that was made, with what opens it."""

    folder: Path
    words: tuple[str, ...]
    keychain: MemoryKeychain = field(default_factory=MemoryKeychain)

    @property
    def database(self) -> Path:
        return generations.current(self.folder) / generations.DATABASE

    @property
    def key_file(self) -> Path:
        return generations.current(self.folder) / generations.KEYS


def make(folder: Path, *, practice: bool = False) -> tuple[Made, Vault]:
    """Make a vault with `PHRASE`; return it open too."""
    keychain = MemoryKeychain()
    setup = begin_setup(folder, passphrase=PHRASE, keychain=keychain, now=NOW, kdf=SMALL, practice=practice)
    return Made(folder, setup.words, keychain), setup.confirm(setup.words)


def made(folder: Path) -> Made:
    """Make a vault, write a setting, and close it."""
    kit, vault = make(folder)
    with vault.transaction():
        vault.settings.put("proef", "eerste")
    vault.close()
    return kit


def fingerprint(folder: Path) -> dict[str, str]:
    """Return SHA-256 of every file under a folder, the lock file left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != generations.LOCK
    }


class Stop(Exception):  # noqa: N818 - it stands for the end of the process
    """The process would have ended here."""


class Strike:
    """Raises at the n-th fsync, rename, folder or removal, as if the process ended there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, error: type[BaseException] = Stop) -> None:
        self.count = 0
        self._at = at
        self._error = error
        monkeypatch.setattr(os, "fsync", self._struck(os.fsync))
        for name in ("replace", "mkdir", "unlink", "rmdir", "touch"):
            monkeypatch.setattr(pathlib.Path, name, self._struck(getattr(pathlib.Path, name)))

    def _struck(self, function: Any) -> Any:
        def strike(*args: Any, **named: Any) -> Any:
            self.count += 1
            if self._at and self.count >= self._at:  # a process that ended does nothing more
                raise self._error
            return function(*args, **named)

        return strike
