"""The logo through the window: chosen, seen, kept, refused with a sentence, and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import report_kit as kit
from vpdesk.operations.report_logo import kept_logo
from vpdesk.ui.pages import report_logo
from vpdesk.ui.pages.report_logo import LogoDialog

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.report import ReportPage


def asked(opened: Opened, report: ReportPage) -> LogoDialog:
    report.chapters.choose("organisatie")
    opened.settle()
    assert report.findings.logo.isVisible()
    report.findings.logo.click()
    opened.settle()
    return opened.child(LogoDialog)


def test_a_logo_comes_on_the_cover_and_goes_again(
    opened: Opened, report: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(kit.a_logo().png)
    monkeypatch.setattr(report_logo, "ask_file", lambda *_: path)
    dialog = asked(opened, report)
    assert not dialog.verb.isEnabled()
    assert not dialog.remove.isEnabled()
    assert dialog.view.accessibleName() == "Geen logo"
    dialog.choose.click()
    opened.settle()
    assert dialog.view.accessibleName() == "Logo van Gemeente Waterveen"
    assert dialog.focusWidget() is dialog.verb
    dialog.verb.click()
    opened.settle()
    opened.made(report)
    assert report.prepared is not None
    assert report.prepared.document.cover.logo is not None
    client = report.client_id
    assert client is not None
    assert opened.ask(lambda vault: kept_logo(vault, client)) is not None
    dialog = asked(opened, report)
    dialog.remove.click()
    assert dialog.verb.isEnabled()
    dialog.verb.click()
    opened.settle()
    opened.made(report)
    assert report.prepared.document.cover.logo is None


def test_what_can_be_no_logo_is_said_and_the_one_before_stays(
    opened: Opened, report: ReportPage, tmp_path: Path
) -> None:
    good, bad = tmp_path / "goed.png", tmp_path / "fout.png"
    good.write_bytes(kit.a_logo().png)
    bad.write_bytes(b"geen beeld")
    dialog = asked(opened, report)
    dialog.take(good)
    opened.settle()
    dialog.take(bad)
    opened.settle()
    assert dialog.wrong.startswith("Dit bestand is niet als PNG of JPEG te lezen")
    assert dialog.view.accessibleName() == "Logo van Gemeente Waterveen"
    assert dialog.verb.isEnabled()
    assert dialog.choose.isEnabled()
    dialog.take(good)
    opened.settle()
    assert dialog.wrong == ""


def test_a_file_that_was_not_chosen_changes_nothing(
    opened: Opened, report: ReportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_logo, "ask_file", lambda *_: None)
    dialog = asked(opened, report)
    dialog.choose.click()
    opened.settle()
    assert dialog.png is None
    assert not dialog.verb.isEnabled()
