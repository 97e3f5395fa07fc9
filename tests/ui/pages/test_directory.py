"""Sociale kaart: found as one types, looked over, hidden and put back, with own addresses beside the national ones."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.ui.pages.test_names import nameless
from vpdesk.domain.directory import NATIONAL, national
from vpdesk.operations import directory
from vpdesk.ui import finding
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.clients import ClientsPage
from vpdesk.ui.pages.directory import HIDDEN, LATE, OWN, DirectoryPage
from vpdesk.ui.pages.directory_dialog import EntryDialog
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened

TODAY = date(2026, 1, 20)


def the_page(opened: Opened) -> DirectoryPage:
    opened.desk.commands.directory.trigger()
    opened.settle()
    page = opened.desk.page
    assert isinstance(page, DirectoryPage)
    return page


def names(page: DirectoryPage) -> list[str]:
    return [row.title for row in page.list.rows.rows]


def show(opened: Opened, page: DirectoryPage, which: str) -> None:
    page.which.set_value(which)
    page.which.chosen.emit(which)
    opened.settle()


def test_it_is_found_by_command_and_from_the_organisations(opened: Opened) -> None:
    page = the_page(opened)
    assert opened.focused is page.search
    assert opened.desk.commands.pages["organisaties"].isChecked()
    assert names(page)[:3] == ["Bedrijfsarts van Waterveen", "Bedrijfsarts van Zilverels", "Buurtteam Waterveen"]
    assert len(names(page)) == 3 + len(NATIONAL)
    page.way_back.click()
    opened.settle()
    clients_page = opened.desk.page
    assert isinstance(clients_page, ClientsPage)
    clients_page.directory.click()
    opened.settle()
    assert opened.desk.page is page


def test_a_word_finds_it_and_nothing_found_offers_the_way_back(opened: Opened) -> None:
    page = the_page(opened)
    opened.qtbot.keyClicks(page.search, "klokken advies")
    assert names(page)[0] == "Huis voor Klokkenluiders, afdeling Advies"
    page.search.setText("toverij")
    assert names(page) == []
    assert page.clear_filters.isVisible()
    page.clear_filters.click()
    assert len(names(page)) == 3 + len(NATIONAL)
    assert opened.focused is page.search


def test_what_was_not_looked_over_for_a_year_is_said_until_it_is(opened: Opened) -> None:
    page = the_page(opened)
    chips = {row.title: row.state for row in page.list.rows.rows if row.state}
    assert chips == {"Bedrijfsarts van Zilverels": ("nakijken", "warning")}
    show(opened, page, LATE)
    assert "Bedrijfsarts van Waterveen" not in names(page)
    assert "Huisarts" in names(page), "what ships was never looked over"
    page.list.choose(next(row.key for row in page.list.rows.rows if row.state))
    assert page.late.isVisible()
    page.checked.click()
    opened.settle()
    assert "Bedrijfsarts van Zilverels" not in names(page)
    found = {entry.name: entry for entry in opened.ask(directory.directory)}
    assert found["Bedrijfsarts van Zilverels"].checked == TODAY


def test_a_national_one_is_hidden_and_shown_again(opened: Opened) -> None:
    page = the_page(opened)
    page.list.choose("sport")
    assert not page.remove.isVisible(), "what ships is never taken away"
    page.hide_button.click()
    opened.settle()
    assert "Centrum Veilige Sport Nederland" not in names(page)
    opened.desk.findChild(Toast)._take_back()
    opened.settle()
    assert "Centrum Veilige Sport Nederland" in names(page)
    page.list.choose("sport")
    page.hide_button.click()
    opened.settle()
    show(opened, page, HIDDEN)
    assert names(page) == ["Centrum Veilige Sport Nederland"]
    assert page.hide_button.text() == "Weer tonen"
    page.hide_button.click()
    opened.settle()
    assert names(page) == []


def test_an_own_one_is_added_changed_taken_away_and_put_back(opened: Opened) -> None:
    page = the_page(opened)
    page.new_button.click()
    opened.settle()
    form = opened.child(EntryDialog)
    assert nameless(form) == []
    form.verb.click()
    assert "naam nodig" in form.wrong
    opened.qtbot.keyClicks(form.name, "Wijkteam Noord")
    form.kind.choose("maatschappelijk werk")
    form.client.setCurrentIndex(form.client.findText("Gemeente Waterveen"))
    opened.qtbot.keyClicks(form.reach, "Alleen op dinsdag")
    form.verb.click()
    opened.until(lambda: opened.gone(EntryDialog))
    opened.settle()
    assert page.entry is not None
    assert (page.entry.name, page.entry.checked) == ("Wijkteam Noord", TODAY)
    show(opened, page, OWN)
    assert len(names(page)) == 4
    page.list.setFocus()
    opened.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    opened.settle()
    form = opened.child(EntryDialog)
    assert form.client.currentText() == "Gemeente Waterveen"
    form.note.setPlainText("Vraag naar de wijk")
    form.verb.click()
    opened.until(lambda: opened.gone(EntryDialog))
    opened.settle()
    assert page.entry.note == "Vraag naar de wijk"
    assert page.entry.client is not None
    page.remove.click()
    opened.settle()
    assert "Wijkteam Noord" not in names(page)
    opened.desk.findChild(Toast)._take_back()
    opened.settle()
    assert "Wijkteam Noord" in names(page)


def test_what_was_changed_of_a_national_one_goes_back_to_how_it_ships(opened: Opened) -> None:
    page = the_page(opened)
    page.list.choose("huisarts")
    page.change.click()
    opened.settle()
    form = opened.child(EntryDialog)
    assert not form._for.isVisible(), "a national one is for all"
    form.reach.setText("Eigen praktijk")
    form.verb.click()
    opened.until(lambda: opened.gone(EntryDialog))
    opened.settle()
    assert page.entry is not None
    assert (page.entry.shipped, page.entry.reach) == ("huisarts", "Eigen praktijk")
    assert page.remove.text() == "Terug naar het origineel"
    page.remove.click()
    opened.settle()
    page.list.choose("huisarts")
    assert page.entry is not None
    assert page.entry.reach == ""


def test_a_vault_with_nothing_in_it_has_the_national_ones(empty: Opened) -> None:
    page = empty.go(PageName.SOCIALE_KAART)
    assert isinstance(page, DirectoryPage)
    assert names(page) == [entry.name for entry in NATIONAL]
    assert nameless(page) == []


def test_the_palette_finds_an_address_and_leads_to_it(opened: Opened) -> None:
    opened.go(PageName.CASUSSEN)
    opened.desk.palette_.open()
    opened.qtbot.keyClicks(opened.desk.palette_.field, "juridisch")
    opened.until(lambda: "Juridisch Loket" in opened.desk.palette_.texts)
    opened.desk.palette_.close_quietly()
    found = opened.ask(partial(finding._search, text="korrel"))
    (entry,) = finding._entries(opened.desk.context, "korrel", found)
    assert (entry.group, entry.text) == ("Sociale kaart", "MIND Korrelatie")
    entry.run()
    opened.settle()
    page = opened.desk.page
    assert isinstance(page, DirectoryPage)
    assert names(page) == ["MIND Korrelatie"]
    opened.go(PageName.CASUSSEN)
    opened.ask(lambda vault: directory.hide_entry(vault, national("korrelatie"), hidden=True))
    again = opened.ask(partial(finding._search, text="korrel"))
    assert again[3] == (), "what is hidden is not offered"
