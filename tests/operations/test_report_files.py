"""A report that went out as text and as tables: what it said then, whatever the vault counts now."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest

from tests.casework import a_case
from tests.operations.test_ledger import entered
from tests.operations.test_reports import export, fill
from vpdesk.domain.errors import InvalidValueError, NotFoundError, OutputError, VaultDamagedError
from vpdesk.domain.ids import PublicationId
from vpdesk.operations import ledger, reports
from vpdesk.operations.ledger import Said
from vpdesk.operations.report_files import Format, save_as, why_only_pdf
from vpdesk.reporting import pdf
from vpdesk.reporting.document_file import read_document
from vpdesk.reporting.editable import written

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.publications import Publication
    from vpdesk.store.vault import Vault


def exported(vault: Vault, folder: Path, cases: int = 24) -> Publication:
    fill(vault, cases)
    return export(vault, folder / "jaar.pdf").publication


def test_what_is_kept_draws_the_very_file_that_went_out(vault: Vault, tmp_path: Path) -> None:
    publication = exported(vault, tmp_path)
    assert publication.editable
    assert vault.ledger.get(publication.id) == publication
    document = read_document(vault.ledger.document(publication.id))
    assert pdf.render(document) == publication.pdf


@pytest.mark.parametrize("kind", Format)
def test_a_report_is_written_as_it_was_also_when_the_vault_counts_more(
    kind: Format, vault: Vault, tmp_path: Path
) -> None:
    publication = exported(vault, tmp_path)
    first = save_as(vault, publication.id, out=tmp_path / f"een.{kind}", kind=kind).read_bytes()
    for _ in range(7):
        a_case(vault)
    reports.save_finding(
        vault, client_id=publication.client, period=publication.period, chapter="kort", text="Iets heel anders."
    )
    assert save_as(vault, publication.id, out=tmp_path / f"twee.{kind}", kind=kind).read_bytes() == first
    assert first == written(read_document(vault.ledger.document(publication.id)), kind)
    assert sorted(path.name for path in tmp_path.iterdir() if "wachtend" in path.name) == []


def test_nothing_new_went_out_by_it(vault: Vault, tmp_path: Path) -> None:
    publication = exported(vault, tmp_path)
    before = ledger.everything_out(vault, publication.client)
    save_as(vault, publication.id, out=tmp_path / "een.docx", kind=Format.DOCX)
    assert ledger.everything_out(vault, publication.client) == before


def test_a_report_below_the_threshold_is_a_text_and_never_a_table(vault: Vault, tmp_path: Path) -> None:
    publication = exported(vault, tmp_path, cases=2)
    text = save_as(vault, publication.id, out=tmp_path / "laag.docx", kind=Format.DOCX)
    assert any("geen aantallen" in p.text for p in docx.Document(io.BytesIO(text.read_bytes())).paragraphs)
    for kind in (Format.CSV, Format.ODS):
        with pytest.raises(InvalidValueError, match="staan geen cijfers"):
            save_as(vault, publication.id, out=tmp_path / f"laag.{kind}", kind=kind)
        assert not (tmp_path / f"laag.{kind}").exists()


def test_a_letter_what_never_left_and_a_report_of_long_ago_say_why_not(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    letter = entered(vault, Said(8, 8))
    report = export(vault, tmp_path / "jaar.pdf").publication
    never = ledger.never_sent(vault, report.id, reason="Het bleef een concept.")
    for publication, why in ((letter, "met de hand"), (never, "nooit verstuurd")):
        assert why in why_only_pdf(publication)
        with pytest.raises(InvalidValueError, match=why):
            save_as(vault, publication.id, out=tmp_path / "uit.docx", kind=Format.DOCX)
    ledger.was_sent(vault, report.id)
    with vault.transaction():
        vault.connection.execute("UPDATE publications SET document = '', document_sha256 = ''")
        vault.ledger.bind()
    with pytest.raises(InvalidValueError, match="alleen een PDF"):
        save_as(vault, report.id, out=tmp_path / "uit.docx", kind=Format.DOCX)
    assert not (tmp_path / "uit.docx").exists()
    with pytest.raises(NotFoundError):
        save_as(vault, PublicationId(77), out=tmp_path / "uit.docx", kind=Format.DOCX)
    with pytest.raises(NotFoundError):
        vault.ledger.document(PublicationId(77))


def test_what_was_changed_is_not_written(vault: Vault, tmp_path: Path) -> None:
    publication = exported(vault, tmp_path)
    kept = vault.ledger.document(publication.id)
    with vault.transaction():
        vault.connection.execute("UPDATE publications SET document = ?", (kept.replace("2025", "2024"),))
    with pytest.raises(VaultDamagedError, match="niet meer zoals"):
        save_as(vault, publication.id, out=tmp_path / "uit.docx", kind=Format.DOCX)
    assert vault.ledger.whole(), "its hash is what the chain holds"
    with vault.transaction():
        vault.connection.execute("UPDATE publications SET document_sha256 = ''")
    assert not vault.ledger.whole()


def test_a_text_that_this_version_does_not_know_is_not_written(vault: Vault, tmp_path: Path) -> None:
    publication = exported(vault, tmp_path)
    with vault.transaction():
        strange = vault.ledger.add(publication, document='{"is":"Later"}')
    with pytest.raises(VaultDamagedError):
        save_as(vault, strange.id, out=tmp_path / "uit.odt", kind=Format.ODT)
    assert not (tmp_path / "uit.odt").exists()


def test_a_folder_that_is_not_there_is_said(vault: Vault, tmp_path: Path) -> None:
    publication = exported(vault, tmp_path)
    with pytest.raises(OutputError):
        save_as(vault, publication.id, out=tmp_path / "weg" / "uit.odt", kind=Format.ODT)


def test_a_report_of_before_keeps_its_place_in_the_chain(vault: Vault, tmp_path: Path) -> None:
    first = exported(vault, tmp_path)
    with vault.transaction():
        vault.ledger.add(first)
    assert vault.ledger.whole()
