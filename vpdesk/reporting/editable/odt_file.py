"""The text of a report for LibreOffice, in named styles, so that whoever opens it can go on from there."""

from typing import Any, Final

import odfdo

from vpdesk.reporting.document import COARSEST, LOGO, Document, Palette, Picture
from vpdesk.reporting.editable import odf
from vpdesk.reporting.editable.plain import Element, Grid, Head, Point, Tone, Words, cover_lines, flattened, shown

_INK: Final = {Palette.WATER: "#0E4A59", Palette.PRUIM: "#54284F"}
_TEXT: Final = "#1B2327"
_FACE: Final = "Liberation Sans"
_TONES: Final = {
    Tone.BODY: "Text_20_body",
    Tone.INTRODUCTION: "Inleiding",
    Tone.LABEL: "Bevinding_20_label",
    Tone.FINDING: "Bevinding",
    Tone.NOTE: "Noot",
}
_STYLES: Final = (  # name, size in points, bold, in the colour of the report, space above and below in centimetres
    ("Text_20_body", "10.5pt", False, False, "0cm", "0.25cm"),
    ("Title", "28pt", True, True, "0cm", "0.4cm"),
    ("Inleiding", "13pt", False, True, "0cm", "0.4cm"),
    ("Heading_20_1", "20pt", True, True, "0.8cm", "0.2cm"),
    ("Heading_20_2", "14pt", True, True, "0.5cm", "0.15cm"),
    ("Heading_20_3", "11.5pt", True, True, "0.4cm", "0.1cm"),
    ("Bevinding_20_label", "9.5pt", True, False, "0.2cm", "0.05cm"),
    ("Bevinding", "10.5pt", False, False, "0cm", "0.2cm"),
    ("Noot", "9pt", False, False, "0.1cm", "0.3cm"),
    ("Caption", "9.5pt", True, False, "0.3cm", "0.1cm"),
    ("Tabel", "10pt", False, False, "0.03cm", "0.03cm"),
    ("Tabel_20_kop", "9.5pt", True, False, "0.03cm", "0.03cm"),
)


def odt_file(document: Document) -> bytes:
    """Return the document as .odt, with title, author and day as all that it says of itself."""
    made = odfdo.Document("text")
    body = made.body
    body.clear()
    _set_up(made, _INK[document.palette])
    if document.cover.logo is not None:
        _add_logo(body, document.cover.logo)
    body.append(odfdo.Paragraph(document.title, style="Title"))
    for line in cover_lines(document):
        body.append(odfdo.Paragraph(line, style="Text_20_body"))
    points = None
    for n, element in enumerate(flattened(document)):
        if not isinstance(element, Point):
            points = None
        elif points is None:
            points = odfdo.List(style="Punten")
            body.append(points)
        _add(body, element, points, n)
    return odf.sealed_file(made, document, pictures=True)


def _add_logo(body: Any, logo: Picture) -> None:
    width, height = (f"{side:.2f}pt" for side in logo.size_within(*LOGO, COARSEST))
    frame = odfdo.Frame.image_frame(odf.LOGO, name="Logo", size=(width, height), anchor_type="as-char")
    frame.svg_description = logo.alt
    paragraph = odfdo.Paragraph(style="Text_20_body")
    paragraph.append(frame)
    body.append(paragraph)


def _set_up(made: Any, ink: str) -> None:
    for name, size, bold, coloured, above, below in _STYLES:
        style = odfdo.Style("paragraph", name=name, display_name=name.replace("_20_", " "))
        style.set_properties(
            area="text",
            properties={
                "fo:font-size": size,
                "fo:font-family": _FACE,
                "fo:font-weight": "bold" if bold else "normal",
                "fo:color": ink if coloured else _TEXT,
                "fo:language": "nl",
                "fo:country": "NL",
            },
        )
        spaces = {"fo:margin-top": above, "fo:margin-bottom": below}
        if name.startswith("Heading"):
            spaces["fo:keep-with-next"] = "always"
        style.set_properties(area="paragraph", properties=spaces)
        if name.startswith("Heading"):
            style.set_attribute("style:default-outline-level", name[-1])
        made.insert_style(style)
    number = odfdo.Style("paragraph", name="Tabel_20_getal", display_name="Tabel getal", parent_style="Tabel")
    number.set_properties(area="paragraph", properties={"fo:text-align": "end"})
    made.insert_style(number)
    strong = odfdo.Style("text", name="Nadruk", display_name="Nadruk")
    strong.set_properties(area="text", properties={"fo:font-weight": "bold"})
    made.insert_style(strong)
    ruled = odfdo.Style("table-cell", name="Cel")
    ruled.set_properties(area="table-cell", properties={"fo:border-bottom": "0.4pt solid #c3ccce"})
    made.insert_style(ruled, automatic=True)
    bullets = odfdo.Element.from_tag(
        '<text:list-style style:name="Punten"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
        '<style:list-level-properties text:space-before="0cm" text:min-label-width="0.5cm"/>'
        "</text:list-level-style-bullet></text:list-style>"
    )
    made.insert_style(bullets, automatic=True)


def _add(body: Any, element: Element, points: Any, number: int) -> None:
    if isinstance(element, Head):
        heading = odfdo.Header(element.level, element.text)
        heading.set_attribute("text:style-name", f"Heading_20_{element.level}")  # odfdo forgets the style that is given
        body.append(heading)
    elif isinstance(element, Point):
        points.append(odfdo.ListItem(odfdo.Paragraph(element.text, style="Text_20_body")))
    elif isinstance(element, Words):
        paragraph = odfdo.Paragraph(style=_TONES[element.tone])
        if element.lead:
            paragraph.append(odfdo.Span(element.opening, style="Nadruk"))
        paragraph.append(element.text)
        body.append(paragraph)
    else:
        body.append(odfdo.Paragraph(element.title, style="Caption"))
        body.append(_table(element, f"Tabel_{number}"))
        body.append(odfdo.Paragraph("", style="Noot"))


def _table(grid: Grid, name: str) -> Any:
    table = odfdo.Table(name)
    head = odfdo.Element.from_tag("table:table-header-rows")
    head.append(_row(grid.header, ["Tabel_20_kop"] * len(grid.header), bold=False))
    for _ in grid.header:
        table.append(odfdo.Column())
    table.append(head)
    for n, row in enumerate(grid.rows):
        styles = ["Tabel", *("Tabel_20_getal" if grid.counts(c) else "Tabel" for c in range(1, len(row)))]
        table.append(_row(row, styles, bold=n in grid.sums))
    return table


def _row(cells: tuple[str | int, ...], styles: list[str], *, bold: bool) -> Any:
    row = odfdo.Row()
    for cell, style in zip(cells, styles, strict=True):
        paragraph = odfdo.Paragraph(style=style)
        paragraph.append(odfdo.Span(shown(cell), style="Nadruk") if bold else shown(cell))
        made = odfdo.Cell(style="Cel")
        made.append(paragraph)
        row.append_cell(made, clone=False)
    return row
