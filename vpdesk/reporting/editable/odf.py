"""What OpenDocument files have in common: what they say of themselves, and the few parts that they are."""

import io
from html import escape
from typing import Any, Final

from vpdesk.reporting.document import Document
from vpdesk.reporting.editable.sealed import parts_of, sealed

_META: Final = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.4">
 <office:meta>
  <dc:title>{title}</dc:title>
  <meta:initial-creator>{author}</meta:initial-creator>
  <dc:creator>{author}</dc:creator>
  <meta:creation-date>{day}T00:00:00</meta:creation-date>
  <dc:date>{day}T00:00:00</dc:date>
  <dc:language>nl-NL</dc:language>
 </office:meta>
</office:document-meta>
"""
_MANIFEST: Final = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.4">
 <manifest:file-entry manifest:full-path="/" manifest:version="1.4" manifest:media-type="{kind}"/>
 <manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
 <manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
 <manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>{logo}
</manifest:manifest>
"""
LOGO: Final = "Pictures/logo.png"
_LOGO: Final = f'\n <manifest:file-entry manifest:full-path="{LOGO}" manifest:media-type="image/png"/>'


def sealed_file(made: Any, document: Document, *, pictures: bool = False) -> bytes:
    """Return an odfdo document as a file of its words and styles only, with the logo where `pictures` are shown.

    What the library's template brings besides goes: a thumbnail, settings of somebody's window and printer, the name
    of the library and the moment at which it was made.
    """
    out = io.BytesIO()
    made.save(out)
    parts = parts_of(out.getvalue())
    said = {"title": escape(document.title), "author": escape(document.author), "day": f"{document.day:%Y-%m-%d}"}
    logo = document.cover.logo if pictures else None
    shown = {} if logo is None else {LOGO: logo.png}
    kind = parts["mimetype"].decode().strip()
    return sealed(
        {
            "mimetype": parts["mimetype"],
            "content.xml": parts["content.xml"],
            "styles.xml": parts["styles.xml"],
            "meta.xml": _META.format(**said).encode(),
            "META-INF/manifest.xml": _MANIFEST.format(kind=kind, logo=_LOGO if shown else "").encode(),
            **shown,
        }
    )
