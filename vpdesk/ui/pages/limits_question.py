"""The question of the first talk: whether the limits of confidentiality were discussed."""

from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout

from vpdesk.ui.models.link import Limits
from vpdesk.ui.widgets.fields import LineEdit, RadioButton
from vpdesk.ui.widgets.labels import Label


class Question(QFrame):
    """The question of the first talk."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "info")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(4)
        words = "Dit is het eerste gesprek. Hebt u de grenzen aan vertrouwelijkheid besproken?"
        self.setAccessibleName(words)
        column.addWidget(Label(words, "strong", wraps=True))
        self.group = QButtonGroup(self)
        self.answers: dict[Limits, RadioButton] = {}
        for answer in Limits:
            button = RadioButton(answer.value)
            self.answers[answer] = button
            self.group.addButton(button)
            column.addWidget(button)
            if answer is Limits.NOT_YET:
                later = Label("vpdesk vraagt het bij het volgende gesprek weer", "small", "muted", wraps=True)
                later.setContentsMargins(28, 0, 0, 4)
                column.addWidget(later)
        self.reason = LineEdit(name="Waarom het nu niet kon")
        self.reason.hide()
        column.addWidget(self.reason)
        self.answers[Limits.COULD_NOT].toggled.connect(self.reason.setVisible)

    @property
    def answer(self) -> Limits | None:
        """The answer given, None as long as there is none."""
        return next((answer for answer, button in self.answers.items() if button.isChecked()), None)

    def give(self, answer: Limits | None, reason: str = "") -> None:
        """Show an answer, or that there is none yet."""
        self.group.setExclusive(False)  # else the last answer could not be taken away
        for one, button in self.answers.items():
            button.setChecked(one is answer)
        self.group.setExclusive(True)
        self.reason.setText(reason)
