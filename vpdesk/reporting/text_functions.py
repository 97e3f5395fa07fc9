"""Somebody told by a function, a trait or a tie to somebody else: by how Dutch makes such nouns, not by a list of all.

A noun that ends as a person does (*trainer*, *predikant*, *laborante*, *bhv’er*) is a person where the sentence tells
what was done; what merely ends so (*de folder*, *een moment*) is left out by name.
"""

import re
from collections.abc import Iterable
from typing import Final

from vpdesk.reporting.text_context import PAST, Sentence

_THINGS: Final = (
    r"\w*(?:folder|poster|flyer|computer|server|filter|kamer|nummer|rooster|kader|letter|cijfer|register|semester"
    r"|venster"
    r"|sticker|banner|reader|beamer|printer|scanner|router|laser|motor|factor|sector|vector|monitor|winter|zomer"
    r"|oktober"
    r"|verkeer|sfeer|papier|dossier|formulier|kwartier|plezier|natuur|cultuur|structuur|procedure|brochure|kleur"
    r"|voorkeur"
    r"|jaar|gevaar|bezwaar|exemplaar|kantoor|spoor|vloer|koers|vervoer|rapport|water|verzoek|lijst|dienst|winst|kunst"
    r"|komst|angst|gunst|twist|werkgever|opdrachtgever|letsel|offer|vinger|schouder|vlinder|wonder|zolder|kelder"
    r"|kalender"
    r"|tender|cluster|koffer|pleister|theater|kilometer|barometer|krater|sluier|steiger|container|trailer|trigger"
    r"|partnerschap)s?"
    r"|(?:trimester|weer|keer|beheer|meer|leer|eer|manier|vizier|rivier|bier|dier|uur|duur|buur|kuur|huur|deur|geur"
    r"|keur"
    r"|humeur|waar|paar|koor|oor|voor|broer|moer|toer|later|eerder|verder|orde|ander|zonder|onder|over|hier|daar|maar"
    r"|klaar|zwaar|haar|elkaar|laatst|beter|groter|kleiner|langer|korter|lager|hoger|drukker|rustiger|vaker|minder"
    r"|veiliger|duidelijker|moeilijker|vorst|post|last|kast|rest|test|mist|list|gist|kist|beslist|eerst|adviseur|lever"
    r"|donder|gender|ouder|liter|meter|order|tiener|september|november|december)s?"
    r"|\w*(?:document|moment|instrument|procent|percent|talent|evenement|argument|element|reglement|fundament|accent"
    r"|content|parlement|departement|fragment|management|assessment|engagement|event|percentage|abonnement|experiment"
    r"|segment|compliment|sentiment|testament|monument|cement|component|continent|krant|variant|restaurant|constante"
    r"|toekomst|relevante|interessante|elegante|frequente|recente|efficiënte)(?:en|s)?"
    r"|(?:\w*zij|voor|achter|buiten|binnen|boven|onder)?kant|\w*want|\w*plant|juiste"
    r"|\w*(?:baar|zaam|heid|ing|tie|schap|teit|isme|nis|sel|dom)"
)
_BODIES: Final = (
    r"\w*(?:directie|organisatie|leiding|bestuur|raad|commissie|werkgever|gemeente|provincie|stichting|vereniging"
    r"|bedrijf|college|wetgever|vertrouwenspersoon|vertrouwenspersonen|overheid|lezer|spreker)"
)
_SUFFIX: Final = (
    r"(?:er|ster|aar|ier|eur|euse|ice|or|ant|ante|ent|ente|ist|iste|aris|loog|loge|kundige|goog|goge|graaf|arts|ling"
    r"|man|vrouw|meester|meisje|jongen|kracht|hulp|lid|hoofd|chef|baas|bazin|bode|wacht|genoot|maat|maatje|ander|aard"
    r"|erik|oot|ees|ix|andus|anda|opper)"
)
_IRREGULAR: Final = (
    r"kok|juf|imam|pastor|dominee|pater|rabbi(?:jn)?|coach|gezicht|telg|trainee|barista|gastheer|gastvrouw|host|hostess"
    r"|steward(?:ess)?|clerk|gids|knecht|smid|boer|boerin|slager|portier|prof|decaan|rector|conciërge|griffier"
    r"|vicaris|diaken|deken|notulist|au\s?pair|pensionado"
    r"|stagiaire?|zaalwacht|piloot|matroos|kapitein|schipper|bootsman|stuurman|agent|sergeant|majoor|korporaal"
    r"|luitenant|kolonel|commandant|specialist|consultant|officer|scrum\s?master|product\s?owner|recruiter|tolk"
    r"|acteur|actrice|zanger(?:es)?|danser(?:es)?|solist|musicus|musici|psych(?:iater|oloog)|bioloog"
    r"|nieuwkomer|nieuweling|starter|invaller|oudgediende|anciën|gepensioneerde|uitzendkracht|oproepkracht|zzp['’]?er"
    r"|bhv['’]?er|wmo['’]?er|boa|wijkagent|voorman|voorvrouw|collega|duo-?baan|pool['’]?er|vakkenvuller|vaste\s+gast"
    r"|getrouwe"
)
_LETTERS_ER: Final = r"[A-Za-z]{2,5}['’]er"
_NOUN: Final = rf"(?!(?:{_THINGS}|{_BODIES})\b)(?:(?:[\w-]+-)?(?:{_IRREGULAR})|{_LETTERS_ER}|[\w-]{{3,}}{_SUFFIX})"
_ONE: Final = r"(?:de|een|deze|die|dezelfde|onze|haar|zijn|diens|ons|het|dit|dat|mijn|als|elke|iedere|geen|zo['’]n)"
_ACTING: Final = re.compile(
    rf"\b{_ONE}\s+(?:(?!(?:{_BODIES}|een|de|deze"
    rf"|beide)\b)[\w’'-]+e\s+)?{_NOUN}(?=\s+(?:[^\s.!?;]+\s+){{0,6}}?(?:{PAST}|is|zijn|heeft|hebben|deed)\b)"
    rf"|\b(?:{PAST})\s+(?:er\s+)?(?:de|een|deze|die|onze|haar|zijn)\s+(?:[\w’'-]+e\s+)?{_NOUN}\b"
    rf"|\b(?:van|door|met|tegen|bij|over|aan|uit)\s+(?:de|een|onze|deze"
    rf"|die)\s+(?:(?!(?:{_BODIES})\b)[\w’'-]+e\s+)?{_NOUN}\b",
    re.IGNORECASE,
)
_HELPERS: Final = re.compile(
    r"(?:^|\s)(?:\w*arts|jurist|adviseur|advocaat|mediator|notaris|huisarts|psycholoog|rechter|trainer|gastspreker"
    r"|spreker|externe\s+\w+|vertrouwenspersoon|bestuurder|directeur|voorzitter|wethouder|burgemeester|secretaris"
    r"|preventiemedewerker|maatschappelijk\s+werker|\w*functionaris|ambassadeur|acteur)$",
    re.IGNORECASE,
)
"""Those whom a text about the organisation names: the ones who decide in it, and the ones whom it sends people to."""

_ORIGINS: Final = (
    r"(?:Pool|Turk|Marokkaan|Surinaam|Antilliaan|Syri|Oekraïen|Roemeen|Bulgaar|Afrikaan|Aziatis|Chine|Duit|Belgis"
    r"|Brit|Amerikaan|Indi|Indonesis|Moluk|Eritre|Somalis|Irak|Iraan|Afghaan|Russi|Spaan|Italiaan|Portuge|Griek"
    r"|Hongaar|Braziliaan|Braziliaan|buitenland|westers|oosters)\w*"
)
_TRAITS: Final = (
    rf"{_ORIGINS}|dove|slechthorende|blinde|slechtziende|autistische|zwangere|islamitische|christelijke|joodse"
    rf"|gereformeerde|katholieke|homoseksuele|lesbische|transgender|non-?binaire|queer|donkere|zwarte|witte|gekleurde"
    rf"|gehandicapte"
    r"|mindervalide|chronisch\s+zieke|zieke|oudere|oudste|jongere|jongste|jonge|vrouwelijke|mannelijke|alleenstaande"
    r"|gescheiden|getrouwde|bejaarde|minderjarige|kale|gesluierde|rokende|drinkende|verslaafde|dyslectische|enige"
)
_SOMEBODY: Final = (
    r"medewerk(?:er|ster)s?|werknemers?|collega(?:['’]s)?|vrouw(?:en)?|man(?:nen)?|moeders?|vaders?|mensen|persoon"
    r"|personen|stagiaires?|stagiairs?|student(?:en)?|garde|jongens?|meisjes?|heer|heren|dames?|teamleden|leden|lid"
    r"|kracht(?:en)?|docent(?:en)?|bewoners?|cliënt(?:en)?|patiënt(?:en)?|werkers?|sollicitant(?:en)?"
    rf"|(?!(?:{_THINGS})\b)\w+{_SUFFIX}s?"
)
_TRAITED: Final = re.compile(
    rf"\b(?:(?:{_TRAITS})\s+(?:[\w’'-]+e\s+)?(?:{_SOMEBODY})"
    r"|(?:mensen|collega(?:['’]s)?|medewerk(?:er|ster)s?|teamleden|vrouwen|mannen|vrouw|man|iemand)\s+(?:van\s+kleur"
    r"|(?:van|uit|met)\s+(?:een\s+)?(?:\w+e\s+)?(?:afkomst|komaf|achtergrond|beperking|hoofddoek|handicap|accent"
    r"|keppel|ziekte|burn-?out|buitenland|migratieachtergrond|kinderwens|verleden)))\b",
    re.IGNORECASE,
)
_TIES: Final = re.compile(
    r"\b(?:(?:de|die|deze|onze)\s+(?:mannen|vrouwen|dames|heren|jongens|meiden|meisjes|lui|lieden)\s+(?:van|uit|in"
    r"|bij|op)\s+\w+|(?:onder|bij)\s+de\s+(?:[\w-]{3,}(?:ers|sters|anten|isten|eurs)|koks|chefs|artsen"
    r"|bazen)(?=\s+(?:is|zijn|was|waren|heerst|speelt|leeft|bleef|ligt)\b)|(?:zijn|haar|diens|een|de"
    r"|hun)\s+(?:ex-?)?(?:vrouw|man|partner|echtgeno(?:ot|te)|vriend(?:in)?|verloofde"
    r"|familielid|schoon\w+|neefje?|nichtje?|kennis|ouders|kind(?:eren)?|gezin|buurvrouw|buurman)"
    r"|(?:familielid|familie|vriend(?:in)?|kennis|zwager|schoonzus|neef|nicht|partner|echtgeno(?:ot|te)|broer|zus"
    r"|zoon|dochter)\s+van"
    r"|(?:een|de|die|het)\s+(?:[\w’'-]+e\s+)?(?:oud|ex|voormalig\w*)-?\s?(?:medewerk(?:er|ster)|collega"
    r"|leidinggevende|werknemer|directeur|manager|student|stagiaire?|voorzitter|bestuurder)"
    r"|iemand\s+(?:uit|van|binnen|in|bij)\s+(?:de|het|een|mijn|ons|onze)\s+(?!organisatie)\w+|een\s+lid\s+van\s+(?:de"
    r"|het)\s+\w+"
    r"|voor\s+(?:hem|zichzelf)|met\s+(?:hem|haar(?=\s*[.,;:!?]))"
    rf"|iemand\s+(?!vroeg\b)(?:{PAST})|(?!vroeg\b)(?:{PAST})\s+(?:er\s+)?iemand|(?:er\s+)?(?:is|heeft|was)\s+iemand"
    rf"|iemand\s+(?:is"
    rf"|heeft)(?=\s+(?:\S+\s+){{0,4}}(?:ge|ver|be|ont|uit|op|af)\w+)"
    r"|(?:de|die|deze|een)\s+(?:beller|melder|betrokkene|klager|vrager|hulpvrager|inbeller|bezoek(?:er|ster)|persoon"
    r"|medewerk(?:er|ster)|leidinggevende|collega)s?\s+(?:zelf\s+)?(?:is|heeft|zit|wil|werkt|durft|voelt|blijft)"
    rf"|(?:de|die|deze|alle|beide)\s+(?:bellers|betrokkenen|hulpvragers|klagers|bezoekers)\s+(?:zijn|hebben|zitten"
    rf"|werken|{PAST})"
    rf"|wie\s+(?:niet\s+|er\s+|wel\s+)?(?:\w+\s+)?(?:meedeed|{PAST})(?=\s*,|\s+(?:\S+\s+){{0,4}}(?:{PAST}))"
    rf"|bij\s+de\s+(?:beller|melder))\b",
    re.IGNORECASE,
)


def somebody(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield where sentences tell who somebody is by a function, a trait or a tie."""
    for sentence in told:
        found = sentence.find(_ACTING)
        if found and sentence.happened:
            yield from (each.span() for each in found if not spared(each.group(), sentence))
        found = sentence.find(_TRAITED)
        if found and not sentence.organised:
            yield from (each.span() for each in found)
        yield from (each.span() for each in sentence.find(_TIES))


def spared(words: str, sentence: Sentence) -> bool:
    """Return whether words end with somebody whom a sentence about the organisation names for what they decide or give.

    That is so where it is about what the organisation made, or says where people can go.
    """
    return _HELPERS.search(words) is not None and (sentence.organised or sentence.advises)
