"""Dutch words in a text that point at somebody, or name a moment in the year: patterns, no meanings."""

import re
from typing import Final

from vpdesk.domain.names import FIRST_NAMES
from vpdesk.domain.wording import MONTHS
from vpdesk.reporting.text_words import CARDINAL, DID, NO_PEOPLE

_FUNCTIONS: Final = (
    r"teamleider|teamleidster|directeur|directrice|manager|managers|afdelingshoofd|sectiehoofd|bestuurder|wethouder"
    r"|burgemeester|secretaris|coördinator|planner|docent|docente|leraar|lerares|juf|arts|verpleegkundige"
    r"|praktijkondersteuner|chauffeur|kok|receptionist|receptioniste|stagiair|stagiaire|uitzendkracht|vrijwilliger"
    r"|monteur|voorman|ploegleider|leidinggevende|collega|hoofdredacteur|penningmeester|voorzitter|baas|bazin|chef"
    r"|controller|jurist|juriste|adviseur|adviseuse|accountant|boekhouder|architect|consulent|analist|bode|kassier"
    r"|student|studente|patiënt|bewoner|ouder|hoogleraar|rector|decaan|conciërge|griffier|ambtenaar|eigenaar"
)
_ONE_AGENT: Final = (
    rf"(?!{NO_PEOPLE})\w{{2,}}(?:leider|leidster|teur|seur|ieur|euse|trice|iste?|raar|naar|laar|ster|hoofd|chef|baas"
    r"|meester|arts|kundige|loog|kracht|docent|assistente?|consulente?|agente?|studente?|werker|begeleider|houder"
    r"|maker|maakster|gogi?e?|goog|bode|stromer|vervanger|bewaker|instructeur|inspecteur)"
)
_TOLD: Final = (
    r"vertel\w*|verteld\w*|zei|zegt|meldde|meldt|kwam|komt|voelde|voelt|wilde|wil|durfde|durft|vroeg|vraagt|werd|werkt"
    r"|werkte|vertrok|ging|had|heeft|was|is|wist|kon|kan|zag|kreeg|bleef|liep|schreef|sprak|riep|zat|zou|moest|mocht"
    r"|stond|hield|nam|viel|deed|belde|(?!(?:beide|mede|goede|grote|juiste|laatste|eerste)\b)\w{2,}(?:de|te)"
)

_BODIES: Final = (
    r"(?:\w*(?:directie|organisatie|leiding|bestuur|raad|commissie|werkgever|gemeente|provincie|stichting|vereniging"
    r"|bedrijf|persoon|politie|inspectie|overheid|wetgever|rechter|rechtbank|college|kabinet|minister|ministerie"
    r"|vakbond"
    r"|ing|heid|tie|schap|dienst|groep|club|kamer|sector|wet|school|overleg|code|mail|brief|week|weken|dag|dagen|maand"
    r"|maanden|jaar|jaren|periode|verslag|rapport|team|afdeling|instituut|beleid|plan|tekst|poster|website|pagina"
    r"|vraag|cijfers|reden|oorzaak|komst|les|lijst|krant|media|aanpak|ochtend|middag|campagne|cursus|workshop"
    r"|training|procedure)|or|mr|ov|pers|mens)\b"
)
"""What has an article and says or asks something, and is nobody."""

_FELT: Final = (
    r"vertelde|meldde|zei|belde|mailde|appte|huilde|schreeuwde|durfde|klaagde|schold|vertrok|schrok|loog|lachte"
    r"|vroeg\s+(?:mij|me|hulp|raad|advies|steun|om\s+(?:hulp|raad|advies|steun))|zocht\s+(?:hulp|raad|steun|contact)"
    r"|voelde\s+zich|werd\s+(?:gepest|boos|ziek|ontslagen|bedreigd|geïntimideerd|gediscrimineerd|overgeplaatst|zwanger)"
    r"|viel\s+uit|zat\s+thuis|ging\s+weg|nam\s+ontslag|werkt\s+er\s+niet|meldt\s+zich|wilde\s+niet"
    r"|kwam\s+(?:bij|naar)\s+mij|sprak\s+(?:mij|met\s+mij)|is\s+(?:ziek|ontslagen|uitgevallen|overgeplaatst)"
)
"""What only somebody does: whoever stands before it with an article is a person, whatever the word."""

_OWN_STORY: Final = r"verhaal|zaak|klacht|melding|situatie|ervaring|baan|contract|ontslag|casus|leidinggevende"
_KIN: Final = (
    r"moeder|vader|dochter|zoon|broer|zus|zusje|broertje|echtgenoot|echtgenote|buurvrouw|buurman|oma|opa|tante|oom|neef"
    r"|weduwe|weduwnaar"
)
_INITIALS: Final = r"(?!(?:N\.B|B\.V|N\.V|C\.V|P\.S|V\.S|E\.U|A\.U\.B|V\.O\.F)\.)(?:[A-Z]\.){2,4}(?=\s+[a-z])"

_PLAIN_FUNCTIONARIES: Final = r"(?:klachten|integriteits|privacy|preventie|compliance)functionaris"
_ENDS_FUNCTION: Final = (
    r"manager|secretaris|secretaresse|functionaris|directeur|bestuurder|voorzitter"
    r"|coördinator|wethouder|jurist|controller"
)
_PARTICLES: Final = r"(?:(?:van|de|den|der|het|ten|ter|te|in|’t|'t)\s+){0,3}"
_SURNAME: Final = rf"{_PARTICLES}(?-i:[A-ZÀ-Þ])[\w’'-]+"
_FIRST: Final = "|".join(sorted(name.capitalize() for name in FIRST_NAMES))

PERSONS: Final = (
    re.compile(
        rf"\b(?:(?:mevrouw|meneer|mijnheer|de\s+heer)|(?:mevr|mw|dhr|drs|mr|ing|ir|dr|prof)\b\.?)\s+{_SURNAME}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?!N\.B\.)(?:[A-Z]\.\s?){{1,4}}{_PARTICLES}[A-ZÀ-Þ][\w’'-]{{2,}}"),
    re.compile(rf"\b(?:{_FIRST})(?=\s+(?:{_PARTICLES}[A-ZÀ-Þ]\w|(?:{_TOLD})\b))|(?<=[\w,;:(]\s)(?:{_FIRST})\b"),
    re.compile(r"\b(?:C[EFOITDH]O|CHRO|HRBP|MT['’]?er)\b"),
    re.compile(
        rf"\b(?:(?:de|een|deze|die|dezelfde|haar|zijn|diens|onze)\s+(?!{_PLAIN_FUNCTIONARIES})\w*(?:{_ENDS_FUNCTION})"
        r"|(?:een|het|dit|dat|één)\s+(?:[\w’'-]+\s+)?(?:MT|OR|team|raads|bestuurs|commissie|staf|directie)-?lid"
        r"|het\s+hoofd\s+(?:van\s+(?:de|het|een)\s+\w+|(?!bieden|boven|koel)\w{5,})"
        r"|(?:een|de)\s+(?:moslima?|christen|jood|homo|lesbienne|transgender|zwangere)"
        r"|een\s+persoon\s+(?:met|uit|van)|de\s+(?:nacht|dag|avond|weekend|vroege\s|late\s)-?(?:dienst|ploeg))\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:(?:zij|ze)\s+(?:{_TOLD})|hij(?:\s+(?:{_TOLD}))?|hem)\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:(?:de|een|deze|die|dezelfde|haar|zijn|diens|onze)\s+(?:[\w’'-]+\s+)?(?:\w+-)?(?:{_FUNCTIONS})"
        rf"|(?:de|een|deze|die|dezelfde|haar|diens)\s+(?:[\w’'-]+e\s+)?(?:{_ONE_AGENT})|het\s+\w+hoofd)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:een|[ée]én|de|deze|die|het|dit|dat)\s+(?:[\w’'-]+\s+)?(?:medewerker|medewerkster|vrouw|man|meldster"
        r"|melder|klager|slachtoffer)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\biemand\s+(?:(?:van|uit|op)\s+(?:de|het|een)\s+\w+|vertelde|zei|meldde|kwam|voelde|werd|ging|had|was"
        r"|(?!beide)\w{2,}(?:de|te))\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:afdeling|team|sectie|vestiging|faculteit)\s+(?-i:[A-Z])\w*", re.IGNORECASE),
    re.compile(
        rf"\b(?:de|een|deze|die"
        rf"|dezelfde)\s+(?!{_BODIES})(?:(?!{_BODIES})[\w’'-]+e\s+(?!{_BODIES}))?[\w’'-]{{3,}}(?=\s+(?:{_FELT})\b)"
        rf"|\b(?:vertelde|meldde|klaagde|belde|huilde|schreeuwde)\s+(?:de|een)\s+(?!{_BODIES})(?!\w+e\s)[\w’'-]{{3,}}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:diegene(?!\s+(?:die|wie))|dezelfde\s+(?:persoon|naam)"
        rf"|(?:die|deze)\s+persoon\s+(?:{DID}|werkt|zit|heeft|meldt)"
        r"|(?:melder|klager|getuige|slachtoffer|betrokkene)\s+(?:is|was|werd|zit|heeft|had)\s+(?:\w+\s+){0,3}"
        r"(?:uitgevallen|vertrokken|ziek|ontslagen|gestopt|overgeplaatst|weg|thuis|geschorst|opgestapt)"
        r"|(?:voor|met|bij|over|aan|van|naar|door|tegen)\s+haar(?=\s*[.,;:!?]|\s+(?:heb|had|heeft|is|en|te|niet|nog"
        r"|loopt)\b"
        r"|\s+(?:liep|ging|was|werd|kwam|sprak|bleef|voelde|wilde|moest|kon|mocht|werkte|gold)\b)"
        rf"|(?:haar|zijn|diens)\s+(?:{_OWN_STORY})"
        rf"|(?:een|de|haar|zijn)\s+(?:[\w’'-]+e\s+)?(?:{_KIN})"
        r"|(?:weet|weten|wisten|vermoedt)\s+(?:al\s+)?(?:om|over)\s+wie\s+(?:het|ik))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:er\s+(?:loopt|liep|volgde|volgden|was|kwam|komt)"
        r"|leidde(?:n)?\s+tot)\s+(?:nog\s+)?(?:een\s+)?(?:onderzoek|ontslag"
        r"|schorsing|aangifte|rechtszaak|vaststellingsovereenkomst)|(?:politie|inspectie|rechter"
        r"|bedrijfsarts)\s+(?:is|werd)\s+"
        r"(?:ingelicht|ingeschakeld|gebeld|gevraagd)|rechter\s+deed\s+uitspraak"
        r"|vaststellingsovereenkomst\s+(?:gesloten|getekend))\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_INITIALS}"),
)

_FEASTS: Final = (
    r"kerst\w*|pasen|pinksteren|carnaval|sinterklaas|hemelvaart|koningsdag|ramadan|suikerfeest|oud en nieuw|prinsjesdag"
    r"|nieuwjaar|\w*jaarwisseling|feestdagen|sint[ -]?maarten|\w*staking"
)
_PARTIES: Final = (
    r"\w*feest(?:dag|je|avond)?|\w*borrel|\w*(?:kerst|nieuwjaars|personeels|jubileum|afscheids)\w*(?:diner|lunch"
    r"|ontbijt|etentje)"
    r"|(?:personeels|bedrijfs|team|afdelings)-?(?:uitje|uitstapje|weekend)|bouwvak(?:vakantie)?|zomerstop|kerststop"
    r"|valentijn(?:sdag)?|moederdag|vaderdag|dierendag|bevrijdingsdag|secretaressedag|(?:eerste|tweede)\s+(?:kerst"
    r"|paas|pinkster)dag"
)
_DAYS: Final = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond|nacht)?"
_SEASONS: Final = r"voorjaar|najaar|zomer|winter|lente|herfst|\w*vakantie"
_MONTH: Final = rf"(?:{'|'.join(MONTHS)}|(?:jan|febr?|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)(?:\.|\b))"
_BARE_MONTH: Final = rf"(?:{'|'.join(MONTHS)}|mrt|febr)"
MOMENTS: Final = re.compile(
    rf"\b(?:(?:(?:begin|eind|half|medio|sinds|vanaf|tot|in|rond|na|voor|tijdens|op)\s+)?"
    rf"(?:\d{{1,2}}|{CARDINAL}|eerste|laatste)\s+{_MONTH}|tussen\s+{_MONTH}\s+en\s+{_MONTH}"
    rf"|(?:begin|eind|half|medio|sinds|vanaf|tot|in|rond|na|voor|tijdens)\s+{_MONTH}|{_BARE_MONTH}\b"
    rf"|(?:in|na|voor|rond|tijdens|sinds|vanaf|tot|op)\s+(?:(?:de|het)\s+)?(?:{_SEASONS}|{_FEASTS})"
    rf"|(?:{_PARTIES})|(?:afgelopen|vorige|die|deze|bewuste|zekere|een|sinds)\s+{_DAYS}|{_DAYS}\s+(?:\d|jongstleden"
    rf"|jl\b)"
    rf"|(?:op\s+)?{_DAYS}(?=\s+(?:{DID})\b)|op\s+de\s+(?:dag|avond|ochtend|middag|vooravond)\s+(?:van|na|voor)"
    rf"|met (?:{_FEASTS})|in week \d+|Q[1-4]"
    r"|(?:begin|eind|einde|midden|halverwege|medio)\s+(?:van\s+)?(?:(?:dit|het|vorig|afgelopen)\s+(?:\w*jaar)|20\d\d)"
    r"|de (?:eerste|laatste) (?:\w+ )?(?:maand(?:en)?|week|weken)|de (?:eerste|tweede) helft"
    r"|(?:vorige|afgelopen|deze) (?:week|maand)|gisteren|eergisteren"
    r"|het (?:eerste|tweede|derde|vierde|laatste) (?:kwartaal|halfjaar|half jaar))(?!\w)"
    r"|(?<!\w)[’'‘]s\s(?:zomers|winters)\b",
    re.IGNORECASE,
)
