"""The code lists of casework: codes as they stand in sheets and statements, labels and help as shown."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a code list; a code is never reused, a label may change."""

    code: str
    label: str = ""
    help: str = ""

    @property
    def shown(self) -> str:
        """Return the label, which is the code with a capital unless another was given."""
        return self.label or self.code[:1].upper() + self.code[1:]


UNKNOWN: Final = Term("onbekend")


@dataclass(frozen=True, slots=True)
class CodeList:
    """A named list in its fixed order; `name` is the dimension and import column."""

    name: str
    title: str
    terms: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes in the fixed order in which reports print them."""
        return tuple(term.code for term in self.terms)

    def __contains__(self, code: str) -> bool:
        return any(term.code == code for term in self.terms)

    def label(self, code: str) -> str:
        """Return the label of a code; KeyError for a code that is not in the list."""
        for term in self.terms:
            if term.code == code:
                return term.shown
        raise KeyError(code)


ROL: Final = CodeList(
    "rol",
    "Rol",
    (
        Term(
            "melder",
            label="Melder",
            help="Maakt het zelf mee of heeft een vermoeden; ook wie (nog) niets meldt.",
        ),
        Term("getuige", help="Zag of hoorde iets, zonder zelf doelwit te zijn."),
        Term("betrokkene", help="Over wie een ander iets vertelt of meldt."),
        Term(
            "leidinggevende",
            label="Leidinggevende met adviesvraag",
            help="Vraagt hoe te handelen; komt niet voor zichzelf.",
        ),
        Term(
            "collega",
            label="Collega die geraakt is",
            help="Heeft last van de kwestie, zonder melder of getuige te zijn.",
        ),
        Term("naaste", label="Naaste of derde", help="Partner, ouder of iemand van buiten."),
        UNKNOWN,
    ),
)

VERBONDEN: Final = CodeList(
    "verbonden",
    "Verbonden als",
    (
        Term("medewerker"),
        Term("inhuur", help="Zzp, uitzend of detachering."),
        Term("stagiair"),
        Term("vrijwilliger"),
        Term("student"),
        Term("oud-medewerker"),
        Term("sollicitant"),
        Term("anders"),
        UNKNOWN,
    ),
)

WERKGEBIED: Final = CodeList(
    "werkgebied",
    "Werkgebied",
    (
        Term("ongewenste omgangsvormen"),
        Term("integriteit"),
        Term("beide"),
        Term("buiten werkterrein"),
        UNKNOWN,
    ),
)

THEMA: Final = CodeList(
    "thema",
    "Hoofdthema",
    (
        Term("pesten", help="Herhaald kleineren, buitensluiten of treiteren."),
        Term("intimidatie", help="Dreigen, onder druk zetten, schreeuwen; ook digitaal."),
        Term(
            "seksuele intimidatie",
            help="Seksueel getinte woorden, blikken, berichten of aanrakingen die de ander niet wil.",
        ),
        Term("agressie en geweld", help="Uitschelden, bedreigen, slaan; ook door klanten of bewoners."),
        Term(
            "discriminatie",
            help="Ongelijke behandeling. Leg de grond niet als code vast: die is vaak een bijzonder persoonsgegeven.",
        ),
        Term("andere ongewenste omgangsvorm", help="Past nergens; kijk jaarlijks of er een thema bij moet."),
        Term("fraude", help="Bedrog om geld of voordeel; ook met uren of declaraties."),
        Term("diefstal van bedrijfsmiddelen", help="Wegnemen of privé gebruiken van spullen of geld."),
        Term("belangenverstrengeling", help="Privébelang beïnvloedt een besluit; ook een verzwegen relatie."),
        Term("ongewenste nevenwerkzaamheden", help="Werk ernaast dat botst met de functie."),
        Term("machtsmisbruik", help="Positie gebruiken voor iets waarvoor zij niet bedoeld is."),
        Term("corruptie", help="Gunst in ruil voor geld, geschenk of dienst."),
        Term("misbruik van gegevens", help="Gluren in systemen, lekken, doorverkopen."),
        Term(
            "gevaar voor mens of milieu",
            help="Gezondheid, veiligheid of omgeving loopt gevaar door handelen of nalaten.",
        ),
        Term("benadeling na melding", help="Nadeel omdat iemand meldde of hielp melden."),
        Term("andere integriteitsschending", help="Past nergens."),
        Term(
            "arbeidsconflict",
            label="Arbeidsconflict of rechtspositie",
            help="Beoordeling, contract, verzuim, reorganisatie, botsing zonder ongewenst gedrag. Buiten de rol: luisteren, ordenen, verwijzen.",
        ),
        Term("anders buiten werkterrein", help="Privé of algemene vraag."),
        UNKNOWN,
    ),
)

RELATIE: Final = CodeList(
    "relatie",
    "Relatie tot de ander",
    (
        Term("leidinggevende"),
        Term("hogere leiding", help="Bestuur, directie, toezicht."),
        Term("collega", help="Ook medestudent."),
        Term("ondergeschikte"),
        Term("begeleider", help="Docent, opleider, promotor."),
        Term("klant", help="Burger, bewoner, patiënt, leerling, student."),
        Term("externe partij"),
        Term("groep", help="Team."),
        Term("organisatie", help="Beleid of besluit."),
        Term("niet van toepassing"),
        UNKNOWN,
    ),
)

KANAAL: Final = CodeList(
    "kanaal",
    "Kanaal",
    (
        Term("telefoon"),
        Term("beeldbellen"),
        Term("op locatie"),
        Term("elders", help="Wandelen, buiten kantoor."),
        Term("e-mail"),
        Term("chat"),
        Term("brief"),
        UNKNOWN,
    ),
)

GEVONDEN_VIA: Final = CodeList(
    "gevonden_via",
    "Gevonden via",
    (
        Term("intranet"),
        Term("introductie"),
        Term("voorlichting"),
        Term("flyer"),
        Term("collega"),
        Term("leidinggevende"),
        Term("hr", label="HR"),
        Term("or", label="OR"),
        Term("bedrijfsarts"),
        Term("maatschappelijk werk"),
        Term("andere vertrouwenspersoon"),
        Term("eerder contact"),
        UNKNOWN,
    ),
)

WENS: Final = CodeList(
    "wens",
    "Wens van de persoon",
    (
        Term("gehoord worden"),
        Term("informatie"),
        Term("gedrag laten stoppen"),
        Term("zelf het gesprek aangaan"),
        Term("hulp bij een gesprek"),
        Term("erkenning"),
        Term("andere werkplek"),
        Term("melden"),
        Term("klacht indienen"),
        Term("niets ondernemen"),
        Term("nog onbeslist"),
        UNKNOWN,
    ),
)

AFLOOP: Final = CodeList(
    "afloop",
    "Afloop",
    (
        Term("gedrag gestopt"),
        Term("informeel opgelost"),
        Term("geen actie gewenst"),
        Term("doorverwezen"),
        Term("melding gedaan"),
        Term("klacht ingediend"),
        Term("niet opgelost"),
        Term("melder vertrokken"),
        Term("contact gestopt door de persoon"),
        Term("overgedragen"),
        UNKNOWN,
    ),
)

REDEN: Final = CodeList(
    "reden",
    "Reden van afsluiten",
    (
        Term("doel bereikt"),
        Term("persoon wil stoppen"),
        Term("geen contact meer"),
        Term("verwezen, buiten werkterrein"),
        Term("rolconflict"),
        Term("overgedragen"),
        Term("einde aanstelling"),
        Term("dubbel"),
        UNKNOWN,
    ),
)

VERWIJZING: Final = CodeList(
    "verwijzing",
    "Verwezen naar",
    (
        Term("collega-vertrouwenspersoon"),
        Term("huisarts"),
        Term("bedrijfsarts"),
        Term("maatschappelijk werk"),
        Term("psychische hulp"),
        Term("slachtofferhulp"),
        Term("juridisch advies"),
        Term("vakbond"),
        Term("raadsman of ombudsfunctionaris"),
        Term("mediator"),
        Term("hr", label="HR"),
        Term("leidinggevende"),
        Term("meldpunt"),
        Term("klachtencommissie"),
        Term("huis voor klokkenluiders", label="Huis voor Klokkenluiders"),
        Term("toezichthouder"),
        Term("politie"),
        Term("spoedhulp"),
        UNKNOWN,
    ),
)

ROUTE: Final = CodeList(
    "route",
    "Route",
    (
        Term("geen stap", help="Praten is soms genoeg; een volwaardige keuze."),
        Term("zelf aanspreken", help="U helpt woorden vinden en oefent het gesprek."),
        Term("gesprek met steun", help="U gaat mee als steun; u leidt het gesprek niet."),
        Term("leidinggevende betrekken", help="De melder doet dit zelf; u alleen met toestemming."),
        Term("bemiddeling door een derde", help="U bemiddelt niet zelf."),
        Term("interne melding", help="Aan het meldpunt of de leidinggevende uit de regeling."),
        Term("klacht", help="Bij de klachtencommissie; eigen termijnen."),
        Term("externe melding", help="Huis voor Klokkenluiders of bevoegde autoriteit."),
        Term("aangifte", help="Bij de politie; u kunt meegaan."),
        Term("juridische stap", help="Via vakbond, verzekeraar of advocaat."),
        UNKNOWN,
    ),
)

WIJZE: Final = CodeList(
    "wijze",
    "Wijze van verwijzen",
    (
        Term("informatie gegeven", help="U noemde waar de persoon terechtkan. Daar is geen toestemming voor nodig."),
        Term("warm overgedragen", help="U vertelt een ander iets over de persoon. Dat gaat met toestemming."),
        UNKNOWN,
    ),
)

MISSTAND: Final = CodeList(
    "misstand",
    "Vermoeden van misstand (Wbk)",
    (
        Term("nee"),
        Term("de melder vermoedt het"),
        Term("niet besproken"),
        UNKNOWN,
    ),
)

LOOPT_NOG: Final = "loopt nog"

OUTCOMES_IN_REPORTS: Final = (*AFLOOP.codes[:-1], LOOPT_NOG, UNKNOWN.code)

BY_NAME: Final[dict[str, CodeList]] = {
    codes.name: codes
    for codes in (
        ROL,
        VERBONDEN,
        WERKGEBIED,
        THEMA,
        RELATIE,
        KANAAL,
        GEVONDEN_VIA,
        WENS,
        AFLOOP,
        REDEN,
        VERWIJZING,
    )
}

OMGANGSVORMEN: Final = frozenset(THEMA.codes[: THEMA.codes.index("fraude")])
INTEGRITEIT: Final = frozenset(THEMA.codes[THEMA.codes.index("fraude") : THEMA.codes.index("arbeidsconflict")])
BUITEN: Final = frozenset({"arbeidsconflict", "anders buiten werkterrein"})


def fields_of_theme(theme: str) -> frozenset[str]:
    """Return the fields (werkgebied) in which a main theme can lie; `onbekend` is always possible.

    An arbeidsconflict may lie in any field, since undesirable behaviour can grow out of it.
    """
    if theme in OMGANGSVORMEN:
        return frozenset({"ongewenste omgangsvormen", "beide", "onbekend"})
    if theme in INTEGRITEIT:
        return frozenset({"integriteit", "beide", "onbekend"})
    if theme == "anders buiten werkterrein":
        return frozenset({"buiten werkterrein", "onbekend"})
    return frozenset(WERKGEBIED.codes)


FORMAL_COMPLAINT: Final = "klacht ingediend"
"""The outcome of cases that others than the advisor know in full."""

OUTCOMES_OF_A_REPORT: Final = frozenset({"melding gedaan", FORMAL_COMPLAINT})
