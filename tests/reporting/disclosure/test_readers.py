"""Each reader of a report: first what he gains from a naive one, then that vpdesk's leaves him nothing."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import (
    CLIENT,
    DIMENSIONS,
    HALF,
    KEY,
    SECOND_HALF,
    YEAR,
    case,
    drawn,
    frozen,
    naive,
    published,
    report,
)
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Why, Withheld
from vpdesk.domain.statements import Audience, Box, CaseFacts, Of, Statement
from vpdesk.reporting.disclosure import crossings, family, readings
from vpdesk.reporting.disclosure.audit import Missing, Promise, audit
from vpdesk.reporting.disclosure.model import MOST_REGIONS, Reader, Told
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from vpdesk.domain.publications import Publication

K = 5
LATE = date(2025, 9, 1)
OUTCOME = "afloop@2025-12-31"
COMPLAINT = "klacht ingediend"
HOLDING = ClientId(7)
SISTER = ClientId(8)


def several(n: int, opened: date = date(2025, 2, 3), **codes: str) -> list[CaseFacts]:
    return [case(opened, **codes) for _ in range(n)]


def total(period: Period, low: int, high: int | None = None) -> Statement:
    return Statement(Of.CASES, Box(), period, low, low if high is None else high)


def gained(said: list[Statement], before: list[Statement], **promise: Any) -> set[tuple[str, int]]:
    codes = {"rol": ("a", "b", "c", "d", "onbekend")}
    with Solver() as solver:
        lost = audit(said, (), Promise(K, codes, before=before, **promise), solver)
    return {(m.code, m.value) for m in lost}


# HR knows the formal complaints


def complaints() -> list[CaseFacts]:
    others = [code for code in DIMENSIONS["afloop"] if code not in {COMPLAINT, "gedrag gestopt"}]
    facts = several(4, fase="nafase", afloop=COMPLAINT) + several(3, fase="nafase", afloop="gedrag gestopt")
    return facts + [fact for code in others for fact in several(9, fase="nafase", afloop=code)]


def test_who_knows_the_complaints_does_not_find_what_is_hidden_beside_them() -> None:
    facts = complaints()
    hr = frozen((Statement(Of.CASES, Box.where_({OUTCOME: COMPLAINT}), YEAR, 4, 4),), (), YEAR, 9)
    found = leaks(facts, [naive(facts, YEAR, ("afloop",)), hr], histories=True)
    assert any("gedrag gestopt" in leak for leak in found)  # 7 less his 4
    ours = published(report(facts, YEAR, wanted=("afloop",)), YEAR)
    assert ours.pattern
    assert not any(COMPLAINT not in leak for leak in leaks(facts, [ours, hr], histories=True))


def test_a_count_of_which_all_but_a_few_are_complaints_is_hidden() -> None:
    facts = several(4, rol="melder", fase="nafase", afloop=COMPLAINT) + several(3, rol="melder")
    facts += several(20, rol="getuige") + several(20, rol="betrokkene") + several(4, rol="collega")
    facts += several(4, rol="naaste")  # with the colleagues' enough that no other role has to join
    (rows,) = (dict(table.rows) for table in report(facts, YEAR, wanted=("rol",)).tables)
    assert rows["melder"] is None  # 7, and 3 for whoever knows the four
    without = [replace(fact, outcomes=dict.fromkeys(fact.outcomes, "loopt nog")) for fact in facts]
    (rows,) = (dict(table.rows) for table in report(without, YEAR, wanted=("rol",)).tables)
    assert rows["melder"] == 7


def test_a_total_of_complaints_and_a_few_others_is_not_told_exactly() -> None:
    facts = several(6, fase="nafase", afloop=COMPLAINT) + several(2)
    assert report(facts[:6] + several(5), YEAR).level is Level.TOTAAL
    said = report(facts, YEAR)
    assert said.total is None or said.total.minimum - 6 <= 0 < K <= said.total.maximum - 6


# Silence


@pytest.mark.parametrize(("early", "late"), [(0, 5), (4, 1), (3, 2), (2, 6)])
def test_a_year_after_a_silent_half_does_not_tell_the_other_half(early: int, late: int) -> None:
    facts = several(early) + several(late, LATE)
    half = report(facts, HALF)
    assert half.withheld == (Withheld("", Why.TE_KLEIN),)
    # Whoever takes silence as at most 4 would read from a total of n that the second half is n - 4 or more.
    silence = total(HALF, 0, K - 1)
    assert gained([total(YEAR, early + late), silence], [silence], method=True)
    assert report(facts, YEAR, (published(half, HALF),)).level is Level.GEEN_GETALLEN


def test_a_table_after_a_silent_half_hides_what_subtraction_of_at_most_four_would_find() -> None:
    roles = DIMENSIONS["rol"]
    facts = several(2, rol=roles[0]) + several(3, LATE, rol=roles[0])
    facts += [fact for role in roles[1:] for fact in several(12, LATE, rol=role)]
    half = published(report(facts, HALF, wanted=("rol",)), HALF)
    loud = replace(half, withheld=())
    assert dict(report(facts, YEAR, (loud,), wanted=("rol",)).tables[0].rows)[roles[0]] == 5
    year = report(facts, YEAR, (half,), wanted=("rol",))
    assert all(dict(table.rows)[roles[0]] is None for table in year.tables)
    assert year.total is not None


def test_a_silence_that_would_tell_the_rest_of_a_year_is_the_same_for_every_number() -> None:
    said = []
    for number in range(7):
        facts = several(number) + several(6 - number, LATE)
        year = published(report(facts, YEAR), YEAR)
        assert year.statements
        said.append(report(facts, HALF, (year,)))
    assert {report.level for report in said} == {Level.GEEN_GETALLEN}
    assert len({(report.statements, report.withheld, report.left_out) for report in said}) == 1


def test_a_report_keeps_what_it_did_not_say_and_why() -> None:
    facts = several(14, rol="melder") + several(1, rol="getuige")
    assert Withheld("rol", Why.TE_WEINIG_RIJEN) in report(facts, YEAR, wanted=("rol",)).withheld


# An employer who knows the number of cases


def test_an_employer_who_knows_the_cases_of_a_silent_half_gains_nothing_from_the_year() -> None:
    facts = several(3, rol="melder") + [f for f in drawn(60, 5) if f.opened in SECOND_HALF]
    half = published(report(facts, HALF), HALF)
    year = published(report(facts, YEAR, (half,), wanted=("rol", "thema")), YEAR, 2)
    halves = [(p, sum(f.opened in p for f in facts)) for p in (HALF, SECOND_HALF)]
    knows = frozen(tuple(total(period, n) for period, n in halves), (), YEAR, 9)
    assert [x for x in leaks(facts, [half, year, knows]) if x not in leaks(facts, [knows])] == []


# Two known records


def test_a_category_has_room_for_two_known_records_in_every_period() -> None:
    half = [total(HALF, 30), Statement(Of.CASES, Box.where_({"rol": frozenset("ab")}), HALF, 6, 6)]
    assert gained(half, []) == set()
    assert gained(half, [], margin=2) == set()  # it is as small as that itself: the rule makes it 7
    year = [*half, total(YEAR, 60), Statement(Of.CASES, Box.where_({"rol": frozenset("ab")}), YEAR, 12, 12)]
    wide = [*year, Statement(Of.CASES, Box.where_({"rol": frozenset("a")}), YEAR, 0, 6)]
    assert ("a", 7) not in gained(wide, [])
    assert ("a", 7) in gained(wide, [], margin=2)


# What was given away before


def test_the_word_of_a_lazy_solver_excuses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = drawn(90, 3)
    half = published(report(facts, HALF, wanted=("rol",)), HALF)
    before = list(half.statements)
    said = [*before, *naive(facts, YEAR, ("rol",)).statements]
    codes = {"rol": DIMENSIONS["rol"]}

    def lost() -> frozenset[Missing]:
        with Solver() as solver:
            return audit(said, (), Promise(K, codes, before=before), solver)

    honest = lost()
    real = Solver.worlds
    monkeypatch.setattr(Solver, "worlds", lambda self, blocks: [worlds[:1] for worlds in real(self, blocks)])
    assert honest
    assert lost() >= honest


def test_a_number_that_was_narrowed_before_may_not_be_narrowed_further() -> None:
    def of(codes: str, low: int, high: int | None = None) -> Statement:
        return Statement(Of.CASES, Box.where_({"rol": frozenset(codes)}), YEAR, low, low if high is None else high)

    before = [total(YEAR, 60), of("a", 1, 4), of("bc", 6)]
    assert gained(before, before) == set()
    fixed = gained([*before, of("ab", 6), of("ac", 6)], before)  # twice a is 6
    assert {("a", 1), ("a", 2), ("a", 4)} <= fixed
    assert ("a", 0) not in fixed  # that was so before


def test_a_total_that_two_halves_tell_already_may_always_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = drawn(150, 2)
    first = published(report(facts, HALF), HALF)
    second = published(report(facts, SECOND_HALF, (first,)), SECOND_HALF, 2)
    real = Solver.worlds

    def lazy(solver: Solver, blocks: list[dict[str, Any]]) -> list[list[list[int]]]:
        answers = zip(real(solver, blocks), blocks, strict=True)
        return [worlds if block["wants"] == [[[], [0], False, ""]] else [] for worlds, block in answers]

    monkeypatch.setattr(Solver, "worlds", lazy)  # finds nothing that is asked of it, but that there are worlds
    year = report(facts, YEAR, (first, second))
    assert year.level is Level.TOTAAL
    assert year.total == total(YEAR, len(facts))


# The family


def of_holding(low: int, high: int | None = None) -> Publication:
    return replace(frozen((total(YEAR, low, high),), (), YEAR, 3), client=HOLDING)


def test_a_holding_less_its_subsidiary_is_not_told() -> None:
    facts = several(27)
    part_of = {HOLDING: None, CLIENT: HOLDING}
    (alone,) = family.relatives([of_holding(30)], part_of)
    assert alone.clients == {HOLDING, CLIENT}
    assert report(facts, YEAR).total == total(YEAR, 27)  # 30 less 27: 3 are left for the holding
    joined = report(facts, YEAR, family=(alone,))
    assert joined.level is Level.INTERVAL
    assert joined.total is not None
    assert 30 - joined.total.maximum <= 0 < K <= 30 - joined.total.minimum
    (large,) = family.relatives([of_holding(60)], part_of)
    assert report(facts, YEAR, family=(large,)).total == total(YEAR, 27)


def test_a_holding_less_two_subsidiaries_is_not_told() -> None:
    part_of = {HOLDING: None, CLIENT: HOLDING, SISTER: HOLDING}
    sister = replace(frozen((total(YEAR, 20),), (), YEAR, 4), client=SISTER, pdf=b"%PDF")
    joined = family.relatives([of_holding(50), sister], part_of)
    assert [sorted(r.clients) for r in joined] == [[CLIENT, HOLDING, SISTER], [SISTER]]
    assert report(several(27), YEAR, family=joined[:1]).level is Level.TOTAAL
    assert report(several(27), YEAR, family=joined).level is Level.INTERVAL  # 50 less 20 less 27


def test_what_never_went_out_takes_no_part() -> None:
    (kept,) = family.relatives([replace(of_holding(30), never_sent="vervallen")], {HOLDING: None, CLIENT: HOLDING})
    assert report(several(27), YEAR, family=(kept,)).level is Level.TOTAAL
    half = replace(frozen((total(HALF, 24),), (), HALF), never_sent="vervallen")
    facts = several(24) + several(3, LATE)
    assert report(facts, YEAR, (half,)).total == total(YEAR, 27)


def test_the_days_of_other_organisations_are_their_own() -> None:
    later = family.apart(Period(date(2024, 2, 29), date(2024, 12, 31)), 2)
    assert later == Period(date(2824, 2, 29), date(2824, 12, 31))
    whole = Told(total(YEAR, 30), (YEAR, family.apart(YEAR, 1)))
    reader = Reader([whole, total(YEAR, 27)], {})
    assert set(reader.regions()) == {(0,), (1,), (0, 1)}


# Many periods


def test_a_dozen_monthly_reports_beside_a_year_ask_a_bounded_number_of_questions() -> None:
    ends = [calendar.monthrange(2025, month)[1] for month in range(1, 13)]
    months = [Period(date(2025, m, 1), date(2025, m, end)) for m, end in enumerate(ends, start=1)]
    reader = Reader([total(period, 20) for period in (*months, YEAR)], {})
    regions = reader.regions()
    assert len(regions) == MOST_REGIONS
    assert {(i,) for i in range(12)} | {tuple(range(12))} <= set(regions)
    assert {tuple(i for i in range(12) if i != left) for left in range(12)} <= set(regions)


def test_the_public_has_heard_nothing_that_went_to_the_family_alone() -> None:
    part_of = {HOLDING: None, CLIENT: HOLDING}
    told = of_holding(30)
    for audience, heard in ((Audience.WERKGEVER, set()), (Audience.OPENBAAR, {30})):
        (relative,) = family.relatives([replace(told, audience=audience)], part_of)
        asked = Question(CLIENT, YEAR, Audience.OPENBAAR, K, 27, {}, DIMENSIONS, (), KEY, 1, family=(relative,))
        public = [reading for reading in readings.readers(asked, Solver()) if reading.promise.threshold == 10]
        assert public
        assert all({told.statement.minimum for told in reading.known} == heard for reading in public)


def test_an_open_report_is_held_against_what_is_public_of_the_family_too() -> None:
    """Whoever reads the open one has not what went to the employer of the holding."""
    part_of = {HOLDING: None, CLIENT: HOLDING}
    (private,) = family.relatives([of_holding(30)], part_of)
    (public,) = family.relatives([replace(of_holding(30), audience=Audience.OPENBAAR)], part_of)
    for relative in (private, public):  # 30 less 27; the joint reader has either
        assert report(several(27), YEAR, audience=Audience.OPENBAAR, family=(relative,)).level is not Level.EENRIJ


def test_units_of_a_relative_are_its_own_and_say_nothing_here() -> None:
    told = replace(
        of_holding(60),
        statements=(*of_holding(60).statements, Statement(Of.CASES, Box.of(onderdeel="Noord"), YEAR, 3, 3)),
    )
    (relative,) = family.relatives([told], {HOLDING: None, CLIENT: HOLDING})
    assert report(several(27), YEAR, family=(relative,)).total == total(YEAR, 27)


def test_a_case_of_which_a_code_was_not_kept_is_in_no_crossing_and_no_known_record() -> None:
    destroyed = CaseFacts(date(2025, 2, 3), {"rol": "melder"})
    assert (
        crossings._count([destroyed, *several(2, rol="melder", thema="pesten")], ("rol", "melder"), ("thema", "pesten"))
        == 2
    )
    others = readings._truth_of_others(lambda *_: 9, [destroyed], DIMENSIONS)
    assert others is not None
    assert others("thema", "pesten", (YEAR,)) is None
    assert others("rol", "melder", (YEAR,)) == 8


def test_who_knows_more_cases_than_a_number_holds_has_no_use_for_it() -> None:
    records = several(5, rol="melder")
    few = Told(total(YEAR, 3), (YEAR,))
    assert readings._less(few, records, DIMENSIONS) is None
    enough = readings._less(Told(total(YEAR, 9), (YEAR,)), records, DIMENSIONS)
    assert enough is not None
    assert (enough.statement.minimum, enough.statement.maximum) == (4, 4)


def test_the_public_has_what_is_public_of_the_family_only() -> None:
    part_of = {HOLDING: None, CLIENT: HOLDING}
    letter = frozen((total(HALF, 20),), (), HALF)
    (private,) = family.relatives([of_holding(60)], part_of)
    (public,) = family.relatives([replace(of_holding(60), audience=Audience.OPENBAAR)], part_of)
    facts = several(20) + several(17, LATE)
    asked = {"audience": Audience.OPENBAAR}
    without = report(facts, YEAR, (letter,), **asked)  # type: ignore[arg-type]
    for relative in (private, public):
        joined = report(facts, YEAR, (letter,), family=(relative,), **asked)  # type: ignore[arg-type]
        assert joined.total == without.total, "60 leaves room enough for the rest of the holding"
