"""The lines above a case or record that say which bewaarstops lie on it, each with the way to lift it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.wording import counted
from vpdesk.operations import retention
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.retention_words import HOLD_LABELS, hold_line
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.domain.ids import CaseId, GuidedId
    from vpdesk.domain.retention import Hold
    from vpdesk.operations.retention import Held
    from vpdesk.operations.vaults import Vault

    Subject = tuple[CaseId | None, GuidedId | None]


class HoldLines(QWidget):
    """One message for each bewaarstop in force, and one for what was changed meanwhile; nothing where there is none."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._of: Subject | None = None
        self._code = ""
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self.lifts: tuple[Button, ...] = ()
        self.to_earlier = Button("Bekijken…", size=28, name="Bekijken wat er eerder stond")
        context.changes.changed.connect(self._look_again)
        self.hide()

    def show_case(self, case: Case | None) -> None:
        """Follow a case; None shows nothing."""
        self._code = "" if case is None else case.code
        self._follow(None if case is None else (case.id, None))

    def show_record(self, number: "GuidedId | None") -> None:
        """Follow a guided record that stands on no case; None shows nothing."""
        self._follow(None if number is None else (None, number))

    def place(self) -> None:
        """Ask about a new bewaarstop."""
        if self._of is not None:
            from vpdesk.ui.pages.retention_dialogs import HoldDialog  # noqa: PLC0415 - seldom asked for

            case, guided = self._of
            HoldDialog(self._context, self, case, self._code, guided).open()

    def _look_again(self, topics: frozenset[Topic]) -> None:
        if Topic.PEOPLE in topics and self.isVisible():  # the page itself does not follow those
            self._follow(self._of)

    def _follow(self, of: "Subject | None") -> None:
        if of != self._of:
            self._show(of, None)
        self._of = of
        if of is not None:

            def asked(vault: "Vault") -> "Held":
                return retention.held(vault, *of)

            self._context.worker.run(asked, lambda found: self._show(of, found), self._context.failed)

    def _show(self, of: "Subject | None", held: "Held | None") -> None:
        if held is not None and of != self._of:
            return  # another one is shown by now
        clear(self._lines)
        made = []
        for hold in () if held is None else held.in_force:
            lift = Button("Opheffen…", size=28, name=f"Bewaarstop opheffen: {HOLD_LABELS[hold.kind].lower()}")
            lift.clicked.connect(partial(self._lift, hold))
            self._lines.addWidget(Message(hold_line(hold), "warning", start="Bewaarstop.", button=lift, icon="slot"))
            made.append(lift)
        if held is not None and held.earlier:
            self._tell_of_earlier(held.earlier)
        self.lifts = tuple(made)
        self.setVisible(bool(made))

    def _tell_of_earlier(self, number: int) -> None:
        self.to_earlier = Button("Bekijken…", size=28, name="Bekijken wat er eerder stond")
        self.to_earlier.clicked.connect(self._look)
        texts = counted(number, "eerdere tekst is", "eerdere teksten zijn")
        said = f"{texts[:1].upper()}{texts[1:]} bewaard van wat u sindsdien wijzigde."
        self._lines.addWidget(Message(said, "info", button=self.to_earlier))

    def _look(self) -> None:
        from vpdesk.ui.pages.earlier_dialog import EarlierDialog  # noqa: PLC0415 - seldom asked for

        if self._of is not None:
            EarlierDialog(self._context, self, *self._of).open()

    def _lift(self, hold: "Hold", _checked: object = None) -> None:
        from vpdesk.ui.pages.retention_dialogs import LiftDialog  # noqa: PLC0415 - idem

        LiftDialog(self._context, self, hold).open()
