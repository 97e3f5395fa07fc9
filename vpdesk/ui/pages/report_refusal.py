"""What Jaarverslag says when no preview can be made, where nobody asked for an export."""

from typing import Final

_OF_EXPORTS: Final = (
    ("Daarom is er niets geëxporteerd.", "Daarom is er geen voorbeeld."),
    ("; er is niets geëxporteerd.", "."),
    (" Er is niets geëxporteerd.", ""),
    ("Er is niets geëxporteerd. ", ""),
)


def without_export(sentence: str) -> str:
    """Return a refusal without the reassurance that belongs to an export."""
    for words, instead in _OF_EXPORTS:
        sentence = sentence.replace(words, instead)
    return sentence
