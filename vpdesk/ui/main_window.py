"""The window itself: one screen at a time, a title that tells nothing, the place on the display kept."""

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.ui import icons
from vpdesk.ui.preferences import Preferences

TITLE = "vpdesk"
SMALLEST = QSize(640, 400)
FIRST = QSize(1280, 800)
_FRAME = QMargins(4, 40, 4, 4)
"""Room for what a window manager puts around the window, which is known only once it did."""


class MainWindow(QWidget):
    """Holds the wizard, the lock screen or the desk; `painted` follows the first paint of each screen.

    `closing` is emitted when the user closes the window; whoever listens ends the program.
    """

    painted = Signal()
    closing = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._may_close = False
        self._fresh = True
        self.screen_: QWidget | None = None
        self.setWindowTitle(TITLE)
        self.setWindowIcon(mark())
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        if not (preferences.geometry and self.restoreGeometry(preferences.geometry)):
            self.resize(FIRST)
        self._fit_screen()

    def _fit_screen(self) -> None:
        """Stay within the screen, which may be smaller than the usual size or than where the window stood before."""
        screen = QGuiApplication.screenAt(self.geometry().center()) or self.screen()
        room = screen.availableGeometry().marginsRemoved(_FRAME)
        self.setMinimumSize(SMALLEST.boundedTo(room.size()))
        if self.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
            return
        place = self.geometry()
        place.setSize(place.size().boundedTo(room.size()))
        if not screen.availableGeometry().contains(place):
            place.moveRight(min(place.right(), room.right()))
            place.moveBottom(min(place.bottom(), room.bottom()))
            place.moveLeft(max(place.left(), room.left()))
            place.moveTop(max(place.top(), room.top()))
        if place != self.geometry():
            self.setGeometry(place)

    def show_screen(self, screen: QWidget, first: QWidget | None = None) -> None:
        """Put a screen in the place of the one before it, which is destroyed with all it shows."""
        before, self.screen_ = self.screen_, screen
        if before is not None:
            self._layout.removeWidget(before)
            before.hide()
            before.setParent(None)
            before.deleteLater()
        self._layout.addWidget(screen)
        self._fresh = True
        if not self.isVisible():
            self.show()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def raise_up(self) -> None:
        """Come to the front, as a second start asks."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()

    def keep_geometry(self) -> None:
        """Remember where the window stands."""
        self._preferences.geometry = self.saveGeometry()
        self._preferences.save()

    def leave(self) -> None:
        """Close for good; the session has ended."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the session end first: drafts, a copy that is due, the vault."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that a new screen reached the display."""
        super().paintEvent(event)
        if self._fresh and self.screen_ is not None:
            self._fresh = False
            self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the title empty of content, whatever asks for another."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowTitleChange and self.windowTitle() != TITLE:
            self.setWindowTitle(TITLE)


def mark() -> QIcon:
    """Return the product mark, which says nothing of the work."""
    return icons.icon("merk", "accent")
