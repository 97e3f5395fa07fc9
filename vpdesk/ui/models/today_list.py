"""How Vandaag is put in order: one list in order of time, cut into now, the coming week and later this month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain import wording
from vpdesk.domain.rows import TodayItem, TodayKind

if TYPE_CHECKING:
    from collections.abc import Iterable

ICONS: Final = {
    TodayKind.NAZORG: "nazorg",
    TodayKind.STAP: "gesprek",
    TodayKind.TERMIJN: "termijn",
    TodayKind.GRENZEN: "info",
    TodayKind.BEWAARTERMIJN: "bewaartermijn",
    TodayKind.TERUGBELLEN: "telefoon",
    TodayKind.HERSTELWOORDEN: "sleutel",
    TodayKind.TOESTEMMING: "regie",
    TodayKind.AANSTELLING: "organisatie",
    TodayKind.WERKGEVER: "termijn",
    TodayKind.WERKAANTEKENING: "gesprek",
    TodayKind.VERNIETIGEN: "bewaartermijn",
    TodayKind.VASTLEGGING: "termijn",
    TodayKind.ACTIVITEIT: "activiteiten",
    TodayKind.BIJLAGEN: "clip",
}


WRITTEN: Final = {
    TodayKind.STAP: "Vervolgstap",
    TodayKind.TERUGBELLEN: "Terugbellen",
    TodayKind.TERMIJN: "Termijn",
    TodayKind.NAZORG: "Nazorg: bellen",
}
"""What stands there instead of words that somebody wrote, so that a passer-by learns nothing from them."""


@dataclass(frozen=True, slots=True)
class TodayGroup:
    """A part of the list with its head."""

    title: str
    items: tuple[TodayItem, ...]


def last_of_month(day: date) -> date:
    """Return the last day of the month of a day."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def groups(items: Iterable[TodayItem], today: date) -> tuple[TodayGroup, ...]:
    """Return the groups that have something in them; what comes after this month waits for its own month.

    What others owe stands apart: those terms are not the advisor's to keep.
    """
    week, month = today + timedelta(days=7), last_of_month(today)
    now: list[TodayItem] = []
    soon: list[TodayItem] = []
    later: list[TodayItem] = []
    employers: list[TodayItem] = []
    for item in sorted(items, key=lambda item: item.due):
        if item.kind is TodayKind.WERKGEVER:
            employers.append(item)
        elif item.due <= today:
            now.append(item)
        elif item.due <= week:
            soon.append(item)
        elif item.due <= month:
            later.append(item)
    named = (
        ("Nu", now),
        ("Komende zeven dagen", soon),
        ("Later deze maand", later),
        ("Termijnen van de werkgever", employers),
    )
    return tuple(TodayGroup(title, tuple(group)) for title, group in named if group)


def discreet(item: TodayItem, today: date) -> TodayItem:
    """Return the line without words that somebody wrote about a case; what vpdesk itself says tells nothing of it."""
    if item.reminder is None or item.kind not in WRITTEN:
        return item
    return replace(item, title=WRITTEN[item.kind], detail=f"Afgesproken voor {wording.short_date(item.due, today)}")


def lateness(item: TodayItem, today: date) -> str:
    """Return `2 dagen te laat`, or nothing while there is time; what has no agreed day is only not done yet."""
    if item.kind in {TodayKind.GRENZEN, TodayKind.BIJLAGEN}:
        return "nog niet gedaan"
    days = (today - item.due).days
    if item.kind in {TodayKind.TOESTEMMING, TodayKind.AANSTELLING}:
        return "afgelopen" if days > 0 else ""
    return f"{wording.counted(days, 'dag', 'dagen')} te laat" if days > 0 else ""
