"""The messages of a melding that goes through the advisor: what came, what went, and what still has to."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.ids import MeldingId, RelayId
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.operations import relay
from vpdesk.operations.relay import RelayLog
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.pages.case_dialogs import FormOfCase
from vpdesk.ui.pages.relay_message import MessageDialog
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.fact_lines import fill, grid
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import ListRow, TwoLineList
from vpdesk.ui.widgets.says_inside import SaysInside

_SIGNS: Final = {Direction.NAAR: "exporteren", Direction.VAN: "importeren"}


class RelayLogDialog(SaysInside, FormOfCase):
    """The log; Enter opens a message, of which the one that was asked for (`at`) is chosen."""

    topics = (Topic.MELDINGEN,)

    def __init__(
        self, context: Context, parent: QWidget, case: Case, melding_id: MeldingId, *, at: RelayId | None = None
    ) -> None:
        super().__init__(
            context,
            parent,
            case,
            "Berichten via u",
            "Naar de organisatie…",
            text="U geeft door en beslist niets. De organisatie krijgt het kenmerk, de dag en de tekst die de melder "
            "goedkeurde.",
        )
        self.setMinimumWidth(560)
        self.context = self.saying_inside(context)
        self._id = melding_id
        self._at = at
        self.log: RelayLog | None = None
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self._lines = grid()
        self.list = TwoLineList("Berichten", grows=True)
        self.empty = Label("Nog geen berichten. Begin met wat de melder wil doorgeven.", "body", "muted", wraps=True)
        self.came = Button("Van de organisatie…", size=28)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.list)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.came)
        self.body.addStretch(1)
        self.list.opened.connect(self.open_message)
        self.came.clicked.connect(partial(self._new, Direction.VAN))
        self.verb.clicked.connect(partial(self._new, Direction.NAAR))
        context.changes.changed.connect(self._changed)
        self.list.setFocus()
        self._ask()

    def _ask(self) -> None:
        number = self._id
        self.context.worker.run(lambda vault: relay.relay_log(vault, number), self._show, self.failed)

    def _changed(self, topics: frozenset[Topic]) -> None:
        if Topic.MELDINGEN in topics and self.isVisible():
            self._ask()

    def _show(self, log: RelayLog) -> None:
        self.log = log
        today = self.context.clock().date()
        fill(self._lines, [("Kenmerk", log.melding.reference)])
        self.list.show_rows(
            [
                ListRow(
                    message.id,
                    message.direction.value.capitalize(),
                    message.state,
                    _SIGNS[message.direction],
                    "warning" if message.passed is None else "muted",
                    right=day_short(message.on, today),
                )
                for message in log.messages
            ]
        )
        if self._at is not None:
            self.list.choose(self._at)
            self._at = None
        first = bool(log.messages) and self.list.isHidden()
        self.list.setVisible(bool(log.messages))
        self.empty.setVisible(not log.messages)
        if first:
            self.list.setFocus()  # what was just written is what one goes on with
        self.fit()

    def open_message(self, number: RelayId) -> None:
        """Show a message."""
        found = [message for message in self.log.messages if message.id == number] if self.log else []
        for message in found:
            self._open(message)

    def _new(self, direction: Direction, _checked: object = None) -> None:
        self._open(None, direction)

    def _open(self, message: RelayMessage | None, direction: Direction = Direction.NAAR) -> None:
        if self.log is not None:
            MessageDialog(self.context, self, self.case, self.log, message, direction).open()
