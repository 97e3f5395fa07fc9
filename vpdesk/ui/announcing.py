"""What the way in asks to be said: openings by sheets until they are known, a passphrase missing, an older vault."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.operations.older import Stand
    from vpdesk.operations.vaults import Vault

_BY_SHEETS: Final = (
    "U hebt deze kluis geopend met de twee noodbladen. De eigenaar krijgt dat te zien zodra die haar weer opent."
)


_BY_WORDS: Final = (
    "De kluis is geopend met uw herstelwoorden. Kies bij ‘Openen op deze laptop’ een wachtzin; "
    "daarna opent u haar hier weer met die wachtzin."
)


def announce_opening(desk: Desk, vault: "Vault", *, enrolled: bool, keychain: "Callable[[], Any]") -> None:
    """Tell the owner of every opening by sheets not acknowledged yet, and whoever came in so that the owner will hear.

    Who came in with the words is led to where a passphrase is chosen, unless this laptop is `enrolled` already. The
    `keychain`, which was not asked, then tells whether the vault is an older one.
    """
    if vault.announcements:
        Announcements(desk, vault.announcements)
    if vault.opened_with.value in {"emergency", "recovery"}:
        OlderVault(desk, keychain)
    if vault.opened_with.value == "emergency":
        desk.show_notice(_BY_SHEETS, "info")
    if vault.opened_with.value == "recovery" and not enrolled:
        desk.navigate(Place(PageName.KLUIS))
        desk.show_notice(_BY_WORDS, "info")


def warn(desk: Desk, warnings: tuple[str, ...]) -> None:
    """Show what the opening warned of; that a vault is older stays until her owner says that nothing is missing."""
    from vpdesk.operations.older import OLDER  # noqa: PLC0415 - there by now, since the vault is open

    for warning in warnings:
        if warning != OLDER:
            desk.show_notice(warning, "warning")
            continue
        if any(said.accessibleName() == warning for said in desk.findChildren(Message)):
            continue
        complete = Button("Ik mis niets", size=28)
        message = desk.add_notice(warning, "warning", complete)
        complete.clicked.connect(partial(_complete, desk, message))


def _complete(desk: Desk, message: "Message") -> None:
    def done(_: object) -> None:
        message.deleteLater()
        desk.changes.tell(Topic.ACCESS)

    desk.context.worker.run(_miss_nothing, done, desk.show_failure)


class OlderVault(QObject):
    """Warns of an older vault as soon as the keyring can say so: after the opening, or once a passphrase was chosen."""

    def __init__(self, desk: Desk, keychain: "Callable[[], Any]") -> None:
        super().__init__(desk)
        self._desk, self._keychain = desk, keychain
        desk.changes.changed.connect(self._on_change)
        desk.context.worker.run(_stand, self._ask, desk.show_failure)

    def _on_change(self, topics: frozenset[Topic]) -> None:
        if Topic.ACCESS in topics:
            self._desk.context.worker.run(partial(_noted, further=False), self._warn, self._desk.show_failure)

    def _ask(self, stand: "Stand | None") -> None:
        if stand is not None:  # aside: a keyring that hangs holds up no page
            self._desk.context.worker.aside(
                partial(_seen_further, stand, self._keychain), self._answered, self._desk.show_failure
            )

    def _answered(self, further: bool) -> None:
        if further:
            self._desk.context.worker.run(
                partial(_noted, further=True), lambda _: self._desk.changes.tell(Topic.ACCESS), self._desk.show_failure
            )

    def _warn(self, warning: str) -> None:
        if warning:
            self._desk.changes.changed.disconnect(self._on_change)
            warn(self._desk, (warning,))


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


def _miss_nothing(vault: "Vault") -> None:
    from vpdesk.operations.older import miss_nothing  # noqa: PLC0415 - loaded when used

    miss_nothing(vault)


def _stand(vault: "Vault") -> "Stand | None":
    from vpdesk.operations.older import stand_at_opening  # noqa: PLC0415 - loaded when used

    return stand_at_opening(vault)


def _seen_further(stand: "Stand", keychain: "Callable[[], Any]") -> bool:
    from vpdesk.operations.older import seen_further  # noqa: PLC0415 - idem

    return seen_further(stand, keychain)


def _noted(vault: "Vault", *, further: bool) -> str:
    from vpdesk.operations.older import note_older  # noqa: PLC0415 - idem

    return note_older(vault, further=further)
