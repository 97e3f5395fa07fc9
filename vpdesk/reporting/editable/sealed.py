"""The last step of a file that is an archive: no clock, no machine and no build of zlib may show in its bytes."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip file knows
_FIRST: Final = ("mimetype", "[Content_Types].xml")  # what readers look for at the start


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def sealed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of parts in a fixed order, not compressed: compressed bytes differ between builds of zlib."""
    names = sorted(parts, key=lambda name: (name not in _FIRST, name))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system = 0  # of no system in particular
            archive.writestr(entry, parts[name])
    return out.getvalue()
