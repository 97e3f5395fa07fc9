"""What is printed of a text, and where it was typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.reporting.pdf.fonts import clean
from vpdesk.reporting.printed import bare, printed, read

TYPED = st.text(st.sampled_from("aeéE\u0301\u0308\u0336\u00ad\u200b\ufe0f \t\n\r½ﬁ-"), max_size=30)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("e\u0301e\u0301n", "één"),
        ("e\u00ad\u0301e\u0301n", "één"),
        ("mel\u00adding", "melding"),
        ("mel\u200bding\ufeff", "melding"),
        ("één\r\nmelding\n", "één melding"),
        ("één\u2028melding", "één melding"),
        ("één\tmelding", "één melding"),
        ("e\u034f\u0301", "é"),
    ],
)
def test_what_nobody_sees_is_not_printed(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("½ en ⅓", "1⁄2 en 1⁄3"),
        ("¹ melding", "1 melding"),
        ("Ⅻ", "XII"),
        ("m\u0336elding", "melding"),
        ("een\nmelding", "een melding"),
        ("een \n \u00a0melding", "een melding"),
        (" een", " een"),
        ("Kop:\n- een\n- twee", "Kop:\n- een\n- twee"),
        ("Een.\n\nTwee.", "Een.\n Twee."),
    ],
)
def test_a_reader_takes_it_as_plain_characters(typed: str, taken: str) -> None:
    assert read(typed).text == taken


@given(TYPED)
def test_every_printed_piece_was_typed_there(typed: str) -> None:
    seen = printed(typed)
    assert seen.text == unicodedata.normalize("NFC", seen.text)
    for number in range(len(seen.text)):
        start, end = seen.typed(number, number + 1)
        assert seen.text[number] in printed(typed[start:end]).text
    for taken in (seen, read(typed)):
        assert len(taken.places) == len(taken.text)
        assert list(taken.places) == sorted(taken.places)


def test_accents_go_and_the_length_stays() -> None:
    assert bare("José, Coördinatie") == "Jose, Coordinatie"
