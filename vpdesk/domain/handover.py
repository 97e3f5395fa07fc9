"""Handing over cases to a colleague: what goes along, what stays, and what is kept about it on both sides."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vpdesk.domain.cases import Case, Conversation
from vpdesk.domain.checklists import ItemState, Who
from vpdesk.domain.detriments import Detriment
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import (
    CaseId,
    ClientId,
    ConversationId,
    DetrimentId,
    MeldingId,
    PersonId,
    RelayId,
    ReminderId,
    StepId,
)
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.names import folded
from vpdesk.domain.people import Person
from vpdesk.domain.phases import Phase
from vpdesk.domain.relay import RelayMessage
from vpdesk.domain.reminders import AftercareEnd, Reminder
from vpdesk.domain.retention import HoldKind
from vpdesk.domain.steps import Step
from vpdesk.domain.wishes import Wish
from vpdesk.domain.wording import long_date

COLLEAGUE: Final = "collega-vertrouwenspersoon"
"""To whom a case is referred when it is handed over."""

OVERGEDRAGEN: Final = "overgedragen"
"""Outcome and reason of a case that was closed because a colleague goes on with it."""

ID_LETTERS: Final = 32
_WORD: Final = re.compile(r"\w+")
_NO_CLIENT: Final = ClientId(0)
_NO_CASE: Final = CaseId(0)

NOT_A_PACKAGE: Final = "Zo kan een overdracht niet zijn. Er is niets veranderd."


@dataclass(frozen=True, slots=True)
class HandedItem:
    """An item of a checklist that was touched, by `who` in the words of who hands the case over."""

    phase: Phase
    item: str
    state: ItemState
    on: date
    who: Who = Who.ONBEKEND


@dataclass(frozen=True, slots=True)
class HandedMelding:
    """A melding with the messages that were passed on about it."""

    melding: Melding
    messages: tuple[RelayMessage, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedHold:
    """A *bewaarstop* that lies on a case."""

    kind: HoldKind
    since: date
    reason: str


@dataclass(frozen=True, slots=True)
class HandedCase:
    """One running case as a colleague gets it.

    No number of the vault it comes from goes along: `case` has no code and no pseudonym, and talks are numbered from 1
    so that a reminder can point at one. Working notes stay behind. `persons` and `matters` are there only where it is
    `named`. `attachments` says how many stayed behind, `names_in_texts` in how many places of its texts a case that is
    not `named` still tells of whom or of what it is, as far as the vault that it comes from knew.
    """

    case: Case
    named: bool = False
    unit: str = ""
    talks: tuple[Conversation, ...] = ()
    checked: tuple[HandedItem, ...] = ()
    wishes: tuple[Wish, ...] = ()
    steps: tuple[Step, ...] = ()
    meldingen: tuple[HandedMelding, ...] = ()
    detriments: tuple[Detriment, ...] = ()
    aftercare_ends: tuple[AftercareEnd, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    holds: tuple[HandedHold, ...] = ()
    persons: tuple[Person, ...] = ()
    matters: tuple[str, ...] = ()
    attachments: int = 0
    names_in_texts: int = 0

    def __post_init__(self) -> None:
        talks = [talk.id for talk in self.talks]
        fits = (
            not (self.case.code or self.case.pseudonym)
            and self.case.closed is None
            and (self.named or not (self.persons or self.matters))
            and talks == list(range(1, len(talks) + 1))
            and not any(talk.working_note for talk in self.talks)
            and all(item.conversation is None or item.conversation in talks for item in self.reminders)
            and min(self.attachments, self.names_in_texts) >= 0
        )
        if not fits:
            raise InvalidValueError(NOT_A_PACKAGE)


@dataclass(frozen=True, slots=True)
class Package:
    """What one file of a handover holds; `id` is random, by which the same file is known again."""

    id: str
    made: date
    organisation: str
    practice: bool
    cases: tuple[HandedCase, ...]

    def __post_init__(self) -> None:
        if len(self.id) != ID_LETTERS or not self.organisation.strip() or not self.cases:
            raise InvalidValueError(NOT_A_PACKAGE)

    @property
    def named(self) -> int:
        """Return with how many of the cases names go along."""
        return sum(case.named for case in self.cases)

    @property
    def names_in_texts(self) -> int:
        """Return in how many places the texts of cases without names tell of whom or of what they are."""
        return sum(case.names_in_texts for case in self.cases)

    @property
    def talks(self) -> int:
        """Return how many talks there are in it."""
        return sum(len(case.talks) for case in self.cases)

    @property
    def attachments(self) -> int:
        """Return how many attachments stayed behind."""
        return sum(case.attachments for case in self.cases)


def numbered(
    talks: tuple[Conversation, ...], reminders: tuple[Reminder, ...]
) -> tuple[tuple[Conversation, ...], tuple[Reminder, ...]]:
    """Return talks and reminders as they leave: talks numbered from 1, without working notes."""
    number = {talk.id: ConversationId(place) for place, talk in enumerate(talks, 1)}
    return tuple(
        replace(talk, id=number[talk.id], client=_NO_CLIENT, case=_NO_CASE, working_note="") for talk in talks
    ), tuple(
        replace(
            one,
            id=ReminderId(0),
            client=None,
            case=None,
            conversation=None if one.conversation is None else number.get(one.conversation),
        )
        for one in reminders
    )


def same_recipient(one: str, other: str) -> bool:
    """Return whether two names of a colleague say the same; capitals, accents and what stands between words aside."""
    words, others = (_WORD.findall(folded(name)) for name in (one, other))
    return words == others if words or others else one.strip() == other.strip()


def without_numbers(handed: HandedCase) -> HandedCase:
    """Return a case as it leaves: without any number of the vault it comes from."""
    return replace(
        handed,
        case=replace(handed.case, id=_NO_CASE, client=_NO_CLIENT, unit=None),
        steps=tuple(replace(step, id=StepId(0), case=_NO_CASE) for step in handed.steps),
        meldingen=tuple(
            HandedMelding(
                replace(one.melding, id=MeldingId(0), case=_NO_CASE),
                tuple(replace(message, id=RelayId(0), melding=MeldingId(0)) for message in one.messages),
            )
            for one in handed.meldingen
        ),
        detriments=tuple(replace(one, id=DetrimentId(0), case=_NO_CASE) for one in handed.detriments),
        persons=tuple(replace(person, id=PersonId(0), case=_NO_CASE) for person in handed.persons),
    )


@dataclass(frozen=True, slots=True)
class HandedOverCase:
    """A case in the list of what was handed over; `consented` is the day of the yes, None where there was a reason.

    `names_in_texts` says in how many places a name went along in a text, None where nobody looked; `running` whether
    the case is open here, now.
    """

    case: CaseId
    code: str
    pseudonym: str
    named: bool
    consented: date | None
    names_in_texts: int | None = None
    running: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """That a case was handed over before: when, and to whom in the user's words; empty where that is not known."""

    on: date
    to: str

    @property
    def said(self) -> str:
        """Return it in words, to go on from *Deze casus is*."""
        return f"op {long_date(self.on)} overgedragen{f' aan {self.to}' if self.to else ''}"


@dataclass(frozen=True, slots=True)
class Handover:
    """That cases were handed over: when, to whom in the user's words, how many, and those that are still there."""

    on: date
    to: str
    package: str
    count: int
    cases: tuple[HandedOverCase, ...] = ()

    def __post_init__(self) -> None:
        if self.count < max(1, len(self.cases)):
            raise InvalidValueError("Kies minstens één casus. Er is niets overgedragen.")


@dataclass(frozen=True, slots=True)
class Takeover:
    """That cases were taken over from a colleague: when, for which organisation, and how many."""

    on: date
    package: str
    client: ClientId
    count: int
