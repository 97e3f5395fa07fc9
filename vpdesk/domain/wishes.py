"""What the person wants, with the day on which it was said: kept one after the other, since a wish may change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import InvalidValueError


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish as a code of `WENS`, in the person's own words where they were written down."""

    code: str
    on: date
    words: str = ""

    def __post_init__(self) -> None:
        if self.code not in taxonomy.WENS:
            raise InvalidValueError(f"‘{self.code}’ staat niet in de lijst {taxonomy.WENS.title}. Er is niets bewaard.")
        if self.code == taxonomy.UNKNOWN.code and not self.words.strip():
            raise InvalidValueError("Kies een wens of schrijf de woorden van de persoon op. Er is niets bewaard.")


def wish_on(wishes: Iterable[Wish], day: date) -> Wish | None:
    """Return the wish that held on a day, None when nothing had been said; of one day the one given last."""
    held = [wish for wish in wishes if wish.on <= day]
    return max(reversed(held), key=lambda wish: wish.on) if held else None
