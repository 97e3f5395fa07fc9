"""Asks for consent before a step outward: the answer, what exactly, to whom, in which words, and until when."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.ui import theme
from vpdesk.ui.widgets.fields import CheckBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.options import Options
from vpdesk.ui.widgets.writing import PlainText

QUESTION: Final = (
    "Stemt de melder in met deze tekst en deze ontvanger? Zonder toestemming vraagt vpdesk naar de reden. Die blijft "
    "bij de casus."
)
_TERM: Final = timedelta(days=90)


class ConsentFields(QWidget):
    """The question and what belongs to a yes; `grew` runs when fields appear, `answered` on every answer.

    With `later` the question may also be left for another day.
    """

    def __init__(self, today: date, *, later: bool, grew: Callable[[], None], answered: Callable[[], None]) -> None:
        super().__init__()
        self._grew, self._answered = grew, answered
        choices: list[tuple[str, object]] = [("Ja", Answer.JA), ("Nee", Answer.NEE)]
        if later:
            choices.append(("Nog vragen", None))
        self.question = Message(QUESTION, "warning", start="U gaat iets doorgeven.", icon="regie")
        self.answer = Options("Toestemming", choices)
        self.content = PlainText()
        self.content.setFixedHeight(theme.px(64))
        self.recipient = LineEdit(name="Aan wie precies")
        self.words = PlainText()
        self.words.setFixedHeight(theme.px(64))
        self.day = DateEdit(today, "Gevraagd op")
        self.ends = CheckBox("Geldt tot en met een dag")
        self.until = DateEdit(today + _TERM, "Toestemming tot en met")
        self._yes = QWidget()
        self._lay_out()
        self.answer.chosen.connect(lambda _: self._follow())
        self.ends.toggled.connect(lambda on: self._end(on=on))
        self._follow()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._yes)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(Field("Wat u doorgeeft", self.content, hint="Alleen wat nodig is. Dit en niet meer."))
        inside.addWidget(Field("Aan wie precies", self.recipient))
        inside.addWidget(Field("In welke woorden, mag leeg", self.words, hint="De tekst die de persoon goedkeurde."))
        inside.addWidget(self.ends)
        inside.addWidget(self.until)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.question)
        column.addWidget(self.answer)
        self._asked = Field("Gevraagd op", self.day)
        column.addWidget(self._asked)
        column.addWidget(self._yes)

    @property
    def given(self) -> Answer | None:
        """The answer that was chosen, None while the question is open."""
        value = self.answer.value
        return value if isinstance(value, Answer) else None

    def consent(self) -> Consent | None:
        """Return what was answered, None where nothing was; raises InvalidValueError where a yes is about nothing."""
        if self.given is None:
            return None
        if self.given is Answer.NEE:
            return Consent(ConsentTerm(Answer.NEE, self.day.day))
        until = self.until.day if self.ends.isChecked() else None
        term = ConsentTerm(Answer.JA, self.day.day, until)
        return Consent(
            term, self.content.toPlainText().strip(), self.recipient.text().strip(), self.words.toPlainText().strip()
        )

    def _follow(self) -> None:
        self._asked.setVisible(self.given is not None)
        self._yes.setVisible(self.given is Answer.JA)
        self.until.setVisible(self.ends.isChecked())
        self._grew()
        self._answered()

    def _end(self, *, on: bool) -> None:
        self.until.setVisible(on)
        self._grew()
