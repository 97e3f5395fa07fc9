"""Brute force over whole reports: vpdesk run on every small registry that fits what is out, under every order."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from tests.attacks import kit
from tests.attacks.attackers import Table, fitting, spreads
from tests.reporting.disclosure.registry import HALF, SECOND_HALF, YEAR, published
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.report_choices import ReportChoices, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.report_choices import Row
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.statements import ProtectedReport

CODES: Final = ("melder", "getuige", "onbekend")
Counts = tuple[int, ...]
World = tuple[Counts, Counts]
"""The cases of both halves of a year, by code."""

Reports = tuple["ProtectedReport | None", "ProtectedReport | None"]


Seen = tuple[object, ...] | None


def as_read(reports: Reports) -> tuple[Seen, Seen]:
    """Return what a reader sees of both reports; why a table is not there is not among it."""
    half, year = (None if r is None else (r.level, r.statements, r.tables) for r in reports)
    return half, year


class Reporting:
    """vpdesk, as it runs, on registries of one dimension: a half-year and then the year; each run is remembered.

    Either may count several codes in one row; then what rows count together is a number to be read too.
    """

    def __init__(
        self, k: int, codes: tuple[str, ...] = CODES, *, half: tuple[Row, ...] = (), year: tuple[Row, ...] = ()
    ) -> None:
        self.k = k
        self.codes = codes
        self.rows = {period: ReportChoices({"rol": rows}) for period, rows in ((HALF, half), (YEAR, year))}
        self.together = tuple(dict.fromkeys((*half, *year)))
        self.keys = list(kit.keys((*codes, *map(key_of, self.together))).values())
        self._halves: dict[tuple[Counts, bytes], ProtectedReport | None] = {}
        self._both: dict[tuple[World, bytes], Reports] = {}

    def facts(self, world: World) -> list[CaseFacts]:
        """Return the cases of a world."""
        return [
            fact
            for counts, opened in zip(world, (kit.EARLY, kit.LATE), strict=True)
            for fact in kit.cases(dict(zip(self.codes, counts, strict=True)), opened=opened)
        ]

    def both(self, world: World, key: bytes) -> Reports:
        """Return the half-year and the year that follows it; None where vpdesk refuses to make one."""
        if (world, key) not in self._both:
            if (world[0], key) not in self._halves:
                self._halves[world[0], key] = self._made(world, (), key, HALF)
            half = self._halves[world[0], key]
            known = () if half is None else (published(half, HALF),)
            self._both[world, key] = (half, self._made(world, known, key, YEAR))
        return self._both[world, key]

    def _made(self, world: World, known: tuple[Publication, ...], key: bytes, period: Period) -> ProtectedReport | None:
        codes = {"rol": self.codes}
        try:
            return kit.ours(
                self.facts(world), period, known, codes=codes, threshold=self.k, key=key, choices=self.rows[period]
            )
        except ReportRefusedError:
            return None

    def fitting(self, reports: Reports, most: int) -> list[World]:
        """Return every world of at most so many cases that fits what was said."""
        half, year = (None if said is None else said.statements for said in reports)
        years = fitting(self.codes, year) if year else self._upto(most)
        halves = {tuple(t.values()) for t in fitting(self.codes, half)} if half else None
        found = []
        for table in years:
            for early in product(*(range(n + 1) for n in table.values())):
                if halves is None or early in halves:
                    late = tuple(n - m for n, m in zip(table.values(), early, strict=True))
                    found.append((early, late))
        return found

    def _upto(self, most: int) -> Iterator[Table]:
        return (table for total in range(most + 1) for table in spreads(self.codes, total))

    def excluded(self, world: World, key: bytes, most: int = 12) -> list[str]:
        """Return the values of small numbers that a reader of both reports, who knows the method, can exclude.

        By arithmetic: 0 and k must fit. By replay: each value below k must be of a world and an order that give these
        very reports.
        """
        reports = self.both(world, key)
        seen = as_read(reports)
        worlds = self.fitting(reports, most)
        found = []
        for name, count in self._numbers():
            if count(world) >= self.k:
                continue
            found += [f"{name} = {v} by arithmetic" for v in {0, self.k} - {count(w) for w in worlds}]
            for value in range(self.k):
                alike = (w for w in worlds if count(w) == value)
                if not any(as_read(self.both(w, other)) == seen for w in alike for other in self.keys):
                    found.append(f"{name} = {value} by replay")
        return found

    def narrowed(self, most: int) -> list[str]:
        """Return what a reader can exclude in any year of at most so many cases: all worlds and orders, all at once.

        Worlds of a few cases more are made as well, since a silence or an interval may stand for those too.
        """
        alike: dict[tuple[Seen, Seen], set[World]] = {}
        for table in self._upto(most + self.k):
            for early in product(*(range(n + 1) for n in table.values())):
                world = (early, tuple(n - m for n, m in zip(table.values(), early, strict=True)))
                for key in self.keys:
                    alike.setdefault(as_read(self.both(world, key)), set()).add(world)
        found = []
        for same in alike.values():
            smallest = min(same, key=lambda world: (sum(map(sum, world)), world))
            for name, count in self._numbers():
                values = {count(world) for world in same}
                if sum(map(sum, smallest)) <= most and min(values) < self.k and not values >= {*range(self.k)}:
                    found.append(f"{name} in {sorted(values)}: {smallest}")
        return found

    def _numbers(self) -> Iterator[tuple[str, Callable[[World], int]]]:
        pieces = {HALF.code(): (0,), SECOND_HALF.code(): (1,), YEAR.code(): (0, 1)}
        for when, halves in pieces.items():
            for place, code in enumerate(self.codes):
                yield f"{code} {when}", _count(halves, (place,))
            for row in self.together:
                yield f"{' and '.join(row)} {when}", _count(halves, tuple(map(self.codes.index, row)))
            yield f"total {when}", _count(halves, range(len(self.codes)))


def _count(halves: Counts, places: Counts | range) -> Callable[[World], int]:
    return lambda world: sum(world[half][place] for half in halves for place in places)
