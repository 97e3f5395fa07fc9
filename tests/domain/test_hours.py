"""Hours on an invoice are minutes, as precise as they were written; times in the log are read and written back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.hours import NO_MINUTES, TOO_LONG, as_clock, as_hours, hours_of, minutes_between, minutes_of, rounded


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("12:30", 750, 750),
        ("0:05", 5, 5),
        ("12", 690, 750),
        (" 12 ", 690, 750),
        ("12,5", 747, 753),
        ("12.5", 747, 753),
        ("12,25", 735, 735),
        ("12,34", 740, 741),
        ("0", 0, 30),
        ("0,0", 0, 3),
    ],
)
def test_what_is_written_is_as_precise_as_its_last_digit(written: str, least: int, most: int) -> None:
    assert minutes_between(written) == (least, most)


@given(st.integers(0, 100_000), st.sampled_from([0, 1]))
def test_what_rounds_to_the_written_number_lies_between(minutes: int, digits: int) -> None:
    unit = 10**digits
    near = (2 * minutes * unit + 60) // 120  # nearest, half up
    whole, behind = divmod(near, unit)
    least, most = minutes_between(f"{whole},{behind}" if digits else str(whole))
    assert least <= minutes <= most


@pytest.mark.parametrize("written", ["", "veel", "-3", "12:60", "12:5", "12,345", "1e3", "٣", "12,", ":30"])
def test_what_is_no_number_of_hours_is_refused(written: str) -> None:
    with pytest.raises(InvalidValueError, match="Vul uren in"):
        minutes_between(written)


@given(st.integers(0, 100_000), st.sampled_from([15, 30, 60]))
def test_a_rounded_sum_holds_the_exact_one_between_its_bounds(minutes: int, step: int) -> None:
    near = rounded(minutes, step)
    assert near.minutes % step == 0
    assert 2 * abs(near.minutes - minutes) <= step
    assert near.least <= minutes <= near.most
    assert [rounded(end, step).minutes for end in (near.least, near.most)] == [near.minutes] * 2
    assert rounded(near.most + 1, step).minutes > near.minutes
    assert near.least == 0 or rounded(near.least - 1, step).minutes < near.minutes


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("45", 45), (" 90 ", 90), ("1:30", 90), ("1,5", 90), ("1.5", 90), ("0,25", 15), ("0:05", 5)],
)
def test_a_time_is_written_in_minutes_or_in_hours(written: str, minutes: int) -> None:
    assert minutes_of(written) == minutes


@pytest.mark.parametrize(
    "written", ["", "0", "0:00", "een uur", "1:3", "1:75", "-5", "5 min", "1,5,5", "5941", "100:00"]
)
def test_what_is_no_time_is_refused_with_how_to_write_it(written: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        minutes_of(written)
    assert refused.value.sentence in {NO_MINUTES, TOO_LONG}


@given(st.integers(1, 99 * 60))
def test_what_the_clock_says_is_read_back(minutes: int) -> None:
    assert minutes_of(as_clock(minutes)) == minutes


@pytest.mark.parametrize(
    ("minutes", "clock", "hours"),
    [
        (0, "0:00", "0"),
        (90, "1:30", "1,5"),
        (735, "12:15", "12,25"),
        (740, "12:20", "12:20"),
        (72240, "1.204:00", "1204"),
    ],
)
def test_hours_stand_as_a_clock_and_as_on_an_invoice(minutes: int, clock: str, hours: str) -> None:
    assert (as_clock(minutes), as_hours(minutes)) == (clock, hours)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("", 0),
        (" ", 0),
        ("0", 0),
        ("4", 240),
        ("12,5", 750),
        ("12:30", 750),
        ("1,25", 75),
        ("1.204", None),
        ("veel", None),
    ],
)
def test_agreed_hours_are_hours_however_they_are_written(written: str, minutes: int | None) -> None:
    if minutes is None:
        with pytest.raises(InvalidValueError):
            hours_of(written)
    else:
        assert hours_of(written) == minutes
