"""What left the house, through the window: it is listed, added by hand, marked as never sent, and the report follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from tests.store.test_ledger import publication
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.ui.pages.ledger_dialogs import LedgerDialog, NeverSentForm, RecipientForm, SentAnywayForm
from vpdesk.ui.pages.ledger_entry import EntryForm
from vpdesk.ui.pages.report_letter import LetterDialog
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.ui.pages.conftest import Opened
    from vpdesk.store.vault import Vault
    from vpdesk.ui.pages.report import ReportPage


def ledger_of(opened: Opened, report: ReportPage) -> LedgerDialog:
    report.published.click()
    opened.settle()
    return opened.child(LedgerDialog)


def entered(opened: Opened, dialog: LedgerDialog, least: str, most: str = "", *, subject: str = "") -> EntryForm:
    dialog.add.click()
    opened.settle()
    form = opened.child(EntryForm)
    form.recipient.setText("De directie")
    (row,) = form.numbers
    row.subject.choose(subject)
    row.least.setText(least)
    row.most.setText(most)
    kept(opened, form)
    return form


def kept(opened: Opened, form: EntryForm) -> None:
    """Press the verb, and once more where the number is not the vault's own."""
    form.verb.click()
    opened.settle()
    if not opened.gone(EntryForm) and form.verb.text() == "Toch invoeren":
        assert "Klopt het getal?" in form.wrong
        form.verb.click()
        opened.settle()


def told(opened: Opened, report: ReportPage, dialog: LedgerDialog) -> list[str]:
    opened.made(report)
    return [row.spoken for row in dialog.list.rows.rows]


def test_a_letter_is_added_and_the_report_counts_with_it(opened: Opened, report: ReportPage) -> None:
    assert report.shown is not None
    total = report.prepared.protected.total if report.prepared else None
    assert total is not None
    assert total.exact
    dialog = ledger_of(opened, report)
    assert not dialog.list.isVisible()
    assert not dialog.verb.isEnabled()
    entered(opened, dialog, str(total.minimum + 1))
    assert opened.gone(EntryForm)
    (row,) = told(opened, report, dialog)
    assert row.startswith("Brief of e-mail 2025, Voor de werkgever · De directie")
    assert f"Alle casussen: {total.minimum + 1}" in dialog.said.text()
    assert dialog.said.text().splitlines()[0] == "Uitgegeven op 20 januari 2026. Aan: De directie."
    assert not dialog.verb.isEnabled(), "a letter has no file here"
    after = report.prepared.protected.total if report.prepared else None
    assert after != total, "the letter contradicts the exact total, so the report no longer says it"
    dialog.sent.click()
    reason = opened.child(NeverSentForm)
    reason.verb.click()
    assert reason.isVisible()
    reason.reason.setText("Het bleef een concept.")
    reason.verb.click()
    opened.settle()
    (row,) = told(opened, report, dialog)
    assert row.endswith("nooit verstuurd")
    assert dialog.said.text().startswith("Vastgelegd op 20 januari 2026. Aan: De directie.\n")
    assert "Nooit verstuurd: Het bleef een concept." in dialog.said.text()
    back = report.prepared.protected.total if report.prepared else None
    assert back == total
    assert dialog.sent.text() == "Toch verstuurd"
    dialog.sent.click()
    opened.settle()
    assert not told(opened, report, dialog)[0].endswith("nooit verstuurd")


def test_an_exported_report_shows_its_numbers_its_hash_and_to_whom_it_went(
    opened: Opened, report: ReportPage, tmp_path: Path
) -> None:
    out = tmp_path / "verslag.pdf"
    report.export_to(out)
    opened.until(out.exists)
    opened.made(report)
    dialog = ledger_of(opened, report)
    publication = dialog.chosen
    assert publication is not None
    assert publication.sha256 in dialog.said.text()
    assert dialog.said.text().startswith("Uitgegeven op 20 januari 2026 om 10:00.\n")
    assert "Alle casussen: " in dialog.said.text()
    few = dialog.said.text()
    assert "\nen nog " in few
    dialog.every.click()
    assert "\nen nog " not in dialog.said.text()
    assert len(dialog.said.text().splitlines()) == len(publication.statements) + 2
    assert not dialog.every.isVisible()
    assert dialog.verb.isEnabled()
    dialog.to.click()
    form = opened.child(RecipientForm)
    form.recipient.setText("Het college")
    form.verb.click()
    opened.settle()
    assert told(opened, report, dialog)[0].startswith("Verslag 2025, Voor de werkgever · Het college")
    dialog.sent.click()
    reason = opened.child(NeverSentForm)
    reason.reason.setText("Het bleef een concept.")
    reason.verb.click()
    opened.settle()
    opened.made(report)
    assert not dialog.verb.isEnabled(), "what never left counts nowhere, so it does not leave now either"
    assert "kies dan eerst ‘Toch verstuurd’" in dialog.why_not.text()
    assert dialog.verb.accessibleDescription() == dialog.why_not.text()
    dialog.sent.click()
    opened.settle()
    opened.made(report)
    assert dialog.verb.isEnabled()
    assert not dialog.why_not.isVisible()
    dialog.reject()
    opened.settle()


@pytest.mark.parametrize(
    ("least", "most", "wrong"),
    [
        ("", "", "geen getal"),
        ("veel", "", "hele getallen"),
        ("9" * 5000, "", "hele getallen"),
        ("9", "3", "ondergrens"),
    ],
)
def test_what_is_no_number_is_said_and_the_form_stays(
    opened: Opened, report: ReportPage, least: str, most: str, wrong: str
) -> None:
    dialog = ledger_of(opened, report)
    form = entered(opened, dialog, least, most)
    assert form.isVisible()
    assert wrong in form.wrong
    assert form.recipient.text() == "De directie"
    form.reject()
    assert told(opened, report, dialog) == []


def test_a_part_and_a_range_can_be_told_with_the_keyboard_only(opened: Opened, report: ReportPage) -> None:
    dialog = ledger_of(opened, report)
    dialog.add.setFocus()
    opened.qtbot.keyClick(dialog.add, Qt.Key.Key_Space)
    opened.settle()
    form = opened.child(EntryForm)

    def focus() -> QWidget:
        found = form.focusWidget()
        assert found is not None
        return found

    def tab_to(wanted: QWidget) -> None:
        for _ in range(40):
            if focus() is wanted:
                return
            opened.qtbot.keyClick(focus(), Qt.Key.Key_Tab)
        pytest.fail(f"no way to {wanted.accessibleName()}")

    (row,) = form.numbers
    tab_to(row.subject)
    opened.qtbot.keyClicks(row.subject, "Hoofd")
    tab_to(row.code)
    opened.qtbot.keyClicks(row.code, "Pest")
    tab_to(row.least)
    opened.qtbot.keyClicks(row.least, "3")
    opened.qtbot.keyClick(row.least, Qt.Key.Key_Tab)
    opened.qtbot.keyClicks(row.most, "9")
    opened.qtbot.keyClick(row.most, Qt.Key.Key_Return)
    opened.settle()
    assert opened.gone(EntryForm)
    told(opened, report, dialog)
    assert "Hoofdthema: pesten: tussen 3 en 9" in dialog.said.text()


def opened_form(opened: Opened, report: ReportPage) -> tuple[LedgerDialog, EntryForm]:
    dialog = ledger_of(opened, report)
    dialog.add.click()
    opened.settle()
    return dialog, opened.child(EntryForm)


def test_categories_together_and_a_second_subject_are_one_number(opened: Opened, report: ReportPage) -> None:
    dialog, form = opened_form(opened, report)
    (row,) = form.numbers
    assert not row.cross.isVisible(), "all cases have no second subject"
    row.subject.choose("thema")
    row.code.choose("pesten")
    row.part.together.click()
    (also,) = row.part.extra
    assert form.focusWidget() is also
    also.choose("fraude")
    row.part.together.click()  # left empty, it counts nothing
    row.cross.click()
    assert form.focusWidget() is row.beside.subject
    assert not row.cross.isVisible()
    row.beside.subject.choose("rol")
    row.beside.code.choose("melder")
    row.beside.together.click()
    row.beside.extra[0].choose("getuige")
    row.least.setText("0")
    row.most.setText("400")
    kept(opened, form)
    assert opened.gone(EntryForm)
    told(opened, report, dialog)
    assert "Rol: getuige en melder samen en Hoofdthema: fraude en pesten samen: tussen 0 en 400" in dialog.said.text()


def test_another_subject_takes_its_own_categories(opened: Opened, report: ReportPage) -> None:
    dialog, form = opened_form(opened, report)
    (row,) = form.numbers
    row.subject.choose("thema")
    row.part.together.click()
    row.cross.click()
    row.subject.choose("rol")
    assert row.part.extra == []
    assert row.code.currentData() == "melder"
    row.subject.choose("")
    assert not row.beside.isVisible()
    row.least.setText("0")
    row.most.setText("400")
    kept(opened, form)
    told(opened, report, dialog)
    assert "Alle casussen: tussen 0 en 400" in dialog.said.text()


@pytest.mark.parametrize(
    ("counted", "least", "most", "words"),
    [
        ("uren", "12,5", "", "Minuten: tussen 747 en 753"),
        ("uren", "10", "12:30", "Minuten: tussen 570 en 750"),
        ("gesprekken", "41", "", "Gesprekken: 41"),
        ("casussen met gesprek", "0", "9", "Casussen met een gesprek: tussen 0 en 9"),
    ],
)
def test_talks_and_the_hours_of_an_invoice_are_told_of_all_cases(
    opened: Opened, report: ReportPage, counted: str, least: str, most: str, words: str
) -> None:
    dialog, form = opened_form(opened, report)
    (row,) = form.numbers
    row.subject.choose("thema")
    row.of.setCurrentIndex(row.of.findText(counted.capitalize()))
    assert not row.part.isVisible()
    assert not row.cross.isVisible()
    row.least.setText(least)
    row.most.setText(most)
    kept(opened, form)
    assert opened.gone(EntryForm)
    told(opened, report, dialog)
    assert words in dialog.said.text()


@pytest.mark.parametrize(("least", "most", "wrong"), [("veel", "", "Vul uren in"), ("12", "3", "ondergrens")])
def test_what_are_no_hours_is_said(opened: Opened, report: ReportPage, least: str, most: str, wrong: str) -> None:
    _, form = opened_form(opened, report)
    (row,) = form.numbers
    row.of.setCurrentIndex(row.of.findText("Uren"))
    row.least.setText(least)
    row.most.setText(most)
    form.verb.click()
    assert wrong in form.wrong
    form.reject()


def test_what_changes_after_a_doubt_is_looked_at_anew(opened: Opened, report: ReportPage) -> None:
    dialog, form = opened_form(opened, report)
    (row,) = form.numbers
    row.least.setText("9000")
    form.verb.click()
    opened.settle()
    assert "‘Alle casussen: 9.000’; in de kluis staan er" in form.wrong
    assert form.verb.accessibleName() == "Toch invoeren"
    row.least.setText("8000")
    assert form.wrong == ""
    assert form.verb.accessibleName() == "Toevoegen"
    form.verb.click()
    opened.settle()
    assert "‘Alle casussen: 8.000’" in form.wrong
    form.recipient.setText("De OR")
    assert form.verb.text() == "Toevoegen"
    form.verb.click()
    opened.settle()
    assert form.focusWidget() is form.verb, "Enter once more keeps it"
    opened.qtbot.keyClick(form.verb, Qt.Key.Key_Return)
    opened.settle()
    assert opened.gone(EntryForm)
    told(opened, report, dialog)
    assert "Alle casussen: 8.000" in dialog.said.text()


def test_every_field_of_a_number_has_a_name_of_its_own(opened: Opened, report: ReportPage) -> None:
    _, form = opened_form(opened, report)
    (row,) = form.numbers
    row.subject.choose("thema")
    row.part.together.click()
    row.cross.click()
    fields = (row.of, row.subject, row.code, *row.part.extra, row.beside.subject, row.beside.code, row.least, row.most)
    names = [field.accessibleName() for field in fields]
    assert all(names)
    assert len(set(names)) == len(names)
    form.reject()


def test_what_contradicts_what_came_since_counts_again_after_a_second_word(opened: Opened, report: ReportPage) -> None:
    dialog = ledger_of(opened, report)
    entered(opened, dialog, "8000")
    dialog.sent.click()
    reason = opened.child(NeverSentForm)
    reason.reason.setText("Verkeerd getal.")
    reason.verb.click()
    opened.settle()
    entered(opened, dialog, "9000")
    dialog.list.choose(dialog.list.rows.rows[-1].key)
    dialog.sent.click()
    opened.settle()
    asked = opened.child(SentAnywayForm)
    assert dialog.wrong == ""
    asked.verb.click()
    opened.settle()
    assert not any(row.endswith("nooit verstuurd") for row in told(opened, report, dialog))
    assert "kan niet allemaal waar zijn: brief of e-mail van" in report.notice


def test_what_a_later_report_quotes_still_counts_and_is_said(opened: Opened, report: ReportPage) -> None:
    last = Period.year(2024)
    quotes = (Statement(Of.CASES, Box(), last, 41, 41),)

    def publish(vault: Vault) -> None:
        with vault.transaction():
            this = replace(publication(vault.clients.all()[0].id), statements=(), pattern=(), withheld=())
            vault.ledger.add(replace(this, period=last, statements=quotes, title="Jaarverslag 2024"))
            vault.ledger.add(replace(this, quotes=quotes))

    opened.ask(publish)
    dialog = ledger_of(opened, report)
    this, before = (row.key for row in dialog.list.rows.rows)
    assert "Alle casussen: 41 (1 januari 2024 tot en met 31 december 2024)" in dialog.said.text()
    dialog.sent.click()
    form = opened.child(NeverSentForm)
    assert not any("wel naar buiten" in label.text() for label in form.findChildren(QLabel))
    form.reject()
    dialog.list.choose(before)
    still = "wat ‘Jaarverslag 2025’ ervan noemt: dat is wel naar buiten."
    assert still not in dialog.said.text()
    dialog.sent.click()
    form = opened.child(NeverSentForm)
    assert any(f"meer mee, behalve {still} Doe dit alleen" in label.text() for label in form.findChildren(QLabel))
    form.reason.setText("Het bleef een concept.")
    form.verb.click()
    opened.settle()
    told(opened, report, dialog)
    assert f"\nNooit verstuurd: Het bleef een concept.\nToch telt mee {still}\n" in dialog.said.text()
    dialog.list.choose(this)
    dialog.sent.click()
    form = opened.child(NeverSentForm)
    form.reason.setText("Ook een concept.")
    form.verb.click()
    opened.settle()
    dialog.list.choose(before)
    assert still not in dialog.said.text()


def test_a_report_that_went_out_is_saved_as_text_and_as_numbers(
    opened: Opened, report: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "verslag.pdf"
    report.export_to(out)
    opened.until(out.exists)
    opened.made(report)
    dialog = ledger_of(opened, report)
    asked: list[tuple[str, str]] = []
    names = iter(["blad.pdf", "tekst", "tekst.odt", "cijfers.csv", "cijfers.ODS"])

    def ask(_parent: QWidget, _title: str, name: str, kinds: str) -> Path:
        asked.append((name, kinds))
        return tmp_path / next(names)

    monkeypatch.setattr("vpdesk.ui.pages.report_files.ask_new_file", ask)
    assert dialog.other.isVisible()
    dialog.other.click()
    menu = opened.child(QMenu)
    actions = menu.actions()
    assert [action.text() for action in actions] == [
        "Spreekblad voor uzelf…",
        "Tekst voor Word…",
        "Tekst voor LibreOffice…",
        "Cijfers als CSV…",
        "Cijfers als rekenblad…",
    ]
    for action in actions:
        action.trigger()
        opened.settle()
        told = "geef het niet mee" if action is actions[0] else "rekent vpdesk niet na"
        assert told in opened.desk.findChild(Toast).text
    menu.close()
    title = dialog.chosen.title if dialog.chosen else ""
    names_asked = [name for name, _ in asked]
    assert names_asked[0] == f"Spreekblad bij {title}.pdf"
    assert names_asked[1:] == [f"{title}.{ending}" for ending in ("docx", "odt", "csv", "ods")]
    assert all(f"*.{name.rpartition('.')[2]}" in kinds for name, kinds in asked)
    made = {path.name for path in tmp_path.iterdir()}
    assert {"blad.pdf", "tekst.docx", "tekst.odt", "cijfers.csv", "cijfers.ODS"} <= made


def test_one_who_thinks_better_of_it_saves_nothing_and_a_letter_offers_nothing(
    opened: Opened, report: ReportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vpdesk.ui.pages.report_files.ask_new_file", lambda *_: None)
    dialog = ledger_of(opened, report)
    assert not dialog.other.isVisible()
    entered(opened, dialog, "40")
    assert not dialog.other.isVisible()
    dialog.reject()
    out = tmp_path / "verslag.pdf"
    report.export_to(out)
    opened.until(out.exists)
    opened.made(report)
    dialog = ledger_of(opened, report)
    dialog.other.click()
    opened.child(QMenu).actions()[0].trigger()
    opened.settle()
    assert [path.suffix for path in tmp_path.iterdir() if path.suffix == ".docx"] == []


def test_a_report_that_went_out_has_a_letter_to_copy(opened: Opened, report: ReportPage, tmp_path: Path) -> None:
    report.export_to(tmp_path / "verslag.pdf")
    opened.until(lambda: report.shown is not None and report.shown.exported is not None)
    opened.made(report)
    dialog = ledger_of(opened, report)
    assert dialog.letter.isVisible()
    dialog.letter.click()
    opened.settle()
    letter = opened.child(LetterDialog)
    letter.letter.copy.click()
    assert QApplication.clipboard().text() == letter.letter.text
    assert letter.letter.text.startswith("Geachte lezer,")
    letter.verb.click()
    assert opened.gone(LetterDialog)
    entered(opened, dialog, "26")
    opened.made(report)
    dialog.list.choose(dialog.list.rows.rows[0].key)
    assert dialog.chosen is not None
    assert dialog.chosen.by_hand
    assert not dialog.letter.isVisible(), "what was entered by hand was itself the letter"
