"""The steps of handing over: which cases and to whom, consent and names per case, and the words that open the file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.clients import Client
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.handover import same_recipient
from vpdesk.domain.seen import says_something
from vpdesk.domain.steps import NO_CONSENT
from vpdesk.domain.wording import counted, long_date
from vpdesk.operations.handover import Candidate, Chosen
from vpdesk.operations.handover_consent import consent_now
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.copy_text import CopyText
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.options import Options

NONE_RUNS: Final = "Bij deze organisatie loopt geen casus. Er is niets om over te dragen."
IN_TEXTS: Final = (
    "Zonder namen blijven personen en kwesties hier. Wat u daarvan zelf in een verslag, een wens of een stap typte, "
    "gaat wel mee: in de volgende stap ziet u waar het staat."
)
ANOTHER_WAY: Final = (
    "Zeg deze zes woorden tegen uw collega, of geef ze op papier. Nooit langs dezelfde weg als het bestand, en niet in "
    "een "
    "mail van het werk. vpdesk bewaart ze niet: wie ze kwijt is, maakt een nieuw bestand."
)
GOES: Final = (
    "Feiten, fasen, verslagen, afspraken, wensen, stappen met toestemming, meldingen met berichten, benadeling, "
    "nazorg, "
    "herinneringen en een bewaarstop."
)
STAYS: Final = (
    "Werkaantekeningen, vastleggingen, waarom u doorging bij een mogelijk rolconflict, en uw code en pseudoniem. Uw "
    "collega krijgt nieuwe."
)
UNANSWERED: Final = (
    "{}: kies of de persoon instemt, of dat u overdraagt zonder toestemming, met een reden. Er is nog niets "
    "overgedragen."
)
WORD: Final = "overdragen"
"""What is typed before a file is made: a file that was given can't be taken back."""

FOR_GOOD: Final = (
    "Overdragen is niet terug te draaien: een bestand dat u gaf, is gegeven. Wie het heeft en de woorden kent, kan de "
    "casussen lezen."
)
COUNTS: Final = (
    "De casus telt in uw verslag, in de periode waarin hij is geopend, en niet in dat van uw collega. Zo telt hij één "
    "keer."
)


def called(candidate: Candidate) -> str:
    """Return how a case is named in these steps."""
    return f"{candidate.row.pseudonym} · {candidate.row.code} · {candidate.row.phase.value}"


def column(widget: QWidget) -> QVBoxLayout:
    """Give a widget a column without margins, and return it."""
    made = QVBoxLayout(widget)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(12)
    return made


class ChooseStep(QWidget):
    """Which cases of one organisation, and to whom they go."""

    def __init__(self, asked: Callable[[Client], None]) -> None:
        super().__init__()
        self._asked = asked
        self._clients: tuple[Client, ...] = ()
        self.client = ComboBox("Organisatie")
        self.to = LineEdit(name="Aan wie draagt u over")
        self.none = Label(NONE_RUNS, "body", "muted", wraps=True)
        self.none.hide()
        self.boxes: list[tuple[CheckBox, Candidate]] = []
        self._cases = QVBoxLayout()
        self._cases.setSpacing(4)
        body = column(self)
        body.addWidget(Field("Organisatie", self.client))
        body.addWidget(Label("Lopende casussen", "label"))
        body.addLayout(self._cases)
        body.addWidget(self.none)
        body.addWidget(Field("Aan wie draagt u over", self.to, hint="In uw eigen woorden; zo staat het bij de stap."))
        self.client.currentIndexChanged.connect(self._ask)

    def offer(self, clients: tuple[Client, ...]) -> None:
        """Offer the organisations; the first is chosen."""
        self._clients = clients
        for client in clients:
            self.client.addItem(client.name)
        self.none.setVisible(not clients)

    def show_cases(self, found: tuple[Candidate, ...]) -> None:
        """Offer the running cases of the chosen organisation."""
        clear(self._cases)
        self.boxes = [(CheckBox(called(candidate)), candidate) for candidate in found]
        before: QWidget = self.client
        for box, _ in self.boxes:
            self._cases.addWidget(box)
            QWidget.setTabOrder(before, box)  # not after whom they go to, which was there first
            before = box
        self.none.setVisible(not found)

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """The cases that were ticked."""
        return tuple(candidate for box, candidate in self.boxes if box.isChecked())

    def _ask(self, place: int) -> None:
        if 0 <= place < len(self._clients):
            self._asked(self._clients[place])


class CaseConsent(Card):
    """One case: the consent that stands for this colleague, or the question; and whether names go along."""

    YES, SAME, WITHOUT = "ja", "dezelfde", "zonder"

    def __init__(self, candidate: Candidate, to: str, today: date, grew: Callable[[], None]) -> None:
        super().__init__(called(candidate))
        self.candidate, self.to = candidate, to
        self._grew = grew
        self._asks = candidate.consented is None or not same_recipient(candidate.consented_to, to)
        name = candidate.row.pseudonym
        choices: list[tuple[str, object]] = [("Ja", self.YES), ("Zonder toestemming, met een reden", self.WITHOUT)]
        if candidate.consented is not None:
            choices.insert(1, ("Het is dezelfde collega", self.SAME))
        self.answer = Options(f"Toestemming van {name}", choices)
        self.day = DateEdit(today, f"Toestemming van {name} op")
        self.reason = LineEdit(name=f"Waarom {name} zonder toestemming overgaat")
        self.again = CheckBox("Toch nog eens overdragen", name=f"{name} toch nog eens overdragen")
        self.named = CheckBox(self._names(candidate), name=f"Namen van {name} meegeven")
        self._day = Field("Ingestemd op", self.day)
        self._reason = Field("Waarom zonder toestemming", self.reason, hint="Deze reden blijft bij de casus.")
        if candidate.given:
            before = f"U hebt deze casus {candidate.given[0].said}."
            self.body.addWidget(Message("Uw collega kan hem al hebben.", "warning", start=before))
            self.body.addWidget(self.again)
        if candidate.consented is not None:
            stands = f"Toestemming van {long_date(candidate.consented)}, voor {candidate.consented_to}."
            self.body.addWidget(Label(stands, wraps=True))
        if self._asks:
            whom = "uw collega" if candidate.consented is None else to
            question = f"Stemt de persoon ermee in dat deze casus naar {whom} gaat?"
            self.body.addWidget(Label(question, "body", wraps=True))
            for widget in (self.answer, self._day, self._reason):
                self.body.addWidget(widget)
        self.body.addWidget(self.named)
        if candidate.attachments:
            told = counted(candidate.attachments, "bijlage gaat", "bijlagen gaan")
            self.body.addWidget(Label(f"{told} niet mee.", "small", "muted", wraps=True))
        self.answer.chosen.connect(lambda _: self._follow())
        self._follow()

    def choice(self) -> Chosen:
        """Return what was chosen.

        Raises:
            InvalidValueError: consent and reason are both missing, or the case went before and that was not noticed.
        """
        called, named, again = self.candidate.row.pseudonym, self.named.isChecked(), self.again.isChecked()
        if self.candidate.given and not again:
            raise InvalidValueError(
                f"{called} is al {self.candidate.given[0].said}. Zet een vinkje bij ‘Toch nog eens overdragen’, of "
                "ga terug en kies deze casus niet. Er is nog niets overgedragen."
            )
        chosen = Chosen(self.candidate.row.id, named=named, again=again)
        if not self._asks:
            return chosen
        if self.answer.value == self.SAME:
            return replace(chosen, same=True)
        if self.answer.value == self.YES:
            return replace(chosen, consent=consent_now(to=self.to, named=named, on=self.day.day))
        if self.answer.value != self.WITHOUT:
            raise InvalidValueError(UNANSWERED.format(called))
        reason = self.reason.text().strip()
        if not says_something(reason):
            raise InvalidValueError(f"{called}: {NO_CONSENT[0].lower()}{NO_CONSENT[1:]}")
        return replace(chosen, reason=reason)

    @staticmethod
    def _names(candidate: Candidate) -> str:
        if not candidate.persons:
            return "Met personen en kwesties (er staat nu niemand bij)"
        return f"Met personen en kwesties ({counted(candidate.persons, 'persoon', 'personen')})"

    def _follow(self) -> None:
        self._day.setVisible(self.answer.value == self.YES)
        self._reason.setVisible(self.answer.value == self.WITHOUT)
        self._grew()


class ConsentStep(QWidget):
    """A card for each chosen case."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[CaseConsent] = []
        body = column(self)
        body.addWidget(Message(IN_TEXTS, "info"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        body.addLayout(self._cards)

    def about(self, chosen: tuple[Candidate, ...], to: str, today: date, grew: Callable[[], None]) -> None:
        """Ask about these cases; what was answered about one of them stays as long as it goes to the same colleague."""
        before = {card.candidate.row.id: card for card in self.cards if card.candidate in chosen and card.to == to}
        for card in self.cards:
            self._cards.removeWidget(card)
            if before.get(card.candidate.row.id) is not card:
                card.hide()
                card.deleteLater()
        self.cards = [before.get(one.row.id) or CaseConsent(one, to, today, grew) for one in chosen]
        for card in self.cards:
            self._cards.addWidget(card)


class GoingStep(QWidget):
    """What goes and what stays, whether the cases are closed, and the words."""

    def __init__(self, phrase: str) -> None:
        super().__init__()
        self.close_too = CheckBox("Sluit de casussen meteen af, met afloop ‘overgedragen’")
        self.close_too.setChecked(True)
        self.lost = Message("", "warning")
        self.lost.hide()
        self.phrase = CopyText(phrase, "De woorden")
        self.written = CheckBox("Ik heb deze woorden opgeschreven")
        self.names = Message("", "warning")
        self.word = LineEdit(name=f"Typ {WORD} om te bevestigen")
        self._attachments = 0
        body = column(self)
        for head, text in (("Dit gaat mee", GOES), ("Dit blijft hier", STAYS), ("Tellen", COUNTS)):
            body.addWidget(Label(head, "strong"))
            body.addWidget(Label(text, "body", "muted", wraps=True))
        body.addWidget(self.close_too)
        body.addWidget(self.lost)
        body.addWidget(self.names)
        body.addWidget(Label("De woorden die het bestand openen", "strong"))
        body.addWidget(self.phrase)
        body.addWidget(Label(ANOTHER_WAY, "body", "muted", wraps=True))
        body.addWidget(self.written)
        body.addWidget(Label(FOR_GOOD, "body", "muted", wraps=True))
        body.addWidget(Field(f"Typ {WORD} om te bevestigen", self.word))
        self.close_too.toggled.connect(lambda _: self._follow())

    @property
    def confirmed(self) -> bool:
        """Whether the word was typed."""
        return self.word.text().strip().casefold() == WORD

    def about(self, chosen: tuple[Candidate, ...], names: int) -> None:
        """Be about these cases, with in so many places a name in texts that go without."""
        self._attachments = sum(candidate.attachments for candidate in chosen)
        places = counted(names, "plaats", "plaatsen")
        self.names.show_text(
            f"Op {places} in de teksten gaat een naam, nummer, functie, kwestie of code mee.", "warning"
        )
        self.names.setVisible(bool(names))
        self._follow()

    def _follow(self) -> None:
        number = counted(self._attachments, "bijlage", "bijlagen")
        self.lost.show_text(
            f"{number} van deze casussen gaan bij het afsluiten voorgoed weg, behalve waar een bewaarstop op ligt. "
            "Zet ze "
            "eerst buiten de kluis als uw collega ze nodig heeft.",
            "warning",
        )
        self.lost.setVisible(bool(self._attachments) and self.close_too.isChecked())
