"""The phases of a case and the moves between them."""

import itertools
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import ImpossibleMoveError, InvalidValueError


class Phase(StrEnum):
    """Where a case stands; the value is the code in sheets and statements."""

    VOORFASE = "voorfase"
    MELDINGSFASE = "meldingsfase"
    NAFASE = "nafase"
    AFGESLOTEN = "afgesloten"


PHASE_UNKNOWN: Final = "onbekend"

MOVES: Final[dict[Phase, frozenset[Phase]]] = {
    Phase.VOORFASE: frozenset({Phase.MELDINGSFASE, Phase.AFGESLOTEN}),
    Phase.MELDINGSFASE: frozenset({Phase.NAFASE, Phase.AFGESLOTEN}),
    Phase.NAFASE: frozenset({Phase.AFGESLOTEN}),
    Phase.AFGESLOTEN: frozenset({Phase.VOORFASE, Phase.NAFASE}),
}

_DEPTH: Final = {Phase.VOORFASE: 0, Phase.MELDINGSFASE: 1, Phase.NAFASE: 2}


@dataclass(frozen=True, slots=True)
class PhaseMove:
    """One dated entry of the phase history; the first has no `source`."""

    to: Phase
    on: date
    source: Phase | None = None
    reason: str = ""


def begin(on: date) -> tuple[PhaseMove, ...]:
    """Return the history of a case that was opened on that day."""
    return (PhaseMove(Phase.VOORFASE, on),)


def moved(history: tuple[PhaseMove, ...], to: Phase, on: date, reason: str = "") -> tuple[PhaseMove, ...]:
    """Return the history with one more move.

    Raises:
        ImpossibleMoveError: the phases do not follow each other.
        InvalidValueError: the move lies before the last one.
    """
    now = history[-1].to
    if to not in MOVES[now]:
        raise ImpossibleMoveError(f"Van {now.value} naar {to.value} kan niet. De casus is niet veranderd.")
    if on < history[-1].on:
        raise InvalidValueError(
            "Deze datum ligt voor de vorige fase van de casus. Kies een latere datum; er is niets veranderd."
        )
    return (*history, PhaseMove(to, on, now, reason))


def furthest(history: tuple[PhaseMove, ...], on: date) -> Phase:
    """Return the furthest of voorfase, meldingsfase and nafase that was reached on that day.

    Reports count a case at the last phase it reached (closing is no phase to count in), so this never goes back.
    A day before the opening gives voorfase.
    """
    reached = [move.to for move in history if move.on <= on and move.to is not Phase.AFGESLOTEN]
    return max(reached, key=_DEPTH.__getitem__, default=Phase.VOORFASE)


def check_history(history: tuple[PhaseMove, ...]) -> None:
    """Raise InvalidValueError when a history could not have come about by allowed moves."""
    if not history or history[0].to is not Phase.VOORFASE or history[0].source is not None:
        raise InvalidValueError("Een casus begint in de voorfase.")
    for before, after in itertools.pairwise(history):
        if after.to not in MOVES[before.to] or after.source is not before.to or after.on < before.on:
            raise InvalidValueError("De fasen van deze casus volgen niet op elkaar.")
