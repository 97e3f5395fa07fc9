"""The paper for a stolen laptop and the page for who stands in: in numbers, without a name of a person or a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.clients import LOWEST_THRESHOLD
from vpdesk.domain.papers import Paper, Section, about_how_many, cases_running
from vpdesk.domain.wording import long_date, moment
from vpdesk.operations.access import list_ways_in
from vpdesk.operations.places import backup_state
from vpdesk.store.contents import contents

if TYPE_CHECKING:
    from datetime import datetime

    from vpdesk.store.vault import Vault

COUNTED: Final = {
    "cases": "Casussen",
    "persons": "Personen met naam of bereikbaarheid",
    "call_backs": "Terugbelnotities",
    "conversations": "Gesprekken",
    "attachments": "Bijlagen",
    "steps": "Stappen en verwijzingen, met toestemming",
    "meldingen": "Meldingen",
    "relay_messages": "Berichten tussen melder en organisatie",
    "detriments": "Keren dat benadeling is vastgelegd",
    "guided_records": "Vastleggingen (doorbreken, verzoeken)",
    "matters": "Kwesties",
    "conflicts": "Redenen om door te gaan bij een mogelijk rolconflict",
    "holds": "Bewaarstops",
    "earlier_versions": "Eerdere versies die een bewaarstop bewaart",
    "reminders": "Herinneringen",
    "drafts": "Teksten die nog niet af waren",
    "handovers": "Overdrachten aan een collega",
    "activities": "Activiteiten",
    "clients": "Organisaties",
    "directory": "Eigen regels in de sociale kaart",
    "findings": "Teksten bij verslagen",
    "publications": "Verslagen en cijfers die zijn uitgegeven",
    "destroyed_cases": "Vernietigde casussen, alleen in codes",
}
"""What a vault holds by table, as it stands on the paper, what tells most about people first."""

_KINDS: Final = {
    "daily": "Een wachtzin, samen met een geheim in de sleutelbos van de laptop. De wachtzin alleen opent niets.",
    "keyring": "De sleutelbos van de laptop, zonder wachtzin: wie onder uw naam is aangemeld, opent de kluis.",
    "passphrase": "Een wachtzin van zes woorden of meer.",
    "recovery": "Zestien herstelwoorden op papier. Die stonden niet op de laptop, tenzij u ze daar zelf bewaarde.",
    "emergency": "Twee noodbladen samen. Eén blad alleen opent niets.",
    "practice": "Deze oefenkluis gaat vanzelf open. Er staat niets echts in.",
}
_TELLS: Final = (
    "Dit blad telt wat in uw kluis staat en is zelf vertrouwelijk. Bewaar het buiten de laptop. Het is voor de "
    "verwerkingsverantwoordelijke; wie dat is, staat in de afspraken."
)
_ABSENCE: Final = (
    "Dit blad zegt voor welke organisaties u werkt en hoeveel casussen er lopen. Het hoort in de gesloten envelop bij "
    "de noodbladen, niet bij een organisatie."
)


def laptop_paper(vault: Vault, *, now: datetime) -> Paper:
    """Return what there is to know for the decision within 72 hours: contents in bands, encryption, copy, ways in."""
    threshold = max((client.threshold for client in vault.clients.all()), default=LOWEST_THRESHOLD)
    held = contents(vault.connection)
    return Paper(
        "Laptop gestolen of kwijt",
        now.date(),
        (
            Section(
                "Voor wie dit blad is",
                (
                    (
                        "Dit blad telt wat in de kluis stond en is zelf vertrouwelijk. Geef het alleen aan de "
                        "verwerkingsverantwoordelijke (wie dat is, staat in de afspraken) en aan wie daar over "
                        "datalekken beslist."
                    ),
                    (
                        f"Aantallen zijn bij benadering; onder {threshold} staat er geen aantal, want dat kan een "
                        "persoon zijn. Wat u hiervan doorgeeft, zet u ook bij de uitgegeven cijfers."
                    ),
                ),
            ),
            Section(
                "Wat erin stond",
                tuple(f"{what}: {about_how_many(held[table], threshold)}" for table, what in COUNTED.items()),
            ),
            Section(
                "Hoe het versleuteld was",
                (
                    (
                        "De kluis is één versleutelde database (SQLCipher 4, AES-256) met een willekeurige sleutel van "
                        "256 bits. Reservekopieën zijn op dezelfde manier versleuteld."
                    ),
                    "De sleutel staat nergens leesbaar. Een wachtzin gaat door Argon2id, zodat raden lang duurt.",
                    (
                        "Stond de kluis open toen de laptop wegraakte, dan beschermt dat niet. vpdesk vergrendelt "
                        "na een tijd zonder gebruik en als de laptop slaapt."
                    ),
                ),
            ),
            Section("Wat haar opent", tuple(_KINDS[way.kind.value] for way in list_ways_in(vault))),
            Section("Laatste gecontroleerde reservekopie", (_copy(vault, now),)),
            Section(
                "Wat u doet",
                (
                    "Noteer wanneer u het merkte, of de kluis open kon staan en wie de wachtzin of woorden kan kennen.",
                    (
                        "Bel de verwerkingsverantwoordelijke. Die beslist binnen 72 uur of de Autoriteit "
                        "Persoonsgegevens het hoort, en of mensen zelf bericht krijgen."
                    ),
                    "Zeg niet om wie het gaat: voor die beslissing zijn de soorten gegevens genoeg.",
                    "Zet op een andere laptop een reservekopie terug met uw herstelwoorden, en maak nieuwe woorden.",
                    "Doe aangifte van de diefstal. Schrijf in het proces-verbaal niets over de inhoud.",
                ),
                numbered=True,
            ),
        ),
        _TELLS,
        "laptop-kwijt.pdf",
    )


def absence_paper(vault: Vault, *, now: datetime) -> Paper:
    """Return how many cases run and for which organisations, and what a colleague who stands in does first."""
    rows = vault.clients.rows()
    sheets = any(way.kind.value == "emergency" for way in list_ways_in(vault))
    opens = (
        "Leg de twee noodbladen bij elkaar en open daarmee de kluis op de laptop waar zij staat. De eigenaar ziet dat "
        "bij de volgende keer."
        if sheets
        else "Er zijn nog geen noodbladen. Zonder die bladen opent u de kluis niet; de eigenaar maakt ze bij Kluis."
    )
    return Paper(
        "Waarneming",
        now.date(),
        (
            Section(
                "Hoeveel er loopt, en voor wie",
                tuple(cases_running(row.name, row.open_cases) for row in rows) or ("Er zijn nog geen organisaties.",),
            ),
            Section(
                "Wat u eerst doet",
                (
                    opens,
                    "Kijk op Vandaag wat te laat is of deze week moet.",
                    "Ga voor elk gesprek na of u zelf een rolconflict hebt, voordat iemand het verhaal vertelt.",
                    "Bel alleen zoals bij de persoon staat: welk nummer, wanneer, voicemail of niet.",
                    "Zeg wie u bent en dat u waarneemt. De persoon beslist of die met u verder wil.",
                    "Leg vast wat u doet. Sluit niets af en vernietig niets zonder de eigenaar.",
                ),
                numbered=True,
            ),
            Section(
                "Wat u niet doet",
                (
                    "Aan de organisatie zegt u alleen dat u waarneemt: niet hoeveel er loopt, niet voor wie.",
                    "Neem niets mee buiten de kluis. Maak geen foto en geen kopie.",
                ),
            ),
            Section(
                "Hoe lang dit klopt",
                (
                    (
                        f"Gemaakt op {long_date(now.date())}. De eigenaar maakt dit blad opnieuw als er organisaties "
                        "bij komen, en ten minste elk half jaar."
                    ),
                ),
            ),
        ),
        _ABSENCE,
        "waarneming.pdf",
    )


def _copy(vault: Vault, now: datetime) -> str:
    state = backup_state(vault, now=now)
    if state.made is None or not state.verified:
        return "Er is geen gecontroleerde reservekopie."
    since = " Daarna is er in de kluis nog iets veranderd." if state.changed_since else ""
    return f"Van {moment(state.made, now.date())} ({long_date(state.made.date())}), geopend en gecontroleerd.{since}"
