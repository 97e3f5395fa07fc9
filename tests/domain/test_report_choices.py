"""Rows that are counted together, and the names of two-way tables."""

import pytest

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.report_choices import ReportChoices, codes_of, crossed_parts, crossing, key_of

CODES = ("melder", "getuige", "collega", "naaste", "onbekend")


def test_codes_that_are_not_named_have_a_row_of_their_own() -> None:
    choices = ReportChoices({"rol": (("naaste", "getuige"),)})
    assert choices.rows("rol", CODES) == (("melder",), ("getuige", "naaste"), ("collega",), ("onbekend",))
    assert choices.rows("thema", ("pesten", "onbekend")) == (("pesten",), ("onbekend",))


def test_a_group_may_name_codes_that_no_list_has_any_more() -> None:
    choices = ReportChoices({"rol": (("getuige", "weg"), ("ook weg",))})
    assert choices.rows("rol", CODES) == tuple((code,) for code in CODES)


@pytest.mark.parametrize("groups", [(("a", "b"), ("b", "c")), (("a", "a"),), ((),)])
def test_a_code_stands_in_one_row(groups: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(InvalidValueError):
        ReportChoices({"rol": groups})


@pytest.mark.parametrize("crossed", [(("rol", "rol"),), (("rol", "thema"), ("thema", "rol"))])
def test_a_two_way_table_crosses_two_dimensions_once(crossed: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(InvalidValueError):
        ReportChoices(crossed=crossed)


def test_names_of_rows_and_cells_can_be_read_back() -> None:
    assert codes_of(key_of(("a", "b"))) == ("a", "b")
    assert codes_of("a") == ("a",)
    assert crossed_parts(crossing("rol", "fase@2025-12-31")) == ("rol", "fase@2025-12-31")
    assert crossed_parts("rol") is None
