"""The work log's values: what goes with which task, the balance of three tasks, and the clock that runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.balance import LEAST, Balance
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ActivityId
from vpdesk.domain.timer import LONGEST, Doubt, Timer
from vpdesk.domain.worklog import (
    ADVICE,
    BALANCED,
    LONGEST_TITLE,
    TALK,
    TASKS,
    TRAVEL,
    UPKEEP,
    Activity,
    FollowUp,
    FollowUpState,
    Spent,
    TaskGroup,
    WorkRow,
    group_of,
)

DAY = date(2025, 6, 2)
HEARD = FollowUp(FollowUpState.DONE, DAY)


def activity(task: str = "artikel", **more: object) -> Activity:
    return Activity(ActivityId(0), DAY, task, 30, **more)  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize(
    "more",
    [
        {"title": "x" * (LONGEST_TITLE + 1)},
        {"title": "twee\nregels"},
        {"task": "intervisie", "proof": "x" * (LONGEST_TITLE + 1)},
        {"proof": "In de map"},
        {"follow_up": HEARD},
        {"task": "signaal", "follow_up": FollowUp(FollowUpState.BUSY, DAY - timedelta(days=1))},
    ],
)
def test_what_does_not_go_with_a_task_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        activity(**more)  # type: ignore[arg-type] # idem


def test_a_note_about_advice_is_one_line() -> None:
    with pytest.raises(InvalidValueError):
        FollowUp(FollowUpState.BUSY, DAY, "a\nb")


def test_advice_has_a_follow_up_and_upkeep_a_proof() -> None:
    for task in ADVICE:
        assert activity(task, follow_up=HEARD).group is TaskGroup.SIGNALEREN
    for task in UPKEEP:
        assert activity(task, proof="In de map").group is TaskGroup.VAKBEKWAAMHEID


def test_a_line_of_the_log_knows_its_group() -> None:
    assert WorkRow(None, DAY, TALK, 30, "", "", talks=2).group is TaskGroup.ONDERSTEUNEN


def spent(**minutes: int) -> list[Spent]:
    return [Spent(None, None, task, number) for task, number in minutes.items()]


def test_the_balance_counts_the_three_tasks_and_nothing_else() -> None:
    everything = [Spent(None, None, task, 10) for task in TASKS.codes]
    counted = {group: sum(10 for task in TASKS.codes if group_of(task) is group) for group in BALANCED}
    assert dict(Balance.of(everything).parts) == counted
    assert Balance.of([Spent(None, None, TRAVEL, 600)]) == Balance(0, 0, 0)


MINUTES = st.integers(0, 100_000)


@given(MINUTES, MINUTES, MINUTES)
def test_shares_add_up_and_lie_less_than_one_from_the_truth(one: int, two: int, three: int) -> None:
    balance = Balance(one, two, three)
    assert sum(balance.shares) == (100 if balance.total else 0)
    for share, (_, minutes) in zip(balance.shares, balance.parts, strict=True):
        assert abs(share * balance.total - 100 * minutes) < max(1, balance.total)


@given(MINUTES, MINUTES, MINUTES)
def test_advice_is_given_exactly_when_the_rule_says(one: int, two: int, three: int) -> None:
    balance = Balance(one, two, three)
    total = one + two + three
    off = 3 * one > 2 * total or 10 * two < total or 10 * three < total
    assert bool(balance.advice) is (total >= LEAST and off)
    assert "!" not in balance.advice


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (
            (5670, 1275, 525),
            "Driekwart van uw tijd gaat naar ondersteunen. Wie vaker informeert, wordt eerder gevonden.",
        ),
        ((700, 200, 100), "70 % van uw tijd gaat naar ondersteunen."),
        ((1000, 5, 5), "Bijna al uw tijd gaat naar ondersteunen."),
        ((1000, 0, 0), "Bijna al uw tijd gaat naar ondersteunen."),
        ((600, 350, 50), "Aan signaleren gaat minder dan een tiende van uw tijd. Wie op tijd signaleert"),
        ((600, 50, 350), "Aan informeren gaat minder dan een tiende van uw tijd. Wie vaker informeert"),
        ((0, 0, 0), ""),
        ((479, 0, 0), ""),
        ((640, 220, 140), ""),
        ((0, 500, 500), ""),
    ],
)
def test_the_sentence_advises_and_is_silent_when_all_is_well(minutes: tuple[int, int, int], said: str) -> None:
    advice = Balance(*minutes).advice
    assert advice.startswith(said)
    assert bool(advice) is bool(said)


def test_support_alone_is_never_said_to_be_too_little() -> None:
    assert "ondersteunen" not in Balance(0, 900, 100).advice


BEGIN = datetime(2025, 6, 2, 23, 30, tzinfo=UTC)


def timer(started: datetime = BEGIN) -> Timer:
    return Timer("artikel", started, DAY)


def test_a_clock_runs_past_midnight_and_stays_of_the_day_it_began() -> None:
    later = BEGIN + timedelta(minutes=50)
    assert (timer().minutes(later), timer().doubt(later), timer().on) == (50, Doubt.NONE, DAY)


def test_a_clock_is_doubted_after_long_and_when_time_went_back() -> None:
    assert timer().doubt(BEGIN + LONGEST) is Doubt.NONE
    assert timer().doubt(BEGIN + LONGEST + timedelta(seconds=1)) is Doubt.LONG
    assert timer().minutes(BEGIN + timedelta(days=3)) == 3 * 24 * 60
    back = BEGIN - timedelta(hours=2)
    assert (timer().doubt(back), timer().minutes(back)) == (Doubt.BACKWARDS, 0)
    corrected = BEGIN - timedelta(seconds=20)
    assert (timer().doubt(corrected), timer().minutes(corrected)) == (Doubt.NONE, 1)


@given(st.integers(0, 4 * 3600), st.integers(-12, 12), st.integers(-12, 12))
def test_neither_summer_time_nor_a_journey_changes_how_long_it_took(seconds: int, here: int, there: int) -> None:
    began = BEGIN.astimezone(timezone(timedelta(hours=here)))
    ended = (BEGIN + timedelta(seconds=seconds)).astimezone(timezone(timedelta(hours=there)))
    assert abs(timer(began).minutes(ended) - seconds / 60) <= 1
    assert timer(began).doubt(ended) is Doubt.NONE


@pytest.mark.parametrize(
    ("task", "started", "title"),
    [
        ("onderzoek", BEGIN, ""),
        ("artikel", BEGIN.replace(tzinfo=None), ""),
        ("artikel", BEGIN, "a\nb"),
        ("artikel", BEGIN, "x" * 301),
    ],
)
def test_a_clock_that_could_not_be_is_refused(task: str, started: datetime, title: str) -> None:
    with pytest.raises(InvalidValueError):
        Timer(task, started, DAY, title=title)
