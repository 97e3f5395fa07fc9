"""The cards of the page Kluis that tell how the vault opens: words, this laptop, emergency sheets."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from vpdesk.domain.wording import long_date, moment
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.access import WayIn
    from vpdesk.operations.vaults import Vault

_SHOWN: Final = 3
ON_THIS_LAPTOP: Final = ("daily", "keyring", "passphrase")


@dataclass(frozen=True, slots=True)
class Access:
    """How the vault opens, as the cards tell it; `untold` are openings that the owner did not acknowledge."""

    ways: "dict[str, WayIn]"
    openings: tuple[datetime, ...]
    untold: bool
    can_check: bool
    due: bool
    read_only: bool
    by_sheets: bool

    @property
    def laptop(self) -> str:
        """The kind of way in of this laptop, empty when it has none."""
        return next((kind for kind in ON_THIS_LAPTOP if kind in self.ways), "")


def access_of(vault: "Vault", *, now: datetime) -> Access:
    """Ask the vault for everything the cards tell."""
    from vpdesk.operations import access  # noqa: PLC0415 - loaded when used

    return Access(
        ways={way.kind.value: way for way in access.list_ways_in(vault)},
        openings=access.emergency_openings(vault),
        untold=bool(access.emergency_openings(vault, untold=True)),
        can_check=access.can_check_words(vault),
        due=access.words_check_due(vault, now=now),
        read_only=vault.read_only,
        by_sheets=vault.opened_with.value == "emergency",
    )


class WayCard(Card):
    """A card with a sentence, a warning where one is due, and buttons for what can be changed."""

    def __init__(self, title: str, icon: str, *buttons: Button) -> None:
        super().__init__(title)
        self.head.addWidget(Icon(icon, "text"))
        self._said = Label("", ink="muted", wraps=True)
        self._notices = QVBoxLayout()
        self._notices.setSpacing(8)
        self.body.addWidget(self._said)
        self.body.addLayout(self._notices)
        flow = Flow()
        for button in buttons:
            flow.addWidget(button)
        self.body.addLayout(flow)

    @property
    def said(self) -> str:
        """What the card says, warnings left out."""
        return self._said.text()

    def say(self, text: str, *notices: Message) -> None:
        """Say how it stands, with what needs a look below."""
        self._said.setText(text)
        clear(self._notices)
        for notice in notices:
            self._notices.addWidget(notice)


class WordsCard(WayCard):
    """The recovery words: when made, when last checked, and what can be done with them."""

    def __init__(self) -> None:
        self.check = Button("Drie woorden controleren…")
        self.try_all = Button("Alle woorden proberen…")
        self.renew = Button("Nieuwe woorden maken…")
        super().__init__("Herstelwoorden", "sleutel", self.check, self.try_all, self.renew)

    def show_access(self, access: Access) -> None:
        """Show how the words stand."""
        way = access.ways.get("recovery")
        self.check.setVisible(access.can_check)
        for button in (self.check, self.try_all, self.renew):
            button.setEnabled(way is not None and not access.read_only)
        if way is None:
            self.say("Deze kluis heeft geen herstelwoorden.")
            return
        made = "" if way.made is None else f" Gemaakt op {long_date(way.made.date())}."
        checked = (
            " Nog niet gecontroleerd."
            if way.checked is None
            else f" Voor het laatst gecontroleerd op {long_date(way.checked.date())}."
        )
        due = Message("Kijk of het blad er nog is: controleer drie woorden.", "warning", start="Langer dan een jaar.")
        never = Message("Typ een keer alle 16 woorden over; daarna zijn er drie genoeg.", "warning")
        notices = () if not access.due else (due,) if way.checked is not None else (never,)
        self.say(
            "Met uw 16 woorden en een reservekopie opent u de kluis op elke laptop. Zij staan alleen op uw papier; "
            f"vpdesk kan ze niet meer tonen.{made}{checked}",
            *notices,
        )


class LaptopCard(WayCard):
    """How the vault opens on this laptop."""

    def __init__(self) -> None:
        self.change = Button("Wijzigen…", name="Openen op deze laptop wijzigen")
        super().__init__("Openen op deze laptop", "laptop", self.change)

    def show_access(self, access: Access) -> None:
        """Show the way in of this laptop."""
        way = access.ways.get(access.laptop)
        self.change.setEnabled(not access.read_only)
        self.change.setText("Wijzigen…" if way is not None else "Wachtzin kiezen…")
        self.change.updateGeometry()
        if way is None:
            self.say("Op deze laptop gaat de kluis alleen open met uw herstelwoorden. Kies hier een wachtzin.")
            return
        keyring = f" ({way.keyring})" if way.keyring else ""
        said = {
            "daily": f"Wachtzin, samen met een geheim in de sleutelbos van dit systeem{keyring}.",
            "keyring": f"Alleen de sleutelbos van dit systeem{keyring}: één knop, geen wachtzin. Wie op deze laptop "
            "onder uw naam is aangemeld, opent de kluis ook.",
            "passphrase": "Alleen een wachtzin; de sleutelbos doet niet mee.",
        }[access.laptop]
        made = "" if way.made is None else f" Ingericht op {long_date(way.made.date())}."
        self.say(f"{said}{made}")


class EmergencyCard(WayCard):
    """The two emergency sheets, and when they were used."""

    def __init__(self) -> None:
        self.make = Button("Noodbladen maken…")
        self.withdraw = Button("Intrekken…", name="Noodopening intrekken")
        self.know = Button("Ik weet ervan", size=28)
        super().__init__("Noodopening", "nazorg", self.make, self.withdraw)
        self.know.hide()
        self.body.addWidget(self.know, 0, Qt.AlignmentFlag.AlignLeft)

    def show_access(self, access: Access, now: datetime) -> None:
        """Show whether there are sheets, and every time they opened the vault."""
        way = access.ways.get("emergency")
        self.make.setText("Noodbladen maken…" if way is None else "Nieuwe bladen maken…")
        self.make.setAccessibleName(self.make.text())
        self.make.updateGeometry()
        self.make.setEnabled(not access.read_only)
        self.withdraw.setVisible(way is not None)
        self.withdraw.setEnabled(not access.read_only)
        self.know.setVisible(access.untold and not access.by_sheets and not access.read_only)
        if way is None:
            text = (
                "Met twee noodbladen kan een collega uw kluis op deze laptop openen als u er niet bent. "
                "Er zijn er nu geen."
            )
        else:
            made = "" if way.made is None else f", gemaakt op {long_date(way.made.date())}"
            text = f"Twee noodbladen openen samen de kluis op deze laptop{made}. Eén blad alleen opent niets."
        times = [moment(at, now.date()) for at in access.openings[:_SHOWN]]
        if not times:
            self.say(f"{text} Nog nooit gebruikt." if way is not None else text)
            return
        used = f"Gebruikt: {', '.join(times)}{' en eerder' if len(access.openings) > _SHOWN else ''}."
        notices = () if not access.untold else (Message(used, "warning", start="Geopend met de noodbladen."),)
        self.say(text if access.untold else f"{text} {used}", *notices)
