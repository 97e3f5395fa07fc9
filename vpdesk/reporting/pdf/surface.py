"""Drawing on pages: text belongs to a tag, all else is an artifact; and the file says nothing of its making."""

import functools
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from vpdesk.reporting.pdf import colour, fonts, metadata
from vpdesk.reporting.pdf.lines import Line
from vpdesk.reporting.pdf.style import PAGE_HEIGHT, PAGE_WIDTH, REGULAR, SECOND_INK, WHITE, Colours
from vpdesk.reporting.pdf.tags import Tag, write_tree
from vpdesk.reporting.pictures import Samples

rl_config.invariant = 1  # no clock in the file
rl_config.pdfComments = 0  # and no names of classes

CHIP_WIDTH: Final = 17.0
CHIP_HEIGHT: Final = 12.8
CHIP_CENTRE: Final = 5.0  # left of the right edge of the figures, so that it stands under two-figure numbers
_MAKER: Final = b" ReportLab Generated PDF document (opensource)"
_LANGUAGE: Final = "nl-NL"


@functools.cache
def _colour(written: str) -> Any:
    """Return a colour by how it is written: a report has a dozen, and sets them thousands of times."""
    return HexColor(written)


def _line_before_end(written: Any) -> Any:
    """Return how a stream is written, with an end of line before `endstream`, as ISO 19005-2 (6.1.7.1) asks.

    ReportLab leaves it out after bytes that do not happen to end in one, such as those of a font.
    """

    def written_well(stream: Any, document: Any) -> bytes:
        made: bytes = written(stream, document)
        return made.removesuffix(b"endstream\n") + b"\nendstream\n"

    return written_well


pdfdoc.PDFStream.format = _line_before_end(pdfdoc.PDFStream.format)


class Surface:
    """The pages of one file; coordinates in points from the top left."""

    def __init__(self, colours: Colours) -> None:
        self.colours = colours
        self.page = 0
        self.root = Tag("Document")
        self._marks: list[list[Tag]] = [[]]
        self._figure = False
        self._bookmarks = 0
        fonts.font(REGULAR)
        self._file = io.BytesIO()
        self._canvas: Any = Canvas(
            self._file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=0,  # compressed bytes differ between builds of zlib
            invariant=1,
            initialFontName=REGULAR,
            lang=_LANGUAGE,
            pdfVersion=(1, 7),
        )

    def next_page(self) -> None:
        """Close this page and begin the next."""
        self._canvas.showPage()
        self.page += 1
        self._marks.append([])

    @contextmanager
    def _marked(self, tag: Tag | None) -> Iterator[None]:
        if self._figure:
            yield
            return
        code = self._canvas._code  # noqa: SLF001 - marked content has no public call
        if tag is None:
            code.append("/Artifact BMC")
        else:
            tag.enter()
            marks = self._marks[self.page]
            code.append(f"/{tag.kind} <</MCID {len(marks)}>> BDC")
            tag.kids.append((self.page, len(marks)))
            marks.append(tag)
        yield
        code.append("EMC")

    @contextmanager
    def figure(self, tag: Tag, box: tuple[float, float, float, float]) -> Iterator[None]:
        """Draw what is inside as one figure, known by its alternative text; `box` is left, top, right, bottom."""
        left, top, right, bottom = box
        tag.area = (left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top)
        with self._marked(tag):
            self._figure = True
            yield
            self._figure = False

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        face: str,
        size: float,
        colour: str,
        tag: Tag | None,
        spoken: str = "",
    ) -> None:
        """Draw one run of text with its left end at x; `spoken` is what stands for it when it is read aloud."""
        with self._marked(tag):
            if spoken:
                self._canvas._code.append(f"/Span <</ActualText ({spoken})>> BDC")  # noqa: SLF001 - idem
            self._run(x, baseline, fonts.clean(text), face, size, colour)
            if spoken:
                self._canvas._code.append("EMC")  # noqa: SLF001 - idem

    def text_right(
        self, right: float, baseline: float, text: str, face: str, size: float, colour: str, tag: Tag | None
    ) -> None:
        """Draw one run of text with its right end at `right`."""
        self.text(right - fonts.width(fonts.clean(text), face, size), baseline, text, face, size, colour, tag)

    def line_of_text(self, x: float, baseline: float, line: Line, size: float, colour: str, tag: Tag | None) -> None:
        """Draw a set line, whose spans may change face."""
        with self._marked(tag):
            for span in line.spans:
                x = self._run(x, baseline, span.text, span.face, size, colour)

    def _run(self, x: float, baseline: float, text: str, face: str, size: float, colour: str) -> float:
        self._canvas.setFillColor(_colour(colour))
        for chosen, part in fonts.runs(text, face):
            made = fonts.font(chosen)
            self._canvas.setFont(chosen, size)
            self._canvas.drawString(x, PAGE_HEIGHT - baseline, part)
            x += made.stringWidth(part, size)
        return x

    def rect(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> None:
        """Fill a rectangle whose top left corner is (x, y)."""
        with self._marked(None):
            self._canvas.setFillColor(_colour(fill))
            if radius:
                self._canvas.roundRect(x, PAGE_HEIGHT - y - height, width, height, radius, stroke=0, fill=1)
            else:
                self._canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=0, fill=1)

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float, colour: str) -> None:
        """Draw a straight line."""
        with self._marked(None):
            self._canvas.setStrokeColor(_colour(colour))
            self._canvas.setLineWidth(width)
            self._canvas.line(x1, PAGE_HEIGHT - y1, x2, PAGE_HEIGHT - y2)

    def ring(self, x: float, y: float, radius: float, width: float, colour: str) -> None:
        """Draw an open circle with white inside."""
        with self._marked(None):
            self._canvas.setStrokeColor(_colour(colour))
            self._canvas.setFillColor(_colour(WHITE))
            self._canvas.setLineWidth(width)
            self._canvas.circle(x, PAGE_HEIGHT - y, radius, stroke=1, fill=1)

    def hatched(self, x: float, y: float, width: float, height: float, colour: str, ground: str) -> None:
        """Draw a hatched bar with an outline: a sum, not one category."""
        with self._marked(None):
            canvas, bottom = self._canvas, PAGE_HEIGHT - y - height
            canvas.saveState()
            path = canvas.beginPath()
            path.rect(x, bottom, width, height)
            canvas.clipPath(path, stroke=0, fill=0)
            canvas.setFillColor(_colour(ground))
            canvas.rect(x, bottom, width, height, stroke=0, fill=1)
            canvas.setStrokeColor(_colour(colour))
            canvas.setLineWidth(0.8)
            start = x - height
            while start < x + width:
                canvas.line(start, bottom, start + height, bottom + height)
                start += 3.2
            canvas.restoreState()
            canvas.setStrokeColor(_colour(colour))
            canvas.setLineWidth(0.8)
            canvas.rect(x, bottom, width, height, stroke=1, fill=0)

    def chip(self, right: float, middle: float, tag: Tag | None) -> None:
        """Draw the one mark for a hidden number; `right` is the right edge of the figures, `middle` of the row."""
        centre = right - CHIP_CENTRE
        tint = self.colours.tint
        self.rect(centre - CHIP_WIDTH / 2, middle - CHIP_HEIGHT / 2, CHIP_WIDTH, CHIP_HEIGHT, tint, radius=2)
        dash = fonts.width("–", REGULAR, 10)
        self.text(centre - dash / 2, middle + 3.3, "–", REGULAR, 10, SECOND_INK, tag, spoken="niet genoemd")

    def circles(self) -> None:
        """Draw the two circles of the cover: two people in conversation; what they share is dark."""
        with self._marked(None):
            canvas, mm = self._canvas, 72 / 25.4
            radius = 50 * mm
            first, second = (150 * mm, PAGE_HEIGHT - 86 * mm), (206 * mm, PAGE_HEIGHT - 121 * mm)
            canvas.setFillColor(_colour(self.colours.soft))
            canvas.circle(*first, radius, stroke=0, fill=1)
            canvas.saveState()
            path = canvas.beginPath()
            path.circle(*first, radius)
            canvas.clipPath(path, stroke=0, fill=0)
            canvas.setFillColor(_colour(self.colours.dark))
            canvas.circle(*second, radius, stroke=0, fill=1)
            canvas.restoreState()
            canvas.setStrokeColor(_colour(self.colours.dark))
            canvas.setLineWidth(1.1)
            canvas.circle(*second, radius, stroke=1, fill=0)

    def picture(self, picture: Samples, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture whose top left corner is (x, y), its samples taken over as they are; inside a figure."""
        name = f"picture-{len(self._canvas._doc.idToObject)}"  # noqa: SLF001 - pictures of one's own have no public call
        colours = {"Predictor": 15, "Colors": 3, "BitsPerComponent": 8, "Columns": picture.width}
        said = {
            "Type": pdfdoc.PDFName("XObject"),
            "Subtype": pdfdoc.PDFName("Image"),
            "Width": picture.width,
            "Height": picture.height,
            "BitsPerComponent": 8,
            "ColorSpace": pdfdoc.PDFName("DeviceRGB"),
            "Filter": pdfdoc.PDFName("FlateDecode"),
            "DecodeParms": pdfdoc.PDFDictionary(colours),
        }
        canvas = self._canvas
        canvas._doc.addForm(name, pdfdoc.PDFStream(pdfdoc.PDFDictionary(said), picture.packed))  # noqa: SLF001 - idem
        canvas._formsinuse.append(name)  # noqa: SLF001 - idem
        canvas.saveState()
        canvas.translate(x, PAGE_HEIGHT - y - height)
        canvas.scale(width, height)
        canvas._code.append(f"/{canvas._doc.getXObjectName(name)} Do")  # noqa: SLF001 - idem
        canvas.restoreState()

    def bookmark(self, key: str, title: str, level: int, y: float) -> None:
        """Add an entry to the outline that leads to this height on this page; without a key it gets one of its own."""
        self._bookmarks += 1
        key = key or f"heading-{self._bookmarks}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=PAGE_HEIGHT - y)
        self._canvas.addOutlineEntry(title, key, level, closed=False)

    def link(self, key: str, words: str, box: tuple[float, float, float, float], tag: Tag) -> None:
        """Make a rectangle (left, top, right, bottom) lead to a bookmark."""
        left, top, right, bottom = box
        area = (left, PAGE_HEIGHT - bottom, right, PAGE_HEIGHT - top)
        self._canvas.linkAbsolute(words, key, area, Border="[0 0 0]", F=4)
        tag.links.append((self._canvas._annotationrefs[-1], self.page))  # noqa: SLF001 - the reference just made

    def finish(self, title: str, author: str, day: date, content: str) -> bytes:
        """Close the last page and return the file; `content` is what the file's identity is derived from."""
        self._canvas.showPage()
        document = self._canvas._doc  # noqa: SLF001 - catalog and information have no public call
        document.info = metadata.information(title, author, day)
        identity = hashlib.sha256(content.encode()).hexdigest()[:32].encode()
        document._ID = b"\n[<" + identity + b"><" + identity + b">]\n"  # noqa: SLF001 - idem
        document.Catalog.PageMode = pdfdoc.PDFName("UseNone")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        write_tree(document, self.root, self._marks)
        _describe(document, metadata.packet(title, author, day, _LANGUAGE))
        made = self._canvas.getpdfdata()
        # As long as it was, so that every offset in the file stays true.
        made = made.replace(_MAKER, b" ".ljust(len(_MAKER)))
        return bytes(made)


def _describe(document: Any, packet: bytes) -> None:
    """Put the packet and the colour space that all colours of the file are in into the catalog."""
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("Metadata")}), packet)
    stream.dictionary["Subtype"] = pdfdoc.PDFName("XML")
    profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), colour.srgb_profile())
    intent = {
        "Type": pdfdoc.PDFName("OutputIntent"),
        "S": pdfdoc.PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": pdfdoc.PDFString(colour.NAME),
        "Info": pdfdoc.PDFString(colour.NAME),
        "DestOutputProfile": document.Reference(profile),
    }
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
    catalog.Metadata = stream
