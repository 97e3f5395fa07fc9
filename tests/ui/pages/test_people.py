"""The card *Personen*: names only when asked for, gone by themselves, and people added, changed and destroyed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from tests.ui.pages.test_small_windows import HALVES, SIZES, lost
from vpdesk.domain.conflicts import NEUTRAL, Level
from vpdesk.domain.errors import VaultError
from vpdesk.domain.people import WORK_ADDRESS, Part, Person
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases, conversations, people, retention
from vpdesk.operations.people import NEW
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName
from vpdesk.ui.pages import case_people
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_people import HIDE, OTHERS, SHOW
from vpdesk.ui.pages.conflict_check import BESIDE
from vpdesk.ui.pages.person_dialogs import (
    DESTROY_WORD,
    DestroyPersonDialog,
    MatterDialog,
    PersonDialog,
    RenameMatterDialog,
)
from vpdesk.ui.pages.settings import SettingsPage
from vpdesk.ui.pages.weighed import GoOnDialog
from vpdesk.ui.preferences import NAMES_SECONDS, Preferences
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message, Toast

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.vaults import Vault

NAMES = ("lindeboog", "haverkorst", "06 00 00", "na 18 uur", "roosters")


def called(opened: Opened, pseudonym: str) -> CaseId:
    return opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(text=pseudonym), 1))[0].id


def at(opened: Opened, pseudonym: str) -> CasePage:
    page = opened.go(PageName.CASUS, case=called(opened, pseudonym))
    assert isinstance(page, CasePage)
    opened.settle()
    return page


def texts(of: QWidget) -> str:
    """Whatever a widget and its parts hold, shown or not: texts, names for screen readers, tooltips."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = []
    for widget in (of, *of.findChildren(QWidget)):
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.append(widget.text())
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
    return " | ".join(found).lower()


def told(of: QWidget) -> set[str]:
    said = texts(of)
    return {name for name in NAMES if name in said}


def shown(opened: Opened) -> CasePage:
    page = at(opened, "Sluis")
    page.people.toggle.click()
    opened.settle()
    assert told(page) == set(NAMES)
    return page


def test_no_name_is_anywhere_on_the_page_until_it_is_asked_for(opened: Opened) -> None:
    page = at(opened, "Sluis")
    assert told(opened.window) == set()
    assert page.people.summary.text() == "3 personen en 1 kwestie."
    assert page.people.toggle.text() == SHOW
    opened.qtbot.keyClick(page.people.toggle, Qt.Key.Key_Return)
    opened.settle()
    assert told(page) == set(NAMES)
    assert page.people.left.text() == "Namen zichtbaar, nog 30 seconden"
    made = [button for button in page.people.findChildren(Button) if button.text() in {"Wijzigen", "Vernietigen…"}]
    after, passed = page.people.toggle.nextInFocusChain(), []
    while after is not page.people.add_person:
        passed.append(after)
        after = after.nextInFocusChain()
    assert [widget for widget in passed if widget in made] == made, "Tab comes by them before what stands below"
    opened.qtbot.keyClick(page.people.toggle, Qt.Key.Key_Space)
    assert told(opened.window) == set()
    assert page.people.toggle.text() == SHOW


def test_the_command_shows_and_hides_and_is_off_elsewhere(opened: Opened) -> None:
    command = opened.desk.commands.case_people
    opened.go(PageName.CASUSSEN)
    assert not command.isEnabled()
    page = at(opened, "Sluis")
    command.trigger()
    opened.settle()
    assert told(page) == set(NAMES)
    assert page.people.toggle.accessibleName() == HIDE
    command.trigger()
    assert told(page) == set()


def test_names_hide_by_themselves(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_people, "_SECOND", 150)  # thirty of these are less than five
    page = at(opened, "Sluis")
    page.people._timer.setInterval(150)
    page.people.turn()
    opened.until(lambda: told(page) == set(NAMES))
    opened.until(lambda: page.people.left.text() not in {"", "Namen zichtbaar, nog 30 seconden"})
    opened.until(lambda: told(opened.window) == set())
    assert not page.people.shows
    assert page.people.left.isHidden()


def test_names_hide_on_leaving_the_page_and_on_another_case(opened: Opened) -> None:
    page = shown(opened)
    opened.go(PageName.VANDAAG)
    assert told(opened.window) == set()
    at(opened, "Sluis")
    assert told(opened.window) == set(), "coming back does not show them"
    shown(opened)
    at(opened, "Kiezel")
    assert told(opened.window) == set()
    assert page.people.summary.text() == "2 personen."


def test_names_hide_when_the_desk_goes_as_on_locking(opened: Opened) -> None:
    page = shown(opened)
    opened.desk.hide()
    assert told(page) == set()


def test_an_answer_that_comes_too_late_shows_nothing(opened: Opened) -> None:
    page = at(opened, "Sluis")
    page.people.turn()
    page.people.turn()
    opened.settle()
    assert told(page) == set()
    page.people.turn()
    page.open(opened.desk.place.__class__(PageName.CASUS, case=called(opened, "Kiezel")))  # type: ignore[union-attr]
    opened.settle()
    assert told(page) == set()


def test_a_person_is_added_and_changed_by_keyboard(opened: Opened) -> None:
    page = at(opened, "Windwijzer")
    assert page.people.summary.text() == "Nog niemand. Een naam hoeft niet."
    assert page.people.toggle.isHidden()
    opened.desk.commands.case_person.trigger()
    opened.settle()
    dialog = opened.child(PersonDialog)
    assert dialog.part.currentData() == Part.KOMT.value
    opened.qtbot.keyClicks(dialog.name, "Fien Wrevelhout")
    opened.qtbot.keyClicks(dialog.aliases, "Fientje, Fie")
    opened.qtbot.keyClicks(dialog.reach, "fien@zorggroepzilverels.nl")
    assert dialog.at_work.isVisible()
    assert dialog.at_work.accessibleName() == WORK_ADDRESS
    opened.qtbot.keyClick(dialog.hours, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.until(lambda: opened.gone(PersonDialog))
    assert page.people.summary.text() == "1 persoon."
    page.people.turn()
    opened.settle()
    assert "ook: fientje en fie" in texts(page.people)
    change = next(button for button in page.people.findChildren(QAbstractButton) if button.text() == "Wijzigen")
    assert change.accessibleName() == "Fien Wrevelhout wijzigen"
    change.click()
    dialog = opened.child(PersonDialog)
    assert (dialog.name.text(), dialog.aliases.text()) == ("Fien Wrevelhout", "Fientje, Fie")
    dialog.reach.setText("06 1")
    assert dialog.at_work.isHidden()
    dialog.name.setText("")
    dialog.aliases.setText("")
    dialog.function.setText("X")
    dialog.verb.click()
    opened.until(lambda: opened.gone(PersonDialog))
    number = page.case_id
    assert number is not None
    (person,) = opened.ask(lambda vault: people.people_of(vault, number)).persons
    assert (person.name, person.function, person.reach, person.part) == ("", "X", "06 1", Part.KOMT)


def test_the_next_person_is_offered_as_the_other_party(opened: Opened) -> None:
    page = at(opened, "Emmer")
    page.people.add_person.click()
    opened.settle()
    assert opened.child(PersonDialog).part.currentData() == Part.ANDER.value
    dialog = opened.child(PersonDialog)
    dialog.part.touched = True
    dialog.offer_next(frozenset(Part))
    assert dialog.part.currentData() == Part.ANDER.value, "what was chosen stays"
    dialog.part.touched = False
    dialog.offer_next(frozenset(Part))
    assert dialog.part.currentData() == Part.VERDER.value
    dialog.reject()
    opened.settle()


def test_a_person_with_nothing_is_refused_and_the_form_stays(opened: Opened) -> None:
    page = at(opened, "Windwijzer")
    page.people.new_person()
    opened.settle()
    dialog = opened.child(PersonDialog)
    dialog.verb.click()
    assert "Vul één ding in" in dialog.wrong
    assert dialog.weighing.isHidden()
    dialog.reject()


def conflict(opened: Opened) -> tuple[CasePage, PersonDialog]:
    page = at(opened, "Kiezel")
    page.people.new_person()
    opened.settle()
    dialog = opened.child(PersonDialog)
    dialog.part.choose(Part.GETUIGE.value)
    opened.qtbot.keyClicks(dialog.name, "Lindeboog, M.")
    dialog.verb.click()
    opened.settle()
    return page, dialog


def test_where_roles_may_conflict_nothing_is_saved_without_a_reason(opened: Opened) -> None:
    page, dialog = conflict(opened)
    assert "Er kan een rolconflict zijn" in dialog.wrong
    assert dialog.weighing.isVisible()
    assert dialog.name.text() == "Lindeboog, M.", "what was typed stays"
    assert "Sluis" not in texts(dialog), "the other case is not shown"
    assert opened.window.focusWidget() is None or dialog.focusWidget() is dialog.weighing.reason
    number = page.case_id
    assert number is not None
    assert len(opened.ask(lambda vault: people.people_of(vault, number)).persons) == 2
    dialog.weighing.others.look.click()
    opened.settle()
    assert [text.split(" · ")[1] for text in dialog.weighing.others.shown] == ["Sluis"]
    dialog.verb.click()
    opened.settle()
    assert "Schrijf op waarom u doorgaat" in dialog.wrong
    opened.qtbot.keyClicks(dialog.weighing.knowledge, "Alleen de naam")
    opened.qtbot.keyClicks(dialog.weighing.reason, "Geen collega beschikbaar")
    dialog.verb.click()
    opened.until(lambda: opened.gone(PersonDialog))
    page.people.turn()
    opened.settle()
    said = texts(page.people)
    assert "doorgegaan op 20 januari 2026" in said
    assert "geen collega beschikbaar" in said
    assert "wist al: alleen de naam" in said
    assert page.people.conflict.isHidden()
    assert page.people.summary.text() == "3 personen en 1 reden om door te gaan."


def test_the_neutral_sentence_is_copied_marked_and_alone(opened: Opened) -> None:
    _, dialog = conflict(opened)
    dialog.weighing.sentence.copy.click()
    clipboard = QApplication.clipboard()
    assert clipboard.text() == NEUTRAL
    assert clipboard.mimeData().hasFormat("x-kde-passwordManagerHint")
    clipboard.clear()
    dialog.reject()
    opened.settle()


def test_a_conflict_that_came_by_itself_is_said_until_it_is_explained(opened: Opened) -> None:
    page = at(opened, "Kiezel")
    number = page.case_id
    assert number is not None

    def add(vault: Vault) -> None:
        with vault.transaction():
            vault.people.add(Person(NEW, number, Part.GETUIGE, "Mirthe Lindeboog"))

    opened.ask(add)
    opened.desk.changes.tell(Topic.PEOPLE)
    opened.settle()
    assert page.people.conflict.isVisible()
    page.people.explain.click()
    dialog = opened.child(GoOnDialog)
    dialog.verb.click()
    opened.settle()
    assert "Schrijf op waarom" in dialog.wrong
    opened.qtbot.keyClicks(dialog.weighing.reason, "Al lang bekend")
    dialog.verb.click()
    opened.until(lambda: opened.gone(GoOnDialog))
    assert page.people.conflict.isHidden()
    assert opened.ask(lambda vault: people.hidden_people(vault, number)).records == 1


def test_a_matter_leads_to_its_other_cases_and_gets_another_name(opened: Opened) -> None:
    toast = opened.desk.findChild(Toast)

    def shown() -> dict[str, QAbstractButton]:
        page = at(opened, "Kompas")
        if page.people.toggle.text() == SHOW:
            page.people.turn()

        def there() -> dict[str, QAbstractButton]:
            found = page.people.findChildren(QAbstractButton)
            return {button.text(): button for button in found if button.isVisible()}

        opened.until(lambda: opened.worker.idle and "Loskoppelen" in there())
        return there()

    buttons = shown()
    assert not any("Trommel" in text for text in buttons), "the other case shows only when asked for"
    buttons["Naam wijzigen…"].click()
    form = opened.child(RenameMatterDialog)
    form.name.setText("overleg over de ROOSTERS")
    form.verb.click()
    opened.until(lambda: "Er is al een kwestie" in form.wrong)
    form.name.setText("Pauzes")
    form.verb.click()
    opened.until(lambda: opened.gone(RenameMatterDialog))
    opened.settle()
    assert "Loskoppelen van Pauzes" in [button.accessibleName() for button in shown().values()]
    toast._undo.click()
    opened.settle()
    buttons = shown()
    assert buttons["Loskoppelen"].accessibleName() == "Loskoppelen van Pauzes op de tweede verdieping"
    buttons[OTHERS].click()
    opened.settle()
    page = opened.desk.page
    assert isinstance(page, CasePage)
    (other,) = (button for button in page.people.findChildren(QAbstractButton) if "Trommel" in button.text())
    number = page.case_id
    other.click()
    opened.settle()
    assert opened.desk.place.case not in {None, number}
    assert not any("Trommel" in button.text() for button in page.people.findChildren(QAbstractButton))


def test_a_matter_joins_cases_and_warns_of_another_melder(opened: Opened) -> None:
    page = at(opened, "Passer")
    opened.desk.commands.case_matter.trigger()
    opened.settle()
    dialog = opened.child(MatterDialog)
    assert [dialog.which.itemText(n) for n in range(dialog.which.count())] == [
        "Nieuwe kwestie",
        "Overleg over de roosters",
        "Pauzes op de tweede verdieping",
    ]
    dialog.verb.click()
    opened.settle()
    assert "Geef de kwestie een naam" in dialog.wrong
    dialog.which.setCurrentIndex(1)
    assert not dialog.name.isVisible()
    dialog.verb.click()
    opened.settle()
    assert "Er kan een rolconflict zijn" in dialog.wrong, "a betrokkene is in it"
    dialog.which.setCurrentIndex(0)
    opened.qtbot.keyClicks(dialog.name, "Beoordelingen")
    dialog.verb.click()
    opened.until(lambda: opened.gone(MatterDialog))
    assert page.people.summary.text() == "1 kwestie."
    other = at(opened, "Bolder")
    other.people.add_matter.click()
    opened.settle()
    dialog = opened.child(MatterDialog)
    dialog.which.choose("Beoordelingen")
    dialog.verb.click()
    opened.until(lambda: opened.gone(MatterDialog))
    toast = opened.desk.findChild(Toast)
    assert toast.text == BESIDE
    assert other.people.beside.isVisible()
    other.people.turn()
    opened.settle()
    leave = next(button for button in other.people.findChildren(QAbstractButton) if button.text() == "Loskoppelen")
    leave.click()
    opened.settle()
    assert other.people.beside.isHidden()
    assert other.people.summary.text() == "Nog niemand. Een naam hoeft niet."
    assert not other.people.shows, "there is nothing to show any more"


def lift_holds(vault: Vault) -> None:
    """Lift what forbids destroying anything of the case of these tests."""
    (row,) = cases.list_cases(vault, CaseFilter(text="Sluis"), 1)
    for hold in retention.held(vault, row.id).in_force:
        retention.lift_hold(vault, hold_id=hold.id, on=hold.since, reason="Klaar")


def test_a_bewaarstop_keeps_every_person(opened: Opened) -> None:
    page = shown(opened)
    button = next(b for b in page.people.findChildren(QAbstractButton) if b.accessibleName().endswith("vernietigen"))
    button.click()
    opened.settle()
    assert opened.gone(DestroyPersonDialog)
    assert any("bewaarstop" in message.accessibleName() for message in opened.desk.findChildren(Message))


def destroying(opened: Opened, name: str) -> DestroyPersonDialog:
    opened.ask(lift_holds)
    page = shown(opened)
    buttons = page.people.findChildren(QAbstractButton)
    next(button for button in buttons if button.accessibleName() == f"{name} vernietigen").click()
    opened.settle()
    return opened.child(DestroyPersonDialog)


def test_a_person_is_destroyed_with_a_typed_word_and_the_case_stays(opened: Opened) -> None:
    dialog = destroying(opened, "Mirthe Lindeboog")
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "niet ongedaan te maken" in said
    assert "De casus." in said
    assert "heeft de persoon terug" in said
    assert not dialog.verb.isEnabled()
    dialog.renew.setChecked(False)
    opened.qtbot.keyClicks(dialog.code, DESTROY_WORD)
    dialog.verb.click()
    opened.until(lambda: opened.gone(DestroyPersonDialog))
    opened.settle()
    page = opened.desk.page
    assert isinstance(page, CasePage)
    assert page.people.summary.text() == "2 personen en 1 kwestie."
    assert "lindeboog" not in texts(opened.window)
    assert opened.desk.findChild(Toast).text == "De persoon is vernietigd."


def test_a_person_that_could_not_be_destroyed_is_still_there(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    from vpdesk.operations import destroying as operations  # noqa: PLC0415 - its fault is injected here

    def refused(*_: object, **__: object) -> None:
        raise VaultError("De schijf is vol. Er is niets vernietigd.")

    monkeypatch.setattr(operations, "destroy_person", refused)
    dialog = destroying(opened, "R. Haverkorst")
    opened.qtbot.keyClicks(dialog.code, DESTROY_WORD)
    dialog.verb.click()
    opened.until(lambda: "Er is niets vernietigd" in dialog.wrong)
    dialog.reject()
    opened.settle()
    number = called(opened, "Sluis")
    assert len(opened.ask(lambda vault: people.people_of(vault, number)).persons) == 3


def test_a_destroyed_case_leaves_nothing_on_the_card(opened: Opened) -> None:
    page = shown(opened)
    page._leave()
    opened.settle()
    assert told(opened.window) == set()
    assert page.people.summary.text() == ""
    for do in (page.people.turn, page.people.new_person, page.people.new_matter, page.people._explain):
        do()
    assert opened.gone(PersonDialog)


def test_what_is_typed_about_a_person_is_kept_on_locking_and_goes_with_her(opened: Opened) -> None:
    from vpdesk.ui.dialog_text import drafts_of_dialogs  # noqa: PLC0415 - only here

    page = at(opened, "Sluis")
    page.people.new_person()
    opened.settle()
    dialog = opened.child(PersonDialog)
    opened.qtbot.keyClicks(dialog.reach, "06 bij Mirthe Lindeboog thuis")
    now = opened.desk.context.clock()
    drafts = drafts_of_dialogs(now)
    assert len(drafts) == 1
    opened.ask(lambda vault: conversations.save_drafts(vault, drafts, now=now))
    assert "Lindeboog" in opened.ask(conversations.drafts)[0].text
    dialog.reject()
    gone = destroying(opened, "Mirthe Lindeboog")
    gone.renew.setChecked(False)
    opened.qtbot.keyClicks(gone.code, DESTROY_WORD)
    gone.verb.click()
    opened.until(lambda: opened.gone(DestroyPersonDialog))
    assert opened.ask(conversations.drafts) == ()


def test_how_long_names_stay_is_a_choice(opened: Opened, tmp_path: Path) -> None:
    page = opened.go(PageName.INSTELLINGEN)
    assert isinstance(page, SettingsPage)
    assert page.names.currentData() == 30
    page.names.choose(120)
    assert page.names.currentText() == "2 minuten"
    assert opened.desk.context.preferences.names_seconds == 120
    case = at(opened, "Sluis")
    case.people.turn()
    assert case.people.left.text() == "Namen zichtbaar, nog 120 seconden"
    strange = Preferences(tmp_path / "vreemd.ini")
    for wrong in (7, 0, -1):
        strange.names_seconds = wrong
        assert strange.names_seconds == 30
    assert all(timedelta(seconds=seconds) <= timedelta(minutes=2) for seconds in NAMES_SECONDS)


@pytest.mark.parametrize("size", [*SIZES, *HALVES], ids=lambda size: f"{size.width()}x{size.height()}")
def test_nothing_of_a_case_with_people_is_cut_off_in_a_small_window(opened: Opened, size: QSize) -> None:
    opened.window.setMinimumSize(0, 0)
    page = shown(opened)

    def small() -> bool:
        opened.window.resize(size)
        return opened.window.size() == size

    opened.until(small)
    opened.until(lambda: lost(page) == [])
    page.people.turn()
    opened.until(lambda: lost(page) == [])


def test_screen_readers_hear_what_each_control_is(opened: Opened) -> None:
    page = shown(opened)
    for button in page.people.findChildren(QAbstractButton):
        assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
    assert page.people.accessibleName() == "Personen"
    assert page.people.explain.accessibleName() == "Vastleggen waarom u doorgaat"
    assert Level.GEEN < Level.LET_OP < Level.CONFLICT
