"""Handing cases over in steps: choose, consent, names in texts, words, a file."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QWidget

from vpdesk.domain.clients import Client
from vpdesk.domain.errors import InvalidValueError, VpdeskError
from vpdesk.domain.ids import CaseId
from vpdesk.domain.wording import counted
from vpdesk.operations import clients, handover
from vpdesk.operations.handover import NO_CASE, NO_RECIPIENT, Candidate, Chosen, HandedOver, Named
from vpdesk.operations.vaults import STANDARD
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.handover_names import NamesStep
from vpdesk.ui.pages.handover_steps import ChooseStep, ConsentStep, GoingStep, called
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.file_dialogs import ask_new_file
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.worker import Progress

KIND: Final = f"vpdesk (*{handover.SUFFIX})"
STOPPED: Final = "Het overdragen is daardoor gestopt: er is niets overgedragen."
NOT_WRITTEN: Final = "Schrijf eerst de zes woorden op, en zet daar een vinkje bij. Er is nog niets overgedragen."
INTRO: Final = "Uw collega neemt ze over in een eigen kluis. Er gebeurt niets voordat u het bestand maakt."
_TOUCHED: Final = (Topic.CASES, Topic.STEPS, Topic.REMINDERS, Topic.MELDINGEN, Topic.ATTACHMENTS)
CHOOSE, CONSENT, NAMES, GOING, MADE = range(5)
_VERBS: Final = ("Verder", "Verder", "Verder", "Bestand maken…", "Sluiten")


class HandOverDialog(FormDialog):
    """Steps with a way back; nothing happens before a word is typed and the file is made."""

    hears_later = False

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Casussen overdragen",
            _VERBS[0],
        )
        self._context = context
        self._progress: Progress | None = None
        self.setMinimumWidth(theme.px(620))
        self.intro = Label(INTRO, "body", "muted", wraps=True)
        self.body.addWidget(self.intro)
        self.choose = ChooseStep(self._ask_cases)
        self.consent = ConsentStep()
        self.names = NamesStep(self._edit)
        self.going = GoingStep(handover.new_phrase())
        self.made = Message("", "ok")
        self.progress = ProgressLine()
        self.previous = Button("Vorige")
        self.foot.insertWidget(1, self.previous)
        self._steps: tuple[QWidget, ...] = (self.choose, self.consent, self.names, self.going, self.made)
        for step in self._steps:
            self.body.addWidget(step)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.step = CHOOSE
        self.previous.clicked.connect(self._back)
        self.verb.clicked.connect(self._further)
        self.progress.cancelled.connect(self._cancel)
        self.going.word.textChanged.connect(lambda _: self._follow())
        self._go(CHOOSE)
        context.worker.run(handover.settle, self._cut_short, self.failed)
        context.worker.run(clients.clients, self._offer, self.failed)

    def make(self, path: Path) -> None:
        """Write the file there and say what was done; where that fails the form stays as it is."""
        to, today = self.choose.to.text(), self._context.clock().date()
        chosen, phrase = self._choices(), self.going.phrase.text
        close, kdf = self.going.close_too.isChecked(), self._context.door.kdf or STANDARD
        progress = self._progress = Progress(self)
        progress.moved.connect(self.progress.advance)
        self.previous.setEnabled(False)
        self.progress.start("Het bestand wordt gemaakt…")
        self._context.worker.run(
            self.sending(
                lambda vault: handover.hand_over(
                    vault, chosen, to=to, phrase=phrase, path=path, today=today, close=close, kdf=kdf, progress=progress
                )
            ),
            self._made,
            self.failed,
            progress=progress,
            stopped=STOPPED,
        )

    def failed(self, error: VpdeskError) -> None:
        """Say what could not be done; every step stays as it was."""
        self.progress.finish()
        self.previous.setEnabled(True)
        super().failed(error)

    def _cut_short(self, said: str) -> None:
        """Say what became of a file that was being made when vpdesk stopped."""
        if said:
            self.say_wrong(said)

    def _offer(self, found: tuple[Client, ...]) -> None:
        self.choose.offer(found)
        self.choose.client.setFocus()

    def _ask_cases(self, client: Client) -> None:
        today = self._context.clock().date()
        self._context.worker.run(
            lambda vault: handover.candidates(vault, client.id, today=today), self._show_cases, self.failed
        )

    def _show_cases(self, found: tuple[Candidate, ...]) -> None:
        self.choose.show_cases(found)
        self.fit()

    def say_wrong(self, sentence: str) -> None:
        """Show a sentence; the verb waits for the word all the same."""
        super().say_wrong(sentence)
        self._follow()

    def _follow(self) -> None:
        self.verb.setEnabled(self.step != GOING or self.going.confirmed)

    def _choices(self) -> tuple[Chosen, ...]:
        chosen = [card.choice() for card in self.consent.cards]
        return tuple(one if one.named else replace(one, seen=self.names.seen(one.case)) for one in chosen)

    def _back(self) -> None:
        before = self.step - 1
        self._go(CONSENT if before == NAMES and not self.names.cards else before)

    def _edit(self, case: CaseId) -> None:
        """Leave for a case whose texts are to be changed first."""
        self.reject()
        self._context.navigate(Place(PageName.CASUS, case=case))

    def _look_for_names(self) -> None:
        """Go on to where names stand in the texts of what goes without them; past it where everything goes with."""
        chosen, to, today = self._choices(), self.choose.to.text(), self._context.clock().date()
        if all(one.named for one in chosen):
            self.names.about(())
            self._go(GOING)
            return
        self.previous.setEnabled(False)
        self.progress.cancel.hide()
        self.progress.start("De teksten worden nagekeken…")
        self._context.worker.run(
            self.sending(lambda vault: handover.names_going(vault, chosen, to=to, today=today)),
            self._show_names,
            self.failed,
        )

    def _show_names(self, found: tuple[Named, ...]) -> None:
        self.progress.finish()
        self.progress.cancel.show()
        self.previous.setEnabled(True)
        name = {candidate.row.id: called(candidate) for candidate in self.choose.chosen}
        self.names.about(tuple((name[one.case], one) for one in found))
        self._go(NAMES)

    def _further(self) -> None:
        self.say_wrong("")
        try:
            self._check()
        except InvalidValueError as error:
            self.failed(error)
            return
        if self.step == MADE:
            self.accept()
        elif self.step == CONSENT:
            self._look_for_names()
        elif self.step == GOING:
            path = ask_new_file(self, "Bestand bewaren", handover.file_name(), KIND)
            if path is not None:
                self.make(path)
        else:
            self._go(self.step + 1)

    def _check(self) -> None:
        """Raise InvalidValueError where a step is not finished."""
        if self.step == CHOOSE and not self.choose.chosen:
            raise InvalidValueError(NO_CASE)
        if self.step == CHOOSE and not self.choose.to.text().strip():
            raise InvalidValueError(NO_RECIPIENT)
        if self.step == CONSENT:
            self._choices()
        if self.step == NAMES:
            self.names.check()
        if self.step == GOING and not self.going.written.isChecked():
            raise InvalidValueError(NOT_WRITTEN)

    def _go(self, step: int) -> None:
        self.step = step
        if step == CONSENT:
            self.consent.about(
                self.choose.chosen, self.choose.to.text().strip(), self._context.clock().date(), self.fit
            )
        if step == GOING:
            self.going.about(self.choose.chosen, self.names.places)
        for place, part in enumerate(self._steps):
            part.setVisible(place == step)
        self.say_wrong("")
        last = step == MADE
        self.previous.setVisible(CHOOSE < step < MADE)
        self.back.setVisible(not last)
        self.intro.setVisible(not last)
        self.verb.setText(_VERBS[step])
        self.verb.setAccessibleName(_VERBS[step])
        self.verb.updateGeometry()
        if self.isVisible():
            self.scrolled.verticalScrollBar().setValue(0)
            self._first(step).setFocus()
            self.resize(self.width(), self.minimumHeight())
            self.fit()

    def _first(self, step: int) -> QWidget:
        """Return where the keyboard begins in a step; not half-way what is to be read from the top."""
        fields = [part for part in self._steps[step].findChildren(QAbstractButton) if part.isVisible()]
        if step in {GOING, MADE}:
            return self.previous if step == GOING else self.verb
        return self.choose.client if step == CHOOSE else fields[0] if fields else self.verb

    def _cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()

    def _made(self, result: HandedOver) -> None:
        self.progress.finish()
        self._context.changes.tell(*_TOUCHED)
        cases = counted(result.count, "casus staat", "casussen staan")
        self.made.show_text(
            f"{cases} in {result.path.name}. Geef het bestand aan uw collega, en zeg de woorden langs een andere weg. "
            "Wis het "
            "bestand als uw collega het heeft overgenomen. In ‘Wat is overgedragen’ staat wat u gaf.",
            "ok",
        )
        self._go(MADE)
