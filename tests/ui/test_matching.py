"""What is typed finds what is meant: without capitals and accents, words in any order, the start of a word first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.ui.matching import folded, match


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("naz", "Nazorg plannen"),
        ("kopie", "Reservekopieën"),
        ("casus nieuw", "Nieuwe casus…"),
        ("privé", "Prive"),
        ("", "x"),
    ],
)
def test_found(typed: str, text: str) -> None:
    assert match(typed, text) is not None


@pytest.mark.parametrize(("typed", "text"), [("nazz", "Nazorg"), ("nieuw rapport", "Nieuwe casus…")])
def test_not_found(typed: str, text: str) -> None:
    assert match(typed, text) is None


def test_the_start_of_a_word_is_better_than_its_middle() -> None:
    start, middle = match("org", "Organisaties"), match("org", "Nazorg")
    assert start is not None
    assert middle is not None
    assert start[0] < middle[0]


def test_the_place_of_a_match_is_told_in_the_text_itself() -> None:
    found = match("kopie", "Nu een reservekopie")
    assert found is not None
    assert found[1] == ((14, 5),)


@given(st.text())
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text(), st.text(alphabet="abcé XYZ", max_size=4))
def test_matches_lie_within_the_text(text: str, typed: str) -> None:
    found = match(typed, text)
    for start, length in found[1] if found else ():
        assert 0 <= start <= start + length <= len(text)
