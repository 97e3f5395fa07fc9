"""What an attacker reads out of a report as a file: every string and stream, every revision, every rectangle."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdf

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text on a page, with where it begins."""

    page: int
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle on a page."""

    page: int
    x: float
    y: float
    width: float
    height: float

    def beside(self, word: Word) -> bool:
        """Return whether it stands on the line of a word."""
        return self.page == word.page and self.y - 1 <= word.y <= self.y + self.height + 1


def _placed(matrix: list[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def drawn(content: bytes) -> tuple[list[Word], list[Bar]]:
    """Return all text and all rectangles, in the coordinates of the page, whatever their colour or order."""
    words: list[Word] = []
    bars: list[Bar] = []
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(content)).pages):

        def text(found: str, cm: Any, tm: Any, *_: object, number: int = number) -> None:
            if found.strip():
                x, y = _placed(cm, tm[4], tm[5])
                words.append(Word(number, x, y, found.strip()))

        def operand(operator: bytes, operands: Any, cm: Any, _tm: Any, number: int = number) -> None:
            if operator == b"re":
                x, y, wide, high = (float(value) for value in operands)
                (left, low), (right, top) = _placed(cm, x, y), _placed(cm, x + wide, y + high)
                bars.append(Bar(number, min(left, right), min(low, top), abs(right - left), abs(top - low)))

        page.extract_text(visitor_text=text, visitor_operand_before=operand)
    return words, bars


def revisions(content: bytes) -> list[bytes]:
    """Return the file as it was after each time that it was saved: a PDF may be appended to."""
    ends, at = [], content.find(b"%%EOF")
    while at >= 0:
        ends.append(at + len(b"%%EOF"))
        at = content.find(b"%%EOF", at + 1)
    return [content[:end] + b"\n" for end in ends]


def everything(content: bytes) -> str:
    """Return whatever the file holds in words: pages, metadata, alternative texts, attachments, earlier revisions."""
    found: list[str] = []
    for revision in revisions(content):
        found += [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(revision)).pages]
        with pikepdf.open(io.BytesIO(revision)) as file:
            for item in file.objects:
                found += _strings(item)
            for name, attached in file.attachments.items():
                found += [name, attached.get_file().read_bytes().decode("utf-8", "replace")]
    return "\n".join(found)


def _strings(item: Any) -> Iterator[str]:
    """Yield every string in an object that is not a drawing, and the text of streams that are none either."""
    if isinstance(item, pikepdf.Stream):
        if item.get("/Type") in {"/Metadata", "/EmbeddedFile"}:
            yield item.read_bytes().decode("utf-8", "replace")
        yield from _strings(item.stream_dict)
    elif isinstance(item, pikepdf.Dictionary):
        for value in item.values():
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value)
    elif isinstance(item, pikepdf.String):
        yield str(item)
