"""Moving the vault to another folder: the form that explains it and does it, and the bar that proposes it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.errors import CancelledError, VpdeskError
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.file_dialogs import ask_folder
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

SYNCED = (
    "Uw kluis staat in een map die meeloopt met {}. Zij blijft versleuteld, maar kan daar beschadigd raken. "
    "Zet haar op een plaats die alleen op deze laptop is."
)
_HOW = (
    "vpdesk kopieert de kluis naar de nieuwe map, opent en controleert de kopie daar, en vergrendelt zich. "
    "Als u de kluis op haar nieuwe plaats opent, verdwijnt zij van de oude. "
    "Gaat er iets mis, dan blijft zij staan waar zij nu staat."
)
_CLOUD = (
    "De cloud kan de oude, versleutelde bestanden nog een tijd bewaren. "
    "Wie uw wachtzin en uw woorden niet heeft, kan ze niet lezen."
)


class PlaceCard(Card):
    """Where the vault stands, with a warning when that folder travels, and the way to another folder."""

    def __init__(self, context: Context) -> None:
        super().__init__("Waar de kluis staat")
        self._context = context
        self.head.addWidget(Icon("map", "text"))
        self._where = Label("", ink="muted", wraps=True)
        self._where.setText(str(context.door.folder))
        self.body.addWidget(self._where)
        self.warning = Message("", "warning")
        self.warning.hide()
        self.body.addWidget(self.warning)
        self.move_vault = Button.of(context.actions.move)
        self.body.addWidget(self.move_vault, 0, Qt.AlignmentFlag.AlignLeft)
        self.move_vault.setVisible(not context.practice)

    def look(self) -> None:
        """Ask beside the vault whether its folder travels."""
        if not self._context.practice:
            job = partial(service_of, self._context.door.folder)
            self._context.worker.aside(job, self._show_service, self._context.failed)

    def _show_service(self, service: str) -> None:
        self.warning.setVisible(bool(service))
        if service:
            self.warning.show_text(SYNCED.format(service), "warning")


class MoveForm(FormDialog):
    """Asks for the new folder and moves the vault there; `moved(Path)` when it is there and closed here."""

    moved = Signal(object)

    def __init__(self, context: Context, parent: QWidget, *, unsaved: Callable[[], list[tuple[str, str]]]) -> None:
        super().__init__(parent, "De kluis verplaatsen", "Verplaatsen", text=_HOW)
        self._context, self._unsaved = context, unsaved
        self._progress: Progress | None = None
        self.to: Path | None = None
        self._where = Label("", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label("Nieuwe map", "small", "muted"))
        words.addWidget(self._where)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Icon("map", "text"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.other = Button("Andere map kiezen…", QUIET, size=28)
        self.other.clicked.connect(self._ask)
        self.body.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Label(_CLOUD, "small", "muted", wraps=True))
        self.body.addWidget(Label("Uw reservekopieën blijven staan waar zij staan.", "small", "muted", wraps=True))
        self.progress = ProgressLine(can_cancel=False)
        self.body.addWidget(self.progress)
        self.choose(None)
        self.verb.clicked.connect(self._move)
        context.worker.aside(partial(_proposed, context.door.folder), self._propose, self.failed)

    def choose(self, folder: Path | None) -> None:
        """Show the folder to which the vault would go; without one the verb waits."""
        self.to = folder
        self._where.setText(str(folder) if folder is not None else "Kies een map die alleen op deze laptop staat.")
        self.verb.setEnabled(folder is not None)
        self.say_wrong("")
        self.verb.setEnabled(folder is not None)

    def reject(self) -> None:
        """Stop the work first; the form closes when nothing is under way."""
        if self._progress is None:
            super().reject()
        else:
            self._progress.cancel()

    def failed(self, error: VpdeskError) -> None:
        """Say what could not be done; the vault stands where it stood."""
        self._end()
        if isinstance(error, CancelledError):
            self.say_wrong("Gestopt. De kluis staat waar zij stond.")
        else:
            super().failed(error)

    def _propose(self, folder: Path | None) -> None:
        if self.to is None:
            self.choose(folder)

    def _ask(self) -> None:
        folder = ask_folder(self, "Nieuwe map voor de kluis")
        if folder is not None:
            self.choose(_inside(folder))

    def _move(self) -> None:
        if self.to is None or self._progress is not None:
            return
        self.say_wrong("")
        self.verb.setEnabled(False)
        self.other.setEnabled(False)
        self._progress = Progress(self)
        self._progress.moved.connect(self.progress.advance)
        self.progress.start("De kluis wordt gekopieerd, geopend en gecontroleerd")
        self._context.worker.run(
            partial(
                _move,
                to=self.to,
                drafts=self._unsaved(),
                now=self._context.clock(),
                count=self._context.preferences.keep_folder,
                progress=self._progress,
            ),
            self._arrived,
            self.failed,
        )

    def _arrived(self, folder: Path) -> None:
        self._end()
        self.accept()
        self.moved.emit(folder)

    def _end(self) -> None:
        self.progress.finish()
        self._progress = None
        self.other.setEnabled(True)


def service_of(folder: Path) -> str:
    """Return what synchronises a folder, '' when nothing that vpdesk knows does."""
    from vpdesk.operations.synced import service_of as found  # noqa: PLC0415 - after the first paint

    return found(folder)


def _proposed(folder: Path) -> Path | None:
    from vpdesk.operations.moving import proposed_folder  # noqa: PLC0415 - seldom needed

    return proposed_folder(folder)


def _inside(folder: Path) -> Path:
    from vpdesk.operations.moving import folder_in  # noqa: PLC0415 - idem

    return folder_in(folder)


def _move(
    vault: "Vault",
    *,
    to: Path,
    drafts: list[tuple[str, str]],
    now: datetime,
    count: Callable[[Path, tuple[Path, ...]], None],
    progress: Progress,
) -> Path:
    from vpdesk.operations.conversations import save_drafts  # noqa: PLC0415 - idem
    from vpdesk.operations.moving import move_vault, where_copies_stand  # noqa: PLC0415 - idem

    save_drafts(vault, drafts, now=now)
    copies = where_copies_stand(vault)
    return move_vault(vault, to, count=lambda folder: count(folder, copies), progress=progress)
