"""A marker knows the pieces of a text that it saw: typing costs one sentence, and finds what a first look finds."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from tests import report_kit as kit
from vpdesk.reporting import text_marks
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_marks import Marker, marks

if TYPE_CHECKING:
    import pytest

DATA: Final = Path(__file__).parents[1] / "data"
REPORT: Final = kit.protected(Level.EENRIJ, 18, kit.eighteen())
SENTENCES: Final = tuple(
    sentence
    for name in ("harmful_worked", "ordinary_worked", "ordinary_held_out")
    for sentence in (DATA / f"report_{name}.txt").read_text("utf-8").splitlines()
)
WORDS: Final = 2000


def long_text() -> str:
    text = " ".join(SENTENCES)
    while len(text.split()) < WORDS:
        text += f" Het stuk loopt door met deel {len(text)} van de tekst."
    return text


def test_a_text_has_the_marks_of_its_sentences() -> None:
    whole = marks({"kort": " ".join(SENTENCES)}, protected=REPORT, names=())
    apart = [mark for sentence in SENTENCES for mark in marks({"kort": sentence}, protected=REPORT, names=())]
    assert [(mark.found, mark.kind) for mark in whole] == [(mark.found, mark.kind) for mark in apart]


def test_each_mark_stands_where_it_was_typed() -> None:
    text = "Er gebeurde niets.\n\n- Niemand kwam langs.\n- Dhr. De Vries belde. J. de Wit kwam ook."
    made = marks({"kort": text}, protected=REPORT, names=())
    assert all(text[mark.start : mark.end] == mark.found for mark in made)
    assert {"Niemand", "Dhr. De Vries", "J. de Wit"} <= {mark.found for mark in made}


def test_typing_looks_at_one_sentence_only() -> None:
    marker, text = Marker.of(REPORT, ()), long_text()
    marker.marks({"kort": text})
    before, middle = len(marker.seen), text.index("Respectvol")
    typed = f"{text[:middle]}Zeer r{text[middle + 1 :]}"
    assert marker.marks({"kort": typed}) == Marker.of(REPORT, ()).marks({"kort": typed})
    assert len(marker.seen) == before + 1


def test_typing_in_a_long_text_costs_little_of_a_first_look() -> None:
    marker, text = Marker.of(REPORT, ()), long_text()
    started = perf_counter()
    marker.marks({"kort": text})
    first = perf_counter() - started
    typed = []
    for count in range(5):
        started = perf_counter()
        marker.marks({"kort": f"{text} Nog een zin{'x' * count}"})
        typed.append(perf_counter() - started)
    assert min(typed) < first / 10


def test_a_marker_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_marks, "_MOST_PIECES", 2)
    marker = Marker.of(REPORT, ())
    for count in range(5):
        marker.marks({"kort": f"Zin {count}."})
    assert len(marker.seen) <= 2
