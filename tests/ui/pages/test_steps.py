"""Steps through the window: recorded with the consent they ask, opened from the timeline, taken back, and undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.pages.test_names import nameless
from vpdesk.domain.consent import Answer, ConsentState
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.domain.steps import HANDED_OVER, Actor, Step, StepKind, StepState
from vpdesk.operations import cases, conversations, steps
from vpdesk.ui.context import PageName
from vpdesk.ui.dialog_text import drafts_of_dialogs
from vpdesk.ui.models.drafts import TalkDraft
from vpdesk.ui.models.timeline import Entry, EntryKind
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import StepDialog
from vpdesk.ui.pages.case_regie import WishDialog
from vpdesk.ui.pages.directory_dialog import EntryDialog
from vpdesk.ui.pages.step_record import RecordStep
from vpdesk.ui.pages.step_view import ConsentDialog, RemoveDialog, StepView, TakeDialog, WithdrawDialog
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from datetime import datetime

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.steps import Regie
    from vpdesk.ui.widgets.form import FormDialog

TODAY = date(2026, 1, 20)
MANAGER = "leidinggevende betrekken"
CONTENT, RECIPIENT = "Dat er iemand wordt buitengesloten", "De teamleider"


def case_of(opened: Opened, pseudonym: str) -> CasePage:
    row = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(text=pseudonym), 1))[0]
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    opened.settle()
    return page


def number_of(page: CasePage) -> CaseId:
    assert page.case_id is not None
    return page.case_id


def regie(opened: Opened, page: CasePage) -> Regie:
    number = number_of(page)
    return opened.ask(lambda vault: steps.regie(vault, number))


def newest(opened: Opened, page: CasePage) -> Step:
    row = max(regie(opened, page).steps, key=lambda step: step.id)
    return opened.ask(lambda vault: steps.get_step(vault, row.id))


def lines(page: CasePage) -> list[Entry]:
    found = [page.entries.entry(page.entries.index(row)) for row in range(page.entries.rowCount())]
    return [entry for entry in found if entry is not None and entry.step is not None]


def record(opened: Opened, page: CasePage, kind: StepKind = StepKind.ROUTE) -> RecordStep:
    page.record_step(kind)
    opened.settle()
    return opened.child(RecordStep)


def send(opened: Opened, form: FormDialog) -> None:
    kind = type(form)
    form.verb.click()
    opened.until(lambda: opened.gone(kind))
    opened.settle()


def open_step(opened: Opened, page: CasePage, step: Step) -> StepView:
    page.open_step(step.id)
    opened.settle()
    return opened.child(StepView)


def a_step_outward(opened: Opened, page: CasePage, answer: Answer | None) -> Step:
    form = record(opened, page)
    form.route.box.choose(MANAGER)
    form.actor.buttons[Actor.VERTROUWENSPERSOON].click()
    if answer is not None:
        form.consent.answer.buttons[answer].click()
    if answer is Answer.JA:
        opened.qtbot.keyClicks(form.consent.content, CONTENT)
        opened.qtbot.keyClicks(form.consent.recipient, RECIPIENT)
    send(opened, form)
    return newest(opened, page)


def test_what_the_person_does_herself_asks_nothing(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    form = record(opened, page)
    assert opened.desk.window().isVisible()
    assert form.focusWidget() is form.route.box
    assert not form.taken.isVisible(), "choosing to leave it needs no day of its own"
    form.route.box.choose("zelf aanspreken")
    assert not form.consent.isVisible()
    assert not form.actor.isVisible(), "nobody can do that for the person"
    opened.qtbot.keyClicks(form.words, "Ik zeg het zelf")
    send(opened, form)
    step = newest(opened, page)
    assert (step.code, step.actor, step.state) == ("zelf aanspreken", Actor.PERSOON, StepState.OPEN)
    assert step.choice.words == "Ik zeg het zelf"
    assert [(entry.title, entry.detail, entry.alert) for entry in lines(page)] == [
        ("Zelf aanspreken", "Nog niet gezet", False)
    ]
    assert [row.title for row in page.regie.list.rows.rows] == ["Zelf aanspreken"]


def test_no_step_is_a_choice_that_is_over_at_once(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    send(opened, record(opened, page))
    step = newest(opened, page)
    assert (step.code, step.state, step.settled) == ("geen stap", StepState.GEZET, TODAY)


def test_giving_information_never_asks_and_handing_over_does(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    form = record(opened, page, StepKind.VERWIJZING)
    assert form.focusWidget() in {form.whom, form.whom.lineEdit()}
    form.whom.setEditText("Huis voor Klokkenluiders, afdeling Advies")
    assert form.target.currentData() == "huis voor klokkenluiders", "the entry knows what it is"
    assert "Nagekeken op" in form.known.text()
    assert not form.consent.isVisible()
    assert form.taken.isChecked()
    form.manner.buttons[HANDED_OVER].click()
    assert form.consent.isVisible()
    assert not form.taken.isChecked(), "handing over waits for consent"
    assert not form._reason.isVisible()
    form.taken.click()
    assert form._reason.isVisible()
    form.verb.click()
    assert "geen toestemming" in form.wrong
    form.manner.buttons["informatie gegeven"].click()
    assert not form.consent.isVisible()
    send(opened, form)
    step = newest(opened, page)
    assert (step.manner, step.to, step.asks_consent) == (
        "informatie gegeven", "Huis voor Klokkenluiders, afdeling Advies", False,
    )  # fmt: skip


def test_what_another_organisation_has_is_not_offered(opened: Opened) -> None:
    form = record(opened, case_of(opened, "Kade"), StepKind.VERWIJZING)
    names = [form.whom.itemText(row) for row in range(form.whom.count())]
    assert "Bedrijfsarts van Waterveen" in names
    assert "Bedrijfsarts van Zilverels" not in names
    form.whom.setEditText("Iemand die nergens staat")
    assert not form.known.isVisible()
    form.reject()


def test_a_step_outward_asks_what_to_whom_and_is_kept_with_it(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    form = record(opened, page)
    form.route.box.choose(MANAGER)
    assert form.actor.isVisible()
    assert not form.consent.isVisible(), "the person does it herself unless said otherwise"
    form.actor.buttons[Actor.VERTROUWENSPERSOON].click()
    assert form.consent.isVisible()
    form.consent.answer.buttons[Answer.JA].click()
    form.verb.click()
    assert "wat u doorgeeft en aan wie" in form.wrong
    opened.qtbot.keyClicks(form.consent.content, CONTENT)
    opened.qtbot.keyClicks(form.consent.recipient, RECIPIENT)
    opened.qtbot.keyClicks(form.consent.words, "Er speelt iets")
    form.consent.ends.click()
    form.consent.until.set_day(TODAY + timedelta(days=14))
    send(opened, form)
    consent = newest(opened, page).consent
    assert consent is not None
    assert (consent.content, consent.recipient, consent.words) == (CONTENT, RECIPIENT, "Er speelt iets")
    assert (consent.term.answer, consent.term.until) == (Answer.JA, TODAY + timedelta(days=14))
    (entry,) = lines(page)
    assert entry.detail == "Toestemming op 20 januari 2026"
    assert CONTENT not in repr(entry)
    assert CONTENT not in repr(page.regie.list.rows.rows)


def test_a_consent_that_ends_leads_from_vandaag_to_its_case(opened: Opened) -> None:
    vandaag = opened.go(PageName.VANDAAG)
    assert isinstance(vandaag, TodayPage)
    items = [row.key for shown in vandaag.lists for row in shown.rows.rows]
    found = [item for item in items if getattr(item, "kind", None) is TodayKind.TOESTEMMING]
    assert found == [], "the consent of Emmer ends in another month"
    page = case_of(opened, "Emmer")
    row = next(step for step in regie(opened, page).steps if step.code == MANAGER)
    view = open_step(opened, page, opened.ask(lambda vault: steps.get_step(vault, row.id)))
    view.ways["withdraw"].click()
    send(opened, opened.child(WithdrawDialog))
    view.ways["ask"].click()
    ask = opened.child(ConsentDialog)
    ask.fields.answer.buttons[Answer.JA].click()
    opened.qtbot.keyClicks(ask.fields.content, CONTENT)
    assert ask.fields.recipient.text() == RECIPIENT, "proposed from the step"
    ask.fields.ends.click()
    ask.fields.until.set_day(TODAY + timedelta(days=3))
    send(opened, ask)
    view.reject()
    vandaag = opened.go(PageName.VANDAAG)
    assert isinstance(vandaag, TodayPage)
    (row,) = [row for shown in vandaag.lists for row in shown.rows.rows if row.title == "Toestemming eindigt"]
    assert RECIPIENT not in row.spoken
    vandaag._act(row.key)
    opened.settle()
    assert isinstance(opened.desk.page, CasePage)


def test_acting_without_consent_takes_a_reason_that_cannot_be_taken_away(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    step = a_step_outward(opened, page, Answer.NEE)
    assert step.consent_state(TODAY) is ConsentState.GEWEIGERD
    view = open_step(opened, page, step)
    view.ways["take"].click()
    take = opened.child(TakeDialog)
    assert take._reason.isVisible()
    take.verb.click()
    opened.until(lambda: bool(take.wrong))
    opened.qtbot.keyClicks(take.reason, "Acuut gevaar")
    send(opened, take)
    assert view.step is not None
    assert view.step.reason == "Acuut gevaar"
    assert "Acuut gevaar" in view.state.accessibleName()
    assert not any(button.isVisible() for button in view.ways.values()), "nothing more can be done, nor taken away"
    (entry,) = lines(page)
    assert (entry.detail, entry.alert) == ("Gezet, zonder toestemming", True)
    view.reject()


def test_consent_taken_back_is_seen_and_the_step_can_be_given_up(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    step = a_step_outward(opened, page, Answer.JA)
    view = open_step(opened, page, step)
    assert [key for key, button in view.ways.items() if button.isVisible()] == ["withdraw", "take", "lapse", "remove"]
    view.ways["take"].click()
    take = opened.child(TakeDialog)
    assert not take._reason.isVisible()
    take.day.set_day(TODAY - timedelta(days=1))
    assert take._reason.isVisible(), "nobody had agreed by then"
    take.reject()
    view.ways["withdraw"].click()
    send(opened, opened.child(WithdrawDialog))
    assert "ingetrokken" in view.state.accessibleName()
    (entry,) = lines(page)
    assert (entry.detail, entry.alert) == ("Toestemming ingetrokken op 20 januari 2026", True)
    assert page.regie.list.rows.rows[0].detail == "ingetrokken, vandaag"
    view.ways["lapse"].click()
    opened.settle()
    assert newest(opened, page).state is StepState.VERVALLEN
    view.reject()


def test_enter_on_a_line_of_the_timeline_opens_the_step_and_what_came_of_it_is_kept(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    step = a_step_outward(opened, page, Answer.JA)
    row = next(
        row for row in range(page.entries.rowCount())
        if (entry := page.entries.entry(page.entries.index(row))) and entry.step == step.id
    )  # fmt: skip
    assert page.entries.entry(page.entries.index(row)).kind is not EntryKind.NEXT  # type: ignore[union-attr] # found
    page.timeline.setCurrentIndex(page.entries.index(row))
    opened.qtbot.keyClick(page.timeline, Qt.Key.Key_Return)
    opened.settle()
    view = opened.child(StepView)
    opened.qtbot.keyClicks(view.came, "De teamleider luisterde")
    view.ways["take"].click()
    send(opened, opened.child(TakeDialog))
    assert view.came.toPlainText() == "De teamleider luisterde", "what is being typed stays"
    send(opened, view)
    done = newest(opened, page)
    assert (done.result, done.state) == ("De teamleider luisterde", StepState.GEZET)
    page.regie.list.choose(step.id)
    opened.qtbot.keyClick(page.regie.list, Qt.Key.Key_Return)
    opened.settle()
    assert opened.child(StepView).came.toPlainText() == "De teamleider luisterde"
    opened.child(StepView).reject()


def test_a_step_can_be_undone_at_once_and_taken_away_later(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    a_step_outward(opened, page, None)
    toast = opened.desk.findChild(Toast)
    assert "nog vragen" in toast.text
    toast._take_back()
    opened.settle()
    assert lines(page) == []
    step = a_step_outward(opened, page, Answer.JA)
    view = open_step(opened, page, step)
    view.ways["remove"].click()
    opened.child(RemoveDialog).verb.click()
    opened.until(lambda: opened.gone(RemoveDialog) and opened.gone(StepView))
    opened.settle()
    assert lines(page) == []


def test_a_question_that_is_not_answered_is_not_kept(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    view = open_step(opened, page, a_step_outward(opened, page, None))
    view.ways["ask"].click()
    ask = opened.child(ConsentDialog)
    ask.verb.click()
    assert "Kies ja of nee" in ask.wrong
    ask.fields.answer.buttons[Answer.JA].click()
    assert ask.wrong == ""
    ask.verb.click()
    assert "aan wie" in ask.wrong
    ask.fields.answer.buttons[Answer.NEE].click()
    send(opened, ask)
    assert newest(opened, page).consent_state(TODAY) is ConsentState.GEWEIGERD
    view.reject()


@pytest.mark.parametrize("ask", ["record", "plan"])
def test_what_is_outside_the_role_offers_help_and_blocks_nothing(opened: Opened, ask: str) -> None:
    page = case_of(opened, "Kade")
    if ask == "plan":
        page.plan_step()
        form: StepDialog | RecordStep = opened.child(StepDialog)
        field = form.detail  # type: ignore[union-attr] # by the line above
    else:
        form = record(opened, page)
        form.route.box.choose("zelf aanspreken")
        field = form.words
    assert form.hint.isHidden()
    opened.qtbot.keyClicks(field, "Zelf onderzoek doen")
    assert "hoort niet bij uw rol" in form.hint.accessibleName()
    assert form.hint.isVisible()
    field.setText("")
    assert form.hint.isHidden()
    opened.qtbot.keyClicks(field, "Nagaan of het waar is")
    send(opened, form)


def test_passing_something_else_on_asks_whom_and_consent(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    form = record(opened, page)
    form.kind.choose(StepKind.DOORGEVEN.value)
    assert form.consent.isVisible()
    assert not form.route.isVisible()
    form.verb.click()
    assert "aan wie" in form.wrong
    opened.qtbot.keyClicks(form.to, "De directie")
    send(opened, form)
    assert lines(page)[0].title == "Doorgeven: De directie"


def test_a_wish_is_kept_beside_the_earlier_ones_and_can_be_taken_back(opened: Opened) -> None:
    page = case_of(opened, "Paraplu")
    before = regie(opened, page).wishes
    assert [wish.code for wish in before] == ["gedrag laten stoppen", "nog onbeslist"]
    opened.desk.commands.case_wish.trigger()
    dialog = opened.child(WishDialog)
    dialog.wish.choose("erkenning")
    opened.qtbot.keyClicks(dialog.words, "Dat iemand het ziet")
    send(opened, dialog)
    found = regie(opened, page).wishes
    assert (found[:2], found[2].code, found[2].words) == (before, "erkenning", "Dat iemand het ziet")
    assert "Dat iemand het ziet" in page.regie._wish.words.text()
    assert page.regie._wish.before.text().startswith("Eerder: Nog onbeslist")
    opened.desk.findChild(Toast)._take_back()
    opened.settle()
    assert regie(opened, page).wishes == before
    assert "Nog onbeslist" in page.regie._wish.words.text()
    number = number_of(page)
    assert opened.ask(lambda vault: cases.get_case(vault, number)).wens == "nog onbeslist"


def test_many_steps_show_what_is_open_first_and_say_where_the_rest_is(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    for _ in range(6):
        send(opened, record(opened, page))
    outward = a_step_outward(opened, page, None)
    form = record(opened, page)
    form.route.box.choose("klacht")
    send(opened, form)
    shown = page.regie.list.rows.rows
    assert [row.title for row in shown[:3]] == ["Leidinggevende betrekken", "Klacht", "Geen stap"]
    assert (len(shown), shown[0].key) == (5, outward.id)
    assert page.regie.more.text() == "Alle 8 stappen staan in de tijdlijn."
    assert page.regie.more.isVisible()
    case_of(opened, "Rietpluim")
    assert not page.regie.list.isVisible()


@pytest.mark.parametrize("text", ["Stap van de persoon", "Verwijzing vastleggen", "Wens van de persoon"])
def test_every_way_is_a_command(opened: Opened, text: str) -> None:
    case_of(opened, "Kade")
    (action,) = [action for action in opened.desk.commands.of_case if action.text().startswith(text)]
    assert action.isEnabled()
    action.trigger()
    opened.settle()
    dialog = opened.child(WishDialog if text.startswith("Wens") else RecordStep)
    assert nameless(dialog) == []
    dialog.reject()
    page = opened.desk.page
    assert isinstance(page, CasePage)
    assert [action.text() for action in page._plan_menu().actions()] == [
        "Stap van de persoon vastleggen…", "Verwijzing vastleggen…", "Stap of nazorg plannen…",
        "Melding vastleggen…", "Benadeling vastleggen…",
    ]  # fmt: skip


def test_what_is_typed_about_a_step_outlives_a_lock_and_goes_with_the_case(opened: Opened, clock: datetime) -> None:
    page = case_of(opened, "Kade")
    form = record(opened, page)
    form.route.box.choose(MANAGER)
    form.actor.buttons[Actor.VERTROUWENSPERSOON].click()
    form.consent.answer.buttons[Answer.JA].click()
    opened.qtbot.keyClicks(form.consent.content, CONTENT)
    opened.qtbot.keyClicks(form.words, "Doe het maar")
    ((key, text),) = drafts_of_dialogs(clock)
    opened.ask(lambda vault: conversations.save_draft(vault, key=key, text=text, now=clock))
    (draft,) = [draft for draft in opened.ask(conversations.drafts) if draft.key == key]
    read = TalkDraft.read(draft)
    assert CONTENT in read.text
    assert "Doe het maar" in read.text
    assert read.case == page.case_id
    form.reject()


def test_every_form_of_a_step_names_its_controls(opened: Opened) -> None:
    page = case_of(opened, "Kade")
    step = a_step_outward(opened, page, Answer.JA)
    view = open_step(opened, page, step)
    assert nameless(view) == []
    for key, kind in (("withdraw", WithdrawDialog), ("take", TakeDialog), ("remove", RemoveDialog)):
        view.ways[key].click()
        assert nameless(opened.child(kind)) == []
        opened.child(kind).reject()
    form = record(opened, page)
    form.route.box.choose(MANAGER)
    form.actor.buttons[Actor.VERTROUWENSPERSOON].click()
    form.consent.answer.buttons[Answer.JA].click()
    assert nameless(form) == []
    form.reject()
    view.reject()


def test_every_part_of_a_form_has_an_owner_in_the_window(opened: Opened) -> None:
    """What only Python owns is destroyed by whichever thread collects garbage, and Qt does not survive that."""
    page = case_of(opened, "Kade")
    step = a_step_outward(opened, page, Answer.JA)
    view = open_step(opened, page, step)
    context, case = opened.desk.context, view.case
    small = [kind(context, view, case, step) for kind in (ConsentDialog, WithdrawDialog, TakeDialog, RemoveDialog)]
    others = (RecordStep(context, page, case), WishDialog(context, page, case), EntryDialog(context, page, print))
    opened.settle()
    for form in (view, *small, *others, page.regie, opened.go(PageName.SOCIALE_KAART)):
        loose = [name for name, part in vars(form).items() if isinstance(part, QWidget) and part.parent() is None]
        assert loose == [], form
    for form in (*small, *others, view):
        form.close()
