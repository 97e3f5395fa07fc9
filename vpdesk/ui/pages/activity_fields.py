"""The fields that every form about work has: which task, for which organisation, how long."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from vpdesk.domain.hours import minutes_of
from vpdesk.domain.ids import ClientId
from vpdesk.domain.worklog import GROUPS, TALK, TASKS
from vpdesk.operations import clients
from vpdesk.ui.context import Context
from vpdesk.ui.models.activity_table import GROUP_WORDS
from vpdesk.ui.widgets.fields import ComboBox, LineEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.domain.clients import Client

NO_CLIENT = "Geen organisatie"
NO_NAMES = "Zonder namen: deze regel staat in het logboek."
TIME_HELP = "45 is minuten; 1:30 en 1,5 zijn uren."


def task_choice(name: str, task: str = "") -> ComboBox:
    """Return the tasks in their groups. Talks count by themselves, so *gesprek* is there only where it stood before."""
    box = ComboBox(name)
    for group, tasks in GROUPS.items():
        if box.count():
            box.insertSeparator(box.count())
        for code in tasks:
            if code != TALK or task == TALK:
                box.addItem(TASKS.label(code), code)
                box.setItemData(box.count() - 1, GROUP_WORDS[group].capitalize(), Qt.ItemDataRole.ToolTipRole)
    box.choose(task or "voorlichting")
    return box


def task_of(box: ComboBox) -> str:
    """Return the code of the chosen task."""
    return str(box.currentData())


def client_choice(name: str) -> ComboBox:
    """Return a choice of organisations, of which none is known yet."""
    box = ComboBox(name)
    box.addItem(NO_CLIENT, None)
    return box


def offer_clients(box: ComboBox, found: "Sequence[Client]", chosen: ClientId | None = None) -> None:
    """Fill a choice of organisations, keeping what was chosen unless `chosen` says otherwise."""
    before = box.currentData() if chosen is None else chosen
    offered = [(box.itemText(at), box.itemData(at)) for at in range(1, box.count())]
    if offered != [(client.name, client.id) for client in found]:
        while box.count() > 1:
            box.removeItem(1)
        for client in found:
            box.addItem(client.name, client.id)
    box.choose(before)


def ask_clients(context: Context, box: ComboBox, chosen: ClientId | None = None) -> None:
    """Fill a choice of organisations from the vault."""
    context.worker.run(clients.clients, lambda found: offer_clients(box, found, chosen), context.failed)


def client_of(box: ComboBox) -> ClientId | None:
    """Return the chosen organisation, None for none."""
    chosen = box.currentData()
    return None if chosen is None else ClientId(chosen)


def minutes_in(field: LineEdit) -> int:
    """Return the minutes that a field says; raises InvalidValueError."""
    return minutes_of(field.text())
