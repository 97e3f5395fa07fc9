"""What lists show: one row a record, without names and without note text."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from vpdesk.domain.ids import (
    ActivityId,
    CallBackId,
    CaseId,
    ClientId,
    ConversationId,
    DetrimentId,
    GuidedId,
    MatterId,
    MeldingId,
    RelayId,
    ReminderId,
    StepId,
)
from vpdesk.domain.phases import Phase


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the list."""

    id: CaseId
    code: str
    pseudonym: str
    client: ClientId
    client_name: str
    phase: Phase
    rol: str
    thema: str
    opened: date
    closed: date | None
    last_talk: date | None
    next_on: date | None
    next_what: str


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation in the list; the text stays in the vault until it is opened."""

    id: ConversationId
    on: date
    channel: str
    minutes: int
    case: CaseId | None
    case_code: str
    pseudonym: str
    client_name: str
    agreements: str


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases a list shows; empty means all. `text` matches code, pseudonym and client."""

    client: ClientId | None = None
    phases: frozenset[Phase] = frozenset()
    themes: frozenset[str] = frozenset()
    text: str = ""
    open_only: bool = False
    roles: frozenset[str] = frozenset()


class TodayKind(StrEnum):
    """Why something stands on Vandaag."""

    NAZORG = "nazorg"
    STAP = "stap"
    TERMIJN = "termijn"
    GRENZEN = "grenzen"
    BEWAARTERMIJN = "bewaartermijn"
    TERUGBELLEN = "terugbellen"
    HERSTELWOORDEN = "herstelwoorden"
    TOESTEMMING = "toestemming"
    AANSTELLING = "aanstelling"
    WERKGEVER = "termijn werkgever"
    WERKAANTEKENING = "werkaantekening"
    VERNIETIGEN = "vernietigen"
    VASTLEGGING = "vastlegging"
    ACTIVITEIT = "activiteit"
    BIJLAGEN = "bijlagen"


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One thing to do, in order of `due`."""

    kind: TodayKind
    title: str
    detail: str
    due: date
    reminder: ReminderId | None
    case: CaseId | None
    case_code: str
    pseudonym: str
    client_name: str
    client: ClientId | None = None
    conversation: ConversationId | None = None
    call_back: CallBackId | None = None
    guided: GuidedId | None = None

    @property
    def action(self) -> str:
        """Return the one obvious thing to do, as it stands on the button."""
        if self.call_back is not None and self.kind is TodayKind.TERUGBELLEN:
            return "Bellen…"
        return _ACTIONS[self.kind]


_ACTIONS: Final = {
    TodayKind.NAZORG: "Begin gesprek",
    TodayKind.STAP: "Begin gesprek",
    TodayKind.TERMIJN: "Gedaan",
    TodayKind.GRENZEN: "Besproken",
    TodayKind.BEWAARTERMIJN: "Lijst openen",
    TodayKind.TERUGBELLEN: "Begin gesprek",
    TodayKind.HERSTELWOORDEN: "Nu controleren",
    TodayKind.TOESTEMMING: "Casus openen",
    TodayKind.AANSTELLING: "Organisatie openen",
    TodayKind.WERKGEVER: "Casus openen",
    TodayKind.WERKAANTEKENING: "Gesprek openen",
    TodayKind.VERNIETIGEN: "Vernietigen",
    TodayKind.VASTLEGGING: "Openen",
    TodayKind.ACTIVITEIT: "Vastleggen…",
    TodayKind.BIJLAGEN: "Vernietigen…",
}


class TimelineKind(StrEnum):
    """What happened, for the sign before a line of the timeline."""

    GEOPEND = "geopend"
    GESPREK = "gesprek"
    FASE = "fase"
    HEROPEND = "heropend"
    AFGESLOTEN = "afgesloten"
    HERINNERING = "herinnering"
    STAP = "stap"
    VERWIJZING = "verwijzing"
    MELDING = "melding"
    BERICHT = "bericht"
    BENADELING = "benadeling"
    NAZORG = "nazorg"
    VASTLEGGING = "vastlegging"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One dated line of a case, without note text; `minutes` and `channel` only for a conversation.

    `alert` where the line tells something that needs a look, such as a consent that was taken back.
    """

    on: date
    kind: TimelineKind
    title: str
    line: str = ""
    minutes: int | None = None
    channel: str = ""
    conversation: ConversationId | None = None
    step: StepId | None = None
    melding: MeldingId | None = None
    detriment: DetrimentId | None = None
    alert: bool = False
    guided: GuidedId | None = None


class WrittenKind(StrEnum):
    """What a text is that was typed outside a conversation."""

    BERICHT = "bericht"
    ANTWOORD = "antwoord"
    AANVULLING = "aanvulling"
    BENADELING = "benadeling"
    GEVOLG = "gevolg"
    STAP = "stap"
    TOESTEMMING = "toestemming"
    WENS = "wens"
    FASE = "fase"
    NAZORG = "nazorg"
    BEWAARSTOP = "bewaarstop"
    LANGER_BEWAREN = "langer bewaren"
    ROLCONFLICT = "rolconflict"
    HERINNERING = "herinnering"
    ACTIVITEIT = "activiteit"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Where a search found something: a conversation or another text (with a few words around the match), or a case.

    Another text says what it is (`written`) and, where it is opened by itself, which melding, message and so on. In
    `excerpt` the matching words stand between U+0002 and U+0003, which no text of a user contains. A case is `spread`
    where its texts hold the words together, though none of them holds all.
    """

    conversation: ConversationId | None
    case: CaseId | None
    on: date
    case_code: str
    pseudonym: str
    client_name: str
    excerpt: str = ""
    written: WrittenKind | None = None
    melding: MeldingId | None = None
    message: RelayId | None = None
    guided: GuidedId | None = None
    detriment: DetrimentId | None = None
    step: StepId | None = None
    activity: ActivityId | None = None
    spread: bool = False


@dataclass(frozen=True, slots=True)
class ClientRow:
    """An organisation in the list."""

    id: ClientId
    name: str
    appointment: str
    units: int
    cases: int
    open_cases: int


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter in the list, with the number of its cases; `first` is the one of them that was opened first."""

    id: MatterId
    client: ClientId
    name: str
    client_name: str
    cases: int
    first: CaseId


@dataclass(frozen=True, slots=True)
class MatterCase:
    """A case in a matter: what it is called and how far it is, never who."""

    id: CaseId
    code: str
    pseudonym: str
    phase: Phase


@dataclass(frozen=True, slots=True)
class BackupState:
    """The newest backup and what became of its check; None when there is none.

    `message` is about a place that is away or failed, `trouble` about an attempt since then that gave no copy at all.
    `behind` says that a place is there, such as a stick that was away, and does not have the newest backup.
    """

    made: datetime | None
    place: str
    verified: bool
    changed_since: bool
    message: str = ""
    trouble: str = ""
    behind: bool = False


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check of the vault: its name, whether it is in order, and what was found or what to do.

    What was not `looked` at is not wrong (`ok`), and not known to be in order either.
    """

    name: str
    ok: bool
    sentence: str
    looked: bool = True
