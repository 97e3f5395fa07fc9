"""Words that the chapters of a report share: periods, editions, labels of codes, the user's text cut into blocks."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.clients import Client
from vpdesk.domain.periods import Period
from vpdesk.domain.report_chapters import NOTHING, Skipped
from vpdesk.domain.report_choices import codes_of
from vpdesk.domain.statements import Audience, undated
from vpdesk.domain.wording import joined, long_date
from vpdesk.reporting.document import Block, BulletList, Finding, Paragraph, Recommendation, Width

EDITIONS: Final = {
    Audience.WERKGEVER: ("Voor de werkgever", "Uitgave voor de werkgever"),
    Audience.OR: ("Voor de ondernemingsraad", "Uitgave voor de ondernemingsraad"),
    Audience.OPENBAAR: ("Openbare uitgave", "Openbare uitgave"),
}

WITH_STAFF: Final = ("Voor de werkgever en het personeel", "Uitgave voor de werkgever en het personeel")
"""What the edition for the employer is called where there is no works council."""

PHASES: Final = {
    "voorfase": "Voorfase",
    "meldingsfase": "Meldingsfase",
    "nafase": "Nafase",
    "onbekend": "Fase onbekend",
}

NO_UNITS: Final[Mapping[str, str]] = {}

ACTOR: Final = "Aan zet:"


@dataclass(frozen=True, slots=True)
class Context:
    """What every chapter needs beside the protected numbers; `units` are the names of units by code.

    `skipped` are the chapters that were left out.
    """

    client: Client
    period: Period
    audience: Audience
    texts: Mapping[str, str]
    findings: Mapping[str, str]
    threshold: int
    units: Mapping[str, str] = field(default_factory=dict)
    skipped: Skipped = NOTHING

    def text(self, key: str) -> str:
        """Return a standard text for this client and kind of period, with its braces filled."""
        for_period = f"{key}.periode"
        if not is_a_year(self.period) and for_period in self.texts:
            key = for_period
        k = self.threshold
        filled = self.texts[key]
        for name, value in (
            ("drempel", str(k)),
            ("dubbel", str(2 * k)),
            ("veel", str(6 * k)),
            ("wanneer", when(self.period)),
            ("dag", long_date(self.period.last)),
            ("opdrachtgever", self.texts["opdrachtgever"]),
        ):
            filled = filled.replace("{" + name + "}", value)
        return filled

    def finding(self, key: str) -> str:
        """Return what the user wrote for a chapter, stripped; empty when there is nothing."""
        return self.findings.get(key, "").strip()


def is_a_year(period: Period) -> bool:
    """Return whether the period is twelve whole months, in one calendar year or two."""
    first, last = period.first, period.last + timedelta(days=1)
    return first.day == last.day == 1 and (last.year - first.year) * 12 + last.month - first.month == 12  # noqa: PLR2004 - months


def in_words(period: Period) -> str:
    """Return `1 maart tot en met 30 juni 2025`, with the first year only where the two differ."""
    first, last = long_date(period.first), long_date(period.last)
    if period.first.year == period.last.year:
        first = first.removesuffix(f" {period.first.year}")
    return f"{first} tot en met {last}"


def when(period: Period) -> str:
    """Return `in 2025`, or the days for any other period, as they stand inside a sentence."""
    return f"in {period.first.year}" if period.is_calendar_year else f"van {in_words(period)}"


def opening(period: Period) -> str:
    """Return `when` with the capital of a sentence's first word."""
    words = when(period)
    return words[0].upper() + words[1:]


def kind_of_report(period: Period) -> str:
    """Return the first word of the title: a report on less or more than a year is no yearly one."""
    return "Jaarverslag" if is_a_year(period) else "Verslag"


def running_title(period: Period) -> str:
    """Return the title as it stands in headers, short for any period."""
    years = sorted({period.first.year, period.last.year})
    words = f"{kind_of_report(period)} vertrouwenspersoon"
    if not is_a_year(period) and len(years) == 1:
        last_day = calendar.monthrange(period.last.year, period.last.month)[1]
        whole = period.first.day == 1 and period.last.day == last_day
        return f"{words} {in_words(period) if not whole else _months(period.first, period.last)}"
    return f"{words} {'/'.join(str(year) for year in years)}"


def _months(first: date, last: date) -> str:
    start, end = long_date(first).split()[1], long_date(last).split()[1]
    return f"{start} {last.year}" if start == end else f"{start} tot en met {end} {last.year}"


def label(dimension: str, key: str, units: Mapping[str, str] = NO_UNITS) -> str:
    """Return how a row is printed: its code, or all that it counts together; `units` are names by code."""
    name = undated(dimension)
    first, *others = (_label(name, code, units) for code in named_in(dimension, key, units))
    if name == "onderdeel":
        return joined([first, *(lower(word) if word == taxonomy.UNKNOWN.shown else word for word in others)])
    return joined([first, *(lower(word) for word in others)])


def named_in(dimension: str, key: str, units: Mapping[str, str] = NO_UNITS) -> tuple[str, ...]:
    """Return the codes by which a row is called: of units those that were there in the period, if any was."""
    codes = codes_of(key)
    if undated(dimension) != "onderdeel":
        return codes
    return tuple(code for code in codes if units.get(code, code)) or codes


def spoken(dimension: str, key: str, units: Mapping[str, str] = NO_UNITS) -> str:
    """Return the label as it stands in a list with other rows: `pesten en discriminatie samen`."""
    return label(dimension, key, units) + (" samen" if len(named_in(dimension, key, units)) > 1 else "")


def lower(words: str) -> str:
    """Return words as they stand inside a sentence: without the capital, unless it is an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _label(name: str, code: str, units: Mapping[str, str]) -> str:
    """Return how a code is printed; one that no list has any more speaks for itself."""
    if name == "onderdeel":
        return taxonomy.UNKNOWN.shown if code == taxonomy.UNKNOWN.code else units.get(code) or code
    if name == "fase":
        return PHASES.get(code, code)
    if code == taxonomy.LOOPT_NOG:
        return "Loopt nog"
    codes = taxonomy.BY_NAME[name]
    return codes.label(code) if code in codes.codes else code


def percentage(part: int, whole: int) -> str:
    """Return a whole percentage without a space, halves up: 23%."""
    return f"{(200 * part + whole) // (2 * whole)}%"


def written(text: str, width: Width = Width.MAIN) -> tuple[Block, ...]:
    """Cut plain text into paragraphs (blank line) and bullet lists (lines that begin with a dash or bullet)."""
    blocks: list[Block] = []
    for part in _parts(text):
        lines = part.splitlines()
        points = tuple(line.lstrip("-•* ").strip() for line in lines)
        if all(line.startswith(("- ", "• ", "* ")) for line in lines):
            blocks.append(BulletList(points, width=width))
        else:
            blocks.append(Paragraph(" ".join(line.strip() for line in lines), width=width))
    return tuple(blocks)


def found(text: str, mark: str = "Wat mij opviel", width: Width = Width.MAIN) -> tuple[Block, ...]:
    """Return the user's words as a finding; nothing when nothing was written."""
    paragraphs = tuple(" ".join(line.strip() for line in part.splitlines()) for part in _parts(text))
    return (Finding(mark, paragraphs, width=width),) if paragraphs else ()


def recommendations(text: str) -> tuple[Block, ...]:
    """Return the points for attention: a title, a few lines, and `Aan zet: ...` make a recommendation."""
    blocks: list[Block] = []
    for part in _parts(text):
        lines = [line.strip() for line in part.splitlines()]
        if lines[-1].startswith(ACTOR) and len(lines) > 1:
            blocks.append(Recommendation(lines[0], " ".join(lines[1:-1]), lines[-1].removeprefix(ACTOR).strip()))
        else:
            blocks.extend(written(part))
    return tuple(blocks)


def _parts(text: str) -> list[str]:
    parts: list[str] = [""]
    for line in text.splitlines():
        if line.strip():
            parts[-1] += line.strip() + "\n"
        elif parts[-1]:
            parts.append("")
    return [part.strip() for part in parts if part.strip()]
