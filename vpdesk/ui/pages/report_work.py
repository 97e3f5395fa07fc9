"""Werkzaamheden: which parts of the work log a report has."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.ids import ClientId
from vpdesk.domain.report_work import PARTS, WorkPart
from vpdesk.operations.report_work import choose_work, work_parts
from vpdesk.ui.widgets.fields import CheckBox
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.context import Context

_FEW: Final = (
    "Bij weinig casussen staan er geen aantallen en geen uren in, wat u hier ook kiest: daaruit is op te maken of er "
    "iemand kwam. Uren staan er alleen als ook de tijd van de gesprekken genoemd kan worden."
)


def open_work(context: "Context", parent: QWidget, client: ClientId, then: Callable[[], None]) -> None:
    """Ask which parts there shall be; `then` follows once the choice is kept."""

    def ask(parts: frozenset[WorkPart]) -> None:
        WorkDialog(context, parent, client, parts, then).open()

    context.worker.run(lambda vault: work_parts(vault, client), ask, context.failed)


class WorkDialog(FormDialog):
    """A box to tick for each part, in the order of the report."""

    def __init__(
        self,
        context: "Context",
        parent: QWidget,
        client: ClientId,
        parts: frozenset[WorkPart],
        then: Callable[[], None],
    ) -> None:
        super().__init__(
            parent,
            "Werkzaamheden in het verslag",
            "Bewaren",
            text=(
                "Wat u bij Activiteiten vastlegt voor deze organisatie, kan in het verslag. Uw keuze geldt ook voor de "
                "verslagen hierna. Een verslag dat al is uitgegeven, verandert niet meer."
            ),
        )
        self._context, self._client, self._then = context, client, then
        self.boxes = {part: CheckBox(words) for part, words in PARTS.items()}
        for part, box in self.boxes.items():
            box.setChecked(part in parts)
            self.body.addWidget(box)
        self.body.addWidget(Label(_FEW, "small", "muted", wraps=True))
        next(iter(self.boxes.values())).setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        chosen = frozenset(part for part, box in self.boxes.items() if box.isChecked())

        def keep(vault: "Vault") -> frozenset[WorkPart]:
            return choose_work(vault, self._client, chosen)

        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def _kept(self, _: frozenset[WorkPart]) -> None:
        self.accept()
        self._then()
