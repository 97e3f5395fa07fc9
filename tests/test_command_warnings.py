"""What the window shows in a bar, the command line says on standard error, beside its answer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.keyring_session import keyring_session
from tools.session import home_environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PHRASE = "zes heel lange woorden op papier"


def _done(
    folder: Path, *arguments: str, secrets: str = f"{PHRASE}\n", laptop: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Run a command on a laptop, without a keyring unless given; returns what it said and what it warned about."""
    answer = subprocess.run(
        [sys.executable, "-m", "vpdesk", *arguments],
        input=secrets,
        env=home_environment(folder) if laptop is None else dict(laptop),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout, answer.stderr


def test_restoring_an_older_copy_warns_with_both_dates_and_asks_only_what_it_does_not_know(tmp_path: Path) -> None:
    vault = tmp_path / "kluis"
    said, _ = _done(tmp_path, "init", "--vault", str(vault), "--passphrase-stdin")
    words = said.rpartition(": ")[2].strip()
    said, warned = _done(tmp_path, "backup", "--vault", str(vault), "--to", str(tmp_path / "k"), "--passphrase-stdin")
    assert warned == ""
    backup = said.rpartition(": ")[2].strip()
    database = next(vault.glob("*/vault.db"))
    later = database.stat().st_mtime + 3 * 86_400
    os.utime(database, (later, later))
    said, warned = _done(tmp_path, "restore", backup, "--vault", str(vault), "--words-stdin", secrets=f"{words}\n")
    assert "Deze kopie is van" in warned
    assert "Zijn er na deze kopie" not in said
    elsewhere = str(tmp_path / "elders")
    said, warned = _done(tmp_path, "restore", backup, "--vault", elsewhere, "--words-stdin", secrets=f"{words}\n")
    assert warned == ""
    assert "Zijn er na deze kopie" in said


def test_wrong_attempts_before_it_opened_are_told(tmp_path: Path) -> None:
    vault = str(tmp_path / "kluis")
    _done(tmp_path, "init", "--vault", vault, "--passphrase-stdin")
    backup = ("backup", "--vault", vault, "--to", str(tmp_path / "k"), "--passphrase-stdin")
    wrong = subprocess.run(
        [sys.executable, "-m", "vpdesk", *backup],
        input="iets anders\n",
        env=home_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert wrong.returncode == 1
    assert "verkeerd getypt" in _done(tmp_path, *backup)[1]


@pytest.mark.keyring
def test_an_older_vault_opened_with_the_words_is_told_by_the_keyring(tmp_path: Path) -> None:
    vault, copies = tmp_path / "kluis", str(tmp_path / "k")
    with keyring_session() as laptop:
        said, _ = _done(tmp_path, "init", "--vault", str(vault), "--passphrase-stdin", laptop=laptop)
        words = f"{said.rpartition(': ')[2].strip()}\n"
        daily = ("backup", "--vault", str(vault), "--to", copies, "--passphrase-stdin")
        by_words = ("backup", "--vault", str(vault), "--to", copies, "--words-stdin")
        _done(tmp_path, *daily, laptop=laptop)
        shutil.copytree(vault, tmp_path / "eerder")
        _done(tmp_path, *daily, laptop=laptop)
        assert _done(tmp_path, *by_words, secrets=words, laptop=laptop)[1] == ""
        shutil.rmtree(vault)
        shutil.copytree(tmp_path / "eerder", vault)
        warned = _done(tmp_path, *by_words, secrets=words, laptop=laptop)[1]
    assert "Deze kluis is ouder dan de kluis die op deze laptop het laatst open was." in warned
