"""The fields of a guided record: a text, a choice or a day, each of which may be *onbekend* or not answered yet."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.guided import Answer
from vpdesk.domain.guided_questions import Form, Question
from vpdesk.ui import theme
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.options import Options
from vpdesk.ui.widgets.writing import PlainText

UNKNOWN = ""
_ON_A_DAY = "dag"
_LEAST, _MOST = 3, 10
_LINE = 20
_FRAME = 16


class QuestionField(QWidget):
    """One question with its field; `changed()` when the user answers. `value`: None, *onbekend* as empty, or a text."""

    changed = Signal()

    def __init__(self, question: Question, number: int) -> None:
        super().__init__()
        self.question = question
        self._shows = False
        self._label = Label(f"{number}. {question.text}", "label", wraps=True)
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        self._head.addWidget(self._label, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._head)
        if question.help:
            self._column.addWidget(Label(question.help, "small", "muted", wraps=True))

    def say_more(self, text: str) -> None:
        """Add what helps to answer, above the field."""
        self._column.insertWidget(self._column.count() - 1, Label(text, "small", "muted", wraps=True))

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of Tab."""
        raise NotImplementedError

    @property
    def value(self) -> str | None:
        """The answer as it stands in the field."""
        raise NotImplementedError

    def put(self, value: str | None) -> None:
        """Put an answer in the field."""
        raise NotImplementedError

    def show_answer(self, answer: Answer | None) -> None:
        """Show what the vault has; `changed` is not emitted."""
        value = None if answer is None else answer.text
        if value == self.value:
            return
        self._shows = True
        self.put(value)
        self._shows = False

    def _name(self, control: QWidget) -> QWidget:
        control.setAccessibleName(self.question.text)
        control.setAccessibleDescription(self.question.help)
        self._label.setBuddy(control)
        return control

    def _answered(self) -> None:
        if not self._shows:
            self.changed.emit()


class TextQuestion(QuestionField):
    """A few lines, which grow with what is typed; *onbekend* as long as nothing is."""

    def __init__(self, question: Question, number: int) -> None:
        super().__init__(question, number)
        self.text = PlainText()
        self.unknown = CheckBox("Onbekend", name=f"{question.text} Onbekend")
        self._head.addWidget(self.unknown)
        self._column.addWidget(self._name(self.text))
        self.setFocusProxy(self.text)
        self.text.textChanged.connect(self._typed)
        self.text.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self.unknown.toggled.connect(lambda _: self._answered())
        self._grow()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of Tab."""
        return (self.text, self.unknown)

    @property
    def value(self) -> str | None:
        """The text without blank space at its ends."""
        typed = self.text.toPlainText().strip()
        return typed or (UNKNOWN if self.unknown.isChecked() else None)

    def put(self, value: str | None) -> None:
        """Put a text in the field."""
        self.text.setPlainText(value or "")
        self.unknown.setChecked(value == UNKNOWN)

    def _typed(self) -> None:
        typed = bool(self.text.toPlainText().strip())
        if typed and self.unknown.isChecked():
            self.unknown.blockSignals(True)
            self.unknown.setChecked(False)
            self.unknown.blockSignals(False)
        self.unknown.setEnabled(not typed)
        self._answered()

    def _grow(self) -> None:
        lines = round(self.text.document().size().height())
        theme.measure(self.text, "setFixedHeight", _FRAME + _LINE * min(max(lines, _LEAST), _MOST))


class ChoiceQuestion(QuestionField):
    """A choice out of a code list."""

    def __init__(self, question: Question, number: int) -> None:
        super().__init__(question, number)
        self.box = ComboBox()
        self.box.addItem("Nog niet gekozen", None)
        for term in question.codes.terms if question.codes is not None else ():
            self.box.addItem(term.shown, term.code)
        self.box.addItem("Onbekend", UNKNOWN)
        self._column.addWidget(self._name(self.box))
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(lambda _: self._answered())

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of Tab."""
        return (self.box,)

    @property
    def value(self) -> str | None:
        """The code that was chosen."""
        chosen = self.box.currentData()
        return None if chosen is None else str(chosen)

    def put(self, value: str | None) -> None:
        """Choose a code."""
        self.box.choose(value)


class DayQuestion(QuestionField):
    """A day; choosing one answers the question."""

    def __init__(self, question: Question, number: int, today: date) -> None:
        super().__init__(question, number)
        self.how = Options(question.text, [("Op deze dag", _ON_A_DAY), ("Onbekend", UNKNOWN)])
        self.day = DateEdit(today)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._name(self.day))
        row.addWidget(self.how, 1)
        self._column.addLayout(row)
        self.setFocusProxy(self.day)
        self.day.dateChanged.connect(lambda _: self._chosen())
        self.how.chosen.connect(lambda _: self._answered())

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of Tab."""
        return (self.day, *self.how.buttons.values())

    @property
    def value(self) -> str | None:
        """The day, as it is written in the vault."""
        how = self.how.value
        return self.day.day.isoformat() if how == _ON_A_DAY else None if how is None else UNKNOWN

    def put(self, value: str | None) -> None:
        """Choose a day, *onbekend*, or take the answer away."""
        if value:
            self.day.set_day(date.fromisoformat(value))
        group = self.how.group
        group.setExclusive(False)
        self.how.buttons[_ON_A_DAY].setChecked(bool(value))
        self.how.buttons[UNKNOWN].setChecked(value == UNKNOWN)
        group.setExclusive(True)

    def _chosen(self) -> None:
        if not self._shows:
            self.how.buttons[_ON_A_DAY].setChecked(True)
            self._answered()


def field_for(question: Question, number: int, today: date) -> QuestionField:
    """Return the field in which a question is answered."""
    if question.form is Form.DAG:
        return DayQuestion(question, number, today)
    return (ChoiceQuestion if question.form is Form.KEUZE else TextQuestion)(question, number)
