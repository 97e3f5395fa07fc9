"""Handing cases over in steps: choose, consent, words, a file; and the list of what was handed over."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QWidget

from vpdesk.domain.clients import Client
from vpdesk.domain.errors import InvalidValueError, VpdeskError
from vpdesk.domain.handover import HandedOverCase, Handover
from vpdesk.domain.wording import counted, long_date
from vpdesk.operations import clients, handover
from vpdesk.operations.handover import NO_CASE, NO_RECIPIENT, Candidate, Chosen, HandedOver
from vpdesk.operations.vaults import STANDARD
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.handover_steps import ChooseStep, ConsentStep, GoingStep
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
_VERBS: Final = ("Verder", "Verder", "Bestand maken…", "Sluiten")


class HandOverDialog(FormDialog):
    """Four steps with a way back; nothing happens before the file is made."""

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
        self.going = GoingStep(handover.new_phrase())
        self.made = Message("", "ok")
        self.progress = ProgressLine()
        self.previous = Button("Vorige")
        self.foot.insertWidget(1, self.previous)
        self._steps: tuple[QWidget, ...] = (self.choose, self.consent, self.going, self.made)
        for step in self._steps:
            self.body.addWidget(step)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.step = 0
        self.previous.clicked.connect(lambda: self._go(self.step - 1))
        self.verb.clicked.connect(self._further)
        self.progress.cancelled.connect(self._cancel)
        self._go(0)
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

    def _choices(self) -> tuple[Chosen, ...]:
        return tuple(card.choice(self.choose.to.text()) for card in self.consent.cards)

    def _further(self) -> None:
        self.say_wrong("")
        try:
            self._check()
        except InvalidValueError as error:
            self.failed(error)
            return
        if self.step == len(_VERBS) - 1:
            self.accept()
        elif self.step == len(_VERBS) - 2:
            path = ask_new_file(self, "Bestand bewaren", handover.file_name(), KIND)
            if path is not None:
                self.make(path)
        else:
            self._go(self.step + 1)

    def _check(self) -> None:
        """Raise InvalidValueError where a step is not finished."""
        if self.step == 0 and not self.choose.chosen:
            raise InvalidValueError(NO_CASE)
        if self.step == 0 and not self.choose.to.text().strip():
            raise InvalidValueError(NO_RECIPIENT)
        if self.step == 1:
            self._choices()
        if self.step == len(_VERBS) - 2 and not self.going.written.isChecked():
            raise InvalidValueError(NOT_WRITTEN)

    def _go(self, step: int) -> None:
        self.step = step
        if step == 1:
            self.consent.about(self.choose.chosen, self._context.clock().date(), self.fit)
        if step == len(_VERBS) - 2:
            self.going.about(self.choose.chosen)
        for place, part in enumerate(self._steps):
            part.setVisible(place == step)
        self.say_wrong("")
        last = step == len(_VERBS) - 1
        self.previous.setVisible(0 < step < len(_VERBS) - 1)
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
        fields = [part for part in self.consent.findChildren(QAbstractButton) if part.isVisible()]
        return self.choose.client if step == 0 else fields[0] if fields else self.verb

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
        self._go(len(_VERBS) - 1)


class HandoverList(FormDialog):
    """What was handed over, the latest first."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, "Wat is overgedragen", "Sluiten")
        self.setMinimumWidth(theme.px(560))
        self.back.hide()
        self.body.setSpacing(4)
        self.verb.clicked.connect(self.accept)
        self.lines: list[str] = []
        context.worker.run(handover.handed_over, self._show, self.failed)

    def _show(self, found: tuple[Handover, ...]) -> None:
        if not found:
            self._say(
                "U hebt nog geen casus overgedragen. Hier staat later wat u gaf, wanneer en aan wie.", "body", "muted"
            )
        for place, one in enumerate(found):
            whom = f", aan {one.to}" if one.to else ""
            self._say(f"{long_date(one.on)}{whom}", "strong").setContentsMargins(0, 10 if place else 0, 0, 0)
            for case in one.cases:
                self._say(_line(case))
            gone = one.count - len(one.cases)
            if gone:
                self._say(f"{counted(gone, 'casus is', 'casussen zijn')} hier vernietigd.", "body", "muted")
        self.body.addStretch(1)
        self.fit()

    def _say(self, text: str, role: str = "body", ink: str = "text") -> Label:
        label = Label(text, role, ink, wraps=True)
        self.lines.append(text)
        self.body.addWidget(label)
        return label


def _line(case: HandedOverCase) -> str:
    names = "met namen" if case.named else "zonder namen"
    consent = "zonder toestemming, de reden staat bij de casus"
    if case.consented is not None:
        consent = f"toestemming van {long_date(case.consented)}"
    return f"{case.pseudonym} · {case.code} · {names} · {consent}"
