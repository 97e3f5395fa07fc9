"""What was agreed on with the two organisations of the practice vault; neither of them exists."""

from __future__ import annotations

from datetime import date
from typing import Final

from vpdesk.domain.checklists import ItemState
from vpdesk.domain.clients import Agreed
from vpdesk.operations.practice_cases import W, Z

_DONE, _NOT_NEEDED = ItemState.GEDAAN, ItemState.NIET_NODIG
DISCUSSED: Final = {
    W: {
        **dict.fromkeys(("aanstelling", "aansturing", "andere rollen", "vertrouwelijkheid", "doorgeefluik"), _DONE),
        **dict.fromkeys(("gegevens", "factuur", "verslag"), _DONE),
    },
    Z: {
        **dict.fromkeys(("aanstelling", "vertrouwelijkheid", "verslag", "or"), _DONE),
        "doorgeefluik": _NOT_NEEDED,
    },
}
"""What was discussed with each organisation; the rest is still to do."""


def agreed(name: str, year: int) -> Agreed:
    """Return what was agreed on with an organisation, seen from the invented year."""
    breaking = "Alleen bij acuut gevaar of een wettelijke plicht, en als het kan eerst verteld aan de persoon zelf."
    if name == W:
        return Agreed(
            fields=("vpoo", "vpi"),
            since=date(year - 2, 1, 1),
            until=date(year + 2, 12, 31),
            minutes=16 * 60,
            per="maand",
            manager="Gemeentesecretaris",
            confidentiality="Niemand hoort wie contact zoekt of waarover. Uren gaan per kwartaal en zonder data.",
            breaking=breaking,
            controller="De vertrouwenspersoon zelf, als zelfstandig ondernemer",
            report_by=(3, 1),
            recipients="Eerst de OR, een week later het college",
            meldregeling="https://intranet.waterveen.example/meldregeling",
            klachtenregeling="https://intranet.waterveen.example/klachten-ongewenst-gedrag",
            onderzoeksprotocol="Op te vragen bij de integriteitsfunctionaris",
        )
    return Agreed(
        fields=("vpoo",),
        since=date(year, 1, 1),
        minutes=4 * 60,
        per="week",
        manager="Bestuurssecretaris",
        own_roles=("anders",),
        confidentiality="Ook het bestuur hoort niet wie contact zoekt.",
        breaking=breaking,
        report_by=(4, 15),
        recipients="Bestuur en OR tegelijk",
        klachtenregeling="Kwaliteitsportaal, onder Personeel",
    )
