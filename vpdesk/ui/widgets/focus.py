"""The ring around what has the keyboard.

A style sheet knows no outline offset, and a style in Python is asked for every line that is painted. So one
transparent widget follows the focus instead: it shares the parent of the focused control, and is therefore clipped and
scrolled with it.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from vpdesk.ui import theme
from vpdesk.ui.widgets.lists import keyboard_focus

_REACH = {"outside": 4, "round": 4, "tight": 2}


class FocusRing(QWidget):
    """Paints the ring of controls with the property `ring`: outside, round or tight."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self.hide()
        app.focusChanged.connect(self._follow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring when the window is used by keyboard."""
        del event
        if self._target is None or not keyboard_focus(self._target):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("focus"), 2))
        shape = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = shape.height() / 2 if self._target.property("ring") == "round" else 9
        painter.drawRoundedRect(shape, radius, radius)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move with the control."""
        kind = event.type()
        if watched is self._target:
            if kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
                self._place()
            elif kind in {QEvent.Type.Hide, QEvent.Type.ParentAboutToChange, QEvent.Type.Destroy}:
                self._leave()
            elif kind == QEvent.Type.KeyPress:
                self.update()
        return False

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._leave()
        if now is not None and now.property("ring") and now.parentWidget() is not None:
            self._target = now
            now.installEventFilter(self)
            self.setParent(now.parentWidget())
            self._place()
            self.show()

    def _leave(self) -> None:
        if self._target is not None:
            self._target.removeEventFilter(self)
            self._target = None
        self.hide()
        if self.parentWidget() is not None:
            self.setParent(None)

    def _place(self) -> None:
        if self._target is not None:
            reach = _REACH[str(self._target.property("ring"))]
            self.setGeometry(self._target.geometry().adjusted(-reach, -reach, reach, reach))
            self.raise_()
