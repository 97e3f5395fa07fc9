"""Papers to print or keep as a PDF: what a stolen laptop held, and what a colleague who stands in does first."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from vpdesk.domain.wording import counted, number

_EDGES: Final = (10, 25, 50, 100, 250, 500, 1000)
_NARROWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Section:
    """A head with lines below it; `numbered` where they are done in that order."""

    title: str
    lines: tuple[str, ...]
    numbered: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the lines as they stand on paper."""
        return tuple(f"{place}. {line}" for place, line in enumerate(self.lines, 1)) if self.numbered else self.lines


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a paper; `warning` is said before it is made into a file."""

    title: str
    made: date
    sections: tuple[Section, ...]
    warning: str
    file_name: str


def about_how_many(value: int, threshold: int) -> str:
    """Return a number as a band: an exact one would count cases, and below the threshold could be a person."""
    if value < threshold:
        return f"minder dan {number(threshold)}"
    edges = (threshold, *(edge for edge in _EDGES if edge - threshold >= _NARROWEST))
    below = max(edge for edge in edges if edge <= value)
    above = min((edge for edge in edges if edge > value), default=None)
    return f"{number(below)} of meer" if above is None else f"{number(below)} tot en met {number(above - 1)}"


def cases_running(name: str, running: int) -> str:
    """Return how many cases run for an organisation."""
    return f"{name}: {counted(running, 'lopende casus', 'lopende casussen') if running else 'geen lopende casussen'}"
