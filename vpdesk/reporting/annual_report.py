"""The content of a report: protected numbers, settings and the user's words become a document; nothing is drawn here.

Everything about people comes from the protected report. Below the threshold the numbers are not even looked at, so
that the document is the same for each of them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from vpdesk.domain.clients import Client
from vpdesk.domain.periods import Period
from vpdesk.domain.report_work import NO_WORK, Work
from vpdesk.domain.statements import Audience
from vpdesk.domain.wording import long_date
from vpdesk.reporting import figures, own_texts, people_chapters, protection_page, work_chapters
from vpdesk.reporting.cross_tables import hidden_cells
from vpdesk.reporting.disclosure.result import Level, ProtectedReport, ProtectedTable
from vpdesk.reporting.document import (
    Block,
    Callout,
    Caption,
    Chapter,
    Column,
    Columns,
    Contents,
    Cover,
    Document,
    Facts,
    Heading,
    Palette,
    Paragraph,
)
from vpdesk.reporting.report_words import (
    EDITIONS,
    NO_UNITS,
    Context,
    found,
    in_words,
    is_a_year,
    kind_of_report,
    recommendations,
    running_title,
    written,
)
from vpdesk.reporting.trends import YearSaid, trend_blocks

WRITTEN: Final = (
    ("kort", "Het jaar in het kort"),
    ("themas", "Ondersteuning: waarover het ging"),
    ("fasen", "Ondersteuning: fasen en afloop"),
    ("voorlichting", "Informeren: voorlichting"),
    ("signalen", "Signalen en trends"),
    ("advies", "Advies aan de organisatie"),
    ("vindbaarheid", "Vindbaarheid en toegankelijkheid"),
    ("route", "Vindbaarheid: route"),
    ("toegankelijkheid", "Vindbaarheid: toegankelijkheid"),
    ("aandachtspunten", "Aandachtspunten"),
)

WRITTEN_WITHOUT_NUMBERS: Final = ("voorlichting", "route", "toegankelijkheid", "aandachtspunten")


def annual_report(
    protected: ProtectedReport,
    *,
    client: Client,
    period: Period,
    audience: Audience,
    texts: Mapping[str, str],
    findings: Mapping[str, str],
    author: str,
    today: date,
    palette: Palette = Palette.WATER,
    mark: str = "",
    units: Mapping[str, str] = NO_UNITS,
    revised: bool = False,
    earlier: Sequence[YearSaid] = (),
    work: Work = NO_WORK,
) -> Document:
    """Return the report as a document; pure, so that equal arguments give an equal document.

    `texts` are the standard texts (standard_texts.STANDARD) with what the client changed; `findings` what the user
    wrote, by the keys of WRITTEN; `today` the day on the cover; `units` the names of units by code; `earlier` what
    reports said of the years before; `work` what it tells of the work log. Title and cover of a `revised` edition say
    so.
    """
    about = Context(client, period, audience, texts, findings, protected.threshold, units)
    low = protected.level is Level.GEEN_GETALLEN
    chapters = _without_numbers(about, work) if low else _with_numbers(protected, about, earlier, work)
    on_cover, in_footer = EDITIONS[audience]
    anew = f", herziene uitgave van {long_date(today)}" if revised else ""
    year = str(period.first.year) if period.is_calendar_year else ""
    running = running_title(period)
    return Document(
        title=f"{running}{anew}, {client.name}",
        running=running,
        author=author,
        day=today,
        client=client.name,
        edition=f"{in_footer}{', herzien' if revised else ''}",
        cover=Cover(
            (kind_of_report(period), "vertrouwenspersoon"),
            year,
            client.name,
            in_words(period),
            on_cover + anew,
            author,
            today,
        ),
        chapters=chapters,
        dash_note=about.text("noot.streepje"),
        palette=palette,
        mark=mark,
    )


def chapters_written(level: Level) -> tuple[str, ...]:
    """Return the keys of the findings that a report of this level prints."""
    if level is Level.GEEN_GETALLEN:
        return WRITTEN_WITHOUT_NUMBERS
    keys = tuple(key for key, _ in WRITTEN)
    return keys if level is Level.EENRIJ else tuple(key for key in keys if key not in {"themas", "fasen", "signalen"})


def _numbered(chapters: list[Chapter]) -> tuple[Chapter, ...]:
    numbered = []
    for n, chapter in enumerate(chapters, start=1):
        numbered.append(
            Chapter(
                str(n),
                chapter.title,
                chapter.short,
                chapter.introduction,
                chapter.blocks,
                chapter.own_page,
                chapter.wide,
            )
        )
    return tuple(numbered)


def _without_numbers(about: Context, work: Work) -> tuple[Chapter, ...]:
    k = about.threshold
    first = Callout(
        "Casussen en gesprekken",
        (
            Paragraph(
                "In dit verslag staan geen aantallen over mensen en gesprekken. Dat is altijd zo als er in een "
                f"{'jaar' if is_a_year(about.period) else 'periode'} minder dan {k} casussen zijn, en dus ook als er "
                "helemaal geen zijn."
            ),
            Paragraph(
                "Bij zulke kleine aantallen kan elk cijfer en elk voorbeeld laten zien om wie het gaat. U kunt uit dit "
                "verslag daarom niet opmaken of er iemand bij de vertrouwenspersoon kwam. Het zegt ook niets over de "
                "sfeer in uw organisatie."
            ),
        ),
        large=True,
    )
    talk = (Heading("Een vast gesprek"), Paragraph(about.text("gesprek")))
    over = Chapter(
        "", "Over dit verslag", "Over dit verslag", about.text("over.laag"), (Contents(), first, *talk), own_page=True
    )
    informing: tuple[Block, ...] = (
        *_outreach(about, work_chapters.outreach(work, Level.GEEN_GETALLEN, about, figures.Numbering())),
        *_section("Route", about.finding("route")),
        *_section("Toegankelijkheid", about.finding("toegankelijkheid")),
        Heading("Bekendheid van het onderwerp integriteit"),
        Paragraph(about.text("integriteit")),
    )
    questions = Callout(
        "Vragen voor het jaargesprek",
        (
            Paragraph("Weten alle medewerkers bij wie zij terechtkunnen? Hoe weet u dat?"),
            Paragraph("Wat doet u zelf als iemand u vertelt dat er iets niet in orde is?"),
            Paragraph("Staan er het komende jaar veranderingen op stapel die spanning kunnen geven?"),
        ),
    )
    points = recommendations(about.finding("aandachtspunten"))
    title = _points_title(about)
    introduction = (
        about.text("aandachtspunten") if points else "Waar kan de organisatie komend jaar het verschil maken?"
    )
    chapters = [
        _advisor(about, hours=False, numbering=figures.Numbering()),
        Chapter(
            "", "Informeren en vindbaarheid", "Informeren en vindbaarheid", about.text("informeren.laag"), informing
        ),
        Chapter("", title, "Aandachtspunten", introduction, (*points, questions)),
    ]
    return (over, *_numbered(chapters), protection_page.without_numbers(k))


def _section(title: str, text: str) -> tuple[Block, ...]:
    return (Heading(title), *written(text)) if text else ()


def _outreach(about: Context, told: Sequence[Block]) -> tuple[Block, ...]:
    words = written(about.finding("voorlichting"))
    return (Heading("Voorlichting"), *words, *told) if words or told else ()


def _points_title(about: Context) -> str:
    return f"Aandachtspunten voor {about.period.last.year + 1}" if is_a_year(about.period) else "Aandachtspunten"


def _with_numbers(
    protected: ProtectedReport, about: Context, earlier: Sequence[YearSaid], work: Work
) -> tuple[Chapter, ...]:
    numbering = figures.Numbering()
    tables = {figures.dimension_of(table): table for table in protected.tables}
    chapters = [
        people_chapters.in_short(protected, tables, about),
        _advisor(about, protected.level is Level.EENRIJ, numbering),
    ]
    if protected.level is Level.EENRIJ:
        chapters.append(people_chapters.support(protected, tables, about, numbering))
    informing = (
        *_outreach(about, work_chapters.outreach(work, protected.level, about, numbering)),
        *work_chapters.hours(work, protected, about, numbering),
        *work_chapters.upkeep(work, protected),
        Heading("Bekendheid van het onderwerp integriteit"),
        Paragraph(about.text("integriteit")),
    )
    chapters.append(Chapter("", "Informeren", "Informeren", about.text("informeren"), informing))
    if protected.level is Level.EENRIJ:
        years = trend_blocks(protected, earlier, numbering, about)
        given = work_chapters.signals(work, protected.level, numbering)
        signals = (*years, *found(about.finding("signalen"), "Wat mij opviel"), *given)
        if signals:
            chapters.append(Chapter("", "Signalen en trends", "Signalen en trends", about.text("signalen"), signals))
    advice = (*written(about.finding("advies")), *work_chapters.advice(work, protected.level, about, numbering))
    if advice:
        chapters.append(Chapter("", "Advies aan de organisatie", "Advies", about.text("advies"), advice))
    ways = _findable(tables, about, numbering)
    if ways:
        title = "Vindbaarheid en toegankelijkheid"
        chapters.append(Chapter("", title, "Vindbaarheid", about.text("vindbaarheid"), ways))
    points = recommendations(about.finding("aandachtspunten"))
    if points:
        chapters.append(
            Chapter(
                "", _points_title(about), "Aandachtspunten", about.text("aandachtspunten"), (*points, *_for_or(about))
            )
        )
    over = _about(protected, about)
    return (over, *_numbered(chapters), _protection(protected, about))


def _for_or(about: Context) -> tuple[Block, ...]:
    if about.audience is not Audience.OR:
        return ()
    return (
        Callout(
            "Vragen voor het overleg",
            (
                Paragraph("Wat is er met de punten van vorig jaar gedaan?"),
                Paragraph("Welke afspraak staat er over een bericht na een melding?"),
                Paragraph("Weten alle groepen medewerkers wie de vertrouwenspersoon is?"),
            ),
        ),
    )


def _protection(protected: ProtectedReport, about: Context) -> Chapter:
    k = about.threshold
    if protected.level is Level.EENRIJ:
        return protection_page.with_numbers(k, two_way=any(map(hidden_cells, protected.crossed)))
    return protection_page.with_a_total(k, about.text(people_chapters.why_key(protected)))


def _about(protected: ProtectedReport, about: Context) -> Chapter:
    definitions = [
        Paragraph(about.text("cijfers.casus"), lead="Wij tellen casussen."),
        Paragraph(about.text("cijfers.melding"), lead="Praten is nog geen melden."),
    ]
    if protected.level is Level.EENRIJ:
        definitions += [
            Paragraph(about.text("cijfers.eenmaal"), lead="Elke casus telt maar een keer mee."),
            Paragraph(about.text("cijfers.streepje"), lead="Een streepje (–) betekent: dit getal noemen wij niet."),
        ]
    definitions.append(Paragraph(about.text("cijfers.oordeel"), lead="Een cijfer is geen oordeel."))
    blocks = (Contents(), Callout("Zo leest u de cijfers", tuple(definitions)))
    return Chapter("", "Over dit verslag", "Over dit verslag", about.text("over"), blocks, own_page=True)


def _advisor(about: Context, hours: bool, numbering: figures.Numbering) -> Chapter:
    columns = Columns(
        (
            Column("Ondersteunen", about.text("rol.ondersteunen")),
            Column("Informeren", about.text("rol.informeren")),
            Column("Signaleren", about.text("rol.signaleren")),
        )
    )
    blocks: list[Block] = [
        columns,
        Heading("Vertrouwelijk, en waar dat ophoudt"),
        Paragraph(about.text("rol.vertrouwelijk")),
        Paragraph(about.text("rol.grenzen")),
        Heading("Onafhankelijk"),
        Paragraph(about.text("rol.onafhankelijk")),
    ]
    if about.audience is Audience.OR:
        blocks.append(Paragraph(about.text("rol.or")))
    caption: Caption = numbering.table(f"De afspraken met {about.client.name}")
    blocks.append(Facts(caption, _agreements(about, hours=hours)))
    name = "De vertrouwenspersoon"
    return Chapter("", name, name, about.text("rol"), tuple(blocks), own_page=True)


def _agreements(about: Context, *, hours: bool) -> tuple[tuple[str, str], ...]:
    known = own_texts.agreed(about.client)
    if not hours:
        known.pop("Afgesproken tijd", None)
    return tuple((name, known[name]) for name in own_texts.AGREEMENTS if name in known)


def _findable(tables: dict[str, ProtectedTable], about: Context, numbering: figures.Numbering) -> tuple[Block, ...]:
    return (
        *people_chapters.plain(tables.get("gevonden_via"), about, numbering),
        *_section("Route", about.finding("route")),
        *_section("Toegankelijkheid", about.finding("toegankelijkheid")),
        *found(about.finding("vindbaarheid")),
    )
