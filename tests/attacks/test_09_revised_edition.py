"""Attack 9, with a revised edition out: whoever lays both side by side, and runs the method again over all worlds."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest

from tests.attacks import kit
from tests.reporting.disclosure.registry import ALL_YEARS, CLIENT, DIMENSIONS, HALF, published
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import CaseId
from vpdesk.domain.statements import Audience
from vpdesk.reporting.revision import Revising, counted
from vpdesk.reporting.statements import protect_and_audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.reporting.statements import ProtectedReport

CODES: Final = ("melder", "getuige", "collega", "onbekend")
SMALL: Final = (0, 1)
"""The places of the codes that are hidden in the worlds that are tried; the others are printed."""

Counts = tuple[int, ...]
Change = tuple[int, int, int]
World = tuple[Counts, Counts, Counts]
"""The cases that stayed, went and came, by code."""


class Editions:
    """vpdesk, as it runs, on registries of one dimension: a report, and the revised edition after it."""

    def __init__(self, k: int) -> None:
        self.k = k
        self.dimensions = {**DIMENSIONS, "rol": CODES}
        self._first: dict[tuple[Counts, bytes], Publication | None] = {}

    def both(self, world: World, key: bytes) -> object:
        """Return what a reader sees of both editions; None where there is no second."""
        stayed, went, came = world
        first = self.first(tuple(a + b for a, b in zip(stayed, went, strict=True)), key)
        if first is None:
            return None
        was = dict(enumerate([*self._cases(stayed), *self._cases(went)]))
        now = dict(enumerate(self._cases(stayed))) | dict(enumerate(self._cases(came), start=1000))
        try:
            second = self.revised(was, now, first, key)
        except ReportRefusedError:
            return None
        return (first.statements, first.pattern), (second.statements, second.pattern)

    def first(self, counts: Counts, key: bytes) -> Publication | None:
        """Return the first edition, None where it shows no table with something hidden."""
        if (counts, key) not in self._first:
            said = kit.ours(self._cases(counts), HALF, codes={"rol": CODES}, threshold=self.k, key=key)
            hidden = {code for line in said.pattern for code in line.codes} == {CODES[place] for place in SMALL}
            self._first[counts, key] = published(said, HALF) if hidden else None
        return self._first[counts, key]

    def revised(
        self, was: dict[int, CaseFacts], now: dict[int, CaseFacts], first: Publication, key: bytes
    ) -> ProtectedReport:
        """Return the revised edition."""
        numbers = tuple(CaseId(n) for n in was)
        known = counted(list(was.values()), numbers, first, self.dimensions)
        assert known is not None
        return protect_and_audit(
            facts=list(now.values()), client=CLIENT, period=HALF, audience=Audience.WERKGEVER, threshold=self.k,
            dimensions=self.dimensions, earlier=(first,), draw_key=key, wanted=("rol",), counted=ALL_YEARS,
            revising=Revising(known, tuple(CaseId(n) for n in now)),
        )  # fmt: skip

    def _cases(self, counts: Counts) -> list[CaseFacts]:
        return kit.cases(dict(zip(CODES, counts, strict=True)))


def hidden_cells() -> dict[str, Callable[[World], int]]:
    """Return each number of both editions that may be hidden."""
    found: dict[str, Callable[[World], int]] = {}
    for place, code in enumerate(CODES):
        found[f"{code} then"] = partial(_sum_of, parts=(0, 1), places=(place,))
        found[f"{code} now"] = partial(_sum_of, parts=(0, 2), places=(place,))
    return found


def changes() -> dict[str, Callable[[World], int]]:
    """Return each number of cases that went or came."""
    found: dict[str, Callable[[World], int]] = {}
    for part, name in ((1, "went"), (2, "came")):
        found[f"all that {name}"] = partial(_sum_of, parts=(part,), places=tuple(range(len(CODES))))
        for place, code in enumerate(CODES):
            found[f"{code} that {name}"] = partial(_sum_of, parts=(part,), places=(place,))
    return found


def _sum_of(world: World, *, parts: tuple[int, ...], places: tuple[int, ...]) -> int:
    return sum(world[part][place] for part in parts for place in places)


def worlds(k: int, sums: tuple[int, ...], rows: Sequence[tuple[Change, ...]]) -> Iterator[World]:
    """Yield registries with these sums in the hidden categories, in which no number changes by less than k."""
    enough = [0, *range(k, max(sums) + 1)]
    pairs = [product(range(max(sums) + 1), repeat=2), product(enough, repeat=2), product(enough, repeat=2)]
    for stayed, went, came in product(*pairs):
        if {sum(stayed) + sum(went), sum(stayed) + sum(came)} <= set(sums):
            for one, two in rows:
                yield (
                    (*stayed, one[0], two[0]),
                    (*went, one[1], two[1]),
                    (*came, one[2], two[2]),
                )


def printed(world: World) -> tuple[int, ...]:
    """Return what both editions print of a world."""
    return tuple(_sum_of(world, parts=(0, part), places=places) for part in (1, 2) for places in (SMALL, (2,), (3,)))


def test_a_naive_second_edition_tells_of_a_single_case_that_came() -> None:
    # Dashes and all: the total and the rows that are printed tell how many came behind the dashes.
    k, every = 2, [change for change in product(range(2), repeat=len(CODES)) if sum(change) <= 1]
    alike: dict[object, set[World]] = defaultdict(set)
    for stayed, came in product(product(range(4), range(4), (5,), (5, 6)), every):
        world = (stayed, (0,) * len(CODES), came)
        alike[naive(world, k)].add(world)
    told = [{sum(came[place] for place in SMALL) for _, _, came in worlds} for worlds in alike.values()]
    assert {1} in told, "one more behind the dashes, and no other number of cases"
    assert all(len(numbers) == 1 for numbers in told)


def naive(world: World, k: int) -> tuple[object, ...]:
    """Return both editions as organisations make them: the total, the counts of k and more, dashes for the others."""
    editions = [tuple(a + b for a, b in zip(world[0], world[part], strict=True)) for part in (1, 2)]
    return tuple((sum(counts), *(n if n >= k else None for n in counts)) for counts in editions)


@pytest.mark.parametrize(("k", "sums"), [(2, (4, 6)), pytest.param(3, (5, 8), marks=pytest.mark.long)])
def test_two_editions_leave_every_small_number_open(k: int, sums: tuple[int, ...]) -> None:
    # Of a hidden cell each value below k is of a world of which vpdesk makes these very editions. Of what went and came
    # both nothing and enough fit what is printed.
    editions = Editions(k)
    keys = [key for order, key in kit.keys(CODES).items() if order in {CODES, (CODES[1], CODES[0], *CODES[2:])}]
    row = 2 * k + 1
    same, more, other, less = (row, 0, 0), (row, 0, k), (row - k, k, k), (row - k, k, 0)
    alike: dict[object, set[World]] = defaultdict(set)
    for key, world in product(keys, worlds(k, sums, [(more, same), (other, less)])):
        seen = editions.both(world, key)
        if seen is not None:
            alike[seen].add(world)
    assert len(alike) == 2 * len(sums)  # what changes among two hidden categories is never out
    for found in alike.values():
        for name, count in hidden_cells().items():
            values = {count(world) for world in found}
            assert min(values) >= k or (values >= set(range(k)) and max(values) >= k), name
    every = list(
        worlds(k, sums, list(product((same, more, other, less, (row - k, k, 2 * k), (1, 2 * k, k)), repeat=2)))
    )
    for said in {printed(next(iter(found))) for found in alike.values()}:
        fitting = [world for world in every if printed(world) == said]
        for name, count in changes().items():
            values = {count(world) for world in fitting}
            assert min(values) >= k or (0 in values and max(values) >= k), name


@pytest.mark.parametrize(
    ("k", "stayed"),
    [(2, ((2, 2, 5, 5), (1, 3, 5, 5))), pytest.param(3, ((2, 3, 7, 7), (4, 4, 7, 8)), marks=pytest.mark.long)],
)
def test_no_edition_goes_out_in_which_any_number_changed_by_less_than_the_threshold(
    k: int, stayed: tuple[Counts, ...]
) -> None:
    # That is what the worlds above take for granted. Here every change is tried of up to k + 1 cases that went and as
    # many that came: whoever sees two editions may rely on it, and learns no more by it than that.
    editions, key = Editions(k), kit.keys(CODES)[CODES]
    every = [change for change in product(range(k + 2), repeat=len(CODES)) if sum(change) <= k + 1]
    went_out = 0
    for world in product(stayed, every, every):
        _, went, came = world
        if any((*went, *came)) and editions.both(world, key) is not None:
            went_out += 1
            assert all(n == 0 or n >= k for n in (*went, *came)), world
    assert went_out
