"""Lists of categories that change: what went out under an older list is about a dimension of its own.

A unit is removed or split, a theme leaves the list. Numbers that name a code which no list has any more are of an older
list of that dimension, with codes of its own, and a name of its own (`onderdeel@lijst 1`). How the lists hang together
is not written anywhere, so a reader believes what is most natural: see `linked`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.publications import HiddenLine, Publication
from vpdesk.domain.report_choices import CROSSED, codes_of, crossed_parts
from vpdesk.domain.statements import Box, CaseFacts, Of, dated, undated
from vpdesk.reporting.disclosure.block import UNBOUNDED, Region, Row, Variable

_OLDER: Final = "@lijst "
_DAY_BOUND: Final = frozenset({"fase", "afloop"})

Dimensions = Mapping[str, tuple[str, ...]]
"""Codes by plain name, and by the full name of an older list or of a day on which there were more."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a reader believes of a code of an older list: that all its cases now stand under one of today's codes."""

    before: str
    code: str
    to: str


def older(dimension: str) -> bool:
    """Return whether this is a dimension by an older list."""
    return _OLDER in dimension


def list_of(dimensions: Dimensions, name: str) -> tuple[str, ...]:
    """Return the codes of a dimension by its own list; none where there is no such dimension."""
    return dimensions.get(name) or dimensions.get(undated(name), ())


def in_order(codes: Collection[str], order: Sequence[str]) -> tuple[str, ...]:
    """Return codes in the order of today's list; those that it lacks come after, and onbekend last."""
    known = [code for code in order if code in codes and code != taxonomy.UNKNOWN.code]
    gone = sorted(set(codes) - set(order))
    return (*known, *gone, *(code for code in order if code in codes and code == taxonomy.UNKNOWN.code))


def by_lists(publications: Sequence[Publication], dimensions: Dimensions) -> tuple[tuple[Publication, ...], Dimensions]:
    """Return publications with each number under the name of its list, and the codes of those lists too.

    Publications that lack the same codes share a list, and one that lacks less shares the list of one that lacks more:
    a letter names few codes.
    """
    out = list(publications)
    known = dict(dimensions)
    for dimension in dimensions:
        gone = [_gone(p, dimension, dimensions[dimension]) for p in out]
        if not any(gone):
            continue
        if dimension in _DAY_BOUND:  # each day is a dimension of its own already
            for name in {name for p in out for name, _ in _named(p, dimension)} | {dated(dimension, date.max)}:
                known[name] = in_order({*dimensions[dimension], *frozenset().union(*gone)}, dimensions[dimension])
            continue
        largest = [codes for codes in dict.fromkeys(gone) if codes and not any(codes < other for other in gone)]
        for number, lacking in enumerate(largest, start=1):
            name = f"{dimension}{_OLDER}{number}"
            mine = [
                place for place, codes in enumerate(gone) if codes and next(s for s in largest if codes <= s) == lacking
            ]
            known[name] = _list(dimension, [out[place] for place in mine], dimensions[dimension])
            for place in mine:
                out[place] = _renamed(out[place], dimension, name)
    return tuple(out), known


def lies_in(fact: CaseFacts, box: Box, dimensions: Dimensions) -> bool:
    """Return whether a case that a reader knows counts in a box; by an older list where its code of today was then.

    A case with a code that came since was under one of those that went.

    Raises:
        KeyError: that can't be told.
    """
    return all(_in_list(fact, name, codes, dimensions) for name, codes in box.where)


def _in_list(fact: CaseFacts, name: str, codes: Collection[str], dimensions: Dimensions) -> bool:
    if not older(name):
        return fact.code(name) in codes
    code, before = fact.code(undated(name)), list_of(dimensions, name)
    if code in before:
        return code in codes
    gone = set(before) - set(dimensions[undated(name)])
    if not gone.isdisjoint(codes) and not gone <= set(codes):
        raise KeyError(name)
    return gone <= set(codes)


def _named(publication: Publication, dimension: str) -> Iterator[tuple[str, Collection[str]]]:
    """Yield the codes that a publication names in a plain dimension, with the dimension as it stands there."""
    for statement in publication.statements:
        yield from ((name, codes) for name, codes in statement.box.where if undated(name) == dimension)
    for name, codes in (side for line in publication.pattern for side in _sides(line)):
        if undated(name) == dimension:
            yield name, codes


def _sides(line: HiddenLine) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the dimension of a hidden set with its codes, both of them for a two-way table."""
    names = crossed_parts(line.dimension) or (line.dimension,)
    for place, name in enumerate(names):
        keys = [(crossed_parts(key) or (key,))[place] for key in line.codes]
        yield name, frozenset(code for key in keys for code in codes_of(key))


def _gone(publication: Publication, dimension: str, codes: Collection[str]) -> frozenset[str]:
    return frozenset(code for _, named in _named(publication, dimension) for code in named) - frozenset(codes)


def _list(dimension: str, publications: Sequence[Publication], today: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of an older list: those of its tables; today's and those named where no table is out."""
    codes = {code for p in publications for _, named in _named(p, dimension) for code in named}
    if not any(_whole(p, dimension) for p in publications):
        codes.update(today)
    return in_order(codes, today)


def _whole(publication: Publication, dimension: str) -> bool:
    """Return whether what is said in a dimension adds up to a total, so that every code of its list is named."""
    sums: dict[str, int] = {}
    totals: dict[str, int] = {}
    for statement in publication.statements:
        if statement.of is Of.CASES and statement.exact:
            period = statement.period.code()
            if not statement.box.where:
                totals[period] = statement.minimum
            elif [name for name, _ in statement.box.where] == [dimension]:
                sums[period] = sums.get(period, 0) + statement.minimum
    return any(total and sums.get(period) == total for period, total in totals.items())


def _renamed(publication: Publication, dimension: str, name: str) -> Publication:
    def called(other: str) -> str:
        return name if other == dimension else other

    statements = tuple(
        replace(s, box=Box.where_({called(other): frozenset(codes) for other, codes in s.box.where}))
        for s in publication.statements
    )
    pattern = tuple(
        replace(line, dimension=CROSSED.join(called(side) for side in line.dimension.split(CROSSED)))
        for line in publication.pattern
    )
    return replace(publication, statements=statements, pattern=pattern)


def beliefs(dimensions: Dimensions) -> Iterator[Moved]:
    """Yield where the cases of each code that is gone may have gone: to a code that is new, or else to any of today.

    Where one code made place for one other, `linked` says so already.
    """
    for name in (name for name in dimensions if older(name)):
        before, after = list_of(dimensions, name), dimensions[undated(name)]
        gone = [code for code in before if code not in after]
        new = [code for code in after if code not in before]
        if len(gone) != 1 or len(new) != 1:
            yield from (Moved(name, code, to) for code in gone for to in new or after)


def linked(
    covered: Mapping[str, Region], dimensions: Dimensions, index: Mapping[Variable, int], moved: Moved | None
) -> Iterator[Row]:
    """Yield what a reader believes of a dimension of which several lists are in use, in each segment of time.

    A category that both lists have is the same when codes have gone and others have come: then those that came hold
    what those that went held. Where codes have only gone, it may have grown, and where codes have only come, it may
    have shrunk. `moved` says more of one code that is gone.
    """
    for name in sorted({undated(name) for name in covered if older(name)}):
        of_older = sorted((n for n in covered if older(n) and undated(n) == name), key=_number)
        for before, after in combinations([*of_older, *([name] if name in covered else [])], 2):
            belief = moved if moved and (moved.before, name) == (before, after) else None
            for segment in sorted(set(covered[before]) & set(covered[after])):
                yield from _links(segment, before, after, dimensions, index, belief)


def _number(name: str) -> int:
    return int(name.partition(_OLDER)[2])


def _links(
    segment: int, before: str, after: str, dimensions: Dimensions, index: Mapping[Variable, int], moved: Moved | None
) -> Iterator[Row]:
    early, late = list_of(dimensions, before), list_of(dimensions, after)
    gone, new = set(early) - set(late), set(late) - set(early)
    low = -UNBOUNDED if new and not gone else 0
    high = UNBOUNDED if gone and not new else 0
    if moved:
        sources = {code for code in (moved.to,) if code in early} | {moved.code}
        yield Row(
            (index[Variable(segment, after, moved.to)],),
            tuple(index[Variable(segment, before, code)] for code in sorted(sources)),
            0,
            0,
        )
    for code in early:
        if code in late and not (moved and code == moved.to):
            plus, minus = index[Variable(segment, after, code)], index[Variable(segment, before, code)]
            yield Row((plus,), (minus,), low, high)
