"""The rule on role conflicts: symmetric, never too quiet beside a melder, and not shrill where nobody is at risk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain import taxonomy
from vpdesk.domain.conflicts import (
    NEUTRAL,
    ConflictRecord,
    Involved,
    Level,
    before_the_story,
    between,
    between_roles,
    may_be_one,
    search_words,
    with_others,
)
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ClientId, ConflictId, MatterId, PersonId
from vpdesk.domain.people import (
    PART_LABELS,
    VOICEMAIL_LABELS,
    Matter,
    Part,
    Person,
    Voicemail,
    aliases_in,
    looks_like_work,
)

A, B, C = CaseId(1), CaseId(2), CaseId(3)
NOORD = frozenset({MatterId(1)})


def person(part: Part, name: str = "", **more: Any) -> Person:
    return Person(PersonId(0), A, part, name, **more)


def involved(case: CaseId, rol: str, *persons: Person, matters: frozenset[MatterId] = frozenset()) -> Involved:
    return Involved(case, rol, persons, matters)


def test_beside_a_melder_nobody_of_the_other_sides_is_supported_in_one_matter() -> None:
    melder = involved(A, "melder", matters=NOORD)
    for rol in ("betrokkene", "getuige", "collega"):
        assert between(melder, involved(B, rol, matters=NOORD)) is Level.CONFLICT
    for rol in ("melder", "leidinggevende", "naaste", "onbekend"):
        assert between(melder, involved(B, rol, matters=NOORD)) is Level.LET_OP
    assert between(melder, involved(B, "betrokkene", matters=frozenset({MatterId(2)}))) is Level.GEEN
    assert between(melder, involved(B, "betrokkene")) is Level.GEEN


def test_who_comes_and_stands_on_the_other_side_of_another_case_is_a_conflict() -> None:
    melder = involved(A, "melder", person(Part.KOMT, "Fien Aalders"), person(Part.ANDER, "Jan de Vries"))
    for rol in taxonomy.ROL.codes:
        assert between(melder, involved(B, rol, person(Part.KOMT, "J. de Vries"))) is Level.CONFLICT
        assert between(melder, involved(B, rol, person(Part.ANDER, "Aalders, F."))) is Level.CONFLICT


@pytest.mark.parametrize(
    ("rol", "part", "by", "level"),
    [
        ("getuige", Part.GETUIGE, "melder", Level.CONFLICT),
        ("onbekend", Part.GETUIGE, "melder", Level.CONFLICT),
        ("onbekend", Part.COLLEGA, "melder", Level.CONFLICT),
        ("melder", Part.GETUIGE, "getuige", Level.CONFLICT),
        ("getuige", Part.GETUIGE, "leidinggevende", Level.LET_OP),
        ("leidinggevende", Part.VERDER, "melder", Level.LET_OP),
        ("betrokkene", Part.VERDER, "melder", Level.CONFLICT),
    ],
)
def test_who_comes_and_is_named_elsewhere(rol: str, part: Part, by: str, level: Level) -> None:
    comes = involved(A, rol, person(Part.KOMT, "Fien Aalders"))
    assert between(comes, involved(B, by, person(part, "Fien Aalders"))) is level


def test_two_melders_about_one_person_are_a_warning_and_no_conflict() -> None:
    one = involved(A, "melder", person(Part.ANDER, "Jan de Vries"))
    other = involved(B, "melder", person(Part.ANDER, "J. de Vries"), matters=NOORD)
    assert between(one, other) is Level.LET_OP
    assert with_others(one, (other,)).warnings == (B,)


def test_whoever_comes_twice_is_no_conflict_with_herself() -> None:
    one = involved(A, "melder", person(Part.KOMT, "Fien Aalders"), person(Part.ANDER, "Jan de Vries"), matters=NOORD)
    again = involved(B, "getuige", person(Part.KOMT, "F. Aalders"), person(Part.ANDER, "Jan de Vries"), matters=NOORD)
    assert between(one, again) is Level.GEEN


def test_somebody_who_is_named_everywhere_joins_nothing() -> None:
    one, other = (involved(case, "melder", person(Part.VERDER, "Hilde Wrevelhout")) for case in (A, B))
    assert between(one, other) is Level.GEEN
    witness = involved(B, "getuige", person(Part.GETUIGE, "Hilde Wrevelhout"))
    assert between(one, witness) is Level.CONFLICT, "a witness of one matter is a sign of the matter"


def test_aliases_and_telling_functions_count() -> None:
    boss = person(Part.ANDER, "Jan de Vries", aliases=("Ouwe Kraai",), function="Teamleider Noord")
    assert may_be_one(boss, person(Part.KOMT, "ouwe kraai"))
    assert may_be_one(boss, person(Part.KOMT, function="teamleider noord"))
    assert not may_be_one(boss, person(Part.KOMT, function="teamleider"))
    assert not may_be_one(person(Part.ANDER, function="A"), person(Part.ANDER, function="A"))
    assert search_words((boss,)) == {"jan", "vries", "ouwe", "kraai", "teamleider", "noord"}
    assert search_words(()) == frozenset()


def test_before_the_story_an_unknown_role_counts_as_the_worst() -> None:
    there = (involved(A, "melder", matters=NOORD), involved(B, "melder", matters=NOORD), involved(C, "naaste"))
    asked = Involved(CaseId(0), matters=NOORD)
    assert before_the_story(asked, there).level is Level.CONFLICT
    assert before_the_story(asked, there).cases == (A, B)
    melder = before_the_story(replace(asked, rol="melder"), there)
    assert (melder.level, melder.conflicts, melder.warnings) == (Level.LET_OP, (), (A, B))
    assert before_the_story(asked, ()) == with_others(asked, ())


def test_a_case_is_never_compared_with_itself() -> None:
    one = involved(A, "melder", person(Part.ANDER, "Jan de Vries"), person(Part.KOMT, "J. de Vries"), matters=NOORD)
    assert with_others(one, (one, replace(one, case=B))).cases == ()
    assert with_others(one, (one,)).level is Level.GEEN


def test_the_neutral_sentence_gives_no_reason() -> None:
    assert "waarom" in NEUTRAL
    assert not {"rolconflict", "melder", "andere persoon"} & set(NEUTRAL.lower().split())


people = st.builds(
    person,
    st.sampled_from(Part),
    st.sampled_from(["Jan de Vries", "J. de Vries", "Fien Aalders", "Aalders, F.", "Piet", "x"]),
    function=st.sampled_from(["", "Teamleider Noord", "leidinggevende"]),
)
worlds = st.builds(
    Involved,
    st.sampled_from([A, B]),
    st.sampled_from(taxonomy.ROL.codes),
    st.lists(people, max_size=3).map(tuple),
    st.frozensets(st.sampled_from([MatterId(1), MatterId(2)])),
)


@given(one=worlds, other=worlds)
def test_conflicts_are_symmetric(one: Involved, other: Involved) -> None:
    assert between(one, other) is between(other, one)


@given(one=st.sampled_from(taxonomy.ROL.codes), other=st.sampled_from(taxonomy.ROL.codes))
def test_two_people_in_one_matter_are_never_nothing(one: str, other: str) -> None:
    assert between_roles(one, other) is between_roles(other, one)
    assert between_roles(one, other) is not Level.GEEN


@given(one=worlds, other=worlds, more=people)
def test_knowing_more_of_others_never_hides_a_conflict(one: Involved, other: Involved, more: Person) -> None:
    if more.part is not Part.KOMT:  # that she is the same person is the one thing that takes a conflict away
        assert between(replace(one, persons=(*one.persons, more)), other) >= between(one, other)


@given(one=worlds, other=worlds)
def test_what_meets_shares_a_word_or_a_matter(one: Involved, other: Involved) -> None:
    if between(one, other) is not Level.GEEN:
        assert one.matters & other.matters or search_words(one.persons) & search_words(other.persons)


@given(asked=worlds, there=st.lists(worlds, max_size=3).map(tuple))
def test_the_answer_before_the_story_is_never_milder_than_the_rule(
    asked: Involved, there: tuple[Involved, ...]
) -> None:
    assert before_the_story(asked, there).level >= with_others(asked, there).level


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "", "function": ""}, "Vul één ding in"),
        ({"name": "A\nB"}, "Een naam is een regel"),
        ({"name": "x" * 301}, "hoogstens 300"),
        ({"function": "a\tb"}, "Een functie is"),
        ({"reach": "06\n"}, "Een nummer of adres"),
        ({"hours": "x" * 301}, "Wanneer iemand te bereiken is"),
        ({"aliases": ("a\nb",)}, "Een andere naam"),
        ({"aliases": ("",)}, "elk met een letter"),
        ({"aliases": tuple("abcdefghijklmnopqrstu")}, "hoogstens 20"),
    ],
)
def test_a_person_that_could_not_be_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidValueError, match=sentence):
        replace(person(Part.ANDER, "A"), **wrong)


def test_everything_about_a_person_is_optional() -> None:
    for one in (
        {"name": "A"},
        {"aliases": ("Fien",)},
        {"function": "teamleider"},
        {"reach": "06"},
        {"hours": "na 18 uur"},
    ):
        assert Person(PersonId(0), A, Part.ANDER, **one)  # type: ignore[arg-type]
    assert person(Part.KOMT, function="x").names == ()
    assert person(Part.KOMT, "A", aliases=("B",)).names == ("A", "B")


def test_aliases_are_read_from_a_line() -> None:
    assert aliases_in(" Fien, Fientje ;Fien,, ") == ("Fien", "Fientje")
    assert aliases_in("") == ()


@pytest.mark.parametrize(
    ("reach", "work"),
    [
        ("fien@gmail.com", False),
        ("fien@Ziggo.nl", False),
        ("06 12345678", False),
        ("", False),
        ("fien@waterveen.nl", True),
        ("alleen werkmail", True),
        ("werk-telefoon", True),
        ("fien@gmail.com of f.aalders@waterveen.nl.", True),
        ("netwerkmail", False),
    ],
)
def test_an_address_at_work_gets_a_warning(reach: str, work: bool) -> None:
    assert looks_like_work(reach) is work
    assert person(Part.KOMT, "A", reach=reach).reach == reach, "and is never refused"


@pytest.mark.parametrize("name", ["", "  ", "A\nB", "x" * 301])
def test_a_matter_has_a_name_of_one_line(name: str) -> None:
    with pytest.raises(InvalidValueError):
        Matter(MatterId(1), ClientId(1), name)


def test_going_on_takes_a_reason() -> None:
    record = ConflictRecord(ConflictId(0), A, date(2026, 1, 20), "Geen collega beschikbaar", "Alleen de naam", (B,))
    assert record.others == (B,)
    for wrong in ({"reason": " "}, {"reason": "x" * 2001}, {"knowledge": "x" * 2001}):
        with pytest.raises(InvalidValueError, match="Er is niets bewaard"):
            replace(record, **wrong)  # type: ignore[arg-type]


def test_every_part_and_answer_has_a_word() -> None:
    assert set(PART_LABELS) == set(Part)
    assert set(VOICEMAIL_LABELS) == set(Voicemail)
