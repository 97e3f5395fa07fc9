"""The years side by side: what earlier reports said, quoted as it stands in the ledger and never counted again.

A number of an earlier year is out already, and takes part in every audit; so the chapter tells nobody anything new. A
year of which no exact number was said is a gap, whatever the reason.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.report_chapters import NOTHING, Skippable, Skipped
from vpdesk.domain.report_choices import codes_of
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.domain.wording import joined, number
from vpdesk.reporting.chapters_chosen import is_large
from vpdesk.reporting.disclosure.result import ProtectedReport, ProtectedTable
from vpdesk.reporting.document import (
    HIDDEN,
    NOT_APPLICABLE,
    Bar,
    Block,
    Cell,
    Heading,
    Panel,
    Paragraph,
    Row,
    RowKind,
    Table,
    ThemeLines,
    Width,
    YearLine,
)
from vpdesk.reporting.figures import NAMES, Numbering
from vpdesk.reporting.report_words import Context, is_a_year, label, lower

MOST_YEARS: Final = 5
PANELS_FROM: Final = 6
"""From how many times the threshold of cases on themes stand side by side, as two-way tables do."""

_LONGEST_TEXT: Final = 900
_TO_SHOW: Final = 2
"""How many years must have a number before anything is drawn."""


@dataclass(frozen=True, slots=True)
class YearSaid:
    """What a report said of a year: its name, the number of cases where one was said, and those by theme."""

    name: str
    total: int | None = None
    themes: Mapping[str, int] = field(default_factory=dict)


def years_said(publications: Iterable[Publication], period: Period, audience: Audience) -> tuple[YearSaid, ...]:
    """Return what was said of the years before a yearly period, the first first; empty for any other period.

    Readers of an open report have seen open reports only. Of editions of one period the last that went out counts,
    one for the same readers before one for others.
    """
    if not is_a_year(period):
        return ()
    out = [p for p in publications if p.kind is Kind.VERSLAG and p.out and p.read_by(audience)]
    years = []
    for back in range(1, MOST_YEARS):
        year = period.years_before(back)
        editions = sorted((p for p in out if p.period == year), key=lambda p: (p.audience is audience, p.exported))
        years.append(said_of(editions[-1].statements, year) if editions else None)
    known = [n for n, said in enumerate(years) if said is not None]
    span = reversed(range(known[-1] + 1)) if known else ()
    return tuple(years[n] or YearSaid(_name(period.years_before(n + 1))) for n in span)


def quotes_of(
    protected: ProtectedReport, earlier: Sequence[YearSaid], period: Period, skipped: Skipped = NOTHING
) -> tuple[Statement, ...]:
    """Return the numbers of earlier years that a report prints, the first year first; `earlier` as `years_said`.

    `protected` is the report as it is printed without the chapters that are `skipped`.
    """
    return tuple(
        Statement(Of.CASES, box, period.years_before(back), number, number)
        for back, year in zip(range(len(earlier), 0, -1), _shown(protected, earlier, period, skipped), strict=False)
        for box, number in ((Box(), year.total), *((Box.of(thema=code), n) for code, n in year.themes.items()))
        if number is not None
    )


def said_of(statements: Iterable[Statement], year: Period) -> YearSaid:
    """Return the exact numbers of cases, in all and by theme, among statements of a year."""
    exact = [s for s in statements if s.of is Of.CASES and s.period == year and s.minimum == s.maximum]
    total = next((s.minimum for s in exact if s.box == Box()), None)
    themes = {}
    for s in exact:
        if [name for name, _ in s.box.where] == ["thema"] and len(s.box.where[0][1]) == 1:
            themes[s.box.where[0][1][0]] = s.minimum
    return YearSaid(_name(year), total, themes)


def _name(year: Period) -> str:
    return str(year.first.year) if year.is_calendar_year else f"{year.first.year}/{year.last.year % 100:02d}"


def trend_blocks(
    protected: ProtectedReport, earlier: Sequence[YearSaid], numbering: Numbering, about: Context
) -> tuple[Block, ...]:
    """Return the figures and the table of the years; nothing with fewer than two years that have a number."""
    years = _shown(protected, earlier, about.period, about.skipped)
    if not years:
        return ()
    blocks: list[Block] = [_line(years, numbering, about)]
    if _side_by_side(years):
        blocks += _by_theme(years, _codes(protected), numbering, about)
    words = _in_words(years)
    if words:
        blocks += [Heading("Wat de jaren laten zien"), Paragraph(words)]
    return tuple(blocks)


def _shown(
    protected: ProtectedReport, earlier: Sequence[YearSaid], period: Period, skipped: Skipped
) -> tuple[YearSaid, ...]:
    """Return the years as a report shows them, its own the last; none where it shows no years.

    Themes are those of the table in which they stand side by side, and none where there is no such table.
    """
    years = (*earlier, _this_year(protected, period))
    has_chapter = is_large(protected, skipped) and Skippable.SIGNALEN not in skipped
    if not has_chapter or sum(year.total is not None for year in years) < _TO_SHOW or not earlier:
        return ()
    total, codes = years[-1].total, _codes(protected)
    if total is None or total < PANELS_FROM * protected.threshold:
        codes = ()
    kept = [replace(y, themes={code: y.themes[code] for code in codes if code in y.themes}) for y in years]
    return tuple(kept if _side_by_side(kept) else (replace(year, themes={}) for year in kept))


def _side_by_side(years: Sequence[YearSaid]) -> set[str]:
    """Return the themes that two years or more name."""
    named = Counter(code for year in years for code in year.themes)
    return {code for code, number in named.items() if number >= _TO_SHOW}


def _this_year(protected: ProtectedReport, year: Period) -> YearSaid:
    total, themes = protected.total, _themes(protected)
    rows = () if themes is None else themes.rows
    counts = {key: value for key, value in rows if isinstance(value, int) and codes_of(key) == (key,)}
    return YearSaid(_name(year), total.minimum if total is not None and total.exact else None, counts)


def _themes(protected: ProtectedReport) -> ProtectedTable | None:
    return next((table for table in protected.tables if table.dimension == "thema"), None)


def _codes(protected: ProtectedReport) -> tuple[str, ...]:
    """Return the codes of the themes in the order of their list; none where the report has no table of them."""
    themes = _themes(protected)
    return () if themes is None else tuple(code for key, _ in themes.rows for code in codes_of(key))


def _line(years: Sequence[YearSaid], numbering: Numbering, about: Context) -> YearLine:
    points = tuple(Bar(year.name, year.total) for year in years)
    gaps = [year.name for year in years if year.total is None]
    note = about.text("noot.jaren")
    if gaps:
        note += f" Over {joined(gaps)} noemen wij geen aantal. De lijn is daar onderbroken."
    said = ", ".join(f"{point.label}: {_spoken(point.value)}" for point in points)
    alt = f"Lijndiagram: casussen per jaar. {said}."
    alt += " De lijn is onderbroken waar een jaar niet is genoemd." if gaps else ""
    return YearLine(numbering.figure(_message(years)), points, note, alt, "Jaar")


def _message(years: Sequence[YearSaid]) -> str:
    totals = [year.total for year in years]
    values = [value for value in totals if value is not None]
    if len(values) == len(totals) and all(a < b for a, b in itertools.pairwise(values)):
        return "Het aantal casussen groeit ieder jaar" if len(values) > _TO_SHOW else "Casussen per jaar"
    return "Casussen per jaar"


def _in_words(years: Sequence[YearSaid]) -> str:
    """Return the comparison of this year with the one before, where both are said; a rise is not bad by itself."""
    before, now = years[-2], years[-1]
    if before.total is None or now.total is None:
        return ""
    if before.total == now.total:
        return f"In {now.name} waren er evenveel casussen als in {before.name}: {number(now.total)}."
    went = (
        f"Het aantal casussen ging van {number(before.total)} in {before.name} naar {number(now.total)} in {now.name}."
    )
    rose = now.total > before.total
    return went + (
        " Dat betekent niet vanzelf dat er meer misging." if rose else " Dat betekent niet vanzelf dat het beter gaat."
    )


def _by_theme(years: Sequence[YearSaid], codes: tuple[str, ...], numbering: Numbering, about: Context) -> list[Block]:
    shown = [code for code in codes if code in _side_by_side(years)]
    caption = numbering.figure("Casussen per jaar naar thema")
    table = _table(years, codes, numbering, about)
    panels = tuple(
        Panel(label("thema", code), tuple(Bar(year.name, year.themes.get(code)) for year in years)) for code in shown
    )
    alt = _panels_alt(panels, table.caption.label)
    return [ThemeLines(caption, panels, about.text("noot.panelen"), alt), table]


def _panels_alt(panels: tuple[Panel, ...], table: str) -> str:
    start = "Kleine lijndiagrammen: casussen per jaar naar thema."
    parts = [
        f"{panel.title}: {', '.join(f'{point.label} {_spoken(point.value)}' for point in panel.points)}."
        for panel in panels
    ]
    whole = " ".join([start, *parts])
    if len(whole) <= _LONGEST_TEXT:
        return whole
    names = joined([lower(panel.title) for panel in panels])
    return f"{start} Getekend zijn {names}. Alle getallen staan in {table.lower()}."


def _spoken(value: int | None) -> str:
    return "niet genoemd" if value is None else number(value)


def _table(years: Sequence[YearSaid], codes: tuple[str, ...], numbering: Numbering, about: Context) -> Table:
    rows = [Row((label("thema", code), *(_cell(year.themes.get(code)) for year in years))) for code in codes]
    rest = [None if year.total is None else year.total - sum(year.themes.values()) for year in years]
    if any(rest):
        together = (_cell(value) if value != 0 else NOT_APPLICABLE for value in rest)
        rows.append(Row((NAMES["thema"][2], *together), RowKind.COMBINED))
    rows.append(Row(("Alle casussen", *(_cell(year.total) for year in years)), RowKind.TOTAL))
    title = numbering.table("Casussen naar hoofdthema, de jaren naast elkaar")
    header = (NAMES["thema"][1], *(year.name for year in years))
    return Table(title, header, tuple(rows), width=Width.WIDE, note=about.text("noot.jaren.thema"))


def _cell(value: int | None) -> Cell:
    return HIDDEN if value is None else value
