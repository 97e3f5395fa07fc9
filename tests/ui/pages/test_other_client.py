"""A case goes to another organisation by keyboard, told beforehand what stays behind, and back again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.people_kit import put
from vpdesk.domain.people import Part
from vpdesk.domain.retention import HoldKind
from vpdesk.operations import cases, clients, people, retention
from vpdesk.ui.pages.other_client_dialog import NO_OTHER, OtherClientDialog
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.window
DAY = date(2026, 1, 12)


def a_new_case(opened: Opened) -> Case:
    """A case at the first organisation, with a unit and a matter."""

    def make(vault: Vault) -> Case:
        here = clients.clients(vault)[0]
        unit = clients.add_unit(vault, client_id=here.id, name="Buitendienst")
        case = cases.open_case(vault, client=here.id, opened=DAY, rol="melder", unit=unit.id)
        people.join_matter(vault, case_id=case.id, name="Overleg van maandag", today=DAY)
        return case

    return opened.ask(make)


def asked(opened: Opened, case: Case) -> OtherClientDialog:
    from vpdesk.ui.context import PageName  # noqa: PLC0415

    opened.go(PageName.CASUS, case=case.id)
    opened.desk.commands.case_client.trigger()
    opened.settle()
    dialog = opened.child(OtherClientDialog)
    opened.until(lambda: bool(dialog.told))  # what goes along is asked of the vault when the form is there
    return dialog


def test_a_case_goes_to_another_organisation_and_back(opened: Opened) -> None:
    case = a_new_case(opened)
    dialog = asked(opened, case)
    other = dialog.to.currentText()
    assert dialog.to.findData(case.client) == -1
    assert "Gaat niet mee: het onderdeel Buitendienst en de kwestie ‘Overleg van maandag’." in dialog.told
    opened.qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.until(lambda: opened.gone(OtherClientDialog))
    page = opened.desk.page
    assert page is not None
    assert page.to_client.text() == other  # type: ignore[attr-defined]
    toast = opened.desk.findChild(Toast)
    assert toast.text == f"De casus hoort nu bij {other}."
    toast._undo.click()
    opened.settle()
    again = opened.ask(lambda vault: cases.get_case(vault, case.id))
    assert (again.client, again.unit) == (case.client, case.unit)
    assert [one.name for one in opened.ask(lambda vault: people.people_of(vault, case.id)).matters] == [
        "Overleg van maandag"
    ]


def test_what_ties_it_is_said_and_the_verb_stays_off(opened: Opened) -> None:
    case = a_new_case(opened)
    opened.ask(
        lambda vault: retention.place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=DAY, reason="Claim")
    )
    dialog = asked(opened, case)
    assert dialog.wrong.startswith("Op deze casus ligt een bewaarstop. De casus blijft waar hij is.")
    assert not dialog.verb.isEnabled()
    assert not dialog.to.isEnabled()


def test_a_role_conflict_there_asks_for_a_reason(opened: Opened) -> None:
    case = a_new_case(opened)
    other = opened.ask(clients.clients)[1]
    there = opened.ask(lambda vault: cases.open_case(vault, client=other.id, opened=DAY, rol="betrokkene"))
    opened.ask(lambda vault: put(vault, there.id, Part.KOMT, "Quirijn Wrevelhout"))
    opened.ask(lambda vault: put(vault, case.id, Part.ANDER, "Quirijn Wrevelhout"))
    dialog = asked(opened, case)
    dialog.to.choose(other.id)
    opened.settle()
    dialog.verb.click()
    opened.settle()
    assert "Er kan een rolconflict zijn" in dialog.wrong
    assert dialog.verb.text() == "Toch verplaatsen"
    dialog.weighing.reason.setText("Er is geen collega.")
    dialog.verb.click()
    opened.until(lambda: opened.gone(OtherClientDialog))
    assert opened.ask(lambda vault: cases.get_case(vault, case.id)).client == other.id


def test_where_there_is_no_other_organisation_that_is_said(empty: Opened) -> None:
    here = empty.ask(lambda vault: clients.add_client(vault, name="Stichting Speelwijs"))
    case = empty.ask(lambda vault: cases.open_case(vault, client=here.id, opened=DAY))
    dialog = asked(empty, case)
    assert dialog.wrong == NO_OTHER
    assert not dialog.verb.isEnabled()
