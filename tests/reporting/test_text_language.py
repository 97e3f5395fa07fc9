"""A sentence that is not Dutch is marked as a whole; a term of another language in a Dutch one is not."""

from __future__ import annotations

import pytest

from tests import report_kit as kit
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_language import foreign_sentences
from vpdesk.reporting.text_marks import MarkKind, marks


@pytest.mark.parametrize(
    "sentence",
    [
        "He told me that the manager had been shouting.",
        "Mobbing kam vor.",
        "Ein Fall von Belästigung.",
        "Une femme est venue.",
        "Il y a eu des plaintes dans la cuisine.",
    ],
)
def test_a_sentence_in_another_language_is_marked_as_a_whole(sentence: str) -> None:
    text = f"De regeling staat op intranet. {sentence} Dat helpt."
    made = marks({"kort": text}, protected=kit.protected(Level.EENRIJ, 18, kit.eighteen()), names=())
    assert [mark.found for mark in made if mark.kind is MarkKind.ANDERE_TAAL] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "De training over active bystanders is goed bezocht.",
        "De regeling is ook in het Engels te lezen, onder de naam code of conduct.",
        "Het was in de war, en dat was het.",
        "De man die we in de organisatie over had.",
        "Speak up!",
        "",
    ],
)
def test_a_dutch_sentence_with_words_of_another_language_is_not(sentence: str) -> None:
    assert list(foreign_sentences(sentence)) == []


@pytest.mark.parametrize("text", ["Drei neue Meldungen", "trois plaintes", "a single report", "keine Fälle"])
def test_number_words_of_other_languages_are_marked_before_people_and_cases(text: str) -> None:
    made = marks({"kort": text}, protected=kit.protected(Level.EENRIJ, 18, kit.eighteen()), names=())
    assert (text, MarkKind.TELWOORD) in [(mark.found, mark.kind) for mark in made]
