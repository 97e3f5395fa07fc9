"""The work log: what the advisor does besides talks, by task, with minutes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.taxonomy import CodeList, Term


class TaskGroup(StrEnum):
    """The three tasks of the advisor, and what keeps them going."""

    ONDERSTEUNEN = "ondersteunen"
    INFORMEREN = "informeren"
    SIGNALEREN = "signaleren"
    VAKBEKWAAMHEID = "vakbekwaamheid"
    ORGANISATIE = "organisatie"


GROUPS: Final[dict[TaskGroup, tuple[str, ...]]] = {
    TaskGroup.ONDERSTEUNEN: ("gesprek", "voorbereiding", "meegaan", "nazorg"),
    TaskGroup.INFORMEREN: ("voorlichting", "introductie", "artikel", "training"),
    TaskGroup.SIGNALEREN: (
        "overleg directie",
        "overleg or",
        "overleg hr",
        "overleg bedrijfsarts",
        "signaal",
        "gevraagd advies",
        "ongevraagd advies",
        "jaarverslag",
    ),
    TaskGroup.VAKBEKWAAMHEID: ("bijscholing", "intervisie", "extra activiteit", "collegiaal overleg"),
    TaskGroup.ORGANISATIE: ("administratie", "reistijd"),
}

_LABELS: Final = {"overleg or": "Overleg OR", "overleg hr": "Overleg HR"}

TASKS: Final = CodeList(
    "taak",
    "Taak",
    tuple(Term(code, label=_LABELS.get(code, "")) for codes in GROUPS.values() for code in codes),
)


def group_of(task: str) -> TaskGroup:
    """Return the group of a task; KeyError for a code that is not in the list."""
    for group, codes in GROUPS.items():
        if task in codes:
            return group
    raise KeyError(task)


@dataclass(frozen=True, slots=True)
class Activity:
    """Something the advisor did; `reached` is how many people an outreach spoke to, where that is known."""

    id: ActivityId
    on: date
    task: str
    minutes: int
    title: str = ""
    client: ClientId | None = None
    reached: int | None = None

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise InvalidValueError(f"‘{self.task}’ staat niet in de lijst {TASKS.title}. Er is niets bewaard.")
        if self.minutes < 0:
            raise InvalidValueError("Minuten zijn nul of meer. Er is niets bewaard.")
        if self.reached is not None and self.reached < 0:
            raise InvalidValueError("Het aantal bereikte mensen is nul of meer. Er is niets bewaard.")


@dataclass(frozen=True, slots=True, order=True)
class EarlierTotal:
    """How many cases an organisation was told about in a year before vpdesk."""

    client: ClientId
    year: int
    cases: int

    def __post_init__(self) -> None:
        if self.cases < 0:
            raise InvalidValueError("Een jaartotaal is nul of meer. Er is niets bewaard.")
