"""What a reader sees of a text; a reason must hold something of that, whatever else was typed."""

import re
import unicodedata
from typing import Final

_UNSEEN: Final = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")  # besides Cf
_NO_MORE: Final = frozenset({"Cc", "Cn", "Co", "Cs", "Me", "Mn"})
"""Categories of what shows nothing by itself: controls, what is no character, and accents without a letter."""

_BLANK: Final = "\u2800"  # a braille cell without dots


def is_unseen(character: str) -> bool:
    """Return whether nobody sees a character that takes no room either, such as a soft hyphen."""
    return unicodedata.category(character) == "Cf" or _UNSEEN.match(character) is not None


def says_something(text: str) -> bool:
    """Return whether there is anything to see in a text."""
    return any(not (c.isspace() or c == _BLANK or is_unseen(c) or unicodedata.category(c) in _NO_MORE) for c in text)
