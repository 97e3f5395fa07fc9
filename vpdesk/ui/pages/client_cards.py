"""The cards about one organisation: the appointment, what was agreed on, where its rules are, what is left to do."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.checklists import CheckedItem, ItemState
from vpdesk.domain.clients import FIELDS_OF_WORK, OWN_ROLES, PER, Agreed, Client, web_address
from vpdesk.domain.hours import as_hours
from vpdesk.ui.clipboard import marked_text
from vpdesk.ui.widgets.beside import FactLines
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.checklist import CheckList
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

RULES: Final = (
    ("meldregeling", "Meldregeling"),
    ("klachtenregeling", "Klachtenregeling"),
    ("onderzoeksprotocol", "Onderzoeksprotocol"),
)


def unfit_words(agreed: Agreed) -> str:
    """Return the warning about the advisor's own roles, empty where none is due."""
    roles = [OWN_ROLES[role] for role in agreed.unfit]
    if not roles:
        return ""
    named = wording.joined([role if role.isupper() else role[:1].lower() + role[1:] for role in roles])
    return (
        f"Dit gaat niet samen met vertrouwenspersoon zijn: {named}. Wie bij u komt, kan dan niet zeker zijn van uw "
        "onafhankelijkheid. Bespreek het met de organisatie."
    )


def hours_words(agreed: Agreed) -> str:
    """Return the agreed hours in words, empty where none were agreed on."""
    return f"{as_hours(agreed.minutes)} uur {PER[agreed.per]}" if agreed.minutes else ""


def day_words(month_and_day: tuple[int, int] | None) -> str:
    """Return `1 maart`, empty for no day."""
    return "" if month_and_day is None else f"{month_and_day[1]} {wording.MONTHS[month_and_day[0] - 1]}"


class _Changeable(Card):
    """A card with a button that changes what stands on it."""

    def __init__(self, title: str, change: Callable[[], None]) -> None:
        super().__init__(title)
        self.change = Button("Wijzigen", QUIET, size=28, name=f"{title} wijzigen")
        self.change.clicked.connect(change)
        self.head.addWidget(self.change)
        self.lines = FactLines()


class AppointmentCard(_Changeable):
    """For what, how long and for how many hours the advisor was appointed, and beside which other roles."""

    def __init__(self, change: Callable[[], None], to_cases: Callable[[], None]) -> None:
        super().__init__("Aanstelling", change)
        see = Button("Casussen bekijken", size=28)
        see.clicked.connect(to_cases)
        self.ended = Message("", "warning", button=see)
        self.unfit = Message("", "warning")
        self.body.addWidget(self.ended)
        self.body.addLayout(self.lines)
        self.body.addWidget(self.unfit)

    def show_client(self, client: Client, today: date, running: int) -> None:
        """Show an organisation of which so many cases run."""
        agreed = client.agreed
        self.lines.clear()
        self.lines.say("Werkterrein", wording.joined([FIELDS_OF_WORK[code] for code in agreed.fields]))
        since, until = agreed.since, agreed.until
        self.lines.say("Aangesteld vanaf", "" if since is None else wording.long_date(since))
        self.lines.say("Aangesteld tot en met", "" if until is None else wording.long_date(until))
        self.lines.say("Afgesproken uren", hours_words(agreed))
        self.lines.say("Wie u functioneel aanstuurt", agreed.manager)
        self.lines.say("Uw andere rollen hier", wording.joined([OWN_ROLES[role] for role in agreed.own_roles]))
        self.unfit.setVisible(bool(agreed.unfit))
        if agreed.unfit:
            self.unfit.show_text(unfit_words(agreed), "warning")
        over = until is not None and agreed.ended_on(today)
        self.ended.setVisible(over and running > 0)
        if over and until is not None:
            cases = wording.counted(running, "casus loopt", "casussen lopen")
            said = f"De aanstelling eindigde op {wording.long_date(until)}. Er {cases} nog: sluit af of draag over."
            self.ended.show_text(said, "warning")


class AgreedCard(_Changeable):
    """What was agreed on about confidentiality and the report."""

    def __init__(self, change: Callable[[], None]) -> None:
        super().__init__("Vertrouwelijkheid en verslag", change)
        self.body.addLayout(self.lines)

    def show_client(self, client: Client) -> None:
        """Show an organisation."""
        agreed = client.agreed
        self.lines.clear()
        self.lines.say("Vertrouwelijkheid", agreed.confidentiality)
        self.lines.say("Wanneer die doorbroken wordt", agreed.breaking)
        self.lines.say("Verwerkingsverantwoordelijke (AVG)", agreed.controller)
        self.lines.say("Verslag uiterlijk", day_words(agreed.report_by))
        self.lines.say("Verslag aan", agreed.recipients)


class RulesCard(_Changeable):
    """Where the organisation's own rules are to be read. Nothing is opened unless the user asks."""

    def __init__(self, change: Callable[[], None], say: Callable[[str], None]) -> None:
        super().__init__("Regelingen", change)
        self._say = say
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self.body.addLayout(self.rows)

    def show_client(self, client: Client) -> None:
        """Show an organisation."""
        clear(self.rows)
        for field, name in RULES:
            self.rows.addWidget(self._rule(name, getattr(client.agreed, field)))

    def _rule(self, name: str, where: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        lines = FactLines()
        lines.say(name, _breakable(where))
        column.addLayout(lines)
        if not where:
            return holder
        buttons = Flow(12)
        copy = Button("Kopiëren", size=28, name=f"{name}: adres kopiëren")
        copy.clicked.connect(lambda: self._copy(where))
        buttons.addWidget(copy)
        if address := web_address(where):
            browse = Button("Openen in browser", size=28, name=f"{name}: openen in browser")
            browse.setToolTip("Uw browser opent dit adres. vpdesk zelf gaat het internet niet op.")
            browse.clicked.connect(lambda: open_address(address))
            buttons.addWidget(browse)
        row = QWidget()
        row.setLayout(buttons)
        column.addWidget(row)
        return holder

    def _copy(self, words: str) -> None:
        QApplication.clipboard().setMimeData(marked_text(words))
        self._say("Gekopieerd.")


def _breakable(where: str) -> str:
    """Return an address that a line can be broken in."""
    return where.replace("/", "/\u200b")


def open_address(address: str) -> None:
    """Let the system open an address in the browser."""
    QDesktopServices.openUrl(QUrl(address))


class ItemsCard(Card):
    """The checklist of what is agreed on; `changed(code, state)` asks for a state to be kept."""

    def __init__(self, changed: Callable[[str, ItemState], None]) -> None:
        super().__init__("Met de organisatie besproken")
        self.list = CheckList(asks_who=False)
        self.list.changed.connect(lambda code, state, _who: changed(code, state))
        self.count = Label("", "small", "muted")
        self.head.addWidget(self.count)
        self.body.addWidget(self.list)
        self.body.addWidget(Label("Spatie: gedaan · N: niet nodig", "small", "muted"))

    def show_items(self, items: tuple[CheckedItem, ...], today: date) -> None:
        """Show the items as they stand."""
        self.list.show_items(items, today)
        left = sum(item.state is ItemState.NOG_NIET for item in items)
        self.count.setText(f"nog {left}" if left else "alles nagelopen")


class UnitRow(QWidget):
    """One unit with what can be done with it; those that went have nothing but a line."""

    def __init__(self, name: str, note: str, *actions: tuple[str, str, Callable[[], None]]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Label(name, "body", "text" if actions else "muted", wraps=True))
        if note:
            column.addWidget(Label(note, "small", "muted", wraps=True))
        row.addLayout(column, 1)
        self.buttons = tuple(Button(words, QUIET, size=28, name=spoken) for words, spoken, _ in actions)
        for button, (_, _, act) in zip(self.buttons, actions, strict=True):
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
