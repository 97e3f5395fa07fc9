"""Headings, lists and bold in a text: blocks and runs, and the plain words that keep them; each undoes the other.

The written form is a small part of Markdown: `# ` and `## ` begin a heading, `- ` and `1. ` an item of a list, `**`
turns bold on and off, and a backslash takes the next character for what it is. A text from before there was any of
this is read with `plain_blocks`, in which a dash is a dash.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError


class Kind(StrEnum):
    """What a block is."""

    TEKST = "tekst"
    KOP = "kop"
    TUSSENKOP = "tussenkop"
    PUNT = "punt"
    NUMMER = "nummer"


HEADINGS: Final = frozenset({Kind.KOP, Kind.TUSSENKOP})
LISTS: Final = frozenset({Kind.PUNT, Kind.NUMMER})

_BEGINNINGS: Final = {Kind.TEKST: "", Kind.KOP: "# ", Kind.TUSSENKOP: "## ", Kind.PUNT: "- "}
_BEGINNING: Final = re.compile(r"(#)(#?) |(-) |[0-9]{1,9}\. ")
_TOKEN: Final = re.compile(r"\\(.)|(\*\*)|([^\\*]+|.)")
_HEADING: Final = re.compile(r"^##? ", re.MULTILINE)
_SIGNS: Final = re.compile(r"\\([^\n])|\*\*")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a block that look alike."""

    text: str
    bold: bool = False

    def __post_init__(self) -> None:
        if not self.text or "\n" in self.text:
            raise InvalidValueError("Een stuk tekst staat op één regel en is niet leeg. Uw tekst is er nog.")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or one item of a list; its runs are bold in turn."""

    kind: Kind = Kind.TEKST
    runs: tuple[Run, ...] = ()

    def __post_init__(self) -> None:
        if any(one.bold == other.bold for one, other in zip(self.runs, self.runs[1:], strict=False)):
            raise InvalidValueError("Stukken tekst die er gelijk uitzien zijn er één. Uw tekst is er nog.")

    @property
    def words(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


def block(kind: Kind, runs: Iterable[tuple[str, bool]]) -> Block:
    """Return a block of pieces of text, of which empty ones go and those that look alike become one."""
    joined: list[tuple[str, bool]] = []
    for text, bold in runs:
        if text and joined and joined[-1][1] == bold:
            joined[-1] = (joined[-1][0] + text, bold)
        elif text:
            joined.append((text, bold))
    return Block(kind, tuple(Run(text, bold) for text, bold in joined))


def printed(blocks: Iterable[Block]) -> str:
    """Return the form in which a text is kept."""
    return "\n".join(
        beginning + _guarded(one, "".join(map(_written, one.runs))) for one, beginning in _with_beginnings(blocks)
    )


def parsed(text: str) -> tuple[Block, ...]:
    """Read what `printed` gave; whatever else is written is read as well as it goes."""
    return tuple(_read(line) for line in text.split("\n"))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return a text without any form, line by line, in which every sign stands for itself."""
    return tuple(block(Kind.TEKST, [(line, False)]) for line in text.split("\n"))


def blocks_of(text: str, *, marked: bool) -> tuple[Block, ...]:
    """Return the blocks of a text that is written in this form or not."""
    return parsed(text) if marked else plain_blocks(text)


def said(blocks: Iterable[Block]) -> str:
    """Return the words as one reads them aloud: lists with their signs, and nothing else."""
    shown = ((one, "" if one.kind in HEADINGS else beginning) for one, beginning in _with_beginnings(blocks))
    return "\n".join(beginning + one.words for one, beginning in shown)


def words_of(text: str, *, marked: bool) -> str:
    """Return what `said` gives of a text, for whoever shows or passes on plain words."""
    return said(parsed(text)) if marked else text


def unsigned(excerpt: str) -> str:
    """Return part of a written text without its signs, wherever it was cut."""
    return _SIGNS.sub(lambda found: found[1] or "", _HEADING.sub("", excerpt))


def escaped(text: str) -> str:
    """Return words without any form, written so that they stay that."""
    return printed(plain_blocks(text))


def trimmed(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return a text without blank blocks and space at its ends."""
    kept = list(blocks)
    while kept and not kept[-1].words.strip():
        kept.pop()
    while kept and not kept[0].words.strip():
        kept.pop(0)
    if kept:
        kept[0] = _cut(kept[0], left=True)
        kept[-1] = _cut(kept[-1], left=False)
    return tuple(kept)


def _with_beginnings(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    number = 0
    for one in blocks:
        number = number + 1 if one.kind is Kind.NUMMER else 0
        yield one, f"{number}. " if number else _BEGINNINGS[one.kind]


def _written(run: Run) -> str:
    text = run.text.replace("\\", "\\\\").replace("*", "\\*")
    return f"**{text}**" if run.bold else text


def _guarded(one: Block, body: str) -> str:
    return f"\\{body}" if one.kind is Kind.TEKST and _BEGINNING.match(body) else body


def _read(line: str) -> Block:
    found = _BEGINNING.match(line)
    if found is None:
        kind = Kind.TEKST
    elif found[1]:
        kind = Kind.TUSSENKOP if found[2] else Kind.KOP
    else:
        kind = Kind.PUNT if found[3] else Kind.NUMMER
    return block(kind, _pieces(line if found is None else line[found.end() :]))


def _pieces(body: str) -> Iterator[tuple[str, bool]]:
    bold = False
    for literal, turns, text in _TOKEN.findall(body):
        if turns:
            bold = not bold
        else:
            yield literal or text, bold


def _cut(one: Block, *, left: bool) -> Block:
    pieces = [(run.text, run.bold) for run in one.runs]
    while not pieces[0 if left else -1][0].strip():
        pieces.pop(0 if left else -1)
    text, bold = pieces[0 if left else -1]
    pieces[0 if left else -1] = (text.lstrip() if left else text.rstrip(), bold)
    return block(one.kind, pieces)
