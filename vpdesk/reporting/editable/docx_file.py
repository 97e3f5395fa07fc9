"""The text of a report for Word, in Word's own styles, so that whoever opens it can go on from there."""

import io
import re
from datetime import datetime, time
from typing import Any, Final

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from vpdesk.reporting.document import COARSEST, LOGO, Document, Palette, Picture
from vpdesk.reporting.editable.plain import Element, Grid, Head, Point, Tone, Words, cover_lines, flattened, shown
from vpdesk.reporting.editable.sealed import parts_of, sealed

LANGUAGE: Final = "nl-NL"
_FACE: Final = "Calibri"
_INK: Final = {Palette.WATER: "0E4A59", Palette.PRUIM: "54284F"}
_TONES: Final = {
    Tone.BODY: "Normal",
    Tone.INTRODUCTION: "Subtitle",
    Tone.LABEL: "Intense Quote",
    Tone.FINDING: "Quote",
    Tone.NOTE: "Caption",
}
_STYLES: Final = (  # name, size in points, bold, italic, in the colour of the report, space after in points
    ("Normal", 10.5, False, False, False, 7),
    ("Title", 28, True, False, True, 12),
    ("Subtitle", 13, False, False, True, 12),
    ("Heading 1", 20, True, False, True, 6),
    ("Heading 2", 14, True, False, True, 4),
    ("Heading 3", 11.5, True, False, True, 3),
    ("Quote", 10.5, False, False, False, 6),
    ("Intense Quote", 9.5, True, False, True, 2),
    ("Caption", 9, False, False, False, 8),
    ("List Bullet", 10.5, False, False, False, 3),
)
_APP: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>\n'
)
_SITTINGS: Final = re.compile(rb"<w:rsids>.*?</w:rsids>|<w:rsid [^>]*/>| w:rsid\w*=\"[^\"]*\"", re.DOTALL)
_UNSAID: Final = ("customXml/", "docProps/thumbnail", "word/stylesWithEffects")


def docx_file(document: Document) -> bytes:
    """Return the document as .docx, with title, author and day as all that it says of itself."""
    made = docx.Document()
    _set_up(made, document)
    if document.cover.logo is not None:
        _add_logo(made, document.cover.logo)
    made.add_paragraph(document.title, style="Title")
    for line in cover_lines(document):
        made.add_paragraph(line)
    for element in flattened(document):
        _add(made, element)
    _describe(made, document)
    out = io.BytesIO()
    made.save(out)
    return sealed(_cleaned(parts_of(out.getvalue())))


def _add_logo(made: Any, logo: Picture) -> None:
    width, _ = logo.size_within(*LOGO, COARSEST)
    drawn = made.add_paragraph().add_run().add_picture(io.BytesIO(logo.png), width=Pt(width))
    said = drawn._inline.docPr  # noqa: SLF001 - python-docx has no call for it
    said.set("name", "Logo")
    said.set("descr", logo.alt)
    drawn._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", "Logo")  # noqa: SLF001 - idem


def _set_up(made: Any, document: Document) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    ink = RGBColor.from_string(_INK[document.palette])
    for name, size, bold, italic, coloured, after in _STYLES:
        style = made.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        style.font.color.rgb = ink if coloured else RGBColor(0x1B, 0x23, 0x27)
        _in_face(style)
        style.paragraph_format.space_after = Pt(after)
        if name.startswith("Heading"):
            style.paragraph_format.keep_with_next = True
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _in_face(style: Any) -> None:
    """Set one face for all scripts; the template names others by theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FACE)


def _add(made: Any, element: Element) -> None:
    if isinstance(element, Head):
        made.add_heading(element.text, element.level)
    elif isinstance(element, Point):
        made.add_paragraph(element.text, style="List Bullet")
    elif isinstance(element, Words):
        paragraph = made.add_paragraph(style=_TONES[element.tone])
        if element.lead:
            paragraph.add_run(element.opening).bold = True
        paragraph.add_run(element.text)
    else:
        _add_table(made, element)


def _add_table(made: Any, grid: Grid) -> None:
    title = made.add_paragraph(grid.title, style="Caption")
    title.paragraph_format.keep_with_next = True
    title.runs[0].bold = True
    table = made.add_table(rows=0, cols=len(grid.header), style="Table Grid")
    for n, line in enumerate([grid.header, *grid.rows]):
        cells = table.add_row().cells
        for column, (cell, value) in enumerate(zip(cells, line, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            run = paragraph.add_run(shown(value))
            run.bold = n == 0 or n - 1 in grid.sums
            if column and grid.counts(column):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _repeats(table.rows[0])
    made.add_paragraph().paragraph_format.space_after = Pt(2)


def _repeats(row: Any) -> None:
    """Mark a row as the head of its table, which Word reads aloud and repeats on the next page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no call for it
    properties.append(OxmlElement("w:tblHeader"))


def _describe(made: Any, document: Document) -> None:
    said = made.core_properties
    moment = datetime.combine(document.day, time())
    said.title, said.author, said.last_modified_by = document.title, document.author, document.author
    said.created = said.modified = moment
    said.comments = said.subject = said.keywords = said.category = ""
    said.language, said.revision = LANGUAGE, 1
    for part in (made.part, made.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/customXml", "/stylesWithEffects")) or (
                relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL
            ):
                del part.rels[key]


def _cleaned(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts without what the library's template says of the machine and the sittings that it was made in."""
    kept = {name: content for name, content in parts.items() if not name.startswith(_UNSAID)}
    said = {name: _SITTINGS.sub(b"", content) for name, content in kept.items() if name.startswith("word/")}
    return kept | said | {"docProps/app.xml": _APP}
