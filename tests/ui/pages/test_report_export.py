"""An export that does not end as it should: what is said, what is kept, and that the next one gives the same report."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from vpdesk.domain.errors import BackupError
from vpdesk.operations import clients, reports

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.publications import Publication
    from vpdesk.operations.reports import Gathered, Prepared
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.pages.report import ReportPage


def out(opened: Opened, report: ReportPage) -> tuple[Publication, ...]:
    client = report.client_id
    assert client is not None
    return opened.ask(lambda vault: reports.publications(vault, client))


def export(opened: Opened, report: ReportPage, to: Path) -> None:
    assert report.export.isEnabled()
    report.export_to(to)
    opened.made(report)


def test_a_stick_that_is_pulled_out_leaves_a_report_that_can_be_written_elsewhere(
    opened: Opened, report: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, freeze = tmp_path / "stick", reports.freeze
    stick.mkdir()

    def freeze_and_pull(vault: Vault, prepared: Prepared, publication: Publication) -> Publication:
        frozen = freeze(vault, prepared, publication)
        shutil.rmtree(stick)
        return frozen

    with monkeypatch.context() as pulled:
        pulled.setattr(reports, "freeze", freeze_and_pull)
        export(opened, report, stick / "verslag.pdf")
    (frozen,) = out(opened, report)
    assert "is vastgelegd in de kluis" in report.notice
    assert "Exporteer het opnieuw" in report.notice
    assert report.findings.text.isReadOnly(), "its texts are frozen too"
    elsewhere = tmp_path / "elders.pdf"
    export(opened, report, elsewhere)
    assert report.notice.startswith("Het verslag is opnieuw bewaard.")
    assert hashlib.sha256(elsewhere.read_bytes()).hexdigest() == frozen.sha256
    assert out(opened, report) == (frozen,)


def test_without_a_backup_the_report_is_out_and_can_be_written_again(
    opened: Opened, report: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_given: object, **_named: object) -> None:
        raise BackupError("De schijf is vol.")

    with monkeypatch.context() as full:
        full.setattr(reports, "make_backup", no_room)
        export(opened, report, tmp_path / "verslag.pdf")
    assert "is uitgegeven" in report.notice
    assert "De schijf is vol." in report.notice
    assert report.findings.text.isReadOnly()
    export(opened, report, tmp_path / "elders.pdf")
    assert (tmp_path / "elders.pdf").read_bytes() == (tmp_path / "verslag.pdf").read_bytes()
    assert len(out(opened, report)) == 1


def test_what_changed_meanwhile_counts_when_it_is_tried_again(
    opened: Opened, report: ReportPage, tmp_path: Path
) -> None:
    assert report.prepared is not None
    gathered: Gathered = report.prepared.gathered
    opened.ask(lambda vault: clients.change_client(vault, replace(gathered.client, threshold=6)))
    export(opened, report, tmp_path / "verslag.pdf")
    assert "Probeer het opnieuw; dan telt dat mee." in report.notice
    assert not out(opened, report)
    export(opened, report, tmp_path / "verslag.pdf")
    assert [publication.threshold for publication in out(opened, report)] == [6]


def test_where_nothing_can_be_written_nothing_goes_out(opened: Opened, report: ReportPage, tmp_path: Path) -> None:
    export(opened, report, tmp_path / "weg" / "verslag.pdf")
    assert report.notice.endswith("Er is niets uitgegeven. Kies een andere map.")
    assert not out(opened, report)
    assert not report.findings.text.isReadOnly()
    export(opened, report, tmp_path / "verslag.pdf")
    assert report.notice.startswith("Het verslag is bewaard.")
