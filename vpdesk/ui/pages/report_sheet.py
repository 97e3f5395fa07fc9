"""What stands where on Jaarverslag: chips above, chapters and text left, pages and what is hidden right."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.pages.page import Page
from vpdesk.ui.pages.report_findings import FindingsCard
from vpdesk.ui.pages.report_hidden import HiddenCard
from vpdesk.ui.pages.report_preview import PreviewCard
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, EmptyState, Scroll
from vpdesk.ui.widgets.centred import Centred
from vpdesk.ui.widgets.chapters import ChapterList
from vpdesk.ui.widgets.chips import FilterChip, StatusChip
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

_LEFT: Final = 376
_ROOM_FOR_BOTH: Final = 1008
_ANY_WIDTH: Final = 16777215
_AROUND: Final = 24


class PointsButton(Button):
    """Says how many points are open and leads to the first; in the ink of what needs a look."""

    def _colours(self) -> tuple[str, str, str]:
        fill, edge, ink = super()._colours()
        return fill, edge, "warning" if ink == "accent" else ink


class ReportSheet(Page):
    """The widgets of the page and their places; what they do is said in ReportPage."""

    title = "Jaarverslag"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.chapters = ChapterList()
        self.findings = FindingsCard()
        self.preview = PreviewCard()
        self.hidden = HiddenCard()
        self.state = StatusChip()
        self._beside: bool | None = None
        self._build()
        self.preview.stated.connect(self._say_state)

    def _build(self) -> None:
        self.by_period, self.by_client, self.by_audience = FilterChip(""), FilterChip(""), FilterChip("")
        self.by_period.setToolTip("Periode van het verslag")
        self.by_client.setToolTip("Organisatie")
        self.by_audience.setToolTip("Voor wie")
        self.points = PointsButton("Nog niet nagerekend", QUIET, icon="let_op")
        self.points.hide()
        self.crossed = Button("Kruistabellen…", QUIET)
        self.work = Button("Werkzaamheden…", QUIET)
        self.published = Button("Uitgegeven…", QUIET)
        self.export = Button("Exporteren…", PRIMARY, icon="exporteren")
        self.export.setEnabled(False)
        head = Flow()
        name = Label(self.title, "page")
        name.setContentsMargins(0, 0, 8, 0)
        for widget in (name, self.by_period, self.by_client, self.by_audience, self.state):
            head.addWidget(widget)
        self.state.hide()
        for button in (self.points, self.work, self.crossed, self.published, self.export):
            head.add_end(button)
        self._builder = self._columns_of_cards()
        self._stack = QStackedLayout()
        self._stack.addWidget(self._builder)
        self._stack.addWidget(self._empty_state())
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 16, 0, 0)
        self._outer.setSpacing(12)
        self._head = head
        self._head.setContentsMargins(24, 0, 24, 0)
        self._builder.verticalScrollBar().rangeChanged.connect(self._keep_edges)
        self._outer.addLayout(head)
        self._outer.addLayout(self._stack, 1)

    def _columns_of_cards(self) -> Scroll:
        self._notice_row = QVBoxLayout()
        list_card = Card(flush=True)
        list_card.setAccessibleName("Hoofdstukken")
        list_card.body.setContentsMargins(0, 6, 0, 6)
        list_card.body.setSpacing(0)
        list_card.body.addWidget(self.chapters)
        list_card.body.addLayout(self._below_chapters())
        left = QVBoxLayout()
        left.setSpacing(12)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(list_card)
        left.addWidget(self.findings, 1)
        self._left = QWidget()
        self._left.setLayout(left)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.preview, 1)
        right.addWidget(self.hidden)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(12)
        self._columns.addWidget(self._left)
        self._columns.addLayout(right, 1)
        scroll = Scroll(margins=(24, 0, 24, 16))
        scroll.body.addLayout(self._notice_row)
        scroll.body.addLayout(self._columns, 1)
        return scroll

    def _below_chapters(self) -> Flow:
        """Return the way to choose chapters, with how many are left out."""
        self.skipping = Button("Hoofdstukken…", QUIET, size=28)
        self.left_out = Label("", "small", "muted")
        row = Flow()
        row.setContentsMargins(14, 2, 14, 0)
        row.addWidget(self.skipping)
        row.addWidget(self.left_out)
        return row

    def say_left_out(self, words: str) -> None:
        """Say below the chapters how many are left out."""
        self.left_out.setText(words)
        self.skipping.setAccessibleDescription(words)

    def _keep_edges(self, least: int = 0, most: int = 0) -> None:
        """Let what stands above the cards end where they do, also where a scroll bar stands beside them."""
        bar = self._builder.verticalScrollBar().sizeHint().width() if most > least else 0
        self._head.setContentsMargins(24, 0, 24 + bar, 0)
        if not self._beside:
            self.preview.progress.setContentsMargins(24, 0, 24 + bar, 0)

    def _empty_state(self) -> Scroll:
        """Return what stands here without an organisation; it scrolls, so that it takes no height from the builder."""
        self.to_clients = Button("Naar Organisaties", PRIMARY, size=36)
        state = EmptyState(
            "rapport",
            "Hier maakt u het jaarverslag",
            "Een verslag gaat over één organisatie en één periode. vpdesk schrijft de cijfers zo op dat niemand "
            "erin te herkennen is; u schrijft de bevindingen.",
            [self.to_clients],
        )
        scroll = Scroll(margins=(0, 0, 0, 0))
        scroll.body.addWidget(Centred(state), 1)
        return scroll

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pages under the text where there is no room beside it."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(_ROOM_FOR_BOTH)
        if beside != self._beside:
            self._beside = beside
            self._place_progress(beside=beside)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        self._left.setMinimumWidth(theme.px(_LEFT) if beside else 0)
        self._left.setMaximumWidth(theme.px(_LEFT) if beside else _ANY_WIDTH)
        self.preview.setMinimumHeight(theme.px(240 if beside else 480))

    def _place_progress(self, *, beside: bool) -> None:
        """Keep how far an audit is in sight: above everything that scrolls where the pages stand under the text."""
        focused = self.window().focusWidget()
        self.preview.keep_progress(here=beside)
        if not beside:
            bar = self._builder.verticalScrollBar()
            self._keep_edges(bar.minimum(), bar.maximum())
            self._outer.insertWidget(1, self.preview.progress)
        self.state.setVisible(bool(self.state.accessibleName()) and not beside)
        if focused is not None and self.preview.progress.isAncestorOf(focused):
            QTimer.singleShot(0, focused, focused.setFocus)  # once it is shown in its new place
        QWidget.setTabOrder(self.preview.zoom if beside else self.export, self.preview.progress.cancel)

    def _say_state(self, words: str, kind: str) -> None:
        self.state.show_state(words, kind)
        self.state.setVisible(bool(words) and not self._beside)

    def reveal_focus(self) -> None:
        """Scroll to what was given the keyboard, once everything has its place."""
        QTimer.singleShot(0, self, self._scroll_to_focus)

    def _scroll_to_focus(self) -> None:
        focused = self.window().focusWidget()
        if focused is not None and self._builder.isAncestorOf(focused):
            self._builder.ensureWidgetVisible(focused, 0, theme.px(_AROUND))

    @property
    def notice(self) -> str:
        """What is said above the builder, empty when there is nothing to say."""
        item = self._notice_row.itemAt(0)
        widget = item.widget() if item is not None else None
        return widget.accessibleName() if widget is not None else ""

    def _say(self, message: Message | None) -> None:
        while (item := self._notice_row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # now: it has no place any more and would lie over what has
                widget.deleteLater()
        if message is not None:
            self._notice_row.addWidget(message)
