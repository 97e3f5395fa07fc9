"""A document as PDF. The only package that imports ReportLab."""

from typing import Final

from vpdesk.domain.wording import long_date
from vpdesk.reporting.document import COARSEST, LOGO, Cover, Document, Picture
from vpdesk.reporting.pdf import fonts, style
from vpdesk.reporting.pdf.fonts import MissingGlyphError
from vpdesk.reporting.pdf.lines import lines_of, shortened
from vpdesk.reporting.pdf.pages import Page, lay_out, with_note
from vpdesk.reporting.pdf.style import COLOURS, INK, MM, SECOND_INK, Type
from vpdesk.reporting.pdf.surface import Surface
from vpdesk.reporting.pdf.tags import Tag
from vpdesk.reporting.pictures import samples

__all__ = ["MissingGlyphError", "render"]

_CLIENT_SIZES: Final = ((34, 3), (30, 3), (27, 3), (24, 3), (22, 3), (18, 5), (14, 6))  # with the lines each may take
_SMALLEST_CLIENT: Final = 10
_CLIENT_IN_HEADER: Final = 90 * MM
_BESIDE_LOGO: Final = 115 * MM  # what is left for the client's name


def render(document: Document) -> bytes:
    """Return the document as a PDF: the same bytes for an equal document, on every machine.

    Raises:
        MissingGlyphError: a character that no font has; nothing was made.
    """
    colours = COLOURS[document.palette]
    surface = Surface(colours)
    layout = lay_out(document, colours, surface.root)
    first = 1 if document.sheet else 2
    if not document.sheet:
        _cover(surface, document.cover)
        _mark(surface, document.mark)
    count = len(layout.pages) + first - 1
    for n, page in enumerate(layout.pages, start=first):
        if n > 1:
            surface.next_page()
        _furniture(surface, document, page, n, count)
        _mark(surface, document.mark)
        for box, top in with_note(page):
            box.draw(surface, top)
    logo = document.cover.logo
    identity = repr(document) if logo is None else f"{document!r}{logo!r}"  # without one it is what it always was
    return surface.finish(document.title, document.author, document.day, identity)


def _cover(surface: Surface, cover: Cover) -> None:
    colours = surface.colours
    surface.rect(0, 0, style.PAGE_WIDTH, 178 * MM, colours.tint)
    surface.circles()
    section = Tag("Sect", surface.root)
    title, client, facts = Tag("P", section), Tag("P", section), Tag("P", section)  # enter as they are drawn
    for words, y in zip(cover.title, (34, 42.5), strict=True):
        surface.text(style.LEFT, y * MM, words, style.SEMIBOLD, 19, colours.dark, title)
    if cover.big:
        surface.text(style.LEFT - 2, 66 * MM, cover.big, style.LIGHT, 60, colours.dark, title)
    else:
        kind = Type(19, 25, style.LIGHT)
        for n, line in enumerate(lines_of(cover.dates, kind, 74 * MM)):
            surface.line_of_text(style.LEFT, 55 * MM + n * kind.lead, line, kind.size, colours.dark, title)
    y = _client(surface, cover, client)
    if cover.logo is not None:
        _logo(surface, cover.logo, section)
    if cover.big:
        surface.text(style.LEFT, y, cover.dates, style.REGULAR, 12, SECOND_INK, client)
    surface.line(style.LEFT, 252 * MM, style.RIGHT, 252 * MM, 1.1, colours.dark)
    columns = (
        (22, 46, "Uitgave", cover.edition),
        (72, 68, "Opgesteld door", cover.author),
        (144, 44, "Datum", long_date(cover.day)),
    )
    kind = Type(10.5, 14.5, style.SEMIBOLD)
    for x, measure, name, words in columns:
        surface.text(x * MM, 258.8 * MM, name, style.REGULAR, 9, SECOND_INK, facts)
        for n, line in enumerate(lines_of(words, kind, measure * MM)):
            surface.line_of_text(x * MM, 264.5 * MM + n * kind.lead, line, kind.size, INK, facts)


def _client(surface: Surface, cover: Cover, tag: Tag) -> float:
    """Draw the client's name as large as its lines allow, and return the baseline of what comes below it."""
    measure = style.WIDE if cover.logo is None else _BESIDE_LOGO
    kinds = ((Type(size, size * 1.15, style.SEMIBOLD), most) for size, most in _CLIENT_SIZES)
    smallest = Type(_SMALLEST_CLIENT, _SMALLEST_CLIENT * 1.15, style.SEMIBOLD)
    kind = next((k for k, most in kinds if len(lines_of(cover.client, k, measure)) <= most), smallest)
    lines = lines_of(cover.client, kind, measure)
    baseline = 196 * MM + kind.size * 0.66 + 12
    for line in lines:
        surface.line_of_text(style.LEFT, baseline, line, kind.size, surface.colours.dark, tag)
        baseline += kind.lead
    return baseline - kind.lead + 31


def _logo(surface: Surface, logo: Picture, section: Tag) -> None:
    """Draw the logo at the right edge, its top where the client's name begins."""
    width, height = logo.size_within(*LOGO, COARSEST)
    left, top = style.RIGHT - width, 196 * MM
    with surface.figure(Tag("Figure", section, alt=logo.alt), (left, top, style.RIGHT, top + height)):
        surface.picture(samples(logo.png), left, top, width, height)


def _mark(surface: Surface, words: str) -> None:
    """Write the mark in the middle of the foot, on every page alike."""
    kind = style.RUNNING_STRONG
    middle = (style.LEFT + style.RIGHT - fonts.width(words, kind.face, kind.size)) / 2
    if words:
        surface.text(middle, style.FOOTER, words, kind.face, kind.size, surface.colours.accent, None)


def _furniture(surface: Surface, document: Document, page: Page, number: int, count: int) -> None:
    colours, strong, light = surface.colours, style.RUNNING_STRONG, style.RUNNING
    client = shortened(document.client, strong, _CLIENT_IN_HEADER)
    used = fonts.width(client, strong.face, strong.size)
    surface.text(style.LEFT, style.HEADER, client, strong.face, strong.size, colours.dark, None)
    chapter = fonts.width(page.header, light.face, light.size)
    running = shortened(document.running, light, style.WIDE - used - chapter - 20)
    surface.text(style.LEFT + used + 5, style.HEADER, running, light.face, light.size, SECOND_INK, None)
    surface.text_right(style.RIGHT, style.HEADER, page.header, light.face, light.size, SECOND_INK, None)
    surface.line(style.LEFT, style.HEADER_RULE, style.RIGHT, style.HEADER_RULE, 0.6, style.RULE)
    surface.text(style.LEFT, style.FOOTER, document.edition, light.face, light.size, SECOND_INK, None)
    words = f"{number} van {count}"
    surface.text_right(style.RIGHT, style.FOOTER, words, strong.face, strong.size, colours.dark, None)
