"""What an advisor does not do, and what helps instead: offered when such a thing is typed as a step (DOMAIN §1)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class RoleHelp:
    """What is outside the role, how it is recognised, and what to do instead."""

    code: str
    text: str
    pattern: re.Pattern[str]


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})" for pattern in patterns))


_OTHER: Final = r"(?:de |het |die |deze )?(?:betrokkene|collega|leidinggevende|manager|chef|baas|ander)"

OUTSIDE: Final = (
    RoleHelp(
        "corrigeren",
        "De betrokkene corrigeren hoort niet bij uw rol: dat kiest de persoon zelf, of de leidinggevende doet het. "
        "U kunt het gesprek voorbereiden, oefenen of als steun meegaan.",
        _words(
            rf"(?:ik (?:ga |zal )?)?{_OTHER} (?:zelf )?(?:corrigeren|terechtwijzen|waarschuwen|tot de orde roepen)",
            rf"ik (?:corrigeer|waarschuw|spreek) {_OTHER}",
            rf"ik (?:ga|zal) {_OTHER} (?:zelf )?aanspreken",
            r"zelf corrigeren\b",
        ),
    ),
    RoleHelp(
        "onderzoek",
        "Onderzoek doen hoort niet bij uw rol: wie onderzoekt, kan niet meer naast de persoon staan. U kunt uitleggen "
        "wie het onderzoek doet, en samen nagaan wat de persoon zelf weet en bewaart.",
        _words(
            r"onderzoek doen\b",
            r"(?:zelf|ga|zal|even) (?:het )?(?:onderzoeken|uitzoeken|navragen)\b",
            r"ik (?:onderzoek|zoek uit)\b",
            r"getuigen (?:horen|spreken|bevragen|benaderen)\b",
            r"bewijs (?:verzamelen|zoeken)\b",
            r"hoor en wederhoor\b",
        ),
    ),
    RoleHelp(
        "oordelen",
        "Beoordelen of het waar is hoort niet bij uw rol: dat doet wie de melding of de klacht behandelt. U kunt "
        "helpen om feiten, data en eigen waarneming uit elkaar te houden.",
        _words(
            r"(?:beoordelen|vaststellen|bepalen|nagaan|uitzoeken) of (?:het|dit|dat) (?:waar|klopt|echt)",
            r"of het waar is\b",
            r"wie (?:er )?gelijk heeft\b",
            r"waarheids?vinding\b",
            r"beoordelen\b.{0,40}\b(?:waar|klopt|terecht|gegrond)\b",
        ),
    ),
)


def role_help(text: str) -> RoleHelp | None:
    """Return help for the first thing in a text that an advisor does not do, None when there is nothing of the kind.

    Capitals and accents make no difference. It offers; it never blocks.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = " ".join(plain.split())
    return next((help_ for help_ in OUTSIDE if help_.pattern.search(plain)), None)
