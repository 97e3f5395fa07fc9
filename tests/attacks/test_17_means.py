"""Attack 17: means, and totals of talks and minutes, turned back into the number of cases or into one person's talks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit
from tests.attacks.attackers import K
from tests.reporting.disclosure.registry import HALF, SECOND_HALF, YEAR, drawn, frozen, naive, published, report
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Box, Of, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts

SUPPORT = (Of.CASES_WITH_TALK, Of.TALKS, Of.MINUTES)


def talking(facts: list[CaseFacts], minutes: Iterable[int]) -> list[CaseFacts]:
    return [replace(f, talks=((f.opened, 1, spent),)) for f, spent in zip(facts, minutes, strict=True)]


def support(statements: Iterable[Statement]) -> dict[Of, tuple[int, int]]:
    return {s.of: (s.minimum, s.maximum) for s in statements if s.of in SUPPORT}


def test_a_mean_and_a_total_give_the_number_of_cases() -> None:
    # Three cases, 14 talks: "ongeveer 4,7 gesprekken per casus, 14 gesprekken".
    talks, mean = 14, "4,7"
    cases = [n for n in range(1, 200) if f"{talks / n:.1f}".replace(".", ",") == mean]
    assert cases == [3]
    for n in (0, 3, K - 1, K, 2 * K - 1):
        said = report(talking(kit.several(n), [40] * n), YEAR)
        assert support(said.statements) == {}
        assert {s.of for s in said.statements} <= {Of.CASES}


def test_the_total_of_minutes_less_ones_own_is_the_talk_of_the_other() -> None:
    minutes = [65, 180]
    assert sum(minutes) - 65 == 180
    # In a large group with one long story, the minutes are that story and little more.
    long_story = [2000, *[20] * 29]
    naively = sum(long_story)
    assert abs(naively - 29 * 30 - long_story[0]) < 0.2 * long_story[0]  # half an hour for each of the others
    facts = kit.cases(dict(zip(kit.ROLES, (8, 8, 6, 5, 3), strict=True)))
    assert support(kit.ours(talking(facts, long_story)).statements) == {}
    assert support(kit.ours(talking(facts, [40] * 30)).statements)


@pytest.mark.parametrize("silent", range(K))
def test_the_number_of_cases_without_a_talk_stays_open(silent: int) -> None:
    facts = kit.cases(dict(zip(kit.ROLES, (9, 8, 7, 6, 12), strict=True)))
    facts = [replace(f, talks=()) for f in facts[:silent]] + talking(facts[silent:], [35] * (len(facts) - silent))
    total, exact = len(facts), len(facts) - silent
    assert total - exact == silent  # "42 casussen, waarvan 40 met een gesprek"
    found = support(kit.ours(facts).statements)
    least, most = found[Of.CASES_WITH_TALK]
    assert {*range(K + 1)} <= set(range(total - most, total - least + 1))
    talks = found[Of.TALKS]
    assert talks[0] <= exact <= talks[1]
    assert talks[1] >= most  # a talk for each is possible, so the talks don't tell who had none


def test_talks_of_the_year_less_those_of_the_half_year() -> None:
    facts = talking(drawn(80, 2), [35] * 80)
    late = [f for f in facts if f.opened in SECOND_HALF]
    few = [f for f in facts if f.opened in HALF] + late[:2]
    naively = [sum(n for f in few for day, n, _ in f.talks if day in period) for period in (YEAR, HALF)]
    assert naively[0] - naively[1] == 2
    for some in (few, facts):
        half = published(report(some, HALF), HALF)
        assert support(half.statements)
        assert support(report(some, YEAR, (half,)).statements) == {}
    assert support(report(facts, YEAR).statements)  # said where nothing of the half-year is out


def told_by_hand(of: Of, count: int, period: Period = YEAR) -> Publication:
    """An invoice or a letter that names a number of all cases."""
    return replace(frozen((Statement(of, Box(), period, count, count),), (), period, 7), kind=Kind.FACTUUR)


def of_all(statements: Iterable[Statement], period: Period) -> tuple[int, int]:
    return next(
        (s.minimum, s.maximum) for s in statements if s.of is Of.CASES and s.period == period and not s.box.where
    )


@pytest.mark.parametrize("silent", range(1, K))
@pytest.mark.parametrize("of", [Of.CASES_WITH_TALK, Of.TALKS])
def test_the_total_less_the_cases_with_a_talk_that_an_invoice_named(silent: int, of: Of) -> None:
    facts = kit.cases(dict(zip(kit.ROLES, (9, 8, 7, 6, 12), strict=True)))
    facts = [replace(f, talks=()) for f in facts[:silent]] + talking(facts[silent:], [35] * (len(facts) - silent))
    named = len(facts) - silent
    naively = of_all(naive(facts, YEAR).statements, YEAR)
    assert naively[0] - named == silent  # without a talk: with one talk for each of the others, at the least
    least, most = of_all(kit.ours(facts, YEAR, (told_by_hand(of, named),)).statements, YEAR)
    fewest = named if of is Of.CASES_WITH_TALK else 0  # one case may have had several talks
    assert {*range(K + 1)} <= set(range(max(0, least - named), most - fewest + 1))


def test_cases_without_a_talk_that_are_many_or_were_given_away_cost_a_report_nothing() -> None:
    facts = talking(drawn(80, 2), [35] * 80)
    alone = report(facts, YEAR)
    many = [replace(f, talks=()) for f in facts[:9]] + facts[9:]
    assert report(many, YEAR, (told_by_hand(Of.CASES_WITH_TALK, 71),)).tables == alone.tables
    half = published(report(facts, HALF), HALF)
    few = sum(f.opened in HALF for f in facts) - 2
    beside = (half, told_by_hand(Of.CASES_WITH_TALK, few, HALF))  # its total was out: two had none
    assert report(facts, YEAR, beside).tables == report(facts, YEAR, beside[:1]).tables != ()


@pytest.mark.parametrize("seed", range(3))
def test_one_case_more_does_not_show_in_talks(seed: int) -> None:
    # Rounded to five: the reader who knows the minutes of all others still doesn't know those of the last.
    facts = drawn(60, seed)
    said = support(report(facts, YEAR).statements)
    if not said:
        pytest.fail("this registry says nothing about talks")
    for low, high in (said[Of.TALKS], said[Of.MINUTES]):
        assert high - low >= 4
