"""The lock screen: one field, nothing of the work; words where the passphrase or the keyring fails."""

import re
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from vpdesk.domain.errors import KeyringEntryError, VaultDamagedError, VpdeskError, WordsMistypedError, WrongSecretError
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
    """Asks for the passphrase or the words; `opened(Vault)` when they fit, `damaged(str)` when the vault can't open."""

    opened = Signal(object)
    damaged = Signal(str)
    leave = Signal()

    def __init__(
        self, worker: Worker, door: Door, *, practice: bool, reason: str = "", words_only: bool = False
    ) -> None:
        super().__init__(380, practice=practice)
        self.setAccessibleName("Vergrendeld")
        self._worker, self._door, self._practice = worker, door, practice
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
        self.other = Button("Openen met herstelwoorden", QUIET, size=28)
        self.quit = Button("Afsluiten", PLAIN, size=28)
        self.progress = ProgressLine(can_cancel=False)
        self._notice = QVBoxLayout()
        self._lay_out(reason)
        self._connect()
        self._by_words = False
        if words_only:
            self.show_words(by_words=True)

    def first_focus(self) -> QWidget:
        """Return the one field."""
        return self.words if self._by_words else self.passphrase

    def show_words(self, *, by_words: bool) -> None:
        """Ask for the words instead of the passphrase, or the other way round."""
        self._by_words = by_words
        for widget in (self.words_field, self.open_words):
            widget.setVisible(by_words)
        for widget in (self.field, self.open):
            widget.setVisible(not by_words)
        self.other.setText("Openen met de wachtzin" if by_words else "Openen met herstelwoorden")
        self.other.setAccessibleName(self.other.text())
        self.other.updateGeometry()
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, reason: str) -> None:
        body = self.body
        body.addStretch(9)
        body.addWidget(Medallion("slot"))
        body.addSpacing(10)
        body.addWidget(Label("Vergrendeld" if reason else "vpdesk", "page"))
        sentence = reason or "Open uw kluis met uw wachtzin."
        if self._practice:
            sentence = f"{reason}\nDit is de oefenkluis. De wachtzin is: oefenkluis".strip()
        body.addWidget(Label(sentence, "intro", "muted", wraps=True))
        body.addLayout(self._notice)
        body.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        beside = QVBoxLayout()
        beside.addSpacing(self.field.label.sizeHint().height() + 4)
        beside.addWidget(self.open)
        beside.addStretch(1)
        row.addLayout(beside)
        body.addLayout(row)
        body.addWidget(self.words_field)
        body.addWidget(self.open_words)
        self.words_field.hide()
        self.open_words.hide()
        body.addWidget(self.progress)
        body.addSpacing(6)
        body.addWidget(Rule())
        foot = QHBoxLayout()
        foot.addWidget(self.other)
        foot.addStretch(1)
        foot.addWidget(self.quit)
        self.other.setVisible(not self._practice)
        body.addLayout(foot)
        body.addStretch(10)

    def _connect(self) -> None:
        self.open.clicked.connect(self._try_passphrase)
        self.passphrase.returnPressed.connect(self._try_passphrase)
        self.open_words.clicked.connect(self._try_words)
        self.words.submitted.connect(self._try_words)
        self.other.clicked.connect(lambda: self.show_words(by_words=not self._by_words))
        self.quit.clicked.connect(self.leave)

    def _try_passphrase(self) -> None:
        typed = self.passphrase.text()
        if self._until is not None or not self.open.isEnabled():
            return
        if not typed:
            self.field.show_error("Typ uw wachtzin.")
        elif self._practice and typed.strip().lower() != "oefenkluis":
            self._refused(WrongSecretError("Deze wachtzin past niet. De wachtzin van de oefenkluis is: oefenkluis"))
        else:
            self._try(partial(self._door.open, passphrase=typed))

    def _try_words(self) -> None:
        self._try(partial(self._door.open, words=self.words.toPlainText()))

    def _try(self, opener: "partial[Vault]") -> None:
        self._set_busy(busy=True)
        self.progress.start("De kluis gaat open")
        self._worker.open(opener, self._let_in, self._refused)

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self.open, self.open_words, self.other):
            button.setEnabled(not busy)
        self.passphrase.setReadOnly(busy)
        self.words.setReadOnly(busy)

    def _let_in(self, vault: "Vault") -> None:
        self.progress.finish()
        self.passphrase.clear()
        self.words.clear()
        self.opened.emit(vault)

    def _refused(self, error: VpdeskError) -> None:
        self.progress.finish()
        self._set_busy(busy=False)
        if isinstance(error, VaultDamagedError):
            self.damaged.emit(error.sentence)
            return
        if isinstance(error, KeyringEntryError):
            self._say(error.sentence)
            self.show_words(by_words=True)
            return
        if isinstance(error, WrongSecretError):
            field = self.words_field if self._by_words else self.field
            field.show_error(error.sentence)
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
            self.passphrase.selectAll()
            self.words.point_at(error)
            if not self._by_words and not self._practice:
                self._slow_down(error)
            return
        self._say(error.sentence)

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

    def _say(self, sentence: str) -> None:
        empty(self._notice)
        self._notice.addWidget(Message(sentence, "warning"))


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
