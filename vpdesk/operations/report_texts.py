"""The standard texts of a report as an organisation has them: the original stays, and what was changed is shown."""

import json
import re
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId
from vpdesk.operations.report_making import TEXTS
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.store.stored import understood
from vpdesk.store.vault import Vault

_BRACES: Final = re.compile(r"\{[^{}]*\}")
_OTHER_PERIOD: Final = ".periode"
_NAMES: Final = {
    "over": "Over dit verslag",
    "over.laag": "Over dit verslag, bij weinig casussen",
    "cijfers.casus": "Zo leest u de cijfers: casus",
    "cijfers.eenmaal": "Zo leest u de cijfers: een keer",
    "cijfers.melding": "Zo leest u de cijfers: melding",
    "cijfers.streepje": "Zo leest u de cijfers: streepje",
    "cijfers.oordeel": "Zo leest u de cijfers: geen oordeel",
    "kort": "Het jaar in het kort",
    "kort.alleen": "Het jaar in het kort, zonder hoofdstukken erna",
    "kort.eenrij": "Waarom er weinig tabellen in staan",
    "kort.totaal": "Waarom er alleen een totaal staat",
    "kort.gekozen": "Waarom er geen verdeling staat",
    "kort.eerder": "Waarom er ook nu geen verdeling staat",
    "kort.interval": "Waarom er geen precies aantal staat",
    "rol": "De vertrouwenspersoon",
    "rol.ondersteunen": "De vertrouwenspersoon: ondersteunen",
    "rol.informeren": "De vertrouwenspersoon: informeren",
    "rol.signaleren": "De vertrouwenspersoon: signaleren",
    "rol.vertrouwelijk": "Vertrouwelijk",
    "rol.grenzen": "Waar vertrouwelijkheid ophoudt",
    "rol.onafhankelijk": "Onafhankelijk",
    "rol.or": "De rol van de ondernemingsraad",
    "ondersteuning": "Ondersteuning",
    "ondersteuning.gesprek": "Ondersteuning: wat een gesprek is",
    "ondersteuning.rol": "Ondersteuning: wie er kwamen",
    "ondersteuning.thema": "Ondersteuning: waarover het ging",
    "ondersteuning.relatie": "Ondersteuning: met wie het speelde",
    "ondersteuning.fase": "Ondersteuning: van praten naar melden",
    "ondersteuning.afloop": "Ondersteuning: hoe het afliep",
    "ondersteuning.onderdeel": "Ondersteuning: per onderdeel",
    "informeren": "Informeren: het hoofdstuk",
    "informeren.tijd": "Informeren: waar de tijd naartoe ging",
    "informeren.laag": "Informeren en vindbaarheid, bij weinig casussen",
    "integriteit": "Bekendheid van het onderwerp integriteit",
    "signalen": "Signalen en trends",
    "advies": "Advies aan de organisatie",
    "vindbaarheid": "Vindbaarheid en toegankelijkheid",
    "aandachtspunten": "Aandachtspunten",
    "gesprek": "Een vast gesprek",
    "opdrachtgever": "Met wie het verslag wordt besproken",
}
"""What each text is called; what is not named here explains numbers and marks, and is the same in every report."""


@dataclass(frozen=True, slots=True)
class StandardText:
    """A text of a report that the user may change: its original, and how this organisation has it."""

    key: str
    name: str
    original: str
    text: str

    @property
    def changed(self) -> bool:
        """Return whether it is not the original."""
        return self.text != self.original


@understood()
def standard_texts(vault: Vault, client_id: ClientId) -> tuple[StandardText, ...]:
    """Return the texts in the order of the report, as an organisation has them."""
    kept = _kept(vault, client_id)
    return tuple(
        StandardText(key, _name(key), original, kept.get(key, original))
        for key, original in STANDARD.items()
        if key.removesuffix(_OTHER_PERIOD) in _NAMES
    )


def save_standard_text(vault: Vault, client_id: ClientId, *, key: str, text: str) -> StandardText:
    """Keep a text for an organisation; empty or as it was, the original holds again.

    Raises:
        InvalidValueError: there is no such text, or words in braces that no report fills in; nothing was changed.
    """
    name = _name(key)
    original, wanted = STANDARD[key], " ".join(text.split())
    strange = set(_BRACES.findall(wanted)) - set(_BRACES.findall(original))
    if strange:
        raise InvalidValueError(
            f"{min(strange)} vult vpdesk in deze tekst niet in. Er is niets veranderd. Schrijf het voluit, of haal de "
            "accolades weg."
        )
    with vault.transaction():
        kept = _kept(vault, client_id)
        kept.pop(key, None)
        if wanted and wanted != original:
            kept[key] = wanted
        if kept:
            vault.settings.put(f"{TEXTS}:{client_id}", json.dumps(kept, ensure_ascii=False))
        else:
            vault.settings.drop(f"{TEXTS}:{client_id}")
    return StandardText(key, name, original, kept.get(key, original))


def _name(key: str) -> str:
    plain = key.removesuffix(_OTHER_PERIOD)
    if key not in STANDARD or plain not in _NAMES:
        raise InvalidValueError("Deze tekst is in elk verslag gelijk en is niet te veranderen.")
    return f"{_NAMES[plain]}, bij een andere periode dan een jaar" if key != plain else _NAMES[plain]


@understood()
def _kept(vault: Vault, client_id: ClientId) -> dict[str, str]:
    found = json.loads(vault.settings.get(f"{TEXTS}:{client_id}", "{}"))
    return {str(key): str(text) for key, text in found.items()}
