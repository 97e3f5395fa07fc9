"""Files that the user may not read or write, met by the real command line: said as such, never as damage."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import make
from vpdesk.store import generations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("clean_home")

LIKE_ANYBODY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner") if os.geteuid() == 0 else ()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A vault that opens by itself; whatever rights were taken are given back."""
    kit, vault = make(tmp_path / "kluis", practice=True)
    vault.close()
    yield kit.folder
    for path in (kit.folder, *kit.folder.iterdir()):
        path.chmod(0o700)


def run(*arguments: object) -> tuple[int, str]:
    command = [*LIKE_ANYBODY, sys.executable, "-m", "vpdesk", *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert "liep vast" not in ended.stderr, ended.stderr
    return ended.returncode, ended.stdout + ended.stderr


def test_a_pointer_that_may_not_be_read_is_not_damage(folder: Path, tmp_path: Path) -> None:
    (folder / generations.POINTER).chmod(0)
    code, said = run("backup", "--vault", folder, "--to", tmp_path / "kopie")
    assert code == 1
    assert "mag het bestand current" in said
    assert "beschadigd" not in said
    assert "mag het bestand current" in run("doctor", "--vault", folder)[1]


@pytest.mark.parametrize("left", [False, True], ids=["clean", "with an empty journal"])
def test_a_generation_that_takes_no_writes_opens_for_reading(folder: Path, tmp_path: Path, left: bool) -> None:
    generation = generations.current(folder)
    if left:
        (generation / f"{generations.DATABASE}-journal").touch()
    generation.chmod(0o500)
    code, said = run("backup", "--vault", folder, "--to", tmp_path / "kopie")
    assert code == 0, said
    assert "nu alleen te lezen" in said


@pytest.mark.parametrize("mode", [0, 0o400])
def test_a_generation_that_may_not_be_entered_is_said_by_the_doctor(folder: Path, mode: int) -> None:
    generations.current(folder).chmod(mode)
    code, said = run("doctor", "--vault", folder)
    assert code == 1
    assert "niet te lezen" in said
