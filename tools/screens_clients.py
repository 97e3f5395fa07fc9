"""The pictures of an organisation: its cards, and the forms about agreements and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.client_agreed import AgreementsDialog, AppointmentDialog, RulesDialog
from vpdesk.ui.pages.clients import ClientsPage
from vpdesk.ui.pages.unit_dialogs import EndDialog, MergeDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QDialog

    from tools.screens import Studio
    from vpdesk.ui.desk import Desk


def client_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Show the cards one under the other, then each form."""
    desk.navigate(Place(PageName.ORGANISATIES))
    studio.settle()
    page = desk.page
    if not isinstance(page, ClientsPage) or page.client is None:
        raise TypeError("The page is that of an organisation.")
    bar = page.beside.area.verticalScrollBar()
    for card, name in ((page.appointment, "aanstelling"), (page.units, "onderdelen"), (page.rules, "regelingen")):
        bar.setValue(card.y())
        yield f"08-organisatie-{name}"
    bar.setValue(0)
    client, there = page.client, page.units.there
    forms: tuple[tuple[QDialog, str], ...] = (
        (AppointmentDialog(desk.context, page, client, page.setFocus), "aanstelling"),
        (AgreementsDialog(desk.context, page, client, page.setFocus), "verslag"),
        (RulesDialog(desk.context, page, client, page.setFocus), "regelingen"),
        (MergeDialog(desk.context, page, client, there, None), "samenvoegen"),
        (EndDialog(desk.context, page, there[0], None), "beeindigen"),
    )
    for form, name in forms:
        yield from studio.shown(form, f"08-organisatie-formulier-{name}")
        form.reject()
