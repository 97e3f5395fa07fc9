"""The card of the page Kluis about the vault from before a restore, and the question before it goes."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.wording import long_date, size
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.screens.frame import empty
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.operations.formers import FormerVault
    from vpdesk.operations.vaults import Vault


class FormerCard(Card):
    """What stood here before a copy was put back; hidden when nothing did."""

    def __init__(self, context: Context) -> None:
        super().__init__("De kluis van voor het terugzetten")
        self._context = context
        self.buttons: list[Button] = []
        self.head.addWidget(Icon("terugzetten", "text"))
        self.body.addWidget(
            Label(
                "Zij bleef bewaard voor het geval er in de teruggezette kopie iets ontbreekt. Kijk eerst of uw laatste "
                "gesprekken erin staan. Mist u niets, verwijder haar dan: zij neemt ruimte in en houdt ook vast wat u "
                "intussen vernietigt.",
                ink="muted",
                wraps=True,
            )
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.hide()

    def look(self) -> None:
        """Ask the vault what stands beside it."""
        self._context.worker.run(_formers, self._show, self._context.failed)

    def _show(self, formers: "tuple[FormerVault, ...]") -> None:
        empty(self._rows)
        self.buttons = []
        for former in formers:
            said = f"{size(former.size)}, laatst gewijzigd op {long_date(former.until.date())} {former.until:%H:%M}"
            remove = Button("Verwijderen…", name=f"Verwijderen: {said}")
            remove.clicked.connect(partial(self._ask, former))
            self._rows.addWidget(Label(said, wraps=True))
            self._rows.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons.append(remove)
        self.setVisible(bool(formers))

    def _ask(self, former: "FormerVault", _checked: object = None) -> None:
        DropForm(self._context, self, former).open()


class DropForm(FormDialog):
    """The last question: this can't be undone."""

    def __init__(self, context: Context, parent: QWidget, former: "FormerVault") -> None:
        super().__init__(
            parent,
            "De kluis van voor het terugzetten verwijderen",
            "Verwijderen",
            text=f"Wat u tot {long_date(former.until.date())} {former.until:%H:%M} schreef en niet in de teruggezette "
            "kopie staat, is dan alleen nog in andere reservekopieën te vinden. De kluis van nu blijft zoals zij is. "
            "Dit kan niet ongedaan worden gemaakt.",
            final=True,
        )
        self._context, self._former = context, former
        self.verb.clicked.connect(self._drop)

    def _drop(self) -> None:
        self.verb.setEnabled(False)
        self._context.worker.run(partial(_drop, former=self._former), self._dropped, self.failed)

    def _dropped(self, _nothing: object) -> None:
        self._context.message("De kluis van voor het terugzetten is verwijderd.")
        self._context.changes.tell(Topic.BACKUPS)
        self.accept()


def _formers(vault: "Vault") -> "tuple[FormerVault, ...]":
    from vpdesk.operations.formers import former_vaults  # noqa: PLC0415 - loaded when used

    return former_vaults(vault)


def _drop(vault: "Vault", *, former: "FormerVault") -> None:
    from vpdesk.operations.formers import drop_former_vault  # noqa: PLC0415 - idem

    drop_former_vault(vault, former)
