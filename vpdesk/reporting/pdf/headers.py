"""Column headers of tables: how wide number columns are, and where their words break."""

from typing import Final

from vpdesk.reporting.document import Table
from vpdesk.reporting.pdf import style
from vpdesk.reporting.pdf.fonts import width
from vpdesk.reporting.pdf.lines import Line, lines_of

PADDING: Final = 3.0
ONE_LINE: Final = 18.6
"""The height of a header of one line."""

_NUMBER_COLUMN: Final = 56.0
_FIRST_COLUMN: Final = 108.0
"""What a column of words has at least."""

_GAP: Final = 5.0
"""Between a header and the one beside it."""

_BREAKS: Final = (
    "leiding|gevende", "omgangs|vormen", "integri|teit", "betrok|kene", "werk|terrein", "meldings|fase", "mede|werker",
    "organi|satie", "onder|geschikte", "begelei|der", "vrij|williger", "solli|citant", "advies|vraag",
    "onge|wenste", "casus|sen",
)  # fmt: skip
"""Where long words of the code lists break."""


def number_column(table: Table, measure: float) -> float:
    """Return how wide each column of numbers is: narrower where many stand side by side."""
    count = len(table.header) - 1
    return min(_NUMBER_COLUMN, (measure - _FIRST_COLUMN) / count)


def header_height(table: Table, measure: float) -> float:
    """Return how high the header is, with the words of its longest column."""
    room = number_column(table, measure)
    lines = max(len(header_lines(words, room)) for words in table.header[1:])
    return ONE_LINE + (lines - 1) * style.TABLE_HEADER.lead


def header_lines(words: str, room: float) -> tuple[Line, ...]:
    """Return the words above a column of numbers, long ones broken with a hyphen."""
    kind, measure = style.TABLE_HEADER, room - _GAP
    parts = [_broken(word, measure) for word in words.split(" ")]
    return lines_of(" ".join(parts), kind, measure)


def _broken(word: str, measure: float) -> str:
    """Return a word with a hyphen and a space where it breaks, when it is too long for its column."""
    if width(word, style.TABLE_HEADER.face, style.TABLE_HEADER.size) <= measure:
        return word
    for known in _BREAKS:
        place = word.casefold().find(known.replace("|", ""))
        if place >= 0:
            cut = place + known.index("|")
            return f"{word[:cut]}- {word[cut:]}"
    return word
