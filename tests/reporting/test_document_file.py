"""A document survives as text: every block, mark and day comes back as it was."""

from __future__ import annotations

import json

import pytest

from tests import report_kit as kit
from vpdesk.reporting import pdf
from vpdesk.reporting.document_file import document_text, read_document


@pytest.mark.parametrize("name", sorted(kit.editions()))
def test_what_is_read_back_is_equal_and_draws_the_same_file(name: str) -> None:
    document = kit.editions()[name]
    read = read_document(document_text(document))
    assert read == document
    assert pdf.render(read) == pdf.render(document)


def test_a_document_with_long_texts_and_pairs_survives() -> None:
    assert read_document(document_text(kit.stretched())) == kit.stretched()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '"x"',
        json.dumps({"is": "Heading", "text": "a", "level": 2, "side": "", "tight": False}),
        json.dumps({"is": "Nieuw", "text": "a"}),
        json.dumps({"is": "Document", "titel": "a"}),
        json.dumps({"is": "Width", "value": "anders"}),
        json.dumps({"is": "date", "value": "morgen"}),
    ],
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_document(text)
