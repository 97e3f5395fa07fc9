"""The lemma: margins that keep the rows of the model are exactly the margins of whole cubes."""

from __future__ import annotations

from datetime import date
from itertools import combinations, combinations_with_replacement, product

import pytest

from tests.reporting.disclosure.registry import HALF, SECOND_HALF, YEAR
from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.block import TOTAL, Block, Variable
from vpdesk.reporting.disclosure.bounds import bounds, provable
from vpdesk.reporting.disclosure.model import Reader, chain, told

FIELDS = taxonomy.WERKGEBIED.codes
THEMES = ("pesten", "fraude", "anders buiten werkterrein", "arbeidsconflict")
PHASES = ("voorfase", "meldingsfase", "nafase", "onbekend")
OUTCOMES = ("melding gedaan", "loopt nog")


def said(period: Period, low: int, high: int | None = None, **where: str) -> Statement:
    box = Box.where_({name.replace("_op_", "@").replace("_", "-"): code for name, code in where.items()})
    return Statement(Of.CASES, box, period, low, low if high is None else high)


def compositions(parts: int, total: int) -> list[tuple[int, ...]]:
    return [n for n in product(range(total + 1), repeat=parts) if sum(n) == total]


def allowed(block: Block, margins: dict[tuple[str, str], int], total: int) -> bool:
    world = [total if v.dimension == TOTAL else margins[v.dimension, v.code] for v in block.variables]
    return block.holds(world)


def test_themes_and_fields_have_a_joint_table_exactly_when_the_rows_hold() -> None:
    total = 3
    reader = Reader([said(YEAR, total), said(YEAR, 0, total, thema="pesten")], {"thema": THEMES, "werkgebied": FIELDS})
    block = reader.blocks(strict=True)[1]
    pairs = [(t, f) for t in THEMES for f in FIELDS if f in taxonomy.fields_of_theme(t)]
    cubes = set()
    for cases in combinations_with_replacement(pairs, total):
        themes = tuple(sum(t == code for t, _ in cases) for code in THEMES)
        fields = tuple(sum(f == code for _, f in cases) for code in FIELDS)
        cubes.add((themes, fields))
    for themes, fields in product(compositions(len(THEMES), total), compositions(len(FIELDS), total)):
        margins = {("thema", c): n for c, n in zip(THEMES, themes, strict=True)}
        margins |= {("werkgebied", c): n for c, n in zip(FIELDS, fields, strict=True)}
        assert allowed(block, margins, total) == ((themes, fields) in cubes)


def with_unknown(block: Block, margins: dict[tuple[str, str], int], total: int) -> bool:
    """Whether some phases behind `onbekend` make a world of these margins."""
    behind = [v for v in block.variables if v.dimension.startswith("onbekend in ")]
    counts = [margins[v.dimension.removeprefix("onbekend in "), "onbekend"] for v in behind[::3]]
    for splits in product(*(compositions(3, n) for n in counts)):
        known = {(v.dimension, v.code): n for v, n in zip(behind, (n for s in splits for n in s), strict=True)}
        if allowed(block, {**margins, **known}, total):
            return True
    return False


def follows(before: str, after: str) -> bool:
    return "onbekend" in {before, after} or PHASES.index(before) <= PHASES.index(after)


@pytest.mark.parametrize("days", [("2025-06-30", "2025-12-31"), ("2025-03-31", "2025-06-30", "2025-12-31")], ids=len)
def test_phases_and_outcomes_have_histories_exactly_when_the_rows_hold(days: tuple[str, ...]) -> None:
    total = 2
    outcomes = OUTCOMES if len(days) == 2 else OUTCOMES[1:]
    said_at = [said(YEAR, 0, total, **{f"fase@{day}": "nafase"}) for day in days]
    reader = Reader([said(YEAR, total), *said_at], {"fase": PHASES, "afloop": outcomes})
    block = reader.blocks(strict=True)[1]
    states = [(p, o) for p in PHASES for o in outcomes if p != "voorfase" or o != "melding gedaan"]
    histories = [
        h for h in product(states, repeat=len(days)) if all(follows(a[0], b[0]) for a, b in combinations(h, 2))
    ]
    names = [(f"{n}@{d}", c) for d in days for n, codes in (("fase", PHASES), ("afloop", outcomes)) for c in codes]

    def margin(cases: tuple[tuple[tuple[str, str], ...], ...]) -> tuple[int, ...]:
        codes = [{f"fase@{d}": s[0], f"afloop@{d}": s[1]} for case in cases for d, s in zip(days, case, strict=True)]
        return tuple(sum(c.get(n) == code for c in codes) for n, code in names)

    possible = {margin(cases) for cases in combinations_with_replacement(histories, total)}
    each_day = list(product(compositions(len(PHASES), total), compositions(len(outcomes), total)))
    for choice in product(each_day, repeat=len(days)):
        counts = tuple(n for day in choice for part in day for n in part)
        assert with_unknown(block, dict(zip(names, counts, strict=True)), total) == (counts in possible)


def test_time_is_cut_at_every_boundary_and_differences_are_targets() -> None:
    quarter = Period(date(2025, 1, 1), date(2025, 3, 31))
    reader = Reader([said(YEAR, 40), said(HALF, 20), said(quarter, 9)], {})
    assert reader.region(YEAR) == (0, 1, 2)
    assert set(reader.regions()) == {(0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)}


def test_totals_that_are_not_known_exactly_tie_all_tables_in_one_block() -> None:
    roles = {"rol": ("melder", "onbekend"), "relatie": ("collega", "onbekend")}
    tables = [said(YEAR, 12, rol="melder"), said(YEAR, 13, relatie="collega")]
    assert len(Reader([said(YEAR, 20), *tables], roles).blocks(strict=True)) == 3
    assert len(Reader([said(YEAR, 20), said(HALF, 5, 10), *tables], roles).blocks(strict=True)) == 1


def test_only_periods_that_hang_together_are_taken() -> None:
    far = Period.year(2023)
    all_said = [said(YEAR, 30), said(HALF, 12), said(far, 20)]
    assert chain(all_said, SECOND_HALF) == tuple(told(s) for s in all_said[:2])
    assert chain(all_said, Period.year(2024)) == ()


def test_bounds_follow_row_by_row() -> None:
    reader = Reader([said(YEAR, 30), said(HALF, 12)], {})
    (totals,) = reader.blocks(strict=True)
    assert bounds(totals) == ([12, 18], [12, 18])
    proven = provable(totals, *bounds(totals))
    assert {t.region: proven(t.spread) for t in totals.targets} == {(0,): (12, 12), (1,): (18, 18), (0, 1): (30, 30)}


def test_a_case_with_a_talk_is_a_case() -> None:
    talks = Statement(Of.CASES_WITH_TALK, Box(), YEAR, 12, 20)
    (totals,) = Reader([said(YEAR, 10, 30), talks], {}).blocks(strict=True)
    assert bounds(totals)[0] == [12]


@pytest.mark.parametrize(
    "box",
    [
        Box.of(rol="melder", relatie="collega", thema="pesten"),
        Box.of(rol="melder", relatie="nieuw"),
        Box.of(rol="nieuw"),
        Box.of(leeftijd="50"),
    ],
    ids=str,
)
def test_what_the_model_does_not_know_is_refused(box: Box) -> None:
    codes = {"rol": ("melder",), "relatie": ("collega",), "thema": ("pesten",)}
    with pytest.raises(ReportRefusedError, match="niet kan narekenen"):
        Reader([Statement(Of.CASES, box, YEAR, 6, 6)], codes)


def test_a_world_must_be_whole_and_complete() -> None:
    (totals,) = Reader([said(YEAR, 7)], {}).blocks(strict=True)
    assert totals.index() == {Variable(0, TOTAL, ""): 0}
    assert totals.holds([7])
    assert not totals.holds([8])
    assert not totals.holds([])
    assert not totals.holds([7.0])  # type: ignore[list-item]
    assert not totals.holds([-7])
