"""The pane beside the list of cases: what a case is and what comes next, without note text."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.operations.cases import CasePage
from vpdesk.ui import theme
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.models.facts import Fact, facts
from vpdesk.ui.models.today_list import ICONS
from vpdesk.ui.pages.case_words import sign_of
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.chips import StatusChip
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label

_CONTACTS: Final = 4
_TITLE, _NAME = 28, 60  # letters, so that what is below stays in sight


class NextStep(QWidget):
    """A dashed box with what comes next."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 12, 8)
        row.setSpacing(12)
        self._icon = Icon("gesprek", "text")
        self._title = Label("", "strong", wraps=True)
        self._detail = Label("", "small", "muted", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        row.addWidget(self._icon)
        row.addLayout(words, 1)

    def show_step(self, icon: str, title: str, detail: str) -> None:
        """Show a step."""
        self._icon.show_icon(icon, "text")
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dashes."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("control"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)


def fill_facts(grid: QGridLayout, shown: Sequence[Fact]) -> None:
    """Fill a grid with label and value, side by side, replacing what it held."""
    clear(grid)
    for number, fact in enumerate(shown):
        grid.addWidget(Label(fact.label, "body", "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(fact.value, "body", "text" if fact.known else "muted", wraps=True), number, 1)


class CasePane(Card):
    """Follows the chosen row; `open_button` and `talk_button` are its two ways on."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("De gekozen casus")
        theme.measure(self, "setFixedWidth", 270)
        self._title = Label("", "section")
        self._client = Label("", "body", "muted", wraps=True)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._next = NextStep()
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._contacts = QVBoxLayout()
        self._contacts.setSpacing(8)
        self._contact_head = Label("Laatste contact", "label", "muted")
        self.open_button = Button("Casus openen", PRIMARY, keys="Enter")
        self.talk_button = Button("Gesprek bij deze casus", icon="plus")
        for button in (self.open_button, self.talk_button):
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        self.body.setSpacing(4)
        self.body.addWidget(self._title)
        self.body.addWidget(self._client)
        self.body.addSpacing(4)
        self.body.addLayout(self._chips)
        self.body.addSpacing(8)
        self.body.addWidget(self._next)
        self.body.addSpacing(12)
        self.body.addWidget(Label("Gegevens", "label", "muted"))
        self.body.addLayout(self._facts)
        self.body.addSpacing(12)
        self.body.addWidget(self._contact_head)
        self.body.addLayout(self._contacts)
        self.body.addStretch(1)
        self.body.addWidget(self.open_button)
        self.body.addSpacing(4)
        self.body.addWidget(self.talk_button)

    def show_case(self, page: CasePage, today: date) -> None:
        """Show a case."""
        case = page.case
        self._title.setText(wording.shortened(f"{case.code} · {case.pseudonym}", _TITLE))
        self._client.setText(wording.shortened(page.client.name, _NAME))
        self.setAccessibleDescription(case.code)
        clear(self._chips)
        day = "" if case.closed else f", dag {page.days_in_phase}"
        self._chips.addWidget(StatusChip.of_phase(case.phase, day))
        if case.rol != taxonomy.UNKNOWN.code:
            self._chips.addWidget(StatusChip(case.rol))
        self._chips.addStretch(1)
        self._show_next(page, today)
        opened = Fact("Geopend", day_short(case.opened, today))
        shown = [fact for fact in facts(case, ()) if fact.label in {"Werkgebied", "Hoofdthema", "Andere partij"}]
        fill_facts(self._facts, [*shown, opened])
        self._show_contacts(page, today)

    def _show_next(self, page: CasePage, today: date) -> None:
        self._next.setVisible(bool(page.reminders))
        if page.reminders:
            first = page.reminders[0]
            when = day_short(first.due, today)
            self._next.show_step(ICONS[first.kind], f"{first.title}, {when}", first.detail)

    def _show_contacts(self, page: CasePage, today: date) -> None:
        clear(self._contacts)
        latest = page.timeline[:_CONTACTS]
        self._contact_head.setVisible(bool(latest))
        for entry in latest:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Icon(sign_of(entry), "muted", 16))
            row.addWidget(Label(entry.title, wraps=True), 1)
            minutes = f", {entry.minutes} min" if entry.minutes else ""
            row.addWidget(Label(day_short(entry.on, today) + minutes, "small", "muted"))
            self._contacts.addLayout(row)
