"""The standard texts of a report in Dutch, as data: keys to templates, each editable per client.

Braces are filled from published statements and settings only. A key with `.periode` is the form for a period that is
not a year. The texts never say *zij* or *hij* of the advisor.
"""

from collections.abc import Mapping
from typing import Final

STANDARD: Final[Mapping[str, str]] = {
    "over": (
        "U leest hier wat de vertrouwenspersoon het afgelopen jaar voor uw organisatie deed, wat daarbij opviel en wat "
        "komend jaar aandacht vraagt. Over afzonderlijke mensen leest u niets. Wie belt of langskomt, moet erop kunnen "
        "rekenen dat niemand dat merkt."
    ),
    "over.periode": (
        "U leest hier wat de vertrouwenspersoon in deze periode voor uw organisatie deed, wat daarbij opviel en wat "
        "aandacht vraagt. Over afzonderlijke mensen leest u niets. Wie belt of langskomt, moet erop kunnen rekenen dat "
        "niemand dat merkt."
    ),
    "over.laag": (
        "U leest hier wat de vertrouwenspersoon voor uw organisatie kan betekenen, wat er aan voorlichting is gedaan "
        "en wat komend jaar aandacht vraagt."
    ),
    "cijfers.casus": (
        "Een casus is wat één persoon inbrengt, hoeveel gesprekken daar ook voor nodig zijn. Een gesprek is één "
        "contact. Een casus telt mee in het jaar van het eerste gesprek."
    ),
    "cijfers.casus.periode": (
        "Een casus is wat één persoon inbrengt, hoeveel gesprekken daar ook voor nodig zijn. Een gesprek is één "
        "contact. Een casus telt mee in de periode van het eerste gesprek."
    ),
    "cijfers.eenmaal": "Spelen er meer thema’s, dan telt het thema dat voor de persoon het zwaarst weegt.",
    "cijfers.melding": (
        "Praten met de vertrouwenspersoon is nog geen melding; een melding is wat iemand bij de organisatie of "
        "daarbuiten indient."
    ),
    "cijfers.streepje": (
        "Het kan nul zijn, maar ook een groter getal. Streepjes in dezelfde tabel tellen wij samen op in een aparte "
        "regel."
    ),
    "cijfers.oordeel": (
        "Aantallen zeggen iets over de vindbaarheid, niet of het goed of slecht gaat. De vertrouwenspersoon luistert "
        "en geeft raad, en stelt niet vast of iets zo is gebeurd."
    ),
    "kort": "Deze bladzijde geeft het jaar in hoofdlijnen. De toelichting staat in de hoofdstukken erna.",
    "kort.periode": "Deze bladzijde geeft de periode in hoofdlijnen. De toelichting staat in de hoofdstukken erna.",
    "kort.alleen": "Deze bladzijde geeft het jaar in hoofdlijnen. Daarna staat hoe wij de cijfers beschermen.",
    "kort.alleen.periode": (
        "Deze bladzijde geeft de periode in hoofdlijnen. Daarna staat hoe wij de cijfers beschermen."
    ),
    "kort.eenrij": (
        "Bij minder dan {veel} casussen laten wij elk onderwerp apart zien, en zetten wij geen onderwerpen naast "
        "elkaar. Anders zou een klein groepje herkenbaar kunnen worden."
    ),
    "kort.totaal": (
        "Bij minder dan {dubbel} casussen noemen wij alleen hoeveel het er zijn. Een verdeling over onderwerpen, "
        "rollen of uitkomsten zou al snel over een herkenbaar groepje gaan. Ook uren en gesprekken noemen wij dan "
        "niet. Dat doen wij ook als uit meer getallen samen een klein getal is af te leiden."
    ),
    "kort.gekozen": (
        "Dit verslag noemt het aantal casussen en geen verdeling. Dat is vooraf zo gekozen, wat de cijfers ook zijn."
    ),
    "kort.eerder": (
        "Deze periode is al eerder uitgegeven, met een totaal en zonder verdeling. Een periode die is uitgegeven, "
        "tellen wij niet opnieuw. Daarom heeft ook deze uitgave een totaal en geen verdeling."
    ),
    "kort.interval": (
        "Uit het precieze aantal is samen met wat al eerder is uitgegeven een klein getal af te leiden. Daarom noemen "
        "wij alleen waar het aantal tussen ligt, en geen verdeling."
    ),
    "rol": (
        "Bij de vertrouwenspersoon kunnen medewerkers praten over ongewenst gedrag en over zaken die niet eerlijk "
        "lijken te gaan. Zij houden zelf in de hand wat er daarna gebeurt."
    ),
    "rol.ondersteunen": (
        "Luisteren, meedenken en uitleggen welke wegen er zijn. Helpen bij een melding als iemand die wil doen. Later "
        "nog eens vragen hoe het gaat."
    ),
    "rol.informeren": (
        "Vertellen wat ongewenst gedrag en integriteit zijn, en wat de vertrouwenspersoon doet. Aan teams, nieuwe "
        "medewerkers en leidinggevenden."
    ),
    "rol.signaleren": (
        "Zien wat vaker terugkomt en dat met de leiding bespreken. Zonder namen, en zonder verhalen die naar iemand "
        "wijzen."
    ),
    "rol.vertrouwelijk": (
        "Wat iemand vertelt, blijft bij de vertrouwenspersoon. Er gaat niets naar de organisatie zonder toestemming. "
        "Dat is iets anders dan anoniem: de vertrouwenspersoon weet wie er komt, anderen niet."
    ),
    "rol.grenzen": (
        "Er zijn grenzen. Bij sommige ernstige misdrijven verplicht de wet tot aangifte. Ook kan een zwaar belang "
        "voorgaan, bijvoorbeeld als er een leven in gevaar is. Dit komt in het eerste gesprek aan de orde. Moet het "
        "vertrouwen worden doorbroken, dan hoort degene om wie het gaat dat vooraf, tenzij dat echt niet kan."
    ),
    "rol.onafhankelijk": (
        "De vertrouwenspersoon doet geen onderzoek en neemt geen besluiten. Over wat in gesprekken is gezegd, legt de "
        "vertrouwenspersoon in de organisatie geen verantwoording af. Over de manier van werken wel. Daarvoor is dit "
        "verslag."
    ),
    "rol.or": (
        "De werkgever vertelt de ondernemingsraad ieder jaar hoe de interne meldprocedure werkt. Dit verslag is daar "
        "een aanvulling op, geen vervanging."
    ),
    "ondersteuning": (
        "Dit hoofdstuk gaat over de mensen die bij de vertrouwenspersoon kwamen: met hoeveel zij waren, waarover zij "
        "praatten en welke weg zij kozen."
    ),
    "ondersteuning.gesprek": "Een kort telefoontje telt mee als gesprek, een afspraak verzetten niet.",
    "ondersteuning.rol": (
        "Ook getuigen, collega’s, mensen over wie een melding ging en leidinggevenden met een vraag kunnen bij de "
        "vertrouwenspersoon terecht. Wie iemand steunt die meldt, steunt niet ook de andere kant: dan verwijst de "
        "vertrouwenspersoon door naar een collega."
    ),
    "ondersteuning.thema": (
        "Elke casus staat onder het thema dat voor de persoon het zwaarst woog. De thema’s staan ieder jaar in "
        "dezelfde volgorde, ook als wij er geen getal bij noemen."
    ),
    "ondersteuning.relatie": (
        "Hier gaat het om de verhouding tot de ander: staat die boven of naast iemand, of gaat het om een klant of een "
        "derde? Dat maakt verschil voor de weg die iemand kan kiezen."
    ),
    "ondersteuning.kruistabel": (
        "Hier staan twee verdelingen naast elkaar. De getallen bij alle casussen zijn dezelfde als in de tabellen van "
        "elk apart."
    ),
    "ondersteuning.fase": (
        "Elke casus begint met praten. Een deel van de mensen doet daarna een melding bij de organisatie. Na de "
        "melding blijft de vertrouwenspersoon naast hen staan. Niet melden is ook een goede uitkomst, als dat is wat "
        "iemand wil."
    ),
    "ondersteuning.afloop": (
        "Een casus stopt als de persoon dat wil. De afloop staat hier zoals die persoon haar zelf ziet. Later vraagt "
        "de vertrouwenspersoon nog eens hoe het gaat."
    ),
    "ondersteuning.onderdeel": (
        "Per onderdeel van de organisatie staat hier alleen hoeveel casussen er begonnen, nooit waarover zij gingen."
    ),
    "ondersteuning.niets": "Bij dit onderwerp kunnen wij geen verdeling laten zien.",
    "informeren": (
        "Mensen zoeken pas hulp als zij weten dat die er is. Daarom hoort uitleg geven net zo goed bij de taak als "
        "gesprekken voeren."
    ),
    "informeren.tijd": (
        "De taken horen elkaar in evenwicht te houden. Als alle tijd naar gesprekken gaat, blijft er te weinig over om "
        "problemen te voorkomen."
    ),
    "informeren.laag": (
        "Een vertrouwenspersoon heeft pas zin als mensen weten wie het is, en contact kunnen zoeken zonder dat anderen "
        "het zien."
    ),
    "integriteit": (
        "Veel mensen denken bij een vertrouwenspersoon aan pesten of seksuele intimidatie. Dat zij ook kunnen praten "
        "over bijvoorbeeld belangenverstrengeling of misbruik van gegevens, is in veel organisaties minder bekend. Het "
        "is goed om dat vaker te zeggen."
    ),
    "signalen": (
        "Een jaar zegt weinig, een reeks jaren zegt meer. Dit hoofdstuk laat zien wat verandert en wat blijft."
    ),
    "advies": (
        "De vertrouwenspersoon geeft raad als de organisatie erom vraagt, en ook uit eigen beweging, als iets aandacht "
        "nodig heeft."
    ),
    "vindbaarheid": (
        "Weten mensen wie de vertrouwenspersoon is, en kunnen zij contact zoeken zonder dat anderen het zien?"
    ),
    "aandachtspunten": "Waar kan de organisatie komend jaar het verschil maken? Per punt staat erbij wie aan zet is.",
    "gesprek": (
        "De vertrouwenspersoon bespreekt dit verslag ieder jaar met {opdrachtgever}. Dat gesprek gaat over de "
        "organisatie: de regels, de uitleg aan medewerkers en de vraag of mensen de vertrouwenspersoon kunnen vinden. "
        "Het gaat nooit over wie er kwam."
    ),
    "opdrachtgever": "de directie",
    "noot.streepje": (
        "Een streepje (–) betekent: dit getal noemen wij niet. Het kan nul zijn, maar ook een groter getal. Waarom dat "
        "zo is, leest u op de laatste bladzijde."
    ),
    "noot.percentage": (
        "Een percentage staat er alleen als beide getallen genoemd zijn. Door afronding tellen percentages soms niet "
        "op tot 100."
    ),
    "noot.kruistabel": "In deze tabel is ‘alle anderen’ de som van {categorieen}.",
    "noot.thema": "Casussen die {wanneer} begonnen, naar hoofdthema.",
    "noot.relatie": "Casussen die {wanneer} begonnen, naar verhouding tot de ander.",
    "noot.relatie.samen": "De gestreepte balk telt alle verhoudingen met een streepje bij elkaar op.",
    "noot.thema.samen": "De gestreepte balk telt alle thema’s met een streepje bij elkaar op.",
    "noot.uren": (
        "Bij ondersteunen tellen de gesprekken, niet de voorbereiding. Reistijd en administratie tellen niet mee."
    ),
    "noot.jaren": "Casussen naar het jaar waarin zij begonnen.",
    "noot.panelen": (
        "Een onderbroken lijn betekent dat wij het cijfer van dat jaar niet noemen. De lijn springt er niet overheen, "
        "want ook dat zou iets zeggen. Alle grafieken hebben dezelfde schaal."
    ),
    "noot.jaren.thema": (
        "Elk jaar telt ‘overige thema’s samen’ de thema’s die dat jaar een streepje hebben. Dat zijn niet elk jaar "
        "dezelfde thema’s, dus deze regel laat geen ontwikkeling zien."
    ),
    "noot.fasen": (
        "De breedte van de baan hoort bij het aantal casussen. Elke casus telt bij de laatste fase die is bereikt."
    ),
    "noot.fasen.streepje": "Elke casus telt bij de laatste fase die op {dag} was bereikt.",
}

QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "kort": (
        "Welke boodschap moet een bestuurder onthouden die alleen deze bladzijde leest?",
        "Wat is anders dan vorig jaar, en weet u waarom?",
        "Wat vraagt u van de organisatie, en wie moet dat doen?",
    ),
    "themas": (
        "Wat horen mensen te weten over de aard van het gedrag, zonder dat het over iemand gaat?",
        "Waar hadden mensen behoefte aan: praten, stoppen, erkenning, een besluit?",
        "Speelt iets in het werk mee, zoals drukte, roosters of verandering?",
    ),
    "fasen": (
        "Waarom kiezen mensen voor wel of niet melden?",
        "Hoe ervaren zij de tijd na een melding?",
        "Hoorde u over nadelen voor mensen die meldden? Schrijf het alleen op als het een patroon is.",
    ),
    "voorlichting": (
        "Wat is er verteld, en aan wie? Zet elk punt op een regel die begint met een streepje.",
        "Welke vraag kwam in bijeenkomsten steeds terug?",
    ),
    "route": ("Is duidelijk waar mensen terechtkunnen, en klopt de regeling nog?",),
    "toegankelijkheid": ("Kan iedereen contact zoeken zonder gezien te worden?",),
    "signalen": (
        "Wat zag u dit jaar vaker dan eerst?",
        "Is dat een signaal over gedrag, of weten meer mensen u te vinden?",
        "Heeft u het al met de leiding besproken?",
    ),
    "advies": ("Over welke regels of plannen dacht u mee?", "Wat is er met uw raad gedaan?"),
    "vindbaarheid": (
        "Kan iemand u bereiken zonder dat collega’s het zien?",
        "Welke groepen werken zonder computer of buiten kantoortijd?",
        "Weten mensen dat integriteit er ook bij hoort?",
    ),
    "aandachtspunten": (
        "Wat kan binnen een jaar klaar zijn?",
        "Wie is aan zet?",
        "Hoe merkt u volgend jaar dat het gelukt is?",
    ),
}
