"""What followed in a single matter: discipline, law, leaving, the press, the authorities; and who was accused in it.

Whoever reads that a court decided knows which matter that was. The same words in a rule (*aangifte is mogelijk*) tell
nothing, so each is weighed with its sentence.
"""

import re
from collections.abc import Iterable
from typing import Final

from vpdesk.reporting.text_context import PAST, Sentence

_DISCIPLINE: Final = (
    r"berisp\w*|schorsing|geschorst\w*|(?:op\s+)?non-?\s?actief\w*|op\s+staande\s+voet|(?:officiële|schriftelijke"
    r"|laatste|formele)\s+waarschuwing"
    r"|(?:kreeg|kregen|gaf|gegeven)\s+(?:\w+\s+){0,2}waarschuwing\w*|disciplinair\w*\s+(?:straf\w*|maatregel\w*"
    r"|gestraft)|strafontslag|(?<!vrijwillig\s)ontslagen|ontslagname"
    r"|ontslag\s+(?:genomen|gekregen|aangezegd|verleend)|overgeplaatst\w*|overplaatsing"
    r"|op\s+een\s+andere\s+plek\s+gezet|demotie|gedegradeerd|teruggezet|ontheven|uit\s+(?:de|zijn|haar)\s+functie"
    r"|opgestapt|teruggetreden|(?:functie|taken|werk)\s+neergelegd|verbetertraject\w*|excuses?|spijt\s+betuigd"
    r"|gerehabiliteerd|rehabilitatie"
    r"|uit\s+elkaar\s+gehaald|op\s+het\s+matje|vertrekregeling|(?:een|de)\s+toegangsverbod|toegang\s+ontzegd"
    r"|geroyeerd|uit\s+dienst"
)
_LEFT: Final = (
    r"nieuwe\s+uitdaging|afscheid\s+(?:genomen|nam|namen)|niet\s+(?:meer|langer)\s+(?:onder\s+ons|in\s+dienst"
    r"|werkzaam|te\s+zien|aanwezig|verbonden)|vroegpensioen|vervroegd\s+pensioen"
    r"|elders\s+(?:verder|aan\s+de\s+slag|aan\s+het\s+werk|gaan\s+werken|ondergebracht|geplaatst)"
    r"|wegen\s+(?:zijn\s+)?(?:gescheiden|scheiden|scheidden)|(?:stoel|stoelen|plek|plekken|plaats|bureau"
    r"|kamer)\s+(?:is|zijn|bleef|bleven|was|waren|staat|staan)\s+(?:nu\s+|al\s+|sindsdien\s+)?leeg"
    r"|voor\s+gezien|ruimte\s+gemaakt\s+voor|nieuw\s+leiderschap|wisseling\s+van\s+de\s+wacht|schoon\s+schip"
    r"|de\s+laan\s+uit|het\s+veld\s+(?:ge)?ruim\w*|de\s+eer\s+aan\s+(?:haar|zijn|zich)\w*|bloemetje"
    r"|met\s+stille\s+trom|een\s+stap\s+terug|een\s+stapje\s+terug"
    r"|(?:vertrok|vertrokken|vertrek\s+van)(?!\s+(?:de\s+vertrouwenspersoon|een\s+vertrouwenspersoon))"
    r"|bleef\s+(?:\w+\s+)?(?:iemand\s+)?weg|niet\s+langer\s+aan\w*|(?:een|de)\s+(?:promotie|benoeming|sollicitatie"
    r"|beoordeling)\s+(?:viel|ging|leidde|zette|werd|kwam|bleek)"
)
_GONE: Final = (
    r"(?:heeft|hebben|had|hadden)\s+(?:\w+\s+){0,3}?(?:de|het|onze|ons)\s+(?:organisatie|bedrijf|gemeente|instelling"
    r"|school|afdeling|dienst|team)\s+(?:\w+\s+)?verlaten"
    r"|verliet(?:en)?\s+(?:\w+\s+){0,3}?(?:de|het|onze|ons)\s+(?:organisatie|bedrijf|gemeente|instelling|school"
    r"|afdeling|dienst|team)"
)
"""Somebody left, told as what happened; *wie de organisatie heeft verlaten* is about anybody, and has another order."""

_CONTRACT: Final = (
    r"(?:arbeids)?(?:overeenkomst|contract|dienstverband|samenwerking|aanstelling|opdracht|stage"
    r"|relatie)\w*\s+(?:\S+\s+){0,5}"
    r"(?:beëindigd|ontbonden|opgezegd|stopgezet|verbroken|niet\s+(?:werd\s+|is\s+)?verlengd|afgebroken)"
    r"|niet\s+verlengd\s+contract|(?:verloor|kwijt)\s+(?:\w+\s+){0,2}(?:contract|baan|werk)"
)
_LAW: Final = (
    r"vaststellingsovereenkomst\w*|vso|schikking\w*|geschikt\s+met|kantonrechter|rechtbank\w*|gerechtshof|rechtszaak"
    r"|rechtszaken|kort\s+geding|hoger\s+beroep"
    r"|in\s+beroep|cassatie|vonnis\w*|dagvaard\w*|gedagvaard|aangehouden|aanhouding|gearresteerd|arrestatie"
    r"|huiszoeking|verhoord|zeden(?:politie|zaak|recherche|delict\w*|misdrijf)"
    r"|rechercheurs?|recherche|openbaar\s+ministerie|officier\s+van\s+justitie|strafzaak|strafrechtelijk\s+\w+"
    r"|geseponeerd|sepot|veroordeeld\w*|veroordeling|vrijgesproken|vrijspraak|tuchtrecht\w*|tuchtzaak"
    r"|(?:on)?gegrond|onvoldoende\s+bewijs|hogere\s+instantie|onder\s+de\s+rechter|toga|erover\s+gebogen"
    r"|bewezen\s+(?:verklaard|geacht)|schuldig\s+bevonden"
    r"|niet-?\s?ontvankelijk\w*|in\s+het\s+gelijk\s+gesteld|in\s+het\s+ongelijk"
    r"|schadevergoeding\w*|schadeloos\w*|smartengeld|afkoopsom|afkoop\w*|transitievergoeding|zwijgcontract\w*"
    r"|geheimhoudingsverklaring\w*|beslag\s+gelegd|faillissement"
)
_ACCUSED: Final = (
    r"daders?|aangeklaagden?|beklaagden?|beschuldigden?|aangesprokenen?|verdachten?(?!\s+(?:situatie|omstandig))"
    r"|weder\s?partij|tegenpartij"
    r"|slachtoffers?|gedupeerden?|benadeelden?|mikpunt|pispaal|doelwit|zondebok|klokkenluider|belaagden?"
    r"|beide\s+partijen|de\s+partijen|partijen\s+(?:kwamen|troffen|sloten|werden|zijn|hebben)"
)
_PRESS: Final = (
    r"\w*krant(?:en)?|journalist\w*|\w*omroep|pers|persbericht|media|televisie|tv|radio|nieuws(?:site)?|facebook"
    r"|linkedin|instagram|tiktok|twitter|podcast|voorpagina"
)
_AUTHORITIES: Final = (
    r"politie|wijkagent|\w*inspectie|huis\s+voor\s+klokkenluiders|toezichthouder|igj|autoriteit\s+persoonsgegevens"
    r"|fiod|nvwa|\w*ombudsman|advoca(?:at|te|ten)|raads(?:man|vrouw)"
    r"|vakbond|rechter|forensisch\s+\w+|recherchebureau|onderzoeksbureau|extern\w*\s+(?:bureau|onderzoek(?:er|ster"
    r"|bureau)?|partij)|bezwarencommissie|geschillencommissie|mediator|mediation|arbiter"
    r"|klachtencommissie|commissie|aangifte|feitenonderzoek|ambulance|crisisdienst|jeugdzorg|veilig\s+thuis"
)
_NOT_ONE: Final = (
    r"(?:bijeenkomst|workshop|training|voorlichting|uitgenodigd|gastspreker|overleg\s+met|regeling|reglement"
    r"|gedragscode|protocol|nieuwsbrief"
    r"|interview|column|artikel\s+over|samenstelling|benoemd|ingesteld|jaarverslag|vacature|publiceerde"
    r"|in\s+het\s+algemeen|beleid)"
)
_MATTER: Final = r"zaak|kwestie|casus|klacht|melding|conflict|incident|voorval|affaire|akkefietje|aangifte|onderzoek"

_SURE: Final = re.compile(rf"\b(?:{_DISCIPLINE}|{_LEFT}|{_GONE}|{_CONTRACT}|{_LAW})(?!\w)(?!-?hulp)", re.IGNORECASE)
_CALLED: Final = re.compile(rf"\b(?:{_ACCUSED})(?!\w)(?!-?hulp)", re.IGNORECASE)
_INVOLVED: Final = re.compile(rf"\b(?:{_PRESS}|{_AUTHORITIES})(?!\w)", re.IGNORECASE)
_ORDINARY: Final = re.compile(rf"\b{_NOT_ONE}", re.IGNORECASE)
_COURSE: Final = re.compile(
    rf"\b(?:(?:de|deze|die|het|dit|dat)\s+(?:[\w’'-]+e\s+)?(?:{_MATTER})\s+(?:(?:ook|inmiddels|nu|nog|later"
    rf"|alsnog)\s+)?"
    rf"(?:{PAST}|ligt|loopt|rust|sleept|kent)"
    r"|(?:het|dit|dat)\s+(?:incident|voorval|akkefietje|conflict)"
    r"|onderzoek\s+(?:wees|toonde|leverde|bevestigde|bracht|liep|is\s+(?:afgerond|gestart|ingesteld))"
    r"|(?:na|door|wegens|vanwege)\s+(?:het|een|dit|dat)\s+(?:incident|voorval|onderzoek\s+volgde|ruzie|conflict)"
    r"|(?:na|wegens|vanwege)\s+(?:ruzie|conflict)|(?:casus|zaak|kwestie|affaire)\s+(?-i:[A-ZÀ-Þ])[\w’'-]+"
    r"|(?:van|bij|na|sinds)\s+(?:de\s+)?(?:beller|melder|klager)s?\s+(?:is|zijn|werd\w*|kreeg|kregen)"
    r"|tot\s+(?:\w+\s+)?(?:gesprek(?:ken)?|melding(?:en)?|klacht(?:en)?)\s+leid\w+|leid(?:de"
    r"|den)\s+tot\s+(?:\w+\s+)?(?:gesprek(?:ken)?|melding(?:en)?|klacht(?:en)?)"
    r"|na\s+de\s+(?:melding|klacht)\s+(?:werd\w*|kreeg|kregen|volgde|moest|is|zijn))\b",
    re.IGNORECASE,
)
_TURN: Final = re.compile(
    r"\b(?:(?:sinds|na|rond|rondom|tijdens|vlak\s+voor|voor|vanaf|bij|op|door)\s+(?:de|het"
    r"|een)\s+(?:[\w’'-]+e\s+)?(?:fusie|reorganisatie|verhuizing|overname"
    r"|verbouwing|komst|vertrek|aantreden|afscheid|wisseling|\w*wissel|ontslagronde|verkiezing(?:en)?|cao-?\w*"
    r"|heidag(?:en)?|studiedag|teamdag|beleidsdag|opening|jubileum"
    r"|lustrum|audit|visitatie|open\s+dag|eindejaars\w+|examen\w*|seizoen|bezuiniging(?:en)?|beoordelings\w+)"
    r"|toen\s+(?:de|het|een|onze)\s+(?:[\w’'-]+e\s+)?[\w’'-]+)\b",
    re.IGNORECASE,
)
_ABOUT_WORKFORCE: Final = re.compile(
    r"\bonderzoek\s+(?:onder|naar\s+de\s+(?:tevredenheid|werkbeleving))\b", re.IGNORECASE
)


def what_followed(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield where sentences tell what followed in a matter, and which authority got involved in it."""
    for sentence in told:
        found = sentence.find(_SURE)
        if found and not sentence.general:
            yield from (each.span() for each in found)
        found = sentence.find(_INVOLVED)
        if found and sentence.happened and not _ORDINARY.search(sentence.words):
            yield from (each.span() for each in found)
        if not _ABOUT_WORKFORCE.search(sentence.words):
            yield from (each.span() for each in sentence.find(_COURSE))


def accused(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield where sentences call somebody by the part they had in a matter: accused, harmed, the other side."""
    for sentence in told:
        found = sentence.find(_CALLED)
        if found and not sentence.general:
            yield from (each.span() for each in found)


def changes(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield a turn in the life of the organisation beside what happened then: it dates a matter as a month does."""
    for sentence in told:
        found = sentence.find(_TURN)
        if found and sentence.happened and not sentence.organised:
            yield from (each.span() for each in found)
