"""Breaking text into lines: ragged right, no hyphenation, no lonely word at the end."""

import itertools
import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from vpdesk.reporting.pdf.fonts import clean, width
from vpdesk.reporting.pdf.style import Type

_NUMBER_AND_NOUN: Final = re.compile(r"(?<=\d) (?=[a-zé])")
_SHORT_LAST_LINE: Final = 10
_STEPS: Final = 18  # of half a per cent: at most 9 % narrower
_STEP: Final = 0.005


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one face."""

    text: str
    face: str


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line, as spans, each with the spaces that precede it."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Return the line as plain text."""
        return "".join(span.text for span in self.spans)


def bound(text: str) -> str:
    """Return the text with a number tied to the word after it: *62 casussen*, *5 van 14*."""
    return _NUMBER_AND_NOUN.sub("\u00a0", text)


def set_lines(spans: tuple[Span, ...], size: float, measure: float) -> tuple[Line, ...]:
    """Break spans into lines of at most `measure` points, narrower when the last line would be too short."""
    words = [_Word.of(word, span.face, size) for span in spans for word in bound(clean(span.text)).split(" ") if word]
    lines = _broken(words, size, measure)
    if len(lines) >= 2 and _lonely(lines[-1]):  # noqa: PLR2004 - one line has no last line to mend
        for step in range(1, _STEPS + 1):
            narrower = _broken(words, size, measure * (1 - _STEP * step))
            if len(narrower) > len(lines):
                break
            if not _lonely(narrower[-1]):
                lines = narrower
                break
    return tuple(_line(line) for line in lines)


def lines_of(text: str, kind: Type, measure: float) -> tuple[Line, ...]:
    """Break plain text in one type."""
    return set_lines((Span(text, kind.face),), kind.size, measure)


def shortened(text: str, kind: Type, measure: float) -> str:
    """Return the text on one line, cut with an ellipsis when it is wider than the measure."""
    text = clean(text)
    if width(text, kind.face, kind.size) <= measure:
        return text
    while text and width(text.rstrip() + "…", kind.face, kind.size) > measure:
        text = text[:-1]
    return text.rstrip() + "…"


class _Word(NamedTuple):
    """A word, how wide it is, and how wide the space before it would be."""

    text: str
    face: str
    width: float
    space: float

    @classmethod
    def of(cls, text: str, face: str, size: float) -> "_Word":
        """Return a word, measured once for every way in which a text is tried."""
        return cls(text, face, width(text, face, size), width(" ", face, size))


def _lonely(line: list[_Word]) -> bool:
    letters = sum(len(word.text) for word in line) + len(line) - 1
    return len(line) == 1 or letters < _SHORT_LAST_LINE


def _broken(words: list[_Word], size: float, measure: float) -> list[list[_Word]]:
    if any(word.width > measure for word in words):
        words = [piece for word in words for piece in _fitting(word, size, measure)]
    lines: list[list[_Word]] = []
    current: list[_Word] = []
    used = 0.0
    for word in words:
        space = word.space if current else 0.0
        if current and used + space + word.width > measure:
            lines.append(current)
            current, used, space = [], 0.0, 0.0
        current.append(word)
        used += space + word.width
    return [*lines, current] if current else lines


def _fitting(word: _Word, size: float, measure: float) -> list[_Word]:
    """Cut a word that is wider than the measure, such as a web address, into pieces that fit."""
    pieces: list[_Word] = []
    rest = word.text
    while width(rest, word.face, size) > measure and len(rest) > 1:
        fits = len(rest) - 1
        while fits > 1 and width(rest[:fits], word.face, size) > measure:
            fits -= 1
        pieces.append(_Word.of(rest[:fits], word.face, size))
        rest = rest[fits:]
    return [*pieces, _Word.of(rest, word.face, size)]


def _line(words: list[_Word]) -> Line:
    spans: list[Span] = []
    for face, group in itertools.groupby(words, key=lambda word: word.face):
        text = " ".join(word.text for word in group)
        spans.append(Span(f" {text}" if spans else text, face))
    return Line(tuple(spans))
