"""A dialog that fits the screen: what has no room scrolls, and what has the keyboard is always in sight."""

from typing import Final

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QVBoxLayout, QWidget

from vpdesk.ui import theme
from vpdesk.ui.widgets.fields import Field
from vpdesk.ui.widgets.lists import keyboard_focus, show_keyboard_focus

_FRAME: Final = QMargins(4, 36, 4, 8)
"""What a window manager may put around a dialog."""

RING: Final = 4
"""Room at the sides for the ring around a control with the focus, which an area that scrolls would cut off."""

_NARROWEST: Final = 240
_TRIES: Final = 6


class ScrollingFields(QScrollArea):
    """As high as its fields where the screen has room for that; otherwise they scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(RING, 0, RING, RING)
        self.column.setSpacing(12)
        self.setWidget(self.inside)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing scrolls."""
        return self.inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return what a small screen has room for."""
        return QSize(min(self.inside.minimumSizeHint().width(), theme.px(_NARROWEST)), theme.px(32))

    @property
    def missing(self) -> QSize:
        """Room that the fields need beyond what they have, at the width they have."""
        least, room = self.inside.minimumSizeHint(), self.viewport().size()
        wanted = max(self.column.totalHeightForWidth(room.width()), least.height())
        return QSize(max(0, least.width() - room.width()), max(0, wanted - room.height()))


class FittedDialog(QDialog):
    """Give its layout `scrolled` for what may scroll, and keep title and buttons outside that."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("vpdesk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.scrolled = ScrollingFields()
        self.scrolled.inside.installEventFilter(self)
        self.scrolled.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._reveal())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what is added to a dialog that is shown: Qt shows that, and counts it, only a moment later."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.scrolled.inside:
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

    _by_keyboard = False

    def changeEvent(self, event: QEvent) -> None:
        """Show the focus once the window is active: as it becomes so, Qt forgets that it was asked for by keyboard."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._by_keyboard and self.isActiveWindow():
            self._by_keyboard = False
            QTimer.singleShot(0, self, lambda: show_keyboard_focus(self))

    def showEvent(self, event: QShowEvent) -> None:
        """Grow until every field is whole, as far as the screen goes; asked for by keyboard, it shows its focus."""
        above = self.parentWidget()
        self._by_keyboard = above is not None and keyboard_focus(above)
        if self._by_keyboard:
            show_keyboard_focus(self)  # a window of its own begins without
        super().showEvent(event)
        self.fit()
        self._reveal()

    def fit(self) -> None:
        """Be as large as the contents ask, within the screen, and stand on it as a whole."""
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        layout.activate()
        room = self.screen().availableGeometry().marginsRemoved(_FRAME)
        self.setMinimumWidth(min(self.minimumWidth(), room.width()))
        for _ in range(_TRIES):  # wider lines need less height, and lines above the fields take a part of what is added
            self.resize((self.size() + self.scrolled.missing).boundedTo(room.size()))
        place = self.geometry()
        place.moveRight(min(place.right(), room.right()))
        place.moveBottom(min(place.bottom(), room.bottom()))
        place.moveLeft(max(place.left(), room.left()))
        place.moveTop(max(place.top(), room.top()))
        if place != self.geometry():
            self.setGeometry(place)

    def _focus_moved(self, _old: QWidget | None, _now: QWidget | None) -> None:
        self._reveal()

    def _reveal(self) -> None:
        """Scroll to what has the keyboard, with the label above it and the sentence below it."""
        focused = self.focusWidget()
        if focused is None or not self.isVisible():
            return
        above = focused.parentWidget()
        shown = above if isinstance(above, Field) else focused
        while above is not None and above is not self:
            if isinstance(above, QScrollArea):
                _show(above, shown)
                _show(above, focused)
            above = above.parentWidget()


def _show(area: QScrollArea, part: QWidget) -> None:
    """Scroll no further than needed; of what is higher than the area the top is shown."""
    inside = area.widget()
    if inside is None:
        return
    place = QRect(part.mapTo(inside, QPoint(0, 0)), part.size())
    for bar, first, size, room in (
        (area.verticalScrollBar(), place.top(), place.height(), area.viewport().height()),
        (area.horizontalScrollBar(), place.left(), place.width(), area.viewport().width()),
    ):
        begin, last = first - RING, first + size + RING
        if begin < bar.value() or last - begin > room:
            bar.setValue(begin)
        elif last > bar.value() + room:
            bar.setValue(last - room)
