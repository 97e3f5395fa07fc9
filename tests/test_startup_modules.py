"""What is not needed for the first paint is not loaded before it: reports, solver, spreadsheets, other keyrings."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.keyring_session import keyring_session

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.window, pytest.mark.keyring]

LATER = (
    "reportlab",
    "highspy",
    "numpy",
    "python_calamine",
    "docx",
    "odfdo",
    "segno",
    "PIL",
    "lxml",
    "openpyxl",
    "hypothesis",
)
KEYRINGS = ("chainer", "fail", "kwallet", "libsecret", "macOS", "null", "Windows")
# Of vpdesk itself: what makes, checks, copies or restores a vault, and what only another page or the palette shows.
PARTS = (
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
    "vpdesk.exchange",
    "vpdesk.operations.backups",
    "vpdesk.operations.doctor",
    "vpdesk.operations.practice",
    "vpdesk.operations.restoring",
    "vpdesk.operations.setup",
    "vpdesk.reporting",
    "vpdesk.store.backup",
    "vpdesk.store.container",
    "vpdesk.ui.finding",
    "vpdesk.ui.pages.cases",
    "vpdesk.ui.pages.reminder_menu",
    "vpdesk.ui.palette",
    "vpdesk.ui.screens.elsewhere",
    "vpdesk.ui.system",
    "vpdesk.ui.widgets.fields",
    "vpdesk.ui.widgets.tables",
)
# What protects and audits a report; all of it runs in the child process.
AUDIT = tuple(
    f"vpdesk.reporting.disclosure.{name}" for name in ("auditor", "descent", "readings", "audit", "solver", "child")
)
PASSPHRASE = "zeven stille schapen"


def program(environment: dict[str, str], *arguments: str, given: str = "", module: str = "vpdesk") -> None:
    finished = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert finished.returncode == 0, finished.stderr


def loaded_at_first_paint(environment: dict[str, str], report: Path, *arguments: str) -> set[str]:
    """Names of the modules that the program had loaded when its window was painted."""
    program(environment, *arguments, "--quit-after-paint", "--report-modules", str(report))
    modules = set(report.read_text(encoding="utf-8").split())
    assert "vpdesk.app" in modules
    assert "PySide6.QtWidgets" in modules
    return modules


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def without_measuring(environment: dict[str, str]) -> dict[str, str]:
    """Coverage in the child would load modules of its own."""
    return {name: value for name, value in environment.items() if not name.startswith("COVERAGE")}


def test_the_first_start_loads_nothing_that_comes_later(clean_home: Path, tmp_path: Path) -> None:
    modules = loaded_at_first_paint(without_measuring(dict(os.environ)), tmp_path / "modules.txt")
    assert packages(modules).isdisjoint(LATER)
    assert modules.isdisjoint({f"keyring.backends.{name}" for name in KEYRINGS})


def test_a_folder_that_was_named_and_holds_no_vault_begins_no_new_one(clean_home: Path, tmp_path: Path) -> None:
    named = tmp_path / "weg"
    modules = loaded_at_first_paint(
        without_measuring(dict(os.environ)), tmp_path / "modules.txt", "--vault", str(named)
    )
    assert "vpdesk.ui.screens.no_vault" in modules
    assert "vpdesk.ui.screens.wizard" not in modules
    assert not named.exists()


def test_the_practice_vault_opens_without_any_keyring(clean_home: Path, tmp_path: Path) -> None:
    environment = without_measuring(dict(os.environ))
    modules = loaded_at_first_paint(
        environment, tmp_path / "modules.txt", "demo", "--vault", str(tmp_path / "oefenkluis")
    )
    assert packages(modules).isdisjoint({*LATER, "keyring", "secretstorage"})


def test_an_open_vault_loads_no_more_of_the_program_than_vandaag_shows(clean_home: Path, tmp_path: Path) -> None:
    environment = without_measuring(dict(os.environ))
    vault = str(tmp_path / "oefenkluis")
    program(environment, "demo", "--vault", vault, "--quit-after-paint")
    modules = loaded_at_first_paint(environment, tmp_path / "modules.txt", "demo", "--vault", vault)
    assert modules.isdisjoint(PARTS)


def test_the_window_that_made_a_preview_loaded_nothing_of_what_audits_it(clean_home: Path, tmp_path: Path) -> None:
    environment = without_measuring(dict(os.environ))
    vault, report = str(tmp_path / "oefenkluis"), tmp_path / "modules.txt"
    program(environment, "demo", "--vault", vault, "--quit-after-paint")
    program(environment, vault, str(report), module="tests.previewing")
    modules = set(report.read_text(encoding="utf-8").split())
    assert {"vpdesk.ui.pages.report", "vpdesk.reporting.disclosure.office", "reportlab"} <= modules
    assert modules.isdisjoint({*AUDIT, "vpdesk.reporting.statements"})
    assert packages(modules).isdisjoint({"highspy", "numpy"})


def test_the_lock_screen_of_a_real_vault_loads_only_the_keyring_in_use(tmp_path: Path) -> None:
    vault = str(tmp_path / "kluis")
    with keyring_session() as laptop:
        environment = without_measuring(laptop)
        program(environment, "init", "--vault", vault, "--passphrase-stdin", given=f"{PASSPHRASE}\n")
        modules = loaded_at_first_paint(environment, tmp_path / "modules.txt", "--vault", vault)
    assert packages(modules).isdisjoint(LATER)
    assert modules.isdisjoint({f"keyring.backends.{name}" for name in KEYRINGS})
