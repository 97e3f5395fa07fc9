"""The pages of a report, drawn from memory, and whether what they show was checked."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from vpdesk.ui import theme
from vpdesk.ui.widgets.buttons import PLAIN, Button, popup_under
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.chips import StatusChip
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.messages import ProgressLine
from vpdesk.ui.widgets.preview import ZOOMS, PageView

_HINT: Final = "zoals de lezer het krijgt"


class PreviewCard(Card):
    """The pages with their number, zoom and, in the dark theme, the choice of true colours.

    `stated(words, kind)` when what is said of the pages changes, for who shows it where it is seen first.
    """

    stated = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.setAccessibleName("Voorbeeld")
        self.pages = PageView()
        self.progress = ProgressLine(stop="Stoppen", timed=True)
        self.state = StatusChip()
        self.state.hide()
        self._says_state = True
        self.before = Button(icon="links", name="Vorige bladzijde", kind=PLAIN, size=28)
        self.after = Button(icon="rechts", name="Volgende bladzijde", kind=PLAIN, size=28)
        self.before.setToolTip("Vorige bladzijde (Alt+PgUp)")
        self.after.setToolTip("Volgende bladzijde (Alt+PgDown)")
        self._page = Label("")
        self.zoom = Button("Passend", PLAIN, size=28)
        self.zoom.setToolTip("Grootte van het voorbeeld (Ctrl met +, - en 0, of met het muiswiel)")
        head = QHBoxLayout()
        head.setContentsMargins(16, 5, 8, 5)
        head.setSpacing(8)
        head.addWidget(Label("Voorbeeld", "strong"))
        head.addWidget(self.state)
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
        self._below_head = self.body.count()
        self.keep_progress(here=True)
        self._sheet = QStackedLayout()
        self._sheet.addWidget(self.pages)
        self._sheet.addWidget(self._nothing())
        self.body.addLayout(self._sheet, 1)
        self.before.clicked.connect(lambda: self.pages.show_page(self.pages.page - 1))
        self.after.clicked.connect(lambda: self.pages.show_page(self.pages.page + 1))
        self.zoom.clicked.connect(self._open_zoom)
        self.pages.turned.connect(self._turned)
        self.pages.zoomed.connect(self._zoomed)
        self._turned(0, 0)

    def _nothing(self) -> QWidget:
        """Return what stands in the place of the pages."""
        self._why, self._more = Label("", "empty", wraps=True), Label("", "intro", "muted", wraps=True)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(Icon("rapport", "muted", 48))
        column.addWidget(self._why)
        column.addWidget(self._more)
        column.addStretch(2)
        return empty

    @property
    def empty(self) -> str:
        """What stands in the place of the pages, empty when they are there."""
        return f"{self._why.text()} {self._more.text()}" if self._sheet.currentIndex() else ""

    def load(self, pdf: bytes) -> None:
        """Show the pages of a report."""
        self.pages.load(pdf)
        self._sheet.setCurrentIndex(0)
        self._fit_hint()

    def show_nothing(self, why: str, more: str) -> None:
        """Show no pages but why there are none, and what can be done meanwhile."""
        self._why.setText(why)
        self._more.setText(more)
        self.pages.clear()
        self._sheet.setCurrentIndex(1)
        self.say_state("")

    def say_state(self, words: str, kind: str = "warning") -> None:
        """Say beside the pages that they are not what goes out yet; nothing when they are."""
        self.state.show_state(words, kind)
        self.state.setVisible(bool(words) and self._says_state)
        self._fit_hint()
        self.stated.emit(words, kind)

    def keep_progress(self, *, here: bool) -> None:
        """Show here how far the work is and what state the pages are in; otherwise whoever holds the card does."""
        self._says_state = here
        self.state.setVisible(bool(self.state.accessibleName()) and here)
        if here:
            self.progress.setContentsMargins(16, 8, 8, 8)
            self.body.insertWidget(self._below_head, self.progress)
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what explains rather than cut it."""
        super().resizeEvent(event)
        self._fit_hint()

    def _fit_hint(self) -> None:
        whole = self._hint.fontMetrics().horizontalAdvance(_HINT) <= self._hint.width()
        self._hint.setText(_HINT if whole and self.pages.pages and self.state.isHidden() else "")

    def _turned(self, page: int, pages: int) -> None:
        self._page.setText(f"bladzijde {page} van {pages}" if pages else "")
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < pages)
        self.zoom.setEnabled(pages > 0)

    def _open_zoom(self) -> None:
        menu = QMenu(self)
        menu.addAction("Passend", lambda: self.pages.set_zoom(None))
        for zoom in ZOOMS:
            menu.addAction(_percent(zoom), partial(self.pages.set_zoom, zoom))
        if theme.current().dark:
            menu.addSeparator()
            menu.addAction("Ware kleuren", lambda: self.pages.set_true_colours(True))
            menu.addAction("Gedimd papier", lambda: self.pages.set_true_colours(False))
        menu.popup(popup_under(self.zoom))

    def _zoomed(self, zoom: float | None) -> None:
        self.zoom.setText("Passend" if zoom is None else _percent(zoom))
        self.zoom.updateGeometry()


def _percent(zoom: float) -> str:
    return f"{zoom:.0%}".replace("%", " %")
