"""The code lists of a melding and of what may come of it: kind, identity, recipient, outcome, detriment."""

from typing import Final

from vpdesk.domain.taxonomy import UNKNOWN, CodeList, Term

WBK: Final = "wbk-melding"
OWN_SCHEME: Final = "integriteitsmelding volgens eigen regeling"
COMPLAINT: Final = "klacht ongewenste omgangsvormen"
EXTERNAL: Final = "externe melding"

CONFIDENTIAL: Final = "vertrouwelijk"
ANONYMOUS: Final = "anoniem"

SOORT: Final = CodeList(
    "soort melding",
    "Soort melding",
    (
        Term(WBK, label="Wbk-melding", help="Vermoeden van een misstand. De termijnen van de wet gelden."),
        Term(OWN_SCHEME, help="De termijn staat in de regeling van de organisatie."),
        Term(COMPLAINT, help="Bij de klachtencommissie; de termijn staat in de klachtenregeling."),
        Term(
            EXTERNAL, help="Huis voor Klokkenluiders of bevoegde autoriteit; bindt de werkgever niet aan een termijn."
        ),
        UNKNOWN,
    ),
)

IDENTITEIT: Final = CodeList(
    "identiteit",
    "Identiteit",
    (
        Term("met naam", help="De ontvanger weet wie het is."),
        Term(CONFIDENTIAL, help="U of de ontvanger weet wie het is, en zegt het niemand."),
        Term(ANONYMOUS, help="Niemand weet wie het is, u ook niet."),
        UNKNOWN,
    ),
)

ONTVANGER: Final = CodeList(
    "ontvanger",
    "Ontvanger",
    (
        Term("leidinggevende"),
        Term("meldpunt"),
        Term("integriteitsfunctionaris"),
        Term("klachtencommissie"),
        Term("bestuur"),
        Term("toezichthoudend orgaan"),
        Term("huis voor klokkenluiders", label="Huis voor Klokkenluiders"),
        Term("bevoegde autoriteit"),
        Term("politie"),
        UNKNOWN,
    ),
)

UITKOMST: Final = CodeList(
    "uitkomst procedure",
    "Uitkomst van de procedure",
    (
        Term("gegrond"),
        Term("deels gegrond"),
        Term("ongegrond"),
        Term("niet onderzocht"),
        Term("ingetrokken"),
        Term("niet teruggekoppeld"),
        UNKNOWN,
    ),
)

BENADELING: Final = CodeList(
    "benadeling",
    "Vorm van benadeling",
    (
        Term("contract niet verlengd of ontslag"),
        Term("slechte beoordeling"),
        Term("taken afgenomen"),
        Term("overplaatsing"),
        Term("loopbaan geblokkeerd"),
        Term("pesten of uitsluiten"),
        Term("dreigen of intimideren"),
        Term("slechte referentie"),
        Term("maatregel tegen wie hielp"),
        UNKNOWN,
    ),
)

KIND_OF_ROUTE: Final = {"interne melding": OWN_SCHEME, "klacht": COMPLAINT, "externe melding": EXTERNAL}
"""The routes of a step that are a melding, with the kind that each usually is."""

RECIPIENT_OF_ROUTE: Final = {"interne melding": "meldpunt", "klacht": "klachtencommissie"}
