"""Chapters that are left out leave everything: contents, numbering, tables, and numbers that they alone would tell."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest

from tests import report_kit as kit
from tests.conformance import the_file, the_fonts, the_structure
from vpdesk.domain.report_chapters import NOTHING, TITLES, Skippable
from vpdesk.reporting import document as doc
from vpdesk.reporting import pdf
from vpdesk.reporting.annual_report import WRITTEN, chapters_written
from vpdesk.reporting.chapters_chosen import as_printed
from vpdesk.reporting.disclosure.result import CrossTable
from vpdesk.reporting.editable.plain import grids
from vpdesk.reporting.statements import Level
from vpdesk.reporting.trends import quotes_of

if TYPE_CHECKING:
    from vpdesk.domain.report_chapters import Skipped
    from vpdesk.reporting.statements import ProtectedReport

EVERYTHING: Final = frozenset(Skippable)
CHOICES: Final = (*(frozenset({one}) for one in Skippable), EVERYTHING)
CHECKS: Final = (*the_file.CHECKS, *the_fonts.CHECKS, *the_structure.CHECKS)
ALWAYS: Final = {"Over dit verslag", "Het jaar in het kort", "Hoe deze cijfers beschermd zijn"}

BY_HAND: Final = CrossTable(
    "rol", "werkgebied", ("melder", "getuige"), ("integriteit", "beide"), ((20, 21), (10, 11)), (41, 21), (30, 32), 62
)


def large() -> ProtectedReport:
    return kit.protected(Level.EENRIJ, 62, kit.sixty_two(), talks=150)


def made(skipped: Skipped, report: ProtectedReport | None = None) -> doc.Document:
    return kit.document(report or large(), earlier=kit.four_years(), skipped=skipped)


def titles(document: doc.Document) -> list[str]:
    return [chapter.title for chapter in document.chapters]


def labels(document: doc.Document) -> list[str]:
    """Return the labels of tables and figures in the order in which they stand."""
    return re.findall(r"label='((?:Tabel|Figuur) \d+)'", repr(document))


@pytest.mark.parametrize("report", [large(), kit.protected(Level.TOTAAL, 7)], ids=["tables", "total"])
def test_the_year_in_short_speaks_of_chapters_only_where_there_are(report: ProtectedReport) -> None:
    for skipped in CHOICES:
        document = made(skipped, report)
        short = next(chapter for chapter in document.chapters if chapter.title == "Het jaar in het kort")
        follows = document.chapters[document.chapters.index(short) + 1]
        spoken = "in de hoofdstukken erna" in short.introduction
        assert spoken is (follows.title not in ALWAYS)
    assert short.introduction.endswith("Daarna staat hoe wij de cijfers beschermen.")
    assert follows is document.chapters[-1]


@pytest.mark.parametrize("skipped", CHOICES, ids=",".join)
def test_a_chapter_that_is_left_out_leaves_contents_numbering_and_texts(skipped: Skipped) -> None:
    document = made(skipped)
    gone = {TITLES[one] for one in skipped}
    left = [title for title in titles(made(NOTHING)) if title.removesuffix(" voor 2026") not in gone]
    assert titles(document) == left
    assert set(left) >= ALWAYS
    assert [chapter.number for chapter in document.chapters[1:-1]] == [str(n) for n in range(1, len(left) - 1)]
    written = [key for key, _ in WRITTEN if key in chapters_written(as_printed(large(), skipped), skipped)]
    for key, words in kit.FINDINGS.items():
        printed = words.splitlines()[0].removeprefix("- ") in repr(document.chapters)
        assert printed == (key in written), key


@pytest.mark.parametrize("skipped", [NOTHING, *CHOICES], ids=",".join)
def test_tables_and_figures_are_numbered_anew_without_a_gap(skipped: Skipped) -> None:
    found = labels(made(skipped))
    for kind in ("Tabel", "Figuur"):
        numbers = [int(label.split()[1]) for label in found if label.startswith(kind)]
        assert numbers == list(range(1, len(numbers) + 1))


def test_numbers_of_support_stand_nowhere_when_it_is_left_out() -> None:
    skipped = frozenset({Skippable.ONDERSTEUNING, Skippable.VINDBAARHEID})
    document = made(skipped)
    assert [grid.title for grid in grids(document)] == ["In het kort", grids(document)[1].title]
    assert not any(isinstance(block, doc.ThemeLines) for chapter in document.chapters for block in chapter.blocks)
    said = repr(document)
    assert "arbeidsconflict" not in said.casefold()
    assert "casussen met een melding" not in said
    assert "Dat is vooraf zo gekozen" in said
    assert "Bij minder dan" not in said, "it is not for want of cases"
    assert "De afspraken met" in said
    assert "Afgesproken tijd" in said, "as in every report of so many cases"
    assert "ging van 55 in 2024 naar 62" in said, "the years have a chapter of their own"


def test_a_report_quotes_of_other_years_what_its_chapters_print_and_nothing_more() -> None:
    def quotes(*left_out: Skippable) -> list[tuple[int, str]]:
        skipped = frozenset(left_out)
        found = quotes_of(as_printed(large(), skipped), kit.four_years(), kit.YEAR, skipped)
        return [(statement.period.first.year, "".join(name for name, _ in statement.box.where)) for statement in found]

    totals = [(year, "") for year in (2021, 2022, 2023, 2024)]
    assert quotes(Skippable.SIGNALEN) == []
    assert quotes(Skippable.ONDERSTEUNING) == totals
    assert set(quotes()) == {*totals, *((year, "thema") for year, _ in totals)}
    assert quotes(Skippable.ADVIES) == quotes()


def test_below_twice_the_threshold_the_reason_is_the_choice_too_and_there_are_no_years() -> None:
    skipped = frozenset({Skippable.ONDERSTEUNING, Skippable.VINDBAARHEID})
    document = made(skipped, kit.protected(Level.TOTAAL, 7))
    assert "Signalen en trends" not in titles(document)
    assert "signalen" not in chapters_written(kit.protected(Level.TOTAAL, 7), skipped)
    assert "Dat is vooraf zo gekozen" in repr(document)


@pytest.mark.parametrize("count", [7, 12])
def test_a_table_that_its_numbers_kept_back_is_not_called_a_choice(count: int) -> None:
    """The chapter on being found is there: that its table is not, hangs on the numbers."""
    said = repr(made(frozenset({Skippable.ONDERSTEUNING}), kit.protected(Level.TOTAAL, count)))
    assert "Vindbaarheid en toegankelijkheid" in said
    assert "vooraf zo gekozen" not in said
    assert "Bij minder dan 10 casussen" in said


def test_an_interval_keeps_its_own_reason() -> None:
    document = made(EVERYTHING, kit.protected(Level.INTERVAL, (10, 14)))
    assert "Daarom noemen wij alleen waar het aantal tussen ligt" in repr(document)


def test_ways_in_keep_their_table_without_the_chapter_on_support() -> None:
    report = as_printed(large(), frozenset({Skippable.ONDERSTEUNING}))
    assert [table.dimension for table in report.tables] == ["gevonden_via"]
    assert report.level is Level.EENRIJ
    without = as_printed(large(), frozenset({Skippable.ONDERSTEUNING, Skippable.VINDBAARHEID}))
    assert (without.tables, without.level) == ((), Level.TOTAAL)
    assert without.statements == large().statements


def test_two_way_tables_go_with_the_chapter_that_holds_them() -> None:
    report = replace(large(), crossed=(BY_HAND,))
    assert as_printed(report, frozenset({Skippable.ADVIES})) is report
    assert as_printed(report, frozenset({Skippable.VINDBAARHEID})).crossed == (BY_HAND,)
    assert as_printed(report, frozenset({Skippable.ONDERSTEUNING})).crossed == ()


@pytest.mark.parametrize("skipped", [NOTHING, *CHOICES], ids=",".join)
def test_the_silent_edition_is_the_same_file_whatever_was_counted(skipped: Skipped) -> None:
    none = pdf.render(made(skipped, kit.protected(Level.GEEN_GETALLEN)))
    few = pdf.render(made(skipped, kit.protected(Level.GEEN_GETALLEN, 4, kit.eighteen(), talks=40)))
    assert none == few


@pytest.mark.parametrize(
    ("skipped", "left"),
    [
        (EVERYTHING, []),
        ({Skippable.VERTROUWENSPERSOON}, ["1 Informeren en vindbaarheid", "2 Aandachtspunten voor 2026"]),
        (
            {Skippable.INFORMEREN},
            ["1 De vertrouwenspersoon", "2 Vindbaarheid en toegankelijkheid", "3 Aandachtspunten voor 2026"],
        ),
        ({Skippable.VINDBAARHEID}, ["1 De vertrouwenspersoon", "2 Informeren", "3 Aandachtspunten voor 2026"]),
        ({Skippable.AANDACHTSPUNTEN}, ["1 De vertrouwenspersoon", "2 Informeren en vindbaarheid"]),
    ],
)
def test_the_silent_edition_leaves_out_what_was_chosen(skipped: set[Skippable], left: list[str]) -> None:
    document = made(frozenset(skipped), kit.protected(Level.GEEN_GETALLEN))
    assert [f"{chapter.number} {chapter.title}" for chapter in document.chapters[1:-1]] == left
    assert (titles(document)[0], titles(document)[-1]) == (
        "Over dit verslag",
        "Waarom er geen cijfers in dit verslag staan",
    )


def test_without_texts_nothing_is_left_of_being_found_in_a_silent_edition() -> None:
    document = kit.document(kit.protected(Level.GEEN_GETALLEN), findings={}, skipped=frozenset({Skippable.INFORMEREN}))
    assert "Vindbaarheid en toegankelijkheid" not in titles(document)


@pytest.mark.parametrize("level", [Level.GEEN_GETALLEN, Level.TOTAAL, Level.EENRIJ])
@pytest.mark.parametrize("skipped", CHOICES, ids=",".join)
def test_the_file_keeps_to_its_standards_without_any_of_them(skipped: Skipped, level: Level) -> None:
    report = large() if level is Level.EENRIJ else kit.protected(level, 7 if level is Level.TOTAAL else None)
    file = pdf.render(made(skipped, report))
    with pikepdf.open(io.BytesIO(file)) as opened:
        wrong = {check.__name__: check(the_file.Opened(file, opened)) for check in CHECKS}
    assert not {name: found for name, found in wrong.items() if found}
