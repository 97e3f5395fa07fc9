"""What is typed becomes a question to the index that is quick at every letter."""

from __future__ import annotations

import pytest

from vpdesk.store.search import match_expression


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("pest", '"pest"*'),
        ("pesten werk", '"pesten"* "werk"*'),
        ("pesten w", '"pesten"*'),
        ("p", ""),
        ("p w", ""),
        ('"pes" OR -', '"pes"* "OR"*'),
        ("", ""),
    ],
)
def test_words_of_two_letters_or_more_are_asked_for(typed: str, asked: str) -> None:
    assert match_expression(typed) == asked
