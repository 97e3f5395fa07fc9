"""A report that went out as a text to edit or as tables: what it said then, and nothing that was counted since."""

from pathlib import Path
from typing import Final

from vpdesk.domain.errors import InvalidValueError, VaultDamagedError
from vpdesk.domain.ids import PublicationId
from vpdesk.domain.publications import Publication
from vpdesk.operations.output import Pending
from vpdesk.operations.reports import not_again
from vpdesk.reporting.document_file import read_document
from vpdesk.reporting.editable import NAMES, Format, written
from vpdesk.reporting.editable.plain import grids
from vpdesk.store.ledger import BROKEN
from vpdesk.store.vault import Vault

__all__ = ["FOR_YOURSELF", "NAMES", "NOT_CHECKED", "Format", "file_name", "save_as", "why_only_pdf"]

NOT_CHECKED: Final = "Wat u in dit bestand verandert, rekent vpdesk niet na."
FOR_YOURSELF: Final = "Het is voor uzelf; geef het niet mee."
ONLY_PDF: Final = (
    "Dit verslag ging uit voordat vpdesk de tekst erbij bewaarde. Er is alleen een PDF van; die kunt u opnieuw bewaren."
)
NO_NUMBERS: Final = (
    "In dit verslag staan geen cijfers, dus er valt geen tabel van te maken. Er is niets geschreven. Als tekst kan het "
    "wel."
)
_TABLES: Final = frozenset({Format.CSV, Format.ODS})


def file_name(publication: Publication, kind: Format) -> str:
    """Return what a file of this kind is called: never as the PDF of the report itself."""
    sheet = "Spreekblad bij " if kind is Format.SPREEKBLAD else ""
    return f"{sheet}{publication.title}.{kind.value}"


def why_only_pdf(publication: Publication) -> str:
    """Return why something in the ledger can't be written as a text or table, as a sentence; empty when it can."""
    return not_again(publication) or ("" if publication.editable else ONLY_PDF)


def save_as(vault: Vault, publication_id: PublicationId, *, out: Path, kind: Format) -> Path:
    """Write a report that went out as a file of this kind, and return where it stands.

    It says what the report said when it went out, so it needs no new audit and no new line in the ledger.

    Raises:
        InvalidValueError: it never left, was entered by hand, has no text that was kept, or has no numbers to tabulate.
        NotFoundError, OutputError, VaultDamagedError: it isn't in the ledger, can't be written there, or has changed.
    """
    publication = vault.ledger.get(publication_id)
    why_not = why_only_pdf(publication)
    if why_not:
        raise InvalidValueError(why_not)
    try:
        document = read_document(vault.ledger.document(publication_id))
    except ValueError as error:
        raise VaultDamagedError(BROKEN) from error
    if kind in _TABLES and not grids(document):
        raise InvalidValueError(NO_NUMBERS)
    with Pending() as files:
        files.add(out, written(document, kind))
        files.appear()
    return out
