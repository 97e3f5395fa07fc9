"""Every edition keeps to PDF/A-2a and PDF/UA-1; and each check of that speaks on a file broken on purpose."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pytest
from PIL import Image, ImageCms

from tests import report_kit as kit
from tests.conformance import the_file, the_fonts, the_structure
from vpdesk.reporting import pdf
from vpdesk.reporting.document import Palette
from vpdesk.reporting.pdf import colour, metadata
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKS: Final = (*the_file.CHECKS, *the_fonts.CHECKS, *the_structure.CHECKS)
GOOD: Final = pdf.render(kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen(), talks=40)))
WITH_LOGO: Final = pdf.render(kit.document(kit.protected(Level.TOTAAL, 7), logo=kit.a_logo()))


def changed(change: Callable[[pikepdf.Pdf], Any], good: bytes = GOOD) -> bytes:
    """Return the good file with something changed in its objects."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as file:
        change(file)
        file.save(
            out,
            static_id=True,
            fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def replaced(old: bytes, new: bytes) -> bytes:
    """Return the good file with the first of some bytes replaced by as many others."""
    assert len(old) == len(new)
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def elements(file: pikepdf.Pdf, kind: str) -> list[Any]:
    found = [one.node for one in the_structure.tree(the_file.Opened(b"", file)) if one.kind == kind]
    assert found
    return found


def add_to(file: pikepdf.Pdf, page: int, content: bytes) -> None:
    file.pages[page].contents_add(content)


def to_xml(file: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    was = file.Root.Metadata.read_raw_bytes()
    assert old in was
    file.Root.Metadata = file.make_stream(was.replace(old, new), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def in_picture(key: str, value: Any) -> bytes:
    """Return a file with a logo that says one thing more of its picture."""

    def change(file: pikepdf.Pdf) -> None:
        (picture,) = file.pages[0].Resources.XObject.values()
        picture[key] = value

    return changed(change, WITH_LOGO)


def page_action(file: pikepdf.Pdf) -> None:
    file.pages[0].AA = pikepdf.Dictionary()


def script(file: pikepdf.Pdf) -> None:
    file.Root.Outlines.First.A = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")


def attached(file: pikepdf.Pdf) -> None:
    file.attachments["geheim.txt"] = b"namen"


def profile(file: pikepdf.Pdf, content: bytes) -> None:
    file.Root.OutputIntents[0].DestOutputProfile.write(content)


def in_front(file: pikepdf.Pdf, key: str, value: Any) -> None:
    file.pages[1].Annots[0][key] = value


def first_font(file: pikepdf.Pdf) -> Any:
    return file.pages[1].Resources.Font[next(iter(file.pages[1].Resources.Font.keys()))]


def wider(file: pikepdf.Pdf) -> None:
    for font in file.pages[1].Resources.Font.values():
        font.Widths = pikepdf.Array([int(width) + 5 for width in font.Widths])


def without_a_box(file: pikepdf.Pdf) -> None:
    del elements(file, "Figure")[0].A


def a_column_less(file: pikepdf.Pdf) -> None:
    del elements(file, "TR")[3].K[-1]


def out_of_place(file: pikepdf.Pdf) -> None:
    elements(file, "Sect")[0].K.append(elements(file, "TR")[0])


def uncounted(file: pikepdf.Pdf) -> None:
    file.Root.StructTreeRoot.ParentTree.Nums[3][0] = elements(file, "H1")[-1]


def alone(file: pikepdf.Pdf) -> None:
    elements(file, "P")[0].K = pikepdf.Array()


def notes_alike(file: pikepdf.Pdf) -> None:
    first, second, *_ = elements(file, "Note")
    second.ID = first.ID


def without_a_sign(file: pikepdf.Pdf) -> None:
    del elements(file, "LI")[0].K[0]


def without_heads(file: pikepdf.Pdf) -> None:
    for cell in elements(file, "TH"):
        cell.S = pikepdf.Name.TD


BROKEN: Final = {
    "header": (replaced(b"%PDF-1.7\n", b"%PDF_1.7\n"), GOOD[:9] + b"%abcd" + GOOD[14:]),
    "trailer": (GOOD + b"naam\n",),
    "streams": (re.sub(rb"\nendstream", b" endstream", GOOD, count=1), re.sub(rb"/Length 508", b"/Length 500", GOOD)),
    "filters": (re.sub(rb"/N 3\n", b"/N 3 /Filter /LZWDecode\n", GOOD),),
    "limits": (
        changed(lambda file: file.Root.__setitem__("/X", pikepdf.String("x" * 40_000))),
        changed(lambda file: file.Root.__setitem__("/X", pikepdf.Name("/" + "x" * 128))),
        changed(lambda file: file.Root.__setitem__("/X", 2**31)),
    ),
    "output_intent": (
        changed(lambda file: file.Root.__delitem__("/OutputIntents")),
        changed(lambda file: profile(file, colour.srgb_profile()[:-1])),
        changed(lambda file: profile(file, colour.srgb_profile().replace(b"RGB ", b"CMYK"))),
        changed(lambda file: file.Root.OutputIntents[0].DestOutputProfile.__setitem__("/N", 4)),
    ),
    "colours": (changed(lambda file: add_to(file, 0, b"0 0 0 1 k")),),
    "nothing_see_through": (
        changed(lambda file: file.pages[0].Resources.__setitem__("/ExtGState", pikepdf.Dictionary())),
        changed(lambda file: file.pages[0].__setitem__("/Group", pikepdf.Dictionary())),
        in_picture("/SMask", pikepdf.Dictionary()),
        in_picture("/Interpolate", True),
        in_picture("/Subtype", pikepdf.Name.Form),
        in_picture("/ColorSpace", pikepdf.Name.DeviceCMYK),
    ),
    "nothing_acts": (changed(page_action), changed(script), changed(attached)),
    "annotations": (
        changed(lambda file: in_front(file, "/F", 6)),
        changed(lambda file: in_front(file, "/Subtype", pikepdf.Name.Text)),
    ),
    "metadata": (
        changed(lambda file: file.Root.__delitem__("/Metadata")),
        changed(lambda file: to_xml(file, b"2026-01-29T", b"2026-01-30T")),
        changed(lambda file: to_xml(file, b"Oosterlee", b"Westerlee")),
        changed(lambda file: to_xml(file, kit.AUTHOR.encode(), b"Iemand")),
        changed(lambda file: file.docinfo.__setitem__("/Producer", "Iets")),
        changed(lambda file: file.docinfo.__setitem__("/ModDate", "D:20260130000000Z")),
        changed(lambda file: file.Root.Metadata.__setitem__("/Subtype", pikepdf.Name.Text)),
    ),
    "schemas": (changed(lambda file: to_xml(file, b"<pdfaProperty:name>part<", b"<pdfaProperty:name>deel<")),),
    "versions": (changed(lambda file: to_xml(file, b"conformance>A<", b"conformance>B<")),),
    "embedded": (
        changed(lambda file: first_font(file).FontDescriptor.__delitem__("/FontFile2")),
        changed(lambda file: first_font(file).__setitem__("/BaseFont", pikepdf.Name("/SourceSans3"))),
    ),
    "widths": (changed(wider),),
    "encodings": (
        changed(lambda file: first_font(file).__setitem__("/Encoding", pikepdf.Name.WinAnsiEncoding)),
        changed(lambda file: first_font(file).FontDescriptor.__setitem__("/Flags", 32)),
    ),
    "characters": (
        changed(lambda file: first_font(file).__delitem__("/ToUnicode")),
        re.sub(rb"(?<=beginbfrange\n)(<00> <\w\w> \[)?(<0000>)", rb"\1<FFFE>", GOOD).replace(b"<0041>", b"<0000>"),
    ),
    "glyphs": (changed(lambda file: add_to(file, 1, b"/Artifact BMC BT /F3+0 9 Tf (\\010) Tj ET EMC")),),
    "marked": (
        changed(lambda file: file.Root.__delitem__("/MarkInfo")),
        changed(lambda file: file.Root.MarkInfo.__setitem__("/Suspects", True)),
    ),
    "kinds": (
        changed(lambda file: elements(file, "Document")[0].__setitem__("/S", pikepdf.Name.Verslag)),
        changed(lambda file: elements(file, "P")[0].__setitem__("/S", pikepdf.Name.Alinea)),
        changed(out_of_place),
    ),
    "everything_is_tagged": (
        changed(lambda file: add_to(file, 0, b"0 0 9 9 re f")),
        changed(lambda file: add_to(file, 0, b"/Artifact BMC /P <</MCID 99>> BDC EMC EMC")),
    ),
    "parents": (
        changed(uncounted),
        changed(alone),
        changed(lambda file: add_to(file, 1, b"/P <</MCID 0>> BDC EMC")),
        changed(lambda file: add_to(file, 1, b"/P <</MCID 999>> BDC EMC")),
    ),
    "titled": (
        changed(lambda file: file.Root.__delitem__("/ViewerPreferences")),
        changed(lambda file: file.docinfo.__delitem__("/Title")),
    ),
    "language": (changed(lambda file: file.Root.__delitem__("/Lang")),),
    "figures": (
        changed(lambda file: elements(file, "Figure")[0].__delitem__("/Alt")),
        changed(without_a_box),
    ),
    "headings": (changed(lambda file: elements(file, "H2")[0].__setitem__("/S", pikepdf.Name.H3)),),
    "tables": (
        changed(a_column_less),
        changed(without_heads),
        changed(lambda file: elements(file, "TH")[0].__delitem__("/A")),
    ),
    "lists": (changed(without_a_sign), changed(lambda file: elements(file, "L")[0].__delitem__("/A"))),
    "notes": (changed(notes_alike), changed(lambda file: elements(file, "Note")[0].__delitem__("/ID"))),
    "links": (
        changed(lambda file: in_front(file, "/Contents", "")),
        changed(lambda file: elements(file, "Link")[0].__setitem__("/S", pikepdf.Name.Span)),
        changed(lambda file: file.pages[2].__setitem__("/Tabs", pikepdf.Name.R)),
    ),
}


OTHERS: Final = {
    "forty units and long texts": kit.stretched(),
    "signs of a second font": kit.document(
        kit.protected(Level.TOTAAL, 7), client=replace(kit.CLIENT, name="Pijl ⇄ Łódź")
    ),
    "a wide logo": kit.document(kit.protected(Level.GEEN_GETALLEN), logo=kit.a_logo(900, 60)),
    "a tall logo": kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen()), logo=kit.a_logo(60, 400)),
    "the other colours": replace(kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen())), palette=Palette.PRUIM),
}


@pytest.mark.parametrize("name", [*sorted(kit.editions()), *OTHERS])
def test_every_edition_keeps_to_both_standards(name: str) -> None:
    opened = the_file.Opened.of(pdf.render((kit.editions() | OTHERS)[name]))
    assert {check.__name__: wrong for check in CHECKS if (wrong := check(opened))} == {}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_each_check_speaks_on_a_file_broken_on_purpose(check: Callable[[the_file.Opened], list[str]]) -> None:
    assert check(the_file.Opened.of(GOOD)) == []
    for broken in BROKEN[check.__name__]:
        assert check(the_file.Opened.of(broken)), f"{check.__name__} is silent"


def test_what_is_changed_for_the_checks_is_otherwise_still_good() -> None:
    opened = the_file.Opened.of(changed(lambda _: None))
    assert {check.__name__ for check in CHECKS if check(opened)} <= {"header"}  # another writer, another comment


def test_the_profile_is_srgb_to_who_reads_colours() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(colour.srgb_profile()))
    assert ImageCms.getProfileDescription(ours).strip() == colour.NAME
    ramp = Image.frombytes(
        "RGB", (52, 52), bytes(level * 5 for r in range(52) for g in range(52) for level in (r, g, 51 - r))
    )
    seen = ImageCms.applyTransform(ramp, ImageCms.buildTransform(ours, ImageCms.createProfile("sRGB"), "RGB", "RGB"))
    assert seen is not None
    apart = [abs(a - b) for a, b in zip(ramp.tobytes(), seen.tobytes(), strict=True)]
    assert max(apart) <= 1


def test_the_packet_holds_what_was_chosen_and_survives_signs_of_its_own_language() -> None:
    made = metadata.packet("Jaarverslag <2025> & meer", 'Jo "de" Wit', kit.TODAY, "nl-NL")
    assert b"Jaarverslag &lt;2025&gt; &amp; meer" in made
    assert b"vpdesk" not in made.lower()
    assert made.startswith(b'<?xpacket begin="\xef\xbb\xbf"')
