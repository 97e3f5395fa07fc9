"""Shows what stood there before it was changed under a bewaarstop; names only when asked for, and not for long."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.ids import CaseId, GuidedId
from vpdesk.domain.wording import long_date
from vpdesk.operations import retention
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import SECONDARY
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.domain.retention import Earlier

_SECOND: Final = 1000
SHOW, HIDE = "Namen tonen", "Namen verbergen"


class EarlierDialog(FormDialog):
    """The versions, the last changed first; nothing can be changed here."""

    def __init__(self, context: Context, parent: QWidget, case: CaseId | None, guided: GuidedId | None = None) -> None:
        super().__init__(
            parent,
            "Wat er eerder stond",
            SHOW,
            text="Dit is gewijzigd terwijl er een bewaarstop lag. Het blijft hier tot u de bewaarstop opheft.",
        )
        self.setMinimumWidth(theme.px(560))
        self._context, self._case, self._guided = context, case, guided
        self.shows = False
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self.verb.kind = SECONDARY
        self.verb.hide()
        self.verb.clicked.connect(lambda: self._turn(shows=not self.shows))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self._turn(shows=False))
        context.changes.changed.connect(self._look_again)
        self.back.setFocus()
        self._look()

    def _turn(self, *, shows: bool) -> None:
        self.shows = shows
        if shows:
            self._timer.start(self._context.preferences.names_seconds * _SECOND)
        else:
            self._timer.stop()
            clear(self._lines)
        self._look()

    def _look_again(self, topics: frozenset[Topic]) -> None:
        if Topic.CASES in topics and self.isVisible():
            self._look()

    def _look(self) -> None:
        case, guided, names = self._case, self._guided, self.shows

        def show(found: "tuple[Earlier, ...]") -> None:
            if names is self.shows:
                self._show(found)

        self._context.worker.run(lambda vault: retention.earlier(vault, case, guided, names=names), show, self.failed)

    def _show(self, found: "tuple[Earlier, ...]") -> None:
        clear(self._lines)
        for one in found:
            hidden = one.names and not self.shows
            text = Label("Verborgen" if hidden else one.text, "body", "muted" if hidden else "text", wraps=True)
            self._lines.addWidget(Label(one.what, "label", wraps=True))
            self._lines.addWidget(Label(f"Gewijzigd op {long_date(one.changed)}", "small", "muted"))
            self._lines.addWidget(text)
            self._lines.addSpacing(12)
        if not found:
            self._lines.addWidget(Label("Er is niets gewijzigd.", "body", "muted", wraps=True))
        self.verb.setVisible(any(one.names for one in found))
        self.verb.setText(HIDE if self.shows else SHOW)
        self.verb.setAccessibleName(self.verb.text())
        self.verb.updateGeometry()
        self.fit()
