"""Hours on an invoice are minutes, as precise as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.hours import minutes_between


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
