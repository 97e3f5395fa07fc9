"""The columns that an import knows, and the other Dutch names under which sheets hold them and their values."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.phases import PHASE_UNKNOWN, Phase
from vpdesk.domain.taxonomy import CodeList, Term

FASE: Final = CodeList(
    "fase",
    "Fase",
    (*(Term(phase.value) for phase in Phase if phase is not Phase.AFGESLOTEN), Term(PHASE_UNKNOWN)),
)
AFLOOP: Final = CodeList("afloop", "Afloop", (*taxonomy.AFLOOP.terms, Term(taxonomy.LOOPT_NOG)))

CODE_LISTS: Final[dict[str, CodeList]] = {
    "rol": taxonomy.ROL,
    "werkgebied": taxonomy.WERKGEBIED,
    "thema": taxonomy.THEMA,
    "relatie": taxonomy.RELATIE,
    "fase": FASE,
    "afloop": AFLOOP,
    "gevonden_via": taxonomy.GEVONDEN_VIA,
    "verbonden": taxonomy.VERBONDEN,
}

COLUMNS: Final = (
    "datum",
    "afgesloten",
    "rol",
    "werkgebied",
    "thema",
    "relatie",
    "onderdeel",
    "fase",
    "afloop",
    "gesprekken",
    "minuten",
    "gevonden_via",
    "verbonden",
    "notitie",
)
VALUE_COLUMNS: Final = (*CODE_LISTS, "onderdeel")

_COLUMN_SYNONYMS: Final = {
    "geopend": "datum",
    "geopend op": "datum",
    "begindatum": "datum",
    "startdatum": "datum",
    "datum eerste gesprek": "datum",
    "einddatum": "afgesloten",
    "gesloten": "afgesloten",
    "afgesloten op": "afgesloten",
    "datum afgesloten": "afgesloten",
    "hoofdthema": "thema",
    "relatie tot de ander": "relatie",
    "organisatieonderdeel": "onderdeel",
    "afdeling": "onderdeel",
    "aantal gesprekken": "gesprekken",
    "aantal minuten": "minuten",
    "verbonden als": "verbonden",
    "notities": "notitie",
    "opmerking": "notitie",
    "opmerkingen": "notitie",
}

_VALUE_SYNONYMS: Final[dict[str, dict[str, str]]] = {
    "rol": {"derde": "naaste", "adviesvrager": "leidinggevende"},
    "werkgebied": {
        "omgangsvormen": "ongewenste omgangsvormen",
        "ongewenst gedrag": "ongewenste omgangsvormen",
        "integriteitsschending": "integriteit",
    },
    "thema": {
        "agressie": "agressie en geweld",
        "geweld": "agressie en geweld",
        "agressie/geweld": "agressie en geweld",
        "arbeidsconflicten": "arbeidsconflict",
        "discriminatie en racisme": "discriminatie",
    },
    "relatie": {"nvt": "niet van toepassing", "n.v.t.": "niet van toepassing", "team": "groep"},
    "fase": {"melding": "meldingsfase", "nazorg": "nafase"},
    "afloop": {"lopend": "loopt nog", "open": "loopt nog", "geen actie": "geen actie gewenst"},
    "gevonden_via": {"bmw": "maatschappelijk werk", "collega's": "collega"},
    "verbonden": {"werknemer": "medewerker", "zzp": "inhuur", "stage": "stagiair"},
}

EMPTY: Final = frozenset({"", "-", "–"})


@lru_cache(maxsize=4096)  # a sheet repeats the same few values row after row
def plain(text: str) -> str:
    """Return a name as it is compared: lower case, single spaces, no underscores."""
    return " ".join(re.split(r"[\s_]+", text.strip().casefold())).strip()


_COLUMNS_BY_NAME: Final = {plain(name): name for name in COLUMNS} | _COLUMN_SYNONYMS
_CODES_BY_NAME: Final = {
    column: {plain(term.shown): term.code for term in codes.terms}
    | {plain(term.code): term.code for term in codes.terms}
    | _VALUE_SYNONYMS[column]
    for column, codes in CODE_LISTS.items()
}


def known_column(name: str) -> str | None:
    """Return the column of vpdesk that a column of a sheet means by its own name, None when it is not known."""
    return _COLUMNS_BY_NAME.get(plain(name))


def known_code(column: str, value: str) -> str | None:
    """Return the code that a value means by its own name, None when it is not known; an empty value is `onbekend`."""
    if value.strip() in EMPTY:
        return taxonomy.UNKNOWN.code
    return _CODES_BY_NAME[column].get(plain(value))


@lru_cache
def _mentioned(column: str) -> dict[str, str]:
    """Return the code in whose explanation a word stands, the first one in order of the list."""
    found: dict[str, str] = {}
    for term in CODE_LISTS[column].terms:
        for word in re.findall(r"[\w-]+", term.help):
            found.setdefault(plain(word), term.code)
    return found


def likely_code(column: str, value: str) -> str | None:
    """Return the code whose explanation mentions the value: a hint for a person, never a decision."""
    return _mentioned(column).get(plain(value))
