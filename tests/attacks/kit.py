"""Small organisations to attack, and vpdesk's own reports about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain, combinations, product
from math import factorial
from typing import TYPE_CHECKING, Any, Final

from tests import report_kit
from tests.reporting.disclosure import registry
from tests.reporting.disclosure.registry import CLIENT, DIMENSIONS, YEAR, case, published
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.reporting import pdf
from vpdesk.reporting.disclosure import office
from vpdesk.reporting.disclosure.draw import drawn_order
from vpdesk.reporting.disclosure.protect import Past, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tests.attacks.attackers import Table
    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.disclosure.result import CrossTable
    from vpdesk.reporting.statements import ProtectedReport

ROLES: Final = ("melder", "getuige", "collega", "naaste", "onbekend")
DRAWN: Final = {name: DIMENSIONS[name] for name in ("rol", "relatie")}
SIDES: Final = {
    "rol": ("melder", "getuige", "collega", "naaste"),
    "relatie": ("leidinggevende", "collega", "klant", "groep"),
}
"""The rows and columns of a two-way table."""

CROSSED: Final = ReportChoices(crossed=(("rol", "relatie"),))
SQUARE: Final = ((3, 4, 9, 7), (4, 2, 8, 6), (9, 3, 12, 11), (8, 7, 13, 9))
EARLY: Final = date(2025, 2, 3)
LATE: Final = date(2025, 9, 1)


def several(count: int, opened: date = EARLY, **codes: str) -> list[CaseFacts]:
    """Return cases that are all alike."""
    return [case(opened, **codes) for _ in range(count)]


def cases(table: Mapping[str, int], dimension: str = "rol", opened: date = EARLY, **codes: str) -> list[CaseFacts]:
    """Return as many cases as a table counts."""
    return [fact for code, n in table.items() for fact in several(n, opened, **{dimension: code}, **codes)]


def ours(
    facts: list[CaseFacts],
    period: Period = YEAR,
    earlier: tuple[Publication, ...] = (),
    *,
    codes: Mapping[str, tuple[str, ...]] | None = None,
    **asked: Any,
) -> ProtectedReport:
    """Return what vpdesk says, with tables of just these dimensions."""
    codes = codes or {"rol": ROLES}
    return registry.report(facts, period, earlier, wanted=tuple(codes), dimensions={**DIMENSIONS, **codes}, **asked)


def square(rows: Sequence[Sequence[int]] = SQUARE, opened: date = EARLY, **codes: str) -> list[CaseFacts]:
    """Return as many cases as each cell of a two-way table counts."""
    cells = zip(product(*SIDES.values()), chain.from_iterable(rows), strict=True)
    return [fact for (role, other), n in cells for fact in several(n, opened, rol=role, relatie=other, **codes)]


def crossed(facts: list[CaseFacts], period: Period = YEAR, **asked: Any) -> tuple[ProtectedReport, CrossTable]:
    """Return what vpdesk says with a two-way table, and that table."""
    report = ours(facts, period, codes=SIDES, **{"choices": CROSSED} | asked)
    (table,) = report.crossed
    return report, table


def crossed_twin(facts: list[CaseFacts]) -> tuple[bytes, list[CaseFacts]]:
    """Return a key, and another registry of which vpdesk says the same with it: other numbers in hidden cells.

    Two cases in hidden cells change columns, so that no margin changes.
    """
    for key in list(keys(SIDES["rol"]).values())[:12]:
        report, table = crossed(facts, key=key)
        hidden = [
            (row, column)
            for row, cells in zip(table.rows, table.cells, strict=True)
            for column, value in zip(table.columns, cells, strict=True)
            if value is None
        ]
        for (row, column), (other, there) in combinations(hidden, 2):
            if {(row, there), (other, column)} <= {*hidden} - {(row, column), (other, there)}:
                changed = _moved(_moved(facts, (row, column), there), (other, there), column)
                if changed != facts and ours(changed, codes=SIDES, choices=CROSSED, key=key) == report:
                    return key, changed
    raise AssertionError("every other fill of the hidden cells gives another report")


def _moved(facts: list[CaseFacts], cell: tuple[str, str], column: str) -> list[CaseFacts]:
    """Return the registry in which the first case of a cell stands in another column."""
    for place, fact in enumerate(facts):
        if (fact.codes["rol"], fact.codes["relatie"]) == cell:
            moved = replace(fact, codes={**fact.codes, "relatie": column})
            return [*facts[:place], moved, *facts[place + 1 :]]
    return facts


def of_a_child(facts: list[CaseFacts], *, cancelled: Callable[[], bool] | None = None) -> ProtectedReport:
    """Return what vpdesk says as it runs for a user: all of it in a child process."""
    return office.protected(registry.request(facts, YEAR, wanted=("rol",)), cancelled=cancelled)


def out(facts: list[CaseFacts], *periods: Period, **asked: Any) -> list[Publication]:
    """Return vpdesk's reports over these periods, one after the other, each with those before it in the ledger."""
    found: list[Publication] = []
    for number, period in enumerate(periods, start=1):
        found.append(published(ours(facts, period, tuple(found), **asked), period, number))
    return found


def rows(report: ProtectedReport, dimension: str = "rol") -> dict[str, int | str | None]:
    """Return the rows of a table by code."""
    (found,) = [table for table in report.tables if table.dimension.partition("@")[0] == dimension]
    return dict(found.rows)


@cache
def keys(codes: tuple[str, ...], dimension: str = "rol", year: int = 2025) -> dict[tuple[str, ...], bytes]:
    """Return orders that the draw can give, each with a key that gives it: all of five codes, and as many of more."""
    found: dict[tuple[str, ...], bytes] = {}
    wanted = min(factorial(len(codes)), factorial(5))
    for number in range(2000):
        key = number.to_bytes(4)
        found.setdefault(drawn_order(key, CLIENT, dimension, year, codes), key)
        if len(found) == wanted:
            break
    return found


def same_under_some_draw(
    worlds: Iterable[Table], report: ProtectedReport, codes: tuple[str, ...] = ROLES
) -> Iterator[Table]:
    """Yield the worlds of one table for which vpdesk, as it runs, could have made this very report.

    The rule of one line tells which orders are worth the whole run; it decides nothing.
    """
    rule = Rule(report.threshold, frozenset(), Past(YEAR, report.threshold))
    hidden = frozenset(report.pattern[0].codes)
    for world in worlds:
        tried = (key for order, key in keys(codes).items() if rule.hidden(world, order) == hidden)
        facts = cases(world)
        if any(ours(facts, codes={"rol": codes}, key=key) == report for key in tried):
            yield world


def could_be(worlds: Sequence[Table], report: ProtectedReport, code: str, codes: tuple[str, ...] = ROLES) -> set[int]:
    """Return the values of a code in worlds for which vpdesk, as it runs, could have made this very report."""
    values: set[int] = set()
    for value in sorted({world[code] for world in worlds}):
        alike = (world for world in worlds if world[code] == value)
        values |= {world[code] for world in _first(same_under_some_draw(alike, report, codes))}
    return values


def _first(found: Iterator[Table]) -> list[Table]:
    return [world for world in [next(found, None)] if world is not None]


def twin(facts: list[CaseFacts], dimension: str = "rol", **asked: Any) -> list[CaseFacts]:
    """Return another registry about which vpdesk, with the same key, says exactly the same: other hidden numbers."""
    report = ours(facts, **asked)
    (line,) = [line for line in report.pattern if line.dimension.partition("@")[0] == dimension]
    for mine in line.codes:
        for place, fact in enumerate(facts):
            if fact.codes[dimension] in set(line.codes) - {mine}:
                moved = replace(fact, codes={**fact.codes, dimension: mine})
                other = [*facts[:place], moved, *facts[place + 1 :]]
                if ours(other, **asked) == report:
                    return other
    raise AssertionError("every other spread of the hidden cases gives another report")


def file_of(report: ProtectedReport) -> bytes:
    """Return the report as it leaves the house."""
    return pdf.render(report_kit.document(report))
