"""What of a text stood in the report before: said to whoever writes, and no reason to stop."""

import re

_BETWEEN = re.compile(r"\n\s*\n")


def same_as_before(text: str, before: str) -> str:
    """Return `Zelfde tekst als`, or `Deels dezelfde tekst als`, to stand before a year; empty where all is new.

    Paragraphs are compared, whatever white space they have and in whatever order they stand.
    """
    now, then = _paragraphs(text), set(_paragraphs(before))
    again = [paragraph for paragraph in now if paragraph in then]
    if not again:
        return ""
    return "Zelfde tekst als" if len(again) == len(now) else "Deels dezelfde tekst als"


def _paragraphs(text: str) -> list[str]:
    found = (" ".join(part.split()).casefold() for part in _BETWEEN.split(text))
    return [paragraph for paragraph in found if paragraph]
