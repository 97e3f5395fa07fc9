"""The dialogs that change how the vault opens: new words, another way on this laptop, emergency sheets."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vpdesk.ui.context import Context
from vpdesk.ui.pages.step_dialog import NO_COPY, StepDialog, TextStep
from vpdesk.ui.screens.lock import PassphraseEdit
from vpdesk.ui.screens.wizard_steps import Choice, Step
from vpdesk.ui.screens.wizard_words import TypeBackStep, WordsStep
from vpdesk.ui.widgets.buttons import DANGER, QUIET, Button
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vpdesk.operations.access import NewSheets, NewWords
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.screens.recovery_sheet import Sheet

    Change = Callable[[Vault], object]

_WORDS_HELP: Final = "Schrijf ze op, of druk ze af. Daarna typt u ze van uw blad over."


class NewWordsDialog(StepDialog):
    """New recovery words: shown once, typed back, and then the vault has a new key."""

    done_text = "De nieuwe woorden gelden."
    lacks_copy = "De nieuwe woorden gelden, maar er is nog geen kopie die ermee opengaat."

    def __init__(self, context: Context, parent: QWidget) -> None:
        about = TextStep(
            "Nieuwe herstelwoorden maken",
            "Uw kluis krijgt 16 nieuwe woorden en een nieuwe sleutel. Met uw woorden van nu gaat daarna niets nieuws "
            "meer open. Leg pen en papier klaar.",
            next_text="Verder: woorden tonen",
        )
        about.say(
            "Die gaan alleen open met de woorden van toen. Bewaar uw oude blad zolang u die kopieën wilt houden. "
            "Kent iemand anders uw oude woorden, haal die kopieën dan weg.",
            "warning",
            start="Uw oudere reservekopieën blijven zoals zij zijn.",
        )
        about.say("vpdesk maakt meteen een nieuwe kopie, die met de nieuwe woorden opengaat.")
        about.body.addStretch(1)
        self.words_step = WordsStep("", "Uw 16 nieuwe herstelwoorden", f"{_WORDS_HELP} Tot dan gelden de oude.")
        self.back_step = TypeBackStep("", "Typ de 16 nieuwe woorden over")
        self.back_step.next_text = "Nieuwe woorden laten gelden"
        self._new: NewWords | None = None
        super().__init__(context, parent, "Nieuwe herstelwoorden", (about, self.words_step, self.back_step))

    def leave_step(self, number: int) -> None:
        """Draw the words when they are to be shown; they stay the same while the dialog is open."""
        if number == 0 and self._new is None:
            from vpdesk.operations.access import new_words  # noqa: PLC0415 - loaded when used

            self._new = new_words()
            self.words_step.show_words(self._new.words)

    def change(self, progress: Progress) -> "Change":
        """Let the new words count."""
        from vpdesk.operations.access import new_words, replace_words  # noqa: PLC0415 - loaded when used

        new = self._new or new_words()  # what was never shown can't be typed back
        return partial(replace_words, new=new, typed=self.words_to_try(), now=self._context.clock(), progress=progress)

    def words_to_try(self) -> str:
        """Return what was typed back."""
        return " ".join(self.back_step.words)

    def after_copy(self) -> str:
        """Return that older copies did not change."""
        return "Oudere kopieën gaan alleen open met uw vorige woorden."

    def without_copy(self) -> str:
        """Return what to do while no copy opens with the new words."""
        return f"Bewaar uw oude blad tot die er is. {NO_COPY}"

    def forget(self) -> None:
        """Let go of the words."""
        self._new = None
        self.words_step.forget()
        self.back_step.clear()


class HoldersStep(Step):
    """To whom the two sheets go; the names stand on paper only."""

    next_text = "Verder: blad 1 tonen"

    def __init__(self, *, replaces: bool) -> None:
        super().__init__(
            "",
            "Nieuwe noodbladen maken" if replaces else "Noodopening maken",
            "Twee bladen met elk 16 woorden. Samen openen zij uw kluis op deze laptop: een collega kan dan verder als "
            "u er niet bent. Eén blad alleen opent niets. Uw reservekopieën gaan er niet mee open.",
        )
        if replaces:
            self.body.addWidget(
                Message("Haal ze op en vernietig ze.", "warning", start="De bladen van nu gelden daarna niet meer.")
            )
        self.body.addWidget(
            Message(
                "Wie de kluis met de bladen opent, ziet alles wat erin staat. U krijgt dat te zien zodra u haar zelf "
                "weer opent, tot u zegt dat u het weet."
            )
        )
        self.edits = (
            LineEdit(placeholder="bijvoorbeeld een collega-vertrouwenspersoon", name="Blad 1 gaat naar"),
            LineEdit(placeholder="bijvoorbeeld een notaris", name="Blad 2 gaat naar"),
        )
        for number, edit in enumerate(self.edits, start=1):
            hint = "Dit komt alleen op de bladen te staan; vpdesk bewaart het niet." if number == 2 else ""
            self.body.addWidget(Field(f"Blad {number} gaat naar", edit, hint=hint))
            edit.setMaxLength(60)
            edit.textChanged.connect(self.changed)
            edit.returnPressed.connect(self.entered)
        self.body.addStretch(1)

    @property
    def holders(self) -> tuple[str, str]:
        """What was typed."""
        return self.edits[0].text().strip(), self.edits[1].text().strip()

    @property
    def missing(self) -> str:
        """Whether somebody was named for both."""
        return "" if all(self.holders) else "Vul in naar wie elk blad gaat"

    def first_focus(self) -> QWidget:
        """Return the first empty field."""
        return next((edit for edit in self.edits if not edit.text()), self.edits[0])


class EmergencyDialog(StepDialog):
    """Two emergency sheets, made or replaced."""

    changing = "De noodbladen gaan gelden"
    done_text = "De twee noodbladen gelden."

    def __init__(self, context: Context, parent: QWidget, *, replaces: bool) -> None:
        self.holders_step = HoldersStep(replaces=replaces)
        self.word_steps = tuple(
            WordsStep(
                "",
                f"Noodblad {number} van 2",
                _WORDS_HELP,
                warning="Houd de twee bladen uit elkaar: wie ze allebei heeft, opent uw kluis.",
                keeping="Geef dit blad in een dichte envelop aan wie het bewaart.",
                sheet=partial(self._sheet, number),
            )
            for number in (1, 2)
        )
        self.back_steps = tuple(TypeBackStep("", f"Typ de 16 woorden van blad {number} over") for number in (1, 2))
        self.word_steps[0].next_text = "Verder: blad 2 tonen"
        self.word_steps[1].next_text = "Verder: blad 1 overtypen"
        self.back_steps[0].next_text = "Verder: blad 2 overtypen"
        self.back_steps[1].next_text = "Noodbladen laten gelden"
        self._new: NewSheets | None = None
        super().__init__(context, parent, "Noodopening", (self.holders_step, *self.word_steps, *self.back_steps))

    def leave_step(self, number: int) -> None:
        """Draw the words when the first sheet is to be shown."""
        if number == 0 and self._new is None:
            from vpdesk.operations.access import new_sheets  # noqa: PLC0415 - loaded when used

            self._new = new_sheets()
            self.word_steps[0].show_words(self._new.first)
            self.word_steps[1].show_words(self._new.second)

    def change(self, progress: Progress) -> "Change":
        """Let the sheets count."""
        from vpdesk.operations.access import new_sheets, set_emergency  # noqa: PLC0415 - loaded when used

        new = self._new or new_sheets()  # what was never shown can't be typed back
        first, second = (" ".join(step.words) for step in self.back_steps)
        return partial(set_emergency, new=new, typed=(first, second), now=self._context.clock(), progress=progress)

    def forget(self) -> None:
        """Let go of the words."""
        self._new = None
        for shown, typed in zip(self.word_steps, self.back_steps, strict=True):
            shown.forget()
            typed.clear()

    def _sheet(self, number: int, words: "Sequence[str]") -> "Sheet":
        from vpdesk.ui.screens.recovery_sheet import emergency_sheet  # noqa: PLC0415 - printing loads when asked for

        return emergency_sheet(number, words, holders=self.holders_step.holders)


class WithdrawDialog(StepDialog):
    """The emergency sheets open nothing new any more."""

    done_text = "De noodbladen gelden niet meer."

    def __init__(self, context: Context, parent: QWidget) -> None:
        about = TextStep(
            "Noodopening intrekken",
            "De twee noodbladen openen uw kluis daarna niet meer. Uw kluis krijgt een nieuwe sleutel. Uw wachtzin en "
            "uw herstelwoorden blijven gelden.",
            next_text="Noodbladen intrekken",
        )
        about.say("Haal de twee bladen op en vernietig ze. Nieuwe maken kan later altijd.")
        about.body.addStretch(1)
        super().__init__(context, parent, "Noodopening intrekken", (about,))
        self.next.kind = DANGER

    def change(self, progress: Progress) -> "Change":
        """Withdraw the sheets."""
        from vpdesk.operations.access import remove_emergency  # noqa: PLC0415 - loaded when used

        return partial(remove_emergency, now=self._context.clock(), progress=progress)


class LaptopStep(Step):
    """Three ways to open the vault on this laptop, each with what it costs."""

    next_text = "Zo openen"

    def __init__(self, current: str) -> None:
        super().__init__("", "Openen op deze laptop", "Uw herstelwoorden blijven gelden, wat u ook kiest.")
        self.choices = {
            "daily": Choice(
                "Wachtzin, samen met de sleutelbos",
                "U typt elke keer uw wachtzin. Wie alleen de laptop heeft, of alleen de wachtzin, komt er niet in.",
            ),
            "keyring": Choice(
                "Alleen de sleutelbos",
                "U typt niets: één knop opent de kluis. Dit kost het u: wie op deze laptop onder uw naam is aangemeld, "
                "opent de kluis ook. Dat geldt voor wie uw wachtwoord van de laptop kent, en voor wie haar beheert.",
            ),
            "passphrase": Choice(
                "Alleen een wachtzin",
                "De sleutelbos doet niet mee. De wachtzin beschermt de kluis dan alleen en moet lang zijn: "
                "minstens zes woorden of 20 tekens.",
            ),
        }
        for name, choice in self.choices.items():
            choice.button.setAutoExclusive(False)
            choice.button.clicked.connect(partial(self.choose, name))
            self.body.addWidget(choice)
        self.proposal = Label("", "word", wraps=True)
        self.proposal.setAccessibleName("Voorgestelde wachtzin")
        self.propose = Button("Zes woorden voorstellen", QUIET, size=28)
        self.propose.clicked.connect(self._propose)
        self.first, self.second = PassphraseEdit("Nieuwe wachtzin"), PassphraseEdit("Nog een keer")
        self._fields = (
            Field("Nieuwe wachtzin", self.first, hint="U mag ook uw wachtzin van nu weer kiezen."),
            Field("Nog een keer", self.second),
        )
        self.body.addWidget(self.proposal)
        self.body.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignLeft)
        for field in self._fields:
            self.body.addWidget(field)
        for edit in (self.first, self.second):
            edit.textChanged.connect(self.changed)
            edit.returnPressed.connect(self.entered)
        self.body.addStretch(1)
        self.choose(current if current in self.choices else "daily")

    def choose(self, name: str, _checked: object = None) -> None:
        """Choose daily, keyring or passphrase."""
        self.chosen = name
        for other, choice in self.choices.items():
            choice.button.setChecked(other == name)
        for field in self._fields:
            field.setVisible(name != "keyring")
        self.propose.setVisible(name == "passphrase")
        self.proposal.setVisible(name == "passphrase" and bool(self.proposal.text()))
        self.changed.emit()

    @property
    def passphrase(self) -> str:
        """What was typed, empty where none is needed."""
        return "" if self.chosen == "keyring" else self.first.text()

    @property
    def missing(self) -> str:
        """Whether a passphrase was typed twice alike, where one is needed."""
        if self.chosen == "keyring":
            return ""
        if not self.first.text():
            return "Typ een wachtzin"
        return "" if self.first.text() == self.second.text() else "Typ dezelfde wachtzin nog een keer"

    def first_focus(self) -> QWidget:
        """Return the chosen way."""
        return self.choices[self.chosen].button

    def _propose(self) -> None:
        from vpdesk.operations.vaults import generate_passphrase  # noqa: PLC0415 - loaded when used

        self.proposal.setText(generate_passphrase())
        self.proposal.show()
        self.propose.setText("Andere woorden")
        self.propose.setAccessibleName(self.propose.text())
        self.propose.updateGeometry()


class LaptopDialog(StepDialog):
    """Another passphrase, or another way to open the vault on this laptop."""

    done_text = "Deze laptop opent de kluis voortaan zo."

    def __init__(self, context: Context, parent: QWidget, *, current: str) -> None:
        self.way_step = LaptopStep(current)
        super().__init__(context, parent, "Openen op deze laptop", (self.way_step,))

    def change(self, progress: Progress) -> "Change":
        """Let this laptop open the vault in the chosen way."""
        from vpdesk.operations.vaults import SlotKind  # noqa: PLC0415 - loaded when used

        door, step = self._context.door, self.way_step
        return partial(door.enrol, passphrase=step.passphrase, kind=SlotKind(step.chosen), progress=progress)

    def forget(self) -> None:
        """Empty the fields."""
        self.way_step.first.clear()
        self.way_step.second.clear()
        self.way_step.proposal.setText("")
