"""Turns a recovery secret into sixteen Dutch words, and forgivingly back."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

from vpdesk.domain.errors import WordsMistypedError
from vpdesk.resources_path import resource_path

WORD_COUNT: Final = 16
SECRET_BYTES: Final = 20

_CHECKSUM_BYTES: Final = 2
_CHECKSUM_LABEL: Final = b"vpdesk herstelwoorden 1\x00"
_BITS_PER_WORD: Final = 11  # 2048 words; 16 x 11 = 176 = 160 bits of secret + 16 of checksum
_WORD_MASK: Final = (1 << _BITS_PER_WORD) - 1
_ENOUGH_LETTERS: Final = 4  # no two words share their first four letters
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = 16  # four bits a word
_SLIPS: Final = 2  # further away, a word is a guess and not an offer
_OFFERED: Final = 3
_SHOWN: Final = 20  # something else pasted by mistake, such as a passphrase, is not shown in full


@cache
def load_words() -> tuple[str, ...]:
    """The 2048 words in the order that gives each its number; sorted, a-z, told apart by their first four letters."""
    return tuple(resource_path("words", "herstelwoorden.txt").read_text(encoding="ascii").split())


def encode_secret(secret: bytes) -> tuple[str, ...]:
    """The 16 words for a secret of 20 bytes.

    The last 16 bits are a checksum, so that a wrong, missing or swapped word is noticed before it is tried on a vault.
    Raises ValueError for another length.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a recovery secret has {SECRET_BYTES} bytes, not {len(secret)}")
    number = int.from_bytes(secret + _checksum(secret), "big")
    words = load_words()
    return tuple(
        words[number >> shift & _WORD_MASK] for shift in range((WORD_COUNT - 1) * _BITS_PER_WORD, -1, -_BITS_PER_WORD)
    )


def decode_words(text_or_words: str | Sequence[str]) -> bytes:
    """The secret of 20 bytes for 16 words as somebody typed them.

    Capitals, accents, numbering, commas and line breaks do not matter, and the first four letters of a word are
    enough. Raises WordsMistypedError for an unknown word, another number of words, or a checksum that does not fit.
    """
    text = text_or_words if isinstance(text_or_words, str) else " ".join(text_or_words)
    typed = _LETTERS.findall(_plain(text))
    by_start = _numbers_by_start()
    number = 0
    for position, word in enumerate(typed, start=1):
        index = by_start.get(word[:_ENOUGH_LETTERS])
        if index is None or not load_words()[index].startswith(word):
            raise WordsMistypedError(_unknown_sentence(position, word), position)
        number = number << _BITS_PER_WORD | index
    if len(typed) != WORD_COUNT:
        raise WordsMistypedError(_count_sentence(len(typed)))
    whole = number.to_bytes(SECRET_BYTES + _CHECKSUM_BYTES, "big")
    secret, checksum = whole[:SECRET_BYTES], whole[SECRET_BYTES:]
    if checksum != _checksum(secret):
        raise WordsMistypedError(
            f"Deze {WORD_COUNT} woorden passen niet bij elkaar. Elk woord bestaat, maar ten minste één is verwisseld "
            "of verkeerd overgenomen. Er is niets veranderd. Leg ze naast uw blad en controleer ook de volgorde."
        )
    return secret


def known_word(typed: str) -> str | None:
    """The word of the list that was typed, None when there is none; its first four letters are enough."""
    letters = _LETTERS.findall(_plain(typed))
    index = _numbers_by_start().get(letters[0][:_ENOUGH_LETTERS]) if len(letters) == 1 else None
    return None if index is None or not load_words()[index].startswith(letters[0]) else load_words()[index]


def mark_of(place: int, word: str, key: bytes) -> int:
    """A mark from 0 to 15 for a word in its place, from 1, under a secret key.

    Sixteen words have 176 bits, of which 16 are a checksum; whoever learns all marks and the key still lacks 96.
    """
    return hmac.digest(key, f"{place} {word}".encode(), "sha256")[0] % _MARKS


def suggest(prefix: str) -> tuple[str, ...]:
    """The words that start with what was typed so far, sorted; none while nothing was typed."""
    start = _plain(prefix).strip()
    return tuple(word for word in load_words() if word.startswith(start)) if start else ()


@cache
def _numbers_by_start() -> dict[str, int]:
    return {word[:_ENOUGH_LETTERS]: number for number, word in enumerate(load_words())}


def _checksum(secret: bytes) -> bytes:
    return hashlib.sha256(_CHECKSUM_LABEL + secret).digest()[:_CHECKSUM_BYTES]


def _plain(text: str) -> str:
    """Lower case without accents; the ligature of i and j becomes two letters."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _unknown_sentence(position: int, word: str) -> str:
    shown = word if len(word) <= _SHOWN else word[:_SHOWN] + "…"
    said = f"Woord {position}, ‘{shown}’, staat niet in de lijst."
    nearest = [f"‘{near}’" for near in _nearest(word)]
    if not nearest:
        return f"{said} Kijk op uw blad met herstelwoorden wat er staat en typ het opnieuw."
    *first, last = nearest
    return f"{said} Bedoelt u {', '.join(first)} of {last}?" if first else f"{said} Bedoelt u {last}?"


def _nearest(word: str) -> tuple[str, ...]:
    """The word with the same first four letters, or else those the fewest slips away; at most three, possibly none."""
    index = _numbers_by_start().get(word[:_ENOUGH_LETTERS])
    if index is not None:
        return (load_words()[index],)
    slips = {known: _slips(word, known) for known in load_words() if abs(len(known) - len(word)) <= _SLIPS}
    fewest = min(slips.values(), default=_SLIPS + 1)
    return tuple(known for known, count in slips.items() if count == fewest <= _SLIPS)[:_OFFERED]


def _slips(typed: str, meant: str) -> int:
    """How many letters must be replaced, added, dropped or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed):
        earlier, before, row = before, row, [i + 1]
        for j, other in enumerate(meant):
            best = min(before[j + 1] + 1, row[j] + 1, before[j] + (letter != other))
            if i and j and letter == meant[j - 1] and typed[i - 1] == other:
                best = min(best, earlier[j - 1] + 1)
            row.append(best)
    return row[-1]


def _count_sentence(count: int) -> str:
    if count == 0:
        return f"Er zijn geen woorden ingevuld. Typ de {WORD_COUNT} herstelwoorden van uw blad, in dezelfde volgorde."
    have = "Er staat 1 woord" if count == 1 else f"Er staan {count} woorden"
    difference = abs(WORD_COUNT - count)
    what = "te weinig" if count < WORD_COUNT else "te veel"
    return (
        f"{have}, dat is {difference} {what}: het moeten er {WORD_COUNT} zijn. "
        "Er is niets veranderd. Vergelijk de lijst met uw blad."
    )
