"""What was reported in the practice vault and what came of it: terms in time and late, a doorgeefluik, detriment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.detriments import Detriment, DetrimentEntry
from vpdesk.domain.ids import DetrimentId, MeldingId, RelayId
from vpdesk.domain.melding_lists import COMPLAINT, CONFIDENTIAL, OWN_SCHEME, WBK
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.terms import SchemeTerm
from vpdesk.operations.aftercare import note_what_followed, record_detriment
from vpdesk.operations.meldingen import record_melding
from vpdesk.operations.relay import Reading, approve_message, pass_message, write_message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vpdesk.domain.ids import CaseId
    from vpdesk.store.vault import Vault

_BY_NAME: Final = "met naam"
_OUT, _IN = Direction.NAAR, Direction.VAN


@dataclass(frozen=True, slots=True)
class PracticeMelding:
    """A melding in the practice vault; days as dd-mm in the year, `weeks` the term of the own scheme."""

    pseudonym: str
    kind: str
    identity: str
    recipient: str
    lodged: str
    confirmed: str = ""
    feedback: str = ""
    weeks: int = 0


MELDINGEN: Final = (
    PracticeMelding("Sluis", COMPLAINT, _BY_NAME, "klachtencommissie", "20-03", "24-03", "14-05", 10),
    PracticeMelding("Kiezel", WBK, CONFIDENTIAL, "meldpunt", "03-03", "12-03", "20-05"),
    PracticeMelding("Schelp", COMPLAINT, _BY_NAME, "klachtencommissie", "24-04", "28-04", "12-06", 10),
    PracticeMelding("Steiger", OWN_SCHEME, _BY_NAME, "integriteitsfunctionaris", "20-05", "26-05", "02-10", 20),
    PracticeMelding("Vlieger", OWN_SCHEME, _BY_NAME, "politie", "18-06"),
    PracticeMelding("Spoel", COMPLAINT, _BY_NAME, "klachtencommissie", "26-08", "29-08", "20-10", 6),
    PracticeMelding("Drempel", WBK, _BY_NAME, "bestuur", "14-10", "21-10"),
    PracticeMelding("Rietpluim", OWN_SCHEME, _BY_NAME, "meldpunt", "09-12", "11-12", weeks=7),
    PracticeMelding("Draaiorgel", OWN_SCHEME, _BY_NAME, "meldpunt", "17-06", "19-06", "18-07", 8),
)

# direction, written or received, passed on, text
MESSAGES: Final = (
    (
        _OUT, "28-02", "03-03",
        (
            "Hierbij een melding. Onderhoud wordt in delen gefactureerd, zodat de opdrachten onder de grens voor "
            "aanbesteden blijven. Dat is in elk geval drie keer gebeurd. De melder blijft via mij bereikbaar."
        ),
    ),
    (_IN, "12-03", "12-03", "Wij bevestigen de ontvangst van uw melding en nemen haar in behandeling."),
    (_IN, "27-03", "28-03", "Om welk soort onderhoud gaat het, en waar zijn de facturen terug te vinden?"),
    (
        _OUT, "31-03", "02-04",
        "Het gaat om onderhoud aan gebouwen. De facturen staan in het systeem van inkoop, onder de raamovereenkomst.",
    ),
    (_IN, "20-05", "21-05", "Het onderzoek is klaar. De werkwijze is gestopt en de controle op inkoop is scherper."),
    (_OUT, "26-05", "28-05", "De melder dankt voor de terugkoppeling en heeft geen verdere vragen."),
)  # fmt: skip


def play(vault: Vault, cases: dict[str, CaseId], *, day: Callable[[str], date]) -> None:
    """Write meldingen, messages and detriment into the practice vault; `day` reads dd-mm in its year."""

    def maybe(text: str) -> date | None:
        return day(text) if text else None

    for told in MELDINGEN:
        through_me = told.pseudonym == "Kiezel"
        made = record_melding(
            vault,
            Melding(
                id=MeldingId(0),
                case=cases[told.pseudonym],
                kind=told.kind,
                identity=told.identity,
                recipient=told.recipient,
                lodged=day(told.lodged),
                relay=through_me,
                scheme_term=SchemeTerm(told.weeks) if told.weeks else None,
                confirmed=maybe(told.confirmed),
                feedback=maybe(told.feedback),
            ),
        )
        if through_me:
            _pass_on(vault, made.id, day)
    _harm(vault, cases["Sluis"], day)


_READ: Final = Reading(through=True)  # who it is, is written down later


def _pass_on(vault: Vault, melding: MeldingId, day: Callable[[str], date]) -> None:
    for direction, written, passed, text in MESSAGES:
        message = write_message(vault, RelayMessage(RelayId(0), melding, direction, day(written), text))
        if direction is _OUT:
            approve_message(vault, message_id=message.id, on=day(passed), reading=_READ)
        pass_message(vault, message_id=message.id, on=day(passed), reading=_READ)


def _harm(vault: Vault, case: CaseId, day: Callable[[str], date]) -> None:
    detriment = Detriment(
        id=DetrimentId(0),
        case=case,
        forms=("contract niet verlengd of ontslag",),
        since=day("06-11"),
        told="Kreeg te horen dat het contract in februari niet wordt verlengd. Er was eerder een goede beoordeling.",
    )
    made = record_detriment(vault, detriment)
    for on, text in (
        ("12-11", "Heeft om de reden op papier gevraagd."),
        ("03-12", "De reden kwam schriftelijk. Afspraak gemaakt bij het Huis voor Klokkenluiders, afdeling Advies."),
    ):
        note_what_followed(vault, detriment_id=made.id, entry=DetrimentEntry(day(on), text))
