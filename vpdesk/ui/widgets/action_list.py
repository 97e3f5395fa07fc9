"""The two-line list whose chosen row offers its one obvious action and *meer*."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vpdesk.ui import theme
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.keys import asks_for_menu
from vpdesk.ui.widgets.lists import ListRow, TwoLineList, keyboard_focus, show_keyboard_focus

_GAP: Final = 24


class ActionList(TwoLineList):
    """`acted(key)` on the button, or Space where the focus is seen; `asked(key)` on *meer*, menu key or Shift+F10.

    `keyed(key, pressed)` on one of the `keys`, where the focus is seen.
    """

    acted = Signal(object)
    asked = Signal(object, object)  # key, QPoint on the screen
    keyed = Signal(object, object)  # key, Qt.Key

    def __init__(self, name: str, *, middle_at: float = 0.5, keys: Collection[Qt.Key] = ()) -> None:
        super().__init__(name, grows=True, middle_at=middle_at)
        self._keys = frozenset(keys)
        self._names: dict[object, str] = {}
        self._bar = QWidget(self)
        self.action = Button("Doen", PRIMARY, size=28)
        self.more = Button(icon="meer", name="Meer", size=28)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 16, 0)
        row.setSpacing(6)
        row.addWidget(self.action)
        row.addWidget(self.more)
        self._bar.hide()
        self.action.clicked.connect(lambda: self.acted.emit(self.key))
        self.more.clicked.connect(lambda: self._ask(self.more))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda _: self._ask(self.more))
        self.selectionModel().selectionChanged.connect(lambda *_: self._place())
        self.selectionModel().currentChanged.connect(lambda *_: self._place())

    def show_actions(self, rows: Sequence[ListRow], names: dict[object, str]) -> None:
        """Replace the rows; `names` says what the button of each key reads."""
        self._names = names
        self.show_rows(rows)
        self._place()

    def let_go(self) -> None:
        """Choose nothing, because the choice went to another list."""
        self.selectionModel().clear()

    def _ask(self, at: QWidget) -> None:
        if self.key is not None:
            self.asked.emit(self.key, at.mapToGlobal(at.rect().bottomLeft()))

    def _place(self) -> None:
        index = self.currentIndex()
        shown = index.isValid() and self.selectionModel().isSelected(index) and bool(self._names.get(self.key))
        self._bar.setVisible(shown)
        if not shown:
            return
        text = self._names[self.key]
        self.action.setText(text)
        self.action.setAccessibleName(f"{text}: {self.rows.rows[index.row()].title}")
        self.action.updateGeometry()
        self._bar.adjustSize()
        rect: QRect = self.visualRect(index)
        width = self._bar.sizeHint().width()
        self.delegate.kept_right = width - 16 + theme.px(_GAP) // 2
        self._bar.setGeometry(rect.right() - width + 1, rect.top() + 1, width, rect.height() - 2)
        self._bar.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the buttons with the edge."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act with Space, but only where it can be seen that the list has the keyboard; otherwise show that first.

        A key that is held counts once.
        """
        seen = keyboard_focus(self)
        show_keyboard_focus(self)
        if asks_for_menu(event):
            self._ask(self.more)
        elif self.key is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in self._keys:
            if seen and not event.isAutoRepeat():  # a key held down would do it with every line that follows
                self.keyed.emit(self.key, Qt.Key(event.key()))
        elif event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif seen and not event.isAutoRepeat():
            self.acted.emit(self.key)
