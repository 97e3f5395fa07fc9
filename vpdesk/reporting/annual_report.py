"""The content of a report: protected numbers, settings and the user's words become a document; nothing is drawn here.

Everything about people comes from the protected report. Below the threshold the numbers are not even looked at, so
that the document is the same for each of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from vpdesk.domain.clients import Client
from vpdesk.domain.periods import Period
from vpdesk.domain.report_chapters import NOTHING, Skippable, Skipped, is_written
from vpdesk.domain.report_work import NO_WORK, Work
from vpdesk.domain.statements import Audience
from vpdesk.domain.wording import long_date
from vpdesk.reporting import figures, own_texts, people_chapters, protection_page, work_chapters
from vpdesk.reporting.chapters_chosen import as_printed, is_large
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
    Picture,
)
from vpdesk.reporting.report_words import (
    EDITIONS,
    NO_UNITS,
    WITH_STAFF,
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

_KNOWN: Final = "Bekendheid van het onderwerp integriteit"

WRITTEN_WITHOUT_NUMBERS: Final = ("voorlichting", "route", "toegankelijkheid", "aandachtspunten")
_WRITTEN_WHEN_LARGE: Final = frozenset({"themas", "fasen", "signalen"})


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
    skipped: Skipped = NOTHING,
    logo: Picture | None = None,
    work: Work = NO_WORK,
    staff: bool = False,
) -> Document:
    """Return the report as a document; pure, so that equal arguments give an equal document.

    `texts` are the standard texts (standard_texts.STANDARD) with what the client changed; `findings` what the user
    wrote, by the keys of WRITTEN; `today` the day on the cover; `units` the names of units by code; `earlier` what
    reports said of the years before; `skipped` the chapters that the user left out, `logo` what stands on the cover,
    `work` what it tells of the work log. With `staff` the edition for the employer is one for the staff too. Title and
    cover of a `revised` edition say so.
    """
    protected = as_printed(protected, skipped)
    written_here = {key: text for key, text in findings.items() if is_written(key, skipped)}
    about = Context(client, period, audience, texts, written_here, protected.threshold, units, skipped)
    low = protected.level is Level.GEEN_GETALLEN
    chapters = _without_numbers(about, work) if low else _with_numbers(protected, about, earlier, work)
    on_cover, in_footer = WITH_STAFF if staff and audience is Audience.WERKGEVER else EDITIONS[audience]
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
            logo,
        ),
        chapters=chapters,
        dash_note=about.text("noot.streepje"),
        palette=palette,
        mark=mark,
    )


def chapters_written(protected: ProtectedReport, skipped: Skipped = NOTHING) -> tuple[str, ...]:
    """Return the keys of the findings that a report prints."""
    keys: tuple[str, ...] = tuple(key for key, _ in WRITTEN)
    if protected.level is Level.GEEN_GETALLEN:
        keys = WRITTEN_WITHOUT_NUMBERS
    elif not is_large(protected, skipped):
        keys = tuple(key for key in keys if key not in _WRITTEN_WHEN_LARGE)
    return tuple(key for key in keys if is_written(key, skipped))


def _numbered(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    return tuple(replace(chapter, number=str(n)) for n, chapter in enumerate(chapters, start=1))


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
    chapters = []
    if Skippable.VERTROUWENSPERSOON not in about.skipped:
        chapters.append(_advisor(about, hours=False, numbering=figures.Numbering()))
    chapters += _informing_without_numbers(about, work)
    if Skippable.AANDACHTSPUNTEN not in about.skipped:
        chapters.append(_points_without_numbers(about))
    return (over, *_numbered(chapters), protection_page.without_numbers(k))


def _informing_without_numbers(about: Context, work: Work) -> list[Chapter]:
    """Return one chapter on informing and on being found, or what is left of it."""
    informs, found_at = (s not in about.skipped for s in (Skippable.INFORMEREN, Skippable.VINDBAARHEID))
    listed = work_chapters.outreach(work, Level.GEEN_GETALLEN, about, figures.Numbering())
    told = _outreach(about, listed) if informs else ()
    ways = _ways(about) if found_at else ()
    if informs:
        blocks = (*told, *ways, Heading(_KNOWN), Paragraph(about.text("integriteit")))
        title = "Informeren en vindbaarheid" if found_at else "Informeren"
        return [Chapter("", title, title, about.text("informeren.laag"), blocks)]
    only = _findable(about, ways)
    return [] if only is None else [only]


def _points_without_numbers(about: Context) -> Chapter:
    questions = Callout(
        "Vragen voor het jaargesprek",
        (
            Paragraph("Weten alle medewerkers bij wie zij terechtkunnen? Hoe weet u dat?"),
            Paragraph("Wat doet u zelf als iemand u vertelt dat er iets niet in orde is?"),
            Paragraph("Staan er het komende jaar veranderingen op stapel die spanning kunnen geven?"),
        ),
    )
    points = recommendations(about.finding("aandachtspunten"))
    introduction = (
        about.text("aandachtspunten") if points else "Waar kan de organisatie komend jaar het verschil maken?"
    )
    return Chapter("", _points_title(about), "Aandachtspunten", introduction, (*points, questions))


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
    large = is_large(protected, about.skipped)
    ways_to_make: tuple[tuple[Skippable, Callable[[], Chapter | None]], ...] = (
        (Skippable.VERTROUWENSPERSOON, lambda: _advisor(about, large, numbering)),
        (Skippable.ONDERSTEUNING, lambda: _support(protected, tables, about, numbering)),
        (Skippable.INFORMEREN, lambda: _informing(protected, work, about, numbering)),
        (Skippable.SIGNALEN, lambda: _signals(protected, earlier, work, about, numbering) if large else None),
        (Skippable.ADVIES, lambda: _advice(protected, work, about, numbering)),
        (Skippable.VINDBAARHEID, lambda: _findable(about, _all_ways(tables, about, numbering))),
        (Skippable.AANDACHTSPUNTEN, lambda: _points(about)),
    )  # made in turn, so that tables and figures are numbered without those of a chapter that is left out
    made = [make() for chapter, make in ways_to_make if chapter not in about.skipped]
    told = [chapter for chapter in made if chapter is not None]
    chapters = [people_chapters.in_short(protected, tables, about, alone=not told), *told]
    over = _about(protected, about)
    return (over, *_numbered(chapters), _protection(protected, about))


def _support(
    protected: ProtectedReport, tables: dict[str, ProtectedTable], about: Context, numbering: figures.Numbering
) -> Chapter | None:
    if protected.level is not Level.EENRIJ:
        return None
    return people_chapters.support(protected, tables, about, numbering)


def _informing(protected: ProtectedReport, work: Work, about: Context, numbering: figures.Numbering) -> Chapter:
    blocks = (
        *_outreach(about, work_chapters.outreach(work, protected.level, about, numbering)),
        *work_chapters.hours(work, protected, about, numbering),
        *work_chapters.upkeep(work, protected),
        Heading(_KNOWN),
        Paragraph(about.text("integriteit")),
    )
    return Chapter("", "Informeren", "Informeren", about.text("informeren"), blocks)


def _signals(
    protected: ProtectedReport, earlier: Sequence[YearSaid], work: Work, about: Context, numbering: figures.Numbering
) -> Chapter | None:
    years = trend_blocks(protected, earlier, numbering, about)
    given = work_chapters.signals(work, protected.level, numbering)
    blocks = (*years, *found(about.finding("signalen"), "Wat mij opviel"), *given)
    name = "Signalen en trends"
    return Chapter("", name, name, about.text("signalen"), blocks) if blocks else None


def _advice(protected: ProtectedReport, work: Work, about: Context, numbering: figures.Numbering) -> Chapter | None:
    blocks = (*written(about.finding("advies")), *work_chapters.advice(work, protected.level, about, numbering))
    return Chapter("", "Advies aan de organisatie", "Advies", about.text("advies"), blocks) if blocks else None


def _points(about: Context) -> Chapter | None:
    points = recommendations(about.finding("aandachtspunten"))
    if not points:
        return None
    blocks = (*points, *_for_or(about))
    return Chapter("", _points_title(about), "Aandachtspunten", about.text("aandachtspunten"), blocks)


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
    return protection_page.with_a_total(k, about.text(people_chapters.why_key(protected, about)))


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


def _ways(about: Context) -> tuple[Block, ...]:
    return (
        *_section("Route", about.finding("route")),
        *_section("Toegankelijkheid", about.finding("toegankelijkheid")),
    )


def _all_ways(tables: dict[str, ProtectedTable], about: Context, numbering: figures.Numbering) -> tuple[Block, ...]:
    counted = people_chapters.plain(tables.get("gevonden_via"), about, numbering)
    return (*counted, *_ways(about), *found(about.finding("vindbaarheid")))


def _findable(about: Context, ways: tuple[Block, ...]) -> Chapter | None:
    title = "Vindbaarheid en toegankelijkheid"
    return Chapter("", title, "Vindbaarheid", about.text("vindbaarheid"), ways) if ways else None
