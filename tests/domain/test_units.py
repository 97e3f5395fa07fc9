"""What a unit is called in statements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.clients import unit_code


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Noord", (), "noord"),
        ("  Ruimte \n en\tBeheer ", (), "ruimte en beheer"),
        ("Noord", ("Noord",), "noord 2"),
        ("NOORD", ("noord", "Noord 2"), "noord 3"),
        ("Onbekend", (), "onbekend 2"),
        ("\x1e\x1f", (), "onderdeel"),
        ("A\x1fB", (), "a b"),
    ],
)
def test_a_code_is_the_name_in_lower_case_where_that_is_free(name: str, taken: tuple[str, ...], code: str) -> None:
    assert unit_code(name, taken) == code


@given(st.text(), st.lists(st.text(max_size=3)))
def test_a_code_is_printable_and_new(name: str, taken: list[str]) -> None:
    code = unit_code(name, taken)
    assert code.isprintable()
    assert code.strip()
    assert code.casefold() not in {"onbekend", *(other.casefold() for other in taken)}
