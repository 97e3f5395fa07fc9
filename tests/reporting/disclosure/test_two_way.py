"""Which cells of a two-way table are hidden: against every world and every pattern of small tables."""

from __future__ import annotations

import random
from itertools import chain, combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import crossed_parts, crossing
from vpdesk.reporting.disclosure import cutting
from vpdesk.reporting.disclosure.draw import drawn_weights
from vpdesk.reporting.disclosure.two_way import TwoWay, could_be

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vpdesk.reporting.disclosure.two_way import Ask

Counts = dict[str, int]

K = 3


def solved(request: dict[str, Any]) -> object:
    return cutting.solve({**request, "nodes": 1000}).get("hidden")


def unasked(_: dict[str, Any]) -> object:
    raise AssertionError("no solver is needed")


def answering(answer: object) -> Ask:
    return lambda _: answer


def parts(cell: str) -> tuple[str, str]:
    found = crossed_parts(cell)
    assert found is not None
    return found


def counted(*rows: tuple[int | None, ...]) -> Counts:
    """Return a table by cell; None where no case can lie."""
    return {
        crossing(f"r{i}", f"c{j}"): count
        for i, row in enumerate(rows)
        for j, count in enumerate(row)
        if count is not None
    }


def table(counts: Counts, *, number: int = 0, threshold: int = K, **more: Any) -> TwoWay:
    cells = dict.fromkeys(counts, False)
    weights = drawn_weights(b"a key", ClientId(number), ("a", "b"), Period.year(2025), cells)
    return TwoWay(threshold, counts, weights, **more)


def printed(said: TwoWay, hidden: frozenset[str]) -> list[tuple[frozenset[str], int]]:
    """Return the sums that are printed: margins, those of hidden lines together, and shown cells."""
    groups: dict[tuple[int, str], set[str]] = {}
    for cell in said.counts:
        for side, lines in enumerate((said.hidden_down, said.hidden_across)):
            key = parts(cell)[side]
            groups.setdefault((side, "" if key in lines else key), set()).add(cell)
    found = [frozenset(cells) for cells in groups.values()]
    found += [frozenset({cell}) for cell in said.counts if cell not in hidden]
    return [(cells, sum(said.counts[c] for c in cells)) for cells in found]


def worlds(said: TwoWay, hidden: frozenset[str], held: Mapping[str, int] = MappingProxyType({})) -> Iterator[Counts]:
    """Yield every table of whole numbers that fits what is printed, with these cells held."""
    sums = printed(said, hidden)
    cells = sorted(said.counts, key=lambda cell: cell not in held)
    own = [[n for n, (inside, _) in enumerate(sums) if cell in inside] for cell in cells]
    last = [[n for n in mine if not any(n in later for later in own[i + 1 :])] for i, mine in enumerate(own)]

    def fill(place: int, left: tuple[int, ...]) -> Iterator[Counts]:
        if place == len(cells):
            yield {}
            return
        cell = cells[place]
        most = min(left[n] for n in own[place])
        ends = {left[n] for n in last[place]}
        for value in ends or ({held[cell]} if cell in held else range(most + 1)):
            if len(ends) > 1 or value > most or held.get(cell, value) != value:
                continue
            rest = tuple(n - value if i in own[place] else n for i, n in enumerate(left))
            for world in fill(place + 1, rest):
                yield {cell: value, **world}

    yield from fill(0, tuple(total for _, total in sums))


def margins(said: TwoWay, cell: str) -> list[int]:
    """Return the margins of a cell that are printed."""
    found = []
    for side, lines in enumerate((said.hidden_down, said.hidden_across)):
        key = parts(cell)[side]
        if key not in lines:
            found.append(sum(n for c, n in said.counts.items() if parts(c)[side] == key))
    return found


def open_to_all(said: TwoWay, hidden: frozenset[str]) -> bool:
    """Return whether each hidden cell can have every value from 0 to k + 2, or to its margin; by every world."""
    for cell in hidden:
        for value in range(min([said.threshold + 2, *margins(said, cell)]) + 1):
            if next(worlds(said, hidden, {cell: value}), None) is None:
                return False
    return True


def protected(said: TwoWay, hidden: frozenset[str]) -> bool:
    """Return whether that holds of each hidden cell but those that are the threshold or more in every world.

    Those must have two values.
    """
    every = list(worlds(said, hidden))
    found = {cell: {world[cell] for world in every} for cell in hidden}
    wide = {cell: set(range(min([said.threshold + 2, *margins(said, cell)]) + 1)) for cell in hidden}
    return all(
        values >= wide[cell] or (min(values) >= said.threshold and len(values) > 1) for cell, values in found.items()
    )


def lines_of(counts: Counts, side: int, threshold: int) -> frozenset[str]:
    """Return the lines of one side that a one-way table could hide: the small ones, and more until it is enough."""
    sums: Counts = {}
    for cell, count in counts.items():
        key = parts(cell)[side]
        sums[key] = sums.get(key, 0) + count
    hidden = {key for key, count in sums.items() if count < threshold}
    for key in sums:
        if not hidden or (len(hidden) > 1 and sum(sums[h] for h in hidden) >= threshold + 2):
            break
        hidden.add(key)
    return frozenset(hidden)


@st.composite
def drawn_tables(
    draw: st.DrawFn, shapes: tuple[tuple[int, int], ...] = ((2, 2), (2, 3), (3, 3)), most: int = 3
) -> TwoWay:
    """Return small tables with a threshold of 2, some with a cell that can't exist, some with hidden margins."""
    rows, columns = draw(st.sampled_from(shapes))
    impossible = draw(st.sets(st.tuples(st.integers(0, rows - 1), st.integers(0, columns - 1)), max_size=1))
    counts = counted(
        *(
            tuple(None if (i, j) in impossible else draw(st.integers(0, most)) for j in range(columns))
            for i in range(rows)
        )
    )
    number = draw(st.integers(0, 50))
    if draw(st.booleans()):
        lines = {"hidden_down": lines_of(counts, 0, 2), "hidden_across": lines_of(counts, 1, 2)}
        return table(counts, number=number, threshold=2, **lines)
    return table(counts, number=number, threshold=2)


@given(drawn_tables())
def test_no_hidden_cell_can_be_narrowed_down_in_any_world(said: TwoWay) -> None:
    hidden = said.hidden(solved)
    if hidden is not None:
        assert hidden >= said.primary()
        assert protected(said, hidden)
        assert said.protects(hidden)


@given(drawn_tables(), st.data())
def test_a_pattern_protects_if_no_cell_that_can_be_small_is_narrowed_down(said: TwoWay, data: st.DataObject) -> None:
    hidden = said.primary() | data.draw(st.sets(st.sampled_from(sorted(said.counts))))
    assert said.protects(hidden) == protected(said, hidden)


@settings(max_examples=30)
@given(drawn_tables(((2, 2), (2, 3), (3, 2))))
def test_what_is_hidden_costs_no_more_than_any_pattern_that_opens_every_cell(said: TwoWay) -> None:
    must = said.primary()
    others = [cell for cell in said.counts if cell not in must]
    patterns = (
        must | set(some) for some in chain.from_iterable(combinations(others, n) for n in range(len(others) + 1))
    )
    cost = {p: sum(said.weights[c] for c in p) for p in map(frozenset, patterns) if open_to_all(said, frozenset(p))}
    hidden = said.hidden(solved)
    if hidden is None:
        assert not cost
    else:
        assert sum(said.weights[c] for c in hidden) <= min(cost.values(), default=1 << 40)


@pytest.mark.no_cover  # measured, it takes twice as long
@given(drawn_tables())
def test_every_world_that_fits_what_is_printed_could_have_made_the_same_table(said: TwoWay) -> None:
    hidden = said.hidden(solved)
    if hidden is None:
        return
    for world in worlds(said, hidden):
        weights = {cell: -1 if cell in hidden else 1 for cell in world}
        other = TwoWay(said.threshold, world, weights, said.hidden_down, said.hidden_across)
        assert other.hidden(unasked) == hidden
        assert could_be(said, hidden, world)


def test_a_world_in_which_a_shown_cell_is_small_could_not_have_made_the_table() -> None:
    counts = counted((0, 6, 6), (6, 6, 6), (6, 6, 6))
    said = table(counts)
    hidden = said.hidden(solved)
    assert hidden is not None
    shown = next(cell for cell in counts if cell not in hidden)
    assert not could_be(said, hidden, {**counts, shown: K - 1})
    earlier = TwoWay(K, counts, said.weights, given=frozenset({shown}))
    assert not could_be(earlier, hidden, counts)


def test_which_cells_join_hangs_on_the_key() -> None:
    counts = counted((0, 6, 6), (6, 6, 6), (6, 6, 6))
    assert len({table(counts, number=number).hidden(solved) for number in range(20)}) > 4


def test_cells_that_were_hidden_before_come_first() -> None:
    counts = counted((0, 6, 6), (6, 6, 6), (6, 6, 6))
    costly = [n for n in range(99) if min(table(counts, number=n).weights.values()) > 0]
    first = table(counts, number=costly[0]).hidden(solved)
    assert first is not None
    assert len(first) < len(counts)
    assert any(table(counts, number=number).hidden(solved) != first for number in costly)
    for number in costly:
        cells = {cell: cell in first for cell in counts}
        weights = drawn_weights(b"a key", ClientId(number), ("a", "b"), Period.year(2025), cells)
        assert TwoWay(K, counts, weights).hidden(solved) == first


def test_what_earlier_tables_hide_is_hidden_where_that_is_asked() -> None:
    counts = counted((6, 6, 6), (6, 6, 6), (6, 6, 6))
    (cell, *_) = counts
    hidden = table(counts, given=frozenset({cell})).hidden(solved)
    assert hidden is not None
    assert cell in hidden
    assert len(hidden) >= 4


@pytest.mark.parametrize("place", range(9))
def test_formal_complaints_are_taken_out_by_those_who_know_them(place: int) -> None:
    counts = counted((6, 6, 6), (6, 6, 6), (6, 6, 6))
    cell = list(counts)[place]
    said = table(counts, known={cell: 5})
    hidden = said.hidden(solved)
    assert hidden is not None
    assert cell in hidden
    others = {c: n - said.known.get(c, 0) for c, n in counts.items()}
    assert protected(TwoWay(K, others, said.weights), hidden)


def test_a_cell_of_complaints_is_known_and_hides_nothing() -> None:
    names = [
        crossing(row, column) for row in ("pesten", "fraude") for column in ("klacht ingediend", "gestopt", "loopt nog")
    ]
    counts = dict(zip(names, (2, 7, 7, 9, 7, 7), strict=True))
    known = {names[0]: 2, names[3]: 9}
    said = table(counts, known=known)
    assert said.primary() == {names[0]}
    hidden = said.hidden(solved)
    assert hidden is not None
    assert hidden > {names[0]}
    # Who knows the complaints reads the other two columns, and every hidden cell there is still open.
    others = {name: count for name, count in counts.items() if "klacht" not in name}
    assert protected(TwoWay(K, others, said.weights), hidden & others.keys())


def test_a_cell_that_the_margins_force_to_be_small_can_t_be_hidden() -> None:
    assert table(counted((1, 3), (3, 3))).hidden(solved) is None


def test_a_cell_that_the_margins_force_to_be_large_may_be_hidden_beside_a_small_one() -> None:
    said = table(counted((1, 40), (40, 40)))
    assert said.hidden(solved) == frozenset(said.counts)


def test_no_more_is_hidden_than_keeps_a_small_cell_open() -> None:
    """Large cells beside a small one take what it could gain, and stay large."""
    counts = counted((1, 30, 30), (30, 30, 30), (30, 30, 30))
    number = next(n for n in range(99) if min(table(counts, number=n).weights.values()) > 0)
    said = table(counts, number=number)
    hidden = said.hidden(solved)
    assert hidden is not None
    assert len(hidden) == 4


def test_a_large_cell_from_which_earlier_tables_are_subtracted_must_be_open() -> None:
    counts = counted((1, 30, 30), (30, 30, 30), (30, 30, 30))
    number = next(n for n in range(99) if min(table(counts, number=n).weights.values()) > 0)
    some: dict[str, Any] = {"given": frozenset({"r2\x1fc2"})}
    every: dict[str, Any] = {"bare": frozenset(counts)}
    for more in (some, every):
        said = table(counts, number=number, **more)
        hidden = said.hidden(solved)
        assert hidden is not None
        assert len(hidden) > 4
        assert all(next(worlds(said, hidden, {cell: 0}), None) for cell in hidden & more.get("given", hidden))


def test_an_answer_that_does_not_protect_is_refused() -> None:
    counts = counted((0, 6, 6), (6, 6, 6), (6, 6, 6))
    number = next(n for n in range(99) if min(table(counts, number=n).weights.values()) > 0)
    said = table(counts, number=number)
    right = said.hidden(solved)
    assert right is not None
    cells = list(counts)
    wrongs: tuple[object, ...] = (
        [],
        [cells.index(cell) for cell in right if cell != cells[0]],
        [0],
        [0, 1, 2],
        [0, 99],
        [0, -1],
        [0, True],
        "all",
        {"hidden": []},
    )
    for wrong in wrongs:
        with pytest.raises(ReportRefusedError):
            said.hidden(answering(wrong))
    assert said.hidden(lambda _: [cells.index(cell) for cell in right]) == right
    assert said.hidden(lambda _: None) is None


def test_without_nodes_nothing_is_found() -> None:
    counts = counted((0, 6, 6), (6, 6, 6), (6, 6, 6))
    number = next(n for n in range(99) if min(table(counts, number=n).weights.values()) > 0)
    asked: list[Mapping[str, Any]] = []
    table(counts, number=number).hidden(asked.append)
    assert cutting.solve({**asked[0], "nodes": 0}) == {"none": "nodes"}


def test_a_name_that_is_no_cell_is_refused() -> None:
    with pytest.raises(ReportRefusedError):
        TwoWay(K, {"pesten": 3}, {"pesten": 1}).primary()


def test_a_limit_on_nodes_leaves_the_cheapest_pattern_or_none() -> None:
    rng = random.Random(4)  # noqa: S311 - an invented table
    rows, columns = ([rng.random() ** 2 + 0.03 for _ in range(n)] for n in (13, 11))
    counts = counted(*((0,) * 11 for _ in range(13)))
    for row, column in zip(rng.choices(range(13), rows, k=1000), rng.choices(range(11), columns, k=1000), strict=True):
        counts[crossing(f"r{row}", f"c{column}")] += 1
    said = table(counts, threshold=5, hidden_down=lines_of(counts, 0, 5), hidden_across=lines_of(counts, 1, 5))
    asked: list[dict[str, Any]] = []

    def answered(request: dict[str, Any]) -> object:
        asked.append(request)
        return solved(request)

    assert said.hidden(answered) is not None
    answers = [cutting.solve({**asked[-1], "nodes": nodes}) for nodes in (*range(1, 12), 20_000)]
    assert answers[0] == {"none": "nodes"}
    assert all(answer in ({"none": "nodes"}, answers[-1]) for answer in answers)
