"""Reports: a preview, an export that freezes what it says before the file appears, and the user's own words beside it.

Three plain steps, so that the window can run the middle one aside: `gather` reads the vault, `prepare` protects, audits
and draws without it, `deliver` freezes and writes.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from vpdesk.domain.clients import Client, Unit
from vpdesk.domain.errors import (
    BackupError,
    InvalidValueError,
    LedgerUnknownError,
    ReportRefusedError,
    VaultDamagedError,
    VaultError,
    VpdeskError,
)
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.domain.statements import Audience
from vpdesk.domain.wording import counted, joined, long_date
from vpdesk.operations import corrections
from vpdesk.operations.backups import BackupResult, copied_since, make_backup
from vpdesk.operations.corrections import Standing, standing
from vpdesk.operations.cube import dimensions
from vpdesk.operations.output import Pending
from vpdesk.operations.report_hidden import HiddenNote, dashes_in, hidden_in_words, numbers_in
from vpdesk.operations.report_ideas import Idea, with_rows
from vpdesk.operations.report_making import (
    AUTHOR,
    Gathered,
    Prepared,
    gather,
    open_marks_in,
    prepare,
    redrawn,
    rests_on,
)
from vpdesk.operations.report_names import accept_mark
from vpdesk.operations.report_preview import ChapterState, ReportPreview, chapters_of, shown
from vpdesk.reporting import own_texts, work_chapters
from vpdesk.reporting.annual_report import WRITTEN
from vpdesk.reporting.disclosure.answers import Answers
from vpdesk.reporting.disclosure.result import Level
from vpdesk.reporting.document_file import document_text
from vpdesk.reporting.statements_file import statements_json
from vpdesk.reporting.text_marks import Mark, MarkKind
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER
from vpdesk.store.stored import understood
from vpdesk.store.vault import Vault

__all__ = [
    "Answers",
    "Audience",
    "ChapterState",
    "Gathered",
    "HiddenNote",
    "Idea",
    "Level",
    "Mark",
    "MarkKind",
    "Prepared",
    "ReportChoices",
    "ReportPreview",
    "Standing",
    "accept_mark",
    "chapters_of",
    "dashes_in",
    "gather",
    "hidden_in_words",
    "numbers_in",
    "open_marks_in",
    "prepare",
    "redrawn",
    "shown",
    "standing",
    "with_rows",
]

OTHER_BYTES: Final = (
    "Dit verslag is in de kluis niet meer zoals het is uitgegeven. Er is niets geschreven. Het verslag dat u toen "
    "bewaarde, geldt; zet op de pagina Kluis de nieuwste reservekopie terug."
)
UNCOUNTED: Final = (
    "Dit staat op ‘nooit verstuurd’ en telt zelf in geen verslag mee. Daarom bewaart vpdesk het niet opnieuw; er is "
    "niets geschreven. Is het wel verstuurd, kies dan eerst ‘Toch verstuurd’ bij Uitgegeven."
)
NOT_FROZEN: Final = (
    "Het verslag is niet uitgegeven: het kon niet in de kluis worden vastgelegd, dus er is geen bestand geschreven. "
    "{why} Exporteer het daarna opnieuw."
)
LONGEST_AUTHOR: Final = 120
AUTHOR_TOO_LONG: Final = (
    f"Op het voorblad past een regel van hoogstens {LONGEST_AUTHOR} tekens. Er is niets veranderd; maak hem korter."
)
NO_FILE: Final = "Dit is met de hand toegevoegd; vpdesk heeft er geen bestand van."


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A report that went out; `again` when it had gone out before. `backup` is None without a place for backups.

    `since` tells of a report that went out before that the vault counts otherwise now.
    """

    path: Path
    sha256: str
    again: bool
    publication: Publication
    backup: BackupResult | None
    since: str = ""


def preview(
    vault: Vault,
    *,
    client_id: ClientId,
    period: Period,
    audience: Audience,
    today: date,
    progress: Callable[[float], None] | None = None,
) -> ReportPreview:
    """Return the report as it would go out now; nothing leaves the vault. Raises as `gather` and `prepare` do."""
    gathered = gather(vault, client_id=client_id, period=period, audience=audience, today=today)
    return shown(prepare(gathered, progress=progress))


def export_report(
    vault: Vault,
    *,
    client_id: ClientId,
    period: Period,
    audience: Audience,
    out: Path,
    now: datetime,
    statements_out: Path | None = None,
    backup_places: Sequence[Path],
    revised: bool = False,
) -> ExportResult:
    """Write a report to a file; one that went out before gets the very bytes it had.

    With `revised` the period is counted anew, for an edition beside the one that is out.

    Raises:
        ReportRefusedError: the text has open marks, the audit refuses, or it is unknown what went out earlier.
        OutputError: the file can't be written there; nothing went out.
        VaultError: the vault can't be written; nothing went out.
        BackupError: the report is there, but no backup of it could be made.
    """
    gathered = gather(vault, client_id=client_id, period=period, audience=audience, today=now.date(), revised=revised)
    if gathered.existing is None:
        refuse_unknown_ledger(vault)
        prepared = prepare(gathered)
        return deliver(vault, prepared, out=out, now=now, statements_out=statements_out, backup_places=backup_places)
    told = standing(vault, gathered)
    again = _again(vault, gathered.existing, out=out, statements_out=statements_out)
    return replace(_with_copy(vault, again, backup_places, now), since=told.sentence if told else "")


@understood()
def refuse_unknown_ledger(vault: Vault) -> None:
    """Raise LedgerUnknownError when a restored vault may have forgotten reports.

    Whatever the period: a report that went out later may have been about any days, and can be subtracted from any.
    """
    after = vault.settings.get(LEDGER_UNKNOWN_AFTER)
    if after:
        raise LedgerUnknownError(
            f"Deze kluis komt uit een kopie van {long_date(datetime.fromisoformat(after).date())}. Zijn er daarna "
            "verslagen uitgegeven? Tot vpdesk dat weet, noemt het geen nieuwe aantallen; er is niets geëxporteerd. Is "
            "er niets uitgegeven, zeg dat dan bij Jaarverslag, of met --later-reports none. Is er wel iets uitgegeven, "
            "zet dan een nieuwere kopie terug."
        )


def confirm_ledger_complete(vault: Vault) -> None:
    """Keep the answer that no report went out after the restored backup was made."""
    with vault.transaction():
        vault.settings.drop(LEDGER_UNKNOWN_AFTER)


def deliver(
    vault: Vault,
    prepared: Prepared,
    *,
    out: Path,
    now: datetime,
    statements_out: Path | None = None,
    backup_places: Sequence[Path],
) -> ExportResult:
    """Freeze a prepared report, let its file appear, then make a backup. Raises as `export_report` does."""
    if prepared.gathered.existing is not None:
        again = _again(vault, prepared.gathered.existing, out=out, statements_out=statements_out)
        return _with_copy(vault, again, backup_places, now)
    refuse_unknown_ledger(vault)
    _refuse_open_marks(prepared)
    publication = _publication(prepared, now)
    text = statements_file(publication, prepared.gathered.client, prepared.gathered.units)
    with Pending() as files:
        files.add(out, prepared.pdf)
        if statements_out is not None:
            files.add(statements_out, text.encode())
        try:
            publication = freeze(vault, prepared, publication)
        except VaultDamagedError:
            raise  # which says so itself
        except VaultError as error:
            raise type(error)(NOT_FROZEN.format(why=error.sentence)) from error
        files.appear()
    return ExportResult(
        out, publication.sha256, again=False, publication=publication, backup=_backup(vault, out, backup_places, now)
    )


def _backup(vault: Vault, out: Path, places: Sequence[Path], now: datetime) -> BackupResult | None:
    if not places:
        return None
    try:
        return make_backup(vault, places=places, now=now)
    except VpdeskError as error:
        raise BackupError(
            f"Het verslag is uitgegeven en staat in {out}, maar er is geen reservekopie gemaakt. {error.sentence}"
        ) from error


def _with_copy(vault: Vault, again: ExportResult, places: Sequence[Path], now: datetime) -> ExportResult:
    """Make the copy that the first export did not come to, where it was broken off after the ledger was written."""
    places = () if copied_since(vault, again.publication.exported) else places
    return replace(again, backup=_backup(vault, again.path, places, now))


def freeze(vault: Vault, prepared: Prepared, publication: Publication) -> Publication:
    """Write the publication into the ledger, provided that the audit still covers everything.

    Raises:
        ReportRefusedError: since the report was prepared something went out about the organisation or one that belongs
            to it, or its agreements changed, such as the threshold.
    """
    with vault.transaction():
        if not rests_on(vault, prepared.gathered):
            raise ReportRefusedError(
                "Terwijl dit verslag werd gemaakt, is er iets anders uitgegeven of is er iets aan de organisatie "
                "veranderd, zoals de drempelwaarde. Er is niets geëxporteerd. Probeer het opnieuw; dan telt dat mee."
            )
        frozen = vault.ledger.add(publication, document=document_text(prepared.document))
        corrections.keep_counted(vault, prepared.gathered, frozen)
        return frozen


def _publication(prepared: Prepared, now: datetime) -> Publication:
    gathered = prepared.gathered
    return Publication(
        id=PublicationId(0),
        client=gathered.client.id,
        period=gathered.period,
        audience=gathered.audience,
        exported=now,
        threshold=prepared.protected.threshold,
        statements=prepared.protected.statements,
        pattern=prepared.protected.pattern,
        withheld=prepared.protected.withheld,
        sha256=hashlib.sha256(prepared.pdf).hexdigest(),
        pdf=prepared.pdf,
        title=prepared.title,
        author=gathered.author,
        revision=int(corrections.is_revised(gathered, prepared.protected.statements)),
        quotes=prepared.quotes,
        work=prepared.work_said,
    )


def _refuse_open_marks(prepared: Prepared) -> None:
    if waiting := prepared.open_marks:
        titles = {**dict(WRITTEN), own_texts.CHAPTER: own_texts.TITLE, work_chapters.CHAPTER: work_chapters.TITLE}
        chapters = joined(list(dict.fromkeys(f"‘{titles[mark.chapter]}’" for mark in waiting)))
        raise ReportRefusedError(
            f"In uw tekst staat nog {counted(len(waiting), 'punt', 'punten')} open, bij {chapters}. Er is niets "
            f"geëxporteerd. Verander de tekst of schrijf op waarom hij zo mag blijven. Het eerste: {waiting[0].reason}"
        )


def _again(vault: Vault, publication: Publication, *, out: Path, statements_out: Path | None) -> ExportResult:
    if hashlib.sha256(publication.pdf).hexdigest() != publication.sha256:
        raise VaultDamagedError(OTHER_BYTES)
    client = vault.clients.get(publication.client)
    with Pending() as files:
        files.add(out, publication.pdf)
        if statements_out is not None:
            files.add(statements_out, statements_file(publication, client, vault.clients.units(client.id)).encode())
        files.appear()
    return ExportResult(out, publication.sha256, again=True, publication=publication, backup=None)


def export_stored(vault: Vault, publication_id: PublicationId, out: Path) -> ExportResult:
    """Write a report that went out earlier once more; what never left counts nowhere, so it does not leave now either.

    Raises:
        InvalidValueError: it is marked as never sent, or was entered by hand.
        NotFoundError, OutputError, VaultDamagedError: it isn't in the ledger, can't be written there, or has changed.
    """
    found = vault.ledger.get(publication_id)
    why_not = not_again(found)
    if why_not:
        raise InvalidValueError(why_not)
    return _again(vault, found, out=out, statements_out=None)


def not_again(publication: Publication) -> str:
    """Return why something in the ledger can't be written once more, as a sentence; empty when it can."""
    if not publication.pdf:
        return NO_FILE
    return "" if publication.out else UNCOUNTED


def statements_file(publication: Publication, client: Client, units: Sequence[Unit]) -> str:
    """Return the statements of a publication, also of work and those that it quotes, as the text of a JSON file."""
    return statements_json(
        (*publication.statements, *publication.work, *publication.quotes),
        client_name=client.name,
        period=publication.period,
        threshold=publication.threshold,
        dimensions=dimensions(units),
    )


def publications(vault: Vault, client_id: ClientId) -> tuple[Publication, ...]:
    """Return what went out for a client, the first first."""
    return vault.ledger.publications(client_id)


def findings(vault: Vault, *, client_id: ClientId, period: Period) -> dict[str, str]:
    """Return what the user wrote for a report, by the keys of its chapters."""
    written = vault.findings.get(client_id, period)
    return {key: written[key] for key, _ in WRITTEN if key in written}


def may_write(vault: Vault, *, client_id: ClientId, period: Period, audience: Audience, revised: bool) -> bool:
    """Return whether the texts of a report can still change: those of one that is out stay as they went out."""
    return corrections.existing(vault, client_id, period, audience, revised=revised) is None


def save_finding(vault: Vault, *, client_id: ClientId, period: Period, chapter: str, text: str) -> None:
    """Keep the text of a chapter; an empty one removes it. An unknown chapter is a bug (KeyError)."""
    dict(WRITTEN)[chapter]
    with vault.transaction():
        vault.findings.put(client_id, period, chapter, text)


def author(vault: Vault) -> str:
    """Return the name that the user chose for reports, empty for the role only."""
    return vault.settings.get(AUTHOR)


def set_author(vault: Vault, author: str) -> None:
    """Choose the name that stands on covers and in the metadata of reports; empty for the role only.

    Raises:
        InvalidValueError: it is no line that a cover has room for.
    """
    if len(author) > LONGEST_AUTHOR or not author.isprintable():
        raise InvalidValueError(AUTHOR_TOO_LONG)
    with vault.transaction():
        vault.settings.put(AUTHOR, author.strip())


def already_exported(publication: Publication) -> str:
    """Return the sentence for a report that went out before."""
    return (
        f"Dit verslag is al uitgegeven op {long_date(publication.exported.date())}. U krijgt precies hetzelfde bestand."
    )
