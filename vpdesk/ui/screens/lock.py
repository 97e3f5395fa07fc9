"""The lock screen: one field or one button, nothing of the work; words or emergency sheets where those fail."""

import re
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from vpdesk.domain.errors import (
    KeyringAbsentError,
    KeyringError,
    KeyringLockedError,
    VaultDamagedError,
    VpdeskError,
    WordsMistypedError,
    WrongSecretError,
)
from vpdesk.domain.wording import counted
from vpdesk.ui import icons
from vpdesk.ui.door import Door
from vpdesk.ui.screens.frame import CentredScreen, Medallion, empty
from vpdesk.ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.widgets.writing import PlainText
from vpdesk.ui.worker import Worker

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_WORD: Final = re.compile(r"[^\W\d_]+")
LAPTOP, WORDS, SHEETS = "laptop", "words", "sheets"
_ON_THIS_LAPTOP: Final = frozenset({"daily", "passphrase", "keyring", "practice"})
PATIENCE_AFTER: Final = 4
WAIT: Final = timedelta(seconds=30)


class PassphraseEdit(LineEdit):
    """A field whose letters are hidden until the eye is pressed; never remembered, never suggested."""

    def __init__(self, name: str = "Wachtzin") -> None:
        super().__init__(name=name, big=True)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )
        self._eye = QAction(icons.icon("oog"), "Wachtzin tonen", self)
        self._eye.triggered.connect(self._turn)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def _turn(self) -> None:
        hidden = self.echoMode() is QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icons.icon("oogdicht" if hidden else "oog"))
        self._eye.setText("Wachtzin verbergen" if hidden else "Wachtzin tonen")


class LockScreen(CentredScreen):
    """Asks for what opens the vault; `opened(Vault)` when it fits, `damaged(str)` when the vault can't open.

    `slots` are the kinds of slots of the vault: with one of the keyring alone nothing is typed, and emergency sheets
    are offered only where there are any.
    """

    opened = Signal(object)
    damaged = Signal(str)
    leave = Signal()

    def __init__(
        self,
        worker: Worker,
        door: Door,
        *,
        practice: bool,
        reason: str = "",
        slots: frozenset[str] = frozenset({"daily"}),
    ) -> None:
        super().__init__(380, practice=practice)
        self.setAccessibleName("Vergrendeld")
        self._worker, self._door, self._practice = worker, door, practice
        self._slots = slots
        self._by_keyring = "keyring" in slots
        self._until: datetime | None = None
        self._tries = 0
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._count_down)
        self.passphrase = PassphraseEdit()
        self.field = Field("Wachtzin", self.passphrase)
        self.words = WordsEdit()
        self.words_field = Field("Uw 16 herstelwoorden", self.words, hint="Met een spatie ertussen, in hun volgorde.")
        self.open = Button("Openen", PRIMARY, size=40)
        self.open_words = Button("Openen met deze woorden", PRIMARY, size=40)
        self.sheets = (WordsEdit(), WordsEdit())
        self.sheet_fields = tuple(
            Field(f"De 16 woorden van noodblad {number}", edit) for number, edit in enumerate(self.sheets, start=1)
        )
        self.open_sheets = Button("Openen met deze bladen", PRIMARY, size=40)
        self.other = Button("Openen met herstelwoorden", QUIET, size=28)
        self.by_sheets = Button("Openen met noodbladen", QUIET, size=28)
        self.quit = Button("Afsluiten", PLAIN, size=28)
        self.progress = ProgressLine(can_cancel=False)
        self._notice = QVBoxLayout()
        self._lay_out(reason)
        self._connect()
        self.show_way(LAPTOP if slots & _ON_THIS_LAPTOP else WORDS)

    @property
    def way(self) -> str:
        """How the vault is to be opened: laptop, words or sheets."""
        return self._way

    def first_focus(self) -> QWidget:
        """Return the one field, or the one button."""
        if self._way == LAPTOP:
            return self.open if self._by_keyring else self.passphrase
        return self.words if self._way == WORDS else self.sheets[0]

    def show_words(self, *, by_words: bool) -> None:
        """Ask for the words instead of what this laptop takes, or the other way round."""
        self.show_way(WORDS if by_words else LAPTOP)

    def show_way(self, way: str) -> None:
        """Ask for what a way takes; what was typed elsewhere stays."""
        self._way = way
        self.field.setVisible(way == LAPTOP and not self._by_keyring)
        self.open.setVisible(way == LAPTOP)
        for field in self.sheet_fields:
            field.setVisible(way == SHEETS)
        self.open_sheets.setVisible(way == SHEETS)
        self.words_field.setVisible(way == WORDS)
        self.open_words.setVisible(way == WORDS)
        back = "Openen met de sleutelbos" if self._by_keyring else "Openen met de wachtzin"
        can_go_back = way != LAPTOP and bool(self._slots & _ON_THIS_LAPTOP)
        self.other.setText(back if can_go_back else "Openen met herstelwoorden")
        self.other.setAccessibleName(self.other.text())
        self.other.updateGeometry()
        self.other.setVisible(not self._practice and (can_go_back or way != WORDS))
        self.by_sheets.setVisible("emergency" in self._slots and way != SHEETS)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def holds(self) -> bool:
        """Whether words, or those of a sheet, stand there to be read."""
        return any(edit.toPlainText() for edit in (self.words, *self.sheets))

    def _other_way(self) -> None:
        self.show_way(LAPTOP if self._way != LAPTOP and self._slots & _ON_THIS_LAPTOP else WORDS)

    def _lay_out(self, reason: str) -> None:
        body = self.body
        body.addStretch(9)
        body.addWidget(Medallion("slot"))
        body.addSpacing(10)
        body.addWidget(Label("Vergrendeld" if reason else "vpdesk", "page"))
        sentence = reason or ("Open uw kluis." if self._by_keyring else "Open uw kluis met uw wachtzin.")
        if self._practice:
            sentence = f"{reason}\nDit is de oefenkluis. De wachtzin is: oefenkluis".strip()
        body.addWidget(Label(sentence, "intro", "muted", wraps=True))
        body.addLayout(self._notice)
        body.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        beside = QVBoxLayout()
        if not self._by_keyring:
            beside.addSpacing(self.field.label.sizeHint().height() + 4)
        beside.addWidget(self.open)
        beside.addStretch(1)
        row.addLayout(beside)
        if self._by_keyring:
            row.addStretch(1)
        body.addLayout(row)
        body.addWidget(self.words_field)
        body.addWidget(self.open_words)
        for field in self.sheet_fields:
            body.addWidget(field)
        body.addWidget(self.open_sheets)
        body.addWidget(self.progress)
        body.addSpacing(6)
        body.addWidget(Rule())
        foot = QHBoxLayout()
        ways = QVBoxLayout()
        ways.setSpacing(0)
        ways.addWidget(self.other)
        ways.addWidget(self.by_sheets)
        foot.addLayout(ways)
        foot.addStretch(1)
        foot.addWidget(self.quit, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(foot)
        body.addStretch(10)

    def _connect(self) -> None:
        self.open.clicked.connect(self._try_laptop)
        self.passphrase.returnPressed.connect(self._try_laptop)
        self.open_sheets.clicked.connect(self._try_sheets)
        self.sheets[0].submitted.connect(self.sheets[1].setFocus)
        self.sheets[1].submitted.connect(self._try_sheets)
        self.by_sheets.clicked.connect(lambda: self.show_way(SHEETS))
        self.open_words.clicked.connect(self._try_words)
        self.words.submitted.connect(self._try_words)
        self.other.clicked.connect(self._other_way)
        self.quit.clicked.connect(self.leave)

    def _try_laptop(self) -> None:
        typed = self.passphrase.text()
        if self._until is not None or not self.open.isEnabled():
            return
        if self._by_keyring:
            self._try(partial(self._door.open))
        elif not typed:
            self.field.show_error("Typ uw wachtzin.")
        elif self._practice and typed.strip().lower() != "oefenkluis":
            self._refused(WrongSecretError("Deze wachtzin past niet. De wachtzin van de oefenkluis is: oefenkluis"))
        else:
            self._try(partial(self._door.open, passphrase=typed))

    def _try_words(self) -> None:
        self._try(partial(self._door.open, words=self.words.toPlainText()))

    def _try_sheets(self) -> None:
        for field in self.sheet_fields:
            field.show_error("")
        first, second = (edit.toPlainText() for edit in self.sheets)
        self._try(partial(self._door.open, sheets=(first, second)))

    def _try(self, opener: "partial[Vault]") -> None:
        self._set_busy(busy=True)
        empty(self._notice)
        self.progress.start("De kluis gaat open")
        self._worker.open(opener, self._let_in, self._refused)

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self.open, self.open_words, self.open_sheets, self.other, self.by_sheets):
            button.setEnabled(not busy)
        for field in (self.passphrase, self.words, *self.sheets):
            field.setReadOnly(busy)

    def _let_in(self, vault: "Vault") -> None:
        self.progress.finish()
        for field in (self.passphrase, self.words, *self.sheets):
            field.clear()
        self.opened.emit(vault)

    def _refused(self, error: VpdeskError) -> None:
        self.progress.finish()
        self._set_busy(busy=False)
        if isinstance(error, VaultDamagedError):
            self.damaged.emit(error.sentence)
            return
        if isinstance(error, KeyringError):
            self._say(error.sentence, again=isinstance(error, (KeyringLockedError, KeyringAbsentError)))
            self.show_way(LAPTOP if isinstance(error, KeyringLockedError) else WORDS)
        elif not isinstance(error, WrongSecretError):
            self._say(error.sentence)
        elif self._way == SHEETS:
            self._refuse_sheets(error)
        else:
            field = self.words_field if self._way == WORDS else self.field
            field.show_error(error.sentence)
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
            self.passphrase.selectAll()
            self.words.point_at(error)
            if self._way == LAPTOP and not self._practice:
                self._slow_down(error)

    def _refuse_sheets(self, error: WrongSecretError) -> None:
        """Say it below the sheet that it is about; below the second where it is about both."""
        at = (error.sheet or 2) - 1 if isinstance(error, WordsMistypedError) else 1
        self.sheet_fields[at].show_error(error.sentence)
        self.sheets[at].setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheets[at].point_at(error)

    def _slow_down(self, error: VpdeskError) -> None:
        self._tries += 1
        if self._tries >= PATIENCE_AFTER or "seconde" in error.sentence:
            self._until = self._door.clock() + WAIT
            self.open.setEnabled(False)
            self._tick.start()
            self._count_down()

    def _count_down(self) -> None:
        left = round((self._until - self._door.clock()).total_seconds()) if self._until else 0
        if left <= 0:
            self._until = None
            self._tick.stop()
            self.open.setEnabled(True)
            self.field.show_error("")
        else:
            seconds = counted(left, "seconde", "seconden")
            self.field.show_error(f"Een paar keer niet gelukt. Over {seconds} kunt u het weer proberen.")

    def _say(self, sentence: str, *, again: bool = False) -> None:
        empty(self._notice)
        self._notice.addWidget(Message(sentence, "warning"))
        if again:
            button = Button("Opnieuw proberen", icon="opnieuw")
            button.clicked.connect(self._try_laptop)
            self._notice.addWidget(button)


class WordsEdit(PlainText):
    """Room for sixteen words; Enter submits, Tab leaves."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(92)
        self.setUndoRedoEnabled(False)

    def point_at(self, error: VpdeskError) -> None:
        """Select the word that an error names, if it names one."""
        position = error.position if isinstance(error, WordsMistypedError) else None
        found = [] if position is None else list(_WORD.finditer(self.toPlainText()))[position - 1 : position]
        for word in found:
            cursor = self.textCursor()
            cursor.setPosition(word.start())
            cursor.setPosition(word.end(), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Submit with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)
