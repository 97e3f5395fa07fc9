"""The card on the page of an organisation that says how long its cases are kept."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from vpdesk.domain.clients import Client
from vpdesk.operations import retention
from vpdesk.ui.context import Context
from vpdesk.ui.models.retention_words import KIND_LABELS, term_line
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.domain.retention import Term


class TermsCard(Card):
    """A line for each kind, and the way to change them."""

    def __init__(self, context: Context) -> None:
        super().__init__("Bewaartermijnen")
        self._context = context
        self._client: Client | None = None
        self._terms: tuple[Term, ...] = ()
        self.change = Button("Wijzigen", QUIET, size=28, name="Bewaartermijnen wijzigen")
        self.head.addWidget(self.change)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.body.addWidget(Button.of(context.actions.retention, kind=QUIET, size=28))
        self.change.clicked.connect(self._change)

    def show_client(self, client: Client) -> None:
        """Ask for the terms of an organisation and show them."""
        self._client = client
        self._context.worker.run(
            lambda vault: retention.terms(vault, client.id),
            lambda terms: self._show(client, terms),
            self._context.failed,
        )

    def _show(self, client: Client, terms: "tuple[Term, ...]") -> None:
        if self._client is None or client.id != self._client.id:
            return
        self._terms = terms
        clear(self._lines)
        for term in terms:
            self._lines.addWidget(Label(KIND_LABELS[term.kind], "small", "muted"))
            self._lines.addWidget(Label(term_line(term), "body", wraps=True))
            self._lines.addSpacing(8)
        self._lines.addWidget(
            Label("Daarna vraagt vpdesk wat u wilt. Er gaat nooit vanzelf iets weg.", "small", "muted", wraps=True)
        )

    def _change(self) -> None:
        if self._client is not None and self._terms:
            from vpdesk.ui.pages.retention_dialogs import TermsDialog  # noqa: PLC0415 - seldom asked for

            TermsDialog(self._context, self, self._client, self._terms).open()
