"""What a report says, as frozen values: blocks that can be compared and drawn.

A hidden number is HIDDEN wherever it stands; there is no block that holds the number behind it.
"""

import base64
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from typing import Final


class Mark(Enum):
    """What stands in a cell instead of a number."""

    HIDDEN = "–"
    NOT_APPLICABLE = "n.v.t."


HIDDEN: Final = Mark.HIDDEN
NOT_APPLICABLE: Final = Mark.NOT_APPLICABLE

Cell = str | int | Mark

_POINTS: Final = 72
"""In an inch."""

LOGO: Final = (45 / 25.4 * _POINTS, 20 / 25.4 * _POINTS)
"""The room that a logo has, in points."""

COARSEST: Final = 100
"""Pixels an inch: a logo with few is drawn small rather than blurred."""


class Width(StrEnum):
    """Where a block stands on the grid."""

    MAIN = "main"  # the main column
    WIDE = "wide"  # side and main column together


class RowKind(StrEnum):
    """What a row of a table is."""

    PLAIN = "plain"
    COMBINED = "combined"  # the sum of the hidden rows
    TOTAL = "total"


class Palette(StrEnum):
    """The two colour themes of a report."""

    WATER = "water"
    PRUIM = "pruim"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in sRGB without transparency: a PNG in base64, its measures in pixels, and what it shows in words."""

    content: str
    width: int
    height: int
    alt: str

    @property
    def png(self) -> bytes:
        """Return the file."""
        return base64.b64decode(self.content)

    def size_within(self, width: float, height: float, per_inch: float) -> tuple[float, float]:
        """Return how wide and high it is drawn in points: inside a box, and never with fewer pixels an inch."""
        scale = min(width / self.width, height / self.height, _POINTS / per_inch)
        return self.width * scale, self.height * scale


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. `big` is the year, empty for another period; `dates` the days of the period in words."""

    title: tuple[str, str]
    big: str
    client: str
    dates: str
    edition: str
    author: str
    day: date
    logo: Picture | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of chapters with their pages, which only the renderer knows."""

    side: str = "Inhoud"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 (section) or 3; `side` stands beside it in the side column."""

    text: str
    level: int = 2
    side: str = ""
    tight: bool = False  # half the space below: a finding that follows its own title


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; `lead` opens it in semibold."""

    text: str
    lead: str = ""
    width: Width = Width.MAIN


@dataclass(frozen=True, slots=True)
class Note:
    """Small print under a table or figure."""

    text: str
    width: Width = Width.WIDE


@dataclass(frozen=True, slots=True)
class BulletList:
    """Short points without numbers."""

    items: tuple[str, ...]
    width: Width = Width.MAIN


@dataclass(frozen=True, slots=True)
class Column:
    """One of three columns: a title and a few lines."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns side by side under a rule."""

    items: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A tinted block for what every reader must see."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    large: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """This year's own words, beside a rule and under a label."""

    label: str
    paragraphs: tuple[str, ...]
    width: Width = Width.MAIN


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One thing to do next, and who moves."""

    title: str
    text: str
    actor: str


@dataclass(frozen=True, slots=True)
class Caption:
    """`Tabel 2` and what it shows."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: words in the first cell, numbers after it."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by one dimension, in the fixed order of its code list."""

    caption: Caption
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    width: Width = Width.MAIN
    note: str = ""

    @property
    def has_hidden(self) -> bool:
        """Return whether a cell is hidden, so that the page explains the dash."""
        return any(cell is HIDDEN for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class TablePair:
    """Two small tables side by side."""

    left: Table
    right: Table

    @property
    def has_hidden(self) -> bool:
        """Return whether a cell of either is hidden."""
        return self.left.has_hidden or self.right.has_hidden


@dataclass(frozen=True, slots=True)
class Facts:
    """Words in two columns: agreements, advice.

    `header` heads the columns where they are read without a page; `even` ones are as wide as each other.
    """

    caption: Caption
    rows: tuple[tuple[str, str], ...]
    header: tuple[str, str] = ("Onderwerp", "Afspraak")
    even: bool = False


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A published number with its noun and a line of context."""

    value: str
    noun: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """One to four key numbers in a row."""

    items: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A category and its count; None when it is hidden."""

    label: str
    value: int | None


@dataclass(frozen=True, slots=True)
class BarGroup:
    """Bars under a group name."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ThemeBars:
    """Cases by main theme: one length per case, the sum of hidden themes hatched. `subject` is what they are by."""

    caption: Caption
    groups: tuple[BarGroup, ...]
    combined: Bar | None
    total: Bar
    note: str
    alt: str
    subject: str

    @property
    def has_hidden(self) -> bool:
        """Return whether a bar is hidden."""
        return any(bar.value is None for group in self.groups for bar in group.bars)


@dataclass(frozen=True, slots=True)
class Post:
    """A phase, how many cases stayed in it (None when hidden), and the words for those that did."""

    title: str
    value: int | None
    words: str
    arrow: bool = True  # an arrow leads here from the post before


@dataclass(frozen=True, slots=True)
class PhaseFlow:
    """How far cases came. With a hidden post all posts look alike and `combined` gives their sum.

    `subject` is what the cases are by, as the head of a table of the same numbers.
    """

    caption: Caption
    posts: tuple[Post, ...]
    combined: Bar | None
    total: int
    note: str
    alt: str
    subject: str

    @property
    def has_hidden(self) -> bool:
        """Return whether a post is hidden."""
        return any(post.value is None for post in self.posts)


@dataclass(frozen=True, slots=True)
class YearLine:
    """Cases per year: a point for each year with a number, a line between two that follow each other.

    A year without a number is a gap, which no line crosses. `subject` heads a table of the same numbers.
    """

    caption: Caption
    points: tuple[Bar, ...]
    note: str
    alt: str
    subject: str

    @property
    def has_hidden(self) -> bool:
        """Return whether a year has no number."""
        return any(point.value is None for point in self.points)


@dataclass(frozen=True, slots=True)
class Panel:
    """The years of one theme."""

    title: str
    points: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ThemeLines:
    """Small panels of lines, all on one scale; a table beside it holds every number."""

    caption: Caption
    panels: tuple[Panel, ...]
    note: str
    alt: str

    @property
    def has_hidden(self) -> bool:
        """Return whether a year of a panel has no number."""
        return any(point.value is None for panel in self.panels for point in panel.points)


@dataclass(frozen=True, slots=True)
class TaskBar:
    """One bar of the hours of the three tasks, and the whole percentage of each."""

    caption: Caption
    parts: tuple[Bar, ...]
    shares: tuple[int, ...]
    note: str
    alt: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A quiet line across the page."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two columns of text on the last page, each its own flow."""

    left: "tuple[Block, ...]"
    right: "tuple[Block, ...]"


Block = (
    Contents
    | Heading
    | Paragraph
    | Note
    | BulletList
    | Columns
    | Callout
    | Finding
    | Recommendation
    | Table
    | TablePair
    | Facts
    | KeyNumbers
    | ThemeBars
    | PhaseFlow
    | YearLine
    | ThemeLines
    | TaskBar
    | Rule
    | SideBySide
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: `number` is empty for unnumbered ones, `short` stands in the header of its pages.

    an `own_page` chapter begins a page in any case; a `wide` one sets its title over the full width.
    """

    number: str
    title: str
    short: str
    introduction: str
    blocks: tuple[Block, ...]
    own_page: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. Title, author and day are all that its metadata will hold; `running` stands in the headers.

    `mark` stands on every page, the cover too: what a reader must not overlook. A `sheet` is drawn without its cover.
    """

    title: str
    running: str
    author: str
    day: date
    client: str
    edition: str
    cover: Cover
    chapters: tuple[Chapter, ...]
    dash_note: str
    palette: Palette = Palette.WATER
    mark: str = ""
    sheet: bool = False
