"""Where the pages of the window stand: each as large as its own contents need, with scroll bars for what does not fit.

A stack asks for the room of its largest page, and an area for the height its contents would like best. So a page seen
before made the next one too wide, and a panel that could scroll was cut at its foot. Here the page that is shown counts
alone, with the least it can do with.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget

from vpdesk.ui.widgets.cards import clear_ground


class PageArea(QScrollArea):
    """Holds a stack of pages."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__()
        self._stack = stack
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewport(clear_ground())
        self.setWidget(stack)
        stack.setAutoFillBackground(False)
        stack.installEventFilter(self)
        stack.currentChanged.connect(lambda _: self._fit())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page the room there is."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when the page needs more or less."""
        if watched is self._stack and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        room = self.maximumViewportSize()
        least = self._least(room.width())
        if least.height() > room.height():
            room.setWidth(room.width() - self.verticalScrollBar().sizeHint().width())
            least = self._least(room.width())
        if least.width() > room.width():
            room.setHeight(room.height() - self.horizontalScrollBar().sizeHint().height())
        self._stack.resize(least.expandedTo(room))

    def _least(self, width: int) -> QSize:
        """Return the least size of the page that is shown, when it is that wide."""
        page = self._stack.currentWidget()
        if page is None:
            return QSize()
        layout = page.layout()
        if layout is None:
            return page.minimumSizeHint()
        least = layout.totalMinimumSize()
        if layout.hasHeightForWidth():
            least.setHeight(layout.totalMinimumHeightForWidth(max(width, least.width())))
        return least
