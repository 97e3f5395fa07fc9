"""What helps an advisor remember in each phase: data that never blocks and proves nothing about quality."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.phases import Phase


class ItemState(StrEnum):
    """What became of an item."""

    GEDAAN = "gedaan"
    NIET_NODIG = "niet nodig"
    NOG_NIET = "nog niet"


class Who(StrEnum):
    """Who chose or did what is ticked: the user, the person or, where a case came from one, the colleague.

    Unknown for what was ticked before that was asked.
    """

    U = "u"
    PERSOON = "de persoon"
    COLLEGA = "uw collega"
    ONBEKEND = ""


def taken_over(who: Who) -> Who:
    """Return who it was in the words of a colleague who goes on with the case."""
    return Who.COLLEGA if who is Who.U else who


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist; the code is stable, `relay` marks what only a doorgeefluik needs."""

    code: str
    text: str
    relay: bool = False


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """An item as it stands in one case; `on` is the day on which its state was set, None while untouched, by `who`."""

    item: Item
    state: ItemState = ItemState.NOG_NIET
    on: date | None = None
    who: Who = Who.ONBEKEND


LIMITS: Final = "grenzen"

CHECKLISTS: Final[dict[Phase, tuple[Item, ...]]] = {
    Phase.VOORFASE: (
        Item(LIMITS, "Grenzen aan vertrouwelijkheid besproken"),
        Item("vastleggen", "Uitleg over vastleggen, bewaren en rechten gegeven"),
        Item("rolconflict", "Rolconflict nagegaan, ook: eigen leidinggevende, bekende, te dichtbij"),
        Item("veilig contact", "Veilig contact afgesproken"),
        Item("werkterrein", "Werkterrein bepaald; zo niet, verwezen"),
        Item("wegen", "Informele en formele wegen verteld, met kansen en risico’s"),
        Item("regelingen", "Regelingen genoemd: gedragscode, meldregeling, klachtenregeling, onderzoeksprotocol"),
        Item("gezondheid", "Gevraagd naar gezondheid en steun; zo nodig huisarts of bedrijfsarts"),
        Item("misstand", "Vermoeden van misstand? Huis voor Klokkenluiders genoemd"),
        Item("keuze", "Keuze van de persoon vastgelegd, ook als die niets is"),
        Item("bewijs", "Bewijs: de persoon bewaart het zelf; hier alleen dat het er is"),
    ),
    Phase.MELDINGSFASE: (
        Item("regeling", "Regeling en juiste ontvanger samen gelezen; bescherming hangt af van de goede weg"),
        Item("soort", "Soort melding en identiteit gekozen; verschil tussen vertrouwelijk en anoniem uitgelegd"),
        Item(
            "herkenbaar",
            "Bij benadeling of ongewenst gedrag tegen de melder: verteld dat de inhoud meestal al zegt wie het is",
        ),
        Item("tekst", "Tekst is van de melder; u las mee op feiten, niet op gelijk"),
        Item("gedaan", "Melding gedaan; ontvangstbewijs bij de melder"),
        Item(
            "termijnen",
            "Termijnen van de werkgever: alleen bij een Wbk-melding die van de wet, anders die van de regeling",
        ),
        Item("benadeling", "Afspraak over benadeling: wat noteert de melder, wie belt wie"),
        Item(
            "doorgeefluik",
            "Vastgelegd dat u doorgeeft en niets beslist; wie de opvolging doet is bekend",
            relay=True,
        ),
        Item("kenmerk", "Willekeurig kenmerk gebruikt, nooit het casusnummer", relay=True),
        Item("goedgekeurd", "Elk bericht eerst door de melder goedgekeurd", relay=True),
        Item(
            "nagelopen",
            "Nagelopen: namen, functie, rooster, woordkeus, wat maar één persoon kan weten, eigenschappen van bijlagen",
            relay=True,
        ),
        Item("uitval", "Afgesproken wat er gebeurt als u uitvalt", relay=True),
    ),
    Phase.NAFASE: (
        Item("onderzoek", "Onderzoek of behandeling uitgelegd; u bent geen onderzoeker of getuige-deskundige"),
        Item("voorbereid", "Gesprek voorbereid; meegegaan indien gewenst"),
        Item("uitkomst", "Uitkomst besproken: begrepen, en wat nu"),
        Item("nazorg", "Nazorg: gewenst? hoe? Eerste keer na 4 weken, dan 3, 6 en 12 maanden, tot de persoon stopt"),
        Item("nazorg benadeling", "Gevraagd naar benadeling bij elk nazorgcontact"),
        Item("collegas", "Nazorg voor collega’s alleen met instemming van de melder en zonder nieuwe steunrol"),
        Item(
            "bij benadeling",
            "Bij benadeling: feiten en data bij de melder, Huis (advies, verzoek onderzoek), juridische steun",
        ),
    ),
    Phase.AFGESLOTEN: (
        Item("afloop", "Afloop volgens de persoon; reden"),
        Item("terugkomen", "Gezegd dat terugkomen altijd kan"),
        Item("vernietigd", "Werkaantekeningen vernietigd; wat blijft is feitelijk en kort"),
        Item("bijlagen", "Bijlagen teruggegeven of vernietigd"),
        Item("signaal", "Signaal waard? Bewaarstop nodig?"),
    ),
}

FIRST_TALK: Final[tuple[str, ...]] = (
    "Fijn dat u belt. U bepaalt wat u vertelt; een naam hoeft nu niet.",
    "Ik sta naast u. Ik onderzoek niets, oordeel niet en bemiddel niet.",
    (
        "Wat u zegt blijft tussen ons. Er zijn grenzen: een wettelijke plicht, ernstig gevaar, een rechter die mij "
        "vragen stelt, en wat de regeling hier noemt. Dan zeg ik het u eerst, tenzij dat echt niet kan."
    ),
    (
        "Ik maak korte aantekeningen, beveiligd en zonder dat uw werkgever erbij kan. U mag vragen wat erin staat. "
        "Ik vernietig ze na de bewaartermijn."
    ),
    "U houdt de regie. Zonder uw toestemming zet ik geen stap naar buiten.",
    "Bent u nu veilig? Slaapt u, eet u, heeft u steun?",
    "Wat is er gebeurd, en wat wilt u bereiken? Wat als u niets doet?",
    "Hoe en wanneer mag ik u bereiken, en waar niet?",
    "Wat spreken we af, en wanneer horen we elkaar?",
)

SEVEN_QUESTIONS: Final[tuple[str, ...]] = (
    "Is duidelijk wie wat deed, waar en wanneer?",
    "Past alles bij elkaar, en bij wat al vaststaat?",
    "Zijn er eerdere of andere meldingen die hierop lijken?",
    "Wat kan een ander nagaan: namen, data, plaatsen, stukken?",
    "Hoe weet u dit?",
    "Wat zag of hoorde u zelf, en wat hoorde u van anderen?",
    "Zijn er berichten, foto’s of documenten, en waar liggen die veilig?",
)


def item_of(phase: Phase, code: str) -> Item:
    """Return an item of the list of a phase; raises InvalidValueError when the list has no such item."""
    for item in CHECKLISTS[phase]:
        if item.code == code:
            return item
    raise InvalidValueError("Dit punt staat niet op de lijst van deze fase. Er is niets bewaard.")


AGREEMENTS: Final[tuple[Item, ...]] = (
    Item("aanstelling", "Aanstelling, uren en werkterrein"),
    Item("aansturing", "Wie u functioneel aanstuurt; liefst niet directie, HR of juridische zaken"),
    Item("andere rollen", "Uw andere rollen bij deze organisatie nagegaan"),
    Item("vertrouwelijkheid", "Vertrouwelijkheid, en wanneer die doorbroken wordt"),
    Item("doorgeefluik", "Meldpunt of doorgeefluik: tot waar"),
    Item("gegevens", "Wie verwerkingsverantwoordelijke is; bewaartermijn"),
    Item("uitval", "Waarneming en noodopening bij uitval"),
    Item("factuur", "Factuur zonder data"),
    Item("verslag", "Verslag: wanneer, aan wie, eerst de OR of tegelijk"),
    Item("or", "OR betrokken, evaluatie, bescherming tegen benadeling"),
)
"""What is agreed on with an organisation, once."""
