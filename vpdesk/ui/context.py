"""What a page gets from the window, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import (
    ActivityId,
    CallBackId,
    CaseId,
    ClientId,
    ConversationId,
    DetrimentId,
    GuidedId,
    MeldingId,
    RelayId,
    StepId,
)
from vpdesk.ui.actions import Actions
from vpdesk.ui.changes import Changes
from vpdesk.ui.door import Door
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.worker import Worker


class PageName(StrEnum):
    """The pages; those of the sidebar first, in its order."""

    VANDAAG = "vandaag"
    CASUSSEN = "casussen"
    GESPREKKEN = "gesprekken"
    ACTIVITEITEN = "activiteiten"
    ORGANISATIES = "organisaties"
    TRENDS = "trends"
    JAARVERSLAG = "jaarverslag"
    KLUIS = "kluis"
    INSTELLINGEN = "instellingen"
    CASUS = "casus"
    GESPREK = "gesprek"
    SOCIALE_KAART = "sociale kaart"
    KWESTIES = "kwesties"
    BEWAREN = "bewaren en vernietigen"
    VASTLEGGINGEN = "vastleggingen"
    VASTLEGGING = "vastlegging"
    AVG_HULP = "avg-hulp"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user goes: a page, and what it shall show. A new conversation is GESPREK without `conversation`.

    `call_back` is the call-back that it answers. Of a case a step, a detriment or a message about a melding can be
    opened at once.
    """

    page: PageName
    case: CaseId | None = None
    conversation: ConversationId | None = None
    client: ClientId | None = None
    text: str = ""
    call_back: CallBackId | None = None
    guided: GuidedId | None = None
    step: StepId | None = None
    melding: MeldingId | None = None
    message: RelayId | None = None
    detriment: DetrimentId | None = None
    activity: ActivityId | None = None


class Say(Protocol):
    """Shows one sentence at the foot of the window, for as long as it takes to read."""

    def __call__(self, text: str, *, undo: Callable[[], None] | None = None) -> None:
        """Show `text`; with `undo`, a button *Ongedaan maken* beside it."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a page may use.

    `failed` shows the sentence of an expected failure as a message at the head of the page; it is the usual third
    argument of `worker.run`. `practice` says whether this is the practice vault.
    """

    worker: Worker
    actions: Actions
    changes: Changes
    clock: Callable[[], datetime]
    navigate: Callable[[Place], None]
    message: Say
    failed: Callable[[VpdeskError], None]
    preferences: Preferences
    door: Door
    practice: bool = False
