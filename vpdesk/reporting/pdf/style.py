"""Measures and colours of the page, in points; y counts from the top of the page."""

from dataclasses import dataclass
from typing import Final

from vpdesk.reporting.document import Palette

MM: Final = 72 / 25.4

PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
LEFT: Final = 22 * MM
RIGHT: Final = 188 * MM
TOP: Final = 32 * MM
BOTTOM: Final = 271 * MM
MAIN_LEFT: Final = 64.5 * MM
WIDE: Final = RIGHT - LEFT
MAIN: Final = RIGHT - MAIN_LEFT
HALF: Final = 79 * MM
HALF_RIGHT: Final = 109 * MM  # where the right half block begins
GUTTER: Final = 6 * MM  # between columns and key numbers
HEADER: Final = 15.5 * MM
HEADER_RULE: Final = 18.5 * MM
FOOTER: Final = 284 * MM
SHARED_PAGE: Final = 90 * MM  # a chapter shares a page when this much is left

INK: Final = "#1B2327"
SECOND_INK: Final = "#4C585D"
RULE: Final = "#C3CCCE"
HAIRLINE: Final = "#DDE3E4"
WHITE: Final = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Colours:
    """The five colours of a theme; dark, mid and soft differ in grey, so that no colour tells anything alone."""

    dark: str
    mid: str
    soft: str
    tint: str
    accent: str


COLOURS: Final = {
    Palette.WATER: Colours("#0E4A59", "#2E7C8A", "#A9CBD0", "#E8F1F2", "#A35F00"),
    Palette.PRUIM: Colours("#54284F", "#875482", "#CDB3C9", "#F4EDF2", "#94620A"),
}


@dataclass(frozen=True, slots=True)
class Type:
    """A size, its line distance and the face it is set in."""

    size: float
    lead: float
    face: str

    def baseline(self) -> float:
        """Return how far the first baseline lies below the top of a line."""
        return (self.lead - self.size) / 2 + 0.78 * self.size


REGULAR: Final = "vpdesk-regular"
SEMIBOLD: Final = "vpdesk-semibold"
LIGHT: Final = "vpdesk-light"
SYMBOLS: Final = "vpdesk-symbols"

CHAPTER: Final = Type(25, 29, SEMIBOLD)
CHAPTER_NUMBER: Final = Type(30, 29, LIGHT)
INTRODUCTION: Final = Type(13, 18.5, REGULAR)
SECTION: Final = Type(14, 18, SEMIBOLD)
SUBSECTION: Final = Type(11.5, 15, SEMIBOLD)
TEXT: Final = Type(10.5, 15, REGULAR)
LARGE_TEXT: Final = Type(11.2, 16.6, REGULAR)
COLUMN_TEXT: Final = Type(10, 14.2, REGULAR)
SMALL_TEXT: Final = Type(9.8, 13.8, REGULAR)
CAPTION: Final = Type(9.6, 13, SEMIBOLD)
CELL: Final = Type(10, 13, REGULAR)
CELL_STRONG: Final = Type(10, 13, SEMIBOLD)
TABLE_HEADER: Final = Type(9, 11.2, SEMIBOLD)
NOTE: Final = Type(8.8, 12.2, REGULAR)
KEY_NUMBER: Final = Type(38, 44, LIGHT)
KEY_NOUN: Final = Type(10.5, 13.5, SEMIBOLD)
KEY_CONTEXT: Final = Type(9, 12.5, REGULAR)
LABEL: Final = Type(9, 13, SEMIBOLD)
SIDE: Final = Type(9.6, 15, SEMIBOLD)
ACTOR: Final = Type(9.4, 14, SEMIBOLD)
RUNNING: Final = Type(8.2, 10, REGULAR)
RUNNING_STRONG: Final = Type(8.2, 10, SEMIBOLD)
