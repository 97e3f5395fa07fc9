"""Sentences as an advisor writes them: what share of the harmful is marked, and of the ordinary without need.

The halves called *held out* were not looked at while the rules were mended; those called *later* were written when the
rules of the first stood. All are by one hand, so they show that nothing falls back, not how a stranger writes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests import report_kit as kit
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_marks import Marker

DATA: Final = Path(__file__).parents[1] / "data"
MARKER: Final = Marker.of(kit.protected(Level.EENRIJ, 18, kit.eighteen()), ())


def read(name: str) -> list[str]:
    return (DATA / f"report_{name}.txt").read_text("utf-8").splitlines()


def unmarked(sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if not MARKER.marks({"kort": sentence})]


@pytest.mark.parametrize(
    ("name", "size", "missed"),
    [
        ("harmful_worked", 99, 0),
        ("harmful_held_out", 72, 0),
        ("harmful_later_worked", 37, 0),
        ("harmful_later_held_out", 33, 1),
        ("evading_worked", 36, 0),
        ("evading_held_out", 34, 1),
    ],
)
def test_what_gives_somebody_away_is_marked(name: str, size: int, missed: int) -> None:
    sentences = read(name)
    assert len(set(sentences)) == size
    assert len(unmarked(sentences)) <= missed, unmarked(sentences)


@pytest.mark.parametrize(
    ("name", "size", "needless"),
    [
        ("ordinary_worked", 88, 6),
        ("ordinary_held_out", 82, 7),
        ("ordinary_later_worked", 57, 3),
        ("ordinary_later_held_out", 53, 5),
    ],
)
def test_few_ordinary_sentences_are_marked(name: str, size: int, needless: int) -> None:
    sentences = read(name)
    assert len(set(sentences)) == size
    marked = set(sentences) - set(unmarked(sentences))
    assert len(marked) <= needless, marked


@pytest.mark.parametrize(
    "sentence",
    [
        "Alle medewerkers hebben de nieuwe gedragscode ontvangen.",
        "De bestuurder heeft de gedragscode vastgesteld.",
        "Bij minder casussen, onder de drempel, noemt het verslag geen aantal.",
        "Aan zet: de afdeling communicatie.",
        "Het onderzoek onder medewerkers liep goed, en de regeling is bekend.",
        "Een motto van de campagne was: “hier praat ik mee”.",
    ],
)
def test_what_the_organisation_does_and_how_the_report_works_is_not_marked(sentence: str) -> None:
    assert unmarked([sentence]) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Alle medewerkers van de nacht klaagden.",
        "De bestuurder schreeuwde.",
        "Het aantal bleef onder de drempel, daarom noemt het verslag geen aantal.",
        "De receptie was berucht om ruzie, en bij de receptie ging het mis.",
        "Door de poster nam het toe.",
    ],
)
def test_the_same_words_about_who_came_are(sentence: str) -> None:
    assert unmarked([sentence]) == []
