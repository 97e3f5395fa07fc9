"""Names from the vault in a text: of people, units and matters, however they are written.

A vault has thousands of names and a text few of them: only those whose letters the text has in a row are looked for.
"""

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Final

from vpdesk.domain.names import Spoken, folded
from vpdesk.reporting.printed import bare, read
from vpdesk.reporting.text_context import sentences

_BESIDES_LETTERS: Final = re.compile(r"[\W_]+")
_WORD: Final = re.compile(r"\w+")
_GENITIVE: Final = r"(?:[’']?s)?"
_ENDING: Final = (
    r"(?:[’']?s|-?(?:medewerk|team|afdeling|collega|personeel|mensen|ploeg|leid|manager|chef|hoofd|staf)\w*)?"
)
"""What may stand behind a name without hiding it: an s, or the people of that unit."""

_ADDRESS: Final = re.compile(r"(?<![\w.@+-])[\w.+-]+(?=@)")
_FEW: Final = 3  # letters beside a name in an address: initials, or a number
_PARTICLE: Final = re.compile(r"van|der|den|de|het|ten|ter")

_LONG_ENOUGH: Final = 4  # letters of a name before which that ending makes no other word (op, opleiding)

Span = tuple[int, int]


def names_in(texts: Sequence[str], names: Iterable[str], called: Spoken) -> list[list[Span]]:
    """Return for each of several ways to read one text where names stand; of a whole name its parts are not told apart.

    The ways to read it have the same letters in the same order, though not the same spaces and accents.
    """
    plain = [bare(text) for text in texts]
    letters = "\n".join({_letters(text) for text in plain})
    asked = [(name, False) for name in {*names, *called.anyhow}] + [(name, True) for name in called.with_capital]
    patterns = [_named(name, capital) for name, capital in asked if _letters_of(name) in letters]
    return [_where(text, patterns, called) for text in plain]


def _where(text: str, patterns: Iterable[re.Pattern[str]], called: Spoken) -> list[Span]:
    found = {m.span() for pattern in patterns for m in pattern.finditer(text)}
    found.update(_matters_in(text, called))
    found.update(_addresses_in(text, called))
    return [span for span in found if not _inside(span, found - {span})]


def _addresses_in(text: str, called: Spoken) -> Iterable[Span]:
    """Yield the part before the @ of an address that is somebody's name, with initials or a first name beside it."""
    addresses = [(found.span(), _letters(found.group())) for found in _ADDRESS.finditer(text)]
    if not addresses:
        return
    names = {_letters_of(name) for name in (*called.anyhow, *called.with_capital)}
    parts = sorted((name for name in names if len(name) >= _FEW), key=lambda name: (-len(name), name))
    for span, letters in addresses:
        inside = [name for name in parts if name in letters]
        for name in inside:
            rest = letters.replace(name, "", 1)
            if len(_PARTICLE.sub("", rest)) <= _FEW or rest in inside:
                yield span
                break


def _matters_in(text: str, called: Spoken) -> Iterable[Span]:
    """Yield from the first to the last telling word of a matter, where a sentence has all of them."""
    if not called.together:
        return
    for start, end in sentences(text):
        words = {folded(found.group()): found for found in _WORD.finditer(text, start, end)}
        for together in called.together:
            if together <= words.keys():
                told = [words[word] for word in together]
                yield min(found.start() for found in told), max(found.end() for found in told)


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


@functools.lru_cache(maxsize=4096)
def _named(name: str, capital: bool) -> re.Pattern[str]:
    """Return what finds a name in a text without accents: also cut at a line end, with hyphens, or with an s."""
    written = bare(read(name).text)
    if capital:
        written = written.title() if written.isupper() else written[:1].upper() + written[1:]
    parts = re.findall(r"\w+|[^\w\s-]", written)
    letters = (r"(?:[-‐‑]\s*)?".join(map(re.escape, part)) for part in parts)
    words = r"[\W_]{0,3}".join(letters)
    if capital:
        words = rf"(?-i:{words}|{words.upper()})"
    ending = _ENDING if len(written) >= _LONG_ENOUGH else _GENITIVE
    return re.compile(rf"(?<!\w){words}{ending}(?!\w)" if parts else r"(?!)", re.IGNORECASE)


@functools.lru_cache(maxsize=1 << 16)
def _letters_of(name: str) -> str:
    return _letters(name if name.isascii() else bare(read(name).text))


def _letters(text: str) -> str:
    return _BESIDES_LETTERS.sub("", text).casefold()
