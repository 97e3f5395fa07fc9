"""Dates, numbers and lists of words as a Dutch reader expects them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from vpdesk.domain.wording import counted, full_date, joined, long_date, moment, number, short_date

TODAY = date(2026, 9, 17)


def test_dates_are_told_in_words() -> None:
    assert long_date(TODAY) == "17 september 2026"
    assert full_date(TODAY) == "Donderdag 17 september 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 17), "vandaag"),
        (date(2026, 9, 16), "gisteren"),
        (date(2026, 9, 18), "vr 18 sep"),
        (date(2025, 9, 17), "wo 17 sep 2025"),
    ],
)
def test_a_day_nearby_is_told_short(day: date, words: str) -> None:
    assert short_date(day, TODAY) == words


def test_a_moment_has_its_time() -> None:
    assert moment(datetime(2026, 9, 16, 9, 5), TODAY) == "gisteren 09:05"  # noqa: DTZ001 - local time is meant


def test_numbers_nouns_and_lists() -> None:
    assert number(1204) == "1.204"
    assert (counted(1, "dag", "dagen"), counted(0, "dag", "dagen")) == ("1 dag", "0 dagen")
    assert [joined(list(words)) for words in ("", "a", "ab", "abc")] == ["", "a", "a en b", "a, b en c"]
