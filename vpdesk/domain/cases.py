"""Cases and conversations: values that can't exist in an invalid state."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from vpdesk.domain import phases, taxonomy
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ClientId, ConversationId, UnitId
from vpdesk.domain.phases import Phase, PhaseMove

MINUTES_IN_A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class DatedCode:
    """A code and the day from which it holds."""

    code: str
    on: date


def _check(codes: taxonomy.CodeList, code: str) -> None:
    if code not in codes:
        raise InvalidValueError(f"‘{code}’ staat niet in de lijst {codes.title}. Er is niets bewaard.")


@dataclass(frozen=True, slots=True)
class Case:
    """What one person brings; `code` counts cases and so never leaves the house.

    `moves` is the phase history, oldest first; `outcomes` the outcome as the person saw it, dated (an empty code takes
    it back, as reopening does). Imported registrations carry their talks as two sums, which count on the opening day.
    """

    id: CaseId
    client: ClientId
    code: str
    pseudonym: str
    opened: date
    moves: tuple[PhaseMove, ...]
    rol: str = "onbekend"
    werkgebied: str = "onbekend"
    thema: str = "onbekend"
    further_themes: tuple[str, ...] = ()
    relatie: str = "onbekend"
    unit: UnitId | None = None
    verbonden: str = "onbekend"
    gevonden_via: str = "onbekend"
    wens: str = "onbekend"
    wens_on: date | None = None
    misstand: str = "onbekend"
    outcomes: tuple[DatedCode, ...] = ()
    closing_reason: str = "onbekend"
    limits_discussed_on: date | None = None
    imported_talks: int = 0
    imported_minutes: int = 0
    phase_unknown: bool = False

    def __post_init__(self) -> None:
        phases.check_history(self.moves)
        if self.moves[0].on != self.opened:
            raise InvalidValueError("Een casus begint op de dag waarop hij is geopend.")
        _check(taxonomy.ROL, self.rol)
        _check(taxonomy.WERKGEBIED, self.werkgebied)
        _check(taxonomy.THEMA, self.thema)
        for theme in self.further_themes:
            _check(taxonomy.THEMA, theme)
        if self.thema in self.further_themes:
            raise InvalidValueError("Het hoofdthema kan niet ook een verder thema zijn. Er is niets bewaard.")
        if self.werkgebied not in taxonomy.fields_of_theme(self.thema):
            raise InvalidValueError(
                f"Het hoofdthema ‘{self.thema}’ hoort niet bij het werkgebied ‘{self.werkgebied}’. Er is niets bewaard."
            )
        _check(taxonomy.RELATIE, self.relatie)
        _check(taxonomy.VERBONDEN, self.verbonden)
        _check(taxonomy.GEVONDEN_VIA, self.gevonden_via)
        _check(taxonomy.WENS, self.wens)
        _check(taxonomy.MISSTAND, self.misstand)
        _check(taxonomy.REDEN, self.closing_reason)
        for outcome in self.outcomes:
            if outcome.code:
                _check(taxonomy.AFLOOP, outcome.code)
        if self.imported_talks < 0 or self.imported_minutes < 0:
            raise InvalidValueError("Gesprekken en minuten zijn nul of meer.")

    @property
    def phase(self) -> Phase:
        """Return the phase in which the case stands."""
        return self.moves[-1].to

    @property
    def closed(self) -> date | None:
        """Return the day on which the case was closed, None while it runs."""
        last = self.moves[-1]
        return last.on if last.to is Phase.AFGESLOTEN else None

    def phase_on(self, day: date) -> str:
        """Return the code of the furthest phase reached on a day: what a report counts."""
        if self.phase_unknown:
            return phases.PHASE_UNKNOWN
        return phases.furthest(self.moves, day).value

    def outcome_on(self, day: date) -> str:
        """Return the outcome as it stood on a day; `loopt nog` while the case was open without one."""
        known = [outcome.code for outcome in self.outcomes if outcome.on <= day]
        if known and known[-1]:
            return known[-1]
        standing = [move.to for move in self.moves if move.on <= day]
        return taxonomy.UNKNOWN.code if standing[-1:] == [Phase.AFGESLOTEN] else taxonomy.LOOPT_NOG

    def with_limits(self, on: date | None) -> "Case":
        """Return the case with the day on which the limits of confidentiality were discussed, None for not yet."""
        return replace(self, limits_discussed_on=on)

    def moved_to(self, phase: Phase, on: date, reason: str = "") -> "Case":
        """Return the case in another phase; reopening takes back the outcome.

        Raises:
            ImpossibleMoveError: the phases do not follow each other.
        """
        outcomes = self.outcomes
        if self.phase is Phase.AFGESLOTEN and outcomes:
            outcomes = (*outcomes, DatedCode("", on))
        return replace(self, moves=phases.moved(self.moves, phase, on, reason), outcomes=outcomes, phase_unknown=False)

    def closed_with(self, outcome: str, reason: str, on: date) -> "Case":
        """Return the case closed, with the outcome as the person sees it and the reason for closing."""
        closed = replace(self, moves=phases.moved(self.moves, Phase.AFGESLOTEN, on, reason), closing_reason=reason)
        return replace(closed, outcomes=(*self.outcomes, DatedCode(outcome, on)))


@dataclass(frozen=True, slots=True)
class Conversation:
    """One contact. The text has two layers: a working note, destroyed once the verslag is made, and the verslag.

    A conversation may stand without a case or client until it is linked. `marked` says that note and verslag are
    written as `markup.printed` does; the texts of before that are plain words.
    """

    id: ConversationId
    on: date
    channel: str = "telefoon"
    minutes: int = 0
    client: ClientId | None = None
    case: CaseId | None = None
    phase: Phase | None = None
    working_note: str = ""
    report: str = ""
    agreements: str = ""
    next_step: str = ""
    next_on: date | None = None
    marked: bool = False

    def __post_init__(self) -> None:
        _check(taxonomy.KANAAL, self.channel)
        if not 0 <= self.minutes <= MINUTES_IN_A_DAY:
            raise InvalidValueError("Een gesprek duurt 0 tot en met 1440 minuten. Uw tekst is er nog.")
        if self.case is not None and self.client is None:
            raise InvalidValueError("Een gesprek bij een casus hoort ook bij een organisatie.")


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that is being typed, saved within two seconds; one per place (`key`) in the window."""

    key: str
    text: str
    saved: datetime
