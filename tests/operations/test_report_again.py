"""A text that stood in the report before is told from one that is new."""

from __future__ import annotations

import pytest

from vpdesk.operations.report_again import same_as_before

BEFORE = "Roosters geven spanning.\n\nEen tweede alinea\nover twee regels."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BEFORE, "Zelfde tekst als"),
        ("  roosters  geven spanning. \n \n", "Zelfde tekst als"),
        ("Een tweede alinea over twee regels.\n\nRoosters geven spanning.", "Zelfde tekst als"),
        (f"{BEFORE}\n\nNieuw.", "Deels dezelfde tekst als"),
        ("Roosters geven minder spanning.", ""),
        ("", ""),
        (" \n\n ", ""),
    ],
)
def test_paragraphs_tell_what_is_the_same(text: str, said: str) -> None:
    assert same_as_before(text, BEFORE) == said
    assert same_as_before(text, "") == ""
