"""What a second start shows while the first does not answer: the vault is open elsewhere, and how to go on."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from vpdesk.ui.instance import Start
from vpdesk.ui.screens.frame import Blank
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.messages import Message

ELSEWHERE: Final = (
    "vpdesk is al open met deze kluis, of wordt net gestart, maar het venster geeft geen antwoord. "
    "Er is niets veranderd. Wacht even, of sluit het andere venster af; dan gaat het hier verder."
)
_LOOK: Final = 500


class ElsewhereScreen(Blank):
    """Asks the first again every half second. `free` when this start may be the first, `leave` when it may go."""

    free = Signal()
    leave = Signal()

    def __init__(self, start: Callable[[], Start]) -> None:
        super().__init__()
        self.setAccessibleName("Al open")
        self._start = start
        self.quit = Button("Afsluiten", PRIMARY, size=36)
        self.quit.clicked.connect(self.leave)
        self.place.addWidget(Message(ELSEWHERE, "info"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.quit)
        self.place.addLayout(row)
        self._again = QTimer(self)
        self._again.setInterval(_LOOK)
        self._again.timeout.connect(self.look)
        self._again.start()

    def look(self) -> None:
        """Ask once more."""
        match self._start():
            case Start.FIRST:
                self._again.stop()
                self.free.emit()
            case Start.RAISED:
                self._again.stop()
                self.leave.emit()
            case Start.UNHEARD:
                pass
