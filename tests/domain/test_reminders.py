"""Reminders are open or settled on a day, and aftercare falls on its planned days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ReminderId
from vpdesk.domain.reminders import Reminder, ReminderState, add_months, next_aftercare
from vpdesk.domain.rows import TodayItem, TodayKind

DAY = date(2025, 3, 4)
REMINDER = Reminder(id=ReminderId(1), kind=TodayKind.STAP, due=DAY, title="Bellen")
days = st.dates(date(1990, 1, 1), date(2060, 1, 1))


def test_a_reminder_without_words_or_half_settled_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        replace(REMINDER, title=" ")
    with pytest.raises(InvalidValueError):
        replace(REMINDER, settled=DAY)
    with pytest.raises(InvalidValueError):
        replace(REMINDER, state=ReminderState.GEDAAN)


def test_a_reminder_is_settled_once() -> None:
    done = REMINDER.settle(ReminderState.GEDAAN, DAY)
    assert (done.state, done.settled) == (ReminderState.GEDAAN, DAY)
    with pytest.raises(InvalidValueError):
        done.settle(ReminderState.VERVALLEN, DAY)
    with pytest.raises(InvalidValueError):
        done.postponed(DAY)
    assert REMINDER.postponed(DAY + timedelta(days=2)).due == DAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 12, 1), 12, date(2026, 12, 1)),
        (date(2025, 3, 4), 0, date(2025, 3, 4)),
    ],
)
def test_months_end_on_a_day_that_exists(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


def test_aftercare_done_on_its_day_moves_on_to_the_next() -> None:
    planned = [date(2025, 4, 1)]
    for _ in range(6):
        planned.append(next_aftercare(planned[0], planned[-1]))
    assert planned[1:] == [
        date(2025, 4, 29),
        date(2025, 7, 1),
        date(2025, 10, 1),
        date(2026, 4, 1),
        date(2027, 4, 1),
        date(2028, 4, 1),
    ]


@given(start=days, wait=st.integers(-100, 5000))
def test_aftercare_lies_after_what_was_done_and_within_a_year(start: date, wait: int) -> None:
    after = start + timedelta(days=wait)
    planned = next_aftercare(start, after)
    assert planned > after
    assert planned - max(after, start) <= timedelta(days=366)
    assert planned == start + timedelta(days=28) or planned.day in {start.day, 28, 29, 30}


def test_every_item_of_vandaag_has_one_action() -> None:
    for kind in TodayKind:
        item = TodayItem(kind, "t", "", DAY, None, None, "", "", "")
        assert item.action
