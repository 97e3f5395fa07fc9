"""What may be kept as a file, how its name is shown, and what vpdesk can show from memory."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.attachments import (
    LARGEST,
    LARGEST_TEXT,
    LONGEST_NAME,
    Attachment,
    Beside,
    BesideState,
    Look,
    look_of,
    shown_name,
    text_of,
)
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import AttachmentId, CaseId


@pytest.mark.parametrize(
    ("size", "reason", "said"), [(0, "Reden", "leeg"), (LARGEST + 1, "Reden", "100 MB"), (1, " ", "vraagt een reden")]
)
def test_an_attachment_has_a_size_within_bounds_and_a_reason(size: int, reason: str, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        Attachment(AttachmentId("a"), CaseId(1), "naam", size, "", date(2026, 1, 20), reason)


@given(st.text(max_size=20) | st.text("a. \x00\n", min_size=190, max_size=260))
def test_a_name_is_shown_on_one_line_and_never_empty(name: str) -> None:
    shown = shown_name(name)
    assert shown.isprintable()
    assert 0 < len(shown) <= LONGEST_NAME
    assert shown_name(shown) == shown


def test_a_long_name_keeps_what_tells_its_kind() -> None:
    assert shown_name("a" * 400 + ".pdf").endswith("a.pdf")
    assert shown_name("a" * 400 + "." + "b" * 400) == "a" * LONGEST_NAME
    assert shown_name("\x00\n") == "bestand"


@pytest.mark.parametrize(
    ("content", "look"),
    [
        (b"%PDF-1.7 ...", Look.PDF),
        (b"\x89PNG\r\n\x1a\n...", Look.BEELD),
        (b"\xff\xd8\xff\xe0", Look.BEELD),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Look.BEELD),
        ("Café, één regel".encode(), Look.TEKST),
        ("\ufeffregel".encode("utf-16-le"), Look.TEKST),
        (b"\xff\xfe\x00", Look.ANDERS),
        (b"PK\x03\x04\x00\x00\x80", Look.ANDERS),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", Look.ANDERS),
        (b"a" * (LARGEST_TEXT + 1), Look.ANDERS),
    ],
)
def test_a_file_is_shown_by_what_stands_in_it(content: bytes, look: Look) -> None:
    assert look_of(content) is look


def test_the_words_of_a_text_come_without_its_mark() -> None:
    assert text_of("\ufeffÉén".encode()) == "Één"


def test_many_names_of_what_is_lacking_are_counted_after_the_fifth() -> None:
    lacking = tuple(f"brief {number}" for number in range(7))
    beside = Beside(BesideState.ONTBREEKT, 9, lacking)
    assert "Wat ontbreekt: brief 0, brief 1, brief 2, brief 3, brief 4 en nog 2." in beside.named
    assert "brief" not in beside.sentence
    assert beside.facts == {"state": "ontbreekt", "expected": 9, "lacking": 7}
    assert Beside(BesideState.GEEN, 0).named == ""
