"""The commands about guided records, the AVG and papers, which hold over any page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from vpdesk.ui.context import Context, PageName, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from vpdesk.domain.ids import CaseId


class GuidedCommands(QObject):
    """Opens the small forms; `where()` is the place that the window shows."""

    def __init__(self, window: "QWidget", context: Context, where: "Callable[[], Place | None]") -> None:
        super().__init__(window)
        self._window, self._context, self._where = window, context, where
        actions = context.actions
        actions.guided_list.triggered.connect(lambda: context.navigate(Place(PageName.VASTLEGGINGEN)))
        actions.avg_help.triggered.connect(lambda: context.navigate(Place(PageName.AVG_HULP)))
        actions.laptop_paper.triggered.connect(self._laptop_paper)
        actions.absence_paper.triggered.connect(self._absence_paper)
        actions.danger.triggered.connect(self._danger)
        actions.guided_break.triggered.connect(lambda: self._begin("doorbreken"))
        actions.guided_request.triggered.connect(lambda: self._begin("informatieverzoek"))
        actions.guided_avg.triggered.connect(lambda: self._begin("avg-verzoek"))

    @property
    def _case(self) -> "CaseId | None":
        place = self._where()
        return place.case if place is not None and place.page is PageName.CASUS else None

    def _danger(self) -> None:
        from vpdesk.ui.pages.guided_dialogs import DangerDialog  # noqa: PLC0415 - seldom needed

        DangerDialog(self._context, self._window, self._case).open()

    def _laptop_paper(self) -> None:
        from vpdesk.ui.pages.paper_dialogs import laptop_dialog  # noqa: PLC0415 - seldom needed

        laptop_dialog(self._context, self._window).open()

    def _absence_paper(self) -> None:
        from vpdesk.ui.pages.paper_dialogs import absence_dialog  # noqa: PLC0415 - seldom needed

        absence_dialog(self._context, self._window).open()

    def _begin(self, kind: str) -> None:
        from vpdesk.domain.guided_questions import GuidedKind  # noqa: PLC0415 - seldom needed
        from vpdesk.ui.pages.guided_dialogs import BeginDialog  # noqa: PLC0415 - idem

        BeginDialog(self._context, self._window, GuidedKind(kind), self._case).open()
