"""What pages with a list under a filter share: the way back, title and tools above it, and what says that none pass."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.page import Page
from vpdesk.ui.widgets.buttons import PLAIN, Button
from vpdesk.ui.widgets.cards import EmptyState
from vpdesk.ui.widgets.centred import Centred
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.labels import Label


class FilteredPage(Page):
    """A page below another one: `way_back` goes there, `which` says what the list shows."""

    def __init__(self, context: Context, back: str, to: PageName) -> None:
        super().__init__(context)
        self.way_back = Button(back, PLAIN, size=24)
        self.way_back.clicked.connect(lambda: context.navigate(Place(to)))
        self.which = FilterChip("")

    def lay_out(self, at_end: QWidget, *below: QWidget) -> None:
        """Put the way back and the title above `below`, with `at_end` beside the title."""
        crumb = QHBoxLayout()
        crumb.addWidget(self.way_back)
        crumb.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(Label(self.title, "page"))
        head.addStretch(1)
        head.addWidget(at_end)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 12, 24, 20)
        outer.setSpacing(0)
        outer.addLayout(crumb)
        outer.addLayout(head)
        outer.addSpacing(12)
        for widget in below:
            outer.addWidget(widget, 1)


def instead(icon: str, title: str, text: str, *ways: Button) -> Centred:
    """Return what stands in the place of a list where there is nothing to show, hidden until that is so."""
    state = Centred(EmptyState(icon, title, text, list(ways)))
    state.hide()
    return state
