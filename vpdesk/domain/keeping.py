"""How long what was only written to remember is kept: vpdesk asks on the day, and destroys nothing by itself."""

from datetime import date, timedelta
from typing import Final

NOTE_LIVES: Final = timedelta(days=30)
CALL_BACK_LIVES: Final = timedelta(days=14)
ANNOUNCED: Final = timedelta(days=7)
"""How long before its day something stands on Vandaag."""


def note_until(talk: date) -> date:
    """Return the day on which the working note of a talk is to be destroyed, when no verslag was made before."""
    return talk + NOTE_LIVES


def call_back_until(made: date, due: date) -> date:
    """Return the day on which a call-back is to be destroyed: never before the day on which one is to call."""
    return max(made + CALL_BACK_LIVES, due)
