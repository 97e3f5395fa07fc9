"""The file itself: header, trailer, streams, colour, metadata, and what may not be in it."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pikepdf
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

INTEGERS: Final = 2**31
LONGEST_STRING, LONGEST_NAME = 32_767, 127
_HIGH: Final = 128
_SPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_KNOWN: Final = {"dc", "xmp", "pdfaid", "pdfaExtension", "rdf"}  # what PDF/A describes itself


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as bytes and as objects."""

    content: bytes
    pdf: pikepdf.Pdf

    @classmethod
    def of(cls, content: bytes) -> Opened:
        """Open bytes."""
        return cls(content, pikepdf.open(io.BytesIO(content)))


def objects(opened: Opened) -> Iterator[Any]:
    """Give every object of the file, those within others too."""
    for found in opened.pdf.objects:
        yield from _within(found)


def _within(found: Any) -> Iterator[Any]:
    yield found
    if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        inner = [found[key] for key in found.keys()]  # noqa: SIM118 - not a mapping
    elif isinstance(found, pikepdf.Array):
        inner = list(found)
    else:
        return
    for one in inner:
        if not getattr(one, "is_indirect", False):
            yield from _within(one)


def header(opened: Opened) -> list[str]:
    """6.1.2: the version at the very start, and a comment of four bytes above 127 on the next line."""
    first, second, *_ = opened.content.split(b"\n", 2)
    wrong = [] if re.fullmatch(rb"%PDF-1\.[0-7]", first) else ["no version at the start"]
    comment = second[1:5]
    if not (second.startswith(b"%") and len(comment) == 4 and all(byte >= _HIGH for byte in comment)):
        wrong.append("no comment of four high bytes")
    return wrong


def trailer(opened: Opened) -> list[str]:
    """6.1.3: an identity, no encryption, and nothing after the last mark of the end."""
    wrong = [] if "/ID" in opened.pdf.trailer else ["no identity"]
    if opened.pdf.is_encrypted:
        wrong.append("encrypted")
    if opened.content.rstrip(b"\r\n").rpartition(b"%%EOF")[2]:
        wrong.append("something after the end")
    return wrong


def streams(opened: Opened) -> list[str]:
    """6.1.7.1: an end of line before `endstream`, lengths that are true, and no content in other files."""
    starts = [(m.start(), m.end()) for m in re.finditer(rb"stream\r?\n", opened.content)]
    unended = re.finditer(rb"[^\r\n]endstream", opened.content)
    wrong = [f"no end of line before endstream at {found.start()}" for found in unended]
    lengths = [int(size) for size in re.findall(rb"/Length (\d+)(?! \d+ R)", opened.content)]
    begun = [end for start, end in starts if opened.content[start - 3 : start] != b"end"]
    for end, size in zip(begun, lengths, strict=False):
        if not re.match(rb"\r?\n?endstream", opened.content[end + size : end + size + 12]):
            wrong.append(f"the length of the stream at {end} is not true")
    held = [found for found in objects(opened) if isinstance(found, pikepdf.Stream)]
    elsewhere = [one for one in held if {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys())]
    return wrong + ["content in another file"] * len(elsewhere)


def filters(opened: Opened) -> list[str]:
    """6.1.7.2: no LZW, and no filter that a standard does not know."""
    allowed = {"/FlateDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode", "/DCTDecode"}
    wrong = []
    for found in objects(opened):
        if isinstance(found, pikepdf.Stream) and "/Filter" in found:
            used = found.Filter if isinstance(found.Filter, pikepdf.Array) else [found.Filter]
            wrong += [f"filter {name}" for name in map(str, used) if name not in allowed]
    return wrong


def limits(opened: Opened) -> list[str]:
    """6.1.13: numbers, strings and names no longer than a reader must know."""
    wrong = []
    for found in objects(opened):
        if isinstance(found, int) and not -INTEGERS <= found < INTEGERS:
            wrong.append("a number that is too large")
        if isinstance(found, pikepdf.String) and len(bytes(found)) > LONGEST_STRING:
            wrong.append("a string that is too long")
        if isinstance(found, pikepdf.Name) and len(str(found)) - 1 > LONGEST_NAME:
            wrong.append("a name that is too long")
    return wrong


def output_intent(opened: Opened) -> list[str]:
    """6.2.3: one intent for archives, with a profile of a display in RGB that can be read."""
    intents = opened.pdf.Root.get("/OutputIntents", [])
    if len(intents) != 1 or intents[0].S != "/GTS_PDFA1" or "/DestOutputProfile" not in intents[0]:
        return ["not one intent with a profile"]
    profile = intents[0].DestOutputProfile
    content = profile.read_bytes()
    size, kind, space = struct.unpack(">I8x4s4s", content[:20])
    wrong = [] if (size, kind, space) == (len(content), b"mntr", b"RGB ") else ["not a display in RGB"]
    if profile.N != 3:
        wrong.append("not three colours")
    return wrong


def colours(opened: Opened) -> list[str]:
    """6.2.4: every colour is RGB or grey, which the intent gives a meaning."""
    allowed = {"rg", "RG", "g", "G"}
    used = {name for page in opened.pdf.pages for name, _ in content(page) if name in {*allowed, *_OTHER_COLOURS}}
    return [f"colour by {name}" for name in sorted(used - allowed)]


_OTHER_COLOURS: Final = ("k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "ri")


def content(page: Any) -> list[tuple[str, list[Any]]]:
    """Return the instructions of a page: operator and operands."""
    return [(str(one.operator), list(one.operands)) for one in pikepdf.parse_content_stream(page)]


def nothing_see_through(opened: Opened) -> list[str]:
    """6.2.5, 6.2.8, 6.2.10: no graphics states, forms or groups, so nothing that a state or group could hide.

    A picture is plain samples: nothing shines through, nothing is guessed between them, and no other picture stands
    for it.
    """
    wrong = []
    for n, page in enumerate(opened.pdf.pages):
        wrong += [f"{key} on page {n}" for key in ("/ExtGState", "/Shading") if key in page.Resources]
        for one in page.Resources.get("/XObject", {}).values():
            odd = sorted({"/SMask", "/Mask", "/Interpolate", "/Alternates", "/OPI"} & set(one.keys()))
            plain = one.get("/Subtype") == "/Image" and one.get("/ColorSpace") == "/DeviceRGB"
            wrong += [f"{key} of a picture on page {n}" for key in odd] + ([] if plain else [f"/XObject on page {n}"])
        if "/Group" in page:
            wrong.append(f"a group on page {n}")
    return wrong


def nothing_acts(opened: Opened) -> list[str]:
    """6.4 to 6.11: no forms, scripts, actions, attachments, layers, presentations or requirements."""
    forbidden = ("/AcroForm", "/OpenAction", "/AA", "/OCProperties", "/Requirements", "/AF", "/Collection", "/URI")
    wrong = [f"{key} in the catalog" for key in forbidden if key in opened.pdf.Root]
    names = opened.pdf.Root.get("/Names", {})
    wrong += [f"{key} among the names" for key in names]
    for n, page in enumerate(opened.pdf.pages):
        wrong += [f"{key} on page {n}" for key in ("/AA", "/PresSteps", "/Trans", "/PieceInfo") if key in page]
    for found in objects(opened):
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") in {"/JavaScript", "/Launch", "/URI", "/GoToR"}:
            wrong.append(f"an action {found.S}")
    return wrong


def annotations(opened: Opened) -> list[str]:
    """6.3: only links, which are printed and never hidden."""
    wrong = []
    for n, page in enumerate(opened.pdf.pages):
        for one in page.get("/Annots", []):
            if one.Subtype != "/Link":
                wrong.append(f"{one.Subtype} on page {n}")
            if int(one.get("/F", 0)) != 4:
                wrong.append(f"a link on page {n} that is not printed, or hidden")
    return wrong


def _packet(opened: Opened) -> Any:
    return etree.fromstring(opened.pdf.Root.Metadata.read_raw_bytes())


def _value(packet: Any, path: str) -> list[str]:
    return [str(found.text) for found in packet.findall(f".//{path}", _SPACES)]


def metadata(opened: Opened) -> list[str]:
    """6.6.2: a packet in plain bytes that says the same as the information dictionary."""
    if "/Metadata" not in opened.pdf.Root:
        return ["no packet"]
    stream = opened.pdf.Root.Metadata
    if "/Filter" in stream or (stream.Type, stream.Subtype) != ("/Metadata", "/XML"):
        return ["the packet is not plain XML"]
    packet, information = _packet(opened), opened.pdf.docinfo
    day = str(information.get("/CreationDate", ""))
    pairs = (
        ("title", _value(packet, "dc:title/rdf:Alt/rdf:li"), str(information.get("/Title", ""))),
        ("author", _value(packet, "dc:creator/rdf:Seq/rdf:li"), str(information.get("/Author", ""))),
        ("day made", _value(packet, "xmp:CreateDate"), f"{day[2:6]}-{day[6:8]}-{day[8:10]}T00:00:00Z"),
        ("day changed", _value(packet, "xmp:ModifyDate"), f"{day[2:6]}-{day[6:8]}-{day[8:10]}T00:00:00Z"),
    )
    wrong = [f"another {name}" for name, there, here in pairs if there != [here]]
    if information.get("/ModDate") != information.get("/CreationDate"):
        wrong.append("another day")
    extra = set(information.keys()) - {"/Title", "/Author", "/CreationDate", "/ModDate"}
    return wrong + [f"{key} in the information" for key in sorted(extra)]


def schemas(opened: Opened) -> list[str]:
    """6.6.2.3: a schema that archives do not know is described, with each property that is used."""
    packet = _packet(opened)
    described = dict(zip(_value(packet, "pdfaSchema:prefix"), _value(packet, "pdfaProperty:name"), strict=False))
    wrong = []
    for found in packet.iterfind(".//rdf:Description/*", _SPACES):
        name = etree.QName(found)
        if found.prefix not in _KNOWN and described.get(found.prefix) != name.localname:
            wrong.append(f"{found.prefix}:{name.localname} is not described")
    return wrong


def versions(opened: Opened) -> list[str]:
    """6.6.4 of ISO 19005-2 and clause 5 of ISO 14289-1: which parts the file says it keeps to."""
    packet = _packet(opened)
    said = [_value(packet, f"{name}") for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    return [] if said == [["2"], ["A"], ["1"]] else [f"says {said}"]


CHECKS: Final = (
    header,
    trailer,
    streams,
    filters,
    limits,
    output_intent,
    colours,
    nothing_see_through,
    nothing_acts,
    annotations,
    metadata,
    schemas,
    versions,
)
