"""Places in an organisation, and parts of it, in a text: a few people work there, and everybody knows which."""

import re
from collections.abc import Iterable
from typing import Final

from vpdesk.reporting.text_context import Sentence

_KINDS: Final = (
    r"(?:hoofd|bij|wijk|stads|regio|gemeente)?kantoor|vestiging|locatie|filiaal|afdeling|team|sectie|faculteit|gebouw"
    r"|regio|rayon|unit|cluster|ploeg|woongroep|school"
    r"|etage|verdieping|standplaats|depot|winkel|bureau|werkplaats|divisie|business\s?unit|district|steunpunt"
    r"|wijkteam|kolom|vakgroep|opleiding|instituut|magazijn|fabriek"
    r"|huis|paviljoen|vleugel|lijn|schip|boot|project"
)
_PARTS: Final = (
    r"laborator(?:ium|ia)|lab|klanten?(?:service|contact\w*)|callcenter|magazijn\w*|(?:groot)?keuken|balie"
    r"|spoedeisende\s+hulp|seh|intensive\s+care|operatiekamers?|\w*poli(?:kliniek)?|kraamafdeling"
    r"|verpleegafdeling|woongroepen?|\w*werkplaats|garage|loods|expeditie|productie(?:hal|lijn|vloer)?"
    r"|fabriek(?:shal)?|kelder|\w{3,}dienst(?:en)?|facilitair\w*|financiën|boekhouding|\w*administratie|secretariaat"
    r"|inkoop|verkoop|marketing|planning|logistiek|transport|groenvoorziening|handhaving|burgerzaken|bouwplaats"
    r"|bouwkeet|stadskantoor|stadhuis|gemeentehuis|bibliotheek|zwembad|sporthal"
    r"|winkelvloer|bediening|bar|atelier|onderbouw|bovenbouw|kleuterbouw|bso|crèche|griffie|remise|meldkamer|kazerne"
    r"|thuiszorg|wijkteam|drukkerij|redactie|studio|hangar|cockpit|slagerij|bakkerij"
)
_ABOUT: Final = (
    r"(?:aan\s+de\s+)?overkant|hoekkantoor|hoekkamer|(?:op|aan\s+het\s+eind\s+van)\s+(?:de|een)\s+gang|(?:van|daar"
    r"|hier)\s+(?:boven|beneden)|buitenpost|dependance|achterkamer\w*"
)
_SHARED: Final = (
    r"receptie|ict|it|hr|hrm|p&o|personeelszaken|communicatie|kantine|directie|bestuur|raad\s+van\s+\w+"
    r"|managementteam|mt|kleedkamer"
)
"""Parts that a text about the organisation names too: they tell where something happened only beside what happened."""

_NO_PART: Final = (
    r"(?:arbo|nood|bij|indiensttreding|in|hulp|dagelijkse|openbare|overheids|politie|inspectie|beroeps|interne"
    r"|overuren|dienst)"
    r"(?:dienst(?:en)?)\b"
)
_CAPITAL: Final = r"(?-i:[A-ZÀ-Þ])[\w’'-]*"
_NO_PLACE: Final = (
    r"(?-i:Nederland\w*|Europ\w+|Engels\w*|Pools\w*|Duits\w*|Frans\w*|Turks\w*|Arabisch\w*|Spaans\w*|Oekraïens\w*"
    r"|Teams|Zoom|Intranet|Word|Excel|Wet|Wbk|AVG|UAVG|LVV|Arbo\w*|OR|HR|MT|RI&E"
    r"|Huis|Dit|De|Het|Een|Ik|Wij|Er|Van|Wie|U|Safe|Q[1-4]|Tweede|Eerste|Outlook|SharePoint|LinkedIn|Whats\w*|Signal)\b"
)
_NAMED: Final = re.compile(
    rf"\b(?:{_KINDS})\s+(?:(?:in|te|van|aan\s+(?:de|het)|bij)\s+)?(?!{_NO_PLACE}){_CAPITAL}(?:[\s-]{_CAPITAL})?"
    rf"|(?<=\w\s)(?:in|te|uit|nabij|rond)\s+(?!{_NO_PLACE}){_CAPITAL}\w{{2}}"
    rf"|\b(?:In|Te|Uit|Nabij)\s+(?!{_NO_PLACE}){_CAPITAL}\w{{2}}"
    rf"|\b(?:aan|op)\s+(?:de|het)\s+{_CAPITAL}\w*(?:straat|weg|laan|plein|kade|singel|gracht|dijk|markt|park)\b",
    re.IGNORECASE,
)
_FLOOR: Final = re.compile(
    rf"\b(?:(?:de|onze|een)\s+(?:vestiging|locatie|standplaats|filiaal|winkel|loods|kantoor)\s+(?:aan|bij|in|op|langs"
    rf"|achter)\s+(?:de|het)\s+\w+|{_ABOUT}|(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|bovenste"
    rf"|onderste)\s+(?:etage"
    rf"|verdieping)"
    r"|begane\s+grond"
    r"|de\s+(?:kolom|tak|poot|divisie)\s+\w+)\b",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    rf"\b(?:in|op|bij|uit|van|binnen|vanuit|onder)\s+(?:(?:de|het|een|ons"
    rf"|onze)\s+)?(?:[\w’'-]+e\s+)?(?!{_NO_PART})(?:{_PARTS})\b"
    rf"|\b(?:de|onze|een)\s+(?:[\w’'-]+e\s+)?(?:afdeling|sectie|vakgroep|unit)\s+(?!die|waar|en|of|is|was|een|met"
    rf"|geeft|heeft|kan|waarin|als)[\w&’'-]{{2,}}"
    rf"|(?<![\w-])(?:de|het)\s+(?!{_NO_PART})(?:{_PARTS})(?=\s+(?:kent|heeft|had|was|is|blijft|bleef|kende|staat|ligt"
    rf"|heerst)\b)",
    re.IGNORECASE,
)
_IN_A_TITLE: Final = re.compile(
    r"\b(?:op|bij|in|van|binnen|vanuit|uit)\s+(?:afdeling|sectie|vakgroep|unit|team|locatie|vestiging)\s+(?!verband|die"
    r"|waar|en|of|is|was|een|met|niveau)[\w&’'-]{2,}"
    r"|\b(?:pest\w*|intimidatie|discriminatie|agressie|\w*conflict(?:en)?|klacht(?:en)?|melding(?:en)?|incident(?:en)?"
    r"|onrust|\w*druk|sfeer|verzuim|ruzie|onveiligheid|machtsmisbruik|roddel\w*|ongewenst\s+gedrag)\s+"
    rf"(?:(?:afdeling|team|locatie|vestiging)\s+\w{{2,}}|(?!{_NO_PART})(?:{_PARTS})|\w*(?:ploeg|team))(?![\w-])",
    re.IGNORECASE,
)
"""What a title says in few words: *klacht op afdeling inkoop*, *pestgedrag magazijn*."""

_SHARED_PART: Final = re.compile(
    rf"\b(?:in|op|bij|uit|binnen|vanuit)\s+(?:(?:de|het)\s+)?(?:{_SHARED})\b", re.IGNORECASE
)
_WORKS_THERE: Final = re.compile(
    r"\b(?:sfeer|angst|\w*mis|geruzied|ruzie|gescholden|gevochten|onrust|gedoe|conflict\w*|onveilig\w*|gepest|speelt"
    r"|speelde\w*|durf\w*|berucht|\w*klim\w*aat|zeer|druk)\b",
    re.IGNORECASE,
)


def places(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield where sentences name a place or a part of the organisation, save in what it did for all."""
    for sentence in told:
        found = [each for pattern in (_NAMED, _FLOOR, _PART, _IN_A_TITLE) for each in sentence.find(pattern)]
        shared = sentence.find(_SHARED_PART)
        if shared and sentence.happened and _WORKS_THERE.search(sentence.words):
            found += shared
        if found and not sentence.organised and not sentence.words.lstrip("-• ").startswith("Aan zet:"):
            yield from (each.span() for each in found)
