"""The sidebar: the pages, how many things wait today, and two quiet lines about the vault."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vpdesk.ui import icons, theme
from vpdesk.ui.actions import Actions, tooltip
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.lists import keyboard_focus

WIDE: Final = 184
NARROW: Final = 56
_ICON_OF: Final = {
    "vandaag": "vandaag",
    "casussen": "casussen",
    "gesprekken": "gesprek",
    "activiteiten": "activiteiten",
    "organisaties": "organisatie",
    "trends": "trend",
    "jaarverslag": "rapport",
    "kluis": "kluis",
    "instellingen": "instellingen",
}


class _Row(QAbstractButton):
    """One page in the sidebar."""

    def __init__(self, name: str, action: QAction) -> None:
        super().__init__()
        self._icon, self._action = _ICON_OF[name], action
        self.narrow = False
        self.count = 0
        self.setText(action.text())
        self.setAccessibleName(action.text())
        self.setToolTip(tooltip(action))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.toggled.connect(self.setChecked)

    def show_count(self, count: int) -> None:
        self.count = count
        waiting = f", {count} te doen" if count else ""
        self.setAccessibleName(self.text() + waiting)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW - 16, theme.px(34))

    def nextCheckState(self) -> None:
        """Stay as the navigation says; a click alone changes nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter too, and walk with the arrows."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._action.trigger()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface" if chosen else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if chosen:
            painter.setBrush(theme.colour("accent"))
            bar = self.height() // 2
            painter.drawRoundedRect(QRectF(0, (self.height() - bar) / 2, 3, bar), 1.5, 1.5)
        size = theme.px(20)
        left = (self.width() - size) // 2 if self.narrow else 10
        icons.paint(painter, QRect(left, 0, size, self.height()), self._icon, "accent" if chosen else "muted", size)
        if not self.narrow:
            painter.setFont(theme.font("body", 600 if chosen else 400))
            painter.setPen(theme.colour("text"))
            room = QRect(left + size + 10, 0, self.width(), self.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.count:
            self._paint_count(painter)
        if self.hasFocus() and keyboard_focus(self):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_count(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        if self.narrow:
            painter.drawEllipse(QRectF(self.width() / 2 + 6, 5, 8, 8))
            return
        shown = str(self.count) if self.count < 100 else "99+"
        painter.setFont(theme.font("hint", 600))
        width = max(20, painter.fontMetrics().horizontalAdvance(shown) + 12)
        height = theme.px(18)
        box = QRectF(self.width() - width - 10, (self.height() - height) / 2, width, height)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)


class _FootLine(QWidget):
    def __init__(self, icon: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 4, 0)
        row.setSpacing(8)
        self.icon = Icon(icon, "muted", 16)
        self.label = Label(text, "small", "muted")
        row.addWidget(self.icon)
        row.addWidget(self.label, 1)

    def say(self, icon: str, text: str, ink: str = "muted") -> None:
        self.icon.show_icon(icon, ink)
        self.label.setText(text)
        self.label.set_ink(ink)
        self.setToolTip(text)


class Sidebar(QFrame):
    """The pages one under the other; narrow it shows icons with tooltips."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setAccessibleName("Onderdelen")
        self.narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(2)
        self.rows = {name: _Row(name, action) for name, action in actions.pages.items()}
        for name, row in self.rows.items():
            if name == "kluis":
                rule = Rule()
                column.addSpacing(9)
                column.addWidget(rule)
                column.addSpacing(9)
            column.addWidget(row)
        column.addStretch(1)
        column.addWidget(Rule())
        column.addSpacing(6)
        self._backup = _FootLine("info", "Nog geen kopie")
        self._saved = _FootLine("schijf", "Alles bewaard")
        column.addWidget(self._backup)
        column.addSpacing(2)
        column.addWidget(self._saved)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons only, or icons and words."""
        self.narrow = narrow
        self.setFixedWidth(NARROW if narrow else theme.px(WIDE))
        for row in self.rows.values():
            row.narrow = narrow
            row.update()
        for line in (self._backup, self._saved):
            line.label.setVisible(not narrow)

    def show_waiting(self, count: int) -> None:
        """Show how many things wait today."""
        self.rows["vandaag"].show_count(count)

    def show_backup(self, icon: str, text: str, ink: str) -> None:
        """Say which copy is the newest one that was checked."""
        self._backup.say(icon, text, ink)

    def show_saved(self, *, busy: bool) -> None:
        """Say whether everything is in the vault."""
        self._saved.say("schijf", "Wordt bewaard" if busy else "Alles bewaard")

    def show_refused(self) -> None:
        """Say that the vault did not take everything."""
        self._saved.say("let_op", "Niet alles bewaard", "warning")

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedWidth(NARROW if self.narrow else theme.px(WIDE))
