"""Fonts: embedded, as wide as they say, with a meaning for every code that is shown (ISO 19005-2, 6.2.11; UA 7.21)."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from tests.conformance.the_file import content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.the_file import Opened

_SYMBOLIC, _NONSYMBOLIC = 4, 32
_TOLERANCE: Final = 1
"""Thousandths of an em by which a width may differ."""

_NO_CHARACTER: Final = {0, 0xFEFF, 0xFFFE, 0xFFFD}


def _fonts(opened: Opened) -> dict[Any, tuple[Any, set[int]]]:
    """Return each font with the codes that pages show of it."""
    found: dict[Any, tuple[Any, set[int]]] = {}
    for page in opened.pdf.pages:
        chosen = None
        for name, operands in content(page):
            if name == "Tf":
                chosen = page.Resources.Font[str(operands[0])]
                found.setdefault(chosen.objgen, (chosen, set()))
            elif name in {"Tj", "'", '"', "TJ"} and chosen is not None:
                shown = operands[-1] if name == "TJ" else [operands[-1]]
                for part in shown:
                    if isinstance(part, pikepdf.String):
                        found[chosen.objgen][1].update(bytes(part))
    return found


def _tables(font: Any) -> dict[str, bytes]:
    """Return the tables of the embedded TrueType file."""
    program = font.FontDescriptor.FontFile2.read_bytes()
    (count,) = struct.unpack(">H", program[4:6])
    tables = {}
    for n in range(count):
        name, _, start, size = struct.unpack(">4sIII", program[12 + 16 * n : 28 + 16 * n])
        tables[name.decode("ascii")] = program[start : start + size]
    return tables


def _cmaps(tables: dict[str, bytes]) -> list[tuple[int, int, bytes]]:
    table = tables["cmap"]
    (count,) = struct.unpack(">H", table[2:4])
    entries = [struct.unpack(">HHI", table[4 + 8 * n : 12 + 8 * n]) for n in range(count)]
    return [(platform, encoding, table[start:]) for platform, encoding, start in entries]


def _glyphs(cmap: bytes) -> dict[int, int]:
    """Return code to glyph, of format 0 and 6."""
    form, _size, _language = struct.unpack(">HHH", cmap[:6])
    if form == 0:
        return dict(enumerate(cmap[6:262]))
    assert form == 6, "the only other form that a subset has"
    first, count = struct.unpack(">HH", cmap[6:10])
    return {first + n: glyph for n, glyph in enumerate(struct.unpack(f">{count}H", cmap[10 : 10 + 2 * count]))}


def _unicode(font: Any) -> dict[int, list[int]]:
    """Return code to characters, as ToUnicode gives them."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    found = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, character in re.findall(r"<(\w+)>\s*<(\w+)>", part):
            found[int(code, 16)] = _characters(character)
    for part in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, rest in re.findall(r"<(\w+)>\s*<(\w+)>\s*(\[[^\]]*\]|<\w+>)", part):
            listed = re.findall(r"<(\w+)>", rest)
            for n, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = _characters(listed[n]) if rest.startswith("[") else [int(listed[0], 16) + n]
    return found


def _characters(written: str) -> list[int]:
    return [int(written[n : n + 4], 16) for n in range(0, len(written), 4)]


def embedded(opened: Opened) -> list[str]:
    """6.2.11.4: the program of every font that shows something stands in the file, named as the subset that it is."""
    wrong = []
    for font, _ in _fonts(opened).values():
        descriptor = font.get("/FontDescriptor", {})
        if font.Subtype != "/TrueType" or "/FontFile2" not in descriptor:
            wrong.append(f"{font.get('/BaseFont')} is not embedded")
        elif not re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont)) or descriptor.FontName != font.BaseFont:
            wrong.append(f"{font.BaseFont} is not named as a subset")
    return wrong


def widths(opened: Opened) -> list[str]:
    """6.2.11.5: a width in the file is that of the glyph."""
    return [f"{font.BaseFont} {code}" for font, code, said, true in _measured(opened) if abs(said - true) > _TOLERANCE]


def _measured(opened: Opened) -> Iterator[tuple[Any, int, float, float]]:
    for font, codes in _fonts(opened).values():
        tables = _tables(font)
        (em,) = struct.unpack(">H", tables["head"][18:20])
        (long,) = struct.unpack(">H", tables["hhea"][34:36])
        glyphs = _glyphs(_cmaps(tables)[0][2])
        for code in sorted(codes):
            at = min(glyphs.get(code, 0), long - 1) * 4
            (advance,) = struct.unpack(">H", tables["hmtx"][at : at + 2])
            yield font, code, float(font.Widths[code - int(font.FirstChar)]), advance * 1000 / em


def encodings(opened: Opened) -> list[str]:
    """6.2.11.6: a symbolic font has no encoding of its own, and one in its program."""
    wrong = []
    for font, _ in _fonts(opened).values():
        flags = int(font.FontDescriptor.Flags)
        if not flags & _SYMBOLIC or flags & _NONSYMBOLIC:
            wrong.append(f"{font.BaseFont} is not symbolic")
        if "/Encoding" in font:
            wrong.append(f"{font.BaseFont} has an encoding")
        if len(_cmaps(_tables(font))) != 1:
            wrong.append(f"{font.BaseFont} has not one encoding in its program")
    return wrong


def characters(opened: Opened) -> list[str]:
    """6.2.11.7: every code that is shown has a character, and not one that means none."""
    wrong = []
    for font, codes in _fonts(opened).values():
        known = _unicode(font) if "/ToUnicode" in font else {}
        without = [code for code in sorted(codes) if not known.get(code) or _NO_CHARACTER & set(known[code])]
        wrong += [f"{font.BaseFont} {code} has no character" for code in without]
    return wrong


def glyphs(opened: Opened) -> list[str]:
    """6.2.11.8: nothing is shown as the box of a character that is not there."""
    wrong = []
    for font, codes in _fonts(opened).values():
        there = _glyphs(_cmaps(_tables(font))[0][2])
        wrong += [f"{font.BaseFont} {code} is not there" for code in sorted(codes) if not there.get(code)]
    return wrong


CHECKS: Final = (embedded, widths, encodings, characters, glyphs)
