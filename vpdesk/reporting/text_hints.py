"""Hints: what says to those who know that they know, and what is told by a quotation.

Irony and euphemism have no words of their own; these are the turns of phrase that usually carry them.
"""

import re
from collections.abc import Iterable
from typing import Final

from vpdesk.reporting.text_context import Sentence

_MATTER: Final = (
    r"kwestie|zaak|dossier|casus|gezicht|persoon|figuur|naam|plek|hoek|afdeling|team|probleem|verhaal|situatie|geval"
    r"|leidinggevende|collega|kamer|deur|heer|dame|man|vrouw|iemand|mensen|personen|medewerkers?|groep(?:je)?|ploeg"
)
_KNOWN: Final = (
    r"zoals\s+(?:u\s+|wij\s+|men\s+)?(?:al\s+)?(?:bekend|weet|weten|gezegd|iedereen\s+weet|u\s+zult|verwacht"
    r"|te\s+verwachten)"
    r"|(?:iedereen|men|u|ieder|de\s+(?:directie|leiding|lezer))\s+(?:weet|kent|begrijpt|snapt|herkent"
    r"|zal)\s+(?:\w+\s+){0,2}"
    r"(?:wie|wat|waar\w*|over\s+wie|over\s+wat|om\s+wie|welk\w*|wel|genoeg|het)"
    rf"|(?:de|het|die|dat|een)\s+(?:wel)?(?:bekende?|beruchte?|beroemde?|roemruchte?|genoemde|bewuste)\s+(?:{_MATTER})"
    rf"|(?:een|de)\s+(?:zekere?|bepaalde?|niet\s+nader\s+te\s+noemen|nader\s+te\s+noemen)\s+(?:{_MATTER})"
    r"|oude\s+bekenden?|usual\s+suspects|in\s+kwestie|hoofdrol(?:speler)?s?|u\s+weet\s+(?:wel|wie|wat|over)"
    r"|de\s+hele\s+organisatie\s+weet"
)
_UNSAID: Final = (
    r"goede\s+verstaander|half\s+woord|tussen\s+de\s+regels|lezer\s+mag|mag\s+(?:u\s+)?zelf\s+(?:invullen|raden"
    r"|bedenken)|u\s+raadt\s+(?:het|al|vast)|laat\s+zich\s+raden"
    r"|(?:ik\s+)?noem\s+geen\s+namen\s*,?\s*maar|zonder\s+namen\s+te\s+noemen\s*,|laten\s+we\s+zeggen"
    r"|zal\s+ik\s+maar\s+zeggen|zogezegd|zogenaamde?|om\s+het\s+(?:zo|netjes|zacht|voorzichtig"
    r"|mild)\s+(?:maar\s+)?(?:te\s+(?:zeggen|noemen|zeggen)|uit\s+te\s+drukken)"
    r"|(?:begrijpt|snapt|weet)\s+(?:wel\s+)?wat\s+(?:ik|wij)\s+bedoel\w*|zwijg\s+ik|daar\s+laat\s+ik\s+het\s+bij"
    r"|(?:meer|verder)\s+(?:kan|mag|wil|zeg)\s+ik\b|(?:zegt|weet|zegt\s+al)\s+genoeg"
    r"|zonder\s+in\s+(?:detail|details)\s+te\s+treden|spreekt\s+voor\s+zich|boekdelen|zal\s+(?:u\s+"
    r"|niemand\s+)?(?:niemand\s+)?(?:verbazen|verrassen)|hoeft\s+geen\s+betoog|hoef\s+ik\s+niet\s+uit\s+te\s+leggen"
    r"|wie\s+(?:de|het|een)\s+(?:plattegrond|organogram|gang|geschiedenis|organisatie|afdeling|team|ploeg|rooster"
    r"|namen|situatie)\s+kent|olifant\s+in\s+de\s+kamer|publiek\s+geheim|wandelgangen"
    r"|(?:er|daar|het)\s+(?:speelt|speelde|broeit|broeide|rommelt|rommelde|gist|gistte|wringt|wrong|schuurt|schuurde"
    r"|schort)(?:\s+(?:iets|wat|nog|al|langer|ook|weer))?(?=\s*[.,;!?]|\s+(?:met|rond|bij|op"
    r"|in(?!\s+de\s+organisatie)|tussen|waar|iets)\b)"
    r"|(?:wat|enig|enige)\s+(?:rumoer|reuring|gedoe|commotie|onrust|rimpelingen?|strubbelingen)|het\s+een\s+en\s+ander"
    r"|lucht\s+van\s+gekregen|buitenwacht|stof\s+(?:doen\s+|deed\s+)?opwaaien|van\s+alles\s+en\s+nog\s+wat"
    r"|kunnen\s+lezen|waar\s+de\s+zon\s+niet\s+komt|werk\s+aan\s+de\s+winkel|verdient\s+(?:extra\s+"
    r"|bijzondere\s+)?aandacht(?=\s*[.!?]|$)"
    r"|(?:weer|opnieuw|telkens|steeds)\s+(?:aan\s+)?dezelfde\s+\w+|dezelfde\s+\w+\s+(?:\w+\s+){0,2}(?:weer|opnieuw"
    r"|telkens|steeds)"
)
_SPEAKS: Final = (
    r"ik|mij|mijn|me|we|wij|ons|hij|zij|ze|hem|haar|hier|niemand|nooit|altijd|je|jij|jullie|was|ben|durf\w*"
)
_QUOTED: Final = re.compile(
    rf"[‘'\"“„](?=[^‘’'\"“”„]*\b(?:{_SPEAKS})\b)[^‘’'\"“”„]*\s[^‘’'\"“”„]*\s[^‘’'\"“”„]*[’'\"”]"
    r"|\b(?:in\s+de\s+woorden\s+van|citaat|aldus\s+(?:een|de)|om\s+(?:haar|hem|een\s+\w+)\s+te\s+citeren|zei|zeiden"
    r"|vertelde|vertelden|verzuchtte|schreef)\b[^.!?‘'\"“„]{0,40}[‘'\"“„]\w[^‘’'\"“”„]*",
    re.IGNORECASE,
)
_HINTS: Final = re.compile(rf"(?<!\w)(?:{_KNOWN}|{_UNSAID})(?!\w)", re.IGNORECASE)
_ROLE_PLAY: Final = re.compile(
    r"\b(?:gedragscode|poster|folder|titel|thema|motto|slogan|campagne|wet)\b", re.IGNORECASE
)


def hints(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield turns of phrase that tell those who know, save in what the organisation made or did for all."""
    for sentence in told:
        found = sentence.find(_HINTS)
        if found and not sentence.organised:
            yield from (each.span() for each in found)


def quotations(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield what somebody is quoted as saying, but not a title or a motto."""
    for sentence in told:
        found = sentence.find(_QUOTED)
        if found and not _ROLE_PLAY.search(sentence.words):
            yield from (each.span() for each in found)
