"""An organisation's page: what was agreed on, what is still to do, its units through time, and the end of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from vpdesk.domain.clients import Agreed, Client
from vpdesk.domain.rows import TodayKind
from vpdesk.operations import cases, clients
from vpdesk.operations.practice import WATERVEEN
from vpdesk.operations.today import today_items
from vpdesk.operations.units import end_unit
from vpdesk.ui.clipboard import hints
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.case_facts import FactsDialog
from vpdesk.ui.pages.client_agreed import AgreementsDialog, AppointmentDialog, RulesDialog
from vpdesk.ui.pages.client_dialogs import UnitDialog
from vpdesk.ui.pages.clients import ClientsPage
from vpdesk.ui.pages.new_case import NewCaseDialog
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.pages.unit_dialogs import EndDialog, MergeDialog
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.ui.pages.conftest import Opened


def waterveen(opened: Opened) -> Client:
    client = opened.ask(partial(clients.client_by_name, name=WATERVEEN))
    assert client is not None
    return client


@pytest.fixture
def page(opened: Opened) -> ClientsPage:
    shown = opened.go(PageName.ORGANISATIES, client=waterveen(opened).id)
    assert isinstance(shown, ClientsPage)
    return shown


def button(inside: QWidget, name: str) -> Button:
    (found,) = [b for b in inside.findChildren(Button) if name in {b.text(), b.accessibleName()} and b.isVisible()]
    return found


def says(inside: QWidget) -> str:
    return "\n".join(label.text() for label in inside.findChildren(Label) if label.isVisible())


def undo(opened: Opened) -> None:
    opened.desk.findChild(Toast)._take_back()
    opened.settle()


def test_an_appointment_is_changed_warned_about_and_put_back(opened: Opened, page: ClientsPage) -> None:
    before = waterveen(opened)
    page.appointment.change.click()
    form = opened.child(AppointmentDialog)
    assert not form.unfit.isVisible()
    form.own_roles["hr"].click()
    assert "HR" in form.unfit.accessibleName()
    form.fields["vpioo"].setChecked(True)
    form.until.set_day(date(2020, 1, 1))
    form.hours.setText("veel")
    form.verb.click()
    assert "uren" in form._hours.error
    form.hours.setText("4,5")
    form.verb.click()
    assert "eindigt voor zij begint" in form.wrong
    form.until.box.setChecked(False)
    form.verb.click()
    opened.until(lambda: opened.gone(AppointmentDialog))
    agreed = waterveen(opened).agreed
    assert (agreed.until, agreed.minutes, agreed.own_roles) == (None, 270, ("hr",))
    opened.until(lambda: "4,5 uur per maand" in says(page.appointment))
    assert page.appointment.unfit.isVisible()
    undo(opened)
    assert waterveen(opened) == before
    assert "16 uur per maand" in says(page.appointment)


def test_the_report_and_the_rules_are_changed_each_on_its_own(opened: Opened, page: ClientsPage) -> None:
    before = waterveen(opened).agreed
    page.agreed.change.click()
    form = opened.child(AgreementsDialog)
    form.report_by.set_day(date(2024, 2, 29))
    form.controller.setText("")
    form.verb.click()
    opened.until(lambda: opened.gone(AgreementsDialog))
    opened.until(lambda: "29 februari" in says(page.agreed))
    page.rules.change.click()
    rules = opened.child(RulesDialog)
    rules.rules["meldregeling"].setText(" Op intranet ")
    rules.verb.click()
    opened.until(lambda: opened.gone(RulesDialog))
    agreed = waterveen(opened).agreed
    assert (agreed.report_by, agreed.controller, agreed.meldregeling) == ((2, 29), "", "Op intranet")
    assert (agreed.recipients, agreed.klachtenregeling) == (before.recipients, before.klachtenregeling)


class Browser(QObject):
    """Takes the place of the browser that the system starts."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toString())


def test_a_rule_is_opened_by_the_system_and_only_when_asked(opened: Opened, page: ClientsPage) -> None:
    browser, address = Browser(), waterveen(opened).agreed.meldregeling
    QDesktopServices.setUrlHandler("https", browser, "open")
    try:
        assert browser.opened == []
        button(page.rules, "Meldregeling: openen in browser").click()
    finally:
        QDesktopServices.unsetUrlHandler("https")
    assert browser.opened == [address]
    button(page.rules, "Meldregeling: adres kopiëren").click()
    copied = QApplication.clipboard().mimeData()
    assert copied.text() == address
    assert set(hints()) <= set(copied.formats()), "and history tools are asked to skip it"
    names = {b.accessibleName() for b in page.rules.findChildren(Button)}
    assert "Onderzoeksprotocol: openen in browser" not in names, "that is a place, not an address"


def test_what_was_discussed_is_ticked_and_dated(opened: Opened, page: ClientsPage) -> None:
    assert page.items.count.text() == "nog 2"
    left = [box for box in page.items.list.boxes() if not box.checkState().value]
    left[0].click()
    opened.settle()
    assert page.items.count.text() == "nog 1"
    today = page.context.clock().date()
    done = {item.item.code: item.on for item in opened.ask(partial(clients.agreements, client_id=page.client.id))}
    assert done["uitval"] == today


def test_units_are_merged_and_ended_from_a_day_on_and_that_is_taken_back(opened: Opened, page: ClientsPage) -> None:
    today = page.context.clock().date()
    page.units.merge.click()
    form = opened.child(MergeDialog)
    form.verb.click()
    assert "twee of meer" in form.wrong
    for box in list(form.boxes.values())[:2]:
        box.setChecked(True)
    form.name.setText("Dienstverlening")
    form.verb.click()
    opened.until(lambda: opened.gone(MergeDialog))
    opened.settle()
    opened.until(lambda: "Publiekszaken en Ruimte en Beheer: vanaf" in says(page.units))
    assert {unit.name for unit in page.units.there} == {"Sociaal Domein", "Bedrijfsvoering", "Dienstverlening"}
    undo(opened)
    assert "Dienstverlening" not in says(page.units)
    opened.until(lambda: "Sociaal Domein" in says(page.units))
    button(page.units, "Sociaal Domein beëindigen").click()
    end = opened.child(EndDialog)
    end.day.set_day(today + timedelta(days=10))
    end.verb.click()
    opened.until(lambda: opened.gone(EndDialog))
    opened.settle()
    opened.until(lambda: "tot en met" in says(page.units))
    (back,) = [b for b in page.units.findChildren(Button) if b.text() == "Terugdraaien" and b.isVisible()]
    back.click()
    opened.settle()
    assert "geen onderdeel meer" not in says(page.units)
    assert all(unit.until is None for unit in opened.ask(partial(clients.units, client_id=page.client.id)))


def test_another_name_is_kept_with_the_old_one_and_put_back(opened: Opened, page: ClientsPage) -> None:
    button(page.units, "Sociaal Domein hernoemen").click()
    form = opened.child(UnitDialog)
    form.name.setText("Samenleving")
    form.verb.click()
    opened.until(lambda: opened.gone(UnitDialog))
    opened.until(lambda: "heette Sociaal Domein tot" in says(page.units))
    undo(opened)
    opened.until(lambda: "Sociaal Domein" in says(page.units))
    assert "heette" not in says(page.units)


def test_a_case_is_offered_the_units_of_its_day_and_the_one_that_it_has(opened: Opened, page: ClientsPage) -> None:
    north, _, south, _ = opened.ask(partial(clients.units, client_id=page.client.id))
    gone = {north.id: north.name, south.id: south.name}
    day = date(2020, 1, 1)
    for unit in (north, south):
        opened.ask(partial(end_unit, client_id=unit.client, unit_id=unit.id, on=day))
    units = opened.ask(partial(clients.units, client_id=page.client.id))
    rows = opened.ask(lambda vault: vault.connection.execute(
        "SELECT id FROM cases WHERE unit = ? LIMIT 1", (north.id,)).fetchall())  # fmt: skip
    case = opened.ask(partial(cases.get_case, case_id=rows[0][0]))
    form = FactsDialog(page.context, page, case, units)
    offered = [form.unit.itemText(place) for place in range(form.unit.count())]
    assert gone[north.id] in offered
    assert gone[south.id] not in offered
    assert form.unit.currentText() == gone[north.id]
    form.reject()


def test_the_end_of_an_appointment_is_told_in_time_and_no_case_is_made_silently(
    opened: Opened, page: ClientsPage
) -> None:
    today, client = page.context.clock().date(), waterveen(opened)
    over = today - timedelta(days=1)
    opened.ask(partial(clients.change_client, client=replace(client, agreed=Agreed(until=over))))
    opened.ask(partial(clients.add_client, name="Zonder casus", agreed=Agreed(until=over)))
    soon = opened.ask(partial(clients.add_client, name="Bijna", agreed=Agreed(until=today)))
    told = [item for item in opened.ask(partial(today_items, today=today)) if item.kind is TodayKind.AANSTELLING]
    assert [(item.client, item.title) for item in told] == [
        (client.id, "Aanstelling is geëindigd"),
        (soon.id, "Aanstelling eindigt"),
    ]
    assert (told[0].detail, told[1].detail) == ("6 casussen lopen nog", "Er loopt geen casus")
    page.refresh()
    opened.settle()
    assert "6 casussen lopen nog" in page.appointment.ended.accessibleName()
    vandaag = opened.go(PageName.VANDAAG)
    assert isinstance(vandaag, TodayPage)
    vandaag._act(told[1])
    opened.settle()
    assert page.list.key == soon.id

    made: list[object] = []
    form = NewCaseDialog(page.context, page, made.append, client.id)
    form.open()
    opened.settle()
    assert form.organisation.currentText() == f"{WATERVEEN} (aanstelling geëindigd)"
    form.verb.click()
    opened.settle()
    assert "Uw aanstelling bij Gemeente Waterveen eindigde" in form.wrong
    assert (made, form.verb.text()) == ([], "Toch casus maken")
    form.organisation.setCurrentIndex(form.organisation.findText("Bijna"))
    assert (form.wrong, form.verb.text()) == ("", "Casus maken"), "another organisation is asked about anew"
    form.organisation.choose(client.id)
    for _ in range(2):
        form.verb.click()
        opened.settle()
    assert len(made) == 1
