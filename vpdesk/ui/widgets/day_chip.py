"""A chip that says a day and opens a calendar to choose another."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction

from vpdesk.domain import wording
from vpdesk.ui.widgets.buttons import popup_under
from vpdesk.ui.widgets.chips import FilterChip


def calendar(parent: QWidget | None = None) -> QCalendarWidget:
    """Return a calendar that begins on Monday, without the numbers of weeks."""
    made = QCalendarWidget(parent)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setAccessibleName("Kalender")
    return made


class DayChip(FilterChip):
    """The day of a conversation; `day_chosen(date)` tells of another."""

    day_chosen = Signal(object)

    def __init__(self, day: date, today: Callable[[], date]) -> None:
        super().__init__("", icon="vandaag")
        self._today = today
        self._day = day
        self.set_day(day)
        self.clicked.connect(self._open_calendar)

    @property
    def day(self) -> date:
        """The day shown."""
        return self._day

    def set_day(self, day: date) -> None:
        """Show a day without telling."""
        self._day = day
        words = wording.short_date(day, self._today())
        self.setText(words)
        self.setAccessibleName(f"Datum: {words}")
        self.setToolTip("Datum van het gesprek")
        self.updateGeometry()

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        days = calendar(menu)
        days.setSelectedDate(QDate(self._day.year, self._day.month, self._day.day))
        today = self._today()
        days.setMaximumDate(QDate(today.year, today.month, today.day))

        def choose(chosen: QDate) -> None:
            menu.close()
            self.set_day(date(chosen.year(), chosen.month(), chosen.day()))
            self.day_chosen.emit(self._day)

        days.clicked.connect(choose)
        days.activated.connect(choose)
        action = QWidgetAction(menu)
        action.setDefaultWidget(days)
        menu.addAction(action)
        menu.aboutToShow.connect(days.setFocus)
        menu.popup(popup_under(self))
