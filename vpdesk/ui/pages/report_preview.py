"""The right side of Jaarverslag: the real pages from memory, and per table what is hidden and why."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy

from vpdesk.operations.reports import HiddenNote
from vpdesk.ui import theme
from vpdesk.ui.models.paged import Column, PagedModel, Taken
from vpdesk.ui.widgets.buttons import PLAIN, Button, popup_under
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.chips import StatusChip
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.messages import ProgressLine
from vpdesk.ui.widgets.paged_table import PagedTable
from vpdesk.ui.widgets.preview import ZOOMS, PageView
from vpdesk.ui.widgets.tables import Cell

_PANEL: Final = 164
_HINT: Final = "zoals de lezer het krijgt"


class PreviewCard(Card):
    """The pages with their number, zoom and, in the dark theme, the choice of true colours."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.setAccessibleName("Voorbeeld")
        self.pages = PageView()
        self.progress = ProgressLine()
        self.before = Button(icon="links", name="Vorige bladzijde", kind=PLAIN, size=28)
        self.after = Button(icon="rechts", name="Volgende bladzijde", kind=PLAIN, size=28)
        self._page = Label("")
        self.zoom = Button("Passend", PLAIN, size=28)
        self.zoom.setToolTip("Grootte van het voorbeeld")
        head = QHBoxLayout()
        head.setContentsMargins(16, 5, 8, 5)
        head.setSpacing(8)
        head.addWidget(Label("Voorbeeld", "strong"))
        self._hint = Label(_HINT, "small", "muted")
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._hint, 1)
        head.addWidget(self.before)
        head.addWidget(self._page)
        head.addWidget(self.after)
        head.addSpacing(8)
        head.addWidget(self.zoom)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.body.addWidget(Rule())
        self.progress.setContentsMargins(16, 8, 8, 8)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.pages, 1)
        self.before.clicked.connect(lambda: self.pages.show_page(self.pages.page - 1))
        self.after.clicked.connect(lambda: self.pages.show_page(self.pages.page + 1))
        self.zoom.clicked.connect(self._open_zoom)
        self.pages.turned.connect(self._turned)
        self._turned(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what explains rather than cut it."""
        super().resizeEvent(event)
        whole = self._hint.fontMetrics().horizontalAdvance(_HINT) <= self._hint.width()
        self._hint.setText(_HINT if whole else "")

    def _turned(self, page: int, pages: int) -> None:
        self._page.setText(f"bladzijde {page} van {pages}" if pages else "")
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < pages)
        self.zoom.setEnabled(pages > 0)

    def _open_zoom(self) -> None:
        menu = QMenu(self)
        menu.addAction("Passend", lambda: self._set_zoom(None))
        for zoom in ZOOMS:
            menu.addAction(f"{zoom:.0%}".replace("%", " %"), partial(self._set_zoom, zoom))
        if theme.current().dark:
            menu.addSeparator()
            menu.addAction("Ware kleuren", lambda: self.pages.set_true_colours(True))
            menu.addAction("Gedimd papier", lambda: self.pages.set_true_colours(False))
        menu.popup(popup_under(self.zoom))

    def _set_zoom(self, zoom: float | None) -> None:
        self.pages.set_zoom(zoom)
        self.zoom.setText("Passend" if zoom is None else f"{zoom:.0%}".replace("%", " %"))
        self.zoom.updateGeometry()


def _count(note: HiddenNote) -> str:
    return f"{len(note.rows)} met een streepje" if note.rows else "staat er niet in"


_COLUMNS: Final[tuple[Column[HiddenNote], ...]] = (
    Column("Tabel", 216, lambda note: Cell(note.title)),
    Column("Verborgen", 144, lambda note: Cell(_count(note))),
    Column("Waarom", 180, lambda note: Cell(note.reason, ink="muted"), stretch=True),
)


class HiddenCard(Card):
    """Per table what is not shown; it never says which dash is small. `explained(note)` on Enter."""

    explained = Signal(object)

    def __init__(self) -> None:
        super().__init__("Wat is verborgen en waarom", flush=True)
        self.notes: tuple[HiddenNote, ...] = ()
        self.verdict = StatusChip("nog niet nagerekend")
        self.head.addWidget(self.verdict)
        self.head.setContentsMargins(15, 8, 15, 8)
        self._model = PagedModel[HiddenNote](_COLUMNS, self._give, self)
        self.table = PagedTable(self._model, "Wat is verborgen en waarom")
        self.table.horizontalHeader().hide()
        self.table.opened_row.connect(self.explained)
        self._empty = Label("In dit verslag is niets verborgen.", "body", "muted")
        self._empty.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(0)
        self.body.addWidget(Rule())
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignTop)
        self._empty.hide()
        theme.measure(self, "setFixedHeight", _PANEL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_notes(self, notes: tuple[HiddenNote, ...], *, numbers: bool) -> None:
        """Show the notes; a report without numbers hides everything, and says so."""
        self.notes = notes
        self._model.reload()
        self.table.setVisible(bool(notes))
        self.table.choose_row(0)
        self._empty.setVisible(not notes)
        self._empty.setText(
            "In dit verslag is niets verborgen."
            if numbers
            else "Dit verslag noemt geen enkel aantal. Het is hetzelfde bij nul casussen en bij een paar."
        )

    def clear(self, verdict: str) -> None:
        """Show no notes, and why there are none."""
        self.show_notes((), numbers=True)
        self._empty.setText("Er is nu geen verslag om na te rekenen.")
        self.verdict.show_state(verdict, "neutral")

    def _give(self, limit: int, offset: int, taken: Taken[HiddenNote]) -> None:
        taken(self.notes[offset : offset + limit])
