"""Dutch words in a text that may count people, point at one, name a moment, or compare: patterns, no meanings.

Lists of plain words, so that a user can be told in a sentence why one was marked.
"""

import re
from typing import Final

from vpdesk.domain.wording import MONTHS

_ONES: Final = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TENS: Final = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_TEENS: Final = (
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
_COMPOUND: Final = rf"(?:(?:{'|'.join(_ONES)})(?:en|ën))?(?:{'|'.join(_TENS)})"
_CARDINAL: Final = rf"[ée]én|nul|{'|'.join(_ONES[1:])}|{'|'.join(_TEENS)}|{_COMPOUND}|honderd\w*|tientallen"
_VAGUE: Final = (
    r"geen|enkele|een paar|een enkele|een handvol|een handjevol|een aantal|een tiental|een twintigtal|beide|weinig|veel"
    r"|meerdere|sommige|verschillende|diverse|talloze|alle"
)
_PEOPLE: Final = (
    r"mensen|mens|persoon|personen|medewerk(?:er|ster)s?|werknemers?|melders?|collega(?:’s|'s)?|getuigen?|vrouw(?:en)?"
    r"|man(?:nen)?|leidinggevenden?|slachtoffers?|betrokkenen?|stagiairs?|leerlingen|cliënten|klagers?|beklaagden?"
)
_COUNTED: Final = (
    rf"casus(?:sen)?|melding(?:en)?|klacht(?:en)?|gesprek(?:ken)?|zaken|zaak|incident(?:en)?|keren|keer|{_PEOPLE}"
)

EVERYDAY: Final = frozenset({"organisatie", "collega", "klant", "medewerker", "leidinggevende", "melder", "anders"})
"""Labels of the code lists that a text about the organisation can't do without."""

PEOPLE: Final = re.compile(rf"\s+(?:[\w’'-]+\s+)?(?:{_PEOPLE})\b", re.IGNORECASE)
"""People right after a number: the numbers of a report count cases, not people."""

COUNTS: Final = (
    re.compile(rf"\b(?:{_CARDINAL}|{_VAGUE})\s+(?:[\w’'-]+\s+)?(?:{_COUNTED})\b", re.IGNORECASE),
    re.compile(r"\b(?:niemand|de enige|dezelfde leidinggevende|allebei|zelden|een keer|eenmaal)\b", re.IGNORECASE),
    re.compile(rf"\b(?:{'|'.join(_ONES[1:])}|{'|'.join(_TEENS)})maal\b", re.IGNORECASE),
    re.compile(
        r"\b(?:de helft|een kwart|driekwart|(?:een|[ée]én|twee) derde|het merendeel|de meerderheid|een minderheid"
        r"|(?:een|[ée]én|twee|drie) op de \w+)\b",
        re.IGNORECASE,
    ),
)

COMPARED: Final = re.compile(
    r"\b(?:(?:het |de )?(?:meeste?|minste?|vaakst|grootste|kleinste)|bijna alle|vooral|meer dan|minder dan|vaker"
    r"|minder vaak|toename|afname|stijging|daling|gestegen|gedaald|verdubbeld|gehalveerd|toegenomen|afgenomen"
    rf"|drukker|rustiger|(?:nam|namen|neemt|nemen) (?:toe|af)|(?:meer|minder) (?:{_COUNTED}))\b",
    re.IGNORECASE,
)

_FUNCTIONS: Final = (
    r"teamleider|teamleidster|directeur|directrice|manager|managers|afdelingshoofd|sectiehoofd|bestuurder|wethouder"
    r"|burgemeester|secretaris|coördinator|planner|docent|docente|leraar|lerares|juf|arts|verpleegkundige"
    r"|praktijkondersteuner|chauffeur|kok|receptionist|receptioniste|stagiair|stagiaire|uitzendkracht|vrijwilliger"
    r"|monteur|voorman|ploegleider|leidinggevende|collega|hoofdredacteur|penningmeester|voorzitter"
)
_TOLD: Final = (
    r"vertel\w*|verteld\w*|zei|zegt|meldde|meldt|kwam|komt|voelde|voelt|wilde|wil|durfde|durft|vroeg|vraagt|werd|werkt"
    r"|werkte|vertrok|ging|had|heeft|was|is"
)

PERSONS: Final = (
    re.compile(rf"\b(?:hij|zij|ze)\s+(?:{_TOLD})\b", re.IGNORECASE),
    re.compile(rf"\b(?:de|een|deze|die|dezelfde)\s+(?:[\w’'-]+\s+)?(?:{_FUNCTIONS})\b", re.IGNORECASE),
    re.compile(
        r"\b(?:een|[ée]én|de|deze|die)\s+(?:[\w’'-]+\s+)?(?:medewerker|medewerkster|vrouw|man|melder|klager|slachtoffer)\b",
        re.IGNORECASE,
    ),
)

MOMENTS: Final = re.compile(
    rf"\b(?:(?:begin|eind|half|sinds|vanaf|tot|in|op \d{{1,2}})\s+(?:{'|'.join(MONTHS)})"
    r"|in (?:het|de) (?:voorjaar|najaar|zomer|winter|lente|herfst|vakantie)"
    r"|(?:vorige|afgelopen|deze) (?:week|maand)|het (?:eerste|tweede|derde|vierde|laatste) kwartaal)\b",
    re.IGNORECASE,
)
