"""What is left of a destroyed case: codes per reporting segment, so that old years can still be counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain import phases, taxonomy
from vpdesk.domain.periods import Period, reporting_year_of, segments
from vpdesk.domain.statements import CaseFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from vpdesk.domain.cases import Case
    from vpdesk.domain.ids import ClientId

KEPT: Final = ("rol", "werkgebied", "thema", "relatie", "gevonden_via")
"""The codes that stay. Unit and optional statistics go: they make people easiest to recognise."""

Talk = tuple["date", int, int]
"""A day, the number of talks, their minutes together; as in CaseFacts."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of a case: phase and outcome as they stood on its last day, talks and minutes within it."""

    period: Period
    opened: bool
    fase: str
    afloop: str
    talks: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Remains:
    """Everything that is left of one case; the segments follow each other without a gap."""

    client: ClientId
    codes: Mapping[str, str]
    segments: tuple[Segment, ...]

    def facts(self, days: Iterable[date]) -> CaseFacts:
        """Return what a report may know. Days are those of the segments: each stands for its first day.

        Right for every period that cuts no segment, and for days that are the last of one or lie outside them all.
        Codes that were not kept are not there, so that nobody counts them as unknown.
        """
        wanted = tuple(days)
        standing = {day: self._standing(day) for day in wanted}
        return CaseFacts(
            opened=next(segment.period.first for segment in self.segments if segment.opened),
            codes=dict(self.codes),
            phases={day: fase for day, (fase, _) in standing.items()},
            outcomes={day: afloop for day, (_, afloop) in standing.items()},
            talks=tuple((s.period.first, s.talks, s.minutes) for s in self.segments if s.talks or s.minutes),
        )

    def _standing(self, day: date) -> tuple[str, str]:
        over = [segment for segment in self.segments if segment.period.last <= day]
        if over:
            return over[-1].fase, over[-1].afloop
        unknown = self.segments[0].fase == phases.PHASE_UNKNOWN
        return phases.PHASE_UNKNOWN if unknown else phases.Phase.VOORFASE.value, taxonomy.LOOPT_NOG


def remains_of(case: Case, talks: Sequence[Talk], published: Iterable[Period], *, year_starts_in: int) -> Remains:
    """Return what stays of a case when it is destroyed.

    `talks` are all its talks, imported sums included. Time is cut into reporting years, and where a publication of
    the organisation begins or ends.
    """
    days = [case.opened, *(m.on for m in case.moves), *(o.on for o in case.outcomes), *(day for day, *_ in talks)]
    first, last = min(days), max(days)
    years = [reporting_year_of(first, year_starts_in)]
    while years[-1].last < last:
        years.append(reporting_year_of(years[-1].last + timedelta(days=1), year_starts_in))
    whole = Period(years[0].first, years[-1].last)
    pieces = segments([*years, *(period for period in published if period.overlaps(whole))])
    return Remains(
        case.client,
        {name: getattr(case, name) for name in KEPT},
        tuple(_segment(case, talks, piece) for piece in pieces if piece.last >= first and piece.first <= last),
    )


def _segment(case: Case, talks: Sequence[Talk], piece: Period) -> Segment:
    held = [talk for talk in talks if talk[0] in piece]
    return Segment(
        period=piece,
        opened=case.opened in piece,
        fase=case.phase_on(piece.last),
        afloop=case.outcome_on(piece.last),
        talks=sum(number for _, number, _ in held),
        minutes=sum(minutes for *_, minutes in held),
    )
