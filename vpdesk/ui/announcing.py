"""What the way in asks to be said: openings with the emergency sheets until they are known, a passphrase missing."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.widgets.messages import Message


_BY_SHEETS: Final = (
    "U hebt deze kluis geopend met de twee noodbladen. De eigenaar krijgt dat te zien zodra die haar weer opent."
)


_BY_WORDS: Final = (
    "De kluis is geopend met uw herstelwoorden. Kies bij ‘Openen op deze laptop’ een wachtzin; "
    "daarna opent u haar hier weer met die wachtzin."
)


def announce_opening(desk: Desk, vault: "Vault", *, enrolled: bool) -> None:
    """Tell the owner of every opening by sheets not acknowledged yet, and whoever came in so that the owner will hear.

    Who came in with the words is led to where a passphrase is chosen, unless this laptop is `enrolled` already.
    """
    if vault.announcements:
        Announcements(desk, vault.announcements)
    if vault.opened_with.value == "emergency":
        desk.show_notice(_BY_SHEETS, "info")
    if vault.opened_with.value == "recovery" and not enrolled:
        desk.navigate(Place(PageName.KLUIS))
        desk.show_notice(_BY_WORDS, "info")


class Announcements(QObject):
    """Messages that only *Ik weet ervan* takes away, here or on the page Kluis."""

    def __init__(self, desk: Desk, sentences: tuple[str, ...]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._messages: list[Message] = []
        for sentence in sentences:
            known = Button("Ik weet ervan", size=28)
            known.clicked.connect(self._acknowledge)
            self._messages.append(desk.add_notice(sentence, "warning", known))
        desk.changes.changed.connect(self._on_change)

    def _acknowledge(self) -> None:
        run = self._desk.context.worker.run
        run(_acknowledged, lambda _done: self._desk.changes.tell(Topic.ACCESS), self._desk.show_failure)

    def _on_change(self, topics: frozenset[Topic]) -> None:
        if Topic.ACCESS in topics and self._messages:
            self._desk.context.worker.run(_untold, self._show, self._desk.show_failure)

    def _show(self, untold: bool) -> None:
        if not untold:
            for message in self._messages:
                message.deleteLater()
            self._messages = []


def _acknowledged(vault: "Vault") -> None:
    from vpdesk.operations.access import acknowledge_openings  # noqa: PLC0415 - loaded when used

    acknowledge_openings(vault)


def _untold(vault: "Vault") -> bool:
    from vpdesk.operations.access import emergency_openings  # noqa: PLC0415 - idem

    return bool(emergency_openings(vault, untold=True))
