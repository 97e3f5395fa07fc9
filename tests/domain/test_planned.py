"""What is planned stands on Vandaag with its task and time alone, and is read back as it was."""

from __future__ import annotations

from datetime import date

import pytest

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId, ReminderId
from vpdesk.domain.planned import Planned, time_of_day
from vpdesk.domain.reminders import Reminder
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.worklog import TALK, TASKS

DAY = date(2026, 10, 8)


@pytest.mark.parametrize("task", [code for code in TASKS.codes if code not in {TALK, "onbekend"}])
def test_every_task_is_read_back_as_it_was_planned(task: str) -> None:
    planned = Planned(task, DAY, "13:30", ClientId(3), ReminderId(7))
    reminder = planned.written()
    assert (reminder.title, reminder.detail) == (TASKS.label(task), "Om 13:30")
    assert Planned.read(reminder) == planned


def test_a_talk_is_planned_at_its_case_and_other_reminders_are_no_plans() -> None:
    with pytest.raises(InvalidValueError):
        Planned(TALK, DAY)
    with pytest.raises(InvalidValueError):
        Planned.read(Reminder(ReminderId(1), TodayKind.STAP, DAY, "Vervolggesprek"))


@pytest.mark.parametrize(
    ("written", "time"), [("13:30", "13:30"), (" 9 ", "9:00"), ("9.15", "9:15"), ("20 uur", "20:00"), ("", "")]
)
def test_a_time_is_read_however_it_is_written(written: str, time: str) -> None:
    assert time_of_day(written) == time


@pytest.mark.parametrize("written", ["24:00", "9:60", "half tien", "9:5", "-1", "9:30:10"])
def test_what_is_no_time_is_said(written: str) -> None:
    with pytest.raises(InvalidValueError, match="13:30"):
        time_of_day(written)
