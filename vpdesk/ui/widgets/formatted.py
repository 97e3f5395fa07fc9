"""Between blocks with headings, lists and bold, and the document of an editor that shows them."""

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
)

from vpdesk.domain.markup import HEADINGS, LISTS, Block, Kind, block
from vpdesk.ui import theme

LINE: Final = 28
_INDENT: Final = 26
_LARGER: Final = 1  # Qt's steps of size: a fifth
_ABOVE: Final = {Kind.KOP: 14, Kind.TUSSENKOP: 8}
_LEVELS: Final = {Kind.KOP: 1, Kind.TUSSENKOP: 2}
_STYLES: Final = {Kind.PUNT: QTextListFormat.Style.ListDisc, Kind.NUMMER: QTextListFormat.Style.ListDecimal}
_LINE_SEPARATOR: Final = "\u2028"


def prepare(document: QTextDocument) -> None:
    """Set what holds for the whole document."""
    document.setIndentWidth(theme.px(_INDENT))


def fill(document: QTextDocument, blocks: Iterable[Block]) -> None:
    """Put blocks in the place of what a document holds; that can't be undone."""
    document.setUndoRedoEnabled(False)
    document.clear()
    prepare(document)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(block_format(Kind.TEKST))
    insert(cursor, blocks)
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)


def insert(cursor: QTextCursor, blocks: Iterable[Block]) -> None:
    """Put blocks at a cursor; the first goes on in its line, whose kind it takes where it is empty."""
    cursor.removeSelectedText()
    kind = kind_of(cursor.block())
    for number, one in enumerate(blocks):
        if number and one.kind is kind:
            cursor.insertBlock()  # of the same list, where it is one
        elif number:
            cursor.insertBlock(block_format(Kind.TEKST), char_format(Kind.TEKST))
        if (number and one.kind is not kind) or (not number and not cursor.block().text()):
            kind = one.kind if number or one.kind is not Kind.TEKST else kind
            _turn(cursor.block(), kind)
        for run in one.runs:
            cursor.insertText(run.text, char_format(kind, bold=run.bold))


def read(document: QTextDocument) -> tuple[Block, ...]:
    """Return the blocks of a document, at least one."""
    return _read(document.begin(), 0, document.characterCount())


def part(cursor: QTextCursor) -> tuple[Block, ...]:
    """Return the blocks of what is selected, the first and last as far as they are."""
    return _read(cursor.document().findBlock(cursor.selectionStart()), cursor.selectionStart(), cursor.selectionEnd())


def kind_of(one: QTextBlock) -> Kind:
    """Return what a block of a document is."""
    items = _items(one)
    if items is not None:
        return Kind.NUMMER if items.format().style() == _STYLES[Kind.NUMMER] else Kind.PUNT
    level = one.blockFormat().headingLevel()
    return next((kind for kind, its in _LEVELS.items() if its == level), Kind.TEKST)


def turn(cursor: QTextCursor, kind: Kind) -> None:
    """Make every block of a selection something else, in one step of undoing."""
    cursor.beginEditBlock()
    document = cursor.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd()).blockNumber()
    one = first
    while one.isValid() and one.blockNumber() <= last:
        _turn(one, kind)
        one = one.next()
    _number_anew(one)
    cursor.endEditBlock()


def embolden(cursor: QTextCursor, *, bold: bool) -> None:
    """Make what is selected bold or not; headings are as they are."""
    change = QTextCharFormat()
    change.setFontWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    one = cursor.document().findBlock(start)
    cursor.beginEditBlock()
    while one.isValid() and one.position() < end:
        if kind_of(one) not in HEADINGS:
            part_of = QTextCursor(one)
            part_of.setPosition(max(start, one.position()))
            part_of.setPosition(min(end, one.position() + one.length() - 1), QTextCursor.MoveMode.KeepAnchor)
            part_of.mergeCharFormat(change)
        one = one.next()
    cursor.endEditBlock()


def block_format(kind: Kind) -> QTextBlockFormat:
    """Return how a block lies on the page."""
    made = QTextBlockFormat()
    made.setLineHeight(theme.px(LINE), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    made.setHeadingLevel(_LEVELS.get(kind, 0))
    made.setTopMargin(theme.px(_ABOVE.get(kind, 0)))
    return made


def char_format(kind: Kind, *, bold: bool = False) -> QTextCharFormat:
    """Return how words in a block look."""
    made = QTextCharFormat()
    if bold or kind in HEADINGS:
        made.setFontWeight(QFont.Weight.DemiBold)
    if kind is Kind.KOP:
        made.setProperty(QTextFormat.Property.FontSizeAdjustment.value, _LARGER)
    return made


def is_bold(words: QTextCharFormat) -> bool:
    """Return whether words are bold."""
    return words.fontWeight() >= QFont.Weight.DemiBold.value


def _read(one: QTextBlock, start: int, end: int) -> tuple[Block, ...]:
    found: list[Block] = []
    kinds: dict[int, Kind] = {}  # a long text has few formats, and asking Qt costs more than looking up
    bolds: dict[int, bool] = {}
    while one.isValid() and one.position() <= end:
        form = one.blockFormatIndex()
        kind = kinds[form] if form in kinds else kinds.setdefault(form, kind_of(one))
        lines: list[list[tuple[str, bool]]] = [[]]
        for text, bold in _pieces(one, start, end, bolds):
            first, *others = text.split(_LINE_SEPARATOR)
            lines[-1].append((first, bold and kind not in HEADINGS))
            lines.extend([(other, bold and kind not in HEADINGS)] for other in others)
        found += [block(kind, line) for line in lines]
        one = one.next()
    return tuple(found)


def _pieces(one: QTextBlock, start: int, end: int, bolds: dict[int, bool]) -> Iterator[tuple[str, bool]]:
    at = one.begin()
    while not at.atEnd():
        piece = at.fragment()
        form, begins = piece.charFormatIndex(), piece.position()
        bold = bolds[form] if form in bolds else bolds.setdefault(form, is_bold(piece.charFormat()))
        yield _clipped(piece.text(), start - begins, end - begins), bold
        at += 1


def _clipped(text: str, start: int, end: int) -> str:
    """Return part of a text by Qt's positions, which count some signs twice."""
    if start <= 0 and end >= 2 * len(text):
        return text
    units = text.encode("utf-16-le", "surrogatepass")[2 * max(0, start) : 2 * max(0, end)]
    return units.decode("utf-16-le", "replace")


def _turn(one: QTextBlock, kind: Kind) -> None:
    before = kind_of(one)
    if before is kind:
        return
    cursor = QTextCursor(one)
    cursor.setBlockFormat(block_format(kind))  # which takes it out of its list too
    if kind in LISTS:
        neighbours = (one.previous(), one.next())
        beside = next((_items(near) for near in neighbours if near.isValid() and kind_of(near) is kind), None)
        if beside is not None:
            beside.add(one)
        else:
            made = QTextListFormat()
            made.setStyle(_STYLES[kind])
            cursor.createList(made)
    if kind in HEADINGS or before in HEADINGS:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(char_format(kind))
        cursor.setBlockCharFormat(char_format(kind))


def _items(one: QTextBlock) -> QTextList | None:
    """Return the list that a block is an item of."""
    return one.textList()


def _number_anew(one: QTextBlock) -> None:
    """Let a list that was cut in two count from one again, as it is kept."""
    items, before = (_items(one), _items(one.previous())) if one.isValid() else (None, None)
    if items is None or (before is not None and items is before) or items.itemNumber(one) == 0:
        return
    made = QTextCursor(one).createList(items.format())
    one = one.next()
    while one.isValid() and one.textList() is items:
        made.add(one)
        one = one.next()
