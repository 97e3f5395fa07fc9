"""Where in the preview a text of the user stands: under which heading, and so on which page and how far down."""

from collections.abc import Iterable
from typing import Final

from vpdesk.ui.widgets.preview import Spot

_HEADINGS: Final = {
    "kort": ("Het jaar in het kort", "De periode in het kort"),
    "themas": ("Waarover het ging", "Ondersteuning"),
    "fasen": ("Van praten naar melden", "Ondersteuning"),
    "voorlichting": ("Voorlichting", "Informeren"),
    "signalen": ("Signalen en trends",),
    "advies": ("Advies aan de organisatie",),
    "vindbaarheid": ("Vindbaarheid",),
    "route": ("Route", "Vindbaarheid", "Informeren en vindbaarheid"),
    "toegankelijkheid": ("Toegankelijkheid", "Vindbaarheid", "Informeren en vindbaarheid"),
    "aandachtspunten": ("Aandachtspunten",),
}
"""How the headings begin, the nearest first; the last one is there before a text is."""


def place_of(text: str, headings: Iterable[Spot]) -> Spot | None:
    """Return where a text stands or would stand, None where the report has no place for it.

    `headings` are those of the outline; those of chapters begin with a number. In the year in short the themes may have
    the heading of the section about them, so the last one counts.
    """
    there = list(headings)
    for start in _HEADINGS.get(text, ()):
        found = [spot for spot in there if spot.title.lstrip("0123456789 ").startswith(start)]
        if found:
            return found[-1]
    return None
