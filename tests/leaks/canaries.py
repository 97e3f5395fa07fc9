"""Words that stand for what a vault holds, and how to find them in whatever a program wrote."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TEXT: Final = "zonnebloempitkwark"
NAME: Final = "Ottoliena Wrevelhout"
ORGANISATION: Final = "Stichting Papaverkamer"
CANARIES: Final = (TEXT, "ottoliena", "wrevelhout", "papaverkamer")

LONGEST: Final = 2 * max(map(len, CANARIES))
_NEEDLES: Final = tuple(
    (word, form) for word in CANARIES for form in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
)
_PACKED: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")
_MOST: Final = 50_000_000


def _inflated(content: bytes) -> Iterator[bytes]:
    """Whatever zlib, gzip or a zip file packed into these bytes, wherever it begins."""
    for found in _PACKED.finditer(content):
        start, bits = found.start(), 47  # zlib or gzip, by its head
        if found[0] == b"PK\x03\x04":
            lengths = content[start + 26 : start + 30]
            start += 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
            bits = -15
        try:
            yield zlib.decompressobj(bits).decompress(content[start:], _MOST)
        except zlib.error:
            continue  # two bytes that only looked like a head


def found_in(content: bytes) -> set[str]:
    """The canaries in these bytes, as text in three encodings, in capitals or not, packed or not."""
    spread = [content, *_inflated(content)]
    return {word for part in spread for low in (part.lower(),) for word, form in _NEEDLES if form in low}


def files_under(*roots: Path) -> Iterator[Path]:
    """Every file below some folders; sockets and pipes hold nothing."""
    for root in roots:
        yield from (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def told_by(roots: Iterable[Path], but: Iterable[Path] = ()) -> dict[str, set[str]]:
    """Which files tell which canaries, by content or by name; `but` names what the user made or asked for."""
    spared = set(but)
    told = {}
    for path in files_under(*roots):
        if path in spared:
            continue
        found = found_in(path.read_bytes()) | found_in(path.name.encode())
        if found:
            told[str(path)] = found
    return told
