"""Pictures of a talk, for tools.screens: the text with its form, what stands beside it, and calling somebody back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.conversation import ConversationPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screens import Studio
    from vpdesk.ui.desk import Desk

_TEXT: Final = """# Wat er speelt
Belt vanaf een eigen telefoon. Werkt drie jaar bij de organisatie. Twijfelt of dit iets is om mee te komen.
## Feiten, in volgorde
- 29 juni: **niet uitgenodigd** voor de planning, de rest van het team wel
- 20 augustus: mail zonder groet, met de afdeling in cc
- 8 september: in het overleg zei de teamleider, met negen collega’s erbij: ‘Jij hoeft hier niets van te vinden.’
## Afgesproken
1. De melder schrijft data en feiten op
2. Wij bellen over twee weken
"""


def talk_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Walk through the screens; at each name the window shows it."""
    desk.navigate(Place(PageName.GESPREK))
    yield "06-gesprek"
    page = desk.page
    if not isinstance(page, ConversationPage):
        raise TypeError("The page is a talk.")
    page.writing.set_text(_TEXT, marked=True)
    studio.settle()
    yield "06-gesprek-opmaak"
