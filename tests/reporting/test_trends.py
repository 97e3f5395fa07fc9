"""The years side by side: only what is out, as it was said, with a gap for every year that said nothing exact."""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import report_kit as kit
from vpdesk.domain import taxonomy
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.report_choices import key_of
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting import document as doc
from vpdesk.reporting import pdf, year_charts
from vpdesk.reporting.document_file import document_text
from vpdesk.reporting.statements import Level, ProtectedReport
from vpdesk.reporting.trends import YearSaid, quotes_of, said_of, years_said
from vpdesk.store.quotes_before import quotes_in

YEAR: Final = Period.year(2025)
SIXTY_TWO: Final = kit.protected(Level.EENRIJ, 62, kit.sixty_two(), talks=150)
EIGHTEEN: Final = kit.protected(Level.EENRIJ, 18, kit.eighteen(), talks=40)
GAP: Final = (YearSaid("2021"), YearSaid("2022", 9), YearSaid("2023", 14), YearSaid("2024", 12))


def publication(
    period: Period, *said: Statement, audience: Audience = Audience.WERKGEVER, on: int = 1, **changed: object
) -> Publication:
    made = Publication(
        id=PublicationId(on),
        client=ClientId(1),
        period=period,
        audience=audience,
        exported=datetime(2026, 1, on),  # noqa: DTZ001 - the laptop's local time
        threshold=5,
        statements=said,
        pattern=(),
        sha256="",
        pdf=b"%PDF",
        title="",
        author="",
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def cases(period: Period, least: int, most: int | None = None, **where: str | tuple[str, ...]) -> Statement:
    named = {name: (codes,) if isinstance(codes, str) else tuple(sorted(codes)) for name, codes in where.items()}
    box = Box(tuple(sorted(named.items())))
    return Statement(Of.CASES, box, period, least, least if most is None else most)


def year(number: int) -> Period:
    return Period.year(number)


def blocks(document: doc.Document) -> dict[type, list[doc.Block]]:
    chapter = next((one for one in document.chapters if one.title == "Signalen en trends"), None)
    found: dict[type, list[doc.Block]] = {}
    for block in chapter.blocks if chapter else ():
        found.setdefault(type(block), []).append(block)
    return found


def the_line(document: doc.Document) -> doc.YearLine:
    (line,) = blocks(document)[doc.YearLine]
    assert isinstance(line, doc.YearLine)
    return line


def test_exact_numbers_of_that_year_alone_are_what_was_said() -> None:
    said = said_of(
        (
            cases(year(2024), 20),
            cases(year(2024), 6, thema="pesten"),
            cases(year(2024), 14, thema=("intimidatie", "discriminatie")),
            cases(year(2024), 3, 9, thema="corruptie"),
            cases(year(2024), 7, thema="fraude", rol="melder"),
            cases(year(2024), 8, rol="melder"),
            cases(year(2023), 99),
            Statement(Of.TALKS, Box(), year(2024), 50, 50),
        ),
        year(2024),
    )
    assert said == YearSaid("2024", 20, {"pesten": 6})


def test_an_interval_is_not_a_number() -> None:
    assert said_of((cases(year(2024), 10, 14),), year(2024)) == YearSaid("2024")


def test_the_years_begin_with_the_first_that_had_a_report_and_a_year_without_is_a_gap() -> None:
    out = [publication(year(2022), cases(year(2022), 9)), publication(year(2024), cases(year(2024), 12))]
    said = years_said(out, YEAR, Audience.WERKGEVER)
    assert [(one.name, one.total) for one in said] == [("2022", 9), ("2023", None), ("2024", 12)]
    assert years_said([], YEAR, Audience.WERKGEVER) == ()


def test_at_most_five_years_stand_side_by_side() -> None:
    out = [publication(year(n), cases(year(n), 10)) for n in range(2015, 2025)]
    assert [one.name for one in years_said(out, YEAR, Audience.OR)] == ["2021", "2022", "2023", "2024"]


def test_letters_what_never_left_and_other_periods_are_no_years() -> None:
    last = year(2024)
    out = [
        publication(last, cases(last, 8), kind=Kind.BRIEF),
        publication(last, cases(last, 9), never_sent="Bleef een concept."),
        publication(Period(date(2024, 1, 1), date(2024, 6, 30)), cases(last, 11)),
    ]
    assert years_said(out, YEAR, Audience.WERKGEVER) == ()


def test_the_edition_for_the_same_readers_counts_and_the_last_of_those() -> None:
    last = year(2024)
    out = [
        publication(last, cases(last, 7), audience=Audience.OR, on=9),
        publication(last, cases(last, 8), on=2),
        publication(last, cases(last, 9), on=5, revision=1),
    ]
    (said,) = years_said(out, YEAR, Audience.WERKGEVER)
    assert said.total == 9
    (said,) = years_said(out, YEAR, Audience.OR)
    assert said.total == 7


def test_an_open_report_quotes_open_reports_only() -> None:
    last = year(2024)
    out = [publication(last, cases(last, 12)), publication(last, cases(last, 10, 20), audience=Audience.OPENBAAR)]
    assert [one.total for one in years_said(out, YEAR, Audience.OPENBAAR)] == [None]
    assert years_said(out[:1], YEAR, Audience.OPENBAAR) == ()
    assert [one.total for one in years_said(out, YEAR, Audience.WERKGEVER)] == [12]


def test_a_reporting_year_in_two_calendar_years_is_named_by_both_and_ends_on_the_last_of_february() -> None:
    this = Period(date(2024, 3, 1), date(2025, 2, 28))
    before = Period(date(2023, 3, 1), date(2024, 2, 29))
    (said,) = years_said([publication(before, cases(before, 12))], this, Audience.WERKGEVER)
    assert said == YearSaid("2023/24", 12)


def test_half_a_year_has_no_trend() -> None:
    half = Period(date(2025, 1, 1), date(2025, 6, 30))
    out = [publication(year(2024), cases(year(2024), 12))]
    assert years_said(out, half, Audience.WERKGEVER) == ()


def test_a_report_alone_and_one_with_a_single_number_draw_nothing() -> None:
    assert doc.YearLine not in blocks(kit.document(EIGHTEEN))
    assert doc.YearLine not in blocks(kit.document(EIGHTEEN, earlier=(YearSaid("2024"),)))
    without = kit.document(EIGHTEEN, earlier=(YearSaid("2024"),), findings={})
    assert "Signalen en trends" not in [chapter.title for chapter in without.chapters]


@pytest.mark.parametrize("level", [Level.GEEN_GETALLEN, Level.INTERVAL, Level.TOTAAL])
def test_below_twice_the_threshold_there_are_no_years(level: Level) -> None:
    document = kit.document(kit.protected(level, 7), earlier=kit.four_years())
    assert doc.YearLine not in blocks(document)
    if level is Level.GEEN_GETALLEN:
        assert document == kit.document(kit.protected(level, 7))


def test_the_line_names_its_gap_and_does_not_cross_it() -> None:
    line = the_line(kit.document(EIGHTEEN, earlier=GAP))
    assert [(point.label, point.value) for point in line.points] == [
        ("2021", None),
        ("2022", 9),
        ("2023", 14),
        ("2024", 12),
        ("2025", 18),
    ]
    assert line.caption.title == "Casussen per jaar"
    assert line.alt == (
        "Lijndiagram: casussen per jaar. 2021: niet genoemd, 2022: 9, 2023: 14, 2024: 12, 2025: 18. De lijn is "
        "onderbroken waar een jaar niet is genoemd."
    )
    assert "Over 2021 noemen wij geen aantal. De lijn is daar onderbroken." in line.note


def test_a_title_tells_what_the_numbers_tell() -> None:
    assert the_line(kit.document(SIXTY_TWO, earlier=kit.four_years())).caption.title == (
        "Het aantal casussen groeit ieder jaar"
    )
    fell = (*kit.four_years()[:3], YearSaid("2024", 70))
    assert the_line(kit.document(SIXTY_TWO, earlier=fell)).caption.title == "Casussen per jaar"
    two = the_line(kit.document(SIXTY_TWO, earlier=kit.four_years()[-1:]))
    assert two.caption.title == "Casussen per jaar"


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (55, "ging van 55 in 2024 naar 62 in 2025. Dat betekent niet vanzelf dat er meer misging."),
        (70, "ging van 70 in 2024 naar 62 in 2025. Dat betekent niet vanzelf dat het beter gaat."),
        (62, "In 2025 waren er evenveel casussen als in 2024: 62."),
    ],
)
def test_a_rise_is_not_bad_and_a_fall_not_good(before: int, words: str) -> None:
    document = kit.document(SIXTY_TWO, earlier=(YearSaid("2024", before),))
    assert any(isinstance(b, doc.Paragraph) and words in b.text for b in blocks(document)[doc.Paragraph])


def test_no_comparison_reaches_over_a_gap() -> None:
    document = kit.document(SIXTY_TWO, earlier=(YearSaid("2023", 40), YearSaid("2024")))
    assert doc.Paragraph not in blocks(document)


def test_themes_stand_side_by_side_where_two_years_name_them() -> None:
    found = blocks(kit.document(SIXTY_TWO, earlier=kit.four_years()))
    (lines,), (table,) = found[doc.ThemeLines], found[doc.Table]
    assert isinstance(lines, doc.ThemeLines)
    assert isinstance(table, doc.Table)
    assert [panel.title for panel in lines.panels] == [
        "Pesten",
        "Intimidatie",
        "Seksuele intimidatie",
        "Agressie en geweld",
        "Arbeidsconflict of rechtspositie",
    ]
    assert table.header == ("Hoofdthema", "2021", "2022", "2023", "2024", "2025")
    rows = {row.cells[0]: row.cells[1:] for row in table.rows}
    assert rows["Pesten"] == (6, 7, doc.HIDDEN, 9, 11)
    assert rows["Overige thema’s samen"] == (11, 9, 13, 13, 12)
    assert rows["Alle casussen"] == (34, 41, 47, 55, 62)
    assert len(table.rows) == len(taxonomy.THEMA.codes) + 2
    for column in range(5):
        told = [value for cells in rows.values() for value in cells[column : column + 1] if isinstance(value, int)]
        assert sum(told) == 2 * told[-1], "what stands in a column adds up to its last row"


def test_below_six_times_the_threshold_there_is_a_line_only() -> None:
    found = blocks(kit.document(EIGHTEEN, earlier=kit.four_years()))
    assert doc.ThemeLines not in found
    assert doc.Table not in found


def test_themes_that_no_two_years_name_are_not_drawn_and_a_report_without_them_neither() -> None:
    alone = tuple(YearSaid(one.name, one.total) for one in kit.four_years())
    assert doc.ThemeLines not in blocks(kit.document(SIXTY_TWO, earlier=alone))
    without = replace(SIXTY_TWO, tables=SIXTY_TWO.tables[1:])
    assert doc.ThemeLines not in blocks(kit.document(without, earlier=kit.four_years()))


def test_rows_that_count_several_themes_are_no_theme() -> None:
    first, *others = SIXTY_TWO.tables
    rows = (
        ("pesten", 11),
        (key_of(("intimidatie", "discriminatie")), 20),
        *((code, None) for code in taxonomy.THEMA.codes[5:]),
    )
    report = replace(SIXTY_TWO, tables=(replace(first, rows=rows), *others))
    (table,) = blocks(kit.document(report, earlier=kit.four_years()))[doc.Table]
    assert isinstance(table, doc.Table)
    cells = {row.cells[0]: row.cells[-1] for row in table.rows}
    assert cells["Intimidatie"] is doc.HIDDEN
    assert cells["Overige thema’s samen"] == 51


def test_a_year_in_which_all_is_told_has_nothing_left_over() -> None:
    (table,) = blocks(
        kit.document(SIXTY_TWO, earlier=(YearSaid("2023", 15, {"pesten": 15}), YearSaid("2024", 20, {"pesten": 8})))
    )[doc.Table]
    assert isinstance(table, doc.Table)
    together = next(row for row in table.rows if row.kind is doc.RowKind.COMBINED)
    assert together.cells[1:] == (doc.NOT_APPLICABLE, 12, 12)


def test_where_every_year_tells_all_no_row_adds_up_the_rest() -> None:
    first, *others = SIXTY_TWO.tables
    report = replace(SIXTY_TWO, tables=(replace(first, rows=(("pesten", 50), ("fraude", 12))), *others))
    earlier = (YearSaid("2024", 20, {"pesten": 12, "fraude": 8}),)
    (table,) = blocks(kit.document(report, earlier=earlier))[doc.Table]
    assert isinstance(table, doc.Table)
    assert [row.cells for row in table.rows] == [("Pesten", 12, 50), ("Fraude", 8, 12), ("Alle casussen", 20, 62)]


def test_a_text_that_would_be_too_long_points_to_the_table() -> None:
    codes = [code for code in taxonomy.THEMA.codes if code != "onbekend"]
    themes = dict.fromkeys(codes, 5)
    many = {"thema": kit.table("thema", taxonomy.THEMA.codes, themes, 120)}
    report = kit.protected(Level.EENRIJ, 120, tuple(many.values()))
    earlier = tuple(YearSaid(name, 120, themes) for name in ("2021", "2022", "2023", "2024"))
    (lines,) = blocks(kit.document(report, earlier=earlier))[doc.ThemeLines]
    assert isinstance(lines, doc.ThemeLines)
    assert len(lines.alt) <= 900
    assert re.search(r"Alle getallen staan in tabel \d+\.$", lines.alt)
    assert pdf.render(kit.document(report, earlier=earlier))


@pytest.mark.parametrize(
    ("report", "earlier", "quoted"),
    [
        (SIXTY_TWO, kit.four_years(), 4 + 3 + 4 + 4 + 4),
        (SIXTY_TWO, (YearSaid("2024", 55, {"fraude": 5}),), 1),
        (SIXTY_TWO, (YearSaid("2024", 55, {"agressie en geweld": 8, "fraude": 5}),), 3),
        (SIXTY_TWO, (YearSaid("2024", None, {"pesten": 9}),), 0),
        (SIXTY_TWO, (YearSaid("2023", 40), YearSaid("2024", None, {"pesten": 9})), 2),
        (EIGHTEEN, GAP, 3),
        (EIGHTEEN, kit.four_years(), 4),
        (EIGHTEEN, (), 0),
        (kit.protected(Level.TOTAAL, 7), kit.four_years(), 0),
        (kit.protected(Level.GEEN_GETALLEN), kit.four_years(), 0),
        (replace(SIXTY_TWO, tables=SIXTY_TWO.tables[1:]), kit.four_years(), 4),
    ],
)
def test_what_a_report_quotes_is_what_its_chapter_prints(
    report: ProtectedReport, earlier: tuple[YearSaid, ...], quoted: int
) -> None:
    quotes = quotes_of(report, earlier, YEAR)
    assert len(quotes) == quoted
    assert quotes == quotes_in(document_text(kit.document(report, earlier=earlier)), YEAR)
    said = {(one.name, one.total) for one in earlier}
    assert {(str(s.period.first.year), s.minimum) for s in quotes if not s.box.where} <= said


def test_a_theme_that_has_no_row_is_not_quoted_and_its_column_adds_up() -> None:
    first, *others = SIXTY_TWO.tables
    report = replace(SIXTY_TWO, tables=(replace(first, rows=first.rows[1:]), *others))
    earlier = (YearSaid("2024", 55, {"pesten": 9, "intimidatie": 10}),)
    assert [(s.box, s.minimum) for s in quotes_of(report, earlier, YEAR)] == [
        (Box(), 55),
        (Box.of(thema="intimidatie"), 10),
    ]
    (table,) = blocks(kit.document(report, earlier=earlier))[doc.Table]
    assert isinstance(table, doc.Table)
    assert [row.cells[1] for row in table.rows if isinstance(row.cells[1], int)] == [10, 45, 55]


def test_every_number_in_the_chapter_was_said() -> None:
    document = kit.document(SIXTY_TWO, earlier=kit.four_years())
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.render(document))).pages]
    text = "\n".join(page for page in pages if "Signalen en trends" in page and "Hoe deze cijfers" not in page)
    told = {int(n) for n in re.findall(r"(?<![\d’])\d+(?!\d)", text)}
    years = (*kit.four_years(), YearSaid("2025", 62, {}))
    said = {n for one in years for n in (one.total or 0, *one.themes.values())} | {11, 12, 6, 7, 14}
    sums = {11, 9, 13, 12}
    axis = {0, 25, 50, 75}
    of_the_page = {*range(1, 17), 2021, 2022, 2023, 2024, 2025, *range(21, 26)}
    assert told <= said | sums | axis | of_the_page


def values(*numbers: int | None) -> list[doc.Bar]:
    return [doc.Bar(str(2020 + n), value) for n, value in enumerate(numbers)]


@given(st.lists(st.none() | st.integers(0, 5000), min_size=1, max_size=5))
def test_a_layout_follows_the_numbers_and_nothing_else(numbers: list[int | None]) -> None:
    bars = values(*numbers)
    step = year_charts.step_of(bars)
    layout = year_charts.year_line(bars, width=300, height=90, step=step, margin=10)
    highest = max((n for n in numbers if n is not None), default=0)
    assert 3 * step >= highest
    assert step == 1 or 3 * step < 2.6 * max(highest, 1) + 3, "the line fills a good part of the height"
    for n, (point, value) in enumerate(zip(layout.points, numbers, strict=True)):
        assert point.x == pytest.approx(10 + n * (280 / max(1, len(numbers) - 1)))
        assert (point.y is None) == (value is None)
        if value is not None:
            assert point.y == pytest.approx(90 - 90 * value / (3 * step))
    pairs = [(left.bar.label, right.bar.label) for left, right in layout.joined]
    assert pairs == [
        (a.label, b.label) for a, b in itertools.pairwise(bars) if a.value is not None and b.value is not None
    ]
    assert [value for value, _ in layout.grid] == [0, step, 2 * step, 3 * step]
