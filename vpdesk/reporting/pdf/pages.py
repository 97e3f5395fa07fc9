"""Pages: boxes flow onto them, chapters share one when there is room, and each page with a dash explains it once."""

import itertools
from dataclasses import dataclass, field, replace
from typing import Final

from vpdesk.reporting import document as doc
from vpdesk.reporting.pdf import style
from vpdesk.reporting.pdf.blocks import boxes
from vpdesk.reporting.pdf.boxes import Box, Place, lines_box, stacked, text_box
from vpdesk.reporting.pdf.lines import lines_of
from vpdesk.reporting.pdf.style import BOTTOM, INK, SECOND_INK, TOP, Colours
from vpdesk.reporting.pdf.surface import Surface
from vpdesk.reporting.pdf.tags import Tag

_CONTENTS_ROW: Final = 18.0
_CONTENTS_INDENT: Final = 19.6
_NOTE_SPACE: Final = 5.0
_RAISED: Final = 1.5  # large capitals reach their line sooner than text
_SHORT: Final = 200.0  # a longer text may part from the figure it introduces
_HALFWAY: Final = (TOP + BOTTOM) / 2
_SHORT_END: Final = 90.0  # so little of a chapter looks lost at the top of a page
_UNDER_A_NOTE: Final = 12.0  # a box with so little below it is itself a note
_INTRODUCED: Final = (
    doc.Table,
    doc.TablePair,
    doc.ThemeBars,
    doc.PhaseFlow,
    doc.TaskBar,
)  # a text before these stays with them


@dataclass(slots=True)
class Page:
    """A page being filled: boxes at their heights, the chapter its header names, the note on dashes."""

    header: str
    placed: list[tuple[Box, float]] = field(default_factory=list)
    bottom: float = TOP
    note: Box | None = None


@dataclass(slots=True)
class Layout:
    """The pages after the cover, and on which page (counted from 1, cover included) each chapter begins."""

    pages: list[Page] = field(default_factory=list)
    begins: dict[int, int] = field(default_factory=dict)


def lay_out(document: doc.Document, colours: Colours, root: Tag) -> Layout:
    """Put every chapter on pages."""
    layout = Layout()
    for n, chapter in enumerate(document.chapters):
        section = Tag("Sect", root)
        place = Place(colours, section)
        if chapter.wide:
            place = replace(place, main_x=style.LEFT, main=style.WIDE)
        header = f"{chapter.number}  {chapter.short}".strip()
        flow = [_opening(chapter, n, place)]
        for block, following in itertools.zip_longest(chapter.blocks, chapter.blocks[1:]):
            if isinstance(block, doc.Contents):
                flow.append(_contents(document.chapters, block, place, layout))
                continue
            made = boxes(block, place)
            if _opens_a_section(block):
                place = replace(place, sectioned=True)
            if isinstance(following, _INTRODUCED) and isinstance(block, doc.Paragraph) and made[-1].height < _SHORT:
                made[-1] = replace(made[-1], keep=True)
            flow.extend(made)
        writer = _Writer(layout, document.dash_note, place, header)
        _hold_the_end(flow)
        writer.begin(flow, n, chapter)
        writer.write(flow)
    return layout


def _opens_a_section(block: doc.Block) -> bool:
    return isinstance(block, (doc.Columns, doc.Recommendation)) or (isinstance(block, doc.Heading) and block.level == 2)  # noqa: PLR2004 - levels as in the document


@dataclass(slots=True)
class _Writer:
    """Writes the boxes of one chapter onto pages."""

    layout: Layout
    dash_note: str
    place: Place
    header: str

    def begin(self, flow: list[Box], number: int, chapter: doc.Chapter) -> None:
        """Choose the page on which the chapter begins: the last one when there is room to share it, else a new one."""
        page = self.layout.pages[-1] if self.layout.pages else None
        shares = (
            page is not None
            and not chapter.own_page
            and BOTTOM - page.bottom >= style.SHARED_PAGE
            and self._fits(page, flow[: _group(flow, 0)])
            and not self._leaves_a_little(page, flow)
        )
        if not shares:
            _new_page(self.layout, self.header)
        self.layout.begins[number] = len(self.layout.pages) + 1

    def _leaves_a_little(self, page: Page, flow: list[Box]) -> bool:
        """Return whether little of a chapter would come on the next page, which could hold all of it.

        Not where the page would be left half empty.
        """
        over = _height(page, flow) - self._room(page, flow)
        return 0 < over < _SHORT_END and page.bottom > _HALFWAY and self._fits(Page(""), flow)

    def write(self, flow: list[Box]) -> None:
        """Put the boxes on pages, in groups that stay together; a group moves on whole or splits in its last box."""
        page = self.layout.pages[-1]
        at = 0
        while at < len(flow):
            end = _group(flow, at)
            group = flow[at:end]
            pieces = None if self._fits(page, group) else self._split(page, group)
            if pieces is not None:
                self._put(page, pieces[0])
                flow[at:end] = pieces[1]
                page = _new_page(self.layout, self.header)
            elif page.placed and not self._fits(page, group):
                page = _new_page(self.layout, self.header)
            else:
                self._put(page, group)
                at = end

    def _note(self, column: tuple[float, float]) -> Box:
        return text_box(self.dash_note, style.NOTE, column, SECOND_INK, Tag("Note", self.place.tag), after=16)

    def _room(self, page: Page, group: list[Box]) -> float:
        """Return how much of the page is left for a group, the note on dashes kept free where it will be needed."""
        dash = page.note is not None or any(box.dash for box in group)
        reserved = self._note((style.MAIN_LEFT, style.MAIN)).height + _NOTE_SPACE if dash else 0.0
        return BOTTOM - page.bottom - reserved

    def _fits(self, page: Page, group: list[Box]) -> bool:
        return _height(page, group) <= self._room(page, group)

    def _split(self, page: Page, group: list[Box]) -> tuple[list[Box], list[Box]] | None:
        """Cut the last box of a group so that what stands before it stays here with its first part."""
        last = group[-1]
        if last.split is None:
            return None
        parts = last.split(self._room(page, group) - (_height(page, group) - last.height))
        return None if parts is None else ([*group[:-1], parts[0]], [parts[1]])

    def _put(self, page: Page, group: list[Box]) -> None:
        for box in group:
            top = page.bottom + _gap(page, box)
            page.placed.append((box, top))
            page.bottom = top + box.height
            if box.dash:
                page.note = self._note(box.column)


def _new_page(layout: Layout, header: str) -> Page:
    page = Page(header)
    layout.pages.append(page)
    return page


def _group(flow: list[Box], at: int) -> int:
    """Return the end of the boxes that stay together from here: headings with what follows them."""
    end = at
    while end < len(flow) - 1 and flow[end].keep:
        end += 1
    return end + 1


def _hold_the_end(flow: list[Box]) -> None:
    """Keep a short end of a chapter with what stands before it: a few lines do not open a page of their own."""
    starts = [0]
    while (end := _group(flow, starts[-1])) < len(flow):
        starts.append(end)
    if len(starts) < 3:  # noqa: PLR2004 - an opening, something, and its end
        return
    before, last = flow[starts[-2] : starts[-1]], flow[starts[-1] :]
    if _tall(last) < _SHORT_END and _tall(before) < _SHORT_END:  # longer text before it splits by itself
        flow[starts[-1] - 1] = replace(before[-1], keep=True)


def _tall(group: list[Box]) -> float:
    return _height(Page(""), group)


def _gap(page: Page, box: Box) -> float:
    return max(page.placed[-1][0].after, box.before) if page.placed else 0.0


def _height(page: Page, group: list[Box]) -> float:
    """Return how much lower the page would end with a group on it."""
    trial = Page("", page.placed[-1:], 0.0)
    for box in group:
        trial.bottom += _gap(trial, box) + box.height
        trial.placed.append((box, 0.0))
    return trial.bottom


def with_note(page: Page) -> list[tuple[Box, float]]:
    """Return the boxes of a page, with the note on dashes after the last box that has one."""
    if page.note is None:
        return page.placed
    last = max(n for n, (box, _) in enumerate(page.placed) if box.dash)
    while page.placed[last][0].keep and last + 1 < len(page.placed):  # its own note stays with it
        last += 1
    box, top = page.placed[last]
    at = top + box.height + (0.0 if box.after <= _UNDER_A_NOTE else _NOTE_SPACE - 1)
    rest = page.placed[last + 1 :]
    shift = at + page.note.height + max(rest[0][0].before, page.note.after) - rest[0][1] if rest else 0.0
    shift = min(max(shift, 0.0), page.note.height + _NOTE_SPACE)
    return [*page.placed[: last + 1], (page.note, at), *((b, t + shift) for b, t in rest)]


def _opening(chapter: doc.Chapter, number: int, place: Place) -> Box:
    kind = style.CHAPTER
    tag = Tag("H1", place.tag)
    title = lines_box(lines_of(chapter.title, kind, place.main), kind, place.main_x, place.colours.dark, tag, after=4.5)
    words = text_box(
        chapter.introduction, style.INTRODUCTION, (place.main_x, place.main), place.colours.dark, Tag("P", place.tag)
    )
    inner = stacked([title, words])
    name = f"{chapter.number} {chapter.title}".strip()

    def draw(surface: Surface, top: float) -> None:
        surface.bookmark(f"chapter-{number}", name, 0, top)
        if chapter.number:
            big = style.CHAPTER_NUMBER
            surface.text(
                style.LEFT, top - _RAISED + kind.baseline(), chapter.number, big.face, big.size, place.colours.mid, tag
            )
        inner.draw(surface, top - _RAISED)

    return Box(inner.height - _RAISED, draw, before=30, after=16, keep=True)


def _contents(chapters: tuple[doc.Chapter, ...], block: doc.Contents, place: Place, layout: Layout) -> Box:
    listed = [(n, chapter) for n, chapter in enumerate(chapters) if n > 0]
    tag = Tag("TOC", place.tag)
    heading = Tag("P", place.tag)

    def draw(surface: Surface, top: float) -> None:
        side = style.SIDE
        surface.text(style.LEFT, top + 13.2, block.side, side.face, side.size, place.colours.mid, heading)
        for row, (n, chapter) in enumerate(listed):
            y = top + row * _CONTENTS_ROW
            entry = Tag("Link", Tag("Reference", Tag("TOCI", tag)))
            right = place.main_x + place.main
            baseline = y + 13.2
            page = str(layout.begins[n])
            if chapter.number:
                surface.text(place.main_x, baseline, chapter.number, style.SEMIBOLD, 10.5, place.colours.mid, entry)
            surface.text(place.main_x + _CONTENTS_INDENT, baseline, chapter.title, style.REGULAR, 10.5, INK, entry)
            surface.text_right(right, baseline, page, style.REGULAR, 10.5, INK, entry)
            words = f"Ga naar {chapter.title}, bladzijde {page}"
            surface.link(f"chapter-{n}", words, (place.main_x, y, right, y + _CONTENTS_ROW), entry)
            surface.line(place.main_x, y + _CONTENTS_ROW, right, y + _CONTENTS_ROW, 0.4, style.HAIRLINE)

    return Box(len(listed) * _CONTENTS_ROW, draw, before=16, after=26)
