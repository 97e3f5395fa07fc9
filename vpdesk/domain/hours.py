"""Hours as they are written, on an invoice or in the work log, and the minutes that they may stand for."""

import re
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.errors import InvalidValueError

MINUTES: Final = 60
NO_HOURS: Final = "Vul uren in zoals ze zijn genoemd, bijvoorbeeld 12, 12,5 of 12:30."

NO_MINUTES: Final = "Vul de tijd in als minuten (45), uren en minuten (1:30) of uren met een komma (1,5)."
MOST_MINUTES: Final = 99 * MINUTES
TOO_LONG: Final = "Meer dan 99 uur op een dag kan niet kloppen. Er is niets bewaard. Kijk de tijd na."

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


@dataclass(frozen=True, slots=True)
class Rounded:
    """Minutes rounded to a step, and from how many to how many the exact number may be."""

    minutes: int
    least: int
    most: int


def rounded(minutes: int, step: int) -> Rounded:
    """Round to the nearest multiple of a step, halves up: 7 minutes over a quarter of an hour go, 8 count."""
    near = (2 * minutes + step) // (2 * step) * step
    least = near - step // 2
    return Rounded(near, max(0, least), least + step - 1)


def minutes_of(written: str) -> int:
    """Return how many minutes a written time is: *45* is minutes, *1:30* and *1,5* are hours.

    Raises:
        InvalidValueError: this is no time, none at all, or more than 99 hours.
    """
    text = written.strip()
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise InvalidValueError(NO_MINUTES)
    if found["sign"] is None:
        minutes = int(found[1])
    else:
        try:
            least, most = minutes_between(text)
        except InvalidValueError as error:
            raise InvalidValueError(NO_MINUTES) from error
        minutes = (least + most + 1) // 2
    if not minutes:
        raise InvalidValueError(NO_MINUTES)
    if minutes > MOST_MINUTES:
        raise InvalidValueError(TOO_LONG)
    return minutes


def as_clock(minutes: int) -> str:
    """Return `1:30`; with the point of thousands where there are so many: `1.204:00`."""
    hours, rest = divmod(minutes, MINUTES)
    return f"{hours:,}".replace(",", ".") + f":{rest:02d}"


def as_hours(minutes: int) -> str:
    """Return `12,5`, as an invoice has it; hours that no two decimals can say stand as `12:20`."""
    hundredths, rest = divmod(minutes * 100, MINUTES)
    if rest:
        return f"{minutes // MINUTES}:{minutes % MINUTES:02d}"
    whole, behind = divmod(hundredths, 100)
    return f"{whole},{behind:02d}".rstrip("0").rstrip(",")


def hours_of(written: str) -> int:
    """Return how many minutes hours are that were agreed on: *12* and *12,5* and *12:30* are all hours; none is 0.

    Raises:
        InvalidValueError: these are no hours.
    """
    if not written.strip():
        return 0
    least, most = minutes_between(written)
    return (least + most + 1) // 2 if least else 0
