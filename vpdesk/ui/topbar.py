"""The top row: menus, the practice ribbon, the search field, a new conversation and the lock."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QMenuBar, QSizePolicy

from vpdesk.domain.wording import PRACTICE
from vpdesk.ui import icons, theme
from vpdesk.ui.actions import Actions, shown_keys, tooltip
from vpdesk.ui.widgets.buttons import PLAIN, Button, Pushed, popup_under
from vpdesk.ui.widgets.chips import StatusChip
from vpdesk.ui.widgets.keys import paint_key

_MENUS_FROM: Final = 840


class PracticeRibbon(StatusChip):
    """Says that everything here is invented; short where there is little room."""

    def __init__(self) -> None:
        super().__init__(PRACTICE, "practice")
        self.setToolTip(PRACTICE)

    def shorten(self, *, short: bool) -> None:
        """Say it in one word, or whole."""
        self.show_state("Oefenkluis" if short else PRACTICE, "practice")


class SearchButton(Pushed):
    """Looks like a search field and opens the palette."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._keys = shown_keys(action)
        self._words = action.text()
        self.small = False
        self.setAccessibleName(action.text())
        self.setToolTip(tooltip(action))
        self.setProperty("ring", "outside")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)

    def sizeHint(self) -> QSize:
        """Return the width of a field, or of its icon."""
        return QSize(theme.px(30) if self.small else theme.px(270), theme.px(30))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint field, icon, words and key."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        size = theme.px(16)
        icons.paint(painter, QRect(8, 0, size, self.height()), "zoek", "muted", size)
        if self.small:
            return
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font("body"))
        room = self.rect().adjusted(size + 16, 0, -70, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self._words)
        paint_key(painter, self.rect().adjusted(0, 0, -8, 0), self._keys)


class TopBar(QFrame):
    """Menus at the left, search and the two commands that are always near at the right."""

    def __init__(self, actions: Actions, *, practice: bool) -> None:
        super().__init__()
        self.setProperty("kind", "top")
        self.setAccessibleName("Bovenste rij")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(8)
        self.pages_button = Button(icon="lijst", kind=PLAIN, name="Onderdelen")
        self.pages_button.hide()
        self.menu_button = Button("Menu", PLAIN)
        self.menu_button.hide()
        self.menu_button.clicked.connect(self._open_menus)
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(True)
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        fill_menus(self.menus, actions)
        self.ribbon = PracticeRibbon() if practice else None
        self.clock = Button("0:00", icon="activiteiten", size=30)
        self.clock.hide()
        self.search = SearchButton(actions.search)
        self.talk = Button.of(actions.new_conversation, "Gesprek", icon="plus", size=30)
        self.lock = Button(icon="slot", keys=shown_keys(actions.lock), name=tooltip(actions.lock), size=30)
        self.lock.clicked.connect(actions.lock.trigger)
        row.addWidget(self.pages_button)
        row.addWidget(self.menu_button)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        if self.ribbon is not None:
            row.addWidget(self.ribbon)
        for widget in (self.clock, self.search, self.talk, self.lock):
            row.addWidget(widget)
        self.fit(1280)

    def sizeHint(self) -> QSize:
        """Return the height of the row."""
        return QSize(super().sizeHint().width(), theme.px(44))

    def fit(self, width: int) -> None:
        """Keep what matters when the window is narrow."""
        theme.measure(self, "setFixedHeight", 44)
        units = width / theme.text_factor()
        self.menus.setVisible(units >= _MENUS_FROM)
        self.menu_button.setVisible(units < _MENUS_FROM)
        self.search.small = units < 900
        self.search.updateGeometry()
        self.talk.keys = "" if units < 900 else "Ctrl+N"
        self.talk.updateGeometry()
        self.lock.keys = "" if units < 900 else "Ctrl+L"
        self.lock.updateGeometry()
        if self.ribbon is not None:
            self.ribbon.shorten(short=units < 1100)

    def _open_menus(self) -> None:
        menu = QMenu(self)
        for action in self.menus.actions():
            menu.addAction(action)
        menu.popup(popup_under(self.menu_button))


def fill_menus(bar: QMenuBar, actions: Actions) -> None:
    """Put every command in a menu."""
    _menu(
        bar,
        "&Bestand",
        [
            actions.new_conversation,
            actions.quick_note,
            actions.new_call_back,
            actions.new_case,
            actions.new_client,
            actions.new_activity,
            actions.plan_activity,
            actions.timer,
            None,
            actions.import_sheet,
            actions.hand_over,
            actions.take_over,
            actions.handovers,
            actions.export_report,
            actions.invoice_hours,
            None,
            actions.backup,
            actions.restore,
            actions.move,
            actions.laptop_paper,
            actions.absence_paper,
            actions.fetch_text,
            None,
            actions.lock,
            actions.quit,
        ],
    )
    edit = _menu(bar, "Be&werken", [actions.undo])
    for text, keys, slot in (
        ("Opnieuw doen", QKeySequence.StandardKey.Redo, "redo"),
        ("Knippen", QKeySequence.StandardKey.Cut, "cut"),
        ("Kopiëren", QKeySequence.StandardKey.Copy, "copy"),
        ("Plakken", QKeySequence.StandardKey.Paste, "paste"),
        ("Alles selecteren", QKeySequence.StandardKey.SelectAll, "selectAll"),
    ):
        # The shortcut is the text field's own; here it is only shown.
        made = edit.addAction(f"{text}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}")
        made.triggered.connect(partial(_to_focused, slot))
    edit.addSeparator()
    edit.addAction(actions.find)
    edit.addAction(actions.search)
    _menu(
        bar,
        "Bee&ld",
        [
            *actions.pages.values(),
            actions.directory,
            actions.matters,
            actions.retention,
            actions.guided_list,
            actions.avg_help,
            None,
            actions.back,
            actions.forward,
            actions.next_region,
            None,
            actions.sidebar,
            actions.discreet,
        ],
    )
    _menu(bar, "&Casus", [*actions.of_case, None, actions.check_conflict])
    _menu(bar, "&Vastleggen", [actions.danger, actions.guided_break, actions.guided_request, actions.guided_avg])
    _menu(bar, "&Help", [actions.shortcuts, actions.about])


def _menu(bar: QMenuBar, title: str, entries: list[QAction | None]) -> QMenu:
    menu = bar.addMenu(title)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            menu.addAction(entry)
    return menu


def _to_focused(method: str, _checked: object = None) -> None:
    """Call a method of the text field that has the keyboard, if it has that method."""
    call = getattr(QApplication.focusWidget(), method, None)
    if callable(call):
        call()
