"""Breaking text into lines: ragged right, no hyphenation, no lonely word at the end."""

import itertools
import re
from dataclasses import dataclass
from typing import Final

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
    words = [Span(word, span.face) for span in spans for word in bound(clean(span.text)).split(" ") if word]
    lines = _broken(words, size, measure)
    if len(lines) < 2 or not _lonely(lines[-1]):  # noqa: PLR2004 - one line has no last line to mend
        return lines
    for step in range(1, _STEPS + 1):
        narrower = _broken(words, size, measure * (1 - _STEP * step))
        if len(narrower) > len(lines):
            break
        if not _lonely(narrower[-1]):
            return narrower
    return lines


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


def _lonely(line: Line) -> bool:
    return " " not in line.text or len(line.text) < _SHORT_LAST_LINE


def _broken(words: list[Span], size: float, measure: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    current: list[Span] = []
    used = 0.0
    for word in itertools.chain.from_iterable(_fitting(word, size, measure) for word in words):
        space = width(" ", word.face, size) if current else 0.0
        needed = width(word.text, word.face, size)
        if current and used + space + needed > measure:
            lines.append(_line(current))
            current, used, space = [], 0.0, 0.0
        current.append(word)
        used += space + needed
    return (*lines, _line(current)) if current else tuple(lines)


def _fitting(word: Span, size: float, measure: float) -> list[Span]:
    """Cut a word that is wider than the measure, such as a web address, into pieces that fit."""
    pieces: list[Span] = []
    rest = word.text
    while width(rest, word.face, size) > measure and len(rest) > 1:
        fits = len(rest) - 1
        while fits > 1 and width(rest[:fits], word.face, size) > measure:
            fits -= 1
        pieces.append(Span(rest[:fits], word.face))
        rest = rest[fits:]
    return [*pieces, Span(rest, word.face)]


def _line(words: list[Span]) -> Line:
    spans: list[Span] = []
    for n, word in enumerate(words):
        text = f" {word.text}" if n else word.text
        if spans and spans[-1].face == word.face:
            spans[-1] = Span(spans[-1].text + text, word.face)
        else:
            spans.append(Span(text, word.face))
    return Line(tuple(spans))
