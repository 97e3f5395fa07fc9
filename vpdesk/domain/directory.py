"""The directory (sociale kaart): where a person can turn to, from the whole country and from the advisor's own notes.

National bodies are data of the program, without numbers other than 112, since numbers change (DOMAIN §5). What the user
changes or hides of one is kept beside it; everything carries the day on which it was last looked over.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId, DirectoryId
from vpdesk.domain.reminders import add_months

CHECK_MONTHS: Final = 12
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """Somebody to refer to.

    `shipped` is the code of a national body, empty for the user's own; an entry with a `client` is offered for that
    organisation only. `reach` says how to reach it, `when` when to refer, `checked` when it was last looked over.
    """

    id: DirectoryId
    name: str
    kind: str = "onbekend"
    when: str = ""
    reach: str = ""
    note: str = ""
    client: ClientId | None = None
    checked: date | None = None
    hidden: bool = False
    shipped: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("Een adres heeft een naam nodig. Er is niets bewaard; wat u typte, staat er nog.")
        if len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise InvalidValueError(f"De naam is een regel van hoogstens {LONGEST_NAME} tekens. Er is niets bewaard.")
        if self.kind not in taxonomy.VERWIJZING:
            raise InvalidValueError(
                f"‘{self.kind}’ staat niet in de lijst {taxonomy.VERWIJZING.title}. Er is niets bewaard."
            )
        if self.shipped and self.client is not None:
            raise InvalidValueError("Een landelijk adres hoort bij alle organisaties. Er is niets bewaard.")

    def overdue(self, today: date) -> bool:
        """Return whether it was looked over more than a year ago; what was never looked over is not late, but new."""
        return self.checked is not None and add_months(self.checked, CHECK_MONTHS) < today

    def found_by(self, text: str) -> bool:
        """Return whether every word of a text stands somewhere in the entry, whatever capitals and accents."""
        kind = "" if self.kind == taxonomy.UNKNOWN.code else taxonomy.VERWIJZING.label(self.kind)
        whole = _plain(f"{self.name} {kind} {self.when} {self.reach} {self.note}")
        return all(word in whole for word in _plain(text).split())


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _national(code: str, name: str, kind: str, when: str, reach: str = "") -> DirectoryEntry:
    return DirectoryEntry(DirectoryId(0), name, kind, when, reach, shipped=code)


NATIONAL: Final[tuple[DirectoryEntry, ...]] = (
    _national("112", "112", "spoedhulp", "Acuut gevaar.", "112"),
    _national("politie", "Politie, zedenpolitie", "politie", "Strafbaar feit; eerst een informatief gesprek kan."),
    _national("113", "113 Zelfmoordpreventie", "spoedhulp", "Gedachten aan zelfdoding."),
    _national("huisarts", "Huisarts", "huisarts", "Gezondheid; eerste stap naar psychische hulp."),
    _national(
        "bedrijfsarts", "Bedrijfsarts", "bedrijfsarts", "Klachten door het werk; ook spreekuur vóór een ziekmelding."
    ),
    _national("bmw", "Bedrijfsmaatschappelijk werk", "maatschappelijk werk", "Steun dicht bij het werk."),
    _national(
        "slachtofferhulp",
        "Slachtofferhulp Nederland",
        "slachtofferhulp",
        "Gevolgen van een strafbaar feit; steun voor Wbk-melders via het Huis voor Klokkenluiders.",
    ),
    _national(
        "csg",
        "Centrum Seksueel Geweld",
        "slachtofferhulp",
        "Aanranding of verkrachting; het liefst binnen 7 dagen, ook later.",
    ),
    _national("korrelatie", "MIND Korrelatie", "psychische hulp", "Iemand om mee te praten."),
    _national("luisterlijn", "De Luisterlijn", "psychische hulp", "Iemand om mee te praten."),
    _national("veilig thuis", "Veilig Thuis", "spoedhulp", "Geweld thuis."),
    _national(
        "huis advies",
        "Huis voor Klokkenluiders, afdeling Advies",
        "huis voor klokkenluiders",
        "Vermoeden van een misstand, benadeling. Ook u zelf mag vragen.",
    ),
    _national(
        "huis onderzoek",
        "Huis voor Klokkenluiders, afdeling Onderzoek",
        "huis voor klokkenluiders",
        "Verzoek om onderzoek naar benadeling of een misstand.",
    ),
    _national(
        "rechtsbijstand",
        "Raad voor Rechtsbijstand",
        "juridisch advies",
        "Advocaat of mediator voor Wbk-melders, via het Huis voor Klokkenluiders.",
    ),
    _national("loket", "Juridisch Loket", "juridisch advies", "Eerste juridische vraag over werk."),
    _national("vakbond", "Vakbond", "vakbond", "Conflict, ontslag, beoordeling."),
    _national("verzekeraar", "Rechtsbijstandverzekeraar", "juridisch advies", "Conflict, ontslag, beoordeling."),
    _national("advocaat", "Arbeidsrechtadvocaat", "juridisch advies", "Conflict, ontslag, beoordeling."),
    _national(
        "raadsman",
        "Raadsman, P-raadgever of ombudsfunctionaris",
        "raadsman of ombudsfunctionaris",
        "Rechtspositie, binnen grote organisaties.",
    ),
    _national("mediator", "MfN-registermediator", "mediator", "Beide kanten willen praten."),
    _national("uwv", "UWV, deskundigenoordeel", "toezichthouder", "Geschil over ziekte of re-integratie."),
    _national("discriminatie", "Discriminatie.nl", "meldpunt", "Melding of advies over discriminatie."),
    _national(
        "college",
        "College voor de Rechten van de Mens",
        "toezichthouder",
        "Oordeel over ongelijke behandeling.",
    ),
    _national(
        "arbeidsinspectie",
        "Nederlandse Arbeidsinspectie",
        "toezichthouder",
        "De werkgever heeft geen beleid tegen psychosociale arbeidsbelasting.",
    ),
    _national(
        "wbk",
        "Wbk-autoriteiten: ACM, AFM, AP, DNB, IGJ, NZa, ANVS",
        "toezichthouder",
        "Externe melding op hun terrein.",
    ),
    _national("ombudsman", "Nationale ombudsman", "toezichthouder", "Klacht over een overheidsinstantie."),
    _national("ap", "Autoriteit Persoonsgegevens", "toezichthouder", "Misbruik van persoonsgegevens."),
    _national(
        "onderwijs",
        "Vertrouwensinspecteur Onderwijs",
        "toezichthouder",
        "Leerlingen of studenten, ernstige zaken; er is een meldplicht.",
    ),
    _national("igj", "IGJ, Landelijk Meldpunt Zorg", "meldpunt", "Zorg; geweld door een zorgverlener."),
    _national("mores", "Mores", "meldpunt", "Cultuur en media."),
    _national("sport", "Centrum Veilige Sport Nederland", "meldpunt", "Sport."),
    _national(
        "lvv",
        "LVV, beroepsvereniging van vertrouwenspersonen",
        "collega-vertrouwenspersoon",
        "Uw eigen vak, intervisie, commissie van toezicht.",
    ),
    _national(
        "collega",
        "Collega-vertrouwenspersoon",
        "collega-vertrouwenspersoon",
        "Rolconflict, te dichtbij, vakantie.",
    ),
)
_BY_CODE: Final = {entry.shipped: entry for entry in NATIONAL}


def national(code: str) -> DirectoryEntry:
    """Return a national body as it ships; raises InvalidValueError for a code that none has."""
    if code not in _BY_CODE:
        raise InvalidValueError("Dit landelijke adres is er niet. Er is niets bewaard.")
    return _BY_CODE[code]


def whole_directory(kept: Iterable[DirectoryEntry]) -> tuple[DirectoryEntry, ...]:
    """Return the national bodies with what the user changed of them, and the user's own entries, own ones first.

    What was changed of a body that no longer ships stands among the user's own.
    """
    kept = tuple(kept)
    changed = {entry.shipped: entry for entry in kept if entry.shipped in _BY_CODE}
    own = [replace(entry, shipped="") for entry in kept if entry.shipped not in _BY_CODE]
    own.sort(key=lambda entry: (entry.name.casefold(), entry.id))
    return (*own, *(changed.get(entry.shipped, entry) for entry in NATIONAL))
