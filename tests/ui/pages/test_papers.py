"""AVG-hulp and the papers through the window: copied, changed with a way back, kept as a PDF, and nothing on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
from PySide6.QtCore import QSize
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QDialog

from vpdesk.domain.avg_help import SHIPPED
from vpdesk.domain.papers import Paper, Section
from vpdesk.operations import avg_help
from vpdesk.ui.context import PageName
from vpdesk.ui.pages import paper_dialogs
from vpdesk.ui.pages.avg_help import AvgHelpPage, HelpDialog
from vpdesk.ui.pages.paper_dialogs import PaperDialog
from vpdesk.ui.screens.paper import paper_pdf
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.pages.conftest import Opened


def test_a_text_is_copied_changed_and_put_back(opened: Opened) -> None:
    opened.desk.commands.avg_help.trigger()
    opened.settle()
    page = opened.desk.page
    assert isinstance(page, AvgHelpPage)
    card = page.cards["register"]
    card.text.copy.click()
    assert QApplication.clipboard().text() == SHIPPED[2].text
    assert card.state.accessibleName() == "nog niet nagekeken"
    card.change.click()
    form = opened.child(HelpDialog)
    assert not form.original.isVisible()
    form.text.setPlainText("Onze eigen regel")
    form.verb.click()
    opened.until(lambda: opened.gone(HelpDialog) and card.text.text == "Onze eigen regel")
    assert card.state.accessibleName() == "nagekeken op 20 januari 2026"
    card.change.click()
    form = opened.child(HelpDialog)
    form.original.click()
    assert form.text.toPlainText() == SHIPPED[2].text
    form.reject()
    opened.desk.findChild(Toast)._undo.click()
    opened.until(lambda: card.text.text == SHIPPED[2].text and opened.worker.idle)
    assert card.state.accessibleName() == "nog niet nagekeken"
    page.cards["dpia"].checked.click()
    opened.until(lambda: page.cards["dpia"].state.accessibleName() == "nagekeken op 20 januari 2026")
    opened.desk.findChild(Toast)._undo.click()
    opened.until(lambda: opened.worker.idle and page.cards["dpia"].state.accessibleName() == "nog niet nagekeken")
    assert opened.ask(avg_help.avg_help) == SHIPPED


def test_the_papers_are_kept_as_a_pdf_that_can_be_read(opened: Opened, tmp_path: Path) -> None:
    opened.go(PageName.KLUIS)
    for action, words in (
        (opened.desk.commands.laptop_paper, "Casussen: 25 tot en met 49"),
        (opened.desk.commands.absence_paper, "Gemeente Waterveen: 6 lopende casussen"),
    ):
        action.trigger()
        form = opened.child(PaperDialog)
        opened.until(lambda form=form: form.save.isEnabled())
        form.save_to(tmp_path / "er is geen map" / "blad.pdf")
        assert "Er is niets bewaard" in form.wrong
        form.save_to(tmp_path / "blad.pdf")
        opened.until(lambda: opened.gone(PaperDialog))
        pages = pypdf.PdfReader(tmp_path / "blad.pdf").pages
        assert words in " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_paper_is_printed_and_asks_for_a_place(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.desk.commands.absence_paper.trigger()
    form = opened.child(PaperDialog)
    opened.until(form.save.isEnabled)
    opened.until(lambda: form.scrolled.missing == QSize(0, 0))
    printed = tmp_path / "uit de printer.pdf"

    def choose(dialog: QPrintDialog) -> QDialog.DialogCode:
        dialog.printer().setOutputFileName(str(printed))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", choose)
    form.verb.click()
    said = " ".join(pypdf.PdfReader(printed).pages[0].extract_text().split())
    assert "Gemeente Waterveen: 6 lopende casussen" in said
    places = [None, tmp_path / "gekozen.pdf"]
    monkeypatch.setattr(paper_dialogs, "ask_new_file", lambda *_: places.pop(0))
    form.save.click()
    assert form.isVisible()
    form.save.click()
    opened.until(lambda: opened.gone(PaperDialog))
    assert (tmp_path / "gekozen.pdf").is_file()


def test_a_long_paper_takes_more_pages_and_loses_no_line(opened: Opened) -> None:
    lines = tuple(f"Organisatie nummer {number}: geen lopende casussen" for number in range(90))
    day = opened.desk.context.clock().date()
    made = paper_pdf(Paper("Waarneming", day, (Section("Voor wie", lines), Section("Dan", ("Slot",))), "", "blad.pdf"))
    import io  # noqa: PLC0415 - for this test alone

    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert len(pages) > 1
    assert all(line in text for line in (*lines, "Slot"))
