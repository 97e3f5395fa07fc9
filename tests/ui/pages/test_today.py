"""Vandaag by keyboard: done, tomorrow, another day, not needed any more; and nothing there for who walks past."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from vpdesk.domain.planned import INTERVISION, Planned
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.domain.worklog import WorkFilter
from vpdesk.operations import conversations, planning, today, worklog
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.models import today_list
from vpdesk.ui.models.drafts import TalkDraft, new_key
from vpdesk.ui.pages.activities import ActivitiesPage
from vpdesk.ui.pages.activity_dialogs import ActivityDialog
from vpdesk.ui.pages.planning_dialog import PlanningDialog
from vpdesk.ui.pages.reminder_menu import PostponeDialog
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.pages.today_ways import CallBackDayDialog, menu_of
from vpdesk.ui.widgets.cards import Scroll
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import keyboard_focus, show_keyboard_focus
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.widgets.action_list import ActionList
    from vpdesk.ui.widgets.lists import ListRow

pytestmark = pytest.mark.window


def vandaag(opened: Opened) -> TodayPage:
    page = opened.go(PageName.VANDAAG)
    assert isinstance(page, TodayPage)
    opened.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return page


def rows(page: TodayPage) -> list[ListRow]:
    return [row for shown in page.lists for row in shown.rows.rows]


def chosen(page: TodayPage, kind: TodayKind, **having: Any) -> tuple[ActionList, TodayItem]:
    """Return the list with the first line of a kind, chosen there."""
    for shown in page.lists:
        for row in shown.rows.rows:
            item = row.key
            assert isinstance(item, TodayItem)
            if item.kind is kind and all(getattr(item, name) == value for name, value in having.items()):
                shown.choose(item)
                shown.setFocus()
                return shown, item
    raise AssertionError(kind)


def due_of(opened: Opened, item: TodayItem) -> list[object]:
    day = opened.desk.context.clock().date()
    found = opened.ask(lambda vault: today.today_items(vault, today=day))
    return [other.due for other in found if (other.reminder, other.call_back) == (item.reminder, item.call_back)]


def press(opened: Opened, shown: ActionList, key: Qt.Key) -> str:
    """Press a key in the list and return what is said below the page."""
    toast = opened.desk.findChild(Toast)
    toast.hide()
    opened.qtbot.keyClick(shown, key)
    opened.settle()
    return toast.text if toast.isVisible() else ""


def take_back(opened: Opened) -> None:
    opened.desk.findChild(Toast)._undo.click()
    opened.settle()


def test_one_key_does_moves_and_drops_a_line_and_each_is_taken_back(opened: Opened) -> None:
    page = vandaag(opened)
    tomorrow = page.context.clock().date() + timedelta(days=1)
    for kind, dropped in ((TodayKind.NAZORG, "Overgeslagen."), (TodayKind.STAP, "Vervallen.")):
        for key, said in ((Qt.Key.Key_G, "Gedaan."), (Qt.Key.Key_Delete, dropped), (Qt.Key.Key_M, "Verplaatst naar")):
            shown, item = chosen(page, kind)
            assert press(opened, shown, key).startswith(said)
            assert due_of(opened, item) == ([tomorrow] if key == Qt.Key.Key_M else [])
            take_back(opened)
            assert due_of(opened, item) == [item.due]


@pytest.mark.parametrize("second", [Qt.Key.Key_G, Qt.Key.Key_M, Qt.Key.Key_Delete])
def test_a_second_quick_key_does_nothing_to_a_line_that_nobody_saw(opened: Opened, second: Qt.Key) -> None:
    page = vandaag(opened)
    shown, item = chosen(page, TodayKind.NAZORG)
    day = page.context.clock().date()
    before = opened.ask(lambda vault: today.today_items(vault, today=day))
    toast = opened.desk.findChild(Toast)
    opened.qtbot.keyClick(shown, Qt.Key.Key_G)
    opened.qtbot.keyClick(shown, second)  # before the list is made anew: on the line that is under way
    opened.settle()
    assert toast.text.startswith("Gedaan.")
    took_its_place = next(one for one in page.lists if one.key is not None)
    assert took_its_place.key != item
    opened.qtbot.keyClick(took_its_place, second)  # and right after that, on the one that came in its place
    opened.settle()
    after = opened.ask(lambda vault: today.today_items(vault, today=day))
    assert {one for one in before if one != item} <= set(after)
    assert toast.text.startswith("Gedaan.")
    opened.until(lambda: page._since.hasExpired(500))  # by then it was seen
    opened.qtbot.keyClick(took_its_place, Qt.Key.Key_M)
    opened.settle()
    assert not toast.text.startswith("Gedaan.")


def test_a_key_that_is_held_does_one_thing(opened: Opened) -> None:
    page = vandaag(opened)
    shown, _ = chosen(page, TodayKind.STAP)
    done: list[object] = []
    shown.keyed.disconnect()
    shown.acted.disconnect()
    shown.keyed.connect(lambda item, _key: done.append(item))
    shown.acted.connect(done.append)
    for key in (Qt.Key.Key_G, Qt.Key.Key_Space):
        for held in (False, True, True):
            press_ = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", held)
            shown.keyPressEvent(press_)
    assert len(done) == 2


def test_another_day_is_asked_and_a_call_back_moves_too(opened: Opened) -> None:
    page = vandaag(opened)
    day = page.context.clock().date()
    shown, item = chosen(page, TodayKind.STAP)
    press(opened, shown, Qt.Key.Key_A)
    asking = opened.child(PostponeDialog)
    asking.day.set_day(day + timedelta(days=5))
    asking.verb.click()
    opened.until(lambda: opened.gone(PostponeDialog))
    assert due_of(opened, item) == [day + timedelta(days=5)]
    shown, item = chosen(page, TodayKind.TERUGBELLEN, reminder=None)
    assert press(opened, shown, Qt.Key.Key_M).startswith("Verplaatst naar")
    assert due_of(opened, item) == [day + timedelta(days=1)]
    take_back(opened)
    shown, item = chosen(page, TodayKind.TERUGBELLEN, reminder=None)
    press(opened, shown, Qt.Key.Key_A)
    later = opened.child(CallBackDayDialog)
    later.day.set_day(day + timedelta(days=3))
    later.verb.click()
    opened.until(lambda: opened.gone(CallBackDayDialog))
    assert due_of(opened, item) == [day + timedelta(days=3)]


def test_what_has_its_own_day_says_so_and_stays(opened: Opened) -> None:
    page = vandaag(opened)
    shown, item = chosen(page, TodayKind.GRENZEN)
    assert "houdt zijn dag" in press(opened, shown, Qt.Key.Key_M)
    assert "kan niet vervallen" in press(opened, shown, Qt.Key.Key_Delete)
    assert item in [row.key for row in rows(page)]
    assert press(opened, shown, Qt.Key.Key_G).startswith("Vastgelegd")
    assert item not in [row.key for row in rows(page)]
    shown, _ = chosen(page, TodayKind.BEWAARTERMIJN)
    assert "pas gedaan" in press(opened, shown, Qt.Key.Key_G)


def seen(page: TodayPage, shown: ActionList) -> bool:
    """Return whether the chosen line stands whole between the edges of the page."""
    scroll = page.findChild(Scroll)
    at = shown.visualRect(shown.currentIndex())
    top = shown.mapTo(scroll.viewport(), at.topLeft()).y()
    return top >= 0 and top + at.height() <= scroll.viewport().height()


def test_the_line_that_a_key_acts_on_next_came_in_the_place_of_the_last_and_is_seen(opened: Opened) -> None:
    opened.window.resize(1100, 560)
    opened.window.activateWindow()
    page = vandaag(opened)
    opened.until(lambda: QApplication.focusWidget() is not None)
    for kind in (TodayKind.NAZORG, TodayKind.STAP):
        shown, item = chosen(page, kind)
        show_keyboard_focus(shown)
        number = [row.key for row in rows(page)].index(item)
        follows = rows(page)[number + 1].key
        press(opened, shown, Qt.Key.Key_Delete)
        now = next(shown for shown in page.lists if shown.key is not None)
        assert now.key == follows
        assert opened.focused is now
        assert keyboard_focus(now)  # otherwise the next key would only show where the keyboard is
        opened.until(lambda page=page, now=now: seen(page, now))
        take_back(opened)


def test_a_key_held_down_acts_once(opened: Opened) -> None:
    page = vandaag(opened)
    before = len(rows(page))
    shown, _item = chosen(page, TodayKind.NAZORG)
    repeated = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(shown, repeated)
    opened.settle()
    assert len(rows(page)) == before
    press(opened, shown, Qt.Key.Key_Delete)
    assert len(rows(page)) == before - 1


def test_the_page_goes_along_with_the_chosen_line(opened: Opened) -> None:
    opened.window.resize(1100, 560)
    page = vandaag(opened)
    last = page.lists[-1]
    page.lists[0].setFocus()
    for shown in page.lists:
        while opened.focused is not shown:
            opened.qtbot.keyClick(opened.focused, Qt.Key.Key_Tab)
        for _ in shown.rows.rows:
            opened.until(lambda page=page, shown=shown: seen(page, shown))
            opened.qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert page.findChild(Scroll).verticalScrollBar().value() > 0
    assert last.key == last.rows.rows[-1].key


def test_the_menu_says_the_keys(opened: Opened) -> None:
    page = vandaag(opened)
    _, item = chosen(page, TodayKind.STAP)
    keys = {action.text(): action.shortcut().toString() for action in menu_of(page.context, page, item).actions()}
    assert {words: keys[words] for words in ("Gedaan", "Morgen", "Andere dag…", "Niet meer nodig")} == {
        "Gedaan": "G",
        "Morgen": "M",
        "Andere dag…": "A",
        "Niet meer nodig": "Del",
    }


def test_what_somebody_wrote_shows_when_asked_and_is_gone_on_coming_back(opened: Opened) -> None:
    page = vandaag(opened)
    items = [row.key for row in rows(page)]
    written = {item.title for item in items if isinstance(item, TodayItem) and item.kind is TodayKind.STAP}
    assert written
    assert written <= {"Vervolggesprek", "Terugbellen", "Overdracht bespreken"}

    def told() -> set[str]:
        return {text for row in rows(page) for text in (row.title, row.detail)}

    secret = {"Overdracht bespreken", "Met tolk", "Wat wil de melder nu"}
    assert not secret & told()
    page.words.click()
    assert secret <= told()
    assert page.words.text() == "Omschrijvingen verbergen"
    opened.go(PageName.CASUSSEN)
    page = vandaag(opened)
    assert not secret & told()
    opened.desk.commands.discreet.trigger()
    assert secret <= told()
    opened.go(PageName.CASUSSEN)
    opened.desk.commands.discreet.trigger()
    opened.settle()
    assert opened.desk.place == Place(PageName.VANDAAG, text="omschrijvingen")
    assert secret <= told(), "asked for elsewhere it comes here, and shows them"


def test_words_that_vpdesk_says_itself_stand_as_they_are(opened: Opened) -> None:
    day = opened.desk.context.clock().date()
    for row in rows(vandaag(opened)):
        item = row.key
        assert isinstance(item, TodayItem)
        if item.reminder is None:
            assert today_list.discreet(item, day) == item


def test_an_intervisie_is_planned_seen_and_written_down(opened: Opened) -> None:
    activities = opened.go(PageName.ACTIVITEITEN)
    assert isinstance(activities, ActivitiesPage)
    card, day = activities.certification, opened.desk.context.clock().date()
    for known in opened.ask(lambda vault: today.today_items(vault, today=day)):
        if known.kind is TodayKind.ACTIVITEIT and known.reminder is not None:
            opened.ask(lambda vault, number=known.reminder: planning.unplan(vault, number))
    activities.refresh()
    opened.settle()
    card.plan.click()
    form = opened.child(PlanningDialog)
    form.time.setText("half tien")
    form.verb.click()
    assert form.isVisible(), "a time that is none is said at its field"
    form.time.setText("13.30")
    form.verb.click()
    opened.until(lambda: opened.gone(PlanningDialog))
    opened.settle()
    assert "20 januari 2026, 13:30" in " ".join(label.text() for label in card.findChildren(Label))
    page = vandaag(opened)
    shown, item = chosen(page, TodayKind.ACTIVITEIT)
    row = next(row for row in rows(page) if row.key == item)
    assert (row.title, row.detail, row.middle) == ("Intervisie", "Om 13:30", "Activiteit")
    opened.qtbot.keyClick(shown, Qt.Key.Key_Space)
    opened.settle()
    asked = opened.child(ActivityDialog)
    assert asked.task.currentData() == INTERVISION
    asked.time.setText("2:00")
    asked.verb.click()
    opened.until(lambda: opened.gone(ActivityDialog))
    opened.settle()
    assert due_of(opened, item) == []
    lines = opened.ask(lambda vault: worklog.work_log(vault, WorkFilter(), limit=1))
    assert (lines[0].on, lines[0].task, lines[0].minutes) == (day, INTERVISION, 120)
    take_back(opened)
    assert due_of(opened, item) == [day]


def test_an_intervisie_that_nobody_wrote_down_is_late(opened: Opened) -> None:
    day = opened.desk.context.clock().date()
    opened.ask(lambda vault: planning.plan_activity(vault, Planned(INTERVISION, day - timedelta(days=3))))
    page = opened.go(PageName.ACTIVITEITEN)
    assert isinstance(page, ActivitiesPage)
    assert "Was op 17 januari 2026" in " ".join(label.text() for label in page.certification.findChildren(Label))


def test_drafts_are_told_apart_without_what_they_say(opened: Opened) -> None:
    page, now = vandaag(opened), opened.desk.context.clock()
    case = next(row.key for row in rows(page) if isinstance(row.key, TodayItem) and row.key.case is not None)
    assert isinstance(case, TodayItem)
    texts = (
        TalkDraft("Een geheim van veel woorden " * 9, now.date(), case=case.case),
        TalkDraft("kort geheim", now.date() - timedelta(days=2), channel="brief", minutes=5),
    )
    for talk in texts:
        opened.ask(
            lambda vault, talk=talk: conversations.save_draft(vault, key=new_key(), text=talk.written(), now=now)
        )
    page.refresh()
    opened.settle()

    def words() -> list[str]:
        return [label.text() for label in page.draft.findChildren(Label) if label.isVisible()]

    opened.until(lambda: "Nog niet gekoppeld" in words())
    said = words()
    assert f"{case.case_code} · {case.pseudonym}" in said
    assert "Nog niet gekoppeld" in said
    assert any("zo'n 50 woorden" in text for text in said)
    assert any("brief, 5 minuten, een paar woorden" in text for text in said)
    assert not any("geheim" in text for text in said)
    names = [button.accessibleName() for button in page.draft.ways]
    assert len(names) == len(set(names)) == 2
