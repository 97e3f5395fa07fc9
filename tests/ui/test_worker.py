"""Work is done in order on one thread, results come back in the window's thread, bugs are loud, leaving drops results."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel
from shiboken6 import Shiboken

from tests.vault_kit import NOW, PHRASE, made
from vpdesk.domain.errors import CancelledError, NotFoundError, VpdeskError
from vpdesk.operations.vaults import open_vault
from vpdesk.ui.worker import SORRY, Progress, Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    working = Worker()
    yield working
    working.close()


def _fail(error: Exception) -> None:
    raise error


def open_one(worker: Worker, folder: Path, qtbot: QtBot) -> None:
    kit = made(folder)
    opened: list[object] = []
    worker.open(lambda: open_vault(folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW), opened.append, _fail)
    qtbot.waitUntil(lambda: bool(opened))


def test_an_operation_runs_elsewhere_and_its_result_comes_back_here(
    worker: Worker, tmp_path: Path, qtbot: QtBot
) -> None:
    open_one(worker, tmp_path / "kluis", qtbot)
    threads: list[int] = []
    worker.run(
        lambda _vault: threading.get_ident(), lambda there: threads.extend((there, threading.get_ident())), _fail
    )
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()


def test_results_come_in_the_order_in_which_they_were_asked_for(worker: Worker, qtbot: QtBot) -> None:
    found: list[int] = []
    for number in range(20):
        worker.before(lambda number=number: number, found.append, _fail)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(found) == 20)
    assert found == list(range(20))


def test_an_expected_failure_comes_back_as_a_value(worker: Worker, qtbot: QtBot) -> None:
    said: list[VpdeskError] = []
    worker.before(lambda: _fail(NotFoundError("Deze casus is er niet.")), lambda _: None, said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].sentence == "Deze casus is er niet."


def test_a_bug_is_raised_where_it_is_loud(worker: Worker, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as loud:
        worker.before(lambda: _fail(ZeroDivisionError("bug")), lambda _: None, _fail)
        qtbot.waitUntil(lambda: bool(loud))
    assert loud[0][0] is ZeroDivisionError


def test_a_bug_lets_whoever_waits_go_on_with_one_general_sentence(worker: Worker, qtbot: QtBot) -> None:
    said: list[str] = []
    gone = QLabel()
    with qtbot.captureExceptions() as loud:
        worker.before(lambda: _fail(ValueError("Kievit")), lambda _: None, lambda error: said.append(error.sentence))
        worker.before(lambda: _fail(KeyError("Kievit")), lambda _: None, gone.setText)  # type: ignore[arg-type] # never called
        Shiboken.delete(gone)
        qtbot.waitUntil(lambda: len(loud) == 2)
    assert said == [SORRY]
    assert [found[0] for found in loud] == [ValueError, KeyError]
    assert isinstance(worker.told, ValueError), "who was gone heard nothing"


def test_work_without_an_open_vault_is_refused(worker: Worker, qtbot: QtBot) -> None:
    said: list[VpdeskError] = []
    worker.run(lambda _vault: None, lambda _: None, said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert isinstance(said[0], CancelledError)


def test_long_work_leaves_the_vault_thread_free(worker: Worker, qtbot: QtBot) -> None:
    gate = threading.Event()
    found: list[str] = []
    worker.aside(lambda: gate.wait(20), lambda _: found.append("lang"), _fail)
    worker.before(lambda: "kort", found.append, _fail)
    qtbot.waitUntil(lambda: found == ["kort"])
    gate.set()
    qtbot.waitUntil(lambda: found == ["kort", "lang"])


def test_results_for_a_screen_that_is_gone_are_dropped(worker: Worker, qtbot: QtBot) -> None:
    gate = threading.Event()
    found: list[str] = []
    worker.before(lambda: gate.wait(20), lambda _: found.append("te laat"), _fail)
    worker.forget()
    gate.set()
    worker.before(lambda: "nu", found.append, _fail)
    qtbot.waitUntil(lambda: found == ["nu"])
    assert worker.idle


def test_busy_is_told_once_for_a_row_of_work(worker: Worker, qtbot: QtBot) -> None:
    told: list[bool] = []
    worker.busy.connect(told.append)
    for _ in range(5):
        worker.before(lambda: None, lambda _: None, _fail)
    qtbot.waitUntil(lambda: told == [True, False])


def test_work_beside_the_vault_is_not_called_busy(worker: Worker, qtbot: QtBot) -> None:
    """The foot of the sidebar says *Wordt bewaard*, and an audit saves nothing."""
    told: list[bool] = []
    gate = threading.Event()
    worker.busy.connect(told.append)
    worker.aside(lambda: gate.wait(20), lambda _: None, _fail)
    assert not worker.idle
    worker.before(lambda: None, lambda _: None, _fail)
    qtbot.waitUntil(lambda: told == [True, False])
    assert not worker.idle
    gate.set()
    qtbot.waitUntil(lambda: worker.idle)
    assert told == [True, False]


def test_closing_cancels_what_reports_progress(worker: Worker, qtbot: QtBot) -> None:
    progress = Progress()
    started, ended = threading.Event(), threading.Event()

    def job() -> None:
        started.set()
        try:
            while True:
                progress(1, 2)
        except CancelledError:
            ended.set()

    worker.aside(job, lambda _: None, _fail)
    assert started.wait(20)
    worker.close()
    assert ended.wait(20)


def test_the_vault_is_closed_on_its_own_thread(worker: Worker, tmp_path: Path, qtbot: QtBot) -> None:
    open_one(worker, tmp_path / "kluis", qtbot)
    worker.close()
    said: list[VpdeskError] = []
    worker.run(lambda _vault: None, lambda _: None, said.append)
    qtbot.waitUntil(lambda: bool(said))


def test_an_answer_for_a_dialog_that_is_gone_is_dropped(worker: Worker, qtbot: QtBot) -> None:
    answered: list[int] = []
    gone = QLabel()
    worker.aside(lambda: "antwoord", gone.setText, _fail)
    Shiboken.delete(gone)
    worker.aside(lambda: 2, answered.append, _fail)
    qtbot.waitUntil(lambda: answered == [2])


class _Window:
    """Stands for a dialog: notes on which thread the last reference to it goes."""

    def __init__(self, gone: list[int]) -> None:
        self._gone = gone

    def __del__(self) -> None:
        self._gone.append(threading.get_ident())

    def job(self) -> int:
        return 1

    def no_job(self) -> int:
        raise NotFoundError("Deze casus is er niet.")

    def hear(self, _answer: object) -> None:
        pass


@pytest.mark.parametrize("fails", [False, True])
def test_the_thread_of_the_vault_never_holds_the_last_of_a_window(worker: Worker, qtbot: QtBot, fails: bool) -> None:
    gone: list[int] = []
    for _ in range(50):
        window = _Window(gone)
        worker.before(window.no_job if fails else window.job, window.hear, window.hear)
        del window
        qtbot.waitUntil(lambda: worker.idle)
        worker.before(lambda: 0, lambda _: None, _fail)  # what the thread still held goes when it takes the next
        qtbot.waitUntil(lambda: worker.idle)
    qtbot.waitUntil(lambda: len(gone) == 50)
    assert set(gone) == {threading.get_ident()}
