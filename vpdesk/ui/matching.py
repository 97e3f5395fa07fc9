"""How the palette matches what is typed with what can be done."""

import unicodedata

_MARKS = "Mn"


def folded(text: str) -> str:
    """Return text without capitals and accents, of the same length, so that positions agree."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    plain = "".join(part for part in parts if unicodedata.category(part) != _MARKS).lower()
    return plain if len(plain) == 1 else letter


def match(typed: str, text: str) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """Return how well every typed word is found in a text (lower is better), and where: (start, length) pairs.

    A word at the start counts best, then one at the start of a word, then anywhere; None when a word is missing.
    """
    there = folded(text)
    score = 0
    found: list[tuple[int, int]] = []
    for word in folded(typed).split():
        at = _best(word, there)
        if at is None:
            return None
        starts_word = at == 0 or not there[at - 1].isalnum()
        score += (0 if at == 0 else 1 if starts_word else 4) + at // 20
        found.append((at, len(word)))
    return score, tuple(sorted(found))


def _best(word: str, text: str) -> int | None:
    anywhere: int | None = None
    at = text.find(word)
    while at >= 0:
        if at == 0 or not text[at - 1].isalnum():
            return at
        anywhere = at if anywhere is None else anywhere
        at = text.find(word, at + 1)
    return anywhere
