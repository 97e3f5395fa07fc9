"""A day at the desk: a talk, a case, a phase, what is due; all through the window."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcutEvent
from PySide6.QtWidgets import QApplication, QWidget

from vpdesk.domain.checklists import SEVEN_QUESTIONS, CheckedItem, ItemState, Who
from vpdesk.domain.ids import CaseId
from vpdesk.domain.phases import MOVES, Phase
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.operations import cases, clients, conversations, today
from vpdesk.ui.context import PageName
from vpdesk.ui.models.drafts import TalkDraft
from vpdesk.ui.models.link import Limits
from vpdesk.ui.pages import case_words
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import CloseDialog, MoveDialog, OtherPhaseDialog, ReopenDialog, StepDialog
from vpdesk.ui.pages.case_facts import CONFLICT, FactsDialog
from vpdesk.ui.pages.case_regie import WishDialog
from vpdesk.ui.pages.cases import CasesPage
from vpdesk.ui.pages.client_dialogs import ClientDialog, UnitDialog
from vpdesk.ui.pages.clients import ClientsPage
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.conversations import ConversationsPage
from vpdesk.ui.pages.new_case import NewCaseDialog
from vpdesk.ui.pages.seven_questions import SevenQuestionsDialog
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.widgets.fields import CheckBox

WORDS = "Belt vanaf een eigen telefoon en twijfelt."


def conversation_page(opened: Opened) -> ConversationPage:
    page = opened.desk.page
    assert isinstance(page, ConversationPage)
    return page


def case_page(opened: Opened) -> CasePage:
    page = opened.desk.page
    assert isinstance(page, CasePage)
    opened.settle()
    return page


def open_case(opened: Opened, phase: Phase, *, running: bool = True) -> CasePage:
    which = CaseFilter(phases=frozenset({phase}), open_only=running)
    row = opened.ask(lambda vault: cases.list_cases(vault, which, 1))[0]
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    return page


def test_another_case_begins_at_its_head_and_the_page_goes_along_with_the_timeline(opened: Opened) -> None:
    opened.window.resize(1100, 560)
    page = open_case(opened, Phase.NAFASE)
    bar, first = page.area.verticalScrollBar(), page.case_id
    page.timeline.setFocus()
    opened.qtbot.keyClick(page.timeline, Qt.Key.Key_End)
    at = page.timeline.visualRect(page.timeline.currentIndex())
    top = page.timeline.mapTo(page.area.viewport(), at.topLeft()).y()
    assert bar.value() > 0
    assert 0 <= top <= page.area.viewport().height() - at.height()
    bar.setValue(bar.maximum())
    open_case(opened, Phase.VOORFASE)
    assert page.case_id != first
    assert bar.value() == 0


def test_a_talk_becomes_a_case_moves_on_and_stands_on_vandaag(opened: Opened) -> None:
    opened.go(PageName.VANDAAG)
    opened.desk.commands.new_conversation.trigger()
    opened.settle()
    page = conversation_page(opened)
    assert opened.focused is page.writing, "the cursor stands in the text at once"
    opened.qtbot.keyClicks(page.writing, WORDS)
    opened.qtbot.keyClick(page.writing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    panel = page.panel
    assert panel.isVisible()
    assert panel.question.answer is None, "no answer is filled in beforehand"
    pseudonym = panel.pseudonym.text()
    assert pseudonym
    panel.client.setCurrentIndex(panel.client.findText("Zorggroep Zilverels"))
    panel.question.answers[Limits.DISCUSSED].click()
    opened.qtbot.keyClicks(panel.next_step, "Terugbellen over de regeling")
    opened.qtbot.keyClick(panel.next_step, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    shown = case_page(opened)
    assert shown.case_id is not None
    assert not shown.limits.isVisible()
    shown.move_to(Phase.MELDINGSFASE)
    dialog = opened.child(MoveDialog)
    opened.qtbot.keyClicks(dialog.reason, "Meldt vertrouwelijk")
    dialog.verb.click()
    number = shown.case_id
    opened.until(lambda: opened.gone(MoveDialog))
    opened.settle()
    case = opened.ask(lambda vault: cases.get_case(vault, number))
    assert (case.phase, case.pseudonym) == (Phase.MELDINGSFASE, pseudonym)
    assert shown.stepper.accessibleDescription().count("nu") == 1
    assert "–" not in shown.stepper.accessibleDescription(), "a phase of one day names that day once"
    vandaag = opened.go(PageName.VANDAAG)
    assert isinstance(vandaag, TodayPage)

    def titles() -> list[str]:
        return [row.title for shown_list in vandaag.lists for row in shown_list.rows.rows if pseudonym in row.middle]

    assert titles() == ["Vervolgstap"], "a passer-by reads nothing of what was agreed on"
    opened.desk.commands.discreet.trigger()
    assert titles() == ["Terugbellen over de regeling"]
    assert opened.ask(conversations.drafts) == ()


def test_without_an_organisation_nothing_is_linked_and_the_text_stays(opened: Opened) -> None:
    page = opened.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    opened.qtbot.keyClicks(page.writing, WORDS)
    page.go_forward()
    opened.settle()
    page.panel.save.click()
    assert page.panel.isVisible()
    assert page.writing.text() == WORDS
    page.panel.close_button.click()
    assert page.panel.isHidden()
    assert opened.focused is page.writing


def test_typing_is_in_the_vault_within_two_seconds_and_is_offered_again(opened: Opened) -> None:
    page = opened.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    opened.qtbot.keyClicks(page.writing, WORDS)
    assert 0 < page._timer.remainingTime() < 2000
    opened.until(lambda: bool(opened.worker.idle and page.unsaved() is None))
    (draft,) = opened.ask(conversations.drafts)
    assert WORDS in draft.text
    vandaag = opened.go(PageName.VANDAAG)
    assert isinstance(vandaag, TodayPage)
    assert vandaag.draft.isVisible()
    opened.go(PageName.GESPREK)
    assert page.writing.text() == ""
    page.go_on.click()
    opened.settle()
    assert page.writing.text() == WORDS
    page.put_aside()
    opened.settle()
    assert opened.ask(conversations.drafts) == (draft,), "taken up and put aside it is the same draft"


def test_a_new_text_never_takes_the_place_of_an_old_draft(opened: Opened) -> None:
    page = opened.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    opened.qtbot.keyClicks(page.writing, WORDS)
    opened.qtbot.keyClick(page.writing, Qt.Key.Key_Escape)
    opened.settle()
    assert isinstance(opened.desk.page, TodayPage)
    opened.go(PageName.GESPREK)
    assert page.go_on.isVisible()
    opened.qtbot.keyClicks(page.writing, "Een tweede gesprek.")
    assert not page.go_on.isVisible()
    page.put_aside()
    opened.settle()
    texts = [TalkDraft.read(draft).text for draft in opened.ask(conversations.drafts)]
    assert sorted(texts) == [WORDS, "Een tweede gesprek."]
    vandaag = opened.desk.page
    assert isinstance(vandaag, TodayPage)
    shown = []
    for button in vandaag.draft.findChildren(Button):
        assert button.isVisible(), "each of them is offered"
        button.click()
        opened.settle()
        shown.append(page.writing.text())
        opened.go(PageName.VANDAAG)
    assert sorted(shown) == sorted(texts)


def test_making_the_verslag_destroys_the_working_note(opened: Opened) -> None:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(open_only=True), 1))[0]
    page = opened.go(PageName.GESPREK, case=row.id)
    assert isinstance(page, ConversationPage)
    opened.qtbot.keyClicks(page.writing, WORDS)
    page.go_forward()
    opened.settle()
    assert "Bewaren bij" in page.panel.save.text()
    page.panel.save.click()
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    opened.settle()
    talk = opened.ask(lambda vault: conversations.list_conversations(vault, limit=1, case=row.id))[0]
    again = opened.go(PageName.GESPREK, conversation=talk.id)
    assert again is page
    assert page.writing.text() == WORDS
    page.to_report.click()
    assert page.note.isVisible()
    assert page.writing.text() == ""
    page.go_forward()
    opened.settle()
    assert opened.ask(lambda vault: conversations.get_conversation(vault, talk.id)).working_note, "an empty verslag"
    opened.qtbot.keyClicks(page.writing, "Gesproken over de regeling.")
    page.go_forward()
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    opened.settle()
    kept = opened.ask(lambda vault: conversations.get_conversation(vault, talk.id))
    assert (kept.working_note, kept.report) == ("", "Gesproken over de regeling.")


def test_the_quick_field_keeps_a_talk_without_a_case(opened: Opened) -> None:
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)
    opened.desk.commands.quick_note.trigger()
    opened.settle()
    assert opened.focused is page.quick.text
    opened.qtbot.keyClicks(page.quick.text, WORDS)
    page.quick.keep.click()
    opened.until(lambda: not page.quick.draft)
    opened.settle()
    loose = opened.ask(lambda vault: conversations.list_conversations(vault, limit=1, unlinked=True))
    assert loose[0].minutes == 15


def test_the_one_action_of_a_row_does_what_it_says(opened: Opened) -> None:
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)
    first = page.lists[0]
    item = next(key for key in (row.key for row in first.rows.rows) if key.kind is TodayKind.GRENZEN)
    first.choose(item)
    assert first.action.text() == "Besproken"
    first.action.click()
    opened.settle()
    due = opened.ask(lambda vault: today.today_items(vault, today=page.context.clock().date()))
    assert all(found.case != item.case or found.kind is not TodayKind.GRENZEN for found in due)
    talk = next(key for shown in page.lists for key in (row.key for row in shown.rows.rows) if key.case is not None)
    page.lists[0].opened.emit(talk)
    opened.settle()
    assert case_page(opened).case_id == talk.case


def test_space_acts_only_where_the_list_visibly_has_the_keyboard(opened: Opened) -> None:
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)
    seen = Qt.WidgetAttribute.WA_KeyboardFocusChange
    opened.window.setAttribute(seen, False)
    first = page.lists[0]
    done: list[object] = []
    first.acted.disconnect()
    first.acted.connect(done.append)
    opened.qtbot.keyClick(first, Qt.Key.Key_Space)
    assert done == []
    assert opened.window.testAttribute(seen), "the first key shows where it went"
    opened.qtbot.keyClick(first, Qt.Key.Key_Space)
    assert done == [first.key]


def test_a_shortcut_shows_what_has_the_keyboard(opened: Opened) -> None:
    opened.go(PageName.VANDAAG)
    opened.go(PageName.CASUSSEN)
    seen = Qt.WidgetAttribute.WA_KeyboardFocusChange
    opened.window.setAttribute(seen, False)
    action = opened.desk.commands.pages["vandaag"]
    QApplication.sendEvent(action, QShortcutEvent(action.shortcut(), 0))
    opened.settle()
    page = opened.desk.page
    assert isinstance(page, TodayPage)
    assert opened.focused is page.lists[0]
    assert opened.window.testAttribute(seen)


def test_a_choice_in_one_group_lets_go_of_the_other(opened: Opened) -> None:
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)
    page.lists[1].choose(page.lists[1].rows.rows[0].key)
    opened.until(lambda: [shown.action.isVisible() for shown in page.lists[:2]] == [False, True])


def test_filters_narrow_the_list_and_can_be_wiped(opened: Opened) -> None:
    page = opened.go(PageName.CASUSSEN)
    assert isinstance(page, CasesPage)
    running = page.model.rowCount()
    assert running == opened.ask(lambda vault: cases.count_cases(vault, CaseFilter(open_only=True)))
    page.by_phase.set_value(Phase.NAFASE)
    page.by_phase.chosen.emit(Phase.NAFASE)
    opened.settle()
    assert 0 < page.model.rowCount() < running
    assert all(row.phase is Phase.NAFASE for row in page.model.rows())
    opened.qtbot.keyClicks(page.search, "bestaat niet")
    opened.until(page.clear_button.isVisible)
    page.clear_button.click()
    opened.settle()
    assert page.model.rowCount() == opened.ask(lambda vault: cases.count_cases(vault, CaseFilter()))


def test_the_pane_follows_and_enter_opens_the_case(opened: Opened) -> None:
    page = opened.go(PageName.CASUSSEN)
    assert isinstance(page, CasesPage)
    page.table.setFocus()
    opened.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    second = page.model.rows()[1]
    opened.until(lambda: opened.worker.idle and page.pane.accessibleDescription() == second.code)
    opened.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    opened.settle()
    assert case_page(opened).case_id == second.id


def test_letters_jump_by_pseudonym(opened: Opened) -> None:
    page = opened.go(PageName.CASUSSEN)
    assert isinstance(page, CasesPage)
    last = page.model.rows()[-1]
    opened.qtbot.keyClicks(page.table, last.pseudonym[:4])
    opened.until(lambda: page.table.value == last)


def test_a_narrow_table_gives_up_free_text_rather_than_cutting_it(opened: Opened) -> None:
    page = opened.go(PageName.CASUSSEN)
    assert isinstance(page, CasesPage)
    assert not page.table.isColumnHidden(2)
    opened.window.resize(640, 400)
    opened.until(lambda: page.table.isColumnHidden(4))
    assert not page.table.isColumnHidden(1)
    assert not page.pane.isVisible()


def test_impossible_moves_have_no_button(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    assert [button.text() for button in page.move_buttons()] == ["Naar meldingsfase…", "Afsluiten…"]
    page = open_case(opened, Phase.NAFASE)
    assert [button.text() for button in page.move_buttons()] == ["Afsluiten…"]


def test_closing_says_which_aftercare_lapses(opened: Opened) -> None:
    page = open_case(opened, Phase.NAFASE)
    number = page.case_id
    assert number is not None
    opened.ask(
        lambda vault: today.add_reminder(
            vault, case_id=number, kind=TodayKind.NAZORG, due=date(2026, 12, 20), title="Nazorg: bellen"
        )
    )
    page.refresh()
    opened.settle()
    page.close_case()
    assert "De geplande nazorg van 20 december vervalt." in opened.child(CloseDialog).lapses.accessibleName()


def test_after_reopening_later_phases_are_still_to_come(opened: Opened) -> None:
    page = open_case(opened, Phase.NAFASE)
    number = page.case_id
    assert number is not None
    on = page.context.clock().date()
    opened.ask(lambda vault: cases.close_case(vault, case_id=number, outcome="onbekend", reason="onbekend", on=on))
    opened.ask(lambda vault: cases.move_case(vault, case_id=number, to=Phase.VOORFASE, on=on))
    view = opened.ask(lambda vault: cases.case_page(vault, number, today=on))
    found = case_words.steps(view, on)
    assert [step.state for step in found] == ["now", "future", "future", "future"]
    assert [step.dates for step in found[1:]] == ["", "", ""]
    assert "nog niet, eerder" in found[2].spoken


def test_closing_asks_outcome_and_reason_and_reopening_is_kept(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    number = page.case_id
    assert number is not None
    page.close_case()
    closing = opened.child(CloseDialog)
    closing.outcome.choose("doorverwezen")
    closing.reason.choose("doel bereikt")
    closing.verb.click()
    opened.until(lambda: opened.ask(lambda vault: cases.get_case(vault, number)).closed is not None)
    opened.settle()
    assert [button.text() for button in page.move_buttons()] == ["Heropenen…", "Vernietigen…"]
    assert not opened.desk.commands.case_close.isEnabled()
    page.move_on()
    reopening = opened.child(ReopenDialog)
    reopening.verb.click()
    assert "waarom de casus weer opengaat" in reopening.wrong
    opened.qtbot.keyClicks(reopening.reason, "Wil nog iets bespreken")
    reopening.verb.click()
    opened.until(lambda: opened.ask(lambda vault: cases.get_case(vault, number)).closed is None)
    assert [move.to for move in opened.ask(lambda vault: cases.get_case(vault, number)).moves][-2:] == [
        Phase.AFGESLOTEN, Phase.VOORFASE,
    ]  # fmt: skip


def test_another_phase_offers_what_can_follow_and_no_more(opened: Opened) -> None:
    for phase in (Phase.VOORFASE, Phase.MELDINGSFASE, Phase.NAFASE):
        open_case(opened, phase)
        opened.desk.commands.case_move.trigger()
        dialog = opened.child(OtherPhaseDialog)
        offered = [Phase(dialog.choice.itemData(at)) for at in range(dialog.choice.count())]
        assert offered == [other for other in Phase if other in MOVES[phase]]
        dialog.choice.choose(Phase.AFGESLOTEN.value)
        assert "hoe het afliep" in dialog.choice.accessibleDescription()
        assert not dialog.reason.isVisible()
        dialog.verb.click()
        opened.child(CloseDialog).reject()
    page = open_case(opened, Phase.VOORFASE)
    page.move_on()
    dialog = opened.child(OtherPhaseDialog)
    assert dialog.focusWidget() is dialog.reason
    dialog.reason.setText("Wil melden")
    dialog.verb.click()
    opened.until(lambda: opened.gone(OtherPhaseDialog))
    moved = opened.ask(lambda vault: cases.get_case(vault, page.case_id or CaseId(0)))
    assert (moved.phase, moved.moves[-1].reason) == (Phase.MELDINGSFASE, "Wil melden")


def test_what_the_operation_refuses_is_said_in_the_form_and_its_contents_stay(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    page.move_to(Phase.MELDINGSFASE)
    dialog = opened.child(MoveDialog)
    dialog.day.set_day(dialog.day.day.replace(year=2001))
    dialog.reason.setText("Een reden")
    dialog.verb.click()
    opened.settle()
    assert dialog.isVisible()
    assert dialog.wrong == (
        "Deze datum ligt voor de vorige fase van de casus. Kies een latere datum; er is niets veranderd."
    )
    assert dialog.reason.text() == "Een reden"
    dialog.reject()


def test_ticking_and_not_needed_are_kept_with_their_day(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    number = page.case_id
    assert number is not None
    day = page.context.clock().date()
    before = opened.ask(lambda vault: cases.case_page(vault, number, today=day)).checklist
    place = next(n for n, item in enumerate(before) if item.state is ItemState.NOG_NIET)
    opened.qtbot.keyClick(page.checklist.boxes()[place], Qt.Key.Key_Space)
    opened.settle()
    opened.settle()
    ticked = opened.ask(lambda vault: cases.case_page(vault, number, today=day)).checklist[place]
    assert (ticked.state, ticked.on) == (ItemState.GEDAAN, day)
    opened.qtbot.keyClick(page.checklist.boxes()[place], Qt.Key.Key_N)
    opened.settle()
    after = opened.ask(lambda vault: cases.case_page(vault, number, today=day)).checklist[place]
    assert after.state is ItemState.NIET_NODIG


def test_the_seven_questions_stand_beside_a_talk_and_with_the_lists_before_and_in_a_melding(opened: Opened) -> None:
    for phase in Phase:
        page = open_case(opened, phase, running=phase is not Phase.AFGESLOTEN)
        assert page.seven.isVisible() is (phase in {Phase.VOORFASE, Phase.MELDINGSFASE})
    page = open_case(opened, Phase.VOORFASE)
    opened.qtbot.keyClick(page.seven, Qt.Key.Key_Space)
    dialog = opened.child(SevenQuestionsDialog)
    said = [label.text() for label in dialog.findChildren(Label)]
    assert set(SEVEN_QUESTIONS) <= set(said)
    opened.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    opened.desk.commands.case_questions.trigger()
    opened.child(SevenQuestionsDialog).accept()
    opened.desk.commands.new_conversation.trigger()
    opened.settle()
    talk = conversation_page(opened)
    talk.turn_script()
    assert set(SEVEN_QUESTIONS) <= {label.text() for label in talk.script.findChildren(Label) if label.isVisible()}


def test_who_chose_or_did_an_item_is_kept_and_its_day_stays(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    number = page.case_id
    assert number is not None
    day = page.context.clock().date()
    earlier = day.replace(day=2)
    opened.ask(
        lambda vault: cases.check_item(
            vault, case_id=number, phase=Phase.VOORFASE, code="keuze", state=ItemState.GEDAAN, on=earlier
        )
    )
    page.refresh()
    opened.settle()

    def at() -> tuple[CheckBox, CheckedItem]:
        items = opened.ask(lambda vault: cases.case_page(vault, number, today=day)).checklist
        place = next(n for n, item in enumerate(items) if item.item.code == "keuze")
        return page.checklist.boxes()[place], items[place]

    for who in (Who.PERSOON, Who.U):
        opened.qtbot.keyClick(at()[0], Qt.Key.Key_P)
        opened.settle()
        opened.settle()
        box, item = at()
        assert (item.state, item.on, item.who) == (ItemState.GEDAAN, earlier, who)
        assert box.accessibleDescription() == f"gedaan, door {who.value}"


def test_wish_and_step_are_written_down(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    number = page.case_id
    assert number is not None
    page.change_wish.click()
    wish = opened.child(WishDialog)
    wish.wish.choose("erkenning")
    wish.verb.click()
    opened.until(lambda: opened.ask(lambda vault: cases.get_case(vault, number)).wens == "erkenning")
    page.plan_step()
    step = opened.child(StepDialog)
    step.kind.choose(TodayKind.TERUGBELLEN.value)
    assert step.what.text() == "Terugbellen"
    step.verb.click()
    opened.until(lambda: opened.gone(StepDialog))
    opened.settle()
    day = page.context.clock().date()
    kinds = {item.kind for item in opened.ask(lambda vault: cases.case_page(vault, number, today=day)).reminders}
    assert TodayKind.TERUGBELLEN in kinds


def test_a_labour_conflict_inside_the_field_of_work_is_asked_about_once(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    number = page.case_id
    assert number is not None
    page.edit_facts()
    dialog = opened.child(FactsDialog)
    dialog.theme.box.choose(CONFLICT)
    dialog.field.box.choose("ongewenste omgangsvormen")
    dialog.verb.click()
    assert dialog.question.isVisible()
    dialog.verb.click()
    opened.until(lambda: opened.ask(lambda vault: cases.get_case(vault, number)).thema == CONFLICT)


def test_facts_that_do_not_fit_together_are_said_in_the_form_which_keeps_them(opened: Opened) -> None:
    page = open_case(opened, Phase.VOORFASE)
    number = page.case_id
    assert number is not None
    page.edit_facts()
    dialog = opened.child(FactsDialog)
    dialog.theme.box.choose("seksuele intimidatie")
    dialog.field.box.choose("integriteit")
    dialog.relation.box.choose("collega")
    dialog.verb.click()
    assert "Er is niets bewaard" in dialog.wrong
    assert dialog.isVisible()
    assert (dialog.field.code, dialog.relation.code) == ("integriteit", "collega")
    dialog.field.box.choose("ongewenste omgangsvormen")
    dialog.verb.click()
    opened.until(lambda: opened.ask(lambda vault: cases.get_case(vault, number)).relatie == "collega")


def test_a_case_without_a_talk_needs_only_an_organisation(opened: Opened) -> None:
    page = opened.go(PageName.CASUSSEN)
    assert isinstance(page, CasesPage)
    page.new_button.click()
    opened.settle()
    opened.child(NewCaseDialog).verb.click()
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    number = case_page(opened).case_id
    assert opened.ask(lambda vault: cases.get_case(vault, CaseId(number or 0))).rol == "onbekend"


def test_searching_notes_shows_hits_and_opens_them(opened: Opened) -> None:
    page = opened.go(PageName.GESPREKKEN)
    assert isinstance(page, ConversationsPage)
    assert page.first_focus() is page.table
    opened.qtbot.keyClicks(page.search, "regeling")
    opened.until(lambda: page.first_focus() is page.hits)
    hit = page.hits.rows.rows[-1]
    page.hits.choose(hit.key)
    opened.qtbot.keyClick(page.hits, Qt.Key.Key_Return)
    opened.settle()
    assert conversation_page(opened).talk is not None


def test_organisations_are_added_changed_and_divided(opened: Opened) -> None:
    page = opened.go(PageName.ORGANISATIES)
    assert isinstance(page, ClientsPage)
    page.new_button.click()
    dialog = opened.child(ClientDialog)
    dialog.verb.click()
    assert dialog.isVisible(), "a name is needed"
    dialog.name.setText("Stichting Speelwijs")
    opened.settle()
    dialog.part_of.setCurrentIndex(1)
    whole = dialog.part_of.currentText()
    dialog.verb.click()
    opened.until(lambda: opened.gone(ClientDialog))
    opened.settle()
    client = opened.ask(lambda vault: clients.client_by_name(vault, "Stichting Speelwijs"))
    assert client is not None
    assert client.part_of is not None
    assert opened.ask(lambda vault: clients.get_client(vault, client.part_of)).name == whole
    opened.until(lambda: page.list.key == client.id)
    opened.settle()
    page.add_unit.click()
    unit = opened.child(UnitDialog)
    unit.name.setText("Buitenschoolse opvang")
    unit.verb.click()
    opened.until(lambda: bool(opened.ask(lambda vault: clients.units(vault, client.id))))
    opened.until(lambda: opened.gone(UnitDialog))
    opened.settle()
    rename(opened, page, "Buitenschoolse opvang hernoemen", "Peuters")
    page.add_unit.click()
    second = opened.child(UnitDialog)
    second.name.setText("peuters")
    second.verb.click()
    opened.settle()
    assert second.isVisible(), "another unit has that name"
    second.back.click()
    opened.settle()
    assert [(unit.name, unit.code) for unit in opened.ask(lambda vault: clients.units(vault, client.id))] == [
        ("Peuters", "buitenschoolse opvang")
    ]


def rename(opened: Opened, page: ClientsPage, button: str, name: str) -> None:
    def found() -> list[Button]:
        return [b for b in page.findChildren(Button) if b.accessibleName() == button and b.isVisible()]

    opened.until(lambda: bool(found()))
    found()[0].click()
    opened.settle()
    dialog = opened.child(UnitDialog)
    assert dialog.name.text() == button.removesuffix(" hernoemen")
    dialog.name.setText(name)
    dialog.verb.click()
    opened.until(lambda: opened.gone(UnitDialog))
    opened.until(lambda: name in [label.text() for label in page.findChildren(Label) if label.isVisible()])


def test_empty_pages_say_what_goes_there_and_offer_the_first_step(empty: Opened) -> None:
    cases_page = empty.go(PageName.CASUSSEN)
    assert isinstance(cases_page, CasesPage)
    assert cases_page.first_focus() is cases_page.first_talk
    clients_page = empty.go(PageName.ORGANISATIES)
    assert isinstance(clients_page, ClientsPage)
    assert clients_page.first_focus() is clients_page.first
    vandaag = empty.go(PageName.VANDAAG)
    assert isinstance(vandaag, TodayPage)
    assert vandaag.lists == []
    assert any(isinstance(child, QWidget) and child.isVisible() for child in vandaag.findChildren(QWidget, "inside"))


def test_agreements_of_a_talk_can_be_changed_afterwards(opened: Opened) -> None:
    row = opened.ask(lambda vault: conversations.list_conversations(vault, limit=1))[0]
    before = opened.ask(lambda vault: conversations.get_conversation(vault, row.id))
    page = opened.go(PageName.GESPREK, conversation=row.id, case=row.case)
    assert isinstance(page, ConversationPage)
    assert page.where.text() == f"{row.case_code} · {row.pseudonym}"
    page.details.click()
    opened.settle()
    page.panel.agreements.setText("wij bellen maandag")
    page.panel.save.click()
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    opened.settle()
    after = opened.ask(lambda vault: conversations.get_conversation(vault, row.id))
    assert after.agreements == "wij bellen maandag"
    assert (after.phase, after.report) == (before.phase, before.report)


def test_a_wiped_text_leaves_no_draft(opened: Opened) -> None:
    page = opened.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    opened.qtbot.keyClicks(page.writing, WORDS)
    page.save_draft()
    opened.settle()
    assert opened.ask(conversations.drafts)
    page.writing.clear()
    page.save_draft()
    opened.settle()
    assert opened.ask(conversations.drafts) == ()


def test_a_talk_settles_what_was_due_and_aftercare_returns(opened: Opened) -> None:
    day = opened.desk.context.clock().date()
    due = next(
        item
        for item in opened.ask(lambda vault: today.today_items(vault, today=day))
        if item.kind is TodayKind.NAZORG and item.due <= day
    )
    page = opened.go(PageName.GESPREK, case=due.case)
    assert isinstance(page, ConversationPage)
    opened.qtbot.keyClicks(page.writing, WORDS)
    page.go_forward()
    opened.settle()
    assert [box.isChecked() for box in page.panel.due.values()] == [True]
    page.panel.save.click()
    opened.until(lambda: isinstance(opened.desk.page, CasePage))
    opened.settle()
    left = opened.ask(lambda vault: today.today_items(vault, today=day))
    assert due.reminder not in {item.reminder for item in left}
    assert due.case is not None
    number = due.case
    planned = opened.ask(lambda vault: cases.case_page(vault, number, today=day)).reminders
    assert [item.due > day for item in planned if item.kind is TodayKind.NAZORG] == [True]


def test_a_talk_without_any_organisation_says_where_to_make_one_each_time(empty: Opened) -> None:
    page = empty.go(PageName.GESPREK)
    assert isinstance(page, ConversationPage)
    empty.qtbot.keyClicks(page.writing, "Belde in de pauze.")
    page.go_forward()
    empty.settle()
    said = page.panel._wrong.text()
    assert "Voeg die toe bij Organisaties" in said
    page.panel.finish()
    assert page.panel._wrong.text() == said, "there is nothing to choose"
