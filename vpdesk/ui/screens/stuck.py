"""What the blank screen says when the vault can't take the last text: try again, keep it elsewhere, or let it go."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.errors import VpdeskError
from vpdesk.ui.pages.text_elsewhere import ELSEWHERE, FETCH, FOLDER
from vpdesk.ui.unsaved import Typed
from vpdesk.ui.widgets.buttons import DANGER, PRIMARY, QUIET, Button
from vpdesk.ui.widgets.file_dialogs import ask_folder
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.worker import Worker

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

_HERE: Final = "Uw laatste tekst kon niet in de kluis en staat nog in het geheugen."
_OR: Final = (
    "U kunt de tekst ook versleuteld op een andere schijf of een stick bewaren. Doe dat voor u de laptop uitzet."
)
_LOST: Final = "Wat u het laatst typte, is dan weg. Wat al bewaard was, blijft in de kluis."
LET_GO: Final = "Afsluiten zonder deze tekst"


class Stuck(QWidget):
    """Stands on the blank screen until the text is safe or given up, and goes with the answer.

    `again` to save once more, `kept(str)` with where the text is now and how it comes back, `leave` to close.
    """

    again = Signal()
    kept = Signal(str)
    leave = Signal()

    def __init__(self, worker: Worker, typed: Typed, error: VpdeskError, *, leaving: bool) -> None:
        super().__init__()
        self._worker, self._typed, self._leaving = worker, typed, leaving
        start = "vpdesk is nog niet gesloten." if leaving else "Vergrendeld."
        self.message = Message(f"{_HERE} {error.sentence} {_OR}", "danger", start=start)
        self.retry = Button("Opnieuw proberen", PRIMARY, size=36)
        self.elsewhere = Button(ELSEWHERE, size=36)
        self.let_go = Button(f"{LET_GO}…", QUIET, size=36)
        self.sure = Message(_LOST, "warning")
        self.back = Button("Terug", PRIMARY, size=36)
        self.yes = Button(LET_GO, DANGER, size=36)
        self.close_ = Button("Afsluiten", PRIMARY, size=36)
        self._ways = (self.retry, self.elsewhere, self.let_go)
        self._asking = (self.sure, self.back, self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.message, *self._ways, *self._asking, self.close_):
            column.addWidget(widget)
        self._show(self._ways)
        self.retry.clicked.connect(partial(self._answer, self.again))
        self.elsewhere.clicked.connect(self._choose)
        self.let_go.clicked.connect(self.ask)
        self.back.clicked.connect(partial(self._show, self._ways))
        self.yes.clicked.connect(partial(self._answer, self.leave))
        QShortcut(QKeySequence("Ctrl+Q"), self, self.ask)

    def ask(self) -> None:
        """Ask whether to close without the text, unless it is safe by now."""
        if self.close_.isHidden() and self.retry.isEnabled():
            self._show(self._asking)

    def keep_in(self, folder: Path) -> None:
        """Keep the text encrypted in a folder."""
        self._enable(enabled=False)
        self._worker.run(partial(self._typed.keep_in, folder=folder), self._is_kept, self._not_kept)

    def _choose(self) -> None:
        folder = ask_folder(self, FOLDER)
        if folder is not None:
            self.keep_in(folder)

    def _is_kept(self, paths: tuple[Path, ...]) -> None:
        where = " en ".join(map(str, paths))
        said = f"Uw laatste tekst staat versleuteld in {where}. Kies na het openen in het menu Bestand ‘{FETCH}’."
        if self._leaving:
            self.message.show_text(said, "ok")
            self._show((self.close_,))
            self.close_.clicked.connect(partial(self._answer, self.kept, said))
        else:
            self._answer(self.kept, said)

    def _not_kept(self, error: VpdeskError) -> None:
        self._enable(enabled=True)
        self.message.show_text(f"{_HERE} {error.sentence}", "danger")

    def _enable(self, *, enabled: bool) -> None:
        for button in self._ways:
            button.setEnabled(enabled)

    def _show(self, shown: "tuple[QWidget, ...]", _checked: object = None) -> None:
        for widget in (*self._ways, *self._asking, self.close_):
            widget.setVisible(widget in shown)
        next(widget for widget in shown if isinstance(widget, Button)).setFocus()

    def _answer(self, answer: "SignalInstance", *told: object) -> None:
        self.hide()
        self.deleteLater()
        answer.emit(*(said for said in told if isinstance(said, str)))
