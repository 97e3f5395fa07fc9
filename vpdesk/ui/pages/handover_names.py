"""The step between consent and the words: where texts of cases that go without names tell of whom they are."""

from collections.abc import Callable
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.handover_texts import NamePlace
from vpdesk.domain.ids import CaseId
from vpdesk.domain.wording import counted
from vpdesk.operations.handover import Named
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import CheckBox
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

WHAT_IS_KNOWN: Final = (
    "Deze casussen gaan zonder namen. vpdesk zoekt in de teksten naar namen, functies en kwesties die in uw kluis "
    "staan, naar codes en pseudoniemen van casussen, en naar nummers van wie in deze casus staat. Wat niet in uw kluis "
    "staat, kent vpdesk niet: lees de verslagen daar zelf op na."
)
NONE_FOUND: Final = "Niets gevonden wat in uw kluis staat."


class NamesOfCase(Card):
    """One case: each place, a box to say that they were seen, and a way to the case to change them first."""

    def __init__(self, called: str, named: Named, edit: Callable[[CaseId], None]) -> None:
        super().__init__(called)
        self.named = named
        self._called = called.partition(" ")[0]
        for where, places in _by_text(named.places):
            self.body.addWidget(Label(where, "label", wraps=True))
            for place in places:
                line = Label(_line(place), wraps=True)
                line.setTextFormat(Qt.TextFormat.RichText)
                line.setAccessibleName(f"{place.before}{place.found}{place.after}")
                self.body.addWidget(line)
        found = len(named.places)
        self.seen = CheckBox(
            f"Gezien: {counted(found, 'plaats gaat zo', 'plaatsen gaan zo')} mee",
            name=f"Plaatsen van {self._called} gezien, ze gaan zo mee",
        )
        self.change = Button("Eerst aanpassen in de casus", size=28, name=f"Teksten van {self._called} eerst aanpassen")
        self.change.clicked.connect(lambda: edit(named.case))
        if found:
            self.body.addWidget(self.seen)
            self.body.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self.body.addWidget(Label(NONE_FOUND, "body", "muted", wraps=True))

    def check(self) -> None:
        """Raise InvalidValueError while there are places that were not said to be seen."""
        if self.named.places and not self.seen.isChecked():
            raise InvalidValueError(
                f"{self._called}: kijk deze plaatsen na en zet een vinkje, of pas de teksten eerst aan. Er is nog "
                "niets overgedragen."
            )


class NamesStep(QWidget):
    """A card for each case that goes without names."""

    def __init__(self, edit: Callable[[CaseId], None]) -> None:
        super().__init__()
        self._edit = edit
        self.cards: list[NamesOfCase] = []
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addWidget(Message(WHAT_IS_KNOWN, "info"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        body.addLayout(self._cards)

    def about(self, found: tuple[tuple[str, Named], ...]) -> None:
        """Show these cases, by what they are called; what was seen of the same places stays seen."""
        seen = {card.named for card in self.cards if card.seen.isChecked()}
        clear(self._cards)
        self.cards = [NamesOfCase(called, named, self._edit) for called, named in found]
        for card in self.cards:
            card.seen.setChecked(card.named in seen)
            self._cards.addWidget(card)

    @property
    def places(self) -> int:
        """In how many places somebody is named."""
        return sum(len(card.named.places) for card in self.cards)

    def seen(self, case: CaseId) -> tuple[NamePlace, ...]:
        """Return the places of a case that were said to be seen."""
        return next((card.named.places for card in self.cards if card.named.case == case), ())

    def check(self) -> None:
        """Raise InvalidValueError while there are places that were not said to be seen."""
        for card in self.cards:
            card.check()


def _by_text(places: tuple[NamePlace, ...]) -> list[tuple[str, list[NamePlace]]]:
    found: dict[str, list[NamePlace]] = {}
    for place in places:
        found.setdefault(place.where, []).append(place)
    return list(found.items())


def _line(place: NamePlace) -> str:
    return f"{escape(place.before)}<b>{escape(place.found)}</b>{escape(place.after)}"
