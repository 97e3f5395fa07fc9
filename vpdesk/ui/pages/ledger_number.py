"""One number of what left the house: what it counts, about which codes of one or two subjects, and its bounds."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.hours import minutes_between
from vpdesk.domain.statements import Of
from vpdesk.operations.ledger import Said
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import ComboBox, Field, LineEdit
from vpdesk.ui.widgets.flow import Flow

Choices = Mapping[str, tuple[tuple[str, str], ...]]

COUNTED: Final = {
    "Casussen": Of.CASES,
    "Casussen met gesprek": Of.CASES_WITH_TALK,
    "Gesprekken": Of.TALKS,
    "Uren": Of.MINUTES,
}
ALL: Final = "Alle casussen"
SUBJECTS: Final = {
    "thema": "Hoofdthema",
    "werkgebied": "Werkgebied",
    "rol": "Rol",
    "relatie": "Verhouding tot de ander",
    "fase": "Fase",
    "afloop": "Afloop",
    "verbonden": "Band met de organisatie",
    "gevonden_via": "Gevonden via",
    "onderdeel": "Onderdeel",
}
NO_NUMBER: Final = "Vul hele getallen in, bijvoorbeeld 12, of 10 tot en met 15 als u het niet precies weet."
UPSIDE_DOWN: Final = "Het tweede getal is lager dan het eerste. Vul eerst de ondergrens in, dan de bovengrens."
DIGITS: Final = 9


class PartRow(QWidget):
    """A subject and the codes of it that were counted together; `extra` are those after the first."""

    changed = Signal()

    def __init__(self, choices: Choices, none: str, about: str, which: str) -> None:
        super().__init__()
        self._choices = choices
        self.subject = ComboBox(about)
        self.subject.addItem(none, "")
        for name in choices:
            self.subject.addItem(SUBJECTS[name], name)
        self.code = ComboBox(which)
        self.extra: list[ComboBox] = []
        self.together = Button("Samen met…", QUIET, size=28)
        self.together.setAccessibleDescription("Nog een categorie van dit onderwerp, in hetzelfde getal geteld")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Field(about, self.subject), 1)
        row.addWidget(Field(which, self.code), 1)
        self._more = QVBoxLayout()
        self._more.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(self._more)
        self.subject.currentIndexChanged.connect(self._offer)
        self.code.currentIndexChanged.connect(self.changed)
        self.together.clicked.connect(self._add)
        self._offer()

    def _offer(self) -> None:
        codes = self._choices.get(self.dimension, ())
        for box in self.extra:
            self._more.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.extra = []
        self.code.clear()
        for code, words in codes:
            self.code.addItem(words, code)
        self.code.setEnabled(bool(codes))
        self.changed.emit()

    def _add(self) -> None:
        """Offer another code of the subject, empty until one is chosen."""
        box = ComboBox(f"Samen met, {len(self.extra) + 1}")
        box.addItem("Kies nog een categorie", "")
        for code, words in self._choices[self.dimension]:
            box.addItem(words, code)
        before = (self.code, *self.extra)[-1]
        self.extra.append(box)
        self._more.addWidget(box)
        box.currentIndexChanged.connect(self.changed)
        QWidget.setTabOrder(before, box)
        box.show()
        box.setFocus()
        self.changed.emit()

    @property
    def dimension(self) -> str:
        """The subject, empty for none."""
        return str(self.subject.currentData())

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes counted together, each once, in the order in which they were chosen."""
        if not self.dimension:
            return ()
        chosen = (str(box.currentData()) for box in (self.code, *self.extra))
        return tuple(code for code in dict.fromkeys(chosen) if code)


class NumberRow(QWidget):
    """One number: what it was about, and from where to where it lies; without an end it is exact."""

    changed = Signal()

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.of = ComboBox("Wat is geteld")
        for words, of in COUNTED.items():
            self.of.addItem(words, of)
        self.part = PartRow(choices, ALL, "Waarover", "Welke")
        self.beside = PartRow(choices, "Geen tweede onderwerp", "En ook over", "Welke daarvan")
        self.subject, self.code = self.part.subject, self.part.code
        self.cross = Button("En ook over…", QUIET, size=28)
        self.cross.setAccessibleDescription("Alleen casussen die ook bij een tweede onderwerp horen")
        self.least = LineEdit(name="Getal")
        self.most = LineEdit(name="Tot en met, mag leeg")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Field("Wat is geteld", self.of), 2)
        self._least = Field("Getal", self.least)
        row.addWidget(self._least, 1)
        row.addWidget(Field("Tot en met", self.most), 1)
        self._buttons = QWidget()
        more = Flow()
        for button in (self.part.together, self.cross, self.beside.together):
            more.addWidget(button)
        self._buttons.setLayout(more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        for part in (self.part, self.beside, self._buttons):
            column.addWidget(part)
        self.beside.hide()
        for part in (self.part, self.beside):
            part.changed.connect(self._told)
        self.of.currentIndexChanged.connect(self._told)
        for field in (self.least, self.most):
            field.textChanged.connect(self.changed)
        self.cross.clicked.connect(self._cross)
        parts = (self.subject, self.code, self.beside.subject, self.beside.code)
        order = (self.of, self.least, self.most, *parts, self.part.together, self.cross, self.beside.together)
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)
        self._told()

    def propose_hours(self, least: str, most: str) -> None:
        """Begin with hours, from and up to how many."""
        self.of.choose(Of.MINUTES)
        self.least.setText(least)
        self.most.setText("" if least == most else most)

    def _cross(self) -> None:
        self.beside.show()
        self.beside.subject.setFocus()
        self._told()

    def _told(self) -> None:
        """Offer what can be said of what is counted: talks and hours of all cases only."""
        cases = self.of.currentData() == Of.CASES
        self.part.setVisible(cases)
        if not cases or not self.part.dimension:
            self.beside.hide()
        self.part.together.setVisible(cases and bool(self.part.dimension))
        self.cross.setVisible(cases and bool(self.part.dimension) and self.beside.isHidden())
        self.beside.together.setVisible(not self.beside.isHidden() and bool(self.beside.dimension))
        self._buttons.setVisible(cases and bool(self.part.dimension))
        hours = self.of.currentData() == Of.MINUTES
        self.least.setPlaceholderText("12,5" if hours else "")
        self.least.setAccessibleDescription("Zoals genoemd: 12, 12,5 of 12:30" if hours else "")
        self.changed.emit()

    @property
    def empty(self) -> bool:
        """Whether no number was filled in."""
        return not self.least.text().strip() and not self.most.text().strip()

    def said(self) -> Said:
        """Return the number; raises InvalidValueError where it is none."""
        of = Of(self.of.currentData())
        least, most = self._between(hours=of is Of.MINUTES)
        if of is not Of.CASES:
            return Said(least, most, of=of)
        beside = None if self.beside.isHidden() else self.beside
        across, across_codes = (beside.dimension, beside.codes) if beside else ("", ())
        return Said(least, most, self.part.dimension, self.part.codes, across, across_codes)

    def _between(self, *, hours: bool) -> tuple[int, int]:
        first = self.least.text().strip()
        last = self.most.text().strip() or first
        if hours:
            (least, upper), (lower, most) = minutes_between(first), minutes_between(last)
            if upper > most or lower < least:
                raise InvalidValueError(UPSIDE_DOWN)
            return least, most
        if not all(written.isascii() and written.isdecimal() and len(written) <= DIGITS for written in (first, last)):
            raise InvalidValueError(NO_NUMBER)
        if int(last) < int(first):
            raise InvalidValueError(UPSIDE_DOWN)
        return int(first), int(last)
