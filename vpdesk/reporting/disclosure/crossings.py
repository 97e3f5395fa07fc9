"""What one-way tables force about two dimensions together: how many of a recognisable group share something delicate.

Lemma G of the method page: a small crossing of numbers that passed the audit keeps a width of the threshold or more, so
only the forced minimum is looked at here.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from vpdesk.domain.report_choices import codes_of
from vpdesk.domain.statements import CaseFacts
from vpdesk.reporting.disclosure.block import Region
from vpdesk.reporting.disclosure.bounds import bounds, provable
from vpdesk.reporting.disclosure.definitions import IDENTIFYING, SENSITIVE
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.protect import plain
from vpdesk.reporting.disclosure.widths import LEAST_SHARE

Crossing = tuple[str, str, str, str, Region]
"""Identifying dimension and code, sensitive dimension and code, and the segments of time."""


def forced(group: int, delicate: int, total: int) -> int:
    """Return how many of the total are in both at the very least."""
    return max(0, group + delicate - total)


def tells(group: int, delicate: int, total: int, threshold: int) -> bool:
    """Return whether a small crossing would be forced to more than a quarter of the group."""
    both = forced(group, delicate, total)
    return both < threshold and LEAST_SHARE * both > group


def told(reader: Reader, facts: Sequence[CaseFacts], threshold: int) -> frozenset[Crossing]:
    """Return the crossings that are small, as far as is known, and of which too much is forced.

    An employer knows how many cases each part of the organisation had, whether they are published or not.
    """
    found = set()
    for region, known in _known(reader).items():
        total = known.pop(("", ""), None)
        if total is None:
            continue
        inside = [f for f in facts if any(f.opened in reader.segments[i] for i in region)]
        groups = {key: n for key, n in known.items() if plain(key[0]) in IDENTIFYING} | dict(_units(reader, inside))
        delicate = {key: n for key, n in known.items() if plain(key[0]) in SENSITIVE}
        for (group, of_group), (other, of_other) in product(groups.items(), delicate.items()):
            if tells(of_group, of_other, total, threshold) and _count(inside, group, other) < threshold:
                found.add((*group, *other, region))
    return frozenset(found)


def _known(reader: Reader) -> dict[Region, dict[tuple[str, str], int]]:
    """Return for each stretch of time the numbers that follow exactly from the statements, row by row."""
    found: dict[Region, dict[tuple[str, str], int]] = {}
    for block in reader.blocks(strict=False):
        exact = provable(block, *bounds(block))
        for target in block.targets:
            least, most = exact(target.spread)
            if least == most and not target.widened:
                found.setdefault(target.region, {})[target.dimension, target.code] = least
    return found


def _units(reader: Reader, inside: Sequence[CaseFacts]) -> Iterator[tuple[tuple[str, str], int]]:
    for code in reader.dimensions.get("onderdeel", ()):
        number = sum(fact.codes.get("onderdeel") == code for fact in inside)
        if number and len(reader.dimensions["onderdeel"]) > 1:
            yield ("onderdeel", code), number


def _count(facts: Sequence[CaseFacts], *keys: tuple[str, str]) -> int:
    """Return how many cases have both codes; a case of which that is not known does not count."""

    def has(fact: CaseFacts, name: str, code: str) -> bool:
        try:
            return fact.code(name) in codes_of(code)
        except KeyError:
            return False

    return sum(all(has(fact, *key) for key in keys) for fact in facts)
