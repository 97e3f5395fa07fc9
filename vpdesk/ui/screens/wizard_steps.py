"""The steps of the first start, each on a page of its own."""

import itertools
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vpdesk.ui import theme
from vpdesk.ui.screens.lock import PassphraseEdit
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import clear_ground
from vpdesk.ui.widgets.fields import Field, LineEdit, RadioButton
from vpdesk.ui.widgets.file_dialogs import ask_folder
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

_WIDEST: Final = 888
_SHORTEST: Final = 8


class Step(QScrollArea):
    """One step. `changed` when `missing` may differ, `entered` on Enter; `next_text` stands on the button.

    Without a `head` it stands in a dialog, which brings margins of its own and keeps a `foot` in sight below it.
    """

    changed = Signal()
    entered = Signal()
    next_text = "Verder"
    foot: QWidget | None = None

    def __init__(self, head: str, title: str, intro: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        outer = QHBoxLayout(inside)
        outer.setContentsMargins(*((64, 40, 64, 16) if head else (4, 0, 12, 4)))
        column = QWidget()
        column.setMaximumWidth(theme.px(_WIDEST))
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 4, 0, 4)
        self.body.setSpacing(8)
        if head:
            self.body.addWidget(Label(head, "body", "muted"))
        self.body.addWidget(Label(title, "wizard" if head else "empty", wraps=not head))
        about = Label(intro, "intro", "muted", wraps=True)
        about.setMaximumWidth(theme.px(760))
        self.body.addWidget(about)
        about.setVisible(bool(intro))
        self.body.addSpacing(16 if head else 8)
        outer.addWidget(column, 1000)
        outer.addStretch(1)
        self.setViewport(clear_ground())
        self.setWidget(inside)
        inside.setAutoFillBackground(False)

    @property
    def missing(self) -> str:
        """What must be done before the user may go on, empty when nothing."""
        return ""

    def first_focus(self) -> QWidget:
        """Return where the step begins."""
        raise NotImplementedError

    def appear(self) -> None:
        """Prepare to be shown."""


class _Way(RadioButton):
    """A way to go; `entered` on Enter, which Qt gives no meaning on a radio button."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter too, and go on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.setChecked(True)
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Choice(QWidget):
    """A radio button with a line of explanation."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.button = _Way(title)
        self.button.setAccessibleDescription(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.button)
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(theme.px(18) + 10, 0, 0, 8)
        self.lines.setSpacing(4)
        self.more = Label(text, "small", "muted", wraps=True)
        self.lines.addWidget(self.more)
        column.addLayout(self.lines)


class PlaceStep(Step):
    """Where the vault stands, or the practice vault first, or a copy of an earlier laptop."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "Stap 1 van 4",
            "Waar komt uw kluis?",
            "Alles wat u opschrijft staat versleuteld in één kluis op deze laptop. "
            "Alleen met uw wachtzin of uw herstelwoorden gaat zij open.",
        )
        self.folder = folder
        self._new = Choice("Een kluis op deze laptop", "")
        self._practice = Choice(
            "Eerst rondkijken in de oefenkluis",
            "Een jaar aan verzonnen casussen. U kunt niets stukmaken, en uw eigen kluis maakt u later.",
        )
        self._restore = Choice(
            "Een reservekopie terugzetten", "Met een kopie van uw vorige laptop en uw 16 herstelwoorden."
        )
        self._group = QWidget()
        choices = QVBoxLayout(self._group)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(4)
        one_of = QButtonGroup(self)  # each has a parent of its own, which Qt takes for a group of its own
        for choice in (self._new, self._practice, self._restore):
            choices.addWidget(choice)
            one_of.addButton(choice.button)
            choice.button.toggled.connect(self.changed)
            choice.button.entered.connect(self.entered)
        self.other = Button("Andere map…", QUIET, size=28)
        self.other.clicked.connect(self._choose_folder)
        self._new.lines.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        for before, after in itertools.pairwise(
            (self._new.button, self.other, self._practice.button, self._restore.button)
        ):
            QWidget.setTabOrder(before, after)
        self.body.addWidget(self._group)
        self.body.addStretch(1)
        self._show_folder()
        self._choose(self._new)

    @property
    def choice(self) -> str:
        """Kluis, oefenkluis or terugzetten."""
        if self._practice.button.isChecked():
            return "oefenkluis"
        return "terugzetten" if self._restore.button.isChecked() else "kluis"

    @property
    def next_text(self) -> str:  # type: ignore[override] # it depends on the choice
        """What the button does."""
        return {"oefenkluis": "Oefenkluis openen", "terugzetten": "Verder: kopie kiezen"}.get(self.choice, "Verder")

    def choose(self, choice: str) -> None:
        """Choose kluis, oefenkluis or terugzetten."""
        self._choose({"oefenkluis": self._practice, "terugzetten": self._restore}.get(choice, self._new))

    def first_focus(self) -> QWidget:
        """Return the chosen option."""
        return next(c.button for c in (self._new, self._practice, self._restore) if c.button.isChecked())

    def _choose(self, chosen: Choice) -> None:
        chosen.button.setChecked(True)

    def _choose_folder(self) -> None:
        named = ask_folder(self, "Map voor de kluis", self.folder.parent)
        if named is not None:
            self.folder = named / "vpdesk-kluis"
            self._show_folder()

    def _show_folder(self) -> None:
        self._new.more.setText(f"In de map {self.folder}. Kies geen map die met de cloud meeloopt.")


class PassphraseStep(Step):
    """The passphrase: chosen where a keyring shares the work, generated where it stands alone."""

    def __init__(self) -> None:
        super().__init__(
            "Stap 2 van 4",
            "Kies uw wachtzin",
            "Een zin die alleen u kent en die u makkelijk typt. Spaties en hoofdletters tellen mee. "
            "U typt hem elke keer dat u de kluis opent.",
        )
        self._generated = ""
        self.first = PassphraseEdit()
        self.second = PassphraseEdit("Nog een keer")
        self._first_field = Field(
            "Wachtzin", self.first, hint=f"Minstens {_SHORTEST} tekens; liever vier woorden of meer."
        )
        self._second_field = Field("Nog een keer", self.second)
        self.alone = Message(
            "Deze laptop heeft geen sleutelbos. De wachtzin beschermt de kluis hier alleen, en moet daarom lang zijn. "
            "Schrijf deze zes woorden op, of kies zelf een zin van minstens zes woorden:",
            "warning",
        )
        self.proposal = Label("", "word", wraps=True)
        self.proposal.setAccessibleName("Voorgestelde wachtzin")
        self.again = Button("Andere woorden", QUIET, size=28)
        self.again.clicked.connect(self._propose)
        for widget in (self.alone, self.proposal):
            self.body.addWidget(widget)
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        for field in (self._first_field, self._second_field):
            field.setMaximumWidth(theme.px(460))
            self.body.addWidget(field)
            self.body.addSpacing(8)
        self.body.addStretch(1)
        for edit in (self.first, self.second):
            edit.textChanged.connect(self._look)
            edit.returnPressed.connect(self.entered)
        self.for_keyring(has_keyring=True)

    @property
    def passphrase(self) -> str:
        """What was typed."""
        return self.first.text()

    @property
    def missing(self) -> str:
        """Whether it is long enough and was typed twice alike."""
        if len(self.first.text()) < _SHORTEST:
            return f"Nog te kort: minstens {_SHORTEST} tekens"
        return "" if self.first.text() == self.second.text() else "Typ dezelfde wachtzin nog een keer"

    def for_keyring(self, *, has_keyring: bool) -> None:
        """Explain and propose where the passphrase stands alone."""
        for widget in (self.alone, self.proposal, self.again):
            widget.setVisible(not has_keyring)
        if not has_keyring and not self._generated:
            self._propose()

    def forget(self) -> None:
        """Let go of what was typed and proposed."""
        self.first.clear()
        self.second.clear()
        self.proposal.clear()
        self._generated = ""

    def first_focus(self) -> QWidget:
        """Return the first field."""
        return self.first

    def _propose(self) -> None:
        from vpdesk.operations.vaults import generate_passphrase  # noqa: PLC0415 - only without a keyring

        self._generated = generate_passphrase()
        self.proposal.setText(self._generated)

    def _look(self) -> None:
        differs = bool(self.second.text()) and not self.first.text().startswith(self.second.text())
        self._second_field.show_error("De twee zinnen zijn nog niet gelijk." if differs else "")
        self.changed.emit()


class ClientStep(Step):
    """The first organisation; it may wait."""

    def __init__(self) -> None:
        super().__init__(
            "Stap 4 van 4",
            "Voor welke organisatie werkt u?",
            "Elke organisatie krijgt haar eigen verslag; gegevens lopen nooit door elkaar. "
            "U kunt er later meer toevoegen, of deze stap overslaan.",
        )
        self.edit = LineEdit(big=True)
        self._field = Field("Naam van de organisatie", self.edit)
        self._field.setMaximumWidth(theme.px(460))
        self.external = RadioButton("Ik ben extern vertrouwenspersoon")
        self.internal = RadioButton("Ik werk zelf bij deze organisatie")
        self.external.setChecked(True)
        self.body.addWidget(self._field)
        self.body.addSpacing(8)
        self.body.addWidget(self.external)
        self.body.addWidget(self.internal)
        self.body.addStretch(1)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)

    @property
    def next_text(self) -> str:  # type: ignore[override] # it depends on what was typed
        """What the button does."""
        return "Naar Vandaag" if self.name.strip() else "Overslaan en beginnen"

    @property
    def name(self) -> str:
        """The name of the organisation, empty to skip."""
        return self.edit.text()

    @property
    def appointment(self) -> str:
        """Intern or extern."""
        return "intern" if self.internal.isChecked() else "extern"

    def first_focus(self) -> QWidget:
        """Return the field."""
        return self.edit
