"""The work log: what the advisor does besides talks, by task, with minutes; what became of advice, proof of upkeep."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.periods import Period
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


TALK: Final = "gesprek"
"""Conversations count by themselves, under this task."""

TRAVEL: Final = "reistijd"

BALANCED: Final = (TaskGroup.ONDERSTEUNEN, TaskGroup.INFORMEREN, TaskGroup.SIGNALEREN)
"""The three tasks that are to be kept in balance, in their order."""

ADVICE: Final = ("signaal", "gevraagd advies", "ongevraagd advies")
"""Tasks after which one asks what was done with it."""

UPKEEP: Final = ("bijscholing", "intervisie", "extra activiteit")
"""Tasks that count for a certificate, and of which there may be proof."""

LONGEST_TITLE: Final = 300


def group_of(task: str) -> TaskGroup:
    """Return the group of a task; KeyError for a code that is not in the list."""
    for group, codes in GROUPS.items():
        if task in codes:
            return group
    raise KeyError(task)


class FollowUpState(StrEnum):
    """What an organisation did with advice or a signal, as far as the advisor knows."""

    OPEN = "nog niets gehoord"
    BUSY = "in behandeling"
    DONE = "opgevolgd"
    PARTLY = "deels opgevolgd"
    NOT_DONE = "niet opgevolgd"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How it stood on a day, with a few words."""

    state: FollowUpState
    on: date
    note: str = ""

    def __post_init__(self) -> None:
        _refuse_long(self.note, "toelichting")


def _refuse_long(text: str, what: str) -> None:
    if len(text) > LONGEST_TITLE or not (text == "" or text.isprintable()):
        raise InvalidValueError(
            f"Een {what} is een regel van hoogstens {LONGEST_TITLE} tekens. Er is niets bewaard; uw tekst staat er nog."
        )


@dataclass(frozen=True, slots=True)
class Activity:
    """Something the advisor did; `reached` is how many people an outreach spoke to, where that is known.

    Advice and signals have a `follow_up` once something is known; of upkeep, `proof` says where the certificate lies.
    """

    id: ActivityId
    on: date
    task: str
    minutes: int
    title: str = ""
    client: ClientId | None = None
    reached: int | None = None
    follow_up: FollowUp | None = None
    proof: str = ""

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise InvalidValueError(f"‘{self.task}’ staat niet in de lijst {TASKS.title}. Er is niets bewaard.")
        if self.minutes < 0:
            raise InvalidValueError("Minuten zijn nul of meer. Er is niets bewaard.")
        if self.reached is not None and self.reached < 0:
            raise InvalidValueError("Het aantal bereikte mensen is nul of meer. Er is niets bewaard.")
        _refuse_long(self.title, "omschrijving")
        _refuse_long(self.proof, "plaats van het bewijs")
        if self.proof and self.task not in UPKEEP:
            raise InvalidValueError("Bewijs hoort bij bijscholing, intervisie of een extra activiteit.")
        if self.follow_up is not None and self.task not in ADVICE:
            raise InvalidValueError("Opvolging hoort bij een advies of een signaal.")
        if self.follow_up is not None and self.follow_up.on < self.on:
            raise InvalidValueError(
                "De opvolging ligt voor de dag van het advies. Er is niets bewaard. Kies een latere dag."
            )

    @property
    def group(self) -> TaskGroup:
        """The group of its task."""
        return group_of(self.task)


@dataclass(frozen=True, slots=True)
class Spent:
    """Minutes on one task for one organisation in a month (its first day); None where the month is not known.

    `client` is None for work that is for no organisation in particular, and for talks that are not linked yet.
    """

    month: date | None
    client: ClientId | None
    task: str
    minutes: int


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """Which lines of the log are shown; None means all."""

    period: Period | None = None
    client: ClientId | None = None
    group: TaskGroup | None = None


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line of the log: an activity, or the talks of a day together, without their cases.

    `clients` is how many organisations the talks were about; `client_name` says which, where it is one.
    """

    activity: ActivityId | None
    on: date
    task: str
    minutes: int
    title: str
    client_name: str
    talks: int = 0
    clients: int = 1
    state: FollowUpState | None = None

    @property
    def group(self) -> TaskGroup:
        """The group of its task."""
        return group_of(self.task)


@dataclass(frozen=True, slots=True, order=True)
class EarlierTotal:
    """How many cases an organisation was told about in a year before vpdesk."""

    client: ClientId
    year: int
    cases: int

    def __post_init__(self) -> None:
        if self.cases < 0:
            raise InvalidValueError("Een jaartotaal is nul of meer. Er is niets bewaard.")
