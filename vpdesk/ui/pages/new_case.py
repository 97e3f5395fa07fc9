"""A case without a talk: only the organisation is asked, everything else may come later."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from vpdesk.domain import taxonomy
from vpdesk.domain.cases import Case
from vpdesk.domain.clients import Client
from vpdesk.domain.ids import ClientId
from vpdesk.operations import cases, clients
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import ComboBox, DateEdit, Field
from vpdesk.ui.widgets.form import FormDialog


class NewCaseDialog(FormDialog):
    """Asks organisation, day, role and main theme, and opens the case; `then(case)` follows."""

    keeps_text = True

    def __init__(
        self, context: Context, parent: QWidget, then: Callable[[Case], None], client: ClientId | None = None
    ) -> None:
        text = "Alleen de organisatie is nodig. De rest mag later."
        super().__init__(parent, "Nieuwe casus", "Casus maken", text=text)
        self._context = context
        self._then = then
        self._client = client
        self.organisation = ComboBox("Organisatie")
        today = context.clock().date()
        self.opened = DateEdit(today, "Geopend op")
        self.opened.setMaximumDate(self.opened.date())
        self.role = ComboBox.of_codes(taxonomy.ROL)
        self.theme = ComboBox.of_codes(taxonomy.THEMA)
        self.body.addWidget(Field("Organisatie", self.organisation))
        self.pair(Field("Geopend op", self.opened), Field("Rol, mag later", self.role))
        self.body.addWidget(Field("Hoofdthema, mag later", self.theme))
        self.check = Button("Rolconflict nagaan…", QUIET, size=28)
        self.check.clicked.connect(self._check)
        self.body.addWidget(self.check)
        self.verb.setEnabled(False)
        self.verb.clicked.connect(self._make)
        context.worker.run(clients.clients, self._offer, self.failed)

    def _offer(self, found: tuple[Client, ...]) -> None:
        for client in found:
            self.organisation.addItem(client.name, client.id)
        if self._client is not None:
            self.organisation.choose(self._client)
        self.verb.setEnabled(bool(found))
        if not found:
            self.say_wrong("Er is nog geen organisatie. Voeg die eerst toe op de bladzijde Organisaties.")
            self.verb.setEnabled(False)

    def _check(self) -> None:
        from vpdesk.ui.pages.conflict_check import ConflictDialog  # noqa: PLC0415 - loaded when used

        client = self.organisation.currentData()
        ConflictDialog(self._context, self, None if client is None else ClientId(client)).open()

    def _make(self) -> None:
        client = ClientId(self.organisation.currentData())
        role, theme, opened = self.role.currentData(), self.theme.currentData(), self.opened.day
        self._context.worker.run(
            self.sending(lambda vault: cases.open_case(vault, client=client, opened=opened, rol=role, thema=theme)),
            self._made,
            self.failed,
        )

    def _made(self, case: Case) -> None:
        self._context.changes.tell(Topic.CASES)
        self.accept()
        self._then(case)
