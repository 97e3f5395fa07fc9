"""What the people of the practice vault wanted and chose: wishes, steps with consent, referrals, own entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.directory import DirectoryEntry, national
from vpdesk.domain.ids import DirectoryId, StepId
from vpdesk.domain.steps import HANDED_OVER, INFORMATION, Actor, Choice, Step, StepKind
from vpdesk.domain.wishes import Wish
from vpdesk.operations.directory import looked_over, save_entry
from vpdesk.operations.practice_cases import W, Z
from vpdesk.operations.steps import record_step, say_wish, take_step, withdraw_consent

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vpdesk.domain.ids import CaseId, ClientId
    from vpdesk.store.vault import Vault

ME: Final = Actor.VERTROUWENSPERSOON
_HOUSE: Final = "huis voor klokkenluiders"
_MANAGER: Final = "leidinggevende betrekken"

WISHES: Final = (
    ("Kompas", "gedrag laten stoppen", "08-01", ""),
    ("Kompas", "zelf het gesprek aangaan", "29-01", "Ik wil het eerst zelf zeggen"),
    ("Sluis", "gehoord worden", "19-01", ""),
    ("Sluis", "klacht indienen", "14-03", "Nu wil ik dat er iemand naar kijkt"),
    ("Kiezel", "melden", "26-02", "Zonder mijn naam erbij"),
    ("Schelp", "klacht indienen", "22-04", ""),
    ("Bolder", "hulp bij een gesprek", "20-03", ""),
    ("Trommel", "gedrag laten stoppen", "24-04", ""),
    ("Drempel", "melden", "10-10", "Dat het stopt, en dat anderen het ook durven zeggen"),
    ("Paraplu", "gedrag laten stoppen", "04-11", ""),
    ("Paraplu", "nog onbeslist", "02-12", "Ik wil er nog eens over nadenken"),
    ("Rietpluim", "melden", "25-11", ""),
    ("Emmer", "hulp bij een gesprek", "10-09", ""),
    ("Windwijzer", "gehoord worden", "02-12", ""),
)


@dataclass(frozen=True, slots=True)
class PracticeConsent:
    """A yes in the practice vault; days as dd-mm in the year, an end before the yes lies in the next."""

    on: str
    content: str
    recipient: str
    words: str = ""
    until: str = ""
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class PracticeStep:
    """A step in the practice vault; days as dd-mm in the year, `taken` empty while it is open."""

    pseudonym: str
    code: str
    chosen: str
    taken: str = ""
    actor: Actor = Actor.PERSOON
    to: str = ""
    manner: str = ""
    words: str = ""
    result: str = ""
    consent: PracticeConsent | None = None


def _told(pseudonym: str, code: str, day: str, to: str = "") -> PracticeStep:
    return PracticeStep(pseudonym, code, day, day, to=to, manner=INFORMATION)


STEPS: Final = (
    PracticeStep(
        "Kompas", "zelf aanspreken", "29-01", "10-02", words="Ik wil het eerst zelf zeggen",
        result="Het gesprek is gevoerd; er is afgesproken elkaar weer te groeten",
    ),
    _told("Lantaarn", "vakbond", "11-01"),
    PracticeStep("Sluis", "klacht", "14-03", "20-03", result="Ontvangstbewijs ligt bij de melder thuis"),
    _told("Sluis", _HOUSE, "12-11", "Huis voor Klokkenluiders, afdeling Advies"),
    _told("Dakpan", "collega-vertrouwenspersoon", "05-02"),
    PracticeStep(
        "Kiezel", "interne melding", "26-02", "03-03", ME, "Het meldpunt", words="Zonder mijn naam erbij",
        result="Doorgegeven met een willekeurig kenmerk",
        consent=PracticeConsent(
            "26-02", "De tekst van de melding, zonder naam en functie", "Het meldpunt",
            "De tekst die de melder zelf schreef en goedkeurde", until="31-10",
        ),
    ),
    _told("Kiezel", _HOUSE, "12-02", "Huis voor Klokkenluiders, afdeling Advies"),
    _told("Passer", "juridisch advies", "27-02", "Juridisch Loket"),
    PracticeStep("Schelp", "klacht", "22-04", "24-04", result="Afgehandeld in juni"),
    _told("Schelp", "huisarts", "04-03"),
    PracticeStep(
        "Bolder", "gesprek met steun", "27-03", "09-04", ME, "De leidinggevende",
        result="Gesprek gevoerd; ik zat erbij en leidde het niet",
        consent=PracticeConsent("27-03", "Dat ik meega naar het gesprek", "De leidinggevende"),
    ),
    PracticeStep("Klinker", "geen stap", "21-03", "21-03"),
    PracticeStep("Steiger", "interne melding", "14-05", "20-05", to="De integriteitsfunctionaris"),
    _told("Waslijn", "vakbond", "02-04"),
    _told("Duinpan", "bedrijfsarts", "28-05"),
    _told("Duinpan", "toezichthouder", "18-06", "UWV, deskundigenoordeel"),
    PracticeStep("Vlieger", "aangifte", "17-06", "18-06", result="De melder ging zelf naar de politie"),
    PracticeStep("Spoel", "klacht", "20-08", "26-08"),
    PracticeStep("Drempel", "interne melding", "10-10", "14-10", to="Het bestuur"),
    _told("Drempel", _HOUSE, "26-08", "Huis voor Klokkenluiders, afdeling Advies"),
    PracticeStep(
        "Paraplu", _MANAGER, "18-11", actor=ME, to="De teamleider", words="Als u het zegt, luistert hij misschien",
        consent=PracticeConsent(
            "18-11", "Dat er in het team iemand wordt buitengesloten", "De teamleider",
            "‘In uw team heeft iemand last van de omgang in de pauze.’", withdrawn="02-12",
        ),
    ),
    PracticeStep(
        "Emmer", _MANAGER, "12-12", actor=ME, to="De teamleider",
        consent=PracticeConsent("12-12", "Dat een gesprek met een tolk gewenst is", "De teamleider", until="10-02"),
    ),
    PracticeStep(
        "Windwijzer", "collega-vertrouwenspersoon", "16-12", manner=HANDED_OVER,
        to="Interne collega, Zorggroep Zilverels",
        words="Ik wil iemand die hier rondloopt",
    ),
)  # fmt: skip

OWN: Final = (
    DirectoryEntry(
        DirectoryId(0), "Buurtteam Waterveen", "maatschappelijk werk", "Schulden, wonen, zorg voor anderen.",
        "Inloop op werkdagen in de bibliotheek",
    ),
)  # fmt: skip


def play(
    vault: Vault,
    cases: dict[str, CaseId],
    clients: dict[str, ClientId],
    *,
    day: Callable[[str], date],
    today: date,
) -> None:
    """Write wishes, steps and entries into the practice vault; `day` reads dd-mm in its year."""
    for pseudonym, code, on, words in WISHES:
        say_wish(vault, case_id=cases[pseudonym], wish=Wish(code, day(on), words))
    for told in STEPS:
        _record(vault, cases[told.pseudonym], told, day)
    for entry in OWN:
        save_entry(vault, entry)
    arbo = "Spreekuur op verzoek van de medewerker zelf, ook zonder ziekmelding."
    for client, name, checked in ((W, "Bedrijfsarts van Waterveen", "02-06"), (Z, "Bedrijfsarts van Zilverels", "")):
        entry = DirectoryEntry(DirectoryId(0), name, "bedrijfsarts", arbo, client=clients[client])
        made = save_entry(vault, entry)
        looked_over(vault, made, on=day(checked) if checked else today.replace(year=today.year - 2))
    looked_over(vault, national("huis advies"), on=today.replace(year=today.year - 1, month=11))


def _record(vault: Vault, case: CaseId, told: PracticeStep, day: Callable[[str], date]) -> None:
    agreed = told.consent
    consents: tuple[Consent, ...] = ()
    if agreed is not None:
        until = day(agreed.until) if agreed.until else None
        if until is not None and until < day(agreed.on):
            until = until.replace(year=until.year + 1)
        term = ConsentTerm(Answer.JA, day(agreed.on), until)
        consents = (Consent(term, agreed.content, agreed.recipient, agreed.words),)
    wishes = [wish for wish in vault.wishes.of_case(case) if wish.on <= day(told.chosen)]
    step = Step(
        id=StepId(0),
        case=case,
        kind=StepKind.VERWIJZING if told.manner else StepKind.ROUTE,
        choice=Choice(day(told.chosen), wishes[-1].code if wishes else "onbekend", told.words),
        code=told.code,
        to=told.to,
        actor=told.actor,
        manner=told.manner,
        consents=consents,
    )
    made = record_step(vault, step)
    if told.taken:
        take_step(vault, step_id=made.id, on=day(told.taken), result=told.result)
    if agreed is not None and agreed.withdrawn:
        withdraw_consent(vault, step_id=made.id, on=day(agreed.withdrawn))
