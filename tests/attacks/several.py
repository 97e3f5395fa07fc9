"""Several reports of a year, one after the other, and whoever runs vpdesk again on every registry near the real one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from tests.attacks import kit
from tests.attacks.attackers import K, spreads
from tests.reporting.disclosure.registry import published
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.statements import Audience
from vpdesk.reporting.disclosure.protect import Past, Rule
from vpdesk.reporting.disclosure.totals import effective

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from tests.attacks.attackers import Table
    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.reporting.statements import ProtectedReport

Counts = tuple[int, ...]
World = tuple[Counts, ...]
"""The cases by code, a row for each stretch of the year."""


@dataclass(frozen=True)
class Out:
    """A report: over which period, for whom, and the threshold of the client then."""

    period: Period
    audience: Audience = Audience.WERKGEVER
    threshold: int = K


class Several:
    """Reports of one dimension, each made with those before it in the ledger; `days` has one of each stretch of time."""

    def __init__(self, codes: tuple[str, ...], days: Sequence[date], out: Sequence[Out], **asked: Any) -> None:
        self.codes = codes
        self.days = days
        self.out = out
        self.asked = asked
        self.keys = kit.keys(codes)

    def table(self, world: World, period: Period) -> Table:
        """Return what the report of a period counts."""
        inside = [row for day, row in zip(self.days, world, strict=True) if day in period]
        return {code: sum(row[place] for row in inside) for place, code in enumerate(self.codes)}

    def made(self, world: World, key: bytes) -> list[ProtectedReport | None]:
        """Return vpdesk's reports; None where it refuses to make one."""
        known: list[Publication] = []
        found: list[ProtectedReport | None] = []
        for number, out in enumerate(self.out, start=1):
            report = self._report(world, key, out, known)
            found.append(report)
            if report is not None:
                known.append(published(report, out.period, number, out.audience))
        return found

    def _report(self, world: World, key: bytes, out: Out, known: Sequence[Publication]) -> ProtectedReport | None:
        facts = [
            fact
            for day, row in zip(self.days, world, strict=True)
            for fact in kit.cases(dict(zip(self.codes, row, strict=True)), opened=day)
        ]
        asked = {"audience": out.audience, "threshold": out.threshold, "key": key, **self.asked}
        try:
            return kit.ours(facts, out.period, tuple(known), codes={"rol": self.codes}, **asked)
        except ReportRefusedError:
            return None

    def _again(self, world: World, key: bytes, made: Sequence[ProtectedReport | None]) -> bool:
        """Return whether vpdesk makes each table that is out again of a world, given what was out before it.

        Why another report has no tables is not among what it promises to keep (section 8 of the method).
        """
        known: list[Publication] = []
        for number, (out, report) in enumerate(zip(self.out, made, strict=True), start=1):
            if report is None:
                continue
            if report.tables:
                again = self._report(world, key, out, known)
                if again is None or (again.statements, again.tables) != (report.statements, report.tables):
                    return False
            known.append(published(report, out.period, number, out.audience))
        return True

    def alone(self, world: World, order: tuple[str, ...], code: str) -> list[set[int]]:
        """Return for each report which counts of a code some draw explains, were it hidden as if nothing else was out.

        The counts of a draw that explains all reports together are among these.
        """
        found = []
        for out in self.out:
            threshold = effective(out.threshold, out.audience)
            rule = Rule(threshold, frozenset(), Past(out.period, threshold))
            table = self.table(world, out.period)
            hidden = rule.hidden(table, order)
            rest = spreads(tuple(sorted(hidden)), sum(table[c] for c in hidden)) if hidden else [{}]
            fills = [table | fill for fill in rest]
            found.append({fill[code] for fill in fills if any(rule.hidden(fill, o) == hidden for o in self.keys)})
        return found

    def excluded(self, world: World, key: bytes, code: str, count: Callable[[World], int]) -> set[int]:
        """Return the values below k of a number for which no world near this one gives the tables that are out."""
        made = self.made(world, key)
        left = {*range(K)}
        for other in self._near(world, code):
            if count(other) in left and self._fits(other, made):
                alike = any(self._again(other, each, made) for each in (key, *self.keys.values()))
                left -= {count(other)} if alike else set()
            if not left:
                break
        return left

    def _near(self, world: World, code: str, most: int = 9) -> Iterator[World]:
        """Yield the worlds in which cases changed between this code and another, in up to three stretches of time."""
        place, several = self.codes.index(code), min(3, len(world))
        moves = sorted(product(range(-most, most + 1), repeat=several), key=lambda move: sum(map(abs, move)))
        for move in moves:
            for stretches in combinations(range(len(world)), several):
                for other in {*range(len(self.codes))} - {place}:
                    rows = [list(row) for row in world]
                    for stretch, more in zip(stretches, move, strict=True):
                        rows[stretch][place] += more
                        rows[stretch][other] -= more
                    if min(map(min, rows)) >= 0:
                        yield tuple(map(tuple, rows))

    def _fits(self, world: World, made: Sequence[ProtectedReport | None]) -> bool:
        """Return whether a world has what was printed."""
        for out, report in zip(self.out, made, strict=True):
            table = self.table(world, out.period)
            for said in report.statements if report else ():
                n = sum(table[c] for c in dict(said.box.where).get("rol", self.codes))
                if not said.minimum <= n <= said.maximum:
                    return False
        return True
