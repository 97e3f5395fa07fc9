"""Names from the vault in a text: of people, units and matters, however they are written.

A vault has thousands of names and a text few of them. So a text is gone through once: where a word begins, the letters
that follow are looked up among those of the names, and only what is found so is held against how that name is written.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.names import Spoken, folded
from vpdesk.reporting.printed import bare, read
from vpdesk.reporting.text_context import sentences

_BESIDES_LETTERS: Final = re.compile(r"[\W_]+")
_WORD: Final = re.compile(r"\w+")
_RUN: Final = re.compile(r"[^\W_]+")
_HEAD: Final = 3  # letters by which names are found first
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
    known = _Known.of(frozenset(names), called)
    return [_where(bare(text), known) for text in texts]


_Asked = tuple[str, bool]
"""A name, and whether it is one only with a capital."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a vault knows, by letters; made once for as long as that stays the same.

    `lengths` says by its first letters how many letters a name has. `apart` is what begins with a sign (*'t Hart*),
    `parts` what may stand in an address, the longest first, and `together` the words of matters, by one of them.
    """

    by_letters: dict[str, tuple[_Asked, ...]]
    lengths: dict[str, tuple[int, ...]]
    apart: tuple[tuple[str, _Asked], ...]
    parts: tuple[str, ...]
    together: dict[str, tuple[frozenset[str], ...]]

    @staticmethod
    @functools.lru_cache(maxsize=4)
    def of(names: frozenset[str], called: Spoken) -> "_Known":
        """Return the names and what people are called, ready to be looked up."""
        by_letters: dict[str, list[_Asked]] = {}
        lengths: dict[str, set[int]] = {}
        apart = []
        for asked in [
            *((name, False) for name in names | called.anyhow),
            *((one, True) for one in called.with_capital),
        ]:
            letters = _letters_of(asked[0])
            if _begins_with_letter(asked[0]):
                by_letters.setdefault(letters, []).append(asked)
                lengths.setdefault(letters[:_HEAD], set()).add(len(letters))
            else:
                apart.append((letters, asked))
        parts = {_letters_of(name) for name in called.anyhow | called.with_capital}
        together: dict[str, list[frozenset[str]]] = {}
        for words in called.together:
            together.setdefault(max(words, key=lambda word: (len(word), word)), []).append(words)
        return _Known(
            {letters: tuple(several) for letters, several in by_letters.items()},
            {head: tuple(several) for head, several in lengths.items()},
            tuple(apart),
            tuple(sorted((part for part in parts if len(part) >= _FEW), key=lambda part: (-len(part), part))),
            {word: tuple(several) for word, several in together.items()},
        )

    def beginning(self, letters: str, at: int) -> Iterator[_Asked]:
        """Yield the names whose letters stand there in a row."""
        for length in (*range(1, _HEAD), *self.lengths.get(letters[at : at + _HEAD], ())):
            yield from self.by_letters.get(letters[at : at + length], ())


def _where(text: str, known: _Known) -> list[Span]:
    runs = [(run.start(), run.group().casefold()) for run in _RUN.finditer(text)]
    letters = "".join(run for _, run in runs)
    found = {m.span() for inside, one in known.apart if inside in letters for m in _named(*one).finditer(text)}
    ends: dict[_Asked, int] = {}
    at = 0
    for start, run in runs:
        for asked in known.beginning(letters, at):
            if start >= ends.get(asked, 0) and (match := _named(*asked).match(text, start)) is not None:
                found.add(match.span())
                ends[asked] = match.end()
        at += len(run)
    found.update(_matters_in(text, known))
    found.update(_addresses_in(text, known))
    return _outermost(found)


def _addresses_in(text: str, known: _Known) -> Iterable[Span]:
    """Yield the part before the @ of an address that is somebody's name, with initials or a first name beside it."""
    addresses = [(found.span(), _letters(found.group())) for found in _ADDRESS.finditer(text)]
    for span, letters in addresses:
        inside = [name for name in known.parts if name in letters]
        for name in inside:
            rest = letters.replace(name, "", 1)
            if len(_PARTICLE.sub("", rest)) <= _FEW or rest in inside:
                yield span
                break


def _matters_in(text: str, known: _Known) -> Iterable[Span]:
    """Yield from the first to the last telling word of a matter, where a sentence has all of them."""
    if not known.together:
        return
    for start, end in sentences(text):
        words = {folded(found.group()): found for found in _WORD.finditer(text, start, end)}
        for together in (several for word in words for several in known.together.get(word, ())):
            if together <= words.keys():
                told = [words[word] for word in together]
                yield min(found.start() for found in told), max(found.end() for found in told)


def _outermost(found: Iterable[Span]) -> list[Span]:
    """Return what stands inside no other, by place."""
    kept: list[Span] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


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
    return _letters(_written(name))


def _begins_with_letter(name: str) -> bool:
    """Return whether what is looked for begins with a letter or figure, as a run in a text does."""
    head = next((sign for sign in _written(name) if not sign.isspace() and sign != "-"), "")
    return _RUN.match(head) is not None


def _written(name: str) -> str:
    return name if name.isascii() else bare(read(name).text)


def _letters(text: str) -> str:
    return _BESIDES_LETTERS.sub("", text).casefold()
