"""The invented year of the practice vault: what its cases are and what was said; nobody in it exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vpdesk.domain.retention import HoldKind
from vpdesk.domain.worklog import FollowUpState

W: Final = "Gemeente Waterveen"
Z: Final = "Zorggroep Zilverels"

UNITS: Final = {
    W: ("Publiekszaken", "Ruimte en Beheer", "Sociaal Domein", "Bedrijfsvoering"),
    Z: ("Locatie Elzenhof", "Locatie Zilverpad", "Thuiszorg"),
}


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """One invented case: days as dd-mm in the year, talks as one text each, further moves as (phase, day).

    The phase moves of a case with `melding` go to meldingsfase on that day, with `nazorg` to nafase on that day.
    """

    client: str
    pseudonym: str
    rol: str
    thema: str
    relatie: str
    opened: str
    closed: str
    afloop: str
    talks: tuple[str, ...]
    further: str = ""
    melding: str = ""
    nazorg: str = ""
    reden: str = "doel bereikt"
    werkgebied: str = ""
    gevonden_via: str = "intranet"
    verbonden: str = "medewerker"
    misstand: str = "niet besproken"


_MGR: Final = "leidinggevende"

CASES: Final[tuple[PracticeCase, ...]] = (
    PracticeCase(
        W, "Kompas", "melder", "pesten", "collega", "08-01", "14-03", "gedrag gestopt",
        (
            "Vertelt dat twee collega’s niet meer groeten en in de pauze weglopen. Wil weten wat er kan.",
            "Oefent wat te zeggen. Kiest ervoor zelf het gesprek aan te gaan.",
            "Het gesprek is geweest. De sfeer is beter; geen verdere stap nodig.",
        ),
        gevonden_via="collega",
    ),
    PracticeCase(
        W, "Lantaarn", "melder", "arbeidsconflict", _MGR, "11-01", "18-01", "doorverwezen",
        ("Vraag over uren en rooster. Hoort bij de vakbond; informatie gegeven.",),
        reden="verwezen, buiten werkterrein",
    ),
    PracticeCase(
        W, "Sluis", "melder", "intimidatie", _MGR, "19-01", "02-07", "klacht ingediend",
        (
            "Vertelt over schreeuwen in een overleg, drie keer sinds de herfst. Slaapt slecht.",
            "Wegen naast elkaar gezet. Neemt tijd om te kiezen.",
            "Kiest voor een klacht. Regeling samen gelezen.",
            "Klacht is ingediend. Ontvangstbewijs ligt bij de melder thuis.",
            "Uitspraak besproken: begrepen, en wat nu. Nazorg gewenst.",
            "Contract wordt niet verlengd. Vertelt over benadeling; Huis voor Klokkenluiders genoemd.",
        ),
        melding="14-03", nazorg="20-05", gevonden_via="bedrijfsarts",
    ),
    PracticeCase(
        W, "Dakpan", "betrokkene", "intimidatie", "ondergeschikte", "05-02", "05-02", "overgedragen",
        ("Zoekt steun. Gezegd dat ik hierbij niet verder kan helpen; verwezen naar een collega.",),
        reden="rolconflict", gevonden_via="leidinggevende",
    ),
    PracticeCase(
        W, "Kiezel", "melder", "fraude", _MGR, "12-02", "30-09", "melding gedaan",
        (
            "Vermoedt dat facturen worden gesplitst. Heeft zelf drie facturen gezien.",
            "Meldregeling gelezen. Wil vertrouwelijk melden; ik ben doorgeefluik.",
            "Tekst van de melding is van de melder. Nagelopen op namen en woordkeus.",
            "Melding doorgegeven met een willekeurig kenmerk.",
            "Bevestiging kwam op dag negen. Doorgegeven aan de melder.",
            "Vraag van het meldpunt doorgegeven; antwoord goedgekeurd door de melder.",
            "Terugkoppeling kwam op tijd. De melder is tevreden met de uitkomst.",
        ),
        melding="26-02", nazorg="22-05", misstand="de melder vermoedt het", gevonden_via="voorlichting",
    ),
    PracticeCase(
        W, "Regenton", "leidinggevende", "pesten", "groep", "20-02", "06-03", "informeel opgelost",
        (
            "Vraagt hoe het gesprek in een team te voeren over buitensluiten.",
            "Het teamgesprek is gevoerd. Afspraken gemaakt over omgang.",
        ),
    ),
    PracticeCase(
        W, "Passer", "melder", "arbeidsconflict", _MGR, "27-02", "19-03", "doorverwezen",
        (
            "Is het niet eens met een beoordeling. Bezwaarprocedure genoemd.",
            "Heeft bezwaar gemaakt met hulp van de vakbond.",
        ),
        reden="verwezen, buiten werkterrein", gevonden_via="hr",
    ),
    PracticeCase(
        W, "Schelp", "melder", "seksuele intimidatie", "collega", "04-03", "", "",
        (
            "Vertelt over berichten buiten werktijd. Wil dat het stopt.",
            "Berichten zijn door de melder zelf bewaard. Slachtofferhulp genoemd.",
            "Kiest voor een klacht. Samen de klachtenregeling gelezen.",
            "De klacht is behandeld. Afspraken over werkplek zijn gemaakt.",
            "Nazorg: het gaat beter. Wil in januari nog een keer bellen.",
        ),
        melding="02-04", nazorg="20-06", gevonden_via="introductie",
    ),
    PracticeCase(
        W, "Bolder", "melder", "intimidatie", _MGR, "13-03", "25-04", "informeel opgelost",
        (
            "Voelt zich onder druk gezet bij het plannen van verlof.",
            "Bereidt een gesprek voor. Wil dat ik meega als steun.",
            "Het gesprek is gevoerd, ik was erbij. Verlof is alsnog gepland.",
        ),
    ),
    PracticeCase(
        W, "Klinker", "getuige", "pesten", "collega", "21-03", "11-04", "geen actie gewenst",
        ("Zag dat een collega werd buitengesloten. Wil het kwijt; zelf geen stap.",),
        reden="persoon wil stoppen", gevonden_via="collega",
    ),
    PracticeCase(
        W, "Waslijn", "melder", "arbeidsconflict", "organisatie", "02-04", "09-04", "doorverwezen",
        ("Zorgen over een reorganisatie. Verwezen naar de OR en de vakbond.",),
        reden="verwezen, buiten werkterrein",
    ),
    PracticeCase(
        W, "Steiger", "melder", "belangenverstrengeling", "hogere leiding", "16-04", "17-10", "melding gedaan",
        (
            "Opdracht lijkt naar een bekende te zijn gegaan. Heeft de stukken zelf gezien.",
            "Meldregeling gelezen. Wil met naam melden bij het meldpunt.",
            "Melding is gedaan. Afspraak over wat te doen bij benadeling.",
            "Bericht van het meldpunt besproken. Geen verdere steun nodig.",
        ),
        melding="21-05", misstand="nee",
    ),
    PracticeCase(
        W, "Trommel", "melder", "pesten", "collega", "24-04", "12-07", "gedrag gestopt",
        (
            "Grappen in de werkruimte, ook over afkomst. Het is de vijfde keer.",
            "Houdt zelf bij wat er gebeurt. Wil eerst zelf iets zeggen.",
            "Heeft het gezegd. Een van de collega’s heeft excuses gemaakt.",
            "Het is gestopt. Vindt goed dat ik een algemeen signaal geef.",
        ),
        further="discriminatie", gevonden_via="flyer",
    ),
    PracticeCase(
        W, "Luifel", "melder", "intimidatie", "klant", "06-05", "27-05", "informeel opgelost",
        (
            "Een bezoeker aan de balie dreigde. Schrikt nog bij de deurbel.",
            "De balie is anders ingericht en er is nazorg vanuit het team.",
        ),
        gevonden_via="leidinggevende",
    ),
    PracticeCase(
        W, "Kapstok", "leidinggevende", "seksuele intimidatie", "collega", "15-05", "23-05", "geen actie gewenst",
        ("Vraagt hoe te luisteren als een medewerker hierover begint. Tips gegeven.",),
        reden="doel bereikt",
    ),
    PracticeCase(
        W, "Duinpan", "melder", "arbeidsconflict", _MGR, "28-05", "21-06", "doorverwezen",
        (
            "Verschil van mening over terugkeer na ziekte.",
            "Verwezen naar de bedrijfsarts; deskundigenoordeel bij het UWV genoemd.",
        ),
        reden="verwezen, buiten werkterrein", gevonden_via="bedrijfsarts",
    ),
    PracticeCase(
        W, "Vlieger", "melder", "agressie en geweld", "klant", "10-06", "30-08", "melding gedaan",
        (
            "Is op straat bedreigd tijdens een controle. Is nu veilig thuis.",
            "Overwogen of ik zelf iets moest melden; niet gedaan. De melder gaat naar de politie.",
            "Aangifte is gedaan. De organisatie heeft het opgepakt.",
        ),
        melding="18-06", nazorg="15-07", gevonden_via="andere vertrouwenspersoon",
    ),
    PracticeCase(
        W, "Hengel", "melder", "arbeidsconflict", _MGR, "25-06", "04-07", "doorverwezen",
        ("Belt zonder naam over een functiewijziging. Juridisch Loket genoemd.",),
        reden="verwezen, buiten werkterrein", verbonden="onbekend",
    ),
    PracticeCase(
        W, "Spoel", "melder", "discriminatie", _MGR, "08-07", "22-10", "klacht ingediend",
        (
            "Voelt zich steeds overgeslagen bij diensten. Noemt vier data.",
            "Heeft de data op een rij. Kiest voor een klacht.",
            "Klacht is ingediend. Weet wat de regeling over termijnen zegt.",
            "De procedure liep over haar eigen termijn heen. Uitkomst besproken.",
        ),
        melding="19-08",
    ),
    PracticeCase(
        W, "Drempel", "melder", "machtsmisbruik", "hogere leiding", "26-08", "", "",
        (
            "Vertelt over besluiten die buiten iedereen om gaan, en over dreigen daarbij.",
            "Wil melden. Regeling en ontvanger samen uitgezocht.",
            "Melding is gedaan. Er komt een onderzoek.",
            "Gesprek met de onderzoeker voorbereid.",
            "Onderzoek is klaar. Wacht op het besluit; nazorg afgesproken.",
        ),
        further="intimidatie", melding="17-09", nazorg="23-12", werkgebied="beide", misstand="de melder vermoedt het",
    ),
    PracticeCase(
        W, "Veerpont", "collega", "intimidatie", _MGR, "09-09", "30-09", "geen actie gewenst",
        ("Is geraakt door de toon in het team. Wilde het vertellen.",),
        reden="persoon wil stoppen", gevonden_via="voorlichting",
    ),
    PracticeCase(
        W, "Zeef", "melder", "arbeidsconflict", _MGR, "23-09", "08-10", "doorverwezen",
        ("Onenigheid over taken.", "Wil een mediator. Verwezen via de eigen leidinggevende."),
        reden="verwezen, buiten werkterrein",
    ),
    PracticeCase(
        W, "Kurk", "leidinggevende", "arbeidsconflict", "ondergeschikte", "14-10", "21-10", "doorverwezen",
        ("Vraag over functioneren van een medewerker. Hoort bij HR.",),
        reden="verwezen, buiten werkterrein", gevonden_via="hr",
    ),
    PracticeCase(
        W, "Paraplu", "melder", "pesten", "collega", "04-11", "", "",
        (
            "Wordt in de groepsapp overgeslagen en nagedaan.",
            "Gaf toestemming om de leidinggevende te vragen mee te kijken.",
            "Trok die toestemming op 2 december in. Ik zet geen stap.",
        ),
    ),
    PracticeCase(
        W, "Rietpluim", "getuige", "intimidatie", _MGR, "25-11", "", "",
        (
            "Was bij twee overleggen waarin werd geschreeuwd. Wil getuigen.",
            "Heeft bij het meldpunt verteld wat is gezien. De Wbk speelt hier niet.",
        ),
        melding="09-12", misstand="nee",
    ),
    PracticeCase(
        W, "Kade", "melder", "arbeidsconflict", _MGR, "17-12", "", "",
        ("Kort gesprek tussen twee vergaderingen. Belt terug als er meer tijd is.",),
    ),
    PracticeCase(
        Z, "Molenwiek", "melder", "intimidatie", _MGR, "22-01", "28-03", "informeel opgelost",
        (
            "Werkt nachtdiensten; bellen kan na 14.00 uur. Vertelt over dreigen met het rooster.",
            "Zet op een rij wat is gezegd en wanneer.",
            "Gesprek met de leidinggevende is goed verlopen.",
        ),
    ),
    PracticeCase(
        Z, "Tegel", "melder", "agressie en geweld", "klant", "19-03", "09-04", "gedrag gestopt",
        ("Is geslagen door een bewoner. Team was er snel bij.", "Begeleiding is aangepast; het is niet meer gebeurd."),
        gevonden_via="collega",
    ),
    PracticeCase(
        Z, "Ladder", "melder", "arbeidsconflict", _MGR, "23-04", "30-04", "doorverwezen",
        ("Onvrede over het rooster. Verwezen naar de OR.",),
        reden="verwezen, buiten werkterrein", gevonden_via="or",
    ),
    PracticeCase(
        Z, "Draaiorgel", "melder", "misbruik van gegevens", "collega", "03-06", "12-09", "melding gedaan",
        (
            "Zag dat gegevens van bewoners zijn ingezien zonder reden.",
            "Wil melden bij het meldpunt, met naam.",
            "Melding is gedaan. Er is nagekeken wie wat opende.",
            "Uitkomst besproken. Wil geen verder contact.",
        ),
        melding="17-06", nazorg="22-07", misstand="niet besproken",
    ),
    PracticeCase(
        Z, "Karwij", "leidinggevende", "diefstal van bedrijfsmiddelen", "ondergeschikte", "17-07", "24-07",
        "geen actie gewenst",
        ("Vraagt hoe om te gaan met een vermoeden. Integriteitsregeling genoemd.",),
        gevonden_via="leidinggevende",
    ),
    PracticeCase(
        Z, "Emmer", "melder", "pesten", "groep", "10-09", "", "",
        (
            "Gesprek met een tolk. Werkt via een uitzendbureau.",
            "Vertelt over werk dat steeds blijft liggen voor één persoon.",
            "Kiest ervoor het zelf aan te kaarten.",
            "Het ging een paar weken goed. Wil in januari weer bellen.",
        ),
        verbonden="inhuur", gevonden_via="maatschappelijk werk",
    ),
    PracticeCase(
        Z, "Hooiberg", "melder", "arbeidsconflict", "organisatie", "07-10", "15-10", "doorverwezen",
        ("Zorgen over sluiting van een afdeling. Verwezen naar OR en vakbond.",),
        reden="verwezen, buiten werkterrein",
    ),
    PracticeCase(
        Z, "Windwijzer", "melder", "intimidatie", _MGR, "02-12", "", "",
        (
            "Wil liever een vertrouwenspersoon die in huis werkt.",
            "Toestemming gevraagd voor overdracht aan de interne collega.",
        ),
        gevonden_via="eerder contact",
    ),
)  # fmt: skip

BEFORE: Final[tuple[PracticeCase, ...]] = (
    PracticeCase(
        W, "Zandloper", "melder", "pesten", "collega", "12-03", "20-06", "gedrag gestopt",
        ("Het ging om opmerkingen aan tafel. Het is gestopt.",),
    ),
    PracticeCase(
        W, "Waterlelie", "melder", "intimidatie", _MGR, "08-05", "14-10", "klacht ingediend",
        ("Kiest voor een klacht. De procedure over de schade loopt nog bij de rechter.",),
        melding="02-06",
    ),
    PracticeCase(
        W, "Bergkristal", "getuige", "discriminatie", "groep", "17-09", "05-11", "geen actie gewenst",
        ("Zag iets in een ander team. Wil het kwijt.",),
        reden="persoon wil stoppen",
    ),
)  # fmt: skip

# day, task, minutes, title, client, reached
ACTIVITIES: Final[tuple[tuple[str, str, int, str, str, int | None], ...]] = (
    ("06-02", "voorlichting", 90, "Voorlichting aan nieuwe medewerkers", W, 24),
    ("10-04", "voorlichting", 60, "Voorlichting aan de buitendienst", W, 31),
    ("12-06", "voorlichting", 60, "Voorlichting aan teamleiders", W, 14),
    ("18-09", "voorlichting", 90, "Voorlichting in de week van de werkstress", Z, 40),
    ("20-11", "voorlichting", 60, "Voorlichting aan flexmedewerkers", Z, 18),
    ("25-03", "overleg directie", 60, "Halfjaargesprek met de directie", W, None),
    ("15-05", "overleg or", 60, "Overleg met de ondernemingsraad", W, None),
    ("03-09", "overleg hr", 45, "Overleg over de klachtenregeling", W, None),
    ("08-10", "overleg bedrijfsarts", 45, "Overleg over verwijzen", Z, None),
    ("16-07", "signaal", 90, "Signaal over omgang in werkruimten, uit meer bronnen", W, None),
    ("22-09", "ongevraagd advies", 120, "Advies over de meldregeling", W, None),
    ("29-10", "collegiaal overleg", 30, "Gevraagd naar namen; geantwoord dat ik die niet deel", W, None),
    ("16-01", "intervisie", 120, "Intervisie", "", None),
    ("13-02", "intervisie", 120, "Intervisie", "", None),
    ("13-03", "intervisie", 120, "Intervisie", "", None),
    ("17-04", "intervisie", 120, "Intervisie", "", None),
    ("22-05", "intervisie", 120, "Intervisie", "", None),
    ("11-09", "intervisie", 120, "Intervisie", "", None),
    ("16-10", "intervisie", 120, "Intervisie", "", None),
    ("13-11", "intervisie", 120, "Intervisie", "", None),
    ("26-06", "bijscholing", 480, "Bijscholing gespreksvoering", "", None),
    ("04-12", "extra activiteit", 240, "Artikel voor het personeelsblad", "", None),
    ("10-04", "reistijd", 75, "Naar de buitendienst en terug", W, None),
    ("18-09", "reistijd", 90, "Naar de week van de werkstress en terug", Z, None),
    ("19-12", "administratie", 60, "Administratie bijgewerkt", W, None),
)

# title of the advice or signal: how it stands, since which day, in a few words
FOLLOW_UPS: Final[dict[str, tuple[FollowUpState, str, str]]] = {
    "Signaal over omgang in werkruimten, uit meer bronnen": (
        FollowUpState.DONE, "03-09", "Besproken in elk team",
    ),
    "Advies over de meldregeling": (FollowUpState.BUSY, "20-11", "De OR kijkt ernaar"),
}  # fmt: skip

# title of the activity: where the proof lies
PROOF: Final = {
    "Bijscholing gespreksvoering": "Certificaat in de map Vakbekwaamheid, thuis",
    "Intervisie": "Ondertekende lijst bij de groep",
}

# why nothing of a case may be destroyed: kind, since which day, reason
HOLDS: Final[tuple[tuple[str, HoldKind, str, str], ...]] = (
    ("Waterlelie", HoldKind.PROCEDURE, "09-01", "De rechter moet nog beslissen over de schade"),
    ("Sluis", HoldKind.BENADELING, "12-11", "Contract niet verlengd; onderzoek naar benadeling gevraagd"),
)

EARLIER_TOTALS: Final = ((1, 21), (2, 17), (3, 19))

NOTE: Final = """# Kort gesprek, tussen twee vergaderingen
- Contract loopt af; de leidinggevende zei: ‘**Daar praten we later over.**’
- Belt terug als er meer tijd is"""
"""The working note of the case Kade, of which no verslag was made yet."""
