"""What the measurements amount to is worked out right; how fast anything is, no test says."""

from __future__ import annotations

import pytest

from tools.bench.__main__ import as_json, line
from tools.bench.measure import Result, Samples, interleaved, timed


def test_the_first_round_is_dropped_and_variants_take_turns() -> None:
    order: list[str] = []

    def variant(name: str) -> float:
        order.append(name)
        return float(len(order))

    taken = interleaved(3, {"a": lambda: variant("a"), "b": lambda: variant("b")})
    assert order == ["b", "a", "a", "b", "b", "a", "a", "b"]
    assert taken["a"].values == (3.0, 6.0, 7.0)
    assert taken["b"].values == (4.0, 5.0, 8.0)


def test_p95_of_few_samples_is_the_largest_and_of_many_leaves_the_worst_out() -> None:
    assert Samples((3.0, 1.0, 2.0)).p95 == 3.0
    assert Samples(tuple(float(number) for number in range(1, 101))).p95 == 96.0


def test_a_ratio_is_that_of_the_medians() -> None:
    result = Result("a ÷ b", 1.5, "×", Samples((2.0, 3.0, 9.0)), Samples((1.0, 2.0, 3.0)))
    assert (result.value, result.p95, result.reached) == (1.5, 3.0, True)


def test_a_time_is_said_in_its_unit_and_judged_by_p95_where_the_name_says_so() -> None:
    samples = Samples((0.001, 0.002, 0.009))
    assert Result("query", 5.0, "ms", samples).reached
    assert not Result("query, p95", 5.0, "ms", samples).reached
    assert Result("audit", 3.0, "s", Samples((2.0,))).value == 2.0


def test_a_missed_goal_is_seen_in_the_table_and_in_the_file() -> None:
    result = Result("a ÷ b", 1.0, "×", Samples((2.0,)), Samples((1.0,)), "beside it")
    assert "MISSED" in line(result)
    assert "(beside it)" in line(result)
    assert as_json(result)["reached"] is False
    assert as_json(result)["peer"] == (1.0,)


@pytest.mark.parametrize("times", [1, 5])
def test_work_is_done_as_often_as_asked(times: int) -> None:
    done: list[int] = []
    assert timed(lambda: done.append(1), times)() >= 0
    assert len(done) == times
