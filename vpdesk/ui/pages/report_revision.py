"""Says on Jaarverslag that the vault counts otherwise than the report that is out, and leads to a revised edition."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from vpdesk.operations import reports
from vpdesk.operations.reports import Gathered, Prepared, Standing
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.domain.ids import ClientId
    from vpdesk.domain.periods import Period
    from vpdesk.domain.statements import Audience

REVISING: Final = "Dit wordt een herziene uitgave. De eerste uitgave blijft in de lijst staan."


class RevisionNotice(QObject):
    """`look(prepared)` asks whether cases changed since.

    `told(Message)` says so, `wanted()` asks for the preview of the other edition.
    """

    told = Signal(object)
    wanted = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asked: tuple[ClientId, Period, Audience] | None = None
        self._shown: Prepared | None = None

    def wants(self, client: "ClientId", period: "Period", audience: "Audience") -> bool:
        """Return whether a revised edition of exactly this report was asked for."""
        return self._asked == (client, period, audience)

    def forget(self) -> None:
        """Ask for the report as it is out again."""
        self._asked = None

    def look(self, prepared: Prepared) -> None:
        """Say what is to be said of the report that is shown, if anything."""
        self._shown, gathered = prepared, prepared.gathered
        if gathered.revising is not None and gathered.existing is None:
            back = Button("Terug naar de eerste uitgave", size=28)
            back.clicked.connect(self._back)
            self.told.emit(Message(REVISING, "info", button=back))
        elif gathered.existing is not None:
            self._context.worker.run(
                lambda vault: reports.standing(vault, gathered), partial(self._say, prepared), self._context.failed
            )

    def _say(self, prepared: Prepared, standing: Standing | None) -> None:
        if standing is None or prepared is not self._shown:
            return
        button = None
        if standing.may_revise:
            button = Button("Herziene uitgave", size=28)
            button.clicked.connect(partial(self._revise, prepared.gathered))
        self.told.emit(Message(standing.sentence, "warning", button=button))

    def _revise(self, gathered: Gathered) -> None:
        self._asked = (gathered.client.id, gathered.period, gathered.audience)
        self.wanted.emit()

    def _back(self) -> None:
        self.forget()
        self.wanted.emit()
