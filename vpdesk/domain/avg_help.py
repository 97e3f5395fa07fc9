"""Texts for the AVG that ship with the program, each to be looked over and changed: nothing here is decided in code."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from vpdesk.domain.errors import InvalidValueError, NotFoundError

LOOK_AGAIN: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class HelpText:
    """A text with the day on which the user last looked it over, None for never; `own` when the user changed it."""

    key: str
    title: str
    text: str
    checked: date | None = None
    own: bool = False

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValueError("Deze hulp heeft een tekst nodig. Er is niets bewaard. Kies anders het origineel.")

    def overdue(self, today: date) -> bool:
        """Return whether the text was looked over, but more than a year ago."""
        return self.checked is not None and today - self.checked > LOOK_AGAIN


SHIPPED: Final = (
    HelpText(
        "uitleg",
        "Uitleg bij het eerste gesprek",
        "Ik maak korte aantekeningen: feiten, afspraken en wat u wilt. Zij staan versleuteld op mijn laptop; uw "
        "werkgever kan er niet bij. U mag vragen wat er over u in staat, en vragen om het te verbeteren of te "
        "verwijderen. Na de bewaartermijn vernietig ik het. Er zijn grenzen: een wettelijke plicht, ernstig gevaar of "
        "een rechter die mij vragen stelt. Dan zeg ik het u eerst, tenzij dat echt niet kan.",
    ),
    HelpText(
        "verantwoordelijke",
        "Wie is verwerkingsverantwoordelijke?",
        "Dat staat in de afspraken met de organisatie. Bent u extern, dan bent u het vaak zelf. Bent u intern, dan is "
        "het meestal de werkgever, die er toch niet bij mag. Staat het er niet in? Leg het dan vast voor het eerste "
        "gesprek.",
    ),
    HelpText(
        "register",
        "Regel voor het register",
        "Vertrouwenspersoon. Doel: steun bij ongewenste omgangsvormen en integriteit, en een verslag zonder "
        "herleidbare gegevens. Van wie: melders, getuigen, degenen over wie de gegevens gaan en anderen in het "
        "verhaal. Gegevens: contact, verloop, korte verslagen; bijzondere gegevens alleen waar het verhaal niet zonder "
        "kan. Ontvangers: geen, behalve met toestemming of bij een wettelijke plicht. Bewaren: volgens de afspraken, "
        "in beginsel tot 12 maanden na afsluiten en na het verslag. Beveiliging: versleuteld op het apparaat van de "
        "vertrouwenspersoon, ook de reservekopieën; de organisatie heeft geen toegang. Grondslag: zie de afspraken.",
    ),
    HelpText(
        "dpia",
        "Hulp bij een DPIA",
        "Waarvoor en waarom zo: steun kan niet zonder korte aantekeningen; namen zijn niet nodig. Grootste risico’s: "
        "iemand wordt herkend, de organisatie leest mee, de laptop raakt weg, iets blijft te lang staan. Maatregelen: "
        "pseudoniemen, namen apart en verborgen, versleuteling met een sleutel buiten de organisatie, verslagen die op "
        "herleiding zijn nagerekend, vaste termijnen en vernietigen voorgoed. Wat blijft: wie de geopende laptop in "
        "handen heeft, leest mee. Gevraagd aan: de functionaris gegevensbescherming en de ondernemingsraad.",
    ),
    HelpText(
        "over wie",
        "Inlichten van degene over wie de gegevens gaan",
        "Wie beschuldigd wordt, wordt meestal niet ingelicht zolang dat de melder schaadt. Noteer die afweging: wat "
        "gebeurt er als u het wel doet, hoe lang geldt dat, en wanneer kijkt u opnieuw. De vraag staat in het "
        "AVG-verzoek.",
    ),
    HelpText(
        "verzoeken",
        "Inzage en verwijdering",
        "Antwoord binnen een maand. Geef alleen gegevens over de vrager zelf; rechten van anderen gaan voor. ‘Wij "
        "bevestigen niet of er gegevens zijn’ kan een uitkomst zijn. Vraagt de melder om verwijdering, dan is dat in "
        "beginsel ja. Loopt er een procedure of verzoek, vernietig dan niets en overleg met een jurist.",
    ),
)


def shipped(key: str) -> HelpText:
    """Return a text as it ships; raises NotFoundError."""
    for text in SHIPPED:
        if text.key == key:
            return text
    raise NotFoundError("Deze hulptekst is er niet. Er is niets veranderd.")


def changed(text: HelpText, words: str) -> HelpText:
    """Return a text in the user's words, or as it ships where these are the same."""
    words = words.strip()
    return replace(text, text=words, own=words != shipped(text.key).text)
