"""What an attacker does with numbers that are out: fills in every world, subtracts, replays a rule, solves in integers.

Nothing of the audit is used here; what is shared with vpdesk is the form of a statement.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations, product
from typing import TYPE_CHECKING, Final

from tests.reporting.disclosure.oracle import Oracle
from vpdesk.domain import taxonomy
from vpdesk.domain.statements import Box, Of, Statement, dated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts

K: Final = 5
OPEN: Final = frozenset(range(K + 1))
"""What a reader must still hold possible for a small number: every value below the threshold, and the threshold."""

DEPTH: Final = ("voorfase", "meldingsfase", "nafase")

Table = dict[str, int]


def said(period: Period, count: int, most: int | None = None, **codes: str | frozenset[str]) -> Statement:
    """Return a statement about cases; with `most` an interval."""
    return Statement(Of.CASES, Box.where_(dict(codes)), period, count, count if most is None else most)


def named(dimension: str, period: Period) -> str:
    """Return a dimension as statements of a period name it: phases and outcomes stood on its last day."""
    return dated(dimension, period.last) if dimension in {"fase", "afloop"} else dimension


class Solving:
    """Somebody who keeps everything that is out and solves it in whole numbers, cell by cell of the whole cube."""

    def __init__(
        self,
        statements: Iterable[Statement],
        dimensions: Mapping[str, Sequence[str]],
        periods: Sequence[Period] = (),
        *,
        whole: bool = True,
    ) -> None:
        """Take the statements, and the codes of the dimensions that are crossed with each other."""
        known = [s for s in statements if s.of is Of.CASES and all(name in dimensions for name, _ in s.box.where)]
        crossed = (dict(zip(dimensions, codes, strict=True)) for codes in product(*dimensions.values()))
        cells = [cell for cell in crossed if _can_be(cell)] if dimensions else [{"": ""}]
        self._oracle = Oracle(known, cells, sorted({s.period for s in known} | set(periods)), whole=whole)

    def values(self, period: Period, less: Period | None = None, **where: str) -> range:
        """Return which numbers of cases are still possible in a box of a period, or of what of it lies outside another.

        Empty when nothing fits: then the reader knows that the numbers contradict each other, and no more.
        """
        return self.in_box(period, where, less)

    def in_box(self, period: Period, where: Mapping[str, str], less: Period | None = None) -> range:
        """Return the same for names that are no identifiers, such as those with a day."""
        reach = self._oracle.reach(period, {name: (code,) for name, code in where.items()}, less)
        return range(0) if reach is None else range(reach[0], reach[1] + 1)


def _can_be(cell: Mapping[str, str]) -> bool:
    """Return whether one case can have all of these codes: themes lie in fields, reports follow the first phase."""
    if "thema" in cell and "werkgebied" in cell and cell["werkgebied"] not in taxonomy.fields_of_theme(cell["thema"]):
        return False
    days = sorted(name.partition("@")[2] for name in cell if name.startswith("fase@"))
    known = [DEPTH.index(cell[f"fase@{day}"]) for day in days if cell[f"fase@{day}"] in DEPTH]
    early = (cell.get(f"afloop@{day}", "") for day in days if cell[f"fase@{day}"] == DEPTH[0])
    return known == sorted(known) and not any(outcome in taxonomy.OUTCOMES_OF_A_REPORT for outcome in early)


def statements_of(publications: Iterable[Publication]) -> list[Statement]:
    """Return everything that was said, and what was quoted with it, whoever got it."""
    return [statement for each in publications for statement in (*each.statements, *each.quotes)]


def without(statements: Iterable[Statement], known: Sequence[CaseFacts]) -> list[Statement]:
    """What the statements say of all cases but those that the reader knows."""
    left = []
    for statement in statements:
        mine = sum(fact.opened in statement.period and fact.lies_in(statement.box) for fact in known)
        if statement.of is Of.CASES:
            less = (max(0, statement.minimum - mine), max(0, statement.maximum - mine))
            left.append(replace(statement, minimum=less[0], maximum=less[1]))
    return left


def spreads(codes: Sequence[str], total: int) -> Iterator[Table]:
    """Yield every way to spread a number over codes."""
    if len(codes) == 1:
        yield {codes[0]: total}
        return
    for count in range(total + 1):
        for rest in spreads(codes[1:], total - count):
            yield {codes[0]: count, **rest}


def fitting(codes: Sequence[str], statements: Iterable[Statement]) -> list[Table]:
    """Return every table of one dimension and one period that fits what is said; the total must be among it."""
    rows = [(dict(s.box.where), s.minimum, s.maximum) for s in statements if s.of is Of.CASES]
    (low, high), *_ = [(low, high) for where, low, high in rows if not where]
    bounds = [(next(iter(where.values())), low, high) for where, low, high in rows if where]
    known = {some[0]: low for some, low, high in bounds if len(some) == 1 and low == high}
    open_ = [code for code in codes if code not in known]
    found = []
    for left in range(low - sum(known.values()), high - sum(known.values()) + 1):
        for rest in spreads(open_, left) if open_ else ([{}] if left == 0 else []):
            table = {code: (known | rest)[code] for code in codes}
            if all(least <= sum(table[code] for code in some) <= most for some, least, most in bounds):
                found.append(table)
    return found


def seen(worlds: Iterable[Table], code: str) -> frozenset[int]:
    """Return the values that a code has in these worlds."""
    return frozenset(world[code] for world in worlds)


def replayed(
    worlds: Iterable[Table],
    hidden: frozenset[str],
    rule: Callable[[Table, Sequence[str]], frozenset[str]],
    orders: Iterable[Sequence[str]] | None = None,
) -> list[Table]:
    """Return the worlds in which the rule would have hidden just these codes, under some order of the draw."""
    found = []
    for world in worlds:
        tried = permutations(world) if orders is None else orders
        if any(rule(world, order) == hidden for order in tried):
            found.append(world)
    return found


def crossings(
    statements: Iterable[Statement],
    period: Period,
    identifying: tuple[str, Sequence[str]],
    sensitive: tuple[str, Sequence[str]],
) -> dict[tuple[str, str], range]:
    """Return for each pair of categories how many cases it can hold: from two-way tables, or forced by one-way ones."""
    (mine, ours), (theirs, others) = identifying, sensitive
    reader = Solving(statements, {mine: ours, theirs: others}, (period,))
    return {(a, b): reader.in_box(period, {mine: a, theirs: b}) for a, b in product(ours, others)}


def side_by_side(
    statements: Iterable[Statement], dimensions: Mapping[str, Sequence[str]], period: Period
) -> dict[tuple[str, str], range]:
    """Return the same by the two dimensions, as a mapping has them."""
    (mine, ours), (theirs, others) = dimensions.items()
    return crossings(statements, period, (mine, ours), (theirs, others))


def small_cells(facts: Iterable[CaseFacts], dimensions: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], int]:
    """Return the cells of a two-way table that hold fewer than the threshold, with what they hold."""
    (mine, ours), (theirs, others) = dimensions.items()
    found = Counter((fact.codes[mine], fact.codes[theirs]) for fact in facts)
    return {cell: found[cell] for cell in product(ours, others) if found[cell] < K}
