"""The chip that says at which organisation a talk was, when it is at no case yet."""

from collections.abc import Iterable
from typing import Final

from vpdesk.domain.clients import Client
from vpdesk.domain.ids import ClientId
from vpdesk.domain.wording import shortened
from vpdesk.ui.widgets.chips import FilterChip

NONE: Final = "Organisatie"
_LONGEST: Final = 20


class ClientChip(FilterChip):
    """Chooses an organisation, or none; where there is only one, it is that one."""

    def __init__(self) -> None:
        super().__init__("", icon="organisatie")
        self._known: tuple[Client, ...] = ()
        self._wanted: ClientId | None = None
        self.chosen.connect(self._say)
        self.offer_clients(())

    @property
    def client(self) -> ClientId | None:
        """The organisation that is chosen."""
        return self._wanted

    def offer_clients(self, clients: Iterable[Client]) -> None:
        """Offer these; what was chosen stays, as long as it is one of them."""
        self._known = tuple(clients)
        self.offer("", [(NONE, None), *((shortened(client.name, _LONGEST), client.id) for client in self._known)])
        self.choose(self._wanted)

    def choose(self, client: ClientId | None) -> None:
        """Show an organisation as chosen, without telling."""
        known = [one.id for one in self._known]
        if client is None and len(known) == 1:
            client = known[0]
        self.set_value(client if client in known else None)
        self._say(client if client in known or not known else None)

    def _say(self, value: object) -> None:
        self._wanted = ClientId(value) if isinstance(value, int) else None
        name = next((one.name for one in self._known if one.id == self._wanted), "")
        self.setToolTip(f"{NONE}: {name}" if name else NONE)
        self.setAccessibleName(f"{NONE}: {name}" if name else f"{NONE}: niet gekozen")
