"""A conversation that is still being typed, as it lies in the vault between two saves."""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from os import urandom
from typing import Any, Final

from vpdesk.domain import wording
from vpdesk.domain.cases import Conversation, Draft
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CallBackId, CaseId, ClientId, ConversationId, ReminderId
from vpdesk.domain.markup import escaped

TALK: Final = "gesprek"
"""How the key of every draft of a conversation begins; alone it is that of a new one, from before each had its own."""
_ABOUT: Final = 10
_NEW: Final = f"{TALK}:nieuw:"


def new_key() -> str:
    """Return a place of its own for a new conversation, so that no other draft is ever written over."""
    return _NEW + urandom(16).hex()


def key_of(conversation: ConversationId) -> str:
    """Return the place for what is being typed in a conversation that is there."""
    return f"{TALK}:{conversation}"


def is_of_new(key: str) -> bool:
    """Return whether a draft is of a conversation that is not there yet."""
    return key == TALK or key.startswith(_NEW)


class Belongs(StrEnum):
    """To what a text may belong that can go by itself while its case stays, or has none; the name of its table."""

    ACTIVITEIT = "activities"
    TERUGBELNOTITIE = "call_backs"
    BENADELING = "detriments"
    VASTLEGGING = "guided_records"
    MELDING = "meldingen"
    PERSOON = "persons"
    BERICHT = "relay_messages"
    STAP = "steps"

    def to(self, number: int) -> str:
        """Return how a draft names it; empty for one that is not in the vault yet."""
        return f"{self.value}:{number}" if number else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What stood in the panel that asks where a conversation belongs."""

    case: CaseId | None = None
    client: ClientId | None = None
    pseudonym: str = ""
    rol: str = ""
    thema: str = ""
    limits: str = ""
    """The name of the answer about the limits of confidentiality, empty while there is none."""
    limits_reason: str = ""
    undone: tuple[ReminderId, ...] = ()
    """What was due and is not done with this conversation."""

    def written(self) -> dict[str, object]:
        """Return the form in which a draft keeps it."""
        return {
            "case": self.case,
            "client": self.client,
            "pseudonym": self.pseudonym,
            "rol": self.rol,
            "thema": self.thema,
            "limits": self.limits,
            "limits_reason": self.limits_reason,
            "undone": list(self.undone),
        }

    @classmethod
    def read(cls, found: dict[str, Any] | None) -> "Asked | None":
        """Read what `written` gave; earlier drafts have nothing."""
        if found is None:
            return None
        return cls(
            case=None if found["case"] is None else CaseId(int(found["case"])),
            client=None if found["client"] is None else ClientId(int(found["client"])),
            pseudonym=str(found["pseudonym"]),
            rol=str(found["rol"]),
            thema=str(found["thema"]),
            limits=str(found["limits"]),
            limits_reason=str(found["limits_reason"]),
            undone=tuple(ReminderId(int(number)) for number in found["undone"]),
        )


def with_reason(note: str, reason: str, *, marked: bool) -> str:
    """Return a working note that ends with why the limits of confidentiality could not be discussed."""
    said = f"Grenzen aan vertrouwelijkheid nog niet besproken, omdat: {escaped(reason) if marked else reason}"
    return f"{note}\n\n{said}".strip() if reason else note


@dataclass(frozen=True, slots=True)
class TalkDraft:
    """Text and chips of a conversation; `of` is the conversation that is being changed, None for a new one.

    `marked` says that the text has signs for headings, lists and bold; `call_back` is the one that is answered. What is
    typed in a small window goes with what it `belongs` to, as `Belongs` names it.
    """

    text: str
    on: date
    channel: str = "telefoon"
    minutes: int = 15
    case: CaseId | None = None
    of: ConversationId | None = None
    report: bool = False
    agreements: str = ""
    next_step: str = ""
    next_on: date | None = None
    asked: Asked | None = None
    marked: bool = False
    client: ClientId | None = None
    call_back: CallBackId | None = None
    belongs: str = ""

    def written(self) -> str:
        """Return the form in which the vault keeps it."""
        return json.dumps(
            {
                "text": self.text,
                "on": self.on.isoformat(),
                "channel": self.channel,
                "minutes": self.minutes,
                "case": self.case,
                "of": self.of,
                "report": self.report,
                "agreements": self.agreements,
                "next_step": self.next_step,
                "next_on": self.next_on and self.next_on.isoformat(),
                "asked": self.asked and self.asked.written(),
                "marked": self.marked,
                "client": self.client,
                "call_back": self.call_back,
                "belongs": self.belongs,
            },
            ensure_ascii=False,
        )

    @classmethod
    def read(cls, draft: Draft) -> "TalkDraft":
        """Read what `written` gave; of anything else the whole text is kept as a new conversation of its day."""
        try:
            found = json.loads(draft.text)
            talk = cls(
                text=str(found["text"]),
                on=date.fromisoformat(found["on"]),
                channel=found["channel"],
                minutes=int(found["minutes"]),
                case=None if found["case"] is None else CaseId(int(found["case"])),
                of=None if found["of"] is None else ConversationId(int(found["of"])),
                report=bool(found["report"]),
                agreements=str(found.get("agreements", "")),  # earlier drafts have none of these
                next_step=str(found.get("next_step", "")),
                next_on=date.fromisoformat(found["next_on"]) if found.get("next_on") else None,
                asked=Asked.read(found.get("asked")),
                marked=bool(found.get("marked", False)),
                call_back=None if found.get("call_back") is None else CallBackId(int(found["call_back"])),
                belongs=str(found.get("belongs", "")),
                client=None if found.get("client") is None else ClientId(int(found["client"])),
            )
            talk.conversation()  # refuses what no conversation can be
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError, InvalidValueError):
            return cls(text=draft.text, on=draft.saved.date())
        return talk

    def described(self, today: date) -> str:
        """Return what it is without what it says: *Gesprek van ma 19 jan, telefoon, 20 minuten*."""
        what = "Verslag van het gesprek" if self.report else "Gesprek"
        how = [f"{what} van {wording.short_date(self.on, today)}"]
        if not self.report:
            how += [self.channel, wording.counted(self.minutes, "minuut", "minuten")]
        words = len(self.text.split())
        many = -(-words // _ABOUT) * _ABOUT
        size = "een paar woorden" if words < _ABOUT else f"zo'n {wording.number(many)} woorden"
        return f"{', '.join([*how, size if words else 'nog zonder tekst'])}."

    def conversation(self) -> Conversation:
        """Return a new, unlinked conversation with this text as its working note, and what was agreed on."""
        reason = self.asked.limits_reason.strip() if self.asked else ""
        return Conversation(
            ConversationId(0),
            self.on,
            channel=self.channel,
            minutes=self.minutes,
            client=self.client,
            working_note=with_reason(self.text, reason, marked=self.marked),
            agreements=self.agreements.strip(),
            next_step=self.next_step.strip(),
            next_on=self.next_on if self.next_step.strip() else None,
            marked=self.marked,
        )
