"""Hours as they are written on an invoice, and the minutes that they may stand for."""

import re
from typing import Final

from vpdesk.domain.errors import InvalidValueError

MINUTES: Final = 60
NO_HOURS: Final = "Vul uren in zoals ze zijn genoemd, bijvoorbeeld 12, 12,5 of 12:30."

_WRITTEN: Final = re.compile(r"(\d{1,9})(?:(?P<sign>[.,:])(\d{1,2}))?", re.ASCII)


def minutes_between(written: str) -> tuple[int, int]:
    """Return from how many to how many minutes written hours may be: a rounded number is not exact.

    *12:30* is 750 minutes; *12,5* is all that rounds to it, 747 to 753; *12* is 690 to 750.

    Raises:
        InvalidValueError: these are no hours.
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise InvalidValueError(NO_HOURS)
    whole, behind = found[1], found[3] or ""
    if found["sign"] == ":":
        if len(behind) != len("30") or int(behind) >= MINUTES:
            raise InvalidValueError(NO_HOURS)
        exact = int(whole) * MINUTES + int(behind)
        return exact, exact
    twice = 2 * 10 ** len(behind)  # halves of the last digit, so that all stays whole
    middle = 2 * int(whole + behind)
    least, most = -(-(middle - 1) * MINUTES // twice), (middle + 1) * MINUTES // twice
    least, most = sorted((least, most))  # 12,34 holds no whole minute: then the two around it
    return max(0, least), most
