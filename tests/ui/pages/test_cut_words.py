"""Marked words that are too long for a dialog end with a whole word."""

import pytest

from vpdesk.ui.pages.report_findings import _cut


@pytest.mark.parametrize(
    ("words", "longest", "shown"),
    [
        ("niemand anders", 14, "niemand anders"),
        ("niemand anders dan", 14, "niemand anders…"),
        ("niemand anders dan", 12, "niemand…"),
        ("vertrouwenspersonen", 12, "vertrouwensp…"),
        ("een  woord\nen meer", 9, "een woord…"),
    ],
)
def test_a_quotation_is_cut_between_words(words: str, longest: int, shown: str) -> None:
    assert _cut(words, longest) == shown
