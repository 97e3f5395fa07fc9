"""Lists that change: which numbers are of which list, and what a reader believes of lists together."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit
from tests.reporting.disclosure.registry import (
    CLIENT,
    DIMENSIONS,
    HALF,
    QUARTER,
    YEAR,
    case,
    frozen,
    published,
    report,
)
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.publications import HiddenLine, Kind, Publication
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting import told
from vpdesk.reporting.disclosure import family
from vpdesk.reporting.disclosure.lists import Moved, beliefs, by_lists, in_order, lies_in, list_of, older
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.result import Level
from vpdesk.reporting.statements_file import statements_json

if TYPE_CHECKING:
    from vpdesk.domain.periods import Period
    from vpdesk.domain.statements import CaseFacts

TODAY = {"onderdeel": ("Noordwest", "West", "onbekend"), "rol": kit.ROLES}
ONE = "onderdeel@lijst 1"
TWO = "onderdeel@lijst 2"


def said(count: int, period: Period = HALF, **codes: str | frozenset[str]) -> Statement:
    return Statement(Of.CASES, Box.where_(dict(codes)), period, count, count)


def on(count: int, dimension: str, code: str) -> Statement:
    return Statement(Of.CASES, Box.where_({dimension: code}), HALF, count, count)


def out(*statements: Statement, pattern: tuple[HiddenLine, ...] = (), number: int = 1) -> Publication:
    return frozen(statements, pattern, statements[0].period, number)


def names(publication: Publication) -> list[str]:
    return [name for s in publication.statements for name, _ in s.box.where]


def test_numbers_by_todays_list_stay_as_they_are() -> None:
    publications = (out(said(20), said(9, onderdeel="West")),)
    assert by_lists(publications, TODAY) == (publications, TODAY)
    assert not older("onderdeel")
    assert not older("fase@2025-12-31")


def test_a_table_with_a_code_that_is_gone_is_wholly_of_its_own_list() -> None:
    hidden = frozenset({"West", "onbekend"})
    table = out(
        said(20), said(9, onderdeel="Noord"), said(11, onderdeel=hidden), said(12, rol="melder"),
        pattern=(HiddenLine("onderdeel", HALF, ("West", "onbekend")),),
    )  # fmt: skip
    (renamed,), known = by_lists((table,), TODAY)
    assert names(renamed) == [ONE, ONE, "rol"]
    assert renamed.pattern == (HiddenLine(ONE, HALF, ("West", "onbekend")),)
    assert list_of(known, ONE) == ("West", "Noord", "onbekend"), "every code is named, and no other was there"
    assert list_of(known, "onderdeel") == TODAY["onderdeel"]
    assert list_of(known, "rol@lijst 7") == kit.ROLES
    assert list_of(known, "thema") == ()
    assert list(beliefs(known)) == [], "one for one: what both lists have says so already"


def test_a_letter_shares_the_list_of_what_lacks_more_and_names_only_a_part_of_one() -> None:
    letter = out(said(3, onderdeel="Noord"), number=2)
    table = out(said(20), *(said(n, onderdeel=c) for c, n in (("Noord", 9), ("Oost", 6), ("onbekend", 5))))
    (_, renamed), known = by_lists((table, letter), TODAY)
    assert names(renamed) == [ONE]
    assert list_of(known, ONE) == ("Noord", "Oost", "onbekend")
    _, alone = by_lists((letter,), TODAY)
    assert list_of(alone, ONE) == ("Noordwest", "West", "Noord", "onbekend"), "the rest of the list may be as it is"
    assert set(beliefs(alone)) == {Moved(ONE, "Noord", to) for to in TODAY["onderdeel"]}


def test_two_changes_are_two_lists_in_the_order_of_what_went_out() -> None:
    first = out(said(20), *(said(n, onderdeel=c) for c, n in (("Oost", 9), ("West", 6), ("onbekend", 5))))
    second = out(said(20), *(said(n, onderdeel=c) for c, n in (("Noord", 8), ("West", 7), ("onbekend", 5))), number=2)
    (one, two), known = by_lists((first, second), TODAY)
    assert (set(names(one)), set(names(two))) == ({ONE}, {TWO})
    # The same half-year by three lists: West is one unit in all of them, so it can't have been 6 and 7.
    statements = [*one.statements, *two.statements]
    (_, strict) = Reader(statements, known).blocks(strict=True)
    west = {v.dimension: i for i, v in enumerate(strict.variables) if v.code == "West"}
    assert (west[TWO],) in {row.plus for row in strict.rows if row.minus == (west[ONE],)}
    assert not any(row.minus == (west[ONE],) for row in Reader(statements, known).blocks(strict=False)[1].rows)


@pytest.mark.parametrize(
    ("old", "low", "high"),
    [
        (("Noord", "West", "onbekend"), 0, 0),
        (("Noord", "Noordwest", "West", "onbekend"), 0, 10**6),
    ],
)
def test_what_both_lists_have_is_the_same_or_has_grown(old: tuple[str, ...], low: int, high: int) -> None:
    table = out(said(6 * len(old)), *(said(6, onderdeel=code) for code in old))
    (renamed,), known = by_lists((table,), TODAY)
    reader = Reader(
        [*renamed.statements, said(30, YEAR), said(30, YEAR, onderdeel=frozenset(TODAY["onderdeel"]))], known
    )
    (_, block) = reader.blocks(strict=True)
    index = {(v.segment, v.dimension, v.code): place for place, v in enumerate(block.variables)}
    (row,) = [
        row
        for row in block.rows
        if (row.plus, row.minus) == ((index[0, "onderdeel", "West"],), (index[0, ONE, "West"],))
    ]
    assert (row.low, row.high) == (low, high)


def test_what_both_lists_have_may_have_shrunk_where_codes_only_came() -> None:
    known = {**TODAY, ONE: ("West", "onbekend")}
    reader = Reader([on(12, ONE, "West"), said(9, onderdeel="West")], known)
    (block,) = reader.blocks(strict=True)
    links = {(row.low, row.high) for row in block.rows if row.minus and len(row.plus) == 1}
    assert links == {(-(10**6), 0)}


def test_a_number_of_a_phase_that_no_list_has_counts_on_its_own_day_and_stands_still_with_the_others() -> None:
    first = out(said(20), on(9, "fase@2025-06-30", "vooronderzoek"), on(11, "fase@2025-06-30", "voorfase"))
    (same,), known = by_lists((first,), DIMENSIONS)
    assert same == first
    assert list_of(known, "fase@2025-06-30") == ("voorfase", "meldingsfase", "nafase", "vooronderzoek", "onbekend")
    assert list_of(known, f"fase@{date.max}") == list_of(known, "fase@2025-06-30")
    assert list_of(known, "fase@2025-12-31") == DIMENSIONS["fase"]
    facts = [*kit.several(20), *kit.several(16, kit.LATE, fase="nafase")]
    year = report(facts, YEAR, (first,), wanted=("fase", "afloop", "rol"))
    assert year.total is not None


@pytest.mark.parametrize(
    ("today", "codes", "counts"),
    [
        ("West", ("West",), True),
        ("West", ("Noord",), False),
        ("West", ("Noord", "West"), True),
        ("Noordwest", ("West",), False),
        ("Noordwest", ("Noord", "Oost"), True),
        ("Noordwest", ("Noord", "West"), None),
    ],
)
def test_a_known_case_counted_by_an_older_list_where_its_code_was(
    today: str, codes: tuple[str, ...], counts: bool | None
) -> None:
    known = {**TODAY, ONE: ("Noord", "Oost", "West", "onbekend")}
    fact, box = case(kit.EARLY, onderdeel=today, rol="melder"), Box.where_({ONE: frozenset(codes), "rol": "melder"})
    if counts is None:
        with pytest.raises(KeyError):
            lies_in(fact, box, known)
    else:
        assert lies_in(fact, box, known) == counts
        assert not lies_in(fact, Box.where_({ONE: frozenset(codes), "rol": "getuige"}), known)


def test_whoever_knows_the_complaints_subtracts_them_from_what_was_said_by_an_older_list() -> None:
    before = {**DIMENSIONS, "onderdeel": ("Noord", "West", "Zuid", "onbekend")}
    after = {**DIMENSIONS, "onderdeel": ("Noordwest", "West", "Zuid", "onbekend")}
    early = kit.cases({"Noord": 9, "West": 8, "Zuid": 12, "onbekend": 7}, "onderdeel", rol="melder")
    half = published(report(early, HALF, wanted=("onderdeel",), dimensions=before), HALF)
    now = [
        replace(f, codes={**f.codes, "onderdeel": "Noordwest"}) if f.code("onderdeel") == "Noord" else f for f in early
    ]
    late = {"Noordwest": 9, "West": 9, "Zuid": 7, "onbekend": 11}
    quiet = now + kit.cases(late, "onderdeel", kit.LATE, rol="melder")
    calm = report(quiet, YEAR, (half,), wanted=("onderdeel",), dimensions=after)
    assert [table.dimension for table in calm.tables] == ["onderdeel"]
    late_ones = [f for f in quiet if f.opened == kit.LATE and f.code("onderdeel") == "Noordwest"]
    early_ones = [f for f in quiet if f.opened == kit.EARLY and f.code("onderdeel") == "Noordwest"]
    formal = [*late_ones[:6], early_ones[0]]
    known = [replace(f, outcomes=dict.fromkeys(f.outcomes, "klacht ingediend")) for f in formal]
    others = [f for f in quiet if f not in formal]
    facts = [*others, *known, *late_ones[6:], *early_ones[1:]]
    tense = report(facts, YEAR, (half,), wanted=("onderdeel",), dimensions=after)
    shown = {code: n for table in tense.tables for code, n in table.rows}
    assert shown.get("Noordwest") is None, "without the complaints 3 would be left of the second half-year"


def test_order_is_that_of_today_then_what_is_gone_then_unknown() -> None:
    assert in_order({"onbekend", "b", "x", "a", "w"}, ("a", "b", "c", "onbekend")) == ("a", "b", "w", "x", "onbekend")
    assert in_order({"b"}, ("a", "b", "onbekend")) == ("b",)


BEFORE = {**DIMENSIONS, "onderdeel": ("Noord", "West", "Zuid", "onbekend")}
AFTER = {**DIMENSIONS, "onderdeel": ("West", "Zuid", "onbekend")}


def halves(**late: int) -> tuple[Publication, list[CaseFacts]]:
    early = kit.cases({"Noord": 9, "West": 8, "Zuid": 12, "onbekend": 7}, "onderdeel", rol="melder")
    half = published(report(early, HALF, wanted=("onderdeel",), dimensions=BEFORE), HALF)
    moved = [
        replace(f, codes={**f.codes, "onderdeel": "onbekend"}) if f.code("onderdeel") == "Noord" else f for f in early
    ]
    return half, moved + kit.cases(late, "onderdeel", kit.LATE, rol="melder")


def test_an_edition_of_a_period_that_is_out_has_the_rows_of_its_time() -> None:
    half, facts = halves(West=9)
    again = report(facts, HALF, (half,), audience=Audience.OR, wanted=("onderdeel",), dimensions=AFTER)
    assert again.statements == half.statements
    (table,) = again.tables
    assert table.rows == (("West", 8), ("Zuid", 12), ("Noord", 9), ("onbekend", 7))


def test_an_open_edition_leaves_out_a_table_whose_list_has_changed() -> None:
    half, facts = halves(West=9)
    for now, tables in ((BEFORE, 1), (AFTER, 0)):
        openly = report(
            facts, HALF, (half,), audience=Audience.OPENBAAR, wanted=("onderdeel",), dimensions=now, threshold=5
        )
        assert len(openly.tables) <= tables
        assert openly.total is not None
    wider = {**BEFORE, "onderdeel": ("Noord", "Oost", "West", "Zuid", "onbekend")}
    openly = report(facts, HALF, (half,), audience=Audience.OPENBAAR, wanted=("onderdeel",), dimensions=wider)
    assert openly.tables == (), "a unit that came since is in no table of that time"


def test_a_statements_file_lists_the_codes_that_are_gone_too() -> None:
    half, _ = halves()
    made = json.loads(statements_json(half.statements, client_name="Anker", period=HALF, threshold=5, dimensions=AFTER))
    assert made["dimensions"]["onderdeel"] == ["West", "Zuid", "Noord", "onbekend"]
    assert {"onderdeel": ["Noord"]} in [statement["where"] for statement in made["statements"]]


def test_what_is_told_beside_an_older_list_is_held_against_totals_and_todays_list() -> None:
    half, _ = halves()
    assert told.agree([said(30, onderdeel="West")], [half], HALF, AFTER)
    assert not told.agree([said(37, onderdeel="West")], [half], HALF, AFTER), "more than there were"


def test_formal_complaints_and_a_family_do_not_stop_a_report_after_a_change() -> None:
    half, facts = halves(West=9, Zuid=9, onbekend=9)
    facts += [case(kit.LATE, onderdeel="West", rol="melder", fase="meldingsfase", afloop="klacht ingediend")] * 6
    relative = replace(half, id=PublicationId(50), client=ClientId(7), kind=Kind.BRIEF)
    made = report(
        facts, YEAR, (half,), wanted=("onderdeel", "afloop"), dimensions=AFTER,
        family=(family.Relative(relative, frozenset({ClientId(7), CLIENT})),),
    )  # fmt: skip
    assert made.level is not Level.GEEN_GETALLEN


def test_units_of_other_organisations_are_of_no_list_of_this_one() -> None:
    theirs = out(said(20), said(9, onderdeel="Noord"), said(11, onderdeel="Elders"), said(12, rol="melder"))
    theirs = replace(theirs, pattern=(HiddenLine("onderdeel", HALF, ("Elders",)), HiddenLine("rol", HALF, ("melder",))))
    kept = family.without_units(family.Relative(theirs, frozenset({ClientId(7)}))).publication
    assert names(kept) == ["rol"]
    assert kept.pattern == (HiddenLine("rol", HALF, ("melder",)),)
    assert len(kept.statements) == 2
    half, facts = halves(West=9, Zuid=9, onbekend=9)
    alone = report(facts, YEAR, (half,), wanted=("onderdeel",), dimensions=AFTER)
    beside = report(
        facts, YEAR, (half,), wanted=("onderdeel",), dimensions=AFTER,
        family=(family.Relative(replace(theirs, id=PublicationId(50), client=ClientId(7)), frozenset({ClientId(7)})),),
    )  # fmt: skip
    assert beside == alone


def test_a_theme_of_an_older_list_stands_beside_todays_themes_and_fields() -> None:
    codes = ("pesten", "intimidatie", "mobbing", "onbekend")
    early = kit.cases({"pesten": 9, "intimidatie": 8, "mobbing": 7, "onbekend": 6}, "thema", date(2025, 2, 3))
    first = out(said(30, QUARTER), *(said(n, QUARTER, thema=c) for c, n in zip(codes, (9, 8, 7, 6), strict=True)))
    now = [replace(f, codes={**f.codes, "thema": "pesten"}) if f.code("thema") == "mobbing" else f for f in early]
    now = [replace(f, codes={**f.codes, "werkgebied": "ongewenste omgangsvormen"}) for f in now]
    year = report(
        now + kit.cases({"pesten": 12, "intimidatie": 9}, "thema", kit.LATE),
        YEAR,
        (first,),
        wanted=("thema", "werkgebied", "rol"),
    )
    assert year.total is not None
    assert year.total.exact


def test_tables_of_two_lists_with_hidden_rows_are_replayed_together() -> None:
    before = {**DIMENSIONS, "onderdeel": ("Noord", "Oost", "West", "Zuid", "onbekend")}
    after = {**DIMENSIONS, "onderdeel": ("Noordwest", "Oost", "West", "Zuid", "onbekend")}
    early = kit.cases({"Noord": 2, "Oost": 9, "West": 18, "Zuid": 12, "onbekend": 3}, "onderdeel", rol="melder")
    half = published(report(early, HALF, wanted=("onderdeel",), dimensions=before), HALF)
    assert half.pattern
    now = [
        replace(f, codes={**f.codes, "onderdeel": "Noordwest"}) if f.code("onderdeel") == "Noord" else f for f in early
    ]
    late = {"Noordwest": 1, "Oost": 9, "West": 8, "Zuid": 14, "onbekend": 2}
    facts = now + kit.cases(late, "onderdeel", kit.LATE, rol="melder")
    year = report(facts, YEAR, (half,), wanted=("onderdeel",), dimensions=after)
    assert {table.dimension for table in year.tables} == {"onderdeel"}
    hidden = {code for line in year.pattern for code in line.codes}
    assert {"Noordwest", "onbekend"} <= hidden
