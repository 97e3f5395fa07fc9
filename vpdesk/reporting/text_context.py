"""What a whole sentence says about a word in it: whether it tells what happened, or is about the organisation.

The same word may tell on somebody (*de rechtbank wees het af*) and be plain advice (*wie wil, kan naar de rechtbank*).
"""

import functools
import re
from collections.abc import Iterable
from typing import Final

SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?![a-z])|\n")
"""Where a sentence ends: not after a shortened word before a small letter."""

_STRONG: Final = (
    r"was|waren|had|hadden|werd|werden|kwam|kwamen|ging|gingen|kreeg|kregen|deed|deden|zei|zeiden|zag|zagen|liet"
    r"|lieten|bleef|bleven"
    r"|bleek|bleken|vroeg|vroegen|sprak|spraken|schreef|schreven|riep|riepen|schold|scholden|sloeg|sloegen|trok"
    r"|trokken|viel|vielen"
    r"|hield|hielden|liep|liepen|zat|zaten|stond|stonden|lag|lagen|nam|namen|gaf|gaven|vond|vonden|dacht|dachten"
    r"|bracht|brachten"
    r"|zocht|zochten|verloor|verloren|koos|kozen|loog|logen|vloog|vlogen|wees|wezen|bood|boden|bedroog|bedrogen|stal"
    r"|greep|grepen"
    r"|schoof|sloot|sloten|begon|begonnen|verliet|verlieten|verdween|verdwenen|ontstond|ontstonden|droeg|droegen|wist"
    r"|wisten|moest"
    r"|moesten|wilde|wilden|kon|konden|mocht|mochten|hing|hingen|dronk|zweeg|zwegen|schrok|schrokken|trof|troffen"
    r"|kneep|beet|vocht"
    r"|vochten|stierf|boog|bogen|schoot|kocht|kochten|wierp|smeet|keek|keken|hielp|hielpen|las|lazen|at|aten|brak"
    r"|braken|dwong|dwongen|floot|floten|genoot|kroop|meed|prees|rook|schonk|sneed|sneden|sprong|sprongen|steeg"
    r"|stegen|streed|wreef|zwoer|leek|leken|verscheen|verschenen|ving|vingen|zonk|zong|dook|stonk|sliep|trad|traden"
    r"|gebeurden?|gebruikten?"
    r"|eisten?|pasten?|losten?|kuste|misten?|kwetste|plaatsten?|verraste"
    r"|gebruikte\w*|geloofde\w*"
)
_PREFIX: Final = r"(?:aan|achter|af|be|bij|door|er|ge|her|in|mee|na|om|ont|op|over|tegen|terug|toe|uit|ver|voor|weg)"
_NO_PAST: Final = (
    r"slotte|maanden|tenslotte|\w*gerelateerde|\w*gerichte|aangiften?|behoeften?|ziekten?|drukte|diepte|zwakte"
    r"|concepten"
    r"|recepten|liefde|garde|\w*ende[n]?|[vw]aarde"
    r"|waarden|\w*orde|einde|derde|derden|tweede|vierde|aarde|\w*melden|houden|beelden|velden"
    r"|gelden|handen|landen"
    r"|banden|worden|vinden|zenden|binden|\w*antwoorden|zetten|letten|wetten|\w*rande|ronde|\w*kunde|\w*kundige"
    r"|uitbuiten|schulden"
    r"|harde|blinde|gezonde|vreemde|wonden|honden|vrienden|monden|bonden|aanvaarden|voorbeelden|\w*standen|\w*rugde"
    r"|gesprekken|stukken|grote|laatste|zwarte|oude|be(?:voegde|kende|oogde|doelde|noemde)|(?:on)?ge\w+[dt]en?|goede"
)
PAST: Final = (
    rf"(?:{_PREFIX})?(?:{_STRONG})"
    rf"|(?!(?:{_NO_PAST})\b)\w{{2,}}(?:[bdglmnrvwyz]den?|aaide|ooide|euwde|[fkp]ten?|chtten?|tte)"
)
"""A verb in the past, as a rule of thumb: strong ones by name, weak ones by how they end."""

_PARTICIPLE: Final = (
    r"\w{0,8}ge(?!sprek|val|geven|bruike|drag|bied|bouw|heel|zond|meent|lijk|voel|richt\b|schikt\b"
    r"|wenst\b)\w{2,}(?:[dt]|en)|(?!verplicht|bekend|bevoegd|vereist|bedoeld|verantwoord|bereid\b|beschermd|vertrouwd"
    r"|verdeeld)(?:be|ver|ont|her)\w{3,}[dt]"
    r"|(?:be|ver|ont)(?:komen|laten|gaan|slagen|dwenen|loren|trokken|broken)|\w*(?:geëindigd|beëindigd)"
    r"|gevallen(?=\s*(?:[.,;!?]|$))|onder(?:zocht|tekend|schept|handeld|broken|mijnd)|over(?:tuigd|leden|treden"
    r"|vallen|reden)|mis(?:bruikt|handeld|leid)"
)
_HAPPENED: Final = re.compile(
    rf"\b(?:{PAST})\b|\b(?:is|zijn|heeft|hebben|ben|heb)\b[^.!?\n]*?\b(?:{_PARTICIPLE})\b"
    r"|\b(?:inmiddels|ligt\s+(?:nu|nog)|loopt\s+(?:nu|nog)|dit\s+jaar|sindsdien|intussen|momenteel)\b",
    re.IGNORECASE,
)
_GENERAL: Final = re.compile(
    r"\b(?:kan|kunt|kunnen|mag|mogen|moet|moeten|hoort|horen|hoeft|hoeven|zou|zouden|mogelijk|indien|wanneer|wie"
    r"|als\s+(?:iemand|dat|er|het|een)"
    r"|soms|verplicht|verbiedt|wet|regelt|regeling\w*|protocol\w*|procedure\w*|gedragscode|verwijst|verwijzen|bedoeld"
    r"|betekent|bestaat|bestaan"
    r"|helpt|voorkomt|voorkomen|vraagt|vragen|is\s+(?:een|geen|aan|iets)|beslist|beoordeelt|oordeelt)\b",
    re.IGNORECASE,
)

ORGANISED: Final = (
    r"\w*codes?|\w*regeling(?:en)?|\w*reglement(?:en)?|\w*protocol(?:len)?|\w*beleid\w*|\w*procedures?|\w*routes?"
    r"|\w*verslag(?:en)?"
    r"|aanbeveling(?:en)?|advies|adviezen|\w*voorlichting(?:en)?|\w*bijeenkomst(?:en)?|workshops?|\w*training(?:en)?"
    r"|e-learning|intranet"
    r"|website|posters?|folders?|flyers?|kaartjes?|nieuwsbrief|(?:telefoon)?nummers?|contactgegevens|introductie\w*"
    r"|spreekuren|spreekkamers?"
    r"|spreekruimte|portefeuille|middelen|vertrouwensperso(?:on|nen)|vertrouwenswerk|informatie|verbeterpunten"
    r"|themadag(?:en)?|dialoogsessies?|sociale\s+veiligheid|locaties|vestigingen|artikel|interview|samenvatting"
    r"|plan\s+van\s+aanpak"
)
"""What an organisation makes, does and decides on, and everybody in it may know."""

_ABOUT_IT: Final = re.compile(rf"\b(?:{ORGANISED})\b", re.IGNORECASE)
_ABOUT_SOMEBODY: Final = re.compile(
    r"\b(?:\w*conflict\w*|\w*incident\w*|voorval\w*|zaak|kwesties?|casus\w*|\w*klacht(?:en)?|geklaagd|klaag\w*"
    r"|meldde\w*|melding(?:en)?|melders?"
    r"|bellers?|betrokkenen?|iemand|hij|hem|zij|ze|haar\s+(?:contract|rooster|gedrag|baan|positie|functie)|ruzie\w*"
    r"|boos|boze|angst\w*|bang\w*|\w*schreeuw\w*"
    r"|huil\w*|onveilig\w*|\w*gedrag\s+van|spanning(?:en)?|druk|drukker|weiger\w*|tegen|gesprek(?:ken)?|kwam(?:en)?"
    r"|gebeld|belde\w*|mis|erger|onrust"
    r"|vertrok\w*|vertrek|weg|opgestapt|ontsl\w+|ziek\w*|verlof|gepest|probleem|problemen|hardnekkig|berucht"
    r"|slecht\w*)\b",
    re.IGNORECASE,
)
_METHOD: Final = re.compile(
    r"\b(?:noemt|noemen|vermeldt|vermelden|toont|tonen|drukt|verbergt|verbergen)\b(?=[^.!?\n]*\b(?:aantal(?:len)?"
    r"|getal(?:len)?|cijfers?)\b)"
    r"|\bgenoemd\s+worden\b",
    re.IGNORECASE,
)
_OF_THIS_YEAR: Final = re.compile(
    r"\b(?:ligt|lag|blijft|bleef|bleven|blijven|zit|zat|kwam\w*|waren|was|dit\s+jaar|daarom|dus|omdat|want|nu"
    r"|gebleven|gekomen|uitkwam)\b",
    re.IGNORECASE,
)

_SUBJECT: Final = re.compile(
    rf"\W*(?:De|Het|Onze|Mijn|Er\s+(?:is|was|zijn|waren)\s+(?:meer"
    rf"|minder))\s+(?:aantal\s+)?(?:[\w’'-]+e\s+)?(?:{ORGANISED}|organisatie)\b"
)
_ANYTHING: Final = re.compile(r"\b(?:het|er|ze|zij|dat|dit|die|aantal(?!\s+bijeenkomsten)|aantallen)\b")

_NOBODYS: Final = re.compile(
    rf"\b(?:{ORGANISED}|ik|wij|we|mijn|ons|onze|organisaties?|directie|leiding|leidinggevenden|ondernemingsraad"
    rf"|bestuur|bestuurders?|werkgevers?"
    r"|raad\s+van\s+\w+|medewerkers|samenwerking|\w*overleg|onderwerp(?:en)?|evaluatie|vragen|aandacht|uitleg|teams?"
    r"|regels|taken|afspraken"
    r"|risico-inventarisatie|\w*wet|netwerk|certificering|cursus(?:sen)?|\w*kaart|ruimte|huisvesting|gebouw|arbo\w*"
    r"|\w*programma|campagne|film(?:pje)?"
    r"|theater\w*|bladzijden?|leidraad|toolbox|stand|week\s+van\s+de|cijfers|streepjes?|namen|loket(?:ten)?"
    r"|telefoonnummer|vindbaarheid|bereikbaarheid"
    r"|opleiding(?:en)?|scholing|contactpersonen|deelnemers|opkomst|plannen|werkplan|begroting|opdrachtgever"
    r"|vakgenoten|intervisie)\b",
    re.IGNORECASE,
)
_TELLS: Final = re.compile(rf"\b(?:{PAST})\b|\ber\s+(?:is|zijn)\b[^.!?\n]*?\b(?:{_PARTICIPLE})\b", re.IGNORECASE)
_AS_A_RULE: Final = re.compile(
    r"\d|\b(?:casus(?:sen)?|elke?|iedere?|telt|tellen|betekent|wie|als|kan|kunnen|mag|mogen|moet|moeten|hoeft|hoort"
    r"|zou|zouden|wanneer"
    r"|indien|welke?|hoe"
    r"|waar)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterable[tuple[int, int]]:
    """Yield where each sentence of a text as it is read begins and ends."""
    start = 0
    for found in SENTENCE_END.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


class Sentence:
    """One sentence of a text, and what it says as a whole, each looked up once."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.words = text[start:end]

    @classmethod
    def all_of(cls, text: str) -> "tuple[Sentence, ...]":
        """Return the sentences of a text as it is read."""
        return tuple(cls(text, start, end) for start, end in sentences(text) if end > start)

    def find(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Return what a pattern finds in it, by its place in the whole text."""
        return list(pattern.finditer(self.text, self.start, self.end))

    @functools.cached_property
    def happened(self) -> bool:
        """Whether it tells what happened, and not only what may happen or how it goes as a rule."""
        return _HAPPENED.search(self.words) is not None

    @functools.cached_property
    def general(self) -> bool:
        """Whether it says what may be, must be or always is, and tells of nothing that happened."""
        return _GENERAL.search(self.words) is not None and not self.happened

    @functools.cached_property
    def organised(self) -> bool:
        """Whether it is about what the organisation made or did, without a word about who came and why."""
        return _ABOUT_IT.search(self.words) is not None and not self.about_somebody

    @functools.cached_property
    def about_somebody(self) -> bool:
        """Whether it has a word about who came and why."""
        return _ABOUT_SOMEBODY.search(self.words) is not None

    @functools.cached_property
    def tells(self) -> re.Match[str] | None:
        """The verb with which it tells what happened, where nothing in it is about the organisation or the writer."""
        if _NOBODYS.search(self.words) or _AS_A_RULE.search(self.words):
            return None
        return _TELLS.search(self.text, self.start, self.end)

    @functools.cached_property
    def advises(self) -> bool:
        """Whether it tells of nothing that happened and of nobody: where people can go, as a rule."""
        return self.general and not self.about_somebody

    @functools.cached_property
    def compares_itself(self) -> bool:
        """Whether it compares only what the organisation made or did: more meetings, better attended."""
        subject = _SUBJECT.match(self.words)
        return subject is not None and self.organised and _ANYTHING.search(self.words, subject.end()) is None

    @functools.cached_property
    def of_the_method(self) -> bool:
        """Whether it explains when a report leaves a number out, and doesn't say that this one did."""
        return _METHOD.search(self.words) is not None and _OF_THIS_YEAR.search(self.words) is None
