"""A document without a page: headings, words, points and tables in the order of reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import singledispatch
from typing import Final

from vpdesk.domain.wording import long_date, number
from vpdesk.reporting import document as doc

HIDDEN: Final = str(doc.HIDDEN.value)
IN_SHORT: Final = "In het kort"
"""The title of the table of key numbers."""


class Tone(Enum):
    """Which of the three voices speaks: the standard text, this year's own words, or the small print."""

    BODY = "body"
    INTRODUCTION = "introduction"
    LABEL = "label"
    FINDING = "finding"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of level 1 to 3."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `lead` opens it in bold."""

    text: str
    tone: Tone = Tone.BODY
    lead: str = ""

    @property
    def opening(self) -> str:
        """Return the lead with the space that parts it from the text, where one does."""
        return f"{self.lead} " if self.lead and self.text[:1] not in {"", ","} else self.lead


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a list without numbers."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first cell of a row is what it is about; `sums` are the rows that add others up."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    sums: frozenset[int] = frozenset()

    @property
    def has_hidden(self) -> bool:
        """Return whether a cell is hidden."""
        return any(cell == HIDDEN for row in self.rows for cell in row)

    def counts(self, column: int) -> bool:
        """Return whether a column holds numbers, or would."""
        return any(isinstance(row[column], int) or row[column] == HIDDEN for row in self.rows)


Element = Head | Words | Point | Grid


def cover_lines(document: doc.Document) -> tuple[str, ...]:
    """Return what stands under the title: whose report, which days, for whom, by whom, and when."""
    cover = document.cover
    mark = (document.mark,) if document.mark else ()
    made_by = f"Opgesteld door {cover.author}, {long_date(cover.day)}"
    return (*mark, cover.client, cover.dates, f"Uitgave: {cover.edition}", made_by)


def flattened(document: doc.Document) -> Iterator[Element]:
    """Yield the chapters; under the first table of a chapter with a dash stands what a dash is."""
    for chapter in document.chapters:
        yield Head(f"{chapter.number} {chapter.title}".strip(), 1)
        if chapter.introduction:
            yield Words(chapter.introduction, Tone.INTRODUCTION)
        explained, level = False, 1
        for element in (found for block in chapter.blocks for found in plain(block)):
            if isinstance(element, Head):  # no level may be skipped, or who reads by headings misses a step
                level = min(element.level, level + 1)
                yield Head(element.text, level)
                continue
            yield element
            if isinstance(element, Grid) and element.has_hidden and not explained:
                explained = True
                yield Words(document.dash_note, Tone.NOTE)


def grids(document: doc.Document) -> tuple[Grid, ...]:
    """Return every table of numbers in order, those of charts and key numbers too.

    Not the example with invented numbers on the last page, nor tables of words.
    """
    chapters = [chapter for chapter in document.chapters if not chapter.wide]
    found = (element for chapter in chapters for block in chapter.blocks for element in _tabled(block))
    return tuple(element for element in found if isinstance(element, Grid))


def _tabled(block: doc.Block) -> Iterator[Element]:
    if isinstance(block, doc.KeyNumbers):
        rows = tuple((item.noun, _value(item.value), item.context) for item in block.items)
        yield Grid(IN_SHORT, ("Wat", "Getal", "Toelichting"), rows)
    elif not isinstance(block, doc.Facts):
        yield from plain(block)


@singledispatch
def plain(block: doc.Block) -> Iterator[Element]:
    """Yield the elements of a block; a block of an unknown kind is a bug."""
    raise TypeError(type(block).__name__)


@plain.register(doc.Contents)
@plain.register(doc.Rule)
def _(_block: doc.Contents | doc.Rule) -> Iterator[Element]:
    yield from ()  # of a page only


@plain.register
def _(block: doc.Heading) -> Iterator[Element]:
    if block.side:
        yield Words(block.side, Tone.LABEL)
    yield Head(block.text, block.level)


@plain.register
def _(block: doc.Paragraph) -> Iterator[Element]:
    yield Words(block.text, lead=block.lead)


@plain.register
def _(block: doc.Note) -> Iterator[Element]:
    yield Words(block.text, Tone.NOTE)


@plain.register
def _(block: doc.BulletList) -> Iterator[Element]:
    yield from map(Point, block.items)


@plain.register
def _(block: doc.Columns) -> Iterator[Element]:
    for column in block.items:
        yield Head(column.title, 2)
        yield Words(column.text)


@plain.register
def _(block: doc.Callout) -> Iterator[Element]:
    yield Head(block.title, 2)
    for paragraph in block.paragraphs:
        yield from plain(paragraph)


@plain.register
def _(block: doc.Finding) -> Iterator[Element]:
    yield Words(block.label, Tone.LABEL)
    for paragraph in block.paragraphs:
        yield Words(paragraph, Tone.FINDING)


@plain.register
def _(block: doc.Recommendation) -> Iterator[Element]:
    yield Head(block.title, 2)
    if block.text:
        yield Words(block.text)
    yield Words(block.actor, lead="Aan zet:")


@plain.register
def _(block: doc.KeyNumbers) -> Iterator[Element]:
    for item in block.items:
        yield Words(f", {item.context}" if item.context else "", lead=f"{item.value} {item.noun}")


@plain.register
def _(block: doc.Facts) -> Iterator[Element]:
    yield Grid(_title(block.caption), block.header, block.rows)


@plain.register
def _(block: doc.Table) -> Iterator[Element]:
    sums = {n for n, row in enumerate(block.rows) if row.kind is not doc.RowKind.PLAIN}
    rows = tuple(tuple(_cell(cell) for cell in row.cells) for row in block.rows)
    yield Grid(_title(block.caption), block.header, rows, frozenset(sums))
    if block.note:
        yield Words(block.note, Tone.NOTE)


@plain.register
def _(block: doc.TablePair) -> Iterator[Element]:
    yield from plain(block.left)
    yield from plain(block.right)


@plain.register
def _(block: doc.ThemeBars) -> Iterator[Element]:
    bars = [bar for group in block.groups for bar in group.bars]
    yield _figure(block.caption, block.subject, bars, block.combined, block.total.value or 0)


@plain.register
def _(block: doc.PhaseFlow) -> Iterator[Element]:
    bars = [doc.Bar(post.title, post.value) for post in block.posts]
    yield _figure(block.caption, block.subject, bars, block.combined, block.total)


@plain.register
def _(block: doc.YearLine) -> Iterator[Element]:
    rows = tuple((point.label, HIDDEN if point.value is None else point.value) for point in block.points)
    yield Grid(_title(block.caption), (block.subject, "Casussen"), rows)
    yield Words(block.note, Tone.NOTE)


@plain.register
def _(block: doc.TaskBar) -> Iterator[Element]:
    rows = [(bar.label, bar.value or 0, f"{share}%") for bar, share in zip(block.parts, block.shares, strict=True)]
    rows.append(("Alles samen", sum(bar.value or 0 for bar in block.parts), "100%"))
    yield Grid(_title(block.caption), ("Taak", "Uren", "Aandeel"), tuple(rows), frozenset({len(rows) - 1}))
    yield Words(block.note, Tone.NOTE)


@plain.register
def _(_block: doc.ThemeLines) -> Iterator[Element]:
    yield from ()  # the table that follows it holds the same numbers


@plain.register
def _(block: doc.SideBySide) -> Iterator[Element]:
    for inner in (*block.left, *block.right):
        yield from plain(inner)


def _figure(caption: doc.Caption, subject: str, bars: list[doc.Bar], combined: doc.Bar | None, total: int) -> Grid:
    rows = [(bar.label, HIDDEN if bar.value is None else bar.value) for bar in bars]
    sums = [(combined.label, combined.value or 0)] if combined is not None else []
    sums.append(("Alle casussen", total))
    numbers = frozenset(range(len(rows), len(rows) + len(sums)))
    return Grid(_title(caption), (subject, "Casussen"), (*rows, *sums), numbers)


def _title(caption: doc.Caption) -> str:
    return f"{caption.label} {caption.title}".strip()


def _cell(cell: doc.Cell) -> str | int:
    return str(cell.value) if isinstance(cell, doc.Mark) else cell


def _value(written: str) -> str | int:
    """Return a key number as a number, where it is one."""
    digits = written.replace(".", "")
    return int(digits) if digits.isdecimal() else written


def shown(cell: str | int) -> str:
    """Return what a cell reads."""
    return number(cell) if isinstance(cell, int) else cell
