"""Periods that cross each other: bounded work, no leaks, and less said rather than a long wait."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import DIMENSIONS, case, drawn, published, report
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Why, Withheld
from vpdesk.domain.statements import Audience, CaseFacts
from vpdesk.reporting.disclosure import audit, conclusions, descent, readings
from vpdesk.reporting.disclosure.block import UNBOUNDED
from vpdesk.reporting.disclosure.result import CUT_SHORT
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.statements import Level, ProtectedReport

pytestmark = pytest.mark.no_cover  # measured, they take twice as long

if TYPE_CHECKING:
    from vpdesk.domain.publications import Publication

FIRST_SCHOOL_YEAR = Period(date(2024, 9, 1), date(2025, 8, 31))
SECOND_SCHOOL_YEAR = Period(date(2025, 9, 1), date(2026, 8, 31))
CALENDAR_YEAR = Period.year(2025)
BOTH = Period(date(2024, 9, 1), date(2026, 8, 31))
ONE_MONTH = Period(date(2024, 9, 1), date(2024, 9, 30))
SPRING = Period(date(2025, 3, 1), date(2025, 8, 31))
SPRING_AND_AUTUMN = Period(date(2025, 3, 1), date(2025, 12, 31))
SERIES = (
    (FIRST_SCHOOL_YEAR, Audience.WERKGEVER),
    (SECOND_SCHOOL_YEAR, Audience.WERKGEVER),
    (CALENDAR_YEAR, Audience.WERKGEVER),
    (BOTH, Audience.WERKGEVER),
    (FIRST_SCHOOL_YEAR, Audience.OPENBAAR),
    (ONE_MONTH, Audience.OR),
    (SPRING, Audience.OR),
)
DAYS = sorted({period.last for period, _ in SERIES})
FEW = ("thema", "werkgebied", "rol")


def over_two_years(cases: int, seed: int) -> list[CaseFacts]:
    """Return drawn cases spread over both school years; phase and outcome hold on every day."""
    facts = []
    for n, fact in enumerate(drawn(cases, seed)):
        phase, outcome = (list(known.values())[-1] for known in (fact.phases, fact.outcomes))
        opened = date(2024, 9, 1) + timedelta(days=n * 730 // cases)
        facts.append(
            replace(fact, opened=opened, phases=dict.fromkeys(DAYS, phase), outcomes=dict.fromkeys(DAYS, outcome))
        )
    return facts


class Series(NamedTuple):
    """Cases, and the reports as they went out one beside the other.

    `asked` has for each how many values its audits asked for at a time, `halved` how often it was asked how far what is
    hidden reaches, which halves what is open each time.
    """

    facts: list[CaseFacts]
    out: list[Publication]
    asked: list[list[int]]
    halved: list[int]


@functools.cache  # no fixture: what a test itself calls is not measured
def series() -> Series:
    made = Series(over_two_years(200, 5), [], [], [])
    real, ranges = Solver.worlds, conclusions._of_block

    def worlds(self: Solver, blocks: list[dict[str, Any]]) -> list[list[list[int]]]:
        values = sum(len(values) for block in blocks for _, values, *_ in block["wants"])
        made.asked[-1].append(values)
        return real(self, blocks)

    def halving(*given: Any) -> dict[tuple[str, str], tuple[int, int]]:
        before = len(made.asked[-1])
        found = ranges(*given)
        made.halved[-1] += len(made.asked[-1][before:])
        del made.asked[-1][before:]
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Solver, "worlds", worlds)
        patch.setattr(conclusions, "_of_block", halving)
        for number, (period, audience) in enumerate(SERIES, start=1):
            made.asked.append([])
            made.halved.append(0)
            said = report(made.facts, period, tuple(made.out), audience=audience, wanted=FEW)
            made.out.append(published(said, period, number, audience))
    return made


def test_crossed_periods_ask_a_bounded_number_of_questions() -> None:
    made = series()
    assert max(len(questions) for questions in made.asked) <= 20
    assert max(sum(questions) for questions in made.asked) <= descent.MOST_ASKED
    assert 0 < max(made.halved) <= len(made.facts).bit_length()


def test_crossed_periods_give_nobody_away_and_still_say_something() -> None:
    facts, out, *_ = series()
    assert leaks(facts, out) == []
    assert sum(bool(publication.statements) for publication in out) >= 5


def test_a_way_down_that_asks_too_much_is_cut_short_to_the_total(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = over_two_years(200, 5)
    out = [
        published(report(facts, p, wanted=FEW), p, n)
        for n, p in enumerate((FIRST_SCHOOL_YEAR, SECOND_SCHOOL_YEAR), start=1)
    ]
    monkeypatch.setattr(descent, "MOST_FOR_FULLEST", 0)
    monkeypatch.setattr(descent, "MOST_ASKED", 0)
    said = report(facts, SPRING_AND_AUTUMN, tuple(out), wanted=FEW)
    assert said.level is Level.GEEN_GETALLEN, "whether the total may be said is asked too"
    assert said.withheld == (Withheld("", Why.NIET_NAGEREKEND),)
    monkeypatch.setattr(descent, "MOST_ASKED", 2_500)  # enough for the total, not for each way to fewer tables
    said = report(facts, SPRING_AND_AUTUMN, tuple(out), wanted=FEW)
    assert said.level is Level.TOTAAL
    assert {dimension for dimension, _ in said.left_out} == set(FEW)
    cut = {dimension for dimension, why in said.left_out if why == CUT_SHORT}
    assert cut, "no reader was shown to find anything in these"
    assert {w.dimension for w in said.withheld if w.why is Why.NIET_NAGEREKEND} == cut
    assert {w.dimension for w in said.withheld if w.why is Why.HERLEIDBAAR} == set(FEW) - cut, "and in these one did"


def test_a_report_without_numbers_keeps_that_its_interval_was_not_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = {date(2024, 10, 1): 6, date(2025, 3, 1): 2, date(2025, 10, 1): 12, date(2026, 3, 1): 6}
    facts = [case(day) for day, count in opened.items() for _ in range(count)]
    out: list[Publication] = []
    for number, period in enumerate((FIRST_SCHOOL_YEAR, SECOND_SCHOOL_YEAR), start=1):
        out.append(published(report(facts, period, tuple(out), wanted=()), period, number))
    assert report(facts, CALENDAR_YEAR, tuple(out), wanted=()).level is Level.INTERVAL
    real = descent._lost

    def asks_too_much(reading: list[readings.Reading], said: ProtectedReport) -> frozenset[audit.Missing]:
        if reading[0].solver.most < UNBOUNDED:
            raise audit.AskedTooMuchError
        return real(reading, said)

    monkeypatch.setattr(descent, "_lost", asks_too_much)
    said = report(facts, CALENDAR_YEAR, tuple(out), wanted=())
    assert said.level is Level.GEEN_GETALLEN
    assert said.withheld == (Withheld("", Why.NIET_NAGEREKEND),)


def test_a_way_down_ends_before_the_question_that_asks_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = over_two_years(200, 5)
    out: list[Publication] = []
    for number, period in enumerate((FIRST_SCHOOL_YEAR, SECOND_SCHOOL_YEAR), start=1):
        out.append(published(report(facts, period, tuple(out), wanted=FEW), period, number))
    asked: list[int] = []
    real = Solver.worlds

    def worlds(self: Solver, blocks: list[dict[str, Any]]) -> list[list[list[int]]]:
        answer = real(self, blocks)
        if self.most < UNBOUNDED:
            asked.append(self.asked)  # the first version, and what is concluded at last, know no bound
        return answer

    monkeypatch.setattr(Solver, "worlds", worlds)
    free = report(facts, CALENDAR_YEAR, tuple(out), wanted=FEW)
    most = max(asked)
    assert asked[0] < most - 1
    asked.clear()
    monkeypatch.setattr(descent, "MOST_ASKED", most - 1)
    bounded = report(facts, CALENDAR_YEAR, tuple(out), wanted=FEW)
    assert max(asked) < most
    assert len(bounded.tables) <= len(free.tables)


def test_what_was_hidden_by_force_is_explained_by_force_later(monkeypatch: pytest.MonkeyPatch) -> None:
    facts, out, *_ = series()
    asked: list[readings.Reading] = []
    real = readings.Reading.gains

    def heard(reading: readings.Reading, said: ProtectedReport) -> frozenset[audit.Missing]:
        asked.append(reading)
        return real(reading, said)

    monkeypatch.setattr(readings.Reading, "gains", heard)
    report(facts, SPRING, tuple(out[:4]), wanted=FEW)
    outsider = asked[0]
    with Solver() as solver:
        lost = audit.audit(outsider.known, outsider.drawn, audit.Promise(5, DIMENSIONS), solver)
    assert outsider.drawn
    assert not any(missing.by_draw for missing in lost)
