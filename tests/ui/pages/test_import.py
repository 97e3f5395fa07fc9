"""The guided import of a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vpdesk.domain.clients import Agreed
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import importing
from vpdesk.operations.cases import count_cases
from vpdesk.operations.clients import add_client, change_client
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.clients import IMPORTING, ClientsPage
from vpdesk.ui.pages.import_dialog import UNDECIDED, ImportDialog, outcome, with_column, with_value

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened

SHEET = Path(__file__).parents[2] / "data" / "hogeschool-2020-2022.csv"


def dialog(opened: Opened, text: str = IMPORTING) -> ImportDialog:
    page = opened.go(PageName.ORGANISATIES, text=text)
    assert isinstance(page, ClientsPage)
    return opened.child(ImportDialog)


def test_what_is_not_known_is_asked_and_nothing_is_written_before(opened: Opened) -> None:
    shown = dialog(opened)
    shown.read(SHEET)
    opened.until(lambda: opened.worker.idle and bool(shown.choices))
    assert not shown.verb.isEnabled()
    assert "301 van de 301 regels kunnen erin." in shown.state.accessibleName()
    while any(box.currentData() == UNDECIDED for box in shown.choices):
        box = next(box for box in shown.choices if box.currentData() == UNDECIDED)
        box.setCurrentIndex(2 if box.itemText(1) == "Weglaten" else 1)
        box.activated.emit(box.currentIndex())
        opened.until(lambda box=box: opened.worker.idle and not _open(shown, box))
    opened.until(shown.verb.isEnabled)
    shown.verb.click()
    opened.settle()
    assert shown.wrong.startswith("Dit is de oefenkluis"), "the operation's own sentence, in the form"
    shown.reject()


def _open(shown: ImportDialog, box: object) -> bool:
    return any(other is box and other.currentData() == UNDECIDED for other in shown.choices)


def test_a_file_that_is_no_sheet_is_said_in_the_form(opened: Opened, tmp_path: Path) -> None:
    shown = dialog(opened)
    wrong = tmp_path / "leeg.csv"
    wrong.write_bytes(b"")
    shown.read(wrong)
    opened.until(lambda: opened.worker.idle and bool(shown.wrong))
    assert not shown.verb.isEnabled()
    shown.reject()


def test_a_column_that_gets_a_meaning_brings_its_values_along() -> None:
    sheet = importing.read_sheet(SHEET)
    mapping = importing.propose_mapping(sheet)
    unknown = next(name for name, target in mapping.columns.items() if target == UNDECIDED)
    decided = with_column(sheet, mapping, unknown, "verbonden")
    assert decided.columns[unknown] == "verbonden"
    assert decided.values["verbonden"]
    left_out = with_column(sheet, decided, unknown, "")
    assert "verbonden" not in left_out.values
    value = next(iter(decided.values["verbonden"]))
    assert with_value(decided, "verbonden", value, "anders").values["verbonden"][value] == "anders"


def test_the_outcome_counts_in_words() -> None:
    plan = importing.ImportPlan((), (importing.Rejection(3, "datum", "32-13", "geen datum"),), ())
    assert outcome(plan) == "0 van de 1 regel kunnen erin. 1 regel kan niet. Er is nog niets veranderd."


def test_rows_that_are_there_already_are_taken_in_knowingly_or_not_at_all(real: Opened, tmp_path: Path) -> None:
    sheet = tmp_path / "blad.csv"
    sheet.write_text("datum;rol\n01-02-2021;melder\n02-02-2021;getuige\n", "utf-8")

    def ready() -> ImportDialog:
        shown = dialog(real)
        shown.client.setCurrentText("Anker")
        shown.read(sheet)
        real.until(shown.verb.isEnabled)
        assert shown.again.isHidden()
        shown.verb.click()
        return shown

    def cases_there() -> int:
        return real.ask(lambda vault: count_cases(vault, CaseFilter()))

    ready()
    real.until(lambda: real.gone(ImportDialog))
    shown = ready()
    real.until(lambda: bool(shown.wrong))
    assert shown.wrong.startswith("Alle 2 regels lijken al bij deze organisatie te staan")
    assert shown.again.isVisible()
    assert cases_there() == 2
    shown.again.setChecked(True)
    shown.verb.click()
    real.until(lambda: real.gone(ImportDialog))
    assert cases_there() == 4


def test_each_row_after_the_end_of_an_appointment_gets_a_sentence_and_can_come_in(real: Opened, tmp_path: Path) -> None:
    sheet = tmp_path / "blad.csv"
    sheet.write_text("datum;rol\n01-02-2021;melder\n02-02-2021;getuige\n", "utf-8")
    agreed = Agreed(until=date(2021, 2, 1))
    real.ask(lambda vault: change_client(vault, replace(add_client(vault, name="Anker"), agreed=agreed)))
    shown = dialog(real)
    shown.client.setCurrentText("Nieuw")
    shown.read(sheet)
    real.until(lambda: real.worker.idle and shown.verb.isEnabled())
    assert not shown.doubts.isVisible()
    shown.client.setCurrentText("Anker")
    real.until(shown.doubts.isVisible)
    assert "Regel 3: uw aanstelling eindigde op 1 februari 2021" in shown.doubts.accessibleName()
    assert "Regel 2" not in shown.doubts.accessibleName()
    shown.verb.click()
    real.until(lambda: real.gone(ImportDialog))
    assert real.ask(lambda vault: count_cases(vault, CaseFilter())) == 2
