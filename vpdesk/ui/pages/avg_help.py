"""AVG-hulp: texts to copy, each with the day on which it was looked over, and the ways to what else the AVG asks."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.avg_help import HelpText, shipped
from vpdesk.operations import avg_help
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.page import Page
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card, Scroll
from vpdesk.ui.widgets.chips import StatusChip
from vpdesk.ui.widgets.copy_text import CopyText
from vpdesk.ui.widgets.fields import CheckBox, Field
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault


class HelpCard(Card):
    """One text: to copy, to change, and to note that it was looked over."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.state = StatusChip("")
        self.head.addWidget(self.state)
        self.text = CopyText("", title)
        self.change = Button("Wijzigen…", QUIET, size=28)
        self.checked = Button("Vandaag nagekeken", QUIET, icon="vink", size=28)
        for button in (self.change, self.checked):
            button.setAccessibleName(f"{title}: {button.text().rstrip('…').lower()}")
        ways = Flow()
        ways.addWidget(self.change)
        ways.addWidget(self.checked)
        self.body.addWidget(self.text)
        self.body.addLayout(ways)

    def show_text(self, text: HelpText, today: date) -> None:
        """Show a text as it stands now."""
        self.text.show_text(text.text)
        if text.checked is None:
            self.state.show_state("nog niet nagekeken", "neutral")
        elif text.overdue(today):
            self.state.show_state(f"nagekeken op {wording.long_date(text.checked)}", "warning")
        else:
            self.state.show_state(f"nagekeken op {wording.long_date(text.checked)}", "ok")


class AvgHelpPage(Page):
    """The texts under each other."""

    title = "AVG-hulp"
    topics = frozenset({Topic.SETTINGS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.cards: dict[str, HelpCard] = {}
        self._texts: dict[str, HelpText] = {}
        actions = context.actions
        self.request = Button.of(actions.guided_avg)
        self.list = Button.of(actions.guided_list)
        self.laptop = Button.of(actions.laptop_paper)
        self._build()

    def _build(self) -> None:
        scroll = Scroll()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        inside = QWidget()
        theme.measure(inside, "setMaximumWidth", 760)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        row = QHBoxLayout()  # which asks how high the column is at the width that it has, not at that of the page
        row.addWidget(inside, 1)
        row.addStretch(0)
        scroll.body.addLayout(row)
        scroll.body.addStretch(1)
        self._column.addWidget(Label(self.title, "page"))
        self._column.addWidget(
            Label(
                "Voorbeelden om over te nemen. Regels veranderen: kijk elke tekst na en zet erbij wanneer. "
                "vpdesk beslist niets voor u.",
                ink="muted",
                wraps=True,
            )
        )
        ways = Flow(gap=12)
        for button in (self.request, self.list, self.laptop):
            ways.addWidget(button)
        held = QWidget()
        held.setLayout(ways)
        self._column.addWidget(held)

    def first_focus(self) -> QWidget | None:
        """Return the first way on: the texts are read, and copied by their own button."""
        return self.request

    def refresh(self) -> None:
        """Ask for the texts."""
        self.context.worker.run(avg_help.avg_help, self._show, self.context.failed)

    def _show(self, texts: tuple[HelpText, ...]) -> None:
        today = self.context.clock().date()
        for text in texts:
            self._texts[text.key] = text
            if text.key not in self.cards:
                card = self.cards[text.key] = HelpCard(text.title)
                card.change.clicked.connect(partial(self._change, text.key))
                card.checked.clicked.connect(partial(self._check, text.key))
                self._column.addWidget(card)
            self.cards[text.key].show_text(text, today)

    def _change(self, key: str) -> None:
        HelpDialog(self.context, self, self._texts[key], self._changed).open()

    def _changed(self, before: HelpText) -> None:
        self._run(
            lambda _vault: None,
            "De tekst is bewaard.",
            partial(self._run, partial(_put_back, before=before), "Teruggezet."),
        )

    def _check(self, key: str) -> None:
        before, on = self._texts[key], self.context.clock().date()
        self._run(
            partial(avg_help.help_looked_over, key=key, on=on),
            "Nagekeken.",
            partial(self._run, partial(_put_back, before=before), "Teruggezet."),
        )

    def _run(self, operation: "Callable[[Vault], object]", said: str, undo: Callable[[], None] | None = None) -> None:
        def told(_result: object) -> None:
            self.context.changes.tell(Topic.SETTINGS)
            self.context.message(said, undo=undo)

        self.context.worker.run(operation, told, self.context.failed)


class HelpDialog(FormDialog):
    """A text in the user's own words; `then(before)` follows."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, text: HelpText, then: Callable[[HelpText], None]) -> None:
        super().__init__(parent, text.title, "Bewaren")
        self.setMinimumWidth(theme.px(560))
        self._context, self._before, self._then = context, text, then
        self.text = PlainText(text.text)
        self.text.setMinimumHeight(theme.px(240))
        self.checked = CheckBox("Vandaag nagekeken")
        self.checked.setChecked(True)
        self.original = Button("Terug naar het origineel", size=28)
        self.original.setVisible(text.own)
        self.body.addWidget(Field("Tekst", self.text))
        self.body.addWidget(self.checked)
        self.body.addWidget(self.original)
        self.original.clicked.connect(lambda: self.text.setPlainText(shipped(text.key).text))
        self.verb.clicked.connect(self._keep)
        self.text.setFocus()

    def _keep(self) -> None:
        change = partial(
            avg_help.change_help,
            key=self._before.key,
            words=self.text.toPlainText(),
            checked=self._context.clock().date() if self.checked.isChecked() else None,
        )
        self._context.worker.run(self.sending(change), self._kept, self.failed)

    def _kept(self, _text: HelpText) -> None:
        self._then(self._before)
        self.accept()


def _put_back(vault: "Vault", *, before: HelpText) -> None:
    avg_help.change_help(vault, key=before.key, words=before.text)
    avg_help.help_looked_over(vault, key=before.key, on=before.checked)
