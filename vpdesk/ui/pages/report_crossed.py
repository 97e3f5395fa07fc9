"""Kruistabellen: which two divisions stand side by side in a report."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.operations.report_crossing import MOST_TABLES, Crossing, Pair, choose_crossed, crossing_of
from vpdesk.ui.widgets.fields import ComboBox, Field
from vpdesk.ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from vpdesk.domain.report_choices import ReportChoices
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.context import Context

HALF_CHOSEN = "Kies bij kruistabel {number} ook wat ernaast staat, of zet beide op ‘geen’."


def open_crossed(
    context: "Context", parent: QWidget, client: ClientId, period: Period, then: Callable[[], None]
) -> None:
    """Ask which tables there shall be; `then` follows once the choice is kept."""

    def ask(crossing: Crossing) -> None:
        CrossedDialog(context, parent, (client, period), crossing, then).open()

    context.worker.run(lambda vault: crossing_of(vault, client, period), ask, context.failed)


class CrossedDialog(FormDialog):
    """Up to four tables, each of two divisions; `tables` are their two boxes."""

    def __init__(
        self,
        context: "Context",
        parent: QWidget,
        about: tuple[ClientId, Period],
        crossing: Crossing,
        then: Callable[[], None],
    ) -> None:
        super().__init__(
            parent,
            "Kruistabellen",
            "Bewaren",
            text=(
                "Een kruistabel zet twee verdelingen naast elkaar, zoals rol en werkgebied. Hij komt er vanaf "
                f"{crossing.from_cases} casussen (6 × de drempel), en alleen als er niemand uit af te leiden is. Een "
                "verslag dat al is uitgegeven, verandert niet meer."
            ),
        )
        self._context, self._report, self._crossing, self._then = context, about, crossing, then
        self.tables = [self._row(number) for number in range(1, MOST_TABLES + 1)]
        for (down, across), pair in zip(self.tables, crossing.chosen, strict=False):
            down.choose(pair[0])
            across.choose(pair[1])
        self.tables[0][0].setFocus()
        self.verb.clicked.connect(self._keep)

    def _row(self, number: int) -> tuple[ComboBox, ComboBox]:
        boxes = ComboBox(f"Kruistabel {number}, rijen"), ComboBox(f"Kruistabel {number}, kolommen")
        for box in boxes:
            box.addItem("geen", "")
            for name, label in self._crossing.names:
                box.addItem(label, name)
        self.pair(Field(f"Kruistabel {number}: rijen", boxes[0]), Field("Kolommen", boxes[1]))
        return boxes

    def _pairs(self) -> tuple[Pair, ...]:
        """Return the tables that are chosen.

        Raises:
            InvalidValueError: one has a division on one side only.
        """
        found = []
        for number, boxes in enumerate(self.tables, start=1):
            down, across = (str(box.currentData()) for box in boxes)
            if bool(down) != bool(across):
                raise InvalidValueError(HALF_CHOSEN.format(number=number))
            found += [(down, across)] if down else []
        return tuple(found)

    def _keep(self) -> None:
        try:
            pairs = self._pairs()
            self._crossing.check(pairs)
        except InvalidValueError as error:
            self.failed(error)
            return
        client, period = self._report

        def keep(vault: "Vault") -> "ReportChoices":
            return choose_crossed(vault, client, period, pairs)

        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def _kept(self, _: "ReportChoices") -> None:
        self.accept()
        self._then()
