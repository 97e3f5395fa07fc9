"""Vandaag holds what is due, the most overdue first, and aftercare comes back until it is ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_case, a_client, a_talk
from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.ids import ReminderId
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import TodayKind
from vpdesk.operations.cases import case_page, close_case, limits_discussed, move_case
from vpdesk.operations.today import add_reminder, do_reminder, drop_reminder, postpone_reminder, today_items

if TYPE_CHECKING:
    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault


def in_aftercare(vault: Vault) -> Case:
    case = a_case(vault)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 3, 9))
    return move_case(vault, case_id=case.id, to=Phase.NAFASE, on=date(2025, 4, 1))


def test_everything_due_stands_in_order_of_time_with_one_action(vault: Vault) -> None:
    client = a_client(vault)
    case = in_aftercare(vault)
    a_talk(vault, case, on=date(2025, 5, 1))
    add_reminder(vault, case_id=case.id, kind=TodayKind.TERMIJN, due=TODAY, title="Terugkoppeling")
    add_reminder(
        vault,
        case_id=None,
        client_id=client.id,
        kind=TodayKind.TERUGBELLEN,
        due=TODAY + timedelta(days=1),
        title="Terugbellen",
        detail="Na 16.00 uur",
    )
    add_reminder(vault, case_id=case.id, kind=TodayKind.STAP, due=TODAY + timedelta(days=31), title="Bellen")
    add_reminder(vault, case_id=case.id, kind=TodayKind.STAP, due=TODAY + timedelta(days=32), title="Te ver weg")
    items = today_items(vault, today=TODAY)
    assert [(item.kind, item.action) for item in items] == [
        (TodayKind.NAZORG, "Begin gesprek"),
        (TodayKind.GRENZEN, "Besproken"),
        (TodayKind.TERMIJN, "Gedaan"),
        (TodayKind.TERUGBELLEN, "Begin gesprek"),
        (TodayKind.STAP, "Begin gesprek"),
    ]
    assert [item.due for item in items] == sorted(item.due for item in items)
    assert (items[0].case_code, items[0].client_name) == (case.code, client.name)
    assert (items[3].case, items[3].case_code, items[3].client_name) == (None, "", client.name)


def test_limits_are_asked_for_only_in_running_cases_after_a_talk(vault: Vault) -> None:
    silent, asked, told, closed = (a_case(vault) for _ in range(4))
    for case in (asked, told, closed):
        a_talk(vault, case)
    limits_discussed(vault, case_id=told.id, on=date(2025, 3, 5))
    close_case(vault, case_id=closed.id, outcome="onbekend", reason="onbekend", on=date(2025, 3, 6))
    (item,) = today_items(vault, today=TODAY)
    assert (item.kind, item.case, item.due, item.reminder) == (TodayKind.GRENZEN, asked.id, date(2025, 3, 4), None)
    assert silent.id != item.case


def test_aftercare_returns_after_three_six_and_twelve_months_and_then_every_year(vault: Vault) -> None:
    case = in_aftercare(vault)
    due = []
    for _ in range(6):
        (planned,) = case_page(vault, case.id, today=TODAY).reminders
        due.append(planned.due)
        do_reminder(vault, reminder_id=planned.id, on=planned.due)
    assert due == [
        date(2025, 4, 29),
        date(2025, 7, 1),
        date(2025, 10, 1),
        date(2026, 4, 1),
        date(2027, 4, 1),
        date(2028, 4, 1),
    ]


def test_aftercare_done_late_skips_the_days_that_passed(vault: Vault) -> None:
    case = in_aftercare(vault)
    (planned,) = case_page(vault, case.id, today=TODAY).reminders
    following = do_reminder(vault, reminder_id=planned.id, on=date(2025, 8, 1))
    assert following is not None
    assert following.due == date(2025, 10, 1)


def test_aftercare_ends_when_the_person_ends_it_or_the_case_is_closed(vault: Vault) -> None:
    case = in_aftercare(vault)
    (planned,) = case_page(vault, case.id, today=TODAY).reminders
    assert do_reminder(vault, reminder_id=planned.id, on=planned.due, again=False) is None
    assert case_page(vault, case.id, today=TODAY).reminders == ()
    close_case(vault, case_id=case.id, outcome="onbekend", reason="onbekend", on=date(2025, 6, 1))
    late = add_reminder(vault, case_id=case.id, kind=TodayKind.NAZORG, due=TODAY, title="Nazorg: bellen")
    assert do_reminder(vault, reminder_id=late.id, on=TODAY) is None


def test_aftercare_planned_by_hand_before_the_nafase_counts_from_the_opening(vault: Vault) -> None:
    case = a_case(vault)
    planned = add_reminder(vault, case_id=case.id, kind=TodayKind.NAZORG, due=date(2025, 3, 20), title="Nazorg: bellen")
    following = do_reminder(vault, reminder_id=planned.id, on=date(2025, 3, 20))
    assert following is not None
    assert following.due == date(2025, 4, 1)


def test_what_was_settled_stays_settled(vault: Vault) -> None:
    reminder = add_reminder(vault, case_id=None, kind=TodayKind.TERUGBELLEN, due=TODAY, title="Terugbellen")
    dropped = drop_reminder(vault, reminder_id=reminder.id, on=TODAY)
    assert today_items(vault, today=TODAY) == ()
    with pytest.raises(InvalidValueError, match="al afgehandeld"):
        do_reminder(vault, reminder_id=reminder.id, on=TODAY)
    with pytest.raises(InvalidValueError, match="al afgehandeld"):
        postpone_reminder(vault, reminder_id=reminder.id, due=TODAY)
    assert vault.reminders.get(reminder.id) == dropped


def test_postponing_moves_the_next_step_of_the_case(vault: Vault) -> None:
    case = a_case(vault)
    reminder = add_reminder(vault, case_id=case.id, kind=TodayKind.STAP, due=TODAY, title="Bellen")
    postpone_reminder(vault, reminder_id=reminder.id, due=TODAY + timedelta(days=3))
    (item,) = today_items(vault, today=TODAY)
    assert item.due == TODAY + timedelta(days=3)


def test_a_reminder_needs_words_and_never_asks_for_the_limits_itself(vault: Vault) -> None:
    with pytest.raises(InvalidValueError, match="woorden"):
        add_reminder(vault, case_id=None, kind=TodayKind.STAP, due=TODAY, title="  ")
    with pytest.raises(InvalidValueError, match="vraagt vpdesk zelf"):
        add_reminder(vault, case_id=None, kind=TodayKind.GRENZEN, due=TODAY, title="Grenzen")
    with pytest.raises(NotFoundError):
        do_reminder(vault, reminder_id=ReminderId(5), on=TODAY)
