"""Code lists, checklists, tasks and pseudonyms: whole, unique, and in words that may be shown."""

from __future__ import annotations

import re
from datetime import date

import pytest

from vpdesk.domain import taxonomy
from vpdesk.domain.checklists import CHECKLISTS, FIRST_TALK, LIMITS, SEVEN_QUESTIONS, item_of
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.phases import Phase
from vpdesk.domain.pseudonyms import PSEUDONYMS, free_pseudonyms
from vpdesk.domain.taxonomy import BY_NAME, OUTCOMES_IN_REPORTS, CodeList
from vpdesk.domain.worklog import GROUPS, TASKS, Activity, EarlierTotal, TaskGroup, group_of

LISTS = (*BY_NAME.values(), taxonomy.MISSTAND, taxonomy.ROUTE, taxonomy.WIJZE)
NEVER_SHOWN = ("dader", "slachtoffer ", "cliënt", "dossier")
FIRST_NAMES = {
    "anna", "brenda", "daan", "emma", "erica", "eva", "floor", "fleur", "heather", "iris", "jasmijn", "jan", "kees",
    "klaas", "laura", "lelie", "lily", "linde", "lotus", "madelief", "margriet", "marjolein", "merel", "noor", "olivia",
    "piet", "robijn", "roos", "rosa", "rozemarijn", "sanne", "tess", "veronica", "viola", "violet", "wilma", "yasmin",
}  # fmt: skip


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.name)
def test_every_list_has_unique_lower_case_codes_and_ends_with_unknown(codes: CodeList) -> None:
    assert codes.codes[-1] == "onbekend"
    assert len(set(codes.codes)) == len(codes.codes)
    assert all(code == code.lower() for code in codes.codes)
    assert len({term.shown for term in codes.terms}) == len(codes.terms)


@pytest.mark.parametrize("codes", LISTS, ids=lambda codes: codes.name)
def test_labels_and_help_use_no_word_that_is_never_shown(codes: CodeList) -> None:
    for term in codes.terms:
        assert not any(word in f"{term.shown} {term.help}".lower() for word in NEVER_SHOWN)
        assert "!" not in term.help


def test_a_label_is_the_code_with_a_capital_unless_another_was_given() -> None:
    assert taxonomy.GEVONDEN_VIA.label("hr") == "HR"
    assert taxonomy.THEMA.label("pesten") == "Pesten"
    with pytest.raises(KeyError):
        taxonomy.THEMA.label("toverij")
    assert "pesten" in taxonomy.THEMA
    assert "toverij" not in taxonomy.THEMA


def test_a_report_knows_every_outcome_and_that_a_case_runs() -> None:
    assert set(OUTCOMES_IN_REPORTS) == {*taxonomy.AFLOOP.codes, "loopt nog"}
    assert OUTCOMES_IN_REPORTS[-1] == "onbekend"


def test_checklists_have_items_for_every_phase_with_codes_of_their_own() -> None:
    assert set(CHECKLISTS) == set(Phase)
    for phase, items in CHECKLISTS.items():
        assert len({item.code for item in items}) == len(items)
        assert all(item_of(phase, item.code) is item for item in items)
    assert CHECKLISTS[Phase.VOORFASE][0].code == LIMITS
    assert [item.relay for item in CHECKLISTS[Phase.MELDINGSFASE]] == [False] * 7 + [True] * 5
    with pytest.raises(InvalidValueError):
        item_of(Phase.NAFASE, LIMITS)


def test_the_first_talk_and_the_seven_questions_are_told_in_sentences() -> None:
    assert (len(FIRST_TALK), len(SEVEN_QUESTIONS)) == (9, 7)
    assert all(line.endswith((".", "?")) for line in (*FIRST_TALK, *SEVEN_QUESTIONS))


def test_every_task_lies_in_one_group() -> None:
    assert set(GROUPS) == set(TaskGroup)
    assert sum(len(codes) for codes in GROUPS.values()) == len(TASKS.codes) == len(set(TASKS.codes))
    assert group_of("signaal") is TaskGroup.SIGNALEREN
    assert TASKS.label("overleg or") == "Overleg OR"
    with pytest.raises(KeyError):
        group_of("onderzoek")


@pytest.mark.parametrize(("task", "minutes", "reached"), [("onderzoek", 1, 1), ("artikel", -1, 1), ("artikel", 1, -1)])
def test_an_activity_that_could_not_be_is_refused(task: str, minutes: int, reached: int) -> None:
    with pytest.raises(InvalidValueError):
        Activity(ActivityId(1), date(2025, 1, 1), task, minutes, reached=reached)


def test_an_earlier_total_is_no_negative_number() -> None:
    assert EarlierTotal(ClientId(1), 2024, 0).cases == 0
    with pytest.raises(InvalidValueError):
        EarlierTotal(ClientId(1), 2024, -1)


def test_pseudonyms_are_many_different_short_words_with_one_capital() -> None:
    assert len(PSEUDONYMS) >= 400
    assert len({word.casefold() for word in PSEUDONYMS}) == len(PSEUDONYMS)
    assert all(re.fullmatch(r"(?:IJ|[A-Z])[a-z]{2,15}", word) for word in PSEUDONYMS)


def test_no_pseudonym_is_a_first_name_or_hints_at_anyone() -> None:
    words = {word.casefold() for word in PSEUDONYMS}
    assert not words & FIRST_NAMES
    for hint in (
        "koningin",
        "weduw",
        "juffer",
        "dame",
        "heks",
        "monnik",
        "turks",
        "jood",
        "moor",
        "slaaf",
        "dood",
        "bek",
        "borst",
    ):
        assert not any(hint in word for word in words), hint


def test_a_word_in_use_is_never_drawn_and_numbers_come_only_when_all_words_are_taken() -> None:
    taken = frozenset(PSEUDONYMS[1:])
    assert free_pseudonyms(taken) == PSEUDONYMS[:1]
    everything = frozenset(PSEUDONYMS)
    assert free_pseudonyms(everything)[0] == f"{PSEUDONYMS[0]} 2"
    twice = everything | {f"{word} 2" for word in PSEUDONYMS}
    assert free_pseudonyms(twice)[-1] == f"{PSEUDONYMS[-1]} 3"
