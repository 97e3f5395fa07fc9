"""The line above a case that says which bewaarstops lie on it, each with the way to lift it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.cases import Case
from vpdesk.operations import retention
from vpdesk.ui.context import Context
from vpdesk.ui.models.retention_words import HOLD_LABELS, hold_line
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.domain.retention import Hold
    from vpdesk.operations.retention import Held
    from vpdesk.operations.vaults import Vault


class HoldLines(QWidget):
    """One message for each bewaarstop in force; nothing where there is none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._case: Case | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self.lifts: tuple[Button, ...] = ()
        self.hide()

    def show_case(self, case: Case | None) -> None:
        """Follow a case; None shows nothing."""
        if case is None or (self._case is not None and self._case.id != case.id):
            self._show(case, ())
        self._case = case
        if case is not None:
            number = case.id

            def asked(vault: "Vault") -> "Held":
                return retention.held(vault, number)

            self._context.worker.run(asked, lambda found: self._show(case, found.in_force), self._context.failed)

    def place(self) -> None:
        """Ask about a new bewaarstop."""
        if self._case is not None:
            from vpdesk.ui.pages.retention_dialogs import HoldDialog  # noqa: PLC0415 - seldom asked for

            HoldDialog(self._context, self, self._case.id, self._case.code).open()

    def _show(self, case: Case | None, holds: "tuple[Hold, ...]") -> None:
        if case is not None and self._case is not None and case.id != self._case.id:
            return  # another case is shown by now
        clear(self._lines)
        made = []
        for hold in holds:
            lift = Button("Opheffen…", size=28, name=f"Bewaarstop opheffen: {HOLD_LABELS[hold.kind].lower()}")
            lift.clicked.connect(partial(self._lift, hold))
            self._lines.addWidget(Message(hold_line(hold), "warning", start="Bewaarstop.", button=lift, icon="slot"))
            made.append(lift)
        self.lifts = tuple(made)
        self.setVisible(bool(holds))

    def _lift(self, hold: "Hold", _checked: object = None) -> None:
        from vpdesk.ui.pages.retention_dialogs import LiftDialog  # noqa: PLC0415 - idem

        LiftDialog(self._context, self, hold).open()
