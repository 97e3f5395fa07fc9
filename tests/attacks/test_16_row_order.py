"""Attack 16: rows from large to small, rows that were left out, and a top three."""

from __future__ import annotations

import pytest

from tests.attacks import files, kit, naive
from tests.attacks.attackers import OPEN, K, Table, fitting, said, seen, side_by_side
from tests.reporting.disclosure.registry import DIMENSIONS, YEAR, drawn, report
from vpdesk.reporting.report_words import label

TABLE = dict(zip(kit.ROLES, (9, 8, 6, 4, 12), strict=True))
HIDDEN = frozenset({"collega", "naaste"})
SAID = naive.printed("rol", YEAR, TABLE, HIDDEN)


def by_size(table: Table) -> list[str]:
    return sorted(table, key=lambda code: (-table[code], code))


def test_the_place_of_a_dash_among_sorted_rows() -> None:
    # collega stands below getuige (8) and above naaste: together 10, so naaste has 3 to 5.
    worlds = [world for world in fitting(kit.ROLES, SAID) if by_size(world) == by_size(TABLE)]
    assert seen(worlds, "naaste") == {3, 4, 5}


def test_a_top_three() -> None:
    worlds = fitting(kit.ROLES, SAID)
    assert seen(worlds, "naaste") == set(range(11))
    told = [world for world in worlds if set(by_size(world)[:3]) == {"onbekend", "melder", "getuige"}]
    assert seen(told, "naaste") <= set(range(2, 9))


def test_a_row_that_is_left_out_because_it_is_empty() -> None:
    table = dict(zip(kit.ROLES, (9, 8, 0, 7, 3), strict=True))
    rows = [code for code, n in table.items() if n]  # printed rows and dashes; collega is not there
    worlds = fitting(kit.ROLES, naive.printed("rol", YEAR, table, frozenset({"collega", "onbekend"})))
    assert [w for w in worlds if [code for code, n in w.items() if n] == rows] == [table]
    report_ = kit.ours(kit.cases(table))
    assert seen(fitting(kit.ROLES, report_.statements), "collega") >= {*range(K + 1)}


def printed_order(content: bytes, dimension: str) -> list[str]:
    """Return the codes of a dimension in the order in which their names first stand at the left of rows."""
    words, _ = files.drawn(content)
    names = {label(dimension, code): code for code in DIMENSIONS[dimension]}
    rows = sorted((w for w in words if w.text in names), key=lambda w: (w.page, -w.y))
    return list(dict.fromkeys(names[w.text] for w in rows))


@pytest.mark.parametrize("seed", range(2))
def test_our_rows_are_the_code_list_whatever_the_counts(seed: int) -> None:
    facts = drawn(50, seed)
    said = report(facts, YEAR, wanted=("rol",))
    order = printed_order(kit.file_of(said), "rol")
    assert order == list(DIMENSIONS["rol"])
    assert order != by_size(naive.counted(facts, "rol", DIMENSIONS["rol"], YEAR))
    other = kit.twin(facts, codes={"rol": DIMENSIONS["rol"]})
    assert printed_order(kit.file_of(report(other, YEAR, wanted=("rol",))), "rol") == order


def named_as_most_frequent(content: bytes, codes: tuple[str, ...]) -> str | None:
    """Return the theme that a file names as the one that came most often."""
    text = " ".join(files.everything(content).split())
    return next((c for c in codes if f"{label('thema', c)} komt het vaakst voor" in text), None)


THEMES = ("pesten", "intimidatie", "fraude", "corruptie", "onbekend")


@pytest.mark.parametrize(
    ("counts", "fits"),
    [((9, 14, 3, 8, 6), False), ((26, 11, 3, 6, 9), True)],
)
def test_what_a_title_calls_most_frequent_is_so_in_every_world(counts: tuple[int, ...], fits: bool) -> None:
    table = dict(zip(THEMES, counts, strict=True))
    named = 0
    for key in list(kit.keys(THEMES, "thema").values())[:6]:
        report_ = kit.ours(kit.cases(table, "thema"), codes={"thema": THEMES}, key=key)
        worlds = fitting(THEMES, report_.statements)
        naively = [world for world in worlds if max(world, key=world.__getitem__) == max(table, key=table.__getitem__)]
        hidden = report_.pattern[0].codes if report_.pattern else ()
        if max(table, key=table.__getitem__) in hidden:
            assert len(naively) < len(worlds)  # a title made from the cases tells which of the dashes is the highest
        top = named_as_most_frequent(kit.file_of(report_), THEMES)
        if top is not None:
            named += 1
            assert all(max(world.values()) == world[top] for world in worlds)
    assert (named > 0) >= fits


def test_a_column_of_a_two_way_table_that_is_left_out_because_it_is_empty() -> None:
    rows = ((9, 14, 0, 7), (3, 8, 0, 16), (9, 7, 0, 12), (8, 27, 0, 9))
    facts = kit.square(rows)
    kept = {**kit.SIDES, "relatie": tuple(code for code in kit.SIDES["relatie"] if code != "klant")}
    naively = [*naive.two_way(facts, YEAR, *kept.items()), said(YEAR, len(facts))]
    found = side_by_side(naively, kit.SIDES, YEAR)
    assert all(set(found[role, "klant"]) == {0} for role in kit.SIDES["rol"])
    other = kit.square(tuple((*(row[place] for place in (3, 1, 0)), row[2]) for row in reversed(rows)))
    for some in (facts, other):
        report, table = kit.crossed(some)
        assert (table.rows, table.columns) == tuple(kit.SIDES.values())
        assert table.rows != tuple(by_size(naive.counted(some, "rol", kit.SIDES["rol"], YEAR)))
        mine = side_by_side(report.statements, kit.SIDES, YEAR)
        empty = "klant" if some is facts else "groep"
        assert all(set(mine[role, empty]) >= OPEN for role in kit.SIDES["rol"])
