"""Kwesties: all matters in one list, with their cases only when that is asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt

from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases, people
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.cases import CasesPage
from vpdesk.ui.pages.matters import MattersPage
from vpdesk.ui.pages.person_dialogs import RenameMatterDialog
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.ids import MatterId
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.widgets.lists import TwoLineList

TODAY: Final = date(2026, 1, 20)
ROOSTERS, PAUZES = "Overleg over de roosters", "Pauzes op de tweede verdieping"


def the_page(opened: Opened) -> MattersPage:
    opened.desk.commands.matters.trigger()
    opened.settle()
    page = opened.desk.page
    assert isinstance(page, MattersPage)
    return page


def shown(of: TwoLineList) -> list[str]:
    return [row.spoken for row in of.rows.rows]


def pauzes(vault: Vault) -> MatterId:
    return next(row.id for row in people.matter_rows(vault) if row.name == PAUZES)


def test_it_is_found_by_word_and_from_the_cases(opened: Opened) -> None:
    palette = opened.desk.palette_
    palette.open()
    opened.qtbot.keyClicks(palette.field, "kwesties")
    opened.settle()
    opened.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    opened.settle()
    assert opened.desk.place == Place(PageName.KWESTIES)
    page = opened.go(PageName.CASUSSEN)
    assert isinstance(page, CasesPage)
    page.matters.click()
    opened.settle()
    matters = opened.desk.page
    assert isinstance(matters, MattersPage)
    assert opened.desk.commands.pages["casussen"].isChecked()
    assert opened.focused is matters.list
    assert matters.counted.text() == f"{len(matters.list.rows.rows)} kwesties"
    matters.way_back.click()
    opened.settle()
    assert opened.desk.page is page


def test_enter_shows_the_cases_of_a_matter_and_enter_there_opens_one(opened: Opened) -> None:
    page = the_page(opened)
    rows = opened.ask(people.matter_rows)
    assert [(row.name, row.cases) for row in rows if row.name in {ROOSTERS, PAUZES}] == [(ROOSTERS, 2), (PAUZES, 3)]
    assert [row.title for row in page.list.rows.rows] == [row.name for row in rows]
    page.list.choose(next(row.id for row in rows if row.name == PAUZES))
    assert shown(page.cases) == [], "which cases shows only when asked for"
    opened.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    opened.settle()
    assert opened.focused is page.cases
    assert sum("Kompas" in row for row in shown(page.cases)) == 1
    assert len(shown(page.cases)) == 3
    opened.qtbot.keyClick(page.cases, Qt.Key.Key_Return)
    opened.settle()
    case = opened.desk.page
    assert isinstance(case, CasePage)
    assert case.case_id in {found.id for found in opened.ask(lambda v: people.cases_in_matter(v, pauzes(v)))}


def test_another_matter_and_leaving_take_the_cases_away(opened: Opened) -> None:
    page = the_page(opened)
    page.open_cases()
    opened.settle()
    assert shown(page.cases)
    opened.qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert not shown(page.cases)
    assert page.look.isVisible()
    chosen = page.list.key
    page.look.click()
    opened.settle()
    opened.go(PageName.VANDAAG)
    assert (shown(page.cases), shown(page.list), page.matter) == ([], [], None)
    assert the_page(opened) is page
    assert page.list.key == chosen
    assert not shown(page.cases)


def test_a_matter_gets_another_name_here_and_back(opened: Opened) -> None:
    page = the_page(opened)
    toast = opened.desk.findChild(Toast)
    page.list.choose(opened.ask(pauzes))
    page.rename.click()
    form = opened.child(RenameMatterDialog)
    form.name.setText("Pauzes")
    form.verb.click()
    opened.until(lambda: opened.gone(RenameMatterDialog))
    opened.until(lambda: "Pauzes" in [row.title for row in page.list.rows.rows])
    assert page.matter is not None
    assert page.matter.name == "Pauzes", "it stays chosen"
    toast._undo.click()
    opened.until(lambda: opened.worker.idle and PAUZES in [row.title for row in page.list.rows.rows])


def test_one_organisation_can_be_chosen(opened: Opened) -> None:
    page = the_page(opened)
    here = opened.ask(people.matter_rows)[0].client
    assert not page.which.isVisible(), "all are of one organisation"
    rows = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(), 100))
    case = next(row for row in rows if row.client != here)
    opened.ask(lambda vault: people.join_matter(vault, case_id=case.id, name="Werkdruk", today=TODAY))
    opened.desk.changes.tell(Topic.PEOPLE)
    opened.settle()
    assert page.which.isVisible()
    page.which.set_value(case.client)
    page.which.chosen.emit(case.client)
    assert [row.title for row in page.list.rows.rows] == ["Werkdruk"]


@pytest.mark.window
def test_the_first_case_is_in_sight_where_there_is_little_room(opened: Opened) -> None:
    page = the_page(opened)
    opened.window.resize(700, 420)
    opened.until(lambda: opened.window.height() == 420)
    page.open_cases()
    opened.settle()

    def in_sight() -> bool:
        row = page.cases.visualRect(page.cases.currentIndex())
        return page.cases.viewport().visibleRegion().boundingRect().contains(row)

    opened.until(in_sight)


def test_without_a_matter_it_says_what_comes_here(empty: Opened) -> None:
    page = the_page(empty)
    assert page.to_cases.isVisible()
    assert not page.list.isVisible()
    assert page.counted.text() == ""
    page.to_cases.click()
    empty.settle()
    assert isinstance(empty.desk.page, CasesPage)
