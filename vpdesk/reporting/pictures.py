"""A picture that the vault keeps, as a document holds it and as a PDF takes it over: its samples stay as they lie."""

import base64
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vpdesk.reporting.document import Picture

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KIND: Final = [8, 2, 0, 0, 0]  # eight bits for each of three colours, in one go from top to bottom


@dataclass(frozen=True, slots=True)
class Samples:
    """What a PDF takes over of a kept picture: its measures in pixels, and its samples as they lie in the PNG."""

    width: int
    height: int
    packed: bytes


def samples(png: bytes) -> Samples:
    """Return the samples of a picture that `plain_logo` made.

    Raises:
        ValueError: it made no such picture.
    """
    parts = dict.fromkeys((b"IHDR", b"IDAT"), b"")
    for kind, content in _chunks(png):
        parts[kind] = parts.get(kind, b"") + content
    try:
        width, height, *kind_of_samples = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    except struct.error as error:
        raise ValueError("no header of a picture") from error
    if kind_of_samples != _KIND or not parts[b"IDAT"]:
        raise ValueError("another kind of picture than is kept")
    return Samples(width, height, parts[b"IDAT"])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    at = len(_SIGNATURE)
    while at + 12 <= len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if at + size + 12 > len(png):
            raise ValueError("a PNG that was cut off")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12


def picture(png: bytes, alt: str) -> Picture:
    """Return a kept logo as a document holds it. Raises ValueError as `samples` does."""
    found = samples(png)
    return Picture(base64.b64encode(png).decode("ascii"), found.width, found.height, alt)
