"""How somebody who asked to be called is reached safely, before there is a case (terugbelnotitie)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CallBackId, CaseId, ClientId, PersonId
from vpdesk.domain.keeping import call_back_until
from vpdesk.domain.people import Part, Person, Voicemail

LONGEST: Final = 200


class WorkMail(StrEnum):
    """Whether a mail to the address at work is safe."""

    ONBEKEND = "onbekend"
    JA = "ja"
    NEE = "nee"


WORK_MAIL_LABELS: Final = {
    WorkMail.ONBEKEND: "Niet besproken",
    WorkMail.JA: "Werkmail mag",
    WorkMail.NEE: "Nooit werkmail",
}


@dataclass(frozen=True, slots=True)
class CallBack:
    """What is needed to call back on `due`; `called` is how somebody wants to be addressed, and one thing is enough.

    `made` is the day on which it was written down.
    """

    id: CallBackId
    made: date
    due: date
    client: ClientId | None = None
    called: str = ""
    reach: str = ""
    hours: str = ""
    voicemail: Voicemail = Voicemail.ONBEKEND
    work_mail: WorkMail = WorkMail.ONBEKEND

    def __post_init__(self) -> None:
        for text, what in ((self.called, "De aanspreekvorm"), (self.reach, "Een nummer"), (self.hours, "Wanneer")):
            if len(text) > LONGEST or not text.isprintable():
                raise InvalidValueError(f"{what} is een regel van hoogstens {LONGEST} tekens. Er is niets bewaard.")
        if not any(text.strip() for text in (self.called, self.reach, self.hours)):
            raise InvalidValueError("Vul één ding in, zoals een aanspreekvorm of een nummer. Er is niets bewaard.")
        if self.due < self.made:
            raise InvalidValueError("Terugbellen kan niet in het verleden. Kies een andere dag; er is niets bewaard.")

    @property
    def until(self) -> date:
        """The day on which it is to be destroyed when no case came of it."""
        return call_back_until(self.made, self.due)

    def postponed(self, due: date) -> "CallBack":
        """Return it with another day to call."""
        return replace(self, due=due)

    def person(self, case: CaseId) -> Person:
        """Return who comes in the case that it became."""
        said = "" if self.work_mail is WorkMail.ONBEKEND else WORK_MAIL_LABELS[self.work_mail].lower()
        return Person(
            PersonId(0),
            case,
            Part.KOMT,
            name=self.called,
            reach=self.reach,
            hours="; ".join(text for text in (self.hours, said) if text),
            voicemail=self.voicemail,
        )


@dataclass(frozen=True, slots=True)
class CallBackRow:
    """What a list may show of a call-back to whoever passes by."""

    id: CallBackId
    made: date
    due: date
    client: ClientId | None
    client_name: str

    @property
    def until(self) -> date:
        """The day on which it is to be destroyed."""
        return call_back_until(self.made, self.due)
