"""A case without a talk: only the organisation is asked, everything else may come later."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from vpdesk.domain import taxonomy
from vpdesk.domain.cases import Case
from vpdesk.domain.clients import Client
from vpdesk.domain.errors import AppointmentEndedError, VpdeskError
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
        self._known_to_have_ended = False
        self.organisation.currentIndexChanged.connect(lambda _: self._ask_again())
        self.opened.dateChanged.connect(lambda _: self._ask_again())
        context.worker.run(clients.clients, self._offer, self.failed)

    def _offer(self, found: tuple[Client, ...]) -> None:
        for client in found:
            self.organisation.addItem(client.listed(self._context.clock().date()), client.id)
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
        client, known = ClientId(self.organisation.currentData()), self._known_to_have_ended
        role, theme, opened = self.role.currentData(), self.theme.currentData(), self.opened.day
        self._context.worker.run(
            self.sending(
                lambda vault: cases.open_case(
                    vault, client=client, opened=opened, although_ended=known, rol=role, thema=theme
                )
            ),
            self._made,
            self.failed,
        )

    def failed(self, error: VpdeskError) -> None:
        """Say what could not be done; a case after the end of an appointment can be asked for once more."""
        super().failed(error)
        if isinstance(error, AppointmentEndedError):
            self._say_verb(known_to_have_ended=True)

    def _say_verb(self, *, known_to_have_ended: bool) -> None:
        self._known_to_have_ended = known_to_have_ended
        self.verb.setText("Toch casus maken" if known_to_have_ended else "Casus maken")
        self.verb.updateGeometry()

    def _ask_again(self) -> None:
        if self._known_to_have_ended:
            self.say_wrong("")
            self._say_verb(known_to_have_ended=False)

    def _made(self, case: Case) -> None:
        self._context.changes.tell(Topic.CASES)
        self.accept()
        self._then(case)
