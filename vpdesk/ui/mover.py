"""Listens for the command to move the vault, and says after the start that its folder travels to a cloud."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from vpdesk.ui.context import Context
    from vpdesk.ui.desk import Desk

_AFTER_THE_START: Final = 1500
_PROPOSAL: Final = " Kies op de pagina Kluis ‘Kluis verplaatsen…’."


class Mover(QObject):
    """Belongs to a desk; `moved(Path)` when the vault stands elsewhere and is closed here."""

    moved = Signal(object)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._context: Context = desk.context
        desk.commands.move.setEnabled(not self._context.practice)
        desk.commands.move.triggered.connect(lambda _checked=False: self.ask())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.look)
        if not self._context.practice:
            desk.settled.connect(partial(self._pause.start, _AFTER_THE_START))

    def ask(self) -> None:
        """Open the form."""
        from vpdesk.ui.moving import MoveForm  # noqa: PLC0415 - once in the life of a vault, if ever

        form = MoveForm(self._context, self._desk, unsaved=self._desk.unsaved)
        form.moved.connect(self.moved)
        form.open()

    def look(self) -> None:
        """Look beside the vault whether its folder travels, and say so above the page."""
        from vpdesk.ui.moving import service_of  # noqa: PLC0415 - after the first paint

        job = partial(service_of, self._context.door.folder)
        self._context.worker.aside(job, self._propose, self._context.failed)

    def _propose(self, service: str) -> None:
        from vpdesk.ui.moving import SYNCED  # noqa: PLC0415 - idem

        if service:
            self._desk.show_notice(SYNCED.format(service) + _PROPOSAL, "warning")
