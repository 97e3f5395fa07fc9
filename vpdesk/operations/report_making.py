"""Making a report in two steps: the vault is read, then all is protected, audited and drawn without it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from vpdesk.domain.clients import OPTIONAL_STATISTICS, Client, Unit
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import CaseId, ClientId
from vpdesk.domain.names import Spoken
from vpdesk.domain.periods import Period, hull
from vpdesk.domain.publications import Publication
from vpdesk.domain.remains import Remains
from vpdesk.domain.report_chapters import NOTHING, Skipped, with_a_chapter, with_a_table
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.domain.report_work import NO_WORK, Work
from vpdesk.domain.statements import Audience, CaseFacts, Statement
from vpdesk.domain.units import held_together
from vpdesk.domain.wording import PRACTICE, long_date
from vpdesk.operations import clients, corrections
from vpdesk.operations.cube import TABLES, by_day, dimensions, said_by_hand, unit_names
from vpdesk.operations.ledger import everything_out
from vpdesk.operations.ledger_check import beside_refusal
from vpdesk.operations.ledger_clash import refuse_clash
from vpdesk.operations.reckoning import is_installed
from vpdesk.operations.report_choosing import report_choices
from vpdesk.operations.report_logo import logo_of
from vpdesk.operations.report_names import accepted_in, known_names
from vpdesk.operations.report_readers import is_for_staff
from vpdesk.operations.report_skipping import skipped
from vpdesk.operations.report_work import work_of
from vpdesk.reporting import own_texts, work_chapters
from vpdesk.reporting.annual_report import WRITTEN, annual_report, chapters_written
from vpdesk.reporting.chapters_chosen import as_printed
from vpdesk.reporting.disclosure import office
from vpdesk.reporting.disclosure.answers import Answers
from vpdesk.reporting.disclosure.family import Relative, parts, relatives
from vpdesk.reporting.disclosure.request import NOT_READY, Request
from vpdesk.reporting.disclosure.result import ProtectedReport
from vpdesk.reporting.document import Document, Palette, Picture
from vpdesk.reporting.quotations import with_quotations
from vpdesk.reporting.revision import Revising
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.text_marks import Mark, Marker, unresolved
from vpdesk.reporting.trends import YearSaid, quotes_of, years_said
from vpdesk.reporting.work_said import work_said
from vpdesk.store.remains import RemainsStore
from vpdesk.store.stored import understood
from vpdesk.store.vault import Vault

AUTHOR: Final = "report_author"
PALETTE: Final = "report_palette"
TEXTS: Final = "report_texts"
NOT_BEGUN: Final = (
    "Deze periode begint pas op {first}: er valt nog niets te tellen. Er is niets geëxporteerd. Kies een periode die "
    "al begonnen is."
)


INCOMPLETE: Final = (
    "vpdesk is niet volledig: het onderdeel dat narekent, ontbreekt. Daarom is er niets geëxporteerd. Uw gegevens zijn "
    "niet veranderd. Installeer vpdesk opnieuw; uw kluis blijft daarbij staan."
)
BROKEN: Final = (
    "Het onderdeel van vpdesk dat narekent, start niet. Daarom is er niets geëxporteerd. Uw gegevens zijn niet "
    "veranderd. Start de laptop opnieuw op. Helpt dat niet, installeer vpdesk dan opnieuw; uw kluis blijft daarbij "
    "staan."
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything a report needs, read from the vault in one go; `facts` hold every case of the days in `counted`.

    `numbers` are the cases behind the first of the facts; those after them are of destroyed cases. With `revising` the
    period is counted anew beside the first edition. `skipped` are the chapters that the user left out; with `staff` the
    edition for the employer is one for the staff too.
    """

    client: Client
    period: Period
    audience: Audience
    today: date
    facts: tuple[CaseFacts, ...]
    counted: Period
    family: tuple[Relative, ...]
    units: tuple[Unit, ...]
    earlier: tuple[Publication, ...]
    existing: Publication | None
    draw_key: bytes
    texts: Mapping[str, str]
    findings: Mapping[str, str]
    accepted: Mapping[str, Mapping[str, str]]
    names: tuple[str, ...]
    called: Spoken
    author: str
    palette: Palette
    practice: bool
    choices: ReportChoices = field(default_factory=ReportChoices)
    numbers: tuple[CaseId, ...] = ()
    revising: Revising | None = None
    skipped: Skipped = NOTHING
    logo: Picture | None = None
    work: Work = NO_WORK
    staff: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A protected, audited and drawn report that has not left the vault yet; `document` is what it is drawn from."""

    gathered: Gathered
    protected: ProtectedReport
    pdf: bytes
    title: str
    marks: tuple[Mark, ...]
    document: Document
    marker: Marker = field(repr=False, compare=False)

    @property
    def open_marks(self) -> tuple[Mark, ...]:
        """Return the marks that still wait for a change or a reason."""
        return unresolved(self.marks, self.gathered.accepted)

    @property
    def quotes(self) -> tuple[Statement, ...]:
        """Return the numbers of earlier years that the report prints."""
        return quotes_of(self.protected, _years(self.gathered), self.gathered.period, self.gathered.skipped)

    @property
    def own_text(self) -> str:
        """Return what the report prints in the user's own words besides the findings."""
        return _own_text(self.gathered, self.protected)

    @property
    def work_text(self) -> str:
        """Return what the report prints of the work log in the user's own words."""
        return work_chapters.own_words(self.gathered.work, self.protected)

    @property
    def work_said(self) -> tuple[Statement, ...]:
        """Return how often the report says that something of the work log was done."""
        return work_said(self.gathered.work, self.protected.level, self.gathered.period)


@understood()
def gather(
    vault: Vault,
    *,
    client_id: ClientId,
    period: Period,
    audience: Audience,
    today: date,
    revised: bool = False,
    choices: ReportChoices | None = None,
) -> Gathered:
    """Read what a report needs; `revised` asks for an edition that counts a period anew of which one is out.

    `choices` are tried in place of those that are kept.

    Raises:
        NotFoundError: there is no such client.
        ReportRefusedError: the period cuts a segment in which a destroyed case ran, so that case can't be counted.
        VaultDamagedError: the ledger of what went out is broken.
    """
    client = vault.clients.get(client_id)
    written = vault.findings.get(client_id, period)
    known = known_names(vault, client_id)
    units = vault.clients.units(client_id)
    changed: dict[str, str] = json.loads(vault.settings.get(f"{TEXTS}:{client_id}", "{}"))
    earlier = everything_out(vault, client_id)
    existing = corrections.existing(vault, client_id, period, audience, revised=revised)
    days = sorted({period.last, *(publication.period.last for publication in earlier)})  # the audit compares them
    destroyed, left_out = RemainsStore(vault.connection).of_client(client_id), skipped(vault, client_id)
    if existing is None:
        _refuse_cuts(destroyed, period, earlier)
    gone = (remains.facts(days) for remains in destroyed)
    counted = hull((period, *(publication.period for publication in earlier)))
    gathered = Gathered(
        client=client,
        period=period,
        audience=audience,
        today=today,
        facts=(
            *by_day(vault.cases.facts(client_id, counted, days), units),
            *(fact for fact in gone if fact.opened in counted),
        ),
        counted=counted,
        family=out_of_family(vault, client_id),
        units=units,
        earlier=earlier,
        existing=existing,
        draw_key=vault.derived_key("report-draw"),
        texts={**STANDARD, **changed},
        findings={key: written[key] for key, _ in WRITTEN if key in written},
        accepted=accepted_in(written, audience),
        names=known.names,
        called=known.called,
        author=vault.settings.get(AUTHOR) or f"{client.appointment} vertrouwenspersoon".capitalize(),
        palette=Palette(vault.settings.get(PALETTE, Palette.WATER.value)),
        practice=vault.practice,
        choices=report_choices(vault, client_id, period) if choices is None else held_together(choices, units, period),
        numbers=corrections.numbers(vault, client_id, counted),
        skipped=left_out,
        logo=logo_of(vault, client),
        work=with_a_chapter(work_of(vault, client_id, period), left_out),
        staff=is_for_staff(vault, client_id),
    )
    return replace(gathered, revising=corrections.revising(vault, gathered)) if revised else gathered


def rests_on(vault: Vault, gathered: Gathered) -> bool:
    """Return whether what an audit rests on still stands in the vault.

    That is the organisation, and what went out about it and about those that belong together with it.
    """
    client = gathered.client.id
    return (
        vault.clients.get(client) == gathered.client
        and vault.clients.units(client) == gathered.units
        and everything_out(vault, client) == gathered.earlier
        and out_of_family(vault, client) == gathered.family
    )


def out_of_family(vault: Vault, client_id: ClientId) -> tuple[Relative, ...]:
    """Return what went out about clients that belong together with this one, and what was entered for it as a whole."""
    part_of = {client.id: client.part_of for client in vault.clients.all()}
    family = clients.family(vault, client_id)
    out = [p for other in family for p in with_quotations(vault.ledger.publications(other))]
    if len(parts(client_id, part_of)) > 1:
        out += [publication for publication in vault.ledger.publications(client_id) if not publication.pdf]
    return relatives(out, part_of)


def _refuse_cuts(destroyed: Sequence[Remains], period: Period, earlier: Sequence[Publication]) -> None:
    """Raise where a destroyed case lies partly inside a period: only of whole segments is known how it counts.

    An earlier publication can only cut one when a copy was put back that knew neither of it nor of its period.
    """
    pieces = sorted({segment.period for remains in destroyed for segment in remains.segments})
    for piece in pieces:
        if period.cuts(piece):
            raise ReportRefusedError(
                f"Van een vernietigde casus is alleen bekend hoe die telt van {long_date(piece.first)} tot en met "
                f"{long_date(piece.last)}, niet in een deel daarvan. Deze periode kan vpdesk daarom niet tellen; er is "
                "niets geëxporteerd. Kies een periode die deze dagen allemaal bevat, of geen ervan."
            )
        for publication in earlier:
            if publication.period.cuts(piece):
                raise ReportRefusedError(
                    f"Het verslag dat is uitgegeven over {long_date(publication.period.first)} tot en met "
                    f"{long_date(publication.period.last)} bevat een deel van de dagen waarover een vernietigde casus "
                    "alleen als geheel is te tellen. Wat samen herleidbaar is, valt zo niet na te rekenen; er is niets "
                    "geëxporteerd. Wat al is uitgegeven, kunt u opnieuw bewaren."
                )


def prepare(
    gathered: Gathered,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    answers: Answers | None = None,
) -> Prepared:
    """Protect and audit in a child process, and draw; needs no vault. A report that went out keeps the bytes it had.

    `answers` keeps what was audited, so that the same numbers are not audited twice; the report is drawn each time.

    Raises:
        ReportRefusedError: the period has not begun, nothing is left to leave out, the audit could not be finished, or
            what is out can't all be true; with the entries that this may come from.
        CancelledError: the user cancelled.
        MissingGlyphError: a character that no font of the report has.
    """
    codes = dimensions(gathered.units)
    on = gathered.client.statistics
    wanted = with_a_table((name for name in TABLES if name not in OPTIONAL_STATISTICS or name in on), gathered.skipped)
    crossed = tuple(pair for pair in gathered.choices.crossed if set(pair) == set(with_a_table(pair, gathered.skipped)))
    if gathered.existing is None:
        if gathered.today < gathered.period.first:
            raise ReportRefusedError(NOT_BEGUN.format(first=long_date(gathered.period.first)))
        refuse_clash(gathered.client.id, gathered.period, gathered.earlier, gathered.family, codes)
    request = Request(
        facts=gathered.facts,
        client=gathered.client.id,
        period=gathered.period,
        audience=gathered.audience,
        threshold=gathered.client.threshold,
        dimensions=codes,
        earlier=said_by_hand(gathered.earlier, gathered.units),
        draw_key=gathered.draw_key,
        wanted=wanted,
        year_starts_in=gathered.client.year_starts_in,
        counted=gathered.counted,
        family=gathered.family,
        choices=replace(gathered.choices, crossed=crossed),
        revising=gathered.revising,
    )
    try:
        protected = office.protected(request, progress=progress, cancelled=cancelled, answers=answers)
    except ReportRefusedError as refused:
        if refused.sentence == NOT_READY and not is_installed():
            raise ReportRefusedError(INCOMPLETE) from refused
        if refused.sentence == NOT_READY and not office.loads(cancelled):
            raise ReportRefusedError(BROKEN) from refused
        raise ReportRefusedError(beside_refusal(gathered, refused.sentence)) from refused
    return _drawn(gathered, protected)


def open_marks_in(prepared: Prepared, chapter: str, text: str) -> tuple[Mark, ...]:
    """Return the open marks of a text as it is being typed, before it is kept and drawn; quick, and needs no vault."""
    if chapter not in chapters_written(prepared.protected, prepared.gathered.skipped):
        return ()
    return unresolved(prepared.marker.marks({chapter: text}), prepared.gathered.accepted)


def redrawn(prepared: Prepared, findings: Mapping[str, str]) -> Prepared:
    """Draw a prepared report with other texts and the same numbers: what a preview does while the user types.

    `findings` are all texts of the report by chapter; needs no vault and no audit, since the numbers stay.
    """
    return _drawn(replace(prepared.gathered, findings=findings), prepared.protected, prepared.marker)


def _own_text(gathered: Gathered, protected: ProtectedReport) -> str:
    printed = own_texts.units_printed(protected, unit_names(gathered.units, gathered.period))
    return own_texts.own_text(gathered.client, gathered.texts, gathered.author, protected.level, printed)


def _years(gathered: Gathered) -> tuple[YearSaid, ...]:
    return years_said(gathered.earlier, gathered.period, gathered.audience)


def _drawn(gathered: Gathered, protected: ProtectedReport, marker: Marker | None = None) -> Prepared:
    from vpdesk.reporting.pdf import render  # noqa: PLC0415 - ReportLab when a report is drawn, not at start-up

    protected = as_printed(protected, gathered.skipped)
    printed, years = chapters_written(protected, gathered.skipped), _years(gathered)
    findings = {key: text for key, text in gathered.findings.items() if key in printed}
    document = annual_report(
        protected,
        client=gathered.client,
        period=gathered.period,
        audience=gathered.audience,
        texts=gathered.texts,
        findings=findings,
        author=gathered.author,
        today=gathered.today,
        palette=gathered.palette,
        mark=PRACTICE if gathered.practice else "",
        units=unit_names(gathered.units, gathered.period),
        revised=corrections.is_revised(gathered, protected.statements),
        earlier=years,
        skipped=gathered.skipped,
        logo=gathered.logo,
        work=gathered.work,
        staff=gathered.staff,
    )
    worked = work_chapters.own_words(gathered.work, protected)
    existing, units = gathered.existing, unit_names(gathered.units, gathered.period)
    quotes = quotes_of(protected, years, gathered.period, gathered.skipped)
    done = work_said(gathered.work, protected.level, gathered.period)
    marker = marker or Marker.of(protected, gathered.names, gathered.called, units, quotes, done)
    own = own_texts.own_marks(
        _own_text(gathered, protected), protected=protected, names=gathered.names, called=gathered.called, units=units
    )
    return Prepared(
        gathered,
        protected,
        existing.pdf if existing else render(document),
        existing.title if existing else document.title,
        (*marker.marks({**findings, work_chapters.CHAPTER: worked}), *own),
        document,
        marker,
    )
