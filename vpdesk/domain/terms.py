"""Terms that bind the employer after a melding: those of the Wbk, or the one of the organisation's own scheme.

Whether a term of the law still reads so is to be looked over (docs/decisions/0018-meldingen.md); the numbers stand here
and nowhere else. The advisor's own reminders are no terms.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.reminders import add_months

CONFIRMATION: Final = timedelta(days=7)
FEEDBACK_MONTHS: Final = 3
MOST_YEARS: Final = 5

TITLE: Final = "Termijn werkgever"


class TermKind(StrEnum):
    """What the employer owes."""

    BEVESTIGING = "ontvangstbevestiging"
    TERUGKOPPELING = "terugkoppeling"


class Unit(StrEnum):
    """In what a scheme counts."""

    DAGEN = "dagen"
    WEKEN = "weken"
    MAANDEN = "maanden"


_MOST: Final = {Unit.DAGEN: 366 * MOST_YEARS, Unit.WEKEN: 52 * MOST_YEARS, Unit.MAANDEN: 12 * MOST_YEARS}
_ONE: Final = {Unit.DAGEN: "dag", Unit.WEKEN: "week", Unit.MAANDEN: "maand"}


@dataclass(frozen=True, slots=True)
class SchemeTerm:
    """How long the organisation's own scheme gives for an answer, counted from the day of lodging."""

    count: int
    unit: Unit = Unit.WEKEN

    def __post_init__(self) -> None:
        if not 1 <= self.count <= _MOST[self.unit]:
            raise InvalidValueError(
                f"Een termijn is minstens 1 dag en hoogstens {MOST_YEARS} jaar. Er is niets bewaard; pas het getal aan."
            )

    @property
    def said(self) -> str:
        """Return `1 week` or `8 weken`."""
        return f"{self.count} {_ONE[self.unit] if self.count == 1 else self.unit.value}"

    def due(self, lodged: date) -> date:
        """Return the last day of the term."""
        if self.unit is Unit.MAANDEN:
            return add_months(lodged, self.count)
        return lodged + timedelta(days=self.count * (7 if self.unit is Unit.WEKEN else 1))


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the employer: what is owed, the last day for it, and the day on which it came, None until then."""

    kind: TermKind
    due: date
    met: date | None = None

    @property
    def title(self) -> str:
        """Return what it is called wherever it is shown."""
        return f"{TITLE}: {self.kind.value}"

    def days_late(self, today: date) -> int:
        """Return by how many days it was met late, or is late while it is not met; 0 where it is in time."""
        return max(0, ((self.met or today) - self.due).days)


def wbk_terms(lodged: date, confirmed: date | None = None, feedback: date | None = None) -> tuple[Term, Term]:
    """Return both terms of a Wbk-melding: confirmation within 7 days, feedback within 3 months after it.

    Without a confirmation the three months run from the end of those 7 days; a late one counts from its own day.
    """
    confirmation = lodged + CONFIRMATION
    return (
        Term(TermKind.BEVESTIGING, confirmation, confirmed),
        Term(TermKind.TERUGKOPPELING, add_months(confirmed or confirmation, FEEDBACK_MONTHS), feedback),
    )


def scheme_terms(lodged: date, term: SchemeTerm, feedback: date | None = None) -> tuple[Term, ...]:
    """Return the term of an own scheme."""
    return (Term(TermKind.TERUGKOPPELING, term.due(lodged), feedback),)
