"""Rolconflict nagaan: asks before the story is told, answers, and keeps nothing of it anywhere."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from vpdesk.domain import taxonomy
from vpdesk.domain.clients import Client
from vpdesk.domain.conflicts import Level
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.wording import joined
from vpdesk.operations import clients
from vpdesk.operations.conflicts import Answer, Question, ask
from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.pages.other_cases import OtherCases
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.neutral import NeutralSentence

NOT_KEPT = "Dit is niet bewaard."
NOTHING_ASKED = "Vul een naam, een functie of een kwestie in, of beantwoord de vraag daaronder."
FOUND = "Er kan een rolconflict zijn."
BESIDE = "U ondersteunt in deze kwestie misschien al iemand. Vertel de een niets over de ander."
NONE_FOUND = "Geen rolconflict gevonden met wat u invulde."
OTHER_REASON = "Helpt u om een andere reden niet, dan zegt u hetzelfde:"
TOO_CLOSE = "Bij uw leidinggevende of iemand die u na staat, kunt u beter doorverwijzen."


class ConflictDialog(FormDialog):
    """The small panel; `client` is the organisation that is chosen beforehand."""

    def __init__(self, context: Context, parent: QWidget, client: ClientId | None = None) -> None:
        super().__init__(
            parent,
            "Rolconflict nagaan",
            "Nagaan",
            text="Voordat iemand het verhaal vertelt. Eén gegeven is genoeg, en niets hiervan wordt bewaard.",
        )
        self._context = context
        self._client = client
        self._asked = False
        self.setMinimumWidth(theme.px(560))
        self.organisation = ComboBox("Organisatie")
        self.organisation.addItem("Alle organisaties", None)
        self.role = ComboBox.of_codes(taxonomy.ROL)
        self.caller, self.other, self.function, self.matter = LineEdit(), LineEdit(), LineEdit(), LineEdit()
        self.close_to_me = CheckBox("De ander is mijn leidinggevende of iemand die mij na staat")
        self.said = Message("", "info")
        self.other_reason = Label(OTHER_REASON, "small", "muted", wraps=True)
        self.sentence = NeutralSentence()
        nested = isinstance(parent.window(), FormDialog)
        self.others = OtherCases(context, None if nested else self.reject)
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self._lay_out()
        self.verb.clicked.connect(self._ask)
        self.caller.setFocus()
        context.worker.run(clients.clients, self._offer, self.failed)

    def _lay_out(self) -> None:
        self.pair(Field("Organisatie", self.organisation), Field("Rol van wie belt, als u die weet", self.role))
        self.pair(Field("Naam van wie belt", self.caller), Field("Naam van de ander", self.other))
        self.pair(Field("Functie van de ander", self.function), Field("Kwestie", self.matter))
        for widget in (self.close_to_me, self.said, self.other_reason, self.sentence, self.others):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._forget()
        for line in (self.caller, self.other, self.function, self.matter):
            line.textChanged.connect(self._forget)
        for box in (self.organisation, self.role):
            box.currentIndexChanged.connect(self._forget)
        self.close_to_me.toggled.connect(self._forget)

    @property
    def question(self) -> Question:
        """What is asked now."""
        client = self.organisation.currentData()
        return Question(
            client=None if client is None else ClientId(client),
            rol=str(self.role.currentData()),
            caller=self.caller.text(),
            other=self.other.text(),
            function=self.function.text(),
            matter=self.matter.text(),
        )

    @property
    def answer(self) -> str:
        """What the panel says, empty while it says nothing."""
        return "" if self.said.isHidden() else self.said.accessibleName()

    def _offer(self, found: tuple[Client, ...]) -> None:
        asked = self._asked
        for client in found:
            self.organisation.addItem(client.name, client.id)
        if len(found) == 1:
            self.organisation.choose(found[0].id)
        if self._client is not None:
            self.organisation.choose(self._client)
        if asked and not self._asked:  # what was asked before the list came was about all of them
            self._ask()

    def _forget(self, _changed: object = None) -> None:
        """Take the answer away: it was to another question."""
        self._asked = False
        for widget in (self.said, self.other_reason, self.sentence):
            widget.hide()
        self.others.about(None)

    def _ask(self) -> None:
        self.say_wrong("")
        self._asked = True
        question = self.question
        if not question.given:
            self._show(question, Answer(Level.GEEN))
        else:
            self._context.worker.run(partial(ask, question=question), partial(self._show, question), self.failed)

    def failed(self, error: VpdeskError) -> None:
        """Say why there is no answer."""
        self._forget()
        super().failed(error)

    def _show(self, question: Question, answer: Answer) -> None:
        if question != self.question:
            return  # something else was typed meanwhile
        close = self.close_to_me.isChecked()
        if not question.given and not close:
            self._say("info", "", NOTHING_ASKED)
        elif answer.level is Level.CONFLICT:
            self._say("warning", FOUND, *([TOO_CLOSE] if close else []), NOT_KEPT, "U kunt zeggen:")
        elif close:
            self._say("warning", TOO_CLOSE, NOT_KEPT, "U kunt zeggen:")
        elif answer.level is Level.LET_OP:
            self._say("warning", BESIDE, *_vague(question), NOT_KEPT)
        else:
            found = "" if question.vague == question.given else NONE_FOUND
            self._say("info", found, *_vague(question), NOT_KEPT)
        declines = close or answer.level is Level.CONFLICT
        self.other_reason.setVisible(bool(question.given) and not declines)
        self.sentence.setVisible(bool(question.given) or declines)  # the same sentence whatever the reason
        self.others.about((lambda _vault: answer.cases) if answer.cases else None)
        self.said.show()
        self.fit()
        last = self.sentence if self.sentence.isVisible() else self.said
        QTimer.singleShot(0, last, partial(self.scrolled.ensureWidgetVisible, last))  # once it has its place

    def _say(self, kind: str, start: str, *more: str) -> None:
        self.said.show_text(" ".join(more), kind, start=start)


def _vague(question: Question) -> list[str]:
    if not question.vague:
        return []
    said = joined([f"‘{text}’" for text in question.vague])
    return [f"{said} alleen zegt te weinig om iets te vinden. Vraag ook een voornaam, een functie of de kwestie."]
