"""The ring around what has the keyboard.

A style sheet knows no outline offset, and a style in Python is asked for every line that is painted. So one
transparent widget follows the focus instead: it lives in an ancestor of the focused control that has room for it,
and is clipped and scrolled with that.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import Shiboken

from vpdesk.ui import theme
from vpdesk.ui.widgets.lists import keyboard_focus, show_keyboard_focus

_REACH: Final = {"outside": 4, "round": 4, "tight": 4}


class ShortcutFocus(QObject):
    """Watches actions: after a shortcut the window is used by keyboard, and shows what has the focus."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the focus before the action moves it."""
        if event.type() == QEvent.Type.Shortcut:
            show_keyboard_focus(self._widget)
        return False


class FocusRing(QWidget):
    """Paints the ring of controls with the property `ring`: outside, round or tight."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
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
        """Move with the control and with what stands between it and the host of the ring."""
        kind = event.type()
        if kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        elif kind in {QEvent.Type.Hide, QEvent.Type.ParentAboutToChange, QEvent.Type.Destroy}:
            self._leave()
        elif kind == QEvent.Type.KeyPress:
            self.update()
        del watched
        return False

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._leave()
        host = now.parentWidget() if now is not None else None
        if now is None or host is None or not now.property("ring"):
            return
        self._target = now
        self._watched = [now]
        # Climb to where the ring has room, but not out of a page that scrolls.
        while not host.rect().contains(self._around(host)) and (above := _above(host)) is not None:
            self._watched.append(host)
            host = above
        for widget in self._watched:
            widget.installEventFilter(self)
        self.setParent(host)
        self._place()

    def _leave(self) -> None:
        watched, self._watched, self._target = self._watched, [], None
        # A control that is taken away while it has the focus tells so when there is nothing left to ask it.
        for widget in filter(Shiboken.isValid, watched):
            widget.removeEventFilter(self)
        self.hide()
        if self.parentWidget() is not None:
            self.setParent(None)

    def _place(self) -> None:
        host = self.parentWidget()
        if self._target is not None and host is not None:
            self.setGeometry(self._around(host))
            self.setVisible(self._target.isVisible())  # the keyboard can be on a page that is not shown yet
            self.raise_()

    def _around(self, host: QWidget) -> QRect:
        """Return the ring's rectangle in a host; around a box and its words, not the whole row."""
        if self._target is None:
            return QRect()
        kind = str(self._target.property("ring"))
        size = self._target.size()
        if kind == "tight":
            size.setWidth(min(size.width(), self._target.sizeHint().width()))
        reach = _REACH[kind]
        above = 0 if kind == "tight" else reach  # words above and below stay free
        return QRect(self._target.mapTo(host, QPoint(0, 0)), size).adjusted(-reach, -above, reach, above)


def _above(host: QWidget) -> QWidget | None:
    above = host.parentWidget()
    if above is None or host.isWindow() or isinstance(above.parentWidget(), QAbstractScrollArea):
        return None
    return above
