"""What stands where on the page of a case: stepper above, then timeline, wish and checklist, and facts."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.models.timeline import TimelineModel
from vpdesk.ui.pages.attachment_card import AttachmentsCard
from vpdesk.ui.pages.case_hold import HoldLines
from vpdesk.ui.pages.case_meldingen import MeldingCard
from vpdesk.ui.pages.case_people import PeopleCard
from vpdesk.ui.pages.case_regie import RegieCard
from vpdesk.ui.pages.page import Page
from vpdesk.ui.widgets.buttons import PLAIN, PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, Icon, Scroll
from vpdesk.ui.widgets.checklist import CheckList
from vpdesk.ui.widgets.chips import StatusChip
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.stepper import Stepper
from vpdesk.ui.widgets.timeline import Timeline

_ROOM_FOR_TWO: Final = 720
_ROOM_FOR_THREE: Final = 996  # the window at 1180 less the sidebar


class CaseSheet(Page):
    """The widgets of the page and their places; what they do is said in CasePage."""

    title = "Casus"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.entries = TimelineModel()
        self.timeline = Timeline(self.entries)
        self.stepper = Stepper()
        self.checklist = CheckList()
        self.moves = QVBoxLayout()
        self.regie = RegieCard(context)
        self.meldingen = MeldingCard(context)
        self._build()

    def _build(self) -> None:
        scroll = self.area = Scroll(margins=(24, 12, 24, 20))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        scroll.body.setSpacing(12)
        scroll.body.addLayout(self._head())
        self.limits = Message(
            "Nog niet vastgelegd dat u die met deze persoon hebt besproken.",
            "warning",
            start="Grenzen aan vertrouwelijkheid.",
            button=self._limits_button(),
        )
        scroll.body.addWidget(self.limits)
        self.hold = HoldLines(self.context)
        scroll.body.addWidget(self.hold)
        steps = Card()
        row = self._steps_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(16)
        row.addWidget(self.stepper, 1)
        row.addLayout(self.moves)
        self.moves.setSpacing(6)
        steps.body.addLayout(row)
        scroll.body.addWidget(steps)
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        columns.setSpacing(14)
        columns.addWidget(self._history(), 49)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(12)
        self._middle.addWidget(self.regie)
        self._middle.addWidget(self.meldingen)
        self.people = PeopleCard(self.context)
        self._middle.addWidget(self.people)
        self._middle.addWidget(self._check_card(), 1)
        self.attachments = AttachmentsCard(self.context)
        self._middle.addWidget(self.attachments)
        columns.addLayout(self._middle, 31)
        self._side = QVBoxLayout()
        self._facts_card = self._facts()
        self._side.addWidget(self._facts_card, 1)
        columns.addLayout(self._side, 22)
        self._columns = columns
        scroll.body.addLayout(columns, 1)

    def _head(self) -> QVBoxLayout:
        self.to_list = Button("Casussen", PLAIN, size=24)
        self.to_client = Button("Organisatie", PLAIN, size=24)
        crumbs = QHBoxLayout()
        crumbs.setSpacing(4)
        crumbs.addWidget(self.to_list)
        crumbs.addWidget(Icon("rechts", "muted", 14))
        crumbs.addWidget(self.to_client)
        crumbs.addStretch(1)
        self._name = Label("", "page")
        self._role = StatusChip("")
        self.more = Button(icon="meer", name="Meer")
        self.plan = Button("Stap vastleggen…")
        self.talk = Button("Gesprek", PRIMARY, icon="plus")
        self.talk.setToolTip("Gesprek bij deze casus")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._name)
        row.addWidget(self._role)
        row.addStretch(1)
        row.addWidget(self.more)
        row.addWidget(self.plan)
        row.addWidget(self.talk)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addLayout(crumbs)
        head.addLayout(row)
        return head

    def _limits_button(self) -> Button:
        self.limits_button = Button("Ja, besproken", size=28)
        return self.limits_button

    def _history(self) -> Card:
        card = Card("Tijdlijn")
        card.body.setContentsMargins(7, 8, 7, 8)
        self.step_menu = Button("Stap…", QUIET, size=28, name="Wat u met deze stap kunt doen")
        self.step_menu.setText("Gedaan of verplaatsen…")
        card.head.addWidget(self.step_menu)
        self._history_card = card
        card.body.addWidget(self.timeline, 1)
        return card

    def _check_card(self) -> Card:
        self._check = Card(" ")
        self._checked = Label("", "small", "muted")
        self._check.head.addWidget(self._checked)
        self.seven = Button("Zeven vragen", QUIET, size=28, name="Zeven vragen waar een beoordelaar later op let")
        self.seven.setText("Zeven vragen")
        self._check.head.addWidget(self.seven)
        self._check.body.addWidget(self.checklist)
        self._check.body.addStretch(1)
        return self._check

    def _facts(self) -> Card:
        card = Card("Gegevens")
        self.change_facts = Button("Wijzigen", QUIET, size=28, name="Gegevens wijzigen")
        self.change_facts.setText("Wijzigen")
        card.head.addWidget(self.change_facts)
        self._fact_lines = QVBoxLayout()
        self._fact_lines.setSpacing(0)
        card.body.addLayout(self._fact_lines)
        card.body.addStretch(1)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the facts under the middle column where there is no room for three."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_ROOM_FOR_THREE)
        direction = QBoxLayout.Direction
        narrow = self.width() < theme.px(_ROOM_FOR_TWO)
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._steps_row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        target = self._side if wide else self._middle
        if target.indexOf(self._facts_card) < 0:
            (self._middle if wide else self._side).removeWidget(self._facts_card)
            target.addWidget(self._facts_card, 1 if wide else 0)
            self._columns.setStretch(2, 22 if wide else 0)
