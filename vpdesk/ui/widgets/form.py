"""A dialog with fields: a title, what goes wrong said inside it, one button that says the verb and a way back."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from vpdesk.domain.errors import VpdeskError
from vpdesk.ui import theme
from vpdesk.ui.widgets.buttons import DANGER, PRIMARY, Button
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

_FRAME: Final = 48
"""What a window manager may put around a dialog."""

_RING: Final = 4
"""Room at the sides for the ring around a control with the focus, which fields that scroll would cut off."""


class _Fields(QScrollArea):
    """As high as its fields where the screen has room for that; otherwise they scroll and the buttons stay in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(_RING, 0, _RING, _RING)
        self.column.setSpacing(12)
        self.setWidget(self.inside)

    def sizeHint(self) -> QSize:
        return self.inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.inside.minimumSizeHint().width(), theme.px(32))

    @property
    def missing(self) -> int:
        """Height that the fields need beyond what they have, at the width they have."""
        wanted = max(self.column.totalHeightForWidth(self.viewport().width()), self.inside.minimumSizeHint().height())
        return max(0, wanted - self.viewport().height())


class FormDialog(QDialog):
    """The form; `body` takes its fields. Connect `verb.clicked`, and call `failed` when the operation could not.

    Contents stay when something fails. Enter in a field and Ctrl+Enter anywhere press the verb.
    """

    def __init__(self, parent: QWidget, title: str, verb: str, *, text: str = "", final: bool = False) -> None:
        super().__init__(parent)
        self.setWindowTitle("vpdesk")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(440))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 20, 20, 20)
        outer.setSpacing(12)
        said = [Label(title, "empty", wraps=True)]
        if text:
            said.append(Label(text, "body", "muted", wraps=True))
        for label in said:
            label.setContentsMargins(_RING, 0, _RING, 0)
            outer.addWidget(label)
        self._wrong = Message("", "danger")
        self._wrong.hide()
        outer.addWidget(self._wrong)
        self._fields = _Fields()
        self.body = self._fields.column
        outer.addWidget(self._fields, 1)
        self.verb = Button(verb, DANGER if final else PRIMARY)
        self.verb.setDefault(not final)
        self.back = Button("Annuleren")
        self.back.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.verb)
        row.setContentsMargins(_RING, 0, _RING, 0)
        outer.addLayout(row)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.verb.click)

    def showEvent(self, event: QShowEvent) -> None:
        """Grow until every field is whole, as far as the screen goes."""
        super().showEvent(event)
        self._grow()

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        layout.activate()
        room = self.screen().availableGeometry().height() - _FRAME
        self.resize(self.width(), max(self.height(), min(self.height() + self._fields.missing, room)))

    @property
    def wrong(self) -> str:
        """What the form says is wrong, empty when all is well."""
        return "" if self._wrong.isHidden() else self._wrong.accessibleName()

    def failed(self, error: VpdeskError) -> None:
        """Say what could not be done; the form stays as it is."""
        self.say_wrong(error.sentence)

    def say_wrong(self, sentence: str) -> None:
        """Show a sentence at the head of the form, or take it away when it is empty."""
        self._wrong.setVisible(bool(sentence))
        if sentence:
            self._wrong.show_text(sentence, "danger")
            self._grow()
        self.verb.setEnabled(True)

    def pair(self, left: QWidget, right: QWidget) -> None:
        """Put two fields side by side."""
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def scrolling(self, height: int) -> QVBoxLayout:
        """Let the fields scroll inside the form, for forms with many; returns the layout to fill."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(theme.px(height))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(12)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        return column
