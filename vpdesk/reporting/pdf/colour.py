"""The colour space of the file, sRGB (IEC 61966-2-1), as an ICC profile that says nothing of who made it.

Written as ICC.1:2004-10 (profile version 4.2) describes: a display profile of three primaries and one curve.
"""

import functools
import struct
from typing import Final

NAME: Final = "sRGB IEC61966-2.1"

_WHITE: Final = (0.9642, 1.0, 0.8249)  # D50, the white of the connection space
_PRIMARIES: Final = (  # red, green and blue of sRGB, adapted to D50
    (b"rXYZ", (0.43607, 0.22249, 0.01392)),
    (b"gXYZ", (0.38515, 0.71687, 0.09708)),
    (b"bXYZ", (0.14307, 0.06061, 0.71410)),
)
_FROM_D65: Final = (  # the Bradford adaptation from the white of sRGB to D50, row by row
    1.04788, 0.02292, -0.05022,
    0.02959, 0.99048, -0.01707,
    -0.00925, 0.01508, 0.75168,
)  # fmt: skip
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)  # (ax + b) to the power g, below d a line cx
_MADE: Final = (2026, 1, 1, 0, 0, 0)  # the day of this description; the same in every file
_HEADER: Final = 128
_ENTRY: Final = 12


@functools.cache
def srgb_profile() -> bytes:
    """Return the profile: the same bytes on every machine, about half a kilobyte."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    parts = [
        (b"desc", _words(NAME)),
        (b"cprt", _words("CC0")),
        (b"wtpt", b"XYZ " + bytes(4) + _fixed(*_WHITE)),
        (b"chad", b"sf32" + bytes(4) + _fixed(*_FROM_D65)),
        *((name, b"XYZ " + bytes(4) + _fixed(*value)) for name, value in _PRIMARIES),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    placed: dict[bytes, int] = {}
    data, start = b"", _HEADER + 4 + _ENTRY * len(parts)
    table = struct.pack(">I", len(parts))
    for name, content in parts:
        if content not in placed:
            placed[content] = start + len(data)
            data += content + bytes(-len(content) % 4)
        table += name + struct.pack(">II", placed[content], len(content))
    return _header(start + len(data)) + table + data


def _header(size: int) -> bytes:
    return (
        struct.pack(">I4sI", size, b"", 0x04200000)
        + b"mntrRGB XYZ "
        + struct.pack(">6H", *_MADE)
        + b"acsp"
        + bytes(28)  # no platform, flags, device or attributes; the rendering intent is perceptual
        + _fixed(*_WHITE)
        + bytes(48)
    )


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _words(text: str) -> bytes:
    """Return a text in one language, as `mluc`."""
    written = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(written), 28) + written
