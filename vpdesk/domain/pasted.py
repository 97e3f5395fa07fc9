"""What stays of a mail, page or document that is pasted: headings, lists, bold and words; no address, no picture."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

from vpdesk.domain.markup import HEADINGS, LISTS, Block, Kind, block, trimmed

_SKIPPED: Final = frozenset({"head", "style", "script", "title", "template", "noscript", "svg", "math", "object"})
_BLOCK_TAGS: Final = """
p div br hr tr table ul ol dl dt dd blockquote pre section article header footer main nav aside address figure
figcaption form fieldset tbody thead body html center option
"""
_APART: Final = frozenset(_BLOCK_TAGS.split())
_CELLS: Final = frozenset({"td", "th"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "source", "embed"})
_BOLD: Final = frozenset({"b", "strong"})
_TOP: Final = "h1"
_TITLES: Final = re.compile(r"h[1-6]")
_WEIGHT: Final = re.compile(r"(?:^|;)\s*font-weight\s*:\s*([a-z0-9]{1,9})")
_OFFICE_ITEM: Final = re.compile(r"mso-list\s*:\s*l\d")
_OFFICE_SIGN: Final = re.compile(r"mso-list\s*:\s*ignore")
_SECTION: Final = re.compile(r"<!\[[^>]*>?")  # Word's conditions, which are in nobody's HTML
_SPACE: Final = re.compile(r"[ \t\r\n\f\u00a0]+")
_LEAST_BOLD: Final = 600
_DEEPEST: Final = 200


def from_html(html: str) -> tuple[Block, ...]:
    """Return what stays of a piece of HTML; nothing is ever fetched, since only words are looked at."""
    reader = _Reader()
    reader.feed(_SECTION.sub("", html))
    reader.close()
    return trimmed(reader.finished())


class _Reader(HTMLParser):
    """Walks through the tags and keeps a line that grows until the next block begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._line: list[tuple[str, bool]] = []
        self._open: list[tuple[str, bool]] = []
        """The tags around this place, each with whether it is bold there."""
        self._lists: list[Kind] = []
        self._kind = Kind.TEKST
        self._aside: list[str] = []
        """What the place lies in that holds no words: a tag, and those of the same name in it."""
        self._sign = False
        """Whether that is the sign that Word writes before an item."""

    def finished(self) -> Iterable[Block]:
        """Return the blocks, the last line included."""
        self._end_line()
        return self._blocks

    @property
    def _has_words(self) -> bool:
        return any(text.strip() for text, _ in self._line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what a tag begins."""
        style = " ".join((value or "").casefold() for name, value in attrs if name == "style")
        if self._aside:
            self._aside += [tag] if tag == self._aside[0] else []
            return
        self._sign = bool(_OFFICE_SIGN.search(style))
        if tag in _SKIPPED or (self._sign and tag not in _VOID):
            self._aside = [tag]
            return
        if tag in {"ul", "ol"}:
            self._lists.append(Kind.PUNT if tag == "ul" else Kind.NUMMER)
        if _TITLES.fullmatch(tag):
            self._begin(Kind.KOP if tag == _TOP else Kind.TUSSENKOP)
        elif tag == "li":
            self._begin(self._lists[-1] if self._lists else Kind.PUNT)
        elif tag in _APART and (self._kind not in LISTS | HEADINGS or self._has_words):
            self._begin(Kind.PUNT if _OFFICE_ITEM.search(style) else Kind.TEKST)
        elif tag in _CELLS and self._line:
            self._line.append((" ", False))
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append((tag, self._bold_in(tag, style)))

    def handle_endtag(self, tag: str) -> None:
        """End what a tag began."""
        if self._aside:
            if tag == self._aside[0]:
                self._aside.pop()
            return
        if tag not in {name for name, _ in self._open}:
            return
        while self._open.pop()[0] != tag:
            pass  # what was left open ends with what is around it
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag in _APART or tag == "li" or _TITLES.fullmatch(tag):
            self._begin(Kind.TEKST)

    def handle_data(self, data: str) -> None:
        """Take words; of Word's own sign only whether it numbers."""
        if self._aside:
            if self._sign and self._kind is Kind.PUNT and data.strip()[:1].isdigit():
                self._kind = Kind.NUMMER
            return
        bold = bool(self._open) and self._open[-1][1] and self._kind not in HEADINGS
        if any(name == "pre" for name, _ in self._open):
            first, *others = data.split("\n")
            self._line.append((first, bold))
            for line in others:
                self._begin(Kind.TEKST)
                self._line.append((line, bold))
        else:
            self._line.append((_SPACE.sub(" ", data), bold))

    def _bold_in(self, tag: str, style: str) -> bool:
        found = _WEIGHT.search(style)
        if found is not None:
            weight = found[1]
            return int(weight) >= _LEAST_BOLD if weight.isdecimal() else weight in {"bold", "bolder"}
        return tag in _BOLD or (bool(self._open) and self._open[-1][1])

    def _begin(self, kind: Kind) -> None:
        self._end_line()
        self._kind = kind

    def _end_line(self) -> None:
        line: list[tuple[str, bool]] = []
        for text, bold in self._line:
            before = line[-1][0] if line else " "
            line.append((text.removeprefix(" ") if before.endswith(" ") else text, bold))
            if not line[-1][0]:
                line.pop()
        self._blocks += trimmed([block(self._kind, line)])
        self._line = []
