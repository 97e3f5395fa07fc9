"""Names are compared as they are heard: the same person is found again, and a common surname alone alarms nobody."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.names import (
    COMMON,
    Spoken,
    may_be_same,
    parts_of,
    same_function,
    same_matter,
    says_enough,
    spoken,
    spoken_contact,
    spoken_function,
    spoken_matter,
    spoken_organisation,
    words_of,
)

SAME = [
    ("Jan de Vries", "jan DE vries"),
    ("J. de Vries", "Jan de Vries"),
    ("Vries, J. de", "Jan de Vries"),
    ("Vries, Jan de", "dhr. J. de Vries"),
    ("J.P. de Vries", "Jan Peter de Vries"),
    ("Joh. Visser", "Johannes Visser"),
    ("J. Visser", "Joh. Visser"),
    ("Jan Peter Bakker", "Jan Bakker"),
    ("Renée Gül", "renee gul"),
    ("Søren Łukasz", "Soren Lukasz"),
    ("Zoë O’Brien", "Zoe O'Brien"),
    ("Mevrouw drs. Wrevelhout", "Ottoliena Wrevelhout"),
    ("Maria Jansen-de Vries", "Maria de Vries"),
    ("Wrevelhout", "wrevelhout"),
    ("Fien", "Fien"),
    ("Y. El Idrissi", "Idrissi, Youssef"),
    ("J. 't Hart", "Jan ’t Hart"),
]
OTHERS = [
    ("Jan de Vries", "Piet de Vries"),
    ("Jan de Vries", "de Vries"),
    ("de Vries", "de Vries"),
    ("Jansen", "J. Jansen"),
    ("Jan", "Jan Bakker"),
    ("A. Jansen", "B. Jansen"),
    ("Jan Bakker", "Jan Visser"),
    ("J. V.", "Jan Visser"),
    ("J. A. Visser", "Jan Visser Janna"),
    ("Jan Jan de Vries", "Jan de Vries Piet"),
    ("X", "X"),
    ("A.", "Anna Wrevelhout"),
    ("", ""),
    ("", "Wrevelhout"),
    ("de", "de"),
    ("...", "..."),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_person_is_recognised(one: str, other: str) -> None:
    assert may_be_same(one, other)
    assert words_of(one) & words_of(other), "or the vault would never find her"


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_a_common_name_or_another_first_name_alarms_nobody(one: str, other: str) -> None:
    assert not may_be_same(one, other)


def test_an_initial_stands_for_one_name_only() -> None:
    assert may_be_same("J. J. Visser", "Jan Jaap Visser")
    assert not may_be_same("J. J. Visser", "Jan Piet Visser")
    assert may_be_same("P. J. Visser", "Jan Piet Visser"), "whatever the order"


def test_some_names_say_enough_and_some_do_not() -> None:
    assert all(not says_enough(name) for name in COMMON)
    assert [name for name in ("Wrevelhout", "J. Jansen", "Jansen", "J.", "J. P.", "", "mw. De Vries") if says_enough(name)] == [
        "Wrevelhout",
        "J. Jansen",
    ]  # fmt: skip


WORDS = ["Jan", "Johannes", "Vries", "Wrevelhout", "Gül", "Peter", "Aalt"]
names = st.lists(
    st.one_of(st.sampled_from(WORDS), st.sampled_from("JVPA").map(lambda letter: f"{letter}."), st.just("de")),
    max_size=5,
).map(" ".join)


@given(one=st.one_of(names, st.text(max_size=20)), other=st.one_of(names, st.text(max_size=20)))
def test_it_makes_no_difference_who_is_compared_with_whom(one: str, other: str) -> None:
    assert may_be_same(one, other) == may_be_same(other, one)
    assert not may_be_same(one, other) or words_of(one) & words_of(other)


@given(name=names)
def test_whoever_says_enough_is_herself_in_every_way_of_writing(name: str) -> None:
    for written in (name.upper(), unicodedata.normalize("NFD", name), " ".join(reversed(name.split())), f"drs. {name}"):
        assert may_be_same(name, written) == says_enough(name)


@given(first=st.sampled_from(WORDS), last=st.sampled_from(["Vries", "Wrevelhout"]), name=names)
def test_an_initial_instead_of_the_first_name_finds_no_fewer(first: str, last: str, name: str) -> None:
    if may_be_same(f"{first} {last}", f"{first} {last} {name}"):
        assert may_be_same(f"{first[0]}. {last}", f"{first} {last} {name}")


@given(st.text(max_size=2000))
def test_any_text_has_a_bounded_number_of_parts(text: str) -> None:
    assert len(parts_of(text)) <= 12


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Teamleider Noord", "noord, teamleider", True),
        ("Teamleider van de Publiekszaken", "teamleider publiekszaken", True),
        ("Coördinator Roosters", "coordinator roosters", True),
        ("leidinggevende", "Leidinggevende", False),
        ("teamleider", "teamleider noord", False),
        ("collega A", "collega A", False),
        ("A", "A", False),
        ("", "", False),
    ],
)
def test_a_function_matches_when_it_tells_which(one: str, other: str, same: bool) -> None:
    assert same_function(one, other) is same
    assert same_function(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Overleg Noord", "kwestie overleg noord, september", True),
        ("Het rooster", "rooster van de avonddienst", True),
        ("Overleg Noord", "Overleg Zuid", False),
        ("melding", "melding", False),
        ("", "Overleg", False),
    ],
)
def test_a_matter_matches_when_one_says_all_of_the_other(one: str, other: str, same: bool) -> None:
    assert same_matter(one, other) is same
    assert same_matter(other, one) is same


@pytest.mark.parametrize(
    ("name", "anyhow", "with_capital"),
    [
        ("Ottoliena Wrevelhout", {"Ottoliena Wrevelhout", "Ottoliena", "Wrevelhout"}, set()),
        ("mevr. J. de Vries", {"mevr. J. de Vries"}, {"Vries"}),
        ("Bakker, Jan", {"Bakker, Jan"}, {"Bakker", "Jan"}),
        ("Smit-Jansen", {"Smit-Jansen"}, set()),
        ("Søren", {"Søren"}, set()),
        ("de teamleider", set(), set()),
        ("X", set(), set()),
        ("", set(), set()),
    ],
)
def test_a_name_is_given_away_by_its_words(name: str, anyhow: set[str], with_capital: set[str]) -> None:
    assert spoken(name) == Spoken(frozenset(anyhow), frozenset(with_capital))


def test_a_function_is_given_away_where_it_tells_which() -> None:
    assert spoken_function(" teamleider zwembad ").anyhow == {"teamleider zwembad"}
    assert spoken_function("teamleider") == spoken_function("A") == Spoken()


@pytest.mark.parametrize(
    ("contact", "names"),
    [
        ("Wethouder Pietersen, 06-1234", {"Pietersen"}),
        ("Bellen via de receptie", set()),
        ("Jan-Willem van den Berg", {"Jan-Willem", "Berg"}),
        ("mevr. De Vries (HR)", {"Vries"}),
        ("Gemeentesecretaris", set()),
        ("s.jansen@voorbeeld.nl", set()),
        ("", set()),
    ],
)
def test_a_contact_is_told_by_names_only(contact: str, names: set[str]) -> None:
    assert spoken_contact(contact) == Spoken(with_capital=frozenset(names))


def test_a_matter_is_told_by_its_telling_words_together() -> None:
    assert spoken_matter("Kwestie rond de kassa in de loods").together == {frozenset({"kassa", "loods"})}
    assert spoken_matter("De kwestie") == Spoken()
    assert Spoken.all_of((spoken("Bakker"), spoken_matter("Kassa"))) == Spoken(
        with_capital=frozenset({"Bakker"}), together=frozenset({frozenset({"kassa"})})
    )


@pytest.mark.parametrize(
    ("name", "anyhow", "with_capital"),
    [
        ("Zonnehof Zorg", {"Zonnehof Zorg"}, {"Zonnehof"}),
        ("De Wilgenhoek", {"De Wilgenhoek"}, {"Wilgenhoek"}),
        ("Locatie Noord", {"Locatie Noord"}, set()),
        ("Speelwijs Kinderopvang BV", {"Speelwijs Kinderopvang BV"}, set()),
        ("Speelwijs", set(), set()),
        ("Inkoop", set(), set()),
        ("Klaverblad", set(), {"Klaverblad"}),
    ],
)
def test_another_organisation_is_told_by_its_whole_name_and_by_its_telling_words(
    name: str, anyhow: set[str], with_capital: set[str]
) -> None:
    own = frozenset({"stichting", "speelwijs"})
    assert spoken_organisation(name, own) == Spoken(frozenset(anyhow), frozenset(with_capital))
