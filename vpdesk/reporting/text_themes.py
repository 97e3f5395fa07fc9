"""Themes of the code lists in other words, and what only whoever was there can know of a matter.

`FORMS` say a theme as its label does, so they stand for it beside its number. Details say more than a label: no
number of a theme covers them, published or not.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from vpdesk.reporting.text_context import Sentence

FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    code: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for code, words in {
        "pesten": r"gepest\w*|pestte\w*|pesterij\w*|pestgedrag|getreiterd\w*|treiter\w*|kleineren|gekleineerd\w*"
        r"|kleinerend\w*|buitensluit\w*|buitengesloten|roddel\w*|geroddeld|vernederen\w*|vernederd\w*|bullying|mobbing"
        r"|pestkop\w*|gesar\w*|sarren|jennen|gejend|doodgezwegen|doodzwijgen|uitgelachen|wegpest\w*|weggepest"
        r"|zwartmak\w*|zwartgemaakt",
        "intimidatie": r"geïntimideerd\w*|intimideer\w*|intimiderend\w*|belaagd|machtsvertoon"
        r"|onder druk (?:gezet|zetten)",
        "seksuele intimidatie": r"se(?:ks|x)ue\w+|seks\b|sexual|#?me\s?too|(?:ongepaste|ongewenste) aanraking\w*"
        r"|aanrand\w*|aangerand\w*|handtastelijk\w*|verkracht\w*|betast\w*|seksisme|zedenzaak"
        r"|ongewenste intimiteit\w*|ongewenste avances",
        "agressie en geweld": r"agressie\w*|agressief|geweld\w*|\w*schreeuwd\w*|\w*scheld(?:en|t|partij\w*)?\b"
        r"|\w*schold(?:en)?\b|\w*gescholden|bedreig\w*|geslagen|vernieling\w*|mishandel\w*|handgemeen|vechtpartij\w*"
        r"|gevochten|knokpartij",
        "discriminatie": r"gediscrimineer\w*|discrimineer\w*|racis\w+|seksis\w+|ongelijke behandeling|huidskleur"
        r"|hoofddoek\w*|achtergesteld\w*|homofob\w+|antisemit\w+|moslimhaat|vreemdelingenhaat|leeftijdsdiscriminatie",
        "fraude": r"gefraudeer\w*|frauduleu\w+|(?:valse|onjuiste) declaraties?|zelfverrijking|verduister\w*"
        r"|gesjoemel\w*|sjoemel\w*"
        r"|vervals\w*|valsheid|bedrog|bedrogen|opgelicht\w*|oplichting|geknoei\w*|zwart geld|witwass\w*|gerommel\w*"
        r"|spookfactuur|spookfacturen",
        "diefstal van bedrijfsmiddelen": r"\w*dief ?stal\w*|gestolen|stelen|stal\b|privégebruik"
        r"|ontvreemd\w*|gejat|gepikt|ingepikt|achterovergedrukt|dief\b|dieven",
        "corruptie": r"corrupt\w*|omkop\w*|omgekocht|steekpenning\w*|smeergeld\w*",
        "belangenverstrengeling": r"belangenconflict\w*|vriendjespolitiek|nepotisme"
        r"|verstrengeling\w*|vriendendienst\w*|verzwegen relatie",
        "ongewenste nevenwerkzaamheden": r"nevenfunctie\w*|bijbaan\w*|bijbanen|bijklussen|bijgeklust|schnabbel\w*",
        "machtsmisbruik": r"misbruik van macht|machtsspel\w*|despoot|tiran\w*|schrikbewind",
        "misbruik van gegevens": r"datalek\w*|gelekt|uitlekken|schending van (?:de )?geheimhouding|gegevensmisbruik",
        "gevaar voor mens of milieu": r"milieu\w*overtreding\w*|milieu\w*schade|milieudelict\w*",
        "benadeling na melding": r"represaille\w*|wraak\b|vergelding\w*|benadeeld omdat|afgerekend op de melding",
        "arbeidsconflict": r"arbeidsconflict\w*|rechtspositie\w*|arbeidsgeschil\w*",
    }.items()
}  # fmt: skip
"""Other words for a theme, by code: where its number is hidden, they say as much as its label."""

_SHOWN: Final = (
    r"\w*naakt(?:foto|beeld|film|video)\w*|naaktopname\w*|dick\s?pic\w*|bloot(?:foto|beeld)\w*|seks(?:video|film|tape"
    r"|appje|bericht)\w*|wraakporno|porno\w*|sexting|gegluurd|begluurd|bespied\w*|verborgen\s+camera\w*"
    r"|(?:hand|vingers?|arm|tong)\s+(?:op|in|om|tegen|onder)\s+(?:de|haar|zijn|een)\s+(?:bil\w*|borst\w*|knie|been"
    r"|dij|middel|kruis|rug|schouder\w*|nek|shirt|bloes|rok|broek)|in\s+de\s+bil\w*|(?:ge|aan)?knepen|geknepen"
    r"|gezoend|kus\b|zoen\b|tongzoen|\w*lik\w*\s+wang"
    r"|versier\w*|avances|hijg\w+|seksgrap\w*|schuine\s+(?:mop|grap)\w*|dubbelzinnige?\s+\w+|knipoog\w*|opgedrongen"
    r"|lastiggevallen|aangestaard|nagefloten|nafluiten|opmerkingen\s+over\s+(?:haar|zijn|het)\s+(?:lichaam|uiterlijk"
    r"|borsten|billen)"
)
_HIT: Final = (
    r"(?:een|de)\s+(?:klap|klappen|duw|trap|stomp|vuistslag|kopstoot|mes|oorvijg|schop)|klappen\s+gevallen"
    r"|\w*vuisten?|op\s+de\s+vuist|geduwd|getrapt|geschopt|gestompt|gebeten|gespuugd|bespuugd|bespuwd|dreigbrief\w*"
    r"|dreigmail\w*|doodsbedreiging\w*|gedreigd|dreigde\w*|dreigement\w*"
    r"|(?:stoel|tafel|kopje|mok|laptop|telefoon|map|hamer|glas|beker)\w*\s+(?:\w+\s+){0,2}(?:vloog|gooide|gegooid"
    r"|gesmeten|door\s+de)|stuk\s?gegooid|vernield\w*|bekrast|lek\s?gestoken|ingegooid|in\s+brand"
    r"|deuren?\s+dicht\s?geslagen|dicht\s?gesmeten"
    r"|stalk\w*|gestalkt|achtervolgd|opgewacht|lastig\s?gevallen|hoge\s+woord|grote\s+mond|door\s+het\s+lint"
    r"|uit\s+de\s+hand|uit\s+zijn\s+slof|tekeer\w*|uitgefoeterd|uitgekafferd|afgebekt|afgeblaft|afgesnauwd|gesnauwd"
    r"|gevloekt|uitgejouwd|ruzie\w*"
)
_SOFTLY: Final = (
    r"losse\s+hand\w*|(?:handen|vingers|handjes)\s+(?:\w+\s+){0,4}thuis|thuis\s?houden|(?:vriendelijkheid|grap\w*"
    r"|humor|enthousiasme|aandacht|genegenheid|omgang)\s+(?:\w+\s+){0,2}(?:te\s+ver|wat\s+ver|uit\s+de\s+bocht)"
    r"|over\s+de\s+schreef|over\s+de\s+rooie"
    r"|schouderklop\w*|complimenten?\s+over\s+(?:de\s+|haar\s+|zijn\s+)?(?:kleding|uiterlijk|haar|lichaam|figuur"
    r"|benen|jurk\w*)|(?:kas|kasstaat|telling|voorraad|administratie|boeken|boekhouding)\s+(?:\w+\s+){0,2}(?:klopte"
    r"|klopten|creatief|rommelig|was)"
    r"|raakten?\s+(?:\w+\s+){0,5}(?:zoek|kwijt|weg)|zoekgeraakt|lange\s+vingers|kilometers|oppassen|grapjes?\b"
    r"|(?:zijn|haar|het)\s+geloof|geloof\s+van|paspoort|verblijfs\w+|andere\s+achtergrond|regels\s+voor\s+anderen"
    r"|glas\s+wijn|glaasje\w*|oorlog|kruitvat|slagveld|heksenjacht"
)
_MOCKED: Final = (
    r"voor\s+(?:gek|schut|paal|joker|spek\s+en\s+bonen)\s+(?:gezet|gezeten|gestaan)?|belachelijk\s+gemaakt"
    r"|uitgemaakt\s+voor|bijnaam|bijnamen|scheldnaam|scheldwoord\w*|nagedaan|nagebootst|uitgesloten\s+(?:van|bij)"
    r"|genegeerd|overgeslagen|niet\s+gegroet|links\s+laten\s+liggen|weggezet|doodverklaard"
    r"|apen\s?gelui\w*|oerwoudgeluid\w*|(?:racistische|foute|homofobe|antisemitische|seksistische|flauwe"
    r"|grove)\s+(?:grap\w*|opmerking\w*|mop\w*|bericht\w*|filmpje\w*|memes?)|n-woord|hitlergroet|hakenkruis\w*"
    r"|zwarte\s+piet|\w*app-?groep|\w*groepsapp|spottend\w*|geïmiteerd"
)
_TAKEN: Final = (
    r"(?:dubbel|onterecht|te\s+veel|ten\s+onrechte|valselijk|privé)\s+(?:gedeclareerd|geboekt|geschreven|gefactureerd"
    r"|gerekend|getankt)|bonnetjes?|declaraties?\s+(?:klopten|bleken|waren|zijn)|\w*(?:facturen|factuur|uren"
    r"|urenstaten|kasstaten|handtekening\w*|diploma\w*|notulen|cijfers)\s+(?:\w+\s+){0,2}(?:vervalst|aangepast"
    r"|gemanipuleerd|opgehoogd|verzonnen|nagemaakt|geantedateerd)"
    r"|kastekort|kasverschil|greep\s+(?:uit|in)\s+de\s+kas|uit\s+de\s+kas|geld\s+(?:verdween|verdwenen|weg|ontbr\w+)"
    r"|(?:spullen|voorraad|gereedschap|materia(?:al|len)|laptops?|goederen|geld|medicijnen|medicatie|sleutels?|koper"
    r"|brandstof|diesel|portemonnee)\s+(?:\S+\s+){0,3}(?:verdw\w+|ontbr\w+|weg\b|meegenomen|vermist|kwijt"
    r"|mee\s+naar\s+huis|thuis|verkocht|zoek)"
    r"|open\s?gebroken|opengemaakt|leeggehaald|ingebroken|(?:tankpas|creditcard|bankpas|dienstauto|bedrijfsauto"
    r"|bedrijfspas)\w*\s+(?:\S+\s+){0,3}(?:gebruikt|misbruikt|gebruik)|meegenomen\s+(?:voor|naar)|voor\s+(?:eigen"
    r"|privé)\s?(?:gebruik|gewin|doelen|doeleinden|rekening)"
)
_FAVOURED: Final = (
    r"bevriend\w*\s+\w+|(?:reisje|cadeaus?|geschenken?|kaartjes\s+voor|etentje|envelop\w*|fles\s+wijn"
    r"|korting)\s+(?:\S+\s+){0,4}(?:aangenomen|aangeboden|ontvangen|gekregen|aan|gemeld)|bood\s+(?:een|de|haar|hem"
    r"|ons)\s+\w+|(?:had|hadden|heeft|hebben|kreeg\w*)\s+(?:\w+\s+){0,2}(?:een\s+)?(?:verhouding|affaire|relatie)"
    r"|(?:geheime|verborgen)\s+(?:relatie|verhouding|agenda)|doorgesluisd|gegund\s+aan|onder\s?hands\w*|voorgetrokken"
    r"|voortrekken|wederdienst\w*|tegenprestatie|kickback\w*|aanbesteding\s+(?:ging|werd|is)|(?:kreeg"
    r"|kregen)\s+de\s+opdracht|(?:eigen|privé)\s+bedrijf|bij\s+de\s+concurrent"
)
_LEAKED: Final = (
    r"(?:patiënten)?dossiers?\s+(?:\S+\s+){0,4}(?:ingezien|bekeken|gelezen|mee|doorgestuurd)|gluren|geneusd"
    r"|neuzen\s+in|meegelezen|meekijken\s+in|(?:wachtwoord\w*|inloggegevens|klantgegevens|persoonsgegevens"
    r"|gegevens)\s+(?:\S+\s+){0,4}(?:gedeeld|verkocht|doorverkocht|gelekt|op\s+straat|gekopieerd|doorgespeeld)"
    r"|doorverkocht|doorgespeeld|afgeluisterd|(?:mail|mailbox)\s+(?:\S+\s+){0,2}(?:gelezen|geopend|gehackt)"
    r"|usb-?stick\w*"
    r"|asbest\w*|geloosd|lozing\w*|gedumpt|illegaal\w*|chemisch\s+afval|gif\w*|zonder\s+(?:bescherming|vergunning"
    r"|veiligheids\w+)|(?:veiligheids|controle|keurings)\w*\s+(?:\S+\s+){0,3}(?:overgeslagen|vervalst|genegeerd"
    r"|omzeild)|onder\s+invloed|dronken|gedronken|drugs\w*|gebruikt\s+op\s+het\s+werk|alcohol\w*|gedealed"
)
_PAID_FOR: Final = (
    r"(?:slechte|onvoldoende|negatieve)\s+(?:beoordeling|referentie)|(?:taken|dossiers?|werk"
    r"|bevoegdheden)\s+(?:\S+\s+){0,3}(?:afgenomen|afgepakt|ontnomen)|rooster\s+(?:\S+\s+){0,3}(?:gewijzigd|geweigerd"
    r"|omgegooid|verslechterd)|promotie\s+(?:\S+\s+){0,3}(?:gemist|geblokkeerd|geweigerd)|ziek\s+(?:thuis|gemeld"
    r"|uitgevallen|geworden)|burn-?out|verzuim\s+(?:van|door)|opgenomen\s+in|zelfmoord\w*|suïcid\w*|zelfdoding"
    r"|huil(?:end|de|den)|in\s+tranen|overspannen|trauma\w*|zwanger\w*|miskra\w+|abortus|transitie|uit\s+de\s+kast"
    r"|schulden|gokverslaafd\w*|verslaafd\w*|hooglopend\w*|hoog\s+op(?:gelopen|liep)?|geëscaleerd|escaleerde\w*"
    r"|escalatie"
)

_DETAILS: Final = re.compile(
    rf"\b(?:{_SHOWN}|{_HIT}|{_SOFTLY}|{_MOCKED}|{_TAKEN}|{_FAVOURED}|{_LEAKED}|{_PAID_FOR})(?!\w)", re.IGNORECASE
)


def details(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield what happened, so closely that whoever was there knows the matter again; not in a rule or in advice."""
    for sentence in told:
        found = sentence.find(_DETAILS)
        if found and (sentence.happened or not (sentence.general or sentence.organised)):
            yield from (each.span() for each in found)
