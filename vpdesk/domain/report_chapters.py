"""Which chapters of a report a user may leave out; what is told in no other place can't be, such as its definitions."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from vpdesk.domain.report_work import Work, WorkPart


class Skippable(StrEnum):
    """A chapter that may be left out, by the name under which the choice is kept."""

    VERTROUWENSPERSOON = "vertrouwenspersoon"
    ONDERSTEUNING = "ondersteuning"
    INFORMEREN = "informeren"
    SIGNALEN = "signalen"
    ADVIES = "advies"
    VINDBAARHEID = "vindbaarheid"
    AANDACHTSPUNTEN = "aandachtspunten"


Skipped = frozenset[Skippable]

NOTHING: Final[Skipped] = frozenset()
"""The report with every chapter."""

TITLES: Final = {
    Skippable.VERTROUWENSPERSOON: "De vertrouwenspersoon",
    Skippable.ONDERSTEUNING: "Ondersteuning",
    Skippable.INFORMEREN: "Informeren",
    Skippable.SIGNALEN: "Signalen en trends",
    Skippable.ADVIES: "Advies aan de organisatie",
    Skippable.VINDBAARHEID: "Vindbaarheid en toegankelijkheid",
    Skippable.AANDACHTSPUNTEN: "Aandachtspunten",
}

_WRITTEN_IN: Final = {
    "themas": Skippable.ONDERSTEUNING,
    "fasen": Skippable.ONDERSTEUNING,
    "voorlichting": Skippable.INFORMEREN,
    "signalen": Skippable.SIGNALEN,
    "advies": Skippable.ADVIES,
    "vindbaarheid": Skippable.VINDBAARHEID,
    "route": Skippable.VINDBAARHEID,
    "toegankelijkheid": Skippable.VINDBAARHEID,
    "aandachtspunten": Skippable.AANDACHTSPUNTEN,
}

_WORK_IN: Final = {
    WorkPart.VOORLICHTING: Skippable.INFORMEREN,
    WorkPart.UREN: Skippable.INFORMEREN,
    WorkPart.VAKBEKWAAMHEID: Skippable.INFORMEREN,
    WorkPart.SIGNALEN: Skippable.SIGNALEN,
    WorkPart.OVERLEG: Skippable.ADVIES,
    WorkPart.ADVIES: Skippable.ADVIES,
}

_WAYS_IN: Final = "gevonden_via"


def is_written(text: str, skipped: Skipped) -> bool:
    """Return whether a text of the user has a chapter to stand in."""
    return _WRITTEN_IN.get(text) not in skipped


def with_a_table(dimensions: Iterable[str], skipped: Skipped) -> tuple[str, ...]:
    """Return the plain dimensions that get a table: one whose chapter is left out has no number anywhere."""
    return tuple(name for name in dimensions if _told_in(name) not in skipped)


def asks_for_tables(skipped: Skipped) -> bool:
    """Return whether a report has a chapter that would have a table; otherwise none is missing for its numbers."""
    return not skipped.issuperset({Skippable.ONDERSTEUNING, Skippable.VINDBAARHEID})


def with_a_chapter(work: Work, skipped: Skipped) -> Work:
    """Return the work of which a report has a chapter."""
    return replace(work, parts=frozenset(part for part in work.parts if _WORK_IN[part] not in skipped))


def _told_in(dimension: str) -> Skippable:
    return Skippable.VINDBAARHEID if dimension == _WAYS_IN else Skippable.ONDERSTEUNING
