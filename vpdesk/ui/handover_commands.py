"""The commands about handing over and taking over, which hold over any page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vpdesk.ui.context import Context

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class HandoverCommands(QObject):
    """Opens the forms."""

    def __init__(self, window: "QWidget", context: Context) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        context.actions.hand_over.triggered.connect(self._hand_over)
        context.actions.take_over.triggered.connect(self._take_over)
        context.actions.handovers.triggered.connect(self._list)

    def _hand_over(self) -> None:
        from vpdesk.ui.pages.handover_dialog import HandOverDialog  # noqa: PLC0415 - seldom needed

        HandOverDialog(self._context, self._window).open()

    def _take_over(self) -> None:
        from vpdesk.ui.pages.takeover_dialog import TakeOverDialog  # noqa: PLC0415 - seldom needed

        TakeOverDialog(self._context, self._window).open()

    def _list(self) -> None:
        from vpdesk.ui.pages.handover_list import HandoverList  # noqa: PLC0415 - seldom needed

        HandoverList(self._context, self._window).open()
