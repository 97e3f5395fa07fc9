"""The audit of two-way tables: cells that arithmetic finds, differences of periods, and what a letter gives away."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.attacks.attackers import Solving
from tests.reporting.disclosure.registry import (
    ALL_YEARS,
    CLIENT,
    DIMENSIONS,
    HALF,
    KEY,
    SECOND_HALF,
    YEAR,
    case,
    frozen,
    report,
)
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.publications import Kind
from vpdesk.domain.report_choices import CROSSED, crossing, key_of
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting import statements as counted
from vpdesk.reporting.disclosure import descent, readings
from vpdesk.reporting.disclosure.asking import Inquiry
from vpdesk.reporting.disclosure.audit import Missing, Promise, audit
from vpdesk.reporting.disclosure.classes import alike
from vpdesk.reporting.disclosure.junction import EntangledError
from vpdesk.reporting.disclosure.model import Reader, auditable, told
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.disclosure.wants import Want

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.disclosure.result import ProtectedReport

ROLES = ("melder", "getuige", "collega", "naaste")
THEMES = ("pesten", "intimidatie", "arbeidsconflict", "anders buiten werkterrein")
CODES = {"rol": ROLES, "relatie": ("leidinggevende", "collega", "klant", "onbekend")}
Counts = dict[tuple[str, str], int]


def table(counts: Counts, hidden: Collection[tuple[str, str]], period: Period = YEAR) -> list[Statement]:
    """Return the total, the one-way tables and the printed cells of roles by relations."""
    where: list[tuple[dict[str, str | frozenset[str]], int]] = [({}, sum(counts.values()))]
    for side, name in enumerate(("rol", "relatie")):
        sums: Counter[str] = Counter()
        for pair, count in counts.items():
            sums[pair[side]] += count
        where += [({name: code}, count) for code, count in sums.items()]
    where += [({"rol": a, "relatie": b}, count) for (a, b), count in counts.items() if (a, b) not in hidden]
    return [Statement(Of.CASES, Box.where_(box), period, n, n) for box, n in where]


def square(rows: Sequence[Sequence[int]]) -> Counts:
    return dict(zip(product(ROLES, CODES["relatie"]), (n for row in rows for n in row), strict=True))


def gained(statements: Sequence[Statement], **asked: object) -> frozenset[Missing]:
    with Solver() as running:
        return audit(statements, (), replace(Promise(5, CODES, margin=2), **asked), running)  # type: ignore[arg-type]


def cells(lost: frozenset[Missing]) -> set[tuple[str, ...]]:
    return {tuple(m.code.split(CROSSED))[::-1] for m in lost if m.dimension == crossing("relatie", "rol")}


WIDE = square([(3, 9, 9, 7), (9, 4, 8, 9), (9, 8, 4, 9), (7, 9, 9, 3)])
DIAGONAL = {pair for pair, n in WIDE.items() if n < 5}
RING = DIAGONAL | {(ROLES[i], CODES["relatie"][(i + 1) % 4]) for i in range(4)}


def test_hidden_cells_in_a_ring_with_room_stay_open() -> None:
    # Two hidden cells in each row and column, one cycle through all of them: the least is 0 where another gives way.
    counts = square([(3, 4, 9, 9), (9, 3, 4, 9), (9, 9, 3, 4), (4, 9, 9, 3)])
    assert gained(table(counts, RING)) == frozenset()


def test_a_lone_hidden_cell_in_a_row_is_found() -> None:
    assert cells(gained(table(WIDE, DIAGONAL))) == DIAGONAL


def test_a_ring_whose_rows_are_too_small_is_found() -> None:
    counts = square([(3, 1, 9, 9), (9, 3, 1, 9), (9, 9, 3, 1), (1, 9, 9, 3)])
    assert cells(gained(table(counts, RING))) == RING


def test_a_hidden_cell_that_two_rows_and_two_columns_give_away_is_found() -> None:
    counts = square([(3, 4, 9, 7), (4, 2, 8, 6), (9, 3, 4, 4), (8, 7, 2, 3)])
    small = {pair for pair, n in counts.items() if n < 5}
    assert ("collega", "collega") in cells(gained(table(counts, small)))


def test_what_a_half_year_prints_and_the_year_prints_too_leaves_few_cases_and_is_found() -> None:
    year = square([(12, 9, 9, 9)] * 4)
    half = square([(10, 5, 5, 5), (5, 5, 5, 5), (5, 5, 5, 5), (5, 5, 5, 5)])
    lost = gained([*table(year, ()), *table(half, (), HALF)])
    assert ("melder", "leidinggevende") in {
        tuple(m.code.split(CROSSED))[::-1] for m in lost if m.when == (SECOND_HALF,)
    }


def test_a_cell_that_is_printed_in_the_half_year_and_hidden_in_the_year_is_looked_at() -> None:
    # The half-year says 5 of what the year hides: its least is no longer 0, and that it may be 5 or more is no secret.
    year = square([(5, 4, 9, 9), (9, 5, 4, 9), (9, 9, 5, 4), (4, 9, 9, 5)])
    half = square([(5, 5, 5, 5)] * 4)
    with_half = [
        *table(year, RING),
        *(s for s in table(half, (), HALF) if not s.box.where),
        Statement(Of.CASES, Box.of(rol="melder", relatie="leidinggevende"), HALF, 5, 5),
    ]
    assert cells(gained(table(year, RING))) == set()
    assert cells(gained(with_half)) != set()


BRIDGED = square([(4, 4, 9, 9), (4, 4, 9, 9), (9, 11, 4, 4), (9, 9, 4, 4)])
BRIDGE = ("collega", "collega")


def test_what_only_several_rows_together_give_away_of_a_piece_of_time_is_found() -> None:
    # No single row tells the bridge of the year; less the 9 of the half-year it is 2.
    hidden = {pair for pair, n in BRIDGED.items() if n < 5} | {BRIDGE}
    said = table(BRIDGED, hidden)
    assert (SECOND_HALF,) not in {m.when for m in gained(said)}
    half = [letter(HALF, 60), letter(HALF, 9, rol="collega", relatie="collega")]
    lost = gained([*said, *half])
    assert (crossing(*BRIDGE), (SECOND_HALF,)) in {(m.code, m.when) for m in lost}


@pytest.mark.parametrize(("reporters", "told"), [(8, True), (13, False)])
def test_no_more_than_a_quarter_of_a_group_is_certain_in_a_piece_of_time(reporters: int, told: bool) -> None:
    # Those who did not report are 3 fewer than the cases of bullying: so 3 of the reporters are about bullying.
    codes = {"rol": ("melder", "getuige"), "thema": ("pesten", "arbeidsconflict")}
    numbers = {(): reporters + 17, ("melder",): reporters, ("pesten",): 20}
    of_year = {(): 100, ("melder",): 60, ("pesten",): 60}
    said = [
        Statement(Of.CASES, Box.where_({n: c for c in key for n, some in codes.items() if c in some}), period, n, n)
        for period, counts in ((SECOND_HALF, numbers), (YEAR, of_year))
        for key, n in counts.items()
    ]
    said.append(Statement(Of.CASES, Box.of(rol="melder", thema="pesten"), YEAR, 20, 60))
    lost = gained(said, dimensions=codes)
    pair = (crossing("rol", "thema"), crossing("melder", "pesten"), (SECOND_HALF,))
    assert (pair in {(m.dimension, m.code, m.when) for m in lost}) is told


def test_a_number_that_is_large_in_truth_may_be_known_to_be_large(monkeypatch: pytest.MonkeyPatch) -> None:
    # Each cell settles only itself here, so that all are looked for: one that is lost would spare the others.
    monkeypatch.setattr(Want, "settles", property(lambda want: want.target.dimension + want.target.code))
    # The bridge between two squares of hidden cells can be worked out; that it is 6 is not known of a small number.
    counts = square([(4, 4, 9, 9), (4, 4, 9, 9), (9, 6, 4, 4), (9, 9, 4, 4)])
    bridge = ("collega", "collega")
    hidden = {pair for pair, n in counts.items() if n < 5} | {bridge}
    truth = {crossing(b, a): n for (a, b), n in counts.items()}
    assert cells(gained(table(counts, hidden))) == {bridge}
    assert gained(table(counts, hidden), truth=lambda _name, code, _when: truth.get(code, 99)) == frozenset()
    small = truth | {crossing(*bridge): 3}
    assert cells(gained(table(counts, hidden), truth=lambda _name, code, _when: small.get(code, 99))) == {bridge}


def test_rows_that_count_codes_together_are_asked_for_together() -> None:
    # Relations in two rows: of the lower one the cell of a witness follows by subtraction, though no single code does.
    low = frozenset({"klant", "onbekend"})
    said = [Statement(Of.CASES, Box(), YEAR, 40, 40)]
    boxes: list[tuple[dict[str, str | frozenset[str]], int]] = [({"rol": "melder"}, 20), ({"rol": "getuige"}, 20)]
    boxes += [({"relatie": low}, 12), ({"rol": "melder", "relatie": low}, 9)]
    said += [Statement(Of.CASES, Box.where_(box), YEAR, n, n) for box, n in boxes]
    lost = gained(said, dimensions={**CODES, "rol": ROLES[:2]})
    assert crossing(key_of(("klant", "onbekend")), "getuige") in {m.code for m in lost}


def test_codes_that_nothing_tells_apart_are_asked_for_once() -> None:
    said = [
        Statement(Of.CASES, Box(), YEAR, 40, 40),
        Statement(Of.CASES, Box.of(rol="melder", relatie="klant"), YEAR, 9, 9),
    ]
    reader = Reader(said, CODES)
    (block,) = (b for b in reader.blocks(strict=True) if b.dimensions)
    leader = alike(block, (), reader)
    pairs = [target for target in block.targets if target.margins]
    assert len(pairs) == 16
    assert {leader(target) for target in pairs} == {
        crossing(relation, role) for relation in ("leidinggevende", "klant") for role in ("melder", "getuige")
    }


def letter(period: Period, count: int, **where: str) -> Statement:
    return Statement(Of.CASES, Box.where_(dict(where)), period, count, count)


def several(n: int, opened: date = date(2025, 2, 3), **codes: str) -> list[CaseFacts]:
    return [case(opened, **codes) for _ in range(n)]


FACTS = [
    *several(7, rol="melder", thema="arbeidsconflict"),
    *several(2, rol="melder", thema="pesten"),
    *several(12, rol="getuige", thema="pesten"),
    *several(11, rol="getuige", thema="arbeidsconflict"),
    *several(9, rol="collega", thema="pesten"),
    *several(6, rol="collega", thema="arbeidsconflict"),
]
LETTERED = {**DIMENSIONS, "rol": ROLES[:3], "thema": ("pesten", "arbeidsconflict")}


def test_a_letter_that_gives_a_small_number_away_together_with_a_table_keeps_the_table_in() -> None:
    # Nine reporters, says the table; seven of them with a labour conflict, says the letter: two with bullying.
    codes = {name: LETTERED[name] for name in ("rol", "thema")}
    without = report(FACTS, YEAR, wanted=("rol", "thema"), dimensions=LETTERED)
    assert {t.dimension for t in without.tables} == {"rol", "thema"}
    by_hand = letter(YEAR, 7, rol="melder", thema="arbeidsconflict")
    seen = Solving([*without.statements, by_hand], codes)
    assert set(seen.values(YEAR, rol="melder", thema="pesten")) == {2}
    sent = replace(frozen((by_hand,), (), YEAR), kind=Kind.BRIEF)
    beside = report(FACTS, YEAR, (sent,), wanted=("rol", "thema"), dimensions=LETTERED)
    seen = Solving([*beside.statements, by_hand], codes)
    assert set(seen.values(YEAR, rol="melder", thema="pesten")) >= set(range(6))
    assert {t.dimension for t in beside.tables} < {"rol", "thema"}


def test_tables_hang_together_through_everything_that_was_crossed() -> None:
    letters = (letter(YEAR, 7, rol="melder", relatie="klant"), letter(YEAR, 7, relatie="klant", thema="pesten"))
    asked = replace(question(FACTS, LETTERED, ("rol", "thema")), earlier=(frozen(letters, (), YEAR),))
    every = {"rol", "relatie", "thema", "werkgebied"}
    assert descent._hang_together(asked, "werkgebied") == every
    assert descent._hang_together(asked, crossing("relatie", "rol")) == every
    assert descent._hang_together(asked, "fase") == {"fase", "afloop"}


def test_a_letter_about_another_year_changes_nothing() -> None:
    other = replace(YEAR, first=date(2024, 1, 1), last=date(2024, 12, 31))
    by_hand = replace(frozen((letter(other, 7, rol="melder", thema="pesten"),), (), other), kind=Kind.BRIEF)
    beside = report(FACTS, YEAR, (by_hand,), wanted=("rol", "thema"), dimensions=LETTERED)
    assert beside == report(FACTS, YEAR, wanted=("rol", "thema"), dimensions=LETTERED)


def question(facts: list[CaseFacts], dimensions: Mapping[str, tuple[str, ...]], wanted: Sequence[str]) -> Question:
    return Question(
        client=CLIENT, period=YEAR, audience=Audience.WERKGEVER, promised=5, total=len(facts),
        counts={d: counted._counts(facts, d, YEAR, dimensions[d]) for d in wanted}, dimensions=dimensions, earlier=(),
        draw_key=KEY, year_starts_in=1, truth=counted._truth(facts, ALL_YEARS, dimensions), facts=facts,
    )  # fmt: skip


def reading(
    facts: list[CaseFacts],
    said: ProtectedReport,
    dimensions: Mapping[str, tuple[str, ...]],
    wanted: Sequence[str],
    name: str,
) -> frozenset[Missing]:
    with Solver() as solver:
        (one,) = [r for r in readings.readers(question(facts, dimensions, wanted), solver) if name in r.knowledge.name]
        return one.gains(said)


def with_cells(
    facts: list[CaseFacts], pair: tuple[str, str], dimensions: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...]
) -> ProtectedReport:
    """Return a report with every cell of a two-way table printed that is not small."""
    said = report(facts, YEAR, wanted=wanted, dimensions=dimensions)
    boxes = [
        Box.where_(dict(zip(pair, some, strict=True)))
        for some in product(*(dimensions[p.partition("@")[0]] for p in pair))
    ]
    counts = [(box, sum(fact.lies_in(box) for fact in facts)) for box in boxes]
    return replace(
        said, statements=(*said.statements, *(Statement(Of.CASES, b, YEAR, n, n) for b, n in counts if n >= 5))
    )


def test_who_knows_the_complaints_takes_them_out_of_a_cell_too() -> None:
    complaint = "klacht ingediend"
    facts = [
        *several(3, rol="melder", relatie="klant", fase="nafase", afloop=complaint),
        *several(3, rol="melder", relatie="klant"),
        *several(14, rol="melder", relatie="collega"),
        *several(12, rol="getuige", relatie="klant"),
        *several(13, rol="getuige", relatie="collega"),
    ]
    dimensions = {**DIMENSIONS, "rol": ROLES[:2], "relatie": ("collega", "klant")}
    said = with_cells(facts, ("relatie", "rol"), dimensions, ("rol", "relatie"))
    lost = reading(facts, said, dimensions, ("rol", "relatie"), "klachten")
    assert (crossing("relatie", "rol"), crossing("klant", "melder")) in {(m.dimension, m.code) for m in lost}
    assert cells(reading(facts, said, dimensions, ("rol", "relatie"), "buitenstaander")) == set()


def test_for_whom_days_are_one_the_cells_of_phases_are_of_one_day_too() -> None:
    half, year = "fase@2025-06-30", "fase@2025-12-31"
    box = {"rol": "melder", half: "voorfase"}
    said = [told(Statement(Of.CASES, Box.where_(dict(box)), HALF, 9, 9))]
    said += [told(letter(YEAR, 12, **{"rol": "melder", year: "voorfase"})), told(letter(YEAR, 12, relatie="klant"))]
    still = readings._stood_still("fase", [*said, told(letter(YEAR, 20, rol="melder"))])
    assert [[name for name, _ in t.statement.box.where] for t in still] == [
        ["fase@9999-12-31", "rol"], ["fase@9999-12-31", "rol"], ["rol"],
    ]  # fmt: skip
    lost = gained([t.statement for t in still], dimensions={**DIMENSIONS, "rol": ROLES})
    assert (SECOND_HALF,) in {m.when for m in lost}


def test_the_truth_of_a_cell_counts_both_codes() -> None:
    truth = counted._truth(FACTS, ALL_YEARS, LETTERED)
    assert truth(crossing("rol", "thema"), crossing("melder", "pesten"), (YEAR,)) == 2
    assert truth(crossing("rol", "thema"), crossing("melder", key_of(("pesten", "arbeidsconflict"))), (YEAR,)) == 9
    assert truth(crossing("fase@2025-01-01", "rol"), crossing("voorfase", "melder"), (YEAR,)) is None
    still = readings._still_truth(question(FACTS, LETTERED, ("rol", "thema")))
    assert still is not None
    assert still(crossing("fase@9999-12-31", "rol"), crossing("voorfase", "melder"), (YEAR,)) == 9
    assert still("", "", (YEAR,)) == len(FACTS)


def test_tables_that_grip_into_each_other_too_much_can_not_be_audited() -> None:
    names = ("rol", "relatie", "gevonden_via", "thema", "verbonden")
    codes = {**DIMENSIONS, "verbonden": ("student", "inhuur", "onbekend")}
    pairs = [(a, b) for a in names for b in names if a < b]
    said = [letter(YEAR, 9, **{a: codes[a][0], b: codes[b][0]}) for a, b in pairs]
    assert auditable([*said[:1], letter(YEAR, 40)], codes)
    assert not auditable(said, codes)
    with pytest.raises(EntangledError, match="niet samen kan narekenen") as refused:
        Reader(said, codes).blocks(strict=True)
    assert isinstance(refused.value, ReportRefusedError)


def test_many_tables_in_many_periods_can_not_be_audited() -> None:
    days = [date(2025, month, 1) for month in range(1, 13)]
    months = [replace(YEAR, first=day, last=day.replace(day=28)) for day in days]
    said = [
        letter(month, 9, **{name: DIMENSIONS[name][0], "thema": "pesten"})
        for month in months
        for name in ("rol", "relatie", "gevonden_via")
    ]
    assert auditable(said[:3], DIMENSIONS)
    assert not auditable(said, DIMENSIONS)


def drawn_table(seed: int) -> tuple[Counts, set[tuple[str, str]]]:
    """Return counts of roles by relations, and a set of hidden cells that holds the small ones."""
    rng = random.Random(seed)  # noqa: S311 - drawn tables
    counts = square([[rng.choice((0, 1, 3, 4, 5, 6, 8, 12)) for _ in range(4)] for _ in range(4)])
    return counts, {pair for pair, n in counts.items() if n < 5 or rng.random() < 0.4}


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 80))])
def test_the_audit_loses_just_the_cells_that_somebody_else_can_narrow_down(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts, hidden = drawn_table(seed)
    said = table(counts, hidden)
    seen = Solving(said, CODES)
    narrow = set()
    for role, relation in hidden:
        values = seen.values(YEAR, rol=role, relatie=relation)
        row = sum(n for (a, _), n in counts.items() if a == role)
        column = sum(n for (_, b), n in counts.items() if b == relation)
        if min(values) < 5 and not set(range(min(7, row, column) + 1)) <= set(values):
            narrow.add((role, relation))
    lost = cells(gained(said))
    assert narrow <= lost
    assert bool(narrow) == bool(lost)  # a loss that the search finds settles the table: its other cells count as lost
    monkeypatch.setattr(Inquiry, "_final", lambda _: [])
    assert cells(gained(said)) == narrow


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 80))])
def test_the_audit_loses_just_the_differences_that_somebody_else_finds_too_narrow(seed: int) -> None:
    second, _ = drawn_table(seed)
    half, _ = drawn_table(seed + 1000)
    year = {pair: half[pair] + n for pair, n in second.items()}
    rng = random.Random(seed)  # noqa: S311 - drawn tables
    said = [*table(year, {p for p, n in year.items() if n < 5 or rng.random() < 0.4})]
    said += table(half, {p for p, n in half.items() if n < 5 or rng.random() < 0.4}, HALF)
    seen = Solving(said, CODES)
    narrow, large = set(), set()
    for role, relation in second:
        values = seen.values(SECOND_HALF, rol=role, relatie=relation)
        row = sum(n for (a, _), n in second.items() if a == role)
        column = sum(n for (_, b), n in second.items() if b == relation)
        if min(values) >= 5:
            large.add((role, relation))  # which may be known, but without the truth nobody here knows that it may
        elif max(values) - min(values) < min(3, row, column):
            narrow.add((role, relation))
    lost = {m for m in gained(said) if m.when == (SECOND_HALF,)}
    assert cells(frozenset(lost)) - large == narrow
