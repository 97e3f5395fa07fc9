"""Dutch wording shared by the window, the command line and the report: dates, numbers, nouns."""

from datetime import date, datetime
from typing import Final

MONTHS: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
SHORT_MONTHS: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MEGABYTE: Final = 1_000_000
PRACTICE: Final = "Oefenkluis: alles hier is verzonnen"
DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SHORT_DAYS: Final = ("ma", "di", "wo", "do", "vr", "za", "zo")


def long_date(day: date) -> str:
    """Return `17 september 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_date(day: date) -> str:
    """Return `Donderdag 17 september 2026`, for the head of a page."""
    return f"{DAYS[day.weekday()].capitalize()} {long_date(day)}"


def short_date(day: date, today: date) -> str:
    """Return `vandaag`, `gisteren`, `do 17 sep`, with the year only where it differs from today's."""
    distance = (today - day).days
    if distance == 0:
        return "vandaag"
    if distance == 1:
        return "gisteren"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{SHORT_DAYS[day.weekday()]} {day.day} {SHORT_MONTHS[day.month - 1]}{year}"


def moment(when: datetime, today: date) -> str:
    """Return `vandaag 14:30`, `gisteren 16:42` or `do 17 sep 09:05`."""
    return f"{short_date(when.date(), today)} {when:%H:%M}"


def number(value: int) -> str:
    """Return a whole number the Dutch way: 1.204."""
    return f"{value:,}".replace(",", ".")


def size(count: int) -> str:
    """Return a number of bytes as `12 kB`, `340 MB` or `1,5 GB`."""
    if count < _MEGABYTE:
        return f"{max(1, round(count / 1000))} kB"
    if count < 1000 * _MEGABYTE:
        return f"{round(count / _MEGABYTE)} MB"
    return f"{count / _MEGABYTE / 1000:.1f}".replace(".", ",").removesuffix(",0") + " GB"


def counted(value: int, one: str, more: str) -> str:
    """Return `1 dag` or `3 dagen`."""
    return f"{number(value)} {one if value == 1 else more}"


def shortened(text: str, letters: int) -> str:
    """Return a text of at most so many letters, with three dots at its end where it was longer."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def joined(words: list[str]) -> str:
    """Return `a, b en c`."""
    return " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
