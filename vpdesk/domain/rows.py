"""What lists show: one row a record, without names and without note text."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vpdesk.domain.ids import CaseId, ClientId, ConversationId, ReminderId
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


class TodayKind(StrEnum):
    """Why something stands on Vandaag."""

    NAZORG = "nazorg"
    STAP = "stap"
    TERMIJN = "termijn"
    GRENZEN = "grenzen"
    BEWAARTERMIJN = "bewaartermijn"
    TERUGBELLEN = "terugbellen"


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


@dataclass(frozen=True, slots=True)
class BackupState:
    """The newest backup and what became of its check; None when there is none."""

    made: datetime | None
    place: str
    verified: bool
    changed_since: bool
    message: str = ""
