"""What a bewaarstop keeps, in the window: the note beside its verslag, what stood there before, and what goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.full_case import a_record
from tests.ui.pages.test_retention import choose, the_list, undo, words
from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.domain.retention import HoldKind, Standing
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import attachments, cases, conversations, guided, people, retention
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.earlier_dialog import EarlierDialog
from vpdesk.ui.pages.guided import GuidedPage
from vpdesk.ui.pages.guided_destroy import DestroyRecord
from vpdesk.ui.pages.retention_dialogs import HoldDialog, KeepDialog, LiftDialog
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message, Toast

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.cases import Conversation
    from vpdesk.domain.ids import CaseId, GuidedId
    from vpdesk.domain.people import Person
    from vpdesk.operations.vaults import Vault

TODAY = date(2026, 1, 20)
LONG_AGO = date(2020, 1, 20)


def case_called(opened: Opened, pseudonym: str) -> CaseId:
    (row,) = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(text=pseudonym), 1))
    return row.id


def a_held_talk(opened: Opened, *, marked: bool) -> Conversation:
    """Give a talk of the held case of the practice vault a note that is written so, and open it."""
    number = case_called(opened, "Sluis")

    def write(vault: Vault) -> Conversation:
        row = conversations.list_conversations(vault, case=number, limit=1)[0]
        talk = conversations.get_conversation(vault, row.id)
        changed = replace(talk, working_note="de *eerste* indruk", report="", marked=marked)
        return conversations.save_conversation(vault, changed, now=opened.desk.context.clock())

    return opened.ask(write)


def the_talk(opened: Opened, talk: Conversation) -> ConversationPage:
    page = opened.go(PageName.GESPREK, conversation=talk.id)
    assert isinstance(page, ConversationPage)
    opened.until(lambda: opened.worker.idle and page.talk is not None and page.talk.id == talk.id)
    return page


def test_a_note_that_a_hold_keeps_is_read_beside_its_verslag_with_the_reason(opened: Opened) -> None:
    talk = a_held_talk(opened, marked=False)
    page = the_talk(opened, talk)
    page.to_report.click()
    opened.settle()
    assert "blijft staan vanwege de bewaarstop op deze casus (benadeling, sinds" in words(page)
    assert "Zij wordt vernietigd als u het verslag bewaart" not in words(page)
    opened.qtbot.keyClicks(page.writing, "Kort en feitelijk")
    page.forward.click()
    opened.settle()
    page = the_talk(opened, talk)
    assert page.note.isVisible()
    assert page.note.isReadOnly()
    assert page.note.toPlainText() == "de *eerste* indruk"
    said = words(page)
    assert "Werkaantekening. Zij blijft staan vanwege de bewaarstop op deze casus (benadeling, sinds" in said
    assert "Werkaantekening: blijft zolang de bewaarstop er is" in said
    assert "vernietigd na het verslag" not in said
    opened.qtbot.keyClicks(page.writing, "Er volgde: ")
    page.forward.click()
    opened.settle()
    kept = opened.ask(lambda vault: conversations.get_conversation(vault, talk.id))
    assert kept.report == "Kort en feitelijkEr volgde:"
    page = the_talk(opened, talk)
    assert page.note.toPlainText() == "de *eerste* indruk", "with its signs, though the verslag was saved anew"
    page.details.click()
    assert not page.note.isVisible(), "where one asks for agreements, that has the room"
    page.close_panel()
    assert page.note.isVisible()


def test_a_talk_without_such_a_note_shows_none(opened: Opened) -> None:
    talk = a_held_talk(opened, marked=True)
    page = the_talk(opened, talk)
    assert not page.note.isVisible()
    assert "vernietigd na het verslag" in words(page)


def test_what_goes_with_the_last_hold_is_named_first_and_goes_for_good(opened: Opened, tmp_path: Path) -> None:
    talk = a_held_talk(opened, marked=True)
    number = talk.case
    assert number is not None
    path = tmp_path / "brief.txt"
    path.write_text("inhoud")

    def prepare(vault: Vault) -> None:
        attachments.store_attachment(vault, case_id=number, path=path, reason="Gaat verloren", today=TODAY)
        conversations.finish_report(vault, conversation_id=talk.id, report="verslag", today=TODAY)
        cases.close_case(vault, case_id=number, outcome="niet opgelost", reason="doel bereikt", on=TODAY)

    opened.ask(prepare)
    the_talk(opened, talk)
    page = opened.go(PageName.CASUS, case=number)
    assert isinstance(page, CasePage)
    opened.until(lambda: bool(page.hold.lifts))
    page.hold.lifts[0].click()
    opened.settle()
    form = opened.child(LiftDialog)
    assert (
        "Met de bewaarstop gaat voorgoed weg: 1 bijlage, 1 werkaantekening en 1 eerdere tekst."
        in form.goes.accessibleName()
    )
    assert form.verb.text() == "Opheffen en vernietigen"
    opened.qtbot.keyClicks(form.reason, "Uitspraak gedaan")
    form.verb.click()
    opened.until(lambda: opened.gone(LiftDialog))
    toast = opened.desk.findChild(Toast)
    assert toast is not None
    assert "Vernietigd: 1 bijlage, 1 werkaantekening en 1 eerdere tekst." in words(toast)
    assert "Ongedaan maken" not in [
        button.text() for button in toast.findChildren(type(form.verb)) if button.isVisible()
    ]
    assert opened.ask(lambda vault: attachments.attachments(vault, number)) == ()
    assert not the_talk(opened, talk).note.isVisible()


def test_where_nothing_goes_lifting_is_as_it_was(opened: Opened) -> None:
    number = case_called(opened, "Waterlelie")
    page = opened.go(PageName.CASUS, case=number)
    assert isinstance(page, CasePage)
    opened.until(lambda: bool(page.hold.lifts))
    page.hold.lifts[0].click()
    opened.settle()
    form = opened.child(LiftDialog)
    assert not form.goes.isVisible()
    assert form.verb.text() == "Opheffen"
    form.reject()


def test_what_stood_there_before_is_read_from_the_line_of_the_hold_and_names_only_when_asked(opened: Opened) -> None:
    number = case_called(opened, "Sluis")

    def change(vault: Vault) -> Person:
        person = people.people_of(vault, number).persons[0]
        people.save_person(vault, replace(person, name="Naamanders", reach="06-2"), today=TODAY)
        return person

    page = opened.go(PageName.CASUS, case=number)
    assert isinstance(page, CasePage)
    opened.until(lambda: bool(page.hold.lifts))

    def told() -> bool:
        return any("1 eerdere tekst is bewaard" in line.accessibleName() for line in page.hold.findChildren(Message))

    assert not told()
    person = opened.ask(change)
    assert person.name
    opened.desk.changes.tell(Topic.PEOPLE)
    opened.until(told)
    page.hold.to_earlier.click()
    opened.settle()
    dialog = opened.child(EarlierDialog)
    opened.until(lambda: "Persoon: wie komt" in words(dialog))
    assert person.name not in words(dialog)
    dialog.verb.click()
    opened.until(lambda: person.name in words(dialog))
    dialog.verb.click()
    opened.until(lambda: person.name not in words(dialog) and "Verborgen" in words(dialog))
    dialog.reject()


def test_leaving_the_matter_of_a_held_case_is_refused_in_a_sentence(opened: Opened) -> None:
    number = case_called(opened, "Sluis")

    def leave(vault: Vault) -> str:
        people.join_matter(vault, case_id=number, name="De bestelling", today=TODAY)
        return people.people_of(vault, number).matters[0].name

    name = opened.ask(leave)
    page = opened.go(PageName.CASUS, case=number)
    assert isinstance(page, CasePage)
    page.people.turn()
    opened.until(lambda: name in words(page.people))
    next(b for b in page.people.findChildren(Button) if b.text() == "Loskoppelen").click()
    opened.settle()
    assert any("De casus blijft in de kwestie" in m.accessibleName() for m in opened.desk.findChildren(Message))


def old_record(opened: Opened) -> GuidedId:
    return opened.ask(lambda vault: a_record(vault, GuidedKind.INFORMATIE, "de vraag", on=LONG_AGO))


def test_a_record_without_a_case_comes_up_is_held_kept_longer_and_destroyed_from_the_list(opened: Opened) -> None:
    number = old_record(opened)
    page = the_list(opened)
    name = "Verzoek om informatie"
    choose(opened, page, name)
    opened.until(lambda: "Ja, sinds 20 januari 2025: 5 jaar na de laatste dag." in words(page))
    assert "Een vastlegging telt in geen verslag." in words(page)
    assert "Geen organisatie" in words(page)
    page.open_case.click()
    opened.settle()
    assert isinstance(opened.desk.page, GuidedPage)
    page = the_list(opened)
    choose(opened, page, name)
    page.hold.click()
    opened.settle()
    form = opened.child(HoldDialog)
    opened.qtbot.keyClicks(form.reason, "De rechter vroeg ernaar")
    opened.qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    opened.until(lambda: opened.gone(HoldDialog))
    opened.until(lambda: "De rechter vroeg ernaar" in words(page))
    assert not page.final.isVisible()
    undo(opened)
    opened.until(page.final.isVisible)
    page.keep.click()
    opened.settle()
    longer = opened.child(KeepDialog)
    opened.qtbot.keyClicks(longer.reason, "Nog even")
    opened.qtbot.keyClick(longer.reason, Qt.Key.Key_Return)
    opened.until(lambda: opened.gone(KeepDialog))
    opened.until(lambda: {row.guided: row.standing for row in page.model.rows()}[number] is Standing.LANGER)
    undo(opened)
    opened.until(lambda: page.final.isVisible() and page.about is not None and page.about.decision.guided == number)
    page.final.click()
    opened.settle()
    last = opened.child(DestroyRecord)
    last.renew.click()
    opened.qtbot.keyClicks(last.code, "vernietigen")
    last.verb.click()
    opened.until(lambda: opened.gone(DestroyRecord))
    opened.until(lambda: number not in [row.guided for row in page.model.rows()])
    assert number not in [row.id for row in opened.ask(guided.guided_rows)]


def test_a_hold_on_a_record_stands_above_it_and_stops_destroying(opened: Opened) -> None:
    number = old_record(opened)
    page = opened.go(PageName.VASTLEGGING, guided=number)
    assert isinstance(page, GuidedPage)
    opened.until(lambda: page.record is not None and opened.worker.idle)
    assert not page.holds.isVisible()
    page.hold_button.click()
    opened.settle()
    form = opened.child(HoldDialog)
    opened.qtbot.keyClicks(form.reason, "Claim")
    opened.qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    opened.until(lambda: opened.gone(HoldDialog))
    opened.until(page.holds.isVisible)
    page.destroy_button.click()
    opened.settle()
    assert opened.gone(DestroyRecord)
    said = [message.accessibleName() for message in opened.desk.findChildren(Message)]
    assert any("Op deze vastlegging ligt een bewaarstop. Er is niets vernietigd." in one for one in said)
    page.holds.lifts[0].click()
    opened.settle()
    lift = opened.child(LiftDialog)
    opened.qtbot.keyClicks(lift.reason, "Klaar")
    lift.verb.click()
    opened.until(lambda: opened.gone(LiftDialog))
    opened.until(lambda: not page.holds.isVisible())
    held = opened.ask(lambda vault: retention.held(vault, None, number))
    assert [hold.kind for hold in held.holds] == [HoldKind.PROCEDURE]
