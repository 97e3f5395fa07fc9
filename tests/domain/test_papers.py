"""Papers give numbers in bands that count no case exactly, and texts for the AVG stay the user's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpdesk.domain.avg_help import SHIPPED, HelpText, changed, shipped
from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.papers import Section, about_how_many, cases_running

DAY = date(2026, 1, 20)


@pytest.mark.parametrize(
    ("value", "threshold", "said"),
    [
        (0, 5, "minder dan 5"),
        (4, 5, "minder dan 5"),
        (5, 5, "5 tot en met 9"),
        (9, 5, "5 tot en met 9"),
        (10, 5, "10 tot en met 24"),
        (11, 12, "minder dan 12"),
        (12, 12, "12 tot en met 24"),
        (21, 21, "21 tot en met 49"),
        (37, 5, "25 tot en met 49"),
        (999, 5, "500 tot en met 999"),
        (1204, 5, "1.000 of meer"),
        (1204, 2000, "minder dan 2.000"),
    ],
)
def test_a_number_is_told_as_a_band(value: int, threshold: int, said: str) -> None:
    assert about_how_many(value, threshold) == said


@given(st.integers(0, 3000), st.integers(5, 60))
@settings(max_examples=60, deadline=None)
def test_no_band_admits_fewer_than_five_numbers(value: int, threshold: int) -> None:
    said = about_how_many(value, threshold)
    alike = [other for other in range(3010) if about_how_many(other, threshold) == said]
    assert value in alike
    assert len(alike) >= 5


def test_lines_are_numbered_where_they_are_done_in_that_order() -> None:
    assert Section("Wat u doet", ("Bel", "Schrijf"), numbered=True).shown == ("1. Bel", "2. Schrijf")
    assert Section("Wat erin stond", ("Niets",)).shown == ("Niets",)
    assert [cases_running("Waterveen", running) for running in (0, 1, 6)] == [
        "Waterveen: geen lopende casussen", "Waterveen: 1 lopende casus", "Waterveen: 6 lopende casussen",
    ]  # fmt: skip


def test_a_text_is_the_users_own_only_where_its_words_differ() -> None:
    first = SHIPPED[0]
    own = changed(first, f" {first.text} En meer. ")
    assert (own.own, own.text) == (True, f"{first.text} En meer.")
    assert changed(own, first.text) == first == shipped(first.key)
    with pytest.raises(InvalidValueError, match="tekst nodig"):
        changed(first, "  ")
    with pytest.raises(NotFoundError):
        shipped("iets anders")
    assert len({text.key for text in SHIPPED}) == len(SHIPPED)
    assert all(text.checked is None for text in SHIPPED), "what ships was looked over by nobody"


def test_a_text_is_to_be_looked_over_again_after_a_year() -> None:
    for days, overdue in ((365, False), (366, True)):
        assert HelpText("a", "A", "a", DAY - timedelta(days=days)).overdue(DAY) is overdue
    assert not HelpText("a", "A", "a").overdue(DAY)
