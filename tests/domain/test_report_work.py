"""Which of the work log a report may tell at all."""

from __future__ import annotations

from datetime import date, timedelta

from tests import report_kit as kit
from vpdesk.domain.report_chapters import NOTHING, Skippable, with_a_chapter
from vpdesk.domain.report_work import ASKED, CONSULTED, PARTS, TOLD, WorkPart, work_told
from vpdesk.domain.worklog import GROUPS, TaskGroup

YEAR_BEFORE = date(2024, 1, 1)


def test_no_task_that_is_about_people_who_came_can_be_told() -> None:
    assert not set(TOLD) & set(GROUPS[TaskGroup.ONDERSTEUNEN])
    assert not set(TOLD) & {"administratie", "reistijd", "collegiaal overleg"}
    assert set(CONSULTED) <= set(TOLD)
    assert set(PARTS) == set(WorkPart)


def test_earlier_advice_is_told_for_a_year_or_when_more_was_heard_of_it() -> None:
    told = work_told(frozenset(WorkPart), kit.log(), kit.YEAR, since=YEAR_BEFORE)
    assert [a.title for a in told.before] == ["Werkdruk", "De klachtenregeling"]
    later = YEAR_BEFORE + timedelta(days=364)
    assert [a.title for a in work_told(frozenset(WorkPart), kit.log(), kit.YEAR, since=later).before] == [
        "De klachtenregeling"
    ]
    assert [a.title for a in told.of(ASKED)] == ["De gedragscode"]
    assert [a.on for a in told.done] == sorted(a.on for a in told.done)


def test_nothing_chosen_takes_nothing_along() -> None:
    assert work_told(frozenset(), kit.log(), kit.YEAR, since=YEAR_BEFORE).done == ()


def test_work_of_a_chapter_that_is_left_out_is_left_out_too() -> None:
    told = work_told(frozenset(WorkPart), kit.log(), kit.YEAR, since=YEAR_BEFORE)
    assert with_a_chapter(told, NOTHING) == told
    assert with_a_chapter(told, frozenset({Skippable.INFORMEREN})).parts == {
        WorkPart.SIGNALEN,
        WorkPart.ADVIES,
        WorkPart.OVERLEG,
    }
    assert with_a_chapter(told, frozenset(Skippable)).parts == frozenset()
