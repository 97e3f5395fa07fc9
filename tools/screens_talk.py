"""Pictures of a talk, for tools.screens: the text with its form, what stands beside it, and calling somebody back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.rows import TodayItem
from vpdesk.operations import clients
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.call_back_dialogs import CallBackDialog, CallBackForm
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screens import Studio
    from vpdesk.domain.clients import Client
    from vpdesk.domain.ids import ClientId
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
    page.client.choose(_client(studio, desk))
    page.turn_script()
    studio.settle()
    yield "06-gesprek-punten"
    page.turn_script()
    page.go_forward()
    studio.settle()
    yield "06-gesprek-koppelen"
    page.close_panel()
    page.put_aside()
    studio.settle()
    desk.navigate(Place(PageName.GESPREK))
    studio.settle()
    page.writing.set_text("Kort gebeld, er is geen haast.", marked=True)
    page.put_aside()
    studio.settle()
    for toast in desk.findChildren(Toast):
        toast.hide()
    yield "03-vandaag-concepten"
    desk.commands.discreet.trigger()
    yield "03-vandaag-omschrijvingen"
    yield from _call_back(studio, desk)


def _client(studio: Studio, desk: Desk) -> ClientId:
    found: list[Client] = []
    desk.context.worker.run(clients.clients, found.extend, desk.show_failure)
    studio.settle()
    return found[0].id


def _call_back(studio: Studio, desk: Desk) -> Iterator[str]:
    desk.navigate(Place(PageName.VANDAAG))
    studio.settle()
    form = CallBackForm(desk.context, desk)
    form.called.setText("mevrouw K.")
    form.reach.setText("k.haazelnoot@waterveen.nl")
    yield from studio.shown(form, "03-terugbelnotitie")
    form.reject()
    page = desk.page
    if not isinstance(page, TodayPage):
        raise TypeError("The page is Vandaag.")
    items = [row.key for one in page.lists for row in one.rows.rows if isinstance(row.key, TodayItem)]
    item, number = next((item, item.call_back) for item in items if item.call_back is not None)
    dialog = CallBackDialog(desk.context, desk, item, number)
    dialog.turn()
    studio.settle()
    yield from studio.shown(dialog, "03-terugbellen")
    dialog.reject()
