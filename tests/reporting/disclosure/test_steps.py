"""How far it is: never back, never past the end, and only by what was done."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.disclosure.registry import DIMENSIONS, HALF, KEY, YEAR, drawn, published, report, request
from vpdesk.reporting.disclosure.steps import SHARE, Steps
from vpdesk.reporting.statements import protect_and_audit

PARTS = st.lists(st.floats(0, 1), max_size=4)


@given(st.lists(st.lists(PARTS, min_size=1, max_size=4), max_size=6))
def test_it_never_goes_back_and_never_past_the_end(versions: list[list[list[float]]]) -> None:
    told: list[float] = []
    steps = Steps(told.append)
    for readers in versions:
        for parts in steps.version(readers):
            for part in parts:
                steps.within(part)
    assert told == sorted(set(told))
    assert all(0 < part < 1 for part in told)
    assert len(told) >= len(versions)


def test_a_version_takes_its_share_of_what_is_left_reader_by_reader() -> None:
    told: list[float] = []
    steps = Steps(told.append)
    for _ in steps.version(["outsider", "employer"]):
        steps.within(0.5)
        steps.within(0.2)  # a second question, which begins where it was
    assert told == [SHARE / 4, SHARE / 2, 3 * SHARE / 4, SHARE]
    list(steps.version(["outsider"]))
    assert steps.told == SHARE + (1 - SHARE) * SHARE


def test_a_version_that_fell_gives_its_rest_to_the_next() -> None:
    steps = Steps()
    next(readers := steps.version(["outsider", "employer"]))
    next(readers)
    readers.close()
    list(steps.version(["outsider"]))
    assert steps.told == SHARE / 2 + (1 - SHARE / 2) * SHARE


def test_the_audit_tells_how_far_it_is_in_python_too() -> None:
    facts = drawn(60, 2)
    half = published(report(facts, HALF), HALF)
    told: list[float] = []
    asked = request(facts, YEAR, (half,))
    protect_and_audit(
        facts=asked.facts, client=asked.client, period=YEAR, audience=asked.audience, threshold=5,
        dimensions=DIMENSIONS, earlier=(half,), draw_key=KEY, wanted=asked.wanted, progress=told.append,
    )  # fmt: skip
    assert told == sorted(set(told))
    assert len(told) > 6
    assert told[-1] >= SHARE
