"""The fonts of the report: registered once, measured, and a character that none of them has is an error."""

import functools
from pathlib import Path
from typing import Any, Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from vpdesk.domain.errors import VpdeskError
from vpdesk.reporting.pdf.style import LIGHT, REGULAR, SEMIBOLD, SYMBOLS
from vpdesk.reporting.printed import printed

FOLDER: Final = Path(__file__).resolve().parents[3] / "resources" / "fonts"
_FILES: Final = {
    REGULAR: "SourceSans3-Regular.ttf",
    SEMIBOLD: "SourceSans3-Semibold.ttf",
    LIGHT: "SourceSans3-Light.ttf",
    SYMBOLS: "DejaVuSans-symbols.ttf",
}
_NO_BREAK_SPACE: Final = "\u00a0"


class MissingGlyphError(VpdeskError):
    """A character that no font of the report can show; nothing was written."""


@functools.cache
def font(face: str) -> Any:
    """Return the font object of a face, registered with ReportLab on first use."""
    made = TTFont(face, str(FOLDER / _FILES[face]), asciiReadable=True, shapable=False)
    pdfmetrics.registerFont(made)
    return made


@functools.cache
def _glyphs(face: str) -> frozenset[int]:
    return frozenset(font(face).face.charToGlyph)


@functools.cache
def _characters(face: str) -> frozenset[str]:
    """Return every character that stands in a face itself."""
    return frozenset(chr(code) for code in _glyphs(face)) | {_NO_BREAK_SPACE}


def clean(text: str) -> str:
    """Return the text as it is printed on one line: composed, with tabs and line ends as spaces."""
    if text.isascii() and text.isprintable():
        return text
    return printed(text).text.removesuffix("\n").replace("\n", " ")


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """Cut text into (face, text) runs: symbols that the face lacks come from the symbol font.

    Raises:
        MissingGlyphError: a character is in neither.
    """
    if text and _characters(face).issuperset(text):
        return [(face, text)]
    made: list[tuple[str, str]] = []
    for character in text:
        code = ord(character)
        if character == _NO_BREAK_SPACE or code in _glyphs(face):
            chosen = face
        elif code in _glyphs(SYMBOLS):
            chosen = SYMBOLS
        else:
            raise MissingGlyphError(
                f"Het teken ‘{character}’ (U+{code:04X}) kan niet in het verslag staan: geen van de lettertypen heeft "
                "het. Er is geen bestand gemaakt. Vervang het teken in uw tekst en probeer het opnieuw."
            )
        if made and made[-1][0] == chosen:
            made[-1] = (chosen, made[-1][1] + character)
        else:
            made.append((chosen, character))
    return made


@functools.lru_cache(maxsize=20_000)
def width(text: str, face: str, size: float) -> float:
    """Return the width of text in points."""
    return float(sum(font(chosen).stringWidth(part, size) for chosen, part in runs(text, face)))
