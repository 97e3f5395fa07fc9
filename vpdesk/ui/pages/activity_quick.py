"""The line above the log: minutes per task and organisation in one go, by keyboard alone."""

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.cases import Draft
from vpdesk.domain.errors import InvalidValueError, VpdeskError
from vpdesk.domain.worklog import TASKS, Activity
from vpdesk.operations import conversations, worklog
from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.pages.activity_dialogs import say_kept
from vpdesk.ui.pages.activity_fields import (
    TIME_HELP,
    client_choice,
    client_of,
    minutes_in,
    offer_clients,
    task_choice,
    task_of,
)
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.fields import LineEdit
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.domain.clients import Client
    from vpdesk.operations.vaults import Vault

KEY: Final = "activiteit"
_SAVING: Final = 1500  # ms; the promise is two seconds
_WIDTHS: Final = (146, 72, 170, 150)


class _Entry(LineEdit):
    """A field in which Enter writes the line down."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter from reaching a button elsewhere on the page."""
        super().keyPressEvent(event)
        event.accept()


class QuickActivity(QWidget):
    """Task, time, organisation and words on one line, of today; task and organisation stay for the next one.

    `refused(VpdeskError)` when the vault did not take what is typed, `taken` when it did or nothing is left to take.
    """

    refused = Signal(object)
    taken = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.task = task_choice("Taak")
        self.time = _Entry(name="Tijd", placeholder="0:45")
        self.time.setAccessibleDescription(TIME_HELP)
        self.time.setToolTip(TIME_HELP)
        self.client = client_choice("Organisatie")
        self.what = _Entry(name="Wat u deed", placeholder="Wat, zonder namen")
        self.keep = Button("Vastleggen")
        self._wrong = Label("", "small", "danger", wraps=True)
        self._wrong.hide()
        line = Flow()
        for field, width in zip((self.task, self.time, self.client, self.what), _WIDTHS, strict=True):
            theme.measure(field, "setFixedWidth", width)
            line.addWidget(field)
        line.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._wrong)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVING)
        self._timer.timeout.connect(self.save_draft)
        for field in (self.time, self.what):
            field.returnPressed.connect(self.write_down)
            field.textEdited.connect(self._typed)
        self.keep.clicked.connect(self.write_down)

    @property
    def wrong(self) -> str:
        """What is wrong with the line, empty when all is well."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    @property
    def draft(self) -> str:
        """What is typed but not written down, as the vault keeps it; empty when nothing is."""
        time, what = self.time.text().strip(), self.what.text().strip()
        if not time and not what:
            return ""
        kept = {"task": task_of(self.task), "time": time, "client": client_of(self.client), "what": what}
        return json.dumps(kept, ensure_ascii=False)

    def offer(self, clients: "Sequence[Client]", draft: Draft | None) -> None:
        """Show the organisations, and put back what was being typed, unless something stands there."""
        offer_clients(self.client, clients)
        if draft is None or self.draft:
            return
        try:
            found: dict[str, Any] = json.loads(draft.text)
            task, client = str(found["task"]), found["client"]
            time, what = str(found["time"]), str(found["what"])
        except (ValueError, TypeError, LookupError, RecursionError):
            self.what.setText(draft.text)
            return
        if task in TASKS:
            self.task.choose(task)
        self.client.choose(client)
        self.time.setText(time)
        self.what.setText(what)

    def _typed(self) -> None:
        self._say("")
        if not self._timer.isActive():
            self._timer.start()
        if not self.draft:
            self.taken.emit()

    def save_draft(self) -> None:
        """Keep what is typed in the vault."""
        self._timer.stop()
        text, now = self.draft, self._context.clock()
        if text:
            save = partial(conversations.save_draft, key=KEY, text=text, now=now)
            self._context.worker.run(save, lambda _: self.taken.emit(), self.refused.emit)
        else:
            self._context.worker.run(self._dropped, lambda _: None, self._context.failed)

    @staticmethod
    def _dropped(vault: "Vault") -> None:
        conversations.drop_draft(vault, key=KEY)

    def write_down(self) -> None:
        """Keep the line as an activity of today."""
        if not self.keep.isEnabled():
            return
        try:
            minutes = minutes_in(self.time)
            activity = Activity(
                worklog.NEW,
                self._context.clock().date(),
                task_of(self.task),
                minutes,
                self.what.text().strip(),
                client_of(self.client),
            )
        except InvalidValueError as error:
            self._say(error.sentence)
            self.time.setFocus()
            return
        self._timer.stop()
        self.keep.setEnabled(False)

        def write(vault: "Vault") -> Activity:
            kept = worklog.write_activity(vault, activity)
            conversations.drop_draft(vault, key=KEY)
            return kept

        self._context.worker.run(write, self._written, self._not_written)

    def _not_written(self, error: VpdeskError) -> None:
        """Leave the line where it is."""
        self.keep.setEnabled(True)
        self.refused.emit(error)

    def _written(self, activity: Activity) -> None:
        self.keep.setEnabled(True)
        self.time.clear()
        self.what.clear()
        self._say("")
        self.taken.emit()
        say_kept(self._context, activity)
        self.task.setFocus()

    def _say(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.time.setProperty("wrong", "true" if sentence else "false")
        self.time.style().polish(self.time)
