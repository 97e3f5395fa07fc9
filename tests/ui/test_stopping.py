"""A window that locks stops long work: what is under way is rolled back and said, and nobody waits for it."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.abuse.workbooks import plain
from tests.ui.test_away import opened, talking
from tests.vault_kit import PHRASE, Made
from vpdesk import children
from vpdesk.domain.rows import CaseFilter
from vpdesk.exchange import workbooks
from vpdesk.operations import importing
from vpdesk.operations.cases import count_cases
from vpdesk.operations.conversations import drafts
from vpdesk.operations.importing import check_sheet, propose_mapping, read_sheet
from vpdesk.reporting.disclosure import office
from vpdesk.ui import locking
from vpdesk.ui.pages.import_dialog import STOPPED, ImportDialog
from vpdesk.ui.pages.report import ReportPage
from vpdesk.ui.system.port import Away

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ui.stage import Stage
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.window

ROWS = 2_000
HANGS = [sys.executable, "-c", "import time; time.sleep(600)"]
WAYS = {
    "Ctrl+L": lambda stage: stage.session.locking.lock(),
    "sleep": lambda stage: stage.session.locking.away(Away.SLEEP),
}
"""What is asked of a window that has work under way."""


def importing_dialog(stage: Stage) -> ImportDialog:
    dialog = ImportDialog(stage.desk.context, stage.desk, "Gemeente Esdoornveen")
    dialog.open()
    stage.settle()
    return dialog


@pytest.mark.parametrize("way", WAYS)
def test_an_import_is_rolled_back_and_that_is_said(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    opened(stage)
    halfway, go_on, written = threading.Event(), threading.Event(), []
    real = importing._write

    def write(vault: Vault, *row: Any) -> None:
        real(vault, *row)
        written.append(row)
        if len(written) == ROWS // 10:
            halfway.set()
            go_on.wait(20)

    monkeypatch.setattr(importing, "_write", write)
    dialog = importing_dialog(stage)
    lines = (f"{1 + n % 28:02}-03-2025;melder;zin {n}\n" for n in range(ROWS))
    (tmp_path / "blad.csv").write_text("datum;rol;notitie\n" + "".join(lines), encoding="utf-8")
    sheet = read_sheet(tmp_path / "blad.csv")
    dialog._plan = check_sheet(sheet, propose_mapping(sheet), today=stage.now.date())
    assert len(dialog._plan.rows) == ROWS
    dialog._import()
    stage.until(halfway.is_set)
    WAYS[way](stage)
    go_on.set()
    stage.until(lambda: stage.ends)
    assert len(written) < ROWS
    assert stage.ends[0].splitlines()[-1] == STOPPED
    with stage.session.door.open(passphrase=PHRASE) as vault:
        assert count_cases(vault, CaseFilter()) == 0
        assert vault.integrity(full=True)


@pytest.mark.parametrize("way", WAYS)
def test_a_sheet_that_is_being_read_is_dropped_at_once(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    started = children_started(monkeypatch)
    monkeypatch.setattr(workbooks, "command", lambda: HANGS)
    (tmp_path / "blad.xlsx").write_bytes(plain())
    opened(stage)
    importing_dialog(stage).read(tmp_path / "blad.xlsx")
    stage.until(lambda: started)
    WAYS[way](stage)
    assert started[0].wait(5) is not None, "it ends when the window blanks, not when the vault is closed"
    stage.until(lambda: stage.ends)


def test_a_report_that_is_being_audited_is_dropped_at_once(
    stage: Stage, practice: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = children_started(monkeypatch)
    monkeypatch.setattr(office, "command", lambda: HANGS)
    stage.session.begin(practice=True)
    stage.until(lambda: stage.session.desk)
    stage.settle()
    stage.desk.commands.pages["jaarverslag"].trigger()
    stage.until(lambda: started)
    stage.session.locking.lock()
    assert started[0].wait(5) is not None
    stage.until(lambda: stage.ends)


def test_a_preview_that_is_cancelled_ends_its_audit_and_the_window_goes_on(
    stage: Stage, practice: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = children_started(monkeypatch)
    monkeypatch.setattr(office, "command", lambda: HANGS)
    stage.session.begin(practice=True)
    stage.until(lambda: stage.session.desk)
    stage.settle()
    stage.desk.commands.pages["jaarverslag"].trigger()
    stage.until(lambda: started)
    page = stage.desk.page
    assert isinstance(page, ReportPage)
    assert page.making.busy
    page.preview.progress.cancelled.emit()
    assert started[0].wait(5) is not None
    stage.until(lambda: not page.making.busy)
    assert len(started) == 1
    assert not stage.ends


def test_a_thread_that_reads_a_sheet_is_not_waited_for(stage: Stage, kit: Made) -> None:
    free = threading.Event()
    desk = opened(stage)
    desk.context.worker.aside(lambda: free.wait(60), lambda _: None, desk.show_failure)
    before = time.monotonic()
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    took = time.monotonic() - before
    free.set()
    assert took < locking._PATIENCE / 2


def test_work_that_does_not_stop_keeps_no_key_in_memory_when_nothing_was_typed(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()
    monkeypatch.setattr(locking, "_HASTE", 0.2)
    desk = opened(stage)
    desk.context.worker.run(lambda _: free.wait(60), lambda _: None, desk.show_failure)
    stage.session.locking.away(Away.SLEEP)
    stage.until(lambda: stage.ends)
    assert not free.is_set()
    free.set()


def test_a_text_waits_for_work_that_does_not_stop_and_sleep_does_not(
    stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, stopped = threading.Event(), []
    monkeypatch.setattr(locking, "_HASTE", 0.2)
    desk = opened(stage)
    talking(stage)
    desk.context.worker.run(lambda _: free.wait(60), lambda _: None, desk.show_failure)
    monkeypatch.setattr(stage.session.locking, "_stop_watch", lambda: stopped.append(True))
    stage.session.locking.away(Away.SLEEP)
    stage.until(lambda: stopped)
    assert not stage.ends
    free.set()
    stage.until(lambda: stage.ends)
    with stage.session.door.open(passphrase=PHRASE) as vault:
        assert len(drafts(vault)) == 1


def children_started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    started: list[Any] = []
    real: Callable[..., Any] = children.start

    def start(*asked: Any, **how: Any) -> Any:
        started.append(real(*asked, **how))
        return started[-1]

    monkeypatch.setattr(children, "start", start)
    return started


@pytest.fixture
def practice(stage: Stage, practice_folder: Path) -> None:
    shutil.copytree(practice_folder, stage.session.door.folder)
