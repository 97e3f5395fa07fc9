"""The last page: how these numbers are protected, or why there are none, in words for a works council."""

from vpdesk.reporting.document import (
    HIDDEN,
    Block,
    BulletList,
    Callout,
    Caption,
    Chapter,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Rule,
    SideBySide,
    Table,
    Width,
)

_MORE = "Wilt u meer weten dan hier staat?"
_WORDS = (
    "In de tekst staan geen namen, functies, afdelingen of data uit gesprekken. Woorden als ‘niemand’ of ‘de enige’ "
    "gebruiken wij niet over mensen die kwamen."
)


def _small(threshold: int) -> tuple[Block, ...]:
    return (
        Heading("Kleine getallen noemen wij niet", level=3),
        Paragraph(
            f"Een aantal casussen kleiner dan {threshold} staat er niet in, ook geen nul. Want ook ‘niemand’ kan iets "
            f"verklappen. Was de groep in de hele periode kleiner dan {threshold}, dan noemt het verslag helemaal geen "
            "aantallen."
        ),
    )


def _tested() -> tuple[Block, ...]:
    return (
        Heading("Het verslag wordt eerst op de proef gesteld", level=3),
        Paragraph(
            "Voordat het verslag naar buiten mag, rekent een programma na of iemand een klein getal kan achterhalen. "
            "Lukt dat, dan noemt het verslag minder, of komt het er niet. Het programma gaat daarbij uit van mensen "
            "die al veel weten:"
        ),
        BulletList(
            (
                "de werkgever, die totalen kent",
                "HR, die officiële klachten kent",
                "een collega die weet dat iemand er was",
                "iemand die alle eerdere verslagen bewaart",
                "werkgever en ondernemingsraad samen",
            )
        ),
    )


def _more() -> tuple[Block, ...]:
    return (
        Rule(),
        Paragraph(
            "In een gesprek kan de vertrouwenspersoon een signaal toelichten, zonder kleinere getallen te noemen. Het "
            "programma heeft ook nagerekend wat iemand weet die meer uitgaven van dit verslag naast elkaar legt.",
            lead=_MORE,
            width=Width.WIDE,
        ),
    )


def _example(threshold: int) -> tuple[Block, ...]:
    shown, hidden = 2 * threshold + 2, threshold + 2
    table = Table(
        Caption("", "Een voorbeeld met verzonnen getallen"),
        ("Onderwerp", "Casussen"),
        (
            Row(("Onderwerp A", shown)),
            Row(("Onderwerp B", HIDDEN)),
            Row(("Onderwerp C", HIDDEN)),
            Row(("B en C samen", hidden), RowKind.COMBINED),
            Row(("Alle casussen", shown + hidden), RowKind.TOTAL),
        ),
    )
    words = (
        Paragraph(
            f"Het totaal is {shown + hidden} en A is {shown}. B en C zijn dus samen {hidden}. Hoe die {hidden} "
            f"verdeeld zijn, kan niemand weten: elke verdeling is mogelijk, ook 0 en {hidden}."
        ),
        Paragraph(
            "Stond er bij B een getal, dan wist u meteen ook C. Daarom krijgen zij allebei een streepje, ook als een "
            "van de getallen groot genoeg was."
        ),
    )
    return (Rule(), SideBySide((table,), words))


def _side_by_side() -> tuple[Block, ...]:
    return (
        Heading("Een kruistabel heeft geen rij ‘samen’", level=3),
        Paragraph(
            "Daar zeggen de randen hetzelfde. Trek van het aantal bij ‘alle casussen’ de getallen af die in die rij of "
            "kolom staan: de rest zit achter de streepjes. Hoe die rest verdeeld is, kan niemand weten. Achter elk "
            "streepje kan nul zitten."
        ),
    )


def with_numbers(threshold: int, *, two_way: bool = False) -> Chapter:
    """Return the page for a report with tables; `two_way` tells that a two-way table has dashes."""
    left = (
        *_small(threshold),
        Heading("Een streepje staat nooit alleen", level=3),
        Paragraph(
            "Wie het totaal kent, kan een getal dat ontbreekt zelf uitrekenen. Daarom verbergen wij altijd meer "
            f"getallen tegelijk. Samen zijn die {'in een gewone tabel ' if two_way else ''}minstens {threshold + 2}. "
            "Soms staat er dus ook een streepje bij een groter getal."
        ),
        Heading("Elk streepje is hetzelfde", level=3),
        Paragraph(
            "Aan een streepje kunt u niet zien waarom het er staat. De rijen staan in een vaste volgorde, niet van "
            "groot naar klein. Ook dat zou iets weggeven."
        ),
        *(_side_by_side() if two_way else ()),
    )
    right = (*_tested(), Heading("Ook woorden verklappen iets", level=3), Paragraph(_WORDS))
    return _page((SideBySide(left, right), *_example(threshold), *_more()))


def with_a_total(threshold: int, why: str) -> Chapter:
    """Return the page for a report that names the total only."""
    left = (*_small(threshold), Heading("Waarom er alleen een totaal staat", level=3), Paragraph(why))
    right = (*_tested(), Heading("Ook woorden verklappen iets", level=3), Paragraph(_WORDS))
    return _page((SideBySide(left, right), *_more()))


def _page(blocks: tuple[Block, ...]) -> Chapter:
    introduction = (
        "Wie bij de vertrouwenspersoon komt, moet zeker weten dat dit verslag niemand verraadt. Daarom staan er alleen "
        "cijfers in die ook voor iemand die de organisatie goed kent, niets vertellen over een persoon."
    )
    return Chapter(
        "",
        "Hoe deze cijfers beschermd zijn",
        "Bescherming van de cijfers",
        introduction,
        blocks,
        own_page=True,
        wide=True,
    )


def without_numbers(threshold: int) -> Chapter:
    """Return the page for the low-number edition, the same for every number below the threshold."""
    left = (
        Heading("Ook nul is een cijfer", level=3),
        Paragraph(
            "Stel dat wij ‘geen’ schrijven in een jaar zonder casussen. Dan weet iedereen ook wat het betekent als dat "
            "woord er een ander jaar niet staat. Daarom noemen wij nul net zo min als een ander klein getal."
        ),
        Heading("Hetzelfde verslag, bij elk klein aantal", level=3),
        Paragraph(
            f"Dit verslag ziet er precies zo uit bij elk aantal casussen kleiner dan {threshold}. De tekst, de "
            f"bladzijden en de volgorde veranderen niet. Soms kiezen wij deze vorm ook bij een groter aantal, als een "
            "cijfer samen met eerdere verslagen te veel zou zeggen."
        ),
    )
    right = (
        Heading("Ook uren en onderwerpen tellen mee", level=3),
        Paragraph(
            "Wie weet hoeveel uur er is gepraat, weet ook of er is gepraat. Daarom staan hier geen uren, gesprekken, "
            "onderwerpen of doorverwijzingen. Over voorlichting kunt u wel alles lezen: die is voor iedereen."
        ),
        Heading("Ook woorden verklappen iets", level=3),
        Paragraph(
            "In de tekst staan geen namen, functies, afdelingen of data. Wat u leest over regels, uitleg en "
            "bereikbaarheid komt niet uit gesprekken met medewerkers."
        ),
    )
    callout = Callout(
        "Wat u wel kunt doen",
        (
            Paragraph(
                "De vertrouwenspersoon geeft ook mondeling geen aantal, en geen antwoord op de vraag of er iemand was.",
                lead="Vraag niet naar aantallen.",
            ),
            Paragraph(
                "Zijn de regels duidelijk, weten mensen de weg, en wat kan beter? Daarover praat de vertrouwenspersoon "
                "graag met u.",
                lead="Vraag wel naar de organisatie.",
            ),
            Paragraph("Dan kunt ook u om raad vragen.", lead="Ziet u zelf iets dat niet goed gaat?"),
        ),
    )
    introduction = (
        f"Wie bij de vertrouwenspersoon komt, moet zeker weten dat dit verslag niemand verraadt. Zijn er minder dan "
        f"{threshold} casussen, of geen, dan kan dat alleen door helemaal geen aantal te noemen."
    )
    return Chapter(
        "",
        "Waarom er geen cijfers in dit verslag staan",
        "Bescherming",
        introduction,
        (SideBySide(left, right), callout),
        own_page=True,
        wide=True,
    )
