"""A conversation that is still being typed, as it lies in the vault between two saves."""

import json
from dataclasses import dataclass
from datetime import date

from vpdesk.domain import wording
from vpdesk.domain.cases import Conversation, Draft
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ConversationId


@dataclass(frozen=True, slots=True)
class TalkDraft:
    """Text and chips of a conversation; `of` is the conversation that is being changed, None for a new one."""

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
            )
            talk.conversation()  # refuses what no conversation can be
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError, InvalidValueError):
            return cls(text=draft.text, on=draft.saved.date())
        return talk

    @property
    def described(self) -> str:
        """Return what it is without what it says: *Gesprek, telefoon, 20 minuten*."""
        length = wording.counted(self.minutes, "minuut", "minuten")
        if self.report:
            return "Een verslag dat u nog aan het schrijven bent."
        place = "Hoort bij een casus." if self.case else "Nog niet aan een casus gekoppeld."
        return f"Gesprek, {self.channel}, {length}. {place}"

    def conversation(self) -> Conversation:
        """Return a new, unlinked conversation with this text as its working note."""
        return Conversation(
            ConversationId(0), self.on, channel=self.channel, minutes=self.minutes, working_note=self.text
        )
