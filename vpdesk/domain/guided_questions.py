"""What the guided records ask, as data: breaking confidentiality, requests for information, requests under the AVG.

Nothing legal is decided here: a ground is what the advisor names, with the text that was read and the day it was read.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vpdesk.domain.taxonomy import UNKNOWN, CodeList, Term


class GuidedKind(StrEnum):
    """What a guided record is about."""

    DOORBREKEN = "doorbreken"
    INFORMATIE = "informatieverzoek"
    AVG = "avg-verzoek"


class Form(StrEnum):
    """In what form a question is answered."""

    TEKST = "tekst"
    KEUZE = "keuze"
    DAG = "dag"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `key` never changes. With `codes` the answer is a code out of them."""

    key: str
    text: str
    help: str = ""
    form: Form = Form.TEKST
    codes: CodeList | None = None


GROUND: Final = CodeList(
    "grond voor doorbreken",
    "Grond",
    (
        Term("aangifteplicht (160 sv)", label="Aangifteplicht (160 Sv)"),
        Term("aangifteplicht ambtenaar (162 sv)", label="Aangifteplicht ambtenaar (162 Sv)"),
        Term("sectorale meldplicht", label="Sectorale meldplicht (onderwijs, zorg)"),
        Term("acuut gevaar"),
        Term("zwaarwegend belang"),
        Term("vooraf vastgelegde afspraak"),
        Term("rechter of wettelijke vordering"),
    ),
)

WHO_ASKS: Final = CodeList(
    "vrager",
    "Wie vraagt",
    (
        Term("manager"),
        Term("onderzoeker"),
        Term("commissie"),
        Term("politie"),
        Term("rechter"),
        Term("journalist"),
        Term("woo", label="Iemand met een beroep op de Woo"),
        Term("anders", label="Iemand anders"),
    ),
)

AVG_SORT: Final = CodeList(
    "soort avg-verzoek", "Soort verzoek", (Term("inzage"), Term("verwijdering"), Term("anders", label="Iets anders"))
)
AVG_FROM: Final = CodeList(
    "van wie",
    "Van wie",
    (
        Term("melder", label="De melder"),
        Term("over wie het gaat", label="Degene over wie de gegevens gaan"),
        Term("anders", label="Iemand anders"),
    ),
)

RECEIVED: Final = "ontvangen"
TERM: Final = "termijn"
AGREEMENTS: Final = "afspraken"

QUESTIONS: Final[dict[GuidedKind, tuple[Question, ...]]] = {
    GuidedKind.DOORBREKEN: (
        Question("weten", "Wat weet ik, en hoe?", "Zelf gehoord, van wie, wanneer. Feiten, geen oordelen."),
        Question(
            "grond",
            "Welke grond?",
            "vpdesk beslist niet of een grond geldt: lees de tekst zelf en leg het voor aan een jurist.",
            Form.KEUZE,
            GROUND,
        ),
        Question("tekst", "Welke tekst las ik?", "Het artikel, de regeling of de afspraak, en waar die staat."),
        Question("gelezen", "Op welke datum las ik die?", form=Form.DAG),
        Question("ernst", "Hoe ernstig, hoe waarschijnlijk, hoe snel?"),
        Question("zelf", "Kan de persoon het zelf doen?", "Aangeboden op welke dag, en het antwoord."),
        Question("minder", "Wat kan minder ver gaan?", "En waarom is dat niet genoeg?"),
        Question("overleg", "Met wie overlegd, zonder naam?", "Een collega, het Huis (afdeling Advies), een jurist."),
        Question(AGREEMENTS, "Wat staat in de afspraken met de organisatie?", "Die staan bij Organisaties."),
        Question("vooraf", "Vooraf verteld aan de persoon?", "Zo niet: waarom niet, en wanneer wel?"),
        Question("woorden", "Aan wie, wanneer, welke woorden?", "Identiteit genoemd, of juist niet."),
        Question("gevolgen", "Gevolgen", "Veiligheid, nazorg, andere vertrouwenspersonen, eigen steun."),
    ),
    GuidedKind.INFORMATIE: (
        Question("vrager", "Wie vraagt?", form=Form.KEUZE, codes=WHO_ASKS),
        Question("namens", "Wie precies, en namens wie?", "Een functie is genoeg."),
        Question(RECEIVED, "Op welke dag gevraagd?", form=Form.DAG),
        Question("wat", "Wat wordt gevraagd?"),
        Question("grondslag", "Op welke grond?", "Wat de vrager noemt, en of het op papier staat."),
        Question(TERM, "Antwoord uiterlijk op", "Staat dan op Vandaag, zonder te zeggen waarover.", Form.DAG),
        Question("overleg", "Met wie overlegd?", "Een jurist, een collega, het Huis (afdeling Advies)."),
        Question("antwoord", "Wat is het antwoord?", "Wat u gaf of niet gaf, wanneer en in welke woorden."),
    ),
    GuidedKind.AVG: (
        Question("soort", "Welk verzoek?", form=Form.KEUZE, codes=AVG_SORT),
        Question("van", "Van wie?", form=Form.KEUZE, codes=AVG_FROM),
        Question(RECEIVED, "Ontvangen op", form=Form.DAG),
        Question(
            TERM,
            "Antwoord uiterlijk op",
            "vpdesk stelt een maand na ontvangst voor; kijk na of dat klopt. Staat dan op Vandaag, zonder te zeggen "
            "waarover.",
            Form.DAG,
        ),
        Question("gevraagd", "Wat is precies gevraagd?", "En hoe weet u dat het deze persoon is?"),
        Question("gegevens", "Welke gegevens over de vrager zelf zijn er?", "Niets over anderen."),
        Question("anderen", "Welke rechten van anderen gaan voor?", "Die van de melder, getuigen of uzelf."),
        Question(
            "weging",
            "Waarom wordt degene over wie de gegevens gaan niet ingelicht?",
            "Meestal niet zolang dat de melder schaadt. Noteer die afweging, en wanneer u opnieuw kijkt.",
        ),
        Question("overleg", "Met wie overlegd, zonder naam?", "De verwerkingsverantwoordelijke, een jurist."),
        Question("antwoord", "Wat is het antwoord?", "Wanneer en in welke woorden."),
    ),
}

OUTCOMES: Final[dict[GuidedKind, CodeList]] = {
    GuidedKind.DOORBREKEN: CodeList(
        "afloop van doorbreken",
        "Afloop",
        (
            Term("overwogen, niet gedaan"),
            Term("doorbroken"),
            Term("de persoon deed het zelf"),
            UNKNOWN,
        ),
    ),
    GuidedKind.INFORMATIE: CodeList(
        "afloop van een informatieverzoek",
        "Afloop",
        (
            Term("niets gegeven"),
            Term("deels gegeven"),
            Term("gegeven"),
            Term("ingetrokken", label="Ingetrokken door de vrager"),
            UNKNOWN,
        ),
    ),
    GuidedKind.AVG: CodeList(
        "afloop van een avg-verzoek",
        "Afloop",
        (
            Term("ingewilligd"),
            Term("deels ingewilligd"),
            Term("geweigerd"),
            Term("niet bevestigd", label="Wij bevestigen niet of er gegevens zijn"),
            Term("ingetrokken", label="Ingetrokken door de vrager"),
            UNKNOWN,
        ),
    ),
}

NAMES: Final[dict[GuidedKind, str]] = {
    GuidedKind.DOORBREKEN: "Vertrouwelijkheid doorbreken",
    GuidedKind.INFORMATIE: "Verzoek om informatie",
    GuidedKind.AVG: "AVG-verzoek",
}

HELP: Final[dict[GuidedKind, str]] = {
    GuidedKind.DOORBREKEN: (
        "Loop de vragen na voor u iets zegt. Elk antwoord mag onbekend zijn. Overwegen en het niet doen is ook een "
        "afloop."
    ),
    GuidedKind.INFORMATIE: (
        "U hebt geen verschoningsrecht bij de rechter, maar u hoeft niet elke vrager te antwoorden. Vraag om een "
        "schriftelijk verzoek met grondslag, en overleg met een jurist voor u iets geeft. Vernietig niets meer zodra "
        "een verzoek of procedure te verwachten is."
    ),
    GuidedKind.AVG: (
        "Geef alleen gegevens over de vrager zelf; rechten van anderen gaan voor. Ook ‘wij bevestigen niet of er "
        "gegevens zijn’ kan een uitkomst zijn. Vraagt de melder om verwijdering, dan is dat in beginsel ja."
    ),
}

IN_WRITING: Final = "Graag schriftelijk, met grondslag. Ik overleg en kom erop terug."
"""What may be answered at once to whoever presses."""

CALL_112: Final = "Is er nu gevaar? Bel eerst 112. Vastleggen kan daarna."


def question(kind: GuidedKind, key: str) -> Question | None:
    """Return a question by its key, None for one that is no longer asked."""
    return next((one for one in QUESTIONS[kind] if one.key == key), None)
