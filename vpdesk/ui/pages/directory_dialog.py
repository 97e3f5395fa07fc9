"""The form for an entry of the directory: an own one, or what the user changes of a national one."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain import taxonomy
from vpdesk.domain.clients import Client
from vpdesk.domain.directory import DirectoryEntry
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId, DirectoryId
from vpdesk.operations import clients, directory
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_FOR_ALL: Final = "Alle organisaties"


class EntryDialog(FormDialog):
    """Everything that is kept about an entry; `then(entry)` follows."""

    keeps_text = True

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        then: Callable[[DirectoryEntry], None],
        entry: DirectoryEntry | None = None,
    ) -> None:
        super().__init__(
            parent,
            "Nieuw adres" if entry is None else "Adres wijzigen",
            "Toevoegen" if entry is None else "Bewaren",
            text="Een adres staat los van casussen: schrijf hier niets over de mensen die bij u komen.",
        )
        self.setMinimumWidth(520)
        self._context, self._then, self._entry = context, then, entry
        self._offered = False
        known = entry or DirectoryEntry(DirectoryId(0), "nieuw")
        self.name = LineEdit("" if entry is None else entry.name, name="Naam")
        self.kind = ComboBox.of_codes(taxonomy.VERWIJZING, known.kind)
        self.client = ComboBox("Voor welke organisatie")
        self.client.addItem(_FOR_ALL, None)
        self.when = LineEdit(known.when, name="Wanneer verwijzen")
        self.reach = LineEdit(known.reach, name="Hoe te bereiken", placeholder="Nummer, adres, open wanneer")
        self.note = PlainText(known.note)
        self.note.setFixedHeight(theme.px(72))
        self.checked = CheckBox("Vandaag nagekeken")
        self.checked.setChecked(entry is None)
        self.body.addWidget(Field("Naam", self.name))
        self._for = Field("Voor welke organisatie", self.client)
        self.body.addWidget(Field("Soort hulp", self.kind))
        self.body.addWidget(self._for)
        self._for.setVisible(not known.shipped)
        self.body.addWidget(Field("Wanneer verwijzen, mag leeg", self.when))
        self.body.addWidget(Field("Hoe te bereiken, mag leeg", self.reach))
        self.body.addWidget(Field("Notitie, mag leeg", self.note))
        self.body.addWidget(self.checked)
        self.name.setFocus()
        self.verb.clicked.connect(self._keep)
        context.worker.run(clients.clients, self._offer, self.failed)

    def _offer(self, found: tuple[Client, ...]) -> None:
        self._offered = True
        for client in found:
            self.client.addItem(client.name, client.id)
        if self._entry is not None and not self.client.touched:
            self.client.choose(self._entry.client)

    def _changed(self) -> DirectoryEntry:
        before = self._entry or DirectoryEntry(DirectoryId(0), "nieuw")
        client = self.client.currentData() if self._offered else before.client
        return replace(
            before,
            name=self.name.text().strip(),
            kind=str(self.kind.currentData()),
            when=self.when.text().strip(),
            reach=self.reach.text().strip(),
            note=self.note.toPlainText().strip(),
            client=None if client is None else ClientId(client),
            checked=self._context.clock().date() if self.checked.isChecked() else before.checked,
        )

    def _keep(self) -> None:
        try:
            entry = self._changed()
        except InvalidValueError as error:
            self.failed(error)
            return
        save = self.sending(lambda vault: directory.save_entry(vault, entry))
        self._context.worker.run(save, self._kept, self.failed)

    def _kept(self, entry: DirectoryEntry) -> None:
        self._then(entry)
        context, before = self._context, self._entry
        context.changes.tell(Topic.DIRECTORY)
        self.accept()

        def back(vault: "Vault") -> None:
            if before is None:
                directory.remove_entry(vault, entry)
            else:
                directory.save_entry(vault, replace(before, id=entry.id))

        said = "Het adres is toegevoegd." if before is None else "Het adres is gewijzigd."
        context.message(said, undo=undoing(context, back, Topic.DIRECTORY))
