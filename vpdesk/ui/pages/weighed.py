"""Forms whose saving is held against other cases: where roles may conflict, going on takes a reason."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.conflicts import Level
from vpdesk.domain.errors import RoleConflictError, VpdeskError
from vpdesk.operations import people
from vpdesk.operations.people import GoingOn
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.case_dialogs import FormOfCase
from vpdesk.ui.pages.conflict_check import BESIDE
from vpdesk.ui.pages.other_cases import OtherCases
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.neutral import NeutralSentence

if TYPE_CHECKING:
    from vpdesk.domain.ids import CaseId

_NOT_HERE = "Schrijf niets over de andere casus: dit blijft bij deze."


class Reason(QWidget):
    """Why the advisor goes on, what she knew already, the sentence to decline with, and a way to look."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.sentence = NeutralSentence()
        self.others = OtherCases(context)
        self.knowledge = LineEdit()
        self.reason = LineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Label("U kunt zeggen:", "label"))
        column.addWidget(self.sentence)
        column.addWidget(self.others)
        column.addWidget(Field("Wat u al wist, mag leeg", self.knowledge, hint=_NOT_HERE))
        column.addWidget(Field("Waarom u doorgaat", self.reason))

    def about(self, cases: "tuple[CaseId, ...]") -> None:
        """Be about these other cases, without showing them; about none where they are not in the vault yet."""
        self.others.about(partial(people.cases_called, cases=cases) if cases else None)

    @property
    def given(self) -> GoingOn:
        """What is typed here."""
        return GoingOn(self.reason.text(), self.knowledge.text())


class WeighedForm(FormOfCase):
    """A form that may be refused because of roles; then it asks for the reason, and is sent again with it."""

    topics: tuple[Topic, ...] = (Topic.PEOPLE,)

    def __init__(self, context: Context, parent: QWidget, case: Case, title: str, verb: str, *, text: str = "") -> None:
        super().__init__(context, parent, case, title, verb, text=text)
        self.weighing = Reason(context)
        self.weighing.hide()

    @property
    def going_on(self) -> GoingOn | None:
        """The reason for going on, None as long as it was not asked for."""
        return None if self.weighing.isHidden() else self.weighing.given

    def failed(self, error: VpdeskError) -> None:
        """Ask for the reason where roles may conflict; all that was typed stays."""
        if isinstance(error, RoleConflictError):
            self.weighing.about(error.cases)
            self.weighing.show()
            self.verb.setText("Toch bewaren")
            self.verb.setAccessibleName(self.verb.text())
            self.verb.updateGeometry()
            self.weighing.reason.setFocus()
        super().failed(error)

    def _kept(self, result: object) -> None:
        if result is Level.LET_OP:
            self.context.message(BESIDE)
        super()._kept(result)


class GoOnDialog(FormOfCase):
    """The reason alone, where a conflict came about by another role, a linked talk or an import."""

    topics = (Topic.PEOPLE,)

    def __init__(self, context: Context, parent: QWidget, case: Case, cases: "tuple[CaseId, ...]") -> None:
        super().__init__(
            context,
            parent,
            case,
            "Doorgaan ondanks een mogelijk rolconflict",
            "Reden bewaren",
            text="Wie een melder ondersteunt, ondersteunt niet ook de betrokkene, een getuige of een collega.",
        )
        self.weighing = Reason(context)
        self.weighing.about(cases)
        self.body.addWidget(self.weighing)
        self.weighing.reason.setFocus()
        self.verb.clicked.connect(self._go_on)

    def _go_on(self) -> None:
        number, today, given = self.case.id, self.context.clock().date(), self.weighing.given
        self.keep(lambda vault: people.go_on(vault, case_id=number, today=today, going_on=given))
