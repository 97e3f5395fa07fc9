"""What would let a report say more: computed from what shows a dash, never from what stands behind it."""

from __future__ import annotations

from datetime import date

import pytest

from vpdesk.domain import taxonomy
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices, key_of
from vpdesk.operations.report_ideas import Idea, apart, longer, merges, row_label, with_rows

APART = ReportChoices()
UNITS = ("Noord", "Oost", "West", "Zuid", "onbekend")
ROLES = taxonomy.ROL.codes


def test_a_few_dashes_are_named() -> None:
    (idea,) = merges("onderdeel", ("Noord", "West", "Zuid"), UNITS, APART)
    assert idea == Idea("Neem Noord, West en Zuid samen", "onderdeel", (("Noord", "West", "Zuid"),))


def test_long_labels_are_counted_and_not_named() -> None:
    name = "Bureau Ondersteuning en Dienstverlening"
    (idea,) = merges("onderdeel", ("Noord", name), (*UNITS, name), APART)
    assert idea.words == "Neem de 2 rijen met een streepje samen"


def test_many_dashes_become_two_rows() -> None:
    (idea,) = merges("rol", ROLES[:5], ROLES, APART)
    assert idea.words == "Maak van 5 streepjes 2 rijen"
    assert idea.rows == (ROLES[:3], ROLES[3:5])


def test_themes_are_taken_together_within_their_group() -> None:
    dashes = ("pesten", "discriminatie", "fraude", "corruptie", "arbeidsconflict")
    (idea,) = merges("thema", dashes, taxonomy.THEMA.codes, APART)
    assert idea.words == "Neem de streepjes per groep samen"
    assert idea.rows == (("pesten", "discriminatie"), ("fraude", "corruptie"))


def test_themes_of_different_groups_have_no_group_to_share() -> None:
    (idea,) = merges("thema", ("pesten", "fraude"), taxonomy.THEMA.codes, APART)
    assert idea.words == "Neem pesten en fraude samen"


def test_a_table_that_was_left_out_has_groups_only_among_themes() -> None:
    (idea,) = merges("thema", (), taxonomy.THEMA.codes, APART)
    assert {frozenset(row) for row in idea.rows} == {taxonomy.OMGANGSVORMEN, taxonomy.INTEGRITEIT, taxonomy.BUITEN}
    assert merges("rol", (), ROLES, APART) == ()


def test_rows_that_are_taken_together_already_are_not_proposed() -> None:
    (idea,) = merges("thema", (), taxonomy.THEMA.codes, APART)
    assert merges("thema", (), taxonomy.THEMA.codes, with_rows(APART, "thema", idea.rows)) == ()


def test_rows_of_several_codes_are_taken_together_whole() -> None:
    chosen = with_rows(APART, "onderdeel", (("Noord", "West"),))
    (idea,) = merges("onderdeel", (key_of(("Noord", "West")), "Zuid"), UNITS, chosen)
    assert idea.rows == (("Noord", "West", "Zuid"),)
    assert with_rows(chosen, "onderdeel", idea.rows).grouped == {"onderdeel": (("Noord", "West", "Zuid"),)}


def test_a_single_dash_has_nothing_to_be_taken_together_with() -> None:
    assert merges("onderdeel", ("Noord",), UNITS, APART) == ()


def test_other_rows_and_other_tables_stay_as_they_were() -> None:
    chosen = ReportChoices({"onderdeel": (("Noord", "Oost"),), "rol": (ROLES[:2],)}, (("rol", "thema"),))
    more = with_rows(chosen, "onderdeel", (("West", "Zuid"),))
    assert more.grouped == {"onderdeel": (("Noord", "Oost"), ("West", "Zuid")), "rol": (ROLES[:2],)}
    assert more.crossed == chosen.crossed
    assert with_rows(more, "onderdeel", ()).grouped == {"rol": (ROLES[:2],)}


def test_rows_come_apart_again() -> None:
    assert apart("rol", APART) == ()
    (idea,) = apart("rol", ReportChoices({"rol": (ROLES[:2],)}))
    assert with_rows(ReportChoices({"rol": (ROLES[:2],)}), idea.dimension, idea.rows) == APART


@pytest.mark.parametrize(
    ("period", "starts_in", "words", "longer_one"),
    [
        (Period(date(2025, 1, 1), date(2025, 6, 30)), 1, "Probeer heel 2025", Period.year(2025)),
        (Period.year(2025), 1, "Probeer 2024 en 2025 samen", Period(date(2024, 1, 1), date(2025, 12, 31))),
        (
            Period(date(2024, 9, 1), date(2025, 8, 31)), 9, "Probeer 2023-2024 en 2024-2025 samen",
            Period(date(2023, 9, 1), date(2025, 8, 31)),
        ),
    ],
)  # fmt: skip
def test_the_whole_year_is_longer_than_a_part_and_two_years_than_one(
    period: Period, starts_in: int, words: str, longer_one: Period
) -> None:
    assert longer(period, starts_in) == (Idea(words, period=longer_one),)


def test_what_is_longer_than_a_year_stays() -> None:
    assert longer(Period(date(2024, 1, 1), date(2025, 12, 31)), 1) == ()
    assert longer(Period(date(2024, 7, 1), date(2025, 6, 30)), 1) == ()


def test_a_row_is_named_after_all_that_it_counts() -> None:
    assert row_label("thema", ("pesten", "fraude")) == "Pesten en fraude"
    assert row_label("onderdeel", ("Noord", "West", "Zuid")) == "Noord, West en Zuid"
