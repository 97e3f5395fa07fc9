"""How much, how often and compared with when, in words: what a table hides, a sentence says without a number."""

import re
from collections.abc import Iterable
from typing import Final

from vpdesk.reporting.text_context import PAST, Sentence

_CASES: Final = (
    r"casus(?:sen)?|melding(?:en)?|klacht(?:en)?|gesprek(?:ken)?|zaken|zaak|incident(?:en)?|geval(?:len)?"
    r"|voorval(?:len)?|kwesties?"
    r"|hulpvra(?:ag|gen)|signalen|signaal|contacten|telefoontjes?|bellers?|bezoekers\s+van\s+het\s+spreekuur|melders?"
    r"|mensen|instroom|aanloop"
)
_MUCH: Final = (
    r"fors\w*|licht\w*|flink\w*|sterk\w*|duidelijk\w*|behoorlijk\w*|beduidend|aanzienlijk|aanmerkelijk|opvallend"
    r"|opmerkelijk|merkbaar|iets|veel"
    r"|heel\s+(?:wat|veel)|een\s+stuk|stukken|ruim|bijna|twee|drie|vier|vijf|anderhalf|anderhalve|dubbel"
)
_STEMS: Final = (
    r"verdubbel\w*|verdrievoudig\w*|verviervoudig\w*|vertienvoudig\w*|halver\w*|gehalveerd\w*|(?:ge)?kelder(?:d|de"
    r"|den)|explode?er\w*|(?:ge)?slonk\w*|geslonken|slinkt"
    r"|gekrompen|kromp(?:en)?|(?:terug|weg)(?:gevallen|gelopen|gezakt)|terugval|teruggang|terugloop|opmars"
    r"|(?:in)?gezakt|opgelopen|aangezwollen|verveelvoudig\w*"
    r"|(?:toe|af)name|stijging|daling|(?:ge)?groeid\w*|vertiendubbel\w*|oplop\w+|(?:een|de|geen)\s+(?:\w+\s+)?(?:piek"
    r"|dip|hausse|golf|stroom|toeloop|uitschieter|inzinking|verschuiving|kentering)"
    r"|record(?:jaar|aantal)?|dieptepunt|hoogtepunt\s+in|zelden\s+zo|nog\s+nooit\s+zo|nooit\s+eerder|ongekend\w*"
    r"|ongewoon\s+\w+|als\s+nooit\s+tevoren"
)
_SHARES: Final = (
    r"\w*leeuwen(?:deel|aandeel)|de\s+bulk|hoofdmoot|hoofdmoten|\w*merendeel|het\s+gros|(?:de\s+)?(?:overgrote\s+"
    r"|grote\s+)?massa|de\s+meerderheid"
    r"|(?:zowat|zo\s+goed\s+als|nagenoeg|praktisch|welhaast|vrijwel)\s+(?:al(?:le|les)?|iedereen|niemand|geen|steeds"
    r"|altijd)|anderhal(?:f|ve)|driekwart|drie\s+kwart|de\s+meesten|sommigen|velen|weinigen"
    r"|op\s+(?:een|één)\s+na|(?:steeds|telkens|overal)\s+(?:dezelfde|hetzelfde)|een\s+en\s+(?:dezelfde|hetzelfde)"
    r"|dezelfde\s+(?:ploeg|afdeling|groep|persoon|naam|hoek|plek|dienst|leidinggevende|manager|kant)"
)
_PERIODS: Final = r"kwartaal|maand|week|dag|halfjaar|keer|werkdag"
_OTHER_TIMES: Final = (
    r"ten\s+opzichte\s+van\s+(?:het\s+)?(?:vorig\w*|eerdere?|voorgaand\w*|afgelopen|(?:19|20)\d\d|de\s+jaren)"
    r"|vergeleken\s+(?:met|bij)(?!\s+(?:andere\s+organisaties|de\s+(?:wet|richtlijn)))|in\s+vergelijking\s+(?:met|tot)"
    r"|anders\s+dan\s+(?:in\s+)?(?:vorig|eerder|voorgaand|andere)\w*|(?:hoger|lager|drukker|rustiger|stiller|voller"
    r"|leger)\s+(?:dan|als)|dan\s+(?:in\s+)?(?:andere|eerdere|voorgaande|voorafgaande)\s+jaren|dan\s+(?:voorheen"
    r"|vroeger|gebruikelijk|normaal|gewoonlijk|ooit|anders|verwacht)"
    r"|in\s+tegenstelling\s+tot\s+(?:vorig|eerder|voorgaand)\w*|(?:even|net\s+zo)\s+(?:veel|vaak|druk|rustig)\s+als"
    r"|weer\s+(?:op\s+het\s+oude\s+)?(?:niveau|peil)|zoals\s+(?:vorig\s+jaar|elk\s+jaar|eerdere\s+jaren|gebruikelijk"
    r"|altijd)"
    r"|(?:voor\s+het\s+eerst|wederom|opnieuw|alweer|weer)\s+(?:\w+\s+){0,3}(?:casus\w*|melding\w*|klacht\w*|zaak"
    r"|zaken|incident\w*|gesprek\w*|mis\b|raak\b|hetzelfde)|ook\s+dit\s+jaar\s+weer"
)
_QUIET: Final = (
    r"(?:luxe|top|ramp|rot|kroon|piek|dal)jaar|(?:was|waren|is)\s+(?:het\s+)?(?:vorig|verleden|eerdere?"
    r"|andere)\s+ja(?:ar|ren)\s+(?:wel\s+)?(?:anders|beter|erger|slechter|drukker|rustiger)|niet\s+verveeld"
    r"|weinig\s+(?:omhanden|te\s+doen)|niets\s+omhanden|(?:telefoon|bel|deur|mailbox)\s+(?:stond|bleef|zweeg"
    r"|rinkelde)\s*(?:\w+\s+){0,2}(?:stil|leeg|dicht|open)?|bierviltje|\w*elftal|klas\s+vol|bus\s+vol"
    r"|hoeveel\s+(?:dat\s+)?er\s+\w+|hield\s+(?:mij|ons|me)\s+(?:\w+\s+){0,3}bezig|meldden?\s+zich\s+(?:weer|opnieuw)"
    r"|(?:steeds|een\s+stuk|veel|verder)\s+(?:verder|erger)\s+dan|hoor\s+ik\s+niets|(?:rustig|druk|stil|zwaar|bewogen"
    r"|woelig|roerig|vol|mager|topdruk|kalm)(?:e|er|ste)?\s+jaar"
    r"|liep(?:en)?\s+(?:het\s+)?storm|storm\s+gelopen|overspoeld|handen\s+vol|niet\s+te\s+klagen"
    r"|(?:agenda|spreekuur|inloop\w*|mailbox|telefoon|wachtkamer|postvak)\s+(?:\S+\s+){0,2}(?:leeg|vol|stil|druk"
    r"|onbezocht|onbenut|roodgloeiend|nauwelijks|amper|zelden|weinig|druk\s+bezocht)"
    r"|(?:onbezocht|onbenut|ongebruikt|werkloos)\s*(?=[.,;!?]|$)|(?:nauwelijks|amper|weinig|veel|druk"
    r"|slecht)\s+(?:bezocht|gebruikt|benut|gebruikgemaakt|gebruik\s+(?:van\s+)?gemaakt|aanloop|toeloop)"
    r"|(?:weinig|veel|niets|niks|nauwelijks\s+iets|genoeg|volop|wel\s+iets|van\s+alles"
    r"|heel\s+wat)\s+(?:\w+\s+){0,2}(?:binnen(?:gekomen)?|voorbij(?:gekomen)?|langs(?:gekomen)?|op\s+mijn\s+bord)"
    r"|maar\s+(?:weinig|mondjesmaat)|mondjesmaat|druppelsgewijs|slechts\s+(?:zelden|incidenteel|sporadisch"
    r"|zijdelings)|met\s+regelmaat|regelmatig\s+(?:kwam|ging|sprak|belde|hoorde|meldde)\w*"
    r"|(?:niets|niks)\s+(?:\w+\s+){0,2}(?:gebleken|gehoord|vernomen|bekend\s+geworden|gemerkt|gezien)|(?:is"
    r"|zijn)\s+(?:mij|ons|me)\s+(?:\w+\s+){0,3}niets|bereikten?\s+(?:mij|ons|me)\s+(?:\w+\s+){0,2}(?:geen|nauwelijks"
    r"|weinig|veel)\s+\w+"
    r"|niet\s+(?:tegengekomen|aangetroffen|voorgekomen|vernomen|waargenomen|aan\s+de\s+hand\s+geweest)"
    r"|niet\s+aan\s+de\s+orde\s+(?:geweest|gekomen)|(?:onder|vroeg|vroegen)\s+geen\s+aandacht"
    r"|bleef\s+(?:het\s+)?bij\s+(?:een|één|die|dat|deze|dit|praten)|(?:een|het)\s+(?:geïsoleerd"
    r"|op\s?zichzelf\s?staand|alleenstaand|uitzonderlijk|eenmalig|uniek)\w*\s+(?:geval|incident|voorval|zaak|kwestie)"
    r"|(?:betrof|ging\s+om)\s+(?:een|één)\s+(?:\w+\s+)?(?:geval|incident|voorval|zaak|kwestie|persoon)"
)

_TRENDS: Final = re.compile(
    rf"\b(?:{_STEMS}|{_SHARES}|{_OTHER_TIMES}|{_QUIET}"
    rf"|(?:{_MUCH})\s+(?:meer|minder|vaker|hoger|lager|drukker|rustiger)(?!\s+(?:tijd|aandacht|ruimte|bekend\w*"
    rf"|zicht\w*|uur|uren|uitleg|voorlichting|keus|keuze|bijeenkomsten)\b)"
    rf"|(?:{_MUCH}|een|de|geen)\s+(?:groei|krimp|afname|toename|stijging|daling|terugval)"
    r"|(?:twee|drie|vier|vijf|tien|dubbel)\s+(?:keer|maal)?\s*zo\s+(?:vaak|veel|lang|hoog)|zo\s+(?:vaak|veel)\s+als"
    rf"|(?:meer|minder)\s+(?:op|binnen|te\s+doen|langs|aanloop|vraag|{_CASES})|(?:liep|loopt|viel|valt|zakte|nam"
    rf"|kroop|trok|ging)(?:en)?\s+(?:\S+\s+){{0,6}}(?:terug|toe|af|omhoog|omlaag|aan)(?=\s*[.,;!?]|$)"
    rf"|(?:ieder|elk|iedere|elke)\s+(?:{_PERIODS})\s+(?:\w+\s+){{0,3}}(?:een\s+)?(?:{_CASES}|iemand)|(?:ieder|elk"
    rf"|iedere|elke)\s+(?:{_PERIODS})\s+(?:kwam|meldde|belde|klopte|sprak|ging|was|had|stond)\w*"
    rf"|om\s+de\s+(?:maand|week|dag|zoveel\s+tijd|haverklap)|(?:wekelijks|maandelijks|dagelijks"
    rf"|jaarlijks)\s+(?:\w+\s+){{0,3}}(?:{_CASES}|iemand|iets\s+binnen)"
    rf"|(?:wekelijks|maandelijks|dagelijks)\s+(?:{PAST})|(?:werd|werden)\s+(?:wekelijks|maandelijks|dagelijks)"
    rf"|(?:aantal|aantallen|teller|cijfers?|{_CASES})\s+(?:\w+\s+){{0,3}}(?:is|zijn|ligt|lag|staat|stond|bleef|bleven"
    rf"|schommelt\w*|herstel\w+)\s+(?:\w+\s+){{0,2}}(?:hoog|hoger|laag|lager|gelijk|stabiel|constant|hetzelfde|klein"
    rf"|groot|bescheiden|beperkt)"
    r"|(?:herstelde|stabiliseerde|normaliseerde)\s+(?:het|zich|de)|waren?\s+goed\s+voor"
    r"|maakten?\s+(?:\w+\s+){0,3}(?:deel|hoofdmoot)\s+uit"
    r"|spant?\s+de\s+kroon|sprong\s+eruit|springt\s+eruit|stak\s+erbovenuit|met\s+stip|op\s+(?:nummer\s+één|één"
    r"|de\s+eerste\s+plaats)(?=\s*[.,;!?]|\s+sta|$))(?!\w)",
    re.IGNORECASE | re.MULTILINE,
)


def trends(told: Iterable[Sentence]) -> Iterable[tuple[int, int]]:
    """Yield where sentences tell a trend, a share or a frequency of what came in, or that nothing did."""
    for sentence in told:
        found = sentence.find(_TRENDS)
        if found and not sentence.compares_itself and not sentence.of_the_method:
            yield from (each.span() for each in found)
