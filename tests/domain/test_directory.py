"""The directory ships with the national bodies, without numbers, and knows what is to be looked over."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.directory import NATIONAL, DirectoryEntry, national, whole_directory
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId, DirectoryId
from vpdesk.domain.reminders import add_months

OWN = DirectoryEntry(DirectoryId(3), "Buurtteam Zuid", "maatschappelijk werk", reach="balie, op werkdagen")


def test_no_number_ships_but_the_one_that_never_changes() -> None:
    assert len({entry.shipped for entry in NATIONAL}) == len(NATIONAL) == 33
    for entry in NATIONAL:
        numbers = re.findall(r"\d{3,}", f"{entry.name} {entry.when} {entry.reach} {entry.note}")
        assert numbers in ([], ["112", "112"], ["113"])
        assert entry.checked is None, "nobody looked over what ships"
        assert entry.when
        assert "!" not in entry.when
    assert [entry.name for entry in NATIONAL if entry.reach] == ["112"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 201},
        {"name": "twee\nregels"},
        {"kind": "toverij"},
        {"shipped": "112", "client": ClientId(1)},
    ],
)
def test_an_entry_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError, match="niets bewaard"):
        replace(OWN, **wrong)  # type: ignore[arg-type] # fields by name
    with pytest.raises(InvalidValueError, match="niets bewaard"):
        national("toverij")


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_what_was_looked_over_a_year_ago_is_late_the_day_after(checked: date, today: date) -> None:
    assert replace(OWN, checked=checked).overdue(today) == (today > add_months(checked, 12))
    assert not OWN.overdue(today)


def test_words_are_found_anywhere_whatever_capitals_and_accents() -> None:
    entry = replace(OWN, note="Vraag naar het café", when="Schulden")
    for text in ("", "zuid", "CAFE schulden", "maatschappelijk", "balie Buurtteam"):
        assert entry.found_by(text)
    for text in ("noord", "zuid noord"):
        assert not entry.found_by(text)
    assert not replace(OWN, kind="onbekend").found_by("onbekend"), "what is not known is no word to find by"


def test_own_entries_come_first_and_a_changed_body_stands_in_its_place() -> None:
    changed = replace(national("huisarts"), id=DirectoryId(9), reach="Zie de praktijk", hidden=True)
    old = DirectoryEntry(DirectoryId(5), "Opgeheven bureau", shipped="bestaat niet meer")
    found = whole_directory([old, changed, OWN])
    assert [entry.name for entry in found[:2]] == ["Buurtteam Zuid", "Opgeheven bureau"]
    assert found[1].shipped == "", "what no longer ships has become the user's own"
    assert [entry.shipped for entry in found[2:]] == [entry.shipped for entry in NATIONAL]
    assert found[2 + NATIONAL.index(national("huisarts"))] is changed
    assert whole_directory([]) == NATIONAL
