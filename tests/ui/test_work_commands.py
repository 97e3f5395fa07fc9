"""The clock in the top row: started and stopped anywhere, running on over a lock, and asked about when it was forgotten."""

from __future__ import annotations

import shutil
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.timer import LONGEST
from vpdesk.operations import timer, worklog
from vpdesk.ui.changes import Topic
from vpdesk.ui.desk import Desk
from vpdesk.ui.models.activity_table import everything
from vpdesk.ui.pages.activities import ActivitiesPage
from vpdesk.ui.pages.timer_dialogs import SET_BACK, StartTimerDialog, StopTimerDialog
from vpdesk.ui.widgets.messages import Message, Toast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.ui.stage import Stage
    from vpdesk.domain.worklog import Activity
    from vpdesk.operations.timer import Running
    from vpdesk.operations.vaults import Vault

pytestmark = pytest.mark.window


def opened(stage: Stage) -> Desk:
    stage.session.begin()
    desk = stage.screen(Desk)
    assert isinstance(desk, Desk)
    stage.settle()
    return desk


@pytest.fixture
def desk(stage: Stage, practice_folder: Path) -> Desk:
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    shutil.copytree(practice_folder, folder)
    return opened(stage)


def ask(stage: Stage, operation: Callable[[Vault], object]) -> object:
    given: list[object] = []
    stage.worker.run(operation, given.append, lambda error: pytest.fail(error.sentence))
    stage.settle()
    return given[0]


def shown(stage: Stage, kind: type[QWidget]) -> QWidget:
    stage.settle()
    return next(widget for widget in stage.window.findChildren(kind) if widget.isVisible())


def started(stage: Stage, desk: Desk, ago: timedelta) -> None:
    """Let a clock run that began a while ago, and the window know."""
    ask(stage, partial(timer.start_timer, now=desk.context.clock() - ago, task="artikel"))
    desk.changes.tell(Topic.WORKLOG)
    stage.settle()


def running(stage: Stage, desk: Desk) -> Running | None:
    return ask(stage, partial(timer.running_timer, now=desk.context.clock()))  # type: ignore[return-value]


def newest(stage: Stage) -> Activity:
    found = ask(stage, partial(worklog.activities, period=everything()))
    return found[0]  # type: ignore[index, no-any-return]


def test_a_clock_is_started_seen_and_stopped_from_any_page(stage: Stage, desk: Desk) -> None:
    assert not desk.top.clock.isVisible()
    desk.commands.timer.trigger()
    start = shown(stage, StartTimerDialog)
    assert isinstance(start, StartTimerDialog)
    start.task.choose("overleg hr")
    start.what.setText("Verzuim")
    start.verb.click()
    stage.settle()
    assert desk.top.clock.isVisible()
    assert desk.top.clock.text() == "0:01"
    assert "Overleg HR" in desk.top.clock.accessibleName()
    assert "Verzuim" not in desk.top.clock.accessibleName() + desk.top.clock.toolTip(), "a passer-by may read it"
    assert desk.commands.timer.text() == "Klok stoppen…"
    desk.commands.pages["activiteiten"].trigger()
    stage.settle()
    page = desk.page
    assert isinstance(page, ActivitiesPage)
    assert page.clock_button.text() == "Klok stoppen…"
    stage.go_on(timedelta(minutes=42))
    desk.work.ask()
    stage.settle()
    assert desk.top.clock.text() == "0:42"
    desk.top.clock.click()
    stop = shown(stage, StopTimerDialog)
    assert isinstance(stop, StopTimerDialog)
    assert (stop.time.text(), stop.what.text(), stop.task.currentText()) == ("0:42", "Verzuim", "Overleg HR")
    stop.verb.click()
    stage.settle()
    made = newest(stage)
    assert (made.task, made.minutes, made.title) == ("overleg hr", 42, "Verzuim")
    assert not desk.top.clock.isVisible()
    toast = desk.findChild(Toast)
    assert toast is not None
    assert page.clock_button.text() == "Klok starten…"
    toast._undo.click()
    stage.settle()
    assert desk.top.clock.text() == "0:42", "it runs on as if it never stopped"
    assert newest(stage).title != "Verzuim"


def test_closing_the_form_lets_the_clock_run_and_throwing_away_can_be_taken_back(stage: Stage, desk: Desk) -> None:
    started(stage, desk, timedelta(minutes=10))
    before = newest(stage)
    desk.commands.timer.trigger()
    stop = shown(stage, StopTimerDialog)
    assert isinstance(stop, StopTimerDialog)
    stop.back.click()
    assert running(stage, desk) is not None
    desk.commands.timer.trigger()
    stop = shown(stage, StopTimerDialog)
    assert isinstance(stop, StopTimerDialog)
    stop.time.setText("lang")
    stop.verb.click()
    assert stop._time_field.error
    stop.away.click()
    stage.settle()
    assert running(stage, desk) is None
    assert newest(stage) == before
    toast = desk.findChild(Toast)
    assert toast is not None
    toast._undo.click()
    stage.settle()
    assert running(stage, desk) is not None


def test_the_clock_runs_on_over_a_lock(stage: Stage, desk: Desk, again: Stage) -> None:
    started(stage, desk, timedelta(minutes=5))
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    again.now = stage.now + timedelta(minutes=45)
    desk = opened(again)
    again.until(desk.top.clock.isVisible)
    assert desk.top.clock.text() == "0:50"
    assert not [said for said in desk.findChildren(Message) if "klok" in said.accessibleName()]


def notices(desk: Desk) -> list[Message]:
    return [m for m in desk.findChildren(Message) if m.accessibleName().startswith("Er loopt nog een klok")]


def test_a_forgotten_clock_is_asked_about_once_and_never_filled_in(stage: Stage, desk: Desk) -> None:
    started(stage, desk, LONGEST - timedelta(minutes=1))
    assert not notices(desk)
    stage.go_on(timedelta(minutes=2))
    for _ in range(3):
        desk.work.ask()
        stage.settle()
    (notice,) = notices(desk)
    assert desk.top.clock.text() == "?"
    desk.commands.timer.trigger()
    stop = shown(stage, StopTimerDialog)
    assert isinstance(stop, StopTimerDialog)
    assert stop.time.text() == ""
    assert any("Misschien bent u hem vergeten" in m.accessibleName() for m in stop.findChildren(Message))
    stop.time.setText("1:30")
    stop.verb.click()
    stage.settle()
    assert newest(stage).minutes == 90
    assert not notices(desk)
    assert notice is not None


def test_a_clock_of_yesterday_says_so_and_the_activity_is_of_its_day(stage: Stage, desk: Desk) -> None:
    started(stage, desk, timedelta(hours=18))
    assert "gisteren" in desk.top.clock.toolTip()
    desk.top.clock.click()
    stop = shown(stage, StopTimerDialog)
    assert isinstance(stop, StopTimerDialog)
    stop.time.setText("45")
    stop.verb.click()
    stage.settle()
    assert newest(stage).on == (desk.context.clock() - timedelta(hours=18)).date()


def test_a_clock_that_was_set_back_is_asked_about(stage: Stage, desk: Desk) -> None:
    started(stage, desk, timedelta(hours=-2))
    assert desk.top.clock.text() == "?"
    desk.top.clock.click()
    stop = shown(stage, StopTimerDialog)
    assert any(m.accessibleName() == SET_BACK for m in stop.findChildren(Message))
    stop.close()


def test_a_vault_that_cannot_be_asked_leaves_the_clock_as_it_was(
    stage: Stage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vpdesk.domain.errors import VaultError  # noqa: PLC0415 - for this fault only

    started(stage, desk, timedelta(minutes=5))

    def broken(*_args: object, **_more: object) -> None:
        raise VaultError("Kan niet lezen.")

    monkeypatch.setattr(timer, "running_timer", broken)
    desk.work.ask()
    stage.settle()
    assert desk.top.clock.text() == "0:05"
    monkeypatch.undo()
    stage.go_on(timedelta(minutes=1))
    desk.work.ask()
    desk.work.ask()
    stage.settle()
    assert desk.top.clock.text() == "0:06"
