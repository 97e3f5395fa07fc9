"""From cases to protected statements: tiers, periods beside periods, corrections, audiences, the statements file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from tests.reporting.disclosure.oracle import K, count, leaks
from tests.reporting.disclosure.registry import (
    CLIENT,
    DIMENSIONS,
    HALF,
    KEY,
    QUARTER,
    SECOND_HALF,
    SECOND_QUARTER,
    YEAR,
    case,
    drawn,
    frozen,
    naive,
    published,
    report,
)
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience, Box, CaseFacts, Of, Statement
from vpdesk.reporting.disclosure.descent import GIVEN_UP_FIRST
from vpdesk.reporting.disclosure.draw import drawn_order
from vpdesk.reporting.disclosure.protect import Past, Rule
from vpdesk.reporting.disclosure.result import TOO_FEW_ROWS, WOULD_TELL
from vpdesk.reporting.statements import Level, ProtectedReport, ProtectedTable
from vpdesk.reporting.statements_file import statements_json


def several(count: int, opened: date = date(2025, 2, 3), **codes: str) -> list[CaseFacts]:
    return [case(opened, **codes) for _ in range(count)]


@pytest.mark.parametrize("k", [5, 7])
def test_below_the_threshold_nothing_depends_on_the_count(k: int) -> None:
    reports = [report(several(n, thema="pesten"), YEAR, threshold=k) for n in range(k)]
    assert {repr(said) for said in reports} == {repr(reports[0])}
    assert reports[0].level is Level.GEEN_GETALLEN
    assert (reports[0].statements, reports[0].total, reports[0].pattern) == ((), None, ())


def test_from_the_threshold_there_is_a_total_and_from_twice_that_tables() -> None:
    facts = drawn(60, 5)
    inside = [replace(fact, opened=date(2025, 3, 1)) for fact in facts]
    assert report(inside[:5], YEAR).statements == (Statement(Of.CASES, Box(), YEAR, 5, 5),)
    assert report(inside[:9], YEAR).level is Level.TOTAAL
    assert report(several(5, rol="melder") + several(5, rol="getuige"), YEAR, wanted=("rol",)).level is Level.TOTAAL
    with_room = several(5, rol="melder") + several(5, rol="getuige") + several(4) + several(3, rol="naaste")
    said = report(with_room, YEAR, wanted=("rol",))
    assert said.level is Level.EENRIJ
    rows = dict(said.tables[0].rows)
    assert list(rows) == list(DIMENSIONS["rol"])
    assert (rows["melder"], rows["getuige"], rows["naaste"], rows["onbekend"]) == (5, 5, None, None)
    assert (said.tables[0].hidden_sum, said.tables[0].total) == (7, 17)


def test_a_table_with_everything_in_one_category_is_left_out() -> None:
    said = report(several(20, rol="melder"), YEAR, wanted=("rol",))
    assert (said.level, said.tables, said.left_out) == (Level.TOTAAL, (), (("rol", TOO_FEW_ROWS),))


def test_all_but_one_in_one_category_gives_the_same_as_all() -> None:
    one = report(several(19, rol="melder") + several(1, rol="getuige"), YEAR, wanted=("rol",))
    assert one == report(several(20, rol="melder"), YEAR, wanted=("rol",))


def test_a_full_table_without_small_counts_is_printed_whole() -> None:
    facts = [f for code in DIMENSIONS["rol"] for f in several(6, rol=code)]
    said = report(facts, YEAR, wanted=("rol",))
    assert (said.tables[0].hidden_sum, said.pattern) == (None, ())
    assert {value for _, value in said.tables[0].rows} == {6}


def test_worlds_that_differ_in_hidden_cells_only_give_the_same_report_under_some_draw() -> None:
    codes = ("melder", "getuige", "betrokkene", "collega", "onbekend")
    truth = {"melder": 9, "getuige": 2, "betrokkene": 8, "collega": 9, "onbekend": 0}
    dimensions = {**DIMENSIONS, "rol": codes}
    rule = Rule(K, frozenset(), Past(YEAR, K))

    def made(table: dict[str, int], key: bytes) -> ProtectedReport:
        facts = [f for code, n in table.items() for f in several(n, rol=code)]
        return report(facts, YEAR, wanted=("rol",), dimensions=dimensions, key=key)

    said = made(truth, KEY)
    hidden = said.pattern[0].codes
    draws = {drawn_order(bytes([n]), CLIENT, "rol", 2025, codes): bytes([n]) for n in range(200)}
    for code, value in product(hidden, (0, K - 1)):
        spreads = product(range(said.tables[0].hidden_sum or 0), repeat=len(hidden))
        worlds = ({**truth, **dict(zip(hidden, spread, strict=True))} for spread in spreads)
        fitting = (w for w in worlds if w[code] == value and sum(w.values()) == sum(truth.values()))
        keys = ((w, draws[order]) for w in fitting for order in draws if rule.hidden(w, order) == frozenset(hidden))
        assert made(*next(keys)) == said


@pytest.mark.parametrize("count_", [26, 60])
def test_a_naive_half_year_and_year_fall_and_ours_stand(count_: int) -> None:
    facts = drawn(count_, count_)
    assert leaks(facts, [naive(facts, HALF), naive(facts, YEAR)])
    half = published(report(facts, HALF), HALF)
    year = report(facts, YEAR, (half,))
    assert year.level is Level.EENRIJ
    assert leaks(facts, [half, published(year, YEAR)], histories=True, whole=count_ < 30) == []


def test_a_year_first_and_its_half_later_stand_too() -> None:
    facts = drawn(90, 9)
    year = published(report(facts, YEAR), YEAR)
    half = report(facts, HALF, (year,))
    assert leaks(facts, [year, published(half, HALF)]) == []


def test_two_quarters_and_a_year_stand() -> None:
    facts = drawn(120, 12)
    first = published(report(facts, QUARTER), QUARTER)
    second = published(report(facts, SECOND_QUARTER, (first,)), SECOND_QUARTER, 2)
    year = report(facts, YEAR, (first, second))
    assert year.level is Level.EENRIJ
    assert leaks(facts, [first, second, published(year, YEAR, 3)]) == []


@pytest.mark.parametrize("later", range(K))
@pytest.mark.parametrize("early", [5, 9, 12])
def test_a_year_that_would_show_a_small_second_half_says_less(early: int, later: int) -> None:
    facts = several(early) + several(later, date(2025, 9, 1))
    half = published(report(facts, HALF), HALF)
    year = report(facts, YEAR, (half,))
    assert year.level is Level.INTERVAL
    assert year.total is not None
    assert year.total.minimum <= early < early + K <= year.total.maximum
    assert year.notes


def test_where_even_an_interval_would_tell_there_is_no_file() -> None:
    facts = several(6) + several(1, date(2025, 9, 1))
    half = published(report(facts, HALF), HALF)
    second = frozen((Statement(Of.CASES, Box(), SECOND_HALF, 60, 60),), (), SECOND_HALF, 2)
    # The two halves sum to 66 and the cases say 7: nothing that is true fits what is out, and silence would tell.
    with pytest.raises(ReportRefusedError, match="Kies een langere periode"):
        report(facts, YEAR, (half, second))


def test_the_fixed_sentence_is_refused_when_it_would_tell() -> None:
    by_hand = frozen((Statement(Of.CASES, Box(), HALF, 6, 6),), (), HALF)
    for n in range(K):
        with pytest.raises(ReportRefusedError, match="niets geëxporteerd"):
            report(several(n), YEAR, (by_hand,))


def test_a_half_year_of_few_cases_stays_hidden_beside_the_other_half_and_the_year() -> None:
    facts = several(3) + [f for f in drawn(60, 5) if f.opened in SECOND_HALF]
    first = published(report(facts, HALF), HALF)
    assert first.statements == ()
    second = published(report(facts, SECOND_HALF, (first,)), SECOND_HALF, 2)
    year = published(report(facts, YEAR, (first,)), YEAR, 2)
    for before, period in ((second, YEAR), (year, SECOND_HALF)):
        last = report(facts, period, (first, before))
        assert last.level is Level.INTERVAL
        assert last.total is not None
        whole, part = (last.total, before.statements[0]) if period == YEAR else (before.statements[0], last.total)
        assert whole.minimum - part.maximum <= 0 < K <= whole.maximum - part.minimum


def test_a_ledger_that_contradicts_itself_blocks_with_a_sentence() -> None:
    half = frozen((Statement(Of.CASES, Box(), HALF, 20, 20),), (), HALF)
    year = frozen((Statement(Of.CASES, Box(), YEAR, 12, 12),), (), YEAR, 2)
    with pytest.raises(ReportRefusedError, match="spreken elkaar tegen"):
        report(several(6), QUARTER, (half, year))


def test_one_case_more_after_two_halves_is_not_told_by_the_year() -> None:
    facts = drawn(60, 3)
    first = published(report(facts, HALF), HALF)
    second = published(report(facts, SECOND_HALF, (first,)), SECOND_HALF, 2)
    exact = count(facts, YEAR)
    assert report(facts, YEAR, (first, second)).total == Statement(Of.CASES, Box(), YEAR, exact, exact)
    corrected = [*facts, case(date(2025, 5, 1), thema="pesten")]
    year = report(corrected, YEAR, (first, second))
    assert year.level is Level.INTERVAL
    assert year.total is not None
    assert year.total.minimum <= exact < exact + 1 <= year.total.maximum


def test_an_exported_period_is_never_counted_again() -> None:
    facts = drawn(60, 4)
    said = report(facts, YEAR)
    out = published(said, YEAR)
    corrected = [*facts, case(date(2025, 5, 1), thema="pesten")]
    again = report(corrected, YEAR, (out,), audience=Audience.OR)
    assert again.statements == said.statements
    assert (again.tables, again.total, again.pattern, again.level) == (
        said.tables,
        said.total,
        said.pattern,
        said.level,
    )
    fewer = [published(report(several(n), YEAR), YEAR) for n in (3, 7)]
    assert [report(facts, YEAR, (p,)).level for p in fewer] == [Level.GEEN_GETALLEN, Level.TOTAAL]
    interval = frozen((Statement(Of.CASES, Box(), YEAR, 5, 15),), (), YEAR)
    assert report(facts, YEAR, (interval,)).level is Level.INTERVAL


def test_an_open_report_says_less_of_what_is_out_and_counts_nothing_again() -> None:
    facts = drawn(120, 6)
    out = published(report(facts, YEAR), YEAR)
    opened = report([], YEAR, (out,), audience=Audience.OPENBAAR)
    assert opened.threshold == 10
    assert opened.total == Statement(Of.CASES, Box(), YEAR, 120, 120)
    assert all(not isinstance(value, int) or value >= 10 for table in opened.tables for _, value in table.rows)
    before = {line.dimension: set(line.codes) for line in out.pattern}
    assert all(set(line.codes) >= before.get(line.dimension, set()) for line in opened.pattern)
    assert leaks(facts, [out, published(opened, YEAR, 2, Audience.OPENBAAR)]) == []
    assert report([], YEAR, (published(report(several(4), YEAR), YEAR),), audience=Audience.OPENBAAR).statements == ()
    few = published(report(several(7), YEAR), YEAR)
    assert report([], YEAR, (few,), audience=Audience.OPENBAAR).level is Level.GEEN_GETALLEN


def test_a_table_that_is_not_out_yet_stays_out_of_a_second_edition() -> None:
    facts = drawn(120, 6)
    out = published(report(facts, YEAR, wanted=("rol",)), YEAR)
    opened = report(facts, YEAR, (out,), audience=Audience.OPENBAAR, wanted=("rol", "thema"))
    assert "thema" in dict(opened.left_out)


def test_an_open_report_counts_from_ten() -> None:
    assert report(several(9), YEAR, audience=Audience.OPENBAAR).level is Level.GEEN_GETALLEN
    assert report(several(10), YEAR, audience=Audience.OPENBAAR).level is Level.TOTAAL
    facts = drawn(200, 8)
    half = published(report(facts, HALF, audience=Audience.OPENBAAR), HALF, audience=Audience.OPENBAAR)
    year = report(facts, YEAR, (half,), audience=Audience.OPENBAAR)
    assert all(not isinstance(value, int) or value >= 10 for table in year.tables for _, value in table.rows)


def test_other_clients_and_other_years_do_not_matter() -> None:
    facts = drawn(60, 7)
    other = replace(published(report(drawn(40, 1), HALF), HALF), client=ClientId(2))
    past = published(report(drawn(40, 2, 2024), Period.year(2024)), Period.year(2024))
    assert report(facts, YEAR, (other, past)) == report(facts, YEAR)


def test_tables_go_in_a_fixed_order_when_margins_are_tied() -> None:
    codes = {
        "thema": ("pesten", "intimidatie", "fraude", "arbeidsconflict"),
        "werkgebied": ("ongewenste omgangsvormen", "integriteit", "beide", "buiten werkterrein"),
    }
    facts = (
        several(17, thema="pesten", werkgebied="ongewenste omgangsvormen")
        + several(17, thema="intimidatie", werkgebied="ongewenste omgangsvormen")
        + several(1, thema="pesten", werkgebied="beide")
        + several(1, thema="intimidatie", werkgebied="beide")
        + several(9, thema="fraude", werkgebied="integriteit")
        + several(8, thema="arbeidsconflict", werkgebied="buiten werkterrein")
    )
    alone = report(facts, YEAR, wanted=("werkgebied",), dimensions=codes)
    assert [table.dimension for table in alone.tables] == ["werkgebied"]
    both = report(facts, YEAR, wanted=("werkgebied", "thema"), dimensions=codes)
    rows = dict(alone.tables[0].rows)
    if rows["ongewenste omgangsvormen"] == 34:
        assert both.left_out == (("werkgebied", WOULD_TELL),)
    assert [table.dimension for table in both.tables][-1] == "thema"
    assert GIVEN_UP_FIRST.index("werkgebied") < GIVEN_UP_FIRST.index("thema")


def test_rows_that_break_the_definitions_are_still_protected() -> None:
    facts = several(14, fase="voorfase", afloop="melding gedaan") + several(9, fase="nafase", afloop="loopt nog")
    said = report(facts + several(4, fase="meldingsfase", afloop="doorverwezen"), YEAR, wanted=("fase", "afloop"))
    assert said.audited
    assert said.level in {Level.EENRIJ, Level.TOTAAL}


def talking(facts: list[CaseFacts], minutes: int = 31) -> list[CaseFacts]:
    return [replace(fact, talks=((fact.opened, 2, minutes),)) for fact in facts]


def test_talks_are_rounded_and_stand_beside_the_cases_that_had_them() -> None:
    facts = talking(drawn(60, 1))
    said = report(facts, YEAR).statements[-3:]
    assert [s.of for s in said] == [Of.CASES_WITH_TALK, Of.TALKS, Of.MINUTES]
    assert (said[0].minimum, said[0].maximum) == (55, 60)
    assert (said[1].minimum, said[1].maximum) == (118, 122)
    assert (said[2].minimum, said[2].maximum) == (1858, 1862)
    silent = [replace(fact, talks=()) for fact in facts[:6]]
    exact = report([*silent, *facts[6:]], YEAR).statements[-3]
    assert (exact.of, exact.minimum, exact.maximum) == (Of.CASES_WITH_TALK, 54, 54)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda facts: [replace(fact, talks=()) for fact in facts],
        lambda facts: [replace(facts[0], talks=((facts[0].opened, 400, 30),)), *facts[1:]],
        lambda facts: [replace(facts[0], talks=((facts[0].opened, 1, 9000),)), *facts[1:]],
        lambda facts: [replace(fact, talks=()) for fact in facts[:51]] + facts[51:],
        lambda facts: [replace(fact, talks=((fact.opened, 1, 9),)) for fact in facts[:56]] + [replace(f, talks=()) for f in facts[56:]],
        lambda facts: [replace(fact, talks=((date(2026, 1, 3), 1, 9),)) for fact in facts],
    ],
    ids=["none", "one case holds half", "one case holds the minutes", "too few", "would show a case without", "later"],
)  # fmt: skip
def test_talks_that_would_tell_are_left_out(spoil) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    said = report(spoil(talking(drawn(60, 1))), YEAR)
    assert {s.of for s in said.statements} == {Of.CASES}


def test_talks_are_not_subtracted_between_periods_or_said_below_twice_the_threshold() -> None:
    facts = talking(drawn(80, 1))
    half = published(report(facts, HALF), HALF)
    assert {s.of for s in half.statements} > {Of.CASES}
    assert {s.of for s in report(facts, YEAR, (half,)).statements} == {Of.CASES}
    assert {s.of for s in report(talking(several(9)), YEAR).statements} == {Of.CASES}


def test_the_statements_file_names_dimensions_as_import_columns() -> None:
    facts = drawn(60, 2)
    half = report(facts, HALF, wanted=("fase", "rol"))
    year = report(facts, YEAR, wanted=("fase", "rol", "afloop"))
    said = (*year.statements, *half.statements)
    names = {name: DIMENSIONS[name] for name in ("rol", "fase", "afloop")}
    text = statements_json(said, client_name="Gemeente Waterveen", period=YEAR, threshold=5, dimensions=names)
    content = json.loads(text)
    assert list(content) == ["client", "from", "to", "threshold", "dimensions", "statements"]
    assert (content["from"], content["to"], content["client"]) == ("2025-01-01", "2025-12-31", "Gemeente Waterveen")
    assert content["dimensions"]["fase"] == list(DIMENSIONS["fase"])
    assert content["statements"][0] == {
        "of": "casussen", "where": {}, "periode": "2025-01-01/2025-12-31", "min": 60, "max": 60,
    }  # fmt: skip
    used = {name for statement in content["statements"] for name in statement["where"]}
    assert used <= set(content["dimensions"])
    assert "fase@2025-12-31" not in text
    early = (*year.statements, Statement(Of.CASES, Box.where_({"fase@2025-06-30": "nafase"}), HALF, 9, 9))
    assert '"fase@2025-06-30"' in statements_json(early, client_name="W", period=YEAR, threshold=5, dimensions=names)


def test_each_published_number_is_true() -> None:
    facts = drawn(150, 15)
    for statement in report(facts, YEAR).statements:
        if statement.of is Of.CASES:
            assert statement.minimum == sum(f.opened in YEAR and f.lies_in(statement.box) for f in facts)


def test_a_code_that_is_in_no_list_counts_as_unknown() -> None:
    facts = several(9, rol="melder") + several(8, rol="getuige") + several(7, rol="buurman")
    assert dict(report(facts, YEAR, wanted=("rol",)).tables[0].rows)["onbekend"] in {7, None}


def test_days_that_were_not_asked_for_do_not_stop_a_report() -> None:
    facts = drawn(90, 5)
    half = published(report(facts, HALF), HALF)
    last = date(2025, 12, 31)
    bare = [replace(f, phases={last: f.phases[last]}, outcomes={last: f.outcomes[last]}) for f in facts]
    assert report(bare, YEAR, (half,)).level is Level.EENRIJ


def test_the_same_question_gives_the_same_answer() -> None:
    facts = drawn(70, 11)
    half = published(report(facts, HALF), HALF)
    assert report(facts, YEAR, (half,)) == report(facts[::-1], YEAR, (half,))


def test_another_key_hides_other_categories() -> None:
    facts = several(9, rol="melder") + several(9, rol="getuige") + several(9, rol="naaste") + several(1)
    tables = {report(facts, YEAR, wanted=("rol",), key=bytes([n])).pattern for n in range(12)}
    assert len(tables) > 1
    assert isinstance(report(facts, YEAR, wanted=("rol",)).tables[0], ProtectedTable)
