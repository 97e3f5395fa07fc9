"""A dialog with fields: a title, what goes wrong said inside it, one button that says the verb and a way back."""

from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import CaseId
from vpdesk.ui import theme
from vpdesk.ui.widgets.buttons import DANGER, PRIMARY, Button
from vpdesk.ui.widgets.fitted import RING, FittedDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.operations.vaults import Vault

T = TypeVar("T")
_ANSWERED: Final = (QLineEdit, QComboBox, QAbstractSpinBox, QCheckBox, QRadioButton)


class Sent:
    """What a form asked of the vault, with its contents then; `arrived` once it is done, before the form hears."""

    def __init__(self, contents: tuple[object, ...]) -> None:
        self.contents = contents
        self.arrived = False


class FormDialog(FittedDialog):
    """The form; `body` takes its fields. Connect `verb.clicked`, and call `failed` when the operation could not.

    Contents stay when something fails. Enter in a field and Ctrl+Enter anywhere press the verb. Where `keeps_text`,
    what is typed outlives a lock as a draft, which goes with the case it is `about` and with the one thing that it
    `goes_with`, named as drafts do: never where secrets are typed.
    """

    keeps_text: ClassVar[bool] = False
    hears_later: ClassVar[bool] = True
    """Whether it can be left while the vault is at work; not where leaving it stops the work."""
    about: CaseId | None = None
    goes_with: str = ""
    _sent: Sent | None = None
    _left = False

    def __init__(self, parent: QWidget, title: str, verb: str, *, text: str = "", final: bool = False) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setMinimumWidth(theme.px(440))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 20, 20, 20)
        outer.setSpacing(12)
        said = [Label(title, "empty", wraps=True)]
        if text:
            said.append(Label(text, "body", "muted", wraps=True))
        for label in said:
            label.setContentsMargins(RING, 0, RING, 0)
            outer.addWidget(label)
        self._wrong = Message("", "danger")
        self._wrong.hide()
        outer.addWidget(self._wrong)
        self.body = self.scrolled.column
        outer.addWidget(self.scrolled, 1)
        self.verb = Button(verb, DANGER if final else PRIMARY)
        self.verb.setDefault(not final)
        self.back = Button("Annuleren")
        self.back.clicked.connect(self.reject)
        row = self.foot = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.verb)
        row.setContentsMargins(RING, 0, RING, 0)
        self._outer = outer
        outer.addLayout(row)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.verb.click)

    @property
    def wrong(self) -> str:
        """What the form says is wrong, empty when all is well."""
        return "" if self._wrong.isHidden() else self._wrong.accessibleName()

    def sending(self, operation: "Callable[[Vault], T]") -> "Callable[[Vault], T]":
        """Return the operation that carries out the verb, so that the form knows whether it is on its way."""
        self.verb.setEnabled(False)
        self._wrong.hide()
        sent = self._sent = Sent(self._contents())

        def operate(vault: "Vault") -> T:
            result = operation(vault)
            sent.arrived = True
            return result

        return operate

    @property
    def on_its_way(self) -> Sent | None:
        """What was sent and not answered yet, None when something was typed or chosen since."""
        return self._sent if self._sent is not None and self._sent.contents == self._contents() else None

    def _contents(self) -> tuple[object, ...]:
        """Return what stands in each field, of whatever kind."""
        fields = self.findChildren(QWidget)
        return tuple(field.metaObject().userProperty().read(field) for field in fields)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field where nothing else was chosen: Qt would begin on the verb, which Enter then does."""
        if self.focusWidget() is None:
            first = next((field for field in self.findChildren(QWidget) if self._takes_answer(field)), None)
            if first is not None:
                first.setFocus()
        super().showEvent(event)

    def _takes_answer(self, field: QWidget) -> bool:
        return isinstance(field, _ANSWERED) and field.isEnabled() and field.isVisibleTo(self)

    def reject(self) -> None:
        """Go away; while the vault is at work only out of sight, since what it did is still to be told and shown."""
        if self._sent is None or not self.hears_later:
            super().reject()
        else:
            self._left = True
            self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay alive for what is still to be heard."""
        super().closeEvent(event)
        if self._left:
            event.ignore()

    def failed(self, error: VpdeskError) -> None:
        """Say what could not be done; the form stays as it is, and comes back when it was left."""
        if self._left:
            self._left = False
            self.open()
        self.say_wrong(error.sentence)

    def say_wrong(self, sentence: str) -> None:
        """Show a sentence at the head of the form, or take it away when it is empty."""
        self._wrong.setVisible(bool(sentence))
        if sentence:
            self._wrong.show_text(sentence, "danger")
            self.fit()
        self.verb.setEnabled(True)
        self._sent = None

    def above_foot(self, widget: QWidget) -> None:
        """Put something between the fields, which may scroll, and the buttons."""
        row = QHBoxLayout()
        row.setContentsMargins(RING, 0, RING, 0)
        row.addWidget(widget)
        self._outer.insertLayout(self._outer.count() - 1, row)

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
