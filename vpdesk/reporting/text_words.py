"""Dutch words in a text that may count people or cases, compare, or say a theme otherwise: patterns, no meanings.

Lists of plain words and endings, so that a user can be told in a sentence why one was marked. A number word is marked
whatever follows it, save what an organisation counts without counting people.
"""

import re
from typing import Final

from vpdesk.domain.taxonomy import THEMA, WERKGEBIED

_ONES: Final = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TENS: Final = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_TEENS: Final = (
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
_COMPOUND: Final = rf"(?:(?:{'|'.join(_ONES)})(?:en|ën))?(?:{'|'.join(_TENS)})"
CARDINAL: Final = (
    rf"[ée]én|[ée]{{1,2}}ntje|null?|nihil|{'|'.join(word for word in _ONES[1:] if word != 'acht')}"
    rf"|acht(?!\s+(?:het|dit|dat|deze|zich|ik)\b)|{'|'.join(_TEENS)}|{_COMPOUND}|honderd\w*|duizend\w*|tientallen"
)
_SOME: Final = r"enkelen?|een paar|een enkele?|een stuk of|een (?:hand(?:vol|jevol))|een dozijn"
_VAGUE: Final = (
    r"geen|enkele|een paar|een enkele|een handvol|een handjevol|een aantal|een tiental|een twintigtal|beide|weinig|veel"
    r"|meerdere|sommige|verschillende|diverse|talloze|alle|nauwelijks|amper|de (?:eerste|tweede|derde|vierde|laatste)"
)

NO_PEOPLE: Final = (
    r"(?:\w*(?:cijfers|kamers|computers|folders|posters?|flyers|nummers|roosters?|kaders|letters|filters|kranten|kanten"
    r"|registers?|semesters?|vensters?|lijsters?"
    r"|documenten?|momenten?|instrumenten?|procenten?|evenementen?|argumenten?|elementen?|reglementen?|varianten?"
    r"|fundamenten?|talenten?|accenten?|contenten?|parlementen?|departementen?|fragmenten?|werkgevers?|adviseurs?"
    r"|bedrijfsarts(?:en)?|preventiemedewerkers?|voorkeur|kleur|deur|keur)|immers|anders|elders|sommers|beslist"
    r"|schouders?)\b"
)
_AGENTS: Final = (
    rf"(?!{NO_PEOPLE})\w{{2,}}(?:ers|sters|eurs|isten|istes|enten|anten|logen|euses|kundigen|chefs|bazen|hoofden"
    r"|(?:ambten|ler|eigen|kunsten|hand[e]l|mak[e]l)aren|krachten|leden|genoten)"
)
_PEOPLE: Final = (
    r"mensen|mens|persoon|personen|medewerk(?:er|ster)s?|werknemers?|melders?|collega(?:’s|'s)?|getuigen?|vrouw(?:en)?"
    r"|man(?:nen)?|leidinggevenden?|slachtoffers?|betrokkenen?|stagiaires?|stagiairs?|leerlingen|cliënten|klagers?"
    r"|beklaagden?|student(?:en)?|ouders?|pati[eë]nt(?:en)?|bewoners?|docent(?:en)?|jongeren|jongens?|meisjes?|kinderen"
    r"|dames|heren|klanten|anderen|artsen|managers?|bestuurders?|chauffeurs?|koks?|planners?|secretaressen?|hoogleraren"
    rf"|{_AGENTS}"
)
_CASES: Final = (
    r"casus(?:sen)?|melding(?:en)?|klacht(?:en)?|gesprek(?:ken)?|zaken|zaak|incident(?:en)?|geval(?:len)?"
    r"|voorval(?:len)?"
    r"|kwesties?|aangiftes?|aangiften"
)
_COUNTED: Final = rf"{_CASES}|keren|keer|{_PEOPLE}"

_ORGANISATION: Final = (
    r"uur|uren|minuten|(?:werk)?dag(?:en)?|dagdelen|week|weken|maand(?:en)?|jaar|jaren|kwartalen|(?:keer"
    r"|maal)\s+per\s+\w+"
    r"|(?:keer|maal)\s+in\s+(?:de|het)\s+\w+|\w*bijeenkomst(?:en)?|\w*training(?:en)?|workshops?|presentaties?"
    r"|\w*regeling(?:en)?|locaties?|vestigingen|\w*punt(?:en)?|onderdelen|thema(?:’s|'s)?|onderwerpen|hoofdstukken"
    r"|bladzijden?|pagina(?:’s|'s)?|manieren|wegen|stappen|routes?|taken|rollen|vragen|talen|kanalen|posters|folders"
    r"|wetten|artikelen|aanbevelingen|fasen|delen|redenen|\w*nummers?|\w*adres(?:sen)?|loket|plek(?:ken)?|plaats(?:en)?"
    r"|\w*document(?:en)?|overzicht(?:en)?|\w*verslag(?:en)?|afspraken|lijn(?:en)?|woorden|zinnen|vertrouwenspersonen"
    r"|functies|soorten|systemen|doelen|kolommen|verdelingen|tabellen|getallen|dingen|kanten"
)
_DESCRIBED: Final = rf"(?:(?:[\w’'-]+e|of|tot|en|à|{CARDINAL})\s+){{0,2}}"
_HARMLESS: Final = rf"(?:(?:{CARDINAL}|{_SOME}|{_VAGUE}|een)\s+{_DESCRIBED}(?:{_ORGANISATION})\b)"
_ONE_TO_ONE: Final = r"één[\s-]+op[\s-]+één\b"

EVERYDAY: Final = frozenset({"organisatie", "collega", "medewerker", "leidinggevende", "melder", "anders", "beide"})
"""Labels of the code lists that a text about the organisation can't do without."""

ABOUT_A_CASE: Final = (
    r"zaak|zaken|kwestie|melding|geval|casus|klacht|incident|schending|probleem|problemen|gesprek|traject"
)
"""What makes a compound with a label that is about cases (integriteitskwestie), not about the organisation."""

DID: Final = (
    r"was|waren|werd(?:en)?|had(?:den)?|kwam(?:en)?|ging(?:en)?|vroeg(?:en)?|zei(?:den)?|sprak(?:en)?|riep(?:en)?"
    r"|schold(?:en)?|deed|deden|gedroeg(?:en)?|liep(?:en)?|zocht(?:en)?|bleef|bleven|schreef|schreven|bleken|bleek"
    r"|zagen|zag|vertrok(?:ken)?|moest(?:en)?|wilde(?:n)?|wist(?:en)?|kreeg|kregen|klopte(?:n)?"
    r"|(?!(?:worden|vinden|ondervinden|bevinden|aanvaarden|antwoorden|beantwoorden|landen|zenden|binden)\b)"
    r"\w{2,}(?:[dglmnrvz]den?|[fkpt]ten?)"
)
"""What somebody did: a verb in the past."""

EVERYBODY: Final = re.compile(
    r"alle\s+(?:\w+e\s+)?(?:medewerkers|leidinggevenden|collega(?:’s|'s)|docenten|werknemers|teamleiders|managers"
    r"|studenten)",
    re.IGNORECASE,
)
"""All of a kind: whom an organisation tells and teaches, where its sentence is about that."""

PEOPLE: Final = re.compile(rf"\s+(?:van\s+(?:hen|hun|ze)|(?:[\w’'-]+\s+)?(?:{_PEOPLE}))\b", re.IGNORECASE)
"""People right after a number: the numbers of a report count cases, not people."""

COUNTED: Final = re.compile(rf"\s+(?:[\w’'-]+e\s+)?(?:{_COUNTED})\b", re.IGNORECASE)
"""What is counted, right after a number: what looks like a year is none there."""

_HAPPENED: Final = (
    r"aangifte|gestolen|gepest|geslagen|geschreeuwd|gescholden|bedreigd|gediscrimineerd|geïntimideerd|gefraudeerd"
    r"|ontslagen|geschorst|aangerand|gedreigd|gelogen|overgeplaatst"
)
_PARTS: Final = r"vierde|vijfde|zesde|zevende|achtste|negende|tiende|twintigste|honderdste"
_TOPICS: Final = "|".join(
    sorted({re.escape(term.code) for codes in (THEMA, WERKGEBIED) for term in codes.terms} - {"beide", "onbekend"})
)
COUNTS: Final = (
    re.compile(
        rf"(?<!\bop[\s-])\b(?!{_HARMLESS})(?!{_ONE_TO_ONE})(?:(?:{CARDINAL})\s+op\s+de\s+\w+"
        rf"|(?:{CARDINAL}|{_VAGUE})\s+(?:[\w’'-]+\s+)?(?:{_COUNTED})\b"
        rf"|(?:{CARDINAL}|{_SOME})(?!\w))",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:niemand(?!\s+(?:herkenbaar|herleidbaar))|(?:het|een)\s+(?:duo|trio|echtpaar|stel(?:letje)?"
        r"|koppel(?:tje)?)|een tweede(?!\s+vertrouwenspersoon)|opnieuw een"
        r"|nog (?:een|één|iemand)|de enige|dezelfde leidinggevende|allebei|beiden|zelden"
        r"|een keer(?! per | in )|eenmaal(?! per )"
        r"|enkeling(?:en)?|geen (?:enkele?|van de\w*)|op (?:één|een) na"
        rf"|een van (?:hen|hun|(?:de|deze|die|onze)\s+(?!{_DESCRIBED}(?:{_ORGANISATION})\b)\w+)"
        r"|(?:de|deze|die) (?:klacht|casus|zaak|aangifte|melding) (?:is|was|werd|ging|loopt|liep|kwam))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:(?:het|mijn|ons|één|een)\s+enige\s+(?:{_COUNTED})|(?-i:EEN)\s+(?:{_COUNTED})|ettelijke|eenmalige?"
        rf"|sporadisch|incidenteel|eens\s+voor(?:gekomen)?|alle\s+\w+\s+(?:behalve|uitgezonderd)"
        rf"|(?:slechts|alleen|enkel|hooguit|hoogstens|precies|minstens|ten\s?minste|minimaal|maximaal"
        rf"|(?:er|is|was|kwam|liep)\s+maar)\s+een\s+(?:[\w’'-]+e\s+)?(?:{_COUNTED}))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:er\s+(?:is|was|werd|zijn|waren|werden)|(?:is|was|werd|waren"
        r"|werden)\s+er)\s+(?:[\w’'-]+\s+){0,3}niets?"
        r"\s+(?:[\w’'-]+\s+)?(?:gemeld|geklaagd|gesproken|gebeld|doorverwezen|binnengekomen|ingediend|voorgevallen"
        r"|gebeurd)"
        r"|(?:onder|boven|beneden|tot)\s+de\s+drempel(?:waarde)?|stil\s+(?:geweest|gebleven)"
        r"|bleef\s+(?:het\s+)?stil)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<!\w)(?:\|+|(?-i:I)|vyf)\s+(?:[\w’'-]+e\s+)?(?:{_COUNTED})\b", re.IGNORECASE),
    re.compile(rf"\b(?:{'|'.join(_ONES[1:])}|{'|'.join(_TEENS)})maal\b(?! per )", re.IGNORECASE),
    re.compile(rf"\b(?:{'|'.join((*_ONES[1:], *_TEENS, *_TENS))})tal(?:len)?\b", re.IGNORECASE),
    re.compile(rf"\b(?-i:[IVXLC]{{2,}}|[VX])\s+(?:{_COUNTED})\b", re.IGNORECASE),
    re.compile(
        r"\b(?:de helft|een kwart|driekwart|(?:een|[ée]én|twee) derde|het merendeel|de meerderheid|een minderheid"
        r"|een op de \w+|(?:een|het) (?:heel )?(?:groot|grootste|klein|kleiner|groter|flink|aanzienlijk)"
        r" (?:deel|gedeelte|aantal|aandeel)|het gros|de rest(?! van (?:het jaar|de organisatie|de tijd)))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:iedereen (?:die|was|had|kwam|kreeg|\w+(?:de|te))|(?:bijna|vrijwel|haast) iedereen"
        rf"|(?:alleen|uitsluitend|enkel|slechts|louter|voornamelijk)\s+(?:[\w’'-]+e\s+)?(?:{_PEOPLE}))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:(?:{_CASES})\s+(?:zijn|waren|kwamen|bleven)\s+(?:er\s+)?(?:niet|uit|nauwelijks)"
        r"|(?:kwam(?:en)?|komt|komen|deed|deden)\s+(?:zich\s+)?(?:\w+\s+){0,2}niet\s+voor|bleef\s+achterwege"
        r"|bleven\s+achterwege"
        r"|ontbrak(?:en)?\s+(?:geheel|volledig)|kwam(?:en)?\s+(?:er\s+)?niets\s+binnen"
        rf"|(?:{_PEOPLE})\s+(?:kwamen|belden|(?:meldden|lieten)\s+zich)\s+niet|wie\s+kwam|ble(?:ef"
        rf"|ven)\s+buiten\s+beeld)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:er\s+(?:is|was|werd|liep|loopt|kwam|volgde)\s+(?:[\w’'-]+\s+)?"
        rf"|(?:kwam|liep|was|werd|volgde)\s+er\s+(?:[\w’'-]+\s+)?|in\s+)een\s+(?:[\w’'-]+e\s+)?(?:{_CASES})"
        rf"|er\s+(?:is|was|werd|wordt|zijn|waren|werden)\s+(?:[\w’'-]+\s+){{0,2}}(?:{_HAPPENED}))\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:een|geen)(?=\s*(?:[.;!?)]|$))"
        r"|[:–—]\s*(?:nul|niet|n\.?\s?v\.?\s?t\b\.?)(?=\s*(?:[.,;!?)]|$))"
        rf"|\b(?:{_CASES})\s*:\s*[–—-](?!\w)|\ber\s+een\s+(?:bij|van|over)\b"
        r"|\bgeen\s+(?:ziel|hond|kip|sterveling|mens)\b|\b(?:bleef|bleven|was|waren|is|zijn)\s+leeg\b",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        rf"\b(?:half\s+dozijn|welgeteld|eenling(?:en)?|tweeling(?:en)?|handvol\s+(?:{_COUNTED})|net\s+geen\s+\w+"
        rf"|die\s+ene|de\s+ene\s+(?:{_COUNTED})"
        r"|op\s+(?:de\s+vingers\s+van\s+)?(?:een|[ée]én|twee)\s+hand(?:en)?"
        r"|te\s+(?:weinig|klein|gering|laag|zeldzaam)\s+om\s+(?:\w+\s+)?te\s+(?:noemen|tellen|vermelden|tonen|delen"
        r"|melden)"
        r"|(?:net|vlak|juist|nog|ruim|ver)\s+(?:onder|boven)\s+de\s+grens"
        r"|(?:achter|bij)\s+(?:het|dit|dat|elk|ieder|een)\s+streepje|het\s+verborgen\s+getal|achter\s+(?:de|een)\s+dash"
        r"|de\s+dash\s+\w+)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:een|[ée]én|twee|drie|vier)\s?(?:{_PARTS})n?(?=\s+(?:deel|gedeelte|van|{DID})\b|\s*(?:[.,;!?]|$))"
        rf"|\b(?:twee|drie|vier|vijf)(?:derde|kwart|{_PARTS})n?\b"
        r"|\b(?:de|een)\s+(?:[\w’'-]+e\s+)?(?:meerderheid|minderheid)\b|\bhet\s+over\s?grote\s+(?:deel|gedeelte"
        r"|merendeel)\b",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        rf"\b(?:allen\s+(?:{DID}|zijn|hebben)|allemaal\s+(?:{DID})|(?!{_HARMLESS})beiden?\s+(?:{DID}|zijn|hebben)"
        rf"|(?:iedere|elke|ieder|elk)\s+(?:[\w’'-]+e\s+)?(?:{_CASES}|{_PEOPLE})\s+(?:{DID}|is)"
        rf"|(?:de\s+)?melders\s+(?:zijn|waren|werken|werkten|hebben|hadden))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:speelden?\s+(?:\w+\s+){{0,4}}geen\s+(?:enkele\s+)?rol"
        rf"|(?:{_TOPICS})\b[^.!?\n]*\bgeen\s+(?:enkele\s+)?rol"
        r"|kwam(?:en)?\s+(?:\w+\s+){0,3}(?:niet|nauwelijks|amper|zelden|nooit|weinig|veel|vaak)\s+(?:aan\s+(?:bod"
        r"|de\s+orde)"
        r"|ter\s+sprake|voor|langs)|ging(?:en)?\s+het\s+(?:niet|nooit|nauwelijks|amper)"
        r"|(?:is|zijn|werd|werden)\s+(?:\w+\s+)?(?:niet|nauwelijks|amper|nooit)\s+(?:over\s+)?(?:gesproken|gemeld"
        r"|geklaagd)"
        r"|geen\s+(?:[\w’'-]+\s+)?(?:signalen|contacten)|(?:was|waren)\s+(?:er\s+)?geen\s+sprake)\b",
        re.IGNORECASE,
    ),
)

_OFTEN: Final = r"vaak|meestal|doorgaans|nooit|nauwelijks|zelden|altijd|(?:vrijwel|bijna) altijd|steeds|telkens"

COMPARED: Final = re.compile(
    r"\b(?:(?:het |de )?(?:meeste?|minste?|vaakst|grootste|kleinste|hoogste|laagste)|bijna alle|vooral|meer dan"
    r"|minder dan|vaker|minder vaak|toename|afname|stijging|daling|gestegen|gedaald|verdubbeld|gehalveerd|toegenomen"
    r"|afgenomen|drukker|rustiger|(?:nam|namen|neemt|nemen) (?:toe|af)"
    rf"|(?:meer|minder) (?:{_COUNTED})|(?:hoger|lager|groter|kleiner) dan|steeg|stegen|stijgt|daalde|daalden|daalt"
    r"|groeide|halveerde|verdubbelde|verdrievoudig\w+|opgelopen|liepen? (?:\w+ )?(?:op|terug)|gelijk gebleven"
    r"|bleef gelijk|evenveel|even (?:veel|vaak)|relatief (?:vaak|veel|weinig)"
    r"|(?:dan|als) (?:vorig jaar|in (?:19|20)\d\d|het jaar ervoor)|(?:waren|kwamen) (?:het )?er (?:meer|minder)"
    r"|de lijst aan|lijstaanvoerder|koploper|uitschieter|piek|piekte"
    r"|met name|hoofdzakelijk|overwegend|voornamelijk|grotendeels|merendeels"
    rf"|(?:{_OFTEN})\s+(?:{DID}|gaat het|gaan)|(?:{DID})\s+(?:(?:het|er|zij|dit|dat|ook|zich)\s+){{0,2}}(?:{_OFTEN})"
    r"|(?:gaat|gaan)\s+(?:het\s+)?(?:vaak|meestal|doorgaans|nauwelijks|zelden|(?:vrijwel|bijna)\s+altijd)\s+over"
    r"|(?:eerste|enige)\s+(?:\w+\s+){0,3}sinds\s+(?:jaren|lang|\w+\s+jaar)|voor het eerst sinds"
    rf"|voor het eerst\s+(?:{DID})|(?:was|waren|kwam|kwamen)\s+(?:\w+\s+){{0,2}}voor het eerst"
    r"|de\s+(?:oudste|jongste|langst\s?(?:zittende|dienende))(?:\s+\w+)?"
    rf"|(?:{_CASES}|iets)\s+(?:uit|van)\s+vorig\s+jaar|van\s+vorig\s+jaar\s+(?:liep|loopt))\b",
    re.IGNORECASE,
)
