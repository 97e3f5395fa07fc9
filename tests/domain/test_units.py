"""What a unit is called in statements, and what became of it by a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.clients import Unit, unit_code
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId, UnitId
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.domain.units import (
    came_into,
    chosen_freely,
    counted_under,
    held_together,
    rows_together,
    seen_in,
    standing_on,
    whole_rows,
)


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


DAY = date(2025, 7, 1)
SPRING, YEAR, AUTUMN = (
    Period(date(2025, 1, 1), date(2025, 6, 30)),
    Period.year(2025),
    Period(date(2025, 7, 1), date(2025, 12, 31)),
)


def unit(number: int, name: str, **history: Any) -> Unit:
    return Unit(UnitId(number), ClientId(1), name, name.lower(), **history)


MERGED = (
    unit(1, "Noord", until=DAY, into=UnitId(4)),
    unit(2, "West", until=DAY, into=UnitId(4)),
    unit(3, "Zuid"),
    unit(4, "Noordwest", since=DAY),
    unit(5, "Oost", until=DAY),
)


def test_a_case_counts_under_what_its_unit_was_on_the_day_on_which_it_was_opened() -> None:
    before, after = date(2025, 6, 30), DAY
    assert [counted_under(MERGED, code, before) for code in ("noord", "zuid", "oost")] == ["noord", "zuid", "oost"]
    assert [counted_under(MERGED, code, after) for code in ("noord", "zuid", "oost")] == [
        "noordwest",
        "zuid",
        "onbekend",
    ]
    assert counted_under(MERGED, "gone", after) == "gone"
    chain = (*MERGED[:3], unit(4, "Noordwest", since=DAY, until=date(2026, 1, 1), into=UnitId(3)))
    assert counted_under(chain, "noord", date(2025, 12, 31)) == "noordwest"
    assert counted_under(chain, "noord", date(2026, 1, 1)) == "zuid"
    in_a_ring = (unit(1, "A", until=DAY, into=UnitId(2)), unit(2, "B", until=DAY, into=UnitId(1)))
    assert counted_under(in_a_ring, "a", DAY) in {"a", "b"}


def test_a_list_offers_the_units_of_the_day_and_a_report_names_those_of_its_period() -> None:
    assert [u.name for u in standing_on(MERGED, date(2025, 6, 30))] == ["Noord", "West", "Zuid", "Oost"]
    assert [u.name for u in standing_on(MERGED, DAY)] == ["Zuid", "Noordwest"]
    assert [u.name for u in MERGED if seen_in(u, SPRING)] == ["Noord", "West", "Zuid", "Oost"]
    assert [u.name for u in MERGED if seen_in(u, YEAR)] == ["Noord", "West", "Zuid", "Noordwest", "Oost"]
    assert [u.name for u in MERGED if seen_in(u, AUTUMN)] == ["Zuid", "Noordwest"]


def test_what_a_report_can_not_tell_apart_is_one_row() -> None:
    gone = ("onbekend", "oost")
    assert rows_together(MERGED, SPRING) == (("noord", "noordwest"),)
    assert rows_together(MERGED, YEAR) == (("noord", "noordwest", "west"), gone)
    assert rows_together(MERGED, AUTUMN) == (("noord", "noordwest", "west"), gone)
    assert rows_together((unit(1, "Later", since=DAY),), SPRING) == ()
    chosen = ReportChoices({"onderdeel": (("west", "zuid"),), "thema": (("pesten", "fraude"),)})
    held = held_together(chosen, MERGED, YEAR)
    assert {frozenset(row) for row in held.grouped["onderdeel"]} == {
        frozenset({"noord", "noordwest", "west", "zuid"}),
        frozenset(gone),
    }
    assert held.grouped["thema"] == chosen.grouped["thema"]
    assert chosen_freely(held, MERGED, YEAR).grouped["onderdeel"] == (("noord", "noordwest", "west", "zuid"),)
    assert chosen_freely(held_together(ReportChoices(), MERGED, YEAR), MERGED, YEAR) == ReportChoices()
    assert whole_rows(MERGED, ("noord",), SPRING) == {"noord", "noordwest"}
    assert whole_rows(MERGED, ("noordwest",), AUTUMN) == {"noord", "noordwest", "west"}
    assert whole_rows(MERGED, ("noord", "zuid"), YEAR) is None
    assert whole_rows(MERGED, ("zuid",), YEAR) == {"zuid"}
    assert [u.name for u in came_into(MERGED, MERGED[3])] == ["Noord", "West"]


@given(
    changes=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=4, unique_by=lambda c: c[0]),
    days=st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_where_a_unit_can_count_nothing_each_number_holds_one_that_can(
    changes: list[tuple[int, int]], days: list[int]
) -> None:
    """The claim on which a report's safety rests: in a row there is always a code that can count on each of its days."""
    on = {number: date(2025, 1 + 3 * number, 1) for number, _ in changes}
    units = [
        unit(n, f"U{n}", until=on.get(n), into=UnitId(to) if n in on and (to := dict(changes)[n]) > n else None)
        for n in range(5)
    ]
    first, last = (date(2024 + month // 12, month % 12 + 1, 1) for month in days)
    period = Period(first, last)
    named = {code for row in rows_together(units, period) for code in row}
    for row in rows_together(units, period):
        for day in (first, last):
            can = {u.code for u in units if u.stands_on(day)} | {"onbekend"}
            assert can & set(row)
            assert {counted_under(units, code, day) for code in row} <= set(row)
    assert all(u.stands_on(first) and u.stands_on(last) for u in units if u.code not in named)


def test_a_unit_goes_on_in_another_from_a_day_on_and_never_in_itself() -> None:
    for history in ({"into": UnitId(2)}, {"until": DAY, "into": UnitId(1)}):
        with pytest.raises(InvalidValueError, match="gaat op een dag op"):
            unit(1, "Noord", **history)
