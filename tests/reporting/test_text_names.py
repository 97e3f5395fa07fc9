"""Names are found as if each were looked for in the whole text, though a text is gone through once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.names import Spoken, folded, spoken, spoken_matter
from vpdesk.reporting import text_names
from vpdesk.reporting.printed import bare
from vpdesk.reporting.text_names import names_in
from vpdesk.reporting.text_numbers import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = (
    "Li",
    "Jan",
    "jan jan",
    "'t Hart",
    "Wrevelhout",
    "van der Wrevel",
    "Weiß",
    "Zoë",
    "_abc",
    "D66",
    "a-b",
    "?!",
    "J",
)
PIECES = st.sampled_from(
    [*NAMES, "JAN", "wrevel", "Wrevel-\nhout", "Wrevelhouts", "Wrevelhoutteam", "hout", "weiss", "zoe", "Hart", "t", "'t",
     "-", "_", " ", ", ", ".  ", "\n\n", "s", "abc", "66", "é", "rooster", "noord"]
)  # fmt: skip


def one_by_one(text: str, names: Iterable[str], called: Spoken) -> set[tuple[int, int]]:
    """Return where names stand, each looked for by itself from the first letter to the last."""
    plain = bare(text)
    asked = [(name, False) for name in {*names, *called.anyhow}] + [(name, True) for name in called.with_capital]
    found = {one.span() for name, capital in asked for one in text_names._named(name, capital).finditer(plain)}
    for start, end in sentences(plain):
        words = {folded(one.group()): one for one in re.compile(r"\w+").finditer(plain, start, end)}
        for together in called.together:
            if together <= words.keys():
                told = [words[word] for word in together]
                found.add((min(one.start() for one in told), max(one.end() for one in told)))
    return {
        (start, end)
        for start, end in found
        if not any(first <= start and end <= last for first, last in found - {(start, end)})
    }


@given(
    text=st.lists(PIECES, max_size=14).map("".join),
    names=st.sets(st.sampled_from(NAMES), max_size=4),
    anyhow=st.sets(st.sampled_from(NAMES), max_size=4),
    capital=st.sets(st.sampled_from(NAMES), max_size=4),
    matters=st.sets(st.sampled_from(["Rooster Noord", "Noord", "Wrevelhout en Jan"]), max_size=2),
)
def test_a_name_is_found_as_if_it_was_looked_for_by_itself(
    text: str, names: set[str], anyhow: set[str], capital: set[str], matters: set[str]
) -> None:
    told = Spoken.all_of([Spoken(frozenset(anyhow), frozenset(capital)), *map(spoken_matter, matters)])
    (found,) = names_in([text], names, told)
    assert set(found) == one_by_one(text, names, told)
    assert found == sorted(found)


@pytest.mark.parametrize(
    "text", ["Wrevel-\nhout kwam.", "De heer ‘t Hart", "WREVELHOUTS idee", "W.revelhout", "x_Jan Jan"]
)
def test_ways_to_write_a_name_are_found(text: str) -> None:
    told = Spoken.all_of(map(spoken, ("Fien Wrevelhout", "Piet 't Hart", "Jan Jan")))
    assert bool(names_in([text], (), told)[0]) is bool(one_by_one(text, (), told)) is (text != "W.revelhout")


def test_names_that_are_not_in_the_text_are_looked_up_and_no_more() -> None:
    letters = "abcdefghij"
    names = {f"Qx{one}{two}{three}" for one in letters for two in letters for three in letters}
    before = text_names._named.cache_info().misses
    assert names_in(["Een lang verhaal over iets anders. " * 50 + "Qxaaa kwam."], names, Spoken()) == [[(1750, 1755)]]
    assert text_names._named.cache_info().misses == before + 1
