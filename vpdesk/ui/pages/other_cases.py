"""Shows other cases, where roles may conflict or of the same matter, only after the advisor chose to look."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.conflicts import Supported
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_MOST = 12
LOOK = "Toch kijken met welke casus"


class OtherCases(QWidget):
    """A button, and after it was pressed the cases by code and pseudonym.

    `find` gives them; with `leave`, which closes what is in front, each leads to its page. `look` is what the button
    says, and `none` what stands there when there are none.
    """

    def __init__(
        self, context: Context, leave: Callable[[], object] | None = None, *, look: str = LOOK, none: str = ""
    ) -> None:
        super().__init__()
        self._context = context
        self._leave, self._none = leave, none
        self._find: Callable[[Vault], Sequence[Supported]] | None = None
        self.look = Button(look, QUIET, size=28)
        self.look.clicked.connect(self._look)
        self._rows: list[Button | Label] = []
        self._found = QVBoxLayout()
        self._found.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.look)
        column.addLayout(self._found)

    def about(self, find: "Callable[[Vault], Sequence[Supported]] | None") -> None:
        """Be about other cases, none of which is shown; None for nothing to look at."""
        self._find = find
        self._take_away()
        self.look.show()
        self.setVisible(find is not None)

    @property
    def shown(self) -> tuple[str, ...]:
        """What is shown of other cases."""
        return tuple(row.text() for row in self._rows)

    def _look(self) -> None:
        if self._find is not None:
            self._context.worker.run(self._find, self._show, self._context.failed)

    def _take_away(self) -> None:
        clear(self._found)
        self._rows = []

    def _show(self, cases: Sequence[Supported]) -> None:
        self._take_away()
        self.look.hide()
        self._rows = [self._row(case) for case in cases[:_MOST]]
        if not cases:
            self._rows.append(Label(self._none, "body", "muted"))
        if len(cases) > _MOST:
            self._rows.append(Label(f"en nog {len(cases) - _MOST}", "small", "muted"))
        for row in self._rows:
            self._found.addWidget(row)
            row.show()  # what is not shown yet can't take the keyboard
        self._rows[0].setFocus()

    def _row(self, case: Supported) -> Button | Label:
        called = f"{case.code} · {case.pseudonym}"
        if self._leave is None:
            return Label(called)
        button = Button(called, QUIET, icon="pijl", size=28)
        button.clicked.connect(lambda: self._go(case))
        return button

    def _go(self, case: Supported) -> None:
        if self._leave is not None:
            self._leave()
        self._context.navigate(Place(PageName.CASUS, case=case.case))
