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

    from vpdesk.domain.ids import CaseId, ClientId, GuidedId, HoldId

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
    """A *bewaarstop*: since when and why, and once it is lifted on which day and why.

    It lies on a case, or on a `guided` record that stands on none.
    """

    id: HoldId
    case: CaseId | None
    kind: HoldKind
    since: date
    reason: str
    lifted: date | None = None
    why_lifted: str = ""
    guided: GuidedId | None = None

    def __post_init__(self) -> None:
        if (self.case is None) is (self.guided is None):
            raise InvalidValueError("Een bewaarstop ligt op een casus of op een vastlegging. Er is niets bewaard.")
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
class Going:
    """How much goes for good with the last hold of a case, since nothing but that hold kept it.

    Attachments of a case that is closed, working notes of which the verslag was made, and what stood there before
    something was changed.
    """

    attachments: int = 0
    notes: int = 0
    earlier: int = 0

    def __bool__(self) -> bool:
        """Whether anything goes."""
        return bool(self.attachments or self.notes or self.earlier)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stood there before it was changed on a day, in words, with what it was of.

    Where it `names` who somebody is, its text is shown only when that is asked for.
    """

    changed: date
    what: str
    text: str
    names: bool = False


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


def whole_years(reported: Iterable[Period], starts_in: int) -> tuple[Period, ...]:
    """Return the runs of whole reporting years, one after the other, of which every day was reported."""
    runs: list[Period] = []
    for period in sorted(reported):
        if runs and period.first <= runs[-1].last + timedelta(days=1):
            runs[-1] = Period(runs[-1].first, max(runs[-1].last, period.last))
        else:
            runs.append(period)
    found = []
    for run in runs:
        first = reporting_year_of(run.first - timedelta(days=1), starts_in).last + timedelta(days=1)
        end = reporting_year_of(run.last + timedelta(days=1), starts_in).first
        if first < end:
            found.append(Period(first, end - timedelta(days=1)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Kept:
    """What decides how long something is kept, from the day on which it was closed or became final.

    `unreported` are the years in which a case ran that were not reported yet; a guided record waits for none.
    """

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
    """A case, or a guided record without one, in the list *Bewaren en vernietigen*: no names, and no note text.

    A case that was `taken` over is reported by who handed it over, and waits for no report of this vault. A record has
    no code, and the name of its kind in the place of a pseudonym; it may belong to no organisation. Every copy from the
    day on which a case was `opened` can hold it.
    """

    case: CaseId | None
    code: str
    pseudonym: str
    client: ClientId | None
    client_name: str
    kind: Kind
    kept: Kept
    standing: Standing
    holds: tuple[HoldKind, ...]
    taken: bool = False
    guided: GuidedId | None = None
    opened: date | None = None
