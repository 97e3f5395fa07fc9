"""The secret draw: in which order a line looks for cells to hide beside its small ones."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period

SPARED: Final = 8
CHEAP: Final = 1 << 10
DEAR: Final = 1 << 18
"""A weight is from DEAR to twice that; up to CHEAP for a cell that was hidden before, of which 256 cost no more."""


def reporting_year(period: Period, year_starts_in: int = 1) -> int:
    """Return the year in which the reporting year of the period's last day began."""
    return period.last.year - (1 if period.last.month < year_starts_in else 0)


def drawn_order(key: bytes, client: ClientId, dimension: str, year: int, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of a plain dimension in drawn order: one order per client, dimension and reporting year.

    The order hangs on the key and on names only, never on a count, and each code has its own place, so that a code
    that is added later does not shuffle the others.
    """

    def place(code: str) -> bytes:
        message = "\x1f".join((str(client), dimension, str(year), code)).encode()
        return hmac.new(key, message, hashlib.sha256).digest()

    return tuple(sorted(codes, key=place))


def drawn_weights(
    key: bytes, client: ClientId, table: tuple[str, str], period: Period, cells: Mapping[str, bool]
) -> dict[str, int]:
    """Return what hiding each cell of a two-way table costs, drawn by the names of its cells and never by a count.

    `cells` tells of each whether it was hidden before: those come first, all of them together costing less than one
    other. One cell in SPARED costs less than nothing, and is hidden without a reason where that protects. Each period
    has weights of its own.
    """

    def weight(cell: str) -> int:
        message = "\x1d".join(("kruistabel", str(client), *table, period.code(), cell)).encode()
        drawn = int.from_bytes(hmac.new(key, message, hashlib.sha256).digest()[:8])
        sign, size = drawn % SPARED, drawn // SPARED % DEAR
        if sign == 0:
            return -(DEAR + size)
        return 1 + size % CHEAP if cells[cell] else DEAR + size

    return {cell: weight(cell) for cell in cells}
