"""A talk from blank page to verslag or destruction: its form, its organisation, and its working note on its last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QMenu

from tests.ui.pages.test_casework import conversation_page
from vpdesk.domain.ids import CaseId
from vpdesk.domain.markup import Kind
from vpdesk.domain.people import Part
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.operations import cases, clients, conversations, people, today
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.call_back_dialogs import CallBackDialog, CallBackForm
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.conversations import ConversationsPage
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.widgets.messages import Message, Toast

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.operations.vaults import Vault


def test_form_goes_from_the_key_press_to_draft_vault_and_verslag(opened: Opened) -> None:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
    page = opened.go(PageName.GESPREK, case=row.id)
    assert isinstance(page, ConversationPage)
    narrow = opened.desk.sidebar.width()
    opened.qtbot.keyClicks(page.writing, "- ")
    opened.qtbot.keyClick(page.writing, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    opened.qtbot.keyClicks(page.writing, "zij belt")
    assert opened.desk.sidebar.width() == narrow, "where the text has the keyboard, the key is of the text"
    page.put_aside()
    opened.settle()
    (draft,) = opened.ask(conversations.drafts)
    opened.go(PageName.GESPREK, text=draft.key)
    assert page.writing.text() == "- **zij belt**"
    assert page.form.kinds[Kind.PUNT].isChecked()
    page.go_forward()
    opened.settle()
    page.panel.save.click()
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    opened.settle()
    talk = opened.ask(lambda vault: conversations.list_conversations(vault, limit=1, case=row.id))[0]
    opened.go(PageName.GESPREK, conversation=talk.id)
    page.to_report.click()
    assert (page.note.toPlainText(), page.note.whole_text()) == ("zij belt", "- **zij belt**")
    opened.qtbot.keyClicks(page.writing, "# Gesproken")
    page.go_forward()
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    opened.settle()
    kept = opened.ask(lambda vault: conversations.get_conversation(vault, talk.id))
    assert (kept.working_note, kept.report, kept.marked) == ("", "# Gesproken", True)


def test_a_note_of_before_there_was_form_is_shown_sign_by_sign(opened: Opened) -> None:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
    talk = opened.ask(lambda vault: conversations.list_conversations(vault, limit=1, case=row.id))[0]
    old = "- een **twee**\n1. drie"

    def write(vault: Vault) -> None:
        before = conversations.get_conversation(vault, talk.id)
        as_before = replace(before, report="", working_note=old, marked=False)
        conversations.save_conversation(vault, as_before, now=opened.desk.context.clock())

    opened.ask(write)
    page = opened.go(PageName.GESPREK, conversation=talk.id)
    assert isinstance(page, ConversationPage)
    assert page.writing.toPlainText() == old
    page.to_report.click()
    opened.settle()
    assert page.note.isVisible()
    assert page.note.toPlainText() == old


def test_a_talk_has_an_organisation_and_may_stay_without_a_case(opened: Opened) -> None:
    first, second = opened.ask(clients.clients)
    page = opened.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    assert page.client.client is None
    page.client.set_value(second.id)
    page.client.chosen.emit(second.id)
    opened.qtbot.keyClicks(page.writing, "Belt over zweefvliegen")
    page.put_aside()
    opened.settle()
    (draft,) = opened.ask(conversations.drafts)
    opened.go(PageName.GESPREK, text=draft.key)
    assert second.name in page.client.accessibleName()
    page.go_forward()
    opened.settle()
    assert page.panel.client.currentData() == second.id, "what was chosen above is not asked again"
    opened.qtbot.keyClicks(page.panel.next_step, "Terugbellen over de regeling")
    page.loose.click()
    opened.until(lambda: isinstance(opened.desk.page, ConversationsPage))
    opened.settle()
    (hit,) = opened.ask(lambda vault: conversations.search(vault, "zweefvliegen"))
    assert hit.conversation is not None
    number = hit.conversation
    talk = opened.ask(lambda vault: conversations.get_conversation(vault, number))
    assert (talk.client, talk.case, talk.next_step) == (second.id, None, "Terugbellen over de regeling")
    assert opened.ask(conversations.drafts) == ()
    opened.go(PageName.GESPREK, conversation=number)
    page.client.set_value(first.id)
    page.client.chosen.emit(first.id)
    page.go_forward()
    opened.settle()
    page.loose.click()
    opened.until(lambda: isinstance(opened.desk.page, ConversationsPage))
    assert opened.ask(lambda vault: conversations.get_conversation(vault, number)).client == first.id


def test_vandaag_destroys_a_working_note_on_its_day_and_can_take_that_back(opened: Opened) -> None:
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)
    shown, item = next(
        (one, row.key) for one in page.lists for row in one.rows.rows if row.key.kind is TodayKind.VERNIETIGEN
    )
    number = item.conversation
    assert number is not None

    def note() -> str:
        return opened.ask(lambda vault: conversations.get_conversation(vault, number)).working_note

    before = note()
    shown.choose(item)
    assert (shown.action.text(), item.pseudonym) == ("Vernietigen", "Kade")
    shown.asked.emit(item, QPoint())
    menu = opened.child(QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Gesprek openen", "Werkaantekening vernietigen", "Casus openen",
    ]  # fmt: skip
    menu.actions()[0].trigger()
    menu.close()
    opened.settle()
    assert conversation_page(opened).writing.text() == before, "whoever opens it can still make the verslag"
    opened.go(PageName.VANDAAG)
    shown = next(one for one in page.lists if any(row.key == item for row in one.rows.rows))
    shown.choose(item)
    for _ in range(2):  # as a hand does that is in a hurry
        shown.acted.emit(item)
    opened.settle()
    assert note() == ""
    wrong = [one for one in opened.window.findChildren(Message) if one.isVisible() and one.property("kind") == "danger"]
    assert wrong == [], "what was asked for happened"
    assert all(row.key != item for one in page.lists for row in one.rows.rows)
    (toast,) = opened.window.findChildren(Toast)
    toast._undo.click()
    opened.settle()
    assert note() == before
    soon = opened.ask(lambda vault: today.today_items(vault, today=item.due - timedelta(days=7)))
    assert TodayKind.WERKAANTEKENING in {one.kind for one in soon if one.conversation == number}


def test_a_call_back_shows_on_asking_and_becomes_a_case_without_typing_it_again(opened: Opened) -> None:
    page = opened.go(PageName.VANDAAG)
    opened.desk.commands.new_call_back.trigger()
    form = opened.child(CallBackForm)
    form.verb.click()
    assert "Vul één ding in" in form.wrong
    opened.qtbot.keyClicks(form.called, "mevrouw Zwanebloem")
    opened.qtbot.keyClicks(form.reach, "k@waterveen.nl")
    assert form.at_work.isVisible()
    form.verb.click()
    opened.until(lambda: opened.gone(CallBackForm))
    opened.settle()
    assert isinstance(page, TodayPage)
    number = max(
        row.key.call_back for one in page.lists for row in one.rows.rows if row.key.call_back is not None
    )  # fmt: skip
    shown, item = next((one, row.key) for one in page.lists for row in one.rows.rows if row.key.call_back == number)
    shown.choose(item)
    shown.action.click()
    dialog = opened.child(CallBackDialog)
    assert not any("Zwanebloem" in label.text() for label in dialog.findChildren(QLabel))
    dialog.toggle.click()
    opened.settle()
    assert any("Zwanebloem" in label.text() for label in dialog.findChildren(QLabel))
    dialog.hide_details()
    opened.until(lambda: not any("Zwanebloem" in label.text() for label in dialog.findChildren(QLabel)))
    dialog.verb.click()
    opened.until(lambda: isinstance(opened.desk.page, ConversationPage))
    opened.settle()
    talk = conversation_page(opened)
    opened.qtbot.keyClicks(talk.writing, "Belt over het rooster")
    talk.put_aside()
    opened.settle()
    (draft,) = opened.ask(conversations.drafts)
    opened.go(PageName.GESPREK, text=draft.key)
    talk.go_forward()
    opened.settle()
    talk.panel.client.choose(opened.ask(clients.clients)[0].id)
    talk.panel.save.click()
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    opened.settle()
    case = opened.desk.page
    assert isinstance(case, CasePage)
    assert case.case_id is not None
    found = opened.ask(lambda vault: people.people_of(vault, case.case_id or CaseId(0)))
    assert [(person.part, person.name) for person in found.persons] == [(Part.KOMT, "mevrouw Zwanebloem")]
    day = item.due
    left = opened.ask(lambda vault: today.today_items(vault, today=day))
    assert number not in {one.call_back for one in left}


def test_a_call_back_goes_from_its_window_and_comes_back(opened: Opened) -> None:
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)

    def there() -> int:
        return sum(row.key.call_back is not None for one in page.lists for row in one.rows.rows)

    before = there()
    shown, item = next(
        (one, row.key) for one in page.lists for row in one.rows.rows if row.key.call_back is not None
    )  # fmt: skip
    shown.opened.emit(item)
    dialog = opened.child(CallBackDialog)
    dialog.later[1].click()
    opened.until(lambda: opened.gone(CallBackDialog))
    moved = next(row.key for one in page.lists for row in one.rows.rows if row.key.call_back == item.call_back)
    assert moved.due == item.due + timedelta(days=7)
    shown = next(one for one in page.lists if any(row.key == moved for row in one.rows.rows))
    shown.opened.emit(moved)
    opened.child(CallBackDialog).remove.click()
    opened.until(lambda: opened.worker.idle and there() == before - 1)
    opened.window.findChildren(Toast)[0]._undo.click()
    opened.until(lambda: opened.worker.idle and there() == before)


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(512, 350)], ids=["beside", "under"])
def test_the_points_of_a_first_talk_stand_beside_the_text_or_under_it_and_never_over_it(
    opened: Opened, size: QSize
) -> None:
    page = opened.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    opened.window.resize(size)
    opened.qtbot.keyClicks(page.writing, "Belt")
    page.points.click()
    opened.until(lambda: page.script.isVisible() and page.script.width() > 0)
    assert opened.focused is page.writing
    places = [QRect(one.mapTo(page, QPoint()), one.size()) for one in (page.writing, page.script)]
    assert not places[0].intersects(places[1])
    page.go_forward()
    assert page.panel.isVisible()
    assert not page.script.isVisible(), "what is asked takes their place"
    assert not page.points.isEnabled()
    page.close_panel()
    page.turn_script()
    page.script.close_button.click()
    assert not page.script.isVisible()
