"""How long a case is kept: terms per organisation and kind, what stops destroying, and when a decision is due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.periods import Period, reporting_year_of
from vpdesk.domain.phases import Phase
from vpdesk.domain.reminders import add_months
from vpdesk.domain.seen import says_something

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from vpdesk.domain.ids import CaseId, ClientId, HoldId

ASKS_WHY_ABOVE: Final = 24
LONGEST_TERM: Final = 120
_REPORTED_BY_OUTCOME: Final = frozenset({"melding gedaan", "klacht ingediend"})
_DETRIMENT: Final = "benadeling na melding"


class Kind(StrEnum):
    """What a case holds, as far as that decides how long it is kept; the term of the whole case follows from it."""

    VERSLAGEN = "verslagen"
    MELDING = "melding"
    VASTLEGGING = "vastlegging"


PROPOSED: Final = {Kind.VERSLAGEN: 12, Kind.MELDING: 24, Kind.VASTLEGGING: 60}
"""The terms in months that vpdesk proposes; no law sets them."""


def kind_of(
    reached: Collection[Phase], thema: str, afloop: str, *, reported: bool = False, recorded: bool = False
) -> Kind:
    """Return what of a case is kept longest: by its phases, main theme and last outcome, and by what hangs on it.

    `reported` says that it holds a melding or detriment, `recorded` that it holds a guided record about breaking
    confidentiality or about a request for information.
    """
    if recorded:
        return Kind.VASTLEGGING
    formal = reported or {Phase.MELDINGSFASE, Phase.NAFASE}.intersection(reached)
    return Kind.MELDING if formal or thema == _DETRIMENT or afloop in _REPORTED_BY_OUTCOME else Kind.VERSLAGEN


def asks_why(kind: Kind, months: int) -> bool:
    """Return whether so long a term takes a reason: above two years, and longer than what is proposed."""
    return months > max(ASKS_WHY_ABOVE, PROPOSED[kind])


@dataclass(frozen=True, slots=True)
class Term:
    """How many months after closing a kind is kept, and why where that is longer than two years."""

    kind: Kind
    months: int
    reason: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.months <= LONGEST_TERM:
            raise InvalidValueError(
                f"Een bewaartermijn is een maand tot {LONGEST_TERM // 12} jaar. De oude termijn blijft staan."
            )
        if asks_why(self.kind, self.months) and not says_something(self.reason):
            raise InvalidValueError(
                "Langer dan twee jaar bewaren vraagt een reden. De oude termijn blijft staan; schrijf op waarom."
            )


def proposed(kind: Kind) -> Term:
    """Return the term that vpdesk proposes."""
    return Term(kind, PROPOSED[kind])


class HoldKind(StrEnum):
    """Why nothing of a case may be destroyed."""

    PROCEDURE = "procedure"
    CLAIM = "claim"
    BENADELING = "benadeling"
    INZAGEVERZOEK = "inzageverzoek"


@dataclass(frozen=True, slots=True)
class Hold:
    """A *bewaarstop*: since when and why, and once it is lifted on which day and why."""

    id: HoldId
    case: CaseId
    kind: HoldKind
    since: date
    reason: str
    lifted: date | None = None
    why_lifted: str = ""

    def __post_init__(self) -> None:
        if not says_something(self.reason):
            raise InvalidValueError("Een bewaarstop heeft een reden nodig. Er is niets bewaard.")
        if self.lifted is not None and not says_something(self.why_lifted):
            raise InvalidValueError("Schrijf op waarom de bewaarstop weg kan. De bewaarstop blijft staan.")
        if self.lifted is not None and self.lifted < self.since:
            raise InvalidValueError(
                "De bewaarstop kan niet eindigen voor de dag waarop hij begon. De bewaarstop blijft staan."
            )

    def lift(self, on: date, reason: str) -> Hold:
        """Return the hold as lifted; raises InvalidValueError where it was lifted before or the reason is empty."""
        if self.lifted is not None:
            raise InvalidValueError("Deze bewaarstop was al opgeheven. Er is niets veranderd.")
        return replace(self, lifted=on, why_lifted=reason)


@dataclass(frozen=True, slots=True)
class KeptLonger:
    """A decision to keep a case past its term."""

    decided: date
    until: date
    reason: str

    def __post_init__(self) -> None:
        if self.until <= self.decided:
            raise InvalidValueError("Kies een dag die nog moet komen. Er is niets veranderd.")
        if not says_something(self.reason):
            raise InvalidValueError("Langer bewaren vraagt een reden. Er is niets veranderd; schrijf op waarom.")


class Standing(StrEnum):
    """Where a case stands: to be decided on, or why not yet."""

    TE_BESLISSEN = "te beslissen"
    BEWAARSTOP = "bewaarstop"
    WACHT = "wacht op verslag"
    LANGER = "langer bewaard"
    NOG_NIET = "nog niet"


def years_of(opened: date, closed: date, starts_in: int) -> tuple[Period, ...]:
    """Return the reporting years in which a case ran."""
    years = [reporting_year_of(opened, starts_in)]
    while years[-1].last < closed:
        years.append(reporting_year_of(years[-1].last + timedelta(days=1), starts_in))
    return tuple(years)


def covered(period: Period, reported: Iterable[Period]) -> bool:
    """Return whether every day of a period lies in one of those that were reported."""
    missing = period.first
    for other in sorted(reported):
        if other.first <= missing <= other.last:
            missing = other.last + timedelta(days=1)
    return missing > period.last


@dataclass(frozen=True, slots=True)
class Kept:
    """What decides how long one case is kept; `years` those in which it ran that were not reported yet."""

    closed: date | None
    months: int
    unreported: tuple[Period, ...]
    longer: date | None = None
    held: bool = False

    @property
    def ends(self) -> date | None:
        """The day from which the term is over, None while the case runs."""
        return None if self.closed is None else add_months(self.closed, self.months)

    def standing(self, today: date) -> Standing:
        """Return where the case stands; a hold goes before everything, and nothing is due before it was reported."""
        ends = self.ends
        if self.held:
            return Standing.BEWAARSTOP
        if ends is None or ends > today:
            return Standing.NOG_NIET
        if self.longer is not None and self.longer > today:
            return Standing.LANGER
        return Standing.WACHT if self.unreported else Standing.TE_BESLISSEN


@dataclass(frozen=True, slots=True)
class Decision:
    """A case in the list *Bewaren en vernietigen*, without names and without note text.

    One that was `taken` over is reported by who handed it over, and waits for no report of this vault.
    """

    case: CaseId
    code: str
    pseudonym: str
    client: ClientId
    client_name: str
    kind: Kind
    kept: Kept
    standing: Standing
    holds: tuple[HoldKind, ...]
    taken: bool = False
