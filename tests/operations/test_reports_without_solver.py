"""Reports where the solver's library is damaged: the child loads what is really broken, and it is said what to do."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import highspy
import pytest

from tests.casework import NOW, a_client
from tests.operations.test_reports import fill
from vpdesk.domain.errors import CancelledError, ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.rows import CheckLine
from vpdesk.domain.statements import Audience
from vpdesk.operations import reckoning, report_making, reports
from vpdesk.operations.doctor import doctor
from vpdesk.reporting.disclosure import office
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from vpdesk.store.vault import Vault

PROTECTED = office.protected
"""What the other tests of operations replace: here the child is what it is about."""


def whole(_: Path) -> None:
    """Leave everything as it was installed."""


def gone(package: Path) -> None:
    for library in (*package.glob("libhighs*"), *package.glob("_core.*")):
        library.unlink()


def half(package: Path) -> None:
    """Leave the first half of each library: what is read beyond it ends the process."""
    for library in (*package.glob("libhighs*"), *package.glob("_core.*")):
        os.truncate(library, library.stat().st_size // 2)


def empty(package: Path) -> None:
    for library in (*package.glob("libhighs*"), *package.glob("_core.*")):
        os.truncate(library, 0)


def refused_by_the_system(package: Path) -> None:
    (package / "__init__.py").write_text("raise OSError(193, 'no valid program')\n")


def without_sense(package: Path) -> None:
    (package / "__init__.py").write_bytes(b"\0" * 4096)


DAMAGE = [gone, half, empty, refused_by_the_system, without_sense]


@pytest.fixture
def solver_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Path], None]], None]:
    """Let children find a copy of the solver with some damage before the real one."""
    monkeypatch.setattr(office, "protected", PROTECTED)

    def damaged(damage: Callable[[Path], None]) -> None:
        package = tmp_path / "fake" / "highspy"
        shutil.copytree(Path(highspy.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
        damage(package)
        monkeypatch.setenv("PYTHONPATH", f"{package.parent}{os.pathsep}{Path.cwd()}")

    return damaged


def export(vault: Vault, out: Path) -> None:
    fill(vault, 24)
    reports.export_report(
        vault, client_id=a_client(vault).id, period=Period.year(2025), audience=Audience.WERKGEVER, out=out, now=NOW,
        backup_places=(),
    )  # fmt: skip


def test_a_whole_copy_of_the_solver_makes_the_report(
    vault: Vault, tmp_path: Path, solver_with: Callable[[Callable[[Path], None]], None]
) -> None:
    solver_with(whole)
    export(vault, tmp_path / "een.pdf")
    assert (tmp_path / "een.pdf").exists()
    assert office.loads()


@pytest.mark.parametrize("damage", DAMAGE, ids=[damage.__name__ for damage in DAMAGE])
def test_a_library_that_can_not_be_loaded_is_named_with_what_is_safe_and_what_to_do(
    damage: Callable[[Path], None],
    vault: Vault,
    tmp_path: Path,
    solver_with: Callable[[Callable[[Path], None]], None],
) -> None:
    solver_with(damage)
    with pytest.raises(ReportRefusedError) as refused:
        export(vault, tmp_path / "een.pdf")
    assert refused.value.sentence == report_making.BROKEN
    for said in ("start niet", "niets geëxporteerd", "niet veranderd", "installeer vpdesk dan opnieuw"):
        assert said in refused.value.sentence
    assert not (tmp_path / "een.pdf").exists()
    assert reports.publications(vault, a_client(vault).id) == ()
    line = next(line for line in doctor(vault, keychain=MemoryKeychain(), now=NOW) if line.name == reckoning.NAME)
    assert line == CheckLine("Narekenen", ok=False, sentence=reckoning.BROKEN)
    for said in ("start niet", "opnieuw bewaren", "installeer vpdesk dan opnieuw", "uw kluis blijft daarbij staan"):
        assert said in line.sentence


def test_a_solver_that_is_not_installed_is_named_by_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    assert reckoning.reckoning_line() == CheckLine(
        "Narekenen", ok=True, sentence="Het onderdeel dat verslagen narekent, start."
    )
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "numpy" else found(name))
    line = reckoning.reckoning_line()
    assert not line.ok
    assert "ontbreekt" in line.sentence
    assert "Installeer vpdesk opnieuw" in line.sentence


def test_a_child_that_can_not_start_or_hangs_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "command", lambda: ["/nowhere/at/all"])
    assert not office.loads()
    monkeypatch.setattr(office, "command", lambda: ["/bin/sh", "-c", "exec sleep 600"])
    monkeypatch.setattr(office, "MOST_LOADING_POLLS", 2)
    assert not office.loads()


def test_looking_whether_the_solver_loads_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = office.children.start

    def keep(command: list[str]) -> subprocess.Popen[bytes]:
        started.append(start(command))
        return started[-1]

    monkeypatch.setattr(office.children, "start", keep)
    monkeypatch.setattr(office, "command", lambda: ["/bin/sh", "-c", "exec sleep 600"])
    with pytest.raises(CancelledError):
        office.loads(lambda: True)
    assert started[0].returncode is not None
