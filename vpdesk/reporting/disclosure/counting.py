"""Which cases a name counts: a code, codes that share a row, or a cell of a two-way table."""

from collections.abc import Mapping

from vpdesk.domain import taxonomy
from vpdesk.domain.report_choices import codes_of, crossed_parts, crossing
from vpdesk.domain.statements import CaseFacts
from vpdesk.reporting.disclosure.protect import plain


def counts_in(fact: CaseFacts, dimension: str, code: str, dimensions: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether a case counts; a code that is in no list counts as onbekend.

    Raises:
        KeyError: its code in a dimension is not known.
    """
    sides, keys = crossed_parts(dimension), crossed_parts(code)
    if sides is not None and keys is not None:
        return all(counts_in(fact, side, key, dimensions) for side, key in zip(sides, keys, strict=True))
    own = fact.code(dimension)
    return (own if own in dimensions[plain(dimension)] else taxonomy.UNKNOWN.code) in codes_of(code)


def plain_name(dimension: str) -> str:
    """Return the name of a dimension, or of a two-way table, without days."""
    sides = crossed_parts(dimension)
    return plain(dimension) if sides is None else crossing(*(plain(side) for side in sides))
