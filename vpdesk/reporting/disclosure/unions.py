"""Codes that readers ask about together: rows that count several, and what letters say of several and leave."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vpdesk.domain.publications import HiddenLine, Publication, Withheld
from vpdesk.domain.report_choices import codes_of
from vpdesk.domain.statements import Of, Statement
from vpdesk.reporting.disclosure.protect import plain, published_lines, row_key

Unions = Mapping[str, tuple[str, ...]]
"""The names of unions of several codes by plain dimension."""

Codes = frozenset[str]


def unions(
    publications: Iterable[Publication], rows: Iterable[tuple[str, str]], dimensions: Mapping[str, Sequence[str]]
) -> Unions:
    """Return the unions of several codes that are numbers to a reader of these publications.

    `rows` are those of the report in question, each with its plain dimension. A hidden set is no such number: its parts
    are. Of what was entered by hand, with neither a file nor a pattern, there is also what it has in common with each
    number of that dimension, and what each leaves of the other.
    """
    found: dict[str, dict[Codes, None]] = {}
    boxes: dict[str, dict[Codes, None]] = {}
    by_hand: dict[str, dict[Codes, None]] = {}
    for name, key in rows:
        found.setdefault(name, {})[frozenset(codes_of(key))] = None
    for publication in publications:
        said = list(_boxes(publication.statements))
        for name, codes in said:
            boxes.setdefault(name, {})[codes] = None
            if publication.by_hand:
                by_hand.setdefault(name, {})[codes] = None
        for name, key in table_rows(publication.statements, publication.pattern, publication.withheld):
            found.setdefault(name, {})[frozenset(codes_of(key))] = None
    for name, letters in by_hand.items():
        mine = found.setdefault(name, {})
        for letter in letters:
            mine[letter] = None
            for other in boxes[name]:
                mine |= dict.fromkeys((letter - other, other - letter, letter & other))
    return {name: kept for name, each in found.items() if (kept := _several(each, dimensions.get(name, ())))}


def table_rows(
    statements: Sequence[Statement], pattern: Sequence[HiddenLine], withheld: Sequence[Withheld]
) -> Iterator[tuple[str, str]]:
    """Yield the rows of the tables that were printed, and of those left out for too few rows, by plain dimension."""
    for line in published_lines(statements, pattern):
        yield from ((plain(line.dimension), key) for key in (*line.shown, *line.hidden))
    for table in withheld:
        yield from ((table.dimension, key) for key in table.rows)


def _boxes(statements: Iterable[Statement]) -> Iterator[tuple[str, Codes]]:
    for statement in statements:
        if statement.of is Of.CASES and len(statement.box.where) == 1:
            ((name, codes),) = statement.box.where
            yield plain(name), frozenset(codes)


def _several(found: Iterable[Codes], order: Sequence[str]) -> tuple[str, ...]:
    """Return the names of those that are several codes, all of them in use, and not all there are."""
    every = frozenset(order)
    return tuple(sorted(row_key(codes, order) for codes in found if len(codes) > 1 and codes < every))
