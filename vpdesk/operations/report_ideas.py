"""What would let a report say more: rows counted together, or a longer period; from what is published only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.periods import Period, reporting_year_of
from vpdesk.domain.report_choices import ReportChoices, Row, codes_of, key_of
from vpdesk.domain.wording import joined
from vpdesk.reporting.report_words import NO_UNITS, label, lower

MOST_NAMED: Final = 3
LONGEST_NAMED: Final = 24
"""How many labels, of how many characters, fit on a button; more rows are counted."""

ENOUGH_TO_HALVE: Final = 4
THEME_GROUPS: Final = (
    ("ongewenste omgangsvormen", taxonomy.OMGANGSVORMEN),
    ("integriteit", taxonomy.INTEGRITEIT),
    ("buiten het werkterrein", taxonomy.BUITEN),
)


@dataclass(frozen=True, slots=True)
class Idea:
    """Something to try, in the words of its button: rows of the table `dimension` together, or another period."""

    words: str
    dimension: str = ""
    rows: tuple[Row, ...] = ()
    period: Period | None = None


def merges(
    dimension: str,
    dashes: Sequence[str],
    codes: Sequence[str],
    choices: ReportChoices,
    units: Mapping[str, str] = NO_UNITS,
) -> tuple[Idea, ...]:
    """Return which rows could be counted together, given which rows show a dash; none stand in a table left out.

    `dashes` are the names of rows, and `codes` those of the dimension in their order; `units` are names by code.
    """
    now = choices.rows(dimension, codes)
    hidden = [codes_of(row) for row in dashes]
    if not hidden:
        return _by_group(dimension, [(code,) for code in codes], now, "Neem de thema’s per groep samen")
    found = _by_group(dimension, hidden, now, "Neem de streepjes per groep samen")
    if found:
        return found
    if len(hidden) >= ENOUGH_TO_HALVE:
        half = (len(hidden) + 1) // 2
        return _idea(f"Maak van {len(hidden)} streepjes 2 rijen", dimension, (hidden[:half], hidden[half:]), now)
    return _idea(f"Neem {_named(dimension, hidden, units)} samen", dimension, (hidden,), now)


def apart(dimension: str, choices: ReportChoices) -> tuple[Idea, ...]:
    """Return the way back for a table in which rows are counted together."""
    return (Idea("Zet alle rijen weer apart", dimension),) if choices.grouped.get(dimension) else ()


def longer(period: Period, starts_in: int) -> tuple[Idea, ...]:
    """Return the reporting year around a shorter period, or two reporting years for one; `starts_in` is their month."""
    year = reporting_year_of(period.last, starts_in)
    before = reporting_year_of(year.first - timedelta(days=1), starts_in)
    if year.first <= period.first and period != year:
        return (Idea(f"Probeer heel {_years(year)}", period=year),)
    if period == year:
        return (Idea(f"Probeer {_years(before)} en {_years(year)} samen", period=Period(before.first, year.last)),)
    return ()


def with_rows(choices: ReportChoices, dimension: str, rows: Sequence[Row]) -> ReportChoices:
    """Return the choices with these rows of a dimension counted together, and its other rows as they were.

    Without rows all codes of the dimension get a row of their own again.
    """
    taken = {code for row in rows for code in row}
    kept = [row for row in choices.grouped.get(dimension, ()) if rows and not taken & set(row)]
    grouped: Mapping[str, tuple[Row, ...]] = {**choices.grouped, dimension: (*kept, *(tuple(row) for row in rows))}
    return ReportChoices({name: found for name, found in grouped.items() if found}, choices.crossed)


def row_label(dimension: str, row: Row, units: Mapping[str, str] = NO_UNITS) -> str:
    """Return the label of a row: of its code, or of all that it counts; `units` are names by code."""
    return label(dimension, key_of(row), units)


def _by_group(dimension: str, rows: Sequence[Row], now: Sequence[Row], words: str) -> tuple[Idea, ...]:
    if dimension != "thema":
        return ()
    groups = [[row for row in rows if set(row) <= codes] for _, codes in THEME_GROUPS]
    return _idea(words, dimension, [group for group in groups if len(group) > 1], now)


def _idea(words: str, dimension: str, groups: Sequence[Sequence[Row]], now: Sequence[Row]) -> tuple[Idea, ...]:
    """Return the idea to count the rows of each group together; nothing when they are already."""
    rows = tuple(tuple(code for row in group for code in row) for group in groups if len(group) > 1)
    return (Idea(words, dimension, rows),) if rows and not set(rows) <= set(now) else ()


def _named(dimension: str, rows: Sequence[Row], units: Mapping[str, str]) -> str:
    words = [label(dimension, code, units) for row in rows for code in row]
    names = [word if dimension == "onderdeel" else lower(word) for word in words]
    if len(names) <= MOST_NAMED and all(len(name) <= LONGEST_NAMED for name in names):
        return joined(names)
    return f"de {len(rows)} rijen met een streepje"


def _years(year: Period) -> str:
    return str(year.first.year) if year.is_calendar_year else f"{year.first.year}-{year.last.year}"
