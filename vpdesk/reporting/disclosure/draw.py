"""The secret draw: in which order a line looks for cells to hide beside its small ones."""

import hashlib
import hmac

from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period


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
