"""The steps of the first start, each on a page of its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vpdesk.domain.wording import counted
from vpdesk.ui import theme
from vpdesk.ui.screens.lock import PassphraseEdit
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import CheckBox, Field, LineEdit, RadioButton
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

_WIDEST: Final = 888
_WORDS: Final = 16
_COLUMNS: Final = 4
_SHORTEST: Final = 8


class Step(QScrollArea):
    """One step. `changed` when `missing` may differ, `entered` on Enter; `next_text` stands on the button."""

    changed = Signal()
    entered = Signal()
    next_text = "Verder"

    def __init__(self, head: str, title: str, intro: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        outer = QHBoxLayout(inside)
        outer.setContentsMargins(64, 40, 64, 16)
        column = QWidget()
        column.setMaximumWidth(theme.px(_WIDEST))
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 4, 0, 4)
        self.body.setSpacing(8)
        self.body.addWidget(Label(head, "body", "muted"))
        self.body.addWidget(Label(title, "wizard"))
        about = Label(intro, "intro", "muted", wraps=True)
        about.setMaximumWidth(theme.px(760))
        self.body.addWidget(about)
        self.body.addSpacing(16)
        outer.addWidget(column, 1000)
        outer.addStretch(1)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
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


class _Choice(QWidget):
    """A radio button with a line of explanation."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.button = RadioButton(title)
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
        self._new = _Choice("Een kluis op deze laptop", "")
        self._practice = _Choice(
            "Eerst rondkijken in de oefenkluis",
            "Een jaar aan verzonnen casussen. U kunt niets stukmaken, en uw eigen kluis maakt u later.",
        )
        self._restore = _Choice(
            "Een reservekopie terugzetten", "Met een kopie van uw vorige laptop en uw 16 herstelwoorden."
        )
        self._group = QWidget()
        choices = QVBoxLayout(self._group)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(4)
        for choice in (self._new, self._practice, self._restore):
            choices.addWidget(choice)
            choice.button.toggled.connect(self.changed)
            choice.button.setAutoExclusive(False)
            choice.button.clicked.connect(self._clicked)
        self.other = Button("Andere map…", QUIET, size=28)
        self.other.clicked.connect(self._choose_folder)
        self._new.lines.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
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

    def _clicked(self) -> None:
        sender = self.sender()
        self._choose(next(c for c in (self._new, self._practice, self._restore) if c.button is sender))

    def _choose(self, chosen: _Choice) -> None:
        for choice in (self._new, self._practice, self._restore):
            choice.button.setChecked(choice is chosen)

    def _choose_folder(self) -> None:
        named = QFileDialog.getExistingDirectory(self, "Map voor de kluis", str(self.folder.parent))
        if named:
            self.folder = Path(named) / "vpdesk-kluis"
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


class WordGrid(QWidget):
    """Sixteen numbered words that run down four columns; hidden they are dots."""

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self._hidden = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Herstelwoorden")

    def show_words(self, words: Sequence[str], *, hidden: bool = False) -> None:
        """Show words, or dots in their place."""
        self._words, self._hidden = tuple(words), hidden
        spoken = "verborgen" if hidden else ", ".join(f"{n} {word}" for n, word in enumerate(words, 1))
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return four rows."""
        return QSize(560, theme.px(46) * (_WORDS // _COLUMNS) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cells, numbers and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = _WORDS // _COLUMNS
        width, height = (self.width() - 1) / _COLUMNS, (self.height() - 1) / rows
        for n in range(1, _COLUMNS):
            painter.fillRect(round(n * width), 1, 1, self.height() - 2, theme.colour("line"))
            painter.fillRect(1, round(n * height), self.width() - 2, 1, theme.colour("line"))
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        middle, right = (
            int(Qt.AlignmentFlag.AlignVCenter),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
        )
        for n, word in enumerate(self._words):
            x, y = (n // rows) * width, (n % rows) * height
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRectF(x, y, theme.px(34), height), right, str(n + 1))
            painter.setFont(theme.font("word"))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(x + theme.px(46), y, width, height), middle, "••••••" if self._hidden else word)


class WordsStep(Step):
    """Shows the words once, to be copied by hand."""

    next_text = "Verder: woorden overtypen"

    def __init__(self) -> None:
        super().__init__(
            "Stap 3 van 4",
            "Schrijf uw 16 herstelwoorden op",
            "Met deze woorden en een reservekopie krijgt u uw kluis terug op een andere laptop. U hebt ze ook nodig "
            "als u uw wachtzin vergeet. Niemand anders heeft ze, ook de makers van vpdesk niet.",
        )
        self._words: tuple[str, ...] = ()
        self.grid = WordGrid()
        self.hide_words = Button("Woorden verbergen", icon="oogdicht")
        self.hide_words.setCheckable(True)
        self.hide_words.toggled.connect(self._turn)
        self.written = CheckBox("Ik heb de 16 woorden op papier")
        self.written.toggled.connect(self.changed)
        self.body.addWidget(self.grid)
        self.body.addSpacing(6)
        self.print_words = Button("Afdrukken met QR-code…", icon="print")
        self.print_words.clicked.connect(self._print)
        row = QHBoxLayout()
        row.addWidget(self.print_words)
        row.addWidget(self.hide_words)
        row.addStretch(1)
        row.addWidget(Label("Lees per kolom, van boven naar beneden", "small", "muted"))
        self.body.addLayout(row)
        self.body.addSpacing(14)
        self.body.addWidget(
            Message(
                "\nBewaar het papier thuis of in een andere la dan de laptop. Maak er geen foto van.",
                "warning",
                start="Zonder wachtzin én zonder deze woorden is de kluis voorgoed dicht.",
            )
        )
        self.body.addSpacing(12)
        self.body.addWidget(self.written)
        after = Label(
            "Hierna typt u ze over. vpdesk opent er de kluis mee, zodat zeker is dat ze kloppen.",
            "small",
            "muted",
            wraps=True,
        )
        after.setContentsMargins(theme.px(18) + 10, 0, 0, 0)
        self.body.addWidget(after)
        self.body.addStretch(1)

    @property
    def missing(self) -> str:
        """Whether the user says that they are on paper."""
        return "" if self.written.isChecked() else "Schrijf eerst de woorden op"

    def show_words(self, words: Sequence[str]) -> None:
        """Show these words."""
        self._words = tuple(words)
        self.written.setChecked(False)
        self.hide_words.setChecked(False)
        self.grid.show_words(self._words)

    def forget(self) -> None:
        """Let go of the words."""
        self._words = ()
        self.grid.show_words(())

    def first_focus(self) -> QWidget:
        """Return the box."""
        return self.written

    def _print(self) -> None:
        from vpdesk.ui.screens.recovery_sheet import print_sheet  # noqa: PLC0415 - printing is loaded when asked for

        print_sheet(self, self._words)

    def _turn(self, hidden: bool) -> None:
        self.hide_words.setText("Woorden tonen" if hidden else "Woorden verbergen")
        self.hide_words.setAccessibleName(self.hide_words.text())
        self.hide_words.icon_name = "oog" if hidden else "oogdicht"
        self.hide_words.updateGeometry()
        self.grid.show_words(self._words, hidden=hidden)


class TypeBackStep(Step):
    """Asks all sixteen words back."""

    next_text = "Kluis openen met deze woorden"

    def __init__(self) -> None:
        super().__init__(
            "Stap 3 van 4",
            "Typ de 16 woorden over",
            "Van uw papier, in dezelfde volgorde. Een spatie brengt u naar het volgende woord.",
        )
        grid = QWidget()
        cells = QGridLayout(grid)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setHorizontalSpacing(16)
        cells.setVerticalSpacing(12)
        rows = _WORDS // _COLUMNS
        self.edits = [LineEdit(name=f"Woord {n}") for n in range(1, _WORDS + 1)]
        for n, edit in enumerate(self.edits):
            cell = QHBoxLayout()
            cell.setSpacing(8)
            number = Label(str(n + 1), "small", "muted")
            number.setFixedWidth(theme.px(18))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            cell.addWidget(number)
            cell.addWidget(edit, 1)
            cells.addLayout(cell, n % rows, n // rows)
            edit.installEventFilter(self)
            edit.textChanged.connect(self.changed)
            edit.returnPressed.connect(self._on_enter)
        self.body.addWidget(grid)
        self.body.addStretch(1)

    @property
    def words(self) -> tuple[str, ...]:
        """What was typed."""
        return tuple(edit.text().strip().lower() for edit in self.edits)

    @property
    def missing(self) -> str:
        """How many places are empty."""
        left = sum(not word for word in self.words)
        return f"Nog {counted(left, 'woord', 'woorden')}" if left else ""

    def clear(self) -> None:
        """Empty every field."""
        for edit in self.edits:
            edit.clear()

    def first_focus(self) -> QWidget:
        """Return the first empty field."""
        return next((edit for edit in self.edits if not edit.text()), self.edits[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the next word with a space."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            for here, after in zip(self.edits, [*self.edits[1:], None], strict=True):
                if here is watched and here.text() and after is not None:
                    after.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        if not self.missing:
            self.entered.emit()
        else:
            self.first_focus().setFocus(Qt.FocusReason.TabFocusReason)


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
