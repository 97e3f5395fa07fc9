"""What can be done with a line of Vandaag besides its one action: by one key, or from its menu."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from vpdesk.domain import wording
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.operations import call_backs
from vpdesk.operations.planning import get_planned
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages import keeping_menu, reminder_menu
from vpdesk.ui.pages.activity_dialogs import ActivityDialog
from vpdesk.ui.pages.call_back_dialogs import CallBackDialog
from vpdesk.ui.pages.today_keys import ANOTHER_DAY, DONE, NOT_NEEDED, TOMORROW
from vpdesk.ui.undoing import undoing

if TYPE_CHECKING:
    from vpdesk.domain.call_backs import CallBack

_A_DAY: Final = timedelta(days=1)
_PLACES: Final[dict[TodayKind, Callable[[TodayItem], Place]]] = {
    TodayKind.HERSTELWOORDEN: lambda _: Place(PageName.KLUIS, text="woorden"),
    TodayKind.AANSTELLING: lambda item: Place(PageName.ORGANISATIES, client=item.client),
    TodayKind.BEWAARTERMIJN: lambda _: Place(PageName.BEWAREN),
    TodayKind.VASTLEGGING: lambda item: Place(PageName.VASTLEGGING, guided=item.guided),
    TodayKind.TOESTEMMING: lambda item: Place(PageName.CASUS, case=item.case),
    TodayKind.WERKGEVER: lambda item: Place(PageName.CASUS, case=item.case),
    TodayKind.WERKAANTEKENING: lambda item: Place(PageName.GESPREK, case=item.case, conversation=item.conversation),
}
"""Where the one thing to do with a line is to go somewhere."""

NO_WAY: Final = {
    DONE: "Dit is pas gedaan als u het opent en afrondt.",
    TOMORROW: "Dit houdt zijn dag: die volgt uit de kluis.",
    ANOTHER_DAY: "Dit houdt zijn dag: die volgt uit de kluis.",
    NOT_NEEDED: "Dit kan niet vervallen. Open het om te zien wat er nodig is.",
}


def by_key(context: Context, parent: QWidget, item: TodayItem, key: Qt.Key) -> None:
    """Do with a line what a key asks for, or say why that can't be."""
    way = _ways(context, parent, item).get(key)
    if way is None:
        context.message(NO_WAY[key])
    else:
        way()


def _ways(context: Context, parent: QWidget, item: TodayItem) -> dict[Qt.Key, Callable[[], None]]:
    tomorrow = context.clock().date() + _A_DAY
    number = item.reminder
    if number is not None:
        leave_out = reminder_menu.skip if item.kind is TodayKind.NAZORG else reminder_menu.drop
        return {
            DONE: partial(reminder_menu.done, context, number),
            TOMORROW: partial(reminder_menu.postpone, context, number, tomorrow),
            ANOTHER_DAY: lambda: reminder_menu.PostponeDialog(context, parent, number).open(),
            NOT_NEEDED: partial(leave_out, context, number),
        }
    if item.call_back is not None:
        ways: dict[Qt.Key, Callable[[], None]] = {NOT_NEEDED: partial(keeping_menu.destroy, context, item)}
        if item.kind is TodayKind.TERUGBELLEN:
            ways[TOMORROW] = partial(postpone_call_back, context, item, tomorrow)
            ways[ANOTHER_DAY] = lambda: CallBackDayDialog(context, parent, item).open()
        return ways
    if item.kind is TodayKind.GRENZEN and item.case is not None:
        return {DONE: partial(reminder_menu.limits_discussed, context, item.case)}
    if item.kind is TodayKind.VERNIETIGEN:
        return {NOT_NEEDED: partial(keeping_menu.destroy, context, item)}
    if item.kind is TodayKind.BIJLAGEN:
        return {NOT_NEEDED: partial(_destroy_attachments, context, parent, item)}
    return {}


def open_item(context: Context, page: QWidget, item: TodayItem) -> None:
    """Open what a line is about."""
    if item.guided is not None:
        context.navigate(Place(PageName.VASTLEGGING, guided=item.guided))
    elif item.case is not None:
        context.navigate(Place(PageName.CASUS, case=item.case))
    elif item.conversation is not None:
        _open_talk(context, item)
    else:
        act(context, page, item)


def act(context: Context, page: QWidget, item: TodayItem) -> None:
    """Do the one obvious thing with a line."""
    if item.call_back is not None and item.kind is not TodayKind.VERNIETIGEN:
        CallBackDialog(context, page, item, item.call_back).open()
        return
    if item.kind in _PLACES:
        context.navigate(_PLACES[item.kind](item))
        return
    deeds: dict[TodayKind, Callable[[], object]] = {
        TodayKind.VERNIETIGEN: partial(keeping_menu.destroy, context, item),
        TodayKind.BIJLAGEN: partial(_destroy_attachments, context, page, item),
        TodayKind.ACTIVITEIT: partial(_note_activity, context, page, item),
    }
    if item.case is not None:
        deeds[TodayKind.GRENZEN] = partial(reminder_menu.limits_discussed, context, item.case)
    if item.reminder is not None:
        deeds[TodayKind.TERMIJN] = partial(reminder_menu.done, context, item.reminder)
    deeds.get(item.kind, partial(context.navigate, Place(PageName.GESPREK, case=item.case)))()


def _open_talk(context: Context, item: TodayItem) -> None:
    context.navigate(Place(PageName.GESPREK, case=item.case, conversation=item.conversation))


def _note_activity(context: Context, page: QWidget, item: TodayItem) -> None:
    number = item.reminder
    if number is not None:
        context.worker.run(
            partial(get_planned, reminder_id=number),
            lambda planned: ActivityDialog(context, page, planned=planned).open(),
            context.failed,
        )


def _destroy_attachments(context: Context, page: QWidget, item: TodayItem) -> None:
    """Ask for the word before the attachments of a closed case go for good."""
    from vpdesk.ui.pages.attachment_dialogs import destroy_left_over  # noqa: PLC0415 - seldom asked for

    if item.case is not None:
        destroy_left_over(context, page, item.case)


def menu_of(context: Context, page: QWidget, item: TodayItem) -> QMenu:
    """Return the menu of a line: what becomes of its day, and what opens it."""
    menu = QMenu(page)
    if item.reminder is not None:
        aftercare = item.case if item.kind is TodayKind.NAZORG else None
        menu = reminder_menu.ReminderMenu(context, page, item.reminder, aftercare_of=aftercare, keys=True)
    if item.call_back is not None and item.kind is TodayKind.TERUGBELLEN:
        ways = _ways(context, page, item)
        reminder_menu.keyed(menu.addAction("Morgen", ways[TOMORROW]), TOMORROW)
        reminder_menu.keyed(menu.addAction("Andere dag…", ways[ANOTHER_DAY]), ANOTHER_DAY)
        menu.addSeparator()
    if item.conversation is not None:
        menu.addAction("Gesprek openen", partial(_open_talk, context, item))
        menu.addAction("Werkaantekening vernietigen", partial(keeping_menu.destroy, context, item))
    if item.kind is TodayKind.BIJLAGEN:
        menu.addAction(item.action, partial(act, context, page, item))
    number = item.call_back
    if number is not None:
        menu.addAction("Terugbelnotitie openen", lambda: CallBackDialog(context, page, item, number).open())
    if item.case is not None and item.guided is None:
        menu.addAction("Casus openen", partial(open_item, context, page, item))
    elif item.kind in _PLACES:
        menu.addAction(item.action, partial(act, context, page, item))
    return menu


def postpone_call_back(context: Context, item: TodayItem, due: date, then: Callable[[], None] = lambda: None) -> None:
    """Call on another day."""
    if item.call_back is None:
        return

    def told(later: "CallBack") -> None:
        context.changes.tell(Topic.REMINDERS)
        back = partial(call_backs.postpone_call_back, number=later.id, due=item.due)
        said = f"Verplaatst naar {wording.short_date(later.due, context.clock().date())}."
        context.message(said, undo=undoing(context, back, Topic.REMINDERS))
        then()

    context.worker.run(partial(call_backs.postpone_call_back, number=item.call_back, due=due), told, context.failed)


class CallBackDayDialog(reminder_menu.DayDialog):
    """Another day for a call-back."""

    def __init__(self, context: Context, parent: QWidget, item: TodayItem) -> None:
        super().__init__(context, parent)
        self.verb.clicked.connect(lambda: postpone_call_back(context, item, self.day.day, self.accept))
