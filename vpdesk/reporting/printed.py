"""A text as it is printed, each character with its place in the text that was typed: what is drawn and what is marked.

Both look at the same characters, so that no way of typing a word (apart accents, soft hyphens) hides it from a mark.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.seen import is_unseen

_LINE_END: Final = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LOOK_LATIN: Final = str.maketrans(
    "аеіјорсухѕԁһгдптквнАВЕЅІЈКМНОРСТХοανιρκτΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɑɡɩᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ",
    "aeijopcyxsdhrdntkbhABESIJKMHOPCTXoavipktABEZHIKMNOPTYXiagiabcdefghijklmnopqrstuvwyz",
)  # letters of other scripts, and small capitals, that a reader takes for ours
_DICE: Final = str.maketrans("⚀⚁⚂⚃⚄⚅", "123456")
_CUT: Final = re.compile(
    r"(?<=[^\W\d_])[-‐‑_|*~'‘’\"“”`^]+(?=[^\W\d_])|(?<![^\W_])_+(?=[^\W\d_])|(?<=[^\W\d_])_+(?!\w)"
)
_SPELLED: Final = re.compile(r"(?<!\w)[^\W\d_](?:[ .·*_|/‐‑-][^\W\d_]){2,}(?!\w)")
_BETWEEN: Final = re.compile(r"[_|*~]")
_LOOK_LETTER: Final = re.compile(r"(?<=[^\W\d_])[€$@!](?=[^\W\d_])")
_AS_LETTER: Final = str.maketrans("€$@!", "esai")
_PLAIN: Final = re.compile(r"[ -~]+")  # what is printed and read as it is typed
_PARAGRAPH: Final = re.compile(r"\n(?![^\S\n]*(?:\n|[-•*] ))")


@dataclass(frozen=True, slots=True)
class Printed:
    """Characters and for each the place of what was typed for it and the place after that."""

    text: str
    places: tuple[tuple[int, int], ...]

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the typed text a piece of the printed text stands; the piece is not empty."""
        return self.places[start][0], self.places[end - 1][1]


def printed(text: str) -> Printed:
    """Return the text composed (NFC), without characters that nobody sees; tabs are spaces."""
    clusters: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        plain = _PLAIN.match(text, at)
        if plain:
            end = plain.end()
            clusters += zip(plain.group(), range(at, end), range(at + 1, end + 1), strict=True)
            at = end
            continue
        line_end = _LINE_END.match(text, at)
        end = line_end.end() if line_end else at + 1
        character = "\n" if line_end else text[at].replace("\t", " ")
        if unicodedata.combining(character) and clusters and clusters[-1][0] != "\n":
            before, start, _ = clusters.pop()
            clusters.append((before + character, start, end))
        elif line_end or not is_unseen(character):
            clusters.append((character, at, end))
        at = end
    return _joined(
        [
            (cluster if cluster.isascii() else unicodedata.normalize("NFC", cluster), start, end)
            for cluster, start, end in clusters
        ]
    )


def read(text: str) -> Printed:
    """Return the printed text as a reader takes it: ½ as 1⁄2, ﬁ as fi, a Cyrillic а as a, no strokes, lines run on.

    A line end stays where a paragraph or a point of a list ends; any other white space is one space.
    """
    seen = printed(text)
    plain = (
        (character if _PLAIN.match(character) else _plain(character), *place)
        for character, place in zip(seen.text, seen.places, strict=True)
    )
    made = _joined([part for part in plain if part[0]])
    text = _PARAGRAPH.sub(" ", made.text)
    kept = [n for n in range(len(text)) if text[n - 1 : n + 1] != "  "]
    return Printed("".join(text[n] for n in kept), tuple(made.places[n] for n in kept))


def disguises(text: str, plain: Printed) -> tuple[Printed, ...]:
    """Return the other ways in which a reader may take a text, where they differ from how it is `read` plainly.

    With what nobody sees, and what stands between words, as a space (één\u00admelding, één_melding), with words put
    together that were cut or spelled out (nie-mand, p.e.s.t.e.n, dr_ie) or have a sign for a letter (p€sten), and that
    without accents (twéé).
    """
    gaps = "".join(" " if is_unseen(character) or _BETWEEN.match(character) else character for character in text)
    apart = read(gaps) if gaps != text else plain
    cut = {place for found in _CUT.finditer(plain.text) for place in range(*found.span())}
    for spelled in _SPELLED.finditer(plain.text):
        cut.update(range(spelled.start() + 1, spelled.end(), 2))
    kept = [n for n in range(len(plain.text)) if n not in cut]
    together = _LOOK_LETTER.sub(lambda found: found.group().translate(_AS_LETTER), "".join(plain.text[n] for n in kept))
    whole = Printed(together, tuple(plain.places[n] for n in kept))
    unaccented = Printed(bare(whole.text), whole.places)
    found: dict[str, Printed] = {}
    for other in (apart, whole, unaccented):
        if other.text != plain.text:
            found.setdefault(other.text, other)
    return tuple(found.values())


def bare(text: str) -> str:
    """Return the text without accents, as long as it was."""
    if text.isascii():
        return text
    return "".join(c if c.isascii() else unicodedata.normalize("NFD", c)[0] for c in text)


def _plain(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    if character.isspace():
        return "\n" if character == "\n" else " "
    return unicodedata.normalize("NFKC", character).translate(_LOOK_LATIN).translate(_DICE)


def _joined(parts: list[tuple[str, int, int]]) -> Printed:
    return Printed(
        "".join(characters for characters, _, _ in parts),
        tuple((start, end) for characters, start, end in parts for _ in characters),
    )
