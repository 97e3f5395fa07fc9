"""A count of the work log may be repeated in a sentence about that work, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from tests import report_kit as kit
from vpdesk.domain.statements import TASK, Box, Of, Statement
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_marks import Marker, MarkKind
from vpdesk.reporting.text_work import WorkNumbers
from vpdesk.reporting.work_said import work_said

REPORT = kit.protected(Level.EENRIJ, 18, kit.eighteen(), talks=40)
SAID = work_said(kit.worked(), Level.EENRIJ, kit.YEAR)
WITH = Marker.of(REPORT, (), work=SAID)
WITHOUT = Marker.of(REPORT, ())


def kinds(text: str, marker: Marker = WITH) -> list[tuple[str, MarkKind]]:
    return [(mark.found, mark.kind) for mark in marker.marks({"voorlichting": text})]


@pytest.mark.parametrize(
    "text",
    [
        "Er waren twee voorlichtingen.",
        "In 2025 gaf ik 2 voorlichtingen en schreef ik 1 artikel.",
        "Er was drie keer overleg met de organisatie.",
        "Er was 3 keer overleg.",
        "Ik had twee keer overleg met de OR en 1 keer overleg met de directie.",
        "Overleg met de OR was er 2 keer.",
        "Er was tweemaal overleg met de ondernemingsraad.",
        "Er waren 4 activiteiten voor medewerkers.",
        "Er waren 2 voorlichtingen over de gedragscode.",
        "1 keer Training voor leidinggevenden.",
    ],
)
def test_what_the_report_counts_of_the_work_may_be_repeated(text: str) -> None:
    assert kinds(text) == []
    assert kinds(text, WITHOUT), "the same sentence in a report that counts no work"


@pytest.mark.parametrize(
    "text",
    [
        "Er waren drie voorlichtingen.",
        "In 2024 gaf ik 2 voorlichtingen.",
        "Er waren twee meldingen.",
        "Er waren twee voorlichtingen en twee meldingen.",
        "Twee voorlichtingen, 2 klachten.",
        "Er kwamen twee mensen na twee voorlichtingen.",
        "Ik had drie keer overleg met de OR.",
        "Ik gaf twee voorlichtingen over pesten.",
        "Er waren twee voorlichtingen. Er kwamen er twee.",
        "Er waren twee_voorlichtingen.",
        "Er waren 4 mensen.",
        "Ik sprak 3 keer met iemand.",
    ],
)
def test_any_other_number_is_marked_as_if_no_work_was_counted(text: str) -> None:
    sentences = text.split(". ")
    assert kinds(sentences[-1])
    assert kinds(sentences[-1]) == kinds(sentences[-1], WITHOUT)


def test_a_sentence_about_people_after_one_about_work_is_looked_at_by_itself() -> None:
    marked = kinds("Er waren twee voorlichtingen. Er waren twee meldingen.")
    assert marked == [("twee meldingen", MarkKind.TELWOORD)]


def test_a_title_that_could_be_about_people_is_no_name_for_work() -> None:
    rows = tuple(activity for activity in kit.log() if activity.task == "artikel")
    named = (*rows, *(kit.replace(a, title="Meldingen na de training", id=kit.ActivityId(99)) for a in rows))
    marker = Marker.of(REPORT, (), work=work_said(kit.worked(rows=named), Level.EENRIJ, kit.YEAR))
    assert kinds("Er was 1 keer meldingen na de training.", marker)
    assert kinds("Er waren 2 artikelen.", marker) == []


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "een"), (1, "één"), (2, "twee"), (10, "tien"), (19, "negentien"), (20, "twintig"), (21, "eenentwintig"),
        (32, "tweeëndertig"), (43, "drieënveertig"), (99, "negenennegentig"), (100, "100"), (1200, "1.200"),
        (1200, "1200"),
    ],
)  # fmt: skip
def test_numbers_are_known_in_words_and_in_figures(count: int, words: str) -> None:
    numbers = WorkNumbers.of([Statement(Of.ACTIVITIES, Box.where_({TASK: "training"}), kit.YEAR, count, count)])
    text = f"Er waren {words} trainingen."
    (span,) = numbers.told(text)
    assert text[slice(*span)] == f"{words} trainingen"
    assert numbers.told(f"Er waren {words}-trainingen.") == []


def test_a_report_over_two_years_knows_both() -> None:
    period = kit.Period(date(2024, 7, 1), date(2025, 6, 30))
    numbers = WorkNumbers.of([Statement(Of.ACTIVITIES, Box.where_({TASK: "training"}), period, 2, 2)])
    assert numbers.told("In 2024 en 2025 waren er 2 trainingen.")
    assert numbers.told("In 2023 en 2025 waren er 2 trainingen.") == []
