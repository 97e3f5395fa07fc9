"""A number that the report prints may be repeated for what it is printed for, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import report_kit as kit
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.result import CrossTable
from vpdesk.reporting.statements import Level, ProtectedReport
from vpdesk.reporting.text_marks import Marker, MarkKind, marks

CROSSED = CrossTable(
    "rol", "relatie", ("melder", "getuige"), ("leidinggevende", "collega"),
    ((14, None), (None, 7)), (None, 20), (18, 22), 62,
)  # fmt: skip
BEFORE = Statement(Of.CASES, Box(), Period.year(2024), 48, 48)
YEAR = kit.protected(Level.EENRIJ, 62, kit.sixty_two(), talks=90)
REPORT = replace(YEAR, statements=(*YEAR.statements, BEFORE), crossed=(CROSSED,))
HALF = kit.protected(Level.TOTAAL, 62, period=Period(date(2025, 1, 1), date(2025, 6, 30)))


def numbers(text: str, report: ProtectedReport = REPORT) -> list[tuple[str, MarkKind]]:
    made = marks({"kort": text}, protected=report, names=(), confirmed=False)
    return [(mark.found, mark.kind) for mark in made if mark.kind in {MarkKind.GETAL, MarkKind.ANDER_GETAL}]


@pytest.mark.parametrize(
    "text",
    [
        "Er waren 62 casussen.",
        "In 2025 begonnen 62 casussen, waarvan 11 over pesten en 12 over intimidatie.",
        "Het thema pesten kwam 11 keer voor.",
        "In 11 casussen werd gepest.",
        "Pesten: 11 (18%). Arbeidsconflict of rechtspositie: 14.",
        "In dit jaar gingen 14 casussen over een arbeidsconflict.",
        "In 2024 waren het er 48.",
        "In 7 casussen ging het over agressie en geweld.",
        "De overige thema’s samen: 12.",
        "In 14 casussen was de melder er met een leidinggevende.",
        "De gedragscode is van 2019.",
        "11 van de 62 casussen gingen over pesten.",
        "Er zijn dit jaar 62 casussen geregistreerd.",
    ],
)
def test_what_the_report_says_may_be_repeated(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er kwamen 8 casussen uit de nachtdienst.", ["8"]),
        ("In 12 casussen is een advocaat ingeschakeld.", ["12"]),
        ("Vorig jaar waren het er 62.", ["62"]),
        ("In 2024 kwamen 62 casussen binnen.", ["62"]),
        ("Het waren er 48.", ["48"]),
        ("In 2024 en 2025 waren het er 62.", ["62"]),
        ("Er waren 62 casussen over pesten.", ["62"]),
        ("In 12 casussen ging het over pesten.", ["12"]),
        ("In 11 casussen ging het over pesten en intimidatie, in 12 over agressie.", ["12"]),
        ("In 11 casussen ging het over pesten door een leidinggevende.", ["11"]),
        ("Pesten kwam 11 keer voor, ook bij het magazijn.", ["11"]),
        ("Er waren 62 meldingen.", ["62"]),
        ("In 18 casussen ging het om een relatie met een leidinggevende.", ["18"]),
        ("Er waren 50 medewerkers.", ["50"]),
        ("Het magazijn: 11.", ["11"]),
    ],
)
def test_a_printed_number_about_anything_else_is_marked(text: str, found: list[str]) -> None:
    assert numbers(text) == [(words, MarkKind.ANDER_GETAL) for words in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [("Het was de 11e melding.", "11e"), ("De 62ste.", "62ste"), ("Dit waren 2025 casussen.", "2025")],
)
def test_a_rank_and_a_count_that_looks_like_a_year_are_numbers(text: str, found: str) -> None:
    assert numbers(text) == [(found, MarkKind.GETAL)]


QUOTES = (
    Statement(Of.CASES, Box(), Period.year(2024), 48, 48),
    Statement(Of.CASES, Box.of(thema="pesten"), Period.year(2024), 9, 9),
    Statement(Of.CASES, Box(), Period.year(2023), 1040, 1040),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In 2024 waren het er 48.", []),
        ("In 2024 gingen 9 casussen over pesten, in 2024 waren er 48 casussen.", []),
        ("In 2023 waren er 1.040 casussen. In 2025 waren er 62.", []),
        ("Het waren er 48.", ["48"]),
        ("In 2023 waren het er 48.", ["48"]),
        ("In 2025 waren het er 48.", ["48"]),
        ("Vorig jaar waren het er 48.", ["48"]),
        ("In 2024 gingen 48 casussen over pesten.", ["48"]),
        ("In 2024 kwamen 9 casussen voor.", ["9"]),
        ("In 2024 gingen 9 casussen over intimidatie.", ["9"]),
        ("In 2024 waren het er 62.", ["62"]),
        ("In 2024 waren er 48 casussen in het magazijn.", ["48"]),
    ],
)
def test_a_number_that_is_quoted_may_be_repeated_for_its_own_year(text: str, found: list[str]) -> None:
    told = Marker.of(YEAR, (), quotes=QUOTES).marks({"kort": text})
    kinds = {MarkKind.GETAL, MarkKind.ANDER_GETAL}
    assert [(m.found, m.kind) for m in told if m.kind in kinds] == [(words, MarkKind.ANDER_GETAL) for words in found]
    alone = Marker.of(YEAR, ()).marks({"kort": text})
    assert [m.kind for m in alone if m.kind in kinds]  # without the quotes each of these is marked


def test_part_of_a_year_is_not_called_by_that_year() -> None:
    assert numbers("Er waren 62 casussen.", HALF) == []
    assert numbers("In 2025 waren er 62 casussen.", HALF) == [("62", MarkKind.ANDER_GETAL)]


def test_nought_is_no_printed_number() -> None:
    empty = kit.protected(Level.EENRIJ, 18, (kit.table("thema", ("pesten",), {}, 0),))
    assert numbers("Pesten: 0.", empty) == [("0", MarkKind.GETAL)]


def test_without_any_printed_number_each_one_is_marked() -> None:
    assert numbers("Er waren 62 casussen.", kit.protected(Level.GEEN_GETALLEN)) == [("62", MarkKind.GETAL)]
