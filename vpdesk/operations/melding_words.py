"""How meldingen, messages, detriment and the end of aftercare are told in the timeline: never what a text says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.relay import Direction
from vpdesk.domain.rows import TimelineEntry, TimelineKind
from vpdesk.domain.taxonomy import UNKNOWN
from vpdesk.domain.terms import TermKind
from vpdesk.domain.wording import counted

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.detriments import Detriment
    from vpdesk.domain.ids import CaseId
    from vpdesk.domain.meldingen import Melding
    from vpdesk.domain.terms import Term
    from vpdesk.operations.meldingen import Aftermath
    from vpdesk.store.vault import Vault


def aftermath_entries(vault: Vault, case_id: CaseId, found: Aftermath) -> tuple[TimelineEntry, ...]:
    """Return the lines of what is known of meldingen and after for the timeline of a case, newest first; one query."""
    entries = [entry for melding in found.meldingen for entry in melding_entries(melding)]
    for melding, _, direction, on, passed in vault.relay.days_of_case(case_id):
        title = "Bericht naar de organisatie" if direction is Direction.NAAR else "Bericht van de organisatie"
        waits = "Nog niet doorgegeven" if passed is None else "Doorgegeven"
        entries.append(TimelineEntry(passed or on, TimelineKind.BERICHT, title, waits, melding=melding))
    entries += [entry for detriment in found.detriments for entry in _told(detriment)]
    entries += [
        TimelineEntry(end.on, TimelineKind.NAZORG, "Nazorg beëindigd door de persoon", end.reason)
        for end in found.ended
    ]
    entries.reverse()
    return tuple(sorted(entries, key=lambda entry: entry.on, reverse=True))


def melding_entries(melding: Melding) -> tuple[TimelineEntry, ...]:
    """Return the lines of a melding: lodged, confirmed, answered, taken back."""

    def line(on: date, title: str, told: str, *, alert: bool = False) -> TimelineEntry:
        return TimelineEntry(on, TimelineKind.MELDING, title, told, melding=melding.id, alert=alert)

    found = [] if melding.lodged is None else [line(melding.lodged, f"{melding.label} gedaan", how(melding))]
    terms = {term.kind: term for term in melding.terms}
    for day, kind, title in (
        (melding.confirmed, TermKind.BEVESTIGING, "Ontvangst bevestigd"),
        (melding.feedback, TermKind.TERUGKOPPELING, "Terugkoppeling ontvangen"),
    ):
        if day is not None:
            term = terms.get(kind)
            late = term is not None and term.days_late(day) > 0
            found.append(line(day, title, "" if term is None else lateness(term, day), alert=late))
    if melding.withdrawn is not None:
        found.append(line(melding.withdrawn, "Melding ingetrokken", ""))
    return tuple(found)


def how(melding: Melding) -> str:
    """Return recipient, identity and relay of a melding in one line."""
    parts = []
    if melding.recipient != UNKNOWN.code:
        parts.append(f"Bij: {lists.ONTVANGER.label(melding.recipient)}")
    if melding.identity != UNKNOWN.code:
        parts.append(melding.identity)
    if melding.relay:
        parts.append("via u als doorgeefluik")
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def lateness(term: Term, today: date) -> str:
    """Return whether a term was met in time or how late it is, in words."""
    late = term.days_late(today)
    if term.met is None:
        return f"{counted(late, 'dag', 'dagen')} te laat" if late else "loopt"
    return f"{counted(late, 'dag', 'dagen')} na de termijn" if late else "Binnen de termijn"


def _told(detriment: Detriment) -> list[TimelineEntry]:
    def line(on: date, title: str) -> TimelineEntry:
        return TimelineEntry(on, TimelineKind.BENADELING, title, detriment.label, detriment=detriment.id, alert=True)

    more = [line(entry.on, "Benadeling: vervolg") for entry in detriment.entries]
    return [line(detriment.since, f"Benadeling, {detriment.against.value}"), *more]
